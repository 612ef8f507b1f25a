//! `/office/abgleich/{id}`: how far a campaign is, group by group.

use access::Right;
use access::actions::ReadReconciliation;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::Method;
use axum::response::Html;
use domain::CampaignId;
use domain::reconciliation::{Shown, Step, Way};
use usecases::reconciliation::overview::{self, LetterState, Progress};

use super::{RECONCILIATION, campaign_path, day};
use crate::office::groups::group_path;
use crate::office::groups::words::moment;
use crate::page::{Flash, NavLink, Page, html};
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
    /// What can be done about it now; may be empty.
    advice: &'static str,
    /// Where the wizard for the phone is; empty where nobody needs it.
    phone: String,
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
    /// Letters that are in the file.
    letters: usize,
    letters_text: String,
    letters_at: String,
    /// Groups without an address for a letter.
    unreachable: Vec<NavLink>,
    ended: bool,
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
    let (printed, to_print) = (progress.letters(LetterState::Printed), progress.letters(LetterState::ToPrint));
    let Progress { campaign, by, lines, mails_waiting } = progress;
    let mails = lines.iter().filter(|line| line.way == Way::Mail).count();
    let mails_sent = mails.saturating_sub(usize::try_from(mails_waiting).unwrap_or(usize::MAX));
    let back = lines.iter().filter(|line| line.shown == Shown::Bounced).count();
    let mut sent = lang.tx("reconcile-mails-sent", [("sent", mails_sent.into()), ("count", mails.into())]);
    if back > 0 {
        sent.push(' ');
        sent.push_str(&lang.tn("reconcile-mails-back", back));
    }
    let without = lines.iter().filter(|line| line.letter == Some(LetterState::NoAddress));
    let unreachable = without.map(|line| NavLink::new(group_path(line.group), line.name.clone())).collect();
    let ended = campaign.ended_at;
    let rows = lines.into_iter().map(|line| Row {
        advice: match (line.shown, line.letter) {
            (Shown::Bounced, Some(LetterState::NoAddress)) => lang.t("reconcile-advice-bounced"),
            (Shown::Bounced, _) => lang.t("reconcile-advice-bounced-letter"),
            (_, Some(LetterState::NoAddress)) => lang.t("reconcile-advice-no-address"),
            (shown, _) if shown.is_stuck() => lang.t("reconcile-advice-overdue"),
            _ => "",
        },
        phone: if line.shown.is_stuck() || line.letter == Some(LetterState::NoAddress) {
            format!("{}/abgleich/start", group_path(line.group))
        } else {
            String::new()
        },
        href: group_path(line.group),
        name: line.name,
        state: if line.letter == Some(LetterState::NoAddress) && line.shown == Shown::Step(Step::Waiting) {
            lang.t("reconcile-state-none").to_owned()
        } else {
            super::state(lang, line.shown, line.way, line.answered)
        },
        since: day(lang, line.moved_at),
        way: lang.choice("reconcile-way", line.way.code()),
        reminders: usize::from(line.reminders),
    });
    let title = lang.t1("reconcile-campaign-title", "date", moment(lang, campaign.made_at));
    let mut page =
        visit.page(title).office().back_to(RECONCILIATION, lang.t("reconcile-title")).flash(meldung.as_deref());
    page.wide = true;
    let by = by.unwrap_or_else(|| lang.t("requests-someone").to_owned());
    html(&ProgressPage {
        may_run: page.rights.contains(Right::Reconcile),
        page,
        about: match ended {
            Some(at) => lang.tx("reconcile-campaign-about-ended", [("by", by.into()), ("date", day(lang, at).into())]),
            None => lang.tx(
                "reconcile-campaign-about",
                [("by", by.into()), ("deadline", lang.date(campaign.plan.deadline).into())],
            ),
        },
        ended: ended.is_some(),
        sent,
        mails,
        mails_sent,
        counts,
        rows: rows.collect(),
        letters: printed + to_print,
        letters_text: match (printed, to_print) {
            (0, _) => String::new(),
            (_, 0) => lang.t("reconcile-letters-printed").to_owned(),
            (some, _) => lang.tn("reconcile-letters-some-printed", some),
        },
        unreachable,
        letters_at: format!("{}/briefe", campaign_path(id)),
        here: campaign_path(id),
    })
}
