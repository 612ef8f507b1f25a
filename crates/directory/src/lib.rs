//! The public directory of one office, in memory: its published groups, searched and filtered.
//!
//! Built from [`domain::projection::PublishedGroup`] only, so it holds nothing that is not green. It knows no database,
//! no request and no language of the screen. It is made anew for each published change and then only read.
//!
//! Start reading at [`Directory::find`]. A query goes through these files: `words` (folding, stems), `places` (postal
//! code, town), `matching` (stem, synonym, compound, near spelling) on the `index`, `ranking`, `filters`.

mod collation;
mod facets;
mod filters;
mod grams;
mod index;
mod matching;
mod places;
mod ranking;
mod spelling;
mod synonyms;
mod towns;
mod words;

use domain::projection::PublishedGroup;

pub use collation::key as sort_key;
pub use facets::{Facet, Facets};
pub use filters::is_accessible;

use filters::Languages;
use index::Index;
use places::{Places, Point};
use ranking::Sought;
use words::{Word, each_word, plain_words};

/// A source of shipped data, to be named on the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DataSource {
    /// Code of what it gives: `postcodes` or `towns`.
    pub code: &'static str,
    /// Whose it is.
    pub owner: &'static str,
    /// Where the owner is found.
    pub owner_url: &'static str,
    /// Short name of the licence.
    pub licence: &'static str,
    /// Where the licence is found.
    pub licence_url: &'static str,
}

/// Where postal codes and towns come from (`ODbL` 1.0 § 4.3, CC BY 4.0 § 3 a).
pub const SOURCES: [DataSource; 2] = [
    DataSource {
        code: "postcodes",
        owner: "© OpenStreetMap contributors",
        owner_url: "https://www.openstreetmap.org/copyright",
        licence: "ODbL 1.0",
        licence_url: "https://opendatacommons.org/licenses/odbl/1-0/",
    },
    DataSource {
        code: "towns",
        owner: "GeoNames",
        owner_url: "https://www.geonames.org/",
        licence: "CC BY 4.0",
        licence_url: "https://creativecommons.org/licenses/by/4.0/",
    },
];

/// Radius where none is given.
const DEFAULT_KM: u32 = 20;

/// Characters of a query that count.
const MOST_CHARACTERS: usize = 200;

/// Radii in kilometres that are offered, also when nothing was found nearby. Nobody goes farther to a meeting.
pub const RADII_KM: [u32; 5] = [5, 10, 20, 50, 100];

/// Near spellings that are offered.
const MOST_SUGGESTIONS: usize = 3;

/// What a seeker asks for. All parts are optional and narrow the result together.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Query {
    /// Topic, keyword, town or postal code, as typed. At most 200 characters and 8 telling words count. A town or
    /// postal code in it is read as the place if `place` is empty.
    pub text: String,
    /// Codes of `Field::Sector`; any of them.
    pub sectors: Vec<String>,
    /// Code of `Field::Audience` (groups for `both` are found for either).
    pub audience: Option<String>,
    /// Postal code, town or part of town around which to look. The groups' own venues are known, and all towns of
    /// Germany. Groups without a known venue are not found.
    pub place: String,
    /// Distance in kilometres from `place`; 0 stands for the default of 20.
    pub radius_km: u32,
    /// Codes of `Field::Format`; any of them (`hybrid` groups are found on site and online).
    pub formats: Vec<String>,
    /// Only groups that accept new members now (yes, or after a talk).
    pub open_only: bool,
    /// Only groups that say something positive about accessibility.
    pub accessible_only: bool,
    /// A spoken language, as written by the groups.
    pub language: Option<String>,
}

/// One group found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hit {
    /// Position in [`Directory::groups`].
    pub index: usize,
    /// Distance from the place asked for.
    pub km: Option<f32>,
}

/// The answer to a [`Query`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// Best first; nearest first where only a place was given; by name where nothing was searched for.
    pub hits: Vec<Hit>,
    /// When nothing was found: words of this directory that are spelt nearly so. With an unknown place: towns.
    pub suggestions: Vec<String>,
    /// `place` was given and is known neither as a postal code nor as a town. The hits are then those of everywhere.
    pub unknown_place: bool,
    /// The town that the place was taken for, where no group meets in it and its name alone may mean several.
    pub town: Option<String>,
    /// When nothing was found within the radius: the next of [`RADII_KM`] that would find something.
    pub wider_km: Option<u32>,
    /// When nothing was found within the radius: kilometres to the nearest group that fits.
    pub nearest_km: Option<f32>,
}

/// An office's published groups, ready to be searched.
#[derive(Debug, Default)]
pub struct Directory {
    groups: Vec<PublishedGroup>,
    /// Positions in `groups`, by slug.
    by_slug: Vec<u32>,
    /// The folded words of each name.
    names: Vec<Box<str>>,
    index: Index,
    places: Places,
    languages: Languages,
    facets: Facets,
}

/// Where to look, and how far.
#[derive(Clone, Copy)]
struct Around {
    from: Point,
    km: f32,
}

/// A group that passed everything but the radius.
struct Candidate {
    index: usize,
    km: Option<f32>,
    score: u32,
}

impl Directory {
    /// Sorts and indexes the groups. Two to three milliseconds per hundred (`benches/search.rs`).
    pub fn new(mut groups: Vec<PublishedGroup>) -> Self {
        groups.sort_by_cached_key(|group| (collation::key(&group.name), group.name.to_string(), group.slug.clone()));
        let mut by_slug: Vec<u32> = (0_u32..).take(groups.len()).collect();
        by_slug.sort_by_key(|at| groups.get(*at as usize).map(|group| group.slug.as_str()));
        let languages = Languages::of(&groups);
        // Read here once, so that no seeker waits for it.
        synonyms::lexicon();
        Self {
            by_slug,
            names: groups.iter().map(|group| plain_words(&group.name).join(" ").into()).collect(),
            index: Index::of(&groups),
            places: Places::of(&groups),
            facets: Facets::of(&groups, &languages),
            languages,
            groups,
        }
    }

    /// All groups by name, in German order (DIN 5007-1; signs in front of a name do not count).
    pub fn groups(&self) -> &[PublishedGroup] {
        &self.groups
    }

    /// What the filters can be set to, with counts.
    pub fn facets(&self) -> &Facets {
        &self.facets
    }

    /// One group by its address.
    pub fn by_slug(&self, slug: &str) -> Option<&PublishedGroup> {
        let own = |at: &u32| self.groups.get(*at as usize);
        let found =
            self.by_slug.binary_search_by(|at| own(at).map(|group| group.slug.as_str()).cmp(&Some(slug))).ok()?;
        self.by_slug.get(found).and_then(own)
    }

    /// Bytes the search needs beside the groups: words and where they stand.
    pub fn index_bytes(&self) -> usize {
        self.index.bytes()
    }

    /// Searches and filters.
    pub fn find(&self, query: &Query) -> Found {
        let text: String = query.text.trim().chars().take(MOST_CHARACTERS).collect();
        let mut words = plain_words(&text);
        let typed = words.join(" ");

        let place = query.place.trim();
        let asked_place = if place.is_empty() { None } else { self.places.read(place) };
        let mut place_words = Vec::new();
        let unknown_place = !place.is_empty() && asked_place.is_none();
        let mut spot = asked_place;
        if place.is_empty()
            && let Some((inside, span)) = self.places.inside(&words, |word| self.is_topic(word))
        {
            spot = Some(inside);
            place_words = words.drain(span).collect();
        }
        let km = if query.radius_km == 0 { DEFAULT_KM } else { query.radius_km };
        #[expect(clippy::cast_precision_loss, reason = "kilometres")]
        let around = spot.as_ref().map(|spot| Around { from: spot.point, km: km as f32 });

        let sought = Sought::read(&words).filter(|sought| place_words.is_empty() || !sought.says_nothing());
        let scores = match (&sought, text.is_empty(), place_words.is_empty()) {
            (Some(sought), ..) => Some(sought.scores(&self.index, &self.names, &typed)),
            // Signs only: a group may be called so.
            (None, false, true) => Some(self.groups.iter().map(|g| u32::from(g.name.contains(&text))).collect()),
            (None, ..) => None,
        };
        let here = self.named_like(&place_words);
        let mut found = self.pick(query, around, scores.as_deref(), &here);

        found.unknown_place = unknown_place;
        found.town = spot.and_then(|spot| spot.town);
        if found.unknown_place {
            found.suggestions = self.places.spelt_like(place, MOST_SUGGESTIONS);
        } else if found.hits.is_empty()
            && let Some(sought) = sought.filter(|_| scores.is_some_and(|scores| scores.iter().all(|s| *s == 0)))
        {
            found.suggestions = self.suggestions(sought.words());
        }
        found
    }

    /// Whether a word of a query can be about a topic: the directory, the synonyms or grammar know it.
    fn is_topic(&self, folded: &str) -> bool {
        let word = Word::new(&words::stemmer(), folded.to_owned());
        let known = !self.index.beginning_with(folded).is_empty() || self.index.has_stem(word.stem());
        word.say() != words::Say::Topic || known || synonyms::knows(&word)
    }

    /// Groups that have the words of a place in themselves: found there wherever they meet.
    fn named_like(&self, place_words: &[String]) -> matching::Row {
        let stemmer = words::stemmer();
        let mut all: Option<matching::Row> = None;
        for word in place_words {
            let mut row = vec![0; self.groups.len()];
            matching::direct(&self.index, &Word::new(&stemmer, word.clone()), &mut row);
            all = Some(match all {
                None => row,
                Some(all) => all.into_iter().zip(row).map(|(a, b)| a.min(b)).collect(),
            });
        }
        all.unwrap_or_default()
    }

    fn pick(&self, query: &Query, around: Option<Around>, scores: Option<&[u32]>, here: &[u16]) -> Found {
        let speakers = query.language.as_deref().map(|language| self.languages.groups(language));
        let candidate = |(index, group): (usize, &PublishedGroup)| {
            let score = scores.map_or(0, |scores| scores.get(index).copied().unwrap_or_default());
            let spoken = speakers.is_none_or(|own| own.binary_search_by(|at| (*at as usize).cmp(&index)).is_ok());
            if (scores.is_some() && score == 0) || !spoken || !filters::pass(group, query) {
                return None;
            }
            let km = around.and_then(|around| self.places.km(index, around.from));
            Some(Candidate { index, km, score })
        };
        let mut candidates: Vec<Candidate> = self.groups.iter().enumerate().filter_map(candidate).collect();
        let (mut wider_km, mut nearest_km) = (None, None);
        if let Some(around) = around {
            let nearest = candidates.iter().filter_map(|candidate| candidate.km).reduce(f32::min);
            let named = |candidate: &Candidate| here.get(candidate.index).copied().unwrap_or_default();
            candidates.retain(|candidate| candidate.km.is_some_and(|km| km <= around.km) || named(candidate) > 0);
            if candidates.is_empty() {
                nearest_km = nearest;
                wider_km = nearest.and_then(next_radius);
            }
            for candidate in &mut candidates {
                // Where only a town was typed, those that are called so come first ("Essen" is a topic too).
                let named = u32::from(named(candidate));
                let called_so = scores.is_none() && named >= 90 * u32::from(index::weight::TELLING);
                candidate.score += if called_so { named } else { 0 };
            }
        }
        let name_length = |candidate: &Candidate| self.names.get(candidate.index).map_or(0, |name| name.len());
        candidates.sort_by(|a, b| {
            let km = |candidate: &Candidate| candidate.km.unwrap_or(f32::MAX);
            let shorter =
                || if scores.is_some() { name_length(a).cmp(&name_length(b)) } else { std::cmp::Ordering::Equal };
            b.score.cmp(&a.score).then(km(a).total_cmp(&km(b))).then_with(shorter).then(a.index.cmp(&b.index))
        });
        let hits = candidates.into_iter().map(|Candidate { index, km, score: _ }| Hit { index, km }).collect();
        Found { hits, wider_km, nearest_km, ..Found::default() }
    }

    /// Words of names and topics, as written there, that are spelt somewhat like the words that were not found.
    fn suggestions(&self, words: &[Word]) -> Vec<String> {
        let mut suggestions: Vec<String> = Vec::new();
        for word in words.iter().filter(|word| word.text.chars().count() > 2) {
            for at in matching::somewhat_like(&self.index, word, MOST_SUGGESTIONS) {
                let term = self.index.term(at);
                let written = term.postings.iter().find_map(|posting| self.as_written(posting.group(), term.text));
                suggestions.extend(written.filter(|written| !suggestions.contains(written)));
            }
        }
        suggestions.truncate(MOST_SUGGESTIONS);
        suggestions
    }

    fn as_written(&self, group: usize, folded: &str) -> Option<String> {
        let group = self.groups.get(group)?;
        let mut written = None;
        for text in std::iter::once(&group.name).chain(&group.topics) {
            each_word(text, |word, token| {
                if word == folded && written.is_none() {
                    written = Some(token.raw.to_owned());
                }
            });
        }
        written
    }
}

/// The smallest radius offered that reaches so far.
fn next_radius(km: f32) -> Option<u32> {
    #[expect(clippy::cast_precision_loss, reason = "kilometres")]
    RADII_KM.iter().copied().find(|radius| *radius as f32 >= km)
}
