//! How well groups match one word: exactly, by stem, by synonym, as part of a compound, by near spelling.
//!
//! A row holds, for each group, quality (of 100) times weight of the place; the best way counts.

use crate::grams::Grams;
use crate::index::{Index, Term, weight};
use crate::spelling::slips;
use crate::synonyms::{self, Kinship};
use crate::words::{Word, stemmer};

/// For each group how well it matches; 0 is not at all.
pub(crate) type Row = Vec<u16>;

/// How much each way of matching is worth, of 100.
#[derive(Clone, Copy, Debug)]
struct Reach {
    exact: u16,
    stem: u16,
    compound: u16,
}

const TYPED: Reach = Reach { exact: 100, stem: 90, compound: 50 };
const SAME: Reach = Reach { exact: 72, stem: 68, compound: 36 };
const RELATED: Reach = Reach { exact: 40, stem: 38, compound: 0 };
const PART: Reach = Reach { exact: 26, stem: 24, compound: 12 };
const PART_SAME: Reach = Reach { exact: 16, stem: 15, compound: 8 };
const NEAR: Reach = Reach { exact: 45, stem: 43, compound: 22 };
const NEAR_SAME: Reach = Reach { exact: 28, stem: 26, compound: 0 };

/// Not a noun in front of a noun: "ver|sucht" is no addiction.
const VERBAL: &[&str] = &[
    "auf", "aus", "bei", "ein", "emp", "ent", "her", "hin", "miss", "mit", "uber", "um", "unter", "ver", "vor", "weg",
    "wieder", "zer", "zu",
];

/// Begin other words too ("Transplantation", "Internet").
const NO_HEADS: &[&str] = &["allein", "alter", "inter", "positiv", "trans"];

/// What may follow the last part of a compound.
const ENDINGS: &[&str] =
    &["", "e", "en", "er", "ern", "em", "es", "in", "innen", "n", "s", "se", "sen", "t", "ung", "ungen"];

/// Rows for all words of a query.
pub(crate) fn rows(index: &Index, groups: usize, words: &[Word]) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::with_capacity(words.len());
    for word in words {
        let mut row = vec![0; groups];
        spread(index, word, TYPED, 0, &mut row);
        rows.push(row);
    }
    spans(index, groups, words, &mut rows);
    let mut misspelt = 0;
    for (word, row) in words.iter().zip(&mut rows) {
        let found = row.iter().any(|score| *score > 0);
        parts(index, word, row);
        if !found && misspelt < MOST_MISSPELT {
            misspelt += 1;
            near(index, word, row);
        }
    }
    rows
}

/// Groups that have the word itself or a form of it.
pub(crate) fn direct(index: &Index, word: &Word, row: &mut Row) {
    spread(index, word, Reach { compound: 0, ..TYPED }, 0, row);
}

/// Synonyms of one or several words ("MS", "Multiple Sklerose"), and words written apart ("burn out").
fn spans(index: &Index, groups: usize, words: &[Word], rows: &mut [Row]) {
    let stemmer = stemmer();
    for len in 1..=words.len().min(synonyms::LONGEST) {
        for start in 0..=words.len() - len {
            let Some(span) = words.get(start..start + len) else { continue };
            let Some(own) = rows.get_mut(start..start + len) else { continue };
            synonyms::each_of(span, |other, kinship| {
                let reach = if kinship == Kinship::Same { SAME } else { RELATED };
                match (other, &mut *own) {
                    ([word], [row]) => synonym(index, word, reach, 0, row),
                    (others, own) => together(index, groups, others, reach, own),
                }
            });
            if len > 1 {
                let whole = Word::new(&stemmer, span.iter().map(|word| word.text.as_str()).collect());
                if index.has_stem(whole.stem()) {
                    together(index, groups, &[whole], Reach { compound: 0, ..TYPED }, own);
                }
            }
        }
    }
}

/// Marks a synonym. Abbreviations and short words ("AA", "Defi") are no parts of compounds unless they were typed.
fn synonym(index: &Index, word: &Word, reach: Reach, from_weight: u8, row: &mut Row) {
    let short = word.text.chars().count() < 5 || NO_HEADS.contains(&word.text.as_str());
    let reach = if short { Reach { compound: 0, ..reach } } else { reach };
    spread(index, word, reach, from_weight, row);
}

/// Groups that have all of `others` match every word of the span.
fn together(index: &Index, groups: usize, others: &[Word], reach: Reach, own: &mut [Row]) {
    let reach = if others.len() > 1 { Reach { compound: 0, ..reach } } else { reach };
    let mut all: Option<Row> = None;
    for word in others {
        let mut row = vec![0; groups];
        spread(index, word, reach, 0, &mut row);
        all = Some(match all {
            None => row,
            Some(all) => all.into_iter().zip(row).map(|(a, b)| a.min(b)).collect(),
        });
    }
    let Some(all) = all.filter(|all| all.iter().any(|score| *score > 0)) else { return };
    for row in own {
        for (old, new) in row.iter_mut().zip(&all) {
            *old = (*old).max(*new);
        }
    }
}

/// Marks every group that has the word, a form of it, or a compound with it.
fn spread(index: &Index, word: &Word, reach: Reach, from_weight: u8, row: &mut Row) {
    let stem = word.stem();
    let (letters, stem_letters) = (word.text.chars().count(), stem.chars().count());
    let short = letters < 3;
    let mut found = false;
    let mut compounds = Vec::new();
    for at in index.beginning_with(stem) {
        let term = index.term(at);
        if term.text == word.text {
            found |= mark(term, reach.exact, from_weight, row);
        } else if term.stem_len == stem.len() && !short {
            // "Zuck" and "Zucker", "Kind" and "Kinder" share a stem; the first pair shows that it says less.
            let er = |text: &str| text.get(stem.len()..).is_some_and(|tail| tail.starts_with("er"));
            let quality = if er(term.text) == er(&word.text) { reach.stem } else { reach.stem * 2 / 3 };
            found |= mark(term, quality, from_weight, row);
        } else if stem_letters >= 4 || term.text.starts_with(&word.text) {
            compounds.push(term);
        }
    }
    if reach.compound == 0 || (short && found) {
        return;
    }
    // One or two letters are the beginning of a name or topic, if anything.
    let from_weight = if short { from_weight.max(weight::TOPIC) } else { from_weight };
    for term in compounds {
        mark(term, reach.compound, from_weight, row);
    }
    if stem_letters < 4 {
        return;
    }
    for at in index.maybe_holding(Grams::of(stem)) {
        let term = index.term(at);
        if !term.noun || term.text.starts_with(stem) {
            continue;
        }
        let places = term.text.match_indices(stem).filter(|(before, _)| *before >= 3);
        let best = places.filter_map(|(at, _)| compound_at(term.text, at, word)).max();
        if let Some(percent) = best {
            mark(term, reach.compound * percent / 100, from_weight, row);
        }
    }
}

/// How much (percent) the word counts in the compound `whole` at this place, if it is a part there.
fn compound_at(whole: &str, at: usize, word: &Word) -> Option<u16> {
    let before = whole.get(..at)?;
    let rest = whole.get(at..)?;
    let after = rest.get(word.stem_len()..)?;
    if VERBAL.contains(&before) || (before.len() <= 5 && before.ends_with("ge")) {
        return None;
    }
    // A short stem ends other words by chance: "Rücken" is not in "Druck". Then the word itself must be there.
    if word.stem_len() < 5 && word.text.len() > word.stem_len() + 1 && !rest.starts_with(&word.text) {
        return None;
    }
    if ENDINGS.contains(&after) || rest.strip_prefix(&word.text).is_some_and(|after| ENDINGS.contains(&after)) {
        return Some(96);
    }
    (word.text.len() >= 5 && rest.starts_with(&word.text)).then_some(80)
}

fn mark(term: Term<'_>, quality: u16, from_weight: u8, row: &mut Row) -> bool {
    let mut any = false;
    for posting in term.postings.iter().filter(|posting| posting.weight() >= from_weight) {
        if let Some(score) = row.get_mut(posting.group()) {
            *score = (*score).max(quality * u16::from(posting.weight()));
            any = true;
        }
    }
    any
}

/// "Krebsnachsorge" leads to groups for "Krebs": the known parts of the word.
fn parts(index: &Index, word: &Word, row: &mut Row) {
    if word.text.chars().count() < 7 {
        return;
    }
    let mut sum: Row = vec![0; row.len()];
    for part in known_parts(index, word) {
        let mut own = vec![0; row.len()];
        spread(index, &part, PART, weight::TELLING, &mut own);
        synonyms::each_of(std::slice::from_ref(&part), |other, kinship| {
            if let ([word], Kinship::Same) = (other, kinship) {
                synonym(index, word, PART_SAME, weight::TELLING, &mut own);
            }
        });
        sum.iter_mut().zip(own).for_each(|(sum, own)| *sum += own);
    }
    for (score, sum) in row.iter_mut().zip(sum) {
        *score = (*score).max(sum);
    }
}

/// The longest known head and the longest known tail; between or beside them what else is known.
fn known_parts(index: &Index, word: &Word) -> Vec<Word> {
    let stemmer = stemmer();
    let known = |part: &str| {
        let part = Word::new(&stemmer, part.to_owned());
        let telling = part.stem_len() >= 4 && part.is_telling_part() && part.stem() != word.stem();
        (telling && (index.has_stem(part.stem()) || synonyms::knows(&part))).then_some(part)
    };
    let ends = |text: &str| text.char_indices().map(|(at, _)| at).chain([text.len()]).collect::<Vec<_>>();
    let head = |text: &str| {
        let mut cuts = ends(text).into_iter().rev().filter(|at| *at >= 4);
        cuts.find_map(|at| known(text.get(..at)?))
    };
    let tail = |text: &str| {
        let mut cuts = ends(text).into_iter().filter(|at| *at >= 3 && text.len() - at >= 4);
        cuts.find_map(|at| known(text.get(at..)?))
    };
    let text = word.text.as_str();
    let (first, last) = (head(text), tail(text));
    let from = first.as_ref().map_or(0, |part| part.text.len());
    let to = text.len() - last.as_ref().map_or(0, |part| part.text.len());
    let middle = if first.is_some() { text.get(from..to).and_then(head) } else { None };
    first.into_iter().chain(middle).chain(last).collect()
}

/// How many slips a word of this length may have.
const fn allowance(letters: usize) -> usize {
    match letters {
        0..=3 => 0,
        4..=6 => 1,
        _ => 2,
    }
}

/// Words of one query that near spellings are looked for.
const MOST_MISSPELT: usize = 4;

/// The most words a misspelt one is taken for.
const MOST_CANDIDATES: usize = 6;

/// The words spelt most nearly so, of the directory and of the list of synonyms.
fn near(index: &Index, word: &Word, row: &mut Row) {
    let letters = word.text.chars().count();
    if word.text.bytes().all(|b| b.is_ascii_digit()) {
        return;
    }
    let mut candidates = Vec::new();
    for most in 1..=allowance(letters) {
        candidates = candidates_within(index, word, most, letters);
        if !candidates.is_empty() {
            break;
        }
    }
    candidates.truncate(MOST_CANDIDATES);
    for (at, candidate) in candidates.iter().enumerate() {
        // Forms of one word share their compounds and synonyms.
        if candidates.iter().take(at).any(|before| before.stem() == candidate.stem()) {
            spread(index, candidate, Reach { compound: 0, ..NEAR }, 0, row);
            continue;
        }
        spread(index, candidate, NEAR, 0, row);
        synonyms::each_of(std::slice::from_ref(candidate), |other, kinship| {
            if let ([word], Kinship::Same) = (other, kinship) {
                synonym(index, word, NEAR_SAME, 0, row);
            }
        });
    }
}

/// Words that many slips away. A first letter is rarely wrong: only one slip in a longer word may be there.
fn candidates_within(index: &Index, word: &Word, most: usize, letters: usize) -> Vec<Word> {
    let first = first_letter(&word.text);
    let any_first = most == 1 && letters >= 6;
    let grams = Grams::of(&word.text);
    let edits = u32::try_from(most).unwrap_or(1);
    let fits = |text: &str, stem: &str| {
        let stems = || {
            let long = stem.len() >= 5 && word.stem_len() >= 5 && stem.len() < text.len().max(word.text.len());
            long && slips(word.stem(), stem, most).is_some_and(|slips| slips > 0)
        };
        slips(&word.text, text, most).is_some() || stems()
    };
    let stemmer = stemmer();
    let mut candidates = Vec::new();
    let mut consider = |at: usize| {
        let term = index.term(at);
        if fits(term.text, term.stem()) && (most == 1 || term.best_weight() >= weight::TELLING) {
            candidates.push(Word::new(&stemmer, term.text.to_owned()));
        }
    };
    if any_first {
        index.maybe_near(grams, edits).for_each(&mut consider);
    } else {
        index.beginning_with(first).for_each(&mut consider);
    }
    let lexicon = synonyms::lexicon();
    let range = if any_first {
        lexicon
    } else {
        let from = lexicon.partition_point(|(known, _)| first_letter(&known.text) < first);
        let to = lexicon.partition_point(|(known, _)| first_letter(&known.text) <= first);
        lexicon.get(from..to).unwrap_or_default()
    };
    let known =
        range.iter().filter(|(known, other)| grams.may_be_near(*other, edits + 1) && fits(&known.text, known.stem()));
    candidates.extend(known.map(|(known, _)| known.clone()));
    candidates
}

fn first_letter(text: &str) -> &str {
    let end = text.chars().next().map_or(0, char::len_utf8);
    text.get(..end).unwrap_or_default()
}

/// Words of names and topics that are spelt somewhat like one that was not found.
pub(crate) fn somewhat_like(index: &Index, word: &Word, most: usize) -> Vec<usize> {
    let limit = 1 + word.text.chars().count() / 4;
    let mut found: Vec<(usize, usize)> = index
        .beginning_with(first_letter(&word.text))
        .filter_map(|at| {
            let term = index.term(at);
            let telling = term.text.len() >= 3 && term.best_weight() >= weight::TOPIC;
            let slips = if telling { slips(term.text, &word.text, limit) } else { None };
            slips.map(|slips| (slips, at))
        })
        .collect();
    found.sort_unstable();
    found.into_iter().take(most).map(|(_, at)| at).collect()
}
