//! Groups and people, at the level of use cases, on SQLite.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

use access::Role;
use domain::catalogue::{BUILT_IN, Section};
use domain::consent::{Channel, ConsentState};
use domain::projection::{PublishedContact, PublishedGroup};
use domain::{Field, Group, GroupId, Item, ItemId, Light, Person, PersonId, PersonRole, Source, Status, Value, Venue};
use proptest::prelude::*;
use storage::{AuditEntry, AuditFilter};
use testkit::{Backend, Office, World};
use usecases::consents::record::{self as consents, Agreed};
use usecases::groups::apply::{Desk, Owner, apply};
use usecases::groups::edit::{self, SectionForm};
use usecases::groups::list::{self, Filter};
use usecases::groups::people::PersonForm;
use usecases::groups::status::Effect;
use usecases::groups::{Entry, Typed, history, notes, people, show, status};
use usecases::{Error, House};

struct Room {
    world: World,
    office: Office,
}

impl Room {
    async fn new() -> Self {
        let world = World::new(Backend::Sqlite).await;
        let office = world.public_office("musterstadt").await;
        Self { world, office }
    }

    fn house(&self) -> &House {
        &self.office.house
    }

    fn may<A: access::Action>(&self) -> access::Permit<A> {
        self.office.permit(Role::Staff)
    }

    async fn published(&self) -> Vec<(PublishedGroup, PublishedContact)> {
        self.house().stores().public(self.office.id).await.unwrap().groups().await.unwrap()
    }

    async fn people_published(&self) -> Vec<domain::projection::PublishedPerson> {
        self.published().await[0].1.people.clone()
    }

    /// The acts so far, oldest first.
    async fn audit(&self) -> Vec<AuditEntry> {
        let look = self.house().stores().look(&self.office.lead::<access::actions::ReadAudit>()).await.unwrap();
        let mut entries = look.audit_entries(&AuditFilter { limit: 1_000, ..AuditFilter::default() }).await.unwrap();
        entries.retain(|entry| !entry.action.starts_with("test."));
        entries.reverse();
        entries
    }

    async fn group(&self, id: GroupId) -> Group {
        show::show(&self.may(), self.house(), id).await.unwrap().group
    }

    /// An active group with a name and a topic, in version 2.
    async fn active(&self) -> GroupId {
        let entries = [entry(Field::Name, 0, "Depression Mitte"), entry(Field::Topic, 0, "Depression")];
        let id = edit::create(&self.may(), self.house(), &entries).await.unwrap();
        status::change_status(&self.may(), self.house(), id, 1, Status::Active).await.unwrap();
        id
    }

    /// A person with name and phone.
    async fn person(&self, group: GroupId) -> PersonId {
        let phone = Typed::Phone { number: "0341 123456".into(), remark: "ab 18 Uhr".into() };
        let entries =
            [entry(Field::PersonName, 0, "Erika Beispiel"), Entry { typed: phone, ..entry(Field::PersonPhone, 0, "") }];
        people::add_new(&self.may(), self.house(), group, PersonRole::Contact, &entries).await.unwrap()
    }

    /// The rows of a person's form, as they are shown.
    async fn rows(&self, person: PersonId) -> (String, Vec<Entry>) {
        let view = people::person(&self.may(), self.house(), person).await.unwrap();
        (view.state, view.person.items.iter().map(row).collect())
    }

    fn later(&self) {
        self.world.clock.advance(jiff::SignedDuration::from_mins(1));
    }

    async fn save(&self, group: GroupId, person: PersonId, state: &str, rows: &[Entry]) -> Result<(), Error> {
        self.save_as(PersonRole::Contact, group, person, state, rows).await
    }

    async fn save_as(
        &self,
        role: PersonRole,
        group: GroupId,
        person: PersonId,
        state: &str,
        rows: &[Entry],
    ) -> Result<(), Error> {
        let form = PersonForm { group, person, role, state: state.to_owned(), entries: rows.to_vec() };
        people::save(&self.may(), self.house(), &form).await
    }

    async fn agree(&self, group: GroupId, person: PersonId, item: ItemId, light: Light) -> Result<(), Error> {
        let given_on = jiff::civil::date(2026, 11, 20);
        let agreed = Agreed {
            group,
            person,
            item,
            light,
            given_on,
            channel: Channel::Phone,
            filed: String::new(),
            receipt: false,
        };
        consents::record(&self.may(), self.house(), &agreed).await
    }
}

fn entry(field: Field, number: usize, text: &str) -> Entry {
    Entry {
        key: format!("{}-{number}", field.code()),
        item: None,
        field,
        light: field.built_in().map(|def| def.default),
        typed: Typed::Plain(text.to_owned()),
    }
}

fn row(item: &Item) -> Entry {
    Entry {
        key: format!("{}-0", item.field.code()),
        item: Some(item.id),
        field: item.field,
        light: Some(item.light),
        typed: Typed::of(&item.value),
    }
}

fn problems<T: std::fmt::Debug>(result: Result<T, Error>) -> Vec<(String, &'static str)> {
    match result {
        Err(Error::Invalid(problems)) => problems.into_iter().map(|problem| (problem.field, problem.code)).collect(),
        other => panic!("not refused: {other:?}"),
    }
}

#[tokio::test]
async fn a_group_is_written_published_and_taken_away_again() {
    let room = Room::new().await;
    let house = room.house();
    let missing = edit::create(&room.may(), house, &[entry(Field::Topic, 0, "Angst")]).await;
    assert_eq!(problems(missing), [("name-0".to_owned(), "item-missing")]);

    let id = edit::create(&room.may(), house, &[entry(Field::Name, 0, "Ängste & Panik")]).await.unwrap();
    assert!(room.published().await.is_empty(), "a draft is not public");
    let preview = status::preview(&room.may(), house, id, Status::Active).await.unwrap();
    assert_eq!(preview.effect, Effect::Appears { items: 1, contacts: 0 });
    status::change_status(&room.may(), house, id, preview.version, Status::Active).await.unwrap();
    let public = room.published().await;
    assert_eq!((public[0].0.name.as_str(), public[0].0.slug.as_str()), ("Ängste & Panik", "aengste-panik"));

    let stale = status::change_status(&room.may(), house, id, 1, Status::Paused).await;
    assert!(matches!(stale, Err(Error::Conflict)));
    assert_eq!(problems(status::preview(&room.may(), house, id, Status::Draft).await)[0].1, "no-such-step");
    let preview = status::preview(&room.may(), house, id, Status::Paused).await.unwrap();
    assert_eq!(preview.effect, Effect::Disappears);
    status::change_status(&room.may(), house, id, preview.version, Status::Paused).await.unwrap();
    assert!(room.published().await.is_empty());
}

#[tokio::test]
async fn a_light_more_open_than_the_ceiling_is_refused_and_closing_works() {
    let room = Room::new().await;
    let id = room.active().await;
    let mut link = entry(Field::OnlineLink, 0, "https://meet.example.org/raum");
    let save = async |entries: Vec<Entry>, section, version| {
        edit::edit(&room.may(), room.house(), &SectionForm { group: id, section, version, entries }).await
    };
    save(vec![link.clone()], Section::Meetings, 2).await.unwrap();
    link.item = room.group(id).await.of(Field::OnlineLink).next().map(|item| item.id);

    link.light = Some(Light::Green);
    let refused = save(vec![link.clone()], Section::Meetings, 3).await;
    assert_eq!(problems(refused), [("online_link-0-light".to_owned(), "light-too-open")]);
    link.light = None;
    let refused = save(vec![link.clone()], Section::Meetings, 3).await;
    assert_eq!(problems(refused), [("online_link-0-light".to_owned(), "light-missing")]);
    link.light = Some(Light::Red);
    save(vec![link], Section::Meetings, 3).await.unwrap();
    let group = room.group(id).await;
    assert_eq!(group.of(Field::OnlineLink).next().unwrap().light, Light::Red);

    let name = row(group.of(Field::Name).next().unwrap());
    let mut topic = row(group.of(Field::Topic).next().unwrap());
    topic.light = Some(Light::Yellow);
    save(vec![name, topic], Section::Group, 4).await.unwrap();
    assert!(room.published().await[0].0.topics.is_empty(), "what is closed disappears in the same moment");
}

#[tokio::test]
async fn a_stale_version_is_refused_and_a_form_without_changes_makes_no_version() {
    let room = Room::new().await;
    let id = room.active().await;
    let entries: Vec<_> = room.group(id).await.items.iter().map(row).collect();
    let mut form = SectionForm { group: id, section: Section::Group, version: 2, entries };
    edit::edit(&room.may(), room.house(), &form).await.unwrap();
    assert_eq!(room.group(id).await.version, 2, "nothing changed");

    form.entries[1].typed = Typed::Plain("Angst".into());
    edit::edit(&room.may(), room.house(), &form).await.unwrap();
    let again = edit::edit(&room.may(), room.house(), &form).await;
    assert!(matches!(again, Err(Error::Conflict)), "the form was made from version 2");
    assert_eq!(room.group(id).await.version, 3);
}

#[tokio::test]
async fn half_a_form_removes_nothing_and_an_empty_row_removes_the_item() {
    let room = Room::new().await;
    let id = room.active().await;
    let group = room.group(id).await;
    let name = row(group.of(Field::Name).next().unwrap());
    let mut form = SectionForm { group: id, section: Section::Group, version: 2, entries: vec![name] };
    edit::edit(&room.may(), room.house(), &form).await.unwrap();
    assert_eq!(room.group(id).await.of(Field::Topic).count(), 1);
    let topic = row(group.of(Field::Topic).next().unwrap());
    form.entries.push(Entry { typed: Typed::Plain("  ".into()), ..topic });
    edit::edit(&room.may(), room.house(), &form).await.unwrap();
    assert_eq!(room.group(id).await.of(Field::Topic).count(), 0);
}

#[tokio::test]
async fn a_row_that_is_missing_between_others_removes_nothing() {
    let room = Room::new().await;
    let id = room.active().await;
    let group = room.group(id).await;
    let name = row(group.of(Field::Name).next().unwrap());
    let first = row(group.of(Field::Topic).next().unwrap());
    let new = |number: usize, text: &str| Entry {
        key: format!("topic-{number}"),
        item: None,
        typed: Typed::Plain(text.into()),
        ..first.clone()
    };
    let entries = vec![name.clone(), first.clone(), new(1, "Trauer"), new(2, "Sucht")];
    let form = SectionForm { group: id, section: Section::Group, version: 2, entries };
    edit::edit(&room.may(), room.house(), &form).await.unwrap();
    let rows: Vec<Entry> = room.group(id).await.of(Field::Topic).map(row).collect();
    assert_eq!(rows.len(), 3);
    let third = Entry { typed: Typed::Plain("Abhängigkeit".into()), ..rows[2].clone() };
    let form = SectionForm { version: 3, entries: vec![name, rows[0].clone(), third], ..form };
    edit::edit(&room.may(), room.house(), &form).await.unwrap();
    let said: Vec<String> = room.group(id).await.of(Field::Topic).map(|item| item.value.plain()).collect();
    assert!(said.contains(&"Trauer".to_owned()) && said.contains(&"Abhängigkeit".to_owned()), "{said:?}");
    assert_eq!(said.len(), 3);
}

#[tokio::test]
async fn a_persons_item_opens_with_consent_only_and_closes_at_once() {
    let room = Room::new().await;
    let (house, group) = (room.house(), room.active().await);
    let person = room.person(group).await;
    assert!(room.people_published().await.is_empty(), "everything of a person starts red");

    let (state, mut rows) = room.rows(person).await;
    rows[1].light = Some(Light::Green);
    let refused = room.save(group, person, &state, &rows).await;
    assert_eq!(problems(refused), [("person_phone-0-light".to_owned(), "consent-missing")]);

    let phone = rows[1].item.unwrap();
    room.agree(group, person, phone, Light::Yellow).await.unwrap();
    let (state, mut rows) = room.rows(person).await;
    assert_eq!(rows[1].light, Some(Light::Yellow));
    assert!(room.people_published().await.is_empty(), "yellow is not public");
    rows[1].light = Some(Light::Green);
    let refused = room.save(group, person, &state, &rows).await;
    assert_eq!(problems(refused)[0].1, "consent-missing", "the consent was for yellow");

    room.agree(group, person, phone, Light::Green).await.unwrap();
    let public = room.people_published().await;
    assert_eq!(public[0].phones[0].0.as_str(), "0341 123456");
    assert!(public[0].name.is_none(), "the name was not agreed to");

    // Another spelling and remark are the same number; another number is another item, to which nobody agreed.
    let (state, mut rows) = room.rows(person).await;
    rows[1].typed = Typed::Phone { number: "0341/12 34 56".into(), remark: "abends".into() };
    room.save(group, person, &state, &rows).await.unwrap();
    assert_eq!(room.people_published().await[0].phones[0].1, "abends");
    let (state, mut rows) = room.rows(person).await;
    rows[1].typed = Typed::Phone { number: "0341 999999".into(), remark: String::new() };
    let refused = room.save(group, person, &state, &rows).await;
    assert_eq!(problems(refused)[0].1, "consent-missing");

    consents::withdraw(&room.may(), house, group, person, phone).await.unwrap();
    assert!(room.people_published().await.is_empty(), "withdrawn is closed in the same moment");
    assert_eq!(room.rows(person).await.1[1].light, Some(Light::Red));
    let stale = room.save(group, person, &state, &rows).await;
    assert!(matches!(stale, Err(Error::Conflict)));
}

#[tokio::test]
async fn an_address_never_opens_and_a_deputy_is_never_public() {
    let room = Room::new().await;
    let group = room.active().await;
    let person = room.person(group).await;
    let (state, mut rows) = room.rows(person).await;
    let home = Venue { street: "Weg 1".into(), postcode: "04109".into(), ..Venue::default() };
    rows.push(Entry { typed: Typed::Venue(home), ..entry(Field::PersonAddress, 0, "") });
    room.save(group, person, &state, &rows).await.unwrap();
    let (_, rows) = room.rows(person).await;
    let address = rows.iter().find(|row| row.field == Field::PersonAddress).unwrap().item.unwrap();
    let refused = room.agree(group, person, address, Light::Yellow).await;
    assert_eq!(problems(refused), [("light".to_owned(), "light-too-open")]);

    room.agree(group, person, rows[0].item.unwrap(), Light::Green).await.unwrap();
    assert_eq!(room.people_published().await.len(), 1);
    let (state, rows) = room.rows(person).await;
    room.save_as(PersonRole::Deputy, group, person, &state, &rows).await.unwrap();
    assert!(room.people_published().await.is_empty());
}

#[tokio::test]
async fn what_a_person_is_to_a_group_is_saved_with_the_person_or_not_at_all() {
    let room = Room::new().await;
    let group = room.active().await;
    let person = room.person(group).await;
    let (state, rows) = room.rows(person).await;
    let before = room.audit().await.len();
    let mut wrong = rows.clone();
    wrong[1].typed = Typed::Phone { number: "keine".into(), remark: String::new() };
    let refused = room.save_as(PersonRole::Deputy, group, person, &state, &wrong).await;
    assert_eq!(problems(refused)[0].1, "not-a-phone");
    assert_eq!(
        (room.group(group).await.people[0].role, room.rows(person).await.0),
        (PersonRole::Contact, state.clone())
    );

    let mut named = rows.clone();
    named[0].typed = Typed::Plain("Erika Muster".into());
    room.save_as(PersonRole::Deputy, group, person, &state, &named).await.unwrap();
    assert_eq!(room.group(group).await.people[0].role, PersonRole::Deputy);
    let written = room.audit().await;
    let writing: Vec<_> = written[before..].iter().filter(|entry| entry.action != "items.read").collect();
    assert_eq!(writing.len(), 1, "one act");
    assert_eq!(writing[0].action, "person.saved");

    // A colleague who saw the old role does not undo it unseen.
    let (newer, rows) = room.rows(person).await;
    room.save_as(PersonRole::Contact, group, person, &newer, &rows).await.unwrap();
    let late = room.save_as(PersonRole::Deputy, group, person, &newer, &rows).await;
    assert!(matches!(late, Err(Error::Conflict)));
}

#[tokio::test]
async fn a_consent_that_a_newer_one_replaced_is_not_called_withdrawn() {
    let room = Room::new().await;
    let group = room.active().await;
    let person = room.person(group).await;
    let phone = room.rows(person).await.1[1].item.unwrap();
    for light in [Light::Yellow, Light::Green] {
        room.agree(group, person, phone, light).await.unwrap();
        room.later();
    }
    let states = async || {
        let view = people::person(&room.may(), room.house(), person).await.unwrap();
        view.person.consents.iter().map(|consent| consent.state).collect::<Vec<_>>()
    };
    assert_eq!(states().await, [ConsentState::Replaced, ConsentState::InForce]);
    consents::withdraw(&room.may(), room.house(), group, person, phone).await.unwrap();
    assert_eq!(states().await, [ConsentState::Replaced, ConsentState::Withdrawn]);
}

#[tokio::test]
async fn an_address_says_nothing_before_the_group_is_public() {
    let room = Room::new().await;
    let house = room.house();
    let yellow = Entry { light: Some(Light::Yellow), ..entry(Field::Name, 0, "Spielsucht") };
    let hidden = edit::create(&room.may(), house, &[yellow]).await.unwrap();
    status::change_status(&room.may(), house, hidden, 1, Status::Active).await.unwrap();
    let draft = edit::create(&room.may(), house, &[entry(Field::Name, 0, "Spielsucht")]).await.unwrap();
    for group in [hidden, draft] {
        assert!(room.group(group).await.slug.is_unspoken());
    }
    status::change_status(&room.may(), house, draft, 1, Status::Active).await.unwrap();
    assert_eq!(room.group(draft).await.slug.as_str(), "spielsucht");

    // The other one becomes public by its light, and takes a free address.
    let mut entries: Vec<_> = room.group(hidden).await.items.iter().map(row).collect();
    entries[0].light = Some(Light::Green);
    let form = SectionForm { group: hidden, section: Section::Group, version: 2, entries };
    edit::edit(&room.may(), house, &form).await.unwrap();
    let slugs: Vec<_> = room.published().await.into_iter().map(|(page, _)| page.slug.to_string()).collect();
    assert_eq!(slugs.len(), 2);
    assert!(slugs.contains(&"spielsucht-2".to_owned()), "{slugs:?}");
}

#[tokio::test]
async fn a_name_that_is_not_green_is_recorded_wherever_it_is_shown() {
    let room = Room::new().await;
    let house = room.house();
    let yellow = Entry { light: Some(Light::Yellow), ..entry(Field::Name, 0, "Spielsucht") };
    let group = edit::create(&room.may(), house, &[yellow]).await.unwrap();
    let name = room.group(group).await.items[0].id.to_string();
    let mut known = room.audit().await.len();
    let mut recorded = async |what: &str| {
        let entries = room.audit().await;
        assert!(entries[known..].iter().any(|entry| entry.details.items.contains(&name)), "{what}");
        known = entries.len();
    };
    edit::form(&room.may(), house, group, Section::Contact).await.unwrap();
    recorded("another section's form").await;
    people::group_name(&room.may(), house, group).await.unwrap();
    recorded("the search for people").await;
    status::preview(&room.may(), house, group, Status::Active).await.unwrap();
    recorded("a step").await;
    let person = room.person(group).await;
    people::person(&room.may(), house, person).await.unwrap();
    recorded("a person's page").await;
    let other = room.active().await;
    people::find(&room.may(), house, other, "erika").await.unwrap();
    recorded("people found").await;
}

#[tokio::test]
async fn a_person_in_two_groups_is_deleted_from_both_and_cannot_be_read_any_more() {
    let room = Room::new().await;
    let house = room.house();
    let (one, two) = (room.active().await, room.active().await);
    let person = room.person(one).await;
    assert_eq!(problems(people::find(&room.may(), house, two, "e").await)[0].1, "two-letters");
    let found = people::find(&room.may(), house, two, "beispiel").await.unwrap();
    assert_eq!((found[0].id, found[0].name.as_str(), found[0].groups.len()), (person, "Erika Beispiel", 1));
    people::link(&room.may(), house, two, person, PersonRole::Contact).await.unwrap();
    assert_eq!(people::person(&room.may(), house, person).await.unwrap().groups.len(), 2);
    let name = room.rows(person).await.1[0].item.unwrap();
    room.agree(one, person, name, Light::Green).await.unwrap();
    assert!(room.published().await.iter().all(|(_, contact)| contact.people.len() == 1));

    people::remove(&room.may(), house, two, person).await.unwrap();
    assert_eq!(room.published().await.iter().filter(|(_, contact)| !contact.is_empty()).count(), 1);
    let refused = consents::withdraw(&room.may(), house, two, person, name).await;
    assert!(matches!(refused, Err(Error::NotFound)), "the person does not stand for that group any more");
    people::link(&room.may(), house, two, person, PersonRole::Contact).await.unwrap();
    people::delete(&room.may(), house, person).await.unwrap();
    assert!(room.published().await.iter().all(|(_, contact)| contact.is_empty()));
    assert!(matches!(people::person(&room.may(), house, person).await, Err(Error::NotFound)));
    assert!(room.group(one).await.people.is_empty() && room.group(two).await.people.is_empty());
}

#[tokio::test]
async fn everything_is_audited_without_values() {
    let room = Room::new().await;
    let (house, group) = (room.house(), room.active().await);
    let person = room.person(group).await;
    notes::add(&room.may(), house, group, "ruft ungern an").await.unwrap();
    room.group(group).await;
    let (_, rows) = room.rows(person).await;
    let name = rows[0].item.unwrap();
    room.agree(group, person, name, Light::Green).await.unwrap();
    consents::withdraw(&room.may(), house, group, person, name).await.unwrap();
    people::delete(&room.may(), house, person).await.unwrap();

    let entries = room.audit().await;
    let acts: Vec<_> = entries.iter().map(|entry| entry.action.as_str()).collect();
    let expected = [
        "group.created",
        "group.status",
        "person.created",
        "note.added",
        "items.read",
        "items.read",
        "consent.recorded",
        "consent.withdrawn",
        "person.deleted",
    ];
    assert_eq!(acts, expected);
    let seen = &entries[4].details.items;
    assert_eq!(seen.len(), 3, "name, phone and note: {seen:?}");
    assert!(rows.iter().all(|row| seen.contains(&row.item.unwrap().to_string())));
    for value in ["Erika", "0341", "ungern", "Depression"] {
        assert!(entries.iter().all(|entry| !entry.details.summary.contains(value)), "{value}");
    }
    assert_eq!(entries[6].details.summary, "person_name red → green by phone, wording 2026-11");
}

#[tokio::test]
async fn a_page_of_green_items_leaves_no_trace_in_the_audit() {
    let room = Room::new().await;
    let id = room.active().await;
    let before = room.audit().await.len();
    room.group(id).await;
    let list = list::list(&room.may(), room.house(), &Filter::default()).await.unwrap();
    assert_eq!((list.lines.len(), room.audit().await.len()), (1, before));
}

#[tokio::test]
async fn the_list_is_in_german_order_and_shows_green_items_only() {
    let room = Room::new().await;
    for (name, light) in [("Zwänge", Light::Green), ("Ängste", Light::Yellow), ("Arthrose", Light::Green)] {
        let topic = Entry { light: Some(light), ..entry(Field::Topic, 0, "Überforderung") };
        edit::create(&room.may(), room.house(), &[entry(Field::Name, 0, name), topic]).await.unwrap();
    }
    let names = async |text: &str, status| {
        let filter = Filter { text: text.into(), status, ..Filter::default() };
        let list = list::list(&room.may(), room.house(), &filter).await.unwrap();
        assert_eq!(list.total(), 3);
        list.lines.into_iter().map(|line| line.name).collect::<Vec<_>>()
    };
    assert_eq!(names("", None).await, ["Ängste", "Arthrose", "Zwänge"]);
    assert_eq!(names("überford", None).await, ["Arthrose", "Zwänge"], "the yellow topic is not searched");
    assert_eq!(names("ANGSTE", Some(Status::Draft)).await, ["Ängste"]);
    assert!(names("", Some(Status::Active)).await.is_empty());
}

#[tokio::test]
async fn the_history_tells_old_and_new_value_and_light() {
    let room = Room::new().await;
    let id = room.active().await;
    let mut entries: Vec<_> = room.group(id).await.items.iter().map(row).collect();
    entries[1].typed = Typed::Plain("Angst".into());
    entries[1].light = Some(Light::Red);
    let form = SectionForm { group: id, section: Section::Group, version: 2, entries };
    edit::edit(&room.may(), room.house(), &form).await.unwrap();
    let steps = history::history(&room.may(), room.house(), id).await.unwrap().steps;
    assert_eq!(steps.iter().map(|step| step.number).collect::<Vec<_>>(), [3, 2, 1]);
    let difference = &steps[0].differences[0];
    assert_eq!(difference.old, Some((Value::Text("Depression".into()), Light::Green)));
    assert_eq!(difference.new, Some((Value::Text("Angst".into()), Light::Red)));
    assert_eq!(steps[1].status, Some((Status::Draft, Status::Active)));
    assert_eq!(room.audit().await.last().unwrap().action, "items.read");
}

#[tokio::test]
async fn another_offices_group_is_not_found() {
    let (here, there) = (Room::new().await, Room::new().await);
    let foreign = there.active().await;
    there.group(foreign).await;
    let shown = show::show(&here.may(), here.house(), foreign).await;
    assert!(matches!(shown, Err(Error::NotFound)));
}

fn lights() -> impl Strategy<Value = Option<Light>> {
    prop_oneof![Just(None), Just(Some(Light::Red)), Just(Some(Light::Yellow)), Just(Some(Light::Green))]
}

fn test_ids() -> domain::Ids {
    let mut counter = 0_u64;
    let clock = std::sync::Arc::new(domain::TestClock::at(testkit::world::BEGINNING));
    domain::Ids::new(clock, move |buffer| {
        counter += 1;
        for (byte, count) in buffer.iter_mut().rev().zip(counter.to_le_bytes()) {
            *byte = count;
        }
    })
}

proptest! {
    /// Whatever a form sends: no item comes out more open than its ceiling, or than the person agreed to.
    #[test]
    fn no_form_opens_more_than_ceiling_and_consent(
        rows in proptest::collection::vec((0..BUILT_IN.len(), lights(), "[a-z0-9.@:/]{0,12}"), 0..12),
        agreed in lights(),
    ) {
        let ids = test_ids();
        let today = jiff::civil::date(2026, 11, 22);
        let catalogue = domain::Catalogue::built_in();
        let desk = Desk { catalogue: &catalogue, ids: &ids, today };
        let fields: Vec<Field> = BUILT_IN.iter().map(|def| def.field).collect();
        let name = Item::new(ids.next(), Field::PersonName, Value::Text("E".into()), Source::Staff);
        let (id, receipt) = (ids.next(), ids.next());
        let consents = agreed.into_iter().map(|light| domain::ConsentReceipt {
            id: receipt,
            said: domain::consent::Agreement {
                person: id, item: name.id, light, given_on: today, channel: Channel::Paper, wording: "x".into(),
                filed: String::new(), until: None,
            },
            recorded_at: jiff::Timestamp::UNIX_EPOCH, recorded_by: None, state: ConsentState::InForce, ended_at: None,
        });
        let mut person = Person { id, items: vec![name.clone()], consents: consents.collect() };
        for (place, light, text) in rows {
            let field = fields[place];
            let item = (field == Field::PersonName && text.len() % 2 == 0).then_some(name.id);
            let typed = Typed::Plain(if item.is_some() { "E".to_owned() } else { text });
            let entries = [Entry { key: "x".into(), item, field, light, typed }];
            if let Ok(applied) = apply(Owner::Group, &[], &fields, &entries, desk) {
                prop_assert!(applied.items.iter().all(|item| item.light <= item.limit.ceiling));
            }
            let person_fields = catalogue.section(Section::Person);
            if let Ok(applied) = apply(Owner::Person(&person), &person.items, &person_fields, &entries, desk) {
                person.items = applied.items;
                for item in &person.items {
                    prop_assert_eq!(item.light, person.effective(item), "what is shown is what counts");
                }
            }
        }
    }
}
