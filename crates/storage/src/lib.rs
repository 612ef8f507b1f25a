//! The stores: the platform's, the keystore, one database per office. The only crate that names sea-orm.
//!
//! Code that serves an office holds a [`TenantTx`] for exactly that office; it can only be had with a
//! [`access::Permit`], which names the tenant. Every change ends in [`TenantTx::commit`], which takes the audit event:
//! there is no other commit. Public pages read through [`PublicTx`], which sees `published_*` and holds no key.
//!
//! Not here: rules (domain), permission (access), ciphers (crypto). Start reading at [`Stores`], then [`TenantTx`], then
//! `tenant/groups.rs` as the pattern of a repository. To add a column: migration, entity, line in `columns.toml`.

mod audit;
pub mod config;
mod database;
mod error;
pub mod keystore;
pub mod migrate;
pub mod outbox;
pub mod platform;
mod provision;
mod rows;
mod sealing;
mod stores;
pub mod tenant;
pub mod throttle;

pub use audit::{AuditEntry, AuditFilter};
pub use config::{PostgresConfig, StoreConfig};
pub use error::StorageError;
pub use migrate::{MigrationReport, Progress};
pub use outbox::{Mail, Outgoing, Undelivered};
pub use platform::PlatformTx;
pub use provision::NewTenant;
pub use stores::{Services, Stores};
pub use tenant::{PublicTx, TenantTx};

/// What every function of this crate returns.
pub type Result<T> = std::result::Result<T, StorageError>;
