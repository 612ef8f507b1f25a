//! How often groups are asked: one interval for the office, another for a group that wants it; and what is done after a long
//! silence.

use std::collections::BTreeMap;

use access::Permit;
use access::actions::{RunReconciliation, SetInterval};
use domain::GroupId;
use domain::audit::AuditEvent;
use domain::reconciliation::Interval;
use domain::silence::{SilenceAct, SilencePolicy};
use serde::{Deserialize, Serialize};
use storage::TenantTx;

use crate::groups::{group_of, record_seen, shown_name};
use crate::{Error, House, Problem, Result};

const KEY: &str = "reconciliation";

/// The intervals of an office.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Intervals {
    /// For all groups.
    pub office: Interval,
    /// What is done after a long silence; none: nothing.
    #[serde(default)]
    pub silence: Option<SilencePolicy>,
    /// For groups with one of their own.
    pub groups: BTreeMap<GroupId, Interval>,
}

impl Default for Intervals {
    fn default() -> Self {
        Self { office: Interval::USUAL, silence: None, groups: BTreeMap::new() }
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

/// What the form about all groups says, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    /// Months of the interval.
    pub months: String,
    /// What is done after a long silence: a word of [`SilenceAct::code`], or empty for nothing.
    pub act: String,
    /// After so many months.
    pub silent_months: String,
    /// Days between announcements.
    pub apart_days: String,
}

impl From<&Intervals> for Typed {
    fn from(now: &Intervals) -> Self {
        let shown = now.silence.unwrap_or(SilencePolicy::OFFERED);
        Self {
            months: now.office.months().to_string(),
            act: now.silence.map_or_else(String::new, |silence| silence.act.code().to_owned()),
            silent_months: shown.months.to_string(),
            apart_days: shown.apart_days.to_string(),
        }
    }
}

/// Reads the form; every problem at once.
pub fn read(sent: &Typed) -> Result<(Interval, Option<SilencePolicy>)> {
    let Typed { months, act, silent_months, apart_days } = sent;
    let mut problems = Vec::new();
    let office = match typed(months) {
        Err(Error::Invalid(found)) => {
            problems.extend(found);
            Interval::USUAL
        }
        read => read?,
    };
    let silence = if act.is_empty() {
        None
    } else {
        let mut note = |field: &str, code| problems.push(Problem::new(field, code));
        let act = SilenceAct::from_code(act);
        let months = silent_months.trim().parse::<u8>().ok().filter(|months| SilencePolicy::MONTHS.contains(months));
        let days = apart_days.trim().parse::<u16>().ok().filter(|days| SilencePolicy::DAYS.contains(days));
        if act.is_none() {
            note("act", "choose");
        }
        if months.is_none_or(|months| months < office.months()) {
            note("silent-months", "not-silent-months");
        }
        if days.is_none() {
            note("apart-days", "not-apart-days");
        }
        let read = act.zip(months).zip(days);
        read.map(|((act, months), apart_days)| SilencePolicy { act, months, apart_days })
    };
    if problems.is_empty() { Ok((office, silence)) } else { Err(Error::Invalid(problems)) }
}

/// Sets the interval for all groups without one of their own, and what is done after a long silence. What was announced under
/// another policy counts for nothing.
pub async fn set(permit: &Permit<SetInterval>, house: &House, sent: &Typed) -> Result<()> {
    let (office, silence) = read(sent)?;
    let tx = house.stores.begin(permit).await?;
    let mut all = intervals(&tx).await?;
    let before = (std::mem::replace(&mut all.office, office), std::mem::replace(&mut all.silence, silence));
    if before == (office, silence) {
        return Ok(());
    }
    tx.put_setting(KEY, &all).await?;
    let mut said = Vec::new();
    if before.0 != office {
        said.push(format!("{} → {}", before.0.months(), office.months()));
    }
    if before.1 != silence {
        said.push(format!("silence: {} → {}", words(before.1), words(silence)));
    }
    tx.commit(AuditEvent::new("reconcile.interval", "").summary(said.join(", "))).await?;
    Ok(())
}

fn words(silence: Option<SilencePolicy>) -> String {
    silence.map_or_else(
        || "nothing".to_owned(),
        |SilencePolicy { act, months, apart_days }| format!("{} after {months} months, {apart_days} days", act.code()),
    )
}

/// How often one group is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfGroup {
    /// Its name.
    pub name: String,
    /// Its own interval, if it has one.
    pub own: Option<Interval>,
    /// The one of all others.
    pub office: Interval,
}

/// How often one group is asked. Its name is recorded as read where it is not public.
pub async fn of_group(permit: &Permit<RunReconciliation>, house: &House, id: GroupId) -> Result<OfGroup> {
    let look = house.stores.look(permit).await?;
    let group = group_of(&look, id).await?;
    let Intervals { office, groups, .. } = intervals(&look).await?;
    drop(look);
    let mut seen = Vec::new();
    let name = shown_name(&group, &mut seen);
    record_seen(permit, house, id, "interval", seen).await?;
    Ok(OfGroup { name, own: groups.get(&id).copied(), office })
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
