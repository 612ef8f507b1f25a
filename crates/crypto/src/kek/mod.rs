//! Key-encryption keys: what root keys are wrapped with, wherever it lives.
//!
//! [`FileKek`] is the embedded default. A vault or a cloud KMS is another [`KekProvider`]; its calls go over the network,
//! therefore the methods return futures.
//!
//! ```text
//! wrapped root key:  format 1 | length of KEK id 1 | KEK id | what the provider made
//! ```

mod file;

use std::fmt;
use std::future::Future;
use std::pin::Pin;

pub use file::{FileKek, FileKekError};
use secrecy::SecretBox;

use crate::KeyVersion;
use crate::keys::{Owner, length_prefixed};

const FORMAT: u8 = 1;

/// Which key-encryption key: at most 255 bytes, chosen by the provider, never secret.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct KekId(String);

impl KekId {
    /// An id. `None` if it is empty or longer than 255 bytes.
    pub fn new(id: impl Into<String>) -> Option<Self> {
        let id = id.into();
        (1..=255).contains(&id.len()).then_some(Self(id))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Under which key-encryption key these bytes are wrapped. Not authenticated; `None` if they are no wrapped key.
    pub fn of(wrapped: &[u8]) -> Option<Self> {
        Some(split(wrapped)?.0)
    }

    /// Puts the id before what the provider made.
    pub fn tag(&self, body: &[u8]) -> Vec<u8> {
        let length = u8::try_from(self.0.len()).unwrap_or(u8::MAX);
        [&[FORMAT, length], self.0.as_bytes(), body].concat()
    }

    /// Takes off what [`KekId::tag`] put before, if the key was wrapped under this id.
    pub fn untag<'a>(&self, wrapped: &'a [u8]) -> Result<&'a [u8], KekError> {
        let (wrapped_by, body) = split(wrapped).ok_or(KekError::CannotUnwrap)?;
        if wrapped_by == *self { Ok(body) } else { Err(KekError::OtherKek { wrapped_by, loaded: self.clone() }) }
    }
}

fn split(wrapped: &[u8]) -> Option<(KekId, &[u8])> {
    let (&[FORMAT, length], rest) = wrapped.split_first_chunk::<2>()? else { return None };
    let (id, body) = rest.split_at_checked(usize::from(length))?;
    Some((KekId::new(std::str::from_utf8(id).ok()?)?, body))
}

impl fmt::Display for KekId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for KekId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "KekId({})", self.0)
    }
}

/// Which key is wrapped. A wrapped key put in the place of another does not unwrap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyName {
    /// Whose root key.
    pub owner: Owner,
    /// Which version.
    pub version: KeyVersion,
}

impl KeyName {
    /// The bytes a provider must bind as associated data (Vault calls them `associated_data`, KMS the encryption context).
    pub fn aad(self) -> Vec<u8> {
        length_prefixed(&[b"root key", &self.owner.bytes(), &self.version.0.to_be_bytes()])
    }
}

/// A root key cannot be wrapped or unwrapped.
#[derive(Debug, thiserror::Error)]
pub enum KekError {
    /// The key was wrapped under another key-encryption key than the one at hand.
    #[error("the key is wrapped under the key-encryption key {wrapped_by}, but {loaded} is loaded")]
    OtherKek {
        /// As the wrapped key says.
        wrapped_by: KekId,
        /// As the provider says.
        loaded: KekId,
    },
    /// Changed bytes, or bytes of another owner or version.
    #[error("the wrapped key cannot be unwrapped: it is damaged or belongs elsewhere")]
    CannotUnwrap,
    /// The provider does not answer; trying again may help.
    #[error("the key-encryption key cannot be reached")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// What a provider's method returns.
pub type KekFuture<'a, T> = Pin<Box<dyn Future<Output = Result<T, KekError>> + Send + 'a>>;

/// Wraps and unwraps root keys under a key-encryption key.
pub trait KekProvider: Send + Sync + fmt::Debug {
    /// Which key it wraps under.
    fn id(&self) -> &KekId;

    /// Wraps `key`, bound to `name`. The result starts with the id ([`KekId::tag`]).
    fn wrap<'a>(&'a self, name: KeyName, key: &'a SecretBox<[u8; 32]>) -> KekFuture<'a, Vec<u8>>;

    /// Unwraps what [`KekProvider::wrap`] made for the same `name`.
    fn unwrap<'a>(&'a self, name: KeyName, wrapped: &'a [u8]) -> KekFuture<'a, SecretBox<[u8; 32]>>;
}

/// Moves a wrapped key from one key-encryption key to another; the root key itself stays as it is.
pub async fn rewrap(
    from: &dyn KekProvider,
    to: &dyn KekProvider,
    name: KeyName,
    wrapped: &[u8],
) -> Result<Vec<u8>, KekError> {
    let key = from.unwrap(name, wrapped).await?;
    to.wrap(name, &key).await
}
