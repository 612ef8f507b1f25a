//! From a filled-in form to items: what stays, what changes, and which lights are refused.

use domain::catalogue::Count;
use domain::{Catalogue, Field, Ids, Item, ItemId, Light, Person, Source, Value};
use jiff::civil::Date;

use super::input::{Entry, Typed};
use crate::Problem;

/// The items after the form, and what changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Applied {
    /// All items of the group or person, in the order of the catalogue.
    pub items: Vec<Item>,
    /// What changed, item by item.
    pub changes: Vec<Change>,
}

/// One changed item: lights only, no values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// Which.
    pub item: ItemId,
    /// What it says something about.
    pub field: Field,
    /// Its light before; none for a new one.
    pub before: Option<Light>,
    /// Its light after; none for a removed one.
    pub after: Option<Light>,
}

impl Change {
    fn words(&self) -> String {
        let Self { item: _, field, before, after } = self;
        let field = field.code();
        match (before, after) {
            (None, Some(light)) => format!("{field} added {}", light.code()),
            (Some(light), None) => format!("{field} removed ({})", light.code()),
            (Some(before), Some(after)) if before != after => format!("{field} {} → {}", before.code(), after.code()),
            _ => format!("{field} changed"),
        }
    }
}

/// The changes in words without values, for the audit.
pub fn words(changes: &[Change]) -> String {
    changes.iter().map(Change::words).collect::<Vec<_>>().join(", ")
}

/// Whose items a form holds: decides how open they may be and what a changed value means.
#[derive(Clone, Copy, Debug)]
pub enum Owner<'a> {
    /// A group: a changed value is the same item.
    Group,
    /// A person who is there already: consent bounds the light, and a changed value is a new item to which nobody agreed.
    Person(&'a Person),
    /// The same, asking for themselves: they agree to what the form says, once the office accepts it.
    Willing(&'a Person),
    /// A person being written: nothing was agreed to.
    NewPerson,
}

/// What else a form is read with.
#[derive(Clone, Copy, Debug)]
pub struct Desk<'a> {
    /// The office's fields.
    pub catalogue: &'a Catalogue,
    /// Makes ids.
    pub ids: &'a Ids,
    /// Today in Germany.
    pub today: Date,
}

/// Replaces the items of those of `fields` that the form has rows for; all other items stay as they are. A field loses its
/// items by an empty row, never by a missing one, so that half a form cannot remove what it does not show.
///
/// A row that was not touched is never checked again, so that an old value cannot stand in the way of closing another.
pub fn apply(
    owner: Owner<'_>,
    existing: &[Item],
    fields: &[Field],
    entries: &[Entry],
    desk: Desk<'_>,
) -> Result<Applied, Vec<Problem>> {
    let single = |field| desk.catalogue.def(field).is_none_or(|def| def.count == Count::One);
    let fields: Vec<Field> =
        fields.iter().copied().filter(|field| entries.iter().any(|entry| entry.field == *field)).collect();
    let mut problems = Vec::new();
    // A field that has one value has one row, whether it says whose or not.
    let shown = |item: &&Item| {
        let one = single(item.field);
        entries.iter().any(|entry| entry.field == item.field && (one || entry.item == Some(item.id)))
    };
    let mut items: Vec<Item> = existing.iter().filter(|item| !shown(item)).cloned().collect();
    let mut changes = Vec::new();
    let mut kept = Vec::new();
    for entry in entries.iter().filter(|entry| fields.contains(&entry.field) && !entry.typed.is_empty()) {
        if single(entry.field) && items.iter().any(|item| item.field == entry.field) {
            problems.push(Problem::new(&entry.key, "only-one"));
            continue;
        }
        let old = entry.item.and_then(|id| existing.iter().find(|item| item.id == id && item.field == entry.field));
        let old = old.filter(|old| !kept.contains(&old.id));
        match next(owner, old, entry, desk) {
            Ok(item) => {
                kept.extend(old.map(|old| old.id));
                if old != Some(&item) {
                    let before = old.map(|old| old.light);
                    changes.push(Change { item: item.id, field: item.field, before, after: Some(item.light) });
                }
                items.push(item);
            }
            Err(wrong) => problems.extend(wrong),
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let gone = existing.iter().filter(shown).filter(|item| !kept.contains(&item.id));
    changes.extend(gone.map(|item| Change { item: item.id, field: item.field, before: Some(item.light), after: None }));
    items.sort_by(|one, other| desk.catalogue.order(one.field, other.field));
    Ok(Applied { items, changes })
}

/// The item after its row.
fn next(owner: Owner<'_>, old: Option<&Item>, entry: &Entry, desk: Desk<'_>) -> Result<Item, Vec<Problem>> {
    let Desk { catalogue, ids, today } = desk;
    let untouched = old.filter(|old| trimmed(&Typed::of(&old.value)) == trimmed(&entry.typed));
    let mut item = match (untouched, old) {
        (Some(old), _) => old.clone(),
        (None, old) => {
            let Some(value) = entry.read(catalogue, today)? else {
                return Err(vec![Problem::new(&entry.key, "item-missing")]);
            };
            match old {
                Some(old) if old.value == value => old.clone(),
                Some(old) if matches!(owner, Owner::Group) || same_contact(&old.value, &value) => {
                    Item { value, source: Source::Staff, ..old.clone() }
                }
                _ => catalogue.item(ids.next(), entry.field, value, Source::Staff),
            }
        }
    };
    let light_key = || format!("{}-light", entry.key);
    let Some(light) = entry.light else { return Err(vec![Problem::new(light_key(), "light-missing")]) };
    if light > catalogue.limit(entry.field).ceiling {
        return Err(vec![Problem::new(light_key(), "light-too-open")]);
    }
    let agreed = match owner {
        Owner::Group | Owner::Willing(_) => Light::Green,
        Owner::Person(person) => person.consented(&item),
        Owner::NewPerson => Light::Red,
    };
    if light > agreed {
        return Err(vec![Problem::new(light_key(), "consent-missing")]);
    }
    item.light = light;
    Ok(item)
}

/// Whether two values reach the same person: then what was agreed to still holds.
pub(crate) fn same_contact(old: &Value, new: &Value) -> bool {
    match (old, new) {
        (Value::Phone { number: old, .. }, Value::Phone { number: new, .. }) => old.dial() == new.dial(),
        (Value::Email(old), Value::Email(new)) => old.folded() == new.folded(),
        _ => false,
    }
}

/// As typed, without what browsers and fingers add.
pub(crate) fn trimmed(typed: &Typed) -> Typed {
    let clean = |text: &String| text.replace("\r\n", "\n").trim().to_owned();
    match typed {
        Typed::Plain(text) => Typed::Plain(clean(text)),
        Typed::Phone { number, remark } => Typed::Phone { number: clean(number), remark: clean(remark) },
        Typed::Venue(venue) => Typed::Venue(domain::Venue {
            name: clean(&venue.name),
            street: clean(&venue.street),
            postcode: clean(&venue.postcode),
            town: clean(&venue.town),
            district: clean(&venue.district),
        }),
        Typed::Meetings { text, remark, exceptions, rules } => Typed::Meetings {
            text: clean(text),
            remark: clean(remark),
            exceptions: clean(exceptions),
            rules: rules.clone(),
        },
    }
}
