//! `/office/import/{id}/uebernehmen`: the import itself, with the last choices of the preview.

use access::actions::ImportGroups;
use axum::extract::{Path, State};
use axum::http::Method;
use axum::response::Redirect;
use axum_extra::extract::Form;
use usecases::Error;
use usecases::import::{self, Outcome};

use super::preview::Chosen;
use super::{address, id};
use crate::{Granted, Routes, WebError, WebState};

pub(super) fn routes() -> Routes {
    Routes::new().office::<ImportGroups, _, _>(Method::POST, "/office/import/{id}/uebernehmen", take_over)
}

async fn take_over(
    granted: Granted<ImportGroups>,
    State(state): State<WebState>,
    Path(path): Path<String>,
    Form(chosen): Form<Chosen>,
) -> Result<Redirect, WebError> {
    let id = id(&path)?;
    match import::choose(&granted, &state.house, id, &chosen.rows()).await {
        // A second click: the first one did it, or is about to.
        Ok(()) | Err(Error::Conflict) => {}
        Err(error) => return Err(error.into()),
    }
    match import::bring_in(&granted, &state.house, id, &|_, _| {}).await? {
        Outcome::Done(_) => Ok(Redirect::to(&format!("{}?meldung=import-fertig", address(id, "bericht")))),
        Outcome::Before => Ok(Redirect::to(&address(id, "bericht"))),
    }
}
