//! The field catalogue: what an item may be, its default light and the most open light it may ever have.
//!
//! [`BUILT_IN`] is the product's own. What counts in an office is its [`Catalogue`]: the built-in fields as its light
//! policy ([`crate::policy`]) sets them, and its own. Storage reads it once a unit of work and puts each item under it.

mod office;

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub use self::office::{Catalogue, Limit};
use crate::Light::{Green, Red, Yellow};
use crate::{FieldId, Light};

/// Where a field stands on forms and pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Section {
    /// What the group is for, and for whom.
    Group,
    /// When and where it meets.
    Meetings,
    /// How to reach it.
    Contact,
    /// A person's own items.
    Person,
    /// What only the office needs.
    Internal,
}

impl Section {
    /// All, in the order of pages.
    pub const ALL: [Self; 5] = [Self::Group, Self::Meetings, Self::Contact, Self::Person, Self::Internal];

    /// The word used in addresses, forms and translations.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Group => "group",
            Self::Meetings => "meetings",
            Self::Contact => "contact",
            Self::Person => "person",
            Self::Internal => "internal",
        }
    }

    /// Reads [`Section::code`] back.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|section| section.code() == code)
    }
}

/// An office's words, in both languages; empty where the product's own words stand.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bilingual {
    /// German.
    #[serde(default)]
    pub de: String,
    /// English.
    #[serde(default)]
    pub en: String,
}

/// A choice of an office's own field.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OwnChoice {
    /// What items hold.
    pub code: String,
    /// What people read.
    pub words: Bilingual,
}

/// What kind of value a field holds.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// One line of text, at most 200 characters.
    Line,
    /// Text of several lines, at most 10,000 characters.
    Text,
    /// One of these codes.
    Choice(&'static [&'static str]),
    /// One of the choices of an office's own field.
    OwnChoice(Arc<[OwnChoice]>),
    /// A whole number.
    Number,
    /// A day.
    Date,
    /// A meeting schedule.
    Meetings,
    /// A place.
    Venue,
    /// A mail address.
    Email,
    /// A phone number.
    Phone,
    /// A web address (`http`, `https`).
    Link,
}

/// Whether a group may have several values of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Count {
    /// At most one.
    One,
    /// Any number.
    Many,
}

/// Whether opening the field needs the person's recorded consent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ConsentNeed {
    /// No: it says nothing about a person.
    None,
    /// Yes: it stays red until the person's consent is on record.
    OfThePerson,
}

/// Where a green value is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Shown {
    /// On the page.
    OnPage,
    /// Only after the contact notice was acknowledged.
    BehindNotice,
}

/// Whether a group must say something about a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Need {
    /// It may.
    Optional,
    /// It must: the value cannot be taken away by a form.
    Required,
}

/// What a field may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldDef {
    /// The field.
    pub field: Field,
    /// Where it stands.
    pub section: Section,
    /// What it holds.
    pub kind: Kind,
    /// How many.
    pub count: Count,
    /// The light of a new item.
    pub default: Light,
    /// The most open light an item may ever have.
    pub ceiling: Light,
    /// Whether a person must agree.
    pub consent: ConsentNeed,
    /// Where it is shown when green.
    pub shown: Shown,
    /// Whether a group must have it.
    pub need: Need,
    /// What the office calls it; empty where the product's own words stand.
    pub label: Bilingual,
    /// What the office says about filling it in; may be empty.
    pub help: Bilingual,
}

macro_rules! catalogue {
    ($($(#[$doc:meta])* $name:ident $code:literal $section:ident $kind:expr, $count:ident, $default:ident -> $ceiling:ident $($consent:ident)? $(@ $shown:ident)?;)+) => {
        /// A field: of the built-in catalogue, or an office's own.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Field {
            $($(#[$doc])* $name,)+
            /// One the office made itself. Where its policy does not know it (any more), it is red and hidden.
            Own(FieldId),
        }

        // The place of each field in the catalogue below.
        enum Place { $($name),+ }

        /// Every field of the product, in the order of forms and pages.
        pub static BUILT_IN: &[FieldDef] = &[$(FieldDef {
            field: Field::$name,
            section: Section::$section,
            kind: $kind,
            count: Count::$count,
            default: $default,
            ceiling: $ceiling,
            consent: catalogue!(@consent $($consent)?),
            shown: catalogue!(@shown $($shown)?),
            // A group without a name can be neither found nor published.
            need: match Field::$name { Field::Name => Need::Required, _ => Need::Optional },
            label: Bilingual { de: String::new(), en: String::new() },
            help: Bilingual { de: String::new(), en: String::new() },
        }),+];

        impl Field {
            /// What the product says about the field; none for an office's own.
            pub fn built_in(self) -> Option<&'static FieldDef> {
                match self {
                    $(Self::$name => BUILT_IN.get(Place::$name as usize),)+
                    Self::Own(_) => None,
                }
            }

            /// The word used in databases, forms and translations.
            pub fn code(self) -> Cow<'static, str> {
                match self {
                    $(Self::$name => Cow::Borrowed($code),)+
                    Self::Own(id) => Cow::Owned(format!("{OWN}{id}")),
                }
            }

            fn built_in_from_code(code: &str) -> Option<Self> {
                match code {
                    $($code => Some(Self::$name),)+
                    _ => None,
                }
            }
        }
    };
    (@consent) => { ConsentNeed::None };
    (@consent $need:ident) => { ConsentNeed::$need };
    (@shown) => { Shown::OnPage };
    (@shown $shown:ident) => { Shown::$shown };
}

/// What the code of an office's own field begins with.
const OWN: &str = "own_";

catalogue! {
    /// Name der Gruppe.
    Name "name" Group Kind::Line, One, Green -> Green;
    /// Themen.
    Topic "topic" Group Kind::Line, Many, Green -> Green;
    /// Bereich.
    Sector "sector" Group Kind::Choice(&["health", "psychosocial", "social", "addiction"]), One, Green -> Green;
    /// Kurzbeschreibung.
    Summary "summary" Group Kind::Text, One, Green -> Green;
    /// Beschreibung in Leichter Sprache.
    EasyLanguage "easy_language" Group Kind::Text, One, Green -> Green;
    /// Zielgruppe: wer.
    Audience "audience" Group Kind::Choice(&["affected", "relatives", "both"]), One, Green -> Green;
    /// Zielgruppe: Alter, in Worten ("18–35", "Jugendliche").
    AudienceAge "audience_age" Group Kind::Line, One, Green -> Green;
    /// Zielgruppe: Geschlecht.
    AudienceGender "audience_gender" Group Kind::Choice(&["all", "women", "men", "diverse"]), One, Green -> Green;
    /// Zielgruppe, in Worten ("Eltern").
    AudienceText "audience_text" Group Kind::Line, One, Green -> Green;
    /// Sprachen.
    Language "language" Group Kind::Line, Many, Green -> Green;
    /// Gebärdensprache.
    SignLanguage "sign_language" Group Kind::Choice(&["yes", "no", "on_request"]), One, Green -> Green;
    /// Vermittlungswunsch.
    AcceptsNew "accepts_new" Group Kind::Choice(&["yes", "no", "waiting_list", "after_talk"]), One, Green -> Green;
    /// Verband.
    Association "association" Group Kind::Line, One, Green -> Green;
    /// Anleitung.
    Guidance "guidance" Group Kind::Choice(&["peer", "professional"]), One, Green -> Green;
    /// Kosten.
    Costs "costs" Group Kind::Line, One, Green -> Green;
    /// Gründungsjahr.
    Founded "founded" Group Kind::Number, One, Green -> Green;
    /// Form.
    Format "format" Meetings Kind::Choice(&["on_site", "online", "hybrid", "phone"]), One, Green -> Green;
    /// Treffen.
    Meetings "meetings" Meetings Kind::Meetings, Many, Green -> Green;
    /// Treffpunkt.
    Venue "venue" Meetings Kind::Venue, Many, Green -> Green;
    /// Treffpunkt in einer Privatwohnung.
    PrivateVenue "private_venue" Meetings Kind::Venue, Many, Red -> Red;
    /// Zugangshinweise (Etage, Klingel).
    AccessHints "access_hints" Meetings Kind::Line, One, Yellow -> Green;
    /// Barrierefreiheit.
    Accessibility "accessibility" Meetings Kind::Line, One, Green -> Green;
    /// Online-Zugang (Link).
    OnlineLink "online_link" Meetings Kind::Link, One, Yellow -> Yellow;
    /// Gruppen-E-Mail.
    GroupEmail "group_email" Contact Kind::Email, Many, Green -> Green @ BehindNotice;
    /// Gruppen-Telefon.
    GroupPhone "group_phone" Contact Kind::Phone, Many, Green -> Green @ BehindNotice;
    /// Website.
    Website "website" Contact Kind::Link, Many, Green -> Green @ BehindNotice;
    /// Name einer Kontaktperson.
    PersonName "person_name" Person Kind::Line, One, Red -> Green OfThePerson @ BehindNotice;
    /// Telefon einer Kontaktperson.
    PersonPhone "person_phone" Person Kind::Phone, Many, Red -> Green OfThePerson @ BehindNotice;
    /// E-Mail einer Kontaktperson.
    PersonEmail "person_email" Person Kind::Email, Many, Red -> Green OfThePerson @ BehindNotice;
    /// Anschrift einer Kontaktperson.
    PersonAddress "person_address" Person Kind::Venue, One, Red -> Red OfThePerson;
    /// Gruppengröße.
    Size "size" Internal Kind::Number, One, Red -> Green;
    /// Freie Plätze.
    FreePlaces "free_places" Internal Kind::Number, One, Red -> Green;
    /// Förderkategorie.
    Funding "funding" Internal Kind::Line, One, Red -> Red;
    /// Bankverbindung.
    BankAccount "bank_account" Internal Kind::Line, One, Red -> Red;
    /// Einwilligung zu erfassen: was die alte Liste dazu sagte.
    ConsentToRecord "consent_to_record" Internal Kind::Line, Many, Red -> Red;
    /// Zuletzt bestätigt am.
    ConfirmedOn "confirmed_on" Internal Kind::Date, One, Green -> Green;
    /// Zuletzt bestätigt durch.
    ConfirmedBy "confirmed_by" Internal Kind::Line, One, Red -> Red;
}

impl Field {
    /// Reads [`Field::code`] back, in exactly that form.
    pub fn from_code(code: &str) -> Option<Self> {
        let Some(id) = code.strip_prefix(OWN) else { return Self::built_in_from_code(code) };
        FieldId::from_str(id).ok().map(Self::Own).filter(|field| field.code() == code)
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.code())
    }
}

impl Serialize for Field {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.code())
    }
}

impl<'de> Deserialize<'de> for Field {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = Cow::<'de, str>::deserialize(deserializer)?;
        Self::from_code(&code).ok_or_else(|| serde::de::Error::custom("no such field"))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{BUILT_IN, ConsentNeed, Field, Section};
    use crate::{FieldId, Light};

    #[test]
    fn every_field_finds_its_own_definition() {
        for def in BUILT_IN {
            assert_eq!(def.field.built_in(), Some(def));
            assert_eq!(Field::from_code(&def.field.code()), Some(def.field));
            let kept = serde_json::to_string(&def.field).unwrap();
            assert_eq!(kept, format!("\"{}\"", def.field.code()));
            assert_eq!(serde_json::from_str::<Field>(&kept).unwrap(), def.field);
        }
        assert_eq!(BUILT_IN.iter().map(|def| def.field.code()).collect::<HashSet<_>>().len(), BUILT_IN.len());
    }

    #[test]
    fn a_field_of_an_office_reads_back_in_one_form_only() {
        let own = Field::Own(FieldId::from_u128(0xab));
        assert_eq!(own.code(), "own_000000000000000000000000000000ab");
        assert_eq!(Field::from_code(&own.code()), Some(own));
        for other in
            ["own_", "own_ab", "own_000000000000000000000000000000AB", "own_00000000-0000-0000-0000-0000000000ab"]
        {
            assert_eq!(Field::from_code(other), None, "{other}");
        }
    }

    #[test]
    fn no_default_is_more_open_than_its_ceiling() {
        for def in BUILT_IN {
            assert!(def.default <= def.ceiling, "{}", def.field);
        }
    }

    #[test]
    fn everything_about_a_person_starts_red_and_needs_consent() {
        for def in BUILT_IN.iter().filter(|d| d.section == Section::Person) {
            assert_eq!((def.default, def.consent), (Light::Red, ConsentNeed::OfThePerson), "{}", def.field);
        }
    }
}
