//! What can go wrong in a use case, in words a page can explain.

use jiff::Timestamp;
use storage::StorageError;

/// One thing wrong with what was typed: the field's name and the code of the text that explains it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The form's field, such as `email`; empty if it is about the form as a whole.
    pub field: String,
    /// `missing`, `too-long`, `not-an-email` …: the key `error-<code>` of the translations.
    pub code: &'static str,
}

impl Problem {
    /// A problem of one field.
    pub fn new(field: impl Into<String>, code: &'static str) -> Self {
        Self { field: field.into(), code }
    }
}

/// What can go wrong in a use case.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such thing, or it belongs to another office.
    #[error("not found")]
    NotFound,
    /// What was typed cannot be taken.
    #[error("the input cannot be taken: {0:?}")]
    Invalid(Vec<Problem>),
    /// Someone else changed it meanwhile.
    #[error("changed meanwhile")]
    Conflict,
    /// Too often: again from this moment on.
    #[error("throttled until {0}")]
    Throttled(Timestamp),
    /// Too much to do at once.
    #[error("busy")]
    Busy,
    /// A store failed.
    #[error("a store failed")]
    Storage(#[source] StorageError),
    /// A bug, or a broken machine.
    #[error("{0}")]
    Internal(String),
}

impl Error {
    /// One problem of one field.
    pub fn invalid(field: impl Into<String>, code: &'static str) -> Self {
        Self::Invalid(vec![Problem::new(field, code)])
    }
}

impl From<StorageError> for Error {
    fn from(error: StorageError) -> Self {
        match error {
            StorageError::Conflict => Self::Conflict,
            StorageError::Busy => Self::Busy,
            StorageError::NoTenant => Self::NotFound,
            // Only until `migrate` has come to this office.
            StorageError::Schema { .. } => {
                tracing::warn!(error = %error, "an office is not up to date");
                Self::Busy
            }
            unreachable if unreachable.is_unreachable() => {
                tracing::error!(error = &unreachable as &dyn std::error::Error, "a database cannot be reached");
                Self::Busy
            }
            other => Self::Storage(other),
        }
    }
}

impl From<crypto::password::HashError> for Error {
    fn from(error: crypto::password::HashError) -> Self {
        match error {
            crypto::password::HashError::Busy => Self::Busy,
            other => Self::Internal(other.to_string()),
        }
    }
}
