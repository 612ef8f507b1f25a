//! `/login/passwort`: who forgot the password gets a link to a new one; the answer is the same for every address.

use access::actions::SetNewPassword;
use access::anonymous_permit;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::Method;
use axum::response::{IntoResponse, Redirect, Response};
use usecases::Error;
use usecases::account::new_password;

use super::ask_mail::{AskMail, Typed};
use super::even::Since;
use crate::page::Flash;
use crate::visit::SiteVisit;
use crate::{Routes, WebError, WebState};

pub(super) const PATH: &str = "/login/passwort";

pub(crate) fn routes() -> Routes {
    Routes::new().site(Method::GET, PATH, show).site(Method::POST, PATH, ask)
}

const PAGE: AskMail = AskMail { title: "forgotten-title", lead: "forgotten-lead" };

async fn show(visit: SiteVisit, Query(Flash { meldung }): Query<Flash>) -> Result<Response, WebError> {
    PAGE.shown(&visit, meldung.as_deref())
}

async fn ask(
    State(state): State<WebState>,
    visit: SiteVisit,
    Form(Typed { email }): Form<Typed>,
) -> Result<Response, WebError> {
    let permit = anonymous_permit::<SetNewPassword>(visit.site.tenant);
    let since = Since::now();
    let asked = new_password::forgot(&permit, &state.house, &email, &visit.network.to_string()).await;
    let answer = match asked {
        Ok(()) => Ok(Redirect::to(&format!("{PATH}?meldung=passwort-link")).into_response()),
        Err(Error::Invalid(problems)) => PAGE.wrong(&visit, &email, &problems),
        Err(Error::Throttled(until)) => PAGE.waits(&state, &visit, &email, until),
        Err(error) => Err(error.into()),
    };
    since.mail_answer(answer).await
}
