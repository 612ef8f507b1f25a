//! `/meine-gruppen/{id}/personen/{person}/widerruf/{item}`: a contact person's consent is withdrawn, at once.

use access::actions::SubmitChanges;
use axum::extract::{Path, State};
use axum::http::Method;
use axum::response::{IntoResponse, Redirect, Response};
use domain::GroupId;
use usecases::consents::record;

use crate::granted::OWN_GROUPS;
use crate::office::confirm::ConfirmPage;
use crate::office::groups::id;
use crate::office::groups::words::label;
use crate::visit::Visit;
use crate::{Granted, Routes, WebError, WebState};

const PATH: &str = "/meine-gruppen/{id}/personen/{person}/widerruf/{item}";

pub(crate) fn routes() -> Routes {
    Routes::new().office::<SubmitChanges, _, _>(Method::GET, PATH, show).office::<SubmitChanges, _, _>(
        Method::POST,
        PATH,
        withdraw,
    )
}

async fn show(
    granted: Granted<SubmitChanges>,
    State(state): State<WebState>,
    visit: Visit,
    Path((group, person, item)): Path<(String, String, String)>,
) -> Result<Response, WebError> {
    let lang = visit.lang;
    let group: GroupId = id(&group)?;
    let (field, catalogue) = record::own_item(&granted, &state.house, group, id(&person)?, id(&item)?).await?;
    let back = format!("{OWN_GROUPS}/{group}");
    let page = ConfirmPage {
        page: visit.page(lang.t("own-withdraw-title")).office().back_to(back, lang.t("own-consent-back")),
        effects: vec![
            lang.t1("own-withdraw-effect", "field", label(lang, &catalogue, field)),
            lang.t("own-withdraw-again").to_owned(),
        ],
        fields: Vec::new(),
        action: format!("{OWN_GROUPS}/{group}/personen/{person}/widerruf/{item}"),
        button: lang.t("own-consent-withdraw"),
        danger: true,
    };
    page.answer(&[])
}

async fn withdraw(
    granted: Granted<SubmitChanges>,
    State(state): State<WebState>,
    Path((group, person, item)): Path<(String, String, String)>,
) -> Result<Response, WebError> {
    let group: GroupId = id(&group)?;
    record::withdraw_own(&granted, &state.house, group, id(&person)?, id(&item)?).await?;
    Ok(Redirect::to(&format!("{OWN_GROUPS}/{group}?meldung=einwilligung-widerrufen")).into_response())
}
