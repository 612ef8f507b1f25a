//! The catalogue that counts in one office.

use std::cmp::Ordering;

use super::{BUILT_IN, ConsentNeed, FieldDef, Section};
use crate::{Field, Group, Item, ItemId, Light, Person, Source, Value};

/// How open a policy lets the items of a field be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Limit {
    /// The most open light.
    pub ceiling: Light,
    /// Whether a person must agree.
    pub consent: ConsentNeed,
}

impl Limit {
    /// Of a field nobody knows (any more): an item of it stays inside.
    pub const UNKNOWN: Self = Self { ceiling: Light::Red, consent: ConsentNeed::None };

    fn of(def: &FieldDef) -> Self {
        Self { ceiling: def.ceiling, consent: def.consent }
    }

    /// What the product itself says.
    pub fn built_in(field: Field) -> Self {
        field.built_in().map_or(Self::UNKNOWN, Self::of)
    }
}

/// The fields of an office in the order of its forms and pages, as its light policy of this version sets them. Every
/// built-in field is there, and none is more open than the product allows: [`crate::policy::Policy::catalogue`] sees
/// to that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Catalogue {
    version: u32,
    fields: Vec<FieldDef>,
    consent_months: Option<u16>,
}

impl Catalogue {
    /// The product's own, before an office decides anything: version 0.
    pub fn built_in() -> Self {
        Self { version: 0, fields: BUILT_IN.to_vec(), consent_months: None }
    }

    pub(crate) fn checked(version: u32, fields: Vec<FieldDef>, consent_months: Option<u16>) -> Self {
        Self { version, fields, consent_months }
    }

    /// Which version of the office's policy this is; 0 while it has none.
    pub const fn version(&self) -> u32 {
        self.version
    }

    /// For how many months a consent recorded now counts; none: until it is withdrawn.
    pub const fn consent_months(&self) -> Option<u16> {
        self.consent_months
    }

    /// All fields, in order.
    pub fn fields(&self) -> &[FieldDef] {
        &self.fields
    }

    /// What the office says about a field; none for one it does not know (any more).
    pub fn def(&self, field: Field) -> Option<&FieldDef> {
        self.fields.iter().find(|def| def.field == field)
    }

    /// The fields of a section, in order.
    pub fn section(&self, section: Section) -> Vec<Field> {
        self.fields.iter().filter(|def| def.section == section).map(|def| def.field).collect()
    }

    /// Which of two fields stands first; one the office does not know stands last.
    pub fn order(&self, one: Field, other: Field) -> Ordering {
        let place = |field| self.fields.iter().position(|def| def.field == field).unwrap_or(usize::MAX);
        place(one).cmp(&place(other)).then(one.cmp(&other))
    }

    /// How open the items of a field may be.
    pub fn limit(&self, field: Field) -> Limit {
        self.def(field).map_or(Limit::UNKNOWN, Limit::of)
    }

    /// The light of a new item.
    pub fn default_light(&self, field: Field) -> Light {
        self.def(field).map_or(Light::Red, |def| def.default)
    }

    /// A new item with its field's default light.
    pub fn item(&self, id: ItemId, field: Field, value: Value, source: Source) -> Item {
        Item { light: self.default_light(field), limit: self.limit(field), ..Item::new(id, field, value, source) }
    }

    /// The item as this policy has it kept: no more open than its ceiling, for good. A ceiling that is raised again later
    /// finds a closed item.
    #[must_use]
    pub fn keep(&self, item: &Item) -> Item {
        let limit = self.limit(item.field);
        Item { light: item.light.under(limit.ceiling), limit, ..item.clone() }
    }

    /// The same for all items of a group.
    #[must_use]
    pub fn keep_group(&self, group: &Group) -> Group {
        Group { items: group.items.iter().map(|item| self.keep(item)).collect(), ..group.clone() }
    }

    /// The same for all items of a person.
    #[must_use]
    pub fn keep_person(&self, person: &Person) -> Person {
        Person { items: person.items.iter().map(|item| self.keep(item)).collect(), ..person.clone() }
    }
}
