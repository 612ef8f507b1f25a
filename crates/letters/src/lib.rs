//! Letters as one PDF: A4, for window envelopes (DIN 5008, form B), with a QR code where a link would stand.
//!
//! A letter is what it is given: this crate chooses no words, knows no groups and keeps nothing. Why it stands apart: the
//! crate that writes PDF and its font are used here and nowhere else (decision 0020). Start reading at [`pdf`].

mod layout;

use std::fmt;

use fast_qr::{ECL, QRBuilder};

/// One letter.
#[derive(Clone, PartialEq, Eq)]
pub struct Letter {
    /// Whom it comes from, on one line above the address.
    pub sender: String,
    /// The address, at most six lines; empty where none is known.
    pub to: Vec<String>,
    /// Place and day.
    pub dated: String,
    /// What it is about.
    pub subject: String,
    /// What it says.
    pub paragraphs: Vec<Paragraph>,
}

impl fmt::Debug for Letter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Letter(…)")
    }
}

/// A part of a letter.
#[derive(Clone, PartialEq, Eq)]
pub enum Paragraph {
    /// Text; its lines are kept and broken where they are too long.
    Text(String),
    /// Something to be typed, on a line of its own.
    Typed(String),
    /// A QR code of this text, with words beside it.
    Code {
        /// What the code holds.
        holds: String,
        /// What stands beside it.
        beside: String,
    },
}

/// A letter cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum LetterError {
    /// The font that is carried along cannot be read.
    #[error("the font cannot be read")]
    Font,
    /// A text is too long for a QR code.
    #[error("a text is too long for a QR code")]
    TooLong,
    /// The file cannot be written.
    #[error("the PDF cannot be written: {0}")]
    Pdf(String),
}

/// All letters as one file, each on a sheet of its own; a long one on several.
pub fn pdf(letters: &[Letter], title: &str) -> Result<Vec<u8>, LetterError> {
    layout::Sheets::new(title)?.all(letters)
}

/// The dark and light fields of a QR code, row by row.
pub(crate) fn code_of(text: &str) -> Result<Vec<Vec<bool>>, LetterError> {
    let code = QRBuilder::new(text).ecl(ECL::M).build().map_err(|_| LetterError::TooLong)?;
    Ok((0..code.size).map(|row| (0..code.size).map(|column| code[row][column].value()).collect()).collect())
}
