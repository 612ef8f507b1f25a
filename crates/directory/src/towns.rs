//! The towns of Germany by name, from a shipped table: see `data/README.md`.
//!
//! Many names are borne by several towns, so every look-up says from where it looks: the town of the region is meant,
//! and without one of the region the largest.

use std::sync::LazyLock;

use crate::places::{Point, spellings};
use crate::spelling::slips;

/// How far from an office a town still belongs to its region.
pub(crate) const REGION_KM: f32 = 100.0;

const TABLE: &str = include_str!("../data/towns.csv");

static TOWNS: LazyLock<Towns> = LazyLock::new(|| Towns::read(TABLE));

/// A town, village or part of a town.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Town {
    name: &'static str,
    state: &'static str,
    pub(crate) point: Point,
    people: u32,
}

#[derive(Debug, Default)]
struct Towns {
    rows: Vec<Town>,
    /// Folded names, long and short, each with its row; sorted.
    names: Vec<(Box<str>, u32)>,
}

impl Towns {
    fn read(table: &'static str) -> Self {
        let mut towns = Self::default();
        for line in table.lines().skip(1) {
            let Some((town, at)) = Town::read(line).zip(u32::try_from(towns.rows.len()).ok()) else { continue };
            towns.rows.push(town);
            towns.names.extend(spellings(town.name).into_iter().map(|name| (name.into_boxed_str(), at)));
        }
        towns.names.sort_unstable();
        towns
    }

    fn with<'a>(&'a self, names: &'a [(Box<str>, u32)]) -> impl Iterator<Item = &'a Town> + Clone {
        names.iter().filter_map(|(_, at)| self.rows.get(*at as usize))
    }

    fn named(&self, folded: &str) -> &[(Box<str>, u32)] {
        let from = self.names.partition_point(|(name, _)| **name < *folded);
        let rest = self.names.get(from..).unwrap_or_default();
        rest.get(..rest.partition_point(|(name, _)| **name == *folded)).unwrap_or_default()
    }

    fn beginning_with(&self, head: &str) -> &[(Box<str>, u32)] {
        let from = self.names.partition_point(|(name, _)| **name < *head);
        let rest = self.names.get(from..).unwrap_or_default();
        rest.get(..rest.partition_point(|(name, _)| name.starts_with(head))).unwrap_or_default()
    }
}

impl Town {
    fn read(line: &'static str) -> Option<Self> {
        let mut cells = line.split(',');
        Some(Self {
            name: cells.next()?,
            state: cells.next()?,
            point: Point { lat: cells.next()?.parse().ok()?, lon: cells.next()?.parse().ok()? },
            people: cells.next()?.parse().ok()?,
        })
    }

    /// The name as shown, with the state where another town bears it too.
    pub(crate) fn label(&self) -> String {
        let is_same = |town: &&&Town| town.name == self.name;
        let same = spellings(self.name).first().map_or(0, |name| {
            let towns = &*TOWNS;
            towns.with(towns.named(name)).filter(|town| is_same(&town)).count()
        });
        if same > 1 && !self.name.contains('(') {
            format!("{} ({})", self.name, state(self.state))
        } else {
            self.name.to_owned()
        }
    }

    /// Whether it lies in the region around this point.
    pub(crate) fn is_near(&self, home: Point) -> bool {
        home.km_to(self.point) <= REGION_KM
    }
}

/// The town of this folded name that people around `home` mean.
pub(crate) fn named(folded: &str, home: Option<Point>) -> Option<Town> {
    let towns = &*TOWNS;
    meant(towns.with(towns.named(folded)), home)
}

/// The nearest town of the region, else the largest of all.
fn meant<'a>(towns: impl Iterator<Item = &'a Town> + Clone, home: Option<Point>) -> Option<Town> {
    let near = |town: &&Town| home.is_some_and(|home| town.is_near(home));
    let km = |town: &Town| home.map_or(0.0, |home| home.km_to(town.point));
    let of_the_region = towns.clone().filter(near).min_by(|a, b| km(a).total_cmp(&km(b)));
    of_the_region.or_else(|| towns.max_by_key(|town| town.people)).copied()
}

/// Towns spelt nearly so, those of the region first, then the larger ones; each with its slips. The first letter is right.
pub(crate) fn spelt_like(folded: &str, most_slips: usize, home: Option<Point>) -> Vec<(usize, Town)> {
    let towns = &*TOWNS;
    let Some(first) = folded.chars().next() else { return Vec::new() };
    let mut found: Vec<(usize, Town)> = Vec::new();
    for (name, at) in towns.beginning_with(first.encode_utf8(&mut [0; 4])) {
        let Some((slips, town)) = slips(name, folded, most_slips).zip(towns.rows.get(*at as usize)) else { continue };
        match found.iter_mut().find(|(_, known)| known.name == town.name && known.state == town.state) {
            Some((fewest, _)) => *fewest = slips.min(*fewest),
            None => found.push((slips, *town)),
        }
    }
    let far = |town: &Town| home.is_some_and(|home| !town.is_near(home));
    found.sort_by_key(|(slips, town)| (far(town), *slips, std::cmp::Reverse(town.people)));
    found
}

/// A state's name by its letters (ISO 3166-2:DE).
fn state(letters: &str) -> &str {
    match letters {
        "BW" => "Baden-Württemberg",
        "BY" => "Bayern",
        "BE" => "Berlin",
        "BB" => "Brandenburg",
        "HB" => "Bremen",
        "HH" => "Hamburg",
        "HE" => "Hessen",
        "MV" => "Mecklenburg-Vorpommern",
        "NI" => "Niedersachsen",
        "NW" => "Nordrhein-Westfalen",
        "RP" => "Rheinland-Pfalz",
        "SL" => "Saarland",
        "SN" => "Sachsen",
        "ST" => "Sachsen-Anhalt",
        "SH" => "Schleswig-Holstein",
        "TH" => "Thüringen",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::{TABLE, TOWNS, Town, named, spelt_like};
    use crate::places::{Point, postcode};

    const LEIPZIG: Point = Point { lat: 51.34, lon: 12.37 };
    const KÖLN: Point = Point { lat: 50.94, lon: 6.96 };

    #[test]
    fn every_line_of_the_table_is_read_and_lies_in_germany() {
        assert_eq!(TOWNS.rows.len(), TABLE.lines().count() - 1);
        for Town { name, state: letters, point: Point { lat, lon }, .. } in &TOWNS.rows {
            assert!((47.2..55.1).contains(lat) && (5.8..15.1).contains(lon), "{name} {lat} {lon}");
            assert!(super::state(letters).len() > 2, "{name} {letters}");
        }
    }

    #[test]
    fn towns_lie_where_their_postal_codes_lie() {
        for (name, code) in [("munchen", "80331"), ("grimma", "04668"), ("buxtehude", "21614"), ("gorlitz", "02826")] {
            let km = named(name, None).unwrap().point.km_to(postcode(code).unwrap());
            assert!(km < 8.0, "{name}: {km}");
        }
    }

    #[test]
    fn of_towns_with_one_name_the_one_of_the_region_is_meant_else_the_largest() {
        assert_eq!(named("halle", Some(LEIPZIG)).unwrap().label(), "Halle (Saale)");
        assert_eq!(named("frankfurt", Some(LEIPZIG)).unwrap().label(), "Frankfurt am Main");
        let neustadt = named("neunkirchen", Some(KÖLN)).unwrap();
        assert!(neustadt.is_near(KÖLN) && neustadt.label().starts_with("Neunkirchen"), "{neustadt:?}");
        assert_eq!(named("neunkirchen", None).unwrap().label(), "Neunkirchen (Saarland)");
        assert!(named("atlantis", None).is_none());
    }

    #[test]
    fn a_misspelt_town_is_looked_for_in_the_region_first() {
        let names = |typed: &str| spelt_like(typed, 2, Some(LEIPZIG)).iter().map(|(_, t)| t.name).collect::<Vec<_>>();
        assert_eq!(names("wurtzen").first(), Some(&"Wurzen"));
        assert_eq!(names("buxtehuhde").first(), Some(&"Buxtehude"));
        assert!(names("").is_empty());
    }
}
