//! `/office/abgleich/{id}/briefe`: the letters of a campaign, as one PDF. Each time new links are made, so it is a form.

use access::actions::RunReconciliation;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, Method, header};
use axum::response::{IntoResponse, Response};
use domain::CampaignId;
use usecases::reconciliation::letters;

use crate::{Granted, Routes, WebError, WebState};

const PATH: &str = "/office/abgleich/{id}/briefe";

pub(super) fn routes() -> Routes {
    Routes::new().office::<RunReconciliation, _, _>(Method::POST, PATH, make)
}

async fn make(
    granted: Granted<RunReconciliation>,
    State(state): State<WebState>,
    Path(id): Path<String>,
) -> Result<Response, WebError> {
    let id: CampaignId = id.parse().map_err(|_| WebError::NotFound)?;
    let file = letters::letters(&granted, &state.house, id).await?;
    let mut response = file.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/pdf"));
    headers.insert(
        header::CONTENT_DISPOSITION,
        HeaderValue::from_static("attachment; filename=\"datenabgleich-briefe.pdf\""),
    );
    Ok(response)
}
