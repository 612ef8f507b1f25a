//! `/konto/email`: another mail address; both addresses are asked.

use access::actions::{ChangeCredentials, ManageOwnAccount};
use axum::Form;
use axum::extract::State;
use axum::http::Method;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use usecases::account::email;
use usecases::{Error, Problem};

use super::ACCOUNT;
use crate::form::{Control, FormField, FormPage, problem};
use crate::visit::Visit;
use crate::{Granted, Routes, WebError, WebState};

const PATH: &str = "/konto/email";
const WITHDRAW: &str = "/konto/email/zuruecknehmen";

pub(crate) fn routes() -> Routes {
    Routes::new()
        .office::<ChangeCredentials, _, _>(Method::GET, PATH, show)
        .office::<ChangeCredentials, _, _>(Method::POST, PATH, ask)
        .office::<ManageOwnAccount, _, _>(Method::POST, WITHDRAW, withdraw)
}

#[derive(Deserialize)]
struct Typed {
    #[serde(default)]
    email: String,
}

fn form(visit: &Visit, typed: &str, problems: &[Problem]) -> Result<Response, WebError> {
    let lang = visit.lang;
    let field = FormField::new("email", lang.t("account-new-email"))
        .control(Control::Input("email"))
        .autocomplete("email")
        .value(typed)
        .error(problem(lang, problems, "email"));
    let page = visit.page(lang.t("account-change-email")).office().back_to(ACCOUNT, lang.t("account-title"));
    FormPage::new(page, lang.t("account-email-lead"), vec![field], lang.t("account-email-ask")).answer()
}

async fn show(_granted: Granted<ChangeCredentials>, visit: Visit) -> Result<Response, WebError> {
    form(&visit, "", &[])
}

async fn ask(
    granted: Granted<ChangeCredentials>,
    State(state): State<WebState>,
    visit: Visit,
    Form(Typed { email }): Form<Typed>,
) -> Result<Response, WebError> {
    match email::ask(&granted, &state.house, &email).await {
        Ok(()) => Ok(Redirect::to(&format!("{ACCOUNT}?meldung=email-gefragt")).into_response()),
        Err(Error::Invalid(problems)) => form(&visit, &email, &problems),
        Err(error) => Err(error.into()),
    }
}

async fn withdraw(granted: Granted<ManageOwnAccount>, State(state): State<WebState>) -> Result<Redirect, WebError> {
    match email::withdraw(&granted, &state.house).await {
        // Nothing waits any more: it was agreed to, stopped, or too old.
        Ok(()) | Err(Error::NotFound) => Ok(Redirect::to(&format!("{ACCOUNT}?meldung=email-zurueck"))),
        Err(error) => Err(error.into()),
    }
}
