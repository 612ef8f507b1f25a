//! `/faktor-verlust/{token}`: stops that a second factor is taken away as lost. Looking at the page stops nothing.

use access::actions::StopRecovery;
use access::anonymous_permit;
use axum::extract::{Path, State};
use axum::http::Method;
use axum::response::{Redirect, Response};
use usecases::people::lost_factor::{self, Loss};

use super::done::DONE;
use super::{in_force, private};
use crate::form::FormPage;
use crate::office::groups::words::moment;
use crate::visit::SiteVisit;
use crate::{Routes, WebError, WebState};

const PATH: &str = "/faktor-verlust/{token}";

pub(crate) fn routes() -> Routes {
    Routes::new().site(Method::GET, PATH, show).site(Method::POST, PATH, stop)
}

async fn show(
    State(state): State<WebState>,
    visit: SiteVisit,
    Path(token): Path<String>,
) -> Result<Response, WebError> {
    let permit = anonymous_permit::<StopRecovery>(visit.site.tenant);
    let Loss { name, due_at, .. } =
        in_force(&state, &visit, lost_factor::shown(&permit, &state.house, &token).await).await?;
    let lang = visit.lang;
    let lead = lang.tx("keep-factor-lead", [("name", name.into()), ("at", moment(lang, due_at).into())]);
    let mut page = visit.page(lang.t("keep-factor-title"));
    page.indexed = false;
    FormPage::button(page, lead, lang.t("keep-factor-stop")).answer().map(private)
}

async fn stop(
    State(state): State<WebState>,
    visit: SiteVisit,
    Path(token): Path<String>,
) -> Result<Redirect, WebError> {
    let permit = anonymous_permit::<StopRecovery>(visit.site.tenant);
    in_force(&state, &visit, lost_factor::stop_by_link(&permit, &state.house, &token).await).await?;
    Ok(Redirect::to(&format!("{DONE}?meldung=faktor-bleibt")))
}
