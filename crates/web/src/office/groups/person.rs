//! `/office/gruppen/{id}/personen/{person}`: a person's names, phones, mails and address, and their role in the group.

use access::actions::EditGroup;
use axum::extract::{Path, State};
use axum::http::{Method, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use domain::catalogue::Section;
use domain::{GroupId, PersonId, PersonRole};
use usecases::groups::Entry;
use usecases::groups::people::{self, PersonForm, PersonView, name};
use usecases::{Error, Problem};

use super::edit::{Drafts, ItemsPage, meanwhile};
use super::person_add::role_field;
use super::posted::Posted;
use super::{group_path, rows, to_group};
use crate::form::status_of;
use crate::page::html;
use crate::visit::Visit;
use crate::{Granted, Routes, WebError, WebState};

const PATH: &str = "/office/gruppen/{id}/personen/{person}";

pub(super) fn routes() -> Routes {
    Routes::new().office::<EditGroup, _, _>(Method::GET, PATH, ask).office::<EditGroup, _, _>(Method::POST, PATH, save)
}

/// The group and the person of the address, if they belong together.
pub(super) async fn of_group(
    granted: &Granted<EditGroup>,
    state: &WebState,
    (group, person): (&str, &str),
) -> Result<(GroupId, PersonId, PersonView, String, PersonRole), WebError> {
    let (group, person) = (super::id(group)?, super::id(person)?);
    let view = people::person(granted, &state.house, person).await?;
    let here = view.groups.iter().find(|(id, _, _)| *id == group).ok_or(WebError::NotFound)?;
    let (name, role) = (here.1.clone(), here.2);
    Ok((group, person, view, name, role))
}

/// What somebody is called on pages.
pub(super) fn called(visit: &Visit, view: &PersonView) -> String {
    let name = name(&view.person);
    if name.is_empty() { visit.lang.t("person-nameless") } else { name }.to_owned()
}

struct Shown<'a> {
    view: &'a PersonView,
    group: (GroupId, String),
    role: PersonRole,
    state: &'a str,
    entries: &'a [Entry],
    problems: &'a [Problem],
    conflict: bool,
}

fn page_of(state: &WebState, visit: &Visit, shown: Shown<'_>) -> ItemsPage {
    let lang = visit.lang;
    let Shown { view, group: (group, group_name), role, state: known, entries, problems, conflict } = shown;
    let fields = view.catalogue.section(Section::Person);
    let said = (lang, view.catalogue.as_ref());
    let mut page = super::page(visit, called(visit, view)).back_to(group_path(group), group_name);
    let others = view.groups.len().saturating_sub(1);
    if others > 0 && problems.is_empty() {
        page = page.notice(crate::page::Tone::Info, lang.tn("person-edit-others", others));
    }
    ItemsPage {
        position: String::new(),
        intro: lang.t("person-edit-intro"),
        action: format!("{}/personen/{}", group_path(group), view.person.id),
        cancel: group_path(group),
        save: lang.t("save"),
        hidden: vec![("state", known.to_owned())],
        first: vec![role_field(lang, role.code())],
        form: rows::form(said, &fields, entries, problems, &[], state.clock.now()),
        meanwhile: if conflict { meanwhile(said, &view.person.items, &fields, entries) } else { Vec::new() },
        conflict,
        lights: true,
        drafts: Drafts::default(),
        page,
    }
}

async fn ask(
    granted: Granted<EditGroup>,
    State(state): State<WebState>,
    visit: Visit,
    Path((id, person)): Path<(String, String)>,
) -> Result<Html<String>, WebError> {
    let (group, _, view, name, role) = of_group(&granted, &state, (&id, &person)).await?;
    let mut entries = rows::entries_of(&view.catalogue, &view.person.items, &view.catalogue.section(Section::Person));
    for entry in &mut entries {
        // What counts is shown: never more open than the person agreed to.
        if let Some(item) = view.person.items.iter().find(|item| entry.item == Some(item.id)) {
            entry.light = Some(view.person.effective(item));
        }
    }
    let known = view.state.clone();
    let group = (group, name);
    let shown = Shown { view: &view, group, role, state: &known, entries: &entries, problems: &[], conflict: false };
    html(&page_of(&state, &visit, shown))
}

async fn save(
    granted: Granted<EditGroup>,
    State(state): State<WebState>,
    visit: Visit,
    Path((id, person)): Path<(String, String)>,
    posted: Posted,
) -> Result<Response, WebError> {
    let (group, person_id, view, name, old_role) = of_group(&granted, &state, (&id, &person)).await?;
    let mut entries = posted.entries(&view.catalogue, &view.catalogue.section(Section::Person));
    let role = PersonRole::from_code(posted.get("role")).unwrap_or(old_role);
    let mut problems = Vec::new();
    let mut conflict = false;
    if let Some(field) = posted.more() {
        rows::add_row(&view.catalogue, &mut entries, field);
    } else {
        let known = posted.get("state").to_owned();
        let form = PersonForm { group, person: person_id, role, state: known, entries: entries.clone() };
        match people::save(&granted, &state.house, &form).await {
            Ok(()) => return Ok(to_group(group, "gespeichert")),
            Err(Error::Invalid(wrong)) => problems = wrong,
            Err(Error::Conflict) => conflict = true,
            Err(error) => return Err(error.into()),
        }
    }
    let known = if conflict { view.state.clone() } else { posted.get("state").to_owned() };
    let shown = Shown {
        view: &view,
        group: (group, name),
        role,
        state: &known,
        entries: &entries,
        problems: &problems,
        conflict,
    };
    let status = if conflict { StatusCode::CONFLICT } else { status_of(&problems) };
    Ok((status, html(&page_of(&state, &visit, shown))?).into_response())
}
