//! `/office/abgleich`: who is due, the longest silent first; the last campaigns.

use access::Right;
use access::actions::ReadReconciliation;
use askama::Template;
use axum::extract::{Query, State};
use axum::http::Method;
use axum::response::Html;
use domain::reconciliation::Dueness;
use serde::Deserialize;
use usecases::reconciliation::overview::{self, Line, Overview};
use usecases::reconciliation::silence::{SilenceLine, SilenceState};

use super::{RECONCILIATION, campaign_path, day};
use crate::office::groups::group_path;
use crate::office::groups::words::moment;
use crate::page::{NavLink, Page, Pages, html};
use crate::visit::Visit;
use crate::{Granted, Lang, Routes, WebError, WebState};

/// Groups on a page.
const PAGE: usize = 100;

pub(super) fn routes() -> Routes {
    Routes::new().office::<ReadReconciliation, _, _>(Method::GET, RECONCILIATION, show)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    meldung: Option<String>,
    zeigen: String,
    seite: usize,
}

struct Row {
    href: String,
    name: String,
    confirmed: String,
    due: String,
    due_code: &'static str,
    state: String,
    /// What was announced after a long silence; may be empty.
    silence: String,
    /// How often it is asked, if not like all others.
    interval: String,
    way: &'static str,
}

struct CampaignRow {
    href: String,
    text: String,
}

#[derive(Template)]
#[template(path = "office/reconciliation.html")]
struct ListPage {
    page: Page,
    counts: String,
    filters: Vec<NavLink>,
    rows: Vec<Row>,
    pages: Pages,
    campaigns: Vec<CampaignRow>,
    interval: String,
    /// Whether those are shown whom somebody has to call.
    stuck: bool,
    /// What happens to those who do not answer.
    silence: &'static str,
    may_run: bool,
    may_set: bool,
}

/// The filters, as they stand in the address.
const FILTERS: [&str; 5] = ["faellig", "angeschrieben", STUCK, SILENT, "alle"];

/// Those whom somebody has to call, or to write to again.
const STUCK: &str = "nachfassen";

/// Those to whom something was announced; offered where there are any.
const SILENT: &str = "schweigen";

fn passes(filter: &str, line: &Line) -> bool {
    match filter {
        "faellig" => line.dueness.is_due() && !line.asked,
        "angeschrieben" => line.asked,
        STUCK => line.is_stuck(),
        SILENT => line.silence.is_some(),
        _ => true,
    }
}

/// Since when a group is due, or from when on.
pub(super) fn due(lang: Lang, line: &Line) -> String {
    line.due_on.map_or_else(
        || lang.choice("reconcile-due", line.dueness.code()).to_owned(),
        |on| lang.t1(&format!("reconcile-due-{}-on", line.dueness.code()), "date", lang.date(on)),
    )
}

fn row(lang: Lang, line: &Line) -> Row {
    let state = match (line.round.zip(line.way), line.moved_at) {
        (Some((shown, way)), Some(at)) => lang.tx(
            "reconcile-state-since",
            [("state", super::state(lang, shown, way, line.answered).into()), ("date", day(lang, at).into())],
        ),
        _ => lang.t("reconcile-state-none").to_owned(),
    };
    Row {
        href: group_path(line.id),
        name: line.name.clone(),
        confirmed: line.confirmed_on.map_or_else(|| lang.t("reconcile-never").to_owned(), |day| lang.date(day)),
        due: due(lang, line),
        interval: line
            .months
            .map(|own| lang.tn("reconcile-own-interval", usize::from(own.months())))
            .unwrap_or_default(),
        due_code: line.dueness.code(),
        state,
        silence: line.silence.map(|silence| announced(lang, &silence)).unwrap_or_default(),
        way: super::campaign::reach(lang, line),
    }
}

/// What was announced, and what comes when.
fn announced(lang: Lang, SilenceLine { act, state, at }: &SilenceLine) -> String {
    let what = match (state, at) {
        (SilenceState::First | SilenceState::Second, None) => lang.choice("silence-queued", state.code()).to_owned(),
        (_, Some(at)) => lang.tx(&format!("silence-state-{}", state.code()), [("date", day(lang, *at).into())]),
        (_, None) => lang.t(&format!("silence-state-{}", state.code())).to_owned(),
    };
    format!("{what} ({})", lang.choice("silence-short", act.code()))
}

async fn show(
    granted: Granted<ReadReconciliation>,
    State(state): State<WebState>,
    visit: Visit,
    Query(asked): Query<Asked>,
) -> Result<Html<String>, WebError> {
    let lang = visit.lang;
    let Overview { lines, campaigns, sizes, intervals } = overview::overview(&granted, &state.house).await?;
    let count = |filter: &str| lines.iter().filter(|line| passes(filter, line)).count();
    let filter = FILTERS.into_iter().find(|known| *known == asked.zeigen).unwrap_or("faellig");
    let filters = FILTERS
        .into_iter()
        .filter(|known| !matches!(*known, SILENT | STUCK) || filter == *known || count(known) > 0)
        .map(|known| NavLink {
            current: known == filter,
            ..NavLink::new(
                format!("{RECONCILIATION}?zeigen={known}"),
                format!("{} ({})", lang.choice("reconcile-filter", known), count(known)),
            )
        })
        .collect();
    let overdue = lines.iter().filter(|line| line.dueness == Dueness::Overdue).count();
    let due = lines.iter().filter(|line| line.dueness.is_due()).count();
    let mut counts = lang.tn("reconcile-counts", due);
    if due > 0 {
        let asked = due.saturating_sub(count("faellig"));
        counts.push(' ');
        counts.push_str(&lang.tx("reconcile-counts-of", [("overdue", overdue.into()), ("asked", asked.into())]));
    }
    let wanted: Vec<&Line> = lines.iter().filter(|line| passes(filter, line)).collect();
    let pages = Pages::of(wanted.len(), PAGE, asked.seite.max(1), |number| {
        format!("{RECONCILIATION}?zeigen={filter}&seite={number}")
    });
    let rows = wanted[pages.range(wanted.len(), PAGE)].iter().map(|line| row(lang, line)).collect();
    let mut page = visit.page(lang.t("reconcile-title")).office().flash(asked.meldung.as_deref());
    page.wide = true;
    html(&ListPage {
        may_run: page.rights.contains(Right::Reconcile),
        may_set: page.rights.contains(Right::LightPolicy),
        page,
        counts,
        filters,
        rows,
        pages,
        campaigns: campaigns
            .iter()
            .map(|campaign| CampaignRow {
                href: campaign_path(campaign.id),
                text: lang.tx(
                    if campaign.ended_at.is_some() { "reconcile-campaign-ended" } else { "reconcile-campaign-of" },
                    [
                        ("date", moment(lang, campaign.made_at).into()),
                        ("count", sizes.get(&campaign.id).copied().unwrap_or_default().into()),
                        ("deadline", lang.date(campaign.plan.deadline).into()),
                    ],
                ),
            })
            .collect(),
        stuck: filter == STUCK,
        interval: lang.tn("reconcile-interval-now", usize::from(intervals.office.months())),
        silence: lang.choice("silence-rule", intervals.silence.map_or("nothing", |policy| policy.act.code())),
    })
}
