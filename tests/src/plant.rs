//! Offices full of canaries: every value of every group, person, note, user, upload, mail, log entry and contract has its own.

use std::sync::{Arc, Mutex};

use access::Role;
use access::actions::{CreateFirstAccount, EditGroup};
use access::operator_permit;
use domain::audit::{Actor, AuditEvent};
use domain::catalogue::{BUILT_IN, Kind, Limit, Section, Shown};
use domain::consent::{Agreement, Channel, WORDING};
use domain::group::Membership;
use domain::office::Visibility;
use domain::{
    EmailAddress, Field, Group, GroupId, ImportId, Item, ItemId, Light, Person, PersonId, PersonRole, PhoneNumber,
    Schedule, Slug, Source, Status, UserId, Value, Venue,
};
use storage::Mail;
use storage::platform::Contract;
use storage::tenant::{Factor, FactorSecret, Standing, User, UserProfile, UserState};
use testkit::Office;

use crate::canary::{Canary, Reach, Words};

/// What a person agreed to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Agreed {
    /// To nothing.
    Never,
    /// To this light.
    To(Light),
    /// To this light, and changed their mind.
    Withdrawn(Light),
}

/// A person of a group to plant: light and consent of name, phone, mail, address.
#[derive(Clone, Debug)]
pub struct PersonPlan {
    /// What the person is to the group.
    pub role: PersonRole,
    /// Of [`PERSON_FIELDS`], in their order.
    pub items: [(Light, Agreed); 4],
}

/// A group to plant.
#[derive(Clone, Debug)]
pub struct GroupPlan {
    /// Where it stands.
    pub status: Status,
    /// One light per field of [`group_fields`], in their order.
    pub lights: Vec<Light>,
    /// Its people.
    pub people: Vec<PersonPlan>,
}

/// The fields of a person.
pub const PERSON_FIELDS: [Field; 4] = [Field::PersonName, Field::PersonPhone, Field::PersonEmail, Field::PersonAddress];

/// The fields of a group, in the order of the catalogue.
pub fn group_fields() -> impl Iterator<Item = Field> {
    BUILT_IN.iter().filter(|def| def.section != Section::Person).map(|def| def.field)
}

impl GroupPlan {
    /// An active group, all of whose items have this light if their field allows it, but for the name, which is green. Of its two
    /// people one agreed to everything, the other to nothing.
    pub fn all(light: Light) -> Self {
        Self::named(Light::Green, light)
    }

    /// The same with a name of this light.
    pub fn named(name: Light, light: Light) -> Self {
        let lights = group_fields().map(|field| if field == Field::Name { name } else { light }).collect();
        let person = |agreed| PersonPlan { role: PersonRole::Contact, items: [(light, agreed); 4] };
        Self { status: Status::Active, lights, people: vec![person(Agreed::To(Light::Green)), person(Agreed::Never)] }
    }

    /// One group per light, one that is not active, and one whose name is not green.
    pub fn some_of_everything() -> Vec<Self> {
        let paused = Self { status: Status::Paused, ..Self::all(Light::Green) };
        let unnamed = Self::named(Light::Yellow, Light::Green);
        vec![Self::all(Light::Green), Self::all(Light::Yellow), Self::all(Light::Red), paused, unnamed]
    }
}

/// A planted group.
#[derive(Clone, Debug)]
pub struct PlantedGroup {
    /// Its id.
    pub id: GroupId,
    /// Its place in addresses.
    pub slug: Slug,
    /// What its canaries are called by.
    pub tag: String,
    /// Whether the public may see it.
    pub public: bool,
    /// Its own items.
    pub items: Vec<ItemId>,
    /// Its people with their items, in the order of [`PERSON_FIELDS`].
    pub people: Vec<(PersonId, Vec<ItemId>)>,
}

/// A planted office.
#[derive(Clone)]
pub struct Planted {
    /// The office; its directory is live.
    pub office: Office,
    /// Its groups.
    pub groups: Vec<PlantedGroup>,
    /// An upload that waits.
    pub import: ImportId,
    /// Everything to look for.
    pub canaries: Vec<Canary>,
    words: Arc<Mutex<Words>>,
}

impl Planted {
    /// Canaries that may come as far as this.
    pub fn reaching(&self, reach: Reach) -> impl Iterator<Item = &Canary> {
        self.canaries.iter().filter(move |canary| canary.reach == reach)
    }

    /// A new word of this office, not planted yet.
    ///
    /// # Panics
    /// Never.
    pub fn word(&self) -> String {
        self.words.lock().unwrap().word()
    }

    /// The first group that the public sees.
    ///
    /// # Panics
    /// When there is none.
    pub fn public_group(&self) -> &PlantedGroup {
        self.groups.iter().find(|group| group.public).unwrap()
    }
}

/// How far an item of a group may come: read from the rules, not asked from the projection.
fn reach_of(field: Field, light: Light, public: bool) -> Reach {
    let def = field.built_in().unwrap();
    match (public && light.under(def.ceiling) == Light::Green, def.shown) {
        (false, _) => Reach::Never,
        (true, Shown::OnPage) => Reach::OnPage,
        (true, Shown::BehindNotice) => Reach::BehindNotice,
    }
}

/// A value full of canaries, and the words in it: each group of words must be found, one of a group is enough.
fn value_of(field: Field, words: &mut Words) -> (Value, Vec<Vec<String>>) {
    let one = |word: &String| vec![vec![word.clone()]];
    match &field.built_in().unwrap().kind {
        Kind::OwnChoice(_) => panic!("{field} is no field of the product"),
        Kind::Line | Kind::Text => {
            let word = words.word();
            (Value::Text(word.clone()), one(&word))
        }
        // A choice has no word of its own; lights of choices are proven by the property test of the projection.
        Kind::Choice(codes) => (Value::Choice(codes[0].to_owned()), Vec::new()),
        Kind::Number => {
            let number = words.number();
            (Value::Number(number), vec![vec![number.to_string()]])
        }
        Kind::Date => {
            let (day, written) = words.day();
            (Value::Date(day), vec![written])
        }
        Kind::Meetings => {
            let (text, remark) = (words.word(), words.word());
            let schedule = Schedule {
                text: format!("{text} jeden Montag 18 Uhr"),
                rules: Schedule::parse_german("jeden Montag 18:00-20:00 Uhr").rules,
                remark: remark.clone(),
                ..Schedule::default()
            };
            assert!(schedule.is_structured());
            (Value::Meetings(schedule), vec![vec![text], vec![remark]])
        }
        Kind::Venue => {
            let [name, street, town, district] = [(); 4].map(|()| words.word());
            let venue = Venue {
                name: name.clone(),
                street: format!("{street} 5"),
                postcode: "04177".to_owned(),
                town: town.clone(),
                district: district.clone(),
            };
            (Value::Venue(venue), [name, street, town, district].into_iter().map(|word| vec![word]).collect())
        }
        Kind::Email => {
            let word = words.word();
            (Value::Email(EmailAddress::parse(&format!("{word}@canary.example")).unwrap()), one(&word))
        }
        Kind::Phone => {
            let (number, remark) = (words.number().to_string(), words.word());
            let value =
                Value::Phone { number: PhoneNumber::parse(&format!("0341 {number}")).unwrap(), remark: remark.clone() };
            (value, vec![vec![number], vec![remark]])
        }
        Kind::Link => {
            let word = words.word();
            (Value::Link(format!("https://{word}.example/")), one(&word))
        }
    }
}

/// Fills an office with canaries and brings it online. Different letters for the offices of one world.
///
/// # Panics
/// When anything cannot be stored.
pub async fn plant(office: &Office, letter: char, plans: &[GroupPlan]) -> Planted {
    let house = &office.house;
    let ids = house.ids();
    let mut seed = [0; 4];
    ids.fill(&mut seed);
    let mut words = Words::new(letter, u32::from_le_bytes(seed));
    let mut canaries = Vec::new();
    let mut groups = Vec::new();

    let permit = office.lead::<EditGroup>();
    let people: Vec<Vec<PersonId>> =
        plans.iter().map(|plan| plan.people.iter().map(|_| ids.next()).collect()).collect();
    house.stores().make_person_keys(&permit, &people.concat()).await.unwrap();
    let tx = house.stores().begin(&permit).await.unwrap();

    for (number, (plan, person_ids)) in plans.iter().zip(&people).enumerate() {
        let mut add = |what: String, reach: Reach, item: Option<(ItemId, Light)>, found: Vec<Vec<String>>| {
            canaries.extend(found.into_iter().map(|words| Canary { words, what: what.clone(), reach, item }));
        };
        let tag = format!("{letter}-gruppe-{number}");
        let green_name =
            group_fields().zip(&plan.lights).any(|(field, light)| field == Field::Name && *light == Light::Green);
        let public = plan.status == Status::Active && green_name;
        let mut items = Vec::new();
        for (field, light) in group_fields().zip(&plan.lights) {
            let (value, found) = value_of(field, &mut words);
            let item = Item { light: *light, ..Item::new(ids.next(), field, value, Source::Staff) };
            let what = format!("{tag} {} {}", field.code(), light.code());
            add(
                what,
                reach_of(field, *light, public),
                Some((item.id, light.under(Limit::built_in(field).ceiling))),
                found,
            );
            items.push(item);
        }
        let mut members = Vec::new();
        let mut planted_people = Vec::new();
        for (person, plan) in person_ids.iter().zip(&plan.people) {
            let mut own = Vec::new();
            for (field, (light, agreed)) in PERSON_FIELDS.into_iter().zip(plan.items) {
                let (value, found) = value_of(field, &mut words);
                let item = Item { light, ..Item::new(ids.next(), field, value, Source::Staff) };
                let agreed_light = if let Agreed::To(light) = agreed { light } else { Light::Red };
                let effective =
                    light.under(Limit::built_in(field).ceiling).under(agreed_light).under(plan.role.ceiling());
                let shown = public && effective == Light::Green;
                let reach = if shown { Reach::BehindNotice } else { Reach::Never };
                let what = format!("{tag} {:?} {} {} {agreed:?}", plan.role, field.code(), light.code());
                add(what, reach, Some((item.id, effective)), found);
                own.push(item);
            }
            members.push(Membership { person: *person, role: plan.role });
            planted_people.push((*person, own.iter().map(|item| item.id).collect::<Vec<_>>()));
            tx.insert_person(&Person { id: *person, items: own, consents: Vec::new() }).await.unwrap();
        }
        let group = Group {
            id: ids.next(),
            slug: Slug::unspoken(ids),
            status: plan.status,
            version: 1,
            items,
            people: members,
        };
        tx.insert_group(&group, "created").await.unwrap();
        for ((person, own), plan) in planted_people.iter().zip(&plan.people) {
            for (item, (_, agreed)) in own.iter().zip(plan.items) {
                let (Agreed::To(light) | Agreed::Withdrawn(light)) = agreed else { continue };
                let consent = Agreement {
                    person: *person,
                    item: *item,
                    light,
                    given_on: jiff::civil::date(2026, 11, 1),
                    channel: Channel::Paper,
                    wording: WORDING.to_owned(),
                    filed: String::new(),
                    until: None,
                };
                tx.record_consent(&consent).await.unwrap();
                if let Agreed::Withdrawn(_) = agreed {
                    tx.withdraw_consents(*person, *item).await.unwrap();
                }
            }
        }
        let note = words.word();
        tx.insert_notes(group.id, std::slice::from_ref(&note)).await.unwrap();
        add(format!("{tag} note"), Reach::Never, None, vec![vec![note]]);
        let items = group.items.iter().map(|item| item.id).collect();
        let slug = tx.group(group.id).await.unwrap().unwrap().slug;
        assert_eq!(slug.is_unspoken(), !public, "a readable address belongs to what is public");
        groups.push(PlantedGroup { id: group.id, slug, tag, public, items, people: planted_people });
    }

    let mut never = |what: &str, words: &mut Words| {
        let word = words.word();
        canaries.push(Canary { words: vec![word.clone()], what: what.to_owned(), reach: Reach::Never, item: None });
        word
    };
    let setting = never("setting", &mut words);
    tx.put_setting("test.canary", &setting).await.unwrap();
    let mail = Mail {
        to: EmailAddress::parse(&format!("{}@canary.example", never("receiver of a mail", &mut words))).unwrap(),
        subject: never("subject of a mail", &mut words),
        body: never("text of a mail", &mut words),
    };
    tx.enqueue(&mail).await.unwrap();
    let summary = never("summary of a log entry", &mut words);
    tx.commit(AuditEvent::new("test.planted", "").summary(summary)).await.unwrap();

    let file = format!("{}.csv", never("name of an upload", &mut words));
    let list = format!("Gruppe;Themen;Telefon\n{};Angst;0341 123456\n", never("uploaded file", &mut words));
    let import = usecases::import::upload(&office.lead(), house, &file, list.into_bytes()).await.unwrap();

    let user: UserId = ids.next();
    let password = never("password", &mut words);
    let name = never("name of a user", &mut words);
    let address = never("mail address of a user", &mut words);
    let row = User {
        id: user,
        standing: Standing { role: Role::Staff, state: UserState::Active, groups: Vec::new() },
        profile: UserProfile::new(name, EmailAddress::parse(&format!("{address}@canary.example")).unwrap()),
        password: house.hash_password(&password).await.unwrap(),
        last_login_at: None,
    };
    let tx = house.stores().begin(&operator_permit::<CreateFirstAccount>(office.id)).await.unwrap();
    tx.insert_user(&row).await.unwrap();
    let secret = FactorSecret::App(never("second factor", &mut words).into_bytes().into());
    let device = never("name of a device", &mut words);
    tx.insert_factor(&Factor::new(ids.next(), user, &device, secret, tx.now())).await.unwrap();
    tx.commit(AuditEvent::new("test.user", user)).await.unwrap();

    let tx = house.stores().platform().await.unwrap();
    let contract = Contract {
        tenant: office.id,
        concluded_on: jiff::civil::date(2026, 11, 2),
        signer: never("signer of the contract", &mut words),
        document_name: never("name of the contract's document", &mut words),
        document: never("the contract's document", &mut words).into_bytes(),
        recorded_at: house.clock().now(),
    };
    tx.put_contract(&contract).await.unwrap();
    let summary = never("summary in the platform's log", &mut words);
    tx.commit(Actor::Operator, AuditEvent::new("test.contract", office.id).summary(summary)).await.unwrap();

    let form = usecases::signup::Form {
        office: never("office of a sign-up", &mut words),
        carrier: never("carrier of a sign-up", &mut words),
        regime: "KDG".to_owned(),
        street: never("street of a sign-up", &mut words),
        postcode: "04177".to_owned(),
        town: never("town of a sign-up", &mut words),
        email: format!("{}@canary.example", never("mail address of a sign-up", &mut words)),
        slug: format!("{letter}-angemeldet"),
    };
    usecases::signup::request(house, &form, "test").await.unwrap();

    office.set_visibility(Visibility::Live).await;
    Planted { office: office.clone(), groups, import, canaries, words: Arc::new(Mutex::new(words)) }
}
