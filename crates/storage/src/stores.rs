//! All stores of one process: the platform's, the keystore, and the tenants' databases, opened when needed.

use std::fmt;
use std::sync::{Arc, Weak};
use std::time::Duration;

use access::{Action, Permit};
use crypto::chain::{Broken, Head};
use crypto::escrow::EscrowRecipient;
use crypto::kek::KekProvider;
use crypto::keys::Owner;
use domain::{Clock, Ids, TenantId};
use moka::future::Cache;
use moka::policy::EvictionPolicy;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::config::StoreConfig;
use crate::database::{Database, Intent, Mode};
use crate::platform::{PlatformTx, TenantRecord};
use crate::sealing::Sealer;
use crate::tenant::{PublicTx, TenantTx};
use crate::{Result, StorageError, audit, keystore, provision};

/// What the stores need from outside.
#[derive(Clone)]
pub struct Services {
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Makes ids and randomness.
    pub ids: Ids,
    /// Wraps root keys.
    pub kek: Arc<dyn KekProvider>,
    /// Seals a second copy of every root key for the offline escrow.
    pub escrow: Option<EscrowRecipient>,
}

impl fmt::Debug for Services {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Services")
    }
}

/// One open tenant: its database, its public reader, its keys.
#[derive(Debug)]
pub(crate) struct OpenTenant {
    pub(crate) sealer: Sealer,
    pub(crate) database: Database,
    pub(crate) public: Database,
    // Whoever waits for this office's few connections waits here, and holds nothing of what all offices share.
    office_turns: Arc<Semaphore>,
    public_turns: Arc<Semaphore>,
}

/// How many connections an office's pools hold at most.
const OFFICE_CONNECTIONS: u32 = 2;
const PUBLIC_CONNECTIONS: u32 = 2;

/// A place in a queue, for at most five seconds.
async fn turn(queue: &Arc<Semaphore>) -> Result<OwnedSemaphorePermit> {
    let permit = tokio::time::timeout(Duration::from_secs(5), Arc::clone(queue).acquire_owned()).await;
    permit.map_err(|_| StorageError::Busy)?.map_err(|_| StorageError::Busy)
}

/// Offices that nobody asks for are closed even when nobody asks for any other: the cache looks only when it is used.
async fn close_idle(stores: Weak<Inner>) {
    while let Some(stores) = stores.upgrade() {
        stores.tenants.run_pending_tasks().await;
        drop(stores);
        tokio::time::sleep(Duration::from_secs(10)).await;
    }
}

struct Inner {
    config: StoreConfig,
    services: Services,
    platform: Database,
    platform_sealer: Sealer,
    keystore: Database,
    tenants: Cache<TenantId, Arc<OpenTenant>>,
    budget: Arc<Semaphore>,
}

/// All stores of one process. Cheap to clone.
#[derive(Clone)]
pub struct Stores(Arc<Inner>);

impl fmt::Debug for Stores {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Stores").field(&self.0.config).finish()
    }
}

impl Stores {
    /// Opens the platform's store and the keystore, and checks that the keys fit.
    ///
    /// On SQLite missing files are made and migrated. On PostgreSQL the databases must be there
    /// ([`crate::migrate::all`] makes them).
    pub async fn open(config: StoreConfig, services: Services) -> Result<Self> {
        provision::prepare_files(&config).await?;
        let (platform, keystore, connections) = match &config {
            StoreConfig::Sqlite { folder } => (
                Database::sqlite(&folder.join("platform.db"), Mode::ReadWrite, 4).await?,
                Database::sqlite(&folder.join("keys.db"), Mode::ReadWrite, 2).await?,
                64,
            ),
            StoreConfig::Postgres(postgres) => (
                Database::postgres(&postgres.platform_url, 4).await?,
                Database::postgres(&postgres.keystore_url, 2).await?,
                postgres.connections.max(8),
            ),
        };
        if matches!(config, StoreConfig::Sqlite { .. }) {
            crate::migrate::shared(&platform, &keystore).await?;
        }
        let ring = keystore::create(&keystore, &services, Owner::Platform).await?;
        let platform_sealer = Sealer { keyring: Arc::new(ring), ids: services.ids.clone() };
        // Each open tenant may hold two connections for the office and two for the public; the rest of the budget is
        // for the platform and the keystore.
        let open_tenants = match &config {
            // An open SQLite file costs about half a MiB with its schema and its thread.
            StoreConfig::Sqlite { .. } => 64,
            StoreConfig::Postgres(_) => {
                u64::from(connections.saturating_sub(6) / (OFFICE_CONNECTIONS + PUBLIC_CONNECTIONS)).max(1)
            }
        };
        let tenants = Cache::builder()
            .max_capacity(open_tenants)
            .time_to_idle(Duration::from_secs(60))
            .time_to_live(Duration::from_secs(300))
            // Otherwise a newcomer can be turned away at once in favour of those who come more often.
            .eviction_policy(EvictionPolicy::lru())
            .async_eviction_listener(|_, tenant: Arc<OpenTenant>, _| {
                Box::pin(async move {
                    tokio::spawn(async move {
                        // Whoever got it before it was evicted finishes first.
                        while Arc::strong_count(&tenant) > 1 {
                            tokio::time::sleep(Duration::from_millis(100)).await;
                        }
                        // The read-only connections first: the last one to close folds the write-ahead log in, and must be able to.
                        tenant.public.clone().close().await;
                        tenant.database.clone().close().await;
                    });
                })
            })
            .build();
        let budget = Arc::new(Semaphore::new(connections as usize));
        let inner = Arc::new(Inner { config, services, platform, platform_sealer, keystore, tenants, budget });
        tokio::spawn(close_idle(Arc::downgrade(&inner)));
        Ok(Self(inner))
    }

    /// Whether there are neither keys nor offices yet: only then may a KEK be generated. Offices whose keystore is lost
    /// need it back, not a new one.
    pub async fn is_first_start(config: &StoreConfig) -> Result<bool> {
        let (platform, keystore) = match config {
            StoreConfig::Sqlite { folder } => {
                let (platform, keystore) = (folder.join("platform.db"), folder.join("keys.db"));
                if !platform.exists() && !keystore.exists() {
                    return Ok(true);
                }
                let platform = Database::sqlite(&platform, Mode::ReadWrite, 1).await?;
                let keystore = Database::sqlite(&keystore, Mode::ReadWrite, 1).await?;
                // A first start that was killed may have left them without tables.
                crate::migrate::shared(&platform, &keystore).await?;
                (platform, keystore)
            }
            StoreConfig::Postgres(postgres) => (
                Database::postgres(&postgres.platform_url, 1).await?,
                Database::postgres(&postgres.keystore_url, 1).await?,
            ),
        };
        let first = async {
            let tx = platform.begin(Intent::Read).await?;
            Ok(!crate::platform::tenants::any(&tx).await? && keystore::is_empty(&keystore).await?)
        };
        let first = first.await;
        platform.close().await;
        keystore.close().await;
        first
    }

    /// Where the stores are.
    pub fn config(&self) -> &StoreConfig {
        &self.0.config
    }

    /// What was passed in.
    pub fn services(&self) -> &Services {
        &self.0.services
    }

    pub(crate) fn keystore(&self) -> &Database {
        &self.0.keystore
    }

    /// A unit of work on the platform's store.
    pub async fn platform(&self) -> Result<PlatformTx> {
        let tx = self.0.platform.begin(Intent::Write).await?;
        Ok(PlatformTx::new(tx, self.0.platform_sealer.clone(), self.0.services.clock.clone()))
    }

    /// A look at the platform's store.
    pub async fn platform_look(&self) -> Result<PlatformTx> {
        let tx = self.0.platform.begin(Intent::Read).await?;
        Ok(PlatformTx::new(tx, self.0.platform_sealer.clone(), self.0.services.clock.clone()))
    }

    /// A unit of work in the permit's tenant.
    pub async fn begin<A: Action>(&self, permit: &Permit<A>) -> Result<TenantTx> {
        Box::pin(self.tenant_tx(permit, Intent::Write)).await
    }

    /// A look into the permit's tenant: for what needs no audit entry.
    pub async fn look<A: Action>(&self, permit: &Permit<A>) -> Result<TenantTx> {
        Box::pin(self.tenant_tx(permit, Intent::Read)).await
    }

    async fn tenant_tx<A: Action>(&self, permit: &Permit<A>, intent: Intent) -> Result<TenantTx> {
        let tenant = self.open_tenant(permit.tenant()).await?;
        let places = [turn(&tenant.office_turns).await?, turn(&self.0.budget).await?];
        let tx = tenant.database.begin(intent).await?;
        if intent == Intent::Write {
            // What is read before writing must still hold at the commit: a consent withdrawn meanwhile, for example.
            audit::take_turn(&tx).await?;
        }
        let who = (permit.actor(), permit.reach().clone());
        Ok(TenantTx::new(tx, self.clone(), tenant, permit.tenant(), who, places))
    }

    /// What the public sees of a tenant: no key, no permit, `published_*` only.
    pub async fn public(&self, tenant: TenantId) -> Result<PublicTx> {
        let tenant = self.open_tenant(tenant).await?;
        let places = [turn(&tenant.public_turns).await?, turn(&self.0.budget).await?];
        Ok(PublicTx::new(tenant.public.begin(Intent::Read).await?, places))
    }

    async fn open_tenant(&self, id: TenantId) -> Result<Arc<OpenTenant>> {
        // Boxed: opening is rare and its state large.
        let open = Box::pin(self.0.tenants.try_get_with(id, async { self.open_now(id).await.map(Arc::new) })).await;
        // The error is shared by all who waited for the same tenant; it is told once in full and passed on in short.
        open.map_err(|error| match error.as_ref() {
            StorageError::NoTenant => StorageError::NoTenant,
            StorageError::Busy => StorageError::Busy,
            unreachable if unreachable.is_unreachable() => {
                tracing::error!(tenant = %id, error = chain(unreachable), "a database cannot be reached");
                StorageError::Busy
            }
            StorageError::Schema { found, needed } => {
                StorageError::Schema { found: found.clone(), needed: needed.clone() }
            }
            other => StorageError::Keys(format!("tenant {id} cannot be opened: {}", chain(other))),
        })
    }

    async fn open_now(&self, id: TenantId) -> Result<OpenTenant> {
        let record = self.platform_look().await?.tenant(id).await?.ok_or(StorageError::NoTenant)?;
        let needed = migrations::tenant_schema();
        if record.schema != needed {
            return Err(StorageError::Schema { found: record.schema, needed });
        }
        let keyring = keystore::load(&self.0.keystore, &self.0.services, Owner::Tenant(id))
            .await?
            .ok_or_else(|| StorageError::Keys(format!("tenant {id} has no keys")))?;
        let (database, public) = self.tenant_databases(&record).await?;
        let sealer = Sealer { keyring: Arc::new(keyring), ids: self.0.services.ids.clone() };
        let turns = |connections: u32| Arc::new(Semaphore::new(connections as usize));
        let (office_turns, public_turns) = (turns(OFFICE_CONNECTIONS), turns(PUBLIC_CONNECTIONS));
        Ok(OpenTenant { sealer, database, public, office_turns, public_turns })
    }

    async fn tenant_databases(&self, record: &TenantRecord) -> Result<(Database, Database)> {
        match &self.0.config {
            StoreConfig::Sqlite { folder } => {
                let file = folder.join("tenants").join(format!("{}.db", record.id));
                if !file.exists() {
                    return Err(StorageError::NoTenant);
                }
                Ok((
                    Database::sqlite(&file, Mode::ReadWrite, OFFICE_CONNECTIONS).await?,
                    Database::sqlite(&file, Mode::ReadOnly, PUBLIC_CONNECTIONS).await?,
                ))
            }
            StoreConfig::Postgres(postgres) => {
                let logins = &record.logins;
                let url = |role: &str, password: &str| {
                    provision::tenant_url(&postgres.platform_url, role, password, &record.database)
                };
                Ok((
                    Database::postgres(&url(&record.database, &logins.office)?, OFFICE_CONNECTIONS).await?,
                    Database::postgres(
                        &url(&format!("{}_public", record.database), &logins.public)?,
                        PUBLIC_CONNECTIONS,
                    )
                    .await?,
                ))
            }
        }
    }

    /// Forgets an open tenant, so that the next use opens it anew.
    pub(crate) async fn reopen(&self, id: TenantId) {
        self.0.tenants.invalidate(&id).await;
    }

    /// After a commit that put mail into a tenant's outbox: a hint for the worker.
    pub(crate) async fn wake(&self, id: TenantId) -> Result<()> {
        self.platform().await?.wake(id, self.0.services.clock.now()).await
    }

    /// After a tenant's commit: its newest audit entry is kept outside the tenant's database, unless the chain does not
    /// contain the one kept before: it was cut, and what was kept must stay as the proof of it.
    pub(crate) async fn keep_head(&self, id: TenantId, tenant: &OpenTenant, appended: audit::Appended) -> Result<()> {
        let audit::Appended { previous, head } = appended;
        let mut tx = self.0.platform.begin(Intent::Write).await?;
        let intact = match audit::kept_head(&tx, id).await? {
            None => true,
            Some(kept) if kept.number >= head.number => return Ok(()),
            Some(kept) if kept.number == previous.number => kept == previous,
            Some(kept) => {
                // Commits at the same time, or one whose end was not kept. Nobody holds both stores while waiting.
                drop(tx);
                let intact = audit::passes(&tenant.database.begin(Intent::Read).await?, kept).await?;
                tx = self.0.platform.begin(Intent::Write).await?;
                intact
            }
        };
        if !intact {
            return Err(StorageError::Unreadable { what: "the end of the audit chain kept outside" });
        }
        audit::keep_head(&tx, id, head, self.0.services.clock.now()).await?;
        tx.commit().await?;
        Ok(())
    }

    pub(crate) async fn kept_head(&self, tenant: TenantId) -> Result<Option<Head>> {
        let tx = self.0.platform.begin(Intent::Read).await?;
        audit::kept_head(&tx, tenant).await
    }

    /// Recomputes a tenant's audit chain and compares it with the head kept outside; the number of entries, or what is
    /// wrong.
    pub async fn verify_audit<A: Action>(&self, permit: &Permit<A>) -> Result<std::result::Result<Head, Broken>> {
        // The head first: entries that come meanwhile only make the chain longer.
        let head = self.kept_head(permit.tenant()).await?;
        let tx = self.look(permit).await?;
        tx.verify_audit(head).await
    }

    /// Opens every tenant's canary; the tenants whose keys do not fit.
    pub async fn check_canaries(&self) -> Result<Vec<(TenantId, String)>> {
        let mut broken = Vec::new();
        let tenants = self.platform_look().await?.tenants().await?;
        for tenant in tenants {
            match keystore::load(&self.0.keystore, &self.0.services, Owner::Tenant(tenant.id)).await {
                Ok(Some(_)) => {}
                Ok(None) => broken.push((tenant.id, "it has no keys".to_owned())),
                Err(error) => broken.push((tenant.id, error.to_string())),
            }
        }
        Ok(broken)
    }

    /// Closes all connections; SQLite's write-ahead logs are folded in.
    pub async fn close(&self) {
        for (_, tenant) in &self.0.tenants {
            // The read-only connections first: the last one to close folds the write-ahead log in, and must be able to.
            tenant.public.clone().close().await;
            tenant.database.clone().close().await;
        }
        self.0.tenants.invalidate_all();
        self.0.platform.clone().close().await;
        self.0.keystore.clone().close().await;
    }
}

fn chain(error: &StorageError) -> String {
    let mut text = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(error) = source {
        text.push_str(": ");
        text.push_str(&error.to_string());
        source = error.source();
    }
    text
}
