//! When all cells of a row are read: the name, the place, and who gets which contact.

use domain::{EmailAddress, Field, PersonRole, Status, Value, Venue};

use super::Builder;
use crate::draft::{About, Draft, DraftPerson};
use crate::places;
use crate::words::folded;

impl Builder<'_> {
    /// The draft; `None` if the row names neither a group nor a topic.
    pub(super) fn finish(mut self) -> Option<Draft> {
        self.column = "";
        if self.draft.name.is_empty() {
            let topic = self.draft.items.iter().find_map(|(field, value)| match (field, value) {
                (Field::Topic, Value::Text(topic)) => Some(topic.clone()),
                _ => None,
            })?;
            self.draft.name.clone_from(&topic);
            self.draft.items.insert(0, (Field::Name, Value::Text(topic)));
            self.warn(About::NameFromTopic);
        }
        self.finish_place();
        self.finish_people();
        if self.wish.is_no() && self.draft.status == Status::Active {
            self.draft.status = Status::Draft;
            self.column = self.wish_column;
            self.warn(About::NotToBePublished);
        }
        Some(self.draft)
    }

    fn finish_place(&mut self) {
        if self.venue == Venue::default() {
            return;
        }
        let venue = std::mem::take(&mut self.venue);
        let secret = self.draft.notes.iter().any(|note| is_secret_address(note));
        // The words may stand in any part: lists have a column for the street and none for the house.
        let line = venue.line();
        let names = self.people.iter().map(|person| person.name.as_str());
        if secret
            || places::is_private(&line)
            || places::is_with_one_of(&line, names)
            || self.is_persons_address(&venue)
        {
            self.column = self.place_column;
            self.warn(About::AddressNotPublic);
            self.draft.items.push((Field::PrivateVenue, Value::Venue(venue)));
            return;
        }
        let name = venue.name.to_lowercase();
        let free = name.contains("barrierefrei") && !name.contains("nicht barr") && !name.contains("bedingt");
        if free && !self.has(Field::Accessibility) {
            self.draft.items.push((Field::Accessibility, Value::Text("barrierefrei".to_owned())));
        }
        self.draft.items.push((Field::Venue, Value::Venue(venue)));
    }

    /// Whether the row's contact lives there.
    fn is_persons_address(&self, venue: &Venue) -> bool {
        let street = |venue: &Venue| folded(&venue.street);
        self.address.as_ref().is_some_and(|home| !street(venue).is_empty() && street(home) == street(venue))
    }

    fn finish_people(&mut self) {
        let (phones, mails) = (std::mem::take(&mut self.phones), std::mem::take(&mut self.mails));
        let mut people = std::mem::take(&mut self.people);
        people.sort_by_key(|person| person.role != PersonRole::Contact);
        let contacts = people.iter().filter(|person| person.role == PersonRole::Contact).count();
        let anything = !phones.is_empty() || !mails.is_empty() || self.address.is_some();
        if contacts == 0 && anything {
            people.insert(0, DraftPerson::named(String::new(), PersonRole::Contact));
            self.warn(About::ContactWithoutName);
        }
        if contacts > 1 && anything {
            self.warn(About::ContactsOfSeveral);
        }
        for mail in mails {
            let owner = owner_of(&mail, &people);
            if let Some(person) = people.get_mut(owner)
                && !person.emails.contains(&mail)
            {
                person.emails.push(mail);
            }
        }
        if let Some(first) = people.first_mut() {
            first.phones.splice(0..0, phones);
            first.address = self.address.take();
        }
        for person in &mut people {
            person.wish.clone_from(&self.wish);
        }
        self.draft.people = people;
    }
}

/// The person whose name is in the address; else the first.
fn owner_of(mail: &EmailAddress, people: &[DraftPerson]) -> usize {
    let local = folded(mail.as_str().rsplit_once('@').map_or("", |(local, _)| local));
    let parts: Vec<&str> = local.split(' ').collect();
    let named = |person: &DraftPerson, all: bool| {
        let name = folded(&person.name);
        let words: Vec<&str> = name.split(' ').filter(|word| word.len() > 2 && *word != "frau").collect();
        let mut hits = words.iter().map(|word| parts.contains(word));
        !words.is_empty() && if all { hits.all(|hit| hit) } else { hits.any(|hit| hit) }
    };
    let contact = |person: &&DraftPerson| person.role == PersonRole::Contact;
    let by = |all: bool| people.iter().filter(contact).position(|person| named(person, all));
    by(true).or_else(|| by(false)).unwrap_or(0)
}

/// "ACHTUNG: Adresse nicht herausgeben!"
fn is_secret_address(note: &str) -> bool {
    let note = folded(note);
    let place = ["adresse", "anschrift", "treffpunkt", "ort "].iter().any(|word| note.contains(word));
    let secret =
        ["nicht herausgeben", "nicht veroeffentlich", "nicht nennen", "nicht weitergeben", "geheim", "vertraulich"];
    place && secret.iter().any(|word| note.contains(word))
}
