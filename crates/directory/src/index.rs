//! The words of all groups, sorted, each with the groups that have it and where.

use std::collections::HashMap;
use std::ops::Range;

use domain::projection::PublishedGroup;

use crate::grams::Grams;
use crate::words::{Word, each_word, stemmer};

/// Where in a group a word stands, as the weight it has there.
pub(crate) mod weight {
    pub(crate) const NAME: u8 = 10;
    pub(crate) const TOPIC: u8 = 9;
    pub(crate) const ASSOCIATION: u8 = 6;
    pub(crate) const AUDIENCE: u8 = 5;
    pub(crate) const SUMMARY: u8 = 4;
    pub(crate) const TOWN: u8 = 3;
    pub(crate) const DETAIL: u8 = 2;
    /// From here on a word says what the group is about.
    pub(crate) const TELLING: u8 = ASSOCIATION;
}

/// That a group has a word: the group's position and the weight, in one number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Posting(u32);

impl Posting {
    fn new(group: u32, weight: u8) -> Self {
        Self(group << 8 | u32::from(weight))
    }

    pub(crate) const fn group(self) -> usize {
        (self.0 >> 8) as usize
    }

    pub(crate) const fn weight(self) -> u8 {
        (self.0 & 0xff) as u8
    }
}

/// One word of the directory.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Term<'a> {
    pub(crate) text: &'a str,
    pub(crate) stem_len: usize,
    /// Written with a capital letter somewhere, or stands in a name or topic: can be a compound.
    pub(crate) noun: bool,
    pub(crate) postings: &'a [Posting],
}

impl Term<'_> {
    pub(crate) fn stem(&self) -> &str {
        self.text.get(..self.stem_len).unwrap_or(self.text)
    }

    pub(crate) fn best_weight(&self) -> u8 {
        self.postings.iter().map(|posting| posting.weight()).max().unwrap_or_default()
    }
}

/// All words, in one string, sorted; the rest in columns beside it, so that a small office's index is small.
#[derive(Debug, Default)]
pub(crate) struct Index {
    text: String,
    starts: Vec<u32>,
    stem_lens: Vec<u8>,
    nouns: Vec<bool>,
    grams: Vec<Grams>,
    firsts: Vec<u32>,
    postings: Vec<Posting>,
}

#[derive(Default)]
struct Gathered {
    terms: HashMap<String, u32>,
    nouns: Vec<bool>,
    /// Word, then posting: sorted later.
    postings: Vec<(u32, Posting)>,
}

impl Gathered {
    fn add(&mut self, group: u32, weight: u8, text: &str) {
        each_word(text, |mut folded, token| {
            if folded.is_empty() {
                return;
            }
            Word::cut(&mut folded);
            let noun = weight >= weight::TELLING || token.raw.starts_with(char::is_uppercase);
            let new = u32::try_from(self.nouns.len()).unwrap_or(u32::MAX);
            let term = *self.terms.entry(folded).or_insert(new);
            if term == new {
                self.nouns.push(noun);
            } else if let Some(known) = self.nouns.get_mut(term as usize) {
                *known |= noun;
            }
            self.postings.push((term, Posting::new(group, weight)));
        });
    }
}

impl Index {
    pub(crate) fn of(groups: &[PublishedGroup]) -> Self {
        let mut gathered = Gathered::default();
        for (group, at) in groups.iter().zip(0_u32..) {
            gather(group, |weight, text| gathered.add(at, weight, text));
        }
        let Gathered { terms, nouns, mut postings } = gathered;
        let mut terms: Vec<(String, u32)> = terms.into_iter().collect();
        terms.sort_unstable();
        let mut rank = vec![0_u32; terms.len()];
        for ((_, term), sorted) in terms.iter().zip(0_u32..) {
            if let Some(rank) = rank.get_mut(*term as usize) {
                *rank = sorted;
            }
        }
        for (term, _) in &mut postings {
            *term = rank.get(*term as usize).copied().unwrap_or_default();
        }
        postings.sort_unstable();

        let stemmer = stemmer();
        let mut index = Self::default();
        let mut rest = postings.as_slice();
        for ((text, original), sorted) in terms.into_iter().zip(0_u32..) {
            let own = rest.iter().take_while(|(term, _)| *term == sorted).count();
            let (mine, others) = rest.split_at(own);
            rest = others;
            index.firsts.push(length(&index.postings));
            for same in mine.chunk_by(|a, b| a.1.group() == b.1.group()) {
                // Sorted by weight within a group: the last is the best.
                index.postings.extend(same.last().map(|(_, posting)| *posting));
            }
            index.starts.push(u32::try_from(index.text.len()).unwrap_or(u32::MAX));
            index.grams.push(Grams::of(&text));
            index.nouns.push(nouns.get(original as usize).copied().unwrap_or_default());
            let word = Word::new(&stemmer, text);
            index.stem_lens.push(u8::try_from(word.stem_len()).unwrap_or(u8::MAX));
            index.text.push_str(&word.text);
        }
        index.firsts.push(length(&index.postings));
        index.starts.push(u32::try_from(index.text.len()).unwrap_or(u32::MAX));
        index.text.shrink_to_fit();
        index.postings.shrink_to_fit();
        index
    }

    pub(crate) fn len(&self) -> usize {
        self.grams.len()
    }

    fn text(&self, at: usize) -> &str {
        match (self.starts.get(at), self.starts.get(at + 1)) {
            (Some(from), Some(to)) => self.text.get(*from as usize..*to as usize).unwrap_or_default(),
            _ => "",
        }
    }

    pub(crate) fn term(&self, at: usize) -> Term<'_> {
        let postings = match (self.firsts.get(at), self.firsts.get(at + 1)) {
            (Some(from), Some(to)) => self.postings.get(*from as usize..*to as usize).unwrap_or_default(),
            _ => &[],
        };
        Term {
            text: self.text(at),
            stem_len: self.stem_lens.get(at).map_or(0, |len| usize::from(*len)),
            noun: self.nouns.get(at).copied().unwrap_or_default(),
            postings,
        }
    }

    /// The terms that begin so.
    pub(crate) fn beginning_with(&self, head: &str) -> Range<usize> {
        let from = partition(0, self.len(), |at| self.text(at) < head);
        let to = partition(from, self.len(), |at| self.text(at).starts_with(head));
        from..to
    }

    /// Whether a term has this stem.
    pub(crate) fn has_stem(&self, stem: &str) -> bool {
        self.beginning_with(stem).any(|at| self.stem_lens.get(at).is_some_and(|len| usize::from(*len) == stem.len()))
    }

    /// The terms that may hold these letters inside.
    pub(crate) fn maybe_holding(&self, part: Grams) -> impl Iterator<Item = usize> {
        self.grams.iter().enumerate().filter(move |(_, whole)| part.may_be_in(**whole)).map(|(at, _)| at)
    }

    /// The terms that may be spelt nearly so.
    pub(crate) fn maybe_near(&self, grams: Grams, edits: u32) -> impl Iterator<Item = usize> {
        self.grams.iter().enumerate().filter(move |(_, other)| grams.may_be_near(**other, edits)).map(|(at, _)| at)
    }

    /// Bytes held beside the groups themselves.
    pub(crate) fn bytes(&self) -> usize {
        let Self { text, starts, stem_lens, nouns, grams, firsts, postings } = self;
        text.capacity()
            + (starts.capacity() + firsts.capacity() + postings.capacity()) * size_of::<u32>()
            + stem_lens.capacity()
            + nouns.capacity()
            + grams.capacity() * size_of::<Grams>()
    }
}

fn length(postings: &[Posting]) -> u32 {
    u32::try_from(postings.len()).unwrap_or(u32::MAX)
}

/// The first position in `from..to` for which `before` no longer holds.
fn partition(mut from: usize, mut to: usize, before: impl Fn(usize) -> bool) -> usize {
    while from < to {
        let middle = usize::midpoint(from, to);
        if before(middle) { from = middle + 1 } else { to = middle }
    }
    from
}

/// All searchable texts of a group with their weights. Codes are given as the German words seekers use.
fn gather(group: &PublishedGroup, mut add: impl FnMut(u8, &str)) {
    let PublishedGroup {
        slug: _,
        name,
        topics,
        sector,
        summary,
        easy_language,
        audience,
        audience_age,
        audience_gender,
        audience_text,
        languages,
        sign_language,
        accepts_new: _,
        association,
        guidance: _,
        costs: _,
        founded: _,
        format,
        meetings,
        venues,
        access_hints: _,
        accessibility,
        size: _,
        free_places: _,
        confirmed_on: _,
        own: _,
        has_contact: _,
    } = group;
    add(weight::NAME, name);
    for topic in topics {
        add(weight::TOPIC, topic);
    }
    if let Some(text) = association {
        add(weight::ASSOCIATION, text);
    }
    for text in [audience_text, audience_age].into_iter().flatten() {
        add(weight::AUDIENCE, text);
    }
    for text in [summary, easy_language].into_iter().flatten() {
        add(weight::SUMMARY, text);
    }
    for venue in venues {
        add(weight::TOWN, &venue.town);
        add(weight::TOWN, &venue.district);
        add(weight::DETAIL, &venue.postcode);
        add(weight::DETAIL, &venue.name);
    }
    for code in [sector, audience, audience_gender].into_iter().flatten() {
        add(weight::AUDIENCE, words_for(code));
    }
    if let Some(code) = format {
        add(weight::DETAIL, words_for(code));
    }
    if sign_language.as_ref().is_some_and(|code| code.as_str() == "yes") {
        add(weight::AUDIENCE, "Gebärdensprache");
    }
    for text in languages {
        add(weight::AUDIENCE, text);
    }
    for meeting in meetings {
        add(weight::DETAIL, &meeting.text);
    }
    if let Some(text) = accessibility {
        add(weight::DETAIL, text);
    }
}

fn words_for(code: &str) -> &'static str {
    match code {
        "health" => "Gesundheit",
        "psychosocial" => "psychosozial Psyche",
        "social" => "Soziales",
        "addiction" => "Sucht",
        "affected" => "Betroffene",
        "relatives" => "Angehörige",
        "both" => "Betroffene Angehörige",
        "women" => "Frauen",
        "men" => "Männer",
        "online" => "online Video",
        "hybrid" => "online hybrid",
        "phone" => "Telefon",
        _ => "",
    }
}
