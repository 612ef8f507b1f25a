//! Importing lists, whole: from bytes to what stands in the office's database, on SQLite.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test stops where it fails")]

mod fixture;
#[path = "../../intake/tests/invented/mod.rs"]
mod invented;
mod read_back;

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use domain::{Clock, Field, ImportId, Light, Status};
use fixture::Office;
use usecases::import::{self, Outcome, Refused, Report, Twin};
use usecases::{Error, import::SheetChoice};

fn nothing(_: usize, _: usize) {}

async fn upload(office: &Office, name: &str, bytes: &[u8]) -> ImportId {
    import::upload(&office.permit(), &office.house, name, bytes.to_vec()).await.unwrap()
}

async fn bring_in(office: &Office, id: ImportId) -> Report {
    match import::bring_in(&office.permit(), &office.house, id, &nothing).await.unwrap() {
        Outcome::Done(report) => *report,
        Outcome::Before => panic!("was brought in before"),
    }
}

async fn nothing_of_it_is_lost(name: &str, bytes: &[u8]) -> Report {
    let office = Office::new().await;
    let id = upload(&office, name, bytes).await;
    bring_in(&office, id).await;
    let report = import::report(&office.permit(), &office.house, id).await.unwrap().report;
    let understood = read_back::nothing_is_lost(&office.look().await, id, bytes, &report).await;
    assert_eq!(report.groups, understood.drafts.len(), "{name}");
    report
}

#[tokio::test]
async fn every_cell_of_a_list_is_read_back_from_the_database() {
    nothing_of_it_is_lost("musterstadt.csv", invented::CSV).await;
    let report = nothing_of_it_is_lost("musterstadt.xlsx", &invented::xlsx()).await;
    assert_eq!(report.dissolved, 1);
    assert!(report.structured > 0 && report.persons > 0 && report.notes > 0);
}

fn real_folder() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let folder = std::env::var_os("AMPELHAUS_REAL_DATA").map_or(beside, PathBuf::from);
    folder.join("groups-zwickau.csv").is_file().then_some(folder)
}

#[tokio::test]
#[ignore = "needs the real lists, which are no part of the project: AMPELHAUS_REAL_DATA names their folder"]
async fn every_cell_of_the_real_lists_is_read_back_from_the_database() {
    let folder = real_folder().expect("AMPELHAUS_REAL_DATA names the folder of the real lists");
    for name in ["groups-leipzig.xlsx", "groups-zwickau.csv"] {
        let bytes = std::fs::read(folder.join(name)).unwrap();
        let report = nothing_of_it_is_lost(name, &bytes).await;
        eprintln!(
            "{name}: {} groups, {} persons, {} structured, {} text, {} notes, {} warnings, {} to ask, {} leftovers",
            report.groups,
            report.persons,
            report.structured,
            report.text,
            report.notes,
            report.warnings.len(),
            report.asks.len(),
            report.leftovers.len()
        );
    }
}

/// Somebody's home, told in a column for streets, of meetings and of a description; and a house open to all.
const HOMES: &str = "Gruppe;Beschreibung;Treffen;Ort;Straße;PLZ;Ansprechpartner\n\
    Kaufsucht;;jeden 2. und 4. Montag, 19-21 Uhr;Musterstadt;Beim Klaus zu Hause, Rosenweg 3;4103;\n\
    Trauer;;mittwochs 18 Uhr;Musterstadt;bei Klaus, Rosenweg 3;04103;Klaus Beispiel\n\
    Mut;Wir sind bei Ute zu Hause, Rosenweg 3;donnerstags bei Ute zu Hause, Rosenweg 3;Musterstadt;Am Markt 1;04103;\n";

#[tokio::test]
async fn a_private_home_stays_inside_and_the_preview_says_so() {
    let office = Office::new().await;
    let id = upload(&office, "liste.csv", HOMES.as_bytes()).await;
    let preview = import::preview(&office.permit(), &office.house, id, |total| 0..total).await.unwrap();
    let private = |row: &import::Row| row.draft.items.iter().any(|(field, _)| *field == Field::PrivateVenue);
    let codes = |row: &import::Row| row.draft.warnings.iter().map(|about| about.about.code()).collect::<Vec<_>>();
    for row in &preview.rows[..2] {
        assert!(private(row) && codes(row).contains(&"address_not_public"), "{row:?}");
    }
    assert_eq!(codes(&preview.rows[2]), ["home_in_text", "home_in_text"]);
    assert!(!private(&preview.rows[2]));
    bring_in(&office, id).await;
    let tx = office.look().await;
    let mut opened = Vec::new();
    for (group, _) in tx.group_slugs().await.unwrap() {
        let group = tx.group(group).await.unwrap().unwrap();
        let open = |item: &domain::Item| item.light != Light::Red;
        opened.extend(group.items.iter().filter(|item| open(item)).map(|item| item.value.plain()));
    }
    assert!(opened.iter().all(|value| !value.contains("Rosenweg")), "{opened:?}");
    assert!(opened.iter().any(|value| value.contains("Am Markt 1")), "{opened:?}");
}

#[tokio::test]
async fn the_same_list_brought_in_again_does_nothing_twice() {
    let office = Office::new().await;
    let first = upload(&office, "liste.xlsx", &invented::xlsx()).await;
    let groups = bring_in(&office, first).await.groups;
    let second = upload(&office, "liste.xlsx", &invented::xlsx()).await;
    let preview = import::preview(&office.permit(), &office.house, second, |total| 0..total).await.unwrap();
    assert!(preview.rows.iter().all(|row| matches!(row.twin, Some(Twin::Same { .. })) && !row.take));
    let report = bring_in(&office, second).await;
    assert_eq!((report.groups, report.persons, report.skipped.len()), (0, 0, groups));
    assert_eq!(office.look().await.group_slugs().await.unwrap().len(), groups);
    // Chosen all the same, one comes in.
    let third = upload(&office, "liste.xlsx", &invented::xlsx()).await;
    let key = preview.rows[0].key.clone();
    import::choose(&office.permit(), &office.house, third, &[(key, true)]).await.unwrap();
    assert_eq!(bring_in(&office, third).await.groups, 1);
    assert_eq!(office.look().await.group_slugs().await.unwrap().len(), groups + 1);
}

#[tokio::test]
async fn of_many_clicks_one_imports() {
    let office = Office::new().await;
    let id = upload(&office, "liste.csv", invented::CSV).await;
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..6 {
        let (house, permit) = (office.house.clone(), office.permit());
        tasks.spawn(async move { import::bring_in(&permit, &house, id, &nothing).await.unwrap() });
    }
    let outcomes = tasks.join_all().await;
    let done: Vec<_> = outcomes.into_iter().filter(|outcome| matches!(outcome, Outcome::Done(_))).collect();
    assert_eq!(done.len(), 1);
    let Outcome::Done(report) = &done[0] else { unreachable!() };
    assert_eq!(office.look().await.group_slugs().await.unwrap().len(), report.groups);
    assert_eq!(
        import::bring_in(&office.permit(), &office.house, id, &nothing).await.unwrap(),
        Outcome::Before,
        "and later neither"
    );
}

#[tokio::test]
async fn one_list_uploaded_twice_and_brought_in_at_once_comes_in_once() {
    let office = Office::new().await;
    let ids = [upload(&office, "a.csv", invented::CSV).await, upload(&office, "b.csv", invented::CSV).await];
    let mut tasks = tokio::task::JoinSet::new();
    for id in ids {
        let (house, permit) = (office.house.clone(), office.permit());
        tasks.spawn(async move { import::bring_in(&permit, &house, id, &nothing).await });
    }
    let mut groups = 0;
    for outcome in tasks.join_all().await {
        match outcome {
            Ok(Outcome::Done(report)) => groups += report.groups,
            Ok(Outcome::Before) => panic!("another upload"),
            Err(Error::Conflict) => {}
            Err(error) => panic!("{error}"),
        }
    }
    let rows = intake::understand(
        &intake::read(invented::CSV).unwrap(),
        &intake::propose(&intake::read(invented::CSV).unwrap(), &[]),
    );
    assert_eq!(groups, rows.drafts.len());
    assert_eq!(office.look().await.group_slugs().await.unwrap().len(), groups);
}

#[tokio::test]
async fn bad_files_give_their_error_and_leave_nothing() {
    let office = Office::new().await;
    let whole = invented::xlsx();
    for (bytes, code) in [
        (Vec::new(), "import-empty"),
        (b" ;; \n;;\n".to_vec(), "import-empty"),
        (vec![b'a'; import::MAX_BYTES + 1], "import-too-large"),
        ("x;y\n".repeat(import::MAX_ROWS + 1).into_bytes(), "import-rows"),
        (whole[..whole.len() / 2].to_vec(), "import-damaged"),
        (b"%PDF-1.7".to_vec(), "import-pdf"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old".to_vec(), "import-xls"),
        (b"<!DOCTYPE html><table>".to_vec(), "import-html"),
        (b"Gruppe;Ort\nA\0B;C\n".to_vec(), "import-not-text"),
        (format!("Gruppe\n{}\n", "x".repeat(10_001)).into_bytes(), "import-cell"),
    ] {
        match import::upload(&office.permit(), &office.house, "x", bytes).await {
            Err(Refused::File(error)) => assert_eq!(import::problem_code(&error), code),
            other => panic!("{code}: {other:?}"),
        }
    }
    assert_eq!(import::uploads(&office.permit(), &office.house).await.unwrap(), []);
    assert!(office.look().await.group_slugs().await.unwrap().is_empty());
    upload(&office, "gut.csv", invented::CSV).await;
    assert_eq!(import::uploads(&office.permit(), &office.house).await.unwrap().len(), 1);
}

#[tokio::test]
async fn only_active_groups_are_published_and_no_contact_with_them() {
    let office = Office::new().await;
    let id = upload(&office, "liste.xlsx", &invented::xlsx()).await;
    let report = bring_in(&office, id).await;
    let public = office.house.stores().public(office.tenant).await.unwrap();
    let groups = public.groups().await.unwrap();
    assert_eq!(groups.len(), report.groups - report.dissolved);
    assert!(groups.iter().all(|(_, contact)| contact.people.is_empty()));
    assert!(groups.iter().any(|(group, _)| !group.meetings.is_empty() && !group.venues.is_empty()));
}

#[tokio::test]
async fn the_lists_own_wish_is_kept_as_a_question() {
    let office = Office::new().await;
    let id = upload(&office, "liste.csv", invented::CSV).await;
    let report = bring_in(&office, id).await;
    let asked = report.asks.iter().find(|ask| ask.wish == "Name nein, Mail ja").unwrap();
    let look = office.look().await;
    let group = look.group(asked.group).await.unwrap().unwrap();
    let kept: Vec<_> = group.of(Field::ConsentToRecord).map(|item| (item.value.plain(), item.light)).collect();
    assert_eq!(kept, [("Name nein, Mail ja".to_owned(), Light::Red)]);
    let people = look.persons(&group.people.iter().map(|member| member.person).collect::<Vec<_>>()).await.unwrap();
    assert!(people.iter().all(|person| person.consents.is_empty()), "a wish is no consent");
}

#[tokio::test]
async fn columns_are_corrected_and_remembered_for_the_next_list() {
    let office = Office::new().await;
    let list = "Gruppe;Stichworte;Dies und das\nAngst;Panik;montags 18 Uhr\n";
    let id = upload(&office, "a.csv", list.as_bytes()).await;
    let before = import::columns(&office.permit(), &office.house, id).await.unwrap();
    let targets: Vec<_> = before.sheets[0].columns.iter().map(|column| column.target).collect();
    assert_eq!(before.sheets[0].columns[2].samples, ["montags 18 Uhr"]);
    let choice = |targets| [SheetChoice { header_row: Some(1), status: Status::Active, targets }];
    let wrong = import::save_columns(&office.permit(), &office.house, id, &choice(vec![targets[0]])).await;
    assert!(matches!(wrong, Err(Error::Invalid(problems)) if problems[0].code == "import-columns-changed"));
    let none = choice(vec![import::Target::Note; 3]);
    let none = import::save_columns(&office.permit(), &office.house, id, &none).await;
    assert!(matches!(none, Err(Error::Invalid(problems)) if problems[0].code == "import-no-name"));
    let right = choice(vec![import::Target::Name, import::Target::Topic, import::Target::Summary]);
    import::save_columns(&office.permit(), &office.house, id, &right).await.unwrap();
    let next = upload(&office, "b.csv", "Gruppe;Stichworte;Dies und das\nMut;;Wir reden.\n".as_bytes()).await;
    let columns = import::columns(&office.permit(), &office.house, next).await.unwrap();
    assert_eq!(columns.sheets[0].columns[2].target, import::Target::Summary);
    assert_eq!(columns.sheets[0].columns[2].confidence, import::Confidence::Remembered);
    bring_in(&office, next).await;
    let group = read_back::groups_of(&office.look().await, next).await[0];
    let group = office.look().await.group(group).await.unwrap().unwrap();
    assert_eq!(group.of(Field::Summary).next().unwrap().value.plain(), "Wir reden.");
}

#[tokio::test]
async fn the_header_row_is_corrected_and_found_again_in_the_next_list() {
    let office = Office::new().await;
    let (permit, house) = (office.permit(), office.house.clone());
    // The first row looks like names of columns and is none.
    let list = "Gruppe;Ort;Telefon\nBezeichnung;Saal;Erreichbar unter\nAngst;VHS;030 23125 001\n";
    let id = upload(&office, "a.csv", list.as_bytes()).await;
    let before = import::columns(&permit, &house, id).await.unwrap();
    assert_eq!(before.sheets[0].header_row, Some(1));
    let shown: Vec<_> = before.sheets[0].header_rows.iter().map(|row| (row.row, row.text.as_str())).collect();
    assert_eq!(shown[1], (2, "Bezeichnung · Saal · Erreichbar unter"));
    assert_eq!(import::preview(&permit, &house, id, |total| 0..total).await.unwrap().total, 2);

    let mut targets: Vec<_> = before.sheets[0].columns.iter().map(|column| column.target).collect();
    targets[1] = import::Target::VenueName;
    let choice = |header_row, targets: &[import::Target]| {
        [SheetChoice { header_row, status: Status::Paused, targets: targets.to_vec() }]
    };
    let gone = import::save_columns(&permit, &house, id, &choice(Some(9), &targets)).await;
    assert!(matches!(gone, Err(Error::Invalid(problems)) if problems[0].code == "import-columns-changed"));
    let saved = import::save_columns(&permit, &house, id, &choice(Some(2), &targets)).await.unwrap();
    assert_eq!(saved, import::Saved::Header);
    let after = import::columns(&permit, &house, id).await.unwrap();
    let sheet = &after.sheets[0];
    assert_eq!((sheet.header_row, sheet.status, sheet.rows), (Some(2), Status::Paused, 1));
    assert_eq!(sheet.columns[0].header, "Bezeichnung");
    assert_eq!(sheet.columns[1].target, import::Target::VenueName, "what a person chose stays");
    let preview = import::preview(&permit, &house, id, |total| 0..total).await.unwrap();
    assert_eq!((preview.total, preview.rows[0].draft.name.as_str()), (1, "Angst"));
    assert_eq!(preview.sheets[0].notes.len(), 3, "the row above is kept");

    let targets: Vec<_> = sheet.columns.iter().map(|column| column.target).collect();
    let saved = import::save_columns(&permit, &house, id, &choice(Some(2), &targets)).await.unwrap();
    assert_eq!(saved, import::Saved::Columns);
    let next = upload(&office, "b.csv", list.replace("Angst", "Mut").as_bytes()).await;
    let next = import::columns(&permit, &house, next).await.unwrap();
    assert_eq!(next.sheets[0].header_row, Some(2));
    assert!(next.sheets[0].columns.iter().all(|column| column.confidence == import::Confidence::Remembered));

    // No headings at all: every row is a group; that is found again, too.
    let saved = import::save_columns(&permit, &house, id, &choice(None, &targets)).await.unwrap();
    assert_eq!(saved, import::Saved::Header);
    assert_eq!(import::preview(&permit, &house, id, |total| 0..total).await.unwrap().total, 3);
    import::save_columns(&permit, &house, id, &choice(None, &targets)).await.unwrap();
    let next = upload(&office, "c.csv", list.replace("Angst", "Trauer").as_bytes()).await;
    assert_eq!(import::columns(&permit, &house, next).await.unwrap().sheets[0].header_row, None);
}

#[tokio::test]
async fn a_report_goes_after_thirty_days_and_an_upload_after_seven() {
    let office = Office::new().await;
    let (permit, house) = (office.permit(), office.house.clone());
    let done = upload(&office, "a.csv", invented::CSV).await;
    office.clock.advance(jiff::SignedDuration::from_hours(24 * 6));
    let groups = bring_in(&office, done).await.groups;
    let open = upload(&office, "b.csv", invented::CSV).await;
    let kept = import::report(&permit, &house, done).await.unwrap();
    assert_eq!(kept.until, office.clock.now() + import::REPORT_LIFETIME, "from the import on, not from the upload");
    assert!(office.look().await.import(done).await.unwrap().unwrap().file.bytes.is_empty(), "the file goes at once");

    let expired = async || usecases::housekeeping::remove_expired(&house).await.unwrap().imports;
    office.clock.advance(jiff::SignedDuration::from_hours(24 * 7 - 1));
    assert_eq!(expired().await, 0);
    office.clock.advance(jiff::SignedDuration::from_hours(1));
    assert_eq!(expired().await, 1);
    assert!(matches!(import::columns(&permit, &house, open).await, Err(Error::NotFound)));
    office.clock.advance(jiff::SignedDuration::from_hours(24 * 23) - jiff::SignedDuration::from_secs(1));
    assert_eq!(expired().await, 0);
    assert!(import::report(&permit, &house, done).await.is_ok());
    office.clock.advance(jiff::SignedDuration::from_secs(1));
    assert_eq!(expired().await, 1);
    assert!(matches!(import::report(&permit, &house, done).await, Err(Error::NotFound)));
    assert_eq!(import::uploads(&permit, &house).await.unwrap(), []);
    let look = office.look().await;
    assert_eq!(look.group_slugs().await.unwrap().len(), groups, "the groups stay");
}

#[tokio::test]
async fn what_belongs_to_no_group_stays_in_the_notes_when_the_report_is_gone() {
    let office = Office::new().await;
    let list = "Stand: März 2026;;\nGruppe;Thema;Tel.\nMut;Angst;030 23125 001\nSumme 1;;\n";
    let id = upload(&office, "liste.csv", list.as_bytes()).await;
    let report = bring_in(&office, id).await;
    assert!(!report.leftovers.is_empty());
    let look = office.look().await;
    let mut notes = Vec::new();
    for (group, _) in look.group_slugs().await.unwrap() {
        notes.extend(look.notes(group).await.unwrap().into_iter().map(|note| note.text));
    }
    for left in &report.leftovers {
        assert_eq!(notes.iter().filter(|note| note.contains(&left.text)).count(), 1, "{left:?} in {notes:?}");
    }
}

#[tokio::test]
async fn an_upload_can_be_removed_and_is_gone() {
    let office = Office::new().await;
    let id = upload(&office, "a.csv", invented::CSV).await;
    import::remove(&office.permit(), &office.house, id).await.unwrap();
    assert!(matches!(import::remove(&office.permit(), &office.house, id).await, Err(Error::NotFound)));
    assert!(matches!(import::columns(&office.permit(), &office.house, id).await, Err(Error::NotFound)));
    let gone = import::bring_in(&office.permit(), &office.house, id, &nothing).await;
    assert!(matches!(gone, Err(Error::NotFound)));
}

#[tokio::test]
async fn another_offices_upload_does_not_exist() {
    let (own, other) = (Office::new().await, Office::new().await);
    let id = upload(&other, "a.csv", invented::CSV).await;
    assert!(import::columns(&other.permit(), &other.house, id).await.is_ok());
    assert!(matches!(import::columns(&own.permit(), &own.house, id).await, Err(Error::NotFound)));
}

#[tokio::test]
async fn strange_texts_come_in_as_they_are() {
    let office = Office::new().await;
    let long = "ä".repeat(9_999);
    let list = format!("Gruppe;Internet;Notiz\n🙂 \u{202e}שלום;javascript:alert(1);=cmd|' /C calc'!A0\n{long};;\n");
    let id = upload(&office, "a.csv", list.as_bytes()).await;
    let report = bring_in(&office, id).await;
    assert_eq!(report.groups, 2);
    let groups = read_back::groups_of(&office.look().await, id).await;
    let look = office.look().await;
    let mut notes = HashMap::new();
    for group in &groups {
        let texts: Vec<String> = look.notes(*group).await.unwrap().into_iter().map(|note| note.text).collect();
        notes.insert(*group, texts.join("\n"));
    }
    let first = look.group(groups[0]).await.unwrap().unwrap();
    assert_eq!(first.of(Field::Website).count(), 0);
    assert!(notes[&groups[0]].contains("javascript:alert(1)") && notes[&groups[0]].contains("=cmd|"));
    assert!(notes[&groups[1]].contains(&long), "the whole name is in the notes");
    assert!(look.group(groups[1]).await.unwrap().unwrap().name().chars().count() <= 200);
}
