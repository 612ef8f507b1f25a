//! An invented list of the shape of an office's own: title, blank rows, a second sheet, dates in five styles.
#![allow(dead_code, reason = "each test file uses its part")]

use rust_xlsxwriter::{ExcelDateTime, Format, Note, Workbook};

/// The Windows-1252 list with semicolons.
pub const CSV: &[u8] = include_bytes!("../fixtures/gruppen-musterstadt.csv");

const HEADER: [&str; 17] = [
    "Nr.",
    "Gruppe",
    "Stichworte",
    "Zielgruppe",
    "Kurzbeschreibung",
    "Treffen",
    "Ort / Raum",
    "Straße",
    "PLZ Ort",
    "Ansprechpartner/in",
    "Tel.",
    "E-Mail",
    "Internet",
    "öffentlich?",
    "nimmt neue Mitgl.",
    "letzte Rückmeldung",
    "Bemerkung (intern)",
];

const ROWS: [[&str; 16]; 7] = [
    [
        "Treffpunkt Achtsamkeit",
        "Stress",
        "",
        "Offene Runde.",
        "1. und 3. Freitag im Monat um 17:30",
        "Bürgerhaus (barrierefrei)",
        "Ahornweg 162",
        "99990 Musterstadt",
        "Buche, Hans-Egon",
        "02214710021 oder +49 30 23125 086",
        "",
        "",
        "ja",
        "ja",
        "2025-06-01",
        "",
    ],
    [
        "ADS",
        "ADS",
        "Betroffene + Angehörige",
        "",
        "z.Zt. Sommerpause, danach Donnerstag",
        "Mehrgenerationenhaus, EG",
        "Schwalbenring 118",
        "99990 Musterstadt",
        "Flora Kusel / Karin Mandel",
        "030 23125 061 (ab 18 Uhr, AB)",
        "flora.kusel (at) example.org",
        "",
        "ja",
        "ja",
        "12.03.24",
        "will keine Post mehr",
    ],
    [
        "Endometriose",
        "Endometriose",
        "Frauen",
        "",
        "14-tägig Mi 14.30 (gerade KW)",
        "Stadtteilladen",
        "Rohrring 4",
        "99991 Musterstadt",
        "Dana Kitz",
        "+49 30 23125 017",
        "dana.kitz@example.org; gruppe.dana.kitz@example.org",
        "www.example.org/endometriose",
        "Name nein, Mail ja",
        "?",
        "05/2024",
        "ACHTUNG: Adresse nicht herausgeben!",
    ],
    [
        "Adipositas",
        "Adipositas",
        "junge Menschen 18-35",
        "Zeile eins.\nZeile zwei.",
        "alle 4 Wochen Dienstag 19:00 - 21:00",
        "Kontaktstelle, Raum 2.14",
        "Dachsweg 11",
        "99992 Musterstadt",
        "Trost, Peter",
        "069 90009 043",
        "",
        "https://example.org/gruppe",
        "x",
        "Warteliste",
        "Mrz 2023",
        "",
    ],
    [
        "Adipositas",
        "Adipositas",
        "junge Menschen 18-35",
        "Zeile eins.\nZeile zwei.",
        "alle 4 Wochen Dienstag 19:00 - 21:00",
        "Kontaktstelle, Raum 2.14",
        "Dachsweg 11",
        "99992 Musterstadt",
        "Trost, Peter",
        "0171/39200 11",
        "",
        "",
        "x",
        "Warteliste",
        "3.11.2025",
        "",
    ],
    [
        "Trauer 👋 مجموعة",
        "Trauer",
        "Angehörige",
        "",
        "Mittwochs 18:00 außer Ferien",
        "Klinikum, Haus C, 3. Etage",
        "Zum Teich 9",
        "99992 Musterstadt",
        "Frau Dreher",
        "",
        "",
        "javascript:alert(1)",
        "nur Tel.",
        "nach Vorgespräch",
        "",
        "",
    ],
    ["", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "Summe: 6 Gruppen"],
];

/// Comments of cells, of the title, the header, a group, a blank cell of one, and below the list.
pub const COMMENTS: [(u32, u16, &str); 5] = [
    (0, 0, "Stand von Frau Kern"),
    (2, 13, "nur die alten Bögen"),
    (3, 9, "Ute & Jan: <ruft> erst 2027 zurück\nim Mai"),
    (4, 12, "Seite kommt noch"),
    (40, 1, "hier nichts mehr eintragen"),
];

/// The workbook's bytes.
pub fn xlsx() -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("Gruppen aktuell").unwrap();
    let day = Format::new().set_num_format("dd.mm.yyyy");
    sheet.merge_range(0, 0, 0, 4, "Selbsthilfegruppen Musterstadt – NUR INTERN", &Format::new()).unwrap();
    for (column, name) in (0..).zip(HEADER) {
        sheet.write_string(2, column, name).unwrap();
    }
    for (row, cells) in (3..).zip(ROWS) {
        if !cells[0].is_empty() {
            sheet.write_number(row, 0, f64::from(row - 2)).unwrap();
        }
        for (column, text) in (1..).zip(cells).filter(|(_, text)| !text.is_empty()) {
            sheet.write_string(row, column, text).unwrap();
        }
    }
    let date = ExcelDateTime::from_ymd(2025, 4, 9).unwrap();
    sheet.write_datetime_with_format(8, 15, &date, &day).unwrap();
    for (row, column, text) in COMMENTS {
        sheet.insert_note(row, column, &Note::new(text).add_author_prefix(false)).unwrap();
    }
    let old = workbook.add_worksheet().set_name("aufgelöst").unwrap();
    for (row, cells) in (0..).zip([["Gruppe", "seit"], ["SHG Tinnitus alt", "2019"]]) {
        for (column, text) in (0..).zip(cells) {
            old.write_string(row, column, text).unwrap();
        }
    }
    workbook.save_to_buffer().unwrap()
}
