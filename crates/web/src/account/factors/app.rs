//! `/konto/faktoren/app`: another app that shows codes.

use access::actions::ChangeCredentials;
use axum::Form;
use axum::extract::State;
use axum::http::{HeaderMap, Method};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use usecases::account::factors;
use usecases::{Error, Problem};

use super::{FACTORS, added, name_field};
use crate::entrance::{EnrolPage, code_field};
use crate::form::status_of;
use crate::page::html;
use crate::visit::Visit;
use crate::{Granted, Routes, WebError, WebState, cookies};

const PATH: &str = "/konto/faktoren/app";

pub(crate) fn routes() -> Routes {
    Routes::new().office::<ChangeCredentials, _, _>(Method::GET, PATH, show).office::<ChangeCredentials, _, _>(
        Method::POST,
        PATH,
        add,
    )
}

#[derive(Default, Deserialize)]
struct Typed {
    #[serde(default)]
    name: String,
    #[serde(default)]
    code: String,
}

async fn form(
    granted: &Granted<ChangeCredentials>,
    state: &WebState,
    visit: &Visit,
    (token, name): (&str, &str),
    problems: &[Problem],
) -> Result<Response, WebError> {
    let lang = visit.lang;
    let shown = factors::app_to_add(granted, &state.house, token).await?;
    let fields = vec![name_field(lang, name, problems), code_field(lang, problems)];
    let page = visit.page(lang.t("factor-app-title")).office().back_to(FACTORS, lang.t("factors-title"));
    let page = EnrolPage::new(page, lang.t("factor-app-lead"), shown, fields)?;
    Ok((status_of(problems), html(&page)?).into_response())
}

async fn show(
    granted: Granted<ChangeCredentials>,
    State(state): State<WebState>,
    visit: Visit,
    headers: HeaderMap,
) -> Result<Response, WebError> {
    let token = cookies::SESSION.read(&headers).unwrap_or_default();
    form(&granted, &state, &visit, (token, visit.lang.t("factor-app-name")), &[]).await
}

async fn add(
    granted: Granted<ChangeCredentials>,
    State(state): State<WebState>,
    visit: Visit,
    headers: HeaderMap,
    Form(Typed { name, code }): Form<Typed>,
) -> Result<Response, WebError> {
    let token = cookies::SESSION.read(&headers).unwrap_or_default();
    match factors::add_app(&granted, &state.house, token, &name, &code).await {
        Ok(codes) => added(&visit, codes),
        Err(Error::Invalid(problems)) => form(&granted, &state, &visit, (token, &name), &problems).await,
        Err(error) => Err(error.into()),
    }
}
