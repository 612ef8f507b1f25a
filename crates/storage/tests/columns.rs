//! `columns.toml` says of every column how it is kept and why. Here it is compared with the schemas as they are.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot be set up fails")]

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::{ConnectOptions, ConnectionTrait, DbBackend, Statement};
use serde::Deserialize;
use storage::StoreConfig;
use testkit::{Backend, World};

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum Kept {
    Sealed,
    Hashed,
    Clear,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Column {
    kept: Kept,
    personal: bool,
    why: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    keep: String,
    columns: BTreeMap<String, Column>,
}

/// Store, table, column.
type Listed = BTreeMap<String, BTreeMap<String, Table>>;

fn listed() -> Listed {
    toml::from_str(include_str!("../columns.toml")).expect("columns.toml can be read")
}

/// `table.column type` of every column there is.
type Schema = BTreeMap<String, BTreeSet<(String, String, String)>>;

fn compare(schema: &Schema) {
    let listed = listed();
    assert_eq!(listed.keys().collect::<Vec<_>>(), schema.keys().collect::<Vec<_>>());
    for (store, columns) in schema {
        let there: BTreeSet<_> = columns.iter().map(|(table, column, _)| format!("{store}.{table}.{column}")).collect();
        let said: BTreeSet<_> = listed[store]
            .iter()
            .flat_map(|(table, lines)| lines.columns.keys().map(move |column| format!("{store}.{table}.{column}")))
            .collect();
        let missing: Vec<_> = there.difference(&said).collect();
        let extra: Vec<_> = said.difference(&there).collect();
        assert!(missing.is_empty(), "columns without a line in columns.toml: {missing:?}");
        assert!(extra.is_empty(), "lines in columns.toml without a column: {extra:?}");
        for (table, column, kind) in columns {
            let Column { kept, personal: _, why } = &listed[store][table].columns[column];
            let binary = matches!(kind.to_lowercase().as_str(), "blob" | "bytea");
            assert!(*kept == Kept::Clear || binary, "{store}.{table}.{column} is {kept:?} but of type {kind}");
            assert!(!why.is_empty(), "{store}.{table}.{column} gives no reason");
        }
    }
}

#[test]
fn every_line_gives_a_reason_and_every_table_a_retention_rule() {
    for (store, tables) in listed() {
        for (table, Table { keep, columns }) in tables {
            assert!(!keep.is_empty(), "{store}.{table}");
            for (column, Column { kept, personal, why }) in columns {
                assert!(!why.is_empty(), "{store}.{table}.{column}");
                // What says something about a person and can be read is a pseudonym, a state, a time or public: the reason
                // must say which.
                let said = ["id", "pseudonym", "word", "date", "time", "green", "public"]
                    .iter()
                    .any(|word| why.contains(word));
                assert!(kept != Kept::Clear || !personal || said, "{store}.{table}.{column}: {why}");
            }
        }
    }
}

#[tokio::test]
async fn every_column_on_sqlite_is_listed() {
    let world = World::new(Backend::Sqlite).await;
    let office = world.office("alpha").await;
    let StoreConfig::Sqlite { folder } = &world.config else { panic!("not on SQLite") };
    let files = [
        ("platform", folder.join("platform.db")),
        ("keystore", folder.join("keys.db")),
        ("tenant", folder.join("tenants").join(format!("{}.db", office.id))),
    ];
    let mut schema = Schema::new();
    for (store, file) in files {
        let options = ConnectOptions::new(format!("sqlite://{}?mode=ro", file.display()));
        let database = sea_orm::Database::connect(options).await.expect("the file opens");
        let rows = database
            .query_all_raw(Statement::from_string(
                DbBackend::Sqlite,
                "SELECT t.name AS t, c.name AS c, c.type AS k FROM sqlite_master t JOIN pragma_table_info(t.name) c \
                 WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'",
            ))
            .await
            .expect("the schema can be read");
        let text = |row: &sea_orm::QueryResult, name: &str| -> String {
            let text: String = row.try_get("", name).expect("a text");
            if name == "k" { text.split('(').next().unwrap_or_default().to_owned() } else { text }
        };
        let columns = rows.iter().map(|row| (text(row, "t"), text(row, "c"), text(row, "k"))).collect();
        schema.insert(store.to_owned(), columns);
    }
    compare(&schema);
}

#[tokio::test]
async fn every_column_on_postgresql_is_listed() {
    let world = World::new(Backend::Postgres).await;
    let office = world.office("alpha").await;
    let StoreConfig::Postgres(config) = &world.config else { panic!("not on PostgreSQL") };
    let name = |url: &str| url::Url::parse(url).expect("a URL").path().trim_start_matches('/').to_owned();
    let databases = [
        ("platform", name(&config.platform_url)),
        ("keystore", name(&config.keystore_url)),
        ("tenant", format!("t_{}", office.id)),
    ];
    let mut schema = Schema::new();
    for (store, database) in databases {
        let mut url = url::Url::parse(&testkit::postgres::url()).expect("a URL");
        url.set_path(&database);
        let sql = "SELECT table_name, column_name, data_type FROM information_schema.columns \
                   WHERE table_schema NOT IN ('pg_catalog', 'information_schema')";
        let answer = testkit::postgres::psql(url.as_str(), sql);
        assert!(answer.status.success(), "{}", String::from_utf8_lossy(&answer.stderr));
        let answer = String::from_utf8(answer.stdout).expect("text");
        let columns = answer.lines().map(|line| {
            let cells: Vec<&str> = line.split('|').collect();
            let [table, column, kind] = cells[..] else { panic!("{line}") };
            (table.to_owned(), column.to_owned(), kind.to_owned())
        });
        schema.insert(store.to_owned(), columns.collect());
    }
    compare(&schema);
}
