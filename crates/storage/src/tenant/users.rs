//! Those who log in: name and mail sealed, password hash and second factor sealed once more.
//!
//! Role and state are sealed, recovery codes bound to the office's keys: someone who writes the database but lacks the
//! keys can make nobody a lead.

use access::Role;
use crypto::keys::Purpose;
use crypto::token::TokenHash;
use domain::{EmailAddress, GroupId, Language, UserId};
use jiff::Timestamp;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::{TenantTx, moment};
use crate::rows::{recovery_codes, users};
use crate::sealing::{Column, Sealer};
use crate::{Result, StorageError};

const STANDING: Column = Column::new("users", "standing", Purpose::Users);
const PROFILE: Column = Column::new("users", "profile", Purpose::Users);
const PASSWORD: Column = Column::new("users", "password", Purpose::Users);
/// Where the one second factor stood before m0004.
pub(super) const TOTP: Column = Column::new("users", "totp", Purpose::Totp);

/// Name, mail and language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserProfile {
    /// As the person wants to be called.
    pub name: String,
    /// Logs in with it.
    pub email: EmailAddress,
    /// The language of pages and notices, where one was chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
}

impl UserProfile {
    /// Somebody who has not chosen a language.
    pub const fn new(name: String, email: EmailAddress) -> Self {
        Self { name, email, language: None }
    }
}

/// Whether someone can log in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UserState {
    /// The second factor is not set up yet.
    Enrolling,
    /// Yes.
    Active,
    /// No.
    Disabled,
}

impl UserState {
    /// The word used in databases and for texts.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Enrolling => "enrolling",
            Self::Active => "active",
            Self::Disabled => "disabled",
        }
    }

    fn from_code(code: &str) -> Result<Self> {
        [Self::Enrolling, Self::Active, Self::Disabled]
            .into_iter()
            .find(|state| state.code() == code)
            .ok_or(StorageError::Unreadable { what: "a user" })
    }
}

/// What the policy asks of a user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// What they are in the office.
    pub role: Role,
    /// Whether they can log in.
    pub state: UserState,
    /// The groups of a group admin; nobody else has any.
    pub groups: Vec<GroupId>,
}

#[derive(Serialize, Deserialize)]
struct KeptStanding {
    role: String,
    state: String,
    groups: Vec<GroupId>,
}

impl Standing {
    fn seal(&self, sealer: &Sealer, user: Uuid) -> Result<Vec<u8>> {
        let Self { role, state, groups } = self;
        let kept = KeptStanding { role: role.code(), state: state.code().to_owned(), groups: groups.clone() };
        sealer.seal(STANDING, user.as_bytes(), &kept)
    }
}

/// Someone who logs in.
#[derive(Debug)]
pub struct User {
    /// The id.
    pub id: UserId,
    /// What they are in the office, and whether they can log in.
    pub standing: Standing,
    /// Name and mail.
    pub profile: UserProfile,
    /// The password's hash (PHC string); empty for whoever comes in through single sign-on only, see
    /// [`User::password_hash`].
    pub password: Zeroizing<String>,
    /// The last complete login.
    pub last_login_at: Option<Timestamp>,
}

impl User {
    /// The password's hash; none for whoever has no password.
    pub fn password_hash(&self) -> Option<&str> {
        Some(self.password.as_str()).filter(|hash| !hash.is_empty())
    }
}

pub(super) fn standing_of(sealer: &Sealer, row: &users::Model) -> Result<Standing> {
    let kept: KeptStanding = sealer.open(STANDING, row.id.as_bytes(), &row.standing)?;
    let KeptStanding { role, state, groups } = kept;
    let role = Role::from_code(&role).ok_or(StorageError::Unreadable { what: "a role" })?;
    Ok(Standing { role, state: UserState::from_code(&state)?, groups })
}

impl TenantTx {
    /// Role and state of a user.
    pub(super) fn standing(&self, row: &users::Model) -> Result<Standing> {
        standing_of(self.sealer(), row)
    }

    fn read_user(&self, row: users::Model) -> Result<User> {
        let standing = self.standing(&row)?;
        let users::Model {
            id,
            email_lookup: _,
            standing: _,
            profile,
            password,
            totp: _,
            totp_step: _,
            created_at: _,
            last_login_at,
        } = row;
        let sealer = self.sealer();
        let password = sealer.open_bytes(PASSWORD, id.as_bytes(), &password)?;
        Ok(User {
            id: UserId(id),
            standing,
            profile: sealer.open(PROFILE, id.as_bytes(), &profile)?,
            password: Zeroizing::new(
                std::str::from_utf8(&password).map_err(|_| StorageError::Unreadable { what: "a user" })?.to_owned(),
            ),
            last_login_at: last_login_at.map(moment).transpose()?,
        })
    }

    /// A user by id.
    pub async fn user(&self, id: UserId) -> Result<Option<User>> {
        let row = users::Entity::find_by_id(id.0).one(&self.tx).await?;
        row.map(|row| self.read_user(row)).transpose()
    }

    /// A user by mail address.
    pub async fn user_by_email(&self, email: &EmailAddress) -> Result<Option<User>> {
        let row = users::Entity::find().filter(users::Column::EmailLookup.eq(self.lookup(email))).one(&self.tx).await?;
        row.map(|row| self.read_user(row)).transpose()
    }

    /// All users, oldest first.
    pub async fn users(&self) -> Result<Vec<User>> {
        let rows = users::Entity::find().order_by_asc(users::Column::CreatedAt).all(&self.tx).await?;
        rows.into_iter().map(|row| self.read_user(row)).collect()
    }

    /// How many users there are.
    pub async fn count_users(&self) -> Result<u64> {
        Ok(users::Entity::find().count(&self.tx).await?)
    }

    /// How many can log in, or are setting up their second factor.
    pub(super) async fn count_active_users(&self) -> Result<usize> {
        let rows = users::Entity::find().all(&self.tx).await?;
        let standings = rows.iter().map(|row| self.standing(row)).collect::<Result<Vec<_>>>()?;
        Ok(standings
            .into_iter()
            .filter(|standing| standing.state != UserState::Disabled && !standing.role.is_support())
            .count())
    }

    /// Adds a user; [`StorageError::Taken`] if the mail address has an account already.
    pub async fn insert_user(&self, user: &User) -> Result<()> {
        let User { id, standing, profile, password, last_login_at } = user;
        let (sealer, row) = (self.sealer(), id.0.as_bytes());
        let row = users::ActiveModel {
            id: Set(id.0),
            // Support logs in with no address, and may have one that somebody of the office has.
            email_lookup: Set(if standing.role.is_support() {
                self.sealer().keyring.lookup_text(&format!("support {id}")).to_vec()
            } else {
                self.lookup(&profile.email)
            }),
            standing: Set(standing.seal(sealer, id.0)?),
            profile: Set(sealer.seal(PROFILE, row, profile)?),
            password: Set(sealer.seal_bytes(PASSWORD, row, password.as_bytes())),
            totp: Set(None),
            totp_step: Set(0),
            created_at: Set(self.now().as_millisecond()),
            last_login_at: Set(last_login_at.map(Timestamp::as_millisecond)),
        };
        match users::Entity::insert(row).exec_without_returning(&self.tx).await {
            Ok(_) => Ok(()),
            Err(error) if StorageError::is_unique(&error) => Err(StorageError::Taken { what: "the mail address" }),
            Err(error) => Err(error.into()),
        }
    }

    /// Keeps another name, or another mail address: [`StorageError::Taken`] if it has an account already.
    pub async fn set_profile(&self, user: UserId, profile: &UserProfile) -> Result<()> {
        let sealed = self.sealer().seal(PROFILE, user.0.as_bytes(), profile)?;
        let changed = users::Entity::update_many()
            .col_expr(users::Column::Profile, sealed.into())
            .col_expr(users::Column::EmailLookup, self.lookup(&profile.email).into())
            .filter(users::Column::Id.eq(user.0))
            .exec(&self.tx)
            .await;
        match changed {
            Ok(changed) if changed.rows_affected == 1 => Ok(()),
            Ok(_) => Err(StorageError::Conflict),
            Err(error) if StorageError::is_unique(&error) => Err(StorageError::Taken { what: "the mail address" }),
            Err(error) => Err(error.into()),
        }
    }

    /// Keeps a new password hash.
    pub async fn set_password(&self, user: UserId, hash: &str) -> Result<()> {
        let sealed = self.sealer().seal_bytes(PASSWORD, user.0.as_bytes(), hash.as_bytes());
        self.change_user(user, users::Column::Password, sealed).await
    }

    /// Changes what someone is in the office, and whether they can log in.
    pub async fn set_standing(&self, user: UserId, standing: &Standing) -> Result<()> {
        let sealed = standing.seal(self.sealer(), user.0)?;
        self.change_user(user, users::Column::Standing, sealed).await
    }

    /// Notes a complete login.
    pub async fn logged_in(&self, user: UserId) -> Result<()> {
        self.change_user(user, users::Column::LastLoginAt, self.now().as_millisecond()).await
    }

    async fn change_user(
        &self,
        user: UserId,
        column: users::Column,
        value: impl Into<sea_orm::sea_query::Value>,
    ) -> Result<()> {
        let changed = users::Entity::update_many()
            .col_expr(column, sea_orm::sea_query::Expr::value(value))
            .filter(users::Column::Id.eq(user.0))
            .exec(&self.tx)
            .await?;
        if changed.rows_affected == 1 { Ok(()) } else { Err(StorageError::Conflict) }
    }

    /// What is kept of a recovery code: a keyed hash, so that nobody without the keys can add one.
    fn recovery_code(&self, user: UserId, hash: &TokenHash) -> Vec<u8> {
        let code = data_encoding::HEXLOWER.encode(hash.as_bytes());
        self.sealer().keyring.lookup_text(&format!("recovery code {user} {code}")).to_vec()
    }

    /// Replaces a user's recovery codes.
    pub async fn put_recovery_codes(&self, user: UserId, hashes: &[TokenHash]) -> Result<()> {
        recovery_codes::Entity::delete_many().filter(recovery_codes::Column::UserId.eq(user.0)).exec(&self.tx).await?;
        let rows = hashes.iter().map(|hash| recovery_codes::ActiveModel {
            id: Set(self.ids().next()),
            user_id: Set(user.0),
            hash: Set(self.recovery_code(user, hash)),
            used_at: Set(None),
        });
        recovery_codes::Entity::insert_many(rows).exec_without_returning(&self.tx).await?;
        Ok(())
    }

    /// Uses a recovery code: whether it was there and unused.
    pub async fn use_recovery_code(&self, user: UserId, hash: &TokenHash) -> Result<bool> {
        let used = recovery_codes::Entity::update_many()
            .col_expr(
                recovery_codes::Column::UsedAt,
                sea_orm::sea_query::Expr::value(Some(self.now().as_millisecond())),
            )
            .filter(recovery_codes::Column::UserId.eq(user.0))
            .filter(recovery_codes::Column::Hash.eq(self.recovery_code(user, hash)))
            .filter(recovery_codes::Column::UsedAt.is_null())
            .exec(&self.tx)
            .await?;
        Ok(used.rows_affected == 1)
    }

    /// How many recovery codes are unused.
    pub async fn recovery_codes_left(&self, user: UserId) -> Result<u64> {
        Ok(recovery_codes::Entity::find()
            .filter(recovery_codes::Column::UserId.eq(user.0))
            .filter(recovery_codes::Column::UsedAt.is_null())
            .count(&self.tx)
            .await?)
    }
}
