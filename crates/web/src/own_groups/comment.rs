//! `POST /meine-gruppen/{id}/nachricht`: a group admin answers what the office asked about changes that wait.

use access::actions::SubmitChanges;
use axum::extract::{Path, State};
use axum::http::Method;
use axum::response::Redirect;
use domain::GroupId;
use usecases::Error;
use usecases::review::comments;

use crate::granted::OWN_GROUPS;
use crate::office::groups::posted::Posted;
use crate::{Granted, Routes, WebError, WebState};

pub(crate) fn routes() -> Routes {
    Routes::new().office::<SubmitChanges, _, _>(Method::POST, "/meine-gruppen/{id}/nachricht", send)
}

async fn send(
    granted: Granted<SubmitChanges>,
    State(state): State<WebState>,
    Path(id): Path<String>,
    sent: Posted,
) -> Result<Redirect, WebError> {
    let id: GroupId = id.parse().map_err(|_| WebError::NotFound)?;
    let said = match comments::answer(&granted, &state.house, id, sent.get("comment")).await {
        Ok(()) => "geantwortet",
        // Empty, much too long, or decided meanwhile: nothing was kept, and the page says so.
        Err(Error::Invalid(_)) => "nicht-geantwortet",
        Err(Error::Conflict) => "schon-entschieden",
        Err(error) => return Err(error.into()),
    };
    Ok(Redirect::to(&format!("{OWN_GROUPS}/{id}?meldung={said}")))
}
