//! Where the stores are.

use std::path::PathBuf;

/// Where the stores are.
#[derive(Clone, Debug)]
pub enum StoreConfig {
    /// Everything under one folder, no service needed.
    Sqlite {
        /// The folder, by default `data`.
        folder: PathBuf,
    },
    /// A PostgreSQL cluster.
    Postgres(PostgresConfig),
}

/// A PostgreSQL cluster and the logins this process holds.
#[derive(Clone)]
pub struct PostgresConfig {
    /// `postgres://user:password@host:port/ampelhaus_platform`: the serving login of the platform database. Host, port
    /// and parameters are also those of the tenants' databases.
    pub platform_url: String,
    /// The keystore, which may be on another cluster.
    pub keystore_url: String,
    /// A login that may create databases and roles and owns the schema. Only `worker`, `migrate` and the one-process
    /// `cargo run` need it; `serve` must not have it.
    pub provisioner_url: Option<String>,
    /// Connections that all pools of this process together may hold. At least 8.
    pub connections: u32,
}

impl std::fmt::Debug for PostgresConfig {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PostgresConfig")
            .field("provisioner", &self.provisioner_url.is_some())
            .field("connections", &self.connections)
            .finish_non_exhaustive()
    }
}
