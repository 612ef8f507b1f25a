//! Who agreed that which of their items may be open, when and how (Art. 7 (1) GDPR: the controller must be able to show it).

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{ConsentId, ItemId, Light, PersonId, UserId};

/// How the person said so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// Face to face.
    InPerson,
    /// On the phone.
    Phone,
    /// A signed paper, kept by the office.
    Paper,
    /// By mail.
    Mail,
    /// By the person, with a link sent to the person's own mail address.
    Link,
    /// By the person, logged in.
    Login,
    /// By the person, in the wizard of the Datenabgleich.
    Wizard,
}

impl Channel {
    /// All channels.
    pub const ALL: [Self; 7] =
        [Self::InPerson, Self::Phone, Self::Paper, Self::Mail, Self::Link, Self::Login, Self::Wizard];

    /// Those the office hears of and records itself, as offered.
    pub const HEARD: [Self; 4] = [Self::InPerson, Self::Phone, Self::Paper, Self::Mail];

    /// The word used in databases and forms.
    pub const fn code(self) -> &'static str {
        match self {
            Self::InPerson => "in_person",
            Self::Phone => "phone",
            Self::Paper => "paper",
            Self::Mail => "mail",
            Self::Link => "link",
            Self::Login => "login",
            Self::Wizard => "wizard",
        }
    }

    /// Reads [`Channel::code`] back.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.code() == code)
    }
}

/// Whether a consent counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConsentState {
    /// It counts.
    InForce,
    /// A newer one took its place; nobody withdrew it.
    Replaced,
    /// The person changed their mind: it opens nothing any more.
    Withdrawn,
    /// The time the office's policy gives it is over.
    Expired,
}

/// What the person said: to what, how open, when, how, to which text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agreement {
    /// Who agreed.
    pub person: PersonId,
    /// To what.
    pub item: ItemId,
    /// How open it may be at most.
    pub light: Light,
    /// On which day the person said so.
    pub given_on: Date,
    /// How.
    pub channel: Channel,
    /// Which wording was read out or signed.
    pub wording: String,
    /// Where the signed paper is kept, in the office's words; may be empty.
    pub filed: String,
    /// The last day on which it counts; none: until it is withdrawn.
    pub until: Option<Date>,
}

/// A person's agreement that one item may be as open as a light.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsentReceipt {
    /// Its id.
    pub id: ConsentId,
    /// What the person said.
    pub said: Agreement,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// By whom; none: by the person, without an account.
    pub recorded_by: Option<UserId>,
    /// Whether it counts.
    pub state: ConsentState,
    /// When it ceased to count; none: it counts.
    pub ended_at: Option<Timestamp>,
}

impl ConsentReceipt {
    /// Whether it counts.
    pub fn in_force(&self) -> bool {
        self.state == ConsentState::InForce
    }
}

/// So many days before a consent ends, the person is asked again.
pub const REMINDER_DAYS: i64 = 30;

/// The last day of a consent given on a day, where consents count for so many months.
pub fn until(given_on: Date, months: Option<u16>) -> Option<Date> {
    months.map(|months| given_on.saturating_add(jiff::Span::new().months(i64::from(months))))
}

/// A text that is read out or signed, in German as it is kept. Receipts name it by its version, so a text that was once
/// used is never edited: a better one is added with a version of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wording {
    /// What receipts say.
    pub version: &'static str,
    /// What is agreed to, whatever the light.
    pub agreed: &'static str,
    /// What yellow means.
    pub yellow: &'static str,
    /// What green means.
    pub green: &'static str,
    /// That it is free, and how it ends (Art. 7 (3), (4) GDPR).
    pub free: &'static str,
}

/// All wordings there were, the newest last.
pub const WORDINGS: [Wording; 1] = [Wording {
    version: WORDING,
    agreed: "„Ich bin einverstanden, dass die Kontaktstelle diese Angabe so weitergibt, wie wir es hier vereinbaren.",
    yellow: "Gelb heißt: Die Kontaktstelle darf sie einzelnen Menschen nennen, die nach der Gruppe fragen. Im Internet \
             erscheint sie nicht.",
    green: "Grün heißt: Die Kontaktstelle darf sie im Internet veröffentlichen. Dort kann sie jeder Mensch auf der Welt \
            lesen, speichern und weitergeben, ohne sich zu erkennen zu geben.",
    free: "Das ist freiwillig. Ich kann es jederzeit ohne Angabe von Gründen widerrufen; dann wird die Angabe sofort \
           nicht mehr weitergegeben. Was bis dahin geschehen ist, bleibt rechtmäßig.“",
}];

/// The wording read out or signed in this version of the product.
pub const WORDING: &str = "2026-11";

impl Wording {
    /// The one that is used now.
    pub const fn current() -> &'static Self {
        let [.., newest] = &WORDINGS;
        newest
    }

    /// Its paragraphs, in order.
    pub const fn texts(&self) -> [&'static str; 4] {
        let Self { version: _, agreed, yellow, green, free } = self;
        [agreed, yellow, green, free]
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{WORDING, WORDINGS, Wording, until};

    /// Fails when a text is edited that receipts may name. Then it is to be kept, and a new one added with a new version.
    #[test]
    fn a_wording_is_bound_to_its_version() {
        let known: Vec<_> = WORDINGS.iter().map(|one| (one.version, fingerprint(&one.texts().concat()))).collect();
        assert_eq!(known, [("2026-11", 0x4f2d_8a48_00c5_eadf)]);
        assert_eq!(Wording::current().version, WORDING);
    }

    #[test]
    fn whoever_agrees_to_green_hears_of_the_internet() {
        assert!(Wording::current().green.contains("im Internet"));
        assert!(Wording::current().yellow.contains("Im Internet erscheint sie nicht"));
    }

    #[test]
    fn a_consent_ends_on_the_same_day_of_a_later_month_or_its_last() {
        assert_eq!(until(date(2026, 1, 31), Some(1)), Some(date(2026, 2, 28)));
        assert_eq!(until(date(2024, 2, 29), Some(24)), Some(date(2026, 2, 28)));
        assert_eq!(until(date(2026, 1, 31), None), None);
    }

    /// FNV-1a (64 bits): enough against an edit by mistake.
    fn fingerprint(text: &str) -> u64 {
        text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
    }
}
