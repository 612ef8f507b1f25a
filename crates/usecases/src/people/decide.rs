//! What someone may: another role, other groups, out of the house and back in.

use access::actions::DecideAccess;
use access::{Permit, Right, Role};
use domain::alert::Sign;
use domain::audit::{Actor, AuditEvent};
use domain::{GroupId, UserId};
use storage::tenant::{Standing, User, UserState};

use super::invite::read_role;
use super::{member_of, somebody_still_manages, within_own_rights};
use crate::account::notice;
use crate::{Error, House, Result};

/// Someone as they stand now, for the pages that change it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Present {
    /// Name.
    pub name: String,
    /// As what.
    pub role: Role,
    /// A group admin's groups.
    pub groups: Vec<GroupId>,
    /// How many logins are in force.
    pub logins: usize,
}

/// Someone as they stand now.
pub async fn present(permit: &Permit<DecideAccess>, house: &House, id: UserId) -> Result<Present> {
    let look = house.stores.look(permit).await?;
    let User { standing: Standing { role, groups, .. }, profile, .. } = member_of(&look, id).await?;
    Ok(Present { name: profile.name, role, groups, logins: look.sessions_of(id).await?.len() })
}

/// Gives someone another role, or other groups. It counts from their next request on.
pub async fn change_role(
    permit: &Permit<DecideAccess>,
    house: &House,
    id: UserId,
    role: &str,
    groups: &[String],
) -> Result<()> {
    let tx = house.stores.begin(permit).await?;
    let user = member_of(&tx, id).await?;
    let (role, groups) = read_role(&tx, role, groups).await?;
    within_own_rights(permit, &tx, user.standing.role).await?;
    within_own_rights(permit, &tx, role).await?;
    let standing = Standing { role, groups, state: user.standing.state };
    if standing == user.standing {
        return Ok(());
    }
    let mut standing = standing;
    // A group admin without a second factor who joins the office's work sets one up at the next login.
    if role.needs_second_factor() && !tx.has_factor(id).await? && standing.state == UserState::Active {
        standing.state = UserState::Enrolling;
        tx.remove_other_sessions(id, None).await?;
    }
    somebody_still_manages(&tx, Some((id, &standing))).await?;
    tx.set_standing(id, &standing).await?;
    let summary = format!("{} → {}", user.standing.role.code(), role.code());
    let (rights, _) = tx.rights_of(role, &[]).await?;
    tx.commit(AuditEvent::new("users.role", id).summary(summary)).await?;
    if rights.contains(Right::ManagePeople) {
        house.noticed(permit.tenant(), Sign::ManagerMade, &id.to_string(), Some(id)).await;
    }
    Ok(())
}

/// Ends someone's access: they cannot log in any more, and their logins end at once.
pub async fn deactivate(permit: &Permit<DecideAccess>, house: &House, id: UserId) -> Result<()> {
    if permit.actor() == Actor::User(id) {
        return Err(Error::invalid("", "not-oneself"));
    }
    let tx = house.stores.begin(permit).await?;
    let user = member_of(&tx, id).await?;
    within_own_rights(permit, &tx, user.standing.role).await?;
    let standing = Standing { state: UserState::Disabled, ..user.standing.clone() };
    somebody_still_manages(&tx, Some((id, &standing))).await?;
    tx.set_standing(id, &standing).await?;
    let ended = tx.remove_other_sessions(id, None).await?;
    tx.commit(AuditEvent::new("users.deactivated", id).summary(format!("{ended} logins ended"))).await?;
    super::noticed_of(permit, house, Sign::LockOuts).await;
    Ok(())
}

/// Lets someone in again whose access was ended; whoever has no second factor sets one up first.
pub async fn reactivate(permit: &Permit<DecideAccess>, house: &House, id: UserId) -> Result<()> {
    let tx = house.stores.begin(permit).await?;
    let user = member_of(&tx, id).await?;
    if user.standing.state != UserState::Disabled {
        return Ok(());
    }
    within_own_rights(permit, &tx, user.standing.role).await?;
    let whole = tx.has_factor(id).await?;
    let state =
        if whole || !user.standing.role.needs_second_factor() { UserState::Active } else { UserState::Enrolling };
    tx.set_standing(id, &Standing { state, ..user.standing.clone() }).await?;
    let office = tx.site().await?.profile.name;
    notice(&tx, &user, &office, "Ihr Zugang ist wieder offen", "your access is open again").await?;
    tx.commit(AuditEvent::new("users.reactivated", id)).await?;
    house.ring();
    Ok(())
}
