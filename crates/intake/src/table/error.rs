//! Why a file could not be read, so that a page can say what to do.

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// An Excel workbook (`.xlsx`, `.xlsm`).
    Xlsx,
    /// Text: CSV, perhaps.
    Text,
    /// An Office file that opens only with a password.
    Protected,
    /// An old Excel workbook (`.xls`).
    Xls,
    /// A binary Excel workbook (`.xlsb`).
    Xlsb,
    /// A `LibreOffice` table (`.ods`).
    Ods,
    /// A Word document (`.doc`, `.docx`, `.odt`, `.rtf`).
    Document,
    /// A PDF.
    Pdf,
    /// A web page, which some programs call `.xls`.
    Html,
    /// A picture.
    Picture,
    /// An archive of something else.
    Archive,
}

impl Format {
    /// The word used in translations.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Text => "text",
            Self::Protected => "protected",
            Self::Xls => "xls",
            Self::Xlsb => "xlsb",
            Self::Ods => "ods",
            Self::Document => "document",
            Self::Pdf => "pdf",
            Self::Html => "html",
            Self::Picture => "picture",
            Self::Archive => "archive",
        }
    }

    /// Tells by the first bytes; for archives by the names of their parts.
    pub(super) fn of(bytes: &[u8]) -> Self {
        if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
            return Self::of_archive(bytes);
        }
        if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
            let holds = |name: &str| {
                let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
                bytes.windows(wide.len()).any(|window| window == wide)
            };
            return if holds("EncryptedPackage") {
                Self::Protected
            } else if holds("WordDocument") {
                Self::Document
            } else {
                Self::Xls
            };
        }
        let pictures: [&[u8]; 4] = [b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0"];
        if pictures.iter().any(|magic| bytes.starts_with(magic)) {
            return Self::Picture;
        }
        if bytes.starts_with(b"%PDF") {
            return Self::Pdf;
        }
        if bytes.starts_with(b"{\\rtf") {
            return Self::Document;
        }
        if bytes.starts_with(b"\x1f\x8b") || bytes.starts_with(b"7z\xbc\xaf") || bytes.starts_with(b"Rar!") {
            return Self::Archive;
        }
        let start: String = bytes.iter().take(512).map(|byte| char::from(byte.to_ascii_lowercase())).collect();
        let start = start.trim_start_matches("\u{ef}\u{bb}\u{bf}").trim_start();
        if start.starts_with("<!doctype html") || start.starts_with("<html") || start.starts_with("<table") {
            return Self::Html;
        }
        Self::Text
    }

    fn of_archive(bytes: &[u8]) -> Self {
        let holds = |name: &str| bytes.windows(name.len()).any(|window| window == name.as_bytes());
        if holds("xl/workbook.bin") {
            Self::Xlsb
        } else if holds("word/document.xml") || holds("opendocument.text") {
            Self::Document
        } else if holds("opendocument.spreadsheet") {
            Self::Ods
        } else if holds("xl/") || holds("[Content_Types].xml") {
            Self::Xlsx
        } else {
            Self::Archive
        }
    }
}

/// Why a file could not be read. Nothing of it was taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    /// Nothing is in it.
    #[error("the file is empty")]
    Empty,
    /// Larger than [`super::MAX_BYTES`].
    #[error("the file is larger than {} MiB", super::MAX_BYTES / 1024 / 1024)]
    TooLarge,
    /// Not CSV and not XLSX.
    #[error("the file is neither CSV nor XLSX but {}", .0.code())]
    WrongFormat(Format),
    /// Opens only with a password.
    #[error("the file is protected by a password")]
    PasswordProtected,
    /// Damaged or cut off.
    #[error("the file is damaged or incomplete")]
    Damaged,
    /// Unpacks to more than [`super::MAX_UNPACKED`].
    #[error("the file unpacks to more than {} MiB", super::MAX_UNPACKED / 1024 / 1024)]
    UnpacksTooLarge,
    /// Bytes that are no text: NULs.
    #[error("the file is no text")]
    NotText,
    /// More than [`super::MAX_ROWS`].
    #[error("the file has more than {} rows", super::MAX_ROWS)]
    TooManyRows,
    /// More than [`super::MAX_COLUMNS`].
    #[error("a sheet has more than {} columns", super::MAX_COLUMNS)]
    TooManyColumns,
    /// More than [`super::MAX_SHEETS`].
    #[error("the file has more than {} sheets", super::MAX_SHEETS)]
    TooManySheets,
    /// More than [`super::MAX_TEXT`].
    #[error("the cells hold more than {} MiB of text", super::MAX_TEXT / 1024 / 1024)]
    TooMuchText,
    /// A cell longer than [`super::MAX_CELL`].
    #[error("the cell in row {row}, column {column} is longer than {} characters", super::MAX_CELL)]
    CellTooLong {
        /// The sheet's name, empty for CSV.
        sheet: String,
        /// From 1.
        row: usize,
        /// From 1.
        column: usize,
    },
    /// A quotation mark that opens a CSV cell and is never closed: the rest of the list would vanish into that cell.
    #[error("the quotation mark in row {row} is never closed")]
    UnclosedQuote {
        /// From 1.
        row: usize,
    },
}

impl FileError {
    /// The word used in translations.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLarge => "too_large",
            Self::WrongFormat(_) => "wrong_format",
            Self::PasswordProtected => "password_protected",
            Self::Damaged => "damaged",
            Self::UnpacksTooLarge => "unpacks_too_large",
            Self::NotText => "not_text",
            Self::TooManyRows => "too_many_rows",
            Self::TooManyColumns => "too_many_columns",
            Self::TooManySheets => "too_many_sheets",
            Self::TooMuchText => "too_much_text",
            Self::CellTooLong { .. } => "cell_too_long",
            Self::UnclosedQuote { .. } => "unclosed_quote",
        }
    }
}
