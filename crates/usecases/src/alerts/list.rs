//! The lead's list of alerts, and ticking them off; the operator's, without anything personal.

use access::actions::{ReadAlerts, SettleAlert, WatchAlerts};
use access::{Permit, operator_permit};
use domain::audit::AuditEvent;
use domain::{AlertId, Slug};
use jiff::Timestamp;
use storage::platform::TenantState;
pub use storage::tenant::alerts::Alert;

use crate::account::colleagues;
use crate::{Error, House, Result};

/// So many are shown.
const SHOWN: u64 = 200;

/// An alert in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The alert.
    pub alert: Alert,
    /// The name of the one it is about; none where it is about nobody, or nobody known.
    pub about: Option<String>,
}

/// The newest alerts.
pub async fn alerts(permit: &Permit<ReadAlerts>, house: &House) -> Result<Vec<Line>> {
    let look = house.stores.look(permit).await?;
    let names = colleagues(&look).await?;
    let line = |alert: Alert| Line {
        about: names.iter().find(|one| Some(one.id) == alert.about).map(|one| one.name.clone()),
        alert,
    };
    Ok(look.alerts(SHOWN).await?.into_iter().map(line).collect())
}

/// Ticks an alert off; [`Error::NotFound`] if it is not there or done already.
pub async fn settle(permit: &Permit<SettleAlert>, house: &House, id: AlertId) -> Result<()> {
    let tx = house.stores.begin(permit).await?;
    if !tx.alert_done(id).await? {
        return Err(Error::NotFound);
    }
    tx.commit(AuditEvent::new("alert.settled", id)).await?;
    Ok(())
}

/// An alert as the operator sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Watched {
    /// Where.
    pub office: Slug,
    /// When.
    pub at: Timestamp,
    /// Code of the sign.
    pub sign: String,
    /// Whether somebody of the office has ticked it off.
    pub done: bool,
}

/// The newest alerts of all offices.
pub async fn everywhere(house: &House) -> Result<Vec<Watched>> {
    let tenants = house.stores.platform_look().await?.tenants().await?;
    let mut found = Vec::new();
    for tenant in tenants.into_iter().filter(|tenant| tenant.state == TenantState::Ready) {
        let permit: Permit<WatchAlerts> = operator_permit(tenant.id);
        let alerts = house.stores.look(&permit).await?.alerts(SHOWN).await?;
        found.extend(alerts.into_iter().map(|Alert { id: _, at, sign, about: _, done_at }| Watched {
            office: tenant.slug.clone(),
            at,
            sign,
            done: done_at.is_some(),
        }));
    }
    found.sort_by_key(|alert| std::cmp::Reverse(alert.at));
    Ok(found)
}
