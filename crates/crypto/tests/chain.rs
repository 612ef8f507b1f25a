//! The audit chain notices change, insertion, removal, reordering, cutting, and recomputation without the key.

#![expect(clippy::unwrap_used, reason = "a test may panic, and its own functions are part of it")]

use std::sync::Arc;

use crypto::KeyVersion;
use crypto::chain::{Broken, Entry, GENESIS, Head, Verifier};
use crypto::keys::{Keyring, Owner, RootKey};
use domain::{Ids, SystemClock, TenantId};
use uuid::Uuid;

fn keyring(current: u32, bytes: &[u8]) -> Keyring {
    let roots = (1..).zip(bytes).map(|(version, byte)| {
        let byte = *byte;
        let ids = Ids::new(Arc::new(SystemClock), move |buffer: &mut [u8]| buffer.fill(byte));
        RootKey::generate(KeyVersion(version), &ids)
    });
    Keyring::new(Owner::Tenant(TenantId(Uuid::from_u128(1))), KeyVersion(current), roots).unwrap()
}

#[derive(Clone)]
struct Row {
    number: u64,
    at: i64,
    actor: String,
    action: String,
    object: String,
    details: Vec<u8>,
    version: KeyVersion,
    mac: [u8; 32],
}

impl Row {
    fn entry(&self) -> Entry<'_> {
        let Self { number, at, actor, action, object, details, .. } = self;
        Entry { number: *number, at: *at, actor, action, object, details }
    }
}

/// Appends `count` events.
fn write(keyring: &Keyring, rows: &mut Vec<Row>, count: u64) {
    for _ in 0..count {
        let number = rows.len() as u64 + 1;
        let mut row = Row {
            number,
            at: 1_700_000_000_000 + i64::try_from(number).unwrap(),
            actor: "user:1".into(),
            action: "items.read".into(),
            object: format!("group {number}"),
            details: vec![1, 2, 3],
            version: keyring.chain().version(),
            mac: [0; 32],
        };
        let previous = rows.last().map_or(GENESIS, |row| row.mac);
        row.mac = keyring.chain().next(&previous, &row.entry());
        rows.push(row);
    }
}

fn verify(keyring: &Keyring, rows: &[Row], known: Option<Head>) -> Result<Head, Broken> {
    let mut verifier = Verifier::new(keyring, Head::EMPTY, known);
    for row in rows {
        verifier.check(row.version, &row.entry(), &row.mac)?;
    }
    verifier.finish()
}

fn head(rows: &[Row]) -> Head {
    rows.last().map_or(Head::EMPTY, |row| Head { number: row.number, mac: row.mac })
}

fn twenty(keyring: &Keyring) -> Vec<Row> {
    let mut rows = Vec::new();
    write(keyring, &mut rows, 20);
    rows
}

#[test]
fn an_untouched_chain_verifies_also_when_it_has_grown_since() {
    let keyring = keyring(1, &[7]);
    let mut rows = twenty(&keyring);
    let known = head(&rows);
    assert_eq!(verify(&keyring, &rows, Some(known)), Ok(known));
    write(&keyring, &mut rows, 5);
    assert_eq!(verify(&keyring, &rows, Some(known)), Ok(head(&rows)));
    assert_eq!(verify(&keyring, &[], None), Ok(Head::EMPTY));
    assert_eq!(verify(&keyring, &rows, Some(Head::EMPTY)), Ok(head(&rows)));

    let mut rest = Verifier::new(&keyring, known, Some(known));
    for row in &rows[20..] {
        rest.check(row.version, &row.entry(), &row.mac).unwrap();
    }
    assert_eq!(rest.finish(), Ok(head(&rows)));
}

#[test]
fn a_change_to_any_field_is_noticed_at_its_event() {
    let keyring = keyring(1, &[7]);
    let rows = twenty(&keyring);
    let changes: [fn(&mut Row); 7] = [
        |row| row.at += 1,
        |row| row.actor.push('0'),
        |row| row.action = "items.rea".into(),
        |row| row.object.clear(),
        |row| row.details.push(0),
        |row| row.mac[31] ^= 1,
        |row| {
            // The same letters, divided otherwise.
            row.actor.push('i');
            row.action.remove(0);
        },
    ];
    for change in changes {
        let mut forged = rows.clone();
        change(&mut forged[9]);
        assert_eq!(verify(&keyring, &forged, None), Err(Broken::Changed(10)));
    }
}

#[test]
fn removal_insertion_and_reordering_are_noticed() {
    let keyring = keyring(1, &[7]);
    let rows = twenty(&keyring);
    let mut removed = rows.clone();
    removed.remove(4);
    assert_eq!(verify(&keyring, &removed, None), Err(Broken::Gap { expected: 5, found: 6 }));
    for (row, number) in removed.iter_mut().zip(1..) {
        row.number = number;
    }
    assert_eq!(verify(&keyring, &removed, None), Err(Broken::Changed(5)));
    let mut swapped = rows.clone();
    swapped.swap(4, 5);
    assert_eq!(verify(&keyring, &swapped, None), Err(Broken::Gap { expected: 5, found: 6 }));
    let mut doubled = rows.clone();
    doubled.insert(5, rows[4].clone());
    assert_eq!(verify(&keyring, &doubled, None), Err(Broken::Gap { expected: 6, found: 5 }));
}

#[test]
fn a_cut_end_is_noticed_by_the_head_kept_elsewhere() {
    let keyring = keyring(1, &[7]);
    let rows = twenty(&keyring);
    let known = Some(head(&rows));
    assert!(verify(&keyring, &rows[..15], None).is_ok(), "by itself it looks whole");
    assert_eq!(verify(&keyring, &rows[..15], known), Err(Broken::OtherHead { known: 20, found: 15 }));
    assert_eq!(verify(&keyring, &[], known), Err(Broken::OtherHead { known: 20, found: 0 }));
    // Cut and written on, with the key, as a restored old backup would: still noticed.
    let mut rewritten = rows[..15].to_vec();
    write(&keyring, &mut rewritten, 1);
    rewritten[15].details = vec![9];
    rewritten[15].mac = keyring.chain().next(&rewritten[14].mac, &rewritten[15].entry());
    write(&keyring, &mut rewritten, 9);
    assert_eq!(verify(&keyring, &rewritten, known), Err(Broken::OtherHead { known: 20, found: 25 }));
}

#[test]
fn a_chain_recomputed_without_the_key_is_noticed() {
    let forged = twenty(&keyring(1, &[8]));
    assert_eq!(verify(&keyring(1, &[7]), &forged, None), Err(Broken::Changed(1)));
}

#[test]
fn a_chain_goes_on_over_a_rotation_as_long_as_the_old_key_is_held() {
    let mut rows = twenty(&keyring(1, &[7]));
    let rotated = keyring(2, &[7, 8]);
    write(&rotated, &mut rows, 5);
    assert_eq!(verify(&rotated, &rows, Some(head(&rows))), Ok(head(&rows)));
    assert_eq!(verify(&keyring(1, &[7]), &rows, None), Err(Broken::NoKey { number: 21, version: KeyVersion(2) }));
    rows[20].version = KeyVersion(1);
    assert_eq!(verify(&rotated, &rows, None), Err(Broken::Changed(21)));
}
