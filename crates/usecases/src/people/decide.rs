//! What someone may: another role, other groups, out of the house and back in.

use std::collections::HashSet;

use access::actions::DecideAccess;
use access::{Permit, Right, Role};
use domain::alert::Sign;
use domain::audit::{Actor, AuditEvent};
use domain::{GroupId, UserId};
use storage::TenantTx;
use storage::tenant::{Standing, User, UserState};

use super::invite::read_role;
use super::{member_of, somebody_still_manages, within_own_rights};
use crate::account::{end_logins_without_factor, told};
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
    /// What waits for them.
    pub open: OpenWork,
}

/// What someone began and has not brought to an end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OpenWork {
    /// How many uploaded lists are not brought in yet.
    pub imports: usize,
    /// How many requests they are at work on.
    pub requests: usize,
    /// How many invitations of theirs nobody has accepted yet.
    pub invitations: usize,
    /// Colleagues who can go on with the lists and requests, by name.
    pub heirs: Vec<(UserId, String)>,
    /// How many groups have no other group admin.
    pub orphans: usize,
}

impl OpenWork {
    async fn of(tx: &TenantTx, id: UserId, groups: &[GroupId]) -> Result<Self> {
        let imports = usize::try_from(tx.open_imports_of(id).await?).unwrap_or(usize::MAX);
        let requests = tx.waiting_requests().await?.iter().filter(|request| request.taken_by == Some(id)).count();
        let invitations = tx.invitations().await?.iter().filter(|invitation| invitation.by == Some(id)).count();
        let mut heirs = Vec::new();
        let mut kept = HashSet::new();
        for user in tx.users().await?.into_iter().filter(|user| user.id != id && is_here(user)) {
            kept.extend(user.standing.groups.iter().copied());
            let (rights, _) = tx.rights_of(user.standing.role, &user.standing.groups).await?;
            let lists = imports == 0 || rights.contains(Right::ImportLists);
            if lists && (requests == 0 || rights.contains(Right::EditGroups)) {
                heirs.push((user.id, user.profile.name));
            }
        }
        heirs.sort_by_cached_key(|(_, name)| directory::sort_key(name));
        let orphans = groups.iter().filter(|group| !kept.contains(*group)).count();
        Ok(Self { imports, requests, invitations, heirs, orphans })
    }
}

fn is_here(user: &User) -> bool {
    user.standing.state == UserState::Active && !user.standing.role.is_support()
}

/// Someone as they stand now.
pub async fn present(permit: &Permit<DecideAccess>, house: &House, id: UserId) -> Result<Present> {
    let look = house.stores.look(permit).await?;
    let User { standing: Standing { role, groups, .. }, profile, .. } = member_of(&look, id).await?;
    let (logins, open) = (look.sessions_of(id).await?.len(), OpenWork::of(&look, id, &groups).await?);
    Ok(Present { name: profile.name, role, groups, logins, open })
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
    }
    end_logins_without_factor(&tx, id, role).await?;
    somebody_still_manages(&tx, Some((id, &standing))).await?;
    tx.set_standing(id, &standing).await?;
    // Links of groups that were shown to them are in their hands.
    tx.revoke_links_shown_to(id).await?;
    let summary = format!("{} → {}", user.standing.role.code(), role.code());
    let (rights, _) = tx.rights_of(role, &[]).await?;
    tx.commit(AuditEvent::new("users.role", id).summary(summary)).await?;
    if rights.contains(Right::ManagePeople) {
        house.noticed(permit.tenant(), Sign::ManagerMade, &id.to_string(), Some(id)).await;
    }
    Ok(())
}

/// Ends someone's access: they cannot log in any more, and their logins end at once. Invitations of theirs work no more:
/// nobody comes back by one. Lists that wait for them go to the heir, if one is chosen (by id, as typed).
pub async fn deactivate(permit: &Permit<DecideAccess>, house: &House, id: UserId, heir: &str) -> Result<()> {
    if permit.actor() == Actor::User(id) {
        return Err(Error::invalid("", "not-oneself"));
    }
    let tx = house.stores.begin(permit).await?;
    let user = member_of(&tx, id).await?;
    within_own_rights(permit, &tx, user.standing.role).await?;
    let standing = Standing { state: UserState::Disabled, ..user.standing.clone() };
    somebody_still_manages(&tx, Some((id, &standing))).await?;
    let open = OpenWork::of(&tx, id, &[]).await?;
    let heir = match heir {
        "" => None,
        typed => Some(open.heirs.iter().find(|(known, _)| known.to_string() == typed)),
    };
    let heir = heir.map(|found| found.ok_or(Error::invalid("heir", "choose"))).transpose()?;
    tx.set_standing(id, &standing).await?;
    let ended = tx.remove_other_sessions(id, None).await?;
    tx.revoke_tickets(id, |_| true).await?;
    let mut said = vec![format!("{ended} logins ended")];
    let links = tx.revoke_links_shown_to(id).await?;
    if links > 0 {
        said.push(format!("{links} links of groups taken back"));
    }
    if let Some((heir, _)) = heir {
        said.push(format!("{} lists for {heir}", tx.hand_over_imports(id, *heir).await?));
    }
    let requests = tx.hand_over_requests(id, heir.map(|(heir, _)| *heir)).await?;
    if requests > 0 {
        said.push(format!("{requests} requests given back or handed over"));
    }
    for invitation in tx.invitations().await?.into_iter().filter(|invitation| invitation.by == Some(id)) {
        tx.revoke_invitation(invitation.id).await?;
    }
    for proposal in tx.proposals().await? {
        if proposal.succession.is_some_and(|succession| succession.from == id) {
            tx.revoke_invitation(proposal.id).await?;
        }
    }
    if open.invitations > 0 {
        said.push(format!("{} invitations taken back", open.invitations));
    }
    tx.commit(AuditEvent::new("users.deactivated", id).summary(said.join(", "))).await?;
    super::noticed_of(permit, house, Sign::LockOuts).await;
    Ok(())
}

/// Ends all of someone's logins, for a phone that was lost say; how many. They can log in again at once.
pub async fn end_logins(permit: &Permit<DecideAccess>, house: &House, id: UserId) -> Result<u64> {
    let tx = house.stores.begin(permit).await?;
    let user = member_of(&tx, id).await?;
    within_own_rights(permit, &tx, user.standing.role).await?;
    let ended = tx.remove_other_sessions(id, None).await?;
    tx.commit(AuditEvent::new("users.logins_ended", id).summary(format!("{ended} logins ended"))).await?;
    Ok(ended)
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
    let german = format!("Ihr Zugang ist wieder offen ({office}). Sie können sich wieder anmelden.");
    let english = format!("your access is open again ({office}). You can log in again.");
    told(&tx, &user, "Ihr Zugang ist wieder offen", &german, &english).await?;
    tx.commit(AuditEvent::new("users.reactivated", id)).await?;
    house.ring();
    Ok(())
}
