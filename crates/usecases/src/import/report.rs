//! What came of an import: kept sealed with it.

use access::Permit;
use access::actions::ImportGroups;
use domain::audit::AuditEvent;
use domain::{GroupId, ImportId};
use intake::draft::{About, Draft, RowSource, SheetResult};
use intake::wishes::ToAsk;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use storage::tenant::imports::ImportState;

use super::from_json;
use super::preview::{Numbers, Twin};
use crate::{Error, House, Result};

/// A row and something to look at in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportWarning {
    /// The sheet's name; empty for CSV.
    pub sheet: String,
    /// The row, from 1.
    pub row: usize,
    /// The group.
    pub group: GroupId,
    /// Its name.
    pub name: String,
    /// The column's name; empty for the whole row.
    pub column: String,
    /// What, as a code ([`About::code`]).
    pub about: String,
    /// Why a meeting stays text, as a code; empty otherwise.
    pub why: String,
}

/// A row that was left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skipped {
    /// The sheet's name; empty for CSV.
    pub sheet: String,
    /// The row, from 1.
    pub row: usize,
    /// What it names.
    pub name: String,
    /// The group that is there already, if there is one.
    pub group: Option<GroupId>,
    /// Whether a person left it out: it is not surely the same as that group. Older reports do not say.
    #[serde(default)]
    pub by_choice: bool,
}

/// A group whose contact persons are to be asked what may be told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ask {
    /// The group.
    pub group: GroupId,
    /// Its name.
    pub name: String,
    /// What the list says, in its words; empty if it says nothing.
    pub wish: String,
}

/// Text of the file that belongs to no group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leftover {
    /// The sheet's name; empty for CSV.
    pub sheet: String,
    /// The row, from 1.
    pub row: usize,
    /// The text.
    pub text: String,
}

/// What came of an import.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Report {
    /// The file's name.
    pub file_name: String,
    /// Groups that came in.
    pub groups: usize,
    /// Of these, dissolved ones.
    pub dissolved: usize,
    /// Contact persons that came in; one who stands for several groups counts once.
    pub persons: usize,
    /// Meetings of which dates can be computed.
    pub structured: usize,
    /// Meetings that stay text.
    pub text: usize,
    /// Internal notes.
    pub notes: usize,
    /// Rows that were left out.
    pub skipped: Vec<Skipped>,
    /// What to look at.
    pub warnings: Vec<ReportWarning>,
    /// Whom to ask: first those for whom the list says something.
    pub asks: Vec<Ask>,
    /// What belongs to no group.
    pub leftovers: Vec<Leftover>,
}

impl Report {
    pub(super) fn begin(file_name: String, numbers: Numbers, persons: usize, sheets: &[SheetResult]) -> Self {
        let Numbers { groups, dissolved, structured, text, notes, .. } = numbers;
        let leftovers = sheets.iter().flat_map(|sheet| {
            let text = |note: &intake::draft::SheetNote| note.text.clone();
            sheet.notes.iter().map(move |note| Leftover { sheet: sheet.name.clone(), row: note.row, text: text(note) })
        });
        let leftovers = leftovers.collect();
        Self { file_name, groups, dissolved, persons, structured, text, notes, leftovers, ..Self::default() }
    }

    pub(super) fn skipped(&mut self, draft: &Draft, twin: Option<&Twin>) {
        let RowSource { sheet: _, sheet_name, row } = draft.source.clone();
        let group = match twin {
            Some(Twin::Same { group, .. } | Twin::Existing { group, .. }) => Some(*group),
            Some(Twin::Row { .. }) | None => None,
        };
        let by_choice = !matches!(twin, Some(Twin::Same { .. }));
        self.skipped.push(Skipped { sheet: sheet_name, row, name: draft.name.clone(), group, by_choice });
    }

    pub(super) fn taken(&mut self, draft: &Draft, group: GroupId) {
        self.warnings.extend(draft.warnings.iter().map(|warning| ReportWarning {
            sheet: draft.source.sheet_name.clone(),
            row: draft.source.row,
            group,
            name: draft.name.clone(),
            column: warning.column.clone(),
            about: warning.about.code().to_owned(),
            why: match warning.about {
                About::ScheduleStaysText(why) => why.code().to_owned(),
                _ => String::new(),
            },
        }));
        if let Some(person) = draft.people.first().filter(|_| super::make::has_contact(draft)) {
            let says = person.wish.to_ask().iter().any(|ask| matches!(ask, ToAsk::Confirm { .. }));
            let silent = person.wish.text.is_empty();
            if says || silent || person.wish.is_unclear() {
                self.asks.push(Ask { group, name: draft.name.clone(), wish: person.wish.text.clone() });
            }
        }
    }

    pub(super) fn finish(&mut self) {
        self.asks.sort_by_key(|ask| ask.wish.is_empty());
    }
}

/// A report, and until when it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptReport {
    /// The report.
    pub report: Report,
    /// From this moment on it can be gone.
    pub until: Timestamp,
}

/// What came of an upload. [`Error::Conflict`] if it was not brought in yet.
pub async fn report(permit: &Permit<ImportGroups>, house: &House, id: ImportId) -> Result<KeptReport> {
    let tx = house.stores.begin(permit).await?;
    let import = tx.import(id).await?.ok_or(Error::NotFound)?;
    if import.state == ImportState::Open {
        return Err(Error::Conflict);
    }
    let until = import.created_at.saturating_add(ImportState::Done.kept_for()).unwrap_or(Timestamp::MAX);
    let report = from_json(&import.report)?;
    tx.commit(AuditEvent::new("import.read", id).summary("report")).await?;
    Ok(KeptReport { report, until })
}
