//! What someone with the databases' own tools can do behind the program's back.

use data_encoding::HEXLOWER;
use domain::TenantId;
use sea_orm::{ConnectionTrait, Database, DbBackend, Statement};
use storage::StoreConfig;

use uuid::Uuid;

use crate::{Backend, postgres};

/// One of the stores.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Store {
    /// The platform's.
    Platform,
    /// The keys'.
    Keystore,
    /// An office's.
    Tenant(TenantId),
}

/// The superuser's address of a store's database on the private server.
///
/// # Panics
/// When the stores are not on PostgreSQL.
pub fn superuser_url(config: &StoreConfig, store: Store) -> String {
    let StoreConfig::Postgres(config) = config else { panic!("the stores are files") };
    let database = |url: &str| url::Url::parse(url).expect("a URL").path().to_owned();
    let mut url = url::Url::parse(&postgres::url()).expect("a URL");
    url.set_path(&match store {
        Store::Platform => database(&config.platform_url),
        Store::Keystore => database(&config.keystore_url),
        Store::Tenant(id) => format!("t_{id}"),
    });
    url.to_string()
}

/// Bytes as both databases write them in SQL.
pub fn bytes(backend: Backend, bytes: &[u8]) -> String {
    let hex = HEXLOWER.encode(bytes);
    match backend {
        Backend::Sqlite => format!("X'{hex}'"),
        Backend::Postgres => format!("'\\x{hex}'"),
    }
}

/// An id as both databases write it in SQL.
pub fn uuid(backend: Backend, uuid: Uuid) -> String {
    match backend {
        Backend::Sqlite => format!("X'{}'", uuid.as_simple()),
        Backend::Postgres => format!("'{uuid}'"),
    }
}

/// Runs SQL on a store and returns the first column of all rows as text.
///
/// # Panics
/// When the database refuses it.
pub async fn sql(config: &StoreConfig, store: Store, sql: &str) -> Vec<String> {
    if let StoreConfig::Sqlite { folder } = config {
        let file = match store {
            Store::Platform => folder.join("platform.db"),
            Store::Keystore => folder.join("keys.db"),
            Store::Tenant(id) => folder.join("tenants").join(format!("{id}.db")),
        };
        let database = Database::connect(format!("sqlite://{}?mode=rw", file.display())).await.expect("a database");
        let mut found = Vec::new();
        if sql.trim_start().to_ascii_uppercase().starts_with("SELECT") {
            let rows = database.query_all_raw(Statement::from_string(DbBackend::Sqlite, sql)).await.expect("rows");
            for row in rows {
                let text = row.try_get_by_index::<String>(0);
                found.push(text.or_else(|_| row.try_get_by_index::<i64>(0).map(|n| n.to_string())).expect("a value"));
            }
        } else {
            database.execute_unprepared(sql).await.expect("it can be done");
        }
        database.close().await.expect("closed");
        return found;
    }
    let answer = postgres::psql(&superuser_url(config, store), sql);
    assert!(answer.status.success(), "{sql}: {}", String::from_utf8_lossy(&answer.stderr));
    String::from_utf8_lossy(&answer.stdout).lines().map(str::to_owned).collect()
}
