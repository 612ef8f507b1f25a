//! Second factors of one's own number: several devices and passkeys, links and errands that count once, a lost factor on
//! its way to be taken away, a mail address on its way to be changed.
//!
//! `users.totp` is emptied by the program afterwards, which alone can open and seal anew what stands there.

use sea_orm_migration::prelude::*;

use crate::{Columns, index};

#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Columns::table("factors")
            .id()
            .uuid("user_id")
            .bytes("lookup")
            .bytes("sealed")
            .number("mark")
            .number("created_at")
            .number_null("used_at")
            .unique("lookup")
            .belongs_to("user_id", "users")
            .create(manager)
            .await?;
        index(manager, "factors", &["user_id"]).await?;
        Columns::table("tickets")
            .id()
            .bytes("token_hash")
            .uuid("user_id")
            .bytes("sealed")
            .number("created_at")
            .number("expires_at")
            .unique("token_hash")
            .belongs_to("user_id", "users")
            .create(manager)
            .await?;
        Columns::table("spent")
            .add("key", |c| {
                c.binary().not_null().primary_key();
            })
            .number("expires_at")
            .create(manager)
            .await?;
        Columns::table("factor_losses")
            .add("user_id", |c| {
                c.uuid().not_null().primary_key();
            })
            .bytes("sealed")
            .number("due_at")
            .belongs_to("user_id", "users")
            .create(manager)
            .await?;
        Columns::table("email_changes")
            .add("user_id", |c| {
                c.uuid().not_null().primary_key();
            })
            .bytes("sealed")
            .number("expires_at")
            .belongs_to("user_id", "users")
            .create(manager)
            .await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
