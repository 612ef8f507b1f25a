//! `/office/abgleich/{id}`: how far a campaign is, group by group.

use access::Right;
use access::actions::ReadReconciliation;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::Method;
use axum::response::Html;
use domain::CampaignId;
use domain::reconciliation::Way;
use usecases::reconciliation::overview::{self, Progress};

use super::{RECONCILIATION, campaign_path, day};
use crate::office::groups::group_path;
use crate::page::{Flash, Page, html};
use crate::visit::Visit;
use crate::{Granted, Routes, WebError, WebState};

const PATH: &str = "/office/abgleich/{id}";

pub(super) fn routes() -> Routes {
    Routes::new().office::<ReadReconciliation, _, _>(Method::GET, PATH, show)
}

struct Row {
    href: String,
    name: String,
    state: String,
    since: String,
    way: &'static str,
    reminders: usize,
}

#[derive(Template)]
#[template(path = "office/reconciliation_progress.html")]
struct ProgressPage {
    page: Page,
    about: String,
    /// How many mails are out, of how many; as a bar too.
    sent: String,
    mails: usize,
    mails_sent: usize,
    counts: Vec<(usize, &'static str)>,
    rows: Vec<Row>,
    letters: usize,
    letters_at: String,
    here: String,
    may_run: bool,
}

async fn show(
    granted: Granted<ReadReconciliation>,
    State(state): State<WebState>,
    visit: Visit,
    Path(id): Path<String>,
    Query(Flash { meldung }): Query<Flash>,
) -> Result<Html<String>, WebError> {
    let lang = visit.lang;
    let id: CampaignId = id.parse().map_err(|_| WebError::NotFound)?;
    let progress = overview::progress(&granted, &state.house, id).await?;
    let counts =
        progress.counts().into_iter().map(|(shown, count)| (count, lang.choice("reconcile-state", shown.code())));
    let counts = counts.collect();
    let letters = progress.letters();
    let Progress { campaign, by, lines, mails_waiting } = progress;
    let mails = lines.iter().filter(|line| line.way == Way::Mail).count();
    let mails_sent = mails.saturating_sub(usize::try_from(mails_waiting).unwrap_or(usize::MAX));
    let rows = lines.into_iter().map(|line| Row {
        href: group_path(line.group),
        name: line.name,
        state: super::state(lang, line.shown, line.answered),
        since: day(lang, line.moved_at),
        way: lang.choice("reconcile-way", line.way.code()),
        reminders: usize::from(line.reminders),
    });
    let title = lang.t1("reconcile-campaign-title", "date", day(lang, campaign.made_at));
    let mut page =
        visit.page(title).office().back_to(RECONCILIATION, lang.t("reconcile-title")).flash(meldung.as_deref());
    page.wide = true;
    let by = by.unwrap_or_else(|| lang.t("requests-someone").to_owned());
    html(&ProgressPage {
        may_run: page.rights.contains(Right::Reconcile),
        page,
        about: lang.tx(
            "reconcile-campaign-about",
            [("by", by.into()), ("deadline", lang.date(campaign.plan.deadline).into())],
        ),
        sent: lang.tx("reconcile-mails-sent", [("sent", mails_sent.into()), ("count", mails.into())]),
        mails,
        mails_sent,
        counts,
        rows: rows.collect(),
        letters,
        letters_at: format!("{}/briefe", campaign_path(id)),
        here: campaign_path(id),
    })
}
