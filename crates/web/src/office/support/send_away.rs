//! `/office/unterstuetzung/{id}/beenden`: one click, from any page, and support is out.

use access::actions::EndSupport;
use axum::extract::{Path, State};
use axum::http::Method;
use axum::response::Redirect;
use domain::UserId;
use usecases::support::grant;

use super::SUPPORT;
use crate::{Granted, Routes, WebError, WebState};

pub(crate) fn routes() -> Routes {
    Routes::new().office::<EndSupport, _, _>(Method::POST, "/office/unterstuetzung/{id}/beenden", end)
}

async fn end(
    granted: Granted<EndSupport>,
    State(state): State<WebState>,
    Path(id): Path<String>,
) -> Result<Redirect, WebError> {
    let account: UserId = id.parse().map_err(|_| WebError::NotFound)?;
    grant::end(&granted, &state.house, account).await?;
    Ok(Redirect::to(&format!("{SUPPORT}?meldung=einblick-beendet")))
}
