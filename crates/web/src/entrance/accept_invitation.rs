//! `/einladung/{token}`: someone invited makes an account. Looking at the page uses nothing up.

use access::actions::CreateFirstAccount;
use access::{Stage, anonymous_permit};
use axum::Form;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Method};
use axum::response::Response;
use serde::Deserialize;
use usecases::account::invitation;
use usecases::{Error, Problem, sign_on};

use super::{From, buttons_to, in_force, private, redirect_with_session};
use crate::form::{Control, FormField, FormPage, problem};
use crate::granted::{ENROLMENT, HOME};
use crate::visit::SiteVisit;
use crate::{Routes, WebError, WebState};

const PATH: &str = "/einladung/{token}";

pub(crate) fn routes() -> Routes {
    Routes::new().site(Method::GET, PATH, show).site(Method::POST, PATH, accept)
}

#[derive(Deserialize)]
struct Typed {
    #[serde(default)]
    name: String,
    #[serde(default)]
    password: String,
}

async fn form(
    state: &WebState,
    visit: &SiteVisit,
    token: &str,
    name: &str,
    problems: &[Problem],
) -> Result<Response, WebError> {
    let lang = visit.lang;
    let permit = anonymous_permit::<CreateFirstAccount>(visit.site.tenant);
    let email = in_force(state, visit, invitation::invitation(&permit, &state.house, token).await).await?;
    let mut page = visit.page(lang.t("invitation-title"));
    page.indexed = false;
    let fields = vec![
        FormField::new("name", lang.t("invitation-name"))
            .hint(lang.t("invitation-name-hint"))
            .autocomplete("name")
            .value(name)
            .error(problem(lang, problems, "name")),
        FormField::new("password", lang.t("field-password"))
            .hint(lang.t("invitation-password-hint"))
            .control(Control::Input("password"))
            .autocomplete("new-password")
            .error(problem(lang, problems, "password")),
    ];
    let lead = lang.t1("invitation-lead", "email", email.as_str().to_owned());
    let mut form = FormPage::new(page, lead, fields, lang.t("invitation-submit"));
    let buttons = sign_on::buttons(&permit, &state.house).await?;
    form.elsewhere = buttons_to(lang, buttons, |provider| format!("/einladung/{token}/sso/{provider}"));
    form.answer().map(private)
}

async fn show(
    State(state): State<WebState>,
    visit: SiteVisit,
    Path(token): Path<String>,
) -> Result<Response, WebError> {
    form(&state, &visit, &token, "", &[]).await
}

async fn accept(
    State(state): State<WebState>,
    visit: SiteVisit,
    Path(token): Path<String>,
    headers: HeaderMap,
    Form(Typed { name, password }): Form<Typed>,
) -> Result<Response, WebError> {
    let permit = anonymous_permit::<CreateFirstAccount>(visit.site.tenant);
    match invitation::accept_invitation(
        &permit,
        &state.house,
        &token,
        &name,
        &password,
        From::of(&state, &visit.visit, &headers).caller(),
    )
    .await
    {
        Ok(begun) if begun.stage == Stage::Full => redirect_with_session(HOME, &begun),
        Ok(begun) => redirect_with_session(ENROLMENT, &begun),
        Err(Error::Invalid(problems)) => form(&state, &visit, &token, &name, &problems).await,
        Err(error) => in_force(&state, &visit, Err(error)).await,
    }
}
