//! `/office/pruefung/{id}`: a request item by item, old and new side by side, and the decision about each.

use access::actions::{DecideRequest, ReadRequests};
use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use domain::change_request::{Decision, Lit, RequestState, Standing};
use domain::{Field, Light, RequestId};
use usecases::review::decide::{self, Seen, Verdict};
use usecases::review::queue::{self, ChangeView, RequestView};
use usecases::{Error, Problem};

use super::REQUESTS;
use crate::form::{Choice, Control, FormField, Sent, problem};
use crate::office::groups::group_path;
use crate::office::groups::words::{Words, label, light, moment};
use crate::page::{Page, html};
use crate::visit::Visit;
use crate::{Granted, Lang, Routes, WebError, WebState};

const PATH: &str = "/office/pruefung/{id}";

pub(crate) fn routes() -> Routes {
    Routes::new().office::<ReadRequests, _, _>(Method::GET, PATH, show).office::<DecideRequest, _, _>(
        Method::POST,
        PATH,
        decide,
    )
}

/// One item of the request.
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
    /// Whether somebody changed it meanwhile.
    moved_on: bool,
    /// What is there now, if it moved on and is not gone.
    now: Option<(Words, Light)>,
    done: bool,
    verdict: FormField,
    light: Option<FormField>,
    reason: FormField,
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
}

fn line(lang: Lang, view: &RequestView, one: &ChangeView, sent: &Sent, problems: &[Problem]) -> Line {
    let ChangeView { change, standing, whose } = one;
    let (id, field) = (change.item.to_string(), change.field);
    let told = |lit: &Lit| (Words::of(lang, &view.catalogue, field, &lit.value), lit.light);
    let error = problem(lang, problems, &id);
    let chosen = sent.one(&format!("v-{id}"));
    let verdict = FormField::new(format!("v-{id}"), lang.t("requests-verdict"))
        .control(Control::Radios(vec![
            Choice::new("yes", lang.t("requests-accept"), chosen),
            Choice::new("no", lang.t("requests-reject"), chosen),
        ]))
        .error(error);
    let reason = FormField::new(format!("r-{id}"), lang.t("requests-reason"))
        .hint(lang.t("requests-reason-hint"))
        .control(Control::Area { rows: 2 })
        .value(sent.one(&format!("r-{id}")));
    Line {
        label: label(lang, &view.catalogue, field),
        whose: whose.as_ref().map(|name| Words::name(name, lang.t("requests-new-person"))),
        agrees: change.person.is_some_and(|person| person.agrees),
        decided: change.decision.as_ref().map(|decision| match decision {
            Decision::Accepted => lang.t("own-decided-accepted").to_owned(),
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
        reason,
    }
}

/// Which light the item gets: the one asked for, or a stricter one.
fn light_field(lang: Lang, view: &RequestView, field: Field, asked: Light, sent: &Sent, id: &str) -> FormField {
    let name = format!("l-{id}");
    let chosen = match sent.one(&name) {
        "" => asked.code(),
        typed => typed,
    };
    let ceiling = view.catalogue.limit(field).ceiling;
    let choices = Light::ALL.into_iter().filter(|one| *one <= ceiling && *one <= asked);
    let choices = choices.map(|one| Choice::new(one.code(), light(lang, one), chosen)).collect();
    FormField::new(name, lang.t("requests-light")).control(Control::Select(choices))
}

fn page(
    visit: &Visit,
    view: &RequestView,
    sent: &Sent,
    problems: &[Problem],
    conflict: bool,
    decides: bool,
) -> Result<Response, WebError> {
    let lang = visit.lang;
    let lines: Vec<Line> = view.changes.iter().map(|one| line(lang, view, one, sent, problems)).collect();
    let nobody = if view.by_link { "requests-by-link" } else { "requests-someone" };
    let by = view.by.clone().unwrap_or_else(|| lang.t(nobody).to_owned());
    let errors = lines.iter().filter_map(|line| {
        let error = line.verdict.error.as_ref()?;
        Some((line.verdict.target(), format!("{}: {error}", line.label)))
    });
    let page = RequestPage {
        about: lang.tx("requests-about", [("by", by.into()), ("at", moment(lang, view.made_at).into())]),
        group: group_path(view.group.id),
        action: format!("{REQUESTS}/{}", view.id),
        version: view.version,
        group_version: view.group.version,
        errors: errors.collect(),
        decides,
        conflict,
        page: visit
            .page(lang.t1("requests-of", "group", view.group.name().to_owned()))
            .office()
            .back_to(REQUESTS, lang.t("requests-title")),
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
) -> Result<Response, WebError> {
    let view = queue::request(&granted, &state.house, id(&path)?).await?;
    let decides = view.state == RequestState::Open && visit.rights().contains(access::Right::EditGroups);
    page(&visit, &view, &Sent::default(), &[], false, decides)
}

async fn decide(
    granted: Granted<DecideRequest>,
    State(state): State<WebState>,
    visit: Visit,
    Path(path): Path<String>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    let (id, sent) = (id(&path)?, Sent(sent));
    let number = |name| sent.one(name).parse::<u32>().map_err(|_| WebError::BadRequest("error-form"));
    let seen = Seen { request: number("version")?, group: number("group-version")? };
    let everything = sent.one("alles") == "ja";
    let view = queue::request(&granted, &state.house, id).await?;
    if view.state != RequestState::Open {
        return Ok(over());
    }
    let verdicts: Vec<Verdict> = view
        .changes
        .iter()
        .filter_map(|one| {
            let item = one.change.item;
            let typed = sent.one(&format!("v-{item}"));
            // What moved on, or was said no to, is not everything.
            let fits = !matches!(one.standing, Standing::MovedOn(_));
            let accepted = typed == "yes" || (everything && typed != "no" && fits);
            (accepted || typed == "no").then(|| Verdict {
                item,
                accepted,
                light: Light::from_code(sent.one(&format!("l-{item}"))),
                reason: sent.one(&format!("r-{item}")).to_owned(),
            })
        })
        .collect();
    match decide::decide(&granted, &state.house, id, seen, &verdicts).await {
        Ok(()) => Ok(Redirect::to(&format!("{REQUESTS}?meldung=entschieden")).into_response()),
        Err(Error::Invalid(problems)) => page(&visit, &view, &sent, &problems, false, true),
        Err(Error::Conflict) => match queue::request(&granted, &state.house, id).await {
            Ok(now) if now.state == RequestState::Open => page(&visit, &now, &Sent::default(), &[], true, true),
            Ok(_) => Ok(over()),
            Err(error) => Err(error.into()),
        },
        Err(error) => Err(error.into()),
    }
}
