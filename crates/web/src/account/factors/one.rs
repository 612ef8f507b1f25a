//! `/konto/faktoren/{id}`: one factor gets another name, or is taken away.

use access::actions::ChangeCredentials;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Method};
use axum::response::{IntoResponse, Redirect, Response};
use domain::FactorId;
use serde::Deserialize;
use usecases::account::factors;
use usecases::{Error, Problem};

use super::{FACTORS, name_field};
use crate::form::FormPage;
use crate::office::confirm::ConfirmPage;
use crate::visit::Visit;
use crate::{Granted, Routes, WebError, WebState, cookies};

const NAME: &str = "/konto/faktoren/{id}";
const REMOVE: &str = "/konto/faktoren/{id}/entfernen";

pub(crate) fn routes() -> Routes {
    Routes::new()
        .office::<ChangeCredentials, _, _>(Method::GET, NAME, show)
        .office::<ChangeCredentials, _, _>(Method::POST, NAME, rename)
        .office::<ChangeCredentials, _, _>(Method::GET, REMOVE, ask_remove)
        .office::<ChangeCredentials, _, _>(Method::POST, REMOVE, remove)
}

#[derive(Deserialize)]
struct Typed {
    #[serde(default)]
    name: String,
}

fn factor(id: &str) -> Result<FactorId, WebError> {
    id.parse().map_err(|_| WebError::NotFound)
}

fn form(visit: &Visit, name: &str, problems: &[Problem]) -> Result<Response, WebError> {
    let lang = visit.lang;
    let page = visit.page(lang.t("factor-rename-title")).office().back_to(FACTORS, lang.t("factors-title"));
    FormPage::new(page, "", vec![name_field(lang, name, problems)], lang.t("account-save-name")).answer()
}

async fn show(
    granted: Granted<ChangeCredentials>,
    State(state): State<WebState>,
    visit: Visit,
    Path(id): Path<String>,
) -> Result<Response, WebError> {
    form(&visit, &factors::name_of(&granted, &state.house, factor(&id)?).await?, &[])
}

async fn rename(
    granted: Granted<ChangeCredentials>,
    State(state): State<WebState>,
    visit: Visit,
    Path(id): Path<String>,
    Form(Typed { name }): Form<Typed>,
) -> Result<Response, WebError> {
    match factors::rename(&granted, &state.house, factor(&id)?, &name).await {
        Ok(()) => Ok(Redirect::to(&format!("{FACTORS}?meldung=gespeichert")).into_response()),
        Err(Error::Invalid(problems)) => form(&visit, &name, &problems),
        Err(error) => Err(error.into()),
    }
}

async fn remove_page(
    granted: &Granted<ChangeCredentials>,
    state: &WebState,
    visit: &Visit,
    id: FactorId,
    problems: &[Problem],
) -> Result<Response, WebError> {
    let lang = visit.lang;
    let name = factors::name_of(granted, &state.house, id).await?;
    let title = lang.t1("factor-remove-title", "name", name);
    let page = ConfirmPage {
        page: visit.page(title).office().back_to(FACTORS, lang.t("factors-title")),
        effects: vec![lang.t("factor-remove-effect").to_owned(), lang.t("factor-remove-effect-logins").to_owned()],
        action: format!("{FACTORS}/{id}/entfernen"),
        button: lang.t("factor-remove"),
        danger: true,
        fields: Vec::new(),
    };
    page.answer(problems)
}

async fn ask_remove(
    granted: Granted<ChangeCredentials>,
    State(state): State<WebState>,
    visit: Visit,
    Path(id): Path<String>,
) -> Result<Response, WebError> {
    remove_page(&granted, &state, &visit, factor(&id)?, &[]).await
}

async fn remove(
    granted: Granted<ChangeCredentials>,
    State(state): State<WebState>,
    visit: Visit,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, WebError> {
    let id = factor(&id)?;
    let token = cookies::SESSION.read(&headers).unwrap_or_default();
    match factors::remove(&granted, &state.house, token, id).await {
        Ok(()) => Ok(Redirect::to(&format!("{FACTORS}?meldung=faktor-entfernt")).into_response()),
        Err(Error::Invalid(problems)) => remove_page(&granted, &state, &visit, id, &problems).await,
        Err(error) => Err(error.into()),
    }
}
