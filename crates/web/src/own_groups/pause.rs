//! `/meine-gruppen/{id}/pause`: a group admin pauses the own group, at once.

use access::actions::SubmitChanges;
use axum::extract::{Path, State};
use axum::http::Method;
use axum::response::{IntoResponse, Redirect, Response};
use domain::GroupId;
use usecases::Error;
use usecases::review::submit;

use crate::granted::OWN_GROUPS;
use crate::office::confirm::ConfirmPage;
use crate::office::groups::id;
use crate::visit::Visit;
use crate::{Granted, Routes, WebError, WebState};

const PATH: &str = "/meine-gruppen/{id}/pause";

pub(crate) fn routes() -> Routes {
    Routes::new().office::<SubmitChanges, _, _>(Method::GET, PATH, show).office::<SubmitChanges, _, _>(
        Method::POST,
        PATH,
        pause,
    )
}

async fn show(
    granted: Granted<SubmitChanges>,
    State(state): State<WebState>,
    visit: Visit,
    Path(group): Path<String>,
) -> Result<Response, WebError> {
    let lang = visit.lang;
    let group: GroupId = id(&group)?;
    let name = submit::group_name(&granted, &state.house, group).await?;
    let page = ConfirmPage {
        page: visit
            .page(lang.t1("own-pause-title", "group", name.clone()))
            .office()
            .back_to(format!("{OWN_GROUPS}/{group}"), name),
        effects: vec![lang.t("own-pause-effect").to_owned(), lang.t("own-pause-again").to_owned()],
        fields: Vec::new(),
        action: format!("{OWN_GROUPS}/{group}/pause"),
        button: lang.t("own-pause"),
        danger: true,
    };
    page.answer(&[])
}

async fn pause(
    granted: Granted<SubmitChanges>,
    State(state): State<WebState>,
    Path(group): Path<String>,
) -> Result<Response, WebError> {
    let group: GroupId = id(&group)?;
    match submit::pause(&granted, &state.house, group).await {
        Err(Error::Invalid(_)) => Err(WebError::Conflict),
        done => {
            done?;
            Ok(Redirect::to(&format!("{OWN_GROUPS}/{group}?meldung=pausiert")).into_response())
        }
    }
}
