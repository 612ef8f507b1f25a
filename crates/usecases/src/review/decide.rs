//! The office decides a request, item by item, in one go.

use access::Permit;
use access::actions::DecideRequest;
use domain::audit::AuditEvent;
use domain::catalogue::Section;
use domain::change_request::{Change, ChangeRequest, Decision, FirstLook, Lit, RequestState, Submitter};
use domain::consent::Channel;
use domain::group::Membership;
use domain::reconciliation::Step;
use domain::schedule::berlin;
use domain::{Catalogue, Field, Group, GroupId, ItemId, Light, Person, PersonId, PersonRole, RequestId, UserId, Value};
use jiff::civil::Date;
use storage::tenant::{Standing, User, UserState};
use storage::{Mail, StorageError, TenantTx};

use super::rules::rules_of;
use super::submit::{SECTIONS, fields};
use super::{items_of, open_request};
use crate::consents::said_now;
use crate::groups::apply::{Desk, same_contact, trimmed};
use crate::groups::edit::desk;
use crate::groups::history::REQUEST;
use crate::groups::{Entry, Typed, group_of};
use crate::{Error, House, Problem, Result, reconciliation};

/// Characters of a reason.
pub(super) const REASON: usize = 1_000;

/// What was decided about one item.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// Which.
    pub item: ItemId,
    /// Whether it is taken over.
    pub accepted: bool,
    /// With this light, which may be stricter than the one asked for; none for that one.
    pub light: Option<Light>,
    /// With this value, where it is not what was asked for; none for that one.
    pub typed: Option<Typed>,
    /// Why not, for the group.
    pub reason: String,
}

impl Verdict {
    /// It is taken over as it was asked for.
    pub const fn accept(item: ItemId) -> Self {
        Self { item, accepted: true, light: None, typed: None, reason: String::new() }
    }
}

/// What came of a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It counts.
    Decided,
    /// Something red would be opened: a second colleague must agree.
    SecondLook,
}

/// What a decision was made from: the versions that were shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    /// Of the request.
    pub request: u32,
    /// Of the group.
    pub group: u32,
}

/// Decides a request. Every change needs a verdict: problems name the item. [`Error::Conflict`] if request or group are
/// others now, or somebody else decided it; nothing is half decided. Where the office wants four eyes and something red
/// would be opened, the first colleague's decision is kept and counts when a second one decides the same.
pub async fn decide(
    permit: &Permit<DecideRequest>,
    house: &House,
    id: RequestId,
    seen: Seen,
    verdicts: &[Verdict],
) -> Result<Outcome> {
    let slug = house.slug(permit.tenant()).await?;
    make_keys(permit, house, id).await?;
    let tx = house.stores.begin(permit).await?;
    let mut request = open_request(&tx, id).await?;
    let mut group = group_of(&tx, request.group).await?;
    if seen != (Seen { request: request.version, group: group.version }) {
        return Err(Error::Conflict);
    }
    let catalogue = tx.catalogue().await?;
    let mut problems = Vec::new();
    let mut decided = request.changes.clone();
    for change in &mut decided {
        match verdict(desk(house, &catalogue), change, verdicts) {
            Ok(decision) => change.decision = Some(decision),
            Err(problem) => problems.push(problem),
        }
    }
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    if waits_for_second(permit, &tx, &group, (&request, &decided)).await? {
        return keep_first(permit, tx, (request, decided), seen).await;
    }
    request.changes = decided;
    let accepted: Vec<&Change> =
        request.changes.iter().filter(|change| change.decision.as_ref().is_some_and(Decision::is_taken)).collect();
    for change in accepted.iter().filter(|change| change.person.is_none()) {
        group.items = change.applied(&catalogue, std::mem::take(&mut group.items));
    }
    let (taken, refused) = (accepted.len(), request.changes.len() - accepted.len());
    if request.confirms {
        let day = request.made_at.to_zoned(berlin()).date();
        reconciliation::confirm(&catalogue, house, &mut group, day);
        reconciliation::answered(&tx, &group, Step::Confirmed, None).await?;
    }
    let mut of_persons: Vec<Change> = accepted.into_iter().filter(|change| change.person.is_some()).cloned().collect();
    // Whoever left the group meanwhile is not its to change.
    let new = new_persons(&group, &of_persons);
    let there = |id: PersonId| new.contains(&id) || group.people.iter().any(|one| one.person == id);
    of_persons.retain(|change| change.whose().is_some_and(there));
    for person in new {
        tx.insert_person(&Person { id: person, items: Vec::new(), consents: Vec::new() }).await?;
        group.people.push(Membership { person, role: PersonRole::Contact });
    }
    let said_on = request.made_at.to_zoned(berlin()).date();
    let by = still_speaks_for(&tx, request.by, group.id).await?;
    let mut gone = take_over(&tx, &catalogue, &of_persons, (by, said_on)).await?;
    // Only who was said to leave: one whose new name was refused is still there.
    gone.retain(|id| request.changes.iter().all(|change| change.whose() != Some(*id) || change.after.is_none()));
    group.people.retain(|one| !gone.contains(&one.person));
    if taken > 0 || request.confirms {
        tx.save_group(&group, &format!("{REQUEST}{id}")).await?;
    }
    let forgotten = forget(&tx, &gone).await?;
    request.version += 1;
    request.first = None;
    (request.state, request.ended_at) = (RequestState::Decided, Some(tx.now()));
    tx.save_request(&request, seen.request).await?;
    let office = tx.site().await?.profile.name;
    let origin = house.addresses.office(&slug);
    match request.by {
        // Only something was said, and is read now.
        _ if request.changes.is_empty() => {}
        Submitter::User(user) => {
            // A colleague's request for a group on the phone tells nobody: the group has its receipt.
            if let Some(user) = tx.user(user).await?.filter(|user| user.standing.role.is_group_admin()) {
                let link = format!("{origin}/meine-gruppen/{}", group.id);
                tx.enqueue(&outcome(&user, &office, (taken, refused), &link)).await?;
            }
        }
        Submitter::Link => {
            if let Some(to) = reconciliation::address(&tx, &group).await? {
                tx.enqueue(&reconciliation::words::outcome(to, &office, (taken, refused), &origin)).await?;
            }
        }
    }
    let items = request.changes.iter().map(|change| change.item);
    let event = AuditEvent::new("request.decided", group.id);
    let said: Vec<String> = request.changes.iter().map(words).collect();
    tx.commit(event.summary(said.join(", ")).items(items)).await?;
    house.ring();
    house.sites.changed(permit.tenant());
    if forgotten {
        // Should this fail or the process be killed here, housekeeping does it.
        house.stores.destroy_removed_persons_keys(permit).await?;
    }
    Ok(Outcome::Decided)
}

/// Erases those of whom nothing is known any more, unless they stand for another group; whether there were any.
async fn forget(tx: &TenantTx, gone: &[PersonId]) -> Result<bool> {
    let mut any = false;
    for id in gone {
        if !tx.groups_of(*id).await?.is_empty() {
            continue;
        }
        match tx.remove_person(*id).await {
            Ok(()) => {
                tx.also(AuditEvent::new("person.deleted", id).summary("nothing was known of them any more"));
                any = true;
            }
            // They stand for a group beyond reach.
            Err(StorageError::Conflict) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(any)
}

/// Whether something red would be opened that only one colleague has looked at. A colleague's own request counts as a look.
async fn waits_for_second(
    permit: &Permit<DecideRequest>,
    tx: &TenantTx,
    group: &Group,
    (request, decided): (&ChangeRequest, &[Change]),
) -> Result<bool> {
    if !rules_of(tx).await?.four_eyes {
        return Ok(false);
    }
    let persons: Vec<Person> = tx.persons(&request.persons()).await?.into_iter().map(Person::as_it_counts).collect();
    let mut taken = decided.iter().filter(|change| change.decision.as_ref().is_some_and(Decision::is_taken));
    if !taken.any(|change| change.opens_red(items_of(group, &persons, change.whose()))) {
        return Ok(false);
    }
    let me = permit.actor().user();
    if request.first.as_ref().is_some_and(|first| Some(first.by) != me && first.changes == decided) {
        return Ok(false);
    }
    let Some(asked) = request.by.user().filter(|asked| Some(*asked) != me) else { return Ok(true) };
    let colleague = tx.user(asked).await?.is_some_and(|user| !user.standing.role.is_group_admin());
    Ok(!colleague)
}

/// Keeps a decision for a second colleague to look at. Nothing of it counts.
async fn keep_first(
    permit: &Permit<DecideRequest>,
    tx: TenantTx,
    (mut request, decided): (ChangeRequest, Vec<Change>),
    seen: Seen,
) -> Result<Outcome> {
    let by = permit.actor().user().ok_or_else(|| Error::invalid("", "second-look-account"))?;
    request.first = Some(FirstLook { by, at: tx.now(), changes: decided });
    request.version += 1;
    tx.save_request(&request, seen.request).await?;
    let items = request.changes.iter().map(|change| change.item);
    tx.commit(AuditEvent::new("request.first_look", request.group).items(items)).await?;
    Ok(Outcome::SecondLook)
}

/// New contact persons need keys before the unit of work that writes them.
async fn make_keys(permit: &Permit<DecideRequest>, house: &House, id: RequestId) -> Result<()> {
    let look = house.stores.look(permit).await?;
    let request = open_request(&look, id).await?;
    let group = group_of(&look, request.group).await?;
    let new = new_persons(&group, &request.changes);
    drop(look);
    if !new.is_empty() {
        house.stores.make_person_keys(permit, &new).await?;
    }
    Ok(())
}

/// Contact persons who come with these changes. Somebody who was known, and is gone meanwhile, does not come back.
fn new_persons(group: &Group, changes: &[Change]) -> Vec<PersonId> {
    let mut new: Vec<PersonId> =
        changes.iter().filter_map(|change| change.person).filter(|person| person.new).map(|person| person.id).collect();
    new.sort_unstable();
    new.dedup();
    new.retain(|id| !group.people.iter().any(|one| one.person == *id));
    new
}

/// Whoever made a request, if their word still counts for the group: someone who is here, and if a group admin, of this group.
async fn still_speaks_for(tx: &TenantTx, by: Submitter, group: GroupId) -> Result<Option<UserId>> {
    let Some(by) = by.user() else { return Ok(None) };
    let here = tx.user(by).await?.is_some_and(|user| {
        let Standing { role, state, groups } = &user.standing;
        *state == UserState::Active && (!role.is_group_admin() || groups.contains(&group))
    });
    Ok(here.then_some(by))
}

/// Takes over what was accepted about contact persons, and returns those of whom nothing is known any more. Nothing becomes more open than the person agreed to: by a receipt
/// in force, or, where they ask for themselves, by the one that is made here.
async fn take_over(
    tx: &TenantTx,
    catalogue: &Catalogue,
    changes: &[Change],
    (by, said_on): (Option<UserId>, Date),
) -> Result<Vec<PersonId>> {
    let mut gone = Vec::new();
    let mut persons: Vec<PersonId> = changes.iter().filter_map(Change::whose).collect();
    persons.sort_unstable();
    persons.dedup();
    for id in persons {
        let Some(person) = tx.person(id).await? else { continue };
        // A light that counts for nothing without consent is no light that was there.
        let mut person = person.as_it_counts();
        for change in changes.iter().filter(|change| change.whose() == Some(id)) {
            person.items = change.applied(catalogue, std::mem::take(&mut person.items));
            let Some(at) = person.items.iter().position(|item| item.id == change.item) else { continue };
            let consented = person.consented(&person.items[at]);
            let item = &mut person.items[at];
            // A link says nothing about who holds it: nobody agrees by it.
            let agrees = by.filter(|_| change.person.is_some_and(|person| person.agrees));
            if let Some(by) = agrees.filter(|_| item.light > Light::Red) {
                let said = said_now(catalogue, (id, item.id), item.light, (said_on, Channel::Login), "");
                tx.record_consent_of(&said, by).await?;
            } else {
                item.light = item.light.under(consented);
            }
        }
        tx.save_person(&person).await?;
        if person.items.is_empty() {
            gone.push(id);
        }
    }
    Ok(gone)
}

/// A decided change in words without values, for the audit.
fn words(change: &Change) -> String {
    let light = |lit: &Option<Lit>| lit.as_ref().map_or("none", |lit| lit.light.code());
    let what = format!("{} {} → {}", change.field.code(), light(&change.before), light(&change.after));
    match change.decision {
        Some(Decision::Rejected { .. }) => format!("{what} rejected"),
        Some(Decision::Amended { .. }) => format!("{what} with another value"),
        _ => what,
    }
}

/// What is decided about a change, with the light it then has: the one asked for, or a stricter one; and with the value.
fn verdict(desk: Desk<'_>, change: &mut Change, verdicts: &[Verdict]) -> std::result::Result<Decision, Problem> {
    let catalogue = desk.catalogue;
    let wrong = |code| Problem::new(change.item.to_string(), code);
    let found = verdicts.iter().find(|verdict| verdict.item == change.item).ok_or_else(|| wrong("choose"))?;
    if !found.accepted {
        let reason = found.reason.trim().to_owned();
        if reason.is_empty() {
            return Err(wrong("reason-missing"));
        }
        return if reason.chars().count() > REASON {
            Err(wrong("too-long"))
        } else {
            Ok(Decision::Rejected { reason })
        };
    }
    // The field may have gone since, or be the office's own by now: then it can only be rejected.
    let theirs = match change.person {
        Some(_) => catalogue.section(Section::Person).contains(&change.field),
        None => SECTIONS.iter().any(|section| fields(catalogue, *section).contains(&change.field)),
    };
    if !theirs {
        return Err(wrong("field-gone"));
    }
    let ceiling = catalogue.limit(change.field).ceiling;
    if let Some(after) = &mut change.after {
        let asked = after.light;
        after.light = found.light.unwrap_or(asked);
        // More open than the group asked for is no answer to it.
        if after.light > asked || after.light > ceiling {
            return Err(wrong("light-too-open"));
        }
        if let Some(typed) = &found.typed
            && let Some(value) = amended(desk, change.field, &after.value, typed).map_err(wrong)?
        {
            // A person agreed to what they said, not to what the office makes of it.
            if change.person.is_some() && !same_contact(&after.value, &value) {
                return Err(wrong("amend-person"));
            }
            return Ok(Decision::Amended { asked: std::mem::replace(&mut after.value, value) });
        }
    }
    Ok(Decision::Accepted)
}

/// The value a colleague typed instead of the one asked for; none if it is the same.
fn amended(
    desk: Desk<'_>,
    field: Field,
    asked: &Value,
    typed: &Typed,
) -> std::result::Result<Option<Value>, &'static str> {
    if trimmed(typed) == trimmed(&Typed::of(asked)) {
        return Ok(None);
    }
    let entry = Entry { key: String::new(), item: None, field, light: None, typed: typed.clone() };
    let read = entry.read(desk.catalogue, desk.today);
    let value = read.map_err(|wrong| wrong.first().map_or("choose", |problem| problem.code))?;
    let value = value.ok_or("amend-empty")?;
    Ok((value != *asked).then_some(value))
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
