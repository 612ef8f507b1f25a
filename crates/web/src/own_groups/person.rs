//! `/meine-gruppen/{id}/personen/{person}`: a group admin corrects a contact person, or names a new one (`neu`).

use access::actions::SubmitChanges;
use axum::extract::{Path, State};
use axum::http::{Method, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use domain::catalogue::Section;
use domain::consent::Wording;
use domain::{GroupId, PersonId};
use usecases::Problem;
use usecases::groups::Entry;
use usecases::groups::people::name;
use usecases::review::submit_person::{self, OwnPerson, PersonForm};

use super::edit::{Outcome, outcome, read, written};
use crate::form::{Choice, Control, FormField, problem, status_of};
use crate::granted::OWN_GROUPS;
use crate::office::groups::edit::{Drafts, ItemsPage, meanwhile};
use crate::office::groups::posted::Posted;
use crate::office::groups::{id, rows};
use crate::page::html;
use crate::visit::Visit;
use crate::{Granted, Routes, WebError, WebState};

const PATH: &str = "/meine-gruppen/{id}/personen/{person}";
/// Stands in the address for somebody new.
const NEW: &str = "neu";

pub(crate) fn routes() -> Routes {
    Routes::new().office::<SubmitChanges, _, _>(Method::GET, PATH, ask).office::<SubmitChanges, _, _>(
        Method::POST,
        PATH,
        send,
    )
}

struct Shown<'a> {
    group: GroupId,
    person: Option<PersonId>,
    own: &'a OwnPerson,
    entries: &'a [Entry],
    agrees: bool,
    waiting: String,
    problems: &'a [Problem],
    conflict: bool,
}

fn page_of(state: &WebState, visit: &Visit, shown: &Shown<'_>) -> ItemsPage {
    let lang = visit.lang;
    let Shown { group, person, own, entries, agrees, waiting, problems, conflict } = shown;
    let fields = own.catalogue.section(Section::Person);
    let said = (lang, own.catalogue.as_ref());
    let title = match (person, name(&own.person)) {
        (None, _) => lang.t("own-person-new").to_owned(),
        (Some(_), "") => lang.t("person-nameless").to_owned(),
        (Some(_), name) => name.to_owned(),
    };
    let Wording { agreed, yellow, green, free, .. } = Wording::current();
    let chosen = if *agrees { "ja" } else { "" };
    let agree = FormField::new("agrees", lang.t("own-person-agrees-legend"))
        .hint(format!("{agreed} {yellow} {green} {free}"))
        .control(Control::Checks(vec![Choice::new("ja", lang.t("own-person-agrees"), chosen)]))
        .optional()
        .error(problem(lang, problems, "agrees"));
    let place = person.map_or_else(|| NEW.to_owned(), |person| person.to_string());
    let back = format!("{OWN_GROUPS}/{group}");
    ItemsPage {
        position: String::new(),
        intro: lang.t("own-person-intro"),
        action: format!("{back}/personen/{place}"),
        cancel: back.clone(),
        save: lang.t("own-edit-save"),
        hidden: vec![("waiting", waiting.clone())],
        first: vec![agree],
        form: rows::form(said, &fields, entries, problems, &[], state.clock.now()),
        meanwhile: if *conflict { meanwhile(said, &own.person.items, &fields, entries) } else { Vec::new() },
        conflict: *conflict,
        lights: true,
        drafts: Drafts::default(),
        page: visit.page(title).office().back_to(back, own.group.clone()),
    }
}

fn whom(person: &str) -> Result<Option<PersonId>, WebError> {
    if person == NEW { Ok(None) } else { id(person).map(Some) }
}

async fn ask(
    granted: Granted<SubmitChanges>,
    State(state): State<WebState>,
    visit: Visit,
    Path((group, person)): Path<(String, String)>,
) -> Result<Html<String>, WebError> {
    let (group, person) = (id(&group)?, whom(&person)?);
    let own = submit_person::form(&granted, &state.house, group, person).await?;
    let entries = rows::entries_of(&own.catalogue, &own.person.items, &own.catalogue.section(Section::Person));
    let waiting = written(own.waiting);
    let (own, entries) = (&own, &entries[..]);
    let shown = Shown { group, person, own, entries, agrees: false, waiting, problems: &[], conflict: false };
    html(&page_of(&state, &visit, &shown))
}

async fn send(
    granted: Granted<SubmitChanges>,
    State(state): State<WebState>,
    visit: Visit,
    Path((group, person)): Path<(String, String)>,
    posted: Posted,
) -> Result<Response, WebError> {
    let (group, person): (GroupId, _) = (id(&group)?, whom(&person)?);
    let own = submit_person::form(&granted, &state.house, group, person).await?;
    let mut entries = posted.entries(&own.catalogue, &own.catalogue.section(Section::Person));
    let agrees = posted.get("agrees") == "ja";
    let mut problems = Vec::new();
    let mut conflict = false;
    if let Some(field) = posted.more() {
        rows::add_row(&own.catalogue, &mut entries, field);
    } else {
        let form = PersonForm { group, person, entries: entries.clone(), agrees };
        let sent = submit_person::submit(&granted, &state.house, &form, read(posted.get("waiting"))?).await;
        match outcome(group, sent)? {
            Outcome::Taken(back) => return Ok(back),
            Outcome::Wrong(wrong) => problems = wrong,
            Outcome::Stale => conflict = true,
        }
    }
    let waiting = if conflict { written(own.waiting) } else { posted.get("waiting").to_owned() };
    let (own, entries, problems) = (&own, &entries[..], &problems[..]);
    let shown = Shown { group, person, own, entries, agrees, waiting, problems, conflict };
    let status = if conflict { StatusCode::CONFLICT } else { status_of(problems) };
    Ok((status, html(&page_of(&state, &visit, &shown))?).into_response())
}
