//! `/office/import`: bringing in the list an office has: upload, columns, preview, import, report.

mod columns;
mod example;
mod list;
mod preview;
mod remove;
mod report;
mod take_over;
mod texts;

use domain::ImportId;
pub(crate) use list::file_of;

use crate::page::Page;
use crate::{Lang, Routes, WebError};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .merge(list::routes())
        .merge(example::routes())
        .merge(columns::routes())
        .merge(preview::routes())
        .merge(take_over::routes())
        .merge(report::routes())
        .merge(remove::routes())
}

/// The id in an address; whatever else stands there does not exist.
fn id(text: &str) -> Result<ImportId, WebError> {
    text.parse().map_err(|_| WebError::NotFound)
}

fn address(id: ImportId, step: &str) -> String {
    format!("/office/import/{id}/{step}")
}

/// Where one is on the way: the three steps with the present one marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Columns,
    Preview,
    Report,
}

/// The steps as the template shows them: text, whether it is the present one.
fn steps(lang: Lang, present: Step) -> Vec<(&'static str, bool)> {
    [
        (Step::Columns, "import-step-columns"),
        (Step::Preview, "import-step-preview"),
        (Step::Report, "import-step-report"),
    ]
    .into_iter()
    .map(|(step, key)| (lang.t(key), step == present))
    .collect()
}

fn back(page: Page) -> Page {
    let text = page.t("import-back");
    page.back_to("/office/import", text)
}
