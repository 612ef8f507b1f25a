//! The review queue: who is at work on a request, what group and office write to each other about it, and forms that are
//! half filled in; and scans of signed consents.

use sea_orm_migration::prelude::*;

use crate::{Columns, index};

#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut taken_by = ColumnDef::new(Alias::new("taken_by"));
        let table = Alias::new("change_requests");
        manager.alter_table(Table::alter().table(table).add_column(taken_by.uuid().null()).take()).await?;
        Columns::table("request_comments")
            .id()
            .uuid("request_id")
            .number("at")
            .bytes("sealed")
            .belongs_to("request_id", "change_requests")
            .create(manager)
            .await?;
        index(manager, "request_comments", &["request_id"]).await?;
        Columns::table("consent_papers")
            .add("receipt_id", |c| {
                c.uuid().not_null().primary_key();
            })
            .uuid("person_id")
            .bytes("sealed")
            .belongs_to("receipt_id", "consent_receipts")
            .belongs_to("person_id", "people")
            .create(manager)
            .await?;
        index(manager, "consent_papers", &["person_id"]).await?;
        Columns::table("form_drafts")
            .uuid("user_id")
            .uuid("group_id")
            .text("form")
            .number("saved_at")
            .bytes("sealed")
            .primary(&["user_id", "group_id", "form"])
            .belongs_to("user_id", "users")
            .belongs_to("group_id", "groups")
            .create(manager)
            .await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
