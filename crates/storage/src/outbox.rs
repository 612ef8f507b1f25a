//! Mail that waits to be sent: enqueued in the transaction that causes it, sealed, sent by the worker, kept until it is.

use std::time::Duration;

use crypto::keys::Purpose;
use domain::{EmailAddress, MailId};
use jiff::Timestamp;
use sea_orm::{ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::{Deserialize, Serialize};

use crate::rows::outbox;
use crate::sealing::{Column, Sealer};
use crate::{Result, StorageError};

const MESSAGE: Column = Column::new("outbox", "message", Purpose::Mail);

/// A message: links, not data (KDG-DVO § 25).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mail {
    /// To whom.
    pub to: EmailAddress,
    /// One line.
    pub subject: String,
    /// Plain text.
    pub body: String,
}

/// A claimed message: whoever holds it has until the claim ends to report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outgoing {
    /// Its id, also the `Message-ID`, so that a receiver can drop a second copy.
    pub id: MailId,
    /// How often it was tried before.
    pub attempts: i64,
    /// The message.
    pub mail: Mail,
}

/// Why a mail did not go out, in our own words: fit for logs, names no address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Undelivered {
    /// It may go out later.
    ForNow(String),
    /// The server refused it for good (RFC 5321 § 4.2.1: 5yz), or its address can be written to by nobody.
    ForGood(String),
}

impl Undelivered {
    /// In words.
    pub fn reason(&self) -> &str {
        let (Self::ForNow(reason) | Self::ForGood(reason)) = self;
        reason
    }
}

/// After so many failures, nearly three days, a message is given up and shown as failed.
pub const MAX_ATTEMPTS: i64 = 24;

pub(crate) async fn enqueue(tx: &DatabaseTransaction, sealer: &Sealer, now: Timestamp, mail: &Mail) -> Result<MailId> {
    let id: MailId = sealer.ids.next();
    let row = outbox::ActiveModel {
        id: Set(id.0),
        created_at: Set(now.as_millisecond()),
        due_at: Set(now.as_millisecond()),
        claimed_until: Set(0),
        attempts: Set(0),
        state: Set("waiting".to_owned()),
        last_error: Set(String::new()),
        message: Set(sealer.seal(MESSAGE, id.0.as_bytes(), mail)?),
    };
    outbox::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(id)
}

/// Takes up to `most` due messages for two minutes: nobody else gets them meanwhile; a worker that dies gives them back
/// by letting the time pass.
pub(crate) async fn claim(
    tx: &DatabaseTransaction,
    sealer: &Sealer,
    now: Timestamp,
    most: u64,
) -> Result<Vec<Outgoing>> {
    let now = now.as_millisecond();
    let due = outbox::Entity::find()
        .filter(outbox::Column::State.eq("waiting"))
        .filter(outbox::Column::DueAt.lte(now))
        .filter(outbox::Column::ClaimedUntil.lt(now))
        .order_by_asc(outbox::Column::DueAt)
        .limit(most)
        .all(tx)
        .await?;
    let mut claimed = Vec::new();
    for row in due {
        let taken = outbox::Entity::update_many()
            .col_expr(outbox::Column::ClaimedUntil, (now + 120_000).into())
            .filter(outbox::Column::Id.eq(row.id))
            .filter(outbox::Column::ClaimedUntil.eq(row.claimed_until))
            .exec(tx)
            .await?;
        if taken.rows_affected == 1 {
            let mail = sealer.open(MESSAGE, row.id.as_bytes(), &row.message)?;
            claimed.push(Outgoing { id: MailId(row.id), attempts: row.attempts, mail });
        }
    }
    Ok(claimed)
}

/// It went out: nothing of it is kept here.
pub(crate) async fn sent(tx: &DatabaseTransaction, id: MailId) -> Result<()> {
    outbox::Entity::delete_by_id(id.0).exec(tx).await?;
    Ok(())
}

/// It did not go out: again after 1, 2, 4 … minutes, at most 6 hours; given up after [`MAX_ATTEMPTS`], or at once where
/// it was refused for good. Whether it was given up.
pub(crate) async fn failed(
    tx: &DatabaseTransaction,
    id: MailId,
    attempts: i64,
    why: &Undelivered,
    now: Timestamp,
) -> Result<bool> {
    let attempts = attempts + 1;
    let wait =
        Duration::from_secs(60 * (1_u64 << attempts.clamp(1, 9).unsigned_abs()) / 2).min(Duration::from_secs(21_600));
    let wait = i64::try_from(wait.as_millis()).unwrap_or(21_600_000);
    let given_up = attempts >= MAX_ATTEMPTS || matches!(why, Undelivered::ForGood(_));
    let state = if given_up { "failed" } else { "waiting" };
    outbox::Entity::update_many()
        .col_expr(outbox::Column::Attempts, attempts.into())
        .col_expr(outbox::Column::State, state.into())
        .col_expr(outbox::Column::LastError, why.reason().chars().take(200).collect::<String>().into())
        .col_expr(outbox::Column::ClaimedUntil, 0_i64.into())
        .col_expr(outbox::Column::DueAt, (now.as_millisecond() + wait).into())
        .filter(outbox::Column::Id.eq(id.0))
        .exec(tx)
        .await?;
    Ok(given_up)
}

/// When the next message is due, taken ones included: their worker may die.
pub(crate) async fn next_due(tx: &DatabaseTransaction) -> Result<Option<Timestamp>> {
    let next = outbox::Entity::find()
        .filter(outbox::Column::State.eq("waiting"))
        .order_by_asc(outbox::Column::DueAt)
        .one(tx)
        .await?;
    let moment = next.map(|row| Timestamp::from_millisecond(row.due_at.max(row.claimed_until + 1)));
    moment.transpose().map_err(|_| StorageError::Unreadable { what: "a moment" })
}

/// How many wait, and how many were given up.
pub(crate) async fn counts(tx: &DatabaseTransaction) -> Result<(u64, u64)> {
    use sea_orm::PaginatorTrait;
    let waiting = outbox::Entity::find().filter(outbox::Column::State.eq("waiting")).count(tx).await?;
    let failed = outbox::Entity::find().filter(outbox::Column::State.eq("failed")).count(tx).await?;
    Ok((waiting, failed))
}

/// Whether anything is due: asked before taking the write lock.
pub(crate) async fn any_due(tx: &DatabaseTransaction, now: Timestamp) -> Result<bool> {
    use sea_orm::PaginatorTrait;
    let now = now.as_millisecond();
    let due = outbox::Entity::find()
        .filter(outbox::Column::State.eq("waiting"))
        .filter(outbox::Column::DueAt.lte(now))
        .filter(outbox::Column::ClaimedUntil.lt(now))
        .count(tx)
        .await?;
    Ok(due > 0)
}
