//! A new password by the link that comes after the operator's recovery; the new second factor is set up next.

use access::actions::SetNewPassword;
use access::{Permit, Stage};
use crypto::token::Token;
use domain::audit::{Actor, AuditEvent};
use storage::TenantTx;
use storage::tenant::{Errand, Ticket, User, UserState};

use super::{Begun, Caller, begin_session, hash_of_new, user_of};
use crate::{Error, House, Result};

async fn by_link(tx: &TenantTx, token: &str) -> Result<(Ticket, User)> {
    let token = Token::parse(token).map_err(|_| Error::NotFound)?;
    let ticket = tx.ticket(&token.hash()).await?.filter(|ticket| ticket.errand == Errand::NewPassword);
    let ticket = ticket.ok_or(Error::NotFound)?;
    let user = user_of(tx, ticket.user).await?;
    // Whoever set up a new factor meanwhile needs no link any more.
    if user.standing.state == UserState::Enrolling { Ok((ticket, user)) } else { Err(Error::NotFound) }
}

/// Whose password a link sets: their name. Uses nothing up.
pub async fn shown(permit: &Permit<SetNewPassword>, house: &House, token: &str) -> Result<String> {
    let look = house.stores.look(permit).await?;
    Ok(by_link(&look, token).await?.1.profile.name)
}

/// Sets the password and begins the login in which the new second factor is set up.
pub async fn set(
    permit: &Permit<SetNewPassword>,
    house: &House,
    token: &str,
    password: &str,
    caller: Caller<'_>,
) -> Result<Begun> {
    let look = house.stores.look(permit).await?;
    let (_, user) = by_link(&look, token).await?;
    let office = look.site().await?.profile;
    drop(look);
    let hash = hash_of_new(house, password, &user, &office).await?;
    let tx = house.stores.begin(permit).await?;
    let (ticket, user) = by_link(&tx, token).await?;
    if !tx.use_ticket(&ticket).await? {
        return Err(Error::NotFound);
    }
    tx.set_password(user.id, &hash).await?;
    tx.remove_other_sessions(user.id, None).await?;
    let begun = begin_session(&tx, user.id, Stage::Enrolling, caller.device).await?;
    tx.commit_as(Actor::User(user.id), AuditEvent::new("account.password", user.id).summary("by link")).await?;
    Ok(begun)
}
