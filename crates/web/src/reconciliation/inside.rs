//! The wizard behind the login: for a group admin below `/meine-gruppen/{id}/abgleich`, and for a colleague who talks with
//! the group on the phone below `/office/gruppen/{id}/abgleich`.

use access::Action;
use access::actions::{ReconcileByPhone, SubmitChanges};
use axum::extract::{Path, State};
use axum::http::Method;
use axum::response::Response;
use domain::GroupId;
use usecases::reconciliation::wizard::Door;

use super::steps::{At, Place};
use crate::office::groups::FORM_LIMIT;
use crate::office::groups::posted::Posted;
use crate::visit::Visit;
use crate::{Granted, Routes, WebError, WebState};

/// A door behind the login.
trait Inside: Door + Action {
    /// Where its steps are.
    const PATH: &'static str;
    const PLACE: Place;
}

impl Inside for SubmitChanges {
    const PATH: &'static str = "/meine-gruppen/{id}/abgleich/{step}";
    const PLACE: Place = Place::Login;
}

impl Inside for ReconcileByPhone {
    const PATH: &'static str = "/office/gruppen/{id}/abgleich/{step}";
    const PLACE: Place = Place::Phone;
}

pub(super) fn routes() -> Routes {
    Routes::new()
        .office::<SubmitChanges, _, _>(Method::GET, SubmitChanges::PATH, show::<SubmitChanges>)
        .office_upload::<SubmitChanges, _, _>(SubmitChanges::PATH, FORM_LIMIT, take::<SubmitChanges>)
        .office::<ReconcileByPhone, _, _>(Method::GET, ReconcileByPhone::PATH, show::<ReconcileByPhone>)
        .office_upload::<ReconcileByPhone, _, _>(ReconcileByPhone::PATH, FORM_LIMIT, take::<ReconcileByPhone>)
}

fn at<'a, A: Inside>(
    granted: &'a Granted<A>,
    state: &'a WebState,
    visit: &'a Visit,
    id: &str,
) -> Result<At<'a, A>, WebError> {
    let group: GroupId = id.parse().map_err(|_| WebError::NotFound)?;
    let base = A::PATH.trim_end_matches("/{step}").replace("{id}", &group.to_string());
    Ok(At { permit: granted, state, visit, group, base, door: A::PLACE })
}

async fn show<A: Inside>(
    granted: Granted<A>,
    State(state): State<WebState>,
    visit: Visit,
    Path((id, step)): Path<(String, String)>,
) -> Result<Response, WebError> {
    at(&granted, &state, &visit, &id)?.show(&step).await
}

async fn take<A: Inside>(
    granted: Granted<A>,
    State(state): State<WebState>,
    visit: Visit,
    Path((id, step)): Path<(String, String)>,
    posted: Posted,
) -> Result<Response, WebError> {
    at(&granted, &state, &visit, &id)?.take(&step, &posted).await
}
