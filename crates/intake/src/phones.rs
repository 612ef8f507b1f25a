//! Phone numbers out of cells: several of them, with remarks, among names.

use domain::PhoneNumber;

/// A number and what was said about it: "ab 18 Uhr, AB".
pub type Phone = (PhoneNumber, String);

/// Phones found in a text, and the text without them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// In the order of the text.
    pub phones: Vec<Phone>,
    /// What is left.
    pub rest: String,
}

/// What a text may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Among {
    /// A column of numbers: those without area code count too.
    Numbers,
    /// Anything: only what begins with 0 or + counts.
    AnyText,
}

/// Words before a number that say nothing a number does not.
const LABELS: &[&str] = &["tel", "telefon", "fon", "phone", "telefonnummer", "telefonnr", "ruf"];
/// Words before a number that are kept as its remark.
const KINDS: &[&str] = &["mobil", "handy", "fax", "privat", "dienstlich", "dienstl", "büro", "d", "p", "m"];

/// Finds all numbers.
pub fn find(text: &str, among: Among) -> Found {
    let mut found = Found::default();
    let mut left = text;
    loop {
        let Some((start, length)) = first_number(left, among) else {
            found.rest.push_str(left);
            break;
        };
        let (before, label) = label(&left[..start]);
        found.rest.push_str(before);
        let written = left[start..start + length].trim_end_matches(|c: char| !c.is_ascii_digit());
        left = &left[start + written.len()..];
        let (remark, after) = remark(left);
        left = after;
        let remark = match (label, remark) {
            ("", remark) => remark.to_owned(),
            (label, "") => label.to_owned(),
            (label, remark) => format!("{label}, {remark}"),
        };
        match PhoneNumber::parse(written) {
            Ok(number) => found.phones.push((number, remark)),
            Err(_) => found.rest.push_str(written),
        }
        found.rest.push(' ');
    }
    found.rest = tidy(&found.rest);
    found
}

/// The next number: where it begins and how long it is, in bytes.
fn first_number(text: &str, among: Among) -> Option<(usize, usize)> {
    let mut before = ' ';
    for (start, c) in text.char_indices() {
        let opens = match among {
            Among::Numbers => c.is_ascii_digit() || c == '+',
            Among::AnyText => c == '0' || c == '+',
        };
        // "(0341) 12 34" begins at its bracket, "(ab 18 Uhr)" does not
        let bracket = c == '(' && text[start + 1..].starts_with('0');
        if (opens || bracket) && !before.is_alphanumeric() && before != '+' && before != '.' {
            let length = run(&text[start..]);
            let written = &text[start..start + length];
            let digits = written.chars().filter(char::is_ascii_digit).count();
            let least = if among == Among::Numbers { 4 } else { 6 };
            if (least..=15).contains(&digits)
                && !is_date(written)
                && !is_time(written)
                && !goes_on(&text[start + length..])
            {
                return Some((start, length));
            }
        }
        before = c;
    }
    None
}

/// Whether a word hangs on: "14-tägig", "100m".
fn goes_on(after: &str) -> bool {
    after.starts_with(char::is_alphabetic)
}

/// How far digits and the signs between them go. A new number begins after " / ", " - " or a space when what was read
/// is long enough and what follows begins with an area code.
fn run(text: &str) -> usize {
    let mut digits = 0;
    let mut gap = String::new();
    let mut end = 0;
    for (at, c) in text.char_indices() {
        if c.is_ascii_digit() || (c == '+' && at == 0) {
            let wide = gap.contains(" /") || gap.contains("/ ") || gap.contains(" -") || gap.contains(" –");
            let area = text[at..].starts_with('0') && digits >= 6;
            if !gap.is_empty() && area && (wide || (digits >= 10 && area_code(&text[at..]))) {
                break;
            }
            digits += usize::from(c.is_ascii_digit());
            gap.clear();
            end = at + c.len_utf8();
        } else if " /-–().\u{a0}".contains(c) && gap.chars().count() < 4 {
            if c == '(' && digits > 3 {
                break;
            }
            gap.push(c);
        } else {
            break;
        }
    }
    end
}

/// Whether this could open a number of its own: an area code, a divider, and enough digits after it. The last group of
/// "030 23125 086" begins with 0 too, but nothing follows.
fn area_code(text: &str) -> bool {
    let group: String = text.chars().take_while(char::is_ascii_digit).collect();
    let after: usize = text[group.len()..]
        .chars()
        .take_while(|c| c.is_ascii_digit() || " -–\u{a0}".contains(*c))
        .filter(char::is_ascii_digit)
        .count();
    group.len() >= 10 || (group.len() >= 3 && after >= 4)
}

fn is_date(written: &str) -> bool {
    let parts: Vec<&str> = written.trim_matches(|c: char| !c.is_ascii_digit()).split('.').collect();
    matches!(parts.as_slice(), [day, month, year]
        if day.len() <= 2 && month.len() <= 2 && (year.len() == 4 || year.len() == 2))
}

/// "09.00 - 11.00"
fn is_time(written: &str) -> bool {
    let groups: Vec<&str> = written.split(|c: char| !c.is_ascii_digit()).filter(|group| !group.is_empty()).collect();
    written.contains('.') && groups.len() <= 4 && groups.iter().all(|group| group.len() == 2)
}

/// Whether a text holds a number or a mail address.
pub fn has_contact(text: &str) -> bool {
    !find(text, Among::AnyText).phones.is_empty() || !crate::mails::find(text).mails.is_empty()
}

/// Splits a label off the end of what stands before a number.
fn label(before: &str) -> (&str, &str) {
    let trimmed = before.trim_end_matches(|c: char| c.is_whitespace() || c == ':' || c == '.');
    let start = trimmed
        .rfind(|c: char| !c.is_alphabetic())
        .map_or(0, |at| at + trimmed[at..].chars().next().map_or(1, char::len_utf8));
    let word = &trimmed[start..];
    let small = word.to_lowercase();
    if LABELS.contains(&small.as_str()) {
        (&before[..start], "")
    } else if KINDS.contains(&small.as_str()) {
        (&before[..start], word)
    } else {
        (before, "")
    }
}

/// A remark in brackets right after a number.
fn remark(after: &str) -> (&str, &str) {
    let trimmed = after.trim_start();
    if let Some(inside) = trimmed.strip_prefix('(')
        && let Some(end) = inside.find(')')
        && inside[..end].chars().any(char::is_alphabetic)
        && !inside[..end].contains('@')
    {
        return (inside[..end].trim(), &inside[end + 1..]);
    }
    ("", after)
}

/// The rest without the words and signs that joined the numbers.
fn tidy(rest: &str) -> String {
    let joins = ["oder", "und", "u.", "o.", "bzw.", "/", "|", "-", "–", ",", ";", ":", "od."];
    let mut words: Vec<&str> = rest.split_whitespace().collect();
    while words.last().is_some_and(|word| joins.contains(word)) {
        words.pop();
    }
    while words.first().is_some_and(|word| joins.contains(word)) {
        words.remove(0);
    }
    words.join(" ").trim_matches(|c: char| c.is_whitespace() || ",;|".contains(c)).to_owned()
}

#[cfg(test)]
mod tests {
    use super::{Among, find};

    fn read(text: &str, among: Among) -> (Vec<String>, String) {
        let found = find(text, among);
        let phones = found.phones.iter().map(|(number, remark)| match remark.as_str() {
            "" => number.as_str().to_owned(),
            remark => format!("{} [{remark}]", number.as_str()),
        });
        (phones.collect(), found.rest)
    }

    #[test]
    fn columns_of_numbers_are_read() {
        for (text, phones) in [
            ("02214710021 oder +49 30 23125 086", vec!["02214710021", "+49 30 23125 086"]),
            ("030 23125 061 (ab 18 Uhr, AB)", vec!["030 23125 061 [ab 18 Uhr, AB]"]),
            ("0171-39200-13 oder +49 221 4710 018", vec!["0171-39200-13", "+49 221 4710 018"]),
            ("0221/4710 048 oder 0221/4710 077", vec!["0221/4710 048", "0221/4710 077"]),
            ("0221 4710 081 / 0171 39200 11", vec!["0221 4710 081", "0171 39200 11"]),
            ("0221 4710 081, 0171 39200 11; 030 23125 001", vec!["0221 4710 081", "0171 39200 11", "030 23125 001"]),
            ("030 23125 086 0171 39200 11", vec!["030 23125 086", "0171 39200 11"]),
            ("Tel.: 0221 4710 081\nMobil: 0171 39200 11", vec!["0221 4710 081", "0171 39200 11 [Mobil]"]),
            ("(0341) 23 12 50", vec!["(0341) 23 12 50"]),
            ("+49 (0)30 23125 086", vec!["+49 (0)30 23125 086"]),
            ("23125", vec!["23125"]),
            ("03 51 / 488 13 80", vec!["03 51 / 488 13 80"]),
            ("0171 39200–11", vec!["0171 39200–11"]),
        ] {
            assert_eq!(
                read(text, Among::Numbers),
                (phones.iter().map(ToString::to_string).collect(), String::new()),
                "{text}"
            );
        }
    }

    #[test]
    fn numbers_are_taken_out_of_text_and_nothing_else_is() {
        for (text, phones, rest) in [
            ("Reno Stift / Otto Rot, 0221 4710 081", vec!["0221 4710 081"], "Reno Stift / Otto Rot"),
            ("Dürrmann, Edgar, 03023125061", vec!["03023125061"], "Dürrmann, Edgar"),
            ("Frau Meyer, 030 23125 074 oder 0221 4710 089", vec!["030 23125 074", "0221 4710 089"], "Frau Meyer"),
            ("Manfred Warm, 0171-39200-34 (ab 18 Uhr, AB)", vec!["0171-39200-34 [ab 18 Uhr, AB]"], "Manfred Warm"),
            ("Frau Hase", vec![], "Frau Hase"),
            ("seit 03.11.2025", vec![], "seit 03.11.2025"),
            ("Gruppe 2, 04107 Leipzig", vec![], "Gruppe 2, 04107 Leipzig"),
            ("09.00 - 11.00 Uhr", vec![], "09.00 - 11.00 Uhr"),
            ("abends (ab 18 Uhr)", vec![], "abends (ab 18 Uhr)"),
            ("Raum 01234567a", vec![], "Raum 01234567a"),
        ] {
            assert_eq!(
                read(text, Among::AnyText),
                (phones.iter().map(ToString::to_string).collect(), rest.to_owned()),
                "{text}"
            );
        }
    }
}
