//! What a group said when, and who changed it.

use std::sync::Arc;

use access::Permit;
use access::actions::{EditGroup, ReadGroup};
use domain::audit::{Actor, AuditEvent};
use domain::group::{PastItem, restored};
use domain::{Catalogue, Field, GroupId, Item, ItemId, Light, RequestId, Status, Value};
use jiff::Timestamp;
use storage::TenantTx;
use storage::tenant::Version;

use super::{group_of, names, record_seen, shown_name};
use crate::{Error, House, Result};

/// What the code of a version begins with that came of a request; its id follows.
pub(crate) const REQUEST: &str = "request:";

/// How an item was and how it became.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// What it says something about.
    pub field: Field,
    /// Before; none for a new one.
    pub old: Option<(Value, Light)>,
    /// After; none for a removed one.
    pub new: Option<(Value, Light)>,
}

/// One saved version, as what it changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// Counts from 1.
    pub number: u32,
    /// When.
    pub at: Timestamp,
    /// By whom; none if the account is gone or it was a job.
    pub by: Option<String>,
    /// Whether it was the group, with its personal link.
    pub by_link: bool,
    /// What was done: a code.
    pub change: String,
    /// The request it came of, if it came of one.
    pub request: Option<RequestId>,
    /// The status before and after, if it changed.
    pub status: Option<(Status, Status)>,
    /// The version of the light policy it was saved under; 0: the product's own.
    pub policy: u32,
    /// People who came and went.
    pub people: (usize, usize),
    /// What changed.
    pub differences: Vec<Difference>,
}

/// A group's versions.
#[derive(Clone, Debug, PartialEq)]
pub struct History {
    /// Its name.
    pub name: String,
    /// Its versions, newest first.
    pub steps: Vec<Step>,
    /// The office's fields.
    pub catalogue: Arc<Catalogue>,
}

/// A group's name and its versions, newest first. What of them is yellow or red is recorded as read.
pub async fn history(permit: &Permit<ReadGroup>, house: &House, id: GroupId) -> Result<History> {
    let look = house.stores.look(permit).await?;
    let group = group_of(&look, id).await?;
    let by = names(&look).await?;
    let versions = look.versions(id).await?;
    let catalogue = look.catalogue().await?;
    drop(look);
    let mut seen: Vec<ItemId> = Vec::new();
    let mut steps = Vec::new();
    for (place, version) in versions.iter().enumerate() {
        let older = versions.get(place + 1);
        let differences = differences(&catalogue, older, version, &mut seen);
        let came = |from: &Version, to: &Version| {
            to.people.iter().filter(|one| !from.people.iter().any(|other| other.person == one.person)).count()
        };
        steps.push(Step {
            number: version.number,
            at: version.at,
            by: by(version.actor),
            by_link: matches!(version.actor, Actor::Group(_)),
            change: version.change.split(':').next().unwrap_or_default().to_owned(),
            request: version.change.strip_prefix(REQUEST).and_then(|id| id.parse().ok()),
            policy: version.policy,
            status: older.map(|older| (older.status, version.status)).filter(|(from, to)| from != to),
            people: older.map_or((version.people.len(), 0), |older| (came(older, version), came(version, older))),
            differences,
        });
    }
    seen.sort_unstable();
    seen.dedup();
    record_seen(permit, house, id, "history", seen.iter().map(ToString::to_string).collect()).await?;
    Ok(History { name: group.name().to_owned(), steps, catalogue })
}

/// What restoring a version would change: each item as it is, and as it would be.
#[derive(Clone, Debug, PartialEq)]
pub struct Restoring {
    /// The group's name.
    pub name: String,
    /// The version of the group this was made from.
    pub version: u32,
    /// What would change; nothing if the items are the same.
    pub differences: Vec<Difference>,
    /// The office's fields.
    pub catalogue: Arc<Catalogue>,
}

async fn past_of(tx: &TenantTx, id: GroupId, number: u32) -> Result<Version> {
    tx.versions(id).await?.into_iter().find(|version| version.number == number).ok_or(Error::NotFound)
}

/// What restoring a version would do. What of it is yellow or red is recorded as read.
pub async fn preview_restore(permit: &Permit<EditGroup>, house: &House, id: GroupId, number: u32) -> Result<Restoring> {
    let look = house.stores.look(permit).await?;
    let group = group_of(&look, id).await?;
    let past = past_of(&look, id, number).await?;
    let catalogue = look.catalogue().await?;
    drop(look);
    let items = restored(&catalogue, &group.items, &past.items);
    let mut seen = Vec::new();
    let mut read = Vec::new();
    let differences = between(&catalogue, &as_past(&group.items), &as_past(&items), &mut seen);
    let name = shown_name(&group, &mut read);
    read.extend(seen.iter().map(ToString::to_string));
    record_seen(permit, house, id, "restore", read).await?;
    Ok(Restoring { name, version: group.version, differences, catalogue })
}

/// Brings the items of an earlier version back, as [`restored`] says; people and status stay. [`Error::Conflict`] if the
/// group was saved since the preview.
pub async fn restore(permit: &Permit<EditGroup>, house: &House, id: GroupId, version: u32, number: u32) -> Result<()> {
    let tx = house.stores.begin(permit).await?;
    let mut group = group_of(&tx, id).await?;
    if group.version != version {
        return Err(Error::Conflict);
    }
    let past = past_of(&tx, id, number).await?;
    let catalogue = tx.catalogue().await?;
    let before = std::mem::take(&mut group.items);
    group.items = restored(&catalogue, &before, &past.items);
    if group.name().is_empty() {
        return Err(Error::Conflict);
    }
    let changed: Vec<ItemId> = group.items.iter().filter(|item| !before.contains(item)).map(|item| item.id).collect();
    tx.save_group(&group, "restored").await?;
    let event = AuditEvent::new("group.restored", id).summary(number.to_string());
    tx.commit(event.items(changed)).await?;
    house.sites.changed(permit.tenant());
    Ok(())
}

fn as_past(items: &[Item]) -> Vec<PastItem> {
    let past = |item: &Item| PastItem { id: item.id, field: item.field, value: item.value.clone(), light: item.light };
    items.iter().map(past).collect()
}

fn differences(
    catalogue: &Catalogue,
    older: Option<&Version>,
    newer: &Version,
    seen: &mut Vec<ItemId>,
) -> Vec<Difference> {
    between(catalogue, older.map_or(&[], |older| &older.items), &newer.items, seen)
}

fn between(catalogue: &Catalogue, before: &[PastItem], after: &[PastItem], seen: &mut Vec<ItemId>) -> Vec<Difference> {
    let told = |item: &PastItem| (item.value.clone(), item.light);
    let mut found = Vec::new();
    let mut tell = |item: ItemId, field: Field, old: Option<(Value, Light)>, new: Option<(Value, Light)>| {
        let ceiling = catalogue.limit(field).ceiling;
        if [&old, &new].into_iter().flatten().any(|(_, light)| light.under(ceiling) != Light::Green) {
            seen.push(item);
        }
        found.push(Difference { field, old, new });
    };
    for item in after {
        match before.iter().find(|old| old.id == item.id) {
            None => tell(item.id, item.field, None, Some(told(item))),
            Some(old) if (&old.value, old.light) != (&item.value, item.light) => {
                tell(item.id, item.field, Some(told(old)), Some(told(item)));
            }
            Some(_) => {}
        }
    }
    for old in before.iter().filter(|old| !after.iter().any(|item| item.id == old.id)) {
        tell(old.id, old.field, Some(told(old)), None);
    }
    found.sort_by(|one, other| catalogue.order(one.field, other.field));
    found
}
