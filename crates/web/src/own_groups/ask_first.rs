//! `POST /meine-gruppen/{id}/zuerst-fragen`: a group admin decides whether the office asks before it passes anything on.

use access::actions::DecideAskFirst;
use axum::extract::{Path, State};
use axum::http::Method;
use axum::response::Redirect;
use domain::GroupId;
use usecases::disclosures::ask_first;

use crate::granted::OWN_GROUPS;
use crate::office::groups::posted::Posted;
use crate::office::groups::wanted;
use crate::{Granted, Routes, WebError, WebState};

pub(crate) fn routes() -> Routes {
    Routes::new().office::<DecideAskFirst, _, _>(Method::POST, "/meine-gruppen/{id}/zuerst-fragen", save)
}

async fn save(
    granted: Granted<DecideAskFirst>,
    State(state): State<WebState>,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Redirect, WebError> {
    let id: GroupId = id.parse().map_err(|_| WebError::NotFound)?;
    ask_first::decide(&granted, &state.house, id, wanted(&posted)?).await?;
    Ok(Redirect::to(&format!("{OWN_GROUPS}/{id}?meldung=zuerst-fragen")))
}
