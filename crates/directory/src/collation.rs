//! German alphabetical order (DIN 5007-1): `ä` as `a`, `ß` as `ss`, case and signs ignored.
//!
//! Quotation marks and other signs in front of a name do not count; words like "SHG" do, as they are read.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::words::plain_letters;

/// What a name is sorted by. Names with the same key are told apart by the names themselves.
pub fn key(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    for c in name.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        match plain_letters(c) {
            Some(letters) => key.push_str(letters),
            None if c.is_alphanumeric() => key.push(c),
            None if key.is_empty() || key.ends_with(' ') || matches!(c, '\'' | '’') => {}
            None => key.push(' '),
        }
    }
    key.truncate(key.trim_end().len());
    key
}

#[cfg(test)]
mod tests {
    use super::key;

    #[test]
    fn names_stand_in_german_order() {
        let mut names =
            ["Zwang", "„Ängste“", "Angst", "Arthrose", "Äpfel", "angst und Panik", "Straße", "Strasse 2", "Öl"];
        names.sort_by_key(|name| key(name));
        assert_eq!(
            names,
            ["Angst", "angst und Panik", "„Ängste“", "Äpfel", "Arthrose", "Öl", "Straße", "Strasse 2", "Zwang"]
        );
    }
}
