//! Whoever can write an office's database, but holds no key, leaves traces in its log.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot be set up fails")]

use access::actions::{CreateGroup, VerifyAudit};
use access::operator_permit;
use crypto::chain::Broken;
use domain::audit::AuditEvent;
use sea_orm::{ConnectOptions, ConnectionTrait};
use storage::StoreConfig;
use testkit::{Backend, Office, World};

/// Runs SQL in the office's database as somebody who may do everything there.
async fn write(world: &World, office: &Office, sql: &str) {
    match &world.config {
        StoreConfig::Sqlite { folder } => {
            let file = folder.join("tenants").join(format!("{}.db", office.id));
            let options = ConnectOptions::new(format!("sqlite://{}?mode=rw", file.display()));
            let database = sea_orm::Database::connect(options).await.expect("the file opens");
            database.execute_unprepared(sql).await.expect(sql);
            database.close().await.expect("closed");
        }
        StoreConfig::Postgres(_) => {
            let mut url = url::Url::parse(&testkit::postgres::url()).expect("a URL");
            url.set_path(&format!("t_{}", office.id));
            let done = testkit::postgres::psql(url.as_str(), sql);
            assert!(done.status.success(), "{sql}: {}", String::from_utf8_lossy(&done.stderr));
        }
    }
}

async fn verify(world: &World, office: &Office) -> Result<u64, Broken> {
    let permit = operator_permit::<VerifyAudit>(office.id);
    let verified = world.stores().verify_audit(&permit).await.expect("the log can be read");
    verified.map(|head| head.number)
}

async fn act(world: &World, office: &Office, object: &str) {
    let tx = world.stores().begin(&office.lead::<CreateGroup>()).await.expect("a transaction");
    tx.commit(AuditEvent::new("test.act", object).summary(format!("what was done to {object}")))
        .await
        .expect("committed");
}

async fn every_change_of_the_log_shows(backend: Backend) {
    let world = World::new(backend).await;
    let copy = "CREATE TABLE kept AS SELECT * FROM audit";
    let tampers = [
        ("an action", "UPDATE audit SET action = 'test.other' WHERE seq = 3"),
        ("an actor", "UPDATE audit SET actor = 'system' WHERE seq = 3"),
        ("an object", "UPDATE audit SET object = 'x' WHERE seq = 3"),
        ("a time", "UPDATE audit SET at = at + 1 WHERE seq = 3"),
        ("a version of the key", "UPDATE audit SET key_version = key_version + 1 WHERE seq = 3"),
        (
            "details from another entry",
            "UPDATE audit SET details = (SELECT details FROM kept WHERE seq = 2) WHERE seq = 3",
        ),
        ("a MAC from another entry", "UPDATE audit SET mac = (SELECT mac FROM kept WHERE seq = 2) WHERE seq = 3"),
        ("an entry in the middle, gone", "DELETE FROM audit WHERE seq = 3"),
        ("the first entry, gone", "DELETE FROM audit WHERE seq = 1"),
        ("the last entry, gone", "DELETE FROM audit WHERE seq = 5"),
        ("the last two, gone", "DELETE FROM audit WHERE seq >= 4"),
        ("everything, gone", "DELETE FROM audit"),
        (
            "the last one copied behind itself",
            "INSERT INTO audit SELECT 6, at, actor, action, object, details, key_version, mac FROM kept WHERE seq = 5",
        ),
        (
            "two entries, exchanged",
            "UPDATE audit SET action = action, details = (SELECT details FROM kept WHERE kept.seq = 7 - audit.seq), mac = (SELECT mac FROM kept WHERE kept.seq = 7 - audit.seq) WHERE seq IN (3, 4)",
        ),
    ];
    for (number, (what, sql)) in tampers.into_iter().enumerate() {
        let office = world.office(&format!("buero-{number}")).await;
        for object in ["eins", "zwei", "drei", "vier", "fuenf"] {
            act(&world, &office, object).await;
        }
        assert_eq!(verify(&world, &office).await, Ok(5), "untouched, it holds");
        write(&world, &office, copy).await;
        assert_eq!(verify(&world, &office).await, Ok(5));
        write(&world, &office, sql).await;
        let broken = verify(&world, &office).await;
        assert!(broken.is_err(), "{what} was not noticed: {broken:?}");
        // Put back as it was, it holds again: it was this change that was noticed.
        write(&world, &office, "DELETE FROM audit").await;
        write(&world, &office, "INSERT INTO audit SELECT * FROM kept").await;
        assert_eq!(verify(&world, &office).await, Ok(5), "{what}, undone");
    }

    // Another office's whole log in place of one's own.
    let (one, other) = (world.office("eine").await, world.office("andere").await);
    for office in [&one, &other] {
        act(&world, office, "gleich").await;
    }
    if let StoreConfig::Sqlite { folder } = &world.config {
        let file = folder.join("tenants").join(format!("{}.db", other.id));
        let sql = format!(
            "ATTACH '{}' AS other; DELETE FROM audit; INSERT INTO audit SELECT * FROM other.audit",
            file.display()
        );
        write(&world, &one, &sql).await;
        assert!(verify(&world, &one).await.is_err(), "another office's log was taken for one's own");
    }
}

#[tokio::test]
async fn every_change_of_the_log_shows_on_sqlite() {
    every_change_of_the_log_shows(Backend::Sqlite).await;
}

#[tokio::test]
async fn every_change_of_the_log_shows_on_postgresql() {
    every_change_of_the_log_shows(Backend::Postgres).await;
}
