//! `/office/pruefung/{id}`: a request item by item, old and new side by side, and the decision about each.

use std::collections::HashMap;

use access::actions::{DecideRequest, ReadRequests};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use domain::change_request::{Change, Decision, Lit, RequestState, Standing};
use domain::{Field, Light, RequestId};
use usecases::groups::{Entry, Typed};
use usecases::review::comments::{self, CommentView};
use usecases::review::decide::{self, Outcome, Seen, Verdict};
use usecases::review::queue::{self, ChangeView, RequestView};
use usecases::review::take;
use usecases::{Error, Problem};

use super::REQUESTS;
use crate::form::{Choice, Control, FormField, problem};
use crate::office::groups::posted::Posted;
use crate::office::groups::rows::{self, Row};
use crate::office::groups::words::{Words, label, light, moment};
use crate::office::groups::{FORM_LIMIT, group_path};
use crate::page::{Flash, Page, html};
use crate::visit::Visit;
use crate::{Granted, Lang, Routes, WebError, WebState};

const PATH: &str = "/office/pruefung/{id}";

pub(crate) fn routes() -> Routes {
    Routes::new()
        .office::<ReadRequests, _, _>(Method::GET, PATH, show)
        .office_upload::<DecideRequest, _, _>(PATH, FORM_LIMIT, decide)
        .office::<DecideRequest, _, _>(Method::POST, "/office/pruefung/{id}/bearbeitung", take)
        .office::<DecideRequest, _, _>(Method::POST, "/office/pruefung/{id}/nachricht", comment)
}

/// One item of the request.
#[expect(clippy::struct_excessive_bools, reason = "what is true of an item, each for itself")]
struct Line {
    label: String,
    /// The contact person it is about, if it is about one.
    whose: Option<Words>,
    /// Whether whoever asked says to be that person, and to agree.
    agrees: bool,
    /// What was decided, if it was.
    decided: Option<String>,
    old: Option<(Words, Light)>,
    new: Option<(Words, Light)>,
    /// What was asked for, where the office took another value.
    asked: Option<Words>,
    /// Whether somebody changed it meanwhile.
    moved_on: bool,
    /// What is there now, if it moved on and is not gone.
    now: Option<(Words, Light)>,
    done: bool,
    verdict: FormField,
    light: Option<FormField>,
    /// Another value than the one asked for.
    amend: Option<Row>,
    /// Whether that is open: something else is typed there, or wrong.
    amends: bool,
    /// A reason from the office's list, where it has one.
    template: Option<FormField>,
    reason: FormField,
}

/// Something written about the request.
pub(crate) struct Comment {
    pub(crate) by: String,
    pub(crate) at: String,
    pub(crate) office: bool,
    pub(crate) text: String,
}

impl Comment {
    pub(crate) fn of(lang: Lang, one: &CommentView) -> Self {
        let CommentView { at, by, by_link, office, text } = one;
        let nobody = if *by_link { "by-link" } else { "requests-someone" };
        let by = by.clone().unwrap_or_else(|| lang.t(nobody).to_owned());
        Self { by, at: moment(lang, *at), office: *office, text: text.clone() }
    }
}

#[derive(Template)]
#[template(path = "office/request.html")]
struct RequestPage {
    page: Page,
    about: String,
    group: String,
    action: String,
    version: u32,
    group_version: u32,
    lines: Vec<Line>,
    errors: Vec<(String, String)>,
    /// Whether whoever looks may decide.
    decides: bool,
    /// Somebody else was faster, or the group changed its mind.
    conflict: bool,
    /// What a colleague decided, and that a second must agree.
    first: Option<String>,
    /// Who is at work on it.
    take: Option<FormField>,
    /// Whether it is somebody else, or nobody: one press makes it me.
    free: bool,
    /// That a colleague is.
    at_work: Option<String>,
    comments: Vec<Comment>,
    comment: Option<FormField>,
}

/// A request as its form shows it.
struct Shown<'a> {
    view: &'a RequestView,
    sent: &'a Posted,
    problems: &'a [Problem],
    conflict: bool,
    decides: bool,
}

/// What the input of a change is called: the fields of one kind are counted.
fn keys(changes: &[ChangeView]) -> Vec<String> {
    let mut counts: HashMap<Field, usize> = HashMap::new();
    let mut next = |field: Field| {
        let count = counts.entry(field).or_default();
        *count += 1;
        *count - 1
    };
    changes.iter().map(|one| format!("{}-{}", one.change.field.code(), next(one.change.field))).collect()
}

/// What is typed as the value of a change: now, or by the colleague who decided first, or what was asked for.
fn entry(view: &RequestView, one: &Change, key: &str, sent: &Posted) -> Option<Entry> {
    let asked = one.after.as_ref()?;
    let typed = sent.entries(&view.catalogue, &[one.field]).into_iter().find(|entry| entry.key == key);
    let first = view.first.as_ref().and_then(|first| first.changes.iter().find(|change| change.item == one.item));
    let value = first.and_then(|change| change.after.as_ref()).unwrap_or(asked);
    let kept = || Entry {
        key: key.to_owned(),
        item: Some(one.item),
        field: one.field,
        light: None,
        typed: Typed::of(&value.value),
    };
    Some(typed.unwrap_or_else(kept))
}

/// What a colleague decided first, as a form that was sent.
fn prefilled(view: &RequestView) -> Posted {
    let changes = view.first.iter().flat_map(|first| &first.changes);
    let mut pairs = Vec::new();
    for change in changes {
        let id = change.item;
        let taken = change.decision.as_ref().is_some_and(Decision::is_taken);
        pairs.push((format!("v-{id}"), if taken { "yes" } else { "no" }.to_owned()));
        if let Some(after) = &change.after {
            pairs.push((format!("l-{id}"), after.light.code().to_owned()));
        }
        if let Some(Decision::Rejected { reason }) = &change.decision {
            pairs.push((format!("r-{id}"), reason.clone()));
        }
    }
    Posted::of(pairs)
}

fn line(state: &WebState, lang: Lang, shown: &Shown<'_>, one: &ChangeView, key: &str) -> Line {
    let Shown { view, sent, problems, .. } = shown;
    let ChangeView { change, standing, whose } = one;
    let (id, field) = (change.item.to_string(), change.field);
    let told = |lit: &Lit| (Words::of(lang, &view.catalogue, field, &lit.value), lit.light);
    let error = problem(lang, problems, &id);
    let chosen = sent.get(&format!("v-{id}"));
    let verdict = FormField::new(format!("v-{id}"), lang.t("requests-verdict"))
        .control(Control::Radios(vec![
            Choice::new("yes", lang.t("requests-accept"), chosen),
            Choice::new("no", lang.t("requests-reject"), chosen),
        ]))
        .error(error);
    let template = (!view.reasons.is_empty()).then(|| {
        let chosen = sent.get(&format!("s-{id}"));
        let none = Choice::new("", lang.t("requests-template-none"), chosen);
        let choices = view.reasons.iter().map(|reason| Choice::new(reason.clone(), reason.clone(), chosen));
        FormField::new(format!("s-{id}"), lang.t("requests-template"))
            .control(Control::Select(std::iter::once(none).chain(choices).collect()))
    });
    let reason = FormField::new(format!("r-{id}"), lang.t("requests-reason"))
        .hint(lang.t("requests-reason-hint"))
        .control(Control::Area { rows: 2 })
        .value(sent.get(&format!("r-{id}")));
    // What a person said of themselves is taken as it is, or not.
    let amend = entry(view, change, key, sent).filter(|_| change.person.is_none() && shown.decides);
    let differs = |entry: &Entry| change.after.as_ref().is_some_and(|after| entry.typed != Typed::of(&after.value));
    let amends = amend.as_ref().is_some_and(differs);
    let amend = amend.and_then(|entry| {
        let form = rows::form((lang, &view.catalogue), &[field], &[entry], &[], &[], state.clock.now());
        form.blocks.into_iter().flat_map(|block| block.rows).next()
    });
    Line {
        label: label(lang, &view.catalogue, field),
        whose: whose.as_ref().map(|name| Words::name(name, lang.t("requests-new-person"))),
        agrees: change.person.is_some_and(|person| person.agrees),
        asked: match &change.decision {
            Some(Decision::Amended { asked }) => Some(Words::of(lang, &view.catalogue, field, asked)),
            _ => None,
        },
        decided: change.decision.as_ref().map(|decision| match decision {
            Decision::Accepted => lang.t("own-decided-accepted").to_owned(),
            Decision::Amended { .. } => lang.t("own-decided-amended").to_owned(),
            Decision::Rejected { reason } => format!("{}: {reason}", lang.t("own-decided-rejected")),
        }),
        old: change.before.as_ref().map(told),
        new: change.after.as_ref().map(told),
        moved_on: matches!(standing, Standing::MovedOn(_)),
        now: match standing {
            Standing::MovedOn(now) => now.as_ref().map(told),
            Standing::Fits | Standing::Done => None,
        },
        done: *standing == Standing::Done,
        verdict,
        light: change.after.as_ref().map(|after| light_field(lang, view, field, after.light, sent, &id)),
        amend,
        amends,
        template,
        reason,
    }
}

/// Which light the item gets: the one asked for, or a stricter one.
fn light_field(lang: Lang, view: &RequestView, field: Field, asked: Light, sent: &Posted, id: &str) -> FormField {
    let name = format!("l-{id}");
    let chosen = match sent.get(&name) {
        "" => asked.code(),
        typed => typed,
    };
    let ceiling = view.catalogue.limit(field).ceiling;
    let choices = Light::ALL.into_iter().filter(|one| *one <= ceiling && *one <= asked);
    let choices = choices.map(|one| Choice::new(one.code(), light(lang, one), chosen)).collect();
    FormField::new(name, lang.t("requests-light")).control(Control::Select(choices))
}

/// Who is at work on it.
fn take_field(lang: Lang, view: &RequestView) -> FormField {
    let chosen = view.taken_by.as_ref().map(|(by, _)| by.to_string()).unwrap_or_default();
    let nobody = Choice::new("", lang.t("requests-taken-nobody"), &chosen);
    let colleagues = view.reviewers.iter().map(|(id, name)| Choice::new(id.to_string(), name.clone(), &chosen));
    FormField::new("by", lang.t("requests-taken-by"))
        .control(Control::Select(std::iter::once(nobody).chain(colleagues).collect()))
        .width("w-20")
}

fn page(state: &WebState, visit: &Visit, shown: &Shown<'_>, flash: Option<&str>) -> Result<Response, WebError> {
    let lang = visit.lang;
    let Shown { view, problems, conflict, decides, .. } = shown;
    let changes = view.changes.iter().zip(keys(&view.changes));
    let lines: Vec<Line> = changes.map(|(one, key)| line(state, lang, shown, one, &key)).collect();
    let nobody = if view.by_link { "requests-by-link" } else { "requests-someone" };
    let by = view.by.clone().unwrap_or_else(|| lang.t(nobody).to_owned());
    let mut errors: Vec<(String, String)> = lines
        .iter()
        .filter_map(|line| {
            let error = line.verdict.error.as_ref()?;
            let whose = line.whose.as_ref().map(|whose| format!("{}, ", whose.text)).unwrap_or_default();
            Some((line.verdict.target(), format!("{whose}{}: {error}", line.label)))
        })
        .collect();
    errors.extend(problem(lang, problems, "").map(|error| ("entscheiden".to_owned(), error.to_owned())));
    let written = problem(lang, problems, "comment");
    errors.extend(written.map(|error| ("comment".to_owned(), error.to_owned())));
    let first = view.first.as_ref().map(|first| {
        let by = first.by.clone().unwrap_or_else(|| lang.t("requests-someone").to_owned());
        let key = if first.mine { "requests-first-mine" } else { "requests-first" };
        lang.tx(key, [("by", by.into()), ("at", moment(lang, first.at).into())])
    });
    let can_ask = *decides && view.can_ask;
    let page = RequestPage {
        about: lang.tx("requests-about", [("by", by.into()), ("at", moment(lang, view.made_at).into())]),
        group: group_path(view.group.id),
        action: format!("{REQUESTS}/{}", view.id),
        version: view.version,
        group_version: view.group.version,
        errors,
        decides: *decides,
        conflict: *conflict,
        first: first.filter(|_| *decides),
        free: !view.mine,
        at_work: view
            .taken_by
            .as_ref()
            .filter(|_| !view.mine)
            .map(|(_, name)| lang.t1("requests-at-work", "by", name.clone())),
        take: decides.then(|| take_field(lang, view)),
        comments: view.comments.iter().map(|one| Comment::of(lang, one)).collect(),
        comment: can_ask.then(|| {
            FormField::new("comment", lang.t("requests-comment"))
                .hint(lang.t("requests-comment-hint"))
                .control(Control::Area { rows: 3 })
                .value(shown.sent.get("comment"))
                .error(written)
        }),
        page: visit
            .page(lang.t1("requests-of", "group", view.group.name().to_owned()))
            .office()
            .back_to(REQUESTS, lang.t("requests-title"))
            .flash(flash),
        lines,
    };
    let status = match (conflict, problems.is_empty()) {
        (true, _) => StatusCode::CONFLICT,
        (false, true) => StatusCode::OK,
        (false, false) => StatusCode::UNPROCESSABLE_ENTITY,
    };
    Ok((status, html(&page)?).into_response())
}

fn id(text: &str) -> Result<RequestId, WebError> {
    text.parse().map_err(|_| WebError::NotFound)
}

/// Decided, or taken back, while this was open.
fn over() -> Response {
    Redirect::to(&format!("{REQUESTS}?meldung=schon-entschieden")).into_response()
}

async fn show(
    granted: Granted<ReadRequests>,
    State(state): State<WebState>,
    visit: Visit,
    Path(path): Path<String>,
    Query(Flash { meldung }): Query<Flash>,
) -> Result<Response, WebError> {
    let view = queue::request(&granted, &state.house, id(&path)?).await?;
    let decides = view.state == RequestState::Open && visit.rights().contains(access::Right::EditGroups);
    let sent = prefilled(&view);
    let shown = Shown { view: &view, sent: &sent, problems: &[], conflict: false, decides };
    page(&state, &visit, &shown, meldung.as_deref())
}

/// What was filled in before somebody else changed the group, or the request: it stays, but for changes that are others now.
fn kept(before: &RequestView, now: &RequestView, sent: &Posted) -> Posted {
    let same = |one: &ChangeView| {
        let known = before.changes.iter().find(|old| old.change.item == one.change.item);
        // What moved on may have done so since the form was made: it is decided anew.
        known.is_some_and(|old| old.change == one.change) && !matches!(one.standing, Standing::MovedOn(_))
    };
    let other: Vec<String> =
        now.changes.iter().filter(|one| !same(one)).map(|one| one.change.item.to_string()).collect();
    // The rows of other values are counted: with other changes they are others.
    let rows = keys(&before.changes) == keys(&now.changes);
    let stays = |name: &str| match name.split_once('-') {
        Some(("v" | "l" | "r" | "s", item)) => !other.iter().any(|id| id == item),
        _ => rows,
    };
    Posted::of(sent.pairs().iter().filter(|(name, _)| stays(name)).cloned().collect())
}

/// What was chosen about each change; with "everything", about all that did not move on and was not said no to.
fn verdicts(view: &RequestView, sent: &Posted) -> Vec<Verdict> {
    let everything = sent.get("alles") == "ja";
    let changes = view.changes.iter().zip(keys(&view.changes));
    changes
        .filter_map(|(one, key)| {
            let item = one.change.item;
            let typed = sent.get(&format!("v-{item}"));
            // What moved on, or was said no to, is not everything.
            let fits = !matches!(one.standing, Standing::MovedOn(_));
            let written = sent.get(&format!("r-{item}"));
            let reason = if written.trim().is_empty() { sent.get(&format!("s-{item}")) } else { written };
            let amended = sent.entries(&view.catalogue, &[one.change.field]).into_iter().find(|row| row.key == key);
            // Whoever types another value takes that one over.
            let asked = one.change.after.as_ref().map(|after| Typed::of(&after.value));
            let typed_over =
                one.change.person.is_none() && amended.as_ref().is_some_and(|row| Some(&row.typed) != asked.as_ref());
            let accepted =
                typed == "yes" || typed.is_empty() && (everything && fits || typed_over && reason.trim().is_empty());
            (accepted || typed == "no").then(|| Verdict {
                item,
                accepted,
                light: Light::from_code(sent.get(&format!("l-{item}"))),
                typed: amended.map(|row| row.typed).filter(|_| one.change.person.is_none()),
                reason: reason.to_owned(),
            })
        })
        .collect()
}

async fn decide(
    granted: Granted<DecideRequest>,
    State(state): State<WebState>,
    visit: Visit,
    Path(path): Path<String>,
    sent: Posted,
) -> Result<Response, WebError> {
    let id = id(&path)?;
    let number = |name| sent.get(name).parse::<u32>().map_err(|_| WebError::BadRequest("error-form"));
    let seen = Seen { request: number("version")?, group: number("group-version")? };
    let view = queue::request(&granted, &state.house, id).await?;
    if view.state != RequestState::Open {
        return Ok(over());
    }
    match decide::decide(&granted, &state.house, id, seen, &verdicts(&view, &sent)).await {
        Ok(Outcome::Decided) => Ok(Redirect::to(&format!("{REQUESTS}?meldung=entschieden")).into_response()),
        Ok(Outcome::SecondLook) => Ok(Redirect::to(&format!("{REQUESTS}?meldung=zweiter-blick")).into_response()),
        Err(Error::Invalid(problems)) => {
            let shown = Shown { view: &view, sent: &sent, problems: &problems, conflict: false, decides: true };
            page(&state, &visit, &shown, None)
        }
        Err(Error::Conflict) => match queue::request(&granted, &state.house, id).await {
            Ok(now) if now.state == RequestState::Open => {
                let sent = kept(&view, &now, &sent);
                let shown = Shown { view: &now, sent: &sent, problems: &[], conflict: true, decides: true };
                page(&state, &visit, &shown, None)
            }
            Ok(_) => Ok(over()),
            Err(error) => Err(error.into()),
        },
        Err(error) => Err(error.into()),
    }
}

async fn take(
    granted: Granted<DecideRequest>,
    State(state): State<WebState>,
    Path(path): Path<String>,
    sent: Posted,
) -> Result<Response, WebError> {
    let id = id(&path)?;
    let by = match sent.get("by") {
        _ if sent.get("ich") == "ja" => granted.actor().user(),
        "" => None,
        typed => Some(typed.parse().map_err(|_| WebError::BadRequest("error-form"))?),
    };
    match take::take(&granted, &state.house, id, by).await {
        Ok(()) => Ok(Redirect::to(&format!("{REQUESTS}/{id}?meldung=in-arbeit")).into_response()),
        Err(Error::Conflict) => Ok(over()),
        Err(error) => Err(error.into()),
    }
}

async fn comment(
    granted: Granted<DecideRequest>,
    State(state): State<WebState>,
    visit: Visit,
    Path(path): Path<String>,
    sent: Posted,
) -> Result<Response, WebError> {
    let id = id(&path)?;
    match comments::ask(&granted, &state.house, id, sent.get("comment")).await {
        Ok(()) => Ok(Redirect::to(&format!("{REQUESTS}/{id}?meldung=gefragt#nachrichten")).into_response()),
        Err(Error::Conflict) => Ok(over()),
        Err(Error::Invalid(problems)) => {
            let view = queue::request(&granted, &state.house, id).await?;
            let shown = Shown { view: &view, sent: &sent, problems: &problems, conflict: false, decides: true };
            page(&state, &visit, &shown, None)
        }
        Err(error) => Err(error.into()),
    }
}
