//! What the worker does by itself: removing what has expired, and carrying out what was announced.

use access::actions::RemoveExpired;
use access::{Permit, system_permit};
use domain::TenantId;
use domain::audit::{Actor, AuditEvent};
use storage::platform::TenantState;

use crate::consents::due;
use crate::disclosures::forget;
use crate::people::lost_factor;
use crate::reconciliation::silence;
use crate::{House, Result};

/// What was removed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Removed {
    /// Sign-ups that were never confirmed, or are finished.
    pub signups: u64,
    /// Logins whose time was over.
    pub sessions: u64,
    /// Second factors that were lost, after the time in which that could be stopped.
    pub lost_factors: u64,
    /// Items closed because the consent to them ended.
    pub consents: u64,
    /// Groups of which something was closed, or that pause, after a long silence that was announced twice.
    pub silences: u64,
    /// Uploads nobody finished, and reports of imports whose time is over.
    pub imports: u64,
    /// Disclosures of which to whom and why was erased.
    pub disclosures: u64,
}

/// Removes what has expired, in the platform's store and in every office.
pub async fn remove_expired(house: &House) -> Result<Removed> {
    let mut removed = Removed::default();
    let platform = house.stores.platform().await?;
    removed.signups = platform.remove_expired_signups().await?;
    if removed.signups > 0 {
        let event = AuditEvent::new("signups.expired", "").summary(removed.signups.to_string());
        platform.commit(Actor::System, event).await?;
    } else {
        drop(platform);
    }
    house.stores.platform().await?.remove_expired_throttles().await?;
    for tenant in house.stores.platform_look().await?.tenants().await? {
        if tenant.state != TenantState::Ready {
            continue;
        }
        match in_office(house, tenant.id).await {
            Ok(here) => {
                removed.sessions += here.sessions;
                removed.lost_factors += here.lost_factors;
                removed.consents += here.consents;
                removed.silences += here.silences;
                removed.imports += here.imports;
                removed.disclosures += here.disclosures;
            }
            // A broken office does not hold up the others.
            Err(error) => {
                let error = &error as &dyn std::error::Error;
                tracing::error!(tenant = %tenant.id, error, "what has expired cannot be removed");
            }
        }
    }
    Ok(removed)
}

async fn in_office(house: &House, tenant: TenantId) -> Result<Removed> {
    let permit: Permit<RemoveExpired> = system_permit(tenant);
    house.stores.destroy_removed_persons_keys(&permit).await?;
    let lost_factors = lost_factor::carry_out_due(&permit, house).await?;
    let consents = due::close_expired(&permit, house).await? + due::close_unbacked(&permit, house).await?;
    due::remind(&permit, house).await?;
    let silences = silence::see_to(&permit, house).await?.carried_out;
    let tx = house.stores.begin(&permit).await?;
    let sessions = tx.remove_expired_sessions().await?;
    let links = tx.remove_expired_tickets().await? + tx.remove_expired_email_changes().await?;
    let links = links + tx.remove_expired_journeys().await?;
    let others = tx.remove_expired_invitations().await? + tx.remove_expired_throttles().await? + links;
    let others = others + tx.remove_expired_alerts().await?;
    let others = others + tx.remove_expired_consent_links().await? + tx.remove_expired_questions().await?;
    let others = others + tx.remove_expired_suggestions().await?;
    let others = others + tx.remove_old_group_links().await? + tx.remove_old_wizard_drafts().await?;
    let others = others + tx.remove_old_form_drafts().await?;
    let imports = tx.remove_expired_imports().await?;
    if sessions + imports + others > 0 {
        tx.commit_housekeeping().await?;
    } else {
        // What follows is a unit of work of its own, and waits for this one.
        drop(tx);
    }
    let disclosures = forget::forget(&permit, house).await?;
    Ok(Removed { signups: 0, sessions, lost_factors, consents, silences, imports, disclosures })
}
