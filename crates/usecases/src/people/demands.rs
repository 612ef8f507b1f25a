//! What the office demands of those who log in: whether group admins need a second factor, too.

use access::Permit;
use access::actions::DecideAccess;
use domain::audit::AuditEvent;
use storage::tenant::{User, UserState};

pub use crate::account::factors::Demanded;
use crate::account::factors::{demand_of_group_admins, group_admins_need_one};
use crate::{House, Result};

/// What is demanded now, and how many group admins would set up a factor at their next login.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Demands {
    /// Whether group admins need a second factor.
    pub of_group_admins: Demanded,
    /// How many group admins have none.
    pub without: usize,
}

/// What is demanded now.
pub async fn demands(permit: &Permit<DecideAccess>, house: &House) -> Result<Demands> {
    let look = house.stores.look(permit).await?;
    let with_factor = look.users_with_factor().await?;
    let users = look.users().await?;
    let here = |user: &&User| user.standing.role.is_group_admin() && user.standing.state != UserState::Disabled;
    let without = users.iter().filter(here).filter(|user| !with_factor.contains(&user.id)).count();
    let of_group_admins = if group_admins_need_one(&look).await? { Demanded::Yes } else { Demanded::No };
    Ok(Demands { of_group_admins, without })
}

/// Decides it: it counts from each group admin's next login.
pub async fn decide(permit: &Permit<DecideAccess>, house: &House, demanded: Demanded) -> Result<()> {
    let tx = house.stores.begin(permit).await?;
    demand_of_group_admins(&tx, demanded).await?;
    let summary = if demanded == Demanded::Yes { "yes" } else { "no" };
    tx.commit(AuditEvent::new("users.group_admins_need_factor", permit.tenant()).summary(summary)).await?;
    Ok(())
}
