//! Making a new office's database: a file, or a copy of a migrated template with two logins of its own.
//!
//! On PostgreSQL this needs the provisioning role, which the serving process does not hold. The office's login may
//! connect to its own database only, may neither create nor alter anything, and may add audit entries but not change
//! them; the public login may read `published_*` and nothing else.

use std::path::Path;

use crypto::keys::Owner;
use crypto::token::Token;
use domain::office::{OfficeProfile, Regime, Visibility};
use domain::{EmailAddress, Ids, Slug, TenantId};
use sea_orm::{ActiveValue::Set, ConnectionTrait, DbBackend, EntityTrait, Statement};
use url::Url;

use crate::config::{PostgresConfig, StoreConfig};
use crate::database::{Database, Intent, Mode};
use crate::platform::{Logins, TenantRecord, TenantState};
use crate::rows::published_site;
use crate::sealing::Sealer;
use crate::stores::Stores;
use crate::{Result, StorageError, keystore, migrate};

/// What a new office starts with.
#[derive(Clone, Debug)]
pub struct NewTenant {
    /// Its id, chosen by the caller so that a repeated attempt continues instead of making a second one.
    pub id: TenantId,
    /// Its subdomain.
    pub slug: Slug,
    /// What it says about itself.
    pub profile: OfficeProfile,
    /// Its data protection law.
    pub regime: Regime,
    /// Who may make the first account, and the hash of the token that proves it.
    pub first_account: Option<(EmailAddress, [u8; 32])>,
}

/// Folders with rights for the owner only.
pub(crate) async fn prepare_files(config: &StoreConfig) -> Result<()> {
    let StoreConfig::Sqlite { folder } = config else { return Ok(()) };
    tokio::fs::create_dir_all(folder.join("tenants")).await?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        tokio::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o700)).await?;
    }
    Ok(())
}

impl Stores {
    /// Makes the keys, the database and the record of a new office. May be repeated after a crash: what is there
    /// already is kept. [`StorageError::Taken`] if the subdomain belongs to another office.
    pub async fn provision(&self, new: &NewTenant) -> Result<()> {
        let services = self.services();
        let database = format!("t_{}", new.id);
        let existing = self.platform_look().await?.tenant(new.id).await?;
        let record = match existing {
            Some(record) => record,
            None => {
                let logins = Logins { office: password(&services.ids), public: password(&services.ids) };
                let record = TenantRecord {
                    id: new.id,
                    slug: new.slug.clone(),
                    state: TenantState::Provisioning,
                    database,
                    logins,
                    schema: String::new(),
                    created_at: services.clock.now(),
                };
                let platform = self.platform().await?;
                platform.insert_tenant(&record).await?;
                let event = domain::audit::AuditEvent::new("tenant.provisioning", new.id);
                platform.commit(domain::audit::Actor::System, event).await?;
                record
            }
        };
        if record.state == TenantState::Ready {
            return Ok(());
        }
        let keyring = keystore::create(self.keystore(), services, Owner::Tenant(new.id)).await?;
        let admin = match self.config() {
            StoreConfig::Sqlite { folder } => {
                let file = folder.join("tenants").join(format!("{}.db", new.id));
                copy_template(folder, &file).await?;
                Database::sqlite(&file, Mode::ReadWrite, 1).await?
            }
            StoreConfig::Postgres(postgres) => {
                make_postgres_database(postgres, &record).await?;
                let url =
                    tenant_url(&postgres.platform_url, &record.database, &record.logins.office, &record.database)?;
                Database::postgres(&url, 1).await?
            }
        };
        let sealer = Sealer { keyring: keyring.into(), ids: services.ids.clone() };
        let first = first_rows(&admin, &sealer, new, services.clock.now().as_millisecond()).await;
        admin.close().await;
        first?;
        let platform = self.platform().await?;
        platform.tenant_ready(new.id, &migrations::tenant_schema()).await?;
        platform.commit(domain::audit::Actor::System, domain::audit::AuditEvent::new("tenant.ready", new.id)).await?;
        self.reopen(new.id).await;
        Ok(())
    }
}

async fn first_rows(database: &Database, sealer: &Sealer, new: &NewTenant, now: i64) -> Result<()> {
    let tx = database.begin(Intent::Write).await?;
    if published_site::Entity::find_by_id(1).one(&tx).await?.is_some() {
        return Ok(());
    }
    let mut visit_key = [0_u8; 32];
    sealer.ids.fill(&mut visit_key);
    let profile = serde_json::to_string(&new.profile).map_err(|_| StorageError::Unreadable { what: "a profile" })?;
    published_site::Entity::insert(published_site::ActiveModel {
        id: Set(1),
        version: Set(1),
        visibility: Set(Visibility::Setup.code().to_owned()),
        profile: Set(profile),
        visit_key: Set(visit_key.to_vec()),
    })
    .exec_without_returning(&tx)
    .await?;
    crate::tenant::settings::put_in(&tx, sealer, crate::tenant::settings::REGIME, &new.regime, now).await?;
    if let Some((email, token_hash)) = &new.first_account {
        crate::tenant::invitations::invite_in(&tx, sealer, (email, access::Role::Lead, &[]), token_hash, now).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// A migrated, empty tenant database, made once per schema, is copied for every new office.
async fn copy_template(folder: &Path, file: &Path) -> Result<()> {
    if tokio::fs::try_exists(file).await? {
        return Ok(());
    }
    let template = folder.join("tenants").join(format!(".template-{}", migrations::tenant_schema()));
    if !tokio::fs::try_exists(&template).await? {
        let making = folder.join("tenants").join(format!(".making-{}", std::process::id()));
        let _left_over = tokio::fs::remove_file(&making).await;
        let database = Database::sqlite(&making, Mode::ReadWrite, 1).await?;
        migrate::tenant(database.connection()).await?;
        database.connection().execute_unprepared("PRAGMA wal_checkpoint(TRUNCATE)").await?;
        database.close().await;
        tokio::fs::rename(&making, &template).await?;
    }
    let mut partial = file.as_os_str().to_owned();
    partial.push(".partial");
    tokio::fs::copy(&template, &partial).await?;
    tokio::fs::File::open(&partial).await?.sync_all().await?;
    tokio::fs::rename(&partial, file).await?;
    Ok(())
}

/// 256 random bits as text.
fn password(ids: &Ids) -> String {
    Token::generate(ids).to_text().to_string()
}

/// The URL of a database on the same cluster for another login.
pub(crate) fn tenant_url(base: &str, login: &str, password: &str, database: &str) -> Result<String> {
    let bad = || StorageError::Keys("the database URL cannot be read".to_owned());
    let mut url = Url::parse(base).map_err(|_| bad())?;
    url.set_username(login).map_err(|()| bad())?;
    url.set_password(Some(password)).map_err(|()| bad())?;
    url.set_path(database);
    Ok(url.to_string())
}

/// The same login on another database of its cluster.
fn on_database(base: &str, database: &str) -> Result<String> {
    let mut url = Url::parse(base).map_err(|_| StorageError::Keys("the database URL cannot be read".to_owned()))?;
    url.set_path(database);
    Ok(url.to_string())
}

/// Login, password and database of a URL.
fn parts(url: &str) -> Result<(String, String, String)> {
    let url = Url::parse(url).map_err(|_| StorageError::Keys("the database URL cannot be read".to_owned()))?;
    let decode = |text: &str| {
        url::form_urlencoded::parse(format!("x={}", text.replace('+', "%2B")).as_bytes())
            .next()
            .map(|(_, value)| value.into_owned())
            .unwrap_or_default()
    };
    Ok((decode(url.username()), decode(url.password().unwrap_or_default()), decode(url.path().trim_start_matches('/'))))
}

fn name(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

async fn run(database: &Database, sql: String) -> Result<()> {
    // Raw: roles, databases and grants are beyond what sea-orm can say.
    database.connection().execute_raw(Statement::from_string(DbBackend::Postgres, sql)).await?;
    Ok(())
}

async fn exists(database: &Database, sql: String) -> Result<bool> {
    Ok(database.connection().query_one_raw(Statement::from_string(DbBackend::Postgres, sql)).await?.is_some())
}

async fn make_role(database: &Database, role: &str, rights: &str) -> Result<()> {
    if !exists(database, format!("SELECT 1 FROM pg_roles WHERE rolname = {}", literal(role))).await? {
        run(database, format!("CREATE ROLE {} {rights}", name(role))).await?;
    }
    Ok(())
}

async fn make_database(database: &Database, new: &str, template: &str) -> Result<()> {
    if !exists(database, format!("SELECT 1 FROM pg_database WHERE datname = {}", literal(new))).await? {
        run(database, format!("CREATE DATABASE {} TEMPLATE {}", name(new), name(template))).await?;
    }
    run(database, format!("REVOKE ALL ON DATABASE {} FROM PUBLIC", name(new))).await
}

const LOGIN: &str = "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION CONNECTION LIMIT 40 PASSWORD";

fn template_name() -> String {
    format!("ampelhaus_template_{}", migrations::tenant_schema())
}

fn provisioner(postgres: &PostgresConfig) -> Result<&str> {
    postgres.provisioner_url.as_deref().ok_or(StorageError::NotProvisioner)
}

/// Makes the shared databases, the group roles and the template, and grants what the serving login needs.
pub(crate) async fn prepare_cluster(postgres: &PostgresConfig) -> Result<()> {
    let admin_url = provisioner(postgres)?;
    let admin = Database::postgres(admin_url, 1).await?;
    // Two processes that start at once take turns; the lock goes with the connection.
    run(&admin, "SELECT pg_advisory_lock(4712)".to_owned()).await?;
    make_role(&admin, "ampelhaus_tenant", "NOLOGIN").await?;
    make_role(&admin, "ampelhaus_public", "NOLOGIN").await?;
    for url in [&postgres.platform_url, &postgres.keystore_url] {
        let (login, password, database) = parts(url)?;
        make_role(&admin, &login, &format!("{LOGIN} {}", literal(&password))).await?;
        make_database(&admin, &database, "template0").await?;
        run(&admin, format!("GRANT CONNECT ON DATABASE {} TO {}", name(&database), name(&login))).await?;
        let inside = Database::postgres(&on_database(admin_url, &database)?, 1).await?;
        if url == &postgres.platform_url {
            migrate::platform(inside.connection()).await?;
        } else {
            migrate::keystore(inside.connection()).await?;
        }
        run(
            &inside,
            format!("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {}", name(&login)),
        )
        .await?;
        bounds(&admin, &login).await?;
        inside.close().await;
    }
    make_template(&admin, admin_url).await?;
    admin.close().await;
    Ok(())
}

/// The migrated, empty tenant database that new ones are copied from. Once finished nobody can connect to it any more:
/// PostgreSQL cannot copy a database that someone uses.
async fn make_template(admin: &Database, admin_url: &str) -> Result<()> {
    let template = template_name();
    let finished = format!("SELECT 1 FROM pg_database WHERE datname = {} AND NOT datallowconn", literal(&template));
    if exists(admin, finished).await? {
        return Ok(());
    }
    make_database(admin, &template, "template0").await?;
    let inside = Database::postgres(&on_database(admin_url, &template)?, 1).await?;
    migrate::tenant(inside.connection()).await?;
    grant_tenant_roles(&inside).await?;
    inside.close().await;
    run(admin, format!("ALTER DATABASE {} ALLOW_CONNECTIONS false", name(&template))).await
}

/// No statement and no forgotten transaction may hold a database up for ever.
async fn bounds(admin: &Database, login: &str) -> Result<()> {
    run(admin, format!("ALTER ROLE {} SET statement_timeout = '30s'", name(login))).await?;
    run(admin, format!("ALTER ROLE {} SET idle_in_transaction_session_timeout = '30s'", name(login))).await
}

/// What an office's two logins may do inside their database; the tables belong to the provisioning role.
pub(crate) async fn grant_tenant_roles(inside: &Database) -> Result<()> {
    for sql in [
        "REVOKE ALL ON SCHEMA public FROM PUBLIC",
        "GRANT USAGE ON SCHEMA public TO ampelhaus_tenant, ampelhaus_public",
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ampelhaus_tenant",
        "REVOKE UPDATE, DELETE ON audit FROM ampelhaus_tenant",
        "REVOKE ALL ON seaql_migrations FROM ampelhaus_tenant",
        "GRANT SELECT ON published_site, published_groups TO ampelhaus_public",
    ] {
        run(inside, sql.to_owned()).await?;
    }
    Ok(())
}

async fn make_postgres_database(postgres: &PostgresConfig, record: &TenantRecord) -> Result<()> {
    let admin = Database::postgres(provisioner(postgres)?, 1).await?;
    let database = &record.database;
    let public = format!("{database}_public");
    make_role(&admin, database, &format!("{LOGIN} {} IN ROLE ampelhaus_tenant", literal(&record.logins.office)))
        .await?;
    make_role(&admin, &public, &format!("{LOGIN} {} IN ROLE ampelhaus_public", literal(&record.logins.public))).await?;
    make_database(&admin, database, &template_name()).await?;
    run(&admin, format!("GRANT CONNECT ON DATABASE {} TO {}, {}", name(database), name(database), name(&public)))
        .await?;
    bounds(&admin, database).await?;
    bounds(&admin, &public).await?;
    admin.close().await;
    Ok(())
}

/// For migrations: the tenant's database as its owner.
pub(crate) async fn open_as_owner(config: &StoreConfig, record: &TenantRecord) -> Result<Database> {
    match config {
        StoreConfig::Sqlite { folder } => {
            let file = folder.join("tenants").join(format!("{}.db", record.id));
            if !tokio::fs::try_exists(&file).await? {
                return Err(StorageError::NoTenant);
            }
            Database::sqlite(&file, Mode::ReadWrite, 1).await
        }
        StoreConfig::Postgres(postgres) => {
            Database::postgres(&on_database(provisioner(postgres)?, &record.database)?, 1).await
        }
    }
}
