//! Places, radius, order, facets and what an empty answer offers.

mod fixture;

use directory::{Directory, Facet, Query};
use fixture::{Place, Record, judged, published, slugs};

fn text(text: &str) -> Query {
    Query { text: text.into(), ..Query::default() }
}

fn place(place: &str, radius_km: u32) -> Query {
    Query { place: place.into(), radius_km, ..Query::default() }
}

fn found(directory: &Directory, query: &Query) -> Vec<String> {
    slugs(directory, &directory.find(query).hits)
}

#[test]
fn without_a_question_all_groups_come_by_name() {
    let directory = judged();
    let all = directory.find(&Query::default());
    assert_eq!(all.hits.len(), directory.groups().len());
    assert!(all.hits.iter().enumerate().all(|(at, hit)| hit.index == at && hit.km.is_none()));
    assert_eq!(directory.groups().first().map(|group| group.name.as_str()), Some("Abheben ohne Herzklopfen"));
    assert_eq!(found(&directory, &text("   ")).len(), directory.groups().len());
}

#[test]
fn around_a_postal_code_the_nearest_come_first_with_their_distance() {
    let directory = judged();
    let answer = directory.find(&place("04668", 30));
    assert!(!answer.unknown_place);
    let kms: Vec<f32> = answer.hits.iter().filter_map(|hit| hit.km).collect();
    assert_eq!(kms.len(), answer.hits.len());
    assert!(kms.is_sorted() && kms.iter().all(|km| *km <= 30.0));
    assert_eq!(directory.groups()[answer.hits[0].index].venues[0].town, "Grimma");
    assert!(found(&directory, &place("04668", 5)).len() < answer.hits.len());
}

#[test]
fn towns_and_their_parts_are_known_from_the_venues() {
    let directory = judged();
    for known in [
        "Grimma",
        "grimma",
        "Halle",
        "Halle (Saale)",
        "04668 Grimma",
        "Leipzig-Plagwitz",
        "Bad Dueben",
        "Gohlis",
        "Leibzig",
    ] {
        let answer = directory.find(&place(known, 0));
        assert!(!answer.unknown_place && !answer.hits.is_empty(), "{known}");
    }
}

#[test]
fn towns_where_no_group_meets_are_known_from_the_table() {
    let directory = judged();
    for (typed, town, first) in [
        ("Wurzen", "Wurzen", "Grimma"),
        ("Markkleeberg", "Markkleeberg", "Leipzig"),
        ("Wurtzen", "Wurzen", "Grimma"),
        ("Stadt Wurzen in Sachsen", "Wurzen", "Grimma"),
    ] {
        let answer = directory.find(&place(typed, 50));
        assert!(!answer.unknown_place, "{typed}");
        assert_eq!(answer.town.as_deref(), Some(town), "{typed}");
        let nearest = &directory.groups()[answer.hits[0].index];
        assert_eq!(nearest.venues[0].town, first, "{typed}");
    }
    let far = directory.find(&place("München", 20));
    assert!(far.hits.is_empty() && far.wider_km.is_none());
    assert!(far.nearest_km.is_some_and(|km| (200.0..400.0).contains(&km)), "{:?}", far.nearest_km);
    // A venue's own town is asked first, and needs no explanation.
    assert_eq!(directory.find(&place("Grimma", 20)).town, None);
}

#[test]
fn a_town_of_the_region_in_the_text_is_read_as_the_place_unless_it_may_be_a_topic() {
    let directory = judged();
    let answer = directory.find(&text("Depression Wurzen"));
    assert_eq!(answer.town.as_deref(), Some("Wurzen"));
    assert!(answer.hits.iter().all(|hit| hit.km.is_some_and(|km| km <= 20.0)));
    assert!(!answer.hits.is_empty() || answer.wider_km.is_some());
    // Far away, or known as a topic: read as words.
    for typed in ["Depression München", "Essen", "Regen", "Singen"] {
        assert_eq!(directory.find(&text(typed)).town, None, "{typed}");
    }
}

#[test]
fn an_unknown_place_is_said_and_does_not_hide_groups() {
    let directory = judged();
    let answer = directory.find(&place("Grinmar", 0));
    assert!(answer.unknown_place);
    assert_eq!(answer.hits.len(), directory.groups().len());
    assert_eq!(answer.suggestions, ["Grimma"]);
    assert!(directory.find(&place("00000", 0)).unknown_place);
}

#[test]
fn a_place_in_the_text_is_read_as_the_place() {
    let directory = judged();
    for (typed, town) in [
        ("Depression 01097", "Dresden"),
        ("Alkohol Zwickau", "Zwickau"),
        ("Borna", "Borna"),
        ("Gruppen in Grimma", "Grimma"),
    ] {
        let answer = directory.find(&text(typed));
        assert!(!answer.hits.is_empty(), "{typed}");
        let first = &directory.groups()[answer.hits[0].index];
        assert_eq!(first.venues[0].town, town, "{typed}");
        assert!(answer.hits.iter().all(|hit| hit.km.is_some()), "{typed}");
    }
}

#[test]
fn a_town_that_is_also_a_topic_finds_both() {
    let venue = |town: &str, code: &str| Some(Place { town: town.into(), postcode: code.into(), ..Place::default() });
    let directory = Directory::new(published(&[
        Record { key: "food".into(), name: "Essen und Gefühl".into(), ..Record::default() },
        Record { key: "here".into(), name: "Rheuma".into(), venue: venue("Essen", "45127"), ..Record::default() },
        Record {
            key: "far".into(), name: "Rheuma Süd".into(), venue: venue("München", "80331"), ..Record::default()
        },
    ]));
    assert_eq!(found(&directory, &text("Essen")), ["food", "here"]);
    assert_eq!(found(&directory, &text("Rheuma Essen")), ["here"]);
}

#[test]
fn when_nothing_is_near_the_next_radius_that_helps_is_named() {
    let directory = judged();
    let answer = directory.find(&Query { text: "Osteoporose".into(), ..place("08056", 20) });
    assert!(answer.hits.is_empty());
    let wider = answer.wider_km.unwrap();
    let again = directory.find(&Query { text: "Osteoporose".into(), ..place("08056", wider) });
    assert_eq!(slugs(&directory, &again.hits), ["osteo"]);
    assert!(directory.find(&Query { text: "Skoliose".into(), ..place("08056", 20) }).wider_km.is_none());
}

#[test]
fn an_empty_answer_offers_near_spellings_of_this_directory() {
    let directory = judged();
    let answer = directory.find(&text("Endomitriase"));
    assert!(!answer.hits.is_empty() || answer.suggestions.contains(&"Endometriose".to_owned()));
    let answer = directory.find(&text("Osteupurase"));
    assert!(answer.hits.is_empty());
    assert_eq!(answer.suggestions, ["Osteoporose"]);
    let nothing = directory.find(&text("Xyzzyqwertz"));
    assert!(nothing.hits.is_empty() && nothing.suggestions.is_empty());
}

#[test]
fn one_letter_is_the_beginning_of_a_name_or_topic() {
    let directory = judged();
    assert!(found(&directory, &text("Z")).contains(&"zwang".to_owned()));
    assert!(found(&directory, &text("hosp")).is_empty());
}

#[test]
fn parts_of_compounds_lead_both_ways() {
    let directory = judged();
    let krebs = found(&directory, &text("Krebs"));
    for key in ["krebs1", "krebs2", "krebs3", "ilco"] {
        assert!(krebs.contains(&key.to_owned()), "{key}");
    }
    let after = found(&directory, &text("Krebsnachsorge"));
    assert_eq!(after.first().map(String::as_str), Some("krebs3"));
    assert!(after.contains(&"krebs1".to_owned()));
    assert_eq!(found(&directory, &text("beratung")).first().map(String::as_str), Some("schuld"));
    assert!(!found(&directory, &text("Sucht")).contains(&"senior".to_owned()));
}

#[test]
fn a_word_in_the_name_stands_before_one_in_the_topics_and_that_before_the_summary() {
    let record = |key: &str, name: &str, topic: &str, summary: &str| Record {
        key: key.into(),
        name: name.into(),
        topics: vec![topic.into()],
        summary: summary.into(),
        ..Record::default()
    };
    let directory = Directory::new(published(&[
        record("d", "Dorn", "Rose", "Mit Tinnitus leben."),
        record("c", "Cello", "Tinnitus", ""),
        record("b", "Birke", "Ohrensausen", ""),
        record("a", "Tinnitus", "", ""),
        record("e", "Tinnitusgruppe", "", ""),
        record("f", "Tinitus", "", ""),
    ]));
    assert_eq!(found(&directory, &text("Tinnitus")), ["a", "c", "b", "e", "d"]);
    assert_eq!(found(&directory, &text("Tinitus")).first().map(String::as_str), Some("f"));
}

#[test]
fn facets_count_what_the_filters_find() {
    let directory = judged();
    let facets = directory.facets();
    let count = |query: Query| directory.find(&query).hits.len();
    for Facet { value, groups } in &facets.sectors {
        assert_eq!(count(Query { sectors: vec![value.clone()], ..Query::default() }), *groups, "{value}");
    }
    for Facet { value, groups } in &facets.formats {
        assert_eq!(count(Query { formats: vec![value.clone()], ..Query::default() }), *groups, "{value}");
    }
    for Facet { value, groups } in &facets.audiences {
        assert_eq!(count(Query { audience: Some(value.clone()), ..Query::default() }), *groups, "{value}");
    }
    for Facet { value, groups } in &facets.languages {
        assert_eq!(count(Query { language: Some(value.clone()), ..Query::default() }), *groups, "{value}");
    }
    assert_eq!(facets.sectors.iter().map(|facet| facet.groups).sum::<usize>(), directory.groups().len());
    assert!(facets.towns.iter().any(|facet| facet.value == "Bad Düben" && facet.groups == 4));
    assert_eq!(facets.languages.first().map(|facet| facet.value.as_str()), Some("Arabisch"));
}

#[test]
fn an_office_of_140_groups_needs_little_memory() {
    let directory = Directory::new(fixture::many(140));
    println!("index of 140 groups: {} KB", directory.index_bytes() / 1024);
    assert!(directory.index_bytes() < 300 * 1024, "{}", directory.index_bytes());
}

#[test]
fn an_empty_directory_answers() {
    let directory = Directory::new(Vec::new());
    assert!(directory.find(&text("Angst")).hits.is_empty());
    assert!(directory.find(&place("04229", 10)).hits.is_empty());
    assert!(directory.by_slug("a").is_none());
}
