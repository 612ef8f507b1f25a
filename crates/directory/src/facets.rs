//! What the filters can be set to in this directory, with the number of groups each would find.

use std::collections::BTreeMap;

use domain::Field;
use domain::catalogue::Kind;
use domain::projection::PublishedGroup;

use crate::collation;
use crate::filters::{self, Languages};

/// One value of a filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facet {
    /// The code, or the word as the groups write it.
    pub value: String,
    /// How many groups the filter finds, set to this value alone. Never 0.
    pub groups: usize,
}

/// The values present in a directory.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facets {
    /// Codes of `Field::Sector`, in the order of the catalogue.
    pub sectors: Vec<Facet>,
    /// Codes of `Field::Format`, in the order of the catalogue; hybrid groups count on site and online too.
    pub formats: Vec<Facet>,
    /// Codes of `Field::Audience`, in the order of the catalogue; groups for both count for either too.
    pub audiences: Vec<Facet>,
    /// Spoken languages by name.
    pub languages: Vec<Facet>,
    /// Towns of venues by name: how many groups meet there.
    pub towns: Vec<Facet>,
}

impl Facets {
    pub(crate) fn of(groups: &[PublishedGroup], languages: &Languages) -> Self {
        let sector = |group: &PublishedGroup, code: &str| group.sector.as_ref().is_some_and(|own| own.as_str() == code);
        let mut towns: BTreeMap<(String, &str), usize> = BTreeMap::new();
        for group in groups {
            let mut own: Vec<&str> = group.venues.iter().map(|venue| venue.town.trim()).collect();
            own.sort_unstable();
            own.dedup();
            for town in own.into_iter().filter(|town| !town.is_empty()) {
                *towns.entry((collation::key(town), town)).or_default() += 1;
            }
        }
        let mut spoken: Vec<_> = languages.counted().map(|(word, n)| (collation::key(word), word, n)).collect();
        spoken.sort_unstable();
        Self {
            sectors: coded(Field::Sector, groups, sector),
            formats: coded(Field::Format, groups, filters::format),
            audiences: coded(Field::Audience, groups, filters::audience),
            languages: spoken.into_iter().map(|(_, word, groups)| Facet { value: word.to_owned(), groups }).collect(),
            towns: towns.into_iter().map(|((_, town), groups)| Facet { value: town.to_owned(), groups }).collect(),
        }
    }
}

fn coded(field: Field, groups: &[PublishedGroup], found: impl Fn(&PublishedGroup, &str) -> bool) -> Vec<Facet> {
    let Some(Kind::Choice(codes)) = field.built_in().map(|def| &def.kind) else { return Vec::new() };
    let facet = |code: &&str| {
        let groups = groups.iter().filter(|group| found(group, code)).count();
        (groups > 0).then(|| Facet { value: (*code).to_owned(), groups })
    };
    codes.iter().filter_map(facet).collect()
}
