//! The office's light policy in its versions, what is being changed about it, and which version an item was saved under.

use sea_orm_migration::prelude::*;

use crate::Columns;

#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Columns::table("policies")
            .add("version", |c| {
                c.big_integer().not_null().primary_key();
            })
            .number("at")
            .text("actor")
            .bytes("sealed")
            .create(manager)
            .await?;
        Columns::table("policy_drafts")
            .add("user_id", |c| {
                c.uuid().not_null().primary_key();
            })
            .bytes("sealed")
            .number("updated_at")
            .belongs_to("user_id", "users")
            .create(manager)
            .await?;
        let policy = ColumnDef::new(Alias::new("policy")).big_integer().not_null().default(0).take();
        manager.alter_table(Table::alter().table(Alias::new("items")).add_column(policy).take()).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
