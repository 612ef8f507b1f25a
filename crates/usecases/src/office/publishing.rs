//! Bringing the directory online and taking it offline.

use access::Permit;
use access::actions::PublishOffice;
use domain::audit::AuditEvent;
use domain::office::{Checklist, Visibility};

use super::state::{checklist_of, contract_date};
use crate::{Error, House, Problem, Result};

/// What keeps the directory from being public, each with the code of its text.
fn missing(checklist: Checklist) -> Vec<Problem> {
    let Checklist { imprint, privacy, reachable, group, contract: _ } = checklist;
    [
        (imprint, "imprint", "imprint-missing"),
        (privacy, "privacy", "privacy-missing"),
        (reachable, "phone", "phone-or-email"),
        (group, "group", "group-missing"),
    ]
    .into_iter()
    .filter(|(there, ..)| !there)
    .map(|(_, field, code)| Problem::new(field, code))
    .collect()
}

/// Brings the directory online: in trial without a recorded contract, else live. `Invalid` names what is missing.
/// Pressed again after the contract was recorded, it ends the trial.
pub async fn publish(permit: &Permit<PublishOffice>, house: &House) -> Result<Visibility> {
    let contract = contract_date(permit, house).await?;
    let tx = house.stores.begin(permit).await?;
    let site = tx.site_for_change().await?;
    let counts = tx.counts().await?;
    let checklist = checklist_of(&site.profile, &counts, contract);
    let Some(next) = checklist.allows() else { return Err(Error::Invalid(missing(checklist))) };
    if next != site.visibility {
        tx.save_site(next, &site.profile).await?;
        let summary = format!("{} → {}, {} groups", site.visibility.code(), next.code(), counts.published);
        tx.commit(AuditEvent::new("office.published", permit.tenant()).summary(summary)).await?;
        house.sites.changed(permit.tenant());
    }
    Ok(next)
}

/// Takes the directory offline at once. Nothing is deleted.
pub async fn take_offline(permit: &Permit<PublishOffice>, house: &House) -> Result<Visibility> {
    let tx = house.stores.begin(permit).await?;
    let site = tx.site_for_change().await?;
    if !site.visibility.is_public() {
        return Ok(site.visibility);
    }
    tx.save_site(Visibility::Offline, &site.profile).await?;
    let groups = tx.counts().await?.published;
    let summary = format!("{} → offline, {groups} groups", site.visibility.code());
    tx.commit(AuditEvent::new("office.offline", permit.tenant()).summary(summary)).await?;
    house.sites.changed(permit.tenant());
    Ok(Visibility::Offline)
}
