//! Single sign-on: the providers an office trusts, the way there and back, and one's own connections.
//!
//! A provider says who somebody is; what they may here is decided here. An account at a provider is known by issuer and
//! subject and never by its mail address: it is connected from one's own account, by an invitation, or, if the office
//! says so, by a role that the provider names. Requests to providers are made by the crate `sso`, between units of work
//! and never inside one. Start reading at [`depart`], then [`arrive`].

pub mod arrive;
pub mod depart;
pub mod own;
pub mod providers;

use access::{Permit, Role, Stage};
use domain::ProviderId;
use domain::Slug;
use sso::{Failure, Registration};
use storage::TenantTx;
use storage::tenant::{Provider, User, UserState};

use crate::account::factors;
use crate::house::Addresses;
use crate::people::role_name;
use crate::{House, Result};

/// Why single sign-on went no further, for a page that says so and shows the other ways in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The provider cannot be reached, or is set up wrongly.
    Down,
    /// The provider, or the person there, said no.
    Denied,
    /// Begun too long ago, in another browser, or used already.
    Stale,
    /// What came back cannot be verified.
    Untrusted,
    /// Nobody here is connected with this account.
    Unknown,
    /// The provider names no role for this account (any more).
    NoRole,
    /// The provider says nothing of a second factor, and there is none here.
    NoSecondFactor,
    /// The mail address has an account here already: log in with it and connect.
    AddressTaken,
    /// The provider tells no mail address.
    NoAddress,
    /// The account there is connected with another account here.
    Connected,
}

impl Refusal {
    /// The word in keys of texts and in the log.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Down => "down",
            Self::Denied => "denied",
            Self::Stale => "stale",
            Self::Untrusted => "untrusted",
            Self::Unknown => "unknown",
            Self::NoRole => "no-role",
            Self::NoSecondFactor => "no-second-factor",
            Self::AddressTaken => "address-taken",
            Self::NoAddress => "no-address",
            Self::Connected => "connected",
        }
    }
}

impl From<&Failure> for Refusal {
    fn from(failure: &Failure) -> Self {
        if failure.is_down() { Self::Down } else { Self::Untrusted }
    }
}

/// A provider as a button.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Button {
    /// Which.
    pub provider: ProviderId,
    /// What the office calls it.
    pub name: String,
}

impl Button {
    fn of(provider: Provider) -> Self {
        Self { provider: provider.id, name: provider.name }
    }
}

/// The providers to log in with.
pub async fn buttons<A: access::AnonymousAction>(permit: &Permit<A>, house: &House) -> Result<Vec<Button>> {
    let look = house.stores.look(permit).await?;
    Ok(look.providers().await?.into_iter().map(Button::of).collect())
}

/// Where a provider sends people back to: compared by the provider to the letter, and another one for each provider, so
/// that an answer cannot be passed off as another provider's (RFC 9700, 4.4.2.2).
pub(crate) fn redirect_uri(addresses: &Addresses, slug: &Slug, provider: ProviderId) -> String {
    format!("{}/login/sso/{provider}/zurueck", addresses.office(slug))
}

/// Where a provider leads after one logged out there.
pub(crate) fn after_logout(addresses: &Addresses, slug: &Slug) -> String {
    format!("{}/login", addresses.office(slug))
}

fn registration(provider: &Provider, redirect_uri: String) -> Registration {
    Registration {
        issuer: provider.issuer.clone(),
        client_id: provider.client_id.clone(),
        client_secret: provider.client_secret.clone(),
        redirect_uri,
        claim: provider.claim.clone(),
    }
}

/// Says in the log what an office cannot see: which step failed. Nothing of a person.
fn log_failure(provider: ProviderId, failure: &Failure) {
    let error = failure as &dyn std::error::Error;
    tracing::warn!(%provider, code = failure.code(), error, "a provider of single sign-on could not be used");
}

/// The role a provider names: the first of the office's list whose value it told, if that role is still there.
async fn named_role(tx: &TenantTx, provider: &Provider, values: &[String]) -> Result<Option<Role>> {
    for (value, role) in &provider.roles {
        let there = !matches!(role, Role::Custom(_)) || role_name(tx, *role).await?.is_some();
        if there && values.contains(value) {
            return Ok(Some(*role));
        }
    }
    Ok(None)
}

/// Whether what a provider told stands for a second factor (OWASP ASVS 5.0, 6.8.4).
fn vouches(provider: &Provider, identity: &sso::Identity) -> bool {
    let told = |value: &String| identity.acr.as_ref() == Some(value) || identity.amr.contains(value);
    provider.second_factor.iter().any(told)
}

/// Whether someone has a second factor here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum OwnFactor {
    There,
    /// None, and the role or the office demands one.
    Missing,
    /// None, and nobody demands one.
    NotNeeded,
}

impl OwnFactor {
    async fn of(tx: &TenantTx, user: &User) -> Result<Self> {
        if tx.has_factor(user.id).await? {
            return Ok(Self::There);
        }
        let demanded = factors::is_demanded(tx, user.standing.role).await?;
        Ok(if demanded { Self::Missing } else { Self::NotNeeded })
    }
}

/// How far a login has come once the provider has said who it is.
fn stage(state: UserState, own: OwnFactor, provider: &Provider, vouched: bool) -> std::result::Result<Stage, Refusal> {
    let needed = own == OwnFactor::Missing;
    match (state, own == OwnFactor::There) {
        (UserState::Disabled, _) => Err(Refusal::Unknown),
        _ if vouched => Ok(Stage::Full),
        (UserState::Active, true) => Ok(Stage::HalfIn),
        (UserState::Active, false) if !needed => Ok(Stage::Full),
        // Until now the provider vouched for the second factor. If it did not this time, somebody may know the password
        // there and no more: such a one must not set up a factor here.
        (UserState::Active, false) if !provider.second_factor.is_empty() => Err(Refusal::NoSecondFactor),
        // None was ever asked for, or the office has decided that the house asks for its own.
        (UserState::Enrolling, _) | (UserState::Active, false) => Ok(Stage::Enrolling),
    }
}
