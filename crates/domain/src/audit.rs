//! What was done: one event per act or per page of protected data seen.

use serde::{Deserialize, Serialize};

use crate::{GroupId, UserId};

/// Who did it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    /// Someone logged in.
    User(UserId),
    /// Whoever holds a personal link of this group.
    Group(GroupId),
    /// Nobody is known yet: a sign-up, a failed login.
    Anonymous,
    /// The program itself, for a job.
    System,
    /// The operator, on the command line.
    Operator,
}

impl Actor {
    /// Who was logged in; none for the others.
    pub const fn user(self) -> Option<UserId> {
        match self {
            Self::User(user) => Some(user),
            Self::Group(_) | Self::Anonymous | Self::System | Self::Operator => None,
        }
    }
}

/// One event, before it gets its place in the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEvent {
    /// What was done, a dotted word: `group.saved`, `items.read`. Kept in the clear for filters.
    pub action: &'static str,
    /// On what, as an id or empty. Kept in the clear for filters.
    pub object: String,
    /// Everything else, sealed: which items were seen or changed, old and new light, reason. Never a value.
    pub details: Details,
}

/// What an event tells beside its action and object.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Details {
    /// A sentence for the reader, without personal data that is not needed to understand the act.
    pub summary: String,
    /// Ids of the items seen or changed.
    pub items: Vec<String>,
}

impl AuditEvent {
    /// An event about `object`.
    pub fn new(action: &'static str, object: impl std::fmt::Display) -> Self {
        Self { action, object: object.to_string(), details: Details::default() }
    }

    /// With a sentence for the reader.
    #[must_use]
    pub fn summary(mut self, summary: impl Into<String>) -> Self {
        self.details.summary = summary.into();
        self
    }

    /// With the items it is about.
    #[must_use]
    pub fn items(mut self, items: impl IntoIterator<Item = impl ToString>) -> Self {
        self.details.items = items.into_iter().map(|item| item.to_string()).collect();
        self
    }
}
