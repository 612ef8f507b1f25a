//! Where places are: postal codes from a shipped table; towns and their parts from the groups' own venues, and where no
//! group meets there from the table of all towns (`towns`).

use std::collections::HashSet;
use std::sync::LazyLock;

use domain::projection::PublishedGroup;

use crate::spelling::slips;
use crate::towns::{self, Town};
use crate::words::plain_words;

/// Mean radius of the earth in kilometres (IUGG).
const EARTH_KM: f32 = 6371.0;

/// Postal codes with their middles: see `data/README.md` for source and licence.
const TABLE: &str = include_str!("../data/postcodes.csv");

static POSTCODES: LazyLock<Vec<(u32, Point)>> = LazyLock::new(|| {
    let line = |line: &str| {
        let mut cells = line.split(',');
        let code = cells.next()?.parse().ok()?;
        Some((code, Point { lat: cells.next()?.parse().ok()?, lon: cells.next()?.parse().ok()? }))
    };
    // The file is sorted; a table edited by hand must work all the same.
    let mut table: Vec<_> = TABLE.lines().filter_map(line).collect();
    table.sort_by_key(|(code, _)| *code);
    table
});

/// A point on the earth in degrees (WGS 84).
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Point {
    pub(crate) lat: f32,
    pub(crate) lon: f32,
}

impl Point {
    /// Great-circle distance (haversine), good to about 0.5 %.
    pub(crate) fn km_to(self, other: Self) -> f32 {
        let half = |a: f32, b: f32| ((b - a).to_radians() / 2.0).sin().powi(2);
        let across = self.lat.to_radians().cos() * other.lat.to_radians().cos();
        let h = half(self.lat, other.lat) + across * half(self.lon, other.lon);
        2.0 * EARTH_KM * h.sqrt().min(1.0).asin()
    }

    /// Half of the points lie north of it, half east of it: a single wrong postal code does not move it.
    fn median(points: impl Iterator<Item = Self>) -> Option<Self> {
        let (mut lats, mut lons): (Vec<f32>, Vec<f32>) = points.map(|point| (point.lat, point.lon)).unzip();
        let half = |degrees: &mut Vec<f32>| {
            degrees.sort_by(f32::total_cmp);
            degrees.get(degrees.len() / 2).copied()
        };
        Some(Self { lat: half(&mut lats)?, lon: half(&mut lons)? })
    }

    #[expect(clippy::cast_precision_loss, reason = "a count of venues")]
    fn middle(points: &[Self]) -> Option<Self> {
        let count = points.len() as f32;
        let sum = points.iter().fold((0.0, 0.0), |sum, p| (sum.0 + p.lat, sum.1 + p.lon));
        (!points.is_empty()).then(|| Self { lat: sum.0 / count, lon: sum.1 / count })
    }
}

/// Whether the text has the shape of a German postal code.
pub(crate) fn is_postcode(text: &str) -> bool {
    text.len() == 5 && text.bytes().all(|b| b.is_ascii_digit())
}

/// The middle of a postal code. One that is not in the table (codes of large recipients have no area) lies where its
/// neighbours with the same first four digits lie.
pub(crate) fn postcode(text: &str) -> Option<Point> {
    if !is_postcode(text) {
        return None;
    }
    let code: u32 = text.parse().ok()?;
    let table = &*POSTCODES;
    if let Ok(at) = table.binary_search_by_key(&code, |(code, _)| *code) {
        return table.get(at).map(|(_, point)| *point);
    }
    let (from, to) = (code / 10 * 10, code / 10 * 10 + 10);
    let near: Vec<_> = table.iter().filter(|(code, _)| (from..to).contains(code)).map(|(_, point)| *point).collect();
    Point::middle(&near)
}

/// The places one office's groups meet in.
#[derive(Debug, Default)]
pub(crate) struct Places {
    /// Where each group meets, by group.
    venues: Vec<(u32, Point)>,
    /// Names of towns and parts of towns, sorted, with their middles.
    names: Vec<Named>,
    /// The most words a name has.
    longest: usize,
    /// The middle of the office's region.
    home: Option<Point>,
}

/// A town or part of a town, by one of its names.
#[derive(Clone, Debug)]
struct Named {
    folded: Box<str>,
    /// As a venue writes it.
    shown: Box<str>,
    point: Point,
}

/// A place as understood.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Spot {
    pub(crate) point: Point,
    /// Its name, if it is a town where no group meets: which one was meant may not be clear from what was typed.
    pub(crate) town: Option<String>,
}

impl Spot {
    const fn known(point: Point) -> Self {
        Self { point, town: None }
    }

    fn town(town: Town) -> Self {
        Self { point: town.point, town: Some(town.label()) }
    }
}

/// The most words the name of a town in the table is looked for with.
const LONGEST_TOWN: usize = 4;

impl Places {
    pub(crate) fn of(groups: &[PublishedGroup]) -> Self {
        let mut named: Vec<(String, &str, Point)> = Vec::new();
        let mut venues = Vec::new();
        let mut without_code = Vec::new();
        for (group, venue) in groups.iter().zip(0_u32..).flat_map(|(g, i)| g.venues.iter().map(move |v| (i, v))) {
            let Some(point) = postcode(venue.postcode.trim()) else {
                without_code.push((group, spellings(&venue.town)));
                continue;
            };
            venues.push((group, point));
            named.extend(spellings(&venue.town).into_iter().map(|name| (name, venue.town.trim(), point)));
            let district = plain_words(&venue.district).join(" ");
            if !district.is_empty() {
                named.push((district, venue.district.trim(), point));
            }
        }
        named.sort_by(|a, b| (&a.0, a.1).cmp(&(&b.0, b.1)));
        let mut places = Self { venues, ..Self::default() };
        for same in named.chunk_by(|a, b| a.0 == b.0) {
            let points: Vec<_> = same.iter().map(|(.., point)| *point).collect();
            if let (Some((name, shown, _)), Some(point)) = (same.first(), Point::middle(&points)) {
                places.longest = places.longest.max(name.split(' ').count());
                places.names.push(Named { folded: name.as_str().into(), shown: (*shown).into(), point });
            }
        }
        for (group, names) in without_code {
            if let Some(point) = names.iter().find_map(|name| places.named(name)) {
                places.venues.push((group, point));
            }
        }
        places.venues.sort_by_key(|(group, _)| *group);
        places.venues.shrink_to_fit();
        places.home = Point::median(places.venues.iter().map(|(_, point)| *point));
        places
    }

    /// The middle of a town or part of town, by its folded name.
    pub(crate) fn named(&self, folded: &str) -> Option<Point> {
        let at = self.names.binary_search_by(|name| (*name.folded).cmp(folded)).ok()?;
        self.names.get(at).map(|name| name.point)
    }

    /// Reads what was typed as a place: a postal code anywhere in it, else a name, else the longest name inside it,
    /// else the one name that is spelt nearly so. The office's own names come before those of all towns.
    pub(crate) fn read(&self, text: &str) -> Option<Spot> {
        let words = plain_words(text);
        let longest = |most: usize, named: &dyn Fn(&str) -> Option<Spot>| {
            let mut lengths = (1..=words.len().min(most)).rev();
            lengths.find_map(|len| words.windows(len).find_map(|span| named(&span.join(" "))))
        };
        let all = words.join(" ");
        words
            .iter()
            .find_map(|word| postcode(word))
            .or_else(|| self.named(&all))
            .map(Spot::known)
            .or_else(|| towns::named(&all, self.home).map(Spot::town))
            .or_else(|| longest(self.longest, &|name| self.named(name).map(Spot::known)))
            .or_else(|| longest(LONGEST_TOWN, &|name| towns::named(name, self.home).map(Spot::town)))
            .or_else(|| self.nearly(&all).map(Spot::known))
            .or_else(|| self.nearly_a_town(&all).map(Spot::town))
    }

    /// The first place named in the words of a query, with the words it takes. A town where no group meets counts only
    /// if it lies in the region and the directory knows none of its words (`is_topic`).
    pub(crate) fn inside(
        &self,
        words: &[String],
        is_topic: impl Fn(&str) -> bool,
    ) -> Option<(Spot, std::ops::Range<usize>)> {
        for len in (1..=words.len().min(self.longest.max(1))).rev() {
            for (start, span) in words.windows(len).enumerate() {
                let point = match span {
                    [word] if is_postcode(word) => postcode(word),
                    _ => self.named(&span.join(" ")),
                };
                if let Some(point) = point {
                    return Some((Spot::known(point), start..start + len));
                }
            }
        }
        let home = self.home?;
        for len in (1..=words.len().min(LONGEST_TOWN)).rev() {
            for (start, span) in words.windows(len).enumerate() {
                let strange =
                    span.iter().any(|word| word.chars().count() > 3) && !span.iter().any(|word| is_topic(word));
                let town = if strange { towns::named(&span.join(" "), self.home) } else { None };
                if let Some(town) = town.filter(|town| town.is_near(home)) {
                    return Some((Spot::town(town), start..start + len));
                }
            }
        }
        None
    }

    /// The one town of the region spelt nearly so; if there is none in the region, the one of all.
    fn nearly_a_town(&self, folded: &str) -> Option<Town> {
        if folded.chars().count() < 6 {
            return None;
        }
        let near = towns::spelt_like(folded, 1, self.home);
        let of_the_region = |town: &Town| self.home.is_some_and(|home| town.is_near(home));
        let (_, first) = near.first()?;
        let rivals = near.iter().skip(1).filter(|(_, town)| of_the_region(town) == of_the_region(first)).count();
        (rivals == 0).then_some(*first)
    }

    /// Names as shown that are spelt nearly so: of the groups' own venues, then of the region's towns.
    pub(crate) fn spelt_like(&self, text: &str, most: usize) -> Vec<String> {
        let folded = plain_words(text).join(" ");
        let letters = folded.chars().count();
        let limit = 2.max(letters / 3);
        let mut near: Vec<(usize, &str)> = Vec::new();
        for Named { folded: name, shown, .. } in &self.names {
            let slips = slips(name, &folded, limit);
            near.extend(slips.map(|slips| (slips, &**shown)));
        }
        near.sort_unstable();
        let mut names: Vec<String> = near.into_iter().map(|(_, shown)| shown.to_owned()).collect();
        if letters > 3 {
            let towns = towns::spelt_like(&folded, if letters > 7 { 2 } else { 1 }, self.home);
            names.extend(towns.iter().take(most).map(|(_, town)| town.label()));
        }
        let mut once = HashSet::new();
        names.retain(|name| once.insert(name.clone()));
        names.truncate(most);
        names
    }

    /// Distance of a group from a point: its nearest venue.
    pub(crate) fn km(&self, group: usize, from: Point) -> Option<f32> {
        let first = self.venues.partition_point(|(g, _)| (*g as usize) < group);
        let own = self.venues.iter().skip(first).take_while(|(g, _)| *g as usize == group);
        own.map(|(_, point)| from.km_to(*point)).reduce(f32::min)
    }

    fn nearly(&self, folded: &str) -> Option<Point> {
        if folded.chars().count() < 5 {
            return None;
        }
        let mut near = self.names.iter().filter(|name| slips(&name.folded, folded, 1).is_some());
        let first = near.next()?;
        near.next().is_none().then_some(first.point)
    }
}

/// "Halle (Saale)" is also asked for as "Halle", "Frankfurt am Main" as "Frankfurt".
pub(crate) fn spellings(town: &str) -> Vec<String> {
    let full = plain_words(town).join(" ");
    if full.is_empty() {
        return Vec::new();
    }
    let short = ["(", "/", ",", " am ", " an ", " im ", " in ", " bei ", " ob ", " vor "]
        .into_iter()
        .filter_map(|mark| town.find(mark))
        .min()
        .and_then(|at| town.get(..at))
        .map(|head| plain_words(head).join(" "))
        .filter(|head| !head.is_empty() && *head != full);
    std::iter::once(full).chain(short).collect()
}

#[cfg(test)]
mod tests {
    use super::{Point, postcode, spellings};

    #[test]
    fn distances_are_those_of_the_map() {
        let leipzig = Point { lat: 51.3397, lon: 12.3731 };
        let dresden = Point { lat: 51.0504, lon: 13.7373 };
        assert!((leipzig.km_to(dresden) - 100.2).abs() < 1.0);
        assert!(leipzig.km_to(leipzig) < 0.001);
    }

    #[test]
    fn postal_codes_are_found_and_unknown_ones_lie_by_their_neighbours() {
        let plagwitz = postcode("04229").unwrap();
        assert!((plagwitz.lat - 51.3).abs() < 0.1 && (plagwitz.lon - 12.3).abs() < 0.1);
        assert!(postcode("00000").is_none());
        assert!(postcode("0422").is_none());
        assert!(postcode("04229 Leipzig").is_none());
    }

    #[test]
    fn towns_have_short_names() {
        assert_eq!(spellings("Halle (Saale)"), ["halle saale", "halle"]);
        assert_eq!(spellings("Frankfurt am Main"), ["frankfurt am main", "frankfurt"]);
        assert_eq!(spellings("Zwickau"), ["zwickau"]);
        assert!(spellings(" ").is_empty());
    }
}
