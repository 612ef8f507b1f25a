//! How a sealed value looks, and the one place that encrypts and decrypts.
//!
//! ```text
//! format 1 | suite 1 | scope 1 | key version 4 | salt 32 | commitment 32 | ciphertext | tag 16
//! └──────────── header ──────────────────────┘
//! ```
//!
//! From the purpose key and a fresh random salt HKDF-SHA256 (RFC 5869) makes, for this one value, an AES-256-GCM key, its
//! nonce and a commitment. So no nonce is ever used twice under a key however many values there are, and a ciphertext
//! opens under one key only (GCM alone does not commit to its key). The commitment is compared in constant time before
//! anything is decrypted. The header enters the derivation, and header and place ([`crate::keys::Aad`]) the
//! authentication. Every failure is the same [`CannotOpen`].

use aes_gcm::aead::{AeadInOut, KeyInit};
use aes_gcm::{Aes256Gcm, Nonce, Tag};
use domain::Ids;
use hkdf::Hkdf;
use secrecy::ExposeSecret;
use sha2::Sha256;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use crate::Key;

const FORMAT: u8 = 1;
const SUITE_HKDF_SHA256_AES_256_GCM: u8 = 1;
/// With the header 21 bytes, so that each block of the expansion is one SHA-256 block.
const INFO: &[u8; 14] = b"ampelhaus seal";

const HEADER: usize = 7;
const SALT: usize = 32;
const COMMITMENT: usize = 32;
const TAG: usize = 16;
const KEY: usize = 32;
const NONCE: usize = 12;
/// What sealing adds to a value, in bytes.
const OVERHEAD: usize = HEADER + SALT + COMMITMENT + TAG;

/// The value does not open: wrong key, wrong place, changed or cut bytes. Deliberately says no more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the sealed value cannot be opened")]
pub struct CannotOpen;

/// Which of an owner's root keys, counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyVersion(pub u32);

impl KeyVersion {
    /// The first version.
    pub const FIRST: Self = Self(1);

    /// The version after this one; the last one is followed by itself.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }
}

/// Whose key a value is sealed under.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// The platform's root key.
    Platform,
    /// An office's root key.
    Tenant,
    /// A person's own key.
    Person,
    /// A key-encryption key: what is sealed is a root key.
    Kek,
}

impl Scope {
    const fn byte(self) -> u8 {
        match self {
            Self::Platform => 1,
            Self::Tenant => 2,
            Self::Person => 3,
            Self::Kek => 4,
        }
    }

    const fn from_byte(byte: u8) -> Option<Self> {
        match byte {
            1 => Some(Self::Platform),
            2 => Some(Self::Tenant),
            3 => Some(Self::Person),
            4 => Some(Self::Kek),
            _ => None,
        }
    }
}

/// What a sealed value tells without a key: used to find values that a rotation still has to re-seal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sealed {
    /// Whose key.
    pub scope: Scope,
    /// Which of that owner's keys.
    pub version: KeyVersion,
}

impl Sealed {
    /// Reads the header. It is authenticated only when the value is opened.
    pub fn peek(bytes: &[u8]) -> Option<Self> {
        let &[FORMAT, SUITE_HKDF_SHA256_AES_256_GCM, scope, a, b, c, d] = bytes.first_chunk::<HEADER>()? else {
            return None;
        };
        let scope = Scope::from_byte(scope)?;
        Some(Self { scope, version: KeyVersion(u32::from_be_bytes([a, b, c, d])) })
    }

    fn header(self) -> [u8; HEADER] {
        let [a, b, c, d] = self.version.0.to_be_bytes();
        [FORMAT, SUITE_HKDF_SHA256_AES_256_GCM, self.scope.byte(), a, b, c, d]
    }
}

/// What one value is sealed with; wiped on drop.
struct OneTime(Zeroizing<[u8; KEY + NONCE + COMMITMENT]>);

impl OneTime {
    fn derive(key: &Key, salt: &[u8], header: [u8; HEADER]) -> Self {
        let mut bytes = Zeroizing::new([0; KEY + NONCE + COMMITMENT]);
        let hkdf = Hkdf::<Sha256>::new(Some(salt), key.expose_secret());
        #[expect(clippy::expect_used, reason = "the expansion is 76 bytes, RFC 5869 allows 8,160")]
        hkdf.expand_multi_info(&[INFO, &header], bytes.as_mut_slice()).expect("a short expansion");
        Self(bytes)
    }

    fn cipher(&self) -> Aes256Gcm {
        let mut key = aes_gcm::Key::<Aes256Gcm>::default();
        key.copy_from_slice(&self.0[..KEY]);
        let cipher = Aes256Gcm::new(&key);
        zeroize::Zeroize::zeroize(key.as_mut_slice());
        cipher
    }

    fn nonce(&self) -> Nonce<aes_gcm::aead::consts::U12> {
        let mut nonce = Nonce::default();
        nonce.copy_from_slice(&self.0[KEY..KEY + NONCE]);
        nonce
    }

    fn commitment(&self) -> &[u8] {
        &self.0[KEY + NONCE..]
    }
}

/// Seals `plaintext` (up to 64 GiB) under `key`. `place` is bound, not stored.
pub(crate) fn seal(key: &Key, sealed: Sealed, place: &[u8], plaintext: &[u8], ids: &Ids) -> Vec<u8> {
    let header = sealed.header();
    let mut salt = [0; SALT];
    ids.fill(&mut salt);
    let one_time = OneTime::derive(key, &salt, header);

    let mut bytes = Vec::with_capacity(OVERHEAD + plaintext.len());
    bytes.extend_from_slice(&header);
    bytes.extend_from_slice(&salt);
    bytes.extend_from_slice(one_time.commitment());
    let start = bytes.len();
    bytes.extend_from_slice(plaintext);
    let aad = [&header, place].concat();
    #[expect(clippy::expect_used, reason = "AES-GCM refuses more than 64 GiB only, which no caller holds in memory")]
    let tag = one_time
        .cipher()
        .encrypt_inout_detached(&one_time.nonce(), &aad, bytes[start..].as_mut().into())
        .expect("less than 64 GiB");
    bytes.extend_from_slice(&tag);
    bytes
}

/// Opens what [`seal`] made, if key, scope, version and place are the same.
pub(crate) fn open(key: &Key, sealed: Sealed, place: &[u8], bytes: &[u8]) -> Result<Zeroizing<Vec<u8>>, CannotOpen> {
    let (header, rest) = bytes.split_first_chunk::<HEADER>().ok_or(CannotOpen)?;
    let (salt, rest) = rest.split_first_chunk::<SALT>().ok_or(CannotOpen)?;
    let (commitment, rest) = rest.split_first_chunk::<COMMITMENT>().ok_or(CannotOpen)?;
    let (ciphertext, tag) = rest.split_last_chunk::<TAG>().ok_or(CannotOpen)?;
    if *header != sealed.header() {
        return Err(CannotOpen);
    }
    let one_time = OneTime::derive(key, salt, *header);
    if !bool::from(one_time.commitment().ct_eq(commitment)) {
        return Err(CannotOpen);
    }
    let mut plaintext = Zeroizing::new(ciphertext.to_vec());
    let aad = [header, place].concat();
    let tag = Tag::from(*tag);
    one_time
        .cipher()
        .decrypt_inout_detached(&one_time.nonce(), &aad, plaintext.as_mut_slice().into(), &tag)
        .map_err(|_| CannotOpen)?;
    Ok(plaintext)
}
