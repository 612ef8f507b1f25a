//! An owner's root keys, old and new, ready to seal and open.

use std::collections::BTreeMap;
use std::fmt;

use domain::{EmailAddress, Ids, PersonId};
use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretBox};
use sha2::Sha256;
use zeroize::Zeroizing;

use super::purpose::{Derived, PurposeKeys};
use super::{Aad, Owner, PersonKey, Purpose, RootKey};
use crate::chain::Chain;
use crate::{CannotOpen, Key, KeyVersion, Sealed, sealed};

const CANARY: &[u8] = b"ampelhaus";

/// The root keys do not make a keyring.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyringError {
    /// The version to seal under is not among the keys.
    #[error("the current root key (version {}) is missing", .0.0)]
    NoCurrent(KeyVersion),
    /// Two keys claim the same version.
    #[error("root key version {} is there twice", .0.0)]
    Twice(KeyVersion),
}

/// All root keys of one owner. New values are sealed under the current version; values of every version it holds open.
///
/// Derived keys are kept, so that opening a value costs about a microsecond. Share it as `Arc<Keyring>`; dropping the
/// last one wipes the keys.
pub struct Keyring {
    owner: Owner,
    current: KeyVersion,
    keys: BTreeMap<KeyVersion, PurposeKeys>,
}

impl Keyring {
    /// A keyring from an owner's root keys. `current` is said separately because during a rotation every node first
    /// learns the new key and only then starts to seal under it.
    pub fn new(
        owner: Owner,
        current: KeyVersion,
        roots: impl IntoIterator<Item = RootKey>,
    ) -> Result<Self, KeyringError> {
        let mut keys = BTreeMap::new();
        for RootKey { version, secret } in roots {
            if keys.insert(version, PurposeKeys::new(secret, owner.bytes().to_vec())).is_some() {
                return Err(KeyringError::Twice(version));
            }
        }
        if !keys.contains_key(&current) {
            return Err(KeyringError::NoCurrent(current));
        }
        Ok(Self { owner, current, keys })
    }

    /// Whose keys.
    pub const fn owner(&self) -> Owner {
        self.owner
    }

    /// The version new values are sealed under.
    pub const fn current(&self) -> KeyVersion {
        self.current
    }

    /// Seals a value under the current key. `ids` gives the salt.
    pub fn seal(&self, purpose: Purpose, aad: &Aad<'_>, plaintext: &[u8], ids: &Ids) -> Vec<u8> {
        let sealed = Sealed { scope: self.owner.scope(), version: self.current };
        let keys = self.current_keys();
        sealed::seal(keys.get(Derived::Seal(purpose)), sealed, &self.place(purpose, aad), plaintext, ids)
    }

    /// Opens a value sealed by [`Keyring::seal`] for the same owner, purpose and place, under any version held.
    pub fn open(&self, purpose: Purpose, aad: &Aad<'_>, bytes: &[u8]) -> Result<Zeroizing<Vec<u8>>, CannotOpen> {
        let found = Sealed::peek(bytes).ok_or(CannotOpen)?;
        let keys = self.keys.get(&found.version).ok_or(CannotOpen)?;
        let sealed = Sealed { scope: self.owner.scope(), version: found.version };
        sealed::open(keys.get(Derived::Seal(purpose)), sealed, &self.place(purpose, aad), bytes)
    }

    /// Whether a rotation has to seal this value anew. Bytes that are no sealed value count as stale: opening them
    /// will tell.
    pub fn is_stale(&self, bytes: &[u8]) -> bool {
        Sealed::peek(bytes).is_none_or(|sealed| sealed.version != self.current)
    }

    /// What is stored beside a sealed mail address to find it again: HMAC-SHA256 of its folded spelling.
    pub fn lookup(&self, address: &EmailAddress) -> [u8; 32] {
        hmac(self.current_keys().get(Derived::Lookup), address)
    }

    /// The same for any other text that must be found again but not read: what a throttle counts against, for example.
    pub fn lookup_text(&self, text: &str) -> [u8; 32] {
        let mut mac = mac(self.current_keys().get(Derived::Lookup));
        // A mail address holds no NUL, so no text collides with one.
        mac.update(b"\0");
        mac.update(text.as_bytes());
        mac.finalize().into_bytes().into()
    }

    /// The look-up values under every version held, the current one first: ask for any of them while a rotation runs.
    pub fn lookups(&self, address: &EmailAddress) -> Vec<[u8; 32]> {
        let older = self.keys.iter().rev().filter(|(version, _)| **version != self.current).map(|(_, keys)| keys);
        std::iter::once(self.current_keys()).chain(older).map(|keys| hmac(keys.get(Derived::Lookup), address)).collect()
    }

    /// The form in which a person's key is kept in the keystore. `None` if the person is not this office's.
    pub fn wrap_person_key(&self, key: &PersonKey, ids: &Ids) -> Option<Vec<u8>> {
        let person = key.person();
        (self.owner == Owner::Tenant(key.tenant())).then(|| {
            let aad = Aad::new("person_keys", "wrapped", person.0.as_bytes());
            self.seal(Purpose::PersonKeys, &aad, key.secret().expose_secret(), ids)
        })
    }

    /// Reads [`Keyring::wrap_person_key`] back.
    pub fn unwrap_person_key(&self, person: PersonId, wrapped: &[u8]) -> Result<PersonKey, CannotOpen> {
        let Owner::Tenant(tenant) = self.owner else { return Err(CannotOpen) };
        let aad = Aad::new("person_keys", "wrapped", person.0.as_bytes());
        let bytes = self.open(Purpose::PersonKeys, &aad, wrapped)?;
        let bytes: &[u8; 32] = bytes.as_slice().try_into().map_err(|_| CannotOpen)?;
        Ok(PersonKey::new(tenant, person, SecretBox::init_with_mut(|key: &mut [u8; 32]| key.copy_from_slice(bytes))))
    }

    /// A sealed known value, kept in the owner's database.
    pub fn canary(&self, ids: &Ids) -> Vec<u8> {
        self.seal(Purpose::Canary, &Aad::new("canary", "sealed", b""), CANARY, ids)
    }

    /// Whether keystore and database belong together: asked at start.
    pub fn check_canary(&self, bytes: &[u8]) -> Result<(), CannotOpen> {
        let opened = self.open(Purpose::Canary, &Aad::new("canary", "sealed", b""), bytes)?;
        if opened.as_slice() == CANARY { Ok(()) } else { Err(CannotOpen) }
    }

    /// The audit chain under the current key.
    pub fn chain(&self) -> Chain<'_> {
        Chain::new(self.current, self.current_keys().get(Derived::Chain))
    }

    /// The audit chain under an older key, to verify events written then. `None` if the key is gone.
    pub fn chain_of(&self, version: KeyVersion) -> Option<Chain<'_>> {
        self.keys.get(&version).map(|keys| Chain::new(version, keys.get(Derived::Chain)))
    }

    fn current_keys(&self) -> &PurposeKeys {
        &self.keys[&self.current]
    }

    fn place(&self, purpose: Purpose, aad: &Aad<'_>) -> Vec<u8> {
        aad.encode(&self.owner.bytes(), purpose.code())
    }
}

impl fmt::Debug for Keyring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Keyring({:?}, current version {})", self.owner, self.current.0)
    }
}

fn hmac(key: &Key, address: &EmailAddress) -> [u8; 32] {
    let mut mac = mac(key);
    mac.update(address.folded().as_bytes());
    mac.finalize().into_bytes().into()
}

/// HMAC-SHA256 under a derived key.
pub(crate) fn mac(key: &Key) -> Hmac<Sha256> {
    #[expect(clippy::expect_used, reason = "HMAC takes keys of every length")]
    Hmac::<Sha256>::new_from_slice(key.expose_secret()).expect("any length")
}
