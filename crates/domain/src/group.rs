//! A self-help group: a versioned set of items with a status, and the people who stand for it.

use serde::{Deserialize, Serialize};

use crate::catalogue::Count;
use crate::{Catalogue, Field, GroupId, Item, ItemId, Light, PersonId, PersonRole, Slug, Source, Value};

/// Where a group stands. Only active groups are public.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Being written.
    Draft,
    /// Meets.
    Active,
    /// Pauses for a while.
    Paused,
    /// Has not been heard of.
    Dormant,
    /// Has ended.
    Dissolved,
}

/// The step from one status to the other does not exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a group cannot go from {from:?} to {to:?}")]
pub struct NoSuchStep {
    /// From here.
    pub from: Status,
    /// To there.
    pub to: Status,
}

impl Status {
    /// All, in the order of a group's life.
    pub const ALL: [Self; 5] = [Self::Draft, Self::Active, Self::Paused, Self::Dormant, Self::Dissolved];

    /// Where a group in this status can go.
    pub const fn next(self) -> &'static [Self] {
        match self {
            Self::Draft | Self::Paused | Self::Dormant => &[Self::Active, Self::Dissolved],
            Self::Active => &[Self::Paused, Self::Dormant, Self::Dissolved],
            Self::Dissolved => &[Self::Draft],
        }
    }

    /// Goes there, or says that there is no such step.
    pub fn to(self, to: Self) -> Result<Self, NoSuchStep> {
        if self.next().contains(&to) { Ok(to) } else { Err(NoSuchStep { from: self, to }) }
    }

    /// Whether the office keeps its data up: not before it begins, nor when nothing is heard of it any more.
    pub const fn is_kept_up(self) -> bool {
        matches!(self, Self::Active | Self::Paused)
    }

    /// The word used in databases and forms.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Active => "active",
            Self::Paused => "paused",
            Self::Dormant => "dormant",
            Self::Dissolved => "dissolved",
        }
    }

    /// Reads [`Status::code`] back.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.code() == code)
    }
}

/// A person's place in a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Membership {
    /// Who.
    pub person: PersonId,
    /// As what.
    pub role: PersonRole,
}

/// An item as a saved version has it. A person's items stand in no version: deleting a person deletes them everywhere.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PastItem {
    /// Its id.
    pub id: ItemId,
    /// Its field.
    pub field: Field,
    /// What it said.
    pub value: Value,
    /// Its light.
    pub light: Light,
}

/// The items of a group as an earlier version had them, where the office's policy still knows their fields.
///
/// Nothing is more open than now: an item that is there has the stricter of its two lights, one that was taken away
/// comes back red. Somebody may have closed it, or taken it away, because it must not be seen.
pub fn restored(catalogue: &Catalogue, now: &[Item], then: &[PastItem]) -> Vec<Item> {
    let light = |past: &PastItem| {
        let one = catalogue.def(past.field).is_some_and(|def| def.count == Count::One);
        let is = now.iter().find(|item| item.id == past.id || (one && item.field == past.field));
        is.map_or(Light::Red, |is| past.light.under(is.effective()))
    };
    let kept = then.iter().filter(|past| catalogue.def(past.field).is_some()).map(|past| {
        let source = now.iter().find(|item| item.id == past.id && item.value == past.value).map(|item| item.source);
        let item = catalogue.item(past.id, past.field, past.value.clone(), source.unwrap_or(Source::Staff));
        catalogue.keep(&Item { light: light(past), ..item })
    });
    // What the policy does not know is hidden as it is, until the field comes back or its values are deleted.
    let hidden = now.iter().filter(|item| catalogue.def(item.field).is_none()).cloned();
    kept.chain(hidden).collect()
}

/// A self-help group.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// Its id.
    pub id: GroupId,
    /// Its place in public addresses.
    pub slug: Slug,
    /// Where it stands.
    pub status: Status,
    /// Counts the saved changes, from 1.
    pub version: u32,
    /// What is known about it.
    pub items: Vec<Item>,
    /// Who stands for it, in order.
    pub people: Vec<Membership>,
}

impl Group {
    /// Its name, empty if it has none yet.
    pub fn name(&self) -> &str {
        self.items
            .iter()
            .find_map(|item| match (&item.field, &item.value) {
                (Field::Name, Value::Text(name)) => Some(name.as_str()),
                _ => None,
            })
            .unwrap_or_default()
    }

    /// All items of one field.
    pub fn of(&self, field: Field) -> impl Iterator<Item = &Item> {
        self.items.iter().filter(move |item| item.field == field)
    }
}
