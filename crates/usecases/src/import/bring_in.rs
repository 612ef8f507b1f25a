//! The import itself: one transaction, at most once.

use access::Permit;
use access::actions::ImportGroups;
use domain::audit::AuditEvent;
use domain::{ImportId, PersonId};
use storage::tenant::imports::{Import, ImportFile, ImportState};

use super::known::{self, KnownRows};
use super::make::{self, People};
use super::plan::{Plan, as_bug};
use super::preview::{Row, Twin, look_at};
use super::{Report, from_json, to_json};
use crate::{Error, House, Result};

/// Rows written at a time, between two reports of progress.
const CHUNK: usize = 50;

/// What came of asking for an import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Everything is in.
    Done(Box<Report>),
    /// It was brought in before; this time nothing was done.
    Before,
}

/// Brings an upload in: groups, persons, notes, published projection, report, in one transaction. Of several attempts
/// one succeeds, the others find it done. `progress` is told how many of how many groups are written.
///
/// [`Error::Conflict`] if one of the rows came in meanwhile with another upload: look at the preview again.
pub async fn bring_in(
    permit: &Permit<ImportGroups>,
    house: &House,
    id: ImportId,
    progress: &(dyn Fn(usize, usize) + Send + Sync),
) -> Result<Outcome> {
    let look = house.stores.look(permit).await?;
    let import = look.import(id).await?.ok_or(Error::NotFound)?;
    if import.state == ImportState::Done {
        return Ok(Outcome::Before);
    }
    let Import { actor, file, mapping, .. } = import;
    let mut plan: Plan = from_json(&mapping)?;
    let preview = look_at(&look, file.bytes, &plan).await.map_err(as_bug)?;
    drop(look);
    progress(0, preview.numbers.groups);

    let ids = house.ids();
    let mut people = People::default();
    let rows: Vec<(Row, Vec<domain::group::Membership>)> = preview
        .rows
        .into_iter()
        .map(|row| {
            let members = if row.take { people.of(&row.draft, ids) } else { Vec::new() };
            (row, members)
        })
        .collect();
    // Durable before the transaction that uses them; left over and harmless if that never commits.
    let person_ids: Vec<PersonId> = people.persons.iter().map(|person| person.id).collect();
    house.stores.make_person_keys(permit, &person_ids).await?;

    let tx = house.stores.begin(permit).await?;
    if !tx.claim_import(id).await? {
        let there = tx.import_mapping(id).await?.is_some();
        return if there { Ok(Outcome::Before) } else { Err(Error::NotFound) };
    }
    // A colleague chose other columns or rows since: what was shown is not what would be done.
    if tx.import_mapping(id).await?.as_ref() != Some(&mapping) {
        return Err(Error::Conflict);
    }
    // Imports of one office wait for each other here, so that what came in meanwhile is seen below.
    tx.put_setting(known::QUEUE, &id).await?;
    let mut known: KnownRows = tx.setting(known::SETTING).await?.unwrap_or_default();
    let slugs = tx.group_slugs().await?;
    let here = |group| slugs.iter().any(|(id, _)| *id == group);
    // What is known now and was not known when the preview above was made.
    let came_meanwhile = |row: &Row| {
        !matches!(row.twin, Some(Twin::Same { .. })) && known.0.get(&row.mark).is_some_and(|group| here(*group))
    };
    if rows.iter().any(|(row, _)| row.take && came_meanwhile(row)) {
        return Err(Error::Conflict);
    }

    let mut report = Report::begin(preview.file_name, preview.numbers, people.persons.len(), &preview.sheets);
    let catalogue = tx.catalogue().await?;
    let mut groups = Vec::with_capacity(preview.numbers.groups);
    // What belongs to no group is kept with the first group of its sheet, so that no cell is lost with the report.
    let mut leftovers: Vec<Option<String>> = preview.sheets.iter().map(make::leftovers).collect();
    for (row, members) in rows {
        if !row.take {
            report.skipped(&row.draft, row.twin.as_ref());
            continue;
        }
        let draft = row.draft.clone();
        let mut new = make::group(row.draft, members, &catalogue, ids);
        new.notes.extend(leftovers.get_mut(draft.source.sheet).and_then(Option::take));
        report.taken(&draft, new.group.id);
        known.0.insert(row.mark, new.group.id);
        groups.push(new);
    }
    report.finish();

    tx.insert_persons(&people.persons).await?;
    for (number, chunk) in groups.chunks(CHUNK).enumerate() {
        tx.insert_groups(chunk, &people.persons, "imported").await?;
        progress(number * CHUNK + chunk.len(), groups.len());
    }
    tx.put_setting(known::SETTING, &known).await?;
    plan.choices.clear();
    tx.put_import(&Import {
        id,
        // From now on the report's time runs.
        created_at: tx.now(),
        actor,
        state: ImportState::Done,
        file: ImportFile::default(),
        mapping: to_json(&plan)?,
        report: to_json(&report)?,
    })
    .await?;
    let summary = format!(
        "{} groups, {} persons, {} notes, {} skipped rows",
        report.groups,
        report.persons,
        report.notes,
        report.skipped.len()
    );
    let event = AuditEvent::new("import.done", id).summary(summary).items(make::ids_of(&groups));
    tx.commit(event).await?;
    house.sites.changed(permit.tenant());
    Ok(Outcome::Done(Box::new(report)))
}
