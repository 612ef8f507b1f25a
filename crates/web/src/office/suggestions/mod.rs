//! `/office/vorschlaege`: a group that somebody outside suggested, and what becomes of it. The list stands at `/office/pruefung`.

use access::Right;
use access::actions::{DecideAccess, DecideSuggestion, ReadRequests};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::Method;
use axum::response::{Html, IntoResponse, Redirect, Response};
use domain::{Light, SuggestionId};
use usecases::Error;
use usecases::suggestions::decide::{self, View};

use super::groups::group_path;
use super::groups::posted::Posted;
use super::groups::words::{Words, label, moment};
use super::requests::REQUESTS;
use crate::form::{Control, FormField, errors_of, wrong};
use crate::page::{Flash, Page, html};
use crate::visit::Visit;
use crate::{Granted, Routes, WebError, WebState};

const PATH: &str = "/office/vorschlaege/{id}";

pub(crate) fn routes() -> Routes {
    Routes::new()
        .office::<ReadRequests, _, _>(Method::GET, PATH, show)
        .office::<DecideSuggestion, _, _>(Method::POST, "/office/vorschlaege/{id}/annehmen", accept)
        .office::<DecideSuggestion, _, _>(Method::POST, "/office/vorschlaege/{id}/ablehnen", reject)
        .office::<DecideAccess, _, _>(Method::POST, "/office/vorschlaege/{id}/einladen", invite)
}

/// A suggestion in the list.
pub(crate) struct Line {
    pub(crate) href: String,
    pub(crate) name: String,
    pub(crate) since: String,
    pub(crate) accepted: bool,
}

impl Line {
    pub(crate) fn of(visit: &Visit, view: &View) -> Self {
        Self {
            href: format!("/office/vorschlaege/{}", view.id),
            name: view.name.clone(),
            since: moment(visit.lang, view.made_at),
            accepted: view.accepted,
        }
    }
}

#[derive(Template)]
#[template(path = "office/suggestion.html")]
struct SuggestionPage {
    page: Page,
    group: String,
    /// What the draft says: what it is about, the words, the light.
    items: Vec<(String, Words, Light)>,
    by: String,
    since: String,
    base: String,
    accepted: bool,
    can_decide: bool,
    can_invite: bool,
    reason: FormField,
    errors: Vec<(String, String)>,
}

fn page_of(visit: &Visit, view: &View, typed: &str, error: Option<String>) -> SuggestionPage {
    let lang = visit.lang;
    let reason = FormField::new("reason", lang.t("suggestion-reason"))
        .hint(lang.t("suggestion-reason-hint"))
        .control(Control::Area { rows: 3 })
        .value(typed)
        .error(error);
    SuggestionPage {
        page: super::page(visit, lang.t1("suggestion-title", "name", view.name.clone()))
            .back_to(REQUESTS, lang.t("requests-title")),
        group: group_path(view.group),
        items: view
            .items
            .iter()
            .map(|item| {
                let words = Words::of(lang, &view.catalogue, item.field, &item.value);
                (label(lang, &view.catalogue, item.field), words, item.effective())
            })
            .collect(),
        by: view.by.as_str().to_owned(),
        since: moment(lang, view.made_at),
        base: format!("/office/vorschlaege/{}", view.id),
        accepted: view.accepted,
        can_decide: visit.rights().contains(Right::EditGroups) && !view.accepted,
        can_invite: visit.rights().contains(Right::ManagePeople) && view.accepted,
        errors: errors_of(std::iter::once(&reason)),
        reason,
    }
}

fn id(text: &str) -> Result<SuggestionId, WebError> {
    text.parse().map_err(|_| WebError::NotFound)
}

async fn show(
    granted: Granted<ReadRequests>,
    State(state): State<WebState>,
    visit: Visit,
    Path(text): Path<String>,
    Query(Flash { meldung }): Query<Flash>,
) -> Result<Html<String>, WebError> {
    let view = decide::show(&granted, &state.house, id(&text)?).await?;
    let mut page = page_of(&visit, &view, "", None);
    page.page = page.page.flash(meldung.as_deref());
    html(&page)
}

/// Somebody else decided meanwhile: the list says what still waits.
fn decided() -> Response {
    Redirect::to(&format!("{REQUESTS}?meldung=vorschlag-schon-entschieden")).into_response()
}

async fn accept(
    granted: Granted<DecideSuggestion>,
    State(state): State<WebState>,
    Path(text): Path<String>,
) -> Result<Response, WebError> {
    let id = id(&text)?;
    match decide::accept(&granted, &state.house, id).await {
        Err(Error::Conflict) => Ok(decided()),
        other => {
            other?;
            Ok(Redirect::to(&format!("/office/vorschlaege/{id}?meldung=vorschlag-angenommen")).into_response())
        }
    }
}

async fn reject(
    granted: Granted<DecideSuggestion>,
    State(state): State<WebState>,
    visit: Visit,
    Path(text): Path<String>,
    posted: Posted,
) -> Result<Response, WebError> {
    let id = id(&text)?;
    match decide::reject(&granted, &state.house, id, posted.get("reason")).await {
        Ok(()) => Ok(Redirect::to(&format!("{REQUESTS}?meldung=vorschlag-abgelehnt")).into_response()),
        Err(Error::Conflict) => Ok(decided()),
        Err(Error::Invalid(problems)) => {
            let lang = visit.lang;
            let error = problems.first().map(|problem| lang.t(&format!("error-{}", problem.code)).to_owned());
            let permit = access::authorize::<ReadRequests>(granted.principal()).map_err(|_| WebError::Forbidden)?;
            let view = decide::show(&permit, &state.house, id).await?;
            wrong(&page_of(&visit, &view, posted.get("reason"), error))
        }
        Err(error) => Err(error.into()),
    }
}

async fn invite(
    granted: Granted<DecideAccess>,
    State(state): State<WebState>,
    Path(text): Path<String>,
) -> Result<Response, WebError> {
    let id = id(&text)?;
    match decide::invite(&granted, &state.house, id).await {
        Ok(group) => Ok(Redirect::to(&format!("{}?meldung=vorschlag-eingeladen", group_path(group))).into_response()),
        Err(Error::Conflict) => Ok(decided()),
        // An account with this address is there already.
        Err(Error::Invalid(_)) => {
            Ok(Redirect::to(&format!("/office/vorschlaege/{id}?meldung=vorschlag-hat-konto")).into_response())
        }
        Err(error) => Err(error.into()),
    }
}
