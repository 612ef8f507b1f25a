//! `/konto/notfallcodes`: ten new recovery codes; the old ones count no more.

use access::actions::ChangeCredentials;
use axum::extract::State;
use axum::http::Method;
use axum::response::{IntoResponse, Response};
use usecases::account::own;

use super::ACCOUNT;
use crate::entrance::CodesPage;
use crate::office::confirm::ConfirmPage;
use crate::page::html;
use crate::visit::Visit;
use crate::{Granted, Routes, WebError, WebState};

const PATH: &str = "/konto/notfallcodes";

pub(crate) fn routes() -> Routes {
    Routes::new().office::<ChangeCredentials, _, _>(Method::GET, PATH, ask).office::<ChangeCredentials, _, _>(
        Method::POST,
        PATH,
        renew,
    )
}

async fn ask(_granted: Granted<ChangeCredentials>, visit: Visit) -> Result<Response, WebError> {
    let lang = visit.lang;
    let page = ConfirmPage {
        page: visit.page(lang.t("account-codes-renew")).office().back_to(ACCOUNT, lang.t("account-title")),
        effects: vec![lang.t("account-codes-effect-new").to_owned(), lang.t("account-codes-effect-old").to_owned()],
        action: PATH.to_owned(),
        button: lang.t("account-codes-renew"),
        danger: false,
        fields: Vec::new(),
    };
    Ok(html(&page)?.into_response())
}

async fn renew(
    granted: Granted<ChangeCredentials>,
    State(state): State<WebState>,
    visit: Visit,
) -> Result<Response, WebError> {
    let codes = own::renew_recovery_codes(&granted, &state.house).await?;
    let page = CodesPage::new(visit.page(visit.lang.t("codes-title")).office(), &visit, codes, ACCOUNT);
    Ok(html(&page)?.into_response())
}
