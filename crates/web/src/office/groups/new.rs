//! `/office/gruppen/neu`: a new group.

use access::actions::CreateGroup;
use axum::extract::State;
use axum::http::Method;
use axum::response::{Html, IntoResponse, Response};
use domain::catalogue::Section;
use usecases::groups::Entry;
use usecases::groups::edit::{create, fields};
use usecases::{Error, Problem};

use super::edit::ItemsPage;
use super::posted::Posted;
use super::{rows, to_group};
use crate::form::wrong;
use crate::page::html;
use crate::visit::Visit;
use crate::{Granted, Routes, WebError, WebState};

const PATH: &str = "/office/gruppen/neu";

pub(super) fn routes() -> Routes {
    Routes::new().office::<CreateGroup, _, _>(Method::GET, PATH, ask).office_upload::<CreateGroup, _, _>(
        PATH,
        super::FORM_LIMIT,
        save,
    )
}

fn view(state: &WebState, visit: &Visit, entries: &[Entry], problems: &[Problem]) -> ItemsPage {
    let lang = visit.lang;
    ItemsPage {
        page: super::page(visit, lang.t("groups-new")).back_to("/office/gruppen", lang.t("groups-title")),
        intro: lang.t("groups-new-intro"),
        action: PATH.to_owned(),
        cancel: "/office/gruppen".to_owned(),
        save: lang.t("groups-new-save"),
        hidden: Vec::new(),
        first: Vec::new(),
        form: rows::form(lang, &fields(Section::Group), entries, problems, &[], state.clock.now()),
        meanwhile: Vec::new(),
        conflict: false,
        lights: true,
    }
}

async fn ask(
    _granted: Granted<CreateGroup>,
    State(state): State<WebState>,
    visit: Visit,
) -> Result<Html<String>, WebError> {
    html(&view(&state, &visit, &rows::entries_of(&[], &fields(Section::Group)), &[]))
}

async fn save(
    granted: Granted<CreateGroup>,
    State(state): State<WebState>,
    visit: Visit,
    posted: Posted,
) -> Result<Response, WebError> {
    let mut entries = posted.entries(&fields(Section::Group));
    if let Some(field) = posted.more() {
        rows::add_row(&mut entries, field);
        return Ok(html(&view(&state, &visit, &entries, &[]))?.into_response());
    }
    match create(&granted, &state.house, &entries).await {
        Ok(id) => Ok(to_group(id, "gruppe-angelegt")),
        Err(Error::Invalid(problems)) => wrong(&view(&state, &visit, &entries, &problems)),
        Err(error) => Err(error.into()),
    }
}
