//! One group with everything the office knows about it.

use std::sync::Arc;

use access::Permit;
use access::actions::ReadGroup;
use domain::alert::Sign;
use domain::change_request::RequestState;
use domain::{Catalogue, Field, Group, GroupId, NoteId, Person, PersonRole, RequestId, SuggestionId, UserId, Value};
use jiff::Timestamp;
use storage::TenantTx;
use storage::tenant::UserState;

use super::{group_of, names, protected, protected_of, record_seen};
use crate::disclosures::register;
use crate::people::noticed_of;
use crate::people::succession::open_of;
use crate::reconciliation::overview::{GroupStanding, standing};
use crate::{House, Result};

/// A person who stands for a group.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// Who, with items and consents.
    pub person: Person,
    /// As what.
    pub role: PersonRole,
    /// For how many other groups, too.
    pub other_groups: usize,
}

/// An internal note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoteLine {
    /// Its id.
    pub id: NoteId,
    /// When.
    pub at: Timestamp,
    /// By whom; none if the account is gone or it was a job.
    pub by: Option<String>,
    /// What it says.
    pub text: String,
}

/// A group, as the office sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupView {
    /// The group itself.
    pub group: Group,
    /// Its people, in order.
    pub people: Vec<Member>,
    /// Internal notes, newest first.
    pub notes: Vec<NoteLine>,
    /// What the old list said about consents that are yet to be asked for.
    pub to_ask: Vec<String>,
    /// What was passed on, newest first.
    pub disclosures: Vec<register::Line>,
    /// Whether it wants to be asked before anything is passed on.
    pub ask_first: bool,
    /// When it was last changed, and by whom.
    pub changed: Option<(Timestamp, Option<String>)>,
    /// The office's fields.
    pub catalogue: Arc<Catalogue>,
    /// Who looks after it from outside the office, and what is on its way.
    pub care: Care,
    /// How it stands in the reconciliation; none for one that takes no part.
    pub standing: Option<GroupStanding>,
}

/// Who of the group looks after what the office knows about it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Care {
    /// The group's admins who can log in, by name.
    pub admins: Vec<(UserId, String)>,
    /// Proposals of theirs that wait for the office.
    pub requests: Vec<RequestId>,
    /// Whether a successor is proposed or invited.
    pub succession: bool,
    /// The suggestion it comes from, while nobody has decided about it.
    pub suggestion: Option<SuggestionId>,
}

impl Care {
    async fn of(tx: &TenantTx, group: GroupId) -> Result<Self> {
        let mut admins: Vec<(UserId, String)> = tx
            .users()
            .await?
            .into_iter()
            .filter(|user| user.standing.groups.contains(&group) && user.standing.state != UserState::Disabled)
            .map(|user| (user.id, user.profile.name))
            .collect();
        admins.sort_by_cached_key(|(_, name)| directory::sort_key(name));
        let mut requests = tx.requests_of(group).await?;
        requests.retain(|request| request.state == RequestState::Open);
        let requests = requests.into_iter().map(|request| request.id).collect();
        Ok(Self {
            admins,
            requests,
            succession: open_of(tx, group).await?.is_some(),
            suggestion: tx.undecided_suggestion(group).await?,
        })
    }
}

/// A group with items, people and notes. What of it is yellow or red is recorded as read.
pub async fn show(permit: &Permit<ReadGroup>, house: &House, id: GroupId) -> Result<GroupView> {
    let look = house.stores.look(permit).await?;
    let group = group_of(&look, id).await?;
    let ids: Vec<_> = group.people.iter().map(|membership| membership.person).collect();
    let persons = look.persons(&ids).await?;
    let by = names(&look).await?;
    let mut people = Vec::new();
    for person in persons {
        let Some(membership) = group.people.iter().find(|membership| membership.person == person.id) else { continue };
        let other_groups = look.groups_of(person.id).await?.len().saturating_sub(1);
        people.push(Member { role: membership.role, person, other_groups });
    }
    let notes: Vec<NoteLine> = look
        .notes(id)
        .await?
        .into_iter()
        .map(|note| NoteLine { id: note.id, at: note.at, by: by(note.actor), text: note.text })
        .collect();
    let changed = look.last_version(id).await?.map(|(at, actor)| (at, by(actor)));
    let disclosures = register::of_group_for(&look, id, permit.rights()).await?;
    let ask_first = look.ask_first(id).await?.is_some();
    let catalogue = look.catalogue().await?;
    let care = Care::of(&look, id).await?;
    let standing = standing(&look, house, &group).await?;
    drop(look);
    let mut seen: Vec<String> = protected(&group.items).map(|item| item.to_string()).collect();
    seen.extend(people.iter().flat_map(|member| protected_of(&member.person)).map(|item| item.to_string()));
    seen.extend(notes.iter().map(|note| note.id.to_string()));
    seen.extend(disclosures.iter().filter(|line| line.recipient.is_some()).map(|line| line.id.to_string()));
    record_seen(permit, house, id, "group", seen).await?;
    noticed_of(permit, house, Sign::MassReading).await;
    let to_ask = group
        .of(Field::ConsentToRecord)
        .filter_map(|item| match &item.value {
            Value::Text(text) => Some(text.clone()),
            _ => None,
        })
        .collect();
    Ok(GroupView { group, people, notes, to_ask, disclosures, ask_first, changed, catalogue, care, standing })
}
