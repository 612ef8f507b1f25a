//! The offline copy of root keys: sealed to an age X25519 recipient whose identity is kept on paper or a stick, away
//! from every server. It brings back an office whose key-encryption key is lost.
//!
//! The server knows the recipient only. `age` (age-encryption.org/v1) takes its randomness from the operating system.

use std::fmt;
use std::str::FromStr;

use age::x25519;
use secrecy::{ExposeSecret, SecretBox, SecretString};
use zeroize::Zeroizing;

use crate::KeyVersion;
use crate::keys::{Owner, RootKey};

const MAGIC: &[u8; 19] = b"ampelhaus-root-key\x01";

/// An escrow copy cannot be made or read.
#[derive(Debug, thiserror::Error)]
pub enum EscrowError {
    /// Not `age1…`, or not `AGE-SECRET-KEY-1…`.
    #[error("no age X25519 key: {0}")]
    NotAKey(&'static str),
    /// The library refused to seal.
    #[error("the root key cannot be sealed to the escrow recipient")]
    Seal(#[source] age::EncryptError),
    /// Another recipient's, or damaged.
    #[error("the escrow copy cannot be opened with this identity")]
    Open(#[source] age::DecryptError),
    /// It opens, but holds no root key.
    #[error("the escrow copy holds no root key")]
    NoRootKey,
}

/// Whom escrow copies are sealed to.
#[derive(Clone, Debug)]
pub struct EscrowRecipient(x25519::Recipient);

impl EscrowRecipient {
    /// Reads `age1…`.
    pub fn parse(text: &str) -> Result<Self, EscrowError> {
        x25519::Recipient::from_str(text.trim()).map(Self).map_err(EscrowError::NotAKey)
    }

    /// Seals a root key together with its owner and version, so that a copy tells whose it is.
    pub fn seal(&self, owner: Owner, root: &RootKey) -> Result<Vec<u8>, EscrowError> {
        let mut plaintext = Zeroizing::new(Vec::with_capacity(MAGIC.len() + 17 + 4 + 32));
        plaintext.extend_from_slice(MAGIC);
        plaintext.extend_from_slice(&owner.bytes());
        plaintext.extend_from_slice(&root.version.0.to_be_bytes());
        plaintext.extend_from_slice(root.secret.expose_secret());
        age::encrypt(&self.0, &plaintext).map_err(EscrowError::Seal)
    }
}

impl fmt::Display for EscrowRecipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// What opens escrow copies; never on a server.
pub struct EscrowIdentity(x25519::Identity);

impl EscrowIdentity {
    /// A new identity, to be written down.
    pub fn generate() -> Self {
        Self(x25519::Identity::generate())
    }

    /// Reads `AGE-SECRET-KEY-1…`.
    pub fn parse(text: &str) -> Result<Self, EscrowError> {
        x25519::Identity::from_str(text.trim()).map(Self).map_err(EscrowError::NotAKey)
    }

    /// `AGE-SECRET-KEY-1…`, to be written down.
    pub fn to_text(&self) -> SecretString {
        self.0.to_string()
    }

    /// Whom to seal to.
    pub fn recipient(&self) -> EscrowRecipient {
        EscrowRecipient(self.0.to_public())
    }

    /// Opens an escrow copy: whose key, and the key.
    pub fn open(&self, sealed: &[u8]) -> Result<(Owner, RootKey), EscrowError> {
        let plaintext = Zeroizing::new(age::decrypt(&self.0, sealed).map_err(EscrowError::Open)?);
        parse(&plaintext).ok_or(EscrowError::NoRootKey)
    }
}

fn parse(plaintext: &[u8]) -> Option<(Owner, RootKey)> {
    let rest = plaintext.strip_prefix(MAGIC)?;
    let (owner, rest) = rest.split_first_chunk::<17>()?;
    let (version, rest) = rest.split_first_chunk::<4>()?;
    let secret: &[u8; 32] = rest.try_into().ok()?;
    let secret = SecretBox::init_with_mut(|key: &mut [u8; 32]| key.copy_from_slice(secret));
    Some((Owner::from_bytes(*owner)?, RootKey { version: KeyVersion(u32::from_be_bytes(*version)), secret }))
}

impl fmt::Debug for EscrowIdentity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "EscrowIdentity(of {})", self.0.to_public())
    }
}
