//! Names of things: every id is a type of its own over a `UUIDv7` (RFC 9562), made from a passed-in clock and randomness.

use std::fmt;
use std::str::FromStr;
use std::sync::{Arc, Mutex, PoisonError};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::clock::Clock;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// A fixed id, for what the program itself names.
            pub const fn from_u128(id: u128) -> Self {
                Self(Uuid::from_u128(id))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.as_simple().fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0.as_simple())
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }

        impl From<$name> for Uuid {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl From<Uuid> for $name {
            fn from(uuid: Uuid) -> Self {
                Self(uuid)
            }
        }
    )+};
}

ids! {
    /// An office.
    TenantId,
    /// A self-help group.
    GroupId,
    /// One value of a group or person.
    ItemId,
    /// A field an office made itself.
    FieldId,
    /// A contact person.
    PersonId,
    /// A recorded consent.
    ConsentId,
    /// A role an office made itself.
    RoleId,
    /// A second factor: an app on one device, or a passkey.
    FactorId,
    /// An invitation to make an account.
    InvitationId,
    /// An internal note.
    NoteId,
    /// Someone who logs in.
    UserId,
    /// Someone who works for the operator.
    OperatorId,
    /// A sign of misuse that was too much.
    AlertId,
    /// A group admin's change request.
    RequestId,
    /// One time something yellow was passed on.
    DisclosureId,
    /// A group that somebody outside suggested.
    SuggestionId,
    /// A campaign of the reconciliation.
    CampaignId,
    /// One time that a group was asked to check its data.
    RoundId,
    /// A group's personal link.
    LinkId,
    /// One login.
    SessionId,
    /// An office's request to join.
    SignupId,
    /// One uploaded list.
    ImportId,
    /// One message waiting to be sent.
    MailId,
    /// A provider of single sign-on that an office trusts.
    ProviderId,
    /// An account at such a provider, connected with one here.
    IdentityId,
}

type Random = dyn FnMut(&mut [u8]) + Send;

/// Makes ids and secrets from a clock and a source of randomness, both passed in.
#[derive(Clone)]
pub struct Ids {
    clock: Arc<dyn Clock>,
    random: Arc<Mutex<Random>>,
}

impl Ids {
    /// `random` must fill the buffer from a cryptographically secure source outside tests.
    pub fn new(clock: Arc<dyn Clock>, random: impl FnMut(&mut [u8]) + Send + 'static) -> Self {
        Self { clock, random: Arc::new(Mutex::new(random)) }
    }

    /// A new id, ordered by time.
    pub fn next<T: From<Uuid>>(&self) -> T {
        let mut random = [0_u8; 10];
        self.fill(&mut random);
        let millis = u64::try_from(self.clock.now().as_millisecond()).unwrap_or_default();
        uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid().into()
    }

    /// Random bytes.
    pub fn fill(&self, buffer: &mut [u8]) {
        let mut random = self.random.lock().unwrap_or_else(PoisonError::into_inner);
        (*random)(buffer);
    }
}

impl fmt::Debug for Ids {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Ids")
    }
}
