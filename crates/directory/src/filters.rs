//! The filters of a query: each looks at one published value of a group.

use std::collections::BTreeMap;

use domain::projection::{Green, PublishedGroup};

use crate::Query;
use crate::words::fold;

/// Whether the group passes sector, audience, format, openness and accessibility.
pub(crate) fn pass(group: &PublishedGroup, query: &Query) -> bool {
    let sector = query.sectors.is_empty() || code(group.sector.as_ref()).is_some_and(|own| has(&query.sectors, own));
    sector
        && query.audience.as_deref().is_none_or(|asked| audience(group, asked))
        && (query.formats.is_empty() || query.formats.iter().any(|asked| format(group, asked)))
        && (!query.open_only || is_open(group))
        && (!query.accessible_only || is_accessible(group))
}

fn code(value: Option<&Green<String>>) -> Option<&str> {
    value.map(|green| green.as_str())
}

fn has(codes: &[String], own: &str) -> bool {
    codes.iter().any(|code| code == own)
}

/// Groups for both are for either.
pub(crate) fn audience(group: &PublishedGroup, asked: &str) -> bool {
    code(group.audience.as_ref()).is_some_and(|own| own == asked || own == "both")
}

/// Hybrid groups meet on site and online.
pub(crate) fn format(group: &PublishedGroup, asked: &str) -> bool {
    code(group.format.as_ref())
        .is_some_and(|own| own == asked || (own == "hybrid" && matches!(asked, "on_site" | "online")))
}

fn is_open(group: &PublishedGroup) -> bool {
    matches!(code(group.accepts_new.as_ref()), Some("yes" | "after_talk"))
}

/// Whether the group says something positive about accessibility: a word like "barrierefrei", "Aufzug", "ebenerdig"
/// that is not denied before ("nicht barrierefrei"); or an obstacle that is ("keine Stufen"). Reads German.
pub fn is_accessible(group: &PublishedGroup) -> bool {
    group.accessibility.as_ref().is_some_and(|text| is_positive(text))
}

fn is_positive(text: &str) -> bool {
    const GOOD: &[&str] = &[
        "barrierefrei",
        "barrierearm",
        "rollstuhl",
        "rolli",
        "aufzug",
        "lift",
        "fahrstuhl",
        "rampe",
        "ebenerdig",
        "stufenlos",
        "schwellenlos",
        "behindertengerecht",
        "induktion",
        "horschleife",
        "horanlage",
        "gebarden",
        "erdgeschoss",
        "parterre",
        "zuganglich",
        "leitsystem",
        "behindertenparkpl",
    ];
    const OBSTACLE: &[&str] = &["stufe", "treppe", "schwelle", "barriere", "hindernis"];
    const DENIAL: &[&str] = &["nicht", "kein", "ohne", "nein", "leider", "weder", "noch", "fehlt"];
    let folded = fold(text);
    folded.split(['.', ';', ',', '\n', '!']).flat_map(|part| part.split(" aber ")).any(|part| {
        let words: Vec<&str> = part.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        if matches!(words.as_slice(), ["ja" | "yes" | "voll" | "vollstandig"]) {
            return true;
        }
        let starts = |list: &[&str], word: &str| list.iter().any(|head| word.starts_with(head));
        words.iter().enumerate().any(|(at, word)| {
            let denied = words.iter().take(at).any(|before| starts(DENIAL, before));
            let after = words.iter().skip(at + 1).any(|later| starts(&["nicht", "defekt", "fehlt"], later));
            if starts(GOOD, word) { !denied && !after } else { starts(OBSTACLE, word) && denied }
        })
    })
}

/// The languages groups say they speak, each with its groups; "Deutsch, Russisch" in one value are two.
#[derive(Debug, Default)]
pub(crate) struct Languages(BTreeMap<Box<str>, (Box<str>, Vec<u32>)>);

impl Languages {
    pub(crate) fn of(groups: &[PublishedGroup]) -> Self {
        let mut all: BTreeMap<Box<str>, (Box<str>, Vec<u32>)> = BTreeMap::new();
        for (group, at) in groups.iter().zip(0_u32..) {
            for language in group.languages.iter().flat_map(|text| single(text)) {
                let (_, own) = all.entry(fold(language).into()).or_insert_with(|| (language.into(), Vec::new()));
                if own.last() != Some(&at) {
                    own.push(at);
                }
            }
        }
        Self(all)
    }

    /// The groups that speak a language, in order.
    pub(crate) fn groups(&self, language: &str) -> &[u32] {
        self.0.get(fold(language.trim()).as_str()).map_or(&[], |(_, groups)| groups)
    }

    /// Each language as first written, with its number of groups.
    pub(crate) fn counted(&self) -> impl Iterator<Item = (&str, usize)> {
        self.0.values().map(|(language, groups)| (&**language, groups.len()))
    }
}

/// The languages in one value.
fn single(text: &str) -> impl Iterator<Item = &str> {
    text.split([',', ';', '/', '+', '&']).flat_map(|part| part.split(" und ")).map(str::trim).filter(|l| !l.is_empty())
}

#[cfg(test)]
mod tests {
    use super::{is_positive, single};

    #[test]
    fn only_positive_words_about_accessibility_count() {
        for yes in [
            "barrierefrei",
            "ja",
            "Aufzug vorhanden",
            "Rollstuhlgerecht, WC nicht barrierefrei",
            "keine Stufen",
            "ohne Treppen erreichbar",
            "Zugang ebenerdig",
            "bedingt barrierefrei",
            "Treppe, aber Rampe am Hintereingang",
        ] {
            assert!(is_positive(yes), "{yes}");
        }
        for no in [
            "",
            "nein",
            "nicht barrierefrei",
            "leider kein Aufzug",
            "3. Stock, Treppe",
            "-",
            "unbekannt",
            "Aufzug defekt",
        ] {
            assert!(!is_positive(no), "{no}");
        }
    }

    #[test]
    fn languages_in_one_value_are_told_apart() {
        assert_eq!(
            single("Deutsch, Russisch und Ukrainisch").collect::<Vec<_>>(),
            ["Deutsch", "Russisch", "Ukrainisch"]
        );
    }
}
