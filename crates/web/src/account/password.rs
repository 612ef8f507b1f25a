//! `/konto/passwort`: another password; every other login ends with it.

use access::actions::ChangeCredentials;
use axum::Form;
use axum::extract::State;
use axum::http::{HeaderMap, Method};
use axum::response::{IntoResponse, Redirect, Response};
use jiff::Timestamp;
use serde::Deserialize;
use usecases::account::own::{self, NewPassword};
use usecases::{Error, Problem};

use super::ACCOUNT;
use crate::entrance::{From, with_device};
use crate::form::{Control, FormField, FormPage, problem};
use crate::visit::Visit;
use crate::{Granted, Routes, WebError, WebState};

const PATH: &str = "/konto/passwort";

pub(crate) fn routes() -> Routes {
    Routes::new().office::<ChangeCredentials, _, _>(Method::GET, PATH, show).office::<ChangeCredentials, _, _>(
        Method::POST,
        PATH,
        change,
    )
}

#[derive(Deserialize)]
struct Typed {
    #[serde(default)]
    present: String,
    #[serde(default)]
    password: String,
}

async fn form(
    granted: &Granted<ChangeCredentials>,
    state: &WebState,
    visit: &Visit,
    problems: &[Problem],
    wait: Option<Timestamp>,
) -> Result<Response, WebError> {
    let lang = visit.lang;
    let present = FormField::new("present", lang.t("account-present-password"))
        .control(Control::Input("password"))
        .autocomplete("current-password")
        .error(problem(lang, problems, "present"));
    let present = own::has_password(granted, &state.house).await?.then_some(present);
    let field = FormField::new("password", lang.t("account-new-password"))
        .hint(lang.t("invitation-password-hint"))
        .control(Control::Input("password"))
        .autocomplete("new-password")
        .error(problem(lang, problems, "password"));
    let page = visit.page(lang.t("account-change-password")).office().back_to(ACCOUNT, lang.t("account-title"));
    let fields = present.into_iter().chain([field]).collect();
    let mut form = FormPage::new(page, lang.t("account-password-lead"), fields, lang.t("account-password-save"));
    if let Some(until) = wait {
        form = form.waits(until, state.clock.now());
    }
    form.answer()
}

async fn show(
    granted: Granted<ChangeCredentials>,
    State(state): State<WebState>,
    visit: Visit,
) -> Result<Response, WebError> {
    form(&granted, &state, &visit, &[], None).await
}

async fn change(
    granted: Granted<ChangeCredentials>,
    State(state): State<WebState>,
    visit: Visit,
    headers: HeaderMap,
    Form(Typed { present, password }): Form<Typed>,
) -> Result<Response, WebError> {
    let typed = NewPassword { present: &present, new: &password };
    let from = From::of(&state, &visit, &headers);
    match own::change_password(&granted, &state.house, typed, from.caller()).await {
        Ok(device) => with_device(Redirect::to(&format!("{ACCOUNT}?meldung=passwort")).into_response(), &device),
        Err(Error::Invalid(problems)) => form(&granted, &state, &visit, &problems, None).await,
        Err(Error::Throttled(until)) => form(&granted, &state, &visit, &[], Some(until)).await,
        Err(error) => Err(error.into()),
    }
}
