//! `/abgleich`: somebody brings a personal link, or types its code; asks for a new one where it is dead; leaves.
//!
//! The token stands behind the `#` of the link, so that it reaches neither our log nor anybody's. A script puts it into the
//! form and sends that; without one the code is typed. Looking at the page changes nothing, and sending the form uses
//! nothing up: scanners of mailboxes do no harm.

use access::actions::OpenGroupLink;
use access::anonymous_permit;
use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use domain::alert::Sign;
use serde::Deserialize;
use usecases::Error;
use usecases::reconciliation::links;

use super::ENTRY;
use crate::form::{Control, FormField, problem};
use crate::page::{Flash, Page, html};
use crate::visit::SiteVisit;
use crate::{Routes, WebError, WebState, cookies};

const RENEW: &str = "/abgleich/neuer-link";
const LEAVE: &str = "/abgleich/ende";

/// Bytes of a code with its lines and a few blanks; what stands behind a link is longer.
const TYPED: usize = 36;

pub(super) fn routes() -> Routes {
    Routes::new()
        .site(Method::GET, ENTRY, show)
        .site(Method::POST, ENTRY, bring)
        .site(Method::GET, RENEW, show_renew)
        .site(Method::POST, RENEW, renew)
        .site(Method::POST, LEAVE, leave)
}

/// What the page is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Face {
    /// A code is typed.
    Ask,
    /// What was brought opens nothing.
    Dead,
    /// Only a new link is asked for.
    Renew,
    /// Somebody has just left.
    Left,
}

impl Face {
    const fn is_dead(self) -> bool {
        matches!(self, Self::Dead)
    }

    const fn is_renew(self) -> bool {
        matches!(self, Self::Renew)
    }

    const fn is_left(self) -> bool {
        matches!(self, Self::Left)
    }
}

#[derive(Template)]
#[template(path = "reconciliation/entry.html")]
struct EntryPage {
    page: Page,
    code: FormField,
    face: Face,
    /// What was brought, so that a new link can be asked for with it.
    brought: String,
    email: FormField,
    errors: Vec<(String, String)>,
    /// Somebody is in already.
    inside: bool,
    /// The office's telephone, and how it is dialled; may be empty.
    phone: String,
    dial: String,
}

/// Not `Debug`: the code is a secret.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Sent {
    code: String,
    email: String,
}

/// The page; what is wrong with it stands at its field.
fn page(visit: &SiteVisit, face: Face, sent: &Sent, problems: &[usecases::Problem]) -> EntryPage {
    let lang = visit.lang;
    let mut page = visit.page(lang.t(if face.is_left() { "reconcile-left-title" } else { "reconcile-entry-title" }));
    page.indexed = false;
    // What was typed is shown again, to be mended; what stood behind a link is not for reading.
    let typed = if sent.code.len() <= TYPED { sent.code.as_str() } else { "" };
    let code = FormField::new("code", lang.t("reconcile-code"))
        .hint(lang.t("reconcile-code-hint"))
        .control(Control::LinkCode)
        .value(typed);
    let email = FormField::new("email", lang.t("field-email"))
        .hint(lang.t("reconcile-renew-email-hint"))
        .control(Control::Input("email"))
        .autocomplete("email")
        .value(sent.email.as_str())
        .error(problem(lang, problems, "email"));
    let email = if sent.code.is_empty() { email } else { email.optional() };
    EntryPage {
        errors: crate::form::errors_of([&email]),
        page,
        code,
        face,
        brought: sent.code.chars().take(100).collect(),
        email,
        inside: false,
        phone: visit.site.profile.phone.clone(),
        dial: domain::PhoneNumber::parse(&visit.site.profile.phone).map(|phone| phone.dial()).unwrap_or_default(),
    }
}

async fn show(
    State(state): State<WebState>,
    visit: SiteVisit,
    headers: HeaderMap,
    Query(Flash { meldung }): Query<Flash>,
) -> Result<Response, WebError> {
    let face = if meldung.as_deref() == Some("abgleich-verlassen") { Face::Left } else { Face::Ask };
    let mut shown = page(&visit, face, &Sent::default(), &[]);
    shown.inside = super::by_link::entered(&state, &visit, &headers).await?.is_some();
    if !face.is_left() {
        shown.page = shown.page.flash(meldung.as_deref());
    }
    Ok(private(html(&shown)?.into_response()))
}

async fn bring(State(state): State<WebState>, visit: SiteVisit, Form(sent): Form<Sent>) -> Result<Response, WebError> {
    let permit = anonymous_permit::<OpenGroupLink>(visit.site.tenant);
    let network = visit.network.to_string();
    match links::open(&permit, &state.house, &sent.code, &network).await {
        Ok(token) => {
            let cookie = cookies::RECONCILE.set(&token).ok_or_else(|| WebError::internal("an unfit cookie"))?;
            let mut response = Redirect::to(&format!("{ENTRY}/start")).into_response();
            response.headers_mut().append(header::SET_COOKIE, cookie);
            Ok(private(response))
        }
        Err(Error::NotFound) => {
            state.house.noticed(visit.site.tenant, Sign::DeadLinks, &network, None).await;
            let sent = Sent { email: String::new(), ..sent };
            Ok(private(
                (StatusCode::UNPROCESSABLE_ENTITY, html(&page(&visit, Face::Dead, &sent, &[]))?).into_response(),
            ))
        }
        Err(error) => Err(error.into()),
    }
}

async fn show_renew(visit: SiteVisit) -> Result<Response, WebError> {
    let shown = page(&visit, Face::Renew, &Sent::default(), &[]);
    Ok(private(html(&shown)?.into_response()))
}

async fn renew(State(state): State<WebState>, visit: SiteVisit, Form(sent): Form<Sent>) -> Result<Response, WebError> {
    let permit = anonymous_permit::<OpenGroupLink>(visit.site.tenant);
    let since = crate::entrance::Since::now();
    let network = visit.network.to_string();
    let answer = match links::renew(&permit, &state.house, &sent.code, &sent.email, &network).await {
        Ok(()) => Ok(Redirect::to(&format!("{ENTRY}?meldung=neuer-link")).into_response()),
        Err(Error::Invalid(problems)) => {
            let shown = page(&visit, Face::Renew, &sent, &problems);
            html(&shown).map(|page| (StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(error) => Err(error.into()),
    };
    since.mail_answer(answer).await.map(private)
}

async fn leave() -> Response {
    let mut response = Redirect::to(&format!("{ENTRY}?meldung=abgleich-verlassen")).into_response();
    if let Some(cookie) = cookies::RECONCILE.clear() {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    private(response)
}

/// Kept nowhere.
pub(super) fn private(mut response: Response) -> Response {
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
