//! Everything of one office: users, groups, people, consents, notes, audit, outbox, and what is published.

use sea_orm_migration::prelude::*;

use crate::{Columns, audit_and_outbox, index};

#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    #[expect(clippy::too_many_lines, reason = "one table after the other")]
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Columns::table("users")
            .id()
            .bytes("email_lookup")
            .bytes("standing")
            .bytes("profile")
            .bytes("password")
            .bytes_null("totp")
            .number("totp_step")
            .number("created_at")
            .number_null("last_login_at")
            .unique("email_lookup")
            .create(manager)
            .await?;
        Columns::table("recovery_codes")
            .id()
            .uuid("user_id")
            .bytes("hash")
            .number_null("used_at")
            .belongs_to("user_id", "users")
            .create(manager)
            .await?;
        Columns::table("sessions")
            .id()
            .bytes("token_hash")
            .uuid("user_id")
            .number("created_at")
            .number("seen_at")
            .bytes("sealed")
            .unique("token_hash")
            .belongs_to("user_id", "users")
            .create(manager)
            .await?;
        Columns::table("invitations")
            .id()
            .bytes("token_hash")
            .bytes("sealed")
            .number("created_at")
            .number("expires_at")
            .number_null("used_at")
            .unique("token_hash")
            .create(manager)
            .await?;
        Columns::table("settings")
            .add("key", |c| {
                c.text().not_null().primary_key();
            })
            .bytes("sealed")
            .number("updated_at")
            .create(manager)
            .await?;
        Columns::table("groups")
            .id()
            .text("slug")
            .text("status")
            .number("version")
            .number("created_at")
            .number("updated_at")
            .unique("slug")
            .create(manager)
            .await?;
        Columns::table("people").id().number("created_at").create(manager).await?;
        Columns::table("erasures").id().number("at").create(manager).await?;
        Columns::table("items")
            .id()
            .uuid_null("group_id")
            .uuid_null("person_id")
            .text("field")
            .text("light")
            .text("source")
            .number("position")
            .bytes("sealed")
            .belongs_to("group_id", "groups")
            .belongs_to("person_id", "people")
            .create(manager)
            .await?;
        index(manager, "items", &["group_id"]).await?;
        index(manager, "items", &["person_id"]).await?;
        Columns::table("memberships")
            .uuid("group_id")
            .uuid("person_id")
            .text("role")
            .number("position")
            .primary(&["group_id", "person_id"])
            .belongs_to("group_id", "groups")
            .belongs_to("person_id", "people")
            .create(manager)
            .await?;
        index(manager, "memberships", &["person_id"]).await?;
        Columns::table("consents")
            .id()
            .uuid("person_id")
            .uuid("item_id")
            .text("light")
            .text("given_on")
            .text("channel")
            .text("wording")
            .uuid_null("recorded_by")
            .number("recorded_at")
            .number_null("withdrawn_at")
            .belongs_to("person_id", "people")
            .create(manager)
            .await?;
        index(manager, "consents", &["person_id"]).await?;
        Columns::table("group_versions")
            .uuid("group_id")
            .number("version")
            .number("at")
            .text("actor")
            .text("change")
            .bytes("sealed")
            .primary(&["group_id", "version"])
            .belongs_to("group_id", "groups")
            .create(manager)
            .await?;
        Columns::table("notes")
            .id()
            .uuid("group_id")
            .number("at")
            .text("actor")
            .bytes("sealed")
            .belongs_to("group_id", "groups")
            .create(manager)
            .await?;
        index(manager, "notes", &["group_id"]).await?;
        Columns::table("published_groups")
            .add("group_id", |c| {
                c.uuid().not_null().primary_key();
            })
            .text("slug")
            .text("page")
            .text("contact")
            .create(manager)
            .await?;
        Columns::table("published_site")
            .add("id", |c| {
                c.big_integer().not_null().primary_key();
            })
            .number("version")
            .text("visibility")
            .text("profile")
            .bytes("visit_key")
            .create(manager)
            .await?;
        audit_and_outbox(manager).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
