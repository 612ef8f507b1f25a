//! `POST /office/gruppen/{id}/zuerst-fragen`: whether the group is asked before anything of it is passed on.

use access::actions::SetAskFirst;
use axum::extract::{Path, State};
use axum::http::Method;
use axum::response::Response;
use usecases::disclosures::ask_first::{self, Wanted};

use super::posted::Posted;
use super::to_group;
use crate::{Granted, Routes, WebError, WebState};

pub(super) fn routes() -> Routes {
    Routes::new().office::<SetAskFirst, _, _>(Method::POST, "/office/gruppen/{id}/zuerst-fragen", save)
}

/// What a form says: `ja` or `nein`.
pub(crate) fn wanted(posted: &Posted) -> Result<Wanted, WebError> {
    match posted.get("fragen") {
        "ja" => Ok(Wanted::Yes),
        "nein" => Ok(Wanted::No),
        _ => Err(WebError::BadRequest("error-form")),
    }
}

async fn save(
    granted: Granted<SetAskFirst>,
    State(state): State<WebState>,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, WebError> {
    let id = super::id(&id)?;
    ask_first::set(&granted, &state.house, id, wanted(&posted)?).await?;
    Ok(to_group(id, "zuerst-fragen"))
}
