//! `/office/abgleich/abstand`: how often groups are asked.

use access::actions::SetInterval;
use axum::extract::State;
use axum::http::Method;
use axum::response::{IntoResponse, Redirect, Response};
use usecases::reconciliation::interval;
use usecases::{Error, Problem};

use super::RECONCILIATION;
use crate::form::{FormField, FormPage, problem};
use crate::office::groups::posted::Posted;
use crate::visit::Visit;
use crate::{Granted, Routes, WebError, WebState};

const PATH: &str = "/office/abgleich/abstand";

pub(super) fn routes() -> Routes {
    Routes::new().office::<SetInterval, _, _>(Method::GET, PATH, ask).office::<SetInterval, _, _>(
        Method::POST,
        PATH,
        set,
    )
}

fn page(visit: &Visit, months: &str, problems: &[Problem]) -> Result<Response, WebError> {
    let lang = visit.lang;
    let page = visit.page(lang.t("interval-title")).office().back_to(RECONCILIATION, lang.t("reconcile-title"));
    let field = FormField::new("months", lang.t("interval-months"))
        .hint(lang.t("interval-hint"))
        .inputmode("numeric")
        .width("w-5")
        .value(months)
        .error(problem(lang, problems, "months"));
    FormPage::new(page, lang.t("interval-lead"), vec![field], lang.t("save")).answer()
}

async fn ask(granted: Granted<SetInterval>, State(state): State<WebState>, visit: Visit) -> Result<Response, WebError> {
    let shown = interval::shown(&granted, &state.house).await?;
    page(&visit, &shown.office.months().to_string(), &[])
}

async fn set(
    granted: Granted<SetInterval>,
    State(state): State<WebState>,
    visit: Visit,
    posted: Posted,
) -> Result<Response, WebError> {
    let months = posted.get("months");
    match interval::set(&granted, &state.house, months).await {
        Ok(()) => Ok(Redirect::to(&format!("{RECONCILIATION}?meldung=gespeichert")).into_response()),
        Err(Error::Invalid(problems)) => page(&visit, months, &problems),
        Err(error) => Err(error.into()),
    }
}
