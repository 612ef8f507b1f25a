//! `/meine-gruppen/{id}/abgleich/{step}`: the wizard for a group admin, after the login.

use access::actions::SubmitChanges;
use axum::extract::{Path, State};
use axum::http::Method;
use axum::response::Response;
use domain::GroupId;

use super::steps::{At, Place};
use crate::office::groups::FORM_LIMIT;
use crate::office::groups::posted::Posted;
use crate::visit::Visit;
use crate::{Granted, Routes, WebError, WebState};

const PATH: &str = "/meine-gruppen/{id}/abgleich/{step}";

pub(super) fn routes() -> Routes {
    Routes::new()
        .office::<SubmitChanges, _, _>(Method::GET, PATH, show)
        .office_upload::<SubmitChanges, _, _>(PATH, FORM_LIMIT, take)
}

fn at<'a>(
    granted: &'a Granted<SubmitChanges>,
    state: &'a WebState,
    visit: &'a Visit,
    id: &str,
) -> Result<At<'a, SubmitChanges>, WebError> {
    let group: GroupId = id.parse().map_err(|_| WebError::NotFound)?;
    let base = format!("/meine-gruppen/{group}/abgleich");
    Ok(At { permit: granted, state, visit, group, base, door: Place::Login })
}

async fn show(
    granted: Granted<SubmitChanges>,
    State(state): State<WebState>,
    visit: Visit,
    Path((id, step)): Path<(String, String)>,
) -> Result<Response, WebError> {
    at(&granted, &state, &visit, &id)?.show(&step).await
}

async fn take(
    granted: Granted<SubmitChanges>,
    State(state): State<WebState>,
    visit: Visit,
    Path((id, step)): Path<(String, String)>,
    posted: Posted,
) -> Result<Response, WebError> {
    at(&granted, &state, &visit, &id)?.take(&step, &posted).await
}
