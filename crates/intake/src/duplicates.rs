//! Groups that stand twice in a list, or that the office has already. Only marks: a person decides.

use std::collections::HashMap;

use domain::{Field, Value};

use crate::draft::{Draft, Duplicate, DuplicateOf, Likelihood};
use crate::words::folded;

/// A group that the office has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// Given back in [`DuplicateOf::Existing`].
    pub key: String,
    /// Its name.
    pub name: String,
    /// Its topics.
    pub topics: Vec<String>,
    /// Its places, each as [`domain::Venue::line`].
    pub places: Vec<String>,
}

/// What two groups are compared by.
struct Marks {
    name: String,
    core: String,
    topics: Vec<String>,
    places: Vec<String>,
    meetings: Vec<String>,
}

/// Marks every draft that may be the same as an earlier one or as a group of the office; the office's comes first.
pub fn mark(drafts: &mut [Draft], existing: &[Known]) {
    let mut seen: Vec<(DuplicateOf, Marks)> =
        existing.iter().map(|known| (DuplicateOf::Existing(known.key.clone()), known.into())).collect();
    // By name, by the name's core, by place: only those are compared.
    let mut index: HashMap<String, Vec<usize>> = HashMap::new();
    for (place, (_, marks)) in seen.iter().enumerate() {
        add(&mut index, marks, place);
    }
    for draft in drafts {
        let marks = Marks::from(&*draft);
        let mut near: Vec<usize> = keys(&marks).filter_map(|key| index.get(&key)).flatten().copied().collect();
        near.sort_unstable();
        near.dedup();
        let mut best: Option<(Likelihood, usize)> = None;
        for place in near {
            if let Some(likelihood) = compare(&seen[place].1, &marks)
                && best.is_none_or(|(other, _)| likelihood > other)
            {
                best = Some((likelihood, place));
            }
        }
        draft.duplicate_of = best.map(|(likelihood, place)| Duplicate { of: seen[place].0.clone(), likelihood });
        add(&mut index, &marks, seen.len());
        seen.push((DuplicateOf::Row(draft.source.clone()), marks));
    }
}

fn keys(marks: &Marks) -> impl Iterator<Item = String> + '_ {
    [format!("n {}", marks.name), format!("c {}", marks.core)]
        .into_iter()
        .chain(marks.places.iter().map(|place| format!("p {place}")))
}

fn add(index: &mut HashMap<String, Vec<usize>>, marks: &Marks, place: usize) {
    for key in keys(marks) {
        let places = index.entry(key).or_default();
        // One house for hundreds of groups: comparing all with all there would find nothing more.
        if places.len() < 200 {
            places.push(place);
        }
    }
}

fn compare(a: &Marks, b: &Marks) -> Option<Likelihood> {
    let share = |a: &[String], b: &[String]| a.iter().any(|one| b.contains(one));
    let place = share(&a.places, &b.places);
    let meetings = share(&a.meetings, &b.meetings);
    let unplaced = a.places.is_empty() || b.places.is_empty();
    if a.name == b.name {
        return Some(if place || (unplaced && (meetings || a.meetings.is_empty() || b.meetings.is_empty())) {
            Likelihood::Likely
        } else {
            Likelihood::Possible
        });
    }
    let same_core = !a.core.is_empty() && a.core == b.core;
    let topic = share(&a.topics, &b.topics);
    (place && (same_core || topic)).then_some(Likelihood::Possible)
}

/// A name without what many names have: "Selbsthilfegruppe Depression Leipzig" → "depression leipzig".
fn core(name: &str) -> String {
    const COMMON: &[&str] =
        &["selbsthilfegruppe", "shg", "treffpunkt", "gespraechskreis", "gruppe", "angehoerigengruppe", "selbsthilfe"];
    let words: Vec<&str> = name.split(' ').filter(|word| !COMMON.contains(word)).collect();
    words.join(" ")
}

impl From<&Known> for Marks {
    fn from(known: &Known) -> Self {
        let name = folded(&known.name);
        let all = |texts: &[String]| texts.iter().map(|text| folded(text)).filter(|text| !text.is_empty()).collect();
        Self { core: core(&name), name, topics: all(&known.topics), places: all(&known.places), meetings: Vec::new() }
    }
}

impl From<&Draft> for Marks {
    fn from(draft: &Draft) -> Self {
        let name = folded(&draft.name);
        let of = |fields: &[Field]| -> Vec<String> {
            let values = draft.items.iter().filter(|(field, _)| fields.contains(field));
            values.map(|(_, value): &(Field, Value)| folded(&value.plain())).filter(|text| !text.is_empty()).collect()
        };
        Self {
            core: core(&name),
            name,
            topics: of(&[Field::Topic]),
            places: of(&[Field::Venue, Field::PrivateVenue]),
            meetings: of(&[Field::Meetings]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Known, mark};
    use crate::draft::{DuplicateOf, Likelihood};

    fn understood(text: &str) -> Vec<crate::Draft> {
        let workbook = crate::read(text.as_bytes()).unwrap();
        crate::understand(&workbook, &crate::propose(&workbook, &[])).drafts
    }

    #[test]
    fn rows_and_groups_that_may_be_the_same_are_marked() {
        let mut drafts = understood(
            "Gruppe;Wann;Wo\n\
             SHG Depression;montags 18 Uhr;VHS, Weg 1, 04107 Leipzig\n\
             SHG  depression;montags 18 Uhr;VHS, Weg 1, 04107 Leipzig\n\
             SHG Depression;dienstags 10 Uhr;Kirche, Ring 2, 04107 Leipzig\n\
             Treffpunkt Angst;;Kirche, Ring 2, 04107 Leipzig\n\
             Zöliakie;;\n",
        );
        let known = Known { key: "7".into(), name: "Zoeliakie".into(), ..Known::default() };
        mark(&mut drafts, &[known]);
        let found: Vec<_> = drafts.iter().map(|d| d.duplicate_of.as_ref().map(|d| d.likelihood)).collect();
        assert_eq!(found, [None, Some(Likelihood::Likely), Some(Likelihood::Possible), None, Some(Likelihood::Likely)]);
        assert_eq!(drafts[4].duplicate_of.as_ref().unwrap().of, DuplicateOf::Existing("7".into()));
        let DuplicateOf::Row(row) = &drafts[1].duplicate_of.as_ref().unwrap().of else { panic!("a row") };
        assert_eq!(row.row, 2);
    }
}
