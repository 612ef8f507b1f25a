//! `/login/sso/{provider}`: to a provider of single sign-on and back.
//!
//! Nobody is redirected to a provider from a form: the page's policy lets forms go to this host only, and browsers hold
//! every redirect to it. The answer leads on by itself and shows the link. What a provider sends back is taken out of the
//! address at once: every outcome is another page.

use access::actions::{CreateFirstAccount, LogIn};
use access::anonymous_permit;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, Method, header};
use axum::response::{IntoResponse, Redirect, Response};
use domain::ProviderId;
use serde::Deserialize;
use usecases::sign_on::arrive::{self, Arrival, Brought};
use usecases::sign_on::depart::{self, Departure};
use usecases::sign_on::{self, Button, Refusal};

use super::log_in::GoOn;
use super::{From, private, redirect_with_session, with_token};
use crate::page::{NavLink, Page, html};
use crate::switch_language::is_own_path;
use crate::visit::{SiteVisit, Visit};
use crate::{Lang, Routes, WebError, WebState, cookies};

const ACCOUNT: &str = "/konto";

pub(crate) fn routes() -> Routes {
    Routes::new()
        .site(Method::POST, "/login/sso/{provider}", log_in)
        .site(Method::POST, "/einladung/{token}/sso/{provider}", accept)
        .site(Method::GET, "/login/sso/{provider}/zurueck", come_back)
        .site(Method::GET, "/login/sso/{provider}/hinweis", explain)
}

/// Buttons for these providers.
pub(crate) fn buttons_to(lang: Lang, buttons: Vec<Button>, action: impl Fn(ProviderId) -> String) -> Vec<NavLink> {
    let button = |Button { provider, name }| NavLink::new(action(provider), lang.t1("sign-on-button", "name", name));
    buttons.into_iter().map(button).collect()
}

pub(super) fn provider_of(id: &str) -> Result<ProviderId, WebError> {
    id.parse().map_err(|_| WebError::NotFound)
}

/// From where a browser sets out.
pub(crate) fn setting_out<'a>(
    visit: &Visit,
    headers: &'a HeaderMap,
    (network, next): (&'a str, &'a str),
) -> depart::From<'a> {
    depart::From { network, browser: cookies::SIGN_ON.read(headers), next, language: visit.lang.code() }
}

#[derive(Template)]
#[template(path = "entrance/leave.html")]
struct LeavePage {
    page: Page,
    name: String,
    host: String,
    href: String,
}

/// The answer that leads to the provider; or to the page that says why it does not.
pub(crate) fn departed(visit: &Visit, provider: ProviderId, departure: Departure) -> Result<Response, WebError> {
    let (url, name, browser) = match departure {
        Departure::To { url, name, browser } => (url, name, browser),
        Departure::Refused(refusal) => return Ok(Redirect::to(&hint(provider, refusal)).into_response()),
    };
    let mut page = visit.page(visit.lang.t1("sign-on-leave-title", "name", name.clone()));
    page.indexed = false;
    let host = url.host_str().unwrap_or_default().to_owned();
    let href = String::from(url);
    let unfit = || WebError::internal("an address no header can hold");
    let refresh = HeaderValue::try_from(format!("0; url={href}")).map_err(|_| unfit())?;
    let cookie = cookies::SIGN_ON.set(&browser).ok_or_else(unfit)?;
    let mut response = html(&LeavePage { page, name, host, href })?.into_response();
    response.headers_mut().insert(header::REFRESH, refresh);
    response.headers_mut().append(header::SET_COOKIE, cookie);
    Ok(private(response))
}

fn hint(provider: ProviderId, refusal: Refusal) -> String {
    format!("/login/sso/{provider}/hinweis?grund={}", refusal.code())
}

async fn log_in(
    State(state): State<WebState>,
    visit: SiteVisit,
    Path(provider): Path<String>,
    Query(go_on): Query<GoOn>,
    headers: HeaderMap,
) -> Result<Response, WebError> {
    let provider = provider_of(&provider)?;
    let permit = anonymous_permit::<LogIn>(visit.site.tenant);
    let network = visit.network.to_string();
    let from = setting_out(&visit.visit, &headers, (&network, go_on.path().unwrap_or_default()));
    departed(&visit.visit, provider, depart::to_log_in(&permit, &state.house, provider, from).await?)
}

async fn accept(
    State(state): State<WebState>,
    visit: SiteVisit,
    Path((token, provider)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, WebError> {
    let provider = provider_of(&provider)?;
    let permit = anonymous_permit::<CreateFirstAccount>(visit.site.tenant);
    let network = visit.network.to_string();
    let from = setting_out(&visit.visit, &headers, (&network, ""));
    let departure = depart::to_accept(&permit, &state.house, (provider, &token), from).await?;
    departed(&visit.visit, provider, departure)
}

/// What a provider puts into the address (RFC 6749, 4.1.2; RFC 9207). What an error says in words is not read: anybody can
/// write there.
#[derive(Deserialize)]
struct Answer {
    #[serde(default)]
    state: String,
    code: Option<String>,
    iss: Option<String>,
}

async fn come_back(
    State(state): State<WebState>,
    visit: SiteVisit,
    Path(provider): Path<String>,
    Query(answer): Query<Answer>,
    headers: HeaderMap,
) -> Result<Response, WebError> {
    let provider = provider_of(&provider)?;
    let permit = anonymous_permit::<LogIn>(visit.site.tenant);
    let brought = Brought {
        state: &answer.state,
        code: answer.code.as_deref(),
        iss: answer.iss.as_deref(),
        browser: cookies::SIGN_ON.read(&headers),
        session: cookies::SESSION.read(&headers),
    };
    let from = From::of(&state, &visit.visit, &headers);
    let response = match arrive::arrive(&permit, &state.house, provider, brought, from.caller()).await? {
        Arrival::In { begun, next } => redirect_with_session(&GoOn { weiter: next }.page(begun.stage), &begun)?,
        Arrival::Connected => Redirect::to("/konto?meldung=verbunden").into_response(),
        Arrival::Proven { token, next } => {
            let next = if is_own_path(&next) { &next } else { ACCOUNT };
            with_token(Redirect::to(next).into_response(), &token)?
        }
        Arrival::Refused(refusal) => Redirect::to(&hint(provider, refusal)).into_response(),
    };
    Ok(private(response))
}

#[derive(Deserialize)]
struct Why {
    #[serde(default)]
    grund: String,
}

#[derive(Template)]
#[template(path = "entrance/refused.html")]
struct RefusedPage {
    page: Page,
    text: &'static str,
    again: Vec<NavLink>,
    /// Where somebody goes who is logged in already.
    account: bool,
}

async fn explain(
    State(state): State<WebState>,
    visit: SiteVisit,
    Path(provider): Path<String>,
    Query(Why { grund }): Query<Why>,
    headers: HeaderMap,
) -> Result<Response, WebError> {
    let provider = provider_of(&provider)?;
    let permit = anonymous_permit::<LogIn>(visit.site.tenant);
    let buttons = sign_on::buttons(&permit, &state.house).await?;
    let button = buttons.into_iter().find(|button| button.provider == provider).ok_or(WebError::NotFound)?;
    let lang = visit.lang;
    let key = format!("sign-on-refused-{grund}");
    let key = if lang.has(&key) { key } else { "sign-on-refused-untrusted".to_owned() };
    let mut page = visit.page(lang.t1("sign-on-refused-title", "name", button.name.clone()));
    page.indexed = false;
    let text = lang.t(&key);
    let account = cookies::SESSION.read(&headers).is_some();
    let again = buttons_to(lang, vec![button], |provider| format!("/login/sso/{provider}"));
    let again = if account { Vec::new() } else { again };
    Ok(private(html(&RefusedPage { page, text, again, account })?.into_response()))
}
