//! `/office/pruefung`: what waits to be decided, oldest first.

use access::actions::ReadRequests;
use askama::Template;
use axum::extract::{Query, State};
use axum::http::Method;
use axum::response::Html;
use serde::Deserialize;
use usecases::review::queue::{self, Filter, PAGE, Queue, Whose};
use usecases::suggestions::decide;

use super::REQUESTS;
use crate::form::Choice;
use crate::office::groups::words::moment;
use crate::office::suggestions;
use crate::page::{Page, Pages, html};
use crate::visit::Visit;
use crate::{Granted, Routes, WebError, WebState};

pub(crate) fn routes() -> Routes {
    Routes::new().office::<ReadRequests, _, _>(Method::GET, REQUESTS, show)
}

/// What is asked for in the address.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    q: String,
    bei: String,
    seite: usize,
    meldung: Option<String>,
}

struct Line {
    href: String,
    name: String,
    by: String,
    since: String,
    changes: String,
    taken_by: Option<String>,
    /// What is to be known before one opens it.
    marks: Vec<&'static str>,
}

#[derive(Template)]
#[template(path = "office/requests.html")]
struct RequestsPage {
    page: Page,
    text: String,
    whose: Vec<Choice>,
    filtered: bool,
    count: String,
    /// How many wait, whatever is listed.
    all: usize,
    lines: Vec<Line>,
    pages: Pages,
    /// Groups that somebody outside suggested.
    suggested: Vec<suggestions::Line>,
}

const WHOSE: [(Whose, &str); 3] = [(Whose::All, ""), (Whose::Mine, "mir"), (Whose::Nobodys, "niemandem")];

async fn show(
    granted: Granted<ReadRequests>,
    State(state): State<WebState>,
    visit: Visit,
    Query(asked): Query<Asked>,
) -> Result<Html<String>, WebError> {
    let lang = visit.lang;
    let (whose, code) = WHOSE.into_iter().find(|(_, code)| *code == asked.bei).unwrap_or_default();
    let filter = Filter { name: asked.q.trim().to_owned(), whose, page: asked.seite.saturating_sub(1) };
    let Queue { lines, found, all } = queue::queue(&granted, &state.house, &filter).await?;
    let lines = lines.into_iter().map(|line| Line {
        href: format!("{REQUESTS}/{}", line.id),
        name: line.name,
        by: line
            .by
            .unwrap_or_else(|| lang.t(if line.by_link { "requests-by-link" } else { "requests-someone" }).to_owned()),
        since: moment(lang, line.made_at),
        changes: match line.changes {
            0 => lang.t("requests-only-message").to_owned(),
            changes => lang.tn("requests-changes", changes),
        },
        taken_by: line.taken_by,
        marks: [(line.second_look, "requests-mark-second"), (line.answered, "requests-mark-answered")]
            .into_iter()
            .filter(|(is, _)| *is)
            .map(|(_, key)| lang.t(key))
            .collect(),
    });
    let suggested = decide::waiting(&granted, &state.house).await?;
    let suggested = suggested.iter().map(|one| suggestions::Line::of(&visit, one)).collect();
    let address = |number: usize| {
        let query = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("q", &filter.name)
            .append_pair("bei", code)
            .append_pair("seite", &number.to_string())
            .finish();
        format!("{REQUESTS}?{query}")
    };
    let pages = Pages::of(found, PAGE, asked.seite.max(1), address);
    let mut page = visit.page(lang.t("requests-title")).office().flash(asked.meldung.as_deref());
    page.wide = true;
    html(&RequestsPage {
        page,
        whose: WHOSE
            .map(|(_, word)| {
                Choice::new(word, lang.choice("requests-whose", if word.is_empty() { "alle" } else { word }), code)
            })
            .into(),
        filtered: !filter.name.is_empty() || whose != Whose::All,
        text: filter.name.clone(),
        count: lang.tn("requests-count", found),
        all,
        lines: lines.collect(),
        pages,
        suggested,
    })
}
