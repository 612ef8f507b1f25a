//! `/office/gruppen/{id}/abgleich/{step}`: the wizard for a colleague who talks with the group on the phone.

use access::actions::ReconcileByPhone;
use axum::extract::{Path, State};
use axum::http::Method;
use axum::response::Response;
use domain::GroupId;

use super::steps::{At, Place};
use crate::office::groups::FORM_LIMIT;
use crate::office::groups::posted::Posted;
use crate::visit::Visit;
use crate::{Granted, Routes, WebError, WebState};

const PATH: &str = "/office/gruppen/{id}/abgleich/{step}";

pub(super) fn routes() -> Routes {
    Routes::new()
        .office::<ReconcileByPhone, _, _>(Method::GET, PATH, show)
        .office_upload::<ReconcileByPhone, _, _>(PATH, FORM_LIMIT, take)
}

fn at<'a>(
    granted: &'a Granted<ReconcileByPhone>,
    state: &'a WebState,
    visit: &'a Visit,
    id: &str,
) -> Result<At<'a, ReconcileByPhone>, WebError> {
    let group: GroupId = id.parse().map_err(|_| WebError::NotFound)?;
    let base = format!("/office/gruppen/{group}/abgleich");
    Ok(At { permit: granted, state, visit, group, base, door: Place::Phone })
}

async fn show(
    granted: Granted<ReconcileByPhone>,
    State(state): State<WebState>,
    visit: Visit,
    Path((id, step)): Path<(String, String)>,
) -> Result<Response, WebError> {
    at(&granted, &state, &visit, &id)?.show(&step).await
}

async fn take(
    granted: Granted<ReconcileByPhone>,
    State(state): State<WebState>,
    visit: Visit,
    Path((id, step)): Path<(String, String)>,
    posted: Posted,
) -> Result<Response, WebError> {
    at(&granted, &state, &visit, &id)?.take(&step, &posted).await
}
