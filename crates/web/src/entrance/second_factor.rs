//! `/login/code`: the second factor, or a recovery code.

use access::actions::ConfirmSecondFactor;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, Method};
use axum::response::Response;
use serde::Deserialize;
use usecases::account::login::{self, SecondFactor};
use usecases::{Error, Problem};

use super::log_in::GoOn;
use super::redirect_with_session;
use crate::form::{FormField, FormPage, problem};
use crate::granted::{HOME, SECOND_FACTOR};
use crate::page::NavLink;
use crate::visit::SiteVisit;
use crate::{Granted, Routes, WebError, WebState, cookies};

const RECOVERY: &str = "/login/notfallcode";

pub(crate) fn routes() -> Routes {
    Routes::new()
        .half_in::<ConfirmSecondFactor, _, _>(Method::GET, SECOND_FACTOR, show)
        .half_in::<ConfirmSecondFactor, _, _>(Method::POST, SECOND_FACTOR, confirm)
        .half_in::<ConfirmSecondFactor, _, _>(Method::GET, RECOVERY, show_recovery)
        .half_in::<ConfirmSecondFactor, _, _>(Method::POST, RECOVERY, confirm_recovery)
}

#[derive(Deserialize)]
struct Typed {
    #[serde(default)]
    code: String,
}

fn form(visit: &SiteVisit, go_on: &GoOn, problems: &[Problem]) -> FormPage {
    let lang = visit.lang;
    let field = FormField::new("code", lang.t("code-field"))
        .hint(lang.t("code-hint"))
        .autocomplete("one-time-code")
        .inputmode("numeric")
        .width("w-10")
        .error(problem(lang, problems, "code"));
    let page = visit.page(lang.t("code-title"));
    let mut form = FormPage::new(page, lang.t("code-lead"), vec![field], lang.t("login-submit"));
    form.other_way = Some(NavLink::new(go_on.after(RECOVERY), lang.t("code-lost")));
    form
}

fn recovery_form(visit: &SiteVisit, go_on: &GoOn, problems: &[Problem]) -> FormPage {
    let lang = visit.lang;
    let field = FormField::new("code", lang.t("recovery-field"))
        .hint(lang.t("recovery-hint"))
        .autocomplete("off")
        .error(problem(lang, problems, "code"));
    let page = visit.page(lang.t("recovery-title"));
    let mut form = FormPage::new(page, lang.t("recovery-lead"), vec![field], lang.t("login-submit"));
    form.other_way = Some(NavLink::new(go_on.after(SECOND_FACTOR), lang.t("recovery-found")));
    form
}

async fn show(
    _granted: Granted<ConfirmSecondFactor>,
    visit: SiteVisit,
    Query(go_on): Query<GoOn>,
) -> Result<Response, WebError> {
    form(&visit, &go_on, &[]).answer()
}

async fn show_recovery(
    _granted: Granted<ConfirmSecondFactor>,
    visit: SiteVisit,
    Query(go_on): Query<GoOn>,
) -> Result<Response, WebError> {
    recovery_form(&visit, &go_on, &[]).answer()
}

async fn confirm(
    granted: Granted<ConfirmSecondFactor>,
    State(state): State<WebState>,
    visit: SiteVisit,
    Query(go_on): Query<GoOn>,
    headers: HeaderMap,
    Form(Typed { code }): Form<Typed>,
) -> Result<Response, WebError> {
    match finish(&granted, &state, &go_on, &headers, SecondFactor::Code(&code)).await {
        Err(Failed::Wrong(problems)) => form(&visit, &go_on, &problems).answer(),
        Err(Failed::Waits(until)) => form(&visit, &go_on, &[]).waits(until, state.clock.now()).answer(),
        Err(Failed::Other(error)) => Err(error),
        Ok(response) => Ok(response),
    }
}

async fn confirm_recovery(
    granted: Granted<ConfirmSecondFactor>,
    State(state): State<WebState>,
    visit: SiteVisit,
    Query(go_on): Query<GoOn>,
    headers: HeaderMap,
    Form(Typed { code }): Form<Typed>,
) -> Result<Response, WebError> {
    match finish(&granted, &state, &go_on, &headers, SecondFactor::Recovery(&code)).await {
        Err(Failed::Wrong(problems)) => recovery_form(&visit, &go_on, &recovery(problems)).answer(),
        Err(Failed::Waits(until)) => recovery_form(&visit, &go_on, &[]).waits(until, state.clock.now()).answer(),
        Err(Failed::Other(error)) => Err(error),
        Ok(response) => Ok(response),
    }
}

/// There is no next recovery code to wait for, other than with the app's codes.
fn recovery(problems: Vec<Problem>) -> Vec<Problem> {
    let own = |problem: Problem| match problem.code {
        "wrong-code" => Problem::new(problem.field, "wrong-recovery-code"),
        _ => problem,
    };
    problems.into_iter().map(own).collect()
}

enum Failed {
    Wrong(Vec<Problem>),
    Waits(jiff::Timestamp),
    Other(WebError),
}

async fn finish(
    granted: &Granted<ConfirmSecondFactor>,
    state: &WebState,
    go_on: &GoOn,
    headers: &HeaderMap,
    factor: SecondFactor<'_>,
) -> Result<Response, Failed> {
    let token = cookies::SESSION.read(headers).unwrap_or_default();
    let begun = login::confirm(granted, &state.house, token, factor).await.map_err(|error| match error {
        Error::Invalid(problems) => Failed::Wrong(problems),
        Error::Throttled(until) => Failed::Waits(until),
        other => Failed::Other(other.into()),
    })?;
    redirect_with_session(go_on.path().unwrap_or(HOME), &begun).map_err(Failed::Other)
}
