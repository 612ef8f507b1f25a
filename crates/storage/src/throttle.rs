//! Exponential throttling: after each failure the same key waits longer, never for ever.

use domain::Clock;
use jiff::Timestamp;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter};

use crate::rows::throttles;
use crate::{Result, StorageError};

/// How fast waiting grows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// Failures without any waiting.
    pub free: i64,
    /// Waiting after the first failure above that, in milliseconds; doubles with each further one.
    pub first_ms: i64,
    /// The longest waiting, in milliseconds.
    pub longest_ms: i64,
    /// After so long without a failure everything is forgotten, in milliseconds.
    pub forget_ms: i64,
}

/// Until when `key` must wait, if it must.
pub(crate) async fn blocked(tx: &DatabaseTransaction, key: &[u8], clock: &dyn Clock) -> Result<Option<Timestamp>> {
    let now = clock.now().as_millisecond();
    let row = throttles::Entity::find_by_id(key.to_vec()).one(tx).await?;
    row.filter(|row| row.blocked_until > now)
        .map(|row| {
            Timestamp::from_millisecond(row.blocked_until).map_err(|_| StorageError::Unreadable { what: "a moment" })
        })
        .transpose()
}

/// Counts a failure.
pub(crate) async fn failed(tx: &DatabaseTransaction, key: &[u8], pace: Pace, clock: &dyn Clock) -> Result<()> {
    let now = clock.now().as_millisecond();
    let before = throttles::Entity::find_by_id(key.to_vec()).one(tx).await?;
    let failures = match before {
        Some(row) if row.updated_at + pace.forget_ms > now => row.failures + 1,
        _ => 1,
    };
    let over = failures - pace.free;
    let wait = if over <= 0 { 0 } else { pace.first_ms.saturating_mul(1 << (over - 1).min(30)).min(pace.longest_ms) };
    let row = throttles::ActiveModel {
        key: Set(key.to_vec()),
        failures: Set(failures),
        blocked_until: Set(now + wait),
        updated_at: Set(now),
    };
    let again = OnConflict::column(throttles::Column::Key)
        .update_columns([throttles::Column::Failures, throttles::Column::BlockedUntil, throttles::Column::UpdatedAt])
        .to_owned();
    throttles::Entity::insert(row).on_conflict(again).exec_without_returning(tx).await?;
    Ok(())
}

/// After so long without a failure every pace has forgotten it, in milliseconds.
const FORGOTTEN_MS: i64 = 24 * 3_600_000;

/// Removes what counts no more; how many.
pub(crate) async fn remove_expired(tx: &DatabaseTransaction, clock: &dyn Clock) -> Result<u64> {
    let now = clock.now().as_millisecond();
    let removed = throttles::Entity::delete_many()
        .filter(throttles::Column::UpdatedAt.lt(now - FORGOTTEN_MS))
        .filter(throttles::Column::BlockedUntil.lt(now))
        .exec(tx)
        .await?;
    Ok(removed.rows_affected)
}

/// Forgets the failures after a success.
pub(crate) async fn succeeded(tx: &DatabaseTransaction, key: &[u8]) -> Result<()> {
    throttles::Entity::delete_by_id(key.to_vec()).exec(tx).await?;
    Ok(())
}
