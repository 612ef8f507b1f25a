//! An owner's root key: everything the owner has is sealed under keys derived from it.

use std::fmt;

use domain::{Ids, TenantId};
use secrecy::SecretBox;

use crate::kek::{KekError, KekProvider, KeyName};
use crate::{Key, KeyVersion, Scope};

/// Whose root key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Owner {
    /// The platform itself.
    Platform,
    /// An office.
    Tenant(TenantId),
}

impl Owner {
    /// The scope of what is sealed directly under this owner's root key.
    pub const fn scope(self) -> Scope {
        match self {
            Self::Platform => Scope::Platform,
            Self::Tenant(_) => Scope::Tenant,
        }
    }

    /// Seventeen bytes that name the owner.
    pub(crate) fn bytes(self) -> [u8; 17] {
        let mut bytes = [0; 17];
        if let Self::Tenant(TenantId(id)) = self {
            bytes[0] = 1;
            bytes[1..].copy_from_slice(id.as_bytes());
        }
        bytes
    }

    pub(crate) fn from_bytes(bytes: [u8; 17]) -> Option<Self> {
        let [kind, id @ ..] = bytes;
        let owner = match kind {
            0 => Self::Platform,
            1 => Self::Tenant(TenantId(uuid::Uuid::from_bytes(id))),
            _ => return None,
        };
        (owner.bytes() == bytes).then_some(owner)
    }
}

/// A root key: 256 random bits with a version. Zeroised on drop, prints nothing of itself.
///
/// It leaves the program in two forms only: wrapped by a key-encryption key ([`RootKey::wrap`]) and sealed to the offline
/// escrow recipient ([`crate::escrow`]).
pub struct RootKey {
    pub(crate) version: KeyVersion,
    pub(crate) secret: Key,
}

impl RootKey {
    /// A new random key.
    pub fn generate(version: KeyVersion, ids: &Ids) -> Self {
        Self { version, secret: SecretBox::init_with_mut(|bytes: &mut [u8; 32]| ids.fill(bytes)) }
    }

    /// Which version it is.
    pub const fn version(&self) -> KeyVersion {
        self.version
    }

    /// The form in which it is kept in the keystore.
    pub async fn wrap(&self, owner: Owner, kek: &dyn KekProvider) -> Result<Vec<u8>, KekError> {
        kek.wrap(KeyName { owner, version: self.version }, &self.secret).await
    }

    /// Reads [`RootKey::wrap`] back; fails if the bytes belong to another owner or version.
    pub async fn unwrap(
        owner: Owner,
        version: KeyVersion,
        wrapped: &[u8],
        kek: &dyn KekProvider,
    ) -> Result<Self, KekError> {
        let secret = kek.unwrap(KeyName { owner, version }, wrapped).await?;
        Ok(Self { version, secret })
    }
}

impl fmt::Debug for RootKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RootKey(version {})", self.version.0)
    }
}
