//! `POST /office/gruppen/{id}/angaben/{item}/kopiert`: an item was copied; a script says so before it copies.

use access::actions::CopyItem;
use axum::extract::{Path, State};
use axum::http::{Method, StatusCode};
use usecases::disclosures::copy::copied;

use crate::{Granted, Routes, WebError, WebState};

pub(super) fn routes() -> Routes {
    Routes::new().office::<CopyItem, _, _>(Method::POST, "/office/gruppen/{id}/angaben/{item}/kopiert", say)
}

async fn say(
    granted: Granted<CopyItem>,
    State(state): State<WebState>,
    Path((id, item)): Path<(String, String)>,
) -> Result<StatusCode, WebError> {
    copied(&granted, &state.house, super::id(&id)?, super::id(&item)?).await?;
    Ok(StatusCode::NO_CONTENT)
}
