//! Uploaded lists on their way in.

use sea_orm_migration::prelude::*;

use crate::Columns;

#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Columns::table("imports")
            .id()
            .number("created_at")
            .text("actor")
            .text("state")
            .bytes("file")
            .bytes("mapping")
            .bytes("report")
            .create(manager)
            .await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
