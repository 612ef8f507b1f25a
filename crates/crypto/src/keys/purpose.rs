//! What a key is for. Each purpose has a key of its own, so that what is sealed for one opens for no other.

use std::sync::OnceLock;

use hkdf::Hkdf;
use secrecy::{ExposeSecret, SecretBox};
use sha2::Sha256;

use crate::Key;

macro_rules! purposes {
    ($($(#[$doc:meta])* $name:ident = $code:literal),+ $(,)?) => {
        /// What a value is sealed for.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Purpose { $($(#[$doc])* $name),+ }

        impl Purpose {
            /// All purposes.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// The word that goes into the derivation. Never change one: what was sealed would not open.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code),+ }
            }
        }
    };
}

purposes! {
    /// Values of groups and persons.
    Items = "items",
    /// Names, addresses and password hashes of those who log in.
    Users = "users",
    /// Secrets of one-time codes.
    Totp = "totp",
    /// Sessions and what is remembered with them.
    Sessions = "sessions",
    /// Internal notes.
    Notes = "notes",
    /// Enquiries of seekers.
    Enquiries = "enquiries",
    /// Recorded consents.
    Consents = "consents",
    /// To whom yellow items were passed on, and why.
    Disclosures = "disclosures",
    /// Uploaded lists on their way in.
    Imports = "imports",
    /// Uploaded files.
    Blobs = "blobs",
    /// Archives.
    Backups = "backups",
    /// Messages waiting to be sent.
    Mail = "mail",
    /// Offices asking to join.
    Signup = "signup",
    /// The details of audit events.
    Audit = "audit",
    /// Settings, contracts and texts of an office that are not public.
    Office = "office",
    /// Jobs and what they carry.
    Jobs = "jobs",
    /// The keys of persons.
    PersonKeys = "person keys",
    /// The known value that shows at start that the right key is there.
    Canary = "canary",
}

/// What a derived key is for: sealing, or one of the two keyed hashes, which no caller can seal with.
#[derive(Clone, Copy)]
pub(super) enum Derived {
    Seal(Purpose),
    Lookup,
    Chain,
}

impl Derived {
    const COUNT: usize = Purpose::ALL.len() + 2;

    const fn index(self) -> usize {
        match self {
            Self::Seal(purpose) => purpose as usize,
            Self::Lookup => Purpose::ALL.len(),
            Self::Chain => Purpose::ALL.len() + 1,
        }
    }

    const fn label(self) -> [&'static str; 2] {
        match self {
            Self::Seal(purpose) => ["ampelhaus seal ", purpose.code()],
            Self::Lookup => ["ampelhaus mac ", "lookup"],
            Self::Chain => ["ampelhaus mac ", "audit chain"],
        }
    }
}

/// A secret and the keys derived from it, each made when first asked for.
pub(super) struct PurposeKeys {
    secret: Key,
    /// Binds the derivation to the owner: the same secret given to two owners makes different keys.
    owner: Vec<u8>,
    derived: [OnceLock<Key>; Derived::COUNT],
}

impl PurposeKeys {
    pub(super) fn new(secret: Key, owner: Vec<u8>) -> Self {
        Self { secret, owner, derived: [const { OnceLock::new() }; Derived::COUNT] }
    }

    pub(super) fn secret(&self) -> &Key {
        &self.secret
    }

    pub(super) fn owner(&self) -> &[u8] {
        &self.owner
    }

    pub(super) fn get(&self, what: Derived) -> &Key {
        self.derived[what.index()].get_or_init(|| {
            let [kind, code] = what.label();
            let hkdf = Hkdf::<Sha256>::new(Some(&self.owner), self.secret.expose_secret());
            SecretBox::init_with_mut(|key: &mut [u8; 32]| {
                #[expect(clippy::expect_used, reason = "the expansion is 32 bytes, RFC 5869 allows 8,160")]
                hkdf.expand_multi_info(&[kind.as_bytes(), code.as_bytes()], key).expect("a short expansion");
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_purpose_has_a_key_of_its_own() {
        let keys = PurposeKeys::new(SecretBox::new(Box::new([7; 32])), vec![1]);
        let all = Purpose::ALL.iter().map(|p| Derived::Seal(*p)).chain([Derived::Lookup, Derived::Chain]);
        let distinct: HashSet<[u8; 32]> = all.map(|what| *keys.get(what).expose_secret()).collect();
        assert_eq!(distinct.len(), Derived::COUNT);
    }

    #[test]
    fn the_same_secret_makes_other_keys_for_another_owner() {
        let one = PurposeKeys::new(SecretBox::new(Box::new([7; 32])), vec![1]);
        let two = PurposeKeys::new(SecretBox::new(Box::new([7; 32])), vec![2]);
        let key = |keys: &PurposeKeys| *keys.get(Derived::Seal(Purpose::Items)).expose_secret();
        assert_ne!(key(&one), key(&two));
    }
}
