//! A group admin's own groups: every item with its light, and who at the office saw what is not public.

use std::sync::Arc;

use access::Permit;
use access::actions::ReadOwnGroup;
use domain::audit::Actor;
use domain::catalogue::{Catalogue, Section};
use domain::change_request::{Change, RequestState};
use domain::{EmailAddress, Field, Group, GroupId, Item, Light, Person, Status, UserId};
use jiff::Timestamp;
use storage::{AuditFilter, TenantTx};

use crate::disclosures::register::{OwnLine, for_the_group};
use crate::groups::{group_of, names, record_seen};
use crate::people::succession::open_of;
use crate::review::comments::{CommentView, comments};
use crate::{House, Result};

/// How many times of being seen are shown.
const SEEN: u64 = 50;

/// Fields that are the office's own remarks about a group, not the group's.
const OFFICE_ONLY: [Field; 3] = [Field::ConsentToRecord, Field::Funding, Field::ConfirmedBy];

/// Whether a field says something that its group may see: not what the office took away, nor its own remarks.
pub(crate) fn is_the_groups(catalogue: &Catalogue, field: Field) -> bool {
    let own_remark = |section| section == Section::Internal && field.built_in().is_none();
    catalogue.def(field).is_some_and(|def| !own_remark(def.section)) && !OFFICE_ONLY.contains(&field)
}

/// A group in the list of one's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnGroup {
    /// Its id.
    pub id: GroupId,
    /// Its name.
    pub name: String,
    /// Where it stands.
    pub status: Status,
    /// How many items have which light: green, yellow, red.
    pub lights: [usize; 3],
}

/// One time someone at the office saw what is yellow or red.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// When.
    pub at: Timestamp,
    /// By whom; none if the account is gone.
    pub by: Option<String>,
    /// How many items.
    pub items: usize,
}

/// One's own group.
#[derive(Clone, Debug, PartialEq)]
pub struct OwnGroupView {
    /// The group, without the office's own remarks.
    pub group: Group,
    /// Its people.
    pub people: Vec<Person>,
    /// Who saw what is not public, newest first.
    pub seen: Vec<Seen>,
    /// What was passed on, newest first: what and why, not to whom.
    pub passed_on: Vec<OwnLine>,
    /// Whether the office asks before it passes anything on.
    pub ask_first: bool,
    /// The office's fields.
    pub catalogue: Arc<Catalogue>,
    /// Who is to take it over, if it is being handed over.
    pub successor: Option<EmailAddress>,
    /// One's changes that wait for the office.
    pub waiting: Vec<Change>,
    /// The same of changes that others proposed who look after the group, or did.
    pub others_waiting: Vec<Field>,
    /// What the office decided last about one's changes, and when, if nothing waits.
    pub decided: Option<(Timestamp, Vec<Change>)>,
    /// What was written about one's changes that wait, or were decided last; oldest first.
    pub comments: Vec<CommentView>,
}

/// One's own groups, by name.
pub async fn groups(permit: &Permit<ReadOwnGroup>, house: &House) -> Result<Vec<OwnGroup>> {
    let look = house.stores.look(permit).await?;
    let summaries = look.group_summaries(&[Field::Name]).await?;
    let lights = look.count_lights(&summaries.iter().map(|group| group.id).collect::<Vec<_>>()).await?;
    drop(look);
    let hidden = summaries.iter().flat_map(|group| &group.items).filter(|item| item.effective() != Light::Green);
    record_seen(permit, house, permit.tenant(), "own groups", hidden.map(|item| item.id.to_string()).collect()).await?;
    let mut groups: Vec<OwnGroup> = summaries
        .into_iter()
        .map(|group| OwnGroup {
            id: group.id,
            name: group.items.first().map(|item| item.value.plain()).unwrap_or_default(),
            status: group.status,
            lights: lights.get(&group.id).copied().unwrap_or_default(),
        })
        .collect();
    groups.sort_by_cached_key(|group| directory::sort_key(&group.name));
    Ok(groups)
}

/// One of one's own groups. What is yellow or red is recorded as read.
pub async fn group(permit: &Permit<ReadOwnGroup>, house: &House, id: GroupId) -> Result<OwnGroupView> {
    let look = house.stores.look(permit).await?;
    let mut group = group_of(&look, id).await?;
    let catalogue = look.catalogue().await?;
    group.items.retain(|item| is_the_groups(&catalogue, item.field));
    group.items.sort_by(|one, other| catalogue.order(one.field, other.field));
    let ids: Vec<_> = group.people.iter().map(|one| one.person).collect();
    let mut people = look.persons(&ids).await?;
    for person in &mut people {
        person.items.retain(|item| catalogue.def(item.field).is_some());
    }
    let by = names(&look).await?;
    let filter = AuditFilter {
        actions: vec!["items.read".to_owned(), "items.copied".to_owned()],
        object: Some(id.to_string()),
        limit: SEEN,
        ..AuditFilter::default()
    };
    // Those who have the group themselves are not the office.
    let admins: Vec<Actor> = look
        .users()
        .await?
        .into_iter()
        .filter(|user| user.standing.role.is_group_admin())
        .map(|user| Actor::User(user.id))
        .collect();
    let entries = look.audit_entries(&filter).await?.into_iter().filter(|entry| !admins.contains(&entry.actor));
    let seen = entries.map(|entry| Seen { at: entry.at, by: by(entry.actor), items: entry.details.items.len() });
    let seen = seen.collect();
    let successor = open_of(&look, id).await?.map(|open| open.email);
    let Requests { waiting, others_waiting, decided, comments } =
        requests(&look, &group, permit.actor().user()).await?;
    let passed_on = for_the_group(&look, id).await?;
    let ask_first = look.ask_first(id).await?.is_some();
    drop(look);
    let protected = |item: &&Item| item.effective() != Light::Green;
    let mut read: Vec<String> = group.items.iter().filter(protected).map(|item| item.id.to_string()).collect();
    for person in &people {
        let red = person.items.iter().filter(|item| person.effective(item) != Light::Green);
        read.extend(red.map(|item| item.id.to_string()));
    }
    // What was asked for is shown, whatever light it has, or is to have.
    let asked = waiting.iter().chain(decided.iter().flat_map(|(_, changes)| changes));
    read.extend(asked.map(|change| change.item.to_string()));
    read.sort_unstable();
    read.dedup();
    record_seen(permit, house, id, "own group", read).await?;
    Ok(OwnGroupView {
        group,
        people,
        seen,
        passed_on,
        ask_first,
        catalogue,
        successor,
        waiting,
        others_waiting,
        decided,
        comments,
    })
}

/// What is known of changes that were proposed.
#[derive(Default)]
struct Requests {
    waiting: Vec<Change>,
    others_waiting: Vec<Field>,
    decided: Option<(Timestamp, Vec<Change>)>,
    comments: Vec<CommentView>,
}

/// What waits, and what was decided last about someone's changes if none of theirs does.
async fn requests(look: &TenantTx, group: &Group, by: Option<UserId>) -> Result<Requests> {
    let mut found = Requests::default();
    let (own, others): (Vec<_>, Vec<_>) =
        look.requests_of(group.id).await?.into_iter().partition(|request| by.is_some() && request.by.user() == by);
    let open = others.into_iter().filter(|request| request.state == RequestState::Open);
    found.others_waiting = open.flat_map(|request| request.changes).map(|change| change.field).collect();
    let Some(newest) = own.into_iter().next() else { return Ok(found) };
    found.comments = comments(look, newest.id).await?;
    if newest.state == RequestState::Open {
        found.waiting = newest.changes;
        return Ok(found);
    }
    let at = newest.ended_at.filter(|_| newest.state == RequestState::Decided && !newest.changes.is_empty());
    found.decided = at.map(|at| (at, newest.changes));
    Ok(found)
}
