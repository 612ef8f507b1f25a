//! `…/{provider}/entfernen`: what removing a provider takes away, in numbers; then it is gone.

use access::actions::DecideSignOn;
use axum::extract::{Path, State};
use axum::http::Method;
use axum::response::{IntoResponse, Redirect, Response};
use domain::ProviderId;
use usecases::sign_on::providers::{self, Removal};
use usecases::{Error, Problem};

use super::{SIGN_ON, provider_of};
use crate::office::confirm::ConfirmPage;
use crate::visit::Visit;
use crate::{Granted, Routes, WebError, WebState};

const REMOVE: &str = "/office/einstellungen/anmeldung/{provider}/entfernen";

pub(super) fn routes() -> Routes {
    Routes::new().office::<DecideSignOn, _, _>(Method::GET, REMOVE, ask).office::<DecideSignOn, _, _>(
        Method::POST,
        REMOVE,
        remove,
    )
}

async fn page(
    granted: &Granted<DecideSignOn>,
    state: &WebState,
    visit: &Visit,
    id: ProviderId,
    problems: &[Problem],
) -> Result<Response, WebError> {
    let lang = visit.lang;
    let Removal { name, people, stranded, logins } = providers::ask_removal(granted, &state.house, id).await?;
    let page = ConfirmPage {
        page: visit
            .page(lang.t1("sign-on-remove-title", "name", name.clone()))
            .office()
            .back_to(format!("{SIGN_ON}/{id}"), name),
        effects: vec![
            lang.tn("sign-on-remove-people", people),
            lang.tn("sign-on-remove-stranded", stranded),
            lang.tn("sign-on-remove-logins", logins),
            lang.t("sign-on-remove-kept").to_owned(),
        ],
        action: format!("{SIGN_ON}/{id}/entfernen"),
        button: lang.t("sign-on-remove"),
        danger: true,
        fields: Vec::new(),
    };
    page.answer(problems)
}

async fn ask(
    granted: Granted<DecideSignOn>,
    State(state): State<WebState>,
    visit: Visit,
    Path(provider): Path<String>,
) -> Result<Response, WebError> {
    page(&granted, &state, &visit, provider_of(&provider)?, &[]).await
}

async fn remove(
    granted: Granted<DecideSignOn>,
    State(state): State<WebState>,
    visit: Visit,
    Path(provider): Path<String>,
) -> Result<Response, WebError> {
    let id = provider_of(&provider)?;
    match providers::remove(&granted, &state.house, id).await {
        Ok(()) => Ok(Redirect::to(&format!("{SIGN_ON}?meldung=anbieter-entfernt")).into_response()),
        Err(Error::Invalid(problems)) => page(&granted, &state, &visit, id, &problems).await,
        Err(error) => Err(error.into()),
    }
}
