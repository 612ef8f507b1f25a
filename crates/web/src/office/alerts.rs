//! `/office/warnungen`: what was tried that should not be, for whoever reads the log.

use access::actions::{ReadAlerts, SettleAlert};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::Method;
use axum::response::{Html, Redirect};
use domain::AlertId;
use usecases::alerts::list::{self, Alert, Line};

use crate::office::groups::words::moment;
use crate::page::{Flash, Page, html};
use crate::visit::Visit;
use crate::{Granted, Lang, Routes, WebError, WebState};

pub(crate) const ALERTS: &str = "/office/warnungen";

pub(crate) fn routes() -> Routes {
    Routes::new().office::<ReadAlerts, _, _>(Method::GET, ALERTS, show).office::<SettleAlert, _, _>(
        Method::POST,
        "/office/warnungen/{id}/erledigt",
        settle,
    )
}

#[derive(Template)]
#[template(path = "office/alerts.html")]
struct AlertsPage {
    page: Page,
    open: Vec<AlertLine>,
    done: Vec<AlertLine>,
}

struct AlertLine {
    at: String,
    what: String,
    means: String,
    about: Option<String>,
    /// Where whoever it is about can be locked or logged out.
    person: String,
    /// The entries of the log that tell more.
    log: String,
    settle: String,
}

impl AlertLine {
    fn of(lang: Lang, Line { alert, about }: &Line) -> Self {
        let text = |prefix: &str, without: &str| {
            let key = format!("{prefix}-{}", alert.sign);
            if lang.has(&key) { lang.t(&key).to_owned() } else { without.to_owned() }
        };
        Self {
            at: moment(lang, alert.at),
            what: text("alert", &alert.sign),
            means: text("alert-means", ""),
            about: about.clone(),
            person: alert.about.map(|user| format!("/office/personen/{user}")).unwrap_or_default(),
            log: log_of(alert),
            settle: format!("{ALERTS}/{}/erledigt", alert.id),
        }
    }
}

/// Where the log tells what happened: about whom it is, or else the logins and the day.
fn log_of(alert: &Alert) -> String {
    match alert.about {
        Some(user) => format!("/office/protokoll?objekt={user}"),
        None => {
            let day = alert.at.to_zoned(domain::schedule::berlin()).date();
            format!("/office/protokoll?von={day}&bis={day}")
        }
    }
}

async fn show(
    granted: Granted<ReadAlerts>,
    State(state): State<WebState>,
    visit: Visit,
    Query(Flash { meldung }): Query<Flash>,
) -> Result<Html<String>, WebError> {
    let lang = visit.lang;
    let alerts = list::alerts(&granted, &state.house).await?;
    let (done, open): (Vec<Line>, Vec<Line>) = alerts.into_iter().partition(|line| line.alert.done_at.is_some());
    let lines = |lines: Vec<Line>| lines.iter().map(|line| AlertLine::of(lang, line)).collect();
    let page = visit.page(lang.t("alerts-title")).office().back_to("/office", lang.t("today-title"));
    html(&AlertsPage { page: page.flash(meldung.as_deref()), open: lines(open), done: lines(done) })
}

async fn settle(
    granted: Granted<SettleAlert>,
    State(state): State<WebState>,
    Path(id): Path<String>,
) -> Result<Redirect, WebError> {
    let id: AlertId = id.parse().map_err(|_| WebError::NotFound)?;
    list::settle(&granted, &state.house, id).await?;
    Ok(Redirect::to(&format!("{ALERTS}?meldung=warnung-erledigt")))
}
