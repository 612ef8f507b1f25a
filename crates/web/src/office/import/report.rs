//! `/office/import/{id}/bericht`: what came of it, and what is to be asked.

use access::actions::ImportGroups;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::Method;
use axum::response::{IntoResponse, Redirect, Response};
use domain::schedule::berlin;
use serde::Deserialize;
use usecases::Error;
use usecases::import::{self, KeptReport, Report};

use super::{Step, address, back, id, steps, texts};
use crate::page::{Page, html};
use crate::visit::Visit;
use crate::{Granted, Lang, Routes, WebError, WebState, office};

pub(super) fn routes() -> Routes {
    Routes::new().office::<ImportGroups, _, _>(Method::GET, "/office/import/{id}/bericht", show)
}

/// A line about a row.
struct Line {
    place: String,
    name: String,
    href: String,
    text: String,
}

#[derive(Template)]
#[template(path = "office/import_report.html")]
struct ReportPage {
    page: Page,
    steps: Vec<(&'static str, bool)>,
    figures: Vec<(usize, String)>,
    asks: Vec<Line>,
    silent: Vec<Line>,
    warnings: Vec<Line>,
    skipped: Vec<Line>,
    leftovers: Vec<Line>,
    until: String,
    remove: String,
}

#[derive(Deserialize)]
struct Flash {
    meldung: Option<String>,
}

async fn show(
    granted: Granted<ImportGroups>,
    visit: Visit,
    State(state): State<WebState>,
    Path(path): Path<String>,
    Query(flash): Query<Flash>,
) -> Result<Response, WebError> {
    let id = id(&path)?;
    let KeptReport { report, until } = match import::report(&granted, &state.house, id).await {
        Ok(report) => report,
        Err(Error::Conflict) => return Ok(Redirect::to(&address(id, "vorschau")).into_response()),
        Err(error) => return Err(error.into()),
    };
    let lang = visit.lang;
    let title = lang.t1("import-report-title", "file", report.file_name.clone());
    let page = back(office::page(&visit, title)).flash(flash.meldung.as_deref());
    let figures = figures(lang, &report);
    let Report { skipped, warnings, asks, leftovers, .. } = report;
    let group = |id| format!("/office/gruppen/{id}");
    let (silent, asks): (Vec<_>, Vec<_>) = asks
        .into_iter()
        .map(|ask| Line { place: String::new(), name: ask.name, href: group(ask.group), text: ask.wish })
        .partition(|line| line.text.is_empty());
    let warning = |warning: import::ReportWarning| Line {
        place: texts::row(lang, &warning.sheet, warning.row),
        text: texts::warning_of(lang, &warning.column, &warning.about, &warning.why),
        href: group(warning.group),
        name: warning.name,
    };
    let left_out = |row: import::Skipped| Line {
        place: texts::row(lang, &row.sheet, row.row),
        text: lang
            .t(match (row.by_choice, row.group) {
                (false, Some(_)) => "import-skipped-known",
                (true, Some(_)) => "import-skipped-chosen-twin",
                (_, None) => "import-skipped-chosen",
            })
            .to_owned(),
        href: row.group.map(group).unwrap_or_default(),
        name: row.name,
    };
    let leftover = |left: import::Leftover| Line {
        place: texts::row(lang, &left.sheet, left.row),
        name: String::new(),
        href: String::new(),
        text: left.text,
    };
    let page = ReportPage {
        page,
        steps: steps(lang, Step::Report),
        figures,
        asks,
        silent,
        warnings: warnings.into_iter().map(warning).collect(),
        skipped: skipped.into_iter().map(left_out).collect(),
        leftovers: leftovers.into_iter().map(leftover).collect(),
        // The last whole day: within the day after it the report goes.
        until: lang.t1(
            "import-report-until",
            "day",
            lang.date(until.to_zoned(berlin()).date().yesterday().unwrap_or_default()),
        ),
        remove: address(id, "entfernen"),
    };
    Ok(html(&page)?.into_response())
}

fn figures(lang: Lang, report: &Report) -> Vec<(usize, String)> {
    [
        (report.groups, "import-figure-groups"),
        (report.dissolved, "import-figure-dissolved"),
        (report.persons, "import-figure-persons"),
        (report.structured, "import-figure-structured"),
        (report.text, "import-figure-text"),
        (report.notes, "import-figure-notes"),
        (report.skipped.len(), "import-figure-skipped"),
    ]
    .into_iter()
    .filter(|(number, key)| *number > 0 || *key == "import-figure-groups")
    .map(|(number, key)| (number, lang.tn(key, number)))
    .collect()
}
