//! `/abgleich/{step}`: the wizard for whoever brought a personal link.

use access::actions::ReconcileByLink;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Method};
use axum::response::{IntoResponse, Redirect, Response};
use usecases::reconciliation::links::{self, Entered};

use super::entry::private;
use super::steps::At;
use super::{ENTRY, steps};
use crate::office::groups::posted::Posted;
use crate::visit::SiteVisit;
use crate::{Routes, WebError, WebState, cookies};

const PATH: &str = "/abgleich/{step}";

pub(super) fn routes() -> Routes {
    Routes::new().site(Method::GET, PATH, show).site(Method::POST, PATH, take)
}

/// Who is in by a link.
pub(super) async fn entered(
    state: &WebState,
    visit: &SiteVisit,
    headers: &HeaderMap,
) -> Result<Option<Entered>, WebError> {
    let Some(cookie) = cookies::RECONCILE.read(headers) else { return Ok(None) };
    Ok(links::session(&state.house, visit.site.tenant, cookie).await?)
}

fn at<'a>(state: &'a WebState, visit: &'a SiteVisit, entered: &'a Entered) -> At<'a, ReconcileByLink> {
    At {
        permit: &entered.permit,
        state,
        visit: &visit.visit,
        group: entered.group,
        base: ENTRY.to_owned(),
        door: steps::Place::Link,
    }
}

/// Without a link one brings it first.
fn not_in() -> Response {
    private(Redirect::to(ENTRY).into_response())
}

async fn show(
    State(state): State<WebState>,
    visit: SiteVisit,
    headers: HeaderMap,
    Path(step): Path<String>,
) -> Result<Response, WebError> {
    let Some(entered) = entered(&state, &visit, &headers).await? else { return Ok(not_in()) };
    at(&state, &visit, &entered).show(&step).await.map(private)
}

async fn take(
    State(state): State<WebState>,
    visit: SiteVisit,
    headers: HeaderMap,
    Path(step): Path<String>,
    posted: Posted,
) -> Result<Response, WebError> {
    let Some(entered) = entered(&state, &visit, &headers).await? else {
        return Ok(private(Redirect::to(&format!("{ENTRY}?meldung=abgleich-abgelaufen")).into_response()));
    };
    at(&state, &visit, &entered).take(&step, &posted).await.map(private)
}
