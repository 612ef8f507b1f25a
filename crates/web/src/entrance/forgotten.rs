//! `/login/passwort`: who forgot the password gets a link to a new one; the answer is the same for every address.

use access::actions::SetNewPassword;
use access::anonymous_permit;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::Method;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::Timestamp;
use serde::Deserialize;
use usecases::account::new_password;
use usecases::{Error, Problem};

use super::even::Since;
use super::private;
use crate::form::{Control, FormField, FormPage, problem};
use crate::page::Flash;
use crate::visit::SiteVisit;
use crate::{Routes, WebError, WebState};

pub(super) const PATH: &str = "/login/passwort";

pub(crate) fn routes() -> Routes {
    Routes::new().site(Method::GET, PATH, show).site(Method::POST, PATH, ask)
}

#[derive(Deserialize)]
struct Typed {
    #[serde(default)]
    email: String,
}

fn form(
    state: &WebState,
    visit: &SiteVisit,
    email: &str,
    problems: &[Problem],
    wait: Option<Timestamp>,
    said: Option<&str>,
) -> Result<Response, WebError> {
    let lang = visit.lang;
    let page = visit.page(lang.t("forgotten-title")).back_to("/login", lang.t("login-title"));
    let mut page = page.flash(said);
    page.indexed = false;
    let field = FormField::new("email", lang.t("field-email"))
        .control(Control::Input("email"))
        .autocomplete("username")
        .value(email)
        .error(problem(lang, problems, "email"));
    let mut form = FormPage::new(page, lang.t("forgotten-lead"), vec![field], lang.t("mail-link-ask"));
    if let Some(until) = wait {
        form = form.waits(until, state.clock.now());
    }
    form.answer().map(private)
}

async fn show(
    State(state): State<WebState>,
    visit: SiteVisit,
    Query(Flash { meldung }): Query<Flash>,
) -> Result<Response, WebError> {
    form(&state, &visit, "", &[], None, meldung.as_deref())
}

async fn ask(
    State(state): State<WebState>,
    visit: SiteVisit,
    Form(Typed { email }): Form<Typed>,
) -> Result<Response, WebError> {
    let permit = anonymous_permit::<SetNewPassword>(visit.site.tenant);
    let since = Since::now();
    let asked = new_password::forgot(&permit, &state.house, &email, &visit.network.to_string()).await;
    let answer = match asked {
        Ok(()) => Ok(Redirect::to(&format!("{PATH}?meldung=passwort-link")).into_response()),
        Err(Error::Invalid(problems)) => form(&state, &visit, &email, &problems, None, None),
        Err(Error::Throttled(until)) => form(&state, &visit, &email, &[], Some(until), None),
        Err(error) => Err(error.into()),
    };
    since.mail_answer(answer).await
}
