//! `/abmelden`: ends the login.

use access::actions::LogOut;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use axum::response::{IntoResponse, Redirect, Response};
use usecases::account::login;

use crate::{Granted, Routes, WebError, WebState, cookies};

pub(crate) fn routes() -> Routes {
    Routes::new().half_in::<LogOut, _, _>(Method::POST, "/abmelden", log_out)
}

async fn log_out(
    granted: Granted<LogOut>,
    State(state): State<WebState>,
    headers: HeaderMap,
) -> Result<Response, WebError> {
    let token = cookies::SESSION.read(&headers).unwrap_or_default();
    // Whoever came through a provider may still be logged in there.
    let next = match login::log_out(&granted, &state.house, token).await? {
        Some(provider) => format!("/login/sso/{provider}/abgemeldet"),
        None => "/login?meldung=abgemeldet".to_owned(),
    };
    let mut response = Redirect::to(&next).into_response();
    if let Some(cookie) = cookies::SESSION.clear() {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    // What the browser kept of the office's pages goes, too (ASVS 5.0, 14.3.1).
    let clear = (HeaderName::from_static("clear-site-data"), HeaderValue::from_static("\"cache\""));
    response.headers_mut().insert(clear.0, clear.1);
    Ok(response)
}
