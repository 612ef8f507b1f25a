//! What is kept of a disclosure for a time only is erased when that time is over; the fact stays.

use access::Permit;
use access::actions::RemoveExpired;
use domain::audit::AuditEvent;

use crate::{House, Result};

/// So many are erased in one unit of work, so that nobody waits for it.
const AT_ONCE: u64 = 100;

/// Erases to whom and why something was passed on where the time to keep it is over ([`domain::retention`]); how many.
pub async fn forget(permit: &Permit<RemoveExpired>, house: &House) -> Result<u64> {
    let mut forgotten = 0;
    loop {
        let tx = house.stores.begin(permit).await?;
        let now = tx.now();
        let due = tx.disclosures_to_forget(AT_ONCE).await?;
        if due.is_empty() {
            return Ok(forgotten);
        }
        let mut erased = Vec::new();
        for one in due {
            let (id, from) = (one.id, one.version);
            if let Some(left) = one.clone().forgotten(now) {
                tx.save_disclosure(&left, from).await?;
                tx.end_questions(id).await?;
                erased.push(id.to_string());
            } else {
                // Looked at too early: it is kept as it is, with the right time beside it.
                tx.save_disclosure(&one, from).await?;
            }
        }
        if erased.is_empty() {
            tx.commit_housekeeping().await?;
            continue;
        }
        let count = erased.len();
        let event = AuditEvent::new("disclosures.forgotten", permit.tenant()).summary(count.to_string());
        tx.commit(event.items(erased)).await?;
        forgotten += u64::try_from(count).unwrap_or(u64::MAX);
    }
}
