//! Writing a new group, and changing a section of one.

use access::actions::{CreateGroup, EditGroup};
use access::{Action, Limit, Permit};
use domain::audit::AuditEvent;
use domain::catalogue::{Need, Section};
use domain::change_request::{self as request, Submitter};
use domain::schedule::berlin;
use domain::{Catalogue, Field, Group, GroupId, Item, Light, Slug, Status};
use jiff::civil::Date;

use std::fmt::Write as _;
use std::sync::Arc;

use super::apply::{Applied, Desk, Owner, apply, words};
use super::{Entry, group_of, record_seen};
use crate::review::rules::rules_of;
use crate::review::submit::{Asked, keep, open_of};
use crate::{Error, House, Problem, Result};

/// Today in Germany.
pub(crate) fn today(house: &House) -> Date {
    house.clock().now().to_zoned(berlin()).date()
}

/// With what a form is read.
pub(crate) fn desk<'a>(house: &'a House, catalogue: &'a Catalogue) -> Desk<'a> {
    Desk { catalogue, ids: house.ids(), today: today(house) }
}

/// The office's fields, for the form of a new group.
pub async fn blank(permit: &Permit<CreateGroup>, house: &House) -> Result<Arc<Catalogue>> {
    Ok(house.stores.look(permit).await?.catalogue().await?)
}

/// A group with the office's fields for the form of one section. What of the section is yellow or red is recorded as read, as is
/// the name, which stands above every form.
pub async fn form(
    permit: &Permit<EditGroup>,
    house: &House,
    id: GroupId,
    section: Section,
) -> Result<(Group, Arc<Catalogue>)> {
    let look = house.stores.look(permit).await?;
    let group = group_of(&look, id).await?;
    let catalogue = look.catalogue().await?;
    drop(look);
    let here = |field| catalogue.def(field).is_some_and(|def| def.section == section);
    let seen = group.items.iter().filter(|item| item.field == Field::Name || here(item.field));
    let seen = seen.filter(|item| item.effective() != Light::Green).map(|item| item.id.to_string()).collect();
    record_seen(permit, house, id, "form", seen).await?;
    Ok((group, catalogue))
}

/// A new group, as a draft. Its public address says nothing of its name before it is published.
pub async fn create(permit: &Permit<CreateGroup>, house: &House, entries: &[Entry]) -> Result<GroupId> {
    let tx = house.stores.begin(permit).await?;
    let catalogue = tx.catalogue().await?;
    let applied = apply(Owner::Group, &[], &catalogue.section(Section::Group), entries, desk(house, &catalogue));
    let applied = demanded(&catalogue, Section::Group, None, applied, entries).map_err(Error::Invalid)?;
    let id = house.ids().next();
    within_reach(permit, id, &applied.items, entries)?;
    let group = Group {
        id,
        slug: Slug::unspoken(house.ids()),
        status: Status::Draft,
        version: 1,
        items: applied.items,
        people: Vec::new(),
    };
    tx.insert_group(&group, "created").await?;
    let event = AuditEvent::new("group.created", id).summary(words(&applied.changes));
    tx.commit(event.items(applied.changes.iter().map(|change| change.item))).await?;
    house.sites.changed(permit.tenant());
    Ok(id)
}

/// A filled-in form of one section.
#[derive(Clone, Debug, PartialEq)]
pub struct SectionForm {
    /// Which group.
    pub group: GroupId,
    /// Which of its sections; not [`Section::Person`].
    pub section: Section,
    /// The version the form was made from.
    pub version: u32,
    /// All its rows.
    pub entries: Vec<Entry>,
}

/// Saves a section, and returns how many openings wait for a second colleague: where the office wants four eyes, what is red
/// stays red until one agrees in the review. [`Error::Conflict`] if the group was saved meanwhile; nothing is saved if
/// nothing changed.
pub async fn edit(permit: &Permit<EditGroup>, house: &House, form: &SectionForm) -> Result<usize> {
    let SectionForm { group: id, section, version, entries } = form;
    let tx = house.stores.begin(permit).await?;
    let mut group = group_of(&tx, *id).await?;
    if group.version != *version {
        return Err(Error::Conflict);
    }
    let catalogue = tx.catalogue().await?;
    let applied = apply(Owner::Group, &group.items, &catalogue.section(*section), entries, desk(house, &catalogue));
    let mut applied = demanded(&catalogue, *section, Some(&group.items), applied, entries).map_err(Error::Invalid)?;
    if applied.changes.is_empty() {
        return Ok(0);
    }
    within_reach(permit, *id, &applied.items, entries)?;
    let held = if rules_of(&tx).await?.four_eyes { hold(&group.items, &mut applied) } else { Vec::new() };
    group.items = applied.items;
    tx.save_group(&group, section_code(*section)).await?;
    let mut said = words(&applied.changes);
    let waits = held.len();
    if waits > 0 {
        let me = permit.actor().user().ok_or_else(|| Error::invalid("", "second-look-account"))?;
        let asked = Asked { by: Submitter::User(me), confirms: false, changes: held, message: String::new() };
        let waiting = open_of(&tx, *id, Submitter::User(me)).await?;
        keep(&tx, &group, waiting, asked).await?;
        let _ = write!(said, "; {waits} openings wait for a second look");
    }
    let event = AuditEvent::new("group.saved", id).summary(said);
    tx.commit(event.items(applied.changes.iter().map(|change| change.item))).await?;
    house.sites.changed(permit.tenant());
    Ok(waits)
}

/// Keeps red what is red, and returns the openings, to be asked for.
fn hold(before: &[Item], applied: &mut Applied) -> Vec<request::Change> {
    let mut held = Vec::new();
    for item in &mut applied.items {
        let wanted = item.clone();
        let red = before.iter().any(|old| old.id == item.id && old.light == Light::Red);
        if red && item.light > Light::Red {
            item.light = Light::Red;
            held.push(request::Change::new(item, Some(item), Some(&wanted)));
            for change in applied.changes.iter_mut().filter(|change| change.item == item.id) {
                change.after = Some(Light::Red);
            }
        }
    }
    held
}

/// [`Error::Invalid`] with `outside-reach` if whoever saves this would not see the group any more: their role is limited
/// to other topic areas or towns.
fn within_reach<A: Action>(permit: &Permit<A>, id: GroupId, items: &[Item], entries: &[Entry]) -> Result<()> {
    if permit.reach().covers_items(id, items) {
        return Ok(());
    }
    let decides = |entry: &&Entry| Limit::FIELDS.contains(&entry.field);
    let row = entries.iter().find(decides).map_or_else(String::new, |entry| entry.key.clone());
    Err(Error::Invalid(vec![Problem::new(row, "outside-reach")]))
}

/// What a group must have: its name, and what the office's policy requires. Another field that was missing before may
/// stay missing: closing a light must never have to wait for it.
pub(crate) fn demanded(
    catalogue: &Catalogue,
    section: Section,
    before: Option<&[Item]>,
    applied: std::result::Result<Applied, Vec<Problem>>,
    entries: &[Entry],
) -> std::result::Result<Applied, Vec<Problem>> {
    let there = |items: &[Item], field| items.iter().any(|item| item.field == field);
    let required = catalogue.fields().iter().filter(|def| def.section == section && def.need == Need::Required);
    let missing = required.filter(|def| {
        let asked = def.field == Field::Name || before.is_none_or(|before| there(before, def.field));
        let mut rows = entries.iter().filter(|entry| entry.field == def.field).peekable();
        asked
            && match &applied {
                Ok(applied) => !there(&applied.items, def.field),
                // A form that does not show the field leaves it as it is.
                Err(_) if rows.peek().is_none() => !before.is_some_and(|before| there(before, def.field)),
                Err(_) => rows.all(|entry| entry.typed.is_empty()),
            }
    });
    let mut missing: Vec<Problem> = missing
        .map(|def| {
            let row = entries.iter().find(|entry| entry.field == def.field);
            Problem::new(row.map_or_else(|| format!("{}-0", def.field), |row| row.key.clone()), "item-missing")
        })
        .collect();
    match applied {
        Ok(applied) if missing.is_empty() => Ok(applied),
        Ok(_) => Err(missing),
        Err(problems) => {
            missing.extend(problems);
            Err(missing)
        }
    }
}

/// The word for a section in addresses and in histories.
pub const fn section_code(section: Section) -> &'static str {
    match section {
        Section::Group => "gruppe",
        Section::Meetings => "treffen",
        Section::Contact => "kontakt",
        Section::Person => "person",
        Section::Internal => "intern",
    }
}

/// Reads [`section_code`] back; not for persons, who are edited on their own.
pub fn section_from_code(code: &str) -> Option<Section> {
    super::SECTIONS.into_iter().find(|section| section_code(*section) == code)
}
