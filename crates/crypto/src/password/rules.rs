//! What may be a password: 12 to 128 characters, and not what an attacker tries first. No composition rules
//! (OWASP ASVS 5.0, 6.2.1-6.2.12; NIST SP 800-63B-4, 3.1.1.2).
//!
//! Instead of a copied list of leaked passwords there is a list of the words such passwords are made of
//! (`common_words.txt`) and an estimate of how few tries a combination takes: words in any capitals or leet spelling,
//! years, dates, sequences, repetitions, walks over the keyboard, and the words of the context (office, town, person).
//! Three ordinary words are enough; two with a number are not.

use std::collections::HashSet;

use super::Password;
use super::estimate::{Found, estimate, fold};

/// The fewest characters.
pub const MIN_LENGTH: usize = 12;
/// The most characters.
pub const MAX_LENGTH: usize = 128;

/// Why something is no good password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Weakness {
    /// Fewer than [`MIN_LENGTH`] characters.
    #[error("the password has fewer than {MIN_LENGTH} characters")]
    TooShort,
    /// More than [`MAX_LENGTH`] characters.
    #[error("the password has more than {MAX_LENGTH} characters")]
    TooLong,
    /// Made of common words, like many others.
    #[error("the password is among those tried first")]
    Common,
    /// A sequence, repetition or walk over the keyboard.
    #[error("the password is a simple pattern")]
    Pattern,
    /// Mostly made of the name of the office, the town, the person or the program.
    #[error("the password is made of names that belong to the account")]
    Context,
}

/// The words that belong to an account, and so are guessed first.
#[derive(Clone, Debug, Default)]
pub struct Context(HashSet<String>);

impl Context {
    /// From whatever names there are: office, town, subdomain, person, mail address. Each is taken as a whole and in its
    /// words of three letters or more.
    pub fn new<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        let own = ["ampelhaus", "selbsthilfe", "selbsthilfegruppe", "selbsthilfekontaktstelle", "kontaktstelle"];
        let mut words = HashSet::new();
        for name in own.into_iter().chain(names) {
            let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
            let whole = std::iter::once(letters(name));
            let parts = name.split(|c: char| !c.is_alphanumeric()).map(str::to_owned);
            for word in whole.chain(parts).filter(|word| word.chars().count() >= 3) {
                words.extend(fold(&word));
            }
        }
        Self(words)
    }
}

/// Whether `password` may be chosen.
pub fn check(password: &Password, context: &Context) -> Result<(), Weakness> {
    match password.length() {
        0..MIN_LENGTH => return Err(Weakness::TooShort),
        MIN_LENGTH..=MAX_LENGTH => {}
        _ => return Err(Weakness::TooLong),
    }
    match estimate(password.text(), &context.0) {
        None => Ok(()),
        Some(Found::Words) => Err(Weakness::Common),
        Some(Found::Patterns) => Err(Weakness::Pattern),
        Some(Found::Context) => Err(Weakness::Context),
    }
}
