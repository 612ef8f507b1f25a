//! What is to be done with an upload: what its columns hold, which rows to take.

use std::collections::BTreeMap;

use access::Permit;
use access::actions::ImportGroups;
use domain::audit::AuditEvent;
use domain::{ImportId, Status};
use intake::Mapping;
use intake::columns::Target;
use intake::mapping::Confidence;
use intake::table::Sheet;
use serde::{Deserialize, Serialize};

use super::upload::{memory, read};
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

/// A sheet as shown for checking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetColumns {
    /// Its name; empty for CSV.
    pub name: String,
    /// Rows below the header that hold anything.
    pub rows: usize,
    /// The row of column names, from 1.
    pub header_row: Option<usize>,
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
    /// What its groups are.
    pub status: Status,
    /// What its columns hold, from the first.
    pub targets: Vec<Target>,
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

/// How many cells of a column hold anything, and what a few of them hold.
fn samples(sheet: &Sheet, first: usize, column: usize) -> (usize, Vec<String>) {
    const SHOWN: usize = 3;
    const LENGTH: usize = 60;
    let mut filled = 0;
    let mut samples: Vec<String> = Vec::new();
    for cell in sheet.rows[first..].iter().filter_map(|row| row.get(column)).filter(|cell| !cell.is_blank()) {
        filled += 1;
        if samples.len() < SHOWN {
            let mut text: String = cell.text.split_whitespace().collect::<Vec<_>>().join(" ");
            if text.chars().count() > LENGTH {
                text = text.chars().take(LENGTH - 1).chain(['…']).collect();
            }
            if !samples.contains(&text) {
                samples.push(text);
            }
        }
    }
    (filled, samples)
}

/// Keeps what a person chose, for this upload and for the next list with the same header.
///
/// `Invalid` with `import-columns-changed` if the choice is for other columns, with `import-no-name` if no column
/// names the groups.
pub async fn save_columns(
    permit: &Permit<ImportGroups>,
    house: &House,
    id: ImportId,
    choices: &[SheetChoice],
) -> Result<()> {
    let tx = house.stores.begin(permit).await?;
    let import = open_import(&tx, id).await?;
    let mut plan: Plan = from_json(&import.mapping)?;
    let same = plan.mapping.sheets.len() == choices.len()
        && plan.mapping.sheets.iter().zip(choices).all(|(sheet, choice)| sheet.columns.len() == choice.targets.len());
    if !same {
        return Err(Error::invalid("", "import-columns-changed"));
    }
    let names = |target: &Target| matches!(target, Target::Name | Target::Topic);
    if !choices.iter().any(|choice| choice.targets.iter().any(names)) {
        return Err(Error::invalid("", "import-no-name"));
    }
    for (sheet, choice) in plan.mapping.sheets.iter_mut().zip(choices) {
        sheet.status = choice.status;
        for (column, target) in choice.targets.iter().enumerate() {
            if sheet.columns[column].target != *target {
                sheet.choose(column, *target);
            }
        }
        if sheet.header_row.is_some() {
            tx.put_setting(&memory(sheet), sheet).await?;
        }
    }
    if !tx.save_import_mapping(id, &to_json(&plan)?).await? {
        return Err(Error::Conflict);
    }
    tx.commit(AuditEvent::new("import.columns", id)).await?;
    Ok(())
}

/// A file that was read once reads again.
pub(super) fn as_bug(refused: Refused) -> Error {
    match refused {
        Refused::Other(error) => error,
        Refused::File(error) => Error::Internal(format!("a kept file does not read any more: {error}")),
    }
}
