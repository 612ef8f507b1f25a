//! A group whose admin proposes changes, and a colleague who decides, as several test files need them.
#![allow(dead_code, reason = "each test file uses its part")]

use access::actions::{CreateGroup, DecideRequest, EditGroup, ListGroups, ReadRequests, RecordConsent, SubmitChanges};
use access::{Action, Permit, Role, Stage, authorize};
use domain::audit::AuditEvent;
use domain::catalogue::Section;
use domain::consent::Channel;
use domain::{
    Field, Group, GroupId, Item, ItemId, Light, Person as Contact, PersonId, PersonRole, RequestId, Slug, Source,
    Status, Value,
};
use testkit::{Backend, Office, Person, World};
use usecases::consents::record::{self, Agreed};
use usecases::groups::edit::SectionForm;
use usecases::groups::{Entry, Typed, people};
use usecases::review::decide::{self, Outcome, Seen, Verdict};
use usecases::review::queue::{self, Filter, Queue};
use usecases::review::submit::{self, OwnForm, Submitted};
use usecases::review::submit_person::{self, OwnPerson, PersonForm};
use usecases::{House, Result};

pub async fn may<A: Action>(office: &Office, person: &Person) -> Permit<A> {
    let token = office.session(person, Stage::Full).await;
    authorize(&office.house.principal(&office.slug, &token).await.unwrap().expect("a login")).expect("may")
}

pub struct Scene {
    pub world: World,
    pub office: Office,
    pub group: GroupId,
    pub admin: Person,
    pub staff: Person,
}

impl Scene {
    pub async fn new(backend: Backend) -> Self {
        let world = World::new(backend).await;
        let office = world.public_office("alpha").await;
        let ids = office.house.ids();
        let item = |field, text: &str| Item::new(ids.next(), field, Value::Text(text.to_owned()), Source::Staff);
        let group = Group {
            id: ids.next(),
            slug: Slug::parse("lichtblick").unwrap(),
            status: Status::Active,
            version: 1,
            items: vec![
                item(Field::Name, "Lichtblick"),
                item(Field::Summary, "Alte Beschreibung."),
                item(Field::Costs, "3 Euro"),
                item(Field::Association, "Verband Süd"),
            ],
            people: Vec::new(),
        };
        let tx = office.house.stores().begin(&office.lead::<CreateGroup>()).await.unwrap();
        tx.insert_group(&group, "created").await.unwrap();
        tx.commit(AuditEvent::new("test.group", group.id)).await.unwrap();
        let (admin, staff) = (office.admin_of(&[group.id]).await, office.someone(Role::Staff).await);
        Self { group: group.id, world, office, admin, staff }
    }

    pub fn house(&self) -> &House {
        &self.office.house
    }

    /// The form of the group's own section as the admin sees it, changed.
    pub async fn form(&self, change: impl FnOnce(&mut Vec<Entry>)) -> (SectionForm, Option<(RequestId, u32)>) {
        let permit = may::<SubmitChanges>(&self.office, &self.admin).await;
        let OwnForm { group, catalogue, waiting } =
            submit::form(&permit, self.house(), self.group, Section::Group).await.unwrap();
        let fields = submit::fields(&catalogue, Section::Group);
        let shown = group.items.iter().filter(|item| fields.contains(&item.field));
        let mut entries: Vec<Entry> = shown
            .map(|item| Entry {
                key: format!("{}-0", item.field.code()),
                item: Some(item.id),
                field: item.field,
                light: Some(item.effective()),
                typed: Typed::of(&item.value),
            })
            .collect();
        change(&mut entries);
        (SectionForm { group: self.group, section: Section::Group, version: group.version, entries }, waiting)
    }

    pub async fn submit(&self, change: impl FnOnce(&mut Vec<Entry>)) -> Result<Submitted> {
        let (form, seen) = self.form(change).await;
        submit::submit(&may(&self.office, &self.admin).await, self.house(), &form, seen).await
    }

    pub async fn waits(&self) -> Vec<queue::Line> {
        self.queue(&Filter::default()).await.lines
    }

    pub async fn queue(&self, filter: &Filter) -> Queue {
        queue::queue(&may::<ReadRequests>(&self.office, &self.staff).await, self.house(), filter).await.unwrap()
    }

    pub async fn request(&self, id: RequestId) -> queue::RequestView {
        queue::request(&may::<ReadRequests>(&self.office, &self.staff).await, self.house(), id).await.unwrap()
    }

    pub async fn decide(&self, view: &queue::RequestView, verdicts: &[Verdict]) -> Result<Outcome> {
        self.decide_as(&self.staff, view, verdicts).await
    }

    pub async fn decide_as(&self, who: &Person, view: &queue::RequestView, verdicts: &[Verdict]) -> Result<Outcome> {
        let seen = Seen { request: view.version, group: view.group.version };
        decide::decide(&may::<DecideRequest>(&self.office, who).await, self.house(), view.id, seen, verdicts).await
    }

    pub async fn items(&self) -> Vec<Item> {
        let look = self.house().stores().look(&self.office.lead::<ListGroups>()).await.unwrap();
        look.group(self.group).await.unwrap().unwrap().items
    }

    pub async fn item(&self, field: Field) -> Option<Item> {
        self.items().await.into_iter().find(|item| item.field == field)
    }

    /// What stands in the directory, every byte of it.
    pub async fn public(&self) -> String {
        let look = self.house().stores().public(self.office.id).await.unwrap();
        // Not by `Debug`, which hides numbers and addresses.
        serde_json::to_string(&look.groups().await.unwrap()).unwrap()
    }
}

pub fn write(entries: &mut [Entry], field: Field, text: &str) {
    let entry = entries.iter_mut().find(|entry| entry.field == field).expect("in the form");
    entry.typed = Typed::Plain(text.to_owned());
}

pub fn shine(entries: &mut [Entry], field: Field, light: Light) {
    entries.iter_mut().find(|entry| entry.field == field).expect("in the form").light = Some(light);
}

pub fn accept(view: &queue::RequestView) -> Vec<Verdict> {
    let verdict = |item: ItemId| Verdict::accept(item);
    view.changes.iter().map(|one| verdict(one.change.item)).collect()
}

impl Scene {
    /// A contact person whose phone is public, as the person allowed.
    pub async fn contact(&self) -> PersonId {
        let permit = may::<EditGroup>(&self.office, &self.staff).await;
        let entries = [row(Field::PersonName, "Erika Beispiel"), row(Field::PersonPhone, "0341 123456")];
        let person = people::add_new(&permit, self.house(), self.group, PersonRole::Contact, &entries).await.unwrap();
        let phone = self.person(person).await.items.iter().find(|item| item.field == Field::PersonPhone).unwrap().id;
        let agreed = Agreed {
            group: self.group,
            person,
            item: phone,
            light: Light::Green,
            given_on: jiff::civil::date(2026, 11, 20),
            channel: Channel::Phone,
            filed: String::new(),
            receipt: false,
        };
        let permit = may::<RecordConsent>(&self.office, &self.staff).await;
        record::record(&permit, self.house(), &agreed).await.unwrap();
        person
    }

    pub async fn person(&self, id: PersonId) -> Contact {
        let look = self.house().stores().look(&self.office.lead::<ListGroups>()).await.unwrap();
        look.person(id).await.unwrap().expect("a person")
    }

    pub async fn light(&self, id: PersonId, field: Field) -> Option<Light> {
        let person = self.person(id).await;
        person.items.iter().find(|item| item.field == field).map(|item| person.effective(item))
    }

    /// Sends the form of a contact person, changed.
    pub async fn correct(
        &self,
        id: Option<PersonId>,
        agrees: bool,
        change: impl FnOnce(&mut Vec<Entry>),
    ) -> Result<Submitted> {
        let permit = may::<SubmitChanges>(&self.office, &self.admin).await;
        let OwnPerson { person, waiting, .. } =
            submit_person::form(&permit, self.house(), self.group, id).await.unwrap();
        let mut entries: Vec<Entry> = person
            .items
            .iter()
            .map(|item| Entry {
                item: Some(item.id),
                light: Some(item.light),
                typed: Typed::of(&item.value),
                ..row(item.field, "")
            })
            .collect();
        change(&mut entries);
        let form = PersonForm { group: self.group, person: id, entries, agrees };
        submit_person::submit(&permit, self.house(), &form, waiting).await
    }

    /// Accepts everything that waits.
    pub async fn accept(&self) {
        let waits = self.waits().await;
        let view = self.request(waits[0].id).await;
        let verdicts: Vec<Verdict> = view.changes.iter().map(|one| Verdict::accept(one.change.item)).collect();
        self.decide(&view, &verdicts).await.unwrap();
    }
}

pub fn row(field: Field, text: &str) -> Entry {
    let typed = match field {
        Field::PersonPhone => Typed::Phone { number: text.to_owned(), remark: String::new() },
        _ => Typed::Plain(text.to_owned()),
    };
    Entry { key: format!("{}-0", field.code()), item: None, field, light: Some(Light::Red), typed }
}

pub fn of(entries: &mut [Entry], field: Field) -> &mut Entry {
    entries.iter_mut().find(|entry| entry.field == field).expect("in the form")
}
