//! `/konto/sso/{provider}`: one's own account is connected with one at a provider, or disconnected; and proving with a
//! provider who one is.

use access::actions::{ChangeCredentials, ProveAgain};
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, Method};
use axum::response::{IntoResponse, Redirect, Response};
use domain::ProviderId;
use usecases::sign_on::depart;
use usecases::sign_on::own::{self, Connection};
use usecases::{Error, Problem};

use super::ACCOUNT;
use super::prove::GoOn;
use crate::entrance::{departed, setting_out};
use crate::granted::PROOF;
use crate::office::confirm::ConfirmPage;
use crate::page::html;
use crate::switch_language::is_own_path;
use crate::visit::Visit;
use crate::{Granted, Routes, WebError, WebState, cookies};

const CONNECT: &str = "/konto/sso/{provider}/verbinden";
const DISCONNECT: &str = "/konto/sso/{provider}/trennen";

pub(crate) fn routes() -> Routes {
    Routes::new()
        .office::<ChangeCredentials, _, _>(Method::GET, CONNECT, ask_connect)
        .office::<ChangeCredentials, _, _>(Method::POST, CONNECT, connect)
        .office::<ChangeCredentials, _, _>(Method::GET, DISCONNECT, ask_disconnect)
        .office::<ChangeCredentials, _, _>(Method::POST, DISCONNECT, disconnect)
        .office::<ProveAgain, _, _>(Method::POST, "/bestaetigen/sso/{provider}", prove)
}

fn provider_of(id: &str) -> Result<ProviderId, WebError> {
    id.parse().map_err(|_| WebError::NotFound)
}

async fn ask_connect(
    granted: Granted<ChangeCredentials>,
    State(state): State<WebState>,
    visit: Visit,
    Path(provider): Path<String>,
) -> Result<Response, WebError> {
    let lang = visit.lang;
    let found = own::connection(&granted, &state.house, provider_of(&provider)?).await?;
    let Connection { provider, name, connected } = found;
    let mut effects = vec![
        lang.t1("sign-on-connect-effect-login", "name", name.clone()),
        lang.t("sign-on-connect-effect-local").to_owned(),
        lang.t("sign-on-connect-effect-mail").to_owned(),
    ];
    if let Some((label, _)) = connected {
        effects.insert(0, lang.t1("sign-on-connect-effect-instead", "label", label));
    }
    let page = ConfirmPage {
        page: visit
            .page(lang.t1("sign-on-connect-title", "name", name))
            .office()
            .back_to(ACCOUNT, lang.t("account-title")),
        effects,
        action: format!("{ACCOUNT}/sso/{provider}/verbinden"),
        button: lang.t("sign-on-connect"),
        danger: false,
        fields: Vec::new(),
    };
    Ok(html(&page)?.into_response())
}

async fn connect(
    granted: Granted<ChangeCredentials>,
    State(state): State<WebState>,
    visit: Visit,
    Path(provider): Path<String>,
    headers: HeaderMap,
) -> Result<Response, WebError> {
    let provider = provider_of(&provider)?;
    let network = visit.network.to_string();
    let from = setting_out(&visit, &headers, (&network, ""));
    let session = cookies::SESSION.read(&headers).unwrap_or_default();
    departed(&visit, provider, depart::to_connect(&granted, &state.house, (provider, session), from).await?)
}

async fn disconnect_page(
    granted: &Granted<ChangeCredentials>,
    state: &WebState,
    visit: &Visit,
    provider: ProviderId,
    problems: &[Problem],
) -> Result<Response, WebError> {
    let lang = visit.lang;
    let Connection { provider, name, connected } = own::connection(granted, &state.house, provider).await?;
    let (label, _) = connected.ok_or(WebError::NotFound)?;
    let page = ConfirmPage {
        page: visit
            .page(lang.t1("sign-on-disconnect-title", "name", name.clone()))
            .office()
            .back_to(ACCOUNT, lang.t("account-title")),
        effects: vec![
            lang.tx("sign-on-disconnect-effect-login", [("name", name.into()), ("label", label.into())]),
            lang.t("sign-on-connect-effect-mail").to_owned(),
        ],
        action: format!("{ACCOUNT}/sso/{provider}/trennen"),
        button: lang.t("sign-on-disconnect"),
        danger: true,
        fields: Vec::new(),
    };
    page.answer(problems)
}

async fn ask_disconnect(
    granted: Granted<ChangeCredentials>,
    State(state): State<WebState>,
    visit: Visit,
    Path(provider): Path<String>,
) -> Result<Response, WebError> {
    disconnect_page(&granted, &state, &visit, provider_of(&provider)?, &[]).await
}

async fn disconnect(
    granted: Granted<ChangeCredentials>,
    State(state): State<WebState>,
    visit: Visit,
    Path(provider): Path<String>,
    headers: HeaderMap,
) -> Result<Response, WebError> {
    let provider = provider_of(&provider)?;
    let token = cookies::SESSION.read(&headers).unwrap_or_default();
    match own::disconnect(&granted, &state.house, token, provider).await {
        Ok(()) => Ok(Redirect::to(&format!("{ACCOUNT}?meldung=getrennt")).into_response()),
        Err(Error::Invalid(problems)) => disconnect_page(&granted, &state, &visit, provider, &problems).await,
        Err(error) => Err(error.into()),
    }
}

async fn prove(
    granted: Granted<ProveAgain>,
    State(state): State<WebState>,
    visit: Visit,
    Path(provider): Path<String>,
    Query(GoOn { weiter }): Query<GoOn>,
    headers: HeaderMap,
) -> Result<Response, WebError> {
    let provider = provider_of(&provider)?;
    let network = visit.network.to_string();
    let next = if is_own_path(&weiter) && !weiter.starts_with(PROOF) { weiter.as_str() } else { "" };
    let from = setting_out(&visit, &headers, (&network, next));
    let session = cookies::SESSION.read(&headers).unwrap_or_default();
    departed(&visit, provider, depart::to_prove(&granted, &state.house, (provider, session), from).await?)
}
