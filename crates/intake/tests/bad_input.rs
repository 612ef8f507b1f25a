//! Files that are broken, too large, meant to harm, or something else: a clear error, quickly, and never a panic.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

mod accounting;
mod invented;

use std::io::{Cursor, Write};
use std::sync::LazyLock;

use intake::FileError;
use intake::columns::Target;
use intake::table::Format;
use proptest::prelude::*;
use zip::write::SimpleFileOptions;

fn zip(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn other_formats_are_named() {
    let wide = |name: &str| name.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let compound = |name: &str| [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(), vec![0; 64], wide(name)].concat();
    for (bytes, error) in [
        (b"%PDF-1.7 ...".to_vec(), FileError::WrongFormat(Format::Pdf)),
        (b"<html><table><tr><td>x".to_vec(), FileError::WrongFormat(Format::Html)),
        (b"{\\rtf1 x}".to_vec(), FileError::WrongFormat(Format::Document)),
        (b"\x89PNG\r\n\x1a\n".to_vec(), FileError::WrongFormat(Format::Picture)),
        (compound("Workbook"), FileError::WrongFormat(Format::Xls)),
        (compound("WordDocument"), FileError::WrongFormat(Format::Document)),
        (compound("EncryptedPackage"), FileError::PasswordProtected),
        (zip(&[("word/document.xml", b"<x/>")]), FileError::WrongFormat(Format::Document)),
        (zip(&[("xl/workbook.bin", b"x")]), FileError::WrongFormat(Format::Xlsb)),
        (zip(&[("photo.jpg", b"x")]), FileError::WrongFormat(Format::Archive)),
        (b"Gruppe;Ort\nA\0B;C\n".to_vec(), FileError::NotText),
        (Vec::new(), FileError::Empty),
        (b" ;; \n;;\n".to_vec(), FileError::Empty),
        (vec![b'a'; 11 * 1024 * 1024], FileError::TooLarge),
    ] {
        assert_eq!(intake::read(&bytes), Err(error));
    }
    let mimetype = b"application/vnd.oasis.opendocument.spreadsheet";
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    writer.start_file("mimetype", stored).unwrap();
    writer.write_all(mimetype).unwrap();
    let ods = writer.finish().unwrap().into_inner();
    assert_eq!(intake::read(&ods), Err(FileError::WrongFormat(Format::Ods)));
}

#[test]
fn a_workbook_cut_off_anywhere_is_damaged() {
    let whole = invented::xlsx();
    assert!(intake::read(&whole).is_ok());
    for length in (4..whole.len()).step_by(whole.len() / 40) {
        let error = intake::read(&whole[..length]).unwrap_err();
        let known = [FileError::Damaged, FileError::WrongFormat(Format::Archive)];
        assert!(known.contains(&error), "{length}: {error:?}");
    }
}

/// More than the bound, packed into a hundred kilobytes.
static BOMB: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    writer.start_file("[Content_Types].xml", SimpleFileOptions::default()).unwrap();
    writer.write_all(b"<x/>").unwrap();
    writer.start_file("xl/worksheets/sheet1.xml", SimpleFileOptions::default()).unwrap();
    let piece = vec![b' '; 1024 * 1024];
    for _ in 0..BOMB_SIZE {
        writer.write_all(&piece).unwrap();
    }
    writer.finish().unwrap().into_inner()
});
static LIST: LazyLock<Vec<u8>> = LazyLock::new(invented::xlsx);
const BOMB_SIZE: u32 = 110;

/// The bomb, declaring another size.
fn bomb_of(declared: u32) -> Vec<u8> {
    let mut bytes = BOMB.clone();
    let true_size = u32::to_le_bytes(BOMB_SIZE * 1024 * 1024);
    let places: Vec<usize> = (0..bytes.len() - 4).filter(|at| bytes[*at..at + 4] == true_size).collect();
    assert!(!places.is_empty(), "the archive names its sizes");
    for at in places {
        bytes[at..at + 4].copy_from_slice(&declared.to_le_bytes());
    }
    bytes
}

#[test]
fn a_bomb_is_refused_by_what_it_declares() {
    assert_eq!(intake::read(&BOMB), Err(FileError::UnpacksTooLarge));
    assert_eq!(intake::read(&bomb_of(2 * 1024 * 1024 * 1024)), Err(FileError::UnpacksTooLarge), "2 GB");
}

#[test]
fn a_bomb_that_lies_about_its_size_is_refused_too() {
    let error = intake::read(&bomb_of(1_000)).unwrap_err();
    assert!([FileError::UnpacksTooLarge, FileError::Damaged].contains(&error), "{error:?}");
}

fn workbook(fill: impl FnOnce(&mut rust_xlsxwriter::Workbook)) -> Vec<u8> {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    fill(&mut workbook);
    workbook.save_to_buffer().unwrap()
}

#[test]
fn limits_of_workbooks_hold() {
    let corner = workbook(|book| {
        book.add_worksheet().write_string(1_048_575, 16_383, "weit weg").unwrap();
    });
    assert_eq!(intake::read(&corner), Err(FileError::TooManyRows));
    let wide = workbook(|book| {
        book.add_worksheet().write_string(0, 16_383, "weit weg").unwrap();
    });
    assert_eq!(intake::read(&wide), Err(FileError::TooManyColumns));
    let sheets = workbook(|book| {
        for _ in 0..21 {
            book.add_worksheet().write_string(0, 0, "x").unwrap();
        }
    });
    assert_eq!(intake::read(&sheets), Err(FileError::TooManySheets));
    let long = workbook(|book| {
        book.add_worksheet().set_name("Liste").unwrap().write_string(2, 1, "x".repeat(10_001)).unwrap();
    });
    assert_eq!(intake::read(&long), Err(FileError::CellTooLong { sheet: "Liste".into(), row: 3, column: 2 }));
    let repeated = workbook(|book| {
        let sheet = book.add_worksheet();
        let text = "x".repeat(9_999);
        for row in 0..4_000 {
            sheet.write_string(row, 0, &text).unwrap();
        }
    });
    assert!(repeated.len() < 1024 * 1024, "one text, named by many cells");
    assert_eq!(intake::read(&repeated), Err(FileError::TooMuchText));
}

/// A workbook with one comment, its part of comments put in the place of what was there.
fn commented(part: &str) -> Vec<u8> {
    let whole = workbook(|book| {
        let sheet = book.add_worksheet();
        sheet.write_string(0, 0, "Gruppe").unwrap().write_string(1, 0, "Angst").unwrap();
        sheet.insert_note(1, 0, &rust_xlsxwriter::Note::new("x")).unwrap();
    });
    let mut archive = zip::ZipArchive::new(Cursor::new(whole)).unwrap();
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).unwrap();
        let name = file.name().unwrap().into_owned();
        writer.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
        if name == "xl/comments1.xml" {
            writer.write_all(part.as_bytes()).unwrap();
        } else {
            std::io::copy(&mut file, &mut writer).unwrap();
        }
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn comments_are_read_within_bounds() {
    let comments = |inside: &str| commented(&format!("<comments><commentList>{inside}</commentList></comments>"));
    let one = |reference: &str, text: &str| {
        format!("<comment ref=\"{reference}\"><text><r><rPr><rFont val=\"x\"/></rPr><t>{text}</t></r></text></comment>")
    };
    let good = intake::read(&comments(&one("A2", "Ruft &lt;an&gt; &#252;ber <![CDATA[Mittag]]>"))).unwrap();
    assert_eq!(good.sheets[0].comments_of(1)[0].text, "Ruft <an> über Mittag");
    let far = intake::read(&comments(&(one("ZZZZ9999999", "weit weg") + &one("?", "wo?")))).unwrap();
    assert_eq!(far.sheets[0].comments.iter().map(|comment| comment.row).collect::<Vec<_>>(), [0, 9_999_998]);
    let mapping = intake::propose(&far, &[]);
    let understood = intake::understand(&far, &mapping);
    assert!(accounting::lost(&far, &mapping, &understood).is_empty());

    let long = intake::read(&comments(&one("A2", &"x".repeat(10_001))));
    assert_eq!(long, Err(FileError::CellTooLong { sheet: "Sheet1".into(), row: 2, column: 1 }));
    assert_eq!(intake::read(&comments(&one("A2", "x").repeat(10_001))), Err(FileError::TooMuchText));
    let much = intake::read(&comments(&one("A2", &"x".repeat(9_999)).repeat(4_000)));
    assert_eq!(much, Err(FileError::TooMuchText));
    for damaged in ["<comments><comment ref=\"A2\"><text><t>Angst</text>", "<comments><t>&unbekannt;</t></comments>"] {
        assert_eq!(intake::read(&commented(damaged)), Err(FileError::Damaged), "{damaged}");
    }
}

#[test]
fn long_names_are_cut_and_kept_whole_in_the_notes() {
    let name = "Name ".repeat(1_999).trim().to_owned();
    let workbook = intake::read(format!("Gruppe;Tel.\n{name};030 123456\n").as_bytes()).unwrap();
    let mapping = intake::propose(&workbook, &[]);
    let understood = intake::understand(&workbook, &mapping);
    assert!(understood.drafts[0].name.chars().count() <= 200);
    assert!(understood.drafts[0].notes[0].ends_with(&name));
    assert!(accounting::lost(&workbook, &mapping, &understood).is_empty());
}

/// Which row a person takes for the names of the columns.
#[derive(Clone, Copy, Debug)]
enum Names {
    AsFound,
    At(usize),
    Nowhere,
}

/// All four steps; whatever comes out, nothing may be lost.
fn through(bytes: &[u8], names: Names, targets: &[Target]) -> Result<(), TestCaseError> {
    let Ok(workbook) = intake::read(bytes) else { return Ok(()) };
    let mut mapping = intake::propose(&workbook, &[]);
    let row = match names {
        Names::AsFound => None,
        Names::At(row) => Some(Some(row)),
        Names::Nowhere => Some(None),
    };
    if let Some(row) = row {
        mapping.sheets[0] = intake::mapping::propose_sheet(&workbook.sheets[0], row, &mapping.sheets);
    }
    for sheet in &mut mapping.sheets {
        for (column, target) in targets.iter().enumerate() {
            sheet.choose(column, *target);
        }
    }
    let mut understood = intake::understand(&workbook, &mapping);
    intake::duplicates::mark(&mut understood.drafts, &[]);
    let lost = accounting::lost(&workbook, &mapping, &understood);
    prop_assert!(lost.is_empty(), "{:?}", lost);
    Ok(())
}

fn cells() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "Angst",
        "Gruppe",
        "Frau Meyer",
        "Baum, Hans",
        "van der",
        "030 23125 086",
        "+49 (0)171/39200-11",
        "(ab 18 Uhr)",
        "a@example.org",
        "b (at) example.org",
        "mailto:",
        "04107",
        "Leipzig",
        "(Süd)",
        "Weg 5",
        "VHS, R 107",
        "12.03.24",
        "05/2024",
        "ja",
        "nein",
        "x",
        "?",
        "Name nein",
        "nur Tel.",
        "montags 18 Uhr",
        "außer Ferien",
        "Betroffene",
        "Frauen",
        "18-35",
        "https://example.org/x",
        "www.example.org",
        "javascript:x",
        "/",
        ";",
        ",",
        "oder",
        "\n",
        "–",
        "✓",
        "Tel.:",
        "Fax",
        "(",
        ")",
        "privat",
    ]);
    prop_oneof![
        4 => prop::collection::vec(pieces, 0..5).prop_map(|pieces| pieces.join(" ")),
        1 => "\\PC{0,30}",
    ]
}

fn targets() -> impl Strategy<Value = Vec<Target>> {
    prop::collection::vec(prop::sample::select(Target::ALL.to_vec()), 8)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        through(&bytes, Names::AsFound, &[])?;
        through(&[b"PK\x03\x04xl/".as_slice(), &bytes].concat(), Names::AsFound, &[])?;
    }

    #[test]
    fn no_change_of_a_workbook_makes_it_panic(
        places in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6)
    ) {
        let mut bytes = LIST.clone();
        for (place, byte) in places {
            let at = place.index(bytes.len());
            bytes[at] = byte;
        }
        through(&bytes, Names::AsFound, &[])?;
    }

    #[test]
    fn no_list_loses_a_cell_whatever_its_columns_are_taken_for(
        rows in prop::collection::vec(prop::collection::vec(cells(), 8), 1..6),
        targets in targets(),
        names in prop_oneof![Just(Names::AsFound), (0_usize..7).prop_map(Names::At), Just(Names::Nowhere)],
    ) {
        let quoted = |cell: &String| format!("\"{}\"", cell.replace('"', "\"\""));
        let line = |row: &Vec<String>| row.iter().map(quoted).collect::<Vec<_>>().join(";");
        let body = rows.iter().map(line).collect::<Vec<_>>().join("\n");
        through(format!("Gruppe;Thema;Ort;Tel.;Mail;Treffen;Info;Seltsam\n{body}\n").as_bytes(), names, &targets)?;
        through(body.as_bytes(), names, &targets)?;
    }
}
