//! The language someone wants to be addressed in.

use serde::{Deserialize, Serialize};

/// A language of the house.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Deutsch.
    De,
    /// English.
    En,
}

impl Language {
    /// All languages, as offered.
    pub const ALL: [Self; 2] = [Self::De, Self::En];

    /// The word used in forms (BCP 47).
    pub const fn code(self) -> &'static str {
        match self {
            Self::De => "de",
            Self::En => "en",
        }
    }

    /// Reads [`Language::code`] back.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.code() == code)
    }
}
