//! What of a group was passed on to whom, whom of the group was asked before, and which groups want to be asked.

use sea_orm_migration::prelude::*;

use crate::{Columns, index};

#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Columns::table("disclosures")
            .id()
            .uuid("group_id")
            .text("state")
            .text("channel")
            .number("made_at")
            .number("changed_at")
            .number_null("expires_at")
            .bytes_null("token_hash")
            .number("version")
            .bytes("sealed")
            .unique("token_hash")
            .belongs_to("group_id", "groups")
            .create(manager)
            .await?;
        index(manager, "disclosures", &["group_id", "made_at"]).await?;
        Columns::table("disclosure_questions")
            .id()
            .uuid("disclosure_id")
            .bytes("token_hash")
            .number("expires_at")
            .bytes("sealed")
            .unique("token_hash")
            .belongs_to("disclosure_id", "disclosures")
            .create(manager)
            .await?;
        index(manager, "disclosure_questions", &["disclosure_id"]).await?;
        Columns::table("ask_first")
            .add("group_id", |c| {
                c.uuid().not_null().primary_key();
            })
            .number("set_at")
            .bytes("sealed")
            .belongs_to("group_id", "groups")
            .create(manager)
            .await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
