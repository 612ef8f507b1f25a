//! How often groups are asked: one interval for the office, another for a group that wants it.

use std::collections::BTreeMap;

use access::Permit;
use access::actions::{RunReconciliation, SetInterval};
use domain::GroupId;
use domain::audit::AuditEvent;
use domain::reconciliation::Interval;
use serde::{Deserialize, Serialize};
use storage::TenantTx;

use crate::groups::group_of;
use crate::{Error, House, Result};

const KEY: &str = "reconciliation";

/// The intervals of an office.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Intervals {
    /// For all groups.
    pub office: Interval,
    /// For groups with one of their own.
    pub groups: BTreeMap<GroupId, Interval>,
}

impl Default for Intervals {
    fn default() -> Self {
        Self { office: Interval::USUAL, groups: BTreeMap::new() }
    }
}

impl Intervals {
    /// What counts for a group.
    pub fn of(&self, group: GroupId) -> Interval {
        self.groups.get(&group).copied().unwrap_or(self.office)
    }
}

pub(crate) async fn intervals(tx: &TenantTx) -> Result<Intervals> {
    Ok(tx.setting(KEY).await?.unwrap_or_default())
}

/// The intervals in force.
pub async fn shown(permit: &Permit<SetInterval>, house: &House) -> Result<Intervals> {
    intervals(&house.stores.look(permit).await?).await
}

/// Months as typed.
fn typed(text: &str) -> Result<Interval> {
    let months = text.trim().parse::<u8>().ok().and_then(|months| Interval::try_from(months).ok());
    months.ok_or_else(|| Error::invalid("months", "not-an-interval"))
}

/// Sets the interval for all groups without one of their own.
pub async fn set(permit: &Permit<SetInterval>, house: &House, months: &str) -> Result<()> {
    let office = typed(months)?;
    let tx = house.stores.begin(permit).await?;
    let mut all = intervals(&tx).await?;
    let before = std::mem::replace(&mut all.office, office);
    if before == office {
        return Ok(());
    }
    tx.put_setting(KEY, &all).await?;
    let said = format!("{} → {}", before.months(), office.months());
    tx.commit(AuditEvent::new("reconcile.interval", "").summary(said)).await?;
    Ok(())
}

/// Sets the interval of one group; nothing typed: as for all.
pub async fn set_for(permit: &Permit<RunReconciliation>, house: &House, group: GroupId, months: &str) -> Result<()> {
    let own = if months.trim().is_empty() { None } else { Some(typed(months)?) };
    let tx = house.stores.begin(permit).await?;
    group_of(&tx, group).await?;
    let mut all = intervals(&tx).await?;
    let before = match own {
        Some(own) => all.groups.insert(group, own),
        None => all.groups.remove(&group),
    };
    if before == own {
        return Ok(());
    }
    tx.put_setting(KEY, &all).await?;
    let word = |interval: Option<Interval>| interval.map_or_else(|| "-".to_owned(), |own| own.months().to_string());
    let said = format!("{} → {}", word(before), word(own));
    tx.commit(AuditEvent::new("reconcile.interval", group).summary(said)).await?;
    Ok(())
}
