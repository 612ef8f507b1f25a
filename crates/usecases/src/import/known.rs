//! Which rows came in before: so that the same list, brought in again, does nothing twice.

use std::collections::HashMap;

use data_encoding::HEXLOWER;
use domain::GroupId;
use intake::Workbook;
use intake::draft::RowSource;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The setting that keeps them.
pub(super) const SETTING: &str = "imported-rows";
/// The setting whose row imports of one office wait for each other at.
pub(super) const QUEUE: &str = "import-running";

/// Marks of rows that came in, each with the group it became.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct KnownRows(pub(super) HashMap<String, GroupId>);

/// The mark of a row: sheet, cells and their comments, whatever its place and whatever its columns were taken for.
pub(super) fn mark(workbook: &Workbook, source: &RowSource) -> String {
    let mut hash = Sha256::new();
    hash.update(source.sheet_name.as_bytes());
    let row = workbook.sheets.get(source.sheet).and_then(|sheet| sheet.rows.get(source.row - 1));
    let filled = row.into_iter().flatten().enumerate().filter(|(_, cell)| !cell.is_blank());
    for (column, cell) in filled {
        hash.update(format!("\u{1e}{column}\u{1f}").as_bytes());
        hash.update(cell.text.as_bytes());
    }
    let comments = workbook.sheets.get(source.sheet).map(|sheet| sheet.comments_of(source.row - 1));
    for comment in comments.into_iter().flatten() {
        hash.update(format!("\u{1e}{}\u{1d}", comment.column).as_bytes());
        hash.update(comment.text.as_bytes());
    }
    HEXLOWER.encode(&hash.finalize()[..16])
}
