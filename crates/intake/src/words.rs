//! The words of a text, for two questions: are two texts the same, and is all of a cell somewhere.

use unicode_normalization::UnicodeNormalization;

/// Words in small letters, without signs: letters and digits only.
pub fn words(text: &str) -> Vec<String> {
    let text: String = text.nfc().collect();
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

/// What two spellings of a name have in common: small letters, umlauts as two letters, no signs.
pub fn folded(text: &str) -> String {
    words(text).join(" ").replace('ä', "ae").replace('ö', "oe").replace('ü', "ue").replace('ß', "ss")
}

/// Words that only join or announce what stands beside them.
const JOINING: &[&str] = &[
    "oder", "und", "u", "tel", "telefon", "fon", "tel", "e", "mail", "email", "mailto", "at", "ät", "dot", "punkt",
    "mobil", "handy", "nr",
];

/// Whether everything in `cell` is also in `kept`, word for word; only joining words may be missing. A cell without any
/// word ("?", "✓") must be there as it is.
pub fn is_kept(cell: &str, kept: &str) -> bool {
    let cell = cell.trim();
    let wanted = words(cell);
    if wanted.is_empty() {
        return kept.contains(cell);
    }
    let mut there = words(kept);
    let mut only_joining = true;
    for word in &wanted {
        if let Some(place) = there.iter().position(|found| found == word) {
            there.swap_remove(place);
            only_joining = false;
        } else if !JOINING.contains(&word.as_str()) {
            return false;
        }
    }
    !only_joining
}

#[cfg(test)]
mod tests {
    use super::is_kept;

    #[test]
    fn only_joining_words_and_signs_may_go() {
        assert!(is_kept("030 1 23 oder 040/4", "040 4, 030 1 23"));
        assert!(is_kept("a.b (at) example.org", "a.b@example.org"));
        assert!(!is_kept("030 1 23 privat", "030 1 23"));
        assert!(!is_kept("5 5", "5"), "every word counts as often as it is there");
        assert!(!is_kept("?", "ja"));
        assert!(!is_kept("oder", "ja"));
    }
}
