//! What sealing, opening and judging cost. `cargo bench -p crypto`; the goal for opening is 3 µs (a list of 1,300 groups
//! opens some 20,000 values).

use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;

use crypto::KeyVersion;
use crypto::keys::{Aad, Keyring, Owner, PersonKey, Purpose, RootKey};
use crypto::password::rules::{Context, check};
use crypto::password::{Cost, Limits, Password, Passwords};
use domain::{Ids, Light, PersonId, SystemClock, TenantId};
use uuid::Uuid;

fn measure<T>(what: &str, times: u32, mut work: impl FnMut() -> T) {
    for _ in 0..times / 10 {
        black_box(work());
    }
    let start = Instant::now();
    for _ in 0..times {
        black_box(work());
    }
    println!("{what:<55} {:>10.2} µs", start.elapsed().as_secs_f64() * 1e6 / f64::from(times));
}

#[expect(clippy::unwrap_used, reason = "a bench may panic")]
fn main() {
    let mut count = 0_u64;
    let ids = Ids::new(Arc::new(SystemClock), move |buffer: &mut [u8]| {
        count += 1;
        buffer.fill(0);
        let length = buffer.len().min(8);
        buffer[..length].copy_from_slice(&count.to_le_bytes()[..length]);
    });
    let tenant = TenantId(Uuid::from_u128(1));
    let keyring = Keyring::new(Owner::Tenant(tenant), KeyVersion(1), [RootKey::generate(KeyVersion(1), &ids)]).unwrap();
    let row = Uuid::from_u128(7);
    let aad = Aad::new("items", "value", row.as_bytes()).light(Light::Red);
    for size in [40, 500, 10_000] {
        let text = vec![b'x'; size];
        let sealed = keyring.seal(Purpose::Items, &aad, &text, &ids);
        measure(&format!("seal {size} bytes"), 100_000, || keyring.seal(Purpose::Items, &aad, &text, &ids));
        measure(&format!("open {size} bytes"), 100_000, || keyring.open(Purpose::Items, &aad, &sealed).unwrap());
    }
    let person = PersonId(Uuid::from_u128(9));
    let key = PersonKey::generate(tenant, person, &ids);
    let wrapped = keyring.wrap_person_key(&key, &ids).unwrap();
    let sealed = key.seal(Purpose::Items, &aad, b"0341 123456", &ids);
    measure("unwrap a person key and open one value", 100_000, || {
        let key = keyring.unwrap_person_key(person, &wrapped).unwrap();
        key.open(Purpose::Items, &aad, &sealed).unwrap()
    });

    let context = Context::new(["Kontaktstelle Musterstadt"]);
    let password = Password::typed("vier krumme Birnen im Schuh");
    measure("judge a password of 27 characters", 1_000, || check(&password, &context));
    let password = Password::typed(&"vier krumme Birnen im Schuh ".repeat(5)[..128]);
    measure("judge a password of 128 characters", 1_000, || check(&password, &context));

    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let passwords = Passwords::new(Cost::OWASP, Limits::default(), ids).unwrap();
    measure("compare with a password hash (19 MiB, t=2, p=1)", 20, || {
        runtime.block_on(passwords.verify(&password, None)).unwrap()
    });
}
