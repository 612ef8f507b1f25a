//! Who agreed that which of their items may be open, when and how (Art. 7 (1) GDPR: the controller must be able to show it).

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{ConsentId, ItemId, Light, PersonId};

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
}

impl Channel {
    /// All channels, as offered.
    pub const ALL: [Self; 4] = [Self::InPerson, Self::Phone, Self::Paper, Self::Mail];

    /// The word used in databases and forms.
    pub const fn code(self) -> &'static str {
        match self {
            Self::InPerson => "in_person",
            Self::Phone => "phone",
            Self::Paper => "paper",
            Self::Mail => "mail",
        }
    }

    /// Reads [`Channel::code`] back.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.code() == code)
    }
}

/// Whether a consent counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ConsentState {
    /// It counts.
    InForce,
    /// A newer one took its place; nobody withdrew it.
    Replaced,
    /// The person changed their mind: it opens nothing any more.
    Withdrawn,
}

/// A person's agreement that one item may be as open as `light`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsentReceipt {
    /// Its id.
    pub id: ConsentId,
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
    /// Whether it counts.
    pub state: ConsentState,
}

impl ConsentReceipt {
    /// Whether it counts.
    pub fn in_force(&self) -> bool {
        self.state == ConsentState::InForce
    }
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
    use super::{WORDING, WORDINGS, Wording};

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

    /// FNV-1a (64 bits): enough against an edit by mistake.
    fn fingerprint(text: &str) -> u64 {
        text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
    }
}
