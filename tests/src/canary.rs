//! Words that stand in exactly one value of one office.

use std::collections::HashSet;

use domain::{ItemId, Light};
use jiff::civil::{Date, date};

/// How far a value may come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Everyone may read it on a page.
    OnPage,
    /// Everyone may read it after the contact notice.
    BehindNotice,
    /// It never leaves the office.
    Never,
}

/// A word and what it stands in.
#[derive(Clone, Debug)]
pub struct Canary {
    /// Every way in which the value can be written.
    pub words: Vec<String>,
    /// What it stands in, for the message of a failed test.
    pub what: String,
    /// How far it may come.
    pub reach: Reach,
    /// The item it stands in, with its effective light.
    pub item: Option<(ItemId, Light)>,
}

impl Canary {
    /// Whether a text gives it away.
    pub fn is_in(&self, text: &str) -> bool {
        self.words.iter().any(|word| text.contains(word.as_str()))
    }
}

/// The canaries that a text gives away.
pub fn found_in<'a>(canaries: impl IntoIterator<Item = &'a Canary>, text: &str) -> Vec<String> {
    canaries
        .into_iter()
        .filter(|canary| canary.is_in(text))
        .map(|canary| format!("{} {:?}", canary.what, canary.words))
        .collect()
}

/// Makes words that nothing else contains: twelve letters for texts, nine digits for numbers.
#[derive(Debug)]
pub struct Words {
    letter: char,
    first: u32,
    next: u32,
}

impl Words {
    /// Words of one office; `letter` tells offices apart, `seed` one run from another.
    pub fn new(letter: char, seed: u32) -> Self {
        Self { letter, first: 200_000_000 + (seed % 6_000) * 100_000, next: 0 }
    }

    /// Twelve letters.
    pub fn word(&mut self) -> String {
        let number = self.number();
        // Consonants only, so that no stemmer and no accident makes it a German word.
        let letters: Vec<char> = "bcdfghjklm".chars().collect();
        let digits = number.to_string();
        let spelled = digits.bytes().map(|digit| letters[usize::from(digit - b'0')]);
        format!("q{}{}x", self.letter, spelled.collect::<String>())
    }

    /// A day that no other value has, and the ways to write it.
    pub fn day(&mut self) -> (Date, Vec<String>) {
        self.next += 1;
        let year = 2100 + i16::try_from(self.next % 7_000).unwrap();
        // Offices differ in the month.
        let (month, german, english) =
            if u32::from(self.letter) % 2 == 0 { (3, "März", "March") } else { (10, "Oktober", "October") };
        let day = date(year, month, 14);
        (day, vec![day.to_string(), format!("14. {german} {year}"), format!("14 {english} {year}")])
    }

    /// Nine digits.
    pub fn number(&mut self) -> u32 {
        self.next += 1;
        self.first + self.next * 7
    }
}

/// Looks for words in bytes as they lie on disk: as they are, as hexadecimal digits, and within Base64.
#[derive(Debug)]
pub struct Search {
    needles: HashSet<Vec<u8>>,
    lengths: Vec<usize>,
}

impl Search {
    /// For these words.
    pub fn of<'a>(words: impl IntoIterator<Item = &'a str>) -> Self {
        let mut needles = HashSet::new();
        for word in words {
            needles.insert(word.as_bytes().to_vec());
            needles.insert(data_encoding::HEXLOWER.encode(word.as_bytes()).into_bytes());
            for before in 0..3 {
                let padded = [vec![0; before], word.as_bytes().to_vec()].concat();
                let code = data_encoding::BASE64_NOPAD.encode(&padded);
                // What depends on the bytes around the word is cut off.
                let (from, to) = ((before * 8).div_ceil(6), padded.len() * 8 / 6);
                needles.insert(code.as_bytes()[from..to].to_vec());
            }
        }
        let lengths: HashSet<usize> = needles.iter().map(Vec::len).collect();
        Self { needles, lengths: lengths.into_iter().collect() }
    }

    /// The first word found.
    pub fn first_in(&self, bytes: &[u8]) -> Option<String> {
        self.lengths.iter().find_map(|length| {
            let found = bytes.windows(*length).find(|window| self.needles.contains(*window))?;
            Some(String::from_utf8_lossy(found).into_owned())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Search, Words};

    #[test]
    fn a_word_is_found_however_it_is_written() {
        let word = Words::new('a', 1).word();
        let search = Search::of([word.as_str()]);
        for before in 0..4 {
            let text = format!("{}{word}, und mehr", "ü1".chars().cycle().take(before).collect::<String>());
            assert!(search.first_in(text.as_bytes()).is_some());
            assert!(search.first_in(data_encoding::HEXLOWER.encode(text.as_bytes()).as_bytes()).is_some());
            assert!(search.first_in(data_encoding::BASE64.encode(text.as_bytes()).as_bytes()).is_some(), "{before}");
        }
        assert!(search.first_in(b"nothing of the kind").is_none());
    }
}
