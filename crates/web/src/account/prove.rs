//! `/bestaetigen`: once more the app's code (or, without one, the password) before something grave.

use access::actions::ProveAgain;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, Method};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use usecases::account::own::{self, Proof};
use usecases::{Error, Problem, sign_on};

use super::ACCOUNT;
use crate::entrance::buttons_to;
use crate::form::{Control, FormField, FormPage, problem};
use crate::granted::PROOF;
use crate::switch_language::is_own_path;
use crate::visit::Visit;
use crate::{Granted, Routes, WebError, WebState, cookies};

pub(crate) fn routes() -> Routes {
    Routes::new().office::<ProveAgain, _, _>(Method::GET, PROOF, show).office::<ProveAgain, _, _>(
        Method::POST,
        PROOF,
        prove,
    )
}

#[derive(Deserialize)]
pub(super) struct GoOn {
    #[serde(default)]
    pub(super) weiter: String,
}

#[derive(Deserialize)]
struct Typed {
    #[serde(default)]
    code: String,
    #[serde(default)]
    password: String,
}

async fn form(
    granted: &Granted<ProveAgain>,
    state: &WebState,
    visit: &Visit,
    weiter: &str,
    (with_code, problems): (bool, &[Problem]),
) -> Result<FormPage, WebError> {
    let lang = visit.lang;
    let field = if with_code {
        FormField::new("code", lang.t("code-field"))
            .hint(lang.t("code-hint"))
            .autocomplete("one-time-code")
            .inputmode("numeric")
            .width("w-10")
            .error(problem(lang, problems, "code"))
    } else {
        FormField::new("password", lang.t("field-password"))
            .control(Control::Input("password"))
            .autocomplete("current-password")
            .error(problem(lang, problems, "password"))
    };
    let page = visit.page(lang.t("prove-title")).office();
    let mut form = FormPage::new(page, lang.t("prove-lead"), vec![field], lang.t("prove-submit"));
    if !with_code {
        let next: String = url::form_urlencoded::byte_serialize(weiter.as_bytes()).collect();
        let buttons = sign_on::own::proving(granted, &state.house).await?;
        form.elsewhere = buttons_to(lang, buttons, |provider| format!("{PROOF}/sso/{provider}?weiter={next}"));
        if !sign_on::own::has_password(granted, &state.house).await? {
            (form.fields, form.submit) = (Vec::new(), String::new());
        }
    }
    Ok(form)
}

async fn show(
    granted: Granted<ProveAgain>,
    State(state): State<WebState>,
    visit: Visit,
    Query(GoOn { weiter }): Query<GoOn>,
) -> Result<Response, WebError> {
    let with_code = own::proves_with_code(&granted, &state.house).await?;
    form(&granted, &state, &visit, &weiter, (with_code, &[])).await?.answer()
}

async fn prove(
    granted: Granted<ProveAgain>,
    State(state): State<WebState>,
    visit: Visit,
    Query(GoOn { weiter }): Query<GoOn>,
    headers: HeaderMap,
    Form(Typed { code, password }): Form<Typed>,
) -> Result<Response, WebError> {
    let with_code = own::proves_with_code(&granted, &state.house).await?;
    let proof = if with_code { Proof::Code(&code) } else { Proof::Password(&password) };
    let token = cookies::SESSION.read(&headers).unwrap_or_default();
    match own::prove(&granted, &state.house, token, proof).await {
        Ok(()) => {
            let next = if is_own_path(&weiter) && !weiter.starts_with(PROOF) { weiter.as_str() } else { ACCOUNT };
            Ok(Redirect::to(next).into_response())
        }
        Err(Error::Invalid(problems)) => {
            form(&granted, &state, &visit, &weiter, (with_code, &problems)).await?.answer()
        }
        Err(Error::Throttled(until)) => {
            let form = form(&granted, &state, &visit, &weiter, (with_code, &[])).await?;
            form.waits(until, state.clock.now()).answer()
        }
        Err(error) => Err(error.into()),
    }
}
