//! `POST /office/gruppen/{id}/notizen`: an internal note.

use access::actions::WriteNote;
use axum::extract::{Path, State};
use axum::http::Method;
use axum::response::Response;
use usecases::Error;
use usecases::groups::notes::add;

use super::confirm::ConfirmPage;
use super::posted::Posted;
use super::{group_path, to_group};
use crate::form::{Control, FormField, errors_of, wrong};
use crate::visit::Visit;
use crate::{Granted, Routes, WebError, WebState};

pub(super) fn routes() -> Routes {
    Routes::new().office::<WriteNote, _, _>(Method::POST, "/office/gruppen/{id}/notizen", save)
}

async fn save(
    granted: Granted<WriteNote>,
    State(state): State<WebState>,
    visit: Visit,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, WebError> {
    let lang = visit.lang;
    let id = super::id(&id)?;
    let text = posted.get("note");
    let problems = match add(&granted, &state.house, id, text).await {
        Err(Error::Invalid(problems)) => problems,
        other => {
            other?;
            return Ok(to_group(id, "notiz-gespeichert"));
        }
    };
    let error = problems.first().map(|problem| lang.t(&format!("error-{}", problem.code)));
    let field =
        FormField::new("note", lang.t("note-label")).control(Control::Area { rows: 6 }).value(text).error(error);
    let fields = vec![field];
    let page = ConfirmPage {
        page: super::page(&visit, lang.t("notes-title")),
        says: Vec::new(),
        list: Vec::new(),
        danger: false,
        action: format!("{}/notizen", group_path(id)),
        hidden: Vec::new(),
        errors: errors_of(&fields),
        fields,
        button: lang.t("note-save").to_owned(),
        cancel: group_path(id),
        other: None,
    };
    wrong(&page)
}
