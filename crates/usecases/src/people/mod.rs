//! The people who get into the house: invited, given a role, taken out again; and the roles an office makes itself.
//!
//! Whoever may manage people decides what others may; the last one who can, and is here, cannot lose that right. Start
//! reading at [`list`].

pub mod decide;
pub mod demands;
pub mod invite;
pub mod list;
pub mod lost_factor;
pub mod recovery;
pub mod roles;
pub mod succession;

use access::{Action, Permit, Right, Role};
use domain::UserId;
use domain::alert::Sign;
use domain::audit::Actor;
use storage::TenantTx;
use storage::tenant::{Standing, User, UserState};

use crate::{Error, House, Result};

/// What a role the office made is called; none for the built-in ones.
pub(crate) async fn role_name(tx: &TenantTx, role: Role) -> Result<Option<String>> {
    let Role::Custom(id) = role else { return Ok(None) };
    Ok(tx.own_roles().await?.into_iter().find(|own| own.id == id).map(|own| own.name))
}

/// Notes a sign that whoever acts gives.
pub(crate) async fn noticed_of<A: Action>(permit: &Permit<A>, house: &House, sign: Sign) {
    if let Actor::User(user) = permit.actor() {
        house.noticed(permit.tenant(), sign, &user.to_string(), Some(user)).await;
    }
}

/// Someone of the office; [`Error::NotFound`] for others, and for the account of a support grant, which is no one's to
/// change.
async fn member_of(tx: &TenantTx, id: UserId) -> Result<User> {
    tx.user(id).await?.filter(|user| !user.standing.role.is_support()).ok_or(Error::NotFound)
}

/// [`Error::Invalid`] unless whoever asks may themselves what this role may: nobody raises anybody, or themselves, above
/// themselves, and nobody takes from someone what they could not give back.
pub(crate) async fn within_own_rights<A: Action>(permit: &Permit<A>, tx: &TenantTx, role: Role) -> Result<()> {
    let (rights, _) = tx.rights_of(role, &[]).await?;
    if permit.rights().cover(rights) { Ok(()) } else { Err(Error::invalid("role", "more-than-oneself")) }
}

/// [`Error::Invalid`] if nobody who can log in could manage people any more, were `changed` to stand like this (or,
/// with none, were the roles to stay as they are in this unit of work).
pub(crate) async fn somebody_still_manages(tx: &TenantTx, changed: Option<(UserId, &Standing)>) -> Result<()> {
    for user in tx.users().await? {
        let standing = match changed {
            Some((id, standing)) if id == user.id => standing,
            _ => &user.standing,
        };
        let (rights, _) = tx.rights_of(standing.role, &standing.groups).await?;
        if standing.state == UserState::Active && rights.contains(Right::ManagePeople) {
            return Ok(());
        }
    }
    Err(Error::invalid("role", "last-manager"))
}

/// Whether somebody could still manage people who needs no provider of single sign-on to log in, were `changed` to stand
/// like this.
pub(crate) async fn somebody_manages_locally(tx: &TenantTx, changed: Option<(UserId, &Standing)>) -> Result<bool> {
    for mut user in tx.users().await? {
        if let Some((id, standing)) = changed
            && id == user.id
        {
            user.standing.clone_from(standing);
        }
        let (rights, _) = tx.rights_of(user.standing.role, &user.standing.groups).await?;
        if rights.contains(Right::ManagePeople) && tx.logs_in_locally(&user).await? {
            return Ok(true);
        }
    }
    Ok(false)
}
