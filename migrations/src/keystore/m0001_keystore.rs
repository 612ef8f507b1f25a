//! Wrapped keys of tenants and persons.

use sea_orm_migration::prelude::*;

use crate::{Columns, index};

#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Columns::table("tenant_keys")
            .uuid("tenant_id")
            .number("version")
            .bytes("wrapped")
            .bytes_null("escrow")
            .bytes("canary")
            .number("created_at")
            .primary(&["tenant_id", "version"])
            .create(manager)
            .await?;
        Columns::table("person_keys")
            .id()
            .uuid("tenant_id")
            .bytes("wrapped")
            .number("created_at")
            .create(manager)
            .await?;
        index(manager, "person_keys", &["tenant_id"]).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
