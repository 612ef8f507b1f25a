//! Logins: only the token's hash is stored; idle and absolute limits are checked here.
//!
//! Whose login it is, how far it has come and since when is sealed and bound to the token: someone who writes the
//! database but lacks the keys can make no login, and make none of another's.

use access::{Role, Stage};
use crypto::keys::Purpose;
use crypto::token::TokenHash;
use domain::{SessionId, UserId};
use jiff::{SignedDuration, Timestamp};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, EntityTrait, QueryFilter};
use serde::{Deserialize, Serialize};

use super::users::UserState;
use super::{TenantTx, moment};
use crate::rows::{sessions, users};
use crate::sealing::{Column, bound};
use crate::{Result, StorageError};

const SESSION: Column = Column::new("sessions", "sealed", Purpose::Sessions);

/// Without a request for so long a login ends (ASVS 5.0, 7.3.1).
pub const IDLE: SignedDuration = SignedDuration::from_mins(30);
/// Whatever happens, a login ends after so long (ASVS 5.0, 7.3.2).
pub const ABSOLUTE: SignedDuration = SignedDuration::from_hours(12);
/// Between password and second factor.
pub const HALF_IN: SignedDuration = SignedDuration::from_mins(10);

/// A login.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Its id.
    pub id: SessionId,
    /// SHA-256 of the cookie's token.
    pub token_hash: TokenHash,
    /// Whose.
    pub user: UserId,
    /// How far it has come.
    pub stage: Stage,
    /// Since when.
    pub created_at: Timestamp,
    /// The last request.
    pub seen_at: Timestamp,
}

/// A login in force, with what the policy asks of its user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionUser {
    /// The login.
    pub session: Session,
    /// What the user is in the office.
    pub role: Role,
}

/// What counts of a login; the columns in the clear only serve to find and remove it.
#[derive(Serialize, Deserialize)]
struct Kept {
    user: UserId,
    stage: String,
    created_at: i64,
}

fn millis(duration: SignedDuration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}

impl TenantTx {
    /// Adds a login.
    pub async fn insert_session(&self, session: &Session) -> Result<()> {
        let Session { id, token_hash, user, stage, created_at, seen_at } = session;
        let kept = Kept { user: *user, stage: stage.code().to_owned(), created_at: created_at.as_millisecond() };
        let place = bound(&[id.0.as_bytes(), token_hash.as_bytes()]);
        let row = sessions::ActiveModel {
            id: Set(id.0),
            token_hash: Set(token_hash.as_bytes().to_vec()),
            user_id: Set(user.0),
            created_at: Set(created_at.as_millisecond()),
            seen_at: Set(seen_at.as_millisecond()),
            sealed: Set(self.sealer().seal(SESSION, &place, &kept)?),
        };
        sessions::Entity::insert(row).exec_without_returning(&self.tx).await?;
        Ok(())
    }

    /// The login of a cookie, if it is in force and its user may log in.
    pub async fn session(&self, token: &TokenHash) -> Result<Option<SessionUser>> {
        let found = sessions::Entity::find()
            .filter(sessions::Column::TokenHash.eq(token.as_bytes().to_vec()))
            .one(&self.tx)
            .await?;
        let Some(row) = found else { return Ok(None) };
        let sessions::Model { id, token_hash, user_id: _, created_at: _, seen_at, sealed } = row;
        let kept: Kept = self.sealer().open(SESSION, &bound(&[id.as_bytes(), &token_hash]), &sealed)?;
        let Kept { user, stage, created_at } = kept;
        let stage = Stage::from_code(&stage).ok_or(StorageError::Unreadable { what: "a session" })?;
        let now = self.now().as_millisecond();
        let whole = if stage == Stage::Full { ABSOLUTE } else { HALF_IN };
        if now >= created_at + millis(whole) || now >= seen_at + millis(IDLE) {
            return Ok(None);
        }
        let Some(row) = users::Entity::find_by_id(user.0).one(&self.tx).await? else { return Ok(None) };
        let (role, state) = self.standing(&row)?;
        if state == UserState::Disabled {
            return Ok(None);
        }
        let token_hash = token_hash.try_into().map_err(|_| StorageError::Unreadable { what: "a session" })?;
        Ok(Some(SessionUser {
            session: Session {
                id: SessionId(id),
                token_hash: TokenHash(token_hash),
                user,
                stage,
                created_at: moment(created_at)?,
                seen_at: moment(seen_at)?,
            },
            role,
        }))
    }

    /// Notes a request of a login.
    pub async fn touch_session(&self, id: SessionId) -> Result<()> {
        sessions::Entity::update_many()
            .col_expr(sessions::Column::SeenAt, self.now().as_millisecond().into())
            .filter(sessions::Column::Id.eq(id.0))
            .exec(&self.tx)
            .await?;
        Ok(())
    }

    /// Ends a login.
    pub async fn remove_session(&self, id: SessionId) -> Result<()> {
        sessions::Entity::delete_by_id(id.0).exec(&self.tx).await?;
        Ok(())
    }

    /// Ends all logins of a user but one.
    pub async fn remove_other_sessions(&self, user: UserId, but: Option<SessionId>) -> Result<u64> {
        let mut query = sessions::Entity::delete_many().filter(sessions::Column::UserId.eq(user.0));
        if let Some(but) = but {
            query = query.filter(sessions::Column::Id.ne(but.0));
        }
        Ok(query.exec(&self.tx).await?.rows_affected)
    }

    /// Removes logins whose time is over; how many.
    pub async fn remove_expired_sessions(&self) -> Result<u64> {
        let now = self.now().as_millisecond();
        let over = Condition::any()
            .add(sessions::Column::CreatedAt.lt(now - millis(ABSOLUTE)))
            .add(sessions::Column::SeenAt.lt(now - millis(IDLE)));
        Ok(sessions::Entity::delete_many().filter(over).exec(&self.tx).await?.rows_affected)
    }
}
