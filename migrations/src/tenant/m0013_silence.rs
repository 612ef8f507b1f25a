//! The reconciliation: who answered a round, and what was announced to groups that are silent.

use sea_orm_migration::prelude::*;

use crate::{Columns, index};

#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let answered = &mut ColumnDef::new(Alias::new("answered_by"));
        let rounds =
            Table::alter().table(Alias::new("reconciliation_rounds")).add_column(answered.text().null()).take();
        manager.alter_table(rounds).await?;
        Columns::table("silences")
            .add("group_id", |c| {
                c.uuid().not_null().primary_key();
            })
            .number("changed_at")
            .uuid("mail_id")
            .bytes("sealed")
            .belongs_to("group_id", "groups")
            .create(manager)
            .await?;
        index(manager, "silences", &["mail_id"]).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
