//! `/office/unterstuetzung`: who may look in now, and who could before.

use access::actions::ReadSupport;
use askama::Template;
use axum::extract::{Query, State};
use axum::http::Method;
use axum::response::Html;
use usecases::support::grant::{self, Line};

use super::SUPPORT;
use crate::office::groups::words::moment;
use crate::page::{Flash, Page, html};
use crate::visit::Visit;
use crate::{Granted, Lang, Routes, WebError, WebState};

pub(crate) fn routes() -> Routes {
    Routes::new().office::<ReadSupport, _, _>(Method::GET, SUPPORT, show)
}

#[derive(Template)]
#[template(path = "office/support.html")]
struct SupportPage {
    page: Page,
    now: Vec<GrantLine>,
    before: Vec<GrantLine>,
}

struct GrantLine {
    name: String,
    reason: String,
    rights: Vec<&'static str>,
    since: String,
    until: String,
    granted_by: String,
    end: String,
    renew: String,
}

impl GrantLine {
    fn of(lang: Lang, Line { grant, granted_by, .. }: &Line) -> Self {
        Self {
            name: grant.name.clone(),
            reason: grant.reason.clone(),
            rights: grant.rights.iter().map(|right| lang.choice("right", right.code())).collect(),
            since: moment(lang, grant.granted_at),
            until: moment(lang, grant.ended_at.unwrap_or(grant.until)),
            granted_by: granted_by.clone(),
            end: format!("{SUPPORT}/{}/beenden", grant.account),
            renew: format!("{SUPPORT}/{}/verlaengern", grant.account),
        }
    }
}

async fn show(
    granted: Granted<ReadSupport>,
    State(state): State<WebState>,
    visit: Visit,
    Query(Flash { meldung }): Query<Flash>,
) -> Result<Html<String>, WebError> {
    let lang = visit.lang;
    let grants = grant::grants(&granted, &state.house).await?;
    let (now, before): (Vec<Line>, Vec<Line>) = grants.into_iter().partition(|line| line.in_force);
    let lines = |lines: Vec<Line>| lines.iter().map(|line| GrantLine::of(lang, line)).collect();
    let page = visit.page(lang.t("support-title")).office().back_to("/office/einstellungen", lang.t("settings-title"));
    html(&SupportPage { page: page.flash(meldung.as_deref()), now: lines(now), before: lines(before) })
}
