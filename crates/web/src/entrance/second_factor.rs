//! `/login/code`: the second factor, by code or passkey, or a recovery code.

use access::actions::{ConfirmSecondFactor, LogIn};
use access::anonymous_permit;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, Method};
use axum::response::Response;
use jiff::Timestamp;
use serde::Deserialize;
use usecases::account::login::{self, SecondFactor};
use usecases::account::{Begun, passkeys};
use usecases::{Error, Problem, sign_on};

use super::log_in::GoOn;
use super::{From, buttons_to, redirect_with_session};
use crate::form::{FormField, FormPage, problem};
use crate::granted::{HOME, SECOND_FACTOR};
use crate::page::NavLink;
use crate::passkey::{Answered, Ask, PasskeyForm, with_ceremony, without_ceremony};
use crate::visit::SiteVisit;
use crate::{Granted, Routes, WebError, WebState, cookies};

const RECOVERY: &str = "/login/notfallcode";
const PASSKEY: &str = "/login/code/passkey";

pub(crate) fn routes() -> Routes {
    Routes::new()
        .half_in::<ConfirmSecondFactor, _, _>(Method::GET, SECOND_FACTOR, show)
        .half_in::<ConfirmSecondFactor, _, _>(Method::POST, SECOND_FACTOR, confirm)
        .half_in::<ConfirmSecondFactor, _, _>(Method::POST, PASSKEY, confirm_passkey)
        .half_in::<ConfirmSecondFactor, _, _>(Method::GET, RECOVERY, show_recovery)
        .half_in::<ConfirmSecondFactor, _, _>(Method::POST, RECOVERY, confirm_recovery)
}

#[derive(Deserialize)]
struct Typed {
    #[serde(default)]
    code: String,
}

/// The second step with what its user has: an app, passkeys, or both.
async fn form(
    granted: &Granted<ConfirmSecondFactor>,
    state: &WebState,
    visit: &SiteVisit,
    go_on: &GoOn,
    failed: &Failed,
) -> Result<Response, WebError> {
    let lang = visit.lang;
    let problems = failed.problems();
    let ceremony = passkeys::ask_to_confirm(granted, &state.house).await?;
    let with_app = passkeys::has_app(granted, &state.house).await?;
    if !with_app && ceremony.is_none() {
        return nothing_here(granted, state, visit, go_on).await;
    }
    let field = FormField::new("code", lang.t("code-field"))
        .hint(lang.t("code-hint"))
        .autocomplete("one-time-code")
        .inputmode("numeric")
        .width("w-10")
        .error(problem(lang, problems, "code"));
    let submit = if with_app { lang.t("login-submit") } else { "" };
    let (lead, fields) = match (with_app, ceremony.is_some()) {
        (true, false) => ("code-lead", vec![field]),
        (true, true) => ("code-lead-both", vec![field]),
        (false, _) => ("code-lead-passkey", Vec::new()),
    };
    let mut form = FormPage::new(visit.page(lang.t("code-title")), lang.t(lead), fields, submit);
    let lost = if with_app { "code-lost" } else { "passkey-lost" };
    form.other_ways = vec![
        NavLink::new(go_on.after(RECOVERY), lang.t(lost)),
        NavLink::new(go_on.after("/login"), lang.t("code-other-account")),
    ];
    form.passkey = ceremony.as_ref().map(|ceremony| {
        let mut ask = PasskeyForm::new(lang, Ask::Get, go_on.after(PASSKEY), ceremony, "passkey-use");
        ask.problem = problem(lang, problems, "passkey");
        ask
    });
    with_ceremony(failed.waits(form, state).answer()?, ceremony.as_ref())
}

/// Someone with a password who has no factor here: it is the provider's of single sign-on, or was taken away.
async fn nothing_here(
    granted: &Granted<ConfirmSecondFactor>,
    state: &WebState,
    visit: &SiteVisit,
    go_on: &GoOn,
) -> Result<Response, WebError> {
    let lang = visit.lang;
    let permit = anonymous_permit::<LogIn>(granted.tenant());
    let buttons = sign_on::buttons(&permit, &state.house).await?;
    let lead = if buttons.is_empty() { "code-lead-none" } else { "code-lead-none-provider" };
    let mut form = FormPage::new(visit.page(lang.t("code-title")), lang.t(lead), Vec::new(), "");
    form.elsewhere = buttons_to(lang, buttons, |provider| go_on.after(&format!("/login/sso/{provider}")));
    form.other_ways = vec![NavLink::new(go_on.after(RECOVERY), lang.t("code-none-recovery"))];
    form.answer()
}

fn recovery_form(visit: &SiteVisit, go_on: &GoOn, problems: &[Problem]) -> FormPage {
    let lang = visit.lang;
    let field = FormField::new("code", lang.t("recovery-field"))
        .hint(lang.t("recovery-hint"))
        .autocomplete("off")
        .error(problem(lang, problems, "code"));
    let page = visit.page(lang.t("recovery-title"));
    let mut form = FormPage::new(page, lang.t("recovery-lead"), vec![field], lang.t("login-submit"));
    form.other_ways = vec![NavLink::new(go_on.after(SECOND_FACTOR), lang.t("recovery-found"))];
    form
}

async fn show(
    granted: Granted<ConfirmSecondFactor>,
    State(state): State<WebState>,
    visit: SiteVisit,
    Query(go_on): Query<GoOn>,
) -> Result<Response, WebError> {
    form(&granted, &state, &visit, &go_on, &Failed::Wrong(Vec::new())).await
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
    match finish(&granted, &state, &visit, &headers, SecondFactor::Code(&code)).await {
        Ok(begun) => go_on_in(&go_on, &begun),
        Err(Failed::Other(error)) => Err(error),
        Err(failed) => form(&granted, &state, &visit, &go_on, &failed).await,
    }
}

async fn confirm_passkey(
    granted: Granted<ConfirmSecondFactor>,
    State(state): State<WebState>,
    visit: SiteVisit,
    Query(go_on): Query<GoOn>,
    headers: HeaderMap,
    Form(answered): Form<Answered>,
) -> Result<Response, WebError> {
    match finish(&granted, &state, &visit, &headers, SecondFactor::Passkey(answered.to(&headers))).await {
        Ok(begun) => go_on_in(&go_on, &begun).map(without_ceremony),
        Err(Failed::Other(error)) => Err(error),
        Err(failed) => form(&granted, &state, &visit, &go_on, &failed).await,
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
    match finish(&granted, &state, &visit, &headers, SecondFactor::Recovery(&code)).await {
        // Whoever lost the factor for good needs a new one, and can add it while the proof is fresh.
        Ok(begun) => redirect_with_session("/konto/faktoren?meldung=notfallcode-benutzt", &begun),
        Err(Failed::Other(error)) => Err(error),
        Err(failed) => {
            let form = recovery_form(&visit, &go_on, &recovery(failed.problems()));
            failed.waits(form, &state).answer()
        }
    }
}

/// There is no next recovery code to wait for, other than with the app's codes.
fn recovery(problems: &[Problem]) -> Vec<Problem> {
    let own = |problem: &Problem| match problem.code {
        "wrong-code" => Problem::new(problem.field.clone(), "wrong-recovery-code"),
        _ => problem.clone(),
    };
    problems.iter().map(own).collect()
}

enum Failed {
    Wrong(Vec<Problem>),
    Waits(Timestamp),
    Other(WebError),
}

impl Failed {
    fn problems(&self) -> &[Problem] {
        match self {
            Self::Wrong(problems) => problems,
            Self::Waits(_) | Self::Other(_) => &[],
        }
    }

    fn waits(&self, form: FormPage, state: &WebState) -> FormPage {
        match self {
            Self::Waits(until) => form.waits(*until, state.clock.now()),
            Self::Wrong(_) | Self::Other(_) => form,
        }
    }
}

impl std::convert::From<Error> for Failed {
    fn from(error: Error) -> Self {
        match error {
            Error::Invalid(problems) => Self::Wrong(problems),
            Error::Throttled(until) => Self::Waits(until),
            other => Self::Other(other.into()),
        }
    }
}

async fn finish(
    granted: &Granted<ConfirmSecondFactor>,
    state: &WebState,
    visit: &SiteVisit,
    headers: &HeaderMap,
    factor: SecondFactor<'_>,
) -> Result<Begun, Failed> {
    let token = cookies::SESSION.read(headers).unwrap_or_default();
    let from = From::of(state, &visit.visit, headers);
    Ok(login::confirm(granted, &state.house, token, factor, from.caller()).await?)
}

fn go_on_in(go_on: &GoOn, begun: &Begun) -> Result<Response, WebError> {
    redirect_with_session(go_on.path().unwrap_or(HOME), begun)
}
