//! `/konto/passwort`: another password; every other login ends with it.

use access::actions::ChangeCredentials;
use axum::Form;
use axum::extract::State;
use axum::http::{HeaderMap, Method};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use usecases::account::own;
use usecases::{Error, Problem};

use super::ACCOUNT;
use crate::form::{Control, FormField, FormPage, problem};
use crate::visit::Visit;
use crate::{Granted, Routes, WebError, WebState, cookies};

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
    password: String,
}

fn form(visit: &Visit, problems: &[Problem]) -> Result<Response, WebError> {
    let lang = visit.lang;
    let field = FormField::new("password", lang.t("account-new-password"))
        .hint(lang.t("invitation-password-hint"))
        .control(Control::Input("password"))
        .autocomplete("new-password")
        .error(problem(lang, problems, "password"));
    let page = visit.page(lang.t("account-change-password")).office().back_to(ACCOUNT, lang.t("account-title"));
    FormPage::new(page, lang.t("account-password-lead"), vec![field], lang.t("account-password-save")).answer()
}

async fn show(_granted: Granted<ChangeCredentials>, visit: Visit) -> Result<Response, WebError> {
    form(&visit, &[])
}

async fn change(
    granted: Granted<ChangeCredentials>,
    State(state): State<WebState>,
    visit: Visit,
    headers: HeaderMap,
    Form(Typed { password }): Form<Typed>,
) -> Result<Response, WebError> {
    let token = cookies::SESSION.read(&headers).unwrap_or_default();
    match own::change_password(&granted, &state.house, token, &password).await {
        Ok(()) => Ok(Redirect::to(&format!("{ACCOUNT}?meldung=passwort")).into_response()),
        Err(Error::Invalid(problems)) => form(&visit, &problems),
        Err(error) => Err(error.into()),
    }
}
