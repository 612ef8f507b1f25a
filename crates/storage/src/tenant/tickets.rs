//! Tickets: what a link in a mail stands for. Each counts once and not for long.
//!
//! For whom and for what is sealed and bound to row and token: someone who writes the database but lacks the keys can
//! make no link, and make none do something else. A challenge that must not be answered twice is remembered as spent.

use crypto::keys::Purpose;
use crypto::token::TokenHash;
use domain::UserId;
use jiff::{SignedDuration, Timestamp};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{TenantTx, moment};
use crate::rows::{spent, tickets};
use crate::sealing::{Column, bound};
use crate::{Result, StorageError};

const TICKET: Column = Column::new("tickets", "sealed", Purpose::Users);

/// What a link is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Errand {
    /// To log in without a password, on the browser that asked for it.
    LogIn {
        /// Keyed hash of what that browser keeps in a cookie.
        browser: String,
    },
    /// To stop that this user's second factor is taken away.
    KeepFactor,
    /// To choose a new password, after the factor was taken away.
    NewPassword,
    /// To choose a new password instead of a forgotten one.
    ForgottenPassword,
    /// To say that one can read the mails of the new address.
    ConfirmNewEmail,
    /// To agree, at the old address, that the address changes; or to stop it.
    ConfirmOldEmail,
}

/// What a link stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ticket {
    /// The row.
    pub id: Uuid,
    /// About whom.
    pub user: UserId,
    /// What for.
    pub errand: Errand,
    /// Until when.
    pub expires_at: Timestamp,
}

#[derive(Serialize, Deserialize)]
struct Kept {
    user: UserId,
    errand: Errand,
    expires_at: i64,
}

impl TenantTx {
    /// Makes a ticket for whoever brings the token within `lifetime`.
    pub async fn issue_ticket(
        &self,
        user: UserId,
        errand: Errand,
        token: &TokenHash,
        lifetime: SignedDuration,
    ) -> Result<()> {
        let id: Uuid = self.ids().next();
        let now = self.now();
        let expires_at = now.checked_add(lifetime).map_err(|_| StorageError::Unreadable { what: "a lifetime" })?;
        let expires_at = expires_at.as_millisecond();
        let kept = Kept { user, errand, expires_at };
        let row = tickets::ActiveModel {
            id: Set(id),
            token_hash: Set(token.as_bytes().to_vec()),
            user_id: Set(user.0),
            sealed: Set(self.sealer().seal(TICKET, &bound(&[id.as_bytes(), token.as_bytes()]), &kept)?),
            created_at: Set(now.as_millisecond()),
            expires_at: Set(expires_at),
        };
        tickets::Entity::insert(row).exec_without_returning(&self.tx).await?;
        Ok(())
    }

    fn read_ticket(&self, row: &tickets::Model) -> Result<Ticket> {
        let place = bound(&[row.id.as_bytes(), &row.token_hash]);
        let Kept { user, errand, expires_at } = self.sealer().open(TICKET, &place, &row.sealed)?;
        Ok(Ticket { id: row.id, user, errand, expires_at: moment(expires_at)? })
    }

    /// A ticket in force.
    pub async fn ticket(&self, token: &TokenHash) -> Result<Option<Ticket>> {
        let row = tickets::Entity::find()
            .filter(tickets::Column::TokenHash.eq(token.as_bytes().to_vec()))
            .one(&self.tx)
            .await?;
        let ticket = row.map(|row| self.read_ticket(&row)).transpose()?;
        Ok(ticket.filter(|ticket| ticket.expires_at > self.now()))
    }

    /// Uses a ticket up: whether it was still there. Of parallel uses exactly one succeeds.
    pub async fn use_ticket(&self, ticket: &Ticket) -> Result<bool> {
        Ok(tickets::Entity::delete_by_id(ticket.id).exec(&self.tx).await?.rows_affected == 1)
    }

    /// Takes back someone's tickets of these kinds.
    pub async fn revoke_tickets(&self, user: UserId, which: impl Fn(&Errand) -> bool + Send) -> Result<()> {
        let rows = tickets::Entity::find().filter(tickets::Column::UserId.eq(user.0)).all(&self.tx).await?;
        for row in rows {
            if which(&self.read_ticket(&row)?.errand) {
                tickets::Entity::delete_by_id(row.id).exec(&self.tx).await?;
            }
        }
        Ok(())
    }

    /// Remembers until `until` that something was used: whether it was not used before. Of parallel uses exactly one
    /// succeeds.
    pub async fn spend(&self, what: &str, until: Timestamp) -> Result<bool> {
        let key = self.sealer().keyring.lookup_text(&format!("spent {what}")).to_vec();
        if spent::Entity::find_by_id(key.clone()).one(&self.tx).await?.is_some() {
            return Ok(false);
        }
        let row = spent::ActiveModel { key: Set(key), expires_at: Set(until.as_millisecond()) };
        // Writers of one office take turns, so nobody came between; the constraint would say so.
        let nothing = OnConflict::column(spent::Column::Key).do_nothing().to_owned();
        let inserted = spent::Entity::insert(row).on_conflict(nothing).exec_without_returning(&self.tx).await;
        match inserted {
            Ok(count) => Ok(count == 1),
            Err(sea_orm::DbErr::RecordNotInserted) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// Removes tickets and spent challenges whose time is over; how many.
    pub async fn remove_expired_tickets(&self) -> Result<u64> {
        let now = self.now().as_millisecond();
        let old = tickets::Entity::delete_many().filter(tickets::Column::ExpiresAt.lte(now)).exec(&self.tx).await?;
        let used = spent::Entity::delete_many().filter(spent::Column::ExpiresAt.lte(now)).exec(&self.tx).await?;
        Ok(old.rows_affected + used.rows_affected)
    }
}
