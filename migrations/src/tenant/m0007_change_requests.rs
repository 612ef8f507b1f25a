//! What group admins want to be different about their groups.

use sea_orm_migration::prelude::*;

use crate::{Columns, index};

#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Columns::table("change_requests")
            .id()
            .uuid("group_id")
            .text("state")
            .number("made_at")
            .number_null("ended_at")
            .number("version")
            .bytes("sealed")
            .belongs_to("group_id", "groups")
            .create(manager)
            .await?;
        index(manager, "change_requests", &["state", "made_at"]).await?;
        index(manager, "change_requests", &["group_id"]).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
