//! Ending one's own logins, on this browser's list of them.

use access::actions::ManageOwnAccount;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Method};
use axum::response::Redirect;
use domain::SessionId;
use usecases::account::own;

use super::ACCOUNT;
use crate::{Granted, Routes, WebError, WebState, cookies};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .office::<ManageOwnAccount, _, _>(Method::POST, "/konto/anmeldungen/{id}/beenden", end)
        .office::<ManageOwnAccount, _, _>(Method::POST, "/konto/anmeldungen/beenden", end_others)
}

async fn end(
    granted: Granted<ManageOwnAccount>,
    State(state): State<WebState>,
    Path(id): Path<String>,
) -> Result<Redirect, WebError> {
    let id: SessionId = id.parse().map_err(|_| WebError::NotFound)?;
    own::end_login(&granted, &state.house, id).await?;
    Ok(Redirect::to(&format!("{ACCOUNT}?meldung=anmeldung-beendet")))
}

async fn end_others(
    granted: Granted<ManageOwnAccount>,
    State(state): State<WebState>,
    headers: HeaderMap,
) -> Result<Redirect, WebError> {
    let token = cookies::SESSION.read(&headers).unwrap_or_default();
    own::end_other_logins(&granted, &state.house, token).await?;
    Ok(Redirect::to(&format!("{ACCOUNT}?meldung=anmeldungen-beendet")))
}
