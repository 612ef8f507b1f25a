//! Secrets that are handed out once and recognised by their hash: session and link tokens, and recovery codes.

mod recovery;

use std::fmt;

use data_encoding::BASE64URL_NOPAD;
use domain::Ids;
pub use recovery::{RECOVERY_CODES, RecoveryCode, hash_of_typed_ending, recovery_codes};
use secrecy::{ExposeSecret, SecretBox};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use crate::Key;

/// The text is no token or code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a token")]
pub struct NotAToken;

/// 256 random bits, for a session or a link in a mail. The text form has 43 characters (base64url without padding).
pub struct Token(Key);

impl Token {
    /// A new token.
    pub fn generate(ids: &Ids) -> Self {
        Self(SecretBox::init_with_mut(|bytes: &mut [u8; 32]| ids.fill(bytes)))
    }

    /// Reads the text form. There is exactly one spelling of each token.
    pub fn parse(text: &str) -> Result<Self, NotAToken> {
        if text.len() != 43 {
            return Err(NotAToken);
        }
        let bytes = Zeroizing::new(BASE64URL_NOPAD.decode(text.as_bytes()).map_err(|_| NotAToken)?);
        let bytes: &[u8; 32] = bytes.as_slice().try_into().map_err(|_| NotAToken)?;
        Ok(Self(SecretBox::init_with_mut(|token: &mut [u8; 32]| token.copy_from_slice(bytes))))
    }

    /// The text form, for the cookie or the link.
    pub fn to_text(&self) -> Zeroizing<String> {
        Zeroizing::new(BASE64URL_NOPAD.encode(self.0.expose_secret()))
    }

    /// What is stored. A plain hash suffices: 256 random bits cannot be guessed from it.
    pub fn hash(&self) -> TokenHash {
        TokenHash(Sha256::digest(self.0.expose_secret()).into())
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

/// SHA-256 of a token or code: what is stored and looked up. Compared in constant time.
#[derive(Clone, Copy)]
pub struct TokenHash(pub [u8; 32]);

impl TokenHash {
    /// The bytes, as stored.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl PartialEq for TokenHash {
    fn eq(&self, other: &Self) -> bool {
        self.0.ct_eq(&other.0).into()
    }
}

impl Eq for TokenHash {}

impl fmt::Debug for TokenHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenHash(…)")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn tokens_read_back(bytes: [u8; 32]) {
            let token = Token(SecretBox::new(Box::new(bytes)));
            let text = token.to_text();
            prop_assert_eq!(text.len(), 43);
            prop_assert_eq!(Token::parse(&text).unwrap().hash(), token.hash());
        }

        #[test]
        fn any_text_is_read_or_refused(text in ".{0,60}") {
            if let Ok(token) = Token::parse(&text) {
                prop_assert_eq!(token.to_text(), Zeroizing::new(text));
            }
        }
    }

    #[test]
    fn a_second_spelling_of_a_token_is_refused() {
        let text = Token(SecretBox::new(Box::new([0; 32]))).to_text();
        assert!(Token::parse(&text).is_ok());
        // The last character carries four bits only; a sloppy decoder would ignore the other two.
        let other = format!("{}B", &text[..42]);
        assert_eq!(Token::parse(&other).err(), Some(NotAToken));
        assert_eq!(Token::parse(&format!("{}=", text.as_str())).err(), Some(NotAToken));
    }

    #[test]
    fn the_hash_is_sha_256() {
        // SHA-256 of 32 zero bytes.
        let hash = Token(SecretBox::new(Box::new([0; 32]))).hash();
        assert_eq!(
            data_encoding::HEXLOWER.encode(hash.as_bytes()),
            "66687aadf862bd776c8fc18b8e9f8e20089714856ee233b3902a591d0d5f2925"
        );
    }
}
