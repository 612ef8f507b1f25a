//! Readable parts of public addresses: `heidelberg`, `shg-depression-mitte`.

use std::fmt;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

/// A readable part of an address: `a-z`, `0-9` and single hyphens inside, 1 to 63 characters (one DNS label, RFC 1035).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Slug(String);

/// Hexadecimal digits of a slug that says nothing.
const UNSPOKEN: usize = 20;

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

    /// The slug of a group that was never published: random, because a group's name is often a diagnosis, and slugs are
    /// kept in the clear. The first publication replaces it by a readable one.
    pub fn unspoken(ids: &crate::Ids) -> Self {
        let mut random = [0; UNSPOKEN / 2];
        ids.fill(&mut random);
        let digits = random.iter().flat_map(|byte| [byte >> 4, byte & 15]);
        let digits = digits.filter_map(|digit| char::from_digit(u32::from(digit), 16));
        Self(std::iter::once('g').chain(['-']).chain(digits).collect())
    }

    /// Whether it is one of [`Slug::unspoken`]: it says nothing, and stands in no public address.
    pub fn is_unspoken(&self) -> bool {
        let digits = self.0.strip_prefix("g-").unwrap_or_default();
        digits.len() == UNSPOKEN && digits.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
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
    fn a_slug_that_says_nothing_is_known_again() {
        let ids = crate::Ids::new(std::sync::Arc::new(crate::SystemClock), |buffer| buffer.fill(0xa7));
        let slug = Slug::unspoken(&ids);
        assert_eq!((slug.as_str(), slug.is_unspoken()), ("g-a7a7a7a7a7a7a7a7a7a7", true));
        assert_eq!(Slug::parse(slug.as_str()), Ok(slug));
        for name in ["gruppe", "g-mut", "g-a7a7a7a7a7a7a7a7a7a", "shg-a7a7a7a7a7a7a7a7a7a7"] {
            assert!(!Slug::parse(name).unwrap().is_unspoken(), "{name}");
        }
    }

    #[test]
    fn only_labels_are_slugs() {
        for bad in ["", "-a", "a-", "a--b", "a.b", "ä", &"a".repeat(64)] {
            assert!(Slug::parse(bad).is_err(), "{bad}");
        }
        assert_eq!(Slug::parse(" Heidelberg ").unwrap().as_str(), "heidelberg");
    }
}
