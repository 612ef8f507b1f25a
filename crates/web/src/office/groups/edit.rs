//! `/office/gruppen/{id}/bearbeiten/{section}`: a section of a group, each value with its light.

use access::actions::EditGroup;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::{Method, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use domain::{Catalogue, Field, Group, Item};
use usecases::groups::edit::{SectionForm, edit, form, section_code, section_from_code};
use usecases::groups::input::understood;
use usecases::groups::{Entry, Typed};
use usecases::{Error, Problem};

use super::posted::Posted;
use super::rows::{self, FormView};
use super::words::{self, Words};
use super::{group_path, to_group};
use crate::form::status_of;
use crate::page::{Page, Tone, html};
use crate::visit::Visit;
use crate::{Granted, Lang, Routes, WebError, WebState};

const PATH: &str = "/office/gruppen/{id}/bearbeiten/{section}";

pub(super) fn routes() -> Routes {
    Routes::new().office::<EditGroup, _, _>(Method::GET, PATH, ask).office_upload::<EditGroup, _, _>(
        PATH,
        super::FORM_LIMIT,
        save,
    )
}

/// What somebody else saved while the form was open.
pub(super) struct Meanwhile {
    pub(super) label: String,
    pub(super) values: Vec<(Words, domain::Light)>,
}

/// A form of items: of a section of a group, of a new group, of a person.
#[derive(Template)]
#[template(path = "office/groups_form.html")]
pub(super) struct ItemsPage {
    pub(super) page: Page,
    pub(super) intro: &'static str,
    pub(super) action: String,
    pub(super) cancel: String,
    pub(super) save: &'static str,
    /// What travels with the form.
    pub(super) hidden: Vec<(&'static str, String)>,
    /// Inputs before the items.
    pub(super) first: Vec<crate::form::FormField>,
    pub(super) form: FormView,
    pub(super) meanwhile: Vec<Meanwhile>,
    pub(super) conflict: bool,
    /// Whether lights are chosen here; where not, everything stays red.
    pub(super) lights: bool,
}

struct Shown<'a> {
    catalogue: &'a Catalogue,
    group: &'a Group,
    section: domain::catalogue::Section,
    entries: &'a [Entry],
    problems: &'a [Problem],
    offered: &'a [String],
    conflict: bool,
}

fn view(state: &WebState, visit: &Visit, shown: &Shown<'_>) -> ItemsPage {
    let Shown { catalogue, group, section, entries, problems, offered, conflict } = *shown;
    let lang = visit.lang;
    let code = section_code(section);
    let fields = catalogue.section(section);
    let title = format!("{}: {}", group.name(), lang.choice("section", code));
    let mut page = super::page(visit, title).back_to(group_path(group.id), group.name());
    if !offered.is_empty() {
        page = page.notice(Tone::Info, lang.t("meetings-understood"));
    }
    ItemsPage {
        intro: lang.choice("section-intro", code),
        action: format!("{}/bearbeiten/{code}", group_path(group.id)),
        cancel: group_path(group.id),
        save: lang.t("save"),
        hidden: vec![("version", group.version.to_string())],
        first: Vec::new(),
        form: rows::form((lang, catalogue), &fields, entries, problems, offered, state.clock.now()),
        meanwhile: if conflict { meanwhile((lang, catalogue), &group.items, &fields, entries) } else { Vec::new() },
        conflict,
        lights: true,
        page,
    }
}

async fn ask(
    granted: Granted<EditGroup>,
    State(state): State<WebState>,
    visit: Visit,
    Path((id, section)): Path<(String, String)>,
) -> Result<Html<String>, WebError> {
    let section = section_from_code(&section).ok_or(WebError::NotFound)?;
    let (group, catalogue) = form(&granted, &state.house, super::id(&id)?, section).await?;
    let entries = rows::entries_of(&catalogue, &group.items, &catalogue.section(section));
    let catalogue = catalogue.as_ref();
    let shown =
        Shown { catalogue, group: &group, section, entries: &entries, problems: &[], offered: &[], conflict: false };
    html(&view(&state, &visit, &shown))
}

async fn save(
    granted: Granted<EditGroup>,
    State(state): State<WebState>,
    visit: Visit,
    Path((id, section)): Path<(String, String)>,
    posted: Posted,
) -> Result<Response, WebError> {
    let section = section_from_code(&section).ok_or(WebError::NotFound)?;
    let id = super::id(&id)?;
    let version = posted.get("version").parse().map_err(|_| WebError::BadRequest("error-form"))?;
    let (mut group, catalogue) = form(&granted, &state.house, id, section).await?;
    let mut entries = posted.entries(&catalogue, &catalogue.section(section));
    let mut offered = Vec::new();
    let mut outcome = None;
    if let Some(field) = posted.more() {
        rows::add_row(&catalogue, &mut entries, field);
    } else {
        let asks = entries.iter().any(|entry| matches!(entry.typed, Typed::Meetings { .. }));
        if asks {
            offered = offer(&group.items, &mut entries, &posted);
        }
        if offered.is_empty() {
            let filled = SectionForm { group: id, section, version, entries: entries.clone() };
            match edit(&granted, &state.house, &filled).await {
                Ok(()) => return Ok(to_group(id, "gespeichert")),
                Err(error @ (Error::Invalid(_) | Error::Conflict)) => outcome = Some(error),
                Err(error) => return Err(error.into()),
            }
        }
    }
    let conflict = matches!(outcome, Some(Error::Conflict));
    if conflict {
        // What somebody else saved meanwhile.
        (group, _) = form(&granted, &state.house, id, section).await?;
    } else {
        // The form stays bound to the version it was made from.
        group.version = version;
    }
    let problems = match outcome {
        Some(Error::Invalid(problems)) => problems,
        _ => Vec::new(),
    };
    let (catalogue, group) = (catalogue.as_ref(), &group);
    let shown =
        Shown { catalogue, group, section, entries: &entries, problems: &problems, offered: &offered, conflict };
    let status = if conflict { StatusCode::CONFLICT } else { status_of(&problems) };
    Ok((status, html(&view(&state, &visit, &shown))?).into_response())
}

/// Where the words of a schedule are new and state a rhythm that was not chosen, the rhythm is filled in and offered
/// once; the keys of these rows.
fn offer(items: &[Item], entries: &mut [Entry], posted: &Posted) -> Vec<String> {
    let mut offered = Vec::new();
    for entry in entries {
        let stored =
            entry.item.and_then(|id| items.iter().find(|item| item.id == id)).map(|item| Typed::of(&item.value));
        let Typed::Meetings { text, rules, .. } = &mut entry.typed else { continue };
        let (old_text, old_rules) = match &stored {
            Some(Typed::Meetings { text, rules, .. }) => (text.as_str(), rules.as_slice()),
            _ => ("", &[][..]),
        };
        let new_words = text.trim() != old_text && *rules == old_rules;
        if new_words
            && posted.get(&format!("{}-asked", entry.key)).is_empty()
            && let Some(found) = understood(text).filter(|found| found != rules)
        {
            *rules = found;
            offered.push(entry.key.clone());
        }
    }
    offered
}

/// What is saved now, for the fields where it is not what was typed.
pub(super) fn meanwhile(
    (lang, catalogue): (Lang, &Catalogue),
    items: &[Item],
    fields: &[Field],
    entries: &[Entry],
) -> Vec<Meanwhile> {
    let differs = |field: Field| {
        let now: Vec<_> =
            items.iter().filter(|item| item.field == field).map(|item| (Typed::of(&item.value), item.light)).collect();
        let typed: Vec<_> = entries
            .iter()
            .filter(|entry| entry.field == field && !entry.typed.is_empty())
            .map(|entry| (entry.typed.clone(), entry.light.unwrap_or(catalogue.default_light(field))))
            .collect();
        now != typed
    };
    let changed = fields.iter().filter(|field| differs(**field));
    changed
        .map(|field| Meanwhile {
            label: words::label(lang, catalogue, *field),
            values: items
                .iter()
                .filter(|item| item.field == *field)
                .map(|item| (Words::of(lang, catalogue, *field, &item.value), item.effective()))
                .collect(),
        })
        .collect()
}
