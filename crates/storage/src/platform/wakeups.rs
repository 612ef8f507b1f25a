//! Hints for the worker: in which office mail waits, and from when on. Written after the commit that put the mail into
//! the office's outbox; should that write be lost, the hourly look into every office finds the mail.

use domain::TenantId;
use jiff::Timestamp;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::PlatformTx;
use crate::Result;
use crate::rows::wakeups;

/// A hint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wakeup {
    /// Where.
    pub tenant: TenantId,
    mark: Uuid,
}

impl PlatformTx {
    /// Leaves a hint, replacing an older one, and commits.
    pub async fn wake(self, tenant: TenantId, due: Timestamp) -> Result<()> {
        let row = wakeups::ActiveModel {
            tenant_id: Set(tenant.0),
            due_at: Set(due.as_millisecond()),
            mark: Set(self.sealer.ids.next()),
        };
        let again = OnConflict::column(wakeups::Column::TenantId)
            .update_columns([wakeups::Column::DueAt, wakeups::Column::Mark])
            .to_owned();
        wakeups::Entity::insert(row).on_conflict(again).exec_without_returning(&self.tx).await?;
        self.tx.commit().await?;
        Ok(())
    }

    /// Hints that are due, oldest first.
    pub async fn due_wakeups(&self) -> Result<Vec<Wakeup>> {
        let rows = wakeups::Entity::find()
            .filter(wakeups::Column::DueAt.lte(self.clock.now().as_millisecond()))
            .order_by_asc(wakeups::Column::DueAt)
            .all(&self.tx)
            .await?;
        Ok(rows.into_iter().map(|row| Wakeup { tenant: TenantId(row.tenant_id), mark: row.mark }).collect())
    }

    /// The office was looked into: the hint goes, or moves to when the next mail is due; one left meanwhile stays.
    pub async fn settle(self, wakeup: Wakeup, next: Option<Timestamp>) -> Result<()> {
        match next {
            None => {
                wakeups::Entity::delete_many()
                    .filter(wakeups::Column::TenantId.eq(wakeup.tenant.0))
                    .filter(wakeups::Column::Mark.eq(wakeup.mark))
                    .exec(&self.tx)
                    .await?;
            }
            Some(next) => {
                wakeups::Entity::update_many()
                    .col_expr(wakeups::Column::DueAt, next.as_millisecond().into())
                    .filter(wakeups::Column::TenantId.eq(wakeup.tenant.0))
                    .filter(wakeups::Column::Mark.eq(wakeup.mark))
                    .exec(&self.tx)
                    .await?;
            }
        }
        self.tx.commit().await?;
        Ok(())
    }
}
