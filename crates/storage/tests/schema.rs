//! The schema of the three stores, as released. A migration that has been released is never edited: databases that ran it
//! would count as current and lack what was added. So this file changes only together with a new migration.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot be set up fails")]

use std::fmt::Write;

use testkit::surgery::{Store, sql};
use testkit::{Backend, World};

#[tokio::test]
async fn the_schema_changes_only_with_a_new_migration() {
    let world = World::new(Backend::Sqlite).await;
    let office = world.office("alpha").await;
    let mut schema = String::new();
    for (name, store) in
        [("platform", Store::Platform), ("keystore", Store::Keystore), ("tenant", Store::Tenant(office.id))]
    {
        let migrations = sql(&world.config, store, "SELECT version FROM seaql_migrations ORDER BY version").await;
        writeln!(schema, "## {name} after {}", migrations.join(", ")).unwrap();
        let made = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'seaql%' ORDER BY name";
        for statement in sql(&world.config, store, made).await {
            writeln!(schema, "{statement}").unwrap();
        }
    }
    insta::assert_snapshot!(schema);
}
