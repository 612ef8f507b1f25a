//! How few tries a password takes: the cheapest way to put it together from words and patterns.
//!
//! Costs are in tenths of a bit and rough on purpose; they decide only whether a password is among the first some 16 million
//! combinations an attacker would try.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// 24 bits.
const ENOUGH: u32 = 240;
const CONTEXT_WORD: u32 = 30;
const SEQUENCE: u32 = 40;
const WALK: u32 = 50;
const YEAR: u32 = 50;
const DATE: u32 = 100;
const REPEAT: u32 = 10;
const SEPARATOR: u32 = 20;

/// Rows of keys as on German and English keyboards.
const KEYBOARDS: [[&str; 4]; 2] = [
    ["1234567890ß", "qwertzuiopü+", "asdfghjklöä#", "yxcvbnm,.-"],
    ["1234567890-=", "qwertyuiop[]", "asdfghjkl;'", "zxcvbnm,./"],
];

/// What a weak password is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// Common words.
    Words,
    /// Sequences, repetitions, walks, dates.
    Patterns,
    /// It is weak only for someone who knows the account.
    Context,
}

/// The list, each word in all its spellings, with its cost.
static WORDS: LazyLock<HashMap<String, u32>> = LazyLock::new(|| {
    let mut words = HashMap::new();
    let mut cost = 0;
    for line in include_str!("common_words.txt").lines().filter(|line| !line.starts_with('#')) {
        if let Some(set) = line.strip_prefix('@') {
            cost = set.parse().unwrap_or_default();
            continue;
        }
        for word in line.split_whitespace() {
            for spelling in fold(word) {
                // The first mention is the cheapest.
                words.entry(spelling).or_insert(cost);
            }
        }
    }
    words
});

/// The longest listed word; context words longer than this count in parts.
const LONGEST: usize = 32;

/// The spellings of a word under which it is looked up: small letters, with umlauts kept, written out, or their dots
/// left off, each also backwards if the word is long enough to be recognised.
pub(super) fn fold(word: &str) -> Vec<String> {
    let lower = word.to_lowercase();
    let written_out = lower.replace('ä', "ae").replace('ö', "oe").replace('ü', "ue").replace('ß', "ss");
    let dotless = lower.replace('ä', "a").replace('ö', "o").replace('ü', "u").replace('ß', "ss");
    let mut forms = vec![lower, written_out, dotless];
    forms.dedup();
    let backwards: Vec<String> =
        forms.iter().filter(|form| form.chars().count() >= 5).map(|form| form.chars().rev().collect()).collect();
    forms.extend(backwards);
    forms
}

/// `None` if it takes enough tries, otherwise what makes it weak.
pub(super) fn estimate(password: &str, context: &HashSet<String>) -> Option<Found> {
    let text = Text::new(password);
    let nobody = HashSet::new();
    let stranger = text.cheapest(&nobody);
    if stranger.cost < ENOUGH {
        return Some(if stranger.words { Found::Words } else { Found::Patterns });
    }
    (text.cheapest(context).cost < ENOUGH).then_some(Found::Context)
}

/// The cheapest way to make the password up to some place.
#[derive(Clone, Copy)]
struct Way {
    cost: u32,
    words: bool,
}

/// A password, letter by letter, as typed and with the usual replacements of letters undone.
struct Text {
    typed: Vec<char>,
    /// Small letters; then with `1` and `!` read as i; then with them read as l.
    readings: [Vec<char>; 3],
}

impl Text {
    fn new(password: &str) -> Self {
        let typed: Vec<char> = password.chars().collect();
        let lower = |c: &char| c.to_lowercase().next().unwrap_or(*c);
        let leet = |one: char| {
            move |c: &char| match c {
                '0' => 'o',
                '1' | '!' | '|' => one,
                '3' | '€' => 'e',
                '4' | '@' => 'a',
                '5' | '$' => 's',
                '7' => 't',
                '8' => 'b',
                other => lower(other),
            }
        };
        let readings = [
            typed.iter().map(lower).collect(),
            typed.iter().map(leet('i')).collect(),
            typed.iter().map(leet('l')).collect(),
        ];
        Self { typed, readings }
    }

    fn cheapest(&self, context: &HashSet<String>) -> Way {
        let length = self.typed.len();
        let mut ways = vec![Way { cost: u32::MAX, words: false }; length + 1];
        ways[0] = Way { cost: 0, words: false };
        for start in 0..length {
            let here = ways[start];
            let mut reach = |end: usize, cost: u32, word: bool| {
                let cost = here.cost.saturating_add(cost);
                if cost < ways[end].cost {
                    ways[end] = Way { cost, words: here.words || word };
                }
            };
            reach(start + 1, single(self.typed[start]), false);
            for end in (start + 3)..=length.min(start + LONGEST) {
                if let Some(cost) = self.word(start, end, context) {
                    reach(end, cost, true);
                }
                if let Some(cost) = self.pattern(start, end) {
                    reach(end, cost, false);
                }
            }
            for size in 1..=start {
                if start + size > length {
                    break;
                }
                if self.readings[0][start - size..start] == self.readings[0][start..start + size] {
                    reach(start + size, REPEAT, false);
                }
            }
        }
        ways[length]
    }

    fn word(&self, start: usize, end: usize, context: &HashSet<String>) -> Option<u32> {
        let cost = |reading: &Vec<char>| {
            let word: zeroize::Zeroizing<String> = zeroize::Zeroizing::new(reading[start..end].iter().collect());
            if context.contains(word.as_str()) { Some(CONTEXT_WORD) } else { WORDS.get(word.as_str()).copied() }
        };
        self.readings.iter().filter_map(cost).min()
    }

    fn pattern(&self, start: usize, end: usize) -> Option<u32> {
        let part = &self.readings[0][start..end];
        if is_sequence(part) {
            Some(SEQUENCE)
        } else if is_year(part) {
            Some(YEAR)
        } else if is_walk(part) {
            Some(WALK)
        } else if is_date(part) {
            Some(DATE)
        } else {
            None
        }
    }
}

/// What a character costs that belongs to nothing.
fn single(c: char) -> u32 {
    match c {
        ' ' | '-' | '_' | '.' | ',' | '!' | '?' | '+' | '&' | '#' | '*' | '/' | ':' | ';' | '@' | '$' => SEPARATOR,
        c if c.is_ascii_digit() => 33,
        c if c.is_lowercase() => 40,
        _ => 45,
    }
}

/// `abcd`, `4321`
fn is_sequence(part: &[char]) -> bool {
    let steps = |by: i64| {
        part.windows(2).all(|pair| {
            pair.iter().all(char::is_ascii_alphanumeric)
                && i64::from(u32::from(pair[1])) - i64::from(u32::from(pair[0])) == by
        })
    };
    // After the nine comes the zero.
    let counted = part == ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0'] || part == ['7', '8', '9', '0'];
    counted || steps(1) || steps(-1)
}

fn number(part: &[char]) -> Option<u32> {
    part.iter().try_fold(0, |number: u32, c| number.checked_mul(10)?.checked_add(c.to_digit(10)?))
}

/// 1900 to 2039
fn is_year(part: &[char]) -> bool {
    part.len() == 4 && number(part).is_some_and(|year| (1900..2040).contains(&year))
}

/// A day, month and year in six or eight digits, in German or ISO order.
fn is_date(part: &[char]) -> bool {
    let day_month = |day: &[char], month: &[char]| {
        number(day).is_some_and(|day| (1..=31).contains(&day))
            && number(month).is_some_and(|month| (1..=12).contains(&month))
    };
    match part.len() {
        6 => number(&part[4..]).is_some() && day_month(&part[..2], &part[2..4]),
        8 => {
            is_year(&part[4..]) && day_month(&part[..2], &part[2..4])
                || is_year(&part[..4]) && day_month(&part[6..], &part[4..6])
        }
        _ => false,
    }
}

/// Four or more keys, each the same as or a neighbour of the one before: `qwertz`, `1q2w3e4r`, `asdf`.
fn is_walk(part: &[char]) -> bool {
    part.len() >= 4 && KEYBOARDS.iter().any(|rows| part.windows(2).all(|pair| are_neighbours(rows, pair[0], pair[1])))
}

fn are_neighbours(rows: &[&str; 4], one: char, other: char) -> bool {
    let place =
        |key: char| rows.iter().enumerate().find_map(|(row, keys)| Some((row, keys.chars().position(|c| c == key)?)));
    let (Some((row, column)), Some((other_row, other_column))) = (place(one), place(other)) else { return false };
    // Each row is shifted to the right by half a key against the one above.
    match (row.abs_diff(other_row), other_row > row) {
        (0, _) => column.abs_diff(other_column) <= 1,
        (1, true) => other_column == column || other_column + 1 == column,
        (1, false) => other_column == column || other_column == column + 1,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::WORDS;

    #[test]
    fn the_list_is_read_whole() {
        assert!(WORDS.len() > 3_000, "{}", WORDS.len());
        assert!(WORDS.values().all(|cost| (30..=80).contains(cost)));
        for word in ["passwort", "muenchen", "münchen", "munchen", "trowssap"] {
            assert!(WORDS.contains_key(word), "{word}");
        }
        assert!(WORDS.keys().all(|word| word.chars().count() <= super::LONGEST));
    }
}
