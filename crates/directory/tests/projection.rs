//! The index equals the projection: what is published is found, nothing else is, and filters are what they say.

mod fixture;

use std::collections::HashSet;

use directory::{Directory, Query, is_accessible};
use domain::projection::{PublishedGroup, publish};
use domain::{Field, Item, Light, Source, Status, Value};
use fixture::{Place, Record, group, ids, judged, published, slugs};
use proptest::prelude::*;

const TOWNS: &[(&str, &str)] = &[
    ("04229", "Leipzig"),
    ("06108", "Halle (Saale)"),
    ("04668", "Grimma"),
    ("01097", "Dresden"),
    ("", "Leipzig"),
    ("", "Nirgendwo"),
];
const SECTORS: &[&str] = &["health", "psychosocial", "social", "addiction", ""];
const AUDIENCES: &[&str] = &["affected", "relatives", "both", ""];
const FORMATS: &[&str] = &["on_site", "online", "hybrid", "phone", ""];
const ACCEPTS: &[&str] = &["yes", "no", "waiting_list", "after_talk", ""];
const ACCESS: &[&str] = &["barrierefrei", "nicht barrierefrei", "Aufzug", "", "keine Stufen"];
const LANGUAGES: &[&str] = &["Deutsch", "Russisch", "englisch", "Deutsch, Arabisch"];

fn pick(list: &'static [&'static str]) -> impl Strategy<Value = String> {
    proptest::sample::select(list).prop_map(str::to_owned)
}

fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => proptest::sample::select(vec!["Angst", "Krebs", "Sucht", "Trauer", "und", "im", "Gruppe", "Leipzig", "ADHS", "Ohr"])
            .prop_map(str::to_owned),
        4 => "[A-ZÄÖÜ][a-zäöüß]{2,12}",
        1 => "\\PC{1,8}",
        1 => "[A-Za-z]{1,3}-[A-Za-z]{1,9}",
    ]
}

fn text(words: std::ops::Range<usize>) -> impl Strategy<Value = String> {
    proptest::collection::vec(word(), words).prop_map(|words| words.join(" "))
}

fn record() -> impl Strategy<Value = Record> {
    let codes = (pick(SECTORS), pick(AUDIENCES), pick(FORMATS), pick(ACCEPTS), pick(ACCESS));
    let texts = (text(1..5), proptest::collection::vec(text(1..3), 0..3), text(0..8));
    let place = proptest::option::of(proptest::sample::select(TOWNS));
    (texts, codes, place, proptest::collection::vec(pick(LANGUAGES), 0..2)).prop_map(
        |((name, topics, summary), (sector, audience, format, accepts_new, accessibility), place, languages)| Record {
            key: String::new(),
            name,
            topics,
            sector,
            audience,
            format,
            accepts_new,
            languages,
            accessibility,
            summary,
            venue: place.map(|(code, town)| Place { postcode: code.into(), town: town.into(), ..Place::default() }),
        },
    )
}

/// Groups with different names.
fn records() -> impl Strategy<Value = Vec<Record>> {
    proptest::collection::vec(record(), 1..25).prop_map(|mut records| {
        let mut seen = HashSet::new();
        records.retain(|record| !record.name.trim().is_empty() && seen.insert(record.name.to_lowercase()));
        records.iter_mut().enumerate().for_each(|(at, record)| record.key = format!("g{at}"));
        records
    })
}

fn query() -> impl Strategy<Value = Query> {
    (
        proptest::collection::vec(pick(&["health", "psychosocial", "social", "addiction"]), 0..3),
        proptest::option::of(pick(&["affected", "relatives", "both"])),
        proptest::collection::vec(pick(&["on_site", "online", "hybrid", "phone"]), 0..2),
        any::<(bool, bool)>(),
        proptest::option::of(pick(&["Deutsch", "russisch", "Arabisch", "Klingonisch"])),
    )
        .prop_map(|(sectors, audience, formats, (open_only, accessible_only), language)| Query {
            sectors,
            audience,
            formats,
            open_only,
            accessible_only,
            language,
            ..Query::default()
        })
}

fn naive(group: &PublishedGroup, query: &Query) -> bool {
    let code = |value: &Option<domain::projection::Green<String>>| value.as_ref().map(|green| green.to_string());
    let sector = query.sectors.is_empty() || code(&group.sector).is_some_and(|own| query.sectors.contains(&own));
    let audience = match &query.audience {
        None => true,
        Some(asked) => code(&group.audience).is_some_and(|own| own == *asked || own == "both"),
    };
    let format = query.formats.is_empty()
        || query.formats.iter().any(|asked| match (code(&group.format).as_deref(), asked.as_str()) {
            (Some("hybrid"), "on_site" | "online") => true,
            (own, asked) => own == Some(asked),
        });
    let open = !query.open_only || matches!(code(&group.accepts_new).as_deref(), Some("yes" | "after_talk"));
    let accessible = !query.accessible_only || is_accessible(group);
    let language = query.language.as_ref().is_none_or(|asked| {
        group.languages.iter().any(|own| own.split(", ").any(|own| own.to_lowercase() == asked.to_lowercase()))
    });
    sector && audience && format && open && accessible && language
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_published_group_is_found_by_its_own_name_among_the_first(records in records()) {
        let groups = published(&records);
        let directory = Directory::new(groups.clone());
        prop_assert_eq!(directory.groups().len(), groups.len());
        for group in &groups {
            prop_assert_eq!(directory.by_slug(group.slug.as_str()), Some(group));
            let found = directory.find(&Query { text: group.name.to_string(), ..Query::default() });
            let slugs = slugs(&directory, &found.hits);
            let rank = slugs.iter().position(|slug| slug == group.slug.as_str());
            // Names that differ in signs or accents only are equals.
            prop_assert!(rank.is_some_and(|rank| rank < 5), "{:?} is at {rank:?} of {:?}", *group.name, records);
        }
    }

    #[test]
    fn nothing_is_found_that_is_not_there_and_nothing_twice(records in records(), text in text(0..4), place in text(0..2)) {
        let directory = Directory::new(published(&records));
        let found = directory.find(&Query { text, place, ..Query::default() });
        let indexes: HashSet<usize> = found.hits.iter().map(|hit| hit.index).collect();
        prop_assert_eq!(indexes.len(), found.hits.len());
        prop_assert!(indexes.iter().all(|index| *index < directory.groups().len()));
    }

    #[test]
    fn filters_equal_a_naive_scan_in_german_order(records in records(), query in query()) {
        let directory = Directory::new(published(&records));
        let found: Vec<usize> = directory.find(&query).hits.iter().map(|hit| hit.index).collect();
        let scanned: Vec<usize> =
            directory.groups().iter().enumerate().filter(|(_, group)| naive(group, &query)).map(|(at, _)| at).collect();
        prop_assert_eq!(found, scanned);
    }

    #[test]
    fn filters_narrow_a_search_and_never_widen_it(records in records(), query in query(), text in text(1..3)) {
        let directory = Directory::new(published(&records));
        let all: HashSet<usize> =
            directory.find(&Query { text: text.clone(), ..Query::default() }).hits.iter().map(|hit| hit.index).collect();
        let narrowed = directory.find(&Query { text, ..query.clone() });
        for hit in &narrowed.hits {
            prop_assert!(all.contains(&hit.index) && naive(&directory.groups()[hit.index], &query));
        }
        let expected = all.iter().filter(|index| naive(&directory.groups()[**index], &query)).count();
        prop_assert_eq!(narrowed.hits.len(), expected);
    }

    #[test]
    fn any_text_is_answered(text in "\\PC{0,300}", place in "\\PC{0,40}") {
        let directory = judged();
        directory.find(&Query { text, place, ..Query::default() });
    }
}

#[test]
fn words_of_yellow_and_red_items_and_of_paused_groups_find_nothing() {
    let ids = ids();
    let record = Record { key: "a".into(), name: "Offene Runde".into(), ..Record::default() };
    let mut open = group(&ids, &record);
    for (field, light, word) in [
        (Field::Summary, Light::Yellow, "Gelbwort"),
        (Field::Topic, Light::Red, "Rotwort"),
        (Field::Funding, Light::Green, "Deckelwort"),
        (Field::AccessHints, Light::Yellow, "Klingelwort"),
    ] {
        let mut item = Item::new(ids.next(), field, Value::Text(word.into()), Source::Staff);
        item.light = light;
        open.items.push(item);
    }
    let paused = Record { key: "b".into(), name: "Pausenwort".into(), ..Record::default() };
    let mut paused = group(&ids, &paused);
    paused.status = Status::Paused;
    let groups: Vec<_> = [open, paused]
        .iter()
        .filter_map(|group| publish(group, &[], &domain::Catalogue::built_in()))
        .map(|both| both.group)
        .collect();
    let directory = Directory::new(groups);
    let find = |text: &str| directory.find(&Query { text: text.into(), ..Query::default() });
    assert_eq!(find("Runde").hits.len(), 1);
    for word in ["Gelbwort", "Rotwort", "Deckelwort", "Klingelwort", "Pausenwort"] {
        let found = find(word);
        assert!(found.hits.is_empty() && found.suggestions.is_empty(), "{word}");
    }
}
