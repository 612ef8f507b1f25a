//! From rows to an order: which groups match a whole query, and how well.

use crate::index::Index;
use crate::matching::{self, Row};
use crate::words::{Say, Word, stemmer};

/// More words than this say nothing new; the first count.
const MOST_WORDS: usize = 8;

/// For a group whose name is what was typed.
const SAME_NAME: u32 = 1_000_000;

/// For a name that begins with what was typed.
const NAME_BEGINS: u32 = 60;

/// For a name that holds all words typed, in order.
const NAME_HOLDS: u32 = 30;

/// Percent of the best coverage that a group must reach where none has every word.
const COVERAGE: u32 = 60;

/// The words of a query that are looked for.
#[derive(Debug)]
pub(crate) struct Sought {
    words: Vec<Word>,
    required: Vec<bool>,
}

impl Sought {
    /// Reads folded words; `None` if there are none.
    pub(crate) fn read(folded: &[String]) -> Option<Self> {
        let stemmer = stemmer();
        let mut words: Vec<Word> = Vec::new();
        for text in folded {
            let word = Word::new(&stemmer, text.clone());
            if !words.contains(&word) {
                words.push(word);
            }
        }
        let telling = words.iter().any(|word| word.say() != Say::Nothing);
        if telling {
            words.retain(|word| word.say() != Say::Nothing);
        }
        words.truncate(MOST_WORDS);
        let topic = words.iter().any(|word| word.say() == Say::Topic);
        let required = words.iter().map(|word| !topic || word.say() == Say::Topic).collect();
        (!words.is_empty()).then_some(Self { words, required })
    }

    /// Whether the words are only "Gruppe", "Hilfe", "in" and the like.
    pub(crate) fn says_nothing(&self) -> bool {
        self.words.iter().all(|word| word.say() == Say::Nothing)
    }

    /// The words, as looked for.
    pub(crate) fn words(&self) -> &[Word] {
        &self.words
    }

    /// A score for each group; 0 is not found. A group must have every telling word; if none has, those that have
    /// most of what is rare come.
    pub(crate) fn scores(&self, index: &Index, names: &[Box<str>], typed: &str) -> Vec<u32> {
        let rows = matching::rows(index, names.len(), &self.words);
        let sought: Vec<(&Row, bool)> = rows
            .iter()
            .zip(self.required.iter().copied())
            .filter(|(row, _)| row.iter().any(|score| *score > 0))
            .collect();
        let any_required = sought.iter().any(|(_, required)| *required);
        let mut scores = whole(&sought, any_required, names.len());
        if scores.iter().all(|score| *score == 0) {
            scores = partial(&sought, names.len());
        }
        for (score, name) in scores.iter_mut().zip(names) {
            if !typed.is_empty() && **name == *typed {
                *score += SAME_NAME;
            } else if *score > 0 && name.starts_with(typed) {
                *score += NAME_BEGINS;
            } else if *score > 0 && name.contains(typed) {
                *score += NAME_HOLDS;
            }
        }
        scores
    }
}

fn at(row: &Row, group: usize) -> u32 {
    row.get(group).copied().map_or(0, u32::from)
}

fn whole(sought: &[(&Row, bool)], any_required: bool, groups: usize) -> Vec<u32> {
    let score = |group: usize| {
        let mut sum = 0;
        for (row, required) in sought {
            let here = at(row, group);
            if *required || !any_required {
                if here == 0 {
                    return 0;
                }
                sum += here;
            } else {
                sum += here / 4;
            }
        }
        sum
    };
    if sought.is_empty() { vec![0; groups] } else { (0..groups).map(score).collect() }
}

fn partial(sought: &[(&Row, bool)], groups: usize) -> Vec<u32> {
    let rarity = |row: &Row| {
        let having = row.iter().filter(|score| **score > 0).count();
        (groups / having.max(1)).max(1).ilog2() + 1
    };
    let weighed: Vec<(&Row, u32)> =
        sought.iter().filter(|(_, required)| *required).map(|(row, _)| (*row, rarity(row))).collect();
    let covered =
        |group: usize| -> u32 { weighed.iter().filter(|(row, _)| at(row, group) > 0).map(|(_, rarity)| *rarity).sum() };
    let best = (0..groups).map(covered).max().unwrap_or_default();
    (0..groups)
        .map(|group| match covered(group) {
            cover if cover == 0 || cover * 100 < best * COVERAGE => 0,
            cover => cover * 10_000 + sought.iter().map(|(row, _)| at(row, group)).sum::<u32>(),
        })
        .collect()
}
