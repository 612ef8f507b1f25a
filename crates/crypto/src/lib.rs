//! Keys, sealing, passwords and second factors.
//!
//! What it does: seals values so that they open only under the right key and in the right place ([`keys`]), keeps root
//! keys wrapped ([`kek`]) and recoverable offline ([`escrow`]), checks passwords ([`password`]), one-time codes
//! ([`totp`]), passkeys ([`passkey`]), tokens and recovery codes ([`token`]), and links audit events so that a writer without the key cannot
//! change, cut or recompute them ([`chain`]).
//!
//! What it does not do: store anything, know who may ask, throttle attempts, or invent primitives. AES-256-GCM,
//! HKDF-SHA256, HMAC-SHA256, argon2id, age, TOTP and `WebAuthn` come from maintained crates; only their composition is here, and
//! `tests/` holds the published vectors. Randomness is passed in as [`domain::Ids`]; the exceptions are [`escrow`]
//! and [`passkey`], whose libraries ask the operating system themselves.
//!
//! Start reading at [`keys::Keyring`]: it is what the rest of the house holds. How a sealed value looks is told in
//! `sealed.rs`.

pub mod chain;
pub mod escrow;
pub mod kek;
pub mod keys;
pub mod passkey;
pub mod password;
mod sealed;
pub mod token;
pub mod totp;

pub use sealed::{CannotOpen, KeyVersion, Scope, Sealed};

/// A 256-bit key on the heap: moving it copies a pointer only, it is zeroised on drop and prints nothing.
pub(crate) type Key = secrecy::SecretBox<[u8; 32]>;
