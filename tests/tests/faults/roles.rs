//! What PostgreSQL itself refuses, asked with `psql`: whoever takes over a process has that process's logins and no more.

use access::actions::CreateGroup;
use domain::audit::AuditEvent;
use domain::{Slug, TenantId};
use storage::platform::TenantRecord;
use storage::{NewTenant, PostgresConfig, StorageError, StoreConfig};
use testkit::surgery::Store;
use testkit::{Backend, Office, World, postgres};

fn config(world: &World) -> &PostgresConfig {
    let StoreConfig::Postgres(config) = &world.config else { panic!("not on PostgreSQL") };
    config
}

/// The address of a database with a login of one's choice.
fn url(world: &World, login: &str, password: &str, database: &str) -> String {
    let mut url = url::Url::parse(&config(world).platform_url).unwrap();
    url.set_username(login).unwrap();
    url.set_password(Some(password)).unwrap();
    url.set_path(database);
    url.to_string()
}

async fn record(world: &World, office: &Office) -> TenantRecord {
    world.stores().platform_look().await.unwrap().tenant(office.id).await.unwrap().unwrap()
}

async fn office_login(world: &World, office: &Office, database: &str) -> String {
    let record = record(world, office).await;
    url(world, &record.database, &record.logins.office, database)
}

async fn public_login(world: &World, office: &Office, database: &str) -> String {
    let record = record(world, office).await;
    url(world, &format!("{}_public", record.database), &record.logins.public, database)
}

fn may(url: &str, sql: &str) {
    let answer = postgres::psql(url, sql);
    assert!(answer.status.success(), "{sql}: {}", String::from_utf8_lossy(&answer.stderr));
}

fn may_not(url: &str, sql: &str) {
    let answer = postgres::psql(url, sql);
    let said = String::from_utf8_lossy(&answer.stderr);
    assert!(!answer.status.success(), "{sql} was allowed: {}", String::from_utf8_lossy(&answer.stdout));
    // Refused for want of rights, not because of a typing error in the test.
    assert!(said.contains("permission denied") || said.contains("must be owner"), "{sql}: {said}");
}

fn database_of(url: &str) -> String {
    url::Url::parse(url).unwrap().path().trim_start_matches('/').to_owned()
}

async fn two_offices() -> (World, Office, Office) {
    let world = World::new(Backend::Postgres).await;
    let (a, b) = (world.public_office("alpha").await, world.public_office("beta").await);
    (world, a, b)
}

#[tokio::test]
async fn an_offices_logins_are_refused_everywhere_but_at_home() {
    let (world, a, b) = two_offices().await;
    let foreign = [
        record(&world, &b).await.database,
        database_of(&config(&world).platform_url),
        database_of(&config(&world).keystore_url),
    ];
    let home = record(&world, &a).await.database;
    for login in [office_login(&world, &a, &home).await, public_login(&world, &a, &home).await] {
        may(&login, "SELECT 1");
        for database in &foreign {
            let mut elsewhere = url::Url::parse(&login).unwrap();
            elsewhere.set_path(database);
            may_not(elsewhere.as_str(), "SELECT 1");
        }
    }
}

#[tokio::test]
async fn the_public_login_sees_what_is_published_and_nothing_else() {
    let (world, office, _) = two_offices().await;
    let home = record(&world, &office).await.database;
    let public = public_login(&world, &office, &home).await;
    let tables = testkit::surgery::sql(
        &world.config,
        Store::Tenant(office.id),
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public'",
    )
    .await;
    assert!(tables.len() > 10 && tables.iter().any(|table| table == "items"), "{tables:?}");
    for table in &tables {
        if table.starts_with("published_") {
            may(&public, &format!("SELECT count(*) FROM {table}"));
        } else {
            may_not(&public, &format!("SELECT count(*) FROM {table}"));
        }
        may_not(&public, &format!("DELETE FROM {table}"));
        may_not(&public, &format!("UPDATE {table} SET {} = NULL", first_column(&world, &office, table).await));
    }
    may_not(&public, "CREATE TABLE mine (x int)");
    may_not(&public, "CREATE SCHEMA mine");
    may_not(&public, "CREATE TEMP TABLE mine (x int)");
}

async fn first_column(world: &World, office: &Office, table: &str) -> String {
    let query = format!(
        "SELECT column_name FROM information_schema.columns WHERE table_name = '{table}' ORDER BY ordinal_position LIMIT 1"
    );
    testkit::surgery::sql(&world.config, Store::Tenant(office.id), &query).await.remove(0)
}

#[tokio::test]
async fn the_offices_login_cannot_change_the_schema_or_what_was_logged() {
    let (world, office, _) = two_offices().await;
    let home = record(&world, &office).await.database;
    let login = office_login(&world, &office, &home).await;
    let tx = world.stores().begin(&office.lead::<CreateGroup>()).await.unwrap();
    tx.commit(AuditEvent::new("test.act", "")).await.unwrap();
    may(&login, "SELECT count(*) FROM audit");
    for sql in [
        "CREATE TABLE mine (x int)",
        "CREATE SCHEMA mine",
        "CREATE TEMP TABLE mine (x int)",
        "DROP TABLE items",
        "ALTER TABLE items ADD COLUMN x int",
        "ALTER TABLE audit DISABLE TRIGGER ALL",
        "TRUNCATE audit",
        "UPDATE audit SET actor = 'nobody'",
        "DELETE FROM audit",
        "DELETE FROM seaql_migrations",
        "CREATE DATABASE mine",
        "CREATE ROLE mine",
        "GRANT SELECT ON items TO PUBLIC",
    ] {
        // A grant by someone who may not grant is only a warning.
        if sql.starts_with("GRANT") {
            let said = postgres::psql(&login, sql);
            let said = format!("{}{}", said.status, String::from_utf8_lossy(&said.stderr));
            assert!(said.contains("permission denied") || said.contains("no privileges were granted"), "{said}");
        } else {
            may_not(&login, sql);
        }
    }
}

#[tokio::test]
async fn the_serving_logins_can_make_nothing_and_reach_no_office() {
    let (world, office, _) = two_offices().await;
    let home = record(&world, &office).await.database;
    for login in [&config(&world).platform_url, &config(&world).keystore_url] {
        may(login, "SELECT 1");
        for sql in
            ["CREATE DATABASE mine", "CREATE ROLE mine", "CREATE TABLE mine (x int)", "DROP TABLE seaql_migrations"]
        {
            may_not(login, sql);
        }
        let mut elsewhere = url::Url::parse(login).unwrap();
        elsewhere.set_path(&home);
        may_not(elsewhere.as_str(), "SELECT 1");
    }
}

#[tokio::test]
async fn a_process_without_the_provisioning_login_cannot_provision() {
    let (world, ..) = two_offices().await;
    let serving = world.second_house().await;
    let id: TenantId = world.ids().next();
    let new = NewTenant {
        id,
        slug: Slug::parse("gamma").unwrap(),
        profile: domain::office::OfficeProfile::default(),
        regime: domain::office::Regime::Dsgvo,
        first_account: None,
    };
    let refused = serving.stores().provision(&new).await;
    assert!(matches!(refused, Err(StorageError::NotProvisioner)), "{refused:?}");
    // The worker, which may, goes on with the same sign-up.
    world.stores().provision(&new).await.unwrap();
    let found = world.stores().platform_look().await.unwrap().tenant(id).await.unwrap().unwrap();
    assert_eq!(found.state, storage::platform::TenantState::Ready);
}
