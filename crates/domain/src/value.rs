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
    /// Enough of the value for those who know it to know it again, and no more: of a number its last two digits, of a mail
    /// address the first letters of its name and place, of a text the first letters of two words. Of one of a few, of a number,
    /// a day, and of what is too short, nothing: any part would be all of it.
    pub fn masked(&self) -> String {
        match self {
            Self::Phone { number, .. } => {
                let digits: Vec<char> = number.as_str().chars().filter(char::is_ascii_digit).collect();
                match digits.as_slice() {
                    [_, _, _, _, .., tens, ones] => format!("… {tens}{ones}"),
                    _ => "…".to_owned(),
                }
            }
            Self::Email(address) => match address.as_str().split_once('@') {
                Some((name, place)) => {
                    let (house, country) = place.rsplit_once('.').unwrap_or((place, ""));
                    let dot = if country.is_empty() { "" } else { "." };
                    format!("{}@{}{dot}{country}", initial(name), initial(house))
                }
                None => "…".to_owned(),
            },
            Self::Choice(_) | Self::Number(_) | Self::Date(_) => "…".to_owned(),
            Self::Text(_) | Self::Link(_) | Self::Meetings(_) | Self::Venue(_) => initials(&self.plain()),
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

/// "e…"
fn initial(word: &str) -> String {
    let first = word.chars().next().filter(|_| word.chars().nth(1).is_some());
    first.map_or_else(|| "…".to_owned(), |first| format!("{first}…"))
}

/// "K… M…": of at most two words, and of no more than a third of the characters.
fn initials(text: &str) -> String {
    let bare = text.trim_start_matches("https://").trim_start_matches("http://");
    let length = bare.trim().chars().count();
    if length == 0 {
        return String::new();
    }
    let most = if length < 4 { 0 } else { (length / 3).min(2) };
    let words = bare.split_whitespace().filter(|word| word.starts_with(char::is_alphabetic));
    let words: Vec<String> = words.take(most).map(initial).collect();
    if words.is_empty() { "…".to_owned() } else { words.join(" ") }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Value, Venue};
    use crate::{EmailAddress, PhoneNumber};

    #[test]
    fn a_mask_says_enough_to_whoever_knows_the_value_and_no_more() {
        let phone = |text: &str| Value::Phone { number: PhoneNumber::parse(text).unwrap(), remark: "ab 18 Uhr".into() };
        let mail = |text: &str| Value::Email(EmailAddress::parse(text).unwrap());
        let place = Venue { street: "Lindenweg 4".into(), town: "Leipzig".into(), ..Venue::default() };
        for (value, mask) in [
            (phone("030 1234567845"), "… 45"),
            (mail("kontakt-regenbogen@example.org"), "k…@e….org"),
            (Value::Text("Erika Beispiel".into()), "E… B…"),
            (Value::Text("Klingel bei Sonnenschein".into()), "K… b…"),
            (Value::Text("Anna".into()), "A…"),
            (Value::Text("abc".into()), "…"),
            (Value::Text(String::new()), ""),
            (Value::Link("https://beispiel.example/raum".into()), "b…"),
            (Value::Choice("yes".into()), "…"),
            (Value::Number(12), "…"),
            (Value::Date(jiff::civil::date(2026, 1, 1)), "…"),
            (Value::Venue(place), "L… L…"),
        ] {
            assert_eq!(value.masked(), mask, "{value:?}");
        }
    }

    proptest! {
        #[test]
        fn a_mask_shows_at_most_a_third_of_a_text(text in "\\PC{0,40}") {
            let shown = Value::Text(text.clone()).masked().chars().filter(|c| *c != '…' && *c != ' ').count();
            prop_assert!(shown <= 2 && shown * 3 <= text.chars().count());
        }
    }
}
