//! The offices' own lists, where they are at hand: whole, and judged by the shapes of their schedule texts.
//!
//! They are never part of the project. The folder is named by `AMPELHAUS_REAL_DATA`, or lies beside the project.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test stops where it fails")]

mod accounting;

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use domain::{Field, PersonRole, Status, Value};
use intake::{Understood, Workbook};

fn folder() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let folder = std::env::var_os("AMPELHAUS_REAL_DATA").map_or(beside, PathBuf::from);
    folder.join("groups-zwickau.csv").is_file().then_some(folder)
}

fn lists() -> Vec<(&'static str, Workbook, Understood)> {
    let folder = folder().expect("AMPELHAUS_REAL_DATA names the folder of the real lists");
    ["groups-leipzig.xlsx", "groups-zwickau.csv"]
        .into_iter()
        .map(|name| {
            let workbook = intake::read(&std::fs::read(folder.join(name)).unwrap()).unwrap();
            let mut understood = intake::understand(&workbook, &intake::propose(&workbook, &[]));
            intake::duplicates::mark(&mut understood.drafts, &[]);
            (name, workbook, understood)
        })
        .collect()
}

#[test]
#[ignore = "needs the real lists, which are no part of the project: AMPELHAUS_REAL_DATA names their folder"]
fn no_cell_of_the_real_lists_is_lost() {
    for (name, workbook, understood) in lists() {
        let lost = accounting::lost(&workbook, &intake::propose(&workbook, &[]), &understood);
        assert!(lost.is_empty(), "{name}: {lost:#?}");
    }
}

#[test]
#[ignore = "needs the real lists, which are no part of the project: AMPELHAUS_REAL_DATA names their folder"]
fn the_real_lists_come_in_whole() {
    for (name, _, understood) in lists() {
        let dissolved = understood.drafts.iter().filter(|d| d.status == Status::Dissolved).count();
        let titles: usize = understood.sheets.iter().map(|sheet| sheet.notes.len()).sum();
        let duplicates = understood.drafts.iter().filter(|d| d.duplicate_of.is_some()).count();
        let mut warnings: BTreeMap<&str, usize> = BTreeMap::new();
        for warning in understood.drafts.iter().flat_map(|draft| &draft.warnings) {
            *warnings.entry(warning.about.code()).or_default() += 1;
        }
        eprintln!(
            "{name}: {} drafts, {dissolved} dissolved, {titles} notes of sheets, {duplicates} duplicates, {warnings:?}",
            understood.drafts.len()
        );
        for warning in understood.drafts.iter().flat_map(|draft| &draft.warnings) {
            let expected = [
                "schedule_stays_text",
                "date_inexact",
                "choice_not_understood",
                "contacts_of_several",
                "address_not_public",
                "not_to_be_published",
            ];
            assert!(expected.contains(&warning.about.code()), "{name}: {warning:?}");
        }
        for draft in &understood.drafts {
            assert!(draft.status == Status::Dissolved || !draft.people.is_empty(), "{name}: row {}", draft.source.row);
            assert!(draft.people.iter().all(|p| p.role == PersonRole::Contact && !p.name.is_empty()));
            let place = |field: &Field| matches!(field, Field::Venue | Field::PrivateVenue);
            for (_, value) in draft.items.iter().filter(|(field, _)| place(field)) {
                let Value::Venue(venue) = value else { panic!("a place") };
                assert!(!venue.name.is_empty() && !venue.street.is_empty(), "{name}: row {}", draft.source.row);
                assert!(venue.postcode.len() == 5 && !venue.town.is_empty(), "{name}: row {}", draft.source.row);
            }
        }
        match name {
            "groups-leipzig.xlsx" => assert_eq!((understood.drafts.len(), dissolved, titles), (258, 1, 1)),
            _ => assert_eq!((understood.drafts.len(), dissolved, titles), (75, 0, 0)),
        }
        assert!(duplicates > 0, "{name} has duplicates");
    }
}

/// What each shape of text should become, judged by hand: `9` is a number, `WD` a weekday.
const JUDGED: &[(&str, Judged)] = &[
    ("9. und 9. WD im Monat um T", Judged::Structured),
    ("9. WD im Monat, T", Judged::Structured),
    ("9. WD in den ungeraden Monaten, T", Judged::Structured),
    ("letzter WD im Monat T", Judged::Structured),
    ("jeden WD T", Judged::Structured),
    ("WDs T außer Ferien", Judged::Structured),
    ("ungerade KW, WD, T", Judged::Structured),
    ("99-tägig WD T (gerade KW)", Judged::Structured),
    // weekday, time and interval, but no day to count from
    ("alle 9 Wochen WD T", Judged::Text),
    ("z.Zt. Sommerpause, danach WD", Judged::Text),
    ("nach Absprache", Judged::Text),
    ("auf Anfrage", Judged::Text),
];

#[derive(Clone, Copy, Debug, PartialEq)]
enum Judged {
    Structured,
    Text,
}

/// "1. und 3. Freitag im Monat um 17:30" → "9. und 9. WD im Monat um T".
fn shape(text: &str) -> String {
    let mut shape = text.to_owned();
    for day in ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"] {
        shape = shape.replace(day, "WD");
    }
    for day in ["Mo ", "Di ", "Mi ", "Do ", "Fr ", "Sa ", "So "] {
        shape = shape.replace(day, "WD ");
    }
    let shape: String = shape.chars().map(|c| if c.is_ascii_digit() { '9' } else { c }).collect();
    ["99:99 - 99:99", "99.99 Uhr", "99 Uhr", "99:99", "99.99"].iter().fold(shape, |s, time| s.replace(time, "T"))
}

#[test]
#[ignore = "needs the real lists, which are no part of the project: AMPELHAUS_REAL_DATA names their folder"]
fn determinable_schedules_of_the_real_lists_become_rules_and_no_others() {
    let judged: HashMap<&str, Judged> = JUDGED.iter().copied().collect();
    for (name, _, understood) in lists() {
        let (mut determinable, mut structured) = (0, 0);
        for (_, value) in understood.drafts.iter().flat_map(|draft| &draft.items) {
            let Value::Meetings(schedule) = value else { continue };
            let shape = shape(&schedule.text);
            let expected = judged.get(shape.as_str()).unwrap_or_else(|| panic!("not judged: {shape}"));
            match expected {
                Judged::Structured => {
                    determinable += 1;
                    structured += usize::from(schedule.is_structured());
                    assert!(accounting::rules_say_what_the_text_says(schedule), "{name}: {}", schedule.text);
                }
                Judged::Text => {
                    assert!(!schedule.is_structured(), "{name}: wrongly structured: {}", schedule.text);
                    assert!(schedule.why_text.is_some());
                }
            }
        }
        eprintln!("{name}: {structured} of {determinable} determinable schedules became rules");
        assert!(structured * 100 >= determinable * 95);
        assert!(determinable > 0);
    }
}
