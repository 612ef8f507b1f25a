//! The table of promises says of each row whether it is tested. That is read from the tests, never from hope: a row counts as tested when a
//! test named after it exists (`p0_1_…` for row 0.1).

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

use crate::docs;

const TESTED: &str = "tested";
const TESTED_IN_PART: &str = "tested in part";
const NOT_YET: &str = "not yet";

/// Fails when the table says something else than the tests. Returns a note for the closing line.
pub(crate) fn check_states(root: &Path) -> Result<String> {
    let book = fs::read_to_string(page(root)).context("the page of promises")?;
    let tested = tested_rows(root)?;
    let right = with_states(&book, &tested);
    if book != right.text {
        bail!("the table of promises does not say what the tests say; `cargo xtask docs --write` mends it");
    }
    let unknown: Vec<&String> = tested.difference(&right.rows).collect();
    if !unknown.is_empty() {
        bail!("tests name promises that the table does not have: {unknown:?}");
    }
    Ok(format!("{} of {} promises have a test", tested.len(), right.rows.len()))
}

/// Writes the state of every row as the tests have it.
pub(crate) fn write_states(root: &Path) -> Result<()> {
    let book = fs::read_to_string(page(root)).context("the page of promises")?;
    fs::write(page(root), with_states(&book, &tested_rows(root)?).text)?;
    Ok(())
}

fn page(root: &Path) -> PathBuf {
    root.join("docs/src/promises.md")
}

/// The rows that have a test, by id.
fn tested_rows(root: &Path) -> Result<BTreeSet<String>> {
    let mut files = Vec::new();
    docs::files_below(&root.join("tests"), "rs", &mut files)?;
    let mut rows = BTreeSet::new();
    for file in files {
        rows.extend(rows_named_in(&fs::read_to_string(&file)?));
    }
    Ok(rows)
}

/// `fn p2_11_every_read_is_logged` names row 2.11.
fn rows_named_in(source: &str) -> impl Iterator<Item = String> {
    source.split("fn p").skip(1).filter_map(|rest| {
        let mut parts = rest.split('_');
        let (part, row) = (parts.next()?, parts.next()?);
        let number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        (number(part) && number(row)).then(|| format!("{part}.{row}"))
    })
}

struct Table {
    text: String,
    rows: BTreeSet<String>,
}

/// The page with the state column (the third) of every row set: `| id | promise | state | what is missing |`.
fn with_states(book: &str, tested: &BTreeSet<String>) -> Table {
    let mut rows = BTreeSet::new();
    let mut text = String::new();
    for line in book.lines() {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        match cells.as_slice() {
            ["", id, promise, _, missing, ""] if id.starts_with(|first: char| first.is_ascii_digit()) => {
                let state = match (tested.contains(*id), missing.is_empty()) {
                    (true, true) => TESTED,
                    (true, false) => TESTED_IN_PART,
                    (false, _) => NOT_YET,
                };
                rows.insert((*id).to_owned());
                text += format!("| {id} | {promise} | {state} | {missing} |").replace("|  |", "| |").as_str();
            }
            _ => text += line,
        }
        text.push('\n');
    }
    Table { text, rows }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_test_names_its_promise() {
        let source =
            "async fn p0_1_contacts_stay_hidden() {}\nfn p2_11_reads_are_logged() {}\nfn parse_1() {}\nfn p_1_x() {}";
        assert_eq!(rows_named_in(source).collect::<Vec<_>>(), ["0.1", "2.11"]);
    }

    #[test]
    fn a_row_without_a_test_is_not_kept() {
        let book = "| id | promise | state | missing |\n|---|---|---|---|\n| 0.1 | hidden | tested | |\n| 0.2 | login | | group admins |\n| 0.3 | page | | |\n";
        let tested = BTreeSet::from(["0.2".to_owned(), "0.3".to_owned()]);
        let Table { text, rows } = with_states(book, &tested);
        assert_eq!(
            text,
            "| id | promise | state | missing |\n|---|---|---|---|\n| 0.1 | hidden | not yet | |\n| 0.2 | login | tested in part | group admins |\n| 0.3 | page | tested | |\n"
        );
        assert_eq!(rows.len(), 3);
        assert_eq!(with_states(&text, &tested).text, text, "writing twice changes nothing");
    }
}
