//! Passwords: what may be one ([`rules`]), and hashing them without letting many log-ins at once take the machine's memory.
//!
//! Start at [`Passwords`]; a typed password becomes a [`Password`] first.

mod estimate;
mod hashing;
pub mod rules;

use std::fmt;

pub use hashing::{Cost, HashError, Limits, Passwords, Verdict};
use secrecy::{ExposeSecret, SecretString};
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

/// A password as typed, in one spelling: Unicode NFC, every kind of space a plain one (RFC 8265, `OpaqueString`), so that it is the
/// same from every keyboard. Nothing is cut or folded otherwise. Zeroised on drop, prints nothing.
pub struct Password(SecretString);

impl Password {
    /// Takes what was typed.
    pub fn typed(text: &str) -> Self {
        // Room for the longest result beforehand, so that no outgrown copy is left behind in memory.
        let mut plain = Zeroizing::new(String::with_capacity(text.len() * 3));
        let spaces = |c: char| if c.is_whitespace() && !c.is_control() { ' ' } else { c };
        plain.extend(text.chars().map(spaces).nfc());
        Self(SecretString::from(plain.as_str()))
    }

    /// How many characters (Unicode code points) it has.
    pub fn length(&self) -> usize {
        self.text().chars().count()
    }

    pub(super) fn text(&self) -> &str {
        self.0.expose_secret()
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}
