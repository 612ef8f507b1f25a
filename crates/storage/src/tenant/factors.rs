//! Second factors: apps that show codes, and passkeys. Someone may have several of each.
//!
//! What kind a factor is, its name and its secret are sealed and bound to row and user: someone who writes the database
//! but lacks the keys can give nobody a factor, and move none to another. They can take rows away, or put an old one
//! back: decision 0009.

use std::collections::HashSet;

use crypto::keys::Purpose;
use domain::{FactorId, SessionId, UserId};
use jiff::Timestamp;
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::users::{Standing, TOTP, User, UserState, standing_of};
use super::{TenantTx, moment};
use crate::rows::{factors, recovery_codes, users};
use crate::sealing::{Column, Sealer, bound};
use crate::{Result, StorageError};

const FACTOR: Column = Column::new("factors", "sealed", Purpose::Totp);

/// What a factor consists of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FactorSecret {
    /// An app: the secret shared with it.
    App(Zeroizing<Vec<u8>>),
    /// A passkey: what the house keeps of it, in the words of `crypto::passkey`.
    Passkey {
        /// The credential's id, which belongs to no second account.
        credential: Vec<u8>,
        /// Public key and what else is needed to check it.
        kept: Zeroizing<String>,
    },
}

impl FactorSecret {
    /// The word used for texts.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::App(_) => "app",
            Self::Passkey { .. } => "passkey",
        }
    }
}

/// How far a factor has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FactorState {
    /// It counts.
    Confirmed,
    /// It was shown in this login and counts once a code was typed there.
    Shown(SessionId),
}

/// A second factor of someone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Factor {
    /// Its id.
    pub id: FactorId,
    /// Whose.
    pub user: UserId,
    /// What its owner calls it.
    pub name: String,
    /// Whether it counts.
    pub state: FactorState,
    /// What it consists of.
    pub secret: FactorSecret,
    /// The newest time step or signature counter that was used; 0 for none.
    pub mark: u64,
    /// Since when.
    pub created_at: Timestamp,
    /// When it was last used.
    pub used_at: Option<Timestamp>,
}

impl Factor {
    /// A new one that was never used.
    pub fn new(id: FactorId, user: UserId, name: &str, secret: FactorSecret, now: Timestamp) -> Self {
        let state = FactorState::Confirmed;
        Self { id, user, name: name.to_owned(), state, secret, mark: 0, created_at: now, used_at: None }
    }

    /// Whether it counts.
    pub fn is_confirmed(&self) -> bool {
        self.state == FactorState::Confirmed
    }

    /// The secret of an app that counts.
    pub fn app(&self) -> Option<&[u8]> {
        match &self.secret {
            FactorSecret::App(secret) if self.is_confirmed() => Some(secret),
            FactorSecret::App(_) | FactorSecret::Passkey { .. } => None,
        }
    }

    /// What is kept of a passkey.
    pub fn passkey(&self) -> Option<&str> {
        match &self.secret {
            FactorSecret::Passkey { kept, .. } => Some(kept),
            FactorSecret::App(_) => None,
        }
    }
}

#[derive(Serialize, Deserialize)]
struct Kept {
    name: String,
    /// The login in which it was shown; none once it counts.
    shown: Option<SessionId>,
    secret: KeptSecret,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum KeptSecret {
    App(String),
    Passkey { credential: String, kept: String },
}

impl Drop for KeptSecret {
    fn drop(&mut self) {
        use zeroize::Zeroize;
        match self {
            Self::App(secret) => secret.zeroize(),
            Self::Passkey { kept, .. } => kept.zeroize(),
        }
    }
}

fn place(factor: &Factor) -> Vec<u8> {
    bound(&[factor.id.0.as_bytes(), factor.user.0.as_bytes()])
}

fn seal(sealer: &Sealer, factor: &Factor) -> Result<Vec<u8>> {
    let text = |bytes: &[u8]| data_encoding::BASE64.encode(bytes);
    let secret = match &factor.secret {
        FactorSecret::App(secret) => KeptSecret::App(text(secret)),
        FactorSecret::Passkey { credential, kept } => {
            KeptSecret::Passkey { credential: text(credential), kept: kept.to_string() }
        }
    };
    let shown = match factor.state {
        FactorState::Confirmed => None,
        FactorState::Shown(session) => Some(session),
    };
    sealer.seal(FACTOR, &place(factor), &Kept { name: factor.name.clone(), shown, secret })
}

fn read(sealer: &Sealer, row: factors::Model) -> Result<Factor> {
    let factors::Model { id, user_id, lookup: _, sealed, mark, created_at, used_at } = row;
    let place = bound(&[id.as_bytes(), user_id.as_bytes()]);
    let Kept { name, shown, secret } = sealer.open(FACTOR, &place, &sealed)?;
    let bytes = |text: &str| {
        data_encoding::BASE64.decode(text.as_bytes()).map_err(|_| StorageError::Unreadable { what: "a second factor" })
    };
    let secret = match &secret {
        KeptSecret::App(secret) => FactorSecret::App(Zeroizing::new(bytes(secret)?)),
        KeptSecret::Passkey { credential, kept } => {
            FactorSecret::Passkey { credential: bytes(credential)?, kept: Zeroizing::new(kept.clone()) }
        }
    };
    Ok(Factor {
        id: FactorId(id),
        user: UserId(user_id),
        name,
        state: shown.map_or(FactorState::Confirmed, FactorState::Shown),
        secret,
        mark: mark.unsigned_abs(),
        created_at: moment(created_at)?,
        used_at: used_at.map(moment).transpose()?,
    })
}

/// What no two factors have in common: a passkey's credential, or an app's own id.
fn lookup(sealer: &Sealer, factor: &Factor) -> Vec<u8> {
    let text = match &factor.secret {
        FactorSecret::App(_) => format!("app {}", factor.id),
        FactorSecret::Passkey { credential, .. } => credential_text(credential),
    };
    sealer.keyring.lookup_text(&text).to_vec()
}

fn credential_text(credential: &[u8]) -> String {
    format!("passkey {}", data_encoding::HEXLOWER.encode(credential))
}

async fn insert(tx: &DatabaseTransaction, sealer: &Sealer, factor: &Factor) -> Result<()> {
    let row = factors::ActiveModel {
        id: Set(factor.id.0),
        user_id: Set(factor.user.0),
        lookup: Set(lookup(sealer, factor)),
        sealed: Set(seal(sealer, factor)?),
        mark: Set(mark(factor.mark)?),
        created_at: Set(factor.created_at.as_millisecond()),
        used_at: Set(factor.used_at.map(Timestamp::as_millisecond)),
    };
    match factors::Entity::insert(row).exec_without_returning(tx).await {
        Ok(_) => Ok(()),
        Err(error) if StorageError::is_unique(&error) => Err(StorageError::Taken { what: "the passkey" }),
        Err(error) => Err(error.into()),
    }
}

fn mark(mark: u64) -> Result<i64> {
    i64::try_from(mark).map_err(|_| StorageError::Unreadable { what: "a time step" })
}

impl TenantTx {
    /// Whether someone can log in without any provider of single sign-on.
    pub async fn logs_in_locally(&self, user: &User) -> Result<bool> {
        if user.standing.state != UserState::Active {
            return Ok(false);
        }
        // Where no factor is needed a link by mail logs in; a passkey does without a password.
        if !user.standing.role.needs_second_factor() {
            return Ok(true);
        }
        let factors = self.factors_of(user.id).await?;
        let passkey = factors.iter().any(|factor| matches!(factor.secret, FactorSecret::Passkey { .. }));
        let confirmed = factors.iter().any(Factor::is_confirmed);
        Ok(passkey || (user.password_hash().is_some() && confirmed))
    }

    /// Someone's factors, oldest first; those that do not count yet, too.
    pub async fn factors_of(&self, user: UserId) -> Result<Vec<Factor>> {
        let rows = factors::Entity::find()
            .filter(factors::Column::UserId.eq(user.0))
            .order_by_asc(factors::Column::CreatedAt)
            .order_by_asc(factors::Column::Id)
            .all(&self.tx)
            .await?;
        rows.into_iter().map(|row| read(self.sealer(), row)).collect()
    }

    /// Whether someone has a factor that counts.
    pub async fn has_factor(&self, user: UserId) -> Result<bool> {
        Ok(self.factors_of(user).await?.iter().any(Factor::is_confirmed))
    }

    /// Everyone who has a factor that counts.
    pub async fn users_with_factor(&self) -> Result<HashSet<UserId>> {
        let rows = factors::Entity::find().all(&self.tx).await?;
        let found = rows.into_iter().map(|row| read(self.sealer(), row)).collect::<Result<Vec<_>>>()?;
        Ok(found.into_iter().filter(Factor::is_confirmed).map(|factor| factor.user).collect())
    }

    /// The passkey with this credential, whosever it is.
    pub async fn passkey(&self, credential: &[u8]) -> Result<Option<Factor>> {
        let lookup = self.sealer().keyring.lookup_text(&credential_text(credential)).to_vec();
        let row = factors::Entity::find().filter(factors::Column::Lookup.eq(lookup)).one(&self.tx).await?;
        row.map(|row| read(self.sealer(), row)).transpose()
    }

    /// Adds a factor; [`StorageError::Taken`] if the passkey is somebody's already.
    pub async fn insert_factor(&self, factor: &Factor) -> Result<()> {
        insert(&self.tx, self.sealer(), factor).await
    }

    /// Keeps another name or state, or a passkey's newer facts. The mark stays: see [`TenantTx::use_factor`].
    pub async fn save_factor(&self, factor: &Factor) -> Result<()> {
        let changed = factors::Entity::update_many()
            .col_expr(factors::Column::Sealed, seal(self.sealer(), factor)?.into())
            .filter(factors::Column::Id.eq(factor.id.0))
            .filter(factors::Column::UserId.eq(factor.user.0))
            .exec(&self.tx)
            .await?;
        if changed.rows_affected == 1 { Ok(()) } else { Err(StorageError::Conflict) }
    }

    /// Uses a factor: whether this time step or signature counter is newer than every one used before. Of parallel uses
    /// of one code exactly one succeeds. A passkey that does not count (0 and never anything else) succeeds always.
    pub async fn use_factor(&self, factor: &Factor, newer: u64) -> Result<bool> {
        let newer = mark(newer)?;
        let mut query = factors::Entity::update_many()
            .col_expr(factors::Column::Mark, Expr::value(newer))
            .col_expr(factors::Column::UsedAt, Expr::value(Some(self.now().as_millisecond())))
            .filter(factors::Column::Id.eq(factor.id.0));
        query = match (&factor.secret, newer) {
            (FactorSecret::Passkey { .. }, 0) => query.filter(factors::Column::Mark.eq(0)),
            _ => query.filter(factors::Column::Mark.lt(newer)),
        };
        Ok(query.exec(&self.tx).await?.rows_affected == 1)
    }

    /// Takes one of someone's factors away; whether it was there.
    pub async fn remove_factor(&self, user: UserId, factor: FactorId) -> Result<bool> {
        let removed = factors::Entity::delete_many()
            .filter(factors::Column::Id.eq(factor.0))
            .filter(factors::Column::UserId.eq(user.0))
            .exec(&self.tx)
            .await?;
        Ok(removed.rows_affected == 1)
    }

    /// Takes all factors and recovery codes of someone away.
    pub async fn remove_factors(&self, user: UserId) -> Result<()> {
        factors::Entity::delete_many().filter(factors::Column::UserId.eq(user.0)).exec(&self.tx).await?;
        recovery_codes::Entity::delete_many().filter(recovery_codes::Column::UserId.eq(user.0)).exec(&self.tx).await?;
        Ok(())
    }
}

/// Carries what stood in `users.totp` before m0004 over into `factors`; may be repeated. A secret that was shown but
/// never confirmed is left behind: a new one is shown at the next login.
pub(crate) async fn carry_over(tx: &DatabaseTransaction, sealer: &Sealer, name: &str) -> Result<u64> {
    let rows = users::Entity::find().filter(users::Column::Totp.is_not_null()).all(tx).await?;
    let mut carried = 0;
    for row in rows {
        let Some(sealed) = &row.totp else { continue };
        let codes = recovery_codes::Entity::find().filter(recovery_codes::Column::UserId.eq(row.id)).one(tx).await?;
        let Standing { state, .. } = standing_of(sealer, &row)?;
        if codes.is_some() || state == UserState::Active {
            let factor = Factor {
                id: sealer.ids.next(),
                user: UserId(row.id),
                name: name.to_owned(),
                state: FactorState::Confirmed,
                secret: FactorSecret::App(sealer.open_bytes(TOTP, row.id.as_bytes(), sealed)?),
                mark: row.totp_step.unsigned_abs(),
                created_at: moment(row.created_at)?,
                used_at: row.last_login_at.map(moment).transpose()?,
            };
            insert(tx, sealer, &factor).await?;
            carried += 1;
        }
        users::Entity::update_many()
            .col_expr(users::Column::Totp, Expr::value(Option::<Vec<u8>>::None))
            .col_expr(users::Column::TotpStep, Expr::value(0_i64))
            .filter(users::Column::Id.eq(row.id))
            .exec(tx)
            .await?;
    }
    Ok(carried)
}
