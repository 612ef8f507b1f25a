//! The office decides a request, item by item, in one go.

use access::Permit;
use access::actions::DecideRequest;
use domain::audit::AuditEvent;
use domain::change_request::{Change, Decision, RequestState};
use domain::{Catalogue, ItemId, Light, RequestId};
use storage::Mail;
use storage::tenant::User;

use super::open_request;
use crate::groups::group_of;
use crate::{Error, House, Problem, Result};

/// Characters of a reason.
const REASON: usize = 1_000;

/// What was decided about one item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Which.
    pub item: ItemId,
    /// Whether it is taken over.
    pub accepted: bool,
    /// With this light; none for the one asked for.
    pub light: Option<Light>,
    /// Why not, for the group.
    pub reason: String,
}

/// Decides a request. Every change needs a verdict: problems name the item. [`Error::Conflict`] if the request is another
/// one now, or somebody else decided it; nothing is half decided.
pub async fn decide(
    permit: &Permit<DecideRequest>,
    house: &House,
    id: RequestId,
    version: u32,
    verdicts: &[Verdict],
) -> Result<()> {
    let slug = house.slug(permit.tenant()).await?;
    let tx = house.stores.begin(permit).await?;
    let mut request = match open_request(&tx, id).await {
        // Decided, or taken back, while this was being read.
        Err(Error::NotFound) if tx.request(id).await?.is_some() => return Err(Error::Conflict),
        found => found?,
    };
    if request.version != version {
        return Err(Error::Conflict);
    }
    let mut group = group_of(&tx, request.group).await?;
    let catalogue = tx.catalogue().await?;
    let mut problems = Vec::new();
    for change in &mut request.changes {
        match verdict(&catalogue, change, verdicts) {
            Ok(decision) => change.decision = Some(decision),
            Err(problem) => problems.push(problem),
        }
    }
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let accepted: Vec<&Change> =
        request.changes.iter().filter(|change| change.decision == Some(Decision::Accepted)).collect();
    for change in &accepted {
        group.items = change.applied(&catalogue, std::mem::take(&mut group.items));
    }
    let (taken, refused) = (accepted.len(), request.changes.len() - accepted.len());
    if taken > 0 {
        tx.save_group(&group, "request").await?;
    }
    request.version += 1;
    (request.state, request.ended_at) = (RequestState::Decided, Some(tx.now()));
    tx.save_request(&request, version).await?;
    if let Some(user) = tx.user(request.by).await? {
        let office = tx.site().await?.profile.name;
        let link = format!("{}/meine-gruppen/{}", house.addresses.office(&slug), group.id);
        tx.enqueue(&outcome(&user, &office, (taken, refused), &link)).await?;
    }
    let items = request.changes.iter().map(|change| change.item);
    let event = AuditEvent::new("request.decided", group.id);
    tx.commit(event.summary(format!("{taken} accepted, {refused} rejected")).items(items)).await?;
    house.ring();
    house.sites.changed(permit.tenant());
    Ok(())
}

/// What is decided about a change, with the light it then has.
fn verdict(catalogue: &Catalogue, change: &mut Change, verdicts: &[Verdict]) -> std::result::Result<Decision, Problem> {
    let wrong = |code| Problem::new(change.item.to_string(), code);
    let found = verdicts.iter().find(|verdict| verdict.item == change.item).ok_or_else(|| wrong("choose"))?;
    if !found.accepted {
        let reason = found.reason.trim().to_owned();
        return if reason.chars().count() > REASON {
            Err(wrong("too-long"))
        } else {
            Ok(Decision::Rejected { reason })
        };
    }
    let ceiling = catalogue.limit(change.field).ceiling;
    if let Some(after) = &mut change.after {
        after.light = found.light.unwrap_or(after.light);
        if after.light > ceiling {
            return Err(wrong("light-too-open"));
        }
    }
    Ok(Decision::Accepted)
}

fn outcome(user: &User, office: &str, (taken, refused): (usize, usize), link: &str) -> Mail {
    let name = &user.profile.name;
    let (german, english) = match (taken, refused) {
        (taken, 0) => (format!("{taken} übernommen"), format!("{taken} accepted")),
        (0, refused) => (format!("{refused} nicht übernommen"), format!("{refused} not accepted")),
        (taken, refused) => {
            (format!("{taken} übernommen, {refused} nicht"), format!("{taken} accepted, {refused} not"))
        }
    };
    Mail {
        to: user.profile.email.clone(),
        subject: format!("Ihre Änderungen: {german}"),
        body: format!(
            "Guten Tag {name},\n\n{office} hat Ihre Änderungen angesehen: {german}.\nWas daraus geworden ist, steht nach \
             der Anmeldung hier:\n\n{link}\n\n--\n\nHello {name},\n\n{office} has looked at your changes: {english}.\nAfter \
             logging in you find what became of them here:\n\n{link}\n"
        ),
    }
}
