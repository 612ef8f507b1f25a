//! Readable parts of public addresses: `heidelberg`, `shg-depression-mitte`.

use std::fmt;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

/// A readable part of an address: `a-z`, `0-9` and single hyphens inside, 1 to 63 characters (one DNS label, RFC 1035).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Slug(String);

/// Why a text is no slug.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SlugError {
    /// Empty or longer than 63 characters.
    #[error("must have 1 to 63 characters")]
    Length,
    /// Something other than letters, digits and inner hyphens.
    #[error("may hold only a-z, 0-9 and single hyphens between them")]
    Character,
}

impl Slug {
    /// Reads a slug; capital letters are folded.
    pub fn parse(text: &str) -> Result<Self, SlugError> {
        let text = text.trim().to_ascii_lowercase();
        if text.is_empty() || text.len() > 63 {
            return Err(SlugError::Length);
        }
        let plain = text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        if !plain || text.starts_with('-') || text.ends_with('-') || text.contains("--") {
            return Err(SlugError::Character);
        }
        Ok(Self(text))
    }

    /// Makes the best slug of a name: umlauts spelled out, everything else folded to hyphens, cut at a word below
    /// `max` characters. A name without a usable letter gives `fallback`.
    pub fn from_name(name: &str, max: usize, fallback: &str) -> Self {
        let mut slug = String::new();
        for c in name.nfc() {
            let c = c.to_lowercase().next().unwrap_or(c);
            match c {
                'ä' => slug.push_str("ae"),
                'ö' => slug.push_str("oe"),
                'ü' => slug.push_str("ue"),
                'ß' => slug.push_str("ss"),
                'a'..='z' | '0'..='9' => slug.push(c),
                _ => match c.nfd().next() {
                    Some(base) if base.is_ascii_alphanumeric() => slug.push(base.to_ascii_lowercase()),
                    _ if slug.ends_with('-') || slug.is_empty() => {}
                    _ => slug.push('-'),
                },
            }
        }
        let mut slug = slug.trim_matches('-').to_owned();
        if slug.len() > max {
            let cut = slug.get(..=max).and_then(|head| head.rfind('-')).unwrap_or(max);
            slug.truncate(cut);
        }
        let slug = slug.trim_matches('-');
        Self(if slug.is_empty() { fallback.to_owned() } else { slug.to_owned() })
    }

    /// The same with a number, for a name that is taken.
    #[must_use]
    pub fn numbered(&self, number: u32) -> Self {
        let tail = format!("-{number}");
        let head = self.0.get(..63 - tail.len()).unwrap_or(&self.0).trim_end_matches('-');
        Self(format!("{head}{tail}"))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Slug {
    type Error = SlugError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<Slug> for String {
    fn from(slug: Slug) -> Self {
        slug.0
    }
}

#[cfg(test)]
mod tests {
    use super::Slug;

    #[test]
    fn names_become_readable() {
        let slug = |name| Slug::from_name(name, 40, "gruppe").to_string();
        assert_eq!(slug("Angehörigengruppe Ängste & Depressionen"), "angehoerigengruppe-aengste-depressionen");
        assert_eq!(slug("„Neuer Mut“ – Straße"), "neuer-mut-strasse");
        assert_eq!(slug("Café Olé"), "cafe-ole");
        assert_eq!(slug("🙂"), "gruppe");
        assert!(Slug::from_name(&"lang ".repeat(50), 40, "x").as_str().len() <= 40);
    }

    #[test]
    fn only_labels_are_slugs() {
        for bad in ["", "-a", "a-", "a--b", "a.b", "ä", &"a".repeat(64)] {
            assert!(Slug::parse(bad).is_err(), "{bad}");
        }
        assert_eq!(Slug::parse(" Heidelberg ").unwrap().as_str(), "heidelberg");
    }
}
