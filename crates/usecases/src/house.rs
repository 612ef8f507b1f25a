//! The house: the stores and what use cases need beside them.

use std::net::IpAddr;
use std::sync::{Arc, OnceLock};

use access::{Principal, Proof, anonymous_permit};
use crypto::password::{Cost, Limits, Passwords};
use crypto::token::Token;
use domain::{Clock, Ids, Slug, TenantId};
use jiff::SignedDuration;
use sso::{Outside, Reach};
use storage::Stores;
use storage::tenant::SessionUser;
use tokio::sync::Notify;

use crate::alerts::Watch;
use crate::countries::Countries;
use crate::people::lost_factor::OwnLoss;
use crate::site::{Site, Sites};
use crate::support::Presence;
use crate::{Error, Result};

/// How offices are reached, for links in mails.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Addresses {
    /// `http` or `https`.
    pub scheme: &'static str,
    /// `localhost`, `ampelhaus.example`.
    pub base_domain: String,
    /// If it is not the usual one.
    pub port: Option<u16>,
}

impl Addresses {
    fn port(&self) -> String {
        self.port.map(|port| format!(":{port}")).unwrap_or_default()
    }

    /// `https://ampelhaus.example`
    pub fn platform(&self) -> String {
        format!("{}://{}{}", self.scheme, self.base_domain, self.port())
    }

    /// `https://heidelberg.ampelhaus.example`
    pub fn office(&self, slug: &Slug) -> String {
        format!("{}://{slug}.{}{}", self.scheme, self.base_domain, self.port())
    }
}

/// The house. One per process.
#[derive(Debug)]
pub struct House {
    pub(crate) stores: Stores,
    pub(crate) passwords: Passwords,
    pub(crate) sites: Sites,
    pub(crate) addresses: Addresses,
    /// Speaks with providers of single sign-on.
    pub(crate) outside: Outside,
    pub(crate) watch: Watch,
    countries: OnceLock<Countries>,
    /// Rung when a worker in this process has something to do at once.
    pub(crate) bell: Notify,
}

/// Sessions are touched at most this often, so that reading pages does not write all the time.
const TOUCH_EVERY_SECONDS: i64 = 60;

/// How long a proof of who one is counts as fresh for grave acts.
const FRESH: SignedDuration = SignedDuration::from_mins(5);

impl House {
    /// Puts the house together. Providers of single sign-on are asked at public addresses only.
    pub fn new(stores: Stores, addresses: Addresses) -> Result<Arc<Self>> {
        Self::reaching(stores, addresses, Reach::Public)
    }

    /// The same, with another rule for the addresses of providers.
    pub fn reaching(stores: Stores, addresses: Addresses, reach: Reach) -> Result<Arc<Self>> {
        let outside = Outside::new(reach).map_err(|error| Error::Internal(error.to_string()))?;
        let passwords = Passwords::new(Cost::OWASP, Limits::default(), stores.services().ids.clone())?;
        Ok(Arc::new(Self {
            stores,
            passwords,
            sites: Sites::new(),
            addresses,
            outside,
            watch: Watch::default(),
            countries: OnceLock::new(),
            bell: Notify::new(),
        }))
    }

    /// A house that shows these sites instead of its stores': for tests and previews of pages.
    pub async fn of_sites(stores: Stores, addresses: Addresses, sites: Vec<Site>) -> Result<Arc<Self>> {
        let house = Self::new(stores, addresses)?;
        house.sites.give(sites).await;
        Ok(house)
    }

    /// Gives the house a database of countries; the first one counts.
    pub fn know_countries(&self, countries: Countries) {
        // A second one changes nothing, and nobody gives one.
        let _kept = self.countries.set(countries);
    }

    /// The country of an address, where a database of countries is given.
    pub fn country(&self, address: IpAddr) -> Option<String> {
        self.countries.get()?.of(address)
    }

    /// The stores, for the command line and the worker.
    pub const fn stores(&self) -> &Stores {
        &self.stores
    }

    /// How offices are reached.
    pub const fn addresses(&self) -> &Addresses {
        &self.addresses
    }

    /// The time.
    pub fn clock(&self) -> &dyn Clock {
        self.stores.services().clock.as_ref()
    }

    /// Ids and randomness.
    pub fn ids(&self) -> &Ids {
        &self.stores.services().ids
    }

    /// Hashes a password that the program itself chose (the demo's); people's go through [`crate::account`].
    pub async fn hash_password(&self, password: &str) -> Result<zeroize::Zeroizing<String>> {
        Ok(self.passwords.hash(&crypto::password::Password::typed(password)).await?)
    }

    /// Rings the bell.
    pub fn ring(&self) {
        self.bell.notify_waiters();
        self.bell.notify_one();
    }

    /// Waits until something in this process rings: there is mail to send or an office to provision.
    pub async fn bell(&self) {
        self.bell.notified().await;
    }

    /// The subdomain of an office.
    pub(crate) async fn slug(&self, tenant: TenantId) -> Result<Slug> {
        Ok(self.stores.platform_look().await?.tenant(tenant).await?.ok_or(Error::NotFound)?.slug)
    }

    /// The public site of an office, not older than half a second; none if no office has this subdomain.
    pub async fn site(&self, slug: &Slug) -> Result<Option<Arc<Site>>> {
        self.sites.get(&self.stores, slug).await
    }

    /// Whose session the cookie of an office's host is, if it is in force.
    pub async fn principal(&self, slug: &Slug, token: &str) -> Result<Option<Principal>> {
        Ok(self.entered(slug, token).await?.map(|(principal, _)| principal))
    }

    /// The same, with who of the operator's support may be in the office now.
    pub async fn entered(&self, slug: &Slug, token: &str) -> Result<Option<(Principal, Notes)>> {
        let Ok(token) = Token::parse(token) else { return Ok(None) };
        let Some(tenant) = self.sites.tenant(&self.stores, slug).await? else { return Ok(None) };
        let permit = anonymous_permit::<access::actions::LogIn>(tenant);
        let look = self.stores.look(&permit).await?;
        let Some(found) = look.session(&token.hash()).await? else { return Ok(None) };
        let loss = look.factor_loss(found.session.user).await?.map(|loss| OwnLoss::of(&loss));
        drop(look);
        let now = self.clock().now();
        if now.duration_since(found.session.seen_at).as_secs() >= TOUCH_EVERY_SECONDS {
            let tx = self.stores.begin(&permit).await?;
            tx.touch_session(found.session.id).await?;
            tx.commit_housekeeping().await?;
        }
        let SessionUser { session, role, rights, reach, support } = found;
        let proof = if now.duration_since(session.proven_at) < FRESH { Proof::Fresh } else { Proof::Old };
        let support = support.iter().map(|grant| Presence::of(grant, session.user)).collect();
        let principal = Principal { tenant, user: session.user, role, rights, reach, stage: session.stage, proof };
        Ok(Some((principal, Notes { support, loss })))
    }
}

/// What every page behind the login says to whoever looks at it.
#[derive(Clone, Debug, Default)]
pub struct Notes {
    /// Who of the operator's support may be in the office now.
    pub support: Vec<Presence>,
    /// That their own second factor is about to be taken away.
    pub loss: Option<OwnLoss>,
}

impl From<domain::contact::NotAnEmail> for Error {
    fn from(_: domain::contact::NotAnEmail) -> Self {
        Self::invalid("email", "not-an-email")
    }
}
