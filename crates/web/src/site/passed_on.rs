//! `/weitergabe/{token}`: the notice, and after it, once, what the office passed on.
//!
//! Before the notice is acknowledged the page is built without the items: no byte of them can be in the answer. Looking
//! uses nothing up.

use access::actions::OpenDisclosure;
use access::anonymous_permit;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use domain::Value;
use usecases::Error;
use usecases::disclosures::link::{self, Dead, Opened, Shown, View};

use super::{OfficeCard, robots};
use crate::entrance::{dead_link, in_force, private};
use crate::office::groups::words::{Words, label};
use crate::page::{Page, html, paragraphs};
use crate::visit::SiteVisit;
use crate::{Lang, Routes, WebError, WebState, cookies};

const PATH: &str = "/weitergabe/{token}";

pub(crate) fn routes() -> Routes {
    Routes::new().site(Method::GET, PATH, show).site(Method::POST, PATH, open)
}

#[derive(Template)]
#[template(path = "site/passed_on_notice.html")]
struct NoticePage<'a> {
    page: Page,
    /// The office's own words, if it has any.
    own: Vec<Vec<&'a str>>,
    /// The browser kept no cookie.
    problem: bool,
}

#[derive(Template)]
#[template(path = "site/passed_on.html")]
struct PassedOnPage {
    page: Page,
    group: Option<String>,
    lines: Vec<Line>,
    office: OfficeCard,
}

#[derive(Template)]
#[template(path = "site/passed_on_dead.html")]
struct DeadPage {
    page: Page,
    text: &'static str,
    office: OfficeCard,
}

/// One item.
struct Line {
    label: String,
    value: Words,
    /// Where a click leads: a number to dial, an address to write to, a page.
    href: Option<String>,
    /// Begins what is another person's.
    begins: bool,
}

fn line(lang: Lang, view: &View, before: Option<&Shown>, shown: &Shown) -> Line {
    let href = match &shown.value {
        Value::Phone { number, .. } => Some(format!("tel:{}", number.dial())),
        Value::Email(email) => Some(format!("mailto:{}", email.as_str())),
        Value::Link(address) => {
            let web = url::Url::parse(address).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
            web.then(|| address.clone())
        }
        _ => None,
    };
    Line {
        label: label(lang, &view.catalogue, shown.field),
        value: Words::of(lang, &view.catalogue, shown.field, &shown.value),
        href,
        begins: before.is_some_and(|before| before.person != shown.person),
    }
}

/// What the browser keeps, if it is one of ours.
fn browser(headers: &HeaderMap) -> Option<&str> {
    cookies::PASSED_ON.read(headers).filter(|kept| link::is_browser(kept))
}

fn answer(visit: &SiteVisit, opened: Opened) -> Result<Response, WebError> {
    let lang = visit.lang;
    let page = |key: &str| {
        let mut page = visit.page(lang.t(key));
        page.indexed = false;
        page
    };
    let office = OfficeCard::of(&visit.site.profile);
    let mut response = match opened {
        Opened::Waits => notice(visit, false)?,
        Opened::Shows(view) => {
            let before = std::iter::once(None).chain(view.items.iter().map(Some));
            let lines = before.zip(&view.items).map(|(before, shown)| line(lang, &view, before, shown)).collect();
            html(&PassedOnPage { page: page("passed-on-title"), group: view.group.clone(), lines, office })?
                .into_response()
        }
        Opened::Dead(dead) => {
            let text = lang.t(match dead {
                Dead::Used => "passed-on-used",
                Dead::Expired => "passed-on-expired",
                Dead::Closed => "passed-on-closed",
            });
            (StatusCode::GONE, html(&DeadPage { page: page("passed-on-dead-title"), text, office })?).into_response()
        }
    };
    robots::never_index(&mut response);
    Ok(private(response))
}

fn notice(visit: &SiteVisit, problem: bool) -> Result<Response, WebError> {
    let mut page = visit.page(visit.lang.t("passed-on-notice-title"));
    page.indexed = false;
    let own = paragraphs(&visit.site.profile.notice);
    Ok(html(&NoticePage { page, own, problem })?.into_response())
}

async fn show(
    State(state): State<WebState>,
    visit: SiteVisit,
    Path(token): Path<String>,
    headers: HeaderMap,
) -> Result<Response, WebError> {
    let permit = anonymous_permit::<OpenDisclosure>(visit.site.tenant);
    let kept = browser(&headers);
    let looked = link::look(&permit, &state.house, &token, kept.unwrap_or_default()).await;
    let opened = match looked {
        Err(Error::NotFound) => return nothing(&state, &visit).await,
        looked => looked?,
    };
    let waits = opened == Opened::Waits;
    let response = answer(&visit, opened)?;
    if waits && kept.is_none() { known_from_now_on(&state, response) } else { Ok(response) }
}

/// A link that nobody made, or that was cut off on the way: counted, somebody may be guessing.
async fn nothing(state: &WebState, visit: &SiteVisit) -> Result<Response, WebError> {
    dead_link(state, visit).await;
    let mut page = visit.page(visit.lang.t("passed-on-dead-title"));
    page.indexed = false;
    let office = OfficeCard::of(&visit.site.profile);
    let page = html(&DeadPage { page, text: visit.lang.t("passed-on-unknown"), office })?;
    let mut response = (StatusCode::NOT_FOUND, page).into_response();
    robots::never_index(&mut response);
    Ok(private(response))
}

/// Gives the browser what it is known by.
fn known_from_now_on(state: &WebState, mut response: Response) -> Result<Response, WebError> {
    let cookie = cookies::PASSED_ON.set(&link::new_browser(&state.house));
    let cookie = cookie.ok_or_else(|| WebError::internal("a token no cookie can hold"))?;
    response.headers_mut().append(header::SET_COOKIE, cookie);
    Ok(response)
}

async fn open(
    State(state): State<WebState>,
    visit: SiteVisit,
    Path(token): Path<String>,
    headers: HeaderMap,
) -> Result<Response, WebError> {
    let permit = anonymous_permit::<OpenDisclosure>(visit.site.tenant);
    if let Err(wait) = state.notices.check(visit.network) {
        return Err(WebError::TooMany(wait));
    }
    let Some(kept) = browser(&headers) else {
        // Without it a second click would lose everything: nothing is used up.
        in_force(&state, &visit, link::look(&permit, &state.house, &token, "").await).await?;
        let again = notice(&visit, true)?;
        return known_from_now_on(&state, private((StatusCode::UNPROCESSABLE_ENTITY, again).into_response()));
    };
    match in_force(&state, &visit, link::open(&permit, &state.house, &token, kept).await).await? {
        // The page itself shows it, so that reloading sends nothing again.
        Opened::Shows(_) | Opened::Waits => Ok(private(Redirect::to(&format!("/weitergabe/{token}")).into_response())),
        dead @ Opened::Dead(_) => answer(&visit, dead),
    }
}
