//! `/login/passkey`: a whole login in one step. Only whoever asks for it gets the cookie that goes with it.

use access::actions::LogIn;
use access::anonymous_permit;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, Method};
use axum::response::Response;
use jiff::Timestamp;
use usecases::account::passkeys;
use usecases::{Error, Problem};

use super::log_in::GoOn;
use super::{From, private, redirect_with_session};
use crate::form::{FormPage, problem};
use crate::granted::HOME;
use crate::page::NavLink;
use crate::passkey::{Answered, Ask, PasskeyForm, with_ceremony, without_ceremony};
use crate::visit::SiteVisit;
use crate::{Routes, WebError, WebState};

pub(super) const PASSKEY: &str = "/login/passkey";
const ANSWER: &str = "/login/passkey/antwort";

pub(crate) fn routes() -> Routes {
    Routes::new().site(Method::POST, PASSKEY, ask).site(Method::POST, ANSWER, log_in)
}

async fn form(
    state: &WebState,
    visit: &SiteVisit,
    go_on: &GoOn,
    problems: &[Problem],
    wait: Option<Timestamp>,
) -> Result<Response, WebError> {
    let permit = anonymous_permit::<LogIn>(visit.site.tenant);
    let ceremony = passkeys::ask_to_log_in(&permit, &state.house).await?;
    let lang = visit.lang;
    let mut page = visit.page(lang.t("passkey-log-in"));
    page.indexed = false;
    let mut form = FormPage::new(page, lang.t("passkey-log-in-lead"), Vec::new(), "");
    let mut ask = PasskeyForm::new(lang, Ask::Get, go_on.after(ANSWER), &ceremony, "passkey-use");
    ask.problem = problem(lang, problems, "passkey");
    ask.at_once = problems.is_empty() && wait.is_none();
    form.passkey = Some(ask);
    form.other_ways = vec![NavLink::new(go_on.after("/login"), lang.t("passkey-not-now"))];
    if let Some(until) = wait {
        form = form.waits(until, state.clock.now());
    }
    with_ceremony(private(form.answer()?), Some(&ceremony))
}

async fn ask(State(state): State<WebState>, visit: SiteVisit, Query(go_on): Query<GoOn>) -> Result<Response, WebError> {
    form(&state, &visit, &go_on, &[], None).await
}

async fn log_in(
    State(state): State<WebState>,
    visit: SiteVisit,
    Query(go_on): Query<GoOn>,
    headers: HeaderMap,
    Form(answered): Form<Answered>,
) -> Result<Response, WebError> {
    let permit = anonymous_permit::<LogIn>(visit.site.tenant);
    let from = From::of(&state, &visit.visit, &headers);
    match passkeys::log_in(&permit, &state.house, answered.to(&headers), from.caller()).await {
        Ok(begun) => redirect_with_session(go_on.path().unwrap_or(HOME), &begun).map(without_ceremony),
        Err(Error::Invalid(problems)) => form(&state, &visit, &go_on, &problems, None).await,
        Err(Error::Throttled(until)) => form(&state, &visit, &go_on, &[], Some(until)).await,
        Err(error) => Err(error.into()),
    }
}
