//! Consent receipts that nobody without the keys can make or change, and the links by which persons see and withdraw
//! theirs. The rows of `consents` are sealed into `consent_receipts` by the program, which alone can.

use sea_orm_migration::prelude::*;

use crate::{Columns, index};

#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Columns::table("consent_receipts")
            .id()
            .uuid("person_id")
            .uuid("item_id")
            .number("recorded_at")
            .number_null("ended_at")
            .text("until")
            .number_null("reminded_at")
            .bytes("sealed")
            .belongs_to("person_id", "people")
            .create(manager)
            .await?;
        index(manager, "consent_receipts", &["person_id"]).await?;
        index(manager, "consent_receipts", &["ended_at", "until"]).await?;
        Columns::table("consent_links")
            .id()
            .bytes("token_hash")
            .uuid("person_id")
            .number("made_at")
            .number("expires_at")
            .bytes("sealed")
            .unique("token_hash")
            .belongs_to("person_id", "people")
            .create(manager)
            .await?;
        index(manager, "consent_links", &["person_id"]).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
