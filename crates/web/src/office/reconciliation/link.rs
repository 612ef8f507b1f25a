//! `/office/gruppen/{id}/link`: a group's personal links: fetched to be copied or printed, sent, taken back.

use access::actions::FetchGroupLink;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::{Method, StatusCode};
use axum::response::{Html, IntoResponse, Redirect, Response};
use domain::GroupId;
use usecases::reconciliation::links::{self, LinksView, ShownLink};
use usecases::{Error, Problem};

use super::day;
use crate::entrance::picture;
use crate::form::problem;
use crate::office::confirm::ConfirmPage;
use crate::office::groups::group_path;
use crate::office::groups::words::moment;
use crate::page::{Flash, Page, Tone, html};
use crate::visit::Visit;
use crate::{Granted, Routes, WebError, WebState};

const PATH: &str = "/office/gruppen/{id}/link";
const SEND: &str = "/office/gruppen/{id}/link/senden";
const REVOKE: &str = "/office/gruppen/{id}/link/zuruecknehmen";

pub(super) fn routes() -> Routes {
    Routes::new()
        .office::<FetchGroupLink, _, _>(Method::GET, PATH, ask)
        .office::<FetchGroupLink, _, _>(Method::POST, PATH, fetch)
        .office::<FetchGroupLink, _, _>(Method::POST, SEND, send)
        .office::<FetchGroupLink, _, _>(Method::GET, REVOKE, ask_to_revoke)
        .office::<FetchGroupLink, _, _>(Method::POST, REVOKE, revoke)
}

struct Shown {
    link: String,
    address: String,
    code: String,
    until: String,
    /// The link as a picture.
    qr: String,
}

#[derive(Template)]
#[template(path = "office/reconciliation_link.html")]
struct LinkPage {
    page: Page,
    base: String,
    shown: Option<Shown>,
    to: Option<String>,
    takes_part: bool,
    links: Vec<String>,
    revoke: String,
    /// The group's name, for the paper.
    name: String,
}

fn group(id: &str) -> Result<GroupId, WebError> {
    id.parse().map_err(|_| WebError::NotFound)
}

async fn page(
    granted: &Granted<FetchGroupLink>,
    state: &WebState,
    visit: &Visit,
    id: GroupId,
    shown: Option<&ShownLink>,
) -> Result<LinkPage, WebError> {
    let lang = visit.lang;
    let LinksView { name, address, takes_part, links } = links::of_group(granted, &state.house, id).await?;
    let page = visit.page(lang.t("group-link-title")).office().back_to(group_path(id), name.clone());
    let qr = shown.map(|shown| picture(&shown.link)).transpose()?.unwrap_or_default();
    let links = links.into_iter().map(|link| {
        let by = link.by.unwrap_or_else(|| lang.t("group-link-by-itself").to_owned());
        lang.tx(
            "group-link-line",
            [
                ("at", moment(lang, link.created_at).into()),
                ("by", by.into()),
                ("why", lang.choice("group-link-why", link.occasion.code()).into()),
                ("until", day(lang, link.expires_at).into()),
            ],
        )
    });
    Ok(LinkPage {
        page,
        base: format!("{}/link", group_path(id)),
        shown: shown.map(|shown| Shown {
            link: shown.link.to_string(),
            address: shown.address.clone(),
            code: shown.code.to_string(),
            until: day(lang, shown.expires_at),
            qr,
        }),
        takes_part,
        to: address.map(|address| address.as_str().to_owned()),
        revoke: lang.tn("group-link-revoke", links.len()),
        links: links.collect(),
        name,
    })
}

async fn ask(
    granted: Granted<FetchGroupLink>,
    State(state): State<WebState>,
    visit: Visit,
    Path(id): Path<String>,
    Query(Flash { meldung }): Query<Flash>,
) -> Result<Html<String>, WebError> {
    let mut shown = page(&granted, &state, &visit, group(&id)?, None).await?;
    shown.page = shown.page.flash(meldung.as_deref());
    html(&shown)
}

/// The link is on this answer and nowhere else: there is no address to see it again.
async fn fetch(
    granted: Granted<FetchGroupLink>,
    State(state): State<WebState>,
    visit: Visit,
    Path(id): Path<String>,
) -> Result<Response, WebError> {
    let id = group(&id)?;
    match links::fetch(&granted, &state.house, id).await {
        Ok(fetched) => Ok(html(&page(&granted, &state, &visit, id, Some(&fetched)).await?)?.into_response()),
        Err(Error::Invalid(problems)) => refused(&granted, &state, &visit, id, &problems).await,
        Err(error) => Err(error.into()),
    }
}

/// The page with why there is no link.
async fn refused(
    granted: &Granted<FetchGroupLink>,
    state: &WebState,
    visit: &Visit,
    id: GroupId,
    problems: &[Problem],
) -> Result<Response, WebError> {
    let mut shown = page(granted, state, visit, id, None).await?;
    if let Some(text) = problem(visit.lang, problems, "") {
        shown.page = shown.page.notice(Tone::Error, text);
    }
    Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&shown)?).into_response())
}

async fn send(
    granted: Granted<FetchGroupLink>,
    State(state): State<WebState>,
    visit: Visit,
    Path(id): Path<String>,
) -> Result<Response, WebError> {
    let id = group(&id)?;
    match links::send(&granted, &state.house, id).await {
        Ok(()) => Ok(back(id, "gruppen-link-gesendet").into_response()),
        Err(Error::Invalid(problems)) => refused(&granted, &state, &visit, id, &problems).await,
        Err(error) => Err(error.into()),
    }
}

fn back(id: GroupId, said: &str) -> Redirect {
    Redirect::to(&format!("{}/link?meldung={said}", group_path(id)))
}

async fn ask_to_revoke(
    granted: Granted<FetchGroupLink>,
    State(state): State<WebState>,
    visit: Visit,
    Path(id): Path<String>,
) -> Result<Response, WebError> {
    let (id, lang) = (group(&id)?, visit.lang);
    let LinksView { name, links, .. } = links::of_group(&granted, &state.house, id).await?;
    let base = format!("{}/link", group_path(id));
    ConfirmPage {
        page: visit.page(lang.t("group-link-revoke-title")).office().back_to(base.clone(), name),
        effects: vec![lang.tn("group-link-revoke-count", links.len()), lang.t("group-link-revoke-hint").to_owned()],
        fields: Vec::new(),
        action: format!("{base}/zuruecknehmen"),
        button: lang.t("group-link-revoke-do"),
        danger: true,
    }
    .answer(&[])
}

async fn revoke(
    granted: Granted<FetchGroupLink>,
    State(state): State<WebState>,
    Path(id): Path<String>,
) -> Result<Redirect, WebError> {
    let id = group(&id)?;
    links::revoke(&granted, &state.house, id).await?;
    Ok(back(id, "gruppen-links-zurueck"))
}
