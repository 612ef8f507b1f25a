//! Words of self-help that mean the same ("Schlaganfall", "Apoplex") or lead to each other ("Alkohol", "Sucht").
//!
//! Read once from `data/synonyms.txt`, which says how its lines are written.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::grams::Grams;
use crate::words::{Word, plain_words, stemmer};

static TABLE: LazyLock<Synonyms> = LazyLock::new(|| Synonyms::read(include_str!("../data/synonyms.txt")));

/// The most words an entry may have.
pub(crate) const LONGEST: usize = 4;

/// How near two entries of a line are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kinship {
    /// They mean the same.
    Same,
    /// One leads to the other.
    Related,
}

#[derive(Debug)]
struct Entry {
    words: Vec<Word>,
    kinship: Kinship,
}

#[derive(Debug)]
struct Synonyms {
    lines: Vec<Vec<Entry>>,
    /// Joined stems of an entry → its lines.
    by_stems: HashMap<String, Vec<(usize, Kinship)>>,
    /// All single words worth correcting to, each with its letter pairs.
    lexicon: Vec<(Word, Grams)>,
}

/// Calls `each` with every other entry of the lines that hold `span`.
pub(crate) fn each_of(span: &[Word], mut each: impl FnMut(&'static [Word], Kinship)) {
    let table: &'static Synonyms = &TABLE;
    let key = stems(span);
    for (line, kinship) in table.by_stems.get(&key).into_iter().flatten() {
        for entry in table.lines.get(*line).into_iter().flatten() {
            let nearness = match (kinship, entry.kinship) {
                (Kinship::Same, other) => other,
                (Kinship::Related, Kinship::Same) => Kinship::Related,
                (Kinship::Related, Kinship::Related) => continue,
            };
            if stems(&entry.words) != key {
                each(&entry.words, nearness);
            }
        }
    }
}

/// Whether the list knows a word with this stem.
pub(crate) fn knows(word: &Word) -> bool {
    TABLE.by_stems.contains_key(word.stem())
}

/// Words the list can correct a spelling to.
pub(crate) fn lexicon() -> &'static [(Word, Grams)] {
    &TABLE.lexicon
}

fn stems(words: &[Word]) -> String {
    words.iter().map(Word::stem).collect::<Vec<_>>().join(" ")
}

impl Synonyms {
    fn read(text: &str) -> Self {
        let stemmer = stemmer();
        let mut table = Self { lines: Vec::new(), by_stems: HashMap::new(), lexicon: Vec::new() };
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let mut entries = Vec::new();
            for (side, kinship) in line.splitn(2, '|').zip([Kinship::Same, Kinship::Related]) {
                for entry in side.split(',') {
                    let words: Vec<_> = plain_words(entry).into_iter().map(|word| Word::new(&stemmer, word)).collect();
                    if words.is_empty() || words.len() > LONGEST {
                        continue;
                    }
                    let lines = table.by_stems.entry(stems(&words)).or_default();
                    if lines.last().is_none_or(|(last, _)| *last != table.lines.len()) {
                        lines.push((table.lines.len(), kinship));
                    }
                    table.lexicon.extend(words.iter().map(|word| (word.clone(), Grams::of(&word.text))));
                    entries.push(Entry { words, kinship });
                }
            }
            table.lines.push(entries);
        }
        table.lexicon.retain(|(word, _)| word.text.len() >= 4 && word.is_telling_part());
        table.lexicon.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        table.lexicon.dedup_by(|a, b| a.0 == b.0);
        table
    }
}

#[cfg(test)]
mod tests {
    use super::{Kinship, TABLE, each_of};
    use crate::words::{Word, plain_words, stemmer};

    fn of(text: &str) -> Vec<(String, Kinship)> {
        let stemmer = stemmer();
        let span: Vec<_> = plain_words(text).into_iter().map(|word| Word::new(&stemmer, word)).collect();
        let mut found = Vec::new();
        each_of(&span, |words, kinship| {
            let text = words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
            found.push((text, kinship));
        });
        found
    }

    #[test]
    fn there_are_enough_lines_and_each_says_something() {
        assert!(TABLE.lines.len() >= 120, "{}", TABLE.lines.len());
        for line in &TABLE.lines {
            assert!(line.len() > 1, "{line:?}");
        }
    }

    #[test]
    fn same_words_lead_both_ways_and_related_ones_not_to_each_other() {
        assert!(of("Schlaganfall").contains(&("apoplex".into(), Kinship::Same)));
        assert!(of("MS").contains(&("multiple sklerose".into(), Kinship::Same)));
        assert!(of("multiple Sklerose").contains(&("ms".into(), Kinship::Same)));
        assert!(of("Alkohol").contains(&("sucht".into(), Kinship::Related)));
        assert!(of("trocken").iter().any(|(word, kinship)| word == "alkohol" && *kinship == Kinship::Related));
        assert!(!of("trocken").iter().any(|(word, _)| word == "rausch"));
    }
}
