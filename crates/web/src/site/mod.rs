//! The public site of an office: directory, groups, contact behind the notice, legal pages.
//!
//! Everything here is built from [`usecases::site::Site`], which holds published values only. Pages without a cookie of
//! their own are finished once and served from memory ([`finished`]).

mod calendar;
mod contact;
mod directory_page;
mod filter;
mod group;
mod json_ld;
mod meetings;
mod notice;
mod passed_on;
mod passed_on_question;
mod robots;
mod suggest;
mod texts;

use axum::http::HeaderMap;
use axum::response::Response;
use domain::Slug;
use domain::projection::PublishedGroup;
use usecases::site::Site;

use crate::page_cache::{Effort, Finished, PageKey};
use crate::visit::SiteVisit;
use crate::{Routes, WebError, WebState};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .merge(directory_page::routes())
        .merge(group::routes())
        .merge(contact::routes())
        .merge(passed_on::routes())
        .merge(suggest::routes())
        .merge(passed_on_question::routes())
        .merge(calendar::routes())
        .merge(texts::routes())
        .merge(robots::routes())
}

/// The office as pages show it beside their own content.
#[derive(Clone, Debug)]
pub(crate) struct OfficeCard {
    name: String,
    address: String,
    phone: String,
    dial: String,
    email: String,
    hours: String,
}

impl OfficeCard {
    fn of(profile: &domain::office::OfficeProfile) -> Self {
        let town = format!("{} {}", profile.postcode, profile.town);
        let parts = [profile.street.trim(), town.trim()];
        let address = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
        Self {
            name: profile.name.clone(),
            address,
            dial: domain::PhoneNumber::parse(&profile.phone).map(|phone| phone.dial()).unwrap_or_default(),
            phone: profile.phone.clone(),
            email: domain::EmailAddress::parse(&profile.email)
                .map(|email| email.as_str().to_owned())
                .unwrap_or_default(),
            hours: profile.hours.clone(),
        }
    }
}

/// The office and the group that an address names, if the directory is public now.
fn group_at<'a>(visit: &'a SiteVisit, slug: &str) -> Result<(&'a Site, &'a PublishedGroup), WebError> {
    let site = visit.open()?;
    Ok((site, site.directory.by_slug(slug).ok_or(WebError::NotFound)?))
}

/// The path of a group's page.
fn group_path(slug: &Slug) -> String {
    format!("/gruppen/{slug}")
}

/// The page at `address` (path and the part of the query that matters): from memory, or made now and kept.
pub(crate) async fn finished(
    state: &WebState,
    visit: &SiteVisit,
    request: &HeaderMap,
    address: String,
    effort: Effort,
    make: impl FnOnce() -> Result<String, WebError>,
) -> Result<Response, WebError> {
    let key =
        PageKey { tenant: visit.site.tenant, version: visit.site.version, lang: visit.lang, day: visit.today, address };
    let page = state.pages.get(key, || Ok(Finished::new("text/html; charset=utf-8", make()?, effort))).await?;
    let mut response = page.respond(request);
    robots::mark(&visit.site, &mut response);
    Ok(response)
}
