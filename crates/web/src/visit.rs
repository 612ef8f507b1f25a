//! One request, as handlers see it: to which office, in which language, from which network.

use std::ops::Deref;
use std::sync::Arc;

use access::Rights;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use domain::Clock;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use usecases::Notes;
use usecases::site::Site;

use crate::page::Page;
use crate::throttle::Network;
use crate::{Lang, WebError, WebState};

/// Where a request was sent to.
#[derive(Clone, Debug)]
pub enum Place {
    /// The base domain.
    Platform,
    /// An office's host.
    Office(Arc<Site>),
    /// A host we do not know.
    Nowhere,
}

/// One request: take it as an argument in any handler. Behind a login it knows what its user may do.
#[derive(Clone, Debug)]
pub struct Visit(Arc<Facts>, Rights, Arc<Notes>);

/// What is known about a request before any handler sees it.
#[derive(Debug)]
pub struct Facts {
    /// Names the request in logs and on error pages.
    pub request_id: String,
    /// The language of the answer.
    pub lang: Lang,
    /// Where it was sent to.
    pub place: Place,
    /// Path and query.
    pub address: String,
    /// From where, for throttles only; never stored or logged.
    pub network: Network,
    /// Today in Germany.
    pub today: Date,
}

impl Deref for Visit {
    type Target = Facts;
    fn deref(&self) -> &Facts {
        &self.0
    }
}

impl Visit {
    pub(crate) fn new(facts: Facts) -> Self {
        Self(Arc::new(facts), Rights::NONE, Arc::default())
    }

    /// The same request, after the door: its user has these rights, and these notes are for them.
    #[must_use]
    pub(crate) fn entered(self, rights: Rights, notes: Notes) -> Self {
        Self(self.0, rights, Arc::new(notes))
    }

    /// What every page says to its user; nothing before the door.
    pub(crate) fn notes(&self) -> &Notes {
        &self.2
    }

    /// What its user may do; nothing before the door.
    pub(crate) const fn rights(&self) -> Rights {
        self.1
    }

    /// A page of the place the request was sent to: with its name, navigation and footer.
    pub fn page(&self, title: impl Into<String>) -> Page {
        Page::of(self, title.into())
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Visit {
    type Rejection = WebError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, WebError> {
        parts.extensions.get::<Self>().cloned().ok_or_else(|| WebError::internal("a route outside the front door"))
    }
}

/// A request to an office's host.
#[derive(Clone, Debug)]
pub struct SiteVisit {
    /// The request.
    pub visit: Visit,
    /// The office.
    pub site: Arc<Site>,
}

impl Deref for SiteVisit {
    type Target = Facts;
    fn deref(&self) -> &Facts {
        &self.visit
    }
}

impl SiteVisit {
    /// See [`Visit::page`].
    pub fn page(&self, title: impl Into<String>) -> Page {
        self.visit.page(title)
    }

    /// Refuses if the directory is not public now.
    pub fn open(&self) -> Result<&Site, WebError> {
        if self.site.visibility.is_public() { Ok(&self.site) } else { Err(WebError::SiteClosed) }
    }
}

impl FromRequestParts<WebState> for SiteVisit {
    type Rejection = WebError;

    async fn from_request_parts(parts: &mut Parts, state: &WebState) -> Result<Self, WebError> {
        let visit = Visit::from_request_parts(parts, state).await?;
        match &visit.place {
            Place::Office(site) => Ok(Self { site: Arc::clone(site), visit }),
            Place::Platform | Place::Nowhere => Err(WebError::NotFound),
        }
    }
}

/// The day it is in Germany.
pub(crate) fn today(clock: &dyn Clock) -> Date {
    let zone = TimeZone::get("Europe/Berlin").unwrap_or(TimeZone::UTC);
    clock.now().to_zoned(zone).date()
}
