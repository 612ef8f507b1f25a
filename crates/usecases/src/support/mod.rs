//! The operator's support in an office: only where its lead grants it, for a named person, a reason and some hours.
//!
//! The lead grants ([`grant`]), the named person comes in by a link made on the operator's command line ([`enter`]), all
//! who work in the office see it on every page ([`Presence`]), and any lead ends it with one click. Both the office's
//! log and the operator's tell of it.
//!
//! What this does not do: someone at the operator who holds the key-encryption key and the databases could read them
//! without this program. Against that stand the keys' custody and the processing contract, not a grant.

pub mod enter;
pub mod grant;

use domain::UserId;
use jiff::Timestamp;
use storage::tenant::SupportGrant;

pub use storage::platform::Operator;

/// Someone of the operator's support who may be in the office now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Presence {
    /// The grant.
    pub account: UserId,
    /// Who.
    pub name: String,
    /// Until when.
    pub until: Timestamp,
    /// Whether it is the one who looks.
    pub myself: bool,
}

impl Presence {
    pub(crate) fn of(grant: &SupportGrant, user: UserId) -> Self {
        Self { account: grant.account, name: grant.name.clone(), until: grant.until, myself: grant.account == user }
    }
}
