//! `/office/import/{id}/entfernen`: removes an upload, or the report of an import, after saying what that means.

use access::actions::ImportGroups;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::Method;
use axum::response::{IntoResponse, Redirect, Response};
use usecases::import;

use super::{back, id};
use crate::page::{Page, html};
use crate::visit::Visit;
use crate::{Granted, Routes, WebError, WebState, office};

pub(super) fn routes() -> Routes {
    Routes::new()
        .office::<ImportGroups, _, _>(Method::GET, "/office/import/{id}/entfernen", ask)
        .office::<ImportGroups, _, _>(Method::POST, "/office/import/{id}/entfernen", remove)
}

#[derive(Template)]
#[template(path = "office/import_remove.html")]
struct RemovePage {
    page: Page,
    text: String,
}

async fn ask(
    granted: Granted<ImportGroups>,
    visit: Visit,
    State(state): State<WebState>,
    Path(path): Path<String>,
) -> Result<Response, WebError> {
    let id = id(&path)?;
    let uploads = import::uploads(&granted, &state.house).await?;
    let upload = uploads.into_iter().find(|upload| upload.id == id).ok_or(WebError::NotFound)?;
    let lang = visit.lang;
    let text = match upload.groups {
        Some(groups) => lang.tn("import-remove-report", groups),
        None => lang.tn("import-remove-upload", upload.rows),
    };
    let page = back(office::page(&visit, lang.t1("import-remove-title", "file", upload.file_name)));
    Ok(html(&RemovePage { page, text })?.into_response())
}

async fn remove(
    granted: Granted<ImportGroups>,
    State(state): State<WebState>,
    Path(path): Path<String>,
) -> Result<Redirect, WebError> {
    import::remove(&granted, &state.house, id(&path)?).await?;
    Ok(Redirect::to("/office/import?meldung=import-entfernt"))
}
