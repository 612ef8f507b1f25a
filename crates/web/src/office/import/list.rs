//! `/office/import`: the form for a file, and what was uploaded so far.

use access::actions::ImportGroups;
use askama::Template;
use axum::extract::{Multipart, Query, State};
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use domain::schedule::berlin;
use serde::Deserialize;
use usecases::import::{self, MAX_BYTES, MAX_ROWS, Refused};

use super::{address, texts};
use crate::form::{Control, FormField, errors_of, unreadable};
use crate::page::{Page, html};
use crate::visit::Visit;
use crate::{Granted, Routes, WebError, WebState, office};

/// What a form needs beside the file. A little more than the largest file is read, so that it is told by its name.
const BODY_LIMIT: usize = MAX_BYTES + 1024 * 1024;

pub(super) fn routes() -> Routes {
    Routes::new().office::<ImportGroups, _, _>(Method::GET, "/office/import", show).office_upload::<ImportGroups, _, _>(
        "/office/import",
        BODY_LIMIT,
        upload,
    )
}

/// An upload, ready to be shown.
struct Line {
    file_name: String,
    rows: String,
    at: String,
    done: Option<String>,
    href: String,
    remove: String,
}

#[derive(Template)]
#[template(path = "office/import_list.html")]
struct ListPage {
    page: Page,
    file: FormField,
    uploads: Vec<Line>,
    max_rows: String,
}

impl ListPage {
    fn errors(&self) -> Vec<(String, String)> {
        errors_of(std::slice::from_ref(&self.file))
    }
}

#[derive(Deserialize)]
struct Flash {
    meldung: Option<String>,
}

async fn show(
    granted: Granted<ImportGroups>,
    visit: Visit,
    State(state): State<WebState>,
    Query(flash): Query<Flash>,
) -> Result<Response, WebError> {
    page(&granted, &visit, &state, flash.meldung.as_deref(), None).await
}

async fn page(
    granted: &Granted<ImportGroups>,
    visit: &Visit,
    state: &WebState,
    flash: Option<&str>,
    error: Option<String>,
) -> Result<Response, WebError> {
    let lang = visit.lang;
    let uploads = import::uploads(granted, &state.house).await?;
    let line = |upload: import::Uploaded| Line {
        rows: lang.tn("import-rows", upload.rows),
        at: lang.date(upload.at.to_zoned(berlin()).date()),
        done: upload.groups.map(|groups| lang.tn("import-done-groups", groups)),
        href: address(upload.id, if upload.groups.is_some() { "bericht" } else { "spalten" }),
        remove: address(upload.id, "entfernen"),
        file_name: if upload.file_name.is_empty() { lang.t("import-nameless").to_owned() } else { upload.file_name },
    };
    let status = if error.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let file = FormField::new("file", lang.t("import-file"))
        .hint(lang.t("import-file-hint"))
        .control(Control::File(".csv,.txt,.xlsx,.xlsm"))
        .error(error);
    let list = ListPage {
        page: office::page(visit, lang.t("import-title")).flash(flash),
        file,
        uploads: uploads.into_iter().map(line).collect(),
        max_rows: MAX_ROWS.to_string(),
    };
    Ok((status, html(&list)?).into_response())
}

async fn upload(
    granted: Granted<ImportGroups>,
    visit: Visit,
    State(state): State<WebState>,
    form: Multipart,
) -> Result<Response, WebError> {
    let refused = async |text: String| page(&granted, &visit, &state, None, Some(text)).await;
    let lang = visit.lang;
    let (name, bytes) = match file_of(form).await {
        Ok(Some(file)) => file,
        Ok(None) => return refused(lang.t("error-import-no-file").to_owned()).await,
        Err(WebError::TooLarge) => return refused(lang.t("error-import-too-large").to_owned()).await,
        Err(error) => return Err(error),
    };
    match import::upload(&granted, &state.house, &name, bytes).await {
        Ok(id) => Ok(Redirect::to(&address(id, "spalten")).into_response()),
        Err(Refused::File(error)) => refused(texts::refusal(lang, &error)).await,
        Err(Refused::Other(error)) => Err(error.into()),
    }
}

/// The file of the form: its name and bytes; none if nothing was chosen.
pub(crate) async fn file_of(mut form: Multipart) -> Result<Option<(String, Vec<u8>)>, WebError> {
    while let Some(field) = form.next_field().await.map_err(|error| unreadable(&error))? {
        if field.name() == Some("file") {
            let name = field.file_name().unwrap_or_default().to_owned();
            let bytes = field.bytes().await.map_err(|error| unreadable(&error))?;
            return Ok(if name.is_empty() && bytes.is_empty() { None } else { Some((name, bytes.into())) });
        }
    }
    Ok(None)
}
