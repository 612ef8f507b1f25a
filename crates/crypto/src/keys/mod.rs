//! Root keys, what is derived from them, and the keyring that seals and opens.
//!
//! ```text
//! root key (one owner, versioned, 256 bit random)
//! ├─ HKDF-SHA256 by purpose ─ sealing keys ([`Purpose`]), look-up key, chain key
//! └─ person keys (256 bit random each), sealed under the purpose "person keys"
//!    └─ HKDF-SHA256 by purpose
//! ```
//!
//! Start with [`Keyring`].

mod aad;
mod keyring;
mod person;
mod purpose;
mod root;

pub use aad::Aad;
pub use keyring::{Keyring, KeyringError};
pub use person::PersonKey;
pub use purpose::Purpose;
pub use root::{Owner, RootKey};

pub use aad::length_prefixed;
pub(crate) use keyring::mac;
