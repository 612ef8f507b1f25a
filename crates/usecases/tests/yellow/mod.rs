//! A group with a yellow hint, a red bank account and a person, passed on by staff, as several test files need it.
#![allow(dead_code, reason = "each test file uses its part")]

use access::actions::{CreateGroup, DecideAskFirst, EditGroup, OpenDisclosure, ReadAudit, ReadGroup, ReadOwnGroup};
use access::{Action, Permit, Role, Stage, anonymous_permit, authorize};
use domain::audit::AuditEvent;
use domain::consent::{Agreement, Channel as By, WORDING};
use domain::group::Membership;
use domain::{
    EmailAddress, Field, Group, GroupId, Item, ItemId, Light, Person, PersonId, PersonRole, PhoneNumber, Slug, Source,
    Status, Value,
};
use storage::AuditFilter;
use testkit::{Backend, Office, Person as Someone, World};
use usecases::disclosures::ask_first::{self, Wanted};
use usecases::disclosures::link::{self, Opened};
use usecases::disclosures::pass_on::{self, Form, Outcome};
use usecases::disclosures::register;
use usecases::groups::show;
use usecases::{House, Result, own_groups};

pub const HINT: &str = "Zweimal klingeln.";
pub const PHONE: &str = "0341 555 66 77";

pub async fn may<A: Action>(office: &Office, person: &Someone) -> Permit<A> {
    let token = office.session(person, Stage::Full).await;
    authorize(&office.house.principal(&office.slug, &token).await.unwrap().expect("a login")).expect("may")
}

/// A group with a yellow hint, a red bank account, and a person who agreed that the phone is yellow, and to nothing else.
pub struct Scene {
    pub world: World,
    pub office: Office,
    pub group: GroupId,
    pub person: PersonId,
    pub hint: ItemId,
    pub account: ItemId,
    pub phone: ItemId,
    pub staff: Someone,
    pub admin: Someone,
}

impl Scene {
    pub async fn new(backend: Backend) -> Self {
        let world = World::new(backend).await;
        let office = world.public_office("alpha").await;
        let ids = office.house.ids();
        let text = |field, text: &str| Item::new(ids.next(), field, Value::Text(text.to_owned()), Source::Staff);
        let (hint, account) = (text(Field::AccessHints, HINT), text(Field::BankAccount, "DE00 1234"));
        let person: PersonId = ids.next();
        let number = Value::Phone { number: PhoneNumber::parse(PHONE).unwrap(), remark: String::new() };
        let phone = Item { light: Light::Yellow, ..Item::new(ids.next(), Field::PersonPhone, number, Source::Staff) };
        let email = Value::Email(EmailAddress::parse("kontakt@gruppe.example").unwrap());
        let email = Item::new(ids.next(), Field::PersonEmail, email, Source::Staff);
        let (hint_id, account_id, phone_id) = (hint.id, account.id, phone.id);
        let group = Group {
            id: ids.next(),
            slug: Slug::parse("lichtblick").unwrap(),
            status: Status::Active,
            version: 1,
            items: vec![text(Field::Name, "Lichtblick"), hint, account],
            people: vec![Membership { person, role: PersonRole::Contact }],
        };
        let permit = office.lead::<CreateGroup>();
        office.house.stores().make_person_keys(&permit, &[person]).await.unwrap();
        let tx = office.house.stores().begin(&permit).await.unwrap();
        let said = Agreement {
            person,
            item: phone.id,
            light: Light::Yellow,
            given_on: "2026-11-01".parse().unwrap(),
            channel: By::Phone,
            wording: WORDING.to_owned(),
            filed: String::new(),
            until: None,
        };
        tx.insert_person(&Person { id: person, items: vec![phone, email], consents: Vec::new() }).await.unwrap();
        tx.record_consent(&said).await.unwrap();
        tx.insert_group(&group, "created").await.unwrap();
        tx.commit(AuditEvent::new("test.group", group.id)).await.unwrap();
        let (admin, staff) = (office.admin_of(&[group.id]).await, office.someone(Role::Staff).await);
        Self {
            group: group.id,
            person,
            hint: hint_id,
            account: account_id,
            phone: phone_id,
            world,
            office,
            staff,
            admin,
        }
    }

    pub fn house(&self) -> &House {
        &self.office.house
    }

    pub async fn form(&self, items: &[ItemId], channel: &str) -> Form {
        let offer = pass_on::offer(&may(&self.office, &self.staff).await, self.house(), self.group).await.unwrap();
        Form {
            id: offer.id.to_string(),
            items: items.iter().map(ToString::to_string).collect(),
            recipient: "Anruferin Kim".to_owned(),
            email: "kim@sucht.example".to_owned(),
            purpose: "Möchte die Gruppe kennenlernen.".to_owned(),
            channel: channel.to_owned(),
        }
    }

    pub async fn pass_on(&self, items: &[ItemId], channel: &str) -> Result<Outcome> {
        let form = self.form(items, channel).await;
        pass_on::pass_on(&may(&self.office, &self.staff).await, self.house(), self.group, &form).await
    }

    /// A link to hand over; its token.
    pub async fn link(&self, items: &[ItemId]) -> String {
        let Outcome::Link(link, _) = self.pass_on(items, "link").await.unwrap() else { panic!("no link") };
        link.rsplit('/').next().unwrap().to_owned()
    }

    pub async fn look(&self, token: &str, browser: &str) -> Opened {
        let permit = anonymous_permit::<OpenDisclosure>(self.office.id);
        link::look(&permit, self.house(), token, browser).await.unwrap()
    }

    pub async fn open(&self, token: &str, browser: &str) -> Opened {
        let permit = anonymous_permit::<OpenDisclosure>(self.office.id);
        link::open(&permit, self.house(), token, browser).await.unwrap()
    }

    /// The one disclosure there is.
    pub async fn only(&self) -> register::Line {
        let view = show::show(&may::<ReadGroup>(&self.office, &self.staff).await, self.house(), self.group).await;
        let mut lines = view.unwrap().disclosures;
        assert_eq!(lines.len(), 1, "{lines:?}");
        lines.remove(0)
    }

    pub async fn own(&self) -> own_groups::OwnGroupView {
        let permit = may::<ReadOwnGroup>(&self.office, &self.admin).await;
        own_groups::group(&permit, self.house(), self.group).await.unwrap()
    }

    pub async fn acts(&self) -> Vec<String> {
        let look = self.house().stores().look(&self.office.lead::<ReadAudit>()).await.unwrap();
        let filter = AuditFilter {
            actions: ["disclosure.", "items.copied", "group.ask_first"].map(str::to_owned).into(),
            limit: 100,
            ..AuditFilter::default()
        };
        look.audit_entries(&filter).await.unwrap().into_iter().rev().map(|entry| entry.action).collect()
    }

    /// Closes one of the group's items.
    pub async fn close(&self, item: ItemId) {
        let tx = self.house().stores().begin(&self.office.lead::<EditGroup>()).await.unwrap();
        let mut group = tx.group(self.group).await.unwrap().unwrap();
        group.items.iter_mut().find(|one| one.id == item).unwrap().light = Light::Red;
        tx.save_group(&group, "treffen").await.unwrap();
        tx.commit(AuditEvent::new("test.closed", self.group)).await.unwrap();
    }

    pub async fn withdraw_consent(&self) {
        let tx = self.house().stores().begin(&self.office.lead::<EditGroup>()).await.unwrap();
        tx.withdraw_consents(self.person, self.phone).await.unwrap();
        tx.commit(AuditEvent::new("test.withdrawn", self.person)).await.unwrap();
    }

    pub async fn ask_first(&self) {
        let permit = may::<DecideAskFirst>(&self.office, &self.admin).await;
        ask_first::decide(&permit, self.house(), self.group, Wanted::Yes).await.unwrap();
    }
}

pub fn browsers(house: &House) -> [String; 2] {
    [(); 2].map(|()| link::new_browser(house).to_string())
}

pub fn values(opened: &Opened) -> Vec<String> {
    match opened {
        Opened::Shows(view) => view.items.iter().map(|shown| shown.value.plain()).collect(),
        other => panic!("{other:?}"),
    }
}
