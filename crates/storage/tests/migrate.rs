//! Bringing many offices up to date: one broken among them, killed midway, on both databases.
//!
//! The offices stand at the first schema of an office's database, as if they had been made by the program's first release.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test ends where something is not as it must be")]

use std::time::Duration;

use access::actions::{CreateFirstAccount, ListGroups, ReadGroup, VerifyAudit};
use access::{Permit, Role, operator_permit};
use crypto::KeyVersion;
use crypto::keys::{Aad, Keyring, Owner, Purpose, RootKey};
use data_encoding::HEXLOWER;
use domain::audit::AuditEvent;
use storage::tenant::{Standing, UserState};
use storage::{StorageError, migrate};
use testkit::surgery::{Store, sql};
use testkit::{Backend, Office, Program, Settings, World, program};

const FIRST: &str = "m0001_office";

/// Takes an office back to the first schema.
async fn set_back(world: &World, office: &Office) {
    let store = Store::Tenant(office.id);
    let later = ["imports", "factors", "tickets", "spent", "factor_losses", "email_changes", "alerts"];
    let more = [
        "identities",
        "sign_on_journeys",
        "sign_on_providers",
        "policies",
        "policy_drafts",
        // Rows before those they belong to.
        "request_comments",
        "form_drafts",
        "change_requests",
        "consent_links",
        "consent_papers",
        "consent_receipts",
        "disclosure_questions",
        "disclosures",
        "ask_first",
        "silences",
        "reconciliation_mails",
        "reconciliation_rounds",
        "reconciliation_campaigns",
        "reconciliation_drafts",
        "group_links",
        "suggestions",
    ];
    for table in later.into_iter().chain(more) {
        sql(&world.config, store, &format!("DROP TABLE {table}")).await;
    }
    sql(&world.config, store, "ALTER TABLE items DROP COLUMN policy").await;
    sql(&world.config, store, &format!("DELETE FROM seaql_migrations WHERE version <> '{FIRST}'")).await;
    let id = match world.config {
        storage::StoreConfig::Sqlite { .. } => format!("x'{}'", office.id.0.simple()),
        storage::StoreConfig::Postgres(_) => format!("'{}'", office.id.0),
    };
    sql(&world.config, Store::Platform, &format!("UPDATE tenants SET schema = '{FIRST}' WHERE id = {id}")).await;
}

async fn is_current(world: &World, office: &Office) -> bool {
    let applied = sql(&world.config, Store::Tenant(office.id), "SELECT version FROM seaql_migrations").await;
    applied.contains(&migrations::tenant_schema()) && world.stores().look(&office.lead::<ReadGroup>()).await.is_ok()
}

async fn one_broken_office_does_not_hold_up_the_others(backend: Backend) {
    let world = World::new(backend).await;
    let mut offices = Vec::new();
    for name in ["alpha", "beta", "gamma", "delta"] {
        offices.push(world.public_office(name).await);
    }
    // A process that has not opened any of them yet.
    let house = world.second_house().await;
    for office in &offices[..3] {
        set_back(&world, office).await;
    }
    let broken = &offices[1];
    sql(&world.config, Store::Tenant(broken.id), "CREATE TABLE imports (something_else INTEGER)").await;

    let refused = house.stores().look(&offices[0].lead::<ListGroups>()).await;
    let Err(StorageError::Schema { found, needed }) = refused else { panic!("an old schema is served: {refused:?}") };
    assert_eq!((found.as_str(), needed), (FIRST, migrations::tenant_schema()));

    let mut seen = Vec::new();
    let report = migrate::all(world.stores(), &mut |done, total| seen.push((done, total))).await.unwrap();
    assert_eq!((report.migrated, report.current), (2, 1), "{report:?}");
    assert_eq!(report.broken.iter().map(|(id, _)| *id).collect::<Vec<_>>(), [broken.id]);
    assert_eq!(seen.last(), Some(&(4, 4)));
    for office in &offices {
        assert_eq!(is_current(&world, office).await, office.id != broken.id, "{}", office.slug);
        assert_eq!(house.stores().look(&office.lead::<ListGroups>()).await.is_ok(), office.id != broken.id);
    }

    // The cause is mended, and the same command finishes.
    sql(&world.config, Store::Tenant(broken.id), "DROP TABLE imports").await;
    let report = migrate::all(world.stores(), &mut |_, _| {}).await.unwrap();
    assert_eq!((report.migrated, report.current, report.broken.len()), (1, 3, 0));
    assert!(is_current(&world, broken).await);
    assert!(
        house.stores().look(&broken.lead::<ListGroups>()).await.is_ok(),
        "a serving process sees it without restart"
    );
}

#[tokio::test]
async fn one_broken_office_does_not_hold_up_the_others_on_sqlite() {
    one_broken_office_does_not_hold_up_the_others(Backend::Sqlite).await;
}

#[tokio::test]
async fn one_broken_office_does_not_hold_up_the_others_on_postgresql() {
    one_broken_office_does_not_hold_up_the_others(Backend::Postgres).await;
}

#[tokio::test]
async fn an_office_whose_file_is_missing_is_reported_and_the_others_are_migrated() {
    let world = World::new(Backend::Sqlite).await;
    let (lost, kept) = (world.office("lost").await, world.office("kept").await);
    for office in [&lost, &kept] {
        set_back(&world, office).await;
    }
    let storage::StoreConfig::Sqlite { folder } = &world.config else { unreachable!() };
    std::fs::remove_file(folder.join("tenants").join(format!("{}.db", lost.id))).unwrap();
    let output = program::run(&["migrate"], &Settings::of(&world));
    let said = program::said(&output);
    assert!(!output.status.success(), "{said}");
    assert!(said.contains("1 migrated, 0 were up to date, 1 failed") && said.contains(&lost.id.to_string()), "{said}");
    assert!(is_current(&world, &kept).await);
    let file = folder.join("tenants").join(format!("{}.db", lost.id));
    assert!(!file.exists(), "an empty database must not take the place of the lost one");
}

/// The keys of an office, as the program itself reads them.
async fn keyring(world: &World, office: &Office) -> Keyring {
    let hexed = match world.config {
        storage::StoreConfig::Sqlite { .. } => {
            "SELECT lower(hex(wrapped)) FROM tenant_keys WHERE lower(hex(tenant_id))"
        }
        storage::StoreConfig::Postgres(_) => {
            "SELECT encode(wrapped, 'hex') FROM tenant_keys WHERE replace(tenant_id::text, '-', '')"
        }
    };
    let wrapped = sql(&world.config, Store::Keystore, &format!("{hexed} = '{}'", office.id.0.simple())).await.remove(0);
    let wrapped = HEXLOWER.decode(wrapped.as_bytes()).unwrap();
    let (owner, version) = (Owner::Tenant(office.id), KeyVersion(1));
    let root = RootKey::unwrap(owner, version, &wrapped, world.stores().services().kek.as_ref()).await.unwrap();
    Keyring::new(owner, version, [root]).unwrap()
}

async fn apps_from_before_take_their_place_among_the_factors(backend: Backend) {
    let world = World::new(backend).await;
    let office = world.office("alpha").await;
    let (lead, newcomer) = (office.someone(Role::Lead).await, office.someone(Role::Staff).await);
    let tx = world.stores().begin(&operator_permit::<CreateFirstAccount>(office.id)).await.unwrap();
    let standing = Standing { role: Role::Staff, state: UserState::Enrolling, groups: Vec::new() };
    tx.set_standing(newcomer.user, &standing).await.unwrap();
    tx.commit(AuditEvent::new("test.newcomer", newcomer.user)).await.unwrap();
    set_back(&world, &office).await;
    // As the program wrote it before: one secret in the user's row, and the newest step beside it.
    let keys = keyring(&world, &office).await;
    for person in [&lead, &newcomer] {
        let place = Aad::new("users", "totp", person.user.0.as_bytes());
        let sealed = HEXLOWER.encode(&keys.seal(Purpose::Totp, &place, &person.totp, world.ids()));
        let (bytes, id) = match backend {
            Backend::Sqlite => (format!("X'{sealed}'"), format!("X'{}'", person.user.0.simple())),
            Backend::Postgres => (format!("'\\x{sealed}'"), format!("'{}'", person.user.0)),
        };
        let text = format!("UPDATE users SET totp = {bytes}, totp_step = 7 WHERE id = {id}");
        sql(&world.config, Store::Tenant(office.id), &text).await;
    }
    let report = migrate::all(world.stores(), &mut |_, _| {}).await.unwrap();
    assert_eq!((report.migrated, report.broken.len()), (1, 0), "{report:?}");
    let look = world.stores().look(&office.lead::<ReadGroup>()).await.unwrap();
    let factors = look.factors_of(lead.user).await.unwrap();
    assert_eq!((factors.len(), factors[0].app(), factors[0].mark), (1, Some(&lead.totp[..]), 7));
    assert!(look.factors_of(newcomer.user).await.unwrap().is_empty(), "what was never confirmed is shown anew");
    drop(look);
    let left = "SELECT CAST(count(*) AS text) FROM users WHERE totp IS NOT NULL OR totp_step <> 0";
    assert_eq!(sql(&world.config, Store::Tenant(office.id), left).await, ["0"]);
}

#[tokio::test]
async fn apps_from_before_take_their_place_among_the_factors_on_sqlite() {
    apps_from_before_take_their_place_among_the_factors(Backend::Sqlite).await;
}

#[tokio::test]
async fn apps_from_before_take_their_place_among_the_factors_on_postgresql() {
    apps_from_before_take_their_place_among_the_factors(Backend::Postgres).await;
}

async fn killed_midway_it_goes_on_where_it_stopped(backend: Backend) {
    const OFFICES: usize = 40;
    let world = World::new(backend).await;
    let settings = Settings::of(&world);
    let mut offices = Vec::new();
    for number in 0..OFFICES {
        offices.push(world.office(&format!("office-{number}")).await);
    }
    for office in &offices {
        set_back(&world, office).await;
    }
    let waiting = format!("SELECT count(*) FROM tenants WHERE schema = '{FIRST}'");
    let left = async || sql(&world.config, Store::Platform, &waiting).await[0].parse::<usize>().unwrap();
    assert_eq!(left().await, OFFICES);
    // Killed when a few more are done, at another moment of the work each time.
    let mut kills = 0;
    for round in 0..5_u32 {
        let before = left().await;
        let mut running = Program::start(&["migrate"], &settings);
        while left().await + 4 > before && running.ended().is_none() {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        tokio::time::sleep(Duration::from_micros(u64::from(round) * 1_700)).await;
        if running.ended().is_none() {
            kills += 1;
        }
        running.kill();
    }
    assert!(kills >= 3 && left().await > 0, "killed {kills} times, {} left: nothing was interrupted", left().await);

    let output = program::run(&["migrate"], &settings);
    let said = program::said(&output);
    assert!(output.status.success() && said.contains("0 failed"), "{said}");
    assert_eq!(left().await, 0);
    for office in &offices {
        assert!(is_current(&world, office).await, "{}", office.slug);
        let permit: Permit<VerifyAudit> = operator_permit(office.id);
        world.stores().verify_audit(&permit).await.unwrap().unwrap();
    }
    let said = program::said(&program::run(&["migrate"], &settings));
    assert!(said.contains("0 migrated, 40 were up to date, 0 failed"), "{said}");
}

#[tokio::test]
async fn killed_midway_it_goes_on_where_it_stopped_on_sqlite() {
    killed_midway_it_goes_on_where_it_stopped(Backend::Sqlite).await;
}

#[tokio::test]
async fn killed_midway_it_goes_on_where_it_stopped_on_postgresql() {
    killed_midway_it_goes_on_where_it_stopped(Backend::Postgres).await;
}
