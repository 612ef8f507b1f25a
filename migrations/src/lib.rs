//! The schema of the three stores: platform, keystore, tenant.
//!
//! One code for SQLite and PostgreSQL. Every migration runs inside a transaction, so that a kill leaves either all of
//! it or nothing. Columns are listed, with their protection, in `crates/storage/columns.toml`.

use sea_orm_migration::prelude::*;

mod keystore;
mod platform;
mod tenant;

/// Schema of the platform store: tenants, sign-ups, contracts, audit heads.
#[derive(Debug)]
pub struct Platform;

/// Schema of the keystore: wrapped keys only.
#[derive(Debug)]
pub struct Keystore;

/// Schema of one office's own database.
#[derive(Debug)]
pub struct Tenant;

#[async_trait::async_trait]
impl MigratorTrait for Platform {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![Box::new(platform::m0001_platform::Migration), Box::new(platform::m0002_operators::Migration)]
    }
}

#[async_trait::async_trait]
impl MigratorTrait for Keystore {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![Box::new(keystore::m0001_keystore::Migration)]
    }
}

#[async_trait::async_trait]
impl MigratorTrait for Tenant {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(tenant::m0001_office::Migration),
            Box::new(tenant::m0002_uploads::Migration),
            Box::new(tenant::m0003_sign_on::Migration),
            Box::new(tenant::m0004_factors::Migration),
            Box::new(tenant::m0005_alerts::Migration),
            Box::new(tenant::m0006_policy::Migration),
            Box::new(tenant::m0007_change_requests::Migration),
            Box::new(tenant::m0008_consents::Migration),
            Box::new(tenant::m0009_disclosures::Migration),
            Box::new(tenant::m0010_reconciliation::Migration),
            Box::new(tenant::m0011_suggestions::Migration),
            Box::new(tenant::m0012_review::Migration),
            Box::new(tenant::m0013_silence::Migration),
            Box::new(tenant::m0014_forgetting::Migration),
        ]
    }
}

/// The name of the newest tenant migration: the schema version a tenant's database must have to be served.
pub fn tenant_schema() -> String {
    Tenant::migrations().last().map(|migration| migration.name().to_owned()).unwrap_or_default()
}

/// A table under construction: `id`-like columns first, then the rest; everything `NOT NULL` unless said otherwise.
struct Columns(TableCreateStatement, &'static str);

impl Columns {
    fn table(name: &'static str) -> Self {
        Self(Table::create().table(Alias::new(name)).take(), name)
    }

    fn add(mut self, name: &'static str, make: impl FnOnce(&mut ColumnDef)) -> Self {
        let mut column = ColumnDef::new(Alias::new(name));
        make(&mut column);
        self.0.col(&mut column);
        self
    }

    fn id(self) -> Self {
        self.add("id", |c| {
            c.uuid().not_null().primary_key();
        })
    }

    fn uuid(self, name: &'static str) -> Self {
        self.add(name, |c| {
            c.uuid().not_null();
        })
    }

    fn uuid_null(self, name: &'static str) -> Self {
        self.add(name, |c| {
            c.uuid().null();
        })
    }

    fn text(self, name: &'static str) -> Self {
        self.add(name, |c| {
            c.text().not_null();
        })
    }

    fn bytes(self, name: &'static str) -> Self {
        self.add(name, |c| {
            c.binary().not_null();
        })
    }

    fn bytes_null(self, name: &'static str) -> Self {
        self.add(name, |c| {
            c.binary().null();
        })
    }

    /// A whole number, or a moment in milliseconds since 1970 UTC.
    fn number(self, name: &'static str) -> Self {
        self.add(name, |c| {
            c.big_integer().not_null();
        })
    }

    fn number_null(self, name: &'static str) -> Self {
        self.add(name, |c| {
            c.big_integer().null();
        })
    }

    fn primary(mut self, columns: &[&'static str]) -> Self {
        let mut index = Index::create();
        for column in columns {
            index.col(Alias::new(*column));
        }
        self.0.primary_key(&mut index);
        self
    }

    fn unique(mut self, column: &'static str) -> Self {
        self.0.index(Index::create().unique().name(format!("{}_unique_{column}", self.1)).col(Alias::new(column)));
        self
    }

    /// Rows go with the row they belong to.
    fn belongs_to(mut self, column: &'static str, table: &'static str) -> Self {
        self.0.foreign_key(
            ForeignKey::create()
                .from_col(Alias::new(column))
                .to(Alias::new(table), Alias::new("id"))
                .on_delete(ForeignKeyAction::Cascade),
        );
        self
    }

    async fn create(self, manager: &SchemaManager<'_>) -> Result<(), DbErr> {
        manager.create_table(self.0).await
    }
}

async fn index(manager: &SchemaManager<'_>, table: &'static str, columns: &[&'static str]) -> Result<(), DbErr> {
    let mut index = Index::create();
    index.name(format!("{table}_{}", columns.join("_"))).table(Alias::new(table));
    for column in columns {
        index.col(Alias::new(*column));
    }
    manager.create_index(index).await
}

/// The audit chain and the outbox look the same in the platform's store and in each tenant's.
async fn audit_and_outbox(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    Columns::table("audit")
        .add("seq", |c| {
            c.big_integer().not_null().primary_key();
        })
        .number("at")
        .text("actor")
        .text("action")
        .text("object")
        .bytes("details")
        .number("key_version")
        .bytes("mac")
        .create(manager)
        .await?;
    Columns::table("outbox")
        .id()
        .number("created_at")
        .number("due_at")
        .number("claimed_until")
        .number("attempts")
        .text("state")
        .text("last_error")
        .bytes("message")
        .create(manager)
        .await?;
    index(manager, "outbox", &["state", "due_at"]).await?;
    Columns::table("throttles")
        .add("key", |c| {
            c.binary().not_null().primary_key();
        })
        .number("failures")
        .number("blocked_until")
        .number("updated_at")
        .create(manager)
        .await
}
