//! `/email/{token}`: an address agrees to its change, or the old one stops it. Looking at the page does neither.

use access::actions::ConfirmEmail;
use access::anonymous_permit;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::Method;
use axum::response::{IntoResponse, Redirect, Response};
use usecases::account::email::{self, Address, Agreed, Shown};

use super::done::DONE;
use super::{in_force, private};
use crate::page::{Page, html};
use crate::visit::SiteVisit;
use crate::{Routes, WebError, WebState};

const PATH: &str = "/email/{token}";
const STOP: &str = "/email/{token}/stoppen";

pub(crate) fn routes() -> Routes {
    Routes::new().site(Method::GET, PATH, show).site(Method::POST, PATH, agree).site(Method::POST, STOP, stop)
}

#[derive(Template)]
#[template(path = "entrance/email.html")]
struct EmailPage {
    page: Page,
    lead: String,
    /// Where the old address stops it.
    stop: Option<String>,
}

async fn show(
    State(state): State<WebState>,
    visit: SiteVisit,
    Path(token): Path<String>,
) -> Result<Response, WebError> {
    let permit = anonymous_permit::<ConfirmEmail>(visit.site.tenant);
    let Shown { at, email } = in_force(&state, &visit, email::shown(&permit, &state.house, &token).await).await?;
    let lang = visit.lang;
    let (key, stop) = match at {
        Address::New => ("email-lead-new", None),
        Address::Old => ("email-lead-old", Some(format!("/email/{token}/stoppen"))),
    };
    let mut page = visit.page(lang.t("email-title"));
    page.indexed = false;
    let page = EmailPage { page, lead: lang.t1(key, "email", email.as_str().to_owned()), stop };
    Ok(private(html(&page)?.into_response()))
}

async fn agree(
    State(state): State<WebState>,
    visit: SiteVisit,
    Path(token): Path<String>,
) -> Result<Redirect, WebError> {
    let permit = anonymous_permit::<ConfirmEmail>(visit.site.tenant);
    let said = match in_force(&state, &visit, email::agree(&permit, &state.house, &token).await).await? {
        Agreed::OneOfTwo => "email-eine",
        Agreed::Changed => "email-geaendert",
        Agreed::Taken => "email-vergeben",
    };
    Ok(Redirect::to(&format!("{DONE}?meldung={said}")))
}

async fn stop(
    State(state): State<WebState>,
    visit: SiteVisit,
    Path(token): Path<String>,
) -> Result<Redirect, WebError> {
    let permit = anonymous_permit::<ConfirmEmail>(visit.site.tenant);
    in_force(&state, &visit, email::stop(&permit, &state.house, &token).await).await?;
    Ok(Redirect::to(&format!("{DONE}?meldung=email-gestoppt")))
}
