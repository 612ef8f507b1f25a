//! The way in for those who work here: invitation, login, second factor, log out.

mod accept_invitation;
mod enrol;
mod log_in;
mod log_out;
mod second_factor;

use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use usecases::account::Begun;

use crate::{Routes, WebError, cookies};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .merge(log_in::routes())
        .merge(second_factor::routes())
        .merge(enrol::routes())
        .merge(accept_invitation::routes())
        .merge(log_out::routes())
}

/// Puts the session's token into its cookie.
fn with_session(mut response: Response, begun: &Begun) -> Result<Response, WebError> {
    let cookie = cookies::SESSION.set(&begun.token).ok_or_else(|| WebError::internal("a token no cookie can hold"))?;
    response.headers_mut().insert(header::SET_COOKIE, cookie);
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
