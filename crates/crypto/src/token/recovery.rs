//! Recovery codes: what someone writes down for the day the phone is lost.

use std::fmt;

use domain::Ids;
use secrecy::{ExposeSecret, SecretBox};
use sha2::{Digest, Sha256};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::{NotAToken, TokenHash};

/// How many codes are given out at a time.
pub const RECOVERY_CODES: usize = 10;

/// Crockford's Base32: no I, L, O or U, so that a handwritten code can be read.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LETTERS: usize = 24;
const GROUP: usize = 4;
/// The last two groups.
const ENDING: usize = 2 * GROUP;

/// One code of 120 random bits, written `XXXX-XXXX-XXXX-XXXX-XXXX-XXXX`.
///
/// From 112 bits on a plain hash may be stored (OWASP ASVS 5.0, 6.5.2); shorter codes would need a slow, salted password
/// hash, ten times at each enrolment and at each attempt.
pub struct RecoveryCode(SecretBox<[u8; LETTERS]>);

/// A new set of codes, to be shown once.
pub fn recovery_codes(ids: &Ids) -> [RecoveryCode; RECOVERY_CODES] {
    std::array::from_fn(|_| RecoveryCode::generate(ids))
}

impl RecoveryCode {
    /// A new code.
    pub fn generate(ids: &Ids) -> Self {
        Self(SecretBox::init_with_mut(|letters: &mut [u8; LETTERS]| {
            ids.fill(letters);
            for letter in letters {
                // 256 is a multiple of 32: every letter is equally likely.
                *letter = ALPHABET[usize::from(*letter % 32)];
            }
        }))
    }

    /// Reads what was typed: small letters, spaces and dashes are forgiven, O is 0, I and L are 1.
    pub fn parse(typed: &str) -> Result<Self, NotAToken> {
        let mut code = SecretBox::init_with_mut(|_: &mut [u8; LETTERS]| ());
        read_letters(typed, secrecy::ExposeSecretMut::expose_secret_mut(&mut code))?;
        Ok(Self(code))
    }

    /// The written form.
    pub fn to_text(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::with_capacity(LETTERS + LETTERS / GROUP));
        for (index, letter) in self.0.expose_secret().iter().enumerate() {
            if index > 0 && index % GROUP == 0 {
                text.push('-');
            }
            text.push(char::from(*letter));
        }
        text
    }

    /// What is stored. Whose it is goes into it, so that one guess cannot be tried against everybody's codes at once.
    pub fn hash(&self, owner: impl Into<Uuid>) -> TokenHash {
        hash(b"ampelhaus recovery code", owner.into(), self.0.expose_secret())
    }

    /// What is stored of the last two groups for the minutes until somebody has typed them back from paper.
    pub fn hash_of_ending(&self, owner: impl Into<Uuid>) -> TokenHash {
        hash(b"ampelhaus recovery ending", owner.into(), &self.0.expose_secret()[LETTERS - ENDING..])
    }
}

/// The same of what was typed: the last two groups of a code.
pub fn hash_of_typed_ending(typed: &str, owner: impl Into<Uuid>) -> Result<TokenHash, NotAToken> {
    let mut ending = Zeroizing::new([0; ENDING]);
    read_letters(typed, &mut *ending)?;
    Ok(hash(b"ampelhaus recovery ending", owner.into(), &*ending))
}

fn hash(what: &[u8], owner: Uuid, letters: &[u8]) -> TokenHash {
    let mut hash = Sha256::new();
    hash.update(what);
    hash.update(owner.as_bytes());
    hash.update(letters);
    TokenHash(hash.finalize().into())
}

/// Reads exactly as many letters as there is room for.
fn read_letters(typed: &str, into: &mut [u8]) -> Result<(), NotAToken> {
    let mut places = into.iter_mut();
    for typed in typed.chars() {
        let letter = match typed.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            '-' | '\u{2010}'..='\u{2015}' | '_' | '.' => continue,
            other if other.is_whitespace() => continue,
            other => other,
        };
        let letter = u8::try_from(letter).ok().filter(|letter| ALPHABET.contains(letter)).ok_or(NotAToken)?;
        *places.next().ok_or(NotAToken)? = letter;
    }
    if places.next().is_none() { Ok(()) } else { Err(NotAToken) }
}

impl fmt::Debug for RecoveryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecoveryCode(…)")
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use domain::{TestClock, UserId};
    use jiff::Timestamp;
    use proptest::prelude::*;

    use super::*;

    fn ids(seed: u8) -> Ids {
        let mut state = [seed; 32];
        Ids::new(Arc::new(TestClock::at(Timestamp::UNIX_EPOCH)), move |buffer| {
            state = Sha256::digest(state).into();
            buffer.copy_from_slice(&state[..buffer.len()]);
        })
    }

    const USER: UserId = UserId(uuid::Uuid::from_u128(1));

    #[test]
    fn ten_different_codes_are_made_and_read_back() {
        let codes = recovery_codes(&ids(1));
        for code in &codes {
            let text = code.to_text();
            assert_eq!(text.len(), 29);
            assert_eq!(RecoveryCode::parse(&text).unwrap().hash(USER), code.hash(USER));
        }
        let texts: std::collections::HashSet<String> = codes.iter().map(|code| code.to_text().to_string()).collect();
        assert_eq!(texts.len(), RECOVERY_CODES);
    }

    #[test]
    fn what_people_type_is_forgiven() {
        let code = RecoveryCode::parse("0123-4567-89AB-CDEF-GH1K-MN0Q").unwrap();
        for typed in ["oi23 4567 89ab cdef ghlk mnoq", "0123456789ABCDEFGH1KMN0Q", " 0123–4567—89ab.cdef_ghIk-mnOq\n"]
        {
            assert_eq!(RecoveryCode::parse(typed).unwrap().hash(USER), code.hash(USER), "{typed}");
        }
        for wrong in
            ["", "0123-4567-89AB-CDEF-GH1K-MN0", "0123-4567-89AB-CDEF-GH1K-MN0QQ", "U123-4567-89AB-CDEF-GH1K-MN0Q"]
        {
            assert_eq!(RecoveryCode::parse(wrong).err(), Some(NotAToken), "{wrong}");
        }
    }

    #[test]
    fn the_same_code_has_another_hash_for_another_user() {
        let code = RecoveryCode::generate(&ids(9));
        assert_ne!(code.hash(USER), code.hash(UserId(uuid::Uuid::from_u128(2))));
    }

    #[test]
    fn the_last_two_groups_can_be_typed_back() {
        let code = RecoveryCode::parse("0123-4567-89AB-CDEF-GH1K-MN0Q").unwrap();
        let expected = code.hash_of_ending(USER);
        assert!(hash_of_typed_ending(" ghik mnoq", USER).unwrap() == expected);
        assert!(hash_of_typed_ending("GH1K-MN0R", USER).unwrap() != expected);
        assert!(hash_of_typed_ending("GH1K-MN0Q", UserId(uuid::Uuid::from_u128(2))).unwrap() != expected);
        assert!(hash_of_typed_ending("CDEF-GH1K-MN0Q", USER).is_err() && hash_of_typed_ending("", USER).is_err());
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in ".{0,60}") {
            let _ = RecoveryCode::parse(&text);
        }
    }
}
