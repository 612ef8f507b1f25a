//! What waits for the office: all requests, oldest first, and one of them item by item.

use std::sync::Arc;

use access::actions::ReadRequests;
use access::{Action, Permit};
use domain::change_request::{Change, FirstLook, RequestState, Standing, Submitter};
use domain::{Catalogue, Field, Group, GroupId, Light, Person, PersonId, RequestId, UserId};
use jiff::Timestamp;
use storage::tenant::Waiting;

use super::comments::{CommentView, comments, group_admin};
use super::items_of;
use super::rules::rules_of;
use super::take::reviewers;
use crate::account::colleagues;
use crate::groups::people::name;
use crate::groups::{group_of, record_seen, shown_name};
use crate::{Error, House, Result};

/// Requests on one page of the list.
pub const PAGE: usize = 50;

/// Whose requests are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Whose {
    /// Everybody's.
    #[default]
    All,
    /// Those I am at work on.
    Mine,
    /// Those nobody is at work on.
    Nobodys,
}

/// What is listed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Words of the group's name; empty for all groups.
    pub name: String,
    /// Who is at work on it.
    pub whose: Whose,
    /// Which page, from 0.
    pub page: usize,
}

/// A page of what waits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Queue {
    /// The requests, oldest first.
    pub lines: Vec<Line>,
    /// How many the filter found, on all pages.
    pub found: usize,
    /// How many wait in all.
    pub all: usize,
}

/// A request in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its id.
    pub id: RequestId,
    /// About which group.
    pub group: GroupId,
    /// Its name.
    pub name: String,
    /// By whom; none if the account is gone.
    pub by: Option<String>,
    /// Whether it was the holder of a personal link.
    pub by_link: bool,
    /// Since when.
    pub made_at: Timestamp,
    /// How many changes.
    pub changes: usize,
    /// Who is at work on it.
    pub taken_by: Option<String>,
    /// Whether one colleague decided, and a second must agree.
    pub second_look: bool,
    /// Whether the group wrote last.
    pub answered: bool,
}

/// What waits, oldest first, page by page.
pub async fn queue(permit: &Permit<ReadRequests>, house: &House, filter: &Filter) -> Result<Queue> {
    let look = house.stores.look(permit).await?;
    let me = permit.actor().user();
    let words: Vec<String> = filter.name.split_whitespace().map(directory::sort_key).collect();
    let mut waiting = look.waiting_requests().await?;
    let all = waiting.len();
    waiting.retain(|one| match filter.whose {
        Whose::All => true,
        Whose::Mine => me.is_some() && one.taken_by == me,
        Whose::Nobodys => one.taken_by.is_none(),
    });
    if !words.is_empty() {
        let names = look.group_names(waiting.iter().map(|one| one.group)).await?;
        waiting.retain(|one| {
            let key = names.get(&one.group).map(|name| directory::sort_key(&name.value.plain())).unwrap_or_default();
            words.iter().all(|word| key.contains(word.as_str()))
        });
    }
    let found = waiting.len();
    let here: Vec<Waiting> = waiting.into_iter().skip(filter.page.saturating_mul(PAGE)).take(PAGE).collect();
    let ids: Vec<RequestId> = here.iter().map(|one| one.id).collect();
    let names = look.group_names(here.iter().map(|one| one.group)).await?;
    let requests = look.requests(&ids).await?;
    let answered = look.answered(&ids).await?;
    let people = colleagues(&look).await?;
    drop(look);
    let by_name = |id: UserId| people.iter().find(|one| one.id == id).map(|one| one.name.clone());
    let mut seen = Vec::new();
    let mut lines = Vec::with_capacity(here.len());
    for one in here {
        let Some(request) = requests.iter().find(|request| request.id == one.id) else { continue };
        let name = names.get(&one.group);
        seen.extend(name.filter(|name| name.effective() != Light::Green).map(|name| name.id.to_string()));
        lines.push(Line {
            id: one.id,
            group: one.group,
            name: name.map(|name| name.value.plain()).unwrap_or_default(),
            by: request.by.user().and_then(by_name),
            by_link: request.by == Submitter::Link,
            made_at: one.made_at,
            changes: request.changes.len(),
            taken_by: one.taken_by.and_then(by_name),
            second_look: request.first.is_some(),
            answered: answered.contains(&one.id),
        });
    }
    record_seen(permit, house, permit.tenant(), "requests", seen).await?;
    Ok(Queue { lines, found, all })
}

/// A change, and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct ChangeView {
    /// What is asked for.
    pub change: Change,
    /// Against the group, or the person, as they are now.
    pub standing: Standing,
    /// The name of the contact person it is about, empty if none is known; none: about the group itself.
    pub whose: Option<String>,
}

/// A request, item by item.
#[derive(Clone, Debug, PartialEq)]
pub struct RequestView {
    /// Its id.
    pub id: RequestId,
    /// What a decision is about.
    pub version: u32,
    /// The group as it is now.
    pub group: Group,
    /// By whom; none if the account is gone.
    pub by: Option<String>,
    /// Whether it was the holder of a personal link.
    pub by_link: bool,
    /// Since when.
    pub made_at: Timestamp,
    /// How far it is.
    pub state: RequestState,
    /// In the order of the office's fields.
    pub changes: Vec<ChangeView>,
    /// The office's fields.
    pub catalogue: Arc<Catalogue>,
    /// Who is at work on it.
    pub taken_by: Option<(UserId, String)>,
    /// Whether it is whoever looks now.
    pub mine: bool,
    /// Who could be, by name; empty where it waits no more.
    pub reviewers: Vec<(UserId, String)>,
    /// What was written about it.
    pub comments: Vec<CommentView>,
    /// Whether whoever made it has a login, and can be asked.
    pub can_ask: bool,
    /// Reasons for not taking something over, to choose from.
    pub reasons: Vec<String>,
    /// What one colleague decided, if a second must agree.
    pub first: Option<First>,
}

/// What one colleague decided, for a second one.
#[derive(Clone, Debug, PartialEq)]
pub struct First {
    /// Who; none if the account is gone.
    pub by: Option<String>,
    /// Whether it was whoever looks now.
    pub mine: bool,
    /// When.
    pub at: Timestamp,
    /// Item by item.
    pub changes: Vec<Change>,
}

/// A request, to decide or to look up. Every value of it that is not public, old and new, is recorded as read.
pub async fn request<A: Action>(permit: &Permit<A>, house: &House, id: RequestId) -> Result<RequestView> {
    let look = house.stores.look(permit).await?;
    let found = look.request(id).await?.ok_or(Error::NotFound)?;
    let group = group_of(&look, found.group).await?;
    let people = look.persons(&found.persons()).await?;
    let people: Vec<Person> = people.into_iter().map(Person::as_it_counts).collect();
    // Whoever left the group meanwhile is not its to change: what was asked about them has moved on.
    let member = |id: PersonId| group.people.iter().any(|one| one.person == id);
    let left = |change: &Change| change.person.is_some_and(|person| !person.new && !member(person.id));
    let by = match found.by {
        Submitter::User(user) => look.user(user).await?.map(|user| user.profile.name),
        Submitter::Link => None,
    };
    let by_link = found.by == Submitter::Link;
    let catalogue = look.catalogue().await?;
    let colleagues = colleagues(&look).await?;
    let by_name = |id: UserId| colleagues.iter().find(|one| one.id == id).map(|one| one.name.clone());
    let open = found.state == RequestState::Open;
    let taken_by = look.taken_by(id).await?.filter(|_| open).and_then(|by| Some((by, by_name(by)?)));
    let reviewers = if open { reviewers(&look).await? } else { Vec::new() };
    let comments = comments(&look, id).await?;
    let can_ask = open && group_admin(&look, &found).await?.is_some();
    let reasons = rules_of(&look).await?.reasons;
    drop(look);
    let me = permit.actor().user();
    let first =
        found.first.map(|FirstLook { by, at, changes }| First { by: by_name(by), mine: Some(by) == me, at, changes });
    let mut seen = Vec::new();
    shown_name(&group, &mut seen);
    // What waits is not public either, whatever its light is to be.
    seen.extend(found.changes.iter().map(|change| change.item.to_string()));
    let named = people.iter().flat_map(|person| &person.items).filter(|item| item.field == Field::PersonName);
    seen.extend(named.map(|item| item.id.to_string()));
    seen.sort_unstable();
    seen.dedup();
    record_seen(permit, house, group.id, "request", seen).await?;
    let mut changes: Vec<ChangeView> = found
        .changes
        .into_iter()
        .map(|change| ChangeView {
            standing: if left(&change) {
                Standing::MovedOn(None)
            } else {
                change.against(&catalogue, items_of(&group, &people, change.whose()))
            },
            whose: change.whose().map(|id| {
                let known = people.iter().find(|person| person.id == id);
                known.map(|person| name(person).to_owned()).unwrap_or_default()
            }),
            change,
        })
        .collect();
    changes.sort_by(|one, other| {
        let person = one.change.whose().cmp(&other.change.whose());
        person.then(catalogue.order(one.change.field, other.change.field))
    });
    Ok(RequestView {
        state: found.state,
        id,
        version: found.version,
        by,
        by_link,
        made_at: found.made_at,
        changes,
        catalogue,
        group,
        mine: me.is_some() && taken_by.as_ref().map(|(by, _)| *by) == me,
        taken_by,
        reviewers,
        comments,
        can_ask,
        reasons,
        first,
    })
}
