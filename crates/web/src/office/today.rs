//! `/office`: what waits today. Numbers that lead to lists, and nothing that only looks nice.

use access::actions::ReadToday;
use access::{Right, Rights};
use askama::Template;
use axum::extract::{Query, State};
use axum::http::Method;
use axum::response::Html;
use domain::Status;
use domain::office::Visibility;
use usecases::office::{self, OfficeState};

use super::alerts::ALERTS;
use super::consents::CONSENTS;
use super::reconciliation::RECONCILIATION;
use super::requests::REQUESTS;
use super::settings::Flash;
use super::settings::checklist::{self, Step};
use crate::{Granted, Lang, Page, Routes, Visit, WebError, WebState, html};

pub(crate) fn routes() -> Routes {
    Routes::new().office::<ReadToday, _, _>(Method::GET, "/office", today)
}

/// Something that waits.
struct Waiting {
    count: usize,
    text: String,
    href: &'static str,
}

#[derive(Template)]
#[template(path = "office/today.html")]
struct TodayPage {
    page: Page,
    visibility: Visibility,
    set_up: bool,
    steps: Vec<Step>,
    progress: String,
    waiting: Vec<Waiting>,
    mails_waiting: usize,
    mails_failed: usize,
    published: usize,
    groups: usize,
}

async fn today(
    granted: Granted<ReadToday>,
    State(state): State<WebState>,
    visit: Visit,
    Query(Flash { meldung }): Query<Flash>,
) -> Result<Html<String>, WebError> {
    let office = office::today(&granted, &state.house).await?;
    let lang = visit.lang;
    let steps = checklist::steps(lang, &office);
    html(&TodayPage {
        page: visit.page(lang.t("today-title")).office().flash(meldung.as_deref()),
        visibility: office.visibility,
        // A contract may take its time: the list stays until everything is done.
        set_up: office.visibility != Visibility::Live || steps.iter().any(|step| !step.done),
        progress: lang.tx(
            "today-steps",
            [("done", steps.iter().filter(|step| step.done).count().into()), ("all", steps.len().into())],
        ),
        steps,
        waiting: waiting(lang, &office, visit.rights()),
        mails_waiting: office.counts.mails_waiting,
        mails_failed: office.counts.mails_failed,
        published: office.counts.published,
        groups: office.counts.groups(),
    })
}

fn waiting(lang: Lang, office: &OfficeState, rights: Rights) -> Vec<Waiting> {
    let counts = &office.counts;
    let alerts = if rights.contains(Right::ReadLog) { counts.alerts } else { 0 };
    let records = rights.contains(Right::RecordConsents);
    let consents = if records { CONSENTS } else { "/office/gruppen?offen=einwilligung" };
    let ending = usize::try_from(office.consents_ending).unwrap_or(usize::MAX);
    let agreed = if rights.contains(Right::SeeDisclosures) { office.agreed } else { 0 };
    let successions = if rights.contains(Right::ManagePeople) { office.successions } else { 0 };
    [
        (alerts, "today-alerts", ALERTS),
        (office.requests, "today-requests", REQUESTS),
        (office.suggestions, "today-suggestions", "/office/pruefung#vorschlaege"),
        (agreed, "today-agreed", "/office/weitergaben"),
        (office.to_reconcile.due, "today-reconcile", RECONCILIATION),
        (office.to_reconcile.stuck, "today-reconcile-stuck", "/office/abgleich?zeigen=nachfassen"),
        (successions, "today-successions", "/office/personen#nachfolge"),
        // What was suggested is a draft, too, and stands above.
        (
            counts.status(Status::Draft).saturating_sub(office.suggestions),
            "today-drafts",
            "/office/gruppen?status=draft",
        ),
        (counts.consents_to_record, "today-consents", consents),
        (if records { ending } else { 0 }, "today-consents-ending", "/office/einwilligungen#enden"),
        (office.lacking, "today-lacking", "/office/gruppen?offen=pflicht"),
        (counts.without_contact, "today-without-contact", "/office/gruppen?offen=kontakt"),
    ]
    .into_iter()
    .filter(|(count, ..)| *count > 0)
    .map(|(count, key, href)| Waiting { count, text: lang.tn(key, count), href })
    .collect()
}
