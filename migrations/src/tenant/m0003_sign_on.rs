//! Single sign-on: the providers of an office, the accounts there that are connected with accounts here, and logins on
//! their way.

use sea_orm_migration::prelude::*;

use crate::{Columns, index};

#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Columns::table("sign_on_providers").id().bytes("sealed").number("created_at").create(manager).await?;
        Columns::table("identities")
            .id()
            .uuid("provider_id")
            .uuid("user_id")
            .bytes("lookup")
            .bytes("sealed")
            .number("created_at")
            .number_null("used_at")
            .unique("lookup")
            .belongs_to("provider_id", "sign_on_providers")
            .belongs_to("user_id", "users")
            .create(manager)
            .await?;
        index(manager, "identities", &["user_id"]).await?;
        Columns::table("sign_on_journeys")
            .id()
            .bytes("state_hash")
            .bytes("sealed")
            .number("expires_at")
            .unique("state_hash")
            .create(manager)
            .await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
