//! Brings the databases of all offices up to date, one after the other; may be killed and repeated at any moment.
//!
//! Each migration is one transaction, and what is done is recorded in the database itself, so a repetition continues
//! where the last one stopped. A broken tenant is reported and does not hold up the others.

use std::sync::Arc;

use crypto::keys::Owner;
use domain::TenantId;
use domain::audit::{Actor, AuditEvent};
use migrations::{Keystore, Platform, Tenant};
use sea_orm::DatabaseConnection;
use sea_orm_migration::MigratorTrait;

use crate::config::StoreConfig;
use crate::database::{Database, Intent};
use crate::platform::TenantRecord;
use crate::sealing::Sealer;
use crate::stores::Stores;
use crate::tenant::{consents, factors};
use crate::{Result, StorageError, keystore, provision};

/// What a device is called that was there before devices had names; its owner can change it.
const FIRST_APP: &str = "Authenticator-App";

/// What happened to one tenant.
#[derive(Debug)]
pub enum Outcome {
    /// It had the newest schema already.
    Current,
    /// It was brought up to date.
    Migrated,
    /// It could not be.
    Broken(StorageError),
}

/// What happened to all.
#[derive(Debug, Default)]
pub struct MigrationReport {
    /// How many had the newest schema already.
    pub current: usize,
    /// How many were brought up to date.
    pub migrated: usize,
    /// Which could not be, and why.
    pub broken: Vec<(TenantId, StorageError)>,
}

/// Where a long work reports how far it is.
pub trait Progress: Send {
    /// `done` of `total` are finished.
    fn at(&mut self, done: usize, total: usize);
}

impl<F: FnMut(usize, usize) + Send> Progress for F {
    fn at(&mut self, done: usize, total: usize) {
        self(done, total);
    }
}

pub(crate) async fn platform(database: &DatabaseConnection) -> Result<()> {
    Ok(Platform::up(database, None).await?)
}

pub(crate) async fn keystore(database: &DatabaseConnection) -> Result<()> {
    Ok(Keystore::up(database, None).await?)
}

pub(crate) async fn tenant(database: &DatabaseConnection) -> Result<()> {
    Ok(Tenant::up(database, None).await?)
}

/// The platform's store and the keystore.
pub(crate) async fn shared(platform_store: &Database, keystore_store: &Database) -> Result<()> {
    platform(platform_store.connection()).await?;
    keystore(keystore_store.connection()).await
}

/// Makes and migrates what all tenants share. On SQLite [`Stores::open`] does it by itself.
pub async fn prepare(config: &StoreConfig) -> Result<()> {
    match config {
        StoreConfig::Sqlite { .. } => Ok(()),
        StoreConfig::Postgres(postgres) => provision::prepare_cluster(postgres).await,
    }
}

/// Brings every tenant's database up to date.
pub async fn all(stores: &Stores, progress: &mut dyn Progress) -> Result<MigrationReport> {
    let tenants = stores.platform_look().await?.tenants().await?;
    let mut report = MigrationReport::default();
    let total = tenants.len();
    for (done, record) in tenants.iter().enumerate() {
        progress.at(done, total);
        match one(stores, record).await {
            Outcome::Current => report.current += 1,
            Outcome::Migrated => report.migrated += 1,
            Outcome::Broken(error) => report.broken.push((record.id, error)),
        }
    }
    progress.at(total, total);
    Ok(report)
}

async fn one(stores: &Stores, record: &TenantRecord) -> Outcome {
    // A tenant that never became ready is finished by the worker that provisions it, not here.
    if record.schema.is_empty() || record.schema == migrations::tenant_schema() {
        return Outcome::Current;
    }
    match bring_up(stores, record).await {
        Ok(()) => Outcome::Migrated,
        Err(error) => Outcome::Broken(error),
    }
}

/// What only the program can move, because it is sealed where it stands; may be killed and repeated like the rest.
async fn carry_over(stores: &Stores, database: &Database, id: TenantId) -> Result<()> {
    let keyring = keystore::load(stores.keystore(), stores.services(), Owner::Tenant(id))
        .await?
        .ok_or_else(|| StorageError::Keys(format!("tenant {id} has no keys")))?;
    let sealer = Sealer { keyring: Arc::new(keyring), ids: stores.services().ids.clone() };
    let tx = database.begin(Intent::Write).await?;
    factors::carry_over(&tx, &sealer, FIRST_APP).await?;
    consents::carry_over(&tx, &sealer).await?;
    Ok(tx.commit().await?)
}

async fn bring_up(stores: &Stores, record: &TenantRecord) -> Result<()> {
    let database = provision::open_as_owner(stores.config(), record).await?;
    let mut migrated = tenant(database.connection()).await;
    if migrated.is_ok() && matches!(stores.config(), StoreConfig::Postgres(_)) {
        migrated = provision::grant_tenant_roles(&database).await;
    }
    if migrated.is_ok() {
        migrated = carry_over(stores, &database, record.id).await;
    }
    database.close().await;
    migrated?;
    let schema = migrations::tenant_schema();
    let platform = stores.platform().await?;
    platform.tenant_ready(record.id, &schema).await?;
    platform.commit(Actor::Operator, AuditEvent::new("tenant.migrated", record.id).summary(schema)).await?;
    stores.reopen(record.id).await;
    Ok(())
}
