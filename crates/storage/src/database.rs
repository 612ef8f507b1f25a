//! One database, SQLite or PostgreSQL, and how a transaction on it begins.
//!
//! With sqlx 0.9.0 a cancelled `begin()` leaves an open transaction in the pool, and the next borrower works inside a
//! stranger's transaction. So two guards stand here: a transaction is begun in a task of its own, which nobody can
//! cancel, and every connection is rolled back before it is handed out again.

use std::path::Path;
use std::time::Duration;

use sea_orm::sqlx::sqlite::SqliteJournalMode;
use sea_orm::sqlx::{AssertSqlSafe, Executor};
use sea_orm::{
    ConnectOptions, Database as SeaOrm, DatabaseConnection, DatabaseTransaction, DbErr, SqliteTransactionMode,
    TransactionOptions, TransactionTrait,
};

use crate::Result;

/// How a transaction means to use the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Intent {
    /// Takes the write lock at once on SQLite: a deferred one fails with BUSY when it comes to write.
    Write,
    /// Reads only.
    Read,
}

/// Whether a SQLite file may be written through this connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Reads and writes; makes the file if it is missing.
    ReadWrite,
    /// The public reader.
    ReadOnly,
}

/// A lazily opened, small pool of connections to one database.
#[derive(Clone, Debug)]
pub(crate) struct Database {
    connection: DatabaseConnection,
}

impl Database {
    /// Opens a SQLite file. WAL, so that readers never wait for the writer; deleted data is overwritten.
    pub(crate) async fn sqlite(file: &Path, mode: Mode, connections: u32) -> Result<Self> {
        let access = if mode == Mode::ReadWrite { "rwc" } else { "ro" };
        let mut options = ConnectOptions::new(format!("sqlite://{}?mode={access}", file.display()));
        options
            .max_connections(connections)
            .min_connections(0)
            .idle_timeout(Duration::from_secs(60))
            .acquire_timeout(Duration::from_secs(10))
            .sqlx_logging(false)
            .connect_lazy(mode == Mode::ReadOnly)
            .test_before_acquire(false)
            .map_sqlx_sqlite_opts(move |options| {
                let options = options
                    .foreign_keys(true)
                    .busy_timeout(Duration::from_secs(10))
                    .pragma("secure_delete", "on")
                    .pragma("trusted_schema", "off")
                    .pragma("cache_size", "-1024");
                if mode == Mode::ReadWrite { options.journal_mode(SqliteJournalMode::Wal) } else { options }
            })
            .map_sqlx_sqlite_before_acquire(|connection, _| {
                Box::pin(async move {
                    // There is normally nothing to roll back, and SQLite calls that an error.
                    let _nothing_open = connection.execute(AssertSqlSafe("ROLLBACK")).await;
                    Ok(true)
                })
            });
        Ok(Self { connection: SeaOrm::connect(options).await? })
    }

    /// Opens a PostgreSQL database, on first use.
    pub(crate) async fn postgres(url: &str, connections: u32) -> Result<Self> {
        let mut options = ConnectOptions::new(url.to_owned());
        options
            .max_connections(connections)
            .min_connections(0)
            .idle_timeout(Duration::from_secs(30))
            .acquire_timeout(Duration::from_secs(10))
            .connect_timeout(Duration::from_secs(10))
            .sqlx_logging(false)
            .connect_lazy(true)
            .test_before_acquire(false)
            // PostgreSQL warns of every ROLLBACK below that finds nothing to roll back.
            .map_sqlx_postgres_opts(|options| options.options([("client_min_messages", "error")]))
            .map_sqlx_postgres_before_acquire(|connection, _| {
                Box::pin(async move {
                    // Doubles as the check that the connection is alive: an error makes the pool open another.
                    connection.execute(AssertSqlSafe("ROLLBACK")).await?;
                    Ok(true)
                })
            });
        Ok(Self { connection: SeaOrm::connect(options).await? })
    }

    /// Begins a transaction in a task of its own, so that a caller who goes away cannot leave it half begun.
    pub(crate) async fn begin(&self, intent: Intent) -> Result<DatabaseTransaction> {
        let connection = self.connection.clone();
        let begun = tokio::spawn(async move {
            let mode = match intent {
                Intent::Write => SqliteTransactionMode::Immediate,
                Intent::Read => SqliteTransactionMode::Deferred,
            };
            let options = TransactionOptions { sqlite_transaction_mode: Some(mode), ..TransactionOptions::default() };
            connection.begin_with_options(options).await
        });
        match begun.await {
            Ok(transaction) => Ok(transaction?),
            Err(_) => Err(DbErr::Custom("the task that begins a transaction died".to_owned()).into()),
        }
    }

    /// For migrations and provisioning only.
    pub(crate) const fn connection(&self) -> &DatabaseConnection {
        &self.connection
    }

    /// Closes all connections.
    pub(crate) async fn close(self) {
        // The pool is going away; there is nobody left to tell.
        let _closed = self.connection.close().await;
    }
}
