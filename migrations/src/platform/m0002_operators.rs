//! The operator's people, by whose names offices grant support.

use sea_orm_migration::prelude::*;

use crate::Columns;

#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Columns::table("operators").id().bytes("sealed").number("created_at").create(manager).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
