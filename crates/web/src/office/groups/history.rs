//! `GET /office/gruppen/{id}/verlauf`: what changed when.

use access::actions::ReadGroup;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::Method;
use axum::response::Html;
use domain::{Catalogue, Light, Value};
use usecases::groups::history::{Difference, History, Step, history};

use super::words::{self, Words};
use super::{group_path, show};
use crate::page::{Page, html};
use crate::visit::Visit;
use crate::{Granted, Lang, Routes, WebError, WebState};

pub(super) fn routes() -> Routes {
    Routes::new().office::<ReadGroup, _, _>(Method::GET, "/office/gruppen/{id}/verlauf", get)
}

struct Change {
    label: String,
    old: Option<(Words, Light)>,
    new: Option<(Words, Light)>,
}

struct StepView {
    number: u32,
    what: &'static str,
    about: String,
    says: Vec<String>,
    changes: Vec<Change>,
}

#[derive(Template)]
#[template(path = "office/groups_history.html")]
struct HistoryPage {
    page: Page,
    steps: Vec<StepView>,
}

async fn get(
    granted: Granted<ReadGroup>,
    State(state): State<WebState>,
    visit: Visit,
    Path(id): Path<String>,
) -> Result<Html<String>, WebError> {
    let id = super::id(&id)?;
    let History { name, steps, catalogue } = history(&granted, &state.house, id).await?;
    let lang = visit.lang;
    let title = lang.t1("history-title", "name", name.clone());
    html(&HistoryPage {
        page: super::page(&visit, title).back_to(group_path(id), name),
        steps: steps.into_iter().map(|step| view(lang, &catalogue, step)).collect(),
    })
}

fn view(lang: Lang, catalogue: &Catalogue, step: Step) -> StepView {
    let Step { number, at, by, change, policy, status, people: (came, went), differences } = step;
    let mut says = Vec::new();
    if let Some((from, to)) = status {
        let word = |status: domain::Status| lang.choice("status", status.code());
        says.push(lang.tx("history-status", [("from", word(from).into()), ("to", word(to).into())]));
    }
    if came > 0 {
        says.push(lang.tn("history-came", came));
    }
    if went > 0 {
        says.push(lang.tn("history-went", went));
    }
    let key = format!("change-{change}");
    if policy > 0 {
        says.push(lang.t1("history-policy", "version", policy.to_string()));
    }
    StepView {
        number,
        what: if lang.has(&key) { lang.t(&key) } else { lang.t("change-other") },
        about: show::said(lang, at, by.as_deref()),
        says,
        changes: differences.into_iter().map(|difference| change_view(lang, catalogue, difference)).collect(),
    }
}

fn change_view(lang: Lang, catalogue: &Catalogue, difference: Difference) -> Change {
    let Difference { field, old, new } = difference;
    let told = |(value, light): (Value, Light)| (Words::of(lang, catalogue, field, &value), light);
    Change { label: words::label(lang, catalogue, field), old: old.map(told), new: new.map(told) }
}
