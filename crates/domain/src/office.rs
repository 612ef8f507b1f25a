//! The office itself: what it says about itself in public, its legal regime, and what it must have before it goes live.

use serde::{Deserialize, Serialize};

/// Which data protection law the office's carrier is under.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Regime {
    /// General Data Protection Regulation.
    #[serde(rename = "DSGVO")]
    Dsgvo,
    /// Gesetz über den Kirchlichen Datenschutz (Catholic).
    #[serde(rename = "KDG")]
    Kdg,
    /// Datenschutzgesetz der EKD (Protestant).
    #[serde(rename = "DSG-EKD")]
    DsgEkd,
}

impl Regime {
    /// All, as offered.
    pub const ALL: [Self; 3] = [Self::Dsgvo, Self::Kdg, Self::DsgEkd];

    /// The word used on screen, in forms and in databases.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Dsgvo => "DSGVO",
            Self::Kdg => "KDG",
            Self::DsgEkd => "DSG-EKD",
        }
    }

    /// Reads [`Regime::code`] back.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|regime| regime.code() == code)
    }
}

/// Whether the public can see the directory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Visibility {
    /// Being set up: the public sees that the office is preparing its directory.
    Setup,
    /// Public with a visible note, not indexed: no processing contract is recorded yet.
    Trial,
    /// Public.
    Live,
    /// Taken offline by the office.
    Offline,
}

impl Visibility {
    /// The word used in databases.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Setup => "setup",
            Self::Trial => "trial",
            Self::Live => "live",
            Self::Offline => "offline",
        }
    }

    /// Reads [`Visibility::code`] back.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Setup, Self::Trial, Self::Live, Self::Offline].into_iter().find(|v| v.code() == code)
    }

    /// Whether the directory can be read by everyone.
    pub const fn is_public(self) -> bool {
        matches!(self, Self::Trial | Self::Live)
    }
}

/// What the office says about itself in public. Everything here is public by decision of the office.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OfficeProfile {
    /// "Selbsthilfekontaktstelle Musterstadt"
    pub name: String,
    /// Träger.
    pub carrier: String,
    /// Street and number.
    pub street: String,
    /// Postal code.
    pub postcode: String,
    /// Town.
    pub town: String,
    /// Public phone.
    pub phone: String,
    /// Public mail address.
    pub email: String,
    /// "Mo–Do 9–12 Uhr"
    pub hours: String,
    /// A short text about the office.
    pub about: String,
    /// Impressum (§ 5 DDG).
    pub imprint: String,
    /// Datenschutzhinweise (Art. 13 GDPR).
    pub privacy: String,
    /// What is read before a contact is shown (procedure, netiquette); empty: the built-in text.
    pub notice: String,
}

/// What must be there before the directory is public.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "a checklist is a row of ticks")]
pub struct Checklist {
    /// An imprint is written.
    pub imprint: bool,
    /// A privacy notice is written.
    pub privacy: bool,
    /// A phone number or a mail address is there: whoever finds no contact of a group asks the office.
    pub reachable: bool,
    /// At least one active group with something green.
    pub group: bool,
    /// A processing contract (Art. 28 GDPR, § 29 KDG, § 30 DSG-EKD) is recorded.
    pub contract: bool,
}

impl Checklist {
    /// The most public state the office may have now: without a contract a trial, without imprint, privacy notice,
    /// way to reach it or group nothing.
    pub const fn allows(self) -> Option<Visibility> {
        match (self.imprint && self.privacy && self.reachable && self.group, self.contract) {
            (false, _) => None,
            (true, false) => Some(Visibility::Trial),
            (true, true) => Some(Visibility::Live),
        }
    }
}
