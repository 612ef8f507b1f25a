//! `…/vorschau`: what the prepared change does, in numbers and with the groups; then it is made. `…/lockern` is the same
//! for what lets something be more open or deletes something: it asks for a fresh proof first.

use access::actions::{EditPolicy, LoosenPolicy};
use askama::Template;
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use domain::Light;
use domain::catalogue::{FieldDef, Kind, Need};
use domain::policy::impact::Counts;
use serde::Deserialize;
use usecases::Error;
use usecases::policy::draft;
use usecases::policy::preview::{self, FieldChange, GroupLine, Preview};

use super::{POLICY, called, field_of, section, to_list};
use crate::office::groups::group_path;
use crate::office::groups::words::{Words, own_words};
use crate::page::{Flash, Page, Tone, html};
use crate::visit::Visit;
use crate::{Granted, Lang, Routes, WebError, WebState};

const PREVIEW: &str = "/office/einstellungen/ampel/vorschau";
const UNDO: &str = "/office/einstellungen/ampel/feld/{feld}/zuruecknehmen";
const LOOSEN: &str = "/office/einstellungen/ampel/lockern";

pub(super) fn routes() -> Routes {
    Routes::new()
        .office::<EditPolicy, _, _>(Method::GET, PREVIEW, show)
        .office::<EditPolicy, _, _>(Method::POST, PREVIEW, save)
        .office::<EditPolicy, _, _>(Method::POST, UNDO, undo)
        .office::<LoosenPolicy, _, _>(Method::GET, LOOSEN, show_again)
        .office::<LoosenPolicy, _, _>(Method::POST, LOOSEN, loosen)
}

/// A light that becomes another.
struct Turn {
    what: &'static str,
    before: Option<Light>,
    after: Light,
}

struct ChangeView {
    label: String,
    what: Option<&'static str>,
    turns: Vec<Turn>,
    says: Vec<String>,
    effects: Vec<String>,
    /// Where it alone is taken back.
    undo: String,
}

struct GroupView {
    name: Words,
    href: String,
    effects: Vec<String>,
}

#[derive(Template)]
#[template(path = "office/policy_preview.html")]
struct PreviewPage {
    page: Page,
    effects: Vec<String>,
    opens_nothing: bool,
    changes: Vec<ChangeView>,
    reordered: bool,
    /// Whether consents count for another time from then on.
    consents: Option<String>,
    groups: Vec<GroupView>,
    /// Where the form is sent; none where a fresh proof is to be given first.
    action: Option<&'static str>,
    mark: String,
    deletes: bool,
}

impl PreviewPage {
    /// Whether nothing would be another.
    fn nothing(&self) -> bool {
        self.changes.is_empty() && !self.reordered && self.consents.is_none() && self.effects.is_empty()
    }
}

/// What happens, one sentence each.
fn effects(lang: Lang, counts: &Counts) -> Vec<String> {
    let Counts { to_yellow, to_red, vanish, hidden, deleted, back, missing } = *counts;
    [
        (to_yellow, "policy-effect-yellow"),
        (to_red, "policy-effect-red"),
        (vanish, "policy-effect-vanish"),
        (hidden, "policy-effect-hidden"),
        (deleted, "policy-effect-deleted"),
        (back, "policy-effect-back"),
        (missing, "policy-effect-missing"),
    ]
    .into_iter()
    .filter(|(count, _)| *count > 0)
    .map(|(count, key)| lang.tn(key, count))
    .collect()
}

/// What a new field holds, and its choices.
fn holds(lang: Lang, kind: &Kind) -> Vec<String> {
    let (code, choices) = match kind {
        Kind::Line => ("line", None),
        Kind::Text => ("text", None),
        Kind::Number => ("number", None),
        Kind::Date => ("date", None),
        Kind::OwnChoice(choices) => ("choice", Some(choices)),
        _ => return Vec::new(),
    };
    let mut says = vec![format!("{}: {}", lang.t("policy-kind"), lang.choice("policy-kind", code))];
    says.extend(choices.map(|choices| {
        let words = choices.iter().filter_map(|choice| own_words(lang, &choice.words));
        format!("{}: {}", lang.t("policy-choices"), words.collect::<Vec<_>>().join(", "))
    }));
    says
}

fn change_view(lang: Lang, preview: &Preview, change: &FieldChange) -> ChangeView {
    let FieldChange { field, before, after, counts } = change;
    let (mut turns, mut says) = (Vec::new(), Vec::new());
    if let Some(after) = after {
        let FieldDef {
            field: _,
            section: place,
            kind,
            count: _,
            default,
            ceiling,
            consent: _,
            shown: _,
            need,
            label,
            help,
        } = after;
        let light = |of: fn(&FieldDef) -> Light| before.as_ref().map(of);
        for (what, was, is) in [
            (lang.t("policy-ceiling"), light(|def| def.ceiling), *ceiling),
            (lang.t("policy-default"), light(|def| def.default), *default),
        ] {
            if was != Some(is) {
                turns.push(Turn { what, before: was, after: is });
            }
        }
        let was = |same: fn(&FieldDef, &FieldDef) -> bool| before.as_ref().is_none_or(|before| same(before, after));
        if !was(|one, other| one.section == other.section) || before.is_none() {
            says.push(lang.t1("policy-says-section", "section", section(lang, *place)));
        }
        if !was(|one, other| one.need == other.need) {
            says.push(
                lang.t(if *need == Need::Required { "policy-says-required" } else { "policy-says-optional" })
                    .to_owned(),
            );
        }
        if before.is_none() {
            says.extend(holds(lang, kind));
        }
        if let Some(before) = before {
            if before.label != *label {
                let was = called(lang, &[&preview.now], *field);
                says.push(lang.t1("policy-says-label", "was", was));
            }
            if before.help != *help {
                says.push(lang.t("policy-says-help").to_owned());
            }
            if before.kind != *kind {
                says.push(lang.t("policy-says-choices").to_owned());
            }
        }
    }
    ChangeView {
        label: called(lang, &[&preview.next, &preview.now], *field),
        what: match (before, after) {
            (None, _) => Some(lang.t("policy-new")),
            (_, None) => Some(lang.t("policy-gone")),
            _ => None,
        },
        turns,
        says,
        effects: effects(lang, counts),
        undo: format!("{POLICY}/feld/{field}/zuruecknehmen"),
    }
}

fn group_view(lang: Lang, line: &GroupLine) -> GroupView {
    let mut effects = effects(lang, &line.counts);
    if line.gone {
        effects.insert(0, lang.t("policy-effect-group-gone").to_owned());
    }
    GroupView { name: Words::name(&line.name, lang.t("groups-nameless")), href: group_path(line.group), effects }
}

/// Whether the page is open to someone who has just proven who they are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Door {
    Usual,
    Proven,
}

fn page_of(visit: &Visit, preview: &Preview, door: Door, conflict: bool) -> PreviewPage {
    let lang = visit.lang;
    let mut page = visit.page(lang.t("policy-preview-title")).office().back_to(POLICY, lang.t("policy-title"));
    if conflict {
        page = page.notice(Tone::Warning, lang.t("policy-conflict"));
    } else if preview.base != preview.now.version() {
        page = page.notice(Tone::Warning, lang.t1("policy-older", "version", preview.now.version().to_string()));
    }
    let mut all = effects(lang, &preview.impact.total);
    if preview.impact.gone > 0 {
        all.push(lang.tn("policy-effect-gone", preview.impact.gone));
    }
    PreviewPage {
        page,
        effects: all,
        opens_nothing: preview.grave && preview.impact.total.deleted == 0,
        changes: preview.changes.iter().map(|change| change_view(lang, preview, change)).collect(),
        reordered: preview.reordered,
        consents: preview.consents.then(|| {
            let months = match preview.next.consent_months() {
                Some(months) => lang.tn("policy-consent-months", usize::from(months)),
                None => lang.t("policy-consent-unlimited").to_owned(),
            };
            lang.t1("policy-consents-become", "months", months)
        }),
        groups: preview.groups.iter().map(|line| group_view(lang, line)).collect(),
        action: match (door, preview.grave) {
            (Door::Proven, _) => Some(LOOSEN),
            (Door::Usual, false) => Some(PREVIEW),
            (Door::Usual, true) => None,
        },
        mark: preview.mark.clone(),
        deletes: preview.impact.total.deleted > 0,
    }
}

async fn undo(
    granted: Granted<EditPolicy>,
    State(state): State<WebState>,
    Path(field): Path<String>,
) -> Result<Response, WebError> {
    draft::undo(&granted, &state.house, field_of(&field)?).await?;
    Ok(Redirect::to(&format!("{PREVIEW}?meldung=ampel-zurueck")).into_response())
}

async fn show(
    granted: Granted<EditPolicy>,
    State(state): State<WebState>,
    visit: Visit,
    Query(Flash { meldung }): Query<Flash>,
) -> Result<Response, WebError> {
    let preview = preview::preview(&granted, &state.house).await?;
    let mut shown = page_of(&visit, &preview, Door::Usual, false);
    shown.page = shown.page.flash(meldung.as_deref());
    Ok(html(&shown)?.into_response())
}

async fn show_again(
    granted: Granted<LoosenPolicy>,
    State(state): State<WebState>,
    visit: Visit,
) -> Result<Response, WebError> {
    let preview = preview::preview_loosening(&granted, &state.house).await?;
    Ok(html(&page_of(&visit, &preview, Door::Proven, false))?.into_response())
}

#[derive(Deserialize)]
struct Typed {
    #[serde(default)]
    mark: String,
}

async fn save(
    granted: Granted<EditPolicy>,
    State(state): State<WebState>,
    visit: Visit,
    Form(Typed { mark }): Form<Typed>,
) -> Result<Response, WebError> {
    match preview::save(&granted, &state.house, &mark).await {
        Ok(_) => Ok(to_list("ampel-gilt")),
        Err(Error::Conflict) => {
            let preview = preview::preview(&granted, &state.house).await?;
            Ok((StatusCode::CONFLICT, html(&page_of(&visit, &preview, Door::Usual, true))?).into_response())
        }
        // What needs a fresh proof is shown there once more.
        Err(Error::Invalid(problems)) if problems.iter().any(|problem| problem.code == "policy-grave") => {
            Ok(Redirect::to(LOOSEN).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

async fn loosen(
    granted: Granted<LoosenPolicy>,
    State(state): State<WebState>,
    visit: Visit,
    Form(Typed { mark }): Form<Typed>,
) -> Result<Response, WebError> {
    match preview::save_loosening(&granted, &state.house, &mark).await {
        Ok(_) => Ok(to_list("ampel-gilt")),
        Err(Error::Conflict) => {
            let preview = preview::preview_loosening(&granted, &state.house).await?;
            Ok((StatusCode::CONFLICT, html(&page_of(&visit, &preview, Door::Proven, true))?).into_response())
        }
        Err(error) => Err(error.into()),
    }
}
