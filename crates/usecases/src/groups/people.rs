//! The people who stand for groups. Their items are sealed with a key of their own, made before they are written.

use std::sync::Arc;

use access::Permit;
use access::actions::EditGroup;
use domain::alert::Sign;
use domain::audit::AuditEvent;
use domain::catalogue::Section;
use domain::group::Membership;
use domain::{Catalogue, Field, Group, GroupId, Light, Person, PersonId, PersonRole, Value};

use super::apply::{Owner, apply, words};
use super::edit::desk;
use super::{Entry, group_of, person_of, protected_of, record_seen, shown_name};
use crate::people::noticed_of;
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
    /// The office's fields.
    pub catalogue: Arc<Catalogue>,
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

/// Changes with every change of the person's items, consents or roles. Says nothing about them.
fn state(person: &Person, roles: &[(GroupId, PersonRole)]) -> String {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    for item in &person.items {
        (item.id, item.field, item.light, item.value.plain()).hash(&mut hasher);
    }
    for consent in &person.consents {
        (consent.id, consent.state).hash(&mut hasher);
    }
    roles.hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

/// A person with their groups, for the pages about them. What is yellow or red is recorded as read.
pub async fn person(permit: &Permit<EditGroup>, house: &House, id: PersonId) -> Result<PersonView> {
    let look = house.stores.look(permit).await?;
    let person = person_of(&look, id).await?;
    let mut seen: Vec<String> = protected_of(&person).map(|item| item.to_string()).collect();
    let mut groups = Vec::new();
    for group in look.groups_of(id).await? {
        let group = group_of(&look, group).await?;
        groups.push((group.id, shown_name(&group, &mut seen), role_in(&group, id)));
    }
    let catalogue = look.catalogue().await?;
    drop(look);
    record_seen(permit, house, id, "person", seen).await?;
    let roles: Vec<_> = groups.iter().map(|(group, _, role)| (*group, *role)).collect();
    Ok(PersonView { state: state(&person, &roles), person, groups, catalogue })
}

fn role_in(group: &Group, person: PersonId) -> PersonRole {
    group.people.iter().find(|one| one.person == person).map_or(PersonRole::Contact, |one| one.role)
}

/// The name of a group and the office's fields, for the pages about its people. Recorded as read if it is not green.
pub async fn group_name(permit: &Permit<EditGroup>, house: &House, group: GroupId) -> Result<(String, Arc<Catalogue>)> {
    let look = house.stores.look(permit).await?;
    let mut seen = Vec::new();
    let name = shown_name(&group_of(&look, group).await?, &mut seen);
    let catalogue = look.catalogue().await?;
    drop(look);
    record_seen(permit, house, group, "people", seen).await?;
    Ok((name, catalogue))
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
            groups.push(shown_name(&group_of(&look, id).await?, &mut seen));
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
    let look = house.stores.look(permit).await?;
    let catalogue = look.catalogue().await?;
    let fields = catalogue.section(Section::Person);
    let applied = apply(Owner::NewPerson, &[], &fields, entries, desk(house, &catalogue)).map_err(Error::Invalid)?;
    if applied.items.is_empty() {
        return Err(Error::invalid("person_name-0", "item-missing"));
    }
    group_of(&look, group).await?;
    drop(look);
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

/// A filled-in form about a person in a group.
#[derive(Clone, Debug, PartialEq)]
pub struct PersonForm {
    /// The group it was opened from.
    pub group: GroupId,
    /// Who.
    pub person: PersonId,
    /// What the person is to the group.
    pub role: PersonRole,
    /// That of the [`PersonView`] the form was made from.
    pub state: String,
    /// All its rows.
    pub entries: Vec<Entry>,
}

/// Saves a person and what they are to the group, both or nothing. [`Error::Conflict`] if either was changed meanwhile;
/// nothing is saved if nothing changed.
pub async fn save(permit: &Permit<EditGroup>, house: &House, form: &PersonForm) -> Result<()> {
    let PersonForm { group, person: id, role, state: known, entries } = form;
    let tx = house.stores.begin(permit).await?;
    let mut person = person_of(&tx, *id).await?;
    let mut group = group_of(&tx, *group).await?;
    let mut roles = Vec::new();
    for other in tx.groups_of(*id).await? {
        roles.push((other, role_in(&group_of(&tx, other).await?, *id)));
    }
    let Some(member) = group.people.iter_mut().find(|one| one.person == *id) else { return Err(Error::NotFound) };
    if state(&person, &roles) != *known {
        return Err(Error::Conflict);
    }
    let owner = Owner::Person(&person);
    let catalogue = tx.catalogue().await?;
    let fields = catalogue.section(Section::Person);
    let applied = apply(owner, &person.items, &fields, entries, desk(house, &catalogue));
    let applied = applied.map_err(Error::Invalid)?;
    if applied.items.is_empty() {
        return Err(Error::Invalid(vec![Problem::new("person_name-0", "person-empty")]));
    }
    let before = std::mem::replace(&mut member.role, *role);
    if applied.changes.is_empty() && before == *role {
        return Ok(());
    }
    let mut summary = words(&applied.changes);
    if before != *role {
        tx.save_group(&group, "person-role").await?;
        let change = format!("{} → {} of {}", before.code(), role.code(), group.id);
        summary = if summary.is_empty() { change } else { format!("{change}; {summary}") };
    }
    if !applied.changes.is_empty() {
        person.items = applied.items;
        tx.save_person(&person).await?;
    }
    let action = if applied.changes.is_empty() { "person.role" } else { "person.saved" };
    let event = AuditEvent::new(action, id).summary(summary);
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
    noticed_of(permit, house, Sign::MassDeleting).await;
    Ok(())
}
