//! What an item says.

use serde::{Deserialize, Serialize};

use crate::{EmailAddress, PhoneNumber, Schedule};

/// A place where people meet or live.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Venue {
    /// The house or room: "Nachbarschaftszentrum, Raum 2".
    pub name: String,
    /// Street and number.
    pub street: String,
    /// German postal code (five digits) or empty.
    pub postcode: String,
    /// Town.
    pub town: String,
    /// Part of town (Ortsteil).
    pub district: String,
}

impl Venue {
    /// On one line, empty parts left out.
    pub fn line(&self) -> String {
        let town = [self.postcode.as_str(), self.town.as_str()].join(" ");
        [self.name.as_str(), self.street.as_str(), town.trim(), self.district.as_str()]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(", ")
    }
}

/// What an item says. The field decides which variant is right ([`crate::catalogue::Kind`]).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// Free text, at most 10,000 characters.
    Text(String),
    /// A web address, `http` or `https` only.
    Link(String),
    /// One of the field's choices, by code.
    Choice(String),
    /// A whole number.
    Number(u32),
    /// A day.
    Date(jiff::civil::Date),
    /// When the group meets.
    Meetings(Schedule),
    /// Where.
    Venue(Venue),
    /// A mail address.
    Email(EmailAddress),
    /// A phone number, with what was said about it ("ab 18 Uhr").
    Phone {
        /// The number.
        number: PhoneNumber,
        /// "ab 18 Uhr, AB"
        remark: String,
    },
}

impl Value {
    /// Enough of the value for those who know it to know it again, and no more: of a number its last two digits, of an
    /// address its first letter and where it is, of everything else the first letter.
    pub fn masked(&self) -> String {
        let first = |text: &str| text.chars().next().map(|one| format!("{one} …")).unwrap_or_default();
        match self {
            Self::Phone { number, .. } => {
                let digits: Vec<char> = number.as_str().chars().filter(char::is_ascii_digit).collect();
                let last = digits.get(digits.len().saturating_sub(2)..).unwrap_or_default();
                format!("… {}", last.iter().collect::<String>())
            }
            Self::Email(address) => match address.as_str().split_once('@') {
                Some((name, place)) => format!("{}…@{place}", name.chars().next().unwrap_or('…')),
                None => "…".to_owned(),
            },
            Self::Number(_) | Self::Date(_) => "…".to_owned(),
            other => first(&other.plain()),
        }
    }

    /// The value as one line of text, as staff would read it out. Schedules give their own words.
    pub fn plain(&self) -> String {
        match self {
            Self::Text(text) | Self::Link(text) | Self::Choice(text) => text.clone(),
            Self::Number(number) => number.to_string(),
            Self::Date(date) => date.to_string(),
            Self::Meetings(schedule) => schedule.text.clone(),
            Self::Venue(venue) => venue.line(),
            Self::Email(address) => address.as_str().to_owned(),
            Self::Phone { number, remark } if remark.is_empty() => number.as_str().to_owned(),
            Self::Phone { number, remark } => format!("{} ({remark})", number.as_str()),
        }
    }
}
