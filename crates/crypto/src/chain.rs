//! The keyed chain of audit events.
//!
//! Each event carries `mac = HMAC-SHA256(chain key, previous mac | event)`. Someone who writes the database but lacks the
//! key can neither change, insert, reorder nor recompute events; that the *end* was not cut off is known only by comparing
//! with a [`Head`] kept elsewhere.

use std::fmt;

use hmac::Mac;
use subtle::ConstantTimeEq;

use crate::keys::{Keyring, length_prefixed};
use crate::{Key, KeyVersion};

/// The link before the first event.
pub const GENESIS: [u8; 32] = [0; 32];

/// One event as it enters the chain.
///
/// `details` are the *unsealed* details: sealing them anew under a new key must not break the chain.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Entry<'a> {
    /// Its place in the chain, counted from 1 without gaps.
    pub number: u64,
    /// When, in milliseconds since 1970 UTC.
    pub at: i64,
    /// Who, in the words of the database.
    pub actor: &'a str,
    /// What was done.
    pub action: &'a str,
    /// On what.
    pub object: &'a str,
    /// Everything else, as the bytes that are sealed.
    pub details: &'a [u8],
}

impl fmt::Debug for Entry<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Entry({})", self.number)
    }
}

/// The chain under one version of an owner's root key; from [`Keyring::chain`].
#[derive(Clone, Copy)]
pub struct Chain<'k> {
    version: KeyVersion,
    key: &'k Key,
}

impl<'k> Chain<'k> {
    pub(crate) const fn new(version: KeyVersion, key: &'k Key) -> Self {
        Self { version, key }
    }

    /// Stored with each event: under which root key its link was made.
    pub const fn version(&self) -> KeyVersion {
        self.version
    }

    /// The link of `entry`, given the link before it ([`GENESIS`] for the first).
    pub fn next(&self, previous: &[u8; 32], entry: &Entry<'_>) -> [u8; 32] {
        let Entry { number, at, actor, action, object, details } = *entry;
        let mut mac = crate::keys::mac(self.key);
        mac.update(previous);
        mac.update(&length_prefixed(&[
            &number.to_be_bytes(),
            &at.to_be_bytes(),
            actor.as_bytes(),
            action.as_bytes(),
            object.as_bytes(),
            details,
        ]));
        mac.finalize().into_bytes().into()
    }
}

impl fmt::Debug for Chain<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Chain(version {})", self.version.0)
    }
}

/// The end of a chain: how many events there are, and the last link. A copy is kept outside the owner's database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// The number of the last event; 0 for an empty chain.
    pub number: u64,
    /// Its link.
    pub mac: [u8; 32],
}

impl Head {
    /// Of a chain without events.
    pub const EMPTY: Self = Self { number: 0, mac: GENESIS };
}

/// Where a chain is broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    /// An event is missing or out of order.
    #[error("event {expected} is missing, {found} follows")]
    Gap {
        /// The number that should come.
        expected: u64,
        /// The number that came.
        found: u64,
    },
    /// The event, or the link before it, was changed.
    #[error("event {0} was changed")]
    Changed(u64),
    /// The root key under which the event was linked is not held.
    #[error("event {number} was linked under root key version {}, which is not here", version.0)]
    NoKey {
        /// The event.
        number: u64,
        /// The key.
        version: KeyVersion,
    },
    /// The chain is shorter than, or differs from, what is known from elsewhere.
    #[error("the chain ends or differs at event {found}, although event {known} is known from elsewhere")]
    OtherHead {
        /// Number of the head kept elsewhere.
        known: u64,
        /// Number of the last event present.
        found: u64,
    },
}

/// Walks a chain from its beginning (or from a trusted head), event by event.
#[derive(Debug)]
pub struct Verifier<'k> {
    keyring: &'k Keyring,
    known: Option<Head>,
    passed_known: bool,
    head: Head,
}

impl<'k> Verifier<'k> {
    /// Starts after `from` ([`Head::EMPTY`] for the whole chain). `known` is the head kept elsewhere: the chain must pass
    /// through it; it may be longer, because events go on being written.
    pub fn new(keyring: &'k Keyring, from: Head, known: Option<Head>) -> Self {
        Self { keyring, known, passed_known: known.is_none_or(|known| known == from), head: from }
    }

    /// Takes the next event with its stored key version and link.
    pub fn check(&mut self, version: KeyVersion, entry: &Entry<'_>, mac: &[u8; 32]) -> Result<(), Broken> {
        let expected = self.head.number + 1;
        if entry.number != expected {
            return Err(Broken::Gap { expected, found: entry.number });
        }
        let chain = self.keyring.chain_of(version).ok_or(Broken::NoKey { number: entry.number, version })?;
        if !bool::from(chain.next(&self.head.mac, entry).ct_eq(mac)) {
            return Err(Broken::Changed(entry.number));
        }
        self.head = Head { number: entry.number, mac: *mac };
        if self.known == Some(self.head) {
            self.passed_known = true;
        }
        Ok(())
    }

    /// The end: the head reached, if the known one was passed.
    pub fn finish(self) -> Result<Head, Broken> {
        match self.known {
            Some(known) if !self.passed_known => {
                Err(Broken::OtherHead { known: known.number, found: self.head.number })
            }
            _ => Ok(self.head),
        }
    }
}
