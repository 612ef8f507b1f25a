//! Whole lists, invented: what becomes of them, cell by cell.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

mod accounting;
mod invented;

use domain::schedule::WhyText;
use domain::{Field, Light, Status, Value};
use intake::draft::{About, DuplicateOf, Likelihood};
use intake::{Draft, Mapping, Understood, Workbook};

fn read(bytes: &[u8]) -> (Workbook, Mapping, Understood) {
    let workbook = intake::read(bytes).unwrap();
    let mapping = intake::propose(&workbook, &[]);
    let mut understood = intake::understand(&workbook, &mapping);
    intake::duplicates::mark(&mut understood.drafts, &[]);
    (workbook, mapping, understood)
}

fn plain(draft: &Draft, field: Field) -> Vec<String> {
    draft.items.iter().filter(|(there, _)| *there == field).map(|(_, value)| value.plain()).collect()
}

fn about(draft: &Draft) -> Vec<About> {
    draft.warnings.iter().map(|warning| warning.about).collect()
}

#[test]
fn no_cell_is_lost() {
    for bytes in [invented::CSV, &invented::xlsx()] {
        let (workbook, mapping, understood) = read(bytes);
        assert_eq!(accounting::lost(&workbook, &mapping, &understood), Vec::<String>::new());
    }
}

#[test]
fn a_workbook_comes_in_with_all_its_sheets() {
    let (_, _, understood) = read(&invented::xlsx());
    assert_eq!(understood.drafts.len(), 7);
    let titles: Vec<_> = understood.sheets[0].notes.iter().map(|note| note.text.as_str()).collect();
    let expected = [
        "Selbsthilfegruppen Musterstadt – NUR INTERN",
        "Kommentar zu Nr.: Stand von Frau Kern",
        "Kommentar zu öffentlich?: nur die alten Bögen",
        "Bemerkung (intern): Summe: 6 Gruppen",
        "Kommentar zu Gruppe: hier nichts mehr eintragen",
    ];
    assert_eq!(titles, expected);
    let first = &understood.drafts[0];
    assert_eq!((first.name.as_str(), first.status, first.source.row), ("Treffpunkt Achtsamkeit", Status::Active, 4));
    assert_eq!(plain(first, Field::Venue), ["Bürgerhaus (barrierefrei), Ahornweg 162, 99990 Musterstadt"]);
    assert_eq!(plain(first, Field::Accessibility), ["barrierefrei"]);
    assert_eq!(plain(first, Field::ConfirmedOn), ["2025-06-01"]);
    assert_eq!(first.people[0].name, "Hans-Egon Buche");
    let phones: Vec<_> = first.people[0].phones.iter().map(|(number, _)| number.as_str()).collect();
    assert_eq!(phones, ["02214710021", "+49 30 23125 086"]);
    assert_eq!(plain(&understood.drafts[5], Field::ConfirmedOn), ["2025-04-09"], "a date cell");
    let old = understood.drafts.last().unwrap();
    assert_eq!((old.name.as_str(), old.status), ("SHG Tinnitus alt", Status::Dissolved));
    assert_eq!(old.notes, ["seit: 2019"]);
}

#[test]
fn comments_of_cells_become_notes_of_their_rows() {
    let (workbook, _, understood) = read(&invented::xlsx());
    let there: Vec<_> = workbook.sheets[0].comments.iter().map(|comment| comment.text.as_str()).collect();
    assert_eq!(there.len(), invented::COMMENTS.len());
    let first = "Kommentar zu Ansprechpartner/in: Ute & Jan: <ruft> erst 2027 zurück\nim Mai";
    assert!(understood.drafts[0].notes.contains(&first.to_owned()), "{:?}", understood.drafts[0].notes);
    assert!(understood.drafts[1].notes.contains(&"Kommentar zu Internet: Seite kommt noch".to_owned()));
    assert!(workbook.sheets[1].comments.is_empty());
}

#[test]
fn people_keep_their_contacts_and_the_group_gets_none() {
    for bytes in [invented::CSV, &invented::xlsx()] {
        let (_, _, understood) = read(bytes);
        for draft in &understood.drafts {
            for (field, value) in &draft.items {
                assert!(!matches!(value, Value::Phone { .. } | Value::Email(_)), "{field:?} in {}", draft.name);
                let open = field.built_in().unwrap().default == Light::Green;
                assert!(!open || !value.plain().contains("23125"), "{field:?} in {}", draft.name);
            }
        }
    }
    let (_, _, understood) = read(&invented::xlsx());
    let two = &understood.drafts[1].people;
    assert_eq!((two[0].name.as_str(), two[1].name.as_str()), ("Flora Kusel", "Karin Mandel"));
    assert_eq!(two[0].emails[0].as_str(), "flora.kusel@example.org");
    assert_eq!(two[0].phones[0].1, "ab 18 Uhr, AB");
    assert!(about(&understood.drafts[1]).contains(&About::ContactsOfSeveral));
    assert_eq!(understood.drafts[2].people[0].emails.len(), 2);
}

#[test]
fn wishes_are_questions_and_no_consents() {
    let (_, _, understood) = read(&invented::xlsx());
    let draft = &understood.drafts[2];
    assert_eq!(plain(draft, Field::ConsentToRecord), ["Name nein, Mail ja"]);
    let wish = &draft.people[0].wish;
    assert_eq!((wish.name, wish.phone, wish.mail), (Some(Light::Red), None, Some(Light::Green)));
    assert_eq!(wish.to_ask().len(), 2);
}

#[test]
fn an_address_that_must_not_be_given_out_is_not_public() {
    let (_, _, understood) = read(&invented::xlsx());
    let draft = &understood.drafts[2];
    assert!(plain(draft, Field::Venue).is_empty());
    assert_eq!(plain(draft, Field::PrivateVenue), ["Stadtteilladen, Rohrring 4, 99991 Musterstadt"]);
    assert_eq!(Field::PrivateVenue.built_in().unwrap().ceiling, Light::Red);
    assert!(about(draft).contains(&About::AddressNotPublic));
}

#[test]
fn doubtful_cells_are_kept_in_words_with_a_warning() {
    let (_, _, understood) = read(&invented::xlsx());
    let draft = &understood.drafts[2];
    assert!(plain(draft, Field::AcceptsNew).is_empty());
    assert!(draft.notes.contains(&"nimmt neue Mitgl.: ?".to_owned()));
    assert_eq!(plain(draft, Field::ConfirmedOn), ["2024-05-01"]);
    assert!(draft.notes.contains(&"letzte Rückmeldung: 05/2024".to_owned()));
    let interval = &understood.drafts[3];
    assert!(about(interval).contains(&About::ScheduleStaysText(WhyText::NoAnchor)));
    let script = &understood.drafts[5];
    assert_eq!(about(script), [About::LinkRefused]);
    assert!(plain(script, Field::Website).is_empty());
    assert!(script.notes.contains(&"Internet: javascript:alert(1)".to_owned()));
    let (_, _, csv) = read(invented::CSV);
    let contact = &csv.drafts[7];
    assert!(about(contact).contains(&About::ContactInText), "a phone in the description");
    assert!(plain(contact, Field::Summary).is_empty());
}

#[test]
fn doubles_are_marked() {
    let (_, _, understood) = read(&invented::xlsx());
    let marked = understood.drafts[4].duplicate_of.as_ref().unwrap();
    assert_eq!(marked.likelihood, Likelihood::Likely);
    assert!(matches!(&marked.of, DuplicateOf::Row(row) if row.row == 7));
    assert_eq!(understood.drafts.iter().filter(|draft| draft.duplicate_of.is_some()).count(), 1);
}

#[test]
fn a_windows_1252_list_with_combined_cells_comes_in() {
    let (_, _, understood) = read(invented::CSV);
    assert_eq!(understood.drafts.len(), 10);
    let draft = &understood.drafts[1];
    assert_eq!(draft.name, "Ängste überwinden – „Neue Wege“");
    assert_eq!(draft.people[0].name, "Edgar Dörfler");
    assert_eq!(plain(draft, Field::AcceptsNew), ["after_talk"]);
    assert_eq!(plain(draft, Field::Venue), ["Gemeindesaal St. Anna, Lindenring 179, 99990 Musterstadt"]);
    assert_eq!(draft.notes, ["Notiz: Raum kostet 5 €/Treffen"]);
    let structured = understood
        .drafts
        .iter()
        .flat_map(|d| &d.items)
        .filter(|(_, value)| matches!(value, Value::Meetings(schedule) if schedule.is_structured()));
    assert_eq!(structured.count(), 6);
}

#[test]
fn every_value_is_one_its_field_may_hold() {
    use domain::catalogue::{Count, Kind};
    for bytes in [invented::CSV, &invented::xlsx()] {
        for draft in read(bytes).2.drafts {
            for (field, value) in &draft.items {
                let fits = match (field.built_in().unwrap().kind.clone(), value) {
                    (Kind::Line, Value::Text(text)) => text.chars().count() <= 200 && !text.contains('\n'),
                    (Kind::Text, Value::Text(_))
                    | (Kind::Number, Value::Number(_))
                    | (Kind::Date, Value::Date(_))
                    | (Kind::Meetings, Value::Meetings(_))
                    | (Kind::Venue, Value::Venue(_))
                    | (Kind::Email, Value::Email(_))
                    | (Kind::Phone, Value::Phone { .. })
                    | (Kind::Link, Value::Link(_)) => true,
                    (Kind::Choice(codes), Value::Choice(code)) => codes.contains(&code.as_str()),
                    _ => false,
                };
                assert!(fits, "{field:?}: {value:?}");
                if field.built_in().unwrap().count == Count::One {
                    assert_eq!(plain(&draft, *field).len(), 1, "{field:?}");
                }
            }
        }
    }
}
