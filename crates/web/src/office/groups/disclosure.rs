//! `/office/weitergaben/{id}`: one time something is passed on, and how it goes on.

use access::actions::PassOn;
use access::{Right, Rights};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::Method;
use axum::response::{Html, IntoResponse, Redirect, Response};
use domain::disclosure::{Answer, State as Stage};
use domain::{Catalogue, DisclosureId};
use usecases::Error;
use usecases::disclosures::pass_on::{another_link, answered_by_phone, carry_out, withdraw};
use usecases::disclosures::register::{self, Line};

use super::pass_on::came_of;
use super::posted::Posted;
use super::words::{Words, label, moment};
use super::{Flash, group_path, to_group};
use crate::page::{Page, html};
use crate::visit::Visit;
use crate::{Granted, Lang, Routes, WebError, WebState};

const PATH: &str = "/office/weitergaben/{id}";

pub(super) fn routes() -> Routes {
    Routes::new()
        .office::<PassOn, _, _>(Method::GET, PATH, show)
        .office::<PassOn, _, _>(Method::POST, "/office/weitergaben/{id}/weitergeben", go_on)
        .office::<PassOn, _, _>(Method::POST, "/office/weitergaben/{id}/antwort", answer)
        .office::<PassOn, _, _>(Method::POST, "/office/weitergaben/{id}/link", show_link)
        .office::<PassOn, _, _>(Method::POST, "/office/weitergaben/{id}/zuruecknehmen", take_back)
}

/// One time in words.
pub(crate) struct Passed {
    pub(crate) about: String,
    pub(crate) state: &'static str,
    pub(crate) fields: String,
    pub(crate) channel: &'static str,
    /// Why; none if the time to keep it is over.
    pub(crate) purpose: Option<String>,
    /// To whom, for those who may know, until the time to keep it is over.
    pub(crate) recipient: Option<String>,
    /// Where it goes on, for those who may.
    pub(crate) href: Option<String>,
}

impl Passed {
    pub(crate) fn of(lang: Lang, catalogue: &Catalogue, line: &Line, rights: Rights) -> Self {
        let mut labels: Vec<String> = line.fields.iter().map(|field| label(lang, catalogue, *field)).collect();
        labels.dedup();
        let recipient = line.recipient.as_ref().map(|recipient| match &recipient.email {
            Some(email) => format!("{} ({})", recipient.name, email.as_str()),
            None => recipient.name.clone(),
        });
        Self {
            about: match line.state {
                // It was the group that moved it on last, or has to.
                Stage::Asked | Stage::Agreed | Stage::Refused => {
                    format!("{} · {}", moment(lang, line.at), lang.t1("passed-begun-by", "by", by(lang, line)))
                }
                _ => format!("{} · {}", moment(lang, line.at), by(lang, line)),
            },
            state: if line.expired {
                lang.t("passed-state-expired")
            } else {
                lang.choice("passed-state", line.state.code())
            },
            fields: labels.join(", "),
            channel: lang.choice("passed-by", line.channel.code()),
            purpose: line.purpose.clone(),
            href: rights.contains(Right::Disclose).then(|| format!("/office/weitergaben/{}", line.id)),
            recipient,
        }
    }
}

/// Who passed it on, by name.
pub(crate) fn by(lang: Lang, line: &Line) -> String {
    line.by.clone().unwrap_or_else(|| lang.t("passed-by-gone").to_owned())
}

#[expect(clippy::struct_excessive_bools, reason = "what the page offers, each by itself")]
#[derive(Template)]
#[template(path = "office/groups_disclosure.html")]
struct DisclosurePage {
    page: Page,
    one: Passed,
    version: u32,
    base: String,
    /// The group agreed, and nothing of it is red.
    can_go_on: bool,
    /// The group agreed, but too long ago.
    is_stale: Option<String>,
    /// The group agreed, but something of it is red by now.
    is_red: bool,
    can_answer: bool,
    /// A link to hand over is out that nobody opened.
    can_show_link: bool,
    can_withdraw: bool,
}

async fn show(
    granted: Granted<PassOn>,
    State(state): State<WebState>,
    visit: Visit,
    Path(id): Path<String>,
    Query(flash): Query<Flash>,
) -> Result<Html<String>, WebError> {
    let id: DisclosureId = super::id(&id)?;
    let lang = visit.lang;
    let register::Page { group, name, line, open, catalogue } = register::page(&granted, &state.house, id).await?;
    let name = Words::name(&name, lang.t("groups-nameless")).text;
    let agreed = line.state == Stage::Agreed;
    let page = super::page(&visit, lang.t("passed-title")).back_to(group_path(group), name);
    html(&DisclosurePage {
        page: page.flash(flash.meldung.as_deref()),
        one: Passed::of(lang, &catalogue, &line, visit.rights()),
        version: line.version,
        base: format!("/office/weitergaben/{id}"),
        can_go_on: agreed && open && line.agreement_carries,
        is_stale: (agreed && !line.agreement_carries)
            .then(|| lang.tn("passed-is-stale", usize::from(domain::retention::AGREED.days))),
        is_red: !open && line.state.can_be_withdrawn(),
        can_answer: line.state == Stage::Asked,
        can_show_link: line.can_show_link,
        can_withdraw: line.state.can_be_withdrawn(),
    })
}

fn version(posted: &Posted) -> Result<u32, WebError> {
    posted.get("version").parse().map_err(|_| WebError::BadRequest("error-form"))
}

/// Back to the page, which says how it stands now.
fn moved_on(id: DisclosureId) -> Response {
    Redirect::to(&format!("/office/weitergaben/{id}?meldung=weitergabe-anders")).into_response()
}

async fn go_on(
    granted: Granted<PassOn>,
    State(state): State<WebState>,
    visit: Visit,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, WebError> {
    let id = super::id(&id)?;
    match carry_out(&granted, &state.house, id, version(&posted)?).await {
        Ok((group, outcome)) => came_of(&visit, group, outcome),
        Err(Error::Conflict | Error::Invalid(_)) => Ok(moved_on(id)),
        Err(error) => Err(error.into()),
    }
}

async fn show_link(
    granted: Granted<PassOn>,
    State(state): State<WebState>,
    visit: Visit,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, WebError> {
    let id = super::id(&id)?;
    match another_link(&granted, &state.house, id, version(&posted)?).await {
        Ok((group, outcome)) => came_of(&visit, group, outcome),
        Err(Error::Conflict) => Ok(moved_on(id)),
        Err(error) => Err(error.into()),
    }
}

async fn answer(
    granted: Granted<PassOn>,
    State(state): State<WebState>,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, WebError> {
    let id = super::id(&id)?;
    let answer = Answer::from_code(posted.get("antwort")).ok_or(WebError::BadRequest("error-form"))?;
    match answered_by_phone(&granted, &state.house, id, version(&posted)?, answer).await {
        Err(Error::Conflict) => Ok(moved_on(id)),
        other => {
            other?;
            let to = format!("/office/weitergaben/{id}?meldung=antwort-notiert");
            Ok(Redirect::to(&to).into_response())
        }
    }
}

async fn take_back(
    granted: Granted<PassOn>,
    State(state): State<WebState>,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, WebError> {
    let id = super::id(&id)?;
    match withdraw(&granted, &state.house, id, version(&posted)?).await {
        Err(Error::Conflict) => Ok(moved_on(id)),
        other => Ok(to_group(other?, "weitergabe-zurueck")),
    }
}
