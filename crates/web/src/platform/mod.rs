//! The pages of the base domain: what Ampelhaus is, and the way in for offices.

mod confirm_sign_up;
mod mails;
mod sign_up;

use askama::Template;
use axum::http::{Method, header};
use axum::response::{Html, IntoResponse, Response};

use crate::page::{NavLink, Page, html};
use crate::{Routes, Visit, WebError};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .platform(Method::GET, "/", home)
        .platform(Method::GET, "/robots.txt", robots)
        .merge(sign_up::routes())
        .merge(confirm_sign_up::routes())
        .merge(mails::routes())
}

/// A page that says one thing, with one way on.
#[derive(Template)]
#[template(path = "platform/done.html")]
struct Done {
    page: Page,
    text: String,
    /// A button that sends a form.
    action: Option<NavLink>,
    /// A link.
    link: Option<NavLink>,
}

fn answer(page: &Done) -> Result<Response, WebError> {
    Ok(html(page)?.into_response())
}

#[derive(Template)]
#[template(path = "platform/home.html")]
struct HomePage {
    page: Page,
}

async fn home(visit: Visit) -> Result<Html<String>, WebError> {
    let mut page = visit.page(visit.lang.t("platform-title"));
    visit.lang.t("platform-lead").clone_into(&mut page.description);
    html(&HomePage { page })
}

async fn robots() -> Response {
    ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], "User-agent: *\nAllow: /\n").into_response()
}
