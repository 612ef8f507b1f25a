//! Sealed values open in their place, under their key, unchanged, and never otherwise.

#![expect(clippy::unwrap_used, reason = "a test may panic, and its own functions are part of it")]

use std::sync::Arc;

use crypto::keys::{Aad, Keyring, KeyringError, Owner, PersonKey, Purpose, RootKey};
use crypto::{CannotOpen, KeyVersion, Scope, Sealed};
use domain::{EmailAddress, Ids, Light, PersonId, SystemClock, TenantId};
use proptest::prelude::*;
use uuid::Uuid;

/// Different bytes at each call: SHA-256 of a counter.
fn ids() -> Ids {
    use sha2::{Digest, Sha256};
    static CALLS: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(0);
    Ids::new(Arc::new(SystemClock), |buffer| {
        for chunk in buffer.chunks_mut(32) {
            let call = CALLS.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
            let bytes = Sha256::digest(call.to_be_bytes());
            chunk.copy_from_slice(&bytes[..chunk.len()]);
        }
    })
}

const ONE: TenantId = TenantId(Uuid::from_u128(1));
const TWO: TenantId = TenantId(Uuid::from_u128(2));

/// Root keys that can be copied, so that tests can give the same secret to two owners.
fn root(version: u32, byte: u8) -> RootKey {
    let ids = Ids::new(Arc::new(SystemClock), move |buffer: &mut [u8]| buffer.fill(byte));
    RootKey::generate(KeyVersion(version), &ids)
}

fn keyring(owner: Owner) -> Keyring {
    Keyring::new(owner, KeyVersion(1), [root(1, 7)]).unwrap()
}

fn place() -> Aad<'static> {
    Aad::new("items", "value", b"row 1").light(Light::Red)
}

#[test]
fn a_sealed_value_has_exactly_the_documented_layout() {
    let salted = Ids::new(Arc::new(SystemClock), |buffer: &mut [u8]| buffer.fill(0xAB));
    let sealed = keyring(Owner::Tenant(ONE)).seal(Purpose::Items, &place(), b"hello", &salted);
    assert_eq!(sealed.len(), 1 + 1 + 1 + 4 + 32 + 32 + 5 + 16);
    assert_eq!(&sealed[..7], &[1, 1, 2, 0, 0, 0, 1]);
    assert_eq!(&sealed[7..39], &[0xAB; 32]);
    assert_eq!(Sealed::peek(&sealed), Some(Sealed { scope: Scope::Tenant, version: KeyVersion(1) }));
}

#[test]
fn the_bytes_of_a_sealed_value_stay_the_same_for_ever() {
    let salted = Ids::new(Arc::new(SystemClock), |buffer: &mut [u8]| buffer.fill(0xAB));
    let sealed = keyring(Owner::Tenant(ONE)).seal(Purpose::Items, &place(), b"hello", &salted);
    assert_eq!(data_encoding::HEXLOWER.encode(&sealed[39..]), GOLDEN);
}

/// Computed by an independent implementation from the description in `sealed.rs` and `purpose.rs`: root key 32 × 07,
/// salt 32 × ab, place as in `place()`, "hello".
const GOLDEN: &str =
    "5214314e0165ad4e337874d597d162e53722a00bfd2a0fa289f41bc18b2cb651658c4d4624833d882720867a14dad91c5e5fae9b1b";

#[test]
fn every_flipped_bit_and_every_cut_is_noticed() {
    let keyring = keyring(Owner::Tenant(ONE));
    let sealed = keyring.seal(Purpose::Items, &place(), b"Telefon 0341 123456", &ids());
    assert!(keyring.open(Purpose::Items, &place(), &sealed).is_ok());
    for bit in 0..sealed.len() * 8 {
        let mut changed = sealed.clone();
        changed[bit / 8] ^= 1 << (bit % 8);
        assert_eq!(keyring.open(Purpose::Items, &place(), &changed), Err(CannotOpen), "bit {bit}");
    }
    for length in 0..sealed.len() {
        assert_eq!(keyring.open(Purpose::Items, &place(), &sealed[..length]), Err(CannotOpen), "{length} bytes");
    }
    let longer = [sealed.as_slice(), &[0]].concat();
    assert_eq!(keyring.open(Purpose::Items, &place(), &longer), Err(CannotOpen));
}

#[test]
fn a_value_moved_elsewhere_does_not_open() {
    let keyring = keyring(Owner::Tenant(ONE));
    let sealed = keyring.seal(Purpose::Items, &place(), b"secret", &ids());
    assert_eq!(keyring.open(Purpose::Items, &place(), &sealed).unwrap().as_slice(), b"secret");
    for elsewhere in [
        Aad::new("notes", "value", b"row 1").light(Light::Red),
        Aad::new("items", "text", b"row 1").light(Light::Red),
        Aad::new("items", "value", b"row 2").light(Light::Red),
        Aad::new("items", "value", b"row 1").light(Light::Yellow),
        Aad::new("items", "value", b"row 1").light(Light::Green),
        Aad::new("items", "value", b"row 1"),
        Aad::new("item", "svalue", b"row 1").light(Light::Red),
    ] {
        assert_eq!(keyring.open(Purpose::Items, &elsewhere, &sealed), Err(CannotOpen), "{elsewhere:?}");
    }
    for purpose in Purpose::ALL.iter().filter(|purpose| **purpose != Purpose::Items) {
        assert_eq!(keyring.open(*purpose, &place(), &sealed), Err(CannotOpen), "{purpose:?}");
    }
}

#[test]
fn a_value_of_one_owner_opens_for_no_other_even_with_the_same_root_key() {
    let owners = [Owner::Platform, Owner::Tenant(ONE), Owner::Tenant(TWO)];
    for from in owners {
        let sealed = keyring(from).seal(Purpose::Items, &place(), b"secret", &ids());
        for to in owners {
            assert_eq!(keyring(to).open(Purpose::Items, &place(), &sealed).is_ok(), from == to, "{from:?} {to:?}");
        }
    }
}

#[test]
fn a_forged_scope_or_version_does_not_open() {
    let two = Keyring::new(Owner::Tenant(ONE), KeyVersion(2), [root(1, 7), root(2, 7)]).unwrap();
    let sealed = two.seal(Purpose::Items, &place(), b"secret", &ids());
    assert!(two.open(Purpose::Items, &place(), &sealed).is_ok());
    let mut older = sealed.clone();
    older[6] = 1;
    assert_eq!(two.open(Purpose::Items, &place(), &older), Err(CannotOpen));
    for scope in [0, 1, 3, 4, 255] {
        let mut other = sealed.clone();
        other[2] = scope;
        assert_eq!(two.open(Purpose::Items, &place(), &other), Err(CannotOpen), "scope {scope}");
    }
}

#[test]
fn a_person_key_seals_for_that_person_only() {
    let keyring = keyring(Owner::Tenant(ONE));
    let (anna, bert) = (PersonId(Uuid::from_u128(10)), PersonId(Uuid::from_u128(11)));
    let key = PersonKey::generate(ONE, anna, &ids());
    let sealed = key.seal(Purpose::Items, &place(), b"secret", &ids());
    assert_eq!(Sealed::peek(&sealed).map(|sealed| sealed.scope), Some(Scope::Person));

    let wrapped = keyring.wrap_person_key(&key, &ids()).unwrap();
    let unwrapped = keyring.unwrap_person_key(anna, &wrapped).unwrap();
    assert_eq!(unwrapped.open(Purpose::Items, &place(), &sealed).unwrap().as_slice(), b"secret");

    assert_eq!(keyring.unwrap_person_key(bert, &wrapped).err(), Some(CannotOpen));
    assert_eq!(crypto_keyring(TWO).unwrap_person_key(anna, &wrapped).err(), Some(CannotOpen));
    assert_eq!(crypto_keyring(TWO).wrap_person_key(&key, &ids()), None);
    assert_eq!(keyring.open(Purpose::Items, &place(), &sealed), Err(CannotOpen));
    assert_eq!(unwrapped.open(Purpose::Notes, &place(), &sealed), Err(CannotOpen));
    let same_bytes = |tenant, person| {
        let sevens = Ids::new(Arc::new(SystemClock), |buffer: &mut [u8]| buffer.fill(7));
        PersonKey::generate(tenant, person, &sevens)
    };
    let sealed = same_bytes(ONE, anna).seal(Purpose::Items, &place(), b"secret", &ids());
    assert!(same_bytes(ONE, anna).open(Purpose::Items, &place(), &sealed).is_ok());
    assert!(same_bytes(ONE, bert).open(Purpose::Items, &place(), &sealed).is_err());
    assert!(same_bytes(TWO, anna).open(Purpose::Items, &place(), &sealed).is_err());
}

fn crypto_keyring(tenant: TenantId) -> Keyring {
    keyring(Owner::Tenant(tenant))
}

#[test]
fn after_a_rotation_old_values_open_and_new_ones_use_the_new_key() {
    let owner = Owner::Tenant(ONE);
    let before = Keyring::new(owner, KeyVersion(1), [root(1, 7)]).unwrap();
    let old = before.seal(Purpose::Items, &place(), b"old", &ids());

    // First every node learns the key, then it becomes the current one.
    let learned = Keyring::new(owner, KeyVersion(1), [root(1, 7), root(2, 8)]).unwrap();
    assert!(!learned.is_stale(&old));
    let rotated = Keyring::new(owner, KeyVersion(2), [root(1, 7), root(2, 8)]).unwrap();
    let new = rotated.seal(Purpose::Items, &place(), b"new", &ids());
    assert!(rotated.is_stale(&old) && !rotated.is_stale(&new));
    assert_eq!(rotated.open(Purpose::Items, &place(), &old).unwrap().as_slice(), b"old");
    assert_eq!(learned.open(Purpose::Items, &place(), &new).unwrap().as_slice(), b"new");
    assert_eq!(before.open(Purpose::Items, &place(), &new), Err(CannotOpen));

    let after = Keyring::new(owner, KeyVersion(2), [root(2, 8)]).unwrap();
    assert_eq!(after.open(Purpose::Items, &place(), &old), Err(CannotOpen));
    assert!(after.open(Purpose::Items, &place(), &new).is_ok());
}

#[test]
fn a_keyring_needs_its_current_key_and_each_version_once() {
    let owner = Owner::Tenant(ONE);
    assert_eq!(Keyring::new(owner, KeyVersion(2), [root(1, 7)]).err(), Some(KeyringError::NoCurrent(KeyVersion(2))));
    let twice = Keyring::new(owner, KeyVersion(1), [root(1, 7), root(1, 8)]);
    assert_eq!(twice.err(), Some(KeyringError::Twice(KeyVersion(1))));
}

#[test]
fn the_canary_opens_under_the_right_key_only() {
    let canary = keyring(Owner::Tenant(ONE)).canary(&ids());
    assert_eq!(keyring(Owner::Tenant(ONE)).check_canary(&canary), Ok(()));
    assert_eq!(keyring(Owner::Tenant(TWO)).check_canary(&canary), Err(CannotOpen));
    let other = Keyring::new(Owner::Tenant(ONE), KeyVersion(1), [root(1, 8)]).unwrap();
    assert_eq!(other.check_canary(&canary), Err(CannotOpen));
}

#[test]
fn a_mail_address_is_found_by_another_spelling_and_not_across_offices() {
    let address = |text| EmailAddress::parse(text).unwrap();
    let (one, two) = (keyring(Owner::Tenant(ONE)), keyring(Owner::Tenant(TWO)));
    let stored = one.lookup(&address("Anna@example.org"));
    assert_eq!(one.lookup(&address("anna@EXAMPLE.org")), stored);
    assert_ne!(one.lookup(&address("anne@example.org")), stored);
    assert_ne!(two.lookup(&address("anna@example.org")), stored);

    let rotated = Keyring::new(Owner::Tenant(ONE), KeyVersion(2), [root(1, 7), root(2, 8)]).unwrap();
    let both = rotated.lookups(&address("anna@example.org"));
    assert_eq!(both, [rotated.lookup(&address("anna@example.org")), stored]);
}

#[test]
fn a_keyring_is_shared_by_many_threads_from_its_first_use() {
    let sealed = keyring(Owner::Tenant(ONE)).seal(Purpose::Items, &place(), b"secret", &ids());
    let fresh = keyring(Owner::Tenant(ONE));
    std::thread::scope(|threads| {
        for _ in 0..8 {
            threads.spawn(|| {
                for _ in 0..125 {
                    assert_eq!(fresh.open(Purpose::Items, &place(), &sealed).unwrap().as_slice(), b"secret");
                }
            });
        }
    });
}

#[test]
fn nothing_secret_is_printed() {
    let key = PersonKey::generate(ONE, PersonId(Uuid::from_u128(10)), &ids());
    let printed = format!("{:?} {:?} {key:?}", root(1, 0x77), keyring(Owner::Tenant(ONE)));
    assert!(!printed.contains("119") && !printed.contains("7777"), "{printed}");
}

proptest! {
    #[test]
    fn what_is_sealed_opens(
        plaintext in prop::collection::vec(any::<u8>(), 0..2_000),
        row: Vec<u8>,
        purpose in prop::sample::select(Purpose::ALL),
    ) {
        let keyring = keyring(Owner::Tenant(ONE));
        let aad = Aad::new("items", "value", &row);
        let sealed = keyring.seal(purpose, &aad, &plaintext, &ids());
        let opened = keyring.open(purpose, &aad, &sealed).unwrap();
        prop_assert_eq!(opened.as_slice(), plaintext.as_slice());
        prop_assert!(plaintext.len() < 8 || !sealed.windows(plaintext.len()).any(|window| window == plaintext));
    }

    #[test]
    fn any_bytes_are_refused(bytes: Vec<u8>) {
        prop_assert_eq!(keyring(Owner::Tenant(ONE)).open(Purpose::Items, &place(), &bytes), Err(CannotOpen));
    }

    #[test]
    fn equal_values_look_different(plaintext: Vec<u8>) {
        let keyring = keyring(Owner::Tenant(ONE));
        let seal = || keyring.seal(Purpose::Items, &place(), &plaintext, &ids());
        prop_assert_ne!(seal(), seal());
    }
}
