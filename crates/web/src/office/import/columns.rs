//! `/office/import/{id}/spalten`: which column holds what.

use std::collections::HashMap;

use access::actions::ImportGroups;
use askama::Template;
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use domain::{ImportId, Status};
use serde::Deserialize;
use usecases::Error;
use usecases::import::{self, Columns, HeaderRow, Saved, SheetChoice, Target};

use super::{Step, address, back, id, steps};
use crate::form::{Choice, problem};
use crate::page::{Page, html};
use crate::visit::Visit;
use crate::{Granted, Lang, Routes, WebError, WebState, office};

pub(super) fn routes() -> Routes {
    Routes::new()
        .office::<ImportGroups, _, _>(Method::GET, "/office/import/{id}/spalten", show)
        .office::<ImportGroups, _, _>(Method::POST, "/office/import/{id}/spalten", save)
}

/// A column, ready to be shown.
struct ColumnLine {
    name: String,
    header: String,
    filled: String,
    samples: Vec<String>,
    choices: Vec<Choice>,
    /// Where the guess comes from.
    reason: &'static str,
    /// Whether it deserves a look.
    unsure: bool,
}

/// A sheet, ready to be shown.
struct SheetBlock {
    title: String,
    about: String,
    header_name: String,
    headers: Vec<Choice>,
    status_name: String,
    statuses: Vec<Choice>,
    columns: Vec<ColumnLine>,
}

#[derive(Template)]
#[template(path = "office/import_columns.html")]
struct ColumnsPage {
    page: Page,
    steps: Vec<(&'static str, bool)>,
    problem: Option<&'static str>,
    sheets: Vec<SheetBlock>,
    remove: String,
}

/// What a sheet without column names is told by, where others name a row.
const NO_HEADER: &str = "keine";
/// The button that proposes the columns anew and stays on the page.
const AGAIN: &str = "neu";

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
    match import::columns(&granted, &state.house, id).await {
        Ok(columns) => answer(&visit, id, columns, &HashMap::new(), Said::Flash(flash.meldung)),
        Err(Error::Conflict) => Ok(Redirect::to(&address(id, "bericht")).into_response()),
        Err(error) => Err(error.into()),
    }
}

/// What the page says first.
enum Said {
    /// What happened, as a code.
    Flash(Option<String>),
    /// What is wrong.
    Problem(&'static str),
}

fn answer(
    visit: &Visit,
    id: ImportId,
    columns: Columns,
    typed: &HashMap<String, String>,
    said: Said,
) -> Result<Response, WebError> {
    let lang = visit.lang;
    let (flash, problem) = match said {
        Said::Flash(code) => (code, None),
        Said::Problem(problem) => (None, Some(problem)),
    };
    let sheets = columns.sheets.into_iter().enumerate().map(|(number, sheet)| {
        let status_name = status_name(number);
        let status = typed.get(&status_name).map_or(sheet.status.code(), String::as_str);
        let statuses =
            Status::ALL.map(|choice| Choice::new(choice.code(), lang.choice("import-status", choice.code()), status));
        let lines = sheet.columns.into_iter().enumerate().map(|(place, column)| {
            let name = column_name(number, place);
            let chosen = typed.get(&name).map_or(column.target.code(), String::as_str);
            let choices = Target::ALL
                .iter()
                .map(|target| Choice::new(target.code(), lang.choice("import-target", target.code()), chosen))
                .collect();
            let reason = match column.confidence {
                import::Confidence::Chosen => "import-because-chosen",
                import::Confidence::Remembered => "import-because-remembered",
                import::Confidence::ByName => "import-because-name",
                import::Confidence::ByContent => "import-because-content",
                import::Confidence::Unknown => "import-because-unknown",
            };
            ColumnLine {
                name,
                header: column.header,
                filled: lang.tn("import-filled", column.filled),
                samples: column.samples,
                choices,
                reason: lang.t(reason),
                unsure: matches!(column.confidence, import::Confidence::ByContent | import::Confidence::Unknown),
            }
        });
        let header_name = header_name(number);
        let headers = headers(lang, sheet.header_rows, sheet.header_row, typed.get(&header_name));
        let about = lang.tn("import-rows", sheet.rows);
        let title = if sheet.name.is_empty() {
            lang.t("import-the-list").to_owned()
        } else {
            lang.t1("import-sheet", "sheet", sheet.name)
        };
        let statuses = statuses.into();
        SheetBlock { title, about, header_name, headers, status_name, statuses, columns: lines.collect() }
    });
    let sheets = sheets.collect();
    let page =
        back(office::page(visit, lang.t1("import-columns-title", "file", columns.file_name))).flash(flash.as_deref());
    let status = if problem.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let remove = address(id, "entfernen");
    let columns = ColumnsPage { page, steps: steps(lang, Step::Columns), problem, sheets, remove };
    Ok((status, html(&columns)?).into_response())
}

/// The rows that may hold the names of the columns, as choices.
fn headers(lang: Lang, rows: Vec<HeaderRow>, present: Option<usize>, typed: Option<&String>) -> Vec<Choice> {
    let present = present.map_or_else(|| NO_HEADER.to_owned(), |row| row.to_string());
    let chosen = typed.unwrap_or(&present);
    let none = Choice::new(NO_HEADER, lang.t("import-header-none"), chosen);
    let row = |HeaderRow { row, text }| {
        let shown = lang.tx("import-header-at", [("row", row.to_string().into()), ("text", text.into())]);
        Choice::new(row.to_string(), shown, chosen)
    };
    std::iter::once(none).chain(rows.into_iter().map(row)).collect()
}

fn header_name(sheet: usize) -> String {
    format!("s{sheet}-kopf")
}

fn status_name(sheet: usize) -> String {
    format!("s{sheet}-status")
}

fn column_name(sheet: usize, column: usize) -> String {
    format!("s{sheet}-c{column}")
}

/// What was chosen, sheet by sheet; a field that is missing or has no such choice ends the column or sheet, which the
/// use case then refuses.
fn choices(typed: &HashMap<String, String>) -> Vec<SheetChoice> {
    (0..)
        .map_while(|sheet| {
            let status = Status::from_code(typed.get(&status_name(sheet))?)?;
            let target = |column| Target::from_code(typed.get(&column_name(sheet, column))?);
            let header_row = match typed.get(&header_name(sheet))?.as_str() {
                NO_HEADER => None,
                row => Some(row.parse().ok().filter(|row| *row > 0)?),
            };
            Some(SheetChoice { header_row, status, targets: (0..).map_while(target).collect() })
        })
        .collect()
}

async fn save(
    granted: Granted<ImportGroups>,
    visit: Visit,
    State(state): State<WebState>,
    Path(path): Path<String>,
    Form(typed): Form<HashMap<String, String>>,
) -> Result<Response, WebError> {
    let id = id(&path)?;
    match import::save_columns(&granted, &state.house, id, &choices(&typed)).await {
        Ok(Saved::Header) => Ok(Redirect::to(&address(id, "spalten?meldung=import-kopf")).into_response()),
        Ok(Saved::Columns) if typed.contains_key(AGAIN) => {
            Ok(Redirect::to(&address(id, "spalten?meldung=import-kopf-gleich")).into_response())
        }
        Ok(Saved::Columns) => Ok(Redirect::to(&address(id, "vorschau")).into_response()),
        Err(Error::Conflict) => Ok(Redirect::to(&address(id, "bericht")).into_response()),
        Err(Error::Invalid(problems)) => {
            let columns = import::columns(&granted, &state.house, id).await?;
            let said = problem(visit.lang, &problems, "").map_or(Said::Flash(None), Said::Problem);
            answer(&visit, id, columns, &typed, said)
        }
        Err(error) => Err(error.into()),
    }
}
