//! Signs of misuse are counted, and too many of one kind raise an alert that the lead sees ([`list`]).
//!
//! Counting is done in the memory of each process: no request waits for it, and nothing about a visitor is stored until
//! it is too much. What a restart forgets is begun anew. Start reading at `domain::alert` for the signs and their rules,
//! then [`House::noticed`].

pub mod list;

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::{Mutex, PoisonError};

use access::actions::RaiseAlert;
use access::{Permit, system_permit};
use domain::alert::{Rule, Sign};
use domain::audit::AuditEvent;
use domain::{TenantId, UserId};
use jiff::Timestamp;
use storage::tenant::alerts::Alert;

use crate::{House, Result};

/// So many counts of one office are held at once; then those whose time is over go, and if that is not enough, all of
/// this office: whoever invents addresses forgets nobody else's.
const MOST: usize = 10_000;

/// What is counted in an office: which sign, and a keyed hash of by whom.
type Key = (Sign, u64);

/// How many, and since when.
type Counts = HashMap<Key, (u32, Timestamp)>;

/// The counts of one process.
#[derive(Debug, Default)]
pub(crate) struct Watch {
    // Keyed by the process's own secret, so that no memory dump tells networks or addresses.
    hasher: RandomState,
    counts: Mutex<HashMap<TenantId, Counts>>,
}

impl Watch {
    /// Counts one; whether it is the one too many.
    fn counts(&self, tenant: TenantId, sign: Sign, whose: &str, now: Timestamp) -> bool {
        let Rule { count, within } = sign.rule();
        let key = (sign, self.hasher.hash_one(whose));
        let mut offices = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let counts = offices.entry(tenant).or_default();
        if counts.len() >= MOST {
            counts.retain(|(sign, _), (_, first)| now.duration_since(*first) < sign.rule().within);
            if counts.len() >= MOST {
                counts.clear();
            }
        }
        let (so_far, first) = counts.entry(key).or_insert((0, now));
        if now.duration_since(*first) >= within {
            (*so_far, *first) = (0, now);
        }
        *so_far = so_far.saturating_add(1);
        *so_far == count
    }
}

impl House {
    /// Notes a sign in an office: `whose` is the account, the network, or nothing, as the sign says; `about` the
    /// account it is about, if it is known. Raises an alert when it is too many, once in the rule's time. A failure to
    /// keep it is logged and harms no request.
    pub async fn noticed(&self, tenant: TenantId, sign: Sign, whose: &str, about: Option<UserId>) {
        if !self.watch.counts(tenant, sign, whose, self.clock().now()) {
            return;
        }
        if let Err(error) = self.raise(tenant, sign, about).await {
            tracing::error!(%tenant, sign = sign.code(), error = &error as &dyn std::error::Error, "an alert could not be kept");
        }
    }

    async fn raise(&self, tenant: TenantId, sign: Sign, about: Option<UserId>) -> Result<()> {
        tracing::warn!(%tenant, sign = sign.code(), "an alert was raised");
        let permit: Permit<RaiseAlert> = system_permit(tenant);
        let tx = self.stores.begin(&permit).await?;
        let (id, at) = (tx.ids().next(), tx.now());
        tx.insert_alert(&Alert { id, at, sign: sign.code().to_owned(), about, done_at: None }).await?;
        tx.commit(AuditEvent::new("alert.raised", id).summary(sign.code())).await?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use domain::TenantId;
    use domain::alert::Sign;
    use jiff::{SignedDuration, Timestamp};

    use super::Watch;

    #[test]
    fn the_one_too_many_counts_once_and_offices_and_networks_are_counted_apart() {
        let (watch, now) = (Watch::default(), Timestamp::UNIX_EPOCH);
        let (here, there) = (TenantId::from_u128(1), TenantId::from_u128(2));
        let sign = Sign::ForeignForms;
        let count = |tenant, whose: &str, now| watch.counts(tenant, sign, whose, now);
        assert!((1..sign.rule().count).all(|_| !count(here, "a", now)));
        assert!(!count(there, "a", now) && !count(here, "b", now));
        assert!(count(here, "a", now), "the one too many");
        assert!(!count(here, "a", now), "one alert is enough");
        let later = now + sign.rule().within + SignedDuration::from_secs(1);
        assert!((1..sign.rule().count).all(|_| !count(here, "a", later)), "begun anew");
        assert!(count(here, "a", later));
    }
}
