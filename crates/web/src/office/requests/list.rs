//! `/office/pruefung`: what waits to be decided, oldest first.

use access::actions::ReadRequests;
use askama::Template;
use axum::extract::{Query, State};
use axum::http::Method;
use axum::response::Html;
use usecases::review::queue;
use usecases::suggestions::decide;

use super::REQUESTS;
use crate::office::groups::words::moment;
use crate::office::suggestions;
use crate::page::{Flash, Page, html};
use crate::visit::Visit;
use crate::{Granted, Routes, WebError, WebState};

pub(crate) fn routes() -> Routes {
    Routes::new().office::<ReadRequests, _, _>(Method::GET, REQUESTS, show)
}

struct Line {
    href: String,
    name: String,
    by: String,
    since: String,
    changes: String,
}

#[derive(Template)]
#[template(path = "office/requests.html")]
struct RequestsPage {
    page: Page,
    lines: Vec<Line>,
    /// Groups that somebody outside suggested.
    suggested: Vec<suggestions::Line>,
}

async fn show(
    granted: Granted<ReadRequests>,
    State(state): State<WebState>,
    visit: Visit,
    Query(Flash { meldung }): Query<Flash>,
) -> Result<Html<String>, WebError> {
    let lang = visit.lang;
    let lines = queue::queue(&granted, &state.house).await?.into_iter().map(|line| Line {
        href: format!("{REQUESTS}/{}", line.id),
        name: line.name,
        by: line
            .by
            .unwrap_or_else(|| lang.t(if line.by_link { "requests-by-link" } else { "requests-someone" }).to_owned()),
        since: moment(lang, line.made_at),
        changes: lang.tn("requests-changes", line.changes),
    });
    let suggested = decide::waiting(&granted, &state.house).await?;
    let suggested = suggested.iter().map(|one| suggestions::Line::of(&visit, one)).collect();
    let mut page = visit.page(lang.t("requests-title")).office().flash(meldung.as_deref());
    page.wide = true;
    html(&RequestsPage { page, lines: lines.collect(), suggested })
}
