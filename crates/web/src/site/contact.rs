//! `/gruppen/{slug}/kontakt`: the notice, and after its acknowledgement the contact.
//!
//! Without the cookie the page is built without ever touching the contact, so no byte of it can be in the answer.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, Method, header};
use axum::response::{IntoResponse, Redirect, Response};
use domain::alert::Sign;
use domain::projection::{PublishedContact, PublishedGroup, PublishedOwn, PublishedPerson};
use usecases::site::Site;

use super::group::own_field;
use super::{OfficeCard, group_at, group_path, notice, robots};
use crate::page::{Page, html, paragraphs};
use crate::throttle::Throttle;
use crate::visit::SiteVisit;
use crate::{Lang, Routes, WebError, WebState, cookies};

const PATH: &str = "/gruppen/{slug}/kontakt";

pub(crate) fn routes() -> Routes {
    Routes::new().site(Method::GET, PATH, show).site(Method::POST, PATH, acknowledge)
}

/// Whether this network may see another contact now; whoever is refused again and again may be collecting them.
async fn check(state: &WebState, visit: &SiteVisit, throttle: &Throttle) -> Result<(), WebError> {
    let Err(wait) = throttle.check(visit.network) else { return Ok(()) };
    let network = visit.network.to_string();
    state.house.noticed(visit.site.tenant, Sign::ContactsCollected, &network, None).await;
    Err(WebError::TooMany(wait))
}

async fn show(
    State(state): State<WebState>,
    visit: SiteVisit,
    Path(slug): Path<String>,
    request: HeaderMap,
) -> Result<Response, WebError> {
    let (site, group) = group_at(&visit, &slug)?;
    let acknowledged =
        cookies::NOTICE.read(&request).is_some_and(|cookie| notice::holds(site, state.clock.now(), cookie));
    let page = visit.page(visit.lang.t1("contact-title", "group", group.name.to_string()));
    let mut response = if acknowledged {
        check(&state, &visit, &state.contacts).await?;
        let contact = site.contact(&group.slug).filter(|contact| !contact.is_empty());
        html(&ContactPage::of(page, site, group, contact))?.into_response()
    } else {
        html(&NoticePage::of(page, site, group))?.into_response()
    };
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    robots::never_index(&mut response);
    Ok(response)
}

async fn acknowledge(
    State(state): State<WebState>,
    visit: SiteVisit,
    Path(slug): Path<String>,
) -> Result<Response, WebError> {
    let (site, group) = group_at(&visit, &slug)?;
    check(&state, &visit, &state.notices).await?;
    let cookie = notice::acknowledged(site, state.clock.now()).and_then(|value| cookies::NOTICE.set(&value));
    let cookie = cookie.ok_or_else(|| WebError::internal("the visit key cannot sign"))?;
    let mut response = Redirect::to(&format!("{}/kontakt", group_path(&group.slug))).into_response();
    response.headers_mut().insert(header::SET_COOKIE, cookie);
    Ok(response)
}

#[derive(Template)]
#[template(path = "site/notice.html")]
struct NoticePage<'a> {
    page: Page,
    name: &'a str,
    action: String,
    back: String,
    /// The office's own words, if it has any.
    own: Vec<Vec<&'a str>>,
}

impl<'a> NoticePage<'a> {
    fn of(page: Page, site: &'a Site, group: &'a PublishedGroup) -> Self {
        Self {
            page: framed(page, group),
            name: &group.name,
            action: format!("{}/kontakt", group_path(&group.slug)),
            back: group_path(&group.slug),
            own: paragraphs(&site.profile.notice),
        }
    }
}

/// A number with what was said about it.
struct Phone<'a> {
    number: &'a str,
    dial: String,
    remark: &'a str,
}

/// A person behind the notice.
struct Someone<'a> {
    name: &'a str,
    phones: Vec<Phone<'a>>,
    emails: Vec<&'a str>,
    own: Vec<OwnLine>,
}

/// One of the office's own fields.
struct OwnLine {
    label: String,
    value: String,
    own_words: bool,
}

fn own(lang: Lang, fields: &[PublishedOwn]) -> Vec<OwnLine> {
    let own = fields.iter().map(|one| own_field(lang, one));
    own.map(|(label, value, own_words)| OwnLine { label, value, own_words }).collect()
}

#[derive(Template)]
#[template(path = "site/contact.html")]
struct ContactPage<'a> {
    page: Page,
    name: &'a str,
    shown: bool,
    phones: Vec<Phone<'a>>,
    emails: Vec<&'a str>,
    websites: Vec<&'a str>,
    own: Vec<OwnLine>,
    people: Vec<Someone<'a>>,
    office: OfficeCard,
}

impl<'a> ContactPage<'a> {
    fn of(page: Page, site: &'a Site, group: &'a PublishedGroup, contact: Option<&'a PublishedContact>) -> Self {
        let lang = page.lang;
        let (phones, emails, websites, own, people) = match contact {
            None => (Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new()),
            Some(PublishedContact { phones, emails, websites, own: fields, people }) => (
                numbers(phones),
                emails.iter().map(|email| email.as_str()).collect(),
                websites.iter().map(|site| site.as_str()).filter(|site| is_web_address(site)).collect(),
                own(lang, fields),
                people.iter().map(|person| someone(lang, person)).collect(),
            ),
        };
        Self {
            page: framed(page, group),
            name: &group.name,
            shown: contact.is_some(),
            phones,
            emails,
            websites,
            own,
            people,
            office: OfficeCard::of(&site.profile),
        }
    }
}

fn framed(page: Page, group: &PublishedGroup) -> Page {
    let back = page.lang.t("contact-back");
    let mut page = page.back_to(group_path(&group.slug), back);
    page.indexed = false;
    page
}

fn numbers(phones: &[(domain::projection::Green<domain::PhoneNumber>, String)]) -> Vec<Phone<'_>> {
    phones.iter().map(|(phone, remark)| Phone { number: phone.as_str(), dial: phone.dial(), remark }).collect()
}

fn someone(lang: Lang, PublishedPerson { name, phones, emails, own: fields }: &PublishedPerson) -> Someone<'_> {
    Someone {
        name: name.as_ref().map_or("", |name| name.as_str()),
        phones: numbers(phones),
        emails: emails.iter().map(|email| email.as_str()).collect(),
        own: own(lang, fields),
    }
}

/// Only `http` and `https` may become a link, whatever was stored.
fn is_web_address(text: &str) -> bool {
    url::Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "http" | "https"))
}

#[cfg(test)]
mod tests {
    use super::is_web_address;

    #[test]
    fn only_web_addresses_become_links() {
        assert!(is_web_address("https://example.org/"));
        for bad in ["javascript:alert(1)", " javascript:alert(1)", "data:text/html,x", "example.org", ""] {
            assert!(!is_web_address(bad), "{bad}");
        }
    }
}
