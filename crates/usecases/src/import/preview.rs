//! What would come in: every row as understood, with its lights, warnings and twins.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use access::Permit;
use access::actions::ImportGroups;
use domain::audit::AuditEvent;
use domain::{Catalogue, Field, GroupId, Ids, ImportId, Item, Status, Value};
use intake::draft::{Draft, DuplicateOf, Likelihood, RowSource, SheetResult};
use intake::duplicates::{self, Known};
use storage::TenantTx;

use super::known::{self, KnownRows};
use super::make::People;
use super::plan::{Plan, as_bug};
use super::upload::{mapping_of, read, rows};
use super::{Refused, aside, from_json, open_import, to_json};
use crate::{Error, House, Result};

/// The same group elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Twin {
    /// This very row came in before, and its group is still there.
    Same {
        /// The group.
        group: GroupId,
        /// Its name.
        name: String,
    },
    /// The office may have the group already.
    Existing {
        /// The group.
        group: GroupId,
        /// Its name.
        name: String,
        /// How sure.
        likelihood: Likelihood,
    },
    /// An earlier row of the file may be the same group.
    Row {
        /// Which.
        source: RowSource,
        /// How sure.
        likelihood: Likelihood,
    },
}

/// A row that would become a group.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Names it within the upload: `0:17`.
    pub key: String,
    /// What was understood.
    pub draft: Draft,
    /// The same group elsewhere, perhaps.
    pub twin: Option<Twin>,
    /// Whether it will be taken.
    pub take: bool,
    pub(super) mark: String,
}

/// What would come in, in numbers. Rows that are not taken count for `skipped` only.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Numbers {
    /// Groups.
    pub groups: usize,
    /// Of these, dissolved ones.
    pub dissolved: usize,
    /// Persons; one who is named in several rows counts once.
    pub persons: usize,
    /// Meetings of which dates can be computed.
    pub structured: usize,
    /// Meetings that stay text.
    pub text: usize,
    /// Internal notes.
    pub notes: usize,
    /// Rows not taken.
    pub skipped: usize,
    /// Rows that came in before just like this, taken or not.
    pub same: usize,
    /// Rows with another twin, taken or not.
    pub twins: usize,
    /// Rows with warnings.
    pub warned: usize,
    /// Texts of the file that belong to no group.
    pub leftovers: usize,
}

/// What would come in.
#[derive(Clone, Debug, PartialEq)]
pub struct Preview {
    /// The file's name.
    pub file_name: String,
    /// In numbers, the whole file.
    pub numbers: Numbers,
    /// The rows, all of them or those asked for.
    pub rows: Vec<Row>,
    /// How many rows there are in all.
    pub total: usize,
    /// What was found in each sheet.
    pub sheets: Vec<SheetResult>,
    /// The office's fields, with the lights that items will have.
    pub catalogue: Arc<Catalogue>,
}

/// Shows the rows of a range. [`Error::Conflict`] once the upload was brought in.
pub async fn preview(
    permit: &Permit<ImportGroups>,
    house: &House,
    id: ImportId,
    range: impl FnOnce(usize) -> Range<usize>,
) -> Result<Preview> {
    let tx = house.stores.begin(permit).await?;
    let import = open_import(&tx, id).await?;
    let plan: Plan = from_json(&import.mapping)?;
    let mut preview = look_at(&tx, import.file.bytes, &plan).await.map_err(as_bug)?;
    let range = range(preview.total);
    let (start, end) = (range.start.min(preview.total), range.end.min(preview.total));
    preview.rows.truncate(end);
    preview.rows.drain(..start.min(end));
    let seen = format!("preview of groups {} to {end} of {}", start + 1, preview.total);
    tx.commit(AuditEvent::new("import.read", id).summary(seen)).await?;
    Ok(preview)
}

/// Reads a file as an upload would, and keeps nothing.
pub async fn dry_run(
    permit: &Permit<ImportGroups>,
    house: &House,
    name: &str,
    bytes: Vec<u8>,
) -> std::result::Result<Preview, Refused> {
    let tx = house.stores.look(permit).await?;
    let (bytes, workbook) = read(bytes).await?;
    let plan = Plan::new(name.to_owned(), rows(&workbook), mapping_of(&tx, &workbook).await?);
    look_at(&tx, bytes, &plan).await
}

/// Keeps which of these rows to take.
pub async fn choose(
    permit: &Permit<ImportGroups>,
    house: &House,
    id: ImportId,
    choices: &[(String, bool)],
) -> Result<()> {
    let tx = house.stores.begin(permit).await?;
    let import = open_import(&tx, id).await?;
    let mut plan: Plan = from_json(&import.mapping)?;
    let is_key = |key: &str| key.len() <= 12 && key.bytes().all(|b| b.is_ascii_digit() || b == b':');
    let before = plan.choices.clone();
    plan.choices.extend(choices.iter().filter(|(key, _)| is_key(key)).cloned());
    if plan.choices == before {
        return Ok(());
    }
    if !tx.save_import_mapping(id, &to_json(&plan)?).await? {
        return Err(Error::Conflict);
    }
    tx.commit(AuditEvent::new("import.rows", id).summary(format!("{} rows decided", plan.choices.len()))).await?;
    Ok(())
}

/// Understands the file as planned, beside the groups the office has.
pub(super) async fn look_at(tx: &TenantTx, bytes: Vec<u8>, plan: &Plan) -> std::result::Result<Preview, Refused> {
    let fields = [Field::Name, Field::Topic, Field::Venue, Field::PrivateVenue];
    let groups = tx.group_summaries(&fields).await?;
    let known: KnownRows = tx.setting(known::SETTING).await?.unwrap_or_default();
    let mut names: HashMap<GroupId, String> = HashMap::new();
    let mut existing = Vec::with_capacity(groups.len());
    for group in groups {
        let texts = |fields: &[Field]| -> Vec<String> {
            let items = group.items.iter().filter(|item| fields.contains(&item.field));
            items.map(|item: &Item| item.value.plain()).collect()
        };
        let name = texts(&[Field::Name]).pop().unwrap_or_default();
        names.insert(group.id, name.clone());
        existing.push(Known {
            key: group.id.to_string(),
            name,
            topics: texts(&[Field::Topic]),
            places: texts(&[Field::Venue, Field::PrivateVenue]),
        });
    }
    // The oldest first: of two alike the same one is named every time.
    existing.sort_by(|a, b| a.key.cmp(&b.key));
    let (_, workbook) = read(bytes).await?;
    let (plan, ids, catalogue) = (plan.clone(), tx.ids().clone(), tx.catalogue().await?);
    let preview = aside(move || {
        let mut understood = intake::understand(&workbook, &plan.mapping);
        duplicates::mark(&mut understood.drafts, &existing);
        let rows = understood.drafts.into_iter().map(|draft| {
            let mark = known::mark(&workbook, &draft.source);
            row(draft, mark, &plan, &known, &names)
        });
        let rows: Vec<Row> = rows.collect();
        let leftovers = understood.sheets.iter().map(|sheet| sheet.notes.len()).sum();
        let numbers = Numbers { leftovers, ..numbers(&rows, &ids) };
        let (total, sheets) = (rows.len(), understood.sheets);
        Preview { file_name: plan.file_name, numbers, total, rows, sheets, catalogue }
    });
    Ok(preview.await?)
}

fn row(mut draft: Draft, mark: String, plan: &Plan, known: &KnownRows, names: &HashMap<GroupId, String>) -> Row {
    let key = format!("{}:{}", draft.source.sheet, draft.source.row);
    let still_there = |group: &GroupId| names.get(group).map(|name| (*group, name.clone()));
    let twin = match known.0.get(&mark).and_then(still_there) {
        Some((group, name)) => Some(Twin::Same { group, name }),
        None => draft.duplicate_of.take().and_then(|twin| {
            let likelihood = twin.likelihood;
            Some(match twin.of {
                DuplicateOf::Row(source) => Twin::Row { source, likelihood },
                DuplicateOf::Existing(key) => {
                    let (group, name) = still_there(&key.parse().ok()?)?;
                    Twin::Existing { group, name, likelihood }
                }
            })
        }),
    };
    // Only what is surely there already is left out unless somebody says otherwise.
    let take = plan.choices.get(&key).copied().unwrap_or(!matches!(twin, Some(Twin::Same { .. })));
    Row { key, draft, twin, take, mark }
}

fn numbers(rows: &[Row], ids: &Ids) -> Numbers {
    let mut numbers = Numbers::default();
    let mut people = People::default();
    for row in rows {
        match row.twin {
            Some(Twin::Same { .. }) => numbers.same += 1,
            Some(Twin::Existing { .. } | Twin::Row { .. }) => numbers.twins += 1,
            None => {}
        }
        if !row.take {
            numbers.skipped += 1;
            continue;
        }
        let draft = &row.draft;
        numbers.groups += 1;
        numbers.dissolved += usize::from(draft.status == Status::Dissolved);
        people.of(draft, ids);
        numbers.notes += draft.notes.len();
        numbers.warned += usize::from(!draft.warnings.is_empty());
        for (_, value) in &draft.items {
            if let Value::Meetings(schedule) = value {
                numbers.structured += usize::from(schedule.is_structured());
                numbers.text += usize::from(!schedule.is_structured());
            }
        }
    }
    numbers.persons = people.persons.len();
    numbers
}
