//! The list, or what it is good for while there is none.

use access::actions::ReadSignOn;
use askama::Template;
use axum::extract::{Query, State};
use axum::http::Method;
use axum::response::Html;
use usecases::sign_on::providers;

use super::SIGN_ON;
use crate::page::{Flash, Page, html};
use crate::visit::Visit;
use crate::{Granted, Routes, WebError, WebState};

pub(super) fn routes() -> Routes {
    Routes::new().office::<ReadSignOn, _, _>(Method::GET, SIGN_ON, show)
}

#[derive(Template)]
#[template(path = "office/sign_on.html")]
struct ListPage {
    page: Page,
    providers: Vec<Line>,
    more: bool,
}

struct Line {
    href: String,
    name: String,
    issuer: String,
    people: String,
}

async fn show(
    granted: Granted<ReadSignOn>,
    State(state): State<WebState>,
    visit: Visit,
    Query(Flash { meldung }): Query<Flash>,
) -> Result<Html<String>, WebError> {
    let lang = visit.lang;
    let providers = providers::providers(&granted, &state.house).await?;
    let more = providers.len() < providers::MOST_PROVIDERS;
    let lines = providers.into_iter().map(|line| Line {
        href: format!("{SIGN_ON}/{}", line.id),
        name: line.name,
        issuer: line.issuer,
        people: lang.tn("sign-on-people", line.people),
    });
    let page = visit.page(lang.t("sign-on-title")).office().flash(meldung.as_deref());
    let page = page.back_to("/office/einstellungen", lang.t("settings-title"));
    html(&ListPage { page, providers: lines.collect(), more })
}
