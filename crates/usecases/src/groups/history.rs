//! What a group said when, and who changed it.

use std::sync::Arc;

use access::Permit;
use access::actions::ReadGroup;
use domain::{Catalogue, Field, GroupId, ItemId, Light, Status, Value};
use jiff::Timestamp;
use storage::tenant::Version;
use storage::tenant::groups::VersionItem;

use super::{group_of, names, record_seen};
use crate::{House, Result};

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
    /// What was done: a code.
    pub change: String,
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
            change: version.change.clone(),
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

fn differences(
    catalogue: &Catalogue,
    older: Option<&Version>,
    newer: &Version,
    seen: &mut Vec<ItemId>,
) -> Vec<Difference> {
    let none = Vec::new();
    let before = older.map_or(&none, |older| &older.items);
    let told = |item: &VersionItem| (item.value.clone(), item.light);
    let mut found = Vec::new();
    let mut tell = |item: ItemId, field: Field, old: Option<(Value, Light)>, new: Option<(Value, Light)>| {
        let ceiling = catalogue.limit(field).ceiling;
        if [&old, &new].into_iter().flatten().any(|(_, light)| light.under(ceiling) != Light::Green) {
            seen.push(item);
        }
        found.push(Difference { field, old, new });
    };
    for item in &newer.items {
        match before.iter().find(|old| old.id == item.id) {
            None => tell(item.id, item.field, None, Some(told(item))),
            Some(old) if (&old.value, old.light) != (&item.value, item.light) => {
                tell(item.id, item.field, Some(told(old)), Some(told(item)));
            }
            Some(_) => {}
        }
    }
    for old in before.iter().filter(|old| !newer.items.iter().any(|item| item.id == old.id)) {
        tell(old.id, old.field, Some(told(old)), None);
    }
    found.sort_by(|one, other| catalogue.order(one.field, other.field));
    found
}
