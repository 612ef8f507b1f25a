//! `/konto/faktoren/passkey`: another passkey.

use access::actions::ChangeCredentials;
use axum::Form;
use axum::extract::State;
use axum::http::{HeaderMap, Method};
use axum::response::Response;
use usecases::account::passkeys;
use usecases::{Error, Problem};

use super::{FACTORS, added, name_field};
use crate::form::{FormPage, problem};
use crate::page::NavLink;
use crate::passkey::{Answered, Ask, PasskeyForm, with_ceremony, without_ceremony};
use crate::visit::Visit;
use crate::{Granted, Routes, WebError, WebState, cookies};

const PATH: &str = "/konto/faktoren/passkey";

pub(crate) fn routes() -> Routes {
    Routes::new().office::<ChangeCredentials, _, _>(Method::GET, PATH, show).office::<ChangeCredentials, _, _>(
        Method::POST,
        PATH,
        add,
    )
}

async fn form(
    granted: &Granted<ChangeCredentials>,
    state: &WebState,
    visit: &Visit,
    name: &str,
    problems: &[Problem],
) -> Result<Response, WebError> {
    let lang = visit.lang;
    let ceremony = passkeys::ask_to_add(granted, &state.house).await?;
    let page = visit.page(lang.t("factor-passkey-title")).office().back_to(FACTORS, lang.t("factors-title"));
    let mut form = FormPage::new(page, lang.t("factor-passkey-lead"), Vec::new(), "");
    let mut ask = PasskeyForm::new(lang, Ask::Create, PATH, &ceremony, "passkey-set-up");
    ask.field = Some(name_field(lang, name, problems));
    ask.problem = problem(lang, problems, "passkey");
    form.other_ways = vec![NavLink::new("/konto/faktoren/app", lang.t("factor-app-instead"))];
    form.passkey = Some(ask);
    with_ceremony(form.answer()?, Some(&ceremony))
}

async fn show(
    granted: Granted<ChangeCredentials>,
    State(state): State<WebState>,
    visit: Visit,
) -> Result<Response, WebError> {
    form(&granted, &state, &visit, visit.lang.t("factor-passkey-name"), &[]).await
}

async fn add(
    granted: Granted<ChangeCredentials>,
    State(state): State<WebState>,
    visit: Visit,
    headers: HeaderMap,
    Form(answered): Form<Answered>,
) -> Result<Response, WebError> {
    let token = cookies::SESSION.read(&headers).unwrap_or_default();
    match passkeys::add(&granted, &state.house, token, &answered.name, answered.to(&headers)).await {
        Ok(codes) => added(&visit, codes).map(without_ceremony),
        Err(Error::Invalid(problems)) => form(&granted, &state, &visit, &answered.name, &problems).await,
        Err(error) => Err(error.into()),
    }
}
