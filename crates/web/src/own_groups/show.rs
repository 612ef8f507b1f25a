//! `/meine-gruppen/{id}`: one's own group, every item with its light, and who saw it.

use access::actions::ReadOwnGroup;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::Method;
use axum::response::Html;
use domain::change_request::{Change, Decision};
use domain::{Catalogue, Field, GroupId, Item, Light, Status};
use usecases::disclosures::register::OwnLine;
use usecases::groups::edit::section_code;
use usecases::own_groups::{self, OwnGroupView};
use usecases::review::submit::SECTIONS;

use crate::form::{Control, FormField};
use crate::granted::OWN_GROUPS;
use crate::office::groups::words::{Words, label, moment};
use crate::office::requests::decide::Comment;
use crate::page::{Flash, NavLink, Page, html};
use crate::visit::Visit;
use crate::{Granted, Lang, Routes, WebError, WebState};

pub(crate) fn routes() -> Routes {
    Routes::new().office::<ReadOwnGroup, _, _>(Method::GET, "/meine-gruppen/{id}", show)
}

#[derive(Template)]
#[template(path = "own_groups/show.html")]
struct GroupPage {
    page: Page,
    status: &'static str,
    status_code: &'static str,
    items: Vec<Line>,
    people: Vec<PersonLines>,
    /// Where a new contact person is named.
    new_person: String,
    /// Where the group can be paused, if it is active.
    pause: Option<String>,
    seen: Vec<SeenLine>,
    passed_on: Vec<PassedLine>,
    /// How often something was passed on.
    passed_count: String,
    ask_first: bool,
    /// Where the form is sent that says whether to ask first.
    ask_form: String,
    /// Who is to take over, if somebody is.
    successor: Option<String>,
    succession: String,
    /// The sections that can be corrected: where, and what they are called.
    sections: Vec<NavLink>,
    /// What waits for the office, if anything does.
    waiting: Option<String>,
    waits: Vec<AskedLine>,
    /// What somebody else proposed who looks after the group, or did.
    others_waiting: Option<String>,
    withdraw: String,
    reconcile: String,
    decided_at: String,
    decided: Vec<AskedLine>,
    comments: Vec<Comment>,
    /// Where something can be written about what waits.
    comment: Option<FormField>,
    comment_form: String,
}

/// A change that was asked for, and what the office decided about it.
struct AskedLine {
    label: String,
    /// As it is to be; none if it is to go.
    value: Option<(Words, Light)>,
    /// What was decided; empty as long as it waits.
    outcome: &'static str,
    /// What was asked for, where the office took another value.
    asked: Option<String>,
    /// Why not, in the office's words.
    reason: String,
}

impl AskedLine {
    fn of(lang: Lang, catalogue: &Catalogue, change: &Change) -> Self {
        let (outcome, asked, reason) = match &change.decision {
            None => ("", None, ""),
            Some(Decision::Accepted) => (lang.t("own-decided-accepted"), None, ""),
            Some(Decision::Amended { asked }) => {
                let asked = Words::of(lang, catalogue, change.field, asked).text;
                (lang.t("own-decided-amended"), Some(lang.t1("own-decided-asked", "value", asked)), "")
            }
            Some(Decision::Rejected { reason }) => (lang.t("own-decided-rejected"), None, reason.as_str()),
        };
        let value = change.after.as_ref();
        Self {
            label: label(lang, catalogue, change.field),
            value: value.map(|lit| (Words::of(lang, catalogue, change.field, &lit.value), lit.light)),
            outcome,
            asked,
            reason: reason.to_owned(),
        }
    }
}

struct Line {
    label: String,
    value: Words,
    light: Light,
    /// Where it can be closed, if it is open.
    close: Option<String>,
}

/// A contact person.
struct PersonLines {
    lines: Vec<Line>,
    /// Where they are corrected.
    edit: String,
}

struct SeenLine {
    at: String,
    by: String,
    items: String,
}

/// One time something was passed on: not to whom.
struct PassedLine {
    at: String,
    what: String,
    /// Why; none if the time to keep it is over.
    purpose: Option<String>,
    waits: bool,
}

fn passed_line(lang: Lang, catalogue: &Catalogue, one: OwnLine) -> PassedLine {
    let OwnLine { at, purpose, fields, waits } = one;
    let what = fields.into_iter().map(|field| label(lang, catalogue, field)).collect::<Vec<_>>().join(", ");
    PassedLine { at: moment(lang, at), what, purpose, waits }
}

fn line(lang: Lang, catalogue: &Catalogue, item: &Item, light: Light) -> Line {
    let value = Words::of(lang, catalogue, item.field, &item.value);
    Line { label: label(lang, catalogue, item.field), value, light, close: None }
}

/// "Es geht um: Treffen, Telefon."
fn about(lang: Lang, catalogue: &Catalogue, fields: &[Field]) -> String {
    let mut labels: Vec<String> = fields.iter().map(|field| label(lang, catalogue, *field)).collect();
    labels.dedup();
    lang.t1("own-waiting-about", "fields", labels.join(", "))
}

async fn show(
    granted: Granted<ReadOwnGroup>,
    State(state): State<WebState>,
    visit: Visit,
    Path(id): Path<String>,
    Query(Flash { meldung }): Query<Flash>,
) -> Result<Html<String>, WebError> {
    let id: GroupId = id.parse().map_err(|_| WebError::NotFound)?;
    let lang = visit.lang;
    let OwnGroupView {
        group,
        people,
        seen,
        successor,
        catalogue,
        waiting,
        others_waiting,
        decided,
        passed_on,
        ask_first,
        comments,
    } = own_groups::group(&granted, &state.house, id).await?;
    let people = people
        .iter()
        .map(|person| {
            let lines = person.items.iter().map(|item| {
                let line = line(lang, &catalogue, item, person.effective(item));
                let close = format!("{OWN_GROUPS}/{id}/personen/{}/widerruf/{}", person.id, item.id);
                Line { close: (line.light > Light::Red).then_some(close), ..line }
            });
            PersonLines { lines: lines.collect(), edit: format!("{OWN_GROUPS}/{id}/personen/{}", person.id) }
        })
        .collect();
    let seen = seen.into_iter().map(|seen| SeenLine {
        at: moment(lang, seen.at),
        by: seen.by.unwrap_or_else(|| lang.t("own-groups-someone").to_owned()),
        items: lang.tn("own-groups-items", seen.items),
    });
    html(&GroupPage {
        page: visit
            .page(group.name())
            .office()
            .back_to(OWN_GROUPS, lang.t("own-groups-title"))
            .flash(meldung.as_deref()),
        successor: successor.map(|email| lang.t1("succession-open", "email", email.as_str().to_owned())),
        succession: format!("{OWN_GROUPS}/{id}/nachfolge"),
        sections: SECTIONS
            .map(|section| {
                let code = section_code(section);
                NavLink::new(format!("{OWN_GROUPS}/{id}/bearbeiten/{code}"), lang.choice("section", code))
            })
            .into(),
        waiting: (!waiting.is_empty()).then(|| lang.tn("own-waiting", waiting.len())),
        waits: waiting.iter().map(|change| AskedLine::of(lang, &catalogue, change)).collect(),
        others_waiting: (!others_waiting.is_empty())
            .then(|| format!("{} {}", lang.t("own-others-waiting"), about(lang, &catalogue, &others_waiting))),
        passed_count: lang.tn("own-passed-count", passed_on.len()),
        passed_on: passed_on.into_iter().map(|one| passed_line(lang, &catalogue, one)).collect(),
        ask_first,
        ask_form: format!("{OWN_GROUPS}/{id}/zuerst-fragen"),
        withdraw: format!("{OWN_GROUPS}/{id}/zuruecknehmen"),
        reconcile: format!("{OWN_GROUPS}/{id}/abgleich/start"),
        decided_at: decided.as_ref().map(|(at, _)| moment(lang, *at)).unwrap_or_default(),
        decided: decided
            .iter()
            .flat_map(|(_, changes)| changes)
            .map(|change| AskedLine::of(lang, &catalogue, change))
            .collect(),
        comment: (!waiting.is_empty())
            .then(|| FormField::new("comment", lang.t("own-comment")).control(Control::Area { rows: 3 })),
        comment_form: format!("{OWN_GROUPS}/{id}/nachricht"),
        comments: comments.iter().map(|one| Comment::of(lang, one)).collect(),
        status: lang.choice("status", group.status.code()),
        status_code: group.status.code(),
        items: group.items.iter().map(|item| line(lang, &catalogue, item, item.effective())).collect(),
        people,
        new_person: format!("{OWN_GROUPS}/{id}/personen/neu"),
        pause: (group.status == Status::Active).then(|| format!("{OWN_GROUPS}/{id}/pause")),
        seen: seen.collect(),
    })
}
