//! The demo office: invented groups, two logins whose secrets are printed. Never in production.

use std::fmt::Write as _;

use access::actions::{CreateFirstAccount, ImportGroups};
use access::{Permit, Role, operator_permit};
use anyhow::Context;
use crypto::totp::TotpSecret;
use domain::audit::AuditEvent;
use domain::consent::{Agreement, Channel, WORDING};
use domain::group::Membership;
use domain::office::{OfficeProfile, Regime, Visibility};
use domain::{
    EmailAddress, Field, Group, Item, Light, Person, PersonId, PersonRole, PhoneNumber, Schedule, Slug, Source, Status,
    TenantId, Value, Venue,
};
use serde::Deserialize;
use storage::NewTenant;
use storage::tenant::{Factor, FactorSecret, Standing, User, UserProfile, UserState};
use usecases::House;

/// Fixed, so that a second start finds the same office.
const DEMO: TenantId = TenantId::from_u128(0x0193_0000_0000_7000_8000_0000_0000_0001);
const GROUPS: &str = include_str!("../demo/groups.json");

struct Login {
    name: &'static str,
    email: &'static str,
    password: &'static str,
    secret: [u8; 20],
    role: Role,
}

const LOGINS: [Login; 2] = [
    Login {
        name: "Lena Leitung",
        email: "leitung@demo.example",
        password: "apfelbaum-regen-morgen",
        secret: *b"demo-leitung-secret!",
        role: Role::Lead,
    },
    Login {
        name: "Mika Mitarbeit",
        email: "mitarbeit@demo.example",
        password: "fahrrad-birne-abend",
        secret: *b"demo-mitarb.-secret!",
        role: Role::Staff,
    },
];

/// The demo office, ready.
#[derive(Clone, Debug)]
pub(crate) struct Demo {
    slug: Slug,
}

impl Demo {
    /// What is printed at the start.
    pub(crate) fn describe(&self, house: &House) -> String {
        let mut text = format!("Demo office: {}\n", house.addresses().office(&self.slug));
        for Login { name, email, password, secret, role: _ } in &LOGINS {
            let uri = TotpSecret::from_bytes(secret).and_then(|secret| secret.uri("Ampelhaus Demo", email));
            let uri = uri.as_ref().map_or("", |uri| uri.as_str());
            // Writing to a string cannot fail.
            let _written = writeln!(text, "  {name}: {email}  password {password}\n    second factor {uri}");
        }
        text.trim_end().to_owned()
    }
}

/// Makes the demo office if it is not there yet.
pub(crate) async fn prepare(house: &House) -> anyhow::Result<Demo> {
    let slug = Slug::parse("demo")?;
    let stores = house.stores();
    let new =
        NewTenant { id: DEMO, slug: slug.clone(), profile: profile(), regime: Regime::Dsgvo, first_account: None };
    stores.provision(&new).await.context("the demo office cannot be made")?;
    let permit: Permit<CreateFirstAccount> = operator_permit(DEMO);
    if stores.look(&permit).await?.count_users().await? > 0 {
        return Ok(Demo { slug });
    }
    fill(house).await.context("the demo office cannot be filled")?;
    let tx = stores.begin(&permit).await?;
    for Login { name, email, password, secret, role } in LOGINS {
        let user = User {
            id: house.ids().next(),
            standing: Standing { role, state: UserState::Active, groups: Vec::new() },
            profile: UserProfile::new(name.to_owned(), EmailAddress::parse(email)?),
            password: house.hash_password(password).await?,
            last_login_at: None,
        };
        tx.insert_user(&user).await?;
        let secret = FactorSecret::App(zeroize::Zeroizing::new(secret.to_vec()));
        tx.insert_factor(&Factor::new(house.ids().next(), user.id, "Authenticator-App", secret, tx.now())).await?;
    }
    tx.save_site(Visibility::Trial, &profile()).await?;
    tx.commit(AuditEvent::new("demo.made", "")).await?;
    Ok(Demo { slug })
}

fn profile() -> OfficeProfile {
    OfficeProfile {
        name: "Selbsthilfekontaktstelle Musterstadt".to_owned(),
        carrier: "Gesundheitsverein Musterstadt e. V.".to_owned(),
        street: "Lindenweg 4".to_owned(),
        postcode: "04177".to_owned(),
        town: "Musterstadt".to_owned(),
        phone: "0341 000 12 34".to_owned(),
        email: "kontakt@selbsthilfe-musterstadt.example".to_owned(),
        hours: "Mo–Do 9–12 Uhr, Di auch 14–18 Uhr".to_owned(),
        about: "Wir unterstützen Menschen, die sich in Selbsthilfegruppen treffen oder eine Gruppe suchen. Unsere \
                Beratung ist kostenfrei und vertraulich.\n\nSie möchten selbst eine Gruppe gründen? Wir helfen bei \
                Räumen, Öffentlichkeitsarbeit und den ersten Treffen."
            .to_owned(),
        imprint:
            "Gesundheitsverein Musterstadt e. V.\nLindenweg 4\n04177 Musterstadt\n\nVertreten durch den Vorstand: \
                  Maria Beispiel\nVereinsregister: Amtsgericht Musterstadt, VR 0000\n\nDies ist eine Vorführung mit \
                  erfundenen Gruppen."
                .to_owned(),
        privacy:
            "Verantwortlich ist der Gesundheitsverein Musterstadt e. V.\n\nBeim Besuch dieser Seiten werden keine \
                  Profile gebildet und keine Dienste Dritter eingebunden."
                .to_owned(),
        notice: String::new(),
    }
}

#[derive(Deserialize)]
struct DemoPerson {
    name: String,
    phone: Option<String>,
    email: Option<String>,
    light: Light,
}

#[derive(Deserialize)]
struct DemoGroup {
    name: String,
    topics: Vec<String>,
    sector: String,
    summary: String,
    meetings: String,
    venue: Option<[String; 5]>,
    accepts_new: String,
    format: String,
    audience: String,
    #[serde(default)]
    status: Option<Status>,
    easy_language: Option<String>,
    audience_age: Option<String>,
    audience_text: Option<String>,
    gender: Option<String>,
    sign_language: Option<String>,
    association: Option<String>,
    accessibility: Option<String>,
    costs: Option<String>,
    email: Option<String>,
    phone: Option<String>,
    website: Option<String>,
    online_link: Option<String>,
    note: Option<String>,
    founded: Option<u32>,
    size: Option<u32>,
    free_places: Option<u32>,
    #[serde(default)]
    languages: Vec<String>,
    #[serde(default)]
    people: Vec<DemoPerson>,
}

impl DemoGroup {
    fn values(&self) -> anyhow::Result<Vec<(Field, Value)>> {
        let text = |text: &String| Value::Text(text.clone());
        let mut values = vec![(Field::Name, text(&self.name))];
        values.extend(self.topics.iter().map(|topic| (Field::Topic, text(topic))));
        let choices = [
            (Field::Sector, Some(&self.sector)),
            (Field::Audience, Some(&self.audience)),
            (Field::AudienceGender, self.gender.as_ref()),
            (Field::SignLanguage, self.sign_language.as_ref()),
            (Field::AcceptsNew, Some(&self.accepts_new)),
            (Field::Format, Some(&self.format)),
        ];
        values.extend(choices.into_iter().filter_map(|(field, code)| Some((field, Value::Choice(code?.clone())))));
        let texts = [
            (Field::Summary, Some(&self.summary)),
            (Field::EasyLanguage, self.easy_language.as_ref()),
            (Field::AudienceAge, self.audience_age.as_ref()),
            (Field::AudienceText, self.audience_text.as_ref()),
            (Field::Association, self.association.as_ref()),
            (Field::Accessibility, self.accessibility.as_ref()),
            (Field::Costs, self.costs.as_ref()),
        ];
        values.extend(texts.into_iter().filter_map(|(field, value)| Some((field, text(value?)))));
        values.extend(self.languages.iter().map(|language| (Field::Language, text(language))));
        let numbers = [(Field::Founded, self.founded), (Field::Size, self.size), (Field::FreePlaces, self.free_places)];
        values.extend(numbers.into_iter().filter_map(|(field, number)| Some((field, Value::Number(number?)))));
        if !self.meetings.is_empty() {
            values.push((Field::Meetings, Value::Meetings(Schedule::parse_german(&self.meetings))));
        }
        if let Some([name, street, postcode, town, district]) = self.venue.clone() {
            values.push((Field::Venue, Value::Venue(Venue { name, street, postcode, town, district })));
        }
        if let Some(email) = &self.email {
            values.push((Field::GroupEmail, Value::Email(EmailAddress::parse(email)?)));
        }
        if let Some(phone) = &self.phone {
            values.push((Field::GroupPhone, phone_value(phone)?));
        }
        let links = [(Field::Website, &self.website), (Field::OnlineLink, &self.online_link)];
        values.extend(links.into_iter().filter_map(|(field, link)| Some((field, Value::Link(link.clone()?)))));
        Ok(values)
    }
}

fn phone_value(text: &str) -> anyhow::Result<Value> {
    Ok(Value::Phone { number: PhoneNumber::parse(text)?, remark: String::new() })
}

async fn fill(house: &House) -> anyhow::Result<()> {
    let groups: Vec<DemoGroup> = serde_json::from_str(GROUPS)?;
    let permit: Permit<ImportGroups> = operator_permit(DEMO);
    let ids = house.ids();
    let today = house.clock().now().to_zoned(domain::schedule::berlin()).date();
    let persons: Vec<Vec<PersonId>> =
        groups.iter().map(|group| group.people.iter().map(|_| ids.next()).collect()).collect();
    house.stores().make_person_keys(&permit, &persons.concat()).await?;
    let tx = house.stores().begin(&permit).await?;
    for (group, person_ids) in groups.iter().zip(&persons) {
        let mut receipts = Vec::new();
        for (person, id) in group.people.iter().zip(person_ids) {
            let (person, consents) = demo_person(house, person, *id, today)?;
            tx.insert_person(&person).await?;
            receipts.extend(consents);
        }
        let mut values = group.values()?;
        if group.status.is_none() {
            values.push((Field::ConfirmedOn, Value::Date(today)));
        }
        let id = ids.next();
        let row = Group {
            id,
            slug: Slug::unspoken(house.ids()),
            status: group.status.unwrap_or(Status::Active),
            version: 1,
            items: values
                .into_iter()
                .map(|(field, value)| Item::new(ids.next(), field, value, Source::Staff))
                .collect(),
            people: person_ids.iter().map(|id| Membership { person: *id, role: PersonRole::Contact }).collect(),
        };
        tx.insert_group(&row, "created").await?;
        for receipt in receipts {
            tx.record_consent(&receipt).await?;
        }
        if let Some(note) = &group.note {
            tx.insert_notes(id, std::slice::from_ref(note)).await?;
        }
    }
    tx.commit(AuditEvent::new("demo.filled", "").summary(format!("{} groups", groups.len()))).await?;
    Ok(())
}

fn demo_person(
    house: &House,
    person: &DemoPerson,
    id: PersonId,
    today: jiff::civil::Date,
) -> anyhow::Result<(Person, Vec<Agreement>)> {
    let mut values = vec![(Field::PersonName, Value::Text(person.name.clone()))];
    if let Some(phone) = &person.phone {
        values.push((Field::PersonPhone, phone_value(phone)?));
    }
    if let Some(email) = &person.email {
        values.push((Field::PersonEmail, Value::Email(EmailAddress::parse(email)?)));
    }
    let items: Vec<Item> = values
        .into_iter()
        .map(|(field, value)| Item {
            light: person.light,
            ..Item::new(house.ids().next(), field, value, Source::Staff)
        })
        .collect();
    let consents = items
        .iter()
        .filter(|_| person.light > Light::Red)
        .map(|item| Agreement {
            person: id,
            item: item.id,
            light: person.light,
            given_on: today,
            channel: Channel::Phone,
            wording: WORDING.to_owned(),
            filed: String::new(),
            until: None,
        })
        .collect();
    Ok((Person { id, items, consents: Vec::new() }, consents))
}
