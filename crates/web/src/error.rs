//! The one error of the web: what went wrong, as a helpful page in the user's language. Details are logged once and
//! never sent.

use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use std::sync::Arc;
use std::time::Duration;

use askama::Template;

use crate::granted::{Inside, PROOF, PROVEN};
use crate::office::NAV;
use crate::page::{NavLink, Page};
use crate::visit::{Place, Visit};

/// Why a request was not answered as asked.
#[derive(Clone, Debug, thiserror::Error)]
pub enum WebError {
    /// There is no such thing here, or it belongs to somebody else.
    #[error("not found")]
    NotFound,
    /// A link in a mail that was used, taken back, is too old, or was made up.
    #[error("a dead link")]
    DeadLink,
    /// The request makes no sense; the key names a text that says why.
    #[error("bad request: {0}")]
    BadRequest(&'static str),
    /// Nobody is logged in (any more).
    #[error("login required")]
    LoginRequired,
    /// It is grave, and the last proof of who one is was too long ago.
    #[error("a fresh proof is required")]
    ProofRequired,
    /// The login is not complete; go on at this path.
    #[error("login goes on at {0}")]
    LoginGoesOn(&'static str),
    /// Logged in, but not allowed.
    #[error("forbidden")]
    Forbidden,
    /// Too often; come again after this time.
    #[error("too many requests")]
    TooMany(Duration),
    /// More than the form may carry.
    #[error("too large")]
    TooLarge,
    /// Somebody else changed it meanwhile.
    #[error("changed meanwhile")]
    Conflict,
    /// The public directory of this office is not there at the moment.
    #[error("the site is being set up or offline")]
    SiteClosed,
    /// Too much to do, or a part of the house is down.
    #[error("busy")]
    Busy,
    /// A bug or a broken machine.
    #[error("internal error")]
    Internal(#[source] Arc<dyn std::error::Error + Send + Sync>),
}

impl WebError {
    /// Wraps what should not have happened.
    pub fn internal(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Internal(Arc::from(error.into()))
    }

    /// The status code.
    pub const fn status(&self) -> StatusCode {
        match self {
            Self::NotFound | Self::DeadLink => StatusCode::NOT_FOUND,
            Self::BadRequest(_) => StatusCode::BAD_REQUEST,
            Self::LoginRequired | Self::ProofRequired | Self::LoginGoesOn(_) => StatusCode::UNAUTHORIZED,
            Self::Forbidden => StatusCode::FORBIDDEN,
            Self::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Conflict => StatusCode::CONFLICT,
            Self::SiteClosed | Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl From<usecases::Error> for WebError {
    fn from(error: usecases::Error) -> Self {
        match error {
            usecases::Error::NotFound => Self::NotFound,
            usecases::Error::Busy => Self::Busy,
            usecases::Error::Conflict => Self::Conflict,
            // Forms show the problems at their fields; this is what is left for requests that no form of ours sends.
            usecases::Error::Invalid(_) => Self::BadRequest("error-form"),
            usecases::Error::Throttled(until) => Self::TooMany(wait_until(until)),
            usecases::Error::Storage(_) | usecases::Error::Internal(_) => Self::internal(error),
        }
    }
}

/// How long it is until then; what stands in `Retry-After` is counted from the answer, so the machine's clock will do.
fn wait_until(until: jiff::Timestamp) -> Duration {
    let wait = until.duration_since(domain::Clock::now(&domain::SystemClock));
    Duration::try_from(wait).unwrap_or_default()
}

impl From<askama::Error> for WebError {
    fn from(error: askama::Error) -> Self {
        Self::internal(error)
    }
}

impl IntoResponse for WebError {
    /// Only the status and the error itself; [`explain`] makes a page of it where language and office are known.
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// The page that explains an error.
#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage {
    page: Page,
    text: String,
    way_out: NavLink,
    /// The way out opens beside this page, which is still needed.
    beside: bool,
    request_id: String,
    show_id: bool,
}

/// Turns an answer without a page into one with a page: what a handler returned as [`WebError`], and what the framework
/// itself refused (wrong method, oversized body, unreadable form).
///
/// `platform` is where the base domain is reached: the way out from a host nobody has.
pub(crate) fn explain(visit: &Visit, platform: &str, method: &Method, response: Response) -> Response {
    let status = response.status();
    let sent = *method != Method::GET && *method != Method::HEAD;
    let error = response.extensions().get::<WebError>().cloned();
    let has_page =
        || response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    match &error {
        None if status.as_u16() < 400 || has_page() => return response,
        Some(WebError::LoginGoesOn(path)) => return Redirect::to(path).into_response(),
        // What a form has sent would be lost on the way: its page says how to send it once more.
        Some(WebError::ProofRequired) if !sent => {
            let back: String = url::form_urlencoded::byte_serialize(visit.address.as_bytes()).collect();
            return Redirect::to(&format!("{PROOF}?weiter={back}")).into_response();
        }
        Some(WebError::LoginRequired) if !sent => {
            let back: String = url::form_urlencoded::byte_serialize(visit.address.as_bytes()).collect();
            return Redirect::to(&format!("/login?weiter={back}")).into_response();
        }
        Some(WebError::Internal(source)) => {
            tracing::error!(request_id = visit.request_id, error = chain(&**source), "a request failed");
        }
        None if status.is_server_error() => {
            tracing::error!(request_id = visit.request_id, %status, "a request failed without a reason");
        }
        _ => {}
    }
    // What the framework answers to an unreadable form or a wrong method is the same to people.
    let status = match status {
        StatusCode::UNPROCESSABLE_ENTITY | StatusCode::UNSUPPORTED_MEDIA_TYPE => StatusCode::BAD_REQUEST,
        status => status,
    };
    let inside = response.extensions().get::<Inside>().cloned();
    let mut page = page_of(visit, inside, platform, (status, error.as_ref()), sent);
    let headers = page.headers_mut();
    if let Some(allow) = response.headers().get(header::ALLOW) {
        headers.insert(header::ALLOW, allow.clone());
    }
    let retry = match error {
        Some(WebError::TooMany(wait)) => Some(wait.as_secs().max(1)),
        Some(WebError::Busy) => Some(5),
        _ => None,
    };
    if let Some(seconds) = retry {
        headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    page
}

fn page_of(
    visit: &Visit,
    inside: Option<Inside>,
    platform: &str,
    (status, error): (StatusCode, Option<&WebError>),
    sent: bool,
) -> Response {
    let inside = inside.map(|Inside(visit)| visit);
    let visit = inside.as_ref().unwrap_or(visit);
    let lang = visit.lang;
    let code = match (status.as_u16(), error) {
        (_, Some(WebError::SiteClosed)) => 0,
        (code @ (400 | 401 | 403 | 404 | 405 | 409 | 413 | 429 | 503), _) => code,
        (code, _) if code < 500 => 400,
        _ => 500,
    };
    let prove = matches!(error, Some(WebError::ProofRequired));
    let name = match (code, &visit.place) {
        (0, _) => "closed".to_owned(),
        (401, _) if prove => "proof".to_owned(),
        (404, Place::Office(_)) if matches!(error, Some(WebError::DeadLink)) => "link".to_owned(),
        (404, Place::Nowhere) => "host".to_owned(),
        (404, Place::Platform) => "page".to_owned(),
        _ => code.to_string(),
    };
    let text = match error {
        // What a form has sent is lost for us, not for the browser: reloading sends it again.
        Some(WebError::LoginRequired) if sent => lang.t("error-401-sent").to_owned(),
        Some(WebError::BadRequest(key)) if lang.has(key) => lang.t(key).to_owned(),
        Some(WebError::TooMany(wait)) => {
            let (key, unit) = if wait.as_secs() > 90 { ("error-429-minutes", 60) } else { ("error-429-wait", 1) };
            lang.tn(key, usize::try_from(wait.as_secs().div_ceil(unit).max(1)).unwrap_or(60))
        }
        _ => lang.t(&format!("error-{name}-text")).to_owned(),
    };
    let way_out = match code {
        0 => NavLink::new("/ueber-uns", lang.t("error-closed-ask")),
        401 if prove => NavLink::new(format!("{PROOF}?weiter={PROVEN}"), lang.t("error-proof-way")),
        401 => NavLink::new("/login", lang.t("nav-login")),
        _ if name == "link" => NavLink::new("/login", lang.t("invitation-gone-login")),
        _ if inside.is_some() => first_page(visit),
        _ => match &visit.place {
            Place::Office(_) => NavLink::new("/", lang.t("error-home-groups")),
            Place::Platform => NavLink::new("/", lang.t("error-home")),
            Place::Nowhere => NavLink::new(format!("{platform}/"), lang.t("error-home-platform")),
        },
    };
    let mut page = visit.page(lang.t(&format!("error-{name}-title")));
    page.indexed = false;
    if inside.is_some() {
        page = page.office();
    }
    if matches!(visit.place, Place::Nowhere) {
        page.home = format!("{platform}/");
    }
    let page = ErrorPage {
        page,
        text,
        way_out,
        beside: code == 401 && sent,
        request_id: visit.request_id.clone(),
        show_id: status.is_server_error() && code != 0,
    };
    match page.render() {
        Ok(html) => (status, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], html).into_response(),
        Err(error) => {
            tracing::error!(%error, "the error page cannot be rendered");
            status.into_response()
        }
    }
}

/// The first page that somebody logged in may see; one's own account always is.
fn first_page(visit: &Visit) -> NavLink {
    let first = NAV.iter().find(|(.., right)| visit.rights().contains(*right));
    first.map_or_else(
        || NavLink::new("/konto", visit.lang.t("nav-account")),
        |(href, key, _)| NavLink::new(*href, visit.lang.t1("error-home-office", "page", visit.lang.t(key))),
    )
}

fn chain(error: &(dyn std::error::Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}
