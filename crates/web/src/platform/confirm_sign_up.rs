//! `/anmelden/bestaetigen/{token}`: the link of the mail. Looking confirms nothing (mail scanners look); the button does.

use std::time::Duration;

use axum::extract::{Path, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};

use usecases::signup::{self, SignupState, View};

use super::{Done, answer};
use crate::page::NavLink;
use crate::{Routes, Visit, WebError, WebState};

const PATH: &str = "/anmelden/bestaetigen/{token}";
/// How long the confirming answer waits for the office to be made; then the page reloads itself.
const PATIENCE: Duration = Duration::from_secs(5);

pub(crate) fn routes() -> Routes {
    Routes::new().platform(Method::GET, PATH, show).platform(Method::POST, PATH, confirm)
}

async fn show(State(state): State<WebState>, visit: Visit, Path(token): Path<String>) -> Result<Response, WebError> {
    let lang = visit.lang;
    let view = match signup::look(&state.house, &token).await {
        Err(usecases::Error::NotFound) => return gone(&visit),
        view => view?,
    };
    let here = format!("/anmelden/bestaetigen/{token}");
    let (title, text, action) = match view.state {
        SignupState::Pending => {
            let button = NavLink::new(here, lang.t("confirm-submit"));
            ("confirm-title", lang.t1("confirm-lead", "office", view.office.clone()), Some(button))
        }
        SignupState::Confirmed | SignupState::Failed => {
            ("confirm-working-title", lang.t("confirm-working").to_owned(), None)
        }
        SignupState::Provisioned => ("confirm-ready-title", lang.t("confirm-ready").to_owned(), None),
    };
    let link = view.next.map(|href| NavLink::new(href, lang.t("confirm-go-on")));
    let mut page = visit.page(lang.t(title));
    page.indexed = false;
    let mut response = answer(&Done { page, text, action, link })?;
    if matches!(view.state, SignupState::Confirmed | SignupState::Failed) {
        response.headers_mut().insert(header::REFRESH, HeaderValue::from_static("2"));
    }
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

/// The link was made up, is older than a day, or its sign-up was dropped.
fn gone(visit: &Visit) -> Result<Response, WebError> {
    let lang = visit.lang;
    let mut page = visit.page(lang.t("confirm-gone-title"));
    page.indexed = false;
    let link = Some(NavLink::new("/anmelden", lang.t("platform-signup")));
    let mut response = answer(&Done { page, text: lang.t("confirm-gone").to_owned(), action: None, link })?;
    *response.status_mut() = StatusCode::NOT_FOUND;
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

async fn confirm(State(state): State<WebState>, Path(token): Path<String>) -> Result<Response, WebError> {
    let mut view = signup::confirm(&state.house, &token).await?;
    let made = async {
        while view.next.is_none() {
            tokio::time::sleep(Duration::from_millis(20)).await;
            view = signup::look(&state.house, &token).await?;
        }
        Ok::<View, WebError>(view)
    };
    // Back to the page of the link, which leads on: a form may not redirect to another host (CSP `form-action`).
    if let Ok(Err(error)) = tokio::time::timeout(PATIENCE, made).await {
        return Err(error);
    }
    Ok(Redirect::to(&format!("/anmelden/bestaetigen/{token}")).into_response())
}
