//! Dates as they stand in lists: "12.03.24", "05/2024", "Mrz 2023", "2025-06-01", "3.11.2025", an Excel serial.

use jiff::civil::Date;

/// How exactly a day is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Read {
    /// The day.
    Day(Date),
    /// Only the month; its first day, the earliest that can be meant.
    Month(Date),
    /// Only the year; its first day.
    Year(Date),
}

impl Read {
    /// The day, or the earliest that can be meant.
    pub const fn earliest(self) -> Date {
        match self {
            Self::Day(date) | Self::Month(date) | Self::Year(date) => date,
        }
    }
}

/// Reads a date. Nothing else may stand beside it.
pub fn read(text: &str) -> Option<Read> {
    let text = text.trim().trim_end_matches('.');
    if let Ok(date) = text.get(..10).unwrap_or(text).parse::<Date>() {
        let rest = text.get(10..).unwrap_or_default();
        let time_only = rest.chars().all(|c| c.is_ascii_digit() || " T:.Z".contains(c));
        return time_only.then_some(Read::Day(date));
    }
    if text.len() == 5 && text.bytes().all(|b| b.is_ascii_digit()) {
        return serial(text.parse().ok()?);
    }
    let parts: Vec<&str> =
        text.split(|c: char| c.is_whitespace() || "./-–,".contains(c)).filter(|part| !part.is_empty()).collect();
    match parts.as_slice() {
        [day, month, year] => {
            let date = Date::new(self::year(year)?, self::month(month)?, small(day)?).ok()?;
            Some(Read::Day(date))
        }
        [month, year] if year.len() == 4 || self::name(month).is_some() => {
            Some(Read::Month(Date::new(self::year(year)?, self::month(month)?, 1).ok()?))
        }
        [only] if only.len() == 4 => {
            let year = self::year(only)?;
            (1900..2100).contains(&year).then_some(())?;
            Some(Read::Year(Date::new(year, 1, 1).ok()?))
        }
        _ => None,
    }
}

/// Days since the end of 1899, for the years 1982 to 2064.
fn serial(days: i32) -> Option<Read> {
    if !(30_000..60_000).contains(&days) {
        return None;
    }
    let date = jiff::civil::date(1899, 12, 30).checked_add(jiff::Span::new().days(days)).ok()?;
    Some(Read::Day(date))
}

fn small(text: &str) -> Option<i8> {
    if text.len() > 2 { None } else { text.parse().ok().filter(|number| *number > 0) }
}

/// Two digits: 1970 to 2069.
fn year(text: &str) -> Option<i16> {
    let text = text.trim_start_matches('\'');
    if !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let number: i16 = text.parse().ok()?;
    match text.len() {
        2 if number < 70 => Some(2000 + number),
        2 => Some(1900 + number),
        4 => Some(number),
        _ => None,
    }
}

fn month(text: &str) -> Option<i8> {
    small(text).or_else(|| name(text))
}

fn name(text: &str) -> Option<i8> {
    const NAMES: [&[&str]; 12] = [
        &["jan", "januar", "jänner"],
        &["feb", "februar", "feber"],
        &["mär", "mrz", "märz", "maerz", "mar"],
        &["apr", "april"],
        &["mai"],
        &["jun", "juni"],
        &["jul", "juli"],
        &["aug", "august"],
        &["sep", "sept", "september"],
        &["okt", "oktober"],
        &["nov", "november"],
        &["dez", "dezember"],
    ];
    let text = text.to_lowercase();
    NAMES.iter().zip(1..).find_map(|(names, number)| names.contains(&text.as_str()).then_some(number))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{Read, read};

    #[test]
    fn five_styles_and_more() {
        for (text, expected) in [
            ("12.03.24", Some(Read::Day(date(2024, 3, 12)))),
            ("05/2024", Some(Read::Month(date(2024, 5, 1)))),
            ("Mrz 2023", Some(Read::Month(date(2023, 3, 1)))),
            ("Sept. 22", Some(Read::Month(date(2022, 9, 1)))),
            ("2025-06-01", Some(Read::Day(date(2025, 6, 1)))),
            ("2025-06-01 00:00:00", Some(Read::Day(date(2025, 6, 1)))),
            ("3.11.2025", Some(Read::Day(date(2025, 11, 3)))),
            ("3. November 2025", Some(Read::Day(date(2025, 11, 3)))),
            ("45756", Some(Read::Day(date(2025, 4, 9)))),
            ("2019", Some(Read::Year(date(2019, 1, 1)))),
            ("31.02.2024", None),
            ("04107", None),
            ("3.11.", None),
            ("12.24", None),
            ("nie", None),
            ("", None),
            ("2025-06-01 telefonisch", None),
            ("ääääääää", None),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }
}
