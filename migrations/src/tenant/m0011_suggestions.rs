//! Groups that somebody outside suggested, until the office decided about them.

use sea_orm_migration::prelude::*;

use crate::{Columns, index};

#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Columns::table("suggestions")
            .id()
            .text("state")
            .uuid_null("group_id")
            .number("made_at")
            .number_null("expires_at")
            .bytes("token_hash")
            .bytes("sealed")
            .unique("token_hash")
            .belongs_to("group_id", "groups")
            .create(manager)
            .await?;
        index(manager, "suggestions", &["state", "made_at"]).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
