//! `/login/passkey`: a whole login in one step.

use access::actions::LogIn;
use access::anonymous_permit;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, Method};
use axum::response::Response;
use usecases::Error;
use usecases::account::passkeys;

use super::log_in::{GoOn, form};
use super::{From, redirect_with_session};
use crate::granted::HOME;
use crate::passkey::{Answered, asked, without_ceremony};
use crate::visit::SiteVisit;
use crate::{Routes, WebError, WebState};

pub(super) const PASSKEY: &str = "/login/passkey";

pub(crate) fn routes() -> Routes {
    Routes::new().site(Method::POST, PASSKEY, log_in)
}

async fn log_in(
    State(state): State<WebState>,
    visit: SiteVisit,
    Query(go_on): Query<GoOn>,
    headers: HeaderMap,
    Form(Answered { credential, name: _ }): Form<Answered>,
) -> Result<Response, WebError> {
    let permit = anonymous_permit::<LogIn>(visit.site.tenant);
    let from = From::of(&visit.visit, &headers);
    match passkeys::log_in(&permit, &state.house, asked(&headers), &credential, from.caller()).await {
        Ok(begun) => redirect_with_session(go_on.path().unwrap_or(HOME), &begun).map(without_ceremony),
        Err(Error::Invalid(problems)) => form(&state, &visit, &go_on, "", &problems, None).await,
        Err(Error::Throttled(until)) => form(&state, &visit, &go_on, "", &[], Some(until)).await,
        Err(error) => Err(error.into()),
    }
}
