//! Root keys come back from the key file and from escrow, for their owner and version only.

#![expect(clippy::unwrap_used, reason = "a test may panic, and its own functions are part of it")]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::sync::{Arc, Mutex};

use crypto::KeyVersion;
use crypto::escrow::{EscrowError, EscrowIdentity, EscrowRecipient};
use crypto::kek::{FileKek, FileKekError, KekError, KekId, KekProvider, KeyName, rewrap};
use crypto::keys::{Aad, Keyring, Owner, Purpose, RootKey};
use domain::{Ids, SystemClock, TenantId};
use secrecy::ExposeSecret;
use uuid::Uuid;

const ONE: Owner = Owner::Tenant(TenantId(Uuid::from_u128(1)));
const TWO: Owner = Owner::Tenant(TenantId(Uuid::from_u128(2)));

fn ids() -> Ids {
    use sha2::{Digest, Sha256};
    static STATE: Mutex<[u8; 32]> = Mutex::new([1; 32]);
    Ids::new(Arc::new(SystemClock), |buffer| {
        for chunk in buffer.chunks_mut(32) {
            let mut state = STATE.lock().unwrap();
            *state = Sha256::digest(*state).into();
            chunk.copy_from_slice(&state[..chunk.len()]);
        }
    })
}

fn chmod(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

/// What tells two root keys apart without showing them.
fn print(root: RootKey) -> Vec<u8> {
    let fixed = Ids::new(Arc::new(SystemClock), |buffer: &mut [u8]| buffer.fill(5));
    let keyring = Keyring::new(ONE, root.version(), [root]).unwrap();
    keyring.seal(Purpose::Canary, &Aad::new("", "", b""), b"", &fixed)
}

#[test]
fn a_key_file_is_made_once_for_its_owner_only() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("kek");
    assert!(matches!(FileKek::load(&path, ids()), Err(FileKekError::Missing(_))));

    let made = FileKek::create(&path, ids()).unwrap();
    let metadata = fs::metadata(&path).unwrap();
    assert_eq!(metadata.permissions().mode() & 0o777, 0o600);
    assert_eq!(metadata.len(), 32);
    let bytes = fs::read(&path).unwrap();
    assert_eq!(FileKek::load(&path, ids()).unwrap().id(), made.id());

    assert!(matches!(FileKek::create(&path, ids()), Err(FileKekError::Exists(_))));
    assert_eq!(fs::read(&path).unwrap(), bytes, "the file is as it was");
    assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 1, "no draft is left behind");
}

#[test]
fn a_key_file_open_to_others_or_damaged_is_refused() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("kek");
    FileKek::create(&path, ids()).unwrap();
    for mode in [0o640, 0o604, 0o620, 0o602, 0o644, 0o666] {
        chmod(&path, mode);
        assert!(matches!(FileKek::load(&path, ids()), Err(FileKekError::TooOpen { mode: seen, .. }) if seen == mode));
    }
    chmod(&path, 0o400);
    assert!(FileKek::load(&path, ids()).is_ok());
    chmod(&path, 0o600);
    for damaged in [vec![], vec![1; 31], vec![1; 33], vec![0; 32]] {
        fs::write(&path, damaged).unwrap();
        assert!(matches!(FileKek::load(&path, ids()), Err(FileKekError::NoKey(_))));
    }
    assert!(matches!(FileKek::load(directory.path(), ids()), Err(FileKekError::NoKey(_))));
}

#[test]
fn a_key_file_cannot_be_made_where_there_is_no_directory() {
    let directory = tempfile::tempdir().unwrap();
    let made = FileKek::create(&directory.path().join("no/kek"), ids());
    assert!(matches!(made, Err(FileKekError::Io { .. })));
}

#[tokio::test]
async fn a_wrapped_root_key_unwraps_for_its_owner_and_version_only() {
    let directory = tempfile::tempdir().unwrap();
    let kek = FileKek::create(&directory.path().join("kek"), ids()).unwrap();
    let root = RootKey::generate(KeyVersion(1), &ids());
    let wrapped = root.wrap(ONE, &kek).await.unwrap();
    assert_eq!(KekId::of(&wrapped).as_ref(), Some(kek.id()));

    let unwrapped = RootKey::unwrap(ONE, KeyVersion(1), &wrapped, &kek).await.unwrap();
    assert_eq!(print(unwrapped), print(root));
    for (owner, version) in [(TWO, 1), (Owner::Platform, 1), (ONE, 2)] {
        let refused = RootKey::unwrap(owner, KeyVersion(version), &wrapped, &kek).await;
        assert!(matches!(refused, Err(KekError::CannotUnwrap)), "{owner:?} {version}");
    }
    for bit in 0..wrapped.len() * 8 {
        let mut changed = wrapped.clone();
        changed[bit / 8] ^= 1 << (bit % 8);
        assert!(RootKey::unwrap(ONE, KeyVersion(1), &changed, &kek).await.is_err(), "bit {bit}");
    }
    for length in 0..wrapped.len() {
        assert!(RootKey::unwrap(ONE, KeyVersion(1), &wrapped[..length], &kek).await.is_err(), "{length} bytes");
    }
}

#[tokio::test]
async fn another_key_file_is_named_and_rewrapping_moves_to_it() {
    let directory = tempfile::tempdir().unwrap();
    let old = FileKek::create(&directory.path().join("old"), ids()).unwrap();
    let new = FileKek::create(&directory.path().join("new"), ids()).unwrap();
    let root = RootKey::generate(KeyVersion(3), &ids());
    let wrapped = root.wrap(ONE, &old).await.unwrap();
    match RootKey::unwrap(ONE, KeyVersion(3), &wrapped, &new).await {
        Err(KekError::OtherKek { wrapped_by, loaded }) => {
            assert_eq!((&wrapped_by, &loaded), (old.id(), new.id()));
        }
        other => panic!("{other:?}"),
    }
    let name = KeyName { owner: ONE, version: KeyVersion(3) };
    let moved = rewrap(&old, &new, name, &wrapped).await.unwrap();
    assert_eq!(print(RootKey::unwrap(ONE, KeyVersion(3), &moved, &new).await.unwrap()), print(root));
}

#[test]
fn an_escrow_copy_brings_back_key_owner_and_version() {
    let identity = EscrowIdentity::generate();
    let recipient = EscrowRecipient::parse(&identity.recipient().to_string()).unwrap();
    for owner in [ONE, Owner::Platform] {
        let root = RootKey::generate(KeyVersion(4), &ids());
        let copy = recipient.seal(owner, &root).unwrap();
        let written_down = EscrowIdentity::parse(identity.to_text().expose_secret()).unwrap();
        let (whose, recovered) = written_down.open(&copy).unwrap();
        assert_eq!((whose, recovered.version()), (owner, KeyVersion(4)));
        assert_eq!(print(recovered), print(root));

        assert!(matches!(EscrowIdentity::generate().open(&copy), Err(EscrowError::Open(_))));
        let mut changed = copy.clone();
        *changed.last_mut().unwrap() ^= 1;
        assert!(identity.open(&changed).is_err());
    }
}

#[test]
fn other_age_files_and_keys_are_refused() {
    let identity = age::x25519::Identity::generate();
    let other = age::encrypt(&identity.to_public(), b"a letter").unwrap();
    let identity = EscrowIdentity::parse(identity.to_string().expose_secret()).unwrap();
    assert!(matches!(identity.open(&other), Err(EscrowError::NoRootKey)));
    assert!(EscrowRecipient::parse("age1nonsense").is_err());
    assert!(EscrowIdentity::parse("AGE-SECRET-KEY-1X").is_err());
    assert!(!format!("{identity:?}").contains("SECRET"));
}
