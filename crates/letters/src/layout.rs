//! Where everything stands on the sheet. All lengths in the tables are millimetres (DIN 5008, form B); krilla counts in points.

use krilla::Document;
use krilla::color::rgb;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::Metadata;
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::{Fill, Stroke};
use krilla::surface::Surface;
use krilla::text::{Font, TextDirection};

use crate::{Letter, LetterError, Paragraph, code_of};

const REGULAR: &[u8] = include_bytes!("../fonts/LiberationSans-Regular.ttf");
const BOLD: &[u8] = include_bytes!("../fonts/LiberationSans-Bold.ttf");

const WIDTH: f32 = 210.0;
const HEIGHT: f32 = 297.0;
const LEFT: f32 = 25.0;
const RIGHT: f32 = 20.0;
const BOTTOM: f32 = 25.0;
/// The address field begins 45 mm below the edge: 17.7 mm for the sender and notes, 27.3 mm for six lines of address.
const SENDER_LINE: f32 = 45.0 + 16.5;
const ADDRESS_LINE: f32 = 45.0 + 17.7 + 4.2;
const ADDRESS_STEP: f32 = 4.55;
const ADDRESS_WIDTH: f32 = 75.0;
const ADDRESS_LINES: usize = 6;
/// The text begins with the subject.
const SUBJECT_LINE: f32 = 107.0;
const FURTHER_PAGE: f32 = 30.0;
/// Where the sheet is folded and punched.
const MARKS: [(f32, f32); 3] = [(105.0, 4.0), (148.5, 6.0), (210.0, 4.0)];
const CODE: f32 = 42.0;

const BODY: f32 = 11.0;
const SMALL: f32 = 7.5;
const TYPED: f32 = 14.0;
const STEP: f32 = 5.2;
const GAP: f32 = 3.2;

const fn pt(millimetres: f32) -> f32 {
    millimetres * 72.0 / 25.4
}

/// One of the two faces, with what is needed to break lines.
struct Face {
    font: Font,
    metrics: ttf_parser::Face<'static>,
}

impl Face {
    fn new(bytes: &'static [u8]) -> Result<Self, LetterError> {
        let font = Font::new(bytes.to_vec().into(), 0).ok_or(LetterError::Font)?;
        let metrics = ttf_parser::Face::parse(bytes, 0).map_err(|_| LetterError::Font)?;
        Ok(Self { font, metrics })
    }

    /// How wide a text is, in millimetres.
    fn width(&self, text: &str, size: f32) -> f32 {
        let units: u32 = text
            .chars()
            .map(|c| self.metrics.glyph_index(c).and_then(|glyph| self.metrics.glyph_hor_advance(glyph)))
            .map(|advance| u32::from(advance.unwrap_or(self.metrics.units_per_em() / 2)))
            .sum();
        #[expect(clippy::cast_precision_loss, reason = "a line has some thousand units")]
        let units = units as f32;
        units / f32::from(self.metrics.units_per_em()) * size * 25.4 / 72.0
    }

    /// The lines of a text that are no wider than that.
    fn lines(&self, text: &str, size: f32, width: f32) -> Vec<String> {
        let mut lines = Vec::new();
        for kept in text.lines() {
            let mut line = String::new();
            for word in kept.split_whitespace() {
                let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
                if line.is_empty() || self.width(&longer, size) <= width {
                    line = longer;
                } else {
                    lines.push(std::mem::replace(&mut line, word.to_owned()));
                }
                // A word wider than the sheet is broken where it must.
                while self.width(&line, size) > width && line.chars().count() > 1 {
                    let fits = (1..line.chars().count())
                        .rev()
                        .find(|count| self.width(&line.chars().take(*count).collect::<String>(), size) <= width)
                        .unwrap_or(1);
                    let rest: String = line.chars().skip(fits).collect();
                    lines.push(line.chars().take(fits).collect());
                    line = rest;
                }
            }
            lines.push(line);
        }
        lines
    }
}

/// The sheets of one file.
pub(crate) struct Sheets {
    regular: Face,
    bold: Face,
    title: String,
}

/// One thing on a page, at a height in millimetres.
enum Put {
    Text { at: f32, left: f32, size: f32, bold: bool, text: String },
    Code { at: f32, code: Vec<Vec<bool>> },
}

impl Sheets {
    pub(crate) fn new(title: &str) -> Result<Self, LetterError> {
        Ok(Self { regular: Face::new(REGULAR)?, bold: Face::new(BOLD)?, title: title.to_owned() })
    }

    pub(crate) fn all(&self, letters: &[Letter]) -> Result<Vec<u8>, LetterError> {
        let mut document = Document::new();
        document.set_metadata(Metadata::new().title(self.title.clone()).language("de".to_owned()));
        for letter in letters {
            for (number, page) in self.pages(letter)?.into_iter().enumerate() {
                let settings = PageSettings::from_wh(pt(WIDTH), pt(HEIGHT)).ok_or(LetterError::Font)?;
                let mut sheet = document.start_page_with(settings);
                let mut surface = sheet.surface();
                if number == 0 {
                    marks(&mut surface);
                }
                for put in page {
                    self.put(&mut surface, &put);
                }
                surface.finish();
                sheet.finish();
            }
        }
        document.finish().map_err(|error| LetterError::Pdf(format!("{error:?}")))
    }

    /// What stands on each page of a letter.
    fn pages(&self, letter: &Letter) -> Result<Vec<Vec<Put>>, LetterError> {
        let Letter { sender, to, dated, subject, paragraphs } = letter;
        let text = |at, left, size, bold, text: &str| Put::Text { at, left, size, bold, text: text.to_owned() };
        let mut page = vec![text(SENDER_LINE, LEFT, SMALL, false, sender)];
        let address = to.iter().flat_map(|line| self.regular.lines(line, BODY, ADDRESS_WIDTH));
        let mut at = ADDRESS_LINE;
        for line in address.take(ADDRESS_LINES) {
            page.push(text(at, LEFT, BODY, false, &line));
            at += ADDRESS_STEP;
        }
        let width = self.regular.width(dated, BODY);
        page.push(text(SUBJECT_LINE - 8.0, WIDTH - RIGHT - width, BODY, false, dated));
        let mut at = SUBJECT_LINE;
        let inner = WIDTH - LEFT - RIGHT;
        for line in self.bold.lines(subject, BODY, inner) {
            page.push(text(at, LEFT, BODY, true, &line));
            at += STEP;
        }
        at += GAP;
        let mut pages = Vec::new();
        let mut room = |page: &mut Vec<Put>, at: &mut f32, needed: f32| {
            if *at + needed > HEIGHT - BOTTOM {
                pages.push(std::mem::take(page));
                *at = FURTHER_PAGE;
            }
        };
        for paragraph in paragraphs {
            match paragraph {
                Paragraph::Text(words) => {
                    for line in self.regular.lines(words, BODY, inner) {
                        room(&mut page, &mut at, STEP);
                        page.push(text(at, LEFT, BODY, false, &line));
                        at += STEP;
                    }
                }
                Paragraph::Typed(words) => {
                    room(&mut page, &mut at, STEP + 2.0);
                    page.push(text(at + 1.0, LEFT, TYPED, true, words));
                    at += STEP + 2.0;
                }
                Paragraph::Code { holds, beside } => {
                    room(&mut page, &mut at, CODE);
                    page.push(Put::Code { at: at - 3.0, code: code_of(holds)? });
                    let mut below = at + 8.0;
                    for line in self.regular.lines(beside, BODY, inner - CODE - 8.0) {
                        page.push(text(below, LEFT + CODE + 8.0, BODY, false, &line));
                        below += STEP;
                    }
                    at += CODE + 1.0;
                }
            }
            at += GAP;
        }
        pages.push(page);
        Ok(pages)
    }

    fn put(&self, surface: &mut Surface<'_>, put: &Put) {
        surface.set_fill(Some(black()));
        match put {
            Put::Text { at, left, size, bold, text } => {
                let face = if *bold { &self.bold } else { &self.regular };
                let start = Point::from_xy(pt(*left), pt(*at));
                surface.draw_text(start, face.font.clone(), *size, text, false, TextDirection::LeftToRight);
            }
            Put::Code { at, code } => {
                let mut path = PathBuilder::new();
                #[expect(clippy::cast_precision_loss, reason = "a code has at most 177 fields")]
                let field = CODE / code.len() as f32;
                for (row, fields) in code.iter().enumerate() {
                    for (column, _) in fields.iter().enumerate().filter(|(_, dark)| **dark) {
                        #[expect(clippy::cast_precision_loss, reason = "a code has at most 177 fields")]
                        let (x, y) = (LEFT + field * column as f32, at + field * row as f32);
                        if let Some(rect) = Rect::from_xywh(pt(x), pt(y), pt(field), pt(field)) {
                            path.push_rect(rect);
                        }
                    }
                }
                if let Some(path) = path.finish() {
                    surface.draw_path(&path);
                }
            }
        }
    }
}

fn black() -> Fill {
    Fill { paint: rgb::Color::new(0, 0, 0).into(), opacity: NormalizedF32::ONE, ..Fill::default() }
}

/// Fold and punch marks at the edge.
fn marks(surface: &mut Surface<'_>) {
    surface.set_fill(None);
    surface.set_stroke(Some(Stroke { width: 0.4, ..Stroke::default() }));
    for (at, length) in MARKS {
        let mut path = PathBuilder::new();
        path.move_to(pt(5.0), pt(at));
        path.line_to(pt(5.0 + length), pt(at));
        if let Some(path) = path.finish() {
            surface.draw_path(&path);
        }
    }
    surface.set_stroke(None);
}
