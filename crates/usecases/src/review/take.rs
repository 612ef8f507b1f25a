//! Who is at work on a request: so that two colleagues do not do the same, and nobody is kept out.

use access::actions::DecideRequest;
use access::{Permit, Right};
use domain::audit::AuditEvent;
use domain::{RequestId, UserId};
use storage::TenantTx;
use storage::tenant::UserState;

use super::open_request;
use crate::{Error, House, Result};

/// Colleagues who can decide a request, by name.
pub(super) async fn reviewers(tx: &TenantTx) -> Result<Vec<(UserId, String)>> {
    let mut found = Vec::new();
    for user in tx.users().await? {
        if user.standing.state == UserState::Active && !user.standing.role.is_support() {
            let (rights, _) = tx.rights_of(user.standing.role, &user.standing.groups).await?;
            if rights.contains(Right::EditGroups) {
                found.push((user.id, user.profile.name));
            }
        }
    }
    found.sort_by_cached_key(|(_, name)| directory::sort_key(name));
    Ok(found)
}

/// Notes that a colleague is at work on a request, or that nobody is. [`Error::Conflict`] if it waits no more.
pub async fn take(permit: &Permit<DecideRequest>, house: &House, id: RequestId, by: Option<UserId>) -> Result<()> {
    let tx = house.stores.begin(permit).await?;
    let request = open_request(&tx, id).await?;
    if let Some(by) = by
        && !reviewers(&tx).await?.iter().any(|(known, _)| *known == by)
    {
        return Err(Error::invalid("by", "choose"));
    }
    if tx.taken_by(id).await? == by {
        return Ok(());
    }
    tx.take_request(id, by).await?;
    let whose = by.map_or_else(|| "by nobody".to_owned(), |by| format!("by {by}"));
    tx.commit(AuditEvent::new("request.taken", request.group).summary(whose)).await?;
    Ok(())
}
