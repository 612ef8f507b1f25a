//! `ampelhaus import --tenant SLUG FILE [--dry-run]`

use std::io::Write as _;
use std::path::PathBuf;

use access::actions::ImportGroups;
use access::{Permit, operator_permit};
use anyhow::{Context, bail};
use domain::{Field, Slug, Value};
use indicatif::{ProgressBar, ProgressStyle};
use usecases::import::{self, MAX_BYTES, Numbers, Outcome, Preview, REPORT_LIFETIME, Refused, Report, Row, Twin};

use crate::config::{Config, Provisions};
use crate::start;

/// What to bring in, and where to.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The office's subdomain.
    #[arg(long)]
    tenant: String,
    /// The list: XLSX or CSV.
    file: PathBuf,
    /// Only show what would come in; nothing is stored.
    #[arg(long)]
    dry_run: bool,
}

/// Shows or brings in a list.
pub(crate) async fn run(config: Config, arguments: Arguments) -> anyhow::Result<()> {
    let Arguments { tenant, file, dry_run } = arguments;
    let size = tokio::fs::metadata(&file).await.with_context(|| format!("{} cannot be read", file.display()))?.len();
    if size > MAX_BYTES as u64 {
        bail!("{}: the file is larger than {} MiB", file.display(), MAX_BYTES / 1024 / 1024);
    }
    let bytes = tokio::fs::read(&file).await.with_context(|| format!("{} cannot be read", file.display()))?;
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let slug = Slug::parse(&tenant).context("this is no subdomain")?;
    let stores = start::stores(&config, Provisions::No).await?;
    let house = start::house(&config, stores.clone())?;
    let tenant = stores.platform_look().await?.tenant_by_slug(&slug).await?.context("there is no such office")?;
    let permit: Permit<ImportGroups> = operator_permit(tenant.id);
    let refused = |error| match error {
        Refused::File(error) => anyhow::Error::new(error).context(format!("{name} cannot be brought in")),
        Refused::Other(error) => error.into(),
    };
    if dry_run {
        let preview = import::dry_run(&permit, &house, &name, bytes).await.map_err(refused)?;
        stores.close().await;
        return print_preview(&preview).context("the preview cannot be printed");
    }
    let id = import::upload(&permit, &house, &name, bytes).await.map_err(refused)?;
    let bar = ProgressBar::new(0).with_style(
        ProgressStyle::with_template("{bar:40} {pos} of {len} groups").unwrap_or_else(|_| ProgressStyle::default_bar()),
    );
    let told = bar.clone();
    let outcome = import::bring_in(&permit, &house, id, &move |done, all| {
        told.set_length(all as u64);
        told.set_position(done as u64);
    })
    .await;
    bar.finish_and_clear();
    if outcome.is_err() {
        // What came of it is told below; a file that stays behind expires by itself.
        let _kept = import::remove(&permit, &house, id).await;
    }
    stores.close().await;
    match outcome? {
        Outcome::Done(report) => print_report(&report).context("the report cannot be printed"),
        Outcome::Before => bail!("the list was brought in before"),
    }
}

/// One line per group, then the numbers.
fn print_preview(preview: &Preview) -> std::io::Result<()> {
    let out = &mut std::io::stdout().lock();
    writeln!(
        out,
        "{:<14} {:<40} {:<34} {:>6} {:>5} {:>8}  twin",
        "row", "group", "meetings", "people", "notes", "warnings"
    )?;
    for row in &preview.rows {
        let Row { draft, twin, take, .. } = row;
        let place = match draft.source.sheet_name.as_str() {
            "" => draft.source.row.to_string(),
            sheet => format!("{}:{}", short(sheet, 8), draft.source.row),
        };
        writeln!(
            out,
            "{}{:<13} {:<40} {:<34} {:>6} {:>5} {:>8}  {}",
            if *take { ' ' } else { '-' },
            place,
            short(&draft.name, 40),
            short(&meetings(row), 34),
            draft.people.len(),
            draft.notes.len(),
            draft.warnings.len(),
            twin.as_ref().map_or_else(String::new, twin_words)
        )?;
    }
    for sheet in &preview.sheets {
        for note in &sheet.notes {
            writeln!(out, "belongs to no group: row {}: {}", note.row, short(&note.text, 80))?;
        }
    }
    let Numbers { groups, dissolved, persons, structured, text, notes, skipped, same, twins, warned, leftovers } =
        preview.numbers;
    writeln!(out)?;
    writeln!(out, "{groups} groups ({dissolved} dissolved), {persons} persons, {notes} notes")?;
    writeln!(out, "{structured} meetings with dates, {text} as text only")?;
    writeln!(out, "{warned} rows with warnings, {twins} possible duplicates")?;
    writeln!(out, "{skipped} rows left out (marked -), {same} of all came in before")?;
    writeln!(out, "{leftovers} texts that belong to no group")?;
    writeln!(out, "Nothing was stored.")
}

fn print_report(report: &Report) -> std::io::Result<()> {
    let out = &mut std::io::stdout().lock();
    let Report { groups, dissolved, persons, structured, text, notes, .. } = report;
    writeln!(out, "{groups} groups ({dissolved} dissolved), {persons} persons, {notes} notes")?;
    writeln!(out, "{structured} meetings with dates, {text} as text only")?;
    writeln!(out, "{} rows left out, {} warnings", report.skipped.len(), report.warnings.len())?;
    for warning in &report.warnings {
        let why = if warning.why.is_empty() { String::new() } else { format!(" ({})", warning.why) };
        writeln!(out, "  {} row {}: {}{why} {}", warning.sheet, warning.row, warning.about, warning.column)?;
    }
    writeln!(out, "{} groups whose contact persons are to be asked for consent", report.asks.len())?;
    writeln!(
        out,
        "{} texts that belong to no group are kept in the report for {} days",
        report.leftovers.len(),
        REPORT_LIFETIME.as_hours() / 24
    )
}

/// "*" before meetings of which dates can be computed.
fn meetings(row: &Row) -> String {
    let items = row.draft.items.iter().filter(|(field, _)| *field == Field::Meetings);
    let told = items.map(|(_, value)| match value {
        Value::Meetings(schedule) if schedule.is_structured() => format!("* {}", schedule.text),
        other => other.plain(),
    });
    told.collect::<Vec<_>>().join(" | ")
}

fn twin_words(twin: &Twin) -> String {
    match twin {
        Twin::Same { .. } => "came in before".to_owned(),
        Twin::Existing { name, likelihood, .. } => format!("{likelihood:?}: {name}"),
        Twin::Row { source, likelihood } => format!("{likelihood:?}: row {}", source.row),
    }
}

/// On one line, at most so many characters, without what a terminal would obey.
fn short(text: &str, most: usize) -> String {
    let plain: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    if plain.chars().count() <= most {
        return plain;
    }
    plain.chars().take(most.saturating_sub(1)).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::short;

    #[test]
    fn nothing_a_terminal_obeys_is_printed() {
        assert_eq!(short("a\u{1b}[2Jb\nc", 20), "a [2Jb c");
        assert_eq!(short("abcdef", 4), "abc…");
    }
}
