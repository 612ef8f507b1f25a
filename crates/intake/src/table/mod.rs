//! Bytes to cells: which format it is, and the limits of every format.

mod comments;
mod csv;
mod encoding;
mod error;
mod xlsx;

use jiff::civil::Date;

pub use error::{FileError, Format};

/// The largest file taken (bytes).
pub const MAX_BYTES: usize = 10 * 1024 * 1024;
/// The most rows of a file, all sheets together.
pub const MAX_ROWS: usize = 5_000;
/// The most columns of a sheet.
pub const MAX_COLUMNS: usize = 100;
/// The most sheets of a workbook.
pub const MAX_SHEETS: usize = 20;
/// The longest text of a cell (characters).
pub const MAX_CELL: usize = 10_000;
/// The most text of all cells together (bytes): one long text can be named by many cells.
pub const MAX_TEXT: usize = 32 * 1024 * 1024;
/// The most that a workbook may unpack to (bytes).
pub const MAX_UNPACKED: u64 = 100 * 1024 * 1024;

/// What stands in one cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// The text, as the office sees it as nearly as possible; trimmed. A date is `2025-04-09`.
    pub text: String,
    /// The day, when the file says that it is one.
    pub date: Option<Date>,
}

impl Cell {
    /// A cell of text.
    pub fn text(text: &str) -> Self {
        Self { text: text.trim().to_owned(), date: None }
    }

    /// Whether nothing stands there.
    pub fn is_blank(&self) -> bool {
        self.text.is_empty()
    }
}

/// What somebody wrote beside a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// The place of the cell's row, from 0; perhaps below the last row that holds anything.
    pub row: usize,
    /// The place of the cell's column, from 0.
    pub column: usize,
    /// The words, trimmed, never empty.
    pub text: String,
}

/// One sheet: all rows from the first, blank ones too, so that the number of a row is its place plus one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// The sheet's name; empty for a CSV file.
    pub name: String,
    /// Rows of cells, not all of the same length.
    pub rows: Vec<Vec<Cell>>,
    /// Comments of cells in the order of rows and columns; none in a CSV file.
    pub comments: Vec<Comment>,
}

impl Sheet {
    /// The comments of a row's cells.
    pub fn comments_of(&self, row: usize) -> &[Comment] {
        let from = self.comments.partition_point(|comment| comment.row < row);
        let to = self.comments.partition_point(|comment| comment.row <= row);
        &self.comments[from..to]
    }
}

/// All sheets of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Workbook {
    /// In the order of the file.
    pub sheets: Vec<Sheet>,
}

/// Reads a list. The format is told from the content, never from the name.
pub fn read(bytes: &[u8]) -> Result<Workbook, FileError> {
    if bytes.len() > MAX_BYTES {
        return Err(FileError::TooLarge);
    }
    let workbook = match Format::of(bytes) {
        Format::Xlsx => xlsx::read(bytes)?,
        Format::Text => csv::read(&encoding::decode(bytes)?)?,
        Format::Protected => return Err(FileError::PasswordProtected),
        other => return Err(FileError::WrongFormat(other)),
    };
    if workbook.sheets.iter().all(|sheet| sheet.rows.iter().flatten().all(Cell::is_blank)) {
        return Err(FileError::Empty);
    }
    Ok(workbook)
}

/// Counts what was read, so that no format forgets a limit.
#[derive(Default)]
struct Limits {
    text: usize,
}

impl Limits {
    fn cell(&mut self, sheet: &str, row: usize, column: usize, text: &str) -> Result<(), FileError> {
        if row >= MAX_ROWS {
            return Err(FileError::TooManyRows);
        }
        if column >= MAX_COLUMNS {
            return Err(FileError::TooManyColumns);
        }
        self.text(sheet, row, column, text)
    }

    fn text(&mut self, sheet: &str, row: usize, column: usize, text: &str) -> Result<(), FileError> {
        self.text += text.len();
        if self.text > MAX_TEXT {
            return Err(FileError::TooMuchText);
        }
        if text.chars().count() > MAX_CELL {
            return Err(FileError::CellTooLong { sheet: sheet.to_owned(), row: row + 1, column: column + 1 });
        }
        Ok(())
    }
}
