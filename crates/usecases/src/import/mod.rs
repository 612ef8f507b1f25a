//! Bringing in a list: upload, columns, preview, import, report.
//!
//! An upload is kept sealed until it is brought in or removed; columns and choices beside it. Every look at it reads
//! the file again ([`Preview`]), so that what is shown is what will be done. [`bring_in`] does all of it in one
//! transaction and at most once.
//!
//! What a list's cells mean is decided by the `intake` crate; its words for columns, drafts and warnings are passed on
//! from here ([`Target`], [`Draft`], [`About`]). Start reading at [`upload`], then [`preview`], then [`bring_in`].

mod bring_in;
mod known;
mod make;
mod plan;
mod preview;
mod report;
mod upload;

pub use bring_in::{Outcome, bring_in};
pub use intake::columns::Target;
pub use intake::draft::{About, Draft, DraftPerson, Likelihood, RowSource, SheetNote, Warning};
pub use intake::mapping::Confidence;
pub use intake::table::{FileError, MAX_BYTES, MAX_ROWS};
pub use intake::wishes::{Part, ToAsk, Wish};
pub use plan::{Column, Columns, HeaderRow, Saved, SheetChoice, SheetColumns, columns, save_columns};
pub use preview::{Numbers, Preview, Row, Twin, choose, dry_run, preview};
pub use report::{Ask, KeptReport, Leftover, Report, ReportWarning, Skipped, report};
pub use storage::tenant::imports::REPORT_LIFETIME;
pub use upload::{Uploaded, remove, upload, uploads};

use domain::ImportId;
use storage::TenantTx;
use storage::tenant::imports::{Import, ImportState};

use crate::{Error, Result};

/// Why a list was not taken.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// The file cannot be read; nothing of it was kept.
    #[error("the file cannot be read")]
    File(#[from] FileError),
    /// Anything else.
    #[error(transparent)]
    Other(#[from] Error),
}

impl From<storage::StorageError> for Refused {
    fn from(error: storage::StorageError) -> Self {
        Self::Other(error.into())
    }
}

/// The code of the text that explains why a file cannot be read: the key `error-<code>` of the translations.
pub const fn problem_code(error: &FileError) -> &'static str {
    use intake::table::Format;
    match error {
        FileError::Empty => "import-empty",
        FileError::TooLarge => "import-too-large",
        FileError::WrongFormat(Format::Xls | Format::Xlsb) => "import-xls",
        FileError::WrongFormat(Format::Ods) => "import-ods",
        FileError::WrongFormat(Format::Pdf) => "import-pdf",
        FileError::WrongFormat(Format::Html) => "import-html",
        FileError::WrongFormat(Format::Document) => "import-document",
        FileError::WrongFormat(Format::Picture) => "import-picture",
        FileError::WrongFormat(Format::Archive) => "import-archive",
        FileError::WrongFormat(_) => "import-format",
        FileError::PasswordProtected => "import-password",
        FileError::Damaged => "import-damaged",
        FileError::UnpacksTooLarge => "import-unpacks",
        FileError::NotText => "import-not-text",
        FileError::TooManyRows => "import-rows",
        FileError::TooManyColumns => "import-columns",
        FileError::TooManySheets => "import-sheets",
        FileError::TooMuchText => "import-text",
        FileError::CellTooLong { .. } => "import-cell",
        FileError::UnclosedQuote { .. } => "import-quote",
    }
}

/// The row an error is about, from 1.
pub const fn problem_row(error: &FileError) -> Option<usize> {
    match error {
        FileError::CellTooLong { row, .. } | FileError::UnclosedQuote { row } => Some(*row),
        _ => None,
    }
}

/// An upload that is still to be brought in. [`Error::Conflict`] if that has happened already.
async fn open_import(tx: &TenantTx, id: ImportId) -> Result<Import> {
    let import = tx.import(id).await?.ok_or(Error::NotFound)?;
    match import.state {
        ImportState::Open => Ok(import),
        ImportState::Done => Err(Error::Conflict),
    }
}

fn to_json<T: serde::Serialize>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(|error| Error::Internal(error.to_string()))
}

fn from_json<T: serde::de::DeserializeOwned>(text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|_| Error::Internal("an import was kept in words nobody knows".to_owned()))
}

/// Reading and understanding a list is work for a thread of its own.
async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(|error| Error::Internal(error.to_string()))
}
