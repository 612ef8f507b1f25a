//! What the lead should look at: too many signs that someone tries what they may not.

use sea_orm_migration::prelude::*;

use crate::Columns;

#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Columns::table("alerts")
            .id()
            .number("at")
            .text("sign")
            .bytes("sealed")
            .number_null("done_at")
            .create(manager)
            .await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
