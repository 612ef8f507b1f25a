//! Tenants, sign-ups, contracts, audit heads.

use sea_orm_migration::prelude::*;

use crate::{Columns, audit_and_outbox, index};

#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Columns::table("tenants")
            .id()
            .text("slug")
            .text("state")
            .text("database")
            .bytes("logins")
            .text("schema")
            .number("created_at")
            .unique("slug")
            .create(manager)
            .await?;
        Columns::table("signups")
            .id()
            .bytes("token_hash")
            .text("slug")
            .text("state")
            .bytes("sealed")
            .number("created_at")
            .number("expires_at")
            .uuid_null("tenant_id")
            .number("attempts")
            .number("next_try_at")
            .unique("token_hash")
            .create(manager)
            .await?;
        index(manager, "signups", &["slug"]).await?;
        Columns::table("contracts")
            .add("tenant_id", |c| {
                c.uuid().not_null().primary_key();
            })
            .text("concluded_on")
            .bytes("sealed")
            .number("recorded_at")
            .create(manager)
            .await?;
        Columns::table("audit_heads")
            .add("tenant_id", |c| {
                c.uuid().not_null().primary_key();
            })
            .number("seq")
            .bytes("mac")
            .number("at")
            .create(manager)
            .await?;
        Columns::table("wakeups")
            .add("tenant_id", |c| {
                c.uuid().not_null().primary_key();
            })
            .number("due_at")
            .uuid("mark")
            .create(manager)
            .await?;
        audit_and_outbox(manager).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
