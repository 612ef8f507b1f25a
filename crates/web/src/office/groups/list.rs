//! `GET /office/gruppen`: the list of groups.

use access::actions::ListGroups;
use askama::Template;
use axum::extract::{Query, State};
use axum::http::Method;
use axum::response::Html;
use domain::schedule::berlin;
use domain::{Light, Status};
use serde::Deserialize;
use usecases::groups::list::{Filter, Line, List, Open, PAGE, list};

use super::words::{self, Words};
use crate::form::Choice;
use crate::page::{Page, Pages, html};
use crate::visit::Visit;
use crate::{Granted, Lang, Routes, WebError, WebState};

pub(super) fn routes() -> Routes {
    Routes::new().office::<ListGroups, _, _>(Method::GET, "/office/gruppen", show)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    q: String,
    status: String,
    offen: String,
    seite: usize,
    meldung: Option<String>,
}

struct Row {
    href: String,
    name: Words,
    topics: String,
    town: String,
    status: &'static str,
    status_code: &'static str,
    accepts: &'static str,
    confirmed: String,
    changed: String,
    lights: [(Light, usize, &'static str); 3],
}

#[derive(Template)]
#[template(path = "office/groups_list.html")]
struct ListPage {
    page: Page,
    text: String,
    statuses: Vec<Choice>,
    open: Vec<Choice>,
    rows: Vec<Row>,
    count: String,
    total: usize,
    filtered: bool,
    pages: Pages,
}

async fn show(
    granted: Granted<ListGroups>,
    State(state): State<WebState>,
    visit: Visit,
    Query(asked): Query<Asked>,
) -> Result<Html<String>, WebError> {
    let filter = Filter {
        text: asked.q.trim().to_owned(),
        status: Status::from_code(&asked.status),
        open: Open::from_code(&asked.offen),
        page: asked.seite.saturating_sub(1),
    };
    let found = list(&granted, &state.house, &filter).await?;
    html(&view(&visit, &asked, &filter, &found))
}

fn view(visit: &Visit, asked: &Asked, filter: &Filter, found: &List) -> ListPage {
    let lang = visit.lang;
    let status = filter.status.map_or("", Status::code);
    let mut statuses = vec![Choice::new("", lang.tn("groups-all", found.total()), status)];
    statuses.extend(found.counts.iter().map(|(one, count)| {
        Choice::new(one.code(), format!("{} ({count})", lang.choice("status", one.code())), status)
    }));
    let chosen = filter.open.map_or("", Open::code);
    let mut open = vec![Choice::new("", lang.t("groups-open-any"), chosen)];
    open.extend(Open::ALL.map(|one| Choice::new(one.code(), lang.choice("groups-open", one.code()), chosen)));
    let address = |number: usize| {
        let query = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("q", &filter.text)
            .append_pair("status", status)
            .append_pair("offen", chosen)
            .append_pair("seite", &number.to_string())
            .finish();
        format!("/office/gruppen?{query}")
    };
    let pages = Pages::of(found.found, PAGE, asked.seite.max(1), address);
    let mut page = super::page(visit, lang.t("groups-title")).flash(asked.meldung.as_deref());
    page.wide = true;
    ListPage {
        rows: found.lines.iter().map(|line| row(lang, line)).collect(),
        count: lang.tn("groups-count", found.found),
        total: found.total(),
        filtered: !filter.text.is_empty() || filter.status.is_some() || filter.open.is_some(),
        text: filter.text.clone(),
        statuses,
        open,
        pages,
        page,
    }
}

fn row(lang: Lang, line: &Line) -> Row {
    let Line { id, slug: _, status, name, topics, accepts_new, confirmed_on, town, lights, updated_at } = line;
    let [green, yellow, red] = lights;
    Row {
        href: super::group_path(*id),
        name: Words::name(name, lang.t("groups-nameless")),
        topics: topics.join(", "),
        town: town.clone(),
        status: lang.choice("status", status.code()),
        status_code: status.code(),
        accepts: accepts_new.as_deref().map(|code| lang.choice("accepts-short", code)).unwrap_or_default(),
        confirmed: confirmed_on.map(|date| words::short_date(lang, date)).unwrap_or_default(),
        changed: words::short_date(lang, updated_at.to_zoned(berlin()).date()),
        lights: [(Light::Green, *green), (Light::Yellow, *yellow), (Light::Red, *red)]
            .map(|(light, count)| (light, count, lang.choice("light", light.code()))),
    }
}
