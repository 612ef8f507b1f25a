//! `/konto/faktor-verlust/stoppen`: whoever is here stops that their own second factor is taken away as lost.

use access::actions::ManageOwnAccount;
use axum::extract::State;
use axum::http::Method;
use axum::response::Redirect;
use usecases::people::lost_factor;

use super::ACCOUNT;
use crate::{Granted, Routes, WebError, WebState};

pub(crate) fn routes() -> Routes {
    Routes::new().office::<ManageOwnAccount, _, _>(Method::POST, "/konto/faktor-verlust/stoppen", stop)
}

async fn stop(granted: Granted<ManageOwnAccount>, State(state): State<WebState>) -> Result<Redirect, WebError> {
    lost_factor::stop_own(&granted, &state.house).await?;
    Ok(Redirect::to(&format!("{ACCOUNT}?meldung=faktor-bleibt")))
}
