//! `GET /office/gruppen/{id}/verlauf`: what changed when.

use access::Right;
use access::actions::{EditGroup, ReadGroup};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::Method;
use axum::response::{Html, Response};
use domain::{Catalogue, Light, Value};
use usecases::groups::history::{self, Difference, History, Step};

use super::posted::Posted;
use super::words::{self, Words};
use super::{group_path, show, to_group};
use crate::office::requests::REQUESTS;
use crate::page::{Page, html};
use crate::visit::Visit;
use crate::{Granted, Lang, Routes, WebError, WebState};

const RESTORE: &str = "/office/gruppen/{id}/verlauf/{version}/wiederherstellen";

pub(super) fn routes() -> Routes {
    Routes::new()
        .office::<ReadGroup, _, _>(Method::GET, "/office/gruppen/{id}/verlauf", get)
        .office::<EditGroup, _, _>(Method::GET, RESTORE, ask)
        .office::<EditGroup, _, _>(Method::POST, RESTORE, restore)
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
    /// Where this version can be brought back; none for the newest.
    restore: Option<String>,
    /// The request it came of.
    request: Option<String>,
}

#[derive(Template)]
#[template(path = "office/groups_restore.html")]
struct RestorePage {
    page: Page,
    changes: Vec<Change>,
    action: String,
    version: u32,
    cancel: String,
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
    let History { name, steps, catalogue } = history::history(&granted, &state.house, id).await?;
    let lang = visit.lang;
    let edits = visit.rights().contains(Right::EditGroups);
    let title = lang.t1("history-title", "name", name.clone());
    html(&HistoryPage {
        page: super::page(&visit, title).back_to(group_path(id), name),
        steps: steps
            .into_iter()
            .enumerate()
            .map(|(place, step)| {
                let path = format!("{}/verlauf/{}/wiederherstellen", group_path(id), step.number);
                let restore = (place > 0 && edits).then_some(path);
                StepView { restore, ..view(lang, &catalogue, step) }
            })
            .collect(),
    })
}

fn number(text: &str) -> Result<u32, WebError> {
    text.parse().map_err(|_| WebError::NotFound)
}

async fn ask(
    granted: Granted<EditGroup>,
    State(state): State<WebState>,
    visit: Visit,
    Path((id, version)): Path<(String, String)>,
) -> Result<Html<String>, WebError> {
    let (id, number) = (super::id(&id)?, number(&version)?);
    let lang = visit.lang;
    let restoring = history::preview_restore(&granted, &state.house, id, number).await?;
    let back = format!("{}/verlauf", group_path(id));
    let title = lang.tx("restore-title", [("name", restoring.name.into()), ("version", number.to_string().into())]);
    let catalogue = restoring.catalogue;
    let changes = restoring.differences.into_iter();
    html(&RestorePage {
        page: super::page(&visit, title).back_to(back.clone(), lang.t("restore-back")),
        changes: changes.map(|difference| change_view(lang, &catalogue, difference)).collect(),
        action: format!("{back}/{number}/wiederherstellen"),
        version: restoring.version,
        cancel: back,
    })
}

async fn restore(
    granted: Granted<EditGroup>,
    State(state): State<WebState>,
    Path((id, version)): Path<(String, String)>,
    posted: Posted,
) -> Result<Response, WebError> {
    let (id, number) = (super::id(&id)?, number(&version)?);
    let seen = posted.get("version").parse().map_err(|_| WebError::BadRequest("error-form"))?;
    history::restore(&granted, &state.house, id, seen, number).await?;
    Ok(to_group(id, "wiederhergestellt"))
}

fn view(lang: Lang, catalogue: &Catalogue, step: Step) -> StepView {
    let Step { number, at, by, by_link, change, request, policy, status, people: (came, went), differences } = step;
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
        about: show::said(lang, at, by.as_deref().or_else(|| by_link.then(|| lang.t("by-link")))),
        says,
        restore: None,
        request: request.map(|id| format!("{REQUESTS}/{id}")),
        changes: differences.into_iter().map(|difference| change_view(lang, catalogue, difference)).collect(),
    }
}

fn change_view(lang: Lang, catalogue: &Catalogue, difference: Difference) -> Change {
    let Difference { field, old, new } = difference;
    let told = |(value, light): (Value, Light)| (Words::of(lang, catalogue, field, &value), light);
    Change { label: words::label(lang, catalogue, field), old: old.map(told), new: new.map(told) }
}
