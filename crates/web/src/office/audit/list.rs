//! `/office/protokoll`: the log, newest first, filtered and in pages.

use access::actions::ReadAudit;
use askama::Template;
use axum::extract::{Query, State};
use axum::http::Method;
use axum::response::Html;
use usecases::audit::{self, Line, ObjectName};

use super::entry::{Shown, local};
use super::filter::Sent;
use crate::form::Choice;
use crate::{Granted, Lang, Page, Routes, Visit, WebError, WebState, html};

pub(crate) fn routes() -> Routes {
    Routes::new().office::<ReadAudit, _, _>(Method::GET, "/office/protokoll", list)
}

/// The entries of one day.
struct Day {
    title: String,
    lines: Vec<Shown>,
}

#[derive(Template)]
#[template(path = "office/audit.html")]
struct AuditListPage {
    page: Page,
    sent: Sent,
    filtered: bool,
    /// What the object of the filter is called, if one of the entries shown names it.
    only: String,
    topics: Vec<Choice>,
    people: Vec<Choice>,
    days: Vec<Day>,
    older: Option<String>,
    newest: Option<String>,
    export: String,
}

async fn list(
    granted: Granted<ReadAudit>,
    State(state): State<WebState>,
    visit: Visit,
    Query(sent): Query<Sent>,
) -> Result<Html<String>, WebError> {
    let found = audit::read(&granted, &state.house, &sent.filter()).await?;
    let lang = visit.lang;
    html(&AuditListPage {
        page: visit.page(lang.t("audit-title")).office(),
        filtered: sent.is_set(),
        only: only(lang, &sent, &found.lines),
        topics: sent.topics(lang),
        people: sent.people(lang, &found.people),
        days: days(lang, &found.lines),
        older: found.next.map(|next| format!("/office/protokoll?{}", sent.query(Some(next)))),
        newest: (!sent.vor.is_empty()).then(|| format!("/office/protokoll?{}", sent.query(None))),
        export: format!("/office/protokoll/export.csv?{}", sent.query(None)),
        sent,
    })
}

/// The name of what the list is filtered by.
fn only(lang: Lang, sent: &Sent, lines: &[Line]) -> String {
    let line = lines.iter().find(|line| line.object_id == sent.objekt.trim());
    match line.map(|line| &line.object) {
        Some(ObjectName::Group(_, name) | ObjectName::User(name)) => format!("„{name}“"),
        Some(ObjectName::None) => lang.t("audit-object-office").to_owned(),
        Some(ObjectName::Other(_)) => lang.t("audit-object-one").to_owned(),
        None => lang.t("audit-object-gone").to_owned(),
    }
}

fn days(lang: Lang, lines: &[Line]) -> Vec<Day> {
    let day = |line: &Line| local(line.at).date();
    lines
        .chunk_by(|one, next| day(one) == day(next))
        .map(|lines| Day {
            title: lines.first().map(|line| lang.date(day(line))).unwrap_or_default(),
            lines: lines.iter().map(|line| Shown::of(lang, line)).collect(),
        })
        .collect()
}
