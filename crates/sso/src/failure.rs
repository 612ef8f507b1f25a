//! Why a provider could not be used.

use crate::network::CallError;

/// Why a provider could not be used, or was not believed.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The address is not one we go to: no `https`, or inside somebody's own network.
    #[error("this address is not allowed")]
    NotAllowed,
    /// No answer in time, or one that says the provider is broken.
    #[error("the provider cannot be reached")]
    Unreachable(#[source] Option<CallError>),
    /// What answers is no OpenID provider that can be used, or not the one it should be; in one word, why.
    #[error("this is no provider that can be used: {0}")]
    NotAProvider(&'static str),
    /// The provider does not take the code, or does not know us.
    #[error("the provider refused the code")]
    Refused,
    /// The answer cannot be what an honest provider sent for this login.
    #[error("the answer is not trusted: {0:?}")]
    Untrusted(Unverified),
}

/// What about an answer was not right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unverified {
    /// It names another issuer than the one that was asked, or none although the provider always does (RFC 9207).
    Issuer,
    /// No signature, one that is wrong, or an algorithm that is not taken.
    Signature,
    /// It is for another client.
    Audience,
    /// It is too old, or not yet valid.
    Time,
    /// It belongs to another login.
    Nonce,
    /// Whoever was to log in anew did not.
    NotAnew,
    /// It is there, but is no ID token.
    Shape,
}

impl Failure {
    /// The word used in logs.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotAllowed => "address",
            Self::Unreachable(_) => "unreachable",
            Self::NotAProvider(why) => why,
            Self::Refused => "code",
            Self::Untrusted(Unverified::Issuer) => "issuer",
            Self::Untrusted(Unverified::Signature) => "signature",
            Self::Untrusted(Unverified::Audience) => "audience",
            Self::Untrusted(Unverified::Time) => "time",
            Self::Untrusted(Unverified::Nonce) => "nonce",
            Self::Untrusted(Unverified::NotAnew) => "not-anew",
            Self::Untrusted(Unverified::Shape) => "shape",
        }
    }

    /// Whether it lies at the provider's door, not in what it said: it is down, or set up wrongly.
    pub const fn is_down(&self) -> bool {
        matches!(self, Self::NotAllowed | Self::Unreachable(_) | Self::NotAProvider(_))
    }
}

impl From<CallError> for Failure {
    fn from(error: CallError) -> Self {
        match error {
            CallError::NotAllowed => Self::NotAllowed,
            other => Self::Unreachable(Some(other)),
        }
    }
}
