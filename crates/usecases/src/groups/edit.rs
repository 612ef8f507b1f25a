//! Writing a new group, and changing a section of one.

use access::Permit;
use access::actions::{CreateGroup, EditGroup};
use domain::audit::AuditEvent;
use domain::catalogue::{CATALOGUE, Section};
use domain::schedule::berlin;
use domain::{Field, Group, GroupId, Light, Slug, Status};
use jiff::civil::Date;

use super::apply::{Owner, apply, words};
use super::{Entry, group_of, record_seen};
use crate::{Error, House, Problem, Result};

/// The fields of a section, in the order of the catalogue.
pub fn fields(section: Section) -> Vec<Field> {
    CATALOGUE.iter().filter(|def| def.section == section).map(|def| def.field).collect()
}

/// Today in Germany.
pub(super) fn today(house: &House) -> Date {
    house.clock().now().to_zoned(berlin()).date()
}

/// A group for the form of one section. What of the section is yellow or red is recorded as read, as is
/// the name, which stands above every form.
pub async fn form(permit: &Permit<EditGroup>, house: &House, id: GroupId, section: Section) -> Result<Group> {
    let look = house.stores.look(permit).await?;
    let group = group_of(&look, id).await?;
    drop(look);
    let seen = group.items.iter().filter(|item| item.field == Field::Name || item.field.def().section == section);
    let seen = seen.filter(|item| item.effective() != Light::Green).map(|item| item.id.to_string()).collect();
    record_seen(permit, house, id, "form", seen).await?;
    Ok(group)
}

/// A new group, as a draft. Its public address says nothing of its name before it is published.
pub async fn create(permit: &Permit<CreateGroup>, house: &House, entries: &[Entry]) -> Result<GroupId> {
    let applied = apply(Owner::Group, &[], &fields(Section::Group), entries, house.ids(), today(house));
    let applied = named(applied, entries).map_err(Error::Invalid)?;
    let id = house.ids().next();
    let group = Group {
        id,
        slug: Slug::unspoken(house.ids()),
        status: Status::Draft,
        version: 1,
        items: applied.items,
        people: Vec::new(),
    };
    let tx = house.stores.begin(permit).await?;
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

/// Saves a section. [`Error::Conflict`] if the group was saved meanwhile; nothing is saved if nothing changed.
pub async fn edit(permit: &Permit<EditGroup>, house: &House, form: &SectionForm) -> Result<()> {
    let SectionForm { group: id, section, version, entries } = form;
    let tx = house.stores.begin(permit).await?;
    let mut group = group_of(&tx, *id).await?;
    if group.version != *version {
        return Err(Error::Conflict);
    }
    let fields = fields(*section);
    let applied = apply(Owner::Group, &group.items, &fields, entries, house.ids(), today(house));
    let applied = if *section == Section::Group { named(applied, entries) } else { applied };
    let applied = applied.map_err(Error::Invalid)?;
    if applied.changes.is_empty() {
        return Ok(());
    }
    group.items = applied.items;
    tx.save_group(&group, section_code(*section)).await?;
    let event = AuditEvent::new("group.saved", id).summary(words(&applied.changes));
    tx.commit(event.items(applied.changes.iter().map(|change| change.item))).await?;
    house.sites.changed(permit.tenant());
    Ok(())
}

/// A group must have a name.
fn named(
    applied: std::result::Result<super::apply::Applied, Vec<Problem>>,
    entries: &[Entry],
) -> std::result::Result<super::apply::Applied, Vec<Problem>> {
    let key = entries.iter().find(|entry| entry.field == Field::Name).map_or("name-0", |entry| &entry.key);
    let nameless = entries.iter().all(|entry| entry.field != Field::Name || entry.typed.is_empty());
    let missing = nameless.then(|| Problem::new(key, "item-missing"));
    match (applied, missing) {
        // A form that does not show the name leaves it as it is.
        (Ok(applied), _) if applied.items.iter().any(|item| item.field == Field::Name) => Ok(applied),
        (Ok(_), _) => Err(vec![Problem::new(key, "item-missing")]),
        (Err(mut problems), Some(missing)) => {
            problems.insert(0, missing);
            Err(problems)
        }
        (Err(problems), None) => Err(problems),
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
