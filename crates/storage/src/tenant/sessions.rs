//! Logins: only the token's hash is stored; idle and absolute limits are checked here.
//!
//! Whose login it is, how far it has come and since when is sealed and bound to the token: someone who writes the
//! database but lacks the keys can make no login, and make none of another's.

use access::{Reach, Rights, Role, Stage};
use crypto::keys::Purpose;
use crypto::token::{Token, TokenHash};
use domain::{ProviderId, SessionId, UserId};
use jiff::{SignedDuration, Timestamp};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::users::{Standing, UserState};
use super::{SupportGrant, TenantTx, moment};
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
    /// When its user last proved who they are, by password or second factor.
    pub proven_at: Timestamp,
    /// Browser and system in plain words, for the list of one's logins; never used to recognise anyone.
    pub device: String,
    /// Through which provider of single sign-on it was begun, if through one.
    pub provider: Option<ProviderId>,
}

/// A login in force, with what the policy asks of its user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionUser {
    /// The login.
    pub session: Session,
    /// What the user is in the office.
    pub role: Role,
    /// What that role may now.
    pub rights: Rights,
    /// With which groups.
    pub reach: Reach,
    /// Who of the operator's support may be in the office now: everyone there is to know.
    pub support: Vec<SupportGrant>,
}

/// What counts of a login; the columns in the clear only serve to find and remove it.
#[derive(Serialize, Deserialize)]
struct Kept {
    user: UserId,
    stage: String,
    created_at: i64,
    proven_at: i64,
    device: String,
    #[serde(default)]
    provider: Option<ProviderId>,
}

impl Kept {
    fn of(session: &Session) -> Self {
        let Session { id: _, token_hash: _, user, stage, created_at, seen_at: _, proven_at, device, provider } =
            session;
        Self {
            user: *user,
            stage: stage.code().to_owned(),
            created_at: created_at.as_millisecond(),
            proven_at: proven_at.as_millisecond(),
            device: device.clone(),
            provider: *provider,
        }
    }
}

/// What a login's sealed part is bound to.
fn place(id: Uuid, token_hash: &[u8]) -> Vec<u8> {
    bound(&[id.as_bytes(), token_hash])
}

fn millis(duration: SignedDuration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}

impl TenantTx {
    /// Adds a login.
    pub async fn insert_session(&self, session: &Session) -> Result<()> {
        let Session { id, token_hash, user, stage: _, created_at, seen_at, proven_at: _, device: _, provider: _ } =
            session;
        let sealed = self.sealer().seal(SESSION, &place(id.0, token_hash.as_bytes()), &Kept::of(session))?;
        let row = sessions::ActiveModel {
            id: Set(id.0),
            token_hash: Set(token_hash.as_bytes().to_vec()),
            user_id: Set(user.0),
            created_at: Set(created_at.as_millisecond()),
            seen_at: Set(seen_at.as_millisecond()),
            sealed: Set(sealed),
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
        let owner = row.user_id;
        let session = self.read_session(row)?;
        // The column finds a user's logins to end them: one that names another would be missed.
        if !self.in_force(&session) || session.user.0 != owner {
            return Ok(None);
        }
        let Some(row) = users::Entity::find_by_id(session.user.0).one(&self.tx).await? else { return Ok(None) };
        let Standing { role, state, groups } = self.standing(&row)?;
        // Whoever is still to set up a second factor has no whole login, however a race went.
        if state == UserState::Disabled || (state == UserState::Enrolling && session.stage == Stage::Full) {
            return Ok(None);
        }
        let (mut rights, reach) = self.rights_of(role, &groups).await?;
        let support = self.support_in_force().await?;
        if role.is_support() {
            let Some(grant) = support.iter().find(|grant| grant.account == session.user) else { return Ok(None) };
            rights = grant.rights;
        }
        Ok(Some(SessionUser { session, role, rights, reach, support }))
    }

    /// A user's logins in force, the newest request first.
    pub async fn sessions_of(&self, user: UserId) -> Result<Vec<Session>> {
        let rows = sessions::Entity::find()
            .filter(sessions::Column::UserId.eq(user.0))
            .order_by_desc(sessions::Column::SeenAt)
            .all(&self.tx)
            .await?;
        let mut found = rows.into_iter().map(|row| self.read_session(row)).collect::<Result<Vec<_>>>()?;
        found.retain(|session| session.user == user && self.in_force(session));
        Ok(found)
    }

    /// Notes that the user of a login proved once more who they are. It goes on under a new token, which is returned; the
    /// old one opens nothing any more.
    pub async fn proven_again(&self, session: &Session) -> Result<Zeroizing<String>> {
        let token = Token::generate(self.ids());
        let session = Session { proven_at: self.now(), token_hash: token.hash(), ..session.clone() };
        let place = place(session.id.0, session.token_hash.as_bytes());
        let sealed = self.sealer().seal(SESSION, &place, &Kept::of(&session))?;
        let changed = sessions::Entity::update_many()
            .col_expr(sessions::Column::TokenHash, session.token_hash.as_bytes().to_vec().into())
            .col_expr(sessions::Column::Sealed, sealed.into())
            .filter(sessions::Column::Id.eq(session.id.0))
            .exec(&self.tx)
            .await?;
        if changed.rows_affected == 1 { Ok(token.to_text()) } else { Err(StorageError::Conflict) }
    }

    fn in_force(&self, session: &Session) -> bool {
        let now = self.now();
        let whole = if session.stage == Stage::Full { ABSOLUTE } else { HALF_IN };
        now.duration_since(session.created_at) < whole && now.duration_since(session.seen_at) < IDLE
    }

    fn read_session(&self, row: sessions::Model) -> Result<Session> {
        let sessions::Model { id, token_hash, user_id: _, created_at: _, seen_at, sealed } = row;
        let kept: Kept = self.sealer().open(SESSION, &place(id, &token_hash), &sealed)?;
        let Kept { user, stage, created_at, proven_at, device, provider } = kept;
        let stage = Stage::from_code(&stage).ok_or(StorageError::Unreadable { what: "a session" })?;
        let token_hash = token_hash.try_into().map_err(|_| StorageError::Unreadable { what: "a session" })?;
        Ok(Session {
            id: SessionId(id),
            token_hash: TokenHash(token_hash),
            user,
            stage,
            created_at: moment(created_at)?,
            seen_at: moment(seen_at)?,
            proven_at: moment(proven_at)?,
            device,
            provider,
        })
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
