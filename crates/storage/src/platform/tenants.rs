//! The offices: their subdomain, where their database is, and how far it is migrated.

use domain::{Slug, TenantId};
use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
};
use serde::{Deserialize, Serialize};

use super::PlatformTx;
use crate::rows::tenants;
use crate::sealing::Column;
use crate::{Result, StorageError};
use crypto::keys::Purpose;

const LOGINS: Column = Column::new("tenants", "logins", Purpose::Office);

/// Whether a tenant can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TenantState {
    /// Its database is being made.
    Provisioning,
    /// It can be used.
    Ready,
}

impl TenantState {
    const fn code(self) -> &'static str {
        match self {
            Self::Provisioning => "provisioning",
            Self::Ready => "ready",
        }
    }
}

/// Passwords of a tenant's two database logins (PostgreSQL only).
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct Logins {
    /// Of `t_<id>`.
    pub office: String,
    /// Of `t_<id>_public`.
    pub public: String,
}

impl std::fmt::Debug for Logins {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Logins(…)")
    }
}

/// A tenant as the platform knows it.
#[derive(Clone, Debug)]
pub struct TenantRecord {
    /// Its id.
    pub id: TenantId,
    /// Its subdomain.
    pub slug: Slug,
    /// Whether it can be used.
    pub state: TenantState,
    /// The name of its database and of its login.
    pub database: String,
    /// The logins' passwords.
    pub logins: Logins,
    /// Its newest migration.
    pub schema: String,
    /// Since when.
    pub created_at: Timestamp,
}

/// Whether there is any tenant, asked before there is a key to read more.
pub(crate) async fn any(tx: &DatabaseTransaction) -> Result<bool> {
    Ok(tenants::Entity::find().one(tx).await?.is_some())
}

impl PlatformTx {
    fn read_tenant(&self, row: tenants::Model) -> Result<TenantRecord> {
        let tenants::Model { id, slug, state, database, logins, schema, created_at } = row;
        Ok(TenantRecord {
            id: TenantId(id),
            slug: Slug::parse(&slug).map_err(|_| StorageError::Unreadable { what: "a slug" })?,
            state: if state == "ready" { TenantState::Ready } else { TenantState::Provisioning },
            database,
            logins: self.sealer.open(LOGINS, id.as_bytes(), &logins)?,
            schema,
            created_at: Timestamp::from_millisecond(created_at)
                .map_err(|_| StorageError::Unreadable { what: "a moment" })?,
        })
    }

    /// A tenant by its id.
    pub async fn tenant(&self, id: TenantId) -> Result<Option<TenantRecord>> {
        let row = tenants::Entity::find_by_id(id.0).one(&self.tx).await?;
        row.map(|row| self.read_tenant(row)).transpose()
    }

    /// A tenant by its subdomain.
    pub async fn tenant_by_slug(&self, slug: &Slug) -> Result<Option<TenantRecord>> {
        let row = tenants::Entity::find().filter(tenants::Column::Slug.eq(slug.as_str())).one(&self.tx).await?;
        row.map(|row| self.read_tenant(row)).transpose()
    }

    /// All tenants, oldest first.
    pub async fn tenants(&self) -> Result<Vec<TenantRecord>> {
        let rows = tenants::Entity::find().order_by_asc(tenants::Column::CreatedAt).all(&self.tx).await?;
        rows.into_iter().map(|row| self.read_tenant(row)).collect()
    }

    /// How many tenants there are.
    pub async fn count_tenants(&self) -> Result<u64> {
        Ok(tenants::Entity::find().count(&self.tx).await?)
    }

    /// Adds a tenant; [`StorageError::Taken`] if the subdomain is another's.
    pub async fn insert_tenant(&self, tenant: &TenantRecord) -> Result<()> {
        let TenantRecord { id, slug, state, database, logins, schema, created_at } = tenant;
        let row = tenants::ActiveModel {
            id: Set(id.0),
            slug: Set(slug.to_string()),
            state: Set(state.code().to_owned()),
            database: Set(database.clone()),
            logins: Set(self.sealer.seal(LOGINS, id.0.as_bytes(), logins)?),
            schema: Set(schema.clone()),
            created_at: Set(created_at.as_millisecond()),
        };
        match tenants::Entity::insert(row).exec_without_returning(&self.tx).await {
            Ok(_) => Ok(()),
            Err(error) if StorageError::is_unique(&error) => Err(StorageError::Taken { what: "the subdomain" }),
            Err(error) => Err(error.into()),
        }
    }

    /// The tenant's database is there and has this schema.
    pub async fn tenant_ready(&self, id: TenantId, schema: &str) -> Result<()> {
        let changed = tenants::Entity::update_many()
            .col_expr(tenants::Column::State, TenantState::Ready.code().into())
            .col_expr(tenants::Column::Schema, schema.into())
            .filter(tenants::Column::Id.eq(id.0))
            .exec(&self.tx)
            .await?;
        if changed.rows_affected == 1 { Ok(()) } else { Err(StorageError::NoTenant) }
    }
}
