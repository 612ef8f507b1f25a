//! The reconciliation: groups' personal links, campaigns, how far each group is, half-filled wizards.

use sea_orm_migration::prelude::*;

use crate::{Columns, index};

#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Columns::table("group_links")
            .id()
            .bytes("token_hash")
            .bytes("code_hash")
            .uuid("group_id")
            .text("purpose")
            .number("created_at")
            .number("expires_at")
            .number_null("revoked_at")
            .bytes("sealed")
            .unique("token_hash")
            .unique("code_hash")
            .belongs_to("group_id", "groups")
            .create(manager)
            .await?;
        index(manager, "group_links", &["group_id"]).await?;
        Columns::table("reconciliation_campaigns").id().number("made_at").bytes("sealed").create(manager).await?;
        Columns::table("reconciliation_rounds")
            .id()
            .uuid("group_id")
            .uuid_null("campaign_id")
            .text("way")
            .text("step")
            .number("begun_at")
            .number("moved_at")
            .number("reminders")
            .number_null("bounced_at")
            .number_null("overdue_at")
            .number_null("next_at")
            .belongs_to("group_id", "groups")
            .create(manager)
            .await?;
        index(manager, "reconciliation_rounds", &["group_id"]).await?;
        index(manager, "reconciliation_rounds", &["campaign_id"]).await?;
        index(manager, "reconciliation_rounds", &["next_at"]).await?;
        Columns::table("reconciliation_mails")
            .uuid("round_id")
            .text("kind")
            .uuid("mail_id")
            .number("at")
            .primary(&["round_id", "kind"])
            .belongs_to("round_id", "reconciliation_rounds")
            .create(manager)
            .await?;
        index(manager, "reconciliation_mails", &["mail_id"]).await?;
        Columns::table("reconciliation_drafts")
            .add("group_id", |c| {
                c.uuid().not_null().primary_key();
            })
            .number("updated_at")
            .bytes("sealed")
            .belongs_to("group_id", "groups")
            .create(manager)
            .await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
