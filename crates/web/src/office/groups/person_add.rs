//! `/office/gruppen/{id}/personen`: somebody who is known already, or somebody new.

use access::actions::EditGroup;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::Method;
use axum::response::{Html, IntoResponse, Response};
use domain::catalogue::Section;
use domain::{Catalogue, GroupId, PersonRole};
use serde::Deserialize;
use usecases::groups::Entry;
use usecases::groups::people::{Found, add_new, find, group_name, link};
use usecases::{Error, Problem};

use super::edit::{Drafts, ItemsPage};
use super::posted::Posted;
use super::words::Words;
use super::{group_path, rows, show, to_group};
use crate::form::{Choice, Control, FormField, status_of};
use crate::page::{Page, html};
use crate::visit::Visit;
use crate::{Granted, Lang, Routes, WebError, WebState};

const PATH: &str = "/office/gruppen/{id}/personen";
const NEW: &str = "/office/gruppen/{id}/personen/neu";

pub(super) fn routes() -> Routes {
    Routes::new()
        .office::<EditGroup, _, _>(Method::GET, PATH, choose)
        .office::<EditGroup, _, _>(Method::POST, PATH, add_known)
        .office::<EditGroup, _, _>(Method::GET, NEW, ask)
        .office::<EditGroup, _, _>(Method::POST, NEW, save)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    name: Option<String>,
}

struct FoundView {
    id: String,
    name: Words,
    groups: Words,
}

#[derive(Template)]
#[template(path = "office/groups_person_add.html")]
struct ChoosePage {
    page: Page,
    action: String,
    text: String,
    error: Option<&'static str>,
    found: Option<Vec<FoundView>>,
    roles: Vec<(&'static str, &'static str)>,
}

async fn choose(
    granted: Granted<EditGroup>,
    State(state): State<WebState>,
    visit: Visit,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Html<String>, WebError> {
    let lang = visit.lang;
    let id = super::id(&id)?;
    let (group, _) = group_name(&granted, &state.house, id).await?;
    let (found, error) = match &asked.name {
        None => (None, None),
        Some(text) => match find(&granted, &state.house, id, text).await {
            Ok(found) => (Some(found.into_iter().map(|one| found_view(lang, one)).collect()), None),
            Err(Error::Invalid(_)) => (None, Some(lang.t("error-two-letters"))),
            Err(error) => return Err(error.into()),
        },
    };
    html(&ChoosePage {
        page: super::page(&visit, lang.t("people-add")).back_to(group_path(id), group),
        action: format!("{}/personen", group_path(id)),
        text: asked.name.unwrap_or_default(),
        error,
        found,
        roles: PersonRole::ALL.map(|role| (role.code(), show::role_word(lang, role))).into(),
    })
}

fn found_view(lang: Lang, found: Found) -> FoundView {
    let Found { id, name, groups } = found;
    FoundView {
        id: id.to_string(),
        name: Words::name(&name, lang.t("person-nameless")),
        groups: Words::name(&groups.join(", "), lang.t("person-no-group")),
    }
}

async fn add_known(
    granted: Granted<EditGroup>,
    State(state): State<WebState>,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, WebError> {
    let id = super::id(&id)?;
    let person = super::id(posted.get("person"))?;
    let role = PersonRole::from_code(posted.get("role")).ok_or(WebError::BadRequest("error-form"))?;
    link(&granted, &state.house, id, person, role).await?;
    Ok(to_group(id, "person-hinzugefuegt"))
}

/// What somebody is to a group, to choose from.
pub(super) fn role_field(lang: Lang, current: &str) -> FormField {
    let choices = PersonRole::ALL.map(|role| Choice {
        hint: lang.choice("role-hint", role.code()).to_owned(),
        ..Choice::new(role.code(), show::role_word(lang, role), current)
    });
    FormField::new("role", lang.t("role-label")).control(Control::Radios(choices.into()))
}

fn view(
    state: &WebState,
    visit: &Visit,
    id: GroupId,
    (group, catalogue): (String, &Catalogue),
    role: &str,
    (entries, problems): (&[Entry], &[Problem]),
) -> ItemsPage {
    let lang = visit.lang;
    ItemsPage {
        position: String::new(),
        page: super::page(visit, lang.t("person-new")).back_to(group_path(id), group),
        intro: lang.t("person-new-intro"),
        action: format!("{}/personen/neu", group_path(id)),
        cancel: group_path(id),
        save: lang.t("person-new-save"),
        hidden: Vec::new(),
        first: vec![role_field(lang, role)],
        form: rows::form(
            (lang, catalogue),
            &catalogue.section(Section::Person),
            entries,
            problems,
            &[],
            state.clock.now(),
        ),
        meanwhile: Vec::new(),
        conflict: false,
        lights: false,
        drafts: Drafts::default(),
    }
}

async fn ask(
    granted: Granted<EditGroup>,
    State(state): State<WebState>,
    visit: Visit,
    Path(id): Path<String>,
) -> Result<Html<String>, WebError> {
    let id = super::id(&id)?;
    let (group, catalogue) = group_name(&granted, &state.house, id).await?;
    let entries = rows::entries_of(&catalogue, &[], &catalogue.section(Section::Person));
    html(&view(&state, &visit, id, (group, &catalogue), PersonRole::Contact.code(), (&entries, &[])))
}

async fn save(
    granted: Granted<EditGroup>,
    State(state): State<WebState>,
    visit: Visit,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, WebError> {
    let id = super::id(&id)?;
    let (group, catalogue) = group_name(&granted, &state.house, id).await?;
    let mut entries = posted.entries(&catalogue, &catalogue.section(Section::Person));
    let role = PersonRole::from_code(posted.get("role")).unwrap_or(PersonRole::Contact);
    let problems = if let Some(field) = posted.more() {
        rows::add_row(&catalogue, &mut entries, field);
        Vec::new()
    } else {
        match add_new(&granted, &state.house, id, role, &entries).await {
            Ok(_) => return Ok(to_group(id, "person-hinzugefuegt")),
            Err(Error::Invalid(problems)) => problems,
            Err(error) => return Err(error.into()),
        }
    };
    let page = html(&view(&state, &visit, id, (group, &catalogue), role.code(), (&entries, &problems)))?;
    Ok((status_of(&problems), page).into_response())
}
