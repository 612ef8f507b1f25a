//! `/zugang`: where a link in a mail leads after it did what it is for; the notice on top says what.

use askama::Template;
use axum::extract::Query;
use axum::http::Method;
use axum::response::{IntoResponse, Response};

use super::private;
use crate::page::{Flash, Page, html};
use crate::visit::SiteVisit;
use crate::{Routes, WebError};

pub(super) const DONE: &str = "/zugang";

pub(crate) fn routes() -> Routes {
    Routes::new().site(Method::GET, DONE, show)
}

#[derive(Template)]
#[template(path = "entrance/done.html")]
struct DonePage {
    page: Page,
}

async fn show(visit: SiteVisit, Query(Flash { meldung }): Query<Flash>) -> Result<Response, WebError> {
    let mut page = visit.page(visit.lang.t("invitation-title")).flash(meldung.as_deref());
    page.indexed = false;
    Ok(private(html(&DonePage { page })?.into_response()))
}
