//! A person's own key: destroying it makes everything sealed under it unreadable, wherever copies are.

use std::fmt;

use domain::{Ids, PersonId, TenantId};
use secrecy::SecretBox;
use zeroize::Zeroizing;

use super::purpose::{Derived, PurposeKeys};
use super::{Aad, Owner, Purpose};
use crate::{CannotOpen, Key, KeyVersion, Scope, Sealed, sealed};

/// The key of one contact person or seeker of one office. It has no versions: it is replaced by a new person id or not
/// at all, and rotation of the root key re-seals only its wrapping.
///
/// Kept wrapped by [`super::Keyring::wrap_person_key`], in the keystore only.
pub struct PersonKey {
    person: PersonId,
    tenant: TenantId,
    keys: PurposeKeys,
}

impl PersonKey {
    const SEALED: Sealed = Sealed { scope: Scope::Person, version: KeyVersion::FIRST };

    /// A new random key for `person` of `tenant`.
    pub fn generate(tenant: TenantId, person: PersonId, ids: &Ids) -> Self {
        let secret = SecretBox::init_with_mut(|bytes: &mut [u8; 32]| ids.fill(bytes));
        Self::new(tenant, person, secret)
    }

    pub(super) fn new(tenant: TenantId, person: PersonId, secret: Key) -> Self {
        let owner = [Owner::Tenant(tenant).bytes().as_slice(), person.0.as_bytes()].concat();
        Self { person, tenant, keys: PurposeKeys::new(secret, owner) }
    }

    /// Whose key it is.
    pub const fn person(&self) -> PersonId {
        self.person
    }

    pub(super) const fn tenant(&self) -> TenantId {
        self.tenant
    }

    pub(super) fn secret(&self) -> &Key {
        self.keys.secret()
    }

    /// Seals a value under the person's key.
    pub fn seal(&self, purpose: Purpose, aad: &Aad<'_>, plaintext: &[u8], ids: &Ids) -> Vec<u8> {
        let place = aad.encode(self.keys.owner(), purpose.code());
        sealed::seal(self.keys.get(Derived::Seal(purpose)), Self::SEALED, &place, plaintext, ids)
    }

    /// Opens a value sealed by [`PersonKey::seal`] for the same person, purpose and place.
    pub fn open(&self, purpose: Purpose, aad: &Aad<'_>, bytes: &[u8]) -> Result<Zeroizing<Vec<u8>>, CannotOpen> {
        let place = aad.encode(self.keys.owner(), purpose.code());
        sealed::open(self.keys.get(Derived::Seal(purpose)), Self::SEALED, &place, bytes)
    }
}

impl fmt::Debug for PersonKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PersonKey({:?})", self.person)
    }
}
