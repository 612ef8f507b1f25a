//! The way in for those who work here: invitation, login, second factor, log out.

mod accept_invitation;
mod ask_mail;
mod consent;
mod done;
mod email;
mod enrol;
mod even;
mod forgotten;
mod keep_factor;
mod log_in;
mod log_out;
mod mail_link;
mod new_password;
mod passkey;
mod second_factor;
mod sign_on;
mod signed_off;
mod support;

pub(crate) use enrol::{CodesPage, EnrolPage, code_field, picture};
pub(crate) use even::Since;
pub(crate) use sign_on::{buttons_to, departed, setting_out};

use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Redirect, Response};
use domain::alert::Sign;
use usecases::Error;
use usecases::account::{Begun, Caller};

use crate::visit::{SiteVisit, Visit};
use crate::{Routes, WebError, WebState, cookies};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .merge(log_in::routes())
        .merge(mail_link::routes())
        .merge(passkey::routes())
        .merge(keep_factor::routes())
        .merge(new_password::routes())
        .merge(forgotten::routes())
        .merge(email::routes())
        .merge(consent::routes())
        .merge(done::routes())
        .merge(second_factor::routes())
        .merge(enrol::routes())
        .merge(accept_invitation::routes())
        .merge(log_out::routes())
        .merge(sign_on::routes())
        .merge(signed_off::routes())
        .merge(support::routes())
}

/// From where someone logs in.
pub(crate) struct From {
    network: String,
    device: String,
    known: Option<String>,
    session: Option<String>,
    country: Option<String>,
}

impl From {
    pub(crate) fn of(state: &WebState, visit: &Visit, headers: &HeaderMap) -> Self {
        let agent = headers.get(header::USER_AGENT).and_then(|agent| agent.to_str().ok());
        Self {
            network: visit.network.to_string(),
            device: device_name(agent.unwrap_or_default()),
            known: cookies::DEVICE.read(headers).map(str::to_owned),
            session: cookies::SESSION.read(headers).map(str::to_owned),
            country: state.house.country(visit.network.address()),
        }
    }

    pub(crate) fn caller(&self) -> Caller<'_> {
        let Self { network, device, known, session, country } = self;
        let (known, session, country) = (known.as_deref(), session.as_deref(), country.as_deref());
        Caller { network, device, known, country, session }
    }
}

/// Browser and system by their names, "Firefox, Windows 11"; empty where nothing is known.
fn device_name(agent: &str) -> String {
    let Some(found) = woothee::parser::Parser::new().parse(agent) else { return String::new() };
    let known =
        [found.name, found.os].into_iter().filter(|name| !name.is_empty() && *name != woothee::woothee::VALUE_UNKNOWN);
    known.collect::<Vec<_>>().join(", ")
}

/// Puts the session's token into its cookie, what makes the browser a known one into another, and the language its user
/// chose into a third: from there it counts until it is switched by hand.
fn with_session(response: Response, begun: &Begun) -> Result<Response, WebError> {
    let mut response = with_token(response, &begun.token)?;
    if let Some(cookie) = begun.language.and_then(|language| cookies::LANG.set(language.code())) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    match &begun.device {
        Some(device) => with_device(response, device),
        None => Ok(response),
    }
}

/// Puts a session's token into its cookie.
pub(crate) fn with_token(mut response: Response, token: &str) -> Result<Response, WebError> {
    let cookie = cookies::SESSION.set(token).ok_or_else(unfit)?;
    response.headers_mut().append(header::SET_COOKIE, cookie);
    Ok(response)
}

/// Puts what makes the browser a known one into its cookie.
pub(crate) fn with_device(mut response: Response, device: &str) -> Result<Response, WebError> {
    let cookie = cookies::DEVICE.set(device).ok_or_else(unfit)?;
    response.headers_mut().append(header::SET_COOKIE, cookie);
    Ok(response)
}

fn unfit() -> WebError {
    WebError::internal("a token no cookie can hold")
}

fn redirect_with_session(to: &str, begun: &Begun) -> Result<Response, WebError> {
    with_session(Redirect::to(to).into_response(), begun)
}

/// What the link of a mail led to; a dead one is explained, and counted: somebody may be guessing.
pub(crate) async fn in_force<T>(state: &WebState, visit: &SiteVisit, led_to: Result<T, Error>) -> Result<T, WebError> {
    if matches!(led_to, Err(Error::NotFound)) {
        dead_link(state, visit).await;
        return Err(WebError::DeadLink);
    }
    Ok(led_to?)
}

pub(crate) async fn dead_link(state: &WebState, visit: &SiteVisit) {
    state.house.noticed(visit.site.tenant, Sign::DeadLinks, &visit.network.to_string(), None).await;
}

/// These pages are kept nowhere and listed nowhere.
pub(crate) fn private(mut response: Response) -> Response {
    response.headers_mut().insert(header::CACHE_CONTROL, axum::http::HeaderValue::from_static("no-store"));
    response
}
