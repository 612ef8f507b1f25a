//! Alerts: which sign, when, about whom. Who it is about is sealed; sign and time the operator may see, too.

use crypto::keys::Purpose;
use domain::{AlertId, UserId};
use jiff::{SignedDuration, Timestamp};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::{Deserialize, Serialize};

use super::{TenantTx, moment};
use crate::Result;
use crate::rows::alerts;
use crate::sealing::Column;

const SEALED: Column = Column::new("alerts", "sealed", Purpose::Office);

/// Alerts are kept so long, done or not.
pub const ALERTS_KEPT: SignedDuration = SignedDuration::from_hours(90 * 24);

/// Something the lead should look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alert {
    /// Its id.
    pub id: AlertId,
    /// When.
    pub at: Timestamp,
    /// Code of the sign; one that this program does not know any more stands as it is.
    pub sign: String,
    /// Whose account it is about, where it is about one.
    pub about: Option<UserId>,
    /// When someone ticked it off.
    pub done_at: Option<Timestamp>,
}

#[derive(Serialize, Deserialize)]
struct Sealed {
    about: Option<UserId>,
}

impl TenantTx {
    /// Keeps an alert.
    pub async fn insert_alert(&self, alert: &Alert) -> Result<()> {
        let Alert { id, at, sign, about, done_at } = alert;
        let row = alerts::ActiveModel {
            id: Set(id.0),
            at: Set(at.as_millisecond()),
            sign: Set(sign.clone()),
            sealed: Set(self.sealer().seal(SEALED, id.0.as_bytes(), &Sealed { about: *about })?),
            done_at: Set(done_at.map(Timestamp::as_millisecond)),
        };
        alerts::Entity::insert(row).exec_without_returning(&self.tx).await?;
        Ok(())
    }

    /// The newest alerts, at most so many.
    pub async fn alerts(&self, most: u64) -> Result<Vec<Alert>> {
        let rows = alerts::Entity::find().order_by_desc(alerts::Column::At).limit(most).all(&self.tx).await?;
        rows.into_iter()
            .map(|row| {
                let alerts::Model { id, at, sign, sealed, done_at } = row;
                let Sealed { about } = self.sealer().open(SEALED, id.as_bytes(), &sealed)?;
                let done_at = done_at.map(moment).transpose()?;
                Ok(Alert { id: AlertId(id), at: moment(at)?, sign, about, done_at })
            })
            .collect()
    }

    /// How many nobody has ticked off.
    pub async fn count_open_alerts(&self) -> Result<u64> {
        Ok(alerts::Entity::find().filter(alerts::Column::DoneAt.is_null()).count(&self.tx).await?)
    }

    /// Ticks one off; whether it was there and open.
    pub async fn alert_done(&self, id: AlertId) -> Result<bool> {
        let done = alerts::Entity::update_many()
            .col_expr(alerts::Column::DoneAt, Some(self.now().as_millisecond()).into())
            .filter(alerts::Column::Id.eq(id.0))
            .filter(alerts::Column::DoneAt.is_null())
            .exec(&self.tx)
            .await?;
        Ok(done.rows_affected == 1)
    }

    /// Removes alerts whose time is over; how many.
    pub async fn remove_expired_alerts(&self) -> Result<u64> {
        let oldest = self.now().as_millisecond() - ALERTS_KEPT.as_secs() * 1_000;
        Ok(alerts::Entity::delete_many().filter(alerts::Column::At.lte(oldest)).exec(&self.tx).await?.rows_affected)
    }
}
