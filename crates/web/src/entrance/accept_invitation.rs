//! `/einladung/{token}`: someone invited makes an account. Looking at the page uses nothing up.

use access::actions::CreateFirstAccount;
use access::anonymous_permit;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::Method;
use axum::response::Response;
use serde::Deserialize;
use usecases::{Error, Problem, account};

use super::{private, redirect_with_session};
use crate::form::{Control, FormField, FormPage, problem};
use crate::granted::ENROLMENT;
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
    let email = account::invitation(&permit, &state.house, token).await?;
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
    FormPage::new(page, lead, fields, lang.t("invitation-submit")).answer().map(private)
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
    Form(Typed { name, password }): Form<Typed>,
) -> Result<Response, WebError> {
    let permit = anonymous_permit::<CreateFirstAccount>(visit.site.tenant);
    match account::accept_invitation(&permit, &state.house, &token, &name, &password).await {
        Ok(begun) => redirect_with_session(ENROLMENT, &begun),
        Err(Error::Invalid(problems)) => form(&state, &visit, &token, &name, &problems).await,
        Err(error) => Err(error.into()),
    }
}
