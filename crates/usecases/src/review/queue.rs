//! What waits for the office: all requests, oldest first, and one of them item by item.

use std::sync::Arc;

use access::actions::ReadRequests;
use access::{Action, Permit};
use domain::change_request::{Change, RequestState, Standing, Submitter};
use domain::{Catalogue, Field, Group, GroupId, Light, Person, RequestId};
use jiff::Timestamp;

use super::items_of;
use crate::account::colleagues;
use crate::groups::people::name;
use crate::groups::{group_of, record_seen, shown_name};
use crate::{Error, House, Result};

/// So many are listed; the oldest come first, so that none is forgotten.
const MOST: usize = 1_000;

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
}

/// Everything that waits, oldest first.
pub async fn queue(permit: &Permit<ReadRequests>, house: &House) -> Result<Vec<Line>> {
    let look = house.stores.look(permit).await?;
    let people = colleagues(&look).await?;
    let requests = look.open_requests(MOST).await?;
    let names = look.group_summaries(&[Field::Name]).await?;
    drop(look);
    let mut seen = Vec::new();
    let mut lines = Vec::with_capacity(requests.len());
    for request in requests {
        let name = names.iter().find(|group| group.id == request.group).and_then(|group| group.items.first());
        seen.extend(name.filter(|name| name.effective() != Light::Green).map(|name| name.id.to_string()));
        lines.push(Line {
            id: request.id,
            group: request.group,
            name: name.map(|name| name.value.plain()).unwrap_or_default(),
            by: people.iter().find(|one| Some(one.id) == request.by.user()).map(|one| one.name.clone()),
            by_link: request.by == Submitter::Link,
            made_at: request.made_at,
            changes: request.changes.len(),
        });
    }
    record_seen(permit, house, permit.tenant(), "requests", seen).await?;
    Ok(lines)
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
}

/// A request, to decide or to look up. Every value of it that is not public, old and new, is recorded as read.
pub async fn request<A: Action>(permit: &Permit<A>, house: &House, id: RequestId) -> Result<RequestView> {
    let look = house.stores.look(permit).await?;
    let found = look.request(id).await?.ok_or(Error::NotFound)?;
    let group = group_of(&look, found.group).await?;
    let people = look.persons(&found.persons()).await?;
    let people: Vec<Person> = people.into_iter().map(Person::as_it_counts).collect();
    let by = match found.by {
        Submitter::User(user) => look.user(user).await?.map(|user| user.profile.name),
        Submitter::Link => None,
    };
    let by_link = found.by == Submitter::Link;
    let catalogue = look.catalogue().await?;
    drop(look);
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
            standing: change.against(&catalogue, items_of(&group, &people, change.whose())),
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
    })
}
