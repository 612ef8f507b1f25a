//! Drafts to groups and persons.

use std::collections::HashMap;

use domain::group::Membership;
use domain::{Catalogue, Field, Group, GroupId, Ids, Item, Person, PersonRole, Slug, Source, Value};
use intake::draft::{Draft, DraftPerson, SheetResult};
use storage::tenant::bulk::NewGroup;

/// What of a sheet belongs to no group, as one note; none if there is nothing.
pub(super) fn leftovers(sheet: &SheetResult) -> Option<String> {
    let lines: Vec<String> = sheet.notes.iter().map(|note| format!("Zeile {}: {}", note.row, note.text)).collect();
    let place = if sheet.name.is_empty() { String::new() } else { format!(" (Blatt {})", sheet.name) };
    (!lines.is_empty())
        .then(|| format!("Aus der eingelesenen Liste{place}, zu keiner Gruppe gehörig:\n{}", lines.join("\n")))
}

/// Makes persons of what rows say. The same person in several rows becomes one, linked to several groups: same name,
/// and a phone or a mail address in common.
#[derive(Default)]
pub(super) struct People {
    pub(super) persons: Vec<Person>,
    by_contact: HashMap<String, usize>,
}

impl People {
    /// The persons of one group, in order.
    pub(super) fn of(&mut self, draft: &Draft, ids: &Ids) -> Vec<Membership> {
        let mut members: Vec<Membership> = Vec::new();
        for named in &draft.people {
            let known = self.find(named).filter(|place| {
                let id = self.persons[*place].id;
                !members.iter().any(|member| member.person == id)
            });
            let place = known.unwrap_or_else(|| {
                self.persons.push(Person { id: ids.next(), items: Vec::new(), consents: Vec::new() });
                self.persons.len() - 1
            });
            fill(&mut self.persons[place], named, ids);
            for key in keys(named) {
                self.by_contact.entry(key).or_insert(place);
            }
            members.push(Membership { person: self.persons[place].id, role: named.role });
        }
        members
    }

    fn find(&self, named: &DraftPerson) -> Option<usize> {
        let place = keys(named).find_map(|key| self.by_contact.get(&key).copied())?;
        // Two addresses are two people, or one who moved; nobody can tell.
        let other = self.persons[place].items.iter().find(|item| item.field == Field::PersonAddress);
        let same = match (&named.address, other) {
            (Some(mine), Some(item)) => item.value == Value::Venue(mine.clone()),
            _ => true,
        };
        same.then_some(place)
    }
}

/// By what a person is known again; nothing for one without a name.
fn keys(named: &DraftPerson) -> impl Iterator<Item = String> + '_ {
    let name = named.name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let phones = named.phones.iter().map(|(number, _)| number.dial());
    let mails = named.emails.iter().map(domain::EmailAddress::folded);
    let nameless = name.is_empty();
    phones.chain(mails).filter(move |_| !nameless).map(move |contact| format!("{name}\u{1f}{contact}"))
}

/// Adds what is not there yet; all of it red, as every catalogue says of persons.
fn fill(person: &mut Person, named: &DraftPerson, ids: &Ids) {
    let mut values = Vec::new();
    if !named.name.is_empty() && !person.items.iter().any(|item| item.field == Field::PersonName) {
        values.push((Field::PersonName, Value::Text(named.name.clone())));
    }
    values.extend(
        named.phones.iter().map(|(number, remark)| {
            (Field::PersonPhone, Value::Phone { number: number.clone(), remark: remark.clone() })
        }),
    );
    values.extend(named.emails.iter().map(|mail| (Field::PersonEmail, Value::Email(mail.clone()))));
    values.extend(named.address.iter().map(|address| (Field::PersonAddress, Value::Venue(address.clone()))));
    for (field, value) in values {
        if !person.items.iter().any(|item| item.field == field && item.value == value) {
            person.items.push(Item::new(ids.next(), field, value, Source::Import));
        }
    }
}

/// Makes a group of a draft, with the office's default lights.
pub(super) fn group(draft: Draft, people: Vec<Membership>, catalogue: &Catalogue, ids: &Ids) -> NewGroup {
    let item = |(field, value)| catalogue.item(ids.next(), field, value, Source::Import);
    let items = draft.items.into_iter().map(item).collect();
    let group = Group { id: ids.next(), slug: Slug::unspoken(ids), status: draft.status, version: 1, items, people };
    NewGroup { group, notes: draft.notes }
}

/// Whether anybody is named as contact.
pub(super) fn has_contact(draft: &Draft) -> bool {
    draft.people.iter().any(|person| person.role == PersonRole::Contact)
}

/// The ids of groups, in their order.
pub(super) fn ids_of(groups: &[NewGroup]) -> Vec<GroupId> {
    groups.iter().map(|new| new.group.id).collect()
}

#[cfg(test)]
mod tests {
    use domain::{Field, Ids, SystemClock};

    use super::People;

    fn ids() -> Ids {
        let mut state = 0_u8;
        Ids::new(std::sync::Arc::new(SystemClock), move |buffer| {
            for byte in buffer {
                state = state.wrapping_add(37);
                *byte = state;
            }
        })
    }

    #[test]
    fn the_same_person_in_two_rows_is_one_and_a_namesake_is_another() {
        let list = "Gruppe;Ansprechpartner;Tel.;E-Mail\n\
                    Angst;Ute Beispiel;0341 111111;\n\
                    Mut;Ute Beispiel;0341/111111;ute@example.org\n\
                    Trauer;Ute Beispiel;0341 222222;\n\
                    Sucht;;0341 111111;\n";
        let workbook = intake::read(list.as_bytes()).unwrap();
        let drafts = intake::understand(&workbook, &intake::propose(&workbook, &[])).drafts;
        let mut people = People::default();
        let members: Vec<_> = drafts.iter().map(|draft| people.of(draft, &ids())[0].person).collect();
        assert_eq!(people.persons.len(), 3);
        assert_eq!(members[0], members[1]);
        let fields: Vec<Field> = people.persons[0].items.iter().map(|item| item.field).collect();
        // Both spellings of the number are kept: nothing of a cell is lost.
        assert_eq!(fields, [Field::PersonName, Field::PersonPhone, Field::PersonPhone, Field::PersonEmail]);
    }
}
