//! `/login/sso/{provider}/abgemeldet`: the login here is over; at the provider one may still be logged in.

use access::actions::LogIn;
use access::anonymous_permit;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::Method;
use axum::response::{IntoResponse, Response};
use usecases::sign_on::own;

use super::private;
use super::sign_on::provider_of;
use crate::page::{Page, html};
use crate::visit::SiteVisit;
use crate::{Routes, WebError, WebState};

pub(crate) fn routes() -> Routes {
    Routes::new().site(Method::GET, "/login/sso/{provider}/abgemeldet", show)
}

#[derive(Template)]
#[template(path = "entrance/signed_off.html")]
struct SignedOffPage {
    page: Page,
    name: String,
    /// Where one logs out there, too, if the provider offers it and can be reached.
    there: Option<String>,
}

async fn show(
    State(state): State<WebState>,
    visit: SiteVisit,
    Path(provider): Path<String>,
) -> Result<Response, WebError> {
    let permit = anonymous_permit::<LogIn>(visit.site.tenant);
    let (name, there) = own::log_out_there(&permit, &state.house, provider_of(&provider)?).await?;
    let mut page = visit.page(visit.lang.t("sign-on-off-title"));
    page.indexed = false;
    Ok(private(html(&SignedOffPage { page, name, there })?.into_response()))
}
