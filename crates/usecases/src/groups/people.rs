//! The people who stand for groups. Their items are sealed with a key of their own, made before they are written.

use access::Permit;
use access::actions::EditGroup;
use domain::audit::AuditEvent;
use domain::catalogue::Section;
use domain::group::Membership;
use domain::{Field, GroupId, Light, Person, PersonId, PersonRole, Value};

use super::apply::{Owner, apply, words};
use super::edit::{fields, today};
use super::{Entry, group_of, person_of, protected_of, record_seen};
use crate::{Error, House, Problem, Result};

/// How many people a search by name shows at most.
pub const FOUND: usize = 20;

/// Someone found by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Who.
    pub id: PersonId,
    /// By name.
    pub name: String,
    /// The groups they stand for.
    pub groups: Vec<String>,
}

/// A person with the groups they stand for.
#[derive(Clone, Debug, PartialEq)]
pub struct PersonView {
    /// Who, with items and consents.
    pub person: Person,
    /// The groups, by id and name, with the role.
    pub groups: Vec<(GroupId, String, PersonRole)>,
    /// Tells whether the person was changed since.
    pub state: String,
}

/// Their name, empty if it is not known.
pub fn name(person: &Person) -> &str {
    let mut names = person.items.iter().filter(|item| item.field == Field::PersonName);
    names
        .find_map(|item| match &item.value {
            Value::Text(name) => Some(name.as_str()),
            _ => None,
        })
        .unwrap_or_default()
}

/// Changes with every change of the person's items or consents. Says nothing about them.
fn state(person: &Person) -> String {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    for item in &person.items {
        (item.id, item.field, item.light, item.value.plain()).hash(&mut hasher);
    }
    for consent in &person.consents {
        (consent.id, consent.withdrawn).hash(&mut hasher);
    }
    format!("{:016x}", hasher.finish())
}

/// A person with their groups, for the pages about them. What is yellow or red is recorded as read.
pub async fn person(permit: &Permit<EditGroup>, house: &House, id: PersonId) -> Result<PersonView> {
    let look = house.stores.look(permit).await?;
    let person = person_of(&look, id).await?;
    let mut groups = Vec::new();
    for group in look.groups_of(id).await? {
        let group = group_of(&look, group).await?;
        let role = group.people.iter().find(|one| one.person == id).map_or(PersonRole::Contact, |one| one.role);
        groups.push((group.id, group.name().to_owned(), role));
    }
    drop(look);
    let seen = protected_of(&person).map(|item| item.to_string()).collect();
    record_seen(permit, house, id, "person", seen).await?;
    Ok(PersonView { state: state(&person), person, groups })
}

/// The name of a group, for the pages about its people.
pub async fn group_name(permit: &Permit<EditGroup>, house: &House, group: GroupId) -> Result<String> {
    let look = house.stores.look(permit).await?;
    Ok(group_of(&look, group).await?.name().to_owned())
}

/// The office's people whose name contains these words, at most [`FOUND`], without those of the group. The names shown
/// are recorded as read. At least two letters.
pub async fn find(permit: &Permit<EditGroup>, house: &House, group: GroupId, text: &str) -> Result<Vec<Found>> {
    let wanted: Vec<String> = text.split_whitespace().map(directory::sort_key).collect();
    if wanted.iter().map(String::len).sum::<usize>() < 2 {
        return Err(Error::invalid("name", "two-letters"));
    }
    let look = house.stores.look(permit).await?;
    let members: Vec<_> = group_of(&look, group).await?.people.iter().map(|one| one.person).collect();
    let everyone = look.persons(&look.person_ids().await?).await?;
    let mut found: Vec<(String, Person)> = everyone
        .into_iter()
        .filter(|person| !members.contains(&person.id))
        .map(|person| (directory::sort_key(name(&person)), person))
        .filter(|(key, _)| wanted.iter().all(|word| key.contains(word.as_str())))
        .collect();
    found.sort_by(|(a, one), (b, other)| (a, one.id).cmp(&(b, other.id)));
    found.truncate(FOUND);
    let mut people = Vec::new();
    let mut seen = Vec::new();
    for (_, person) in found {
        let mut groups = Vec::new();
        for id in look.groups_of(person.id).await? {
            groups.push(group_of(&look, id).await?.name().to_owned());
        }
        let names = person.items.iter().filter(|item| item.field == Field::PersonName);
        seen.extend(names.filter(|item| person.effective(item) != Light::Green).map(|item| item.id.to_string()));
        people.push(Found { id: person.id, name: name(&person).to_owned(), groups });
    }
    drop(look);
    record_seen(permit, house, group, "people by name", seen).await?;
    Ok(people)
}

/// Writes a new person into a group. Everything starts red.
pub async fn add_new(
    permit: &Permit<EditGroup>,
    house: &House,
    group: GroupId,
    role: PersonRole,
    entries: &[Entry],
) -> Result<PersonId> {
    let applied = apply(Owner::NewPerson, &[], &fields(Section::Person), entries, house.ids(), today(house));
    let applied = applied.map_err(Error::Invalid)?;
    if applied.items.is_empty() {
        return Err(Error::invalid("person_name-0", "item-missing"));
    }
    group_of(&house.stores.look(permit).await?, group).await?;
    let id: PersonId = house.ids().next();
    house.stores.make_person_keys(permit, &[id]).await?;
    let tx = house.stores.begin(permit).await?;
    let mut group = group_of(&tx, group).await?;
    tx.insert_person(&Person { id, items: applied.items, consents: Vec::new() }).await?;
    group.people.push(Membership { person: id, role });
    tx.save_group(&group, "person-added").await?;
    let summary = format!("as {} of {}: {}", role.code(), group.id, words(&applied.changes));
    let event = AuditEvent::new("person.created", id).summary(summary);
    tx.commit(event.items(applied.changes.iter().map(|change| change.item))).await?;
    house.sites.changed(permit.tenant());
    Ok(id)
}

/// Puts a person who is known already into a group. Not an error if they are there.
pub async fn link(
    permit: &Permit<EditGroup>,
    house: &House,
    group: GroupId,
    person: PersonId,
    role: PersonRole,
) -> Result<()> {
    let tx = house.stores.begin(permit).await?;
    let mut group = group_of(&tx, group).await?;
    person_of(&tx, person).await?;
    if group.people.iter().any(|one| one.person == person) {
        return Ok(());
    }
    group.people.push(Membership { person, role });
    tx.save_group(&group, "person-added").await?;
    let summary = format!("as {} of {}", role.code(), group.id);
    tx.commit(AuditEvent::new("person.linked", person).summary(summary)).await?;
    house.sites.changed(permit.tenant());
    Ok(())
}

/// Changes what a person is to a group.
pub async fn change_role(
    permit: &Permit<EditGroup>,
    house: &House,
    group: GroupId,
    person: PersonId,
    role: PersonRole,
) -> Result<()> {
    let tx = house.stores.begin(permit).await?;
    let mut group = group_of(&tx, group).await?;
    let member = group.people.iter_mut().find(|one| one.person == person).ok_or(Error::NotFound)?;
    let before = std::mem::replace(&mut member.role, role);
    if before == role {
        return Ok(());
    }
    tx.save_group(&group, "person-role").await?;
    let summary = format!("{} → {} of {}", before.code(), role.code(), group.id);
    tx.commit(AuditEvent::new("person.role", person).summary(summary)).await?;
    house.sites.changed(permit.tenant());
    Ok(())
}

/// Takes a person out of a group; they stay known.
pub async fn remove(permit: &Permit<EditGroup>, house: &House, group: GroupId, person: PersonId) -> Result<()> {
    let tx = house.stores.begin(permit).await?;
    let mut group = group_of(&tx, group).await?;
    let before = group.people.len();
    group.people.retain(|one| one.person != person);
    if group.people.len() == before {
        return Err(Error::NotFound);
    }
    tx.save_group(&group, "person-removed").await?;
    tx.commit(AuditEvent::new("person.unlinked", person).summary(format!("of {}", group.id))).await?;
    house.sites.changed(permit.tenant());
    Ok(())
}

/// Saves a person. `state` is that of the [`PersonView`] the form was made from: [`Error::Conflict`] if it is another now.
pub async fn edit(
    permit: &Permit<EditGroup>,
    house: &House,
    id: PersonId,
    known: &str,
    entries: &[Entry],
) -> Result<()> {
    let tx = house.stores.begin(permit).await?;
    let mut person = person_of(&tx, id).await?;
    if state(&person) != known {
        return Err(Error::Conflict);
    }
    let owner = Owner::Person(&person);
    let applied = apply(owner, &person.items, &fields(Section::Person), entries, house.ids(), today(house));
    let applied = applied.map_err(Error::Invalid)?;
    if applied.items.is_empty() {
        return Err(Error::Invalid(vec![Problem::new("person_name-0", "person-empty")]));
    }
    if applied.changes.is_empty() {
        return Ok(());
    }
    person.items = applied.items;
    tx.save_person(&person).await?;
    let event = AuditEvent::new("person.saved", id).summary(words(&applied.changes));
    tx.commit(event.items(applied.changes.iter().map(|change| change.item))).await?;
    house.sites.changed(permit.tenant());
    Ok(())
}

/// Deletes a person altogether: out of all groups, all items, consents and the key. Cannot be undone.
pub async fn delete(permit: &Permit<EditGroup>, house: &House, id: PersonId) -> Result<()> {
    let tx = house.stores.begin(permit).await?;
    let person = person_of(&tx, id).await?;
    let groups = tx.groups_of(id).await?;
    for group in &groups {
        let mut group = group_of(&tx, *group).await?;
        group.people.retain(|one| one.person != id);
        tx.save_group(&group, "person-removed").await?;
    }
    tx.remove_person(id).await?;
    let summary = format!("{} items, {} groups", person.items.len(), groups.len());
    let event = AuditEvent::new("person.deleted", id).summary(summary);
    tx.commit(event.items(person.items.iter().map(|item| item.id))).await?;
    house.sites.changed(permit.tenant());
    // Should this fail or the process be killed here, housekeeping does it.
    house.stores.destroy_removed_persons_keys(permit).await?;
    Ok(())
}
