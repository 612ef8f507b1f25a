//! `/neues-passwort/{token}`: a new password instead of a forgotten one, or after the operator's recovery.

use access::actions::SetNewPassword;
use access::anonymous_permit;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Method};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use usecases::account::new_password::{self, Then};
use usecases::{Error, Problem};

use super::{From, in_force, private, redirect_with_session};
use crate::form::{Control, FormField, FormPage, problem};
use crate::granted::ENROLMENT;
use crate::visit::SiteVisit;
use crate::{Routes, WebError, WebState};

const PATH: &str = "/neues-passwort/{token}";

pub(crate) fn routes() -> Routes {
    Routes::new().site(Method::GET, PATH, show).site(Method::POST, PATH, set)
}

#[derive(Deserialize)]
struct Typed {
    #[serde(default)]
    password: String,
}

async fn form(state: &WebState, visit: &SiteVisit, token: &str, problems: &[Problem]) -> Result<Response, WebError> {
    let permit = anonymous_permit::<SetNewPassword>(visit.site.tenant);
    let (name, then) = in_force(state, visit, new_password::shown(&permit, &state.house, token).await).await?;
    let lang = visit.lang;
    let mut page = visit.page(lang.t("new-password-title"));
    page.indexed = false;
    let field = FormField::new("password", lang.t("account-new-password"))
        .hint(lang.t("invitation-password-hint"))
        .control(Control::Input("password"))
        .autocomplete("new-password")
        .error(problem(lang, problems, "password"));
    let (lead, submit) = match then {
        Then::SetUpFactor => ("new-password-lead", "invitation-submit"),
        Then::LogIn => ("forgotten-new-lead", "forgotten-save"),
    };
    FormPage::new(page, lang.t1(lead, "name", name), vec![field], lang.t(submit)).answer().map(private)
}

async fn show(
    State(state): State<WebState>,
    visit: SiteVisit,
    Path(token): Path<String>,
) -> Result<Response, WebError> {
    form(&state, &visit, &token, &[]).await
}

async fn set(
    State(state): State<WebState>,
    visit: SiteVisit,
    Path(token): Path<String>,
    headers: HeaderMap,
    Form(Typed { password }): Form<Typed>,
) -> Result<Response, WebError> {
    let permit = anonymous_permit::<SetNewPassword>(visit.site.tenant);
    let from = From::of(&state, &visit.visit, &headers);
    match new_password::set(&permit, &state.house, &token, &password, from.caller()).await {
        Ok(Some(begun)) => redirect_with_session(ENROLMENT, &begun),
        Ok(None) => Ok(Redirect::to("/login?meldung=passwort-neu").into_response()),
        Err(Error::Invalid(problems)) => form(&state, &visit, &token, &problems).await,
        Err(error) => in_force(&state, &visit, Err(error)).await,
    }
}
