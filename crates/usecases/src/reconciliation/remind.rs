//! What the worker does about rounds: it reminds twice, and notes when the deadline is over. Each once, in one transaction
//! with the mail.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use access::actions::RemindGroups;
use access::{Permit, system_permit};
use domain::audit::AuditEvent;
use domain::office::OfficeProfile;
use domain::reconciliation::{Errand, MailKind, Occasion, Round, Step, end_of};
use domain::{CampaignId, TenantId};
use jiff::{SignedDuration, Timestamp};
use storage::TenantTx;
use storage::platform::TenantState;
use storage::tenant::{Campaign, RoundMail};

use super::address;
use super::links::public_name;
use super::overview::takes_part;
use super::words::{Filling, mail};
use crate::{House, Result};

/// So many rounds are seen to in one transaction.
const BATCH: u64 = 50;

/// After a worker was away, two mails of a round are never closer than this.
const APART: SignedDuration = SignedDuration::from_hours(48);

/// What was done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Done {
    /// Reminders in the outbox.
    pub reminded: usize,
    /// Deadlines that are over.
    pub overdue: usize,
}

/// Sees to every round about which there is something to do, in every office.
pub async fn remind_due(house: &House) -> Result<Done> {
    let mut done = Done::default();
    for tenant in house.stores.platform_look().await?.tenants().await? {
        if tenant.state != TenantState::Ready {
            continue;
        }
        match in_office(house, tenant.id).await {
            Ok(here) => {
                done.reminded += here.reminded;
                done.overdue += here.overdue;
            }
            // A broken office does not hold up the others.
            Err(error) => {
                let error = &error as &dyn std::error::Error;
                tracing::error!(tenant = %tenant.id, error, "groups cannot be reminded");
            }
        }
    }
    Ok(done)
}

/// The same in one office.
pub async fn in_office(house: &House, tenant: TenantId) -> Result<Done> {
    let permit: Permit<RemindGroups> = system_permit(tenant);
    let mut done = Done::default();
    // Asked before the write lock is taken.
    while !house.stores.look(&permit).await?.due_rounds(1).await?.is_empty() {
        let here = batch(&permit, house).await?;
        done.reminded += here.reminded;
        done.overdue += here.overdue;
    }
    if done.reminded > 0 {
        house.ring();
    }
    Ok(done)
}

async fn batch(permit: &Permit<RemindGroups>, house: &House) -> Result<Done> {
    let origin = house.addresses.office(&house.slug(permit.tenant()).await?);
    let tx = house.stores.begin(permit).await?;
    let office = tx.site().await?.profile;
    let mut campaigns: HashMap<CampaignId, Option<Campaign>> = HashMap::new();
    let mut done = Done::default();
    let now = tx.now();
    for round in tx.due_rounds(BATCH).await? {
        let campaign = match round.campaign {
            Some(id) => {
                if let Entry::Vacant(unknown) = campaigns.entry(id) {
                    unknown.insert(tx.campaign(id).await?);
                }
                campaigns.get(&id).and_then(Option::as_ref)
            }
            None => None,
        };
        let due = campaign.and_then(|campaign| Some((campaign, round.next(&campaign.plan, now)?)));
        let next = match due {
            None => Round { next_at: None, ..round },
            Some((_, (at, _))) if at > now => Round { next_at: Some(at), ..round },
            Some((_, (_, Errand::Overdue))) => {
                done.overdue += 1;
                Round { overdue_at: Some(now), next_at: None, ..round }
            }
            Some((campaign, (_, Errand::Remind(kind)))) => {
                if let Some(at) = not_before(&round, now) {
                    Round { next_at: Some(at.min(end_of(campaign.plan.deadline))), ..round }
                } else if remind(&tx, campaign, &round, kind, (&office, &origin)).await? {
                    done.reminded += 1;
                    let reminded = Round { reminders: round.reminders + 1, ..round };
                    Round { next_at: later(&reminded, campaign, now), ..reminded }
                } else {
                    // Nobody can be reminded any more: only the deadline is left.
                    Round { next_at: Some(end_of(campaign.plan.deadline)), ..round }
                }
            }
        };
        tx.save_round(&next).await?;
    }
    let Done { reminded, overdue } = done;
    if reminded + overdue > 0 {
        let said = format!("{reminded} reminded, {overdue} overdue");
        tx.commit(AuditEvent::new("reconcile.reminded", "").summary(said)).await?;
    } else {
        tx.commit_housekeeping().await?;
    }
    Ok(done)
}

/// Until when a reminder is too early, if it is: the first mail has not left yet, or a moment ago.
fn not_before(round: &Round, now: Timestamp) -> Option<Timestamp> {
    let apart_from = |at: Timestamp| at.saturating_add(APART).unwrap_or(Timestamp::MAX);
    match (round.step, round.reminders) {
        (Step::Waiting, _) => Some(apart_from(now)),
        (Step::Sent, 0) => Some(apart_from(round.moved_at)).filter(|at| *at > now),
        _ => None,
    }
}

/// When there is something to do again, not sooner than [`APART`] if it is a reminder.
fn later(round: &Round, campaign: &Campaign, now: Timestamp) -> Option<Timestamp> {
    let (at, errand) = round.next(&campaign.plan, now)?;
    match errand {
        Errand::Overdue => Some(at),
        Errand::Remind(_) => Some(at.max(now.saturating_add(APART).unwrap_or(Timestamp::MAX))),
    }
}

/// Puts a reminder into the outbox; not where the group has ended, or has no address any more.
async fn remind(
    tx: &TenantTx,
    campaign: &Campaign,
    round: &Round,
    kind: MailKind,
    (office, origin): (&OfficeProfile, &str),
) -> Result<bool> {
    let Some(group) = tx.group(round.group).await?.filter(|group| takes_part(group.status)) else { return Ok(false) };
    let Some(to) = address(tx, &group).await? else { return Ok(false) };
    let Some(fresh) = tx.issue_group_links(&[group.id], Occasion::Reminder).await?.pop() else { return Ok(false) };
    let filling = Filling::of(public_name(&group), office, Some(campaign.plan.deadline), &fresh, origin);
    let mail = mail(to, &campaign.wording, &filling, kind);
    tx.enqueue_round_mails(&[RoundMail { round: round.id, kind, mail }]).await?;
    Ok(true)
}
