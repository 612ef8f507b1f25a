//! Letters are drawn, their places measured, their QR code read.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot be set up fails")]

use std::process::Command;

use letters::{Letter, Paragraph, pdf};

const LINK: &str = "https://musterstadt.ampelhaus.example/abgleich#0123456789abcdefghijklmnopqrstuvwxyzABCDEFG";
/// Pixels for a point: 216 for an inch.
const SCALE: f32 = 3.0;

fn letter() -> Letter {
    Letter {
        sender: "Selbsthilfekontaktstelle Musterstadt · Lindenweg 4 · 04177 Musterstadt".to_owned(),
        to: vec!["Kim Muster-Żółć".to_owned(), "Beispielstraße 12".to_owned(), "04109 Leipzig".to_owned()],
        dated: "Musterstadt, 22.11.2026".to_owned(),
        subject: "Bitte prüfen Sie die Angaben zu Ihrer Gruppe".to_owned(),
        paragraphs: vec![
            Paragraph::Text("Guten Tag,".to_owned()),
            Paragraph::Text("einmal im Jahr bitten wir Sie, die Angaben zu Ihrer Gruppe zu prüfen. ".repeat(4)),
            Paragraph::Code { holds: LINK.to_owned(), beside: "Halten Sie die Kamera auf dieses Bild.".to_owned() },
            Paragraph::Text(
                "Oder geben Sie musterstadt.ampelhaus.example/abgleich ein und dort diesen Code:".to_owned(),
            ),
            Paragraph::Typed("0123-4567-89AB-CDEF-GH1K-MN0Q".to_owned()),
            Paragraph::Text("Selbsthilfekontaktstelle Musterstadt".to_owned()),
        ],
    }
}

/// Each page in grey, with width and height, as poppler draws it.
fn pages(file: &[u8]) -> Vec<(usize, usize, Vec<u8>)> {
    let folder = tempfile::tempdir().unwrap();
    let written = folder.path().join("letters.pdf");
    std::fs::write(&written, file).unwrap();
    let mut drawing = Command::new("pdftoppm");
    drawing.args(["-gray", "-r", "216"]).arg(&written).arg(folder.path().join("page"));
    assert!(drawing.status().expect("pdftoppm (Debian: poppler-utils)").success());
    let mut names: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path()).collect();
    names.retain(|name| name.extension().is_some_and(|extension| extension == "pgm"));
    names.sort();
    names.into_iter().map(|name| picture(&std::fs::read(name).unwrap())).collect()
}

/// A picture in the portable grey format: "P5 width height 255", then the pixels.
fn picture(bytes: &[u8]) -> (usize, usize, Vec<u8>) {
    let mut parts = bytes.splitn(4, u8::is_ascii_whitespace);
    let mut number = || std::str::from_utf8(parts.next().unwrap()).unwrap().parse().unwrap_or(0);
    let (_, width, height): (usize, usize, usize) = (number(), number(), number());
    let pixels = bytes[bytes.len() - width * height..].to_vec();
    (width, height, pixels)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "places on a sheet")]
fn px(millimetres: f32) -> usize {
    (millimetres * 72.0 / 25.4 * SCALE).round() as usize
}

/// Whether anything is printed between these places, in millimetres from the upper left corner.
fn printed((width, _, grey): &(usize, usize, Vec<u8>), across: (f32, f32), down: (f32, f32)) -> bool {
    (px(down.0)..px(down.1)).any(|row| (px(across.0)..px(across.1)).any(|column| grey[row * width + column] < 128))
}

#[test]
fn the_code_on_the_paper_is_the_link() {
    let pages = pages(&pdf(&[letter()], "Datenabgleich").unwrap());
    assert_eq!(pages.len(), 1);
    let (width, height, grey) = &pages[0];
    let mut image = rqrr::PreparedImage::prepare_from_greyscale(*width, *height, |x, y| grey[y * width + x]);
    let grids = image.detect_grids();
    assert_eq!(grids.len(), 1);
    assert_eq!(grids[0].decode().unwrap().1, LINK);
}

#[test]
fn the_address_is_in_the_window_and_nothing_else_is() {
    let page = &pages(&pdf(&[letter()], "Datenabgleich").unwrap())[0];
    assert!(page.0.abs_diff(px(210.0)) <= 1 && page.1.abs_diff(px(297.0)) <= 1, "A4: {} {}", page.0, page.1);
    // DIN 5008, form B: the window of a DIN lang envelope shows 20 to 110 mm across and 45 to 90 mm down.
    assert!(printed(page, (25.0, 100.0), (58.0, 63.0)), "the sender's line");
    assert!(printed(page, (25.0, 100.0), (63.5, 85.0)), "the address");
    assert!(!printed(page, (20.0, 110.0), (45.0, 56.0)));
    assert!(!printed(page, (20.0, 110.0), (82.0, 95.0)), "nothing of the letter shows");
    assert!(printed(page, (25.0, 100.0), (102.0, 108.5)), "the subject");
    assert!(printed(page, (5.0, 9.0), (104.5, 105.5)) && printed(page, (5.0, 9.0), (209.5, 210.5)), "fold marks");
    assert!(!printed(page, (191.0, 210.0), (0.0, 297.0)), "the right margin");
}

#[test]
fn a_long_letter_goes_on_behind_and_the_next_begins_on_a_sheet_of_its_own() {
    let mut long = letter();
    long.paragraphs.extend((0..60).map(|number| Paragraph::Text(format!("Absatz {number}"))));
    long.to = vec!["W".repeat(300); 9];
    let pages = pages(&pdf(&[long, letter()], "Datenabgleich").unwrap());
    assert!(pages.len() > 2, "{}", pages.len());
    assert!(!printed(&pages[0], (20.0, 110.0), (92.0, 98.0)), "an address never runs out of its field");
    assert!(!printed(&pages[0], (25.0, 190.0), (273.0, 297.0)));
    let last = &pages[pages.len() - 1];
    assert!(printed(last, (25.0, 100.0), (63.5, 85.0)));
}

#[test]
fn three_hundred_letters_fit_one_file_that_carries_its_font_once() {
    let file = pdf(&vec![letter(); 300], "Datenabgleich").unwrap();
    assert!(file.len() < 5_000_000, "{} bytes", file.len());
    if let Ok(folder) = std::env::var("AMPELHAUS_TEST_PICTURES") {
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(format!("{folder}/letter.pdf"), pdf(&[letter()], "Datenabgleich").unwrap()).unwrap();
    }
}
