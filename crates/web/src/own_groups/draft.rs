//! `POST /meine-gruppen/{id}/entwurf/{section}`: a form keeps itself while it is filled in; nothing of it is submitted.

use access::actions::SubmitChanges;
use axum::extract::{Path, State};
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use usecases::Error;
use usecases::groups::edit::section_code;
use usecases::review::draft;

use super::edit::{place, read};
use crate::granted::OWN_GROUPS;
use crate::office::groups::FORM_LIMIT;
use crate::office::groups::posted::Posted;
use crate::{Granted, Routes, WebError, WebState};

const PATH: &str = "/meine-gruppen/{id}/entwurf/{section}";

pub(crate) fn routes() -> Routes {
    Routes::new().office_upload::<SubmitChanges, _, _>(PATH, FORM_LIMIT, keep).office::<SubmitChanges, _, _>(
        Method::POST,
        "/meine-gruppen/{id}/entwurf/{section}/verwerfen",
        discard,
    )
}

/// By the script, which says so, or by the button.
async fn keep(
    granted: Granted<SubmitChanges>,
    State(state): State<WebState>,
    Path((id, section)): Path<(String, String)>,
    sent: Posted,
) -> Result<Response, WebError> {
    let (id, section) = place(&id, &section)?;
    let quietly = sent.get("still") == "ja";
    let typed: Vec<_> = sent.pairs().iter().filter(|(name, _)| name != "still").cloned().collect();
    let kept = draft::keep(&granted, &state.house, id, section_code(section), read(sent.get("waiting"))?, &typed).await;
    match kept {
        Ok(()) if quietly => Ok(StatusCode::NO_CONTENT.into_response()),
        Ok(()) => Ok(Redirect::to(&format!("{OWN_GROUPS}/{id}?meldung=entwurf")).into_response()),
        Err(Error::Conflict | Error::Invalid(_)) if quietly => Ok(StatusCode::CONFLICT.into_response()),
        Err(Error::Conflict | Error::Invalid(_)) => {
            Ok(Redirect::to(&format!("{OWN_GROUPS}/{id}?meldung=kein-entwurf")).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

async fn discard(
    granted: Granted<SubmitChanges>,
    State(state): State<WebState>,
    Path((id, section)): Path<(String, String)>,
) -> Result<Redirect, WebError> {
    let (id, section) = place(&id, &section)?;
    draft::discard(&granted, &state.house, id, section_code(section)).await?;
    Ok(Redirect::to(&format!("{OWN_GROUPS}/{id}/bearbeiten/{}?meldung=entwurf-verworfen", section_code(section))))
}
