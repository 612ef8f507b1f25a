//! `/ueber-uns`, `/impressum`, `/datenschutz`, `/barrierefreiheit`, `/cookies`: what the office and the law say.
//!
//! They can be read whatever state the directory is in.

use askama::Template;
use axum::extract::State;
use axum::http::{HeaderMap, Method};
use axum::response::Response;
use directory::{DataSource, SOURCES};
use domain::office::OfficeProfile;

use super::{OfficeCard, finished};
use crate::page::{Page, paragraphs};
use crate::page_cache::Effort;
use crate::visit::SiteVisit;
use crate::{Routes, WebError, WebState, cookies};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .site(Method::GET, "/ueber-uns", about)
        .site(Method::GET, "/impressum", imprint)
        .site(Method::GET, "/datenschutz", privacy)
        .site(Method::GET, "/barrierefreiheit", accessibility)
        .site(Method::GET, "/cookies", cookie_list)
}

#[derive(Template)]
#[template(path = "site/about.html")]
struct AboutPage<'a> {
    page: Page,
    about: Vec<Vec<&'a str>>,
    carrier: &'a str,
    office: OfficeCard,
}

#[derive(Template)]
#[template(path = "site/legal.html")]
struct LegalPage<'a> {
    page: Page,
    text: Vec<Vec<&'a str>>,
    kind: Legal,
    sources: [DataSource; 2],
}

/// Which of the legal pages it is: each has something of ours below the office's own text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Legal {
    /// Names the sources of shipped data.
    Imprint,
    /// Says what happens on these pages.
    Privacy,
}

impl Legal {
    fn is_privacy(self) -> bool {
        self == Self::Privacy
    }
}

#[derive(Template)]
#[template(path = "site/accessibility.html")]
struct AccessibilityPage {
    page: Page,
    office: OfficeCard,
}

/// A line of the list of cookies.
struct Cookie {
    name: &'static str,
    purpose: &'static str,
    lifetime: &'static str,
}

#[derive(Template)]
#[template(path = "site/cookies.html")]
struct CookiesPage {
    page: Page,
    cookies: Vec<Cookie>,
}

type Request<'a> = (&'a WebState, &'a SiteVisit, &'a HeaderMap);

async fn answer<T: Template>(
    (state, visit, request): Request<'_>,
    path: &str,
    title: &str,
    make: impl FnOnce(Page) -> T,
) -> Result<Response, WebError> {
    finished(state, visit, request, path.to_owned(), Effort::Best, || {
        let mut page = visit.page(visit.lang.t(title));
        path.clone_into(&mut page.here);
        page.canonical = format!("{}{path}", state.config.office_origin(&visit.site.slug));
        Ok(make(page).render()?)
    })
    .await
}

async fn about(State(state): State<WebState>, visit: SiteVisit, request: HeaderMap) -> Result<Response, WebError> {
    answer((&state, &visit, &request), "/ueber-uns", "nav-about", |page| about_page(page, &visit.site.profile)).await
}

async fn imprint(State(state): State<WebState>, visit: SiteVisit, request: HeaderMap) -> Result<Response, WebError> {
    let text = &visit.site.profile.imprint;
    answer((&state, &visit, &request), "/impressum", "nav-imprint", |page| legal_page(page, text, Legal::Imprint)).await
}

async fn privacy(State(state): State<WebState>, visit: SiteVisit, request: HeaderMap) -> Result<Response, WebError> {
    let text = &visit.site.profile.privacy;
    answer((&state, &visit, &request), "/datenschutz", "nav-privacy", |page| legal_page(page, text, Legal::Privacy))
        .await
}

async fn accessibility(
    State(state): State<WebState>,
    visit: SiteVisit,
    request: HeaderMap,
) -> Result<Response, WebError> {
    answer((&state, &visit, &request), "/barrierefreiheit", "nav-accessibility", |page| AccessibilityPage {
        page,
        office: OfficeCard::of(&visit.site.profile),
    })
    .await
}

async fn cookie_list(
    State(state): State<WebState>,
    visit: SiteVisit,
    request: HeaderMap,
) -> Result<Response, WebError> {
    answer((&state, &visit, &request), "/cookies", "nav-cookies", cookies_page).await
}

fn about_page(page: Page, profile: &OfficeProfile) -> AboutPage<'_> {
    AboutPage { page, about: paragraphs(&profile.about), carrier: &profile.carrier, office: OfficeCard::of(profile) }
}

fn legal_page(page: Page, text: &str, kind: Legal) -> LegalPage<'_> {
    LegalPage { page, text: paragraphs(text), kind, sources: SOURCES }
}

fn cookies_page(page: Page) -> CookiesPage {
    let lang = page.lang;
    let line = |cookie: &cookies::CookieDef| Cookie {
        name: cookie.name,
        purpose: lang.t(cookie.text),
        lifetime: lang.t(&format!("{}-lifetime", cookie.text)),
    };
    CookiesPage { cookies: cookies::COOKIES.iter().map(line).collect(), page }
}
