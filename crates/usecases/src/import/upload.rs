//! Taking a file in, listing what was taken, removing it.

use access::Permit;
use access::actions::ImportGroups;
use domain::ImportId;
use domain::alert::Sign;
use domain::audit::AuditEvent;
use intake::mapping::{SheetMapping, keys};
use intake::table::Sheet;
use intake::{Mapping, Workbook};
use jiff::Timestamp;
use storage::TenantTx;
use storage::tenant::imports::{Import, ImportFile, ImportState};

use super::plan::Plan;
use super::{Refused, Report, aside, from_json, to_json};
use crate::people::noticed_of;
use crate::{Error, House, Result};

/// The longest name of a file that is kept (characters).
const NAME: usize = 120;

/// Reads the file, guesses its columns (or remembers them from a list with the same header) and keeps it, sealed.
pub async fn upload(
    permit: &Permit<ImportGroups>,
    house: &House,
    name: &str,
    bytes: Vec<u8>,
) -> std::result::Result<ImportId, Refused> {
    let (bytes, workbook) = match read(bytes).await {
        Err(refused) => {
            noticed_of(permit, house, Sign::BadFiles).await;
            return Err(refused);
        }
        read => read?,
    };
    let look = house.stores.look(permit).await?;
    let mapping = mapping_of(&look, &workbook).await?;
    drop(look);
    let rows = rows(&workbook);
    let plan = Plan::new(file_name(name), rows, mapping);
    let tx = house.stores.begin(permit).await?;
    let id: ImportId = tx.ids().next();
    tx.put_import(&Import {
        id,
        created_at: tx.now(),
        actor: tx.actor(),
        state: ImportState::Open,
        file: ImportFile { name: plan.file_name.clone(), bytes },
        mapping: to_json(&plan)?,
        report: String::new(),
    })
    .await?;
    tx.commit(AuditEvent::new("import.uploaded", id).summary(format!("{rows} rows"))).await?;
    Ok(id)
}

/// Reads a list in a thread of its own; gives the bytes back.
pub(super) async fn read(bytes: Vec<u8>) -> std::result::Result<(Vec<u8>, Workbook), Refused> {
    let (bytes, workbook) = aside(move || {
        let workbook = intake::read(&bytes);
        (bytes, workbook)
    })
    .await?;
    Ok((bytes, workbook?))
}

/// What the columns hold: as chosen for an earlier list with the same header, else as guessed.
pub(super) async fn mapping_of(tx: &TenantTx, workbook: &Workbook) -> Result<Mapping> {
    let mut remembered: Vec<SheetMapping> = Vec::new();
    for sheet in &workbook.sheets {
        remembered.extend(recall(tx, sheet).await?);
    }
    Ok(intake::propose(workbook, &remembered))
}

/// What is remembered of earlier lists that may be like this sheet, the weightiest first.
pub(super) async fn recall(tx: &TenantTx, sheet: &Sheet) -> Result<Vec<SheetMapping>> {
    let mut remembered = Vec::new();
    for key in keys(sheet) {
        remembered.extend(tx.setting::<SheetMapping>(&memory(&key)).await?);
    }
    Ok(remembered)
}

/// Remembers the columns of a sheet for the next list with the same header; a corrected header row, too.
pub(super) async fn remember(tx: &TenantTx, sheet: &SheetMapping) -> Result<()> {
    tx.put_setting(&memory(&sheet.fingerprint), sheet).await?;
    if sheet.found != sheet.fingerprint && !sheet.found.is_empty() {
        tx.put_setting(&memory(&sheet.found), sheet).await?;
    }
    Ok(())
}

fn memory(key: &str) -> String {
    format!("mapping:{key}")
}

/// Rows with anything in them.
pub(super) fn rows(workbook: &Workbook) -> usize {
    workbook.sheets.iter().flat_map(|sheet| &sheet.rows).filter(|row| row.iter().any(|cell| !cell.is_blank())).count()
}

/// The last part of a path, on one line, not too long.
fn file_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    last.chars().filter(|c| !c.is_control()).take(NAME).collect::<String>().trim().to_owned()
}

/// An upload in the list of uploads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Uploaded {
    /// Its id.
    pub id: ImportId,
    /// The file's name.
    pub file_name: String,
    /// Rows with anything in them.
    pub rows: usize,
    /// When it was uploaded; of a done one, when it was brought in.
    pub at: Timestamp,
    /// How many groups it brought, if it was brought in.
    pub groups: Option<usize>,
}

/// All uploads and reports, newest first.
pub async fn uploads(permit: &Permit<ImportGroups>, house: &House) -> Result<Vec<Uploaded>> {
    let look = house.stores.look(permit).await?;
    let imports = look.imports().await?;
    imports
        .into_iter()
        .map(|import| {
            let plan: Plan = from_json(&import.mapping)?;
            let groups = match import.state {
                ImportState::Open => None,
                ImportState::Done => Some(from_json::<Report>(&import.report)?.groups),
            };
            Ok(Uploaded { id: import.id, file_name: plan.file_name, rows: plan.rows, at: import.created_at, groups })
        })
        .collect()
}

/// Removes an upload, or the report of one that was brought in (its groups stay).
pub async fn remove(permit: &Permit<ImportGroups>, house: &House, id: ImportId) -> Result<()> {
    let tx = house.stores.begin(permit).await?;
    if !tx.remove_import(id).await? {
        return Err(Error::NotFound);
    }
    tx.commit(AuditEvent::new("import.removed", id)).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::file_name;

    #[test]
    fn a_files_name_is_its_last_part_on_one_line() {
        assert_eq!(file_name("C:\\Listen\\Gruppen 2026.xlsx"), "Gruppen 2026.xlsx");
        assert_eq!(file_name("../../etc/a\r\nb.csv"), "ab.csv");
        assert_eq!(file_name(&"x".repeat(500)).len(), 120);
    }
}
