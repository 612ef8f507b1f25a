//! What the office asks about a request, and what the group answers: both before and after the decision stand with it.

use access::Permit;
use access::actions::{DecideRequest, SubmitChanges};
use domain::audit::AuditEvent;
use domain::change_request::{ChangeRequest, Submitter};
use domain::{GroupId, RequestId, UserId};
use jiff::Timestamp;
use storage::tenant::{Comment, User};
use storage::{Mail, TenantTx};

use super::open_request;
use super::submit::{me, open_of};
use crate::account::colleagues;
use crate::groups::group_of;
use crate::{Error, House, Result};

/// Characters of a comment.
const TEXT: usize = 2_000;
/// Comments about one request: whoever has more to say calls.
const MOST: usize = 50;

/// One comment, as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommentView {
    /// When.
    pub at: Timestamp,
    /// By whom; none if the account is gone.
    pub by: Option<String>,
    /// Whether it came with a personal link.
    pub by_link: bool,
    /// Whether it was written for the office, not for the group.
    pub office: bool,
    /// What it says.
    pub text: String,
}

/// What was written about a request, oldest first.
pub(crate) async fn comments(tx: &TenantTx, request: RequestId) -> Result<Vec<CommentView>> {
    let written = tx.comments_of(request).await?;
    if written.is_empty() {
        return Ok(Vec::new());
    }
    let people = colleagues(tx).await?;
    let views = written.into_iter().map(|Comment { at, by, office, text }| {
        let name = people.iter().find(|one| Some(one.id) == by).map(|one| one.name.clone());
        CommentView { at, by: name, by_link: by.is_none(), office, text }
    });
    Ok(views.collect())
}

/// The office asks about a request that waits. Only where somebody with a login made it: a link has nobody to answer.
pub async fn ask(permit: &Permit<DecideRequest>, house: &House, id: RequestId, text: &str) -> Result<()> {
    let slug = house.slug(permit.tenant()).await?;
    let tx = house.stores.begin(permit).await?;
    let request = open_request(&tx, id).await?;
    let me = permit.actor().user().ok_or(Error::NotFound)?;
    let asked = group_admin(&tx, &request).await?.ok_or_else(|| Error::invalid("comment", "nobody-to-ask"))?;
    keep(&tx, id, (me, true), text).await?;
    let office = tx.site().await?.profile.name;
    let link = format!("{}/meine-gruppen/{}", house.addresses.office(&slug), request.group);
    tx.enqueue(&mail(&asked, &office, &link)).await?;
    tx.commit(AuditEvent::new("request.asked", request.group)).await?;
    house.ring();
    Ok(())
}

/// The group answers, or adds something, about its own changes that wait.
pub async fn answer(permit: &Permit<SubmitChanges>, house: &House, group: GroupId, text: &str) -> Result<()> {
    let slug = house.slug(permit.tenant()).await?;
    let tx = house.stores.begin(permit).await?;
    let me = me(permit)?;
    group_of(&tx, group).await?;
    let request = open_of(&tx, group, Submitter::User(me)).await?.ok_or(Error::Conflict)?;
    keep(&tx, request.id, (me, false), text).await?;
    // Whoever is at work on it hears of it, else whoever asked last.
    let asked =
        tx.comments_of(request.id).await?.into_iter().rfind(|comment| comment.office).and_then(|comment| comment.by);
    let to = tx.taken_by(request.id).await?.or(asked);
    if let Some(to) = to
        && let Some(user) = tx.user(to).await?
    {
        let office = tx.site().await?.profile.name;
        let link = format!("{}/office/pruefung/{}", house.addresses.office(&slug), request.id);
        tx.enqueue(&mail(&user, &office, &link)).await?;
    }
    tx.commit(AuditEvent::new("request.answered", group)).await?;
    house.ring();
    Ok(())
}

/// Who made a request and can answer: a group admin whose account is there.
pub(super) async fn group_admin(tx: &TenantTx, request: &ChangeRequest) -> Result<Option<User>> {
    let Some(user) = request.by.user() else { return Ok(None) };
    Ok(tx.user(user).await?.filter(|user| user.standing.role.is_group_admin()))
}

async fn keep(tx: &TenantTx, request: RequestId, (by, office): (UserId, bool), text: &str) -> Result<()> {
    let text = text.replace("\r\n", "\n").trim().to_owned();
    if text.is_empty() {
        return Err(Error::invalid("comment", "item-missing"));
    }
    if text.chars().count() > TEXT {
        return Err(Error::invalid("comment", "too-long"));
    }
    if tx.comments_of(request).await?.len() >= MOST {
        return Err(Error::invalid("comment", "too-many-comments"));
    }
    tx.insert_comment(request, &Comment { at: tx.now(), by: Some(by), office, text }).await?;
    Ok(())
}

/// Says that something was written, not what: mail is read by others.
fn mail(to: &User, office: &str, link: &str) -> Mail {
    let name = &to.profile.name;
    Mail {
        to: to.profile.email.clone(),
        subject: "Eine Nachricht zu vorgeschlagenen Änderungen".to_owned(),
        body: format!(
            "Guten Tag {name},\n\nzu Änderungen, die auf eine Entscheidung warten, gibt es eine Nachricht ({office}). Nach \
             der Anmeldung lesen und beantworten Sie sie hier:\n\n{link}\n\n--\n\nHello {name},\n\nthere is a message about \
             changes that wait for a decision ({office}). After logging in you read and answer it here:\n\n{link}\n"
        ),
    }
}
