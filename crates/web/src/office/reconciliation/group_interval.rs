//! `/office/gruppen/{id}/link/abstand`: how often one group is asked.

use access::Permit;
use access::actions::RunReconciliation;
use axum::extract::{Path, State};
use axum::http::Method;
use axum::response::{IntoResponse, Redirect, Response};
use domain::GroupId;
use usecases::reconciliation::interval::{self, OfGroup};
use usecases::{Error, Problem};

use crate::form::{FormField, FormPage, problem};
use crate::office::groups::group_path;
use crate::office::groups::posted::Posted;
use crate::visit::Visit;
use crate::{Granted, Routes, WebError, WebState};

const PATH: &str = "/office/gruppen/{id}/link/abstand";

pub(super) fn routes() -> Routes {
    Routes::new().office::<RunReconciliation, _, _>(Method::GET, PATH, ask).office::<RunReconciliation, _, _>(
        Method::POST,
        PATH,
        set,
    )
}

async fn form(
    permit: &Permit<RunReconciliation>,
    state: &WebState,
    visit: &Visit,
    id: GroupId,
    typed: Option<&str>,
    problems: &[Problem],
) -> Result<Response, WebError> {
    let lang = visit.lang;
    let OfGroup { name, own, office } = interval::of_group(permit, &state.house, id).await?;
    let kept = own.map(|own| own.months().to_string()).unwrap_or_default();
    let months = FormField::new("months", lang.t("interval-months-own"))
        .hint(lang.tn("interval-own-hint", usize::from(office.months())))
        .inputmode("numeric")
        .width("w-5")
        .value(typed.map_or(kept, str::to_owned))
        .error(problem(lang, problems, "months"))
        .optional();
    let page = visit.page(lang.t("interval-own-title")).office().back_to(group_path(id), name);
    FormPage::new(page, lang.t("interval-own-lead"), vec![months], lang.t("save")).answer()
}

async fn ask(
    granted: Granted<RunReconciliation>,
    State(state): State<WebState>,
    visit: Visit,
    Path(id): Path<String>,
) -> Result<Response, WebError> {
    form(&granted, &state, &visit, id.parse().map_err(|_| WebError::NotFound)?, None, &[]).await
}

async fn set(
    granted: Granted<RunReconciliation>,
    State(state): State<WebState>,
    visit: Visit,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, WebError> {
    let id: GroupId = id.parse().map_err(|_| WebError::NotFound)?;
    let typed = posted.get("months");
    match interval::set_for(&granted, &state.house, id, typed).await {
        Ok(()) => Ok(Redirect::to(&format!("{}?meldung=gespeichert", group_path(id))).into_response()),
        Err(Error::Invalid(problems)) => form(&granted, &state, &visit, id, Some(typed), &problems).await,
        Err(error) => Err(error.into()),
    }
}
