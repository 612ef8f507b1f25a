//! The way in for those who work here: invitation, login, second factor, log out.

mod accept_invitation;
mod done;
mod email;
mod enrol;
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
pub(crate) use sign_on::{buttons_to, departed, setting_out};

use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Redirect, Response};
use usecases::account::{Begun, Caller};

use crate::visit::Visit;
use crate::{Routes, WebError, cookies};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .merge(log_in::routes())
        .merge(mail_link::routes())
        .merge(passkey::routes())
        .merge(keep_factor::routes())
        .merge(new_password::routes())
        .merge(email::routes())
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
struct From {
    network: String,
    device: String,
    known: Option<String>,
}

impl From {
    fn of(visit: &Visit, headers: &HeaderMap) -> Self {
        let agent = headers.get(header::USER_AGENT).and_then(|agent| agent.to_str().ok());
        Self {
            network: visit.network.to_string(),
            device: device_name(agent.unwrap_or_default()),
            known: cookies::DEVICE.read(headers).map(str::to_owned),
        }
    }

    fn caller(&self) -> Caller<'_> {
        Caller { network: &self.network, device: &self.device, known: self.known.as_deref() }
    }
}

/// Browser and system by their names, "Firefox, Windows 11"; empty where nothing is known.
fn device_name(agent: &str) -> String {
    let Some(found) = woothee::parser::Parser::new().parse(agent) else { return String::new() };
    let known =
        [found.name, found.os].into_iter().filter(|name| !name.is_empty() && *name != woothee::woothee::VALUE_UNKNOWN);
    known.collect::<Vec<_>>().join(", ")
}

/// Puts the session's token into its cookie, and what makes the browser a known one into another.
fn with_session(mut response: Response, begun: &Begun) -> Result<Response, WebError> {
    let unfit = || WebError::internal("a token no cookie can hold");
    let headers = response.headers_mut();
    headers.append(header::SET_COOKIE, cookies::SESSION.set(&begun.token).ok_or_else(unfit)?);
    if let Some(device) = &begun.device {
        headers.append(header::SET_COOKIE, cookies::DEVICE.set(device).ok_or_else(unfit)?);
    }
    Ok(response)
}

fn redirect_with_session(to: &str, begun: &Begun) -> Result<Response, WebError> {
    with_session(Redirect::to(to).into_response(), begun)
}

/// These pages are kept nowhere and listed nowhere.
fn private(mut response: Response) -> Response {
    response.headers_mut().insert(header::CACHE_CONTROL, axum::http::HeaderValue::from_static("no-store"));
    response
}
