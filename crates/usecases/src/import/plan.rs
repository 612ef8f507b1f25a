//! What is to be done with an upload: what its columns hold, which rows to take.

use std::collections::BTreeMap;

use access::Permit;
use access::actions::ImportGroups;
use domain::audit::AuditEvent;
use domain::{ImportId, Status};
use intake::columns::Target;
use intake::mapping::{Confidence, SheetMapping};
use intake::table::Sheet;
use intake::{Mapping, header, mapping};
use serde::{Deserialize, Serialize};
use storage::TenantTx;

use super::upload::{read, recall, remember};
use super::{Refused, from_json, open_import, to_json};
use crate::{Error, House, Result};

/// What is kept beside the file.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Plan {
    pub(super) file_name: String,
    pub(super) rows: usize,
    pub(super) mapping: Mapping,
    /// Rows for which a person chose: whether to take them.
    pub(super) choices: BTreeMap<String, bool>,
}

impl Plan {
    pub(super) const fn new(file_name: String, rows: usize, mapping: Mapping) -> Self {
        Self { file_name, rows, mapping, choices: BTreeMap::new() }
    }
}

/// A column as shown for checking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name, or "Spalte A".
    pub header: String,
    /// What it holds.
    pub target: Target,
    /// Why.
    pub confidence: Confidence,
    /// How many cells hold anything.
    pub filled: usize,
    /// Some of what stands there, shortened.
    pub samples: Vec<String>,
}

/// A row that may hold the names of the columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeaderRow {
    /// Which, from 1.
    pub row: usize,
    /// What stands in its first cells, shortened.
    pub text: String,
}

/// A sheet as shown for checking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetColumns {
    /// Its name; empty for CSV.
    pub name: String,
    /// Rows below the header that hold anything.
    pub rows: usize,
    /// The row of column names, from 1.
    pub header_row: Option<usize>,
    /// Rows that may be the one of column names: the first of the sheet, and the present one.
    pub header_rows: Vec<HeaderRow>,
    /// What its groups are.
    pub status: Status,
    /// Its columns.
    pub columns: Vec<Column>,
}

/// The columns of an upload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Columns {
    /// The upload.
    pub id: ImportId,
    /// The file's name.
    pub file_name: String,
    /// Its sheets.
    pub sheets: Vec<SheetColumns>,
}

/// What a person chose for a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetChoice {
    /// The row of column names, from 1; none if the list begins with its first group.
    pub header_row: Option<usize>,
    /// What its groups are.
    pub status: Status,
    /// What its columns hold, from the first.
    pub targets: Vec<Target>,
}

/// What came of saving.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saved {
    /// All is as chosen: on to the preview.
    Columns,
    /// Another row holds the names now, and what the columns hold was proposed anew: to be looked at once more.
    Header,
}

/// Shows what the columns hold, with samples. [`Error::Conflict`] once the upload was brought in.
pub async fn columns(permit: &Permit<ImportGroups>, house: &House, id: ImportId) -> Result<Columns> {
    let tx = house.stores.begin(permit).await?;
    let import = open_import(&tx, id).await?;
    let plan: Plan = from_json(&import.mapping)?;
    let (_, workbook) = read(import.file.bytes).await.map_err(as_bug)?;
    let sheets = workbook
        .sheets
        .iter()
        .zip(&plan.mapping.sheets)
        .map(|(sheet, mapping)| {
            let first = mapping.header_row.map_or(0, |row| row + 1);
            let columns = mapping.columns.iter().enumerate();
            SheetColumns {
                name: sheet.name.clone(),
                rows: sheet.rows[first..].iter().filter(|row| row.iter().any(|cell| !cell.is_blank())).count(),
                header_row: mapping.header_row.map(|row| row + 1),
                header_rows: header_rows(sheet, mapping.header_row),
                status: mapping.status,
                columns: columns
                    .map(|(place, column)| {
                        let (filled, samples) = samples(sheet, first, place);
                        let header = column.header.clone();
                        Column { header, target: column.target, confidence: column.confidence, filled, samples }
                    })
                    .collect(),
            }
        })
        .collect();
    tx.commit(AuditEvent::new("import.read", id).summary("columns with samples")).await?;
    Ok(Columns { id, file_name: plan.file_name, sheets })
}

fn header_rows(sheet: &Sheet, present: Option<usize>) -> Vec<HeaderRow> {
    const SHOWN: usize = 6;
    let mut rows: Vec<usize> = header::candidates(sheet).collect();
    rows.extend(present.filter(|row| !rows.contains(row)));
    let text = |row: usize| {
        let filled = sheet.rows.get(row).into_iter().flatten().filter(|cell| !cell.is_blank());
        let cells: Vec<String> = filled.clone().take(SHOWN).map(|cell| short(&cell.text, 20)).collect();
        let more = if filled.count() > SHOWN { " · …" } else { "" };
        cells.join(" · ") + more
    };
    rows.into_iter().map(|row| HeaderRow { row: row + 1, text: text(row) }).collect()
}

/// On one line, at most so many characters.
fn short(text: &str, most: usize) -> String {
    let text: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= most {
        return text;
    }
    text.chars().take(most - 1).chain(['…']).collect()
}

/// How many cells of a column hold anything, and what a few of them hold.
fn samples(sheet: &Sheet, first: usize, column: usize) -> (usize, Vec<String>) {
    const SHOWN: usize = 3;
    const LENGTH: usize = 60;
    let mut filled = 0;
    let mut samples: Vec<String> = Vec::new();
    for cell in sheet.rows[first..].iter().filter_map(|row| row.get(column)).filter(|cell| !cell.is_blank()) {
        filled += 1;
        if samples.len() < SHOWN {
            let text = short(&cell.text, LENGTH);
            if !samples.contains(&text) {
                samples.push(text);
            }
        }
    }
    (filled, samples)
}

/// Keeps what a person chose, for this upload and for the next list with the same header. Where another row was
/// chosen for the names of the columns, what they hold is proposed anew, except what the person chose for a column.
///
/// `Invalid` with `import-columns-changed` if the choice is for other columns, with `import-no-name` if no column
/// names the groups.
pub async fn save_columns(
    permit: &Permit<ImportGroups>,
    house: &House,
    id: ImportId,
    choices: &[SheetChoice],
) -> Result<Saved> {
    let tx = house.stores.begin(permit).await?;
    let import = open_import(&tx, id).await?;
    let mut plan: Plan = from_json(&import.mapping)?;
    let same = plan.mapping.sheets.len() == choices.len()
        && plan.mapping.sheets.iter().zip(choices).all(|(sheet, choice)| sheet.columns.len() == choice.targets.len());
    if !same {
        return Err(Error::invalid("", "import-columns-changed"));
    }
    let moved = |(sheet, choice): (&SheetMapping, &SheetChoice)| row_of(choice) != sheet.header_row;
    if plan.mapping.sheets.iter().zip(choices).any(moved) {
        let (_, workbook) = read(import.file.bytes).await.map_err(as_bug)?;
        for ((mapping, choice), sheet) in plan.mapping.sheets.iter_mut().zip(choices).zip(&workbook.sheets) {
            let other = row_of(choice);
            if other != mapping.header_row && other.is_some_and(|row| !header::candidates(sheet).any(|at| at == row)) {
                return Err(Error::invalid("", "import-columns-changed"));
            }
            let mut anew = mapping.clone();
            if other != mapping.header_row {
                anew = mapping::propose_sheet(sheet, other, &recall(&tx, sheet).await?);
            }
            apply(mapping, &mut anew, choice);
            *mapping = anew;
        }
        keep(&tx, id, &plan).await?;
        tx.commit(AuditEvent::new("import.columns", id).summary("header row")).await?;
        return Ok(Saved::Header);
    }
    let names = |target: &Target| matches!(target, Target::Name | Target::Topic);
    if !choices.iter().any(|choice| choice.targets.iter().any(names)) {
        return Err(Error::invalid("", "import-no-name"));
    }
    for (sheet, choice) in plan.mapping.sheets.iter_mut().zip(choices) {
        let before = sheet.clone();
        apply(&before, sheet, choice);
        if !sheet.columns.is_empty() {
            remember(&tx, sheet).await?;
        }
    }
    keep(&tx, id, &plan).await?;
    tx.commit(AuditEvent::new("import.columns", id)).await?;
    Ok(Saved::Columns)
}

/// The chosen row of names, from 0.
fn row_of(choice: &SheetChoice) -> Option<usize> {
    choice.header_row.map(|row| row.saturating_sub(1))
}

/// Puts into `sheet` what a person chose while `before` was shown to them.
fn apply(before: &SheetMapping, sheet: &mut SheetMapping, choice: &SheetChoice) {
    sheet.status = choice.status;
    for (column, (shown, target)) in before.columns.iter().zip(&choice.targets).enumerate() {
        if shown.target != *target || shown.confidence == Confidence::Chosen {
            sheet.choose(column, *target);
        }
    }
}

async fn keep(tx: &TenantTx, id: ImportId, plan: &Plan) -> Result<()> {
    if tx.save_import_mapping(id, &to_json(plan)?).await? { Ok(()) } else { Err(Error::Conflict) }
}

/// A file that was read once reads again.
pub(super) fn as_bug(refused: Refused) -> Error {
    match refused {
        Refused::Other(error) => error,
        Refused::File(error) => Error::Internal(format!("a kept file does not read any more: {error}")),
    }
}
