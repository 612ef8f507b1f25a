//! The published projection: the only way from items to the public, and it lets green ones through only.
//!
//! [`Green`] can be made by [`publish`] alone (and read back from what it wrote). Public pages, the search index, feeds
//! and exports are built from [`PublishedGroup`]; contacts stand apart in [`PublishedContact`], which only the page
//! behind the contact notice loads.

use std::ops::Deref;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::catalogue::{Bilingual, Catalogue, ConsentNeed, Kind, Shown};
use crate::{EmailAddress, Field, Group, Item, Light, Person, PhoneNumber, Schedule, Slug, Status, Value, Venue};

/// A value that is public by decision: its effective light was green when the projection was made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Green<T>(T);

impl<T> Deref for Green<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.0
    }
}

/// What an office's own field says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OwnValue {
    /// In the group's own words.
    Text(String),
    /// One of the office's choices.
    Choice(Bilingual),
    /// A whole number.
    Number(u32),
    /// A day.
    Date(Date),
}

/// A field that the office made itself, with what it is called there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PublishedOwn {
    /// What it is called.
    pub label: Bilingual,
    /// What it says.
    pub value: Green<OwnValue>,
}

/// What everyone may see of a group, contacts excepted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PublishedGroup {
    /// Its place in public addresses.
    pub slug: Slug,
    /// Its name.
    pub name: Green<String>,
    /// What it is about.
    pub topics: Vec<Green<String>>,
    /// Code of [`Field::Sector`].
    pub sector: Option<Green<String>>,
    /// A few sentences.
    pub summary: Option<Green<String>>,
    /// The same in easy language.
    pub easy_language: Option<Green<String>>,
    /// Code of [`Field::Audience`].
    pub audience: Option<Green<String>>,
    /// In words.
    pub audience_age: Option<Green<String>>,
    /// Code of [`Field::AudienceGender`].
    pub audience_gender: Option<Green<String>>,
    /// In words.
    pub audience_text: Option<Green<String>>,
    /// Spoken languages.
    pub languages: Vec<Green<String>>,
    /// Code of [`Field::SignLanguage`].
    pub sign_language: Option<Green<String>>,
    /// Code of [`Field::AcceptsNew`].
    pub accepts_new: Option<Green<String>>,
    /// Umbrella association.
    pub association: Option<Green<String>>,
    /// Code of [`Field::Guidance`].
    pub guidance: Option<Green<String>>,
    /// In words.
    pub costs: Option<Green<String>>,
    /// Year.
    pub founded: Option<Green<u32>>,
    /// Code of [`Field::Format`].
    pub format: Option<Green<String>>,
    /// When.
    pub meetings: Vec<Green<Schedule>>,
    /// Where.
    pub venues: Vec<Green<Venue>>,
    /// Floor, bell.
    pub access_hints: Option<Green<String>>,
    /// In words.
    pub accessibility: Option<Green<String>>,
    /// Members.
    pub size: Option<Green<u32>>,
    /// Free places.
    pub free_places: Option<Green<u32>>,
    /// When the group last said that everything is right.
    pub confirmed_on: Option<Green<Date>>,
    /// What the office's own fields say, in their order.
    #[serde(default)]
    pub own: Vec<PublishedOwn>,
    /// Whether [`PublishedContact`] holds anything; else the office passes enquiries on.
    pub has_contact: bool,
}

/// A person as shown behind the notice.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PublishedPerson {
    /// Name, if the person agreed.
    pub name: Option<Green<String>>,
    /// Phones, if the person agreed, each with its remark.
    pub phones: Vec<(Green<PhoneNumber>, String)>,
    /// Mail addresses, if the person agreed.
    pub emails: Vec<Green<EmailAddress>>,
    /// What the office's own fields say, if the person agreed.
    #[serde(default)]
    pub own: Vec<PublishedOwn>,
}

/// What is shown after the contact notice was acknowledged.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PublishedContact {
    /// The group's phones, each with its remark.
    pub phones: Vec<(Green<PhoneNumber>, String)>,
    /// The group's mail addresses.
    pub emails: Vec<Green<EmailAddress>>,
    /// The group's sites.
    pub websites: Vec<Green<String>>,
    /// What the office's own fields say.
    #[serde(default)]
    pub own: Vec<PublishedOwn>,
    /// Persons who agreed.
    pub people: Vec<PublishedPerson>,
}

impl PublishedContact {
    /// Nothing green: "Die Kontaktstelle vermittelt".
    pub fn is_empty(&self) -> bool {
        let Self { phones, emails, websites, own, people } = self;
        phones.is_empty() && emails.is_empty() && websites.is_empty() && own.is_empty() && people.is_empty()
    }
}

/// A group as the public sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct Published {
    /// The page.
    pub group: PublishedGroup,
    /// Behind the notice.
    pub contact: PublishedContact,
}

/// What the public may see of a group under an office's catalogue: nothing unless it is active and its name is green.
///
/// `people` are the persons of `group.people`; one that is missing is left out.
pub fn publish(group: &Group, people: &[Person], catalogue: &Catalogue) -> Option<Published> {
    if group.status != Status::Active {
        return None;
    }
    let green = GreenItems::of(group, catalogue);
    let contact = contact(group, people, catalogue, &green);
    let group = PublishedGroup {
        slug: group.slug.clone(),
        name: green.text(Field::Name)?,
        topics: green.texts(Field::Topic),
        sector: green.text(Field::Sector),
        summary: green.text(Field::Summary),
        easy_language: green.text(Field::EasyLanguage),
        audience: green.text(Field::Audience),
        audience_age: green.text(Field::AudienceAge),
        audience_gender: green.text(Field::AudienceGender),
        audience_text: green.text(Field::AudienceText),
        languages: green.texts(Field::Language),
        sign_language: green.text(Field::SignLanguage),
        accepts_new: green.text(Field::AcceptsNew),
        association: green.text(Field::Association),
        guidance: green.text(Field::Guidance),
        costs: green.text(Field::Costs),
        founded: green.number(Field::Founded),
        format: green.text(Field::Format),
        meetings: green.all(Field::Meetings, |value| match value {
            Value::Meetings(schedule) => Some(schedule.clone()),
            _ => None,
        }),
        venues: green.all(Field::Venue, |value| match value {
            Value::Venue(venue) => Some(venue.clone()),
            _ => None,
        }),
        access_hints: green.text(Field::AccessHints),
        accessibility: green.text(Field::Accessibility),
        size: green.number(Field::Size),
        free_places: green.number(Field::FreePlaces),
        confirmed_on: green
            .all(Field::ConfirmedOn, |value| match value {
                Value::Date(date) => Some(*date),
                _ => None,
            })
            .pop(),
        own: green.own(catalogue, Shown::OnPage),
        has_contact: !contact.is_empty(),
    };
    Some(Published { group, contact })
}

fn contact(group: &Group, people: &[Person], catalogue: &Catalogue, green: &GreenItems<'_>) -> PublishedContact {
    let people = group
        .people
        .iter()
        .filter_map(|membership| {
            let person = people.iter().find(|person| person.id == membership.person)?;
            let light =
                |item: &Item| person.allowed(item, catalogue.limit(item.field)).under(membership.role.ceiling());
            let items = person.items.iter().filter(|item| light(item) == Light::Green);
            let green = GreenItems(items.collect());
            let published = PublishedPerson {
                name: green.text(Field::PersonName),
                phones: green.phones(Field::PersonPhone),
                emails: green.emails(Field::PersonEmail),
                own: green.own(catalogue, Shown::BehindNotice),
            };
            (published != PublishedPerson::default()).then_some(published)
        })
        .collect();
    PublishedContact {
        phones: green.phones(Field::GroupPhone),
        emails: green.emails(Field::GroupEmail),
        websites: green.texts(Field::Website),
        own: green.own(catalogue, Shown::BehindNotice),
        people,
    }
}

/// Items whose effective light is green.
struct GreenItems<'a>(Vec<&'a Item>);

impl<'a> GreenItems<'a> {
    fn of(group: &'a Group, catalogue: &Catalogue) -> Self {
        // A person's item can never be among a group's own, but if a bug put one there it stays inside.
        let own = |item: &&Item| {
            let limit = catalogue.limit(item.field);
            limit.consent == ConsentNeed::None && item.light.under(limit.ceiling) == Light::Green
        };
        Self(group.items.iter().filter(own).collect())
    }

    /// What the office's own fields say, in their order.
    fn own(&self, catalogue: &Catalogue, shown: Shown) -> Vec<PublishedOwn> {
        let fields = catalogue.fields().iter().filter(|def| def.shown == shown && def.field.built_in().is_none());
        fields
            .flat_map(|def| {
                let read = |value: &Value| match (value, &def.kind) {
                    (Value::Choice(code), Kind::OwnChoice(choices)) => {
                        let known = choices.iter().find(|choice| choice.code == *code);
                        known.map(|choice| OwnValue::Choice(choice.words.clone()))
                    }
                    (Value::Text(text), Kind::Line | Kind::Text) => Some(OwnValue::Text(text.clone())),
                    (Value::Number(number), Kind::Number) => Some(OwnValue::Number(*number)),
                    (Value::Date(date), Kind::Date) => Some(OwnValue::Date(*date)),
                    _ => None,
                };
                let values = self.all(def.field, read).into_iter();
                values.map(|value| PublishedOwn { label: def.label.clone(), value })
            })
            .collect()
    }

    fn all<T>(&self, field: Field, read: impl Fn(&Value) -> Option<T>) -> Vec<Green<T>> {
        self.0.iter().filter(|item| item.field == field).filter_map(|item| read(&item.value)).map(Green).collect()
    }

    fn texts(&self, field: Field) -> Vec<Green<String>> {
        self.all(field, |value| match value {
            Value::Text(text) | Value::Link(text) | Value::Choice(text) => Some(text.clone()),
            _ => None,
        })
    }

    fn text(&self, field: Field) -> Option<Green<String>> {
        self.texts(field).into_iter().next()
    }

    fn number(&self, field: Field) -> Option<Green<u32>> {
        self.all(field, |value| match value {
            Value::Number(number) => Some(*number),
            _ => None,
        })
        .pop()
    }

    fn emails(&self, field: Field) -> Vec<Green<EmailAddress>> {
        self.all(field, |value| match value {
            Value::Email(address) => Some(address.clone()),
            _ => None,
        })
    }

    fn phones(&self, field: Field) -> Vec<(Green<PhoneNumber>, String)> {
        let phones = self.all(field, |value| match value {
            Value::Phone { number, remark } => Some((number.clone(), remark.clone())),
            _ => None,
        });
        phones.into_iter().map(|Green((number, remark))| (Green(number), remark)).collect()
    }
}
