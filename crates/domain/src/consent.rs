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
    /// Withdrawn: it opens nothing any more.
    pub withdrawn: bool,
}

/// The wording read out or signed in this version of the product.
pub const WORDING: &str = "2026-11";
