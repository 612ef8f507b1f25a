//! The book: every relative link leads to a file, and every page is in the table of contents.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

const OUTSIDE_THE_BOOK: [&str; 3] = ["README.md", "helm/README.md", "infra/README.md"];

/// Reads every page and fails with the list of what leads nowhere.
pub(crate) fn check(root: &Path) -> Result<()> {
    let book = root.join("docs/src");
    let mut pages = Vec::new();
    files_below(&book, "md", &mut pages)?;
    let mut wrong = Vec::new();
    let summary = fs::read_to_string(book.join("SUMMARY.md")).context("docs/src/SUMMARY.md")?;
    let listed: Vec<PathBuf> = relative_links(&summary).map(|link| book.join(link)).collect();
    for page in &pages {
        if !page.ends_with("SUMMARY.md") && !listed.contains(page) {
            wrong.push(format!("{} is not in SUMMARY.md", page.display()));
        }
    }
    pages.extend(OUTSIDE_THE_BOOK.map(|page| root.join(page)));
    for page in &pages {
        let text = fs::read_to_string(page).with_context(|| page.display().to_string())?;
        let directory = page.parent().context("a page without a directory")?;
        for link in relative_links(&text) {
            if !directory.join(link).exists() {
                wrong.push(format!("{}: {link} leads nowhere", page.display()));
            }
        }
    }
    if !wrong.is_empty() {
        bail!("{} mistakes in the book:\n{}", wrong.len(), wrong.join("\n"));
    }
    Ok(())
}

/// All files with this ending below a directory, in a stable order.
pub(crate) fn files_below(directory: &Path, ending: &str, found: &mut Vec<PathBuf>) -> Result<()> {
    let mut entries: Vec<PathBuf> = fs::read_dir(directory)
        .with_context(|| format!("cannot read {}", directory.display()))?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<_>>()?;
    entries.sort();
    for path in entries {
        if path.is_dir() {
            files_below(&path, ending, found)?;
        } else if path.extension().is_some_and(|extension| extension == ending) {
            found.push(path);
        }
    }
    Ok(())
}

/// The targets of Markdown links that are neither addresses nor mere anchors, without their anchor.
fn relative_links(text: &str) -> impl Iterator<Item = &str> {
    text.split("](").skip(1).filter_map(|rest| {
        let target = rest.split_once(')')?.0;
        let file = target.split('#').next().unwrap_or_default();
        let inside = !file.is_empty() && !file.contains("://") && !file.starts_with("mailto:");
        inside.then_some(file)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_anchors_are_no_files() {
        let text = "[a](b.md#c) [d](https://example.org/x.md) [e](#f) [g](mailto:a@example.org) [h](../i.md)";
        assert_eq!(relative_links(text).collect::<Vec<_>>(), ["b.md", "../i.md"]);
    }
}
