//! A group that is asked for its data, with something of every light and a contact person, as several test files need it.
#![allow(dead_code, reason = "each test file uses its part")]

use access::actions::{
    CreateGroup, DecideRequest, EditGroup, ListGroups, OpenGroupLink, ReadReconciliation, ReadRequests,
};
use access::{Permit, anonymous_permit};
use domain::audit::AuditEvent;
use domain::catalogue::Section;
use domain::group::Membership;
use domain::{
    EmailAddress, Field, Group, GroupId, Item, Light, Person as Someone, PersonId, PersonRole, PhoneNumber, Slug,
    Source, Status, Value, Venue,
};
use testkit::{Backend, Office, World};
use usecases::groups::{Entry, Typed};
use usecases::reconciliation::finish::{Finished, What, finish};
use usecases::reconciliation::links::{self, Entered};
use usecases::reconciliation::overview;
use usecases::reconciliation::wizard::section::{self, Filled, FormStep};
use usecases::reconciliation::wizard::shown::Said;
use usecases::reconciliation::wizard::{self, person};
use usecases::review::decide::{self, Seen, Verdict};
use usecases::review::queue;
use usecases::{House, Result};

/// A group with something of every light, and a contact person with an address on paper.
pub async fn group(office: &Office, name: &str, mail: Option<&str>) -> GroupId {
    let ids = office.house.ids();
    let permit = office.lead::<EditGroup>();
    let person: PersonId = ids.next();
    office.house.stores().make_person_keys(&permit, &[person]).await.unwrap();
    let item = |field, value, light| Item { light, ..Item::new(ids.next(), field, value, Source::Staff) };
    let text = |text: &str| Value::Text(text.to_owned());
    let place = Venue {
        street: "Beispielstraße 12".to_owned(),
        postcode: "04109".to_owned(),
        town: "Leipzig".to_owned(),
        ..Venue::default()
    };
    let contact = Someone {
        id: person,
        items: vec![
            item(Field::PersonName, text("Kim Muster"), Light::Red),
            item(Field::PersonAddress, Value::Venue(place), Light::Red),
        ],
        consents: Vec::new(),
    };
    let mut items = vec![
        item(Field::Name, text(name), Light::Green),
        item(Field::Summary, text("Alte Beschreibung."), Light::Green),
        item(Field::AccessHints, text("Klingel bei Sonnenschein"), Light::Yellow),
        item(
            Field::GroupPhone,
            Value::Phone { number: PhoneNumber::parse("030 5550199").unwrap(), remark: "ab 18 Uhr".to_owned() },
            Light::Red,
        ),
    ];
    items
        .extend(mail.map(|mail| item(Field::GroupEmail, Value::Email(EmailAddress::parse(mail).unwrap()), Light::Red)));
    let group = Group {
        id: ids.next(),
        slug: Slug::unspoken(ids),
        status: Status::Active,
        version: 1,
        items,
        people: vec![Membership { person, role: PersonRole::Contact }],
    };
    let tx = office.house.stores().begin(&office.lead::<CreateGroup>()).await.unwrap();
    tx.insert_person(&contact).await.unwrap();
    tx.insert_group(&group, "created").await.unwrap();
    tx.commit(AuditEvent::new("test.group", group.id)).await.unwrap();
    group.id
}

pub struct Scene {
    pub world: World,
    pub office: Office,
    pub group: GroupId,
}

pub const NETWORK: &str = "192.0.2.1";

impl Scene {
    pub async fn new(backend: Backend) -> Self {
        let world = World::new(backend).await;
        let office = world.public_office("alpha").await;
        let group = group(&office, "Lichtblick", Some("lichtblick@gruppe.example")).await;
        Self { world, office, group }
    }

    pub fn house(&self) -> &House {
        &self.office.house
    }

    /// What stands behind the `#` of a fresh link, and its code.
    pub async fn fetched(&self) -> (String, String) {
        let shown = links::fetch(&self.office.lead(), self.house(), self.group).await.unwrap();
        let (_, token) = shown.link.split_once('#').unwrap();
        (token.to_owned(), shown.code.to_string())
    }

    pub async fn open_at(&self, office: &Office, typed: &str) -> Result<String> {
        let permit: Permit<OpenGroupLink> = anonymous_permit(office.id);
        links::open(&permit, self.house(), typed, NETWORK).await.map(|cookie| cookie.to_string())
    }

    pub async fn enter(&self) -> Entered {
        let (token, _) = self.fetched().await;
        let cookie = self.open_at(&self.office, &token).await.unwrap();
        links::session(self.house(), self.office.id, &cookie).await.unwrap().expect("in")
    }

    pub async fn item(&self, field: Field) -> Option<Item> {
        let look = self.house().stores().look(&self.office.lead::<ListGroups>()).await.unwrap();
        look.group(self.group).await.unwrap().unwrap().items.into_iter().find(|item| item.field == field)
    }

    pub async fn public(&self) -> String {
        let look = self.house().stores().public(self.office.id).await.unwrap();
        format!("{:?}", look.groups().await.unwrap())
    }

    pub async fn line(&self) -> overview::Line {
        let all = overview::overview(&self.office.lead::<ReadReconciliation>(), self.house()).await.unwrap();
        all.lines.into_iter().find(|line| line.id == self.group).unwrap()
    }

    /// The form of a section as it is shown, changed, and saved.
    pub async fn save<D: wizard::Door>(
        &self,
        permit: &Permit<D>,
        section: Section,
        change: impl FnOnce(&FormStep, &mut Vec<Entry>),
    ) -> Result<()> {
        let step = section::section(permit, self.house(), self.group, section).await.unwrap();
        section::save(permit, self.house(), section, &self.filled(&step, change)).await
    }

    /// The same of the contact person.
    pub async fn save_person<D: wizard::Door>(
        &self,
        permit: &Permit<D>,
        agrees: bool,
        change: impl FnOnce(&FormStep, &mut Vec<Entry>),
    ) -> Result<()> {
        let whose = self.contact().await.id;
        let step = person::person(permit, self.house(), self.group, Some(whose)).await.unwrap();
        person::save(permit, self.house(), Some(whose), &self.filled(&step.form, change), agrees).await
    }

    pub fn filled(&self, step: &FormStep, change: impl FnOnce(&FormStep, &mut Vec<Entry>)) -> Filled {
        let mut entries: Vec<Entry> = step
            .items
            .iter()
            .map(|item| Entry {
                key: format!("{}-0", item.field.code()),
                item: Some(item.id),
                field: item.field,
                light: Some(item.effective()),
                typed: if step.masks.contains_key(&item.id) {
                    Typed::empty(&step.catalogue.def(item.field).unwrap().kind)
                } else {
                    Typed::of(&item.value)
                },
            })
            .collect();
        change(step, &mut entries);
        Filled { group: self.group, mark: step.mark.clone(), entries, removed: Vec::new() }
    }

    /// The group's contact person, with the lights that count.
    pub async fn contact(&self) -> Someone {
        let look = self.house().stores().look(&self.office.lead::<ListGroups>()).await.unwrap();
        let group = look.group(self.group).await.unwrap().unwrap();
        look.person(group.people[0].person).await.unwrap().unwrap().as_it_counts()
    }

    pub async fn finish<D: wizard::Door>(&self, permit: &Permit<D>, what: What) -> Result<Finished> {
        let mark = wizard::view(permit, self.house(), self.group).await.unwrap().mark;
        finish(permit, self.house(), self.group, what, &mark).await
    }
}

/// Everything a view says, in words.
pub fn told(view: &wizard::WizardView) -> String {
    let items = view.items.iter().chain(view.people.iter().flat_map(|person| &person.items));
    let said = items.map(|item| match &item.said {
        Said::Full(value) => value.plain(),
        Said::Masked(text) => text.clone(),
    });
    said.collect::<Vec<_>>().join(" ")
}

pub fn entry(entries: &mut [Entry], field: Field) -> &mut Entry {
    entries.iter_mut().find(|entry| entry.field == field).expect("in the form")
}

/// The office accepts everything that waits.
pub async fn accept_all(scene: &Scene) {
    let read = scene.office.lead::<ReadRequests>();
    let all = queue::queue(&read, scene.house(), &queue::Filter::default()).await.unwrap();
    for one in all.lines {
        let view = queue::request(&scene.office.lead::<ReadRequests>(), scene.house(), one.id).await.unwrap();
        let accept = |item| Verdict { item, accepted: true, light: None, typed: None, reason: String::new() };
        let verdicts: Vec<Verdict> = view.changes.iter().map(|one| accept(one.change.item)).collect();
        let seen = Seen { request: view.version, group: view.group.version };
        decide::decide(&scene.office.lead::<DecideRequest>(), scene.house(), view.id, seen, &verdicts).await.unwrap();
    }
}
