//! Languages of the screen: German (the original) and English, both complete.
//!
//! Texts live in `locales/{de,en}/*.ftl`. [`Lang::t`] gives a text without parts; what is looked up once is kept, so a
//! page of three hundred groups does not ask Fluent a thousand times.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{LazyLock, PoisonError, RwLock};

use axum::http::{HeaderMap, header};
use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::{LanguageIdentifier, Loader, langid};
use jiff::civil::{Date, Weekday};

fluent_templates::static_loader! {
    static TEXTS = {
        locales: "./locales",
        fallback_language: "de",
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

static DE: LanguageIdentifier = langid!("de");
static EN: LanguageIdentifier = langid!("en");

type Known = HashMap<(Lang, Cow<'static, str>), &'static str>;
static KNOWN: LazyLock<RwLock<Known>> = LazyLock::new(RwLock::default);

/// What stands on the page where a text is missing; a test makes sure that none is.
const MISSING: &str = "⟨…⟩";

/// A language of the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Lang {
    /// Deutsch, the original.
    #[default]
    De,
    /// English.
    En,
}

impl Lang {
    /// All languages, as offered.
    pub const ALL: [Self; 2] = [Self::De, Self::En];

    /// The word in `lang` attributes, cookies and addresses (BCP 47).
    pub const fn code(self) -> &'static str {
        match self {
            Self::De => "de",
            Self::En => "en",
        }
    }

    /// Reads [`Lang::code`] back.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lang| lang.code() == code)
    }

    /// The other one, for the link that switches.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::De => Self::En,
            Self::En => Self::De,
        }
    }

    /// The language's name in itself.
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::De => "Deutsch",
            Self::En => "English",
        }
    }

    fn id(self) -> &'static LanguageIdentifier {
        match self {
            Self::De => &DE,
            Self::En => &EN,
        }
    }

    /// The language a request asks for: what was chosen, else what the browser prefers, else German.
    pub fn of_request(chosen: Option<&str>, headers: &HeaderMap) -> Self {
        chosen.and_then(Self::from_code).unwrap_or_else(|| {
            let accepted =
                headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
            Self::preferred(accepted)
        })
    }

    /// The best of an `Accept-Language` header (RFC 9110 § 12.5.4): highest weight first, then as written.
    fn preferred(accepted: &str) -> Self {
        let mut best = (Self::De, 0.0_f32);
        for part in accepted.split(',').take(20) {
            let (range, params) = part.split_once(';').unwrap_or((part, ""));
            let weight = params.trim().strip_prefix("q=").map_or(1.0, |q| q.trim().parse().unwrap_or(0.0));
            let primary = range.trim().split('-').next().unwrap_or_default().to_ascii_lowercase();
            if let Some(lang) = Self::from_code(&primary)
                && weight > best.1
            {
                best = (lang, weight);
            }
        }
        best.0
    }

    /// The text of a key that has no parts.
    pub fn t(self, key: &str) -> &'static str {
        let known = KNOWN.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(text) = known.get(&(self, Cow::Borrowed(key)) as &(Lang, Cow<'_, str>)) {
            return text;
        }
        drop(known);
        let Some(text) = TEXTS.try_lookup(self.id(), key) else {
            tracing::warn!(key, lang = self.code(), "a text is missing");
            return MISSING;
        };
        // Bounded: only keys that exist get here, once each.
        let text: &'static str = text.leak();
        let mut known = KNOWN.write().unwrap_or_else(PoisonError::into_inner);
        known.entry((self, Cow::Owned(key.to_owned()))).or_insert(text)
    }

    /// The text of a code: `choice("format", "on_site")` is the key `format-on-site`.
    pub fn choice(self, prefix: &str, code: &str) -> &'static str {
        self.t(&format!("{prefix}-{}", code.replace('_', "-")))
    }

    /// Whether a text of this key exists.
    pub fn has(self, key: &str) -> bool {
        TEXTS.lookup_no_default_fallback::<&str>(self.id(), key, None).is_some()
    }

    /// A text with a count, where there is one of this key.
    pub fn known_count(self, key: &str, count: usize) -> Option<String> {
        let parts: HashMap<Cow<'static, str>, FluentValue<'_>> = [(Cow::Borrowed("count"), count.into())].into();
        TEXTS.lookup_no_default_fallback(self.id(), key, Some(&parts))
    }

    /// A text with one part.
    pub fn t1(self, key: &str, name: &'static str, value: impl Into<FluentValue<'static>>) -> String {
        self.tx(key, [(name, value.into())])
    }

    /// A text with a count, which chooses singular or plural.
    pub fn tn(self, key: &str, count: usize) -> String {
        self.t1(key, "count", count)
    }

    /// A text with several parts.
    pub fn tx<const N: usize>(self, key: &str, parts: [(&'static str, FluentValue<'static>); N]) -> String {
        let parts: HashMap<Cow<'static, str>, FluentValue<'_>> =
            parts.into_iter().map(|(name, value)| (Cow::Borrowed(name), value)).collect();
        TEXTS.try_lookup_with_args(self.id(), key, &parts).unwrap_or_else(|| {
            tracing::warn!(key, lang = self.code(), "a text is missing");
            MISSING.to_owned()
        })
    }

    /// "22. November 2026", "22 November 2026".
    pub fn date(self, date: Date) -> String {
        let month = self.t(&format!("month-{}", date.month()));
        match self {
            Self::De => format!("{}. {month} {}", date.day(), date.year()),
            Self::En => format!("{} {month} {}", date.day(), date.year()),
        }
    }

    /// The day of the week.
    pub fn weekday(self, day: Weekday) -> &'static str {
        self.t(&format!("weekday-{}", day.to_monday_one_offset()))
    }
}

#[cfg(test)]
mod tests {
    use super::Lang;

    #[test]
    fn the_browsers_preference_decides_and_german_is_the_rest() {
        assert_eq!(Lang::preferred(""), Lang::De);
        assert_eq!(Lang::preferred("fr,pl;q=0.9"), Lang::De);
        assert_eq!(Lang::preferred("en-GB,en;q=0.9,de;q=0.8"), Lang::En);
        assert_eq!(Lang::preferred("de-AT,en;q=0.9"), Lang::De);
        assert_eq!(Lang::preferred("fr, en;q=0.2, de;q=0.1"), Lang::En);
        assert_eq!(Lang::preferred("en;q=nan,;;;,de"), Lang::De);
    }

    #[test]
    fn dates_are_written_as_people_do() {
        let date = jiff::civil::date(2026, 3, 9);
        assert_eq!(Lang::De.date(date), "9. März 2026");
        assert_eq!(Lang::En.date(date), "9 March 2026");
        assert_eq!(Lang::De.weekday(date.weekday()), "Montag");
    }
}
