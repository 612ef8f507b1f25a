//! `/meine-gruppen`: the groups one is admin of.

use access::actions::ReadOwnGroup;
use askama::Template;
use axum::extract::State;
use axum::http::Method;
use axum::response::{Html, IntoResponse, Redirect, Response};
use domain::Light;
use usecases::own_groups;

use crate::granted::OWN_GROUPS;
use crate::page::{Page, html};
use crate::visit::Visit;
use crate::{Granted, Routes, WebError, WebState};

pub(crate) fn routes() -> Routes {
    Routes::new().office::<ReadOwnGroup, _, _>(Method::GET, OWN_GROUPS, show)
}

#[derive(Template)]
#[template(path = "own_groups/list.html")]
struct ListPage {
    page: Page,
    groups: Vec<Line>,
}

struct Line {
    href: String,
    name: String,
    status: &'static str,
    status_code: &'static str,
    lights: Vec<(Light, usize)>,
}

async fn show(
    granted: Granted<ReadOwnGroup>,
    State(state): State<WebState>,
    visit: Visit,
) -> Result<Response, WebError> {
    let lang = visit.lang;
    let groups = own_groups::groups(&granted, &state.house).await?;
    if let [only] = groups.as_slice() {
        return Ok(Redirect::to(&format!("{OWN_GROUPS}/{}", only.id)).into_response());
    }
    let groups = groups.into_iter().map(|group| Line {
        href: format!("{OWN_GROUPS}/{}", group.id),
        name: group.name,
        status: lang.choice("status", group.status.code()),
        status_code: group.status.code(),
        lights: Light::ALL.into_iter().zip(group.lights).collect(),
    });
    let page: Html<String> =
        html(&ListPage { page: visit.page(lang.t("own-groups-title")).office(), groups: groups.collect() })?;
    Ok(page.into_response())
}
