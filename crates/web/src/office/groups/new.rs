//! `/office/gruppen/neu`: a new group.

use access::actions::CreateGroup;
use axum::extract::State;
use axum::http::Method;
use axum::response::{Html, IntoResponse, Response};
use domain::catalogue::{Catalogue, Section};
use usecases::groups::Entry;
use usecases::groups::edit::{blank, create};
use usecases::{Error, Problem};

use super::edit::{Drafts, ItemsPage};
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

fn view(
    state: &WebState,
    visit: &Visit,
    catalogue: &Catalogue,
    (entries, problems): (&[Entry], &[Problem]),
) -> ItemsPage {
    let fields = catalogue.section(Section::Group);
    let lang = visit.lang;
    ItemsPage {
        position: String::new(),
        page: super::page(visit, lang.t("groups-new")).back_to("/office/gruppen", lang.t("groups-title")),
        intro: lang.t("groups-new-intro"),
        action: PATH.to_owned(),
        cancel: "/office/gruppen".to_owned(),
        save: lang.t("groups-new-save"),
        hidden: Vec::new(),
        first: Vec::new(),
        form: rows::form((lang, catalogue), &fields, entries, problems, &[], state.clock.now()),
        meanwhile: Vec::new(),
        conflict: false,
        lights: true,
        drafts: Drafts::default(),
    }
}

async fn ask(
    granted: Granted<CreateGroup>,
    State(state): State<WebState>,
    visit: Visit,
) -> Result<Html<String>, WebError> {
    let catalogue = blank(&granted, &state.house).await?;
    let entries = rows::entries_of(&catalogue, &[], &catalogue.section(Section::Group));
    html(&view(&state, &visit, &catalogue, (&entries, &[])))
}

async fn save(
    granted: Granted<CreateGroup>,
    State(state): State<WebState>,
    visit: Visit,
    posted: Posted,
) -> Result<Response, WebError> {
    let catalogue = blank(&granted, &state.house).await?;
    let mut entries = posted.entries(&catalogue, &catalogue.section(Section::Group));
    if let Some(field) = posted.more() {
        rows::add_row(&catalogue, &mut entries, field);
        return Ok(html(&view(&state, &visit, &catalogue, (&entries, &[])))?.into_response());
    }
    match create(&granted, &state.house, &entries).await {
        Ok(id) => Ok(to_group(id, "gruppe-angelegt")),
        Err(Error::Invalid(problems)) => wrong(&view(&state, &visit, &catalogue, (&entries, &problems))),
        Err(error) => Err(error.into()),
    }
}
