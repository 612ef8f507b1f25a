//! What every request can reach: the house, the configuration, the clock, the cache of finished pages.

use std::num::NonZeroU32;
use std::ops::Deref;
use std::sync::Arc;
use std::time::Duration;

use domain::{Clock, Ids};
use usecases::House;

use crate::page_cache::PageCache;
use crate::throttle::Throttle;

/// How the pages are reached from outside.
#[derive(Clone, Debug)]
pub struct WebConfig {
    /// The domain under which every office has its subdomain: `localhost`, `ampelhaus.example`. Without port.
    pub base_domain: String,
    /// The port that stands in addresses, if it is not the usual one.
    pub public_port: Option<u16>,
    /// Whether browsers reach us over `https`.
    pub https: bool,
    /// Where the address of a client is read from.
    pub client_address: ClientAddress,
    /// Largest body of an ordinary form, in bytes.
    pub body_limit: usize,
    /// After this time a request is answered with 503; what it does runs on to its end.
    pub request_timeout: Duration,
    /// Memory for finished public pages, in bytes, over all offices.
    pub page_cache: u64,
    /// Where caught mails lie, to be shown on the base domain; only in a demo.
    pub mail_folder: Option<std::path::PathBuf>,
    /// Acknowledged notices per network and minute.
    pub notices_per_minute: NonZeroU32,
    /// Contact pages per network and minute.
    pub contacts_per_minute: NonZeroU32,
}

/// Where the address of a client is read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClientAddress {
    /// The connection itself.
    Connection,
    /// The last entry of `X-Forwarded-For`, written by our own proxy. Only behind one: anybody can send the header.
    ForwardedFor,
}

impl WebConfig {
    /// The usual limits for a base domain.
    pub fn new(base_domain: impl Into<String>) -> Self {
        Self {
            base_domain: base_domain.into().to_ascii_lowercase(),
            public_port: None,
            https: false,
            client_address: ClientAddress::Connection,
            body_limit: 64 * 1024,
            request_timeout: Duration::from_secs(30),
            page_cache: 16 * 1024 * 1024,
            mail_folder: None,
            notices_per_minute: NonZeroU32::MIN.saturating_add(19),
            contacts_per_minute: NonZeroU32::MIN.saturating_add(39),
        }
    }

    fn origin_of(&self, host: &str) -> String {
        let scheme = if self.https { "https" } else { "http" };
        match self.public_port {
            Some(port) => format!("{scheme}://{host}:{port}"),
            None => format!("{scheme}://{host}"),
        }
    }

    /// Where an office is reached: `https://heidelberg.ampelhaus.example`.
    pub fn office_origin(&self, slug: &domain::Slug) -> String {
        self.origin_of(&format!("{slug}.{}", self.base_domain))
    }

    /// Where the platform is reached.
    pub fn platform_origin(&self) -> String {
        self.origin_of(&self.base_domain)
    }
}

/// The state of the web, shared by all requests.
#[derive(Clone)]
pub struct WebState(Arc<Inner>);

/// What [`WebState`] derefs to.
pub struct Inner {
    /// The use cases.
    pub house: Arc<House>,
    /// How the pages are reached.
    pub config: WebConfig,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Ids and randomness.
    pub ids: Ids,
    pub(crate) pages: PageCache,
    pub(crate) notices: Throttle,
    pub(crate) contacts: Throttle,
}

impl WebState {
    /// Puts the state together.
    pub fn new(house: Arc<House>, config: WebConfig, clock: Arc<dyn Clock>, ids: Ids) -> Self {
        let pages = PageCache::new(config.page_cache);
        let notices = Throttle::per_minute(config.notices_per_minute);
        let contacts = Throttle::per_minute(config.contacts_per_minute);
        Self(Arc::new(Inner { house, config, clock, ids, pages, notices, contacts }))
    }
}

impl Deref for WebState {
    type Target = Inner;
    fn deref(&self) -> &Inner {
        &self.0
    }
}
