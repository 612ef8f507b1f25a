//! Offices that asked to join: nothing is provisioned before the mail is confirmed; unconfirmed ones vanish after 24 h.

use domain::office::Regime;
use domain::{EmailAddress, SignupId, Slug, TenantId};
use jiff::{SignedDuration, Timestamp};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};
use serde::{Deserialize, Serialize};

use super::PlatformTx;
use crate::rows::{signups, tenants};
use crate::sealing::{Column, bound};
use crate::{Result, StorageError};
use crypto::keys::Purpose;

const SEALED: Column = Column::new("signups", "sealed", Purpose::Signup);

/// Confirmed sign-ups whose database is yet to be made: they keep their name.
const WAITING: [&str; 2] = [SignupState::Confirmed.code(), SignupState::Failed.code()];

/// How long a confirming link works.
pub const LIFETIME: SignedDuration = SignedDuration::from_hours(24);

/// What the office said about itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignupData {
    /// "Selbsthilfekontaktstelle Musterstadt"
    pub office: String,
    /// Träger.
    pub carrier: String,
    /// Which data protection law.
    pub regime: Regime,
    /// Street and number.
    pub street: String,
    /// Postal code.
    pub postcode: String,
    /// Town.
    pub town: String,
    /// Who asks.
    pub email: EmailAddress,
}

/// How far a sign-up is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignupState {
    /// The mail is not confirmed yet.
    Pending,
    /// Confirmed: waits to be provisioned.
    Confirmed,
    /// The office's database is there.
    Provisioned,
    /// Provisioning failed; the worker tries again.
    Failed,
}

impl SignupState {
    const fn code(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Confirmed => "confirmed",
            Self::Provisioned => "provisioned",
            Self::Failed => "failed",
        }
    }

    fn from_code(code: &str) -> Result<Self> {
        [Self::Pending, Self::Confirmed, Self::Provisioned, Self::Failed]
            .into_iter()
            .find(|state| state.code() == code)
            .ok_or(StorageError::Unreadable { what: "a sign-up" })
    }
}

/// A sign-up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signup {
    /// Its id.
    pub id: SignupId,
    /// SHA-256 of the token in the confirming link; the first account is made with the same token.
    pub token_hash: [u8; 32],
    /// The subdomain wanted.
    pub slug: Slug,
    /// How far it is.
    pub state: SignupState,
    /// What was said.
    pub data: SignupData,
    /// Until when the link works.
    pub expires_at: Timestamp,
    /// The tenant, once there is one.
    pub tenant: Option<TenantId>,
    /// How often making its database failed.
    pub attempts: i64,
}

impl PlatformTx {
    fn read_signup(&self, row: signups::Model) -> Result<Signup> {
        let signups::Model {
            id,
            token_hash,
            slug,
            state,
            sealed,
            created_at: _,
            expires_at,
            tenant_id,
            attempts,
            next_try_at: _,
        } = row;
        let unreadable = StorageError::Unreadable { what: "a sign-up" };
        let Ok(token_hash) = <[u8; 32]>::try_from(token_hash) else { return Err(unreadable) };
        Ok(Signup {
            id: SignupId(id),
            token_hash,
            slug: Slug::parse(&slug).map_err(|_| StorageError::Unreadable { what: "a slug" })?,
            state: SignupState::from_code(&state)?,
            data: self.sealer.open(SEALED, &bound(&[id.as_bytes(), &token_hash]), &sealed)?,
            expires_at: Timestamp::from_millisecond(expires_at).map_err(|_| unreadable)?,
            tenant: tenant_id.map(TenantId),
            attempts,
        })
    }

    /// Whether the subdomain is a tenant's or wanted by a sign-up still in force.
    pub async fn slug_taken(&self, slug: &Slug) -> Result<bool> {
        let tenant = tenants::Entity::find().filter(tenants::Column::Slug.eq(slug.as_str())).count(&self.tx).await?;
        let wanted = signups::Entity::find()
            .filter(signups::Column::Slug.eq(slug.as_str()))
            .filter(
                Condition::any()
                    .add(signups::Column::ExpiresAt.gt(self.clock.now().as_millisecond()))
                    .add(signups::Column::State.is_in(WAITING)),
            )
            .count(&self.tx)
            .await?;
        Ok(tenant + wanted > 0)
    }

    /// Adds a sign-up.
    pub async fn insert_signup(&self, signup: &Signup) -> Result<()> {
        let Signup { id, token_hash, slug, state, data, expires_at, tenant, attempts } = signup;
        let row = signups::ActiveModel {
            id: Set(id.0),
            token_hash: Set(token_hash.to_vec()),
            slug: Set(slug.to_string()),
            state: Set(state.code().to_owned()),
            sealed: Set(self.sealer.seal(SEALED, &bound(&[id.0.as_bytes(), token_hash]), data)?),
            created_at: Set(self.clock.now().as_millisecond()),
            expires_at: Set(expires_at.as_millisecond()),
            tenant_id: Set(tenant.map(|tenant| tenant.0)),
            attempts: Set(*attempts),
            next_try_at: Set(0),
        };
        signups::Entity::insert(row).exec_without_returning(&self.tx).await?;
        Ok(())
    }

    /// A sign-up by its token, expired ones left out.
    pub async fn signup_by_token(&self, token_hash: &[u8; 32]) -> Result<Option<Signup>> {
        let row = signups::Entity::find()
            .filter(signups::Column::TokenHash.eq(token_hash.to_vec()))
            .filter(signups::Column::ExpiresAt.gt(self.clock.now().as_millisecond()))
            .one(&self.tx)
            .await?;
        row.map(|row| self.read_signup(row)).transpose()
    }

    /// Sign-ups that are confirmed and wait for their database, oldest first.
    pub async fn signups_to_provision(&self) -> Result<Vec<Signup>> {
        let rows = signups::Entity::find()
            .filter(signups::Column::State.is_in(WAITING))
            .filter(signups::Column::NextTryAt.lte(self.clock.now().as_millisecond()))
            .order_by_asc(signups::Column::CreatedAt)
            .all(&self.tx)
            .await?;
        rows.into_iter().map(|row| self.read_signup(row)).collect()
    }

    /// Moves a sign-up on, only from the state it is thought to be in: [`StorageError::Conflict`] otherwise.
    pub async fn move_signup(
        &self,
        signup: &Signup,
        state: SignupState,
        tenant: Option<TenantId>,
        expires_at: Timestamp,
    ) -> Result<()> {
        let moved = signups::Entity::update_many()
            .col_expr(signups::Column::State, state.code().into())
            .col_expr(signups::Column::TenantId, tenant.map(|tenant| tenant.0).into())
            .col_expr(signups::Column::ExpiresAt, expires_at.as_millisecond().into())
            .filter(signups::Column::Id.eq(signup.id.0))
            .filter(signups::Column::State.eq(signup.state.code()))
            .exec(&self.tx)
            .await?;
        if moved.rows_affected == 1 { Ok(()) } else { Err(StorageError::Conflict) }
    }

    /// Making the database failed: again after 1, 2, 4 … minutes, at most an hour.
    pub async fn signup_failed(&self, signup: &Signup) -> Result<()> {
        let attempts = signup.attempts + 1;
        let wait = 60_000_i64.saturating_mul(1 << (attempts - 1).clamp(0, 6)).min(3_600_000);
        let noted = signups::Entity::update_many()
            .col_expr(signups::Column::State, SignupState::Failed.code().into())
            .col_expr(signups::Column::Attempts, attempts.into())
            .col_expr(signups::Column::NextTryAt, (self.clock.now().as_millisecond() + wait).into())
            .filter(signups::Column::Id.eq(signup.id.0))
            .filter(signups::Column::State.is_in(WAITING))
            .exec(&self.tx)
            .await?;
        if noted.rows_affected == 1 { Ok(()) } else { Err(StorageError::Conflict) }
    }

    /// Removes sign-ups whose time is over (never one that waits for its database); how many.
    pub async fn remove_expired_signups(&self) -> Result<u64> {
        let removed = signups::Entity::delete_many()
            .filter(signups::Column::ExpiresAt.lte(self.clock.now().as_millisecond()))
            .filter(signups::Column::State.is_in([SignupState::Pending.code(), SignupState::Provisioned.code()]))
            .exec(&self.tx)
            .await?;
        Ok(removed.rows_affected)
    }
}
