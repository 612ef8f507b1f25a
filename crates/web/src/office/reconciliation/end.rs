//! `/office/abgleich/{id}/beenden`: a campaign is ended before its time; asked first.

use access::actions::RunReconciliation;
use axum::extract::{Path, State};
use axum::http::Method;
use axum::response::{Redirect, Response};
use domain::CampaignId;
use usecases::reconciliation::campaign::{self, Ending};

use super::campaign_path;
use crate::office::confirm::ConfirmPage;
use crate::visit::Visit;
use crate::{Granted, Routes, WebError, WebState};

const PATH: &str = "/office/abgleich/{id}/beenden";

pub(super) fn routes() -> Routes {
    Routes::new().office::<RunReconciliation, _, _>(Method::GET, PATH, ask).office::<RunReconciliation, _, _>(
        Method::POST,
        PATH,
        end,
    )
}

async fn ask(
    granted: Granted<RunReconciliation>,
    State(state): State<WebState>,
    visit: Visit,
    Path(id): Path<String>,
) -> Result<Response, WebError> {
    let lang = visit.lang;
    let id: CampaignId = id.parse().map_err(|_| WebError::NotFound)?;
    let Ending { silent, mails } = campaign::ending(&granted, &state.house, id).await?;
    let mut effects = vec![lang.tn("campaign-end-silent", silent)];
    if mails > 0 {
        effects.push(lang.tn("campaign-end-mails", usize::try_from(mails).unwrap_or(usize::MAX)));
    }
    effects.extend(["campaign-end-letters", "campaign-end-links"].map(|key| lang.t(key).to_owned()));
    ConfirmPage {
        page: visit.page(lang.t("campaign-end-title")).office().back_to(campaign_path(id), lang.t("campaign-end-back")),
        effects,
        fields: Vec::new(),
        action: format!("{}/beenden", campaign_path(id)),
        button: lang.t("campaign-end"),
        danger: true,
    }
    .answer(&[])
}

async fn end(
    granted: Granted<RunReconciliation>,
    State(state): State<WebState>,
    Path(id): Path<String>,
) -> Result<Redirect, WebError> {
    let id: CampaignId = id.parse().map_err(|_| WebError::NotFound)?;
    campaign::end(&granted, &state.house, id).await?;
    Ok(Redirect::to(&format!("{}?meldung=aussendung-beendet", campaign_path(id))))
}
