//! The built-in field catalogue: what an item may be, its default light and the most open light it may ever have.

use serde::{Deserialize, Serialize};

use crate::Light;
use crate::Light::{Green, Red, Yellow};

/// Where a field stands on forms and pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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

/// What kind of value a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// One line of text, at most 200 characters.
    Line,
    /// Text of several lines, at most 10,000 characters.
    Text,
    /// One of these codes.
    Choice(&'static [&'static str]),
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

/// What a field may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldDef {
    /// The field.
    pub field: Field,
    /// The word used in databases, forms and translations.
    pub code: &'static str,
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
}

macro_rules! catalogue {
    ($($(#[$doc:meta])* $name:ident $code:literal $section:ident $kind:expr, $count:ident, $default:ident -> $ceiling:ident $($consent:ident)? $(@ $shown:ident)?;)+) => {
        /// A field of the built-in catalogue.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Field { $($(#[$doc])* $name),+ }

        /// Every field, in the order of forms and pages.
        pub const CATALOGUE: &[FieldDef] = &[$(FieldDef {
            field: Field::$name,
            code: $code,
            section: Section::$section,
            kind: $kind,
            count: Count::$count,
            default: $default,
            ceiling: $ceiling,
            consent: catalogue!(@consent $($consent)?),
            shown: catalogue!(@shown $($shown)?),
        }),+];
    };
    (@consent) => { ConsentNeed::None };
    (@consent $need:ident) => { ConsentNeed::$need };
    (@shown) => { Shown::OnPage };
    (@shown $shown:ident) => { Shown::$shown };
}

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
    /// What the catalogue says about the field.
    pub fn def(self) -> &'static FieldDef {
        // The catalogue is written in the order of the enum, checked by a test.
        CATALOGUE.get(self as usize).unwrap_or(&CATALOGUE[0])
    }

    /// The word used in databases, forms and translations.
    pub fn code(self) -> &'static str {
        self.def().code
    }

    /// Reads [`Field::code`] back.
    pub fn from_code(code: &str) -> Option<Self> {
        CATALOGUE.iter().find(|def| def.code == code).map(|def| def.field)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{CATALOGUE, ConsentNeed, Field, Section};
    use crate::Light;

    #[test]
    fn every_field_finds_its_own_definition() {
        for def in CATALOGUE {
            assert_eq!(def.field.def(), def);
            assert_eq!(Field::from_code(def.code), Some(def.field));
        }
        assert_eq!(CATALOGUE.iter().map(|d| d.code).collect::<HashSet<_>>().len(), CATALOGUE.len());
    }

    #[test]
    fn no_default_is_more_open_than_its_ceiling() {
        for def in CATALOGUE {
            assert!(def.default <= def.ceiling, "{}", def.code);
        }
    }

    #[test]
    fn everything_about_a_person_starts_red_and_needs_consent() {
        for def in CATALOGUE.iter().filter(|d| d.section == Section::Person) {
            assert_eq!((def.default, def.consent), (Light::Red, ConsentNeed::OfThePerson), "{}", def.code);
        }
    }
}
