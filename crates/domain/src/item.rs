//! One value of a group or person, with its light and where it came from.

use crate::catalogue::Limit;
use crate::{Field, ItemId, Light, Value};

/// Who put the value here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Source {
    /// The office.
    Staff,
    /// An imported list.
    Import,
    /// The group itself.
    Group,
}

impl Source {
    /// All sources.
    pub const ALL: [Self; 3] = [Self::Staff, Self::Import, Self::Group];

    /// The word used in databases.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Staff => "staff",
            Self::Import => "import",
            Self::Group => "group",
        }
    }

    /// Reads [`Source::code`] back.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|source| source.code() == code)
    }
}

/// One value with its light (Angabe). Deliberately neither `Serialize` nor `Display`: the way out is
/// [`crate::projection`].
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// The item's own id; part of what its ciphertext is bound to.
    pub id: ItemId,
    /// What it says something about.
    pub field: Field,
    /// What it says.
    pub value: Value,
    /// Its own light; what counts is [`Item::effective`].
    pub light: Light,
    /// Who put it here.
    pub source: Source,
    /// How open the office's policy lets it be: that of the unit of work it was read in.
    pub limit: Limit,
}

impl Item {
    /// A new item by the product's own catalogue. Where an office's is at hand, [`crate::Catalogue::item`] makes it.
    pub fn new(id: ItemId, field: Field, value: Value, source: Source) -> Self {
        let light = field.built_in().map_or(Light::Red, |def| def.default);
        Self { id, field, value, light, source, limit: Limit::built_in(field) }
    }

    /// The light that counts for an item of the group itself: never more open than the office's policy allows.
    pub fn effective(&self) -> Light {
        self.light.under(self.limit.ceiling)
    }
}
