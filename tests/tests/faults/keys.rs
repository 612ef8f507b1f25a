//! The key file: made once, missed loudly, never replaced; and a demo that is never a production.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use testkit::surgery::{Store, sql};
use testkit::{Backend, Program, Settings, World, program};

async fn started_once(folder: &Path) -> Settings {
    let settings = Settings::data(folder);
    let mut first = Program::serving(&[], &settings).await;
    let stopped = first.stop(std::time::Duration::from_secs(20)).await;
    assert!(stopped.is_some_and(|status| status.success()), "{}", first.said());
    settings
}

/// Starts it, and expects that it ends by itself with an error.
fn refused(settings: &Settings) -> String {
    let output = program::run(&["serve"], &settings.clone().with("AMPELHAUS_LISTEN", "127.0.0.1:0"));
    let said = program::said(&output);
    assert!(!output.status.success(), "{said}");
    said
}

#[tokio::test]
async fn a_first_start_makes_the_key_file_for_its_owner_only_and_without_it_nothing_starts() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let settings = started_once(&data).await;
    let kek = data.join("kek");
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&kek), mode(&data)), (0o600, 0o700));

    let kept = std::fs::read(&kek).unwrap();
    std::fs::remove_file(&kek).unwrap();
    let said = refused(&settings);
    assert!(said.contains("kek") && said.contains("missing") && said.contains("backup"), "{said}");
    assert!(!kek.exists(), "a new key would make every office unreadable");

    // Another key: made by another house.
    let other = folder.path().join("other");
    started_once(&other).await;
    std::fs::copy(other.join("kek"), &kek).unwrap();
    let said = refused(&settings);
    assert!(said.to_lowercase().contains("key"), "{said}");

    // The right one again: all is well.
    std::fs::write(&kek, kept).unwrap();
    let program = Program::serving(&["serve"], &settings).await;
    let page = testkit::Visitor::at(program.address, "demo.localhost").get("/").await;
    assert_eq!(page.status.as_u16(), 200);
}

#[tokio::test]
async fn with_offices_but_without_keystore_and_key_file_no_new_key_is_made() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let settings = started_once(&data).await;
    for file in ["kek", "keys.db", "keys.db-wal", "keys.db-shm"] {
        // Not all of them are left after a good end.
        let _gone = std::fs::remove_file(data.join(file));
    }
    let said = refused(&settings);
    assert!(said.contains("missing"), "{said}");
    assert!(!data.join("kek").exists(), "there are offices that need another key");
}

#[tokio::test]
async fn an_office_whose_keys_are_gone_is_named_at_the_start() {
    let world = World::new(Backend::Sqlite).await;
    let office = world.office("alpha").await;
    world.office("beta").await;
    let id = format!("x'{}'", office.id.0.simple());
    sql(&world.config, Store::Keystore, &format!("DELETE FROM tenant_keys WHERE tenant_id = {id}")).await;
    let said = refused(&Settings::of(&world));
    assert!(said.contains(&office.id.to_string()), "{said}");
}

#[test]
fn a_demo_is_refused_in_production_and_production_wants_what_it_needs() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let production = Settings::data(&data).with("AMPELHAUS_PRODUCTION", "true");
    let smtp = production
        .clone()
        .with("AMPELHAUS_SMTP__HOST", "mail.example")
        .with("AMPELHAUS_SMTP__PORT", "465")
        .with("AMPELHAUS_SMTP__USER", "user")
        .with("AMPELHAUS_SMTP__PASSWORD", "password")
        .with("AMPELHAUS_SMTP__FROM", "Ampelhaus <noreply@ampelhaus.example>");
    for (settings, why) in [
        (production.clone().with("AMPELHAUS_DEMO", "true"), "demo"),
        (production, "smtp"),
        (smtp.clone(), "escrow"),
        (smtp.with("AMPELHAUS_ESCROW_RECIPIENT", "age1x"), "behind_proxy"),
    ] {
        let output = program::run(&[], &settings);
        let said = program::said(&output);
        assert!(!output.status.success() && said.contains(why), "{why}: {said}");
    }
    assert!(!data.exists(), "a refused configuration leaves nothing behind");
}
