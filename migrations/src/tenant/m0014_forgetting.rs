//! When to whom and why something was passed on is erased.
//!
//! Rows from before are given the same times by what they say in the clear; whoever erases looks at each again.

use sea_orm_migration::prelude::*;

use crate::index;

#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let forget_at = ColumnDef::new(Alias::new("forget_at")).big_integer().null().take();
        let disclosures = Alias::new("disclosures");
        manager.alter_table(Table::alter().table(disclosures.clone()).add_column(forget_at).take()).await?;
        index(manager, "disclosures", &["forget_at"]).await?;
        // The register of the whole office, newest first.
        index(manager, "disclosures", &["made_at"]).await?;
        let learned = || Expr::col(Alias::new("state"));
        let rows = [(1_096_i64, learned().is_in(["told", "seen"])), (90, learned().is_not_in(["told", "seen"]))];
        for (days, rows) in rows {
            let due = Expr::col(Alias::new("changed_at")).add(days * 24 * 3_600 * 1_000);
            let mut fill = Query::update();
            fill.table(disclosures.clone()).value(Alias::new("forget_at"), due).and_where(rows);
            manager.execute(fill).await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
