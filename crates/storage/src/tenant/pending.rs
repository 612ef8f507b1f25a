//! What was asked for and waits: a lost factor to be taken away, a mail address to be changed.
//!
//! Both are sealed and bound to their user: someone who writes the database but lacks the keys can start neither. They
//! could put an older row back that was once started and stopped; that is why a lost factor whose day is long past is
//! not carried out any more.

use crypto::keys::Purpose;
use domain::audit::Actor;
use domain::{EmailAddress, UserId};
use jiff::Timestamp;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use serde::{Deserialize, Serialize};

use super::{TenantTx, moment};
use crate::Result;
use crate::rows::{email_changes, factor_losses};
use crate::sealing::Column;

const LOSS: Column = Column::new("factor_losses", "sealed", Purpose::Users);
const EMAIL: Column = Column::new("email_changes", "sealed", Purpose::Users);

/// Someone's second factor is lost and will be taken away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactorLoss {
    /// Whose.
    pub user: UserId,
    /// Who said so: a lead, or the operator with the office's recovery share.
    pub by: Actor,
    /// Since when.
    pub started_at: Timestamp,
    /// When it is taken away, unless someone stops it.
    pub due_at: Timestamp,
    /// Whether the password is lost, too: a link to a new one is sent then.
    pub password_too: bool,
}

#[derive(Serialize, Deserialize)]
struct KeptLoss {
    by: Actor,
    started_at: i64,
    due_at: i64,
    #[serde(default)]
    password_too: bool,
}

/// A change of mail address that waits for consent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmailChange {
    /// Whose.
    pub user: UserId,
    /// The new address.
    pub email: EmailAddress,
    /// Whether the new address agreed.
    pub new_agreed: bool,
    /// Whether the old address agreed.
    pub old_agreed: bool,
    /// Until when both must have agreed.
    pub expires_at: Timestamp,
}

#[derive(Serialize, Deserialize)]
struct KeptEmail {
    email: EmailAddress,
    new_agreed: bool,
    old_agreed: bool,
    expires_at: i64,
}

impl TenantTx {
    /// Notes that someone's factor is lost, instead of what was noted before.
    pub async fn put_factor_loss(&self, loss: &FactorLoss) -> Result<()> {
        let FactorLoss { user, by, started_at, due_at, password_too } = loss;
        let kept = KeptLoss {
            by: *by,
            started_at: started_at.as_millisecond(),
            due_at: due_at.as_millisecond(),
            password_too: *password_too,
        };
        let row = factor_losses::ActiveModel {
            user_id: Set(user.0),
            sealed: Set(self.sealer().seal(LOSS, user.0.as_bytes(), &kept)?),
            due_at: Set(due_at.as_millisecond()),
        };
        let again = OnConflict::column(factor_losses::Column::UserId)
            .update_columns([factor_losses::Column::Sealed, factor_losses::Column::DueAt])
            .to_owned();
        factor_losses::Entity::insert(row).on_conflict(again).exec_without_returning(&self.tx).await?;
        Ok(())
    }

    fn read_loss(&self, row: &factor_losses::Model) -> Result<FactorLoss> {
        let kept: KeptLoss = self.sealer().open(LOSS, row.user_id.as_bytes(), &row.sealed)?;
        let KeptLoss { by, started_at, due_at, password_too } = kept;
        let (started_at, due_at) = (moment(started_at)?, moment(due_at)?);
        Ok(FactorLoss { user: UserId(row.user_id), by, started_at, due_at, password_too })
    }

    /// What is noted about someone's lost factor.
    pub async fn factor_loss(&self, user: UserId) -> Result<Option<FactorLoss>> {
        let row = factor_losses::Entity::find_by_id(user.0).one(&self.tx).await?;
        row.map(|row| self.read_loss(&row)).transpose()
    }

    /// Lost factors by whose time has come. One that does not open is not among them: it was not written by the house.
    pub async fn due_factor_losses(&self) -> Result<Vec<FactorLoss>> {
        let now = self.now();
        let rows = factor_losses::Entity::find()
            .filter(factor_losses::Column::DueAt.lte(now.as_millisecond()))
            .all(&self.tx)
            .await?;
        let read = rows.iter().filter_map(|row| match self.read_loss(row) {
            Ok(loss) => Some(loss),
            Err(error) => {
                let error = &error as &dyn std::error::Error;
                tracing::error!(tenant = %self.id(), user = %UserId(row.user_id), error, "a lost factor is forged");
                None
            }
        });
        Ok(read.filter(|loss| loss.due_at <= now).collect())
    }

    /// Forgets that someone's factor is lost; whether it was noted.
    pub async fn remove_factor_loss(&self, user: UserId) -> Result<bool> {
        Ok(factor_losses::Entity::delete_by_id(user.0).exec(&self.tx).await?.rows_affected == 1)
    }

    /// Notes a change of mail address, instead of an older one.
    pub async fn put_email_change(&self, change: &EmailChange) -> Result<()> {
        let EmailChange { user, email, new_agreed, old_agreed, expires_at } = change;
        let expires_at = expires_at.as_millisecond();
        let kept = KeptEmail { email: email.clone(), new_agreed: *new_agreed, old_agreed: *old_agreed, expires_at };
        let row = email_changes::ActiveModel {
            user_id: Set(user.0),
            sealed: Set(self.sealer().seal(EMAIL, user.0.as_bytes(), &kept)?),
            expires_at: Set(expires_at),
        };
        let again = OnConflict::column(email_changes::Column::UserId)
            .update_columns([email_changes::Column::Sealed, email_changes::Column::ExpiresAt])
            .to_owned();
        email_changes::Entity::insert(row).on_conflict(again).exec_without_returning(&self.tx).await?;
        Ok(())
    }

    /// Someone's change of mail address, if one is in force.
    pub async fn email_change(&self, user: UserId) -> Result<Option<EmailChange>> {
        let Some(row) = email_changes::Entity::find_by_id(user.0).one(&self.tx).await? else { return Ok(None) };
        let kept: KeptEmail = self.sealer().open(EMAIL, user.0.as_bytes(), &row.sealed)?;
        let KeptEmail { email, new_agreed, old_agreed, expires_at } = kept;
        let change = EmailChange { user, email, new_agreed, old_agreed, expires_at: moment(expires_at)? };
        Ok(Some(change).filter(|change| change.expires_at > self.now()))
    }

    /// Forgets someone's change of mail address; whether one was noted.
    pub async fn remove_email_change(&self, user: UserId) -> Result<bool> {
        Ok(email_changes::Entity::delete_by_id(user.0).exec(&self.tx).await?.rows_affected == 1)
    }

    /// Removes changes of mail addresses whose time is over; how many.
    pub async fn remove_expired_email_changes(&self) -> Result<u64> {
        let now = self.now().as_millisecond();
        let old = email_changes::Entity::delete_many()
            .filter(email_changes::Column::ExpiresAt.lte(now))
            .exec(&self.tx)
            .await?;
        Ok(old.rows_affected)
    }
}
