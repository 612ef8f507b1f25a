//! One's own connections with providers.

use access::actions::{ChangeCredentials, LogIn, ManageOwnAccount, ProveAgain};
use access::{Action, Permit};
use domain::audit::AuditEvent;
use domain::{ProviderId, SessionId, UserId};
use jiff::Timestamp;
use storage::TenantTx;
use storage::tenant::{Identity, Provider, User};

use super::{Button, after_logout, log_failure};
use crate::account::{notice, session_of, user_of};
use crate::{Error, House, Result};

/// A provider of the office, as one's own account shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Connection {
    /// Which.
    pub provider: ProviderId,
    /// What the office calls it.
    pub name: String,
    /// What one is called there and when one last came from there, if one is connected.
    pub connected: Option<(String, Option<Timestamp>)>,
}

fn own<A: Action>(permit: &Permit<A>) -> Result<UserId> {
    permit.actor().user().ok_or(Error::NotFound)
}

async fn find(tx: &TenantTx, user: UserId, provider: ProviderId) -> Result<(Provider, Option<Identity>)> {
    let provider = tx.provider(provider).await?.ok_or(Error::NotFound)?;
    let identity = tx.identities_of(user).await?.into_iter().find(|identity| identity.provider == provider.id);
    Ok((provider, identity))
}

/// The office's providers, and whether one is connected.
pub async fn connections(permit: &Permit<ManageOwnAccount>, house: &House) -> Result<Vec<Connection>> {
    let look = house.stores.look(permit).await?;
    let connected = look.identities_of(own(permit)?).await?;
    let providers = look.providers().await?.into_iter();
    Ok(providers
        .map(|provider| {
            let own = connected.iter().find(|identity| identity.provider == provider.id);
            let connected = own.map(|identity| (identity.label.clone(), identity.used_at));
            Connection { provider: provider.id, name: provider.name, connected }
        })
        .collect())
}

/// One of them, for the pages that connect and disconnect.
pub async fn connection(permit: &Permit<ChangeCredentials>, house: &House, provider: ProviderId) -> Result<Connection> {
    let look = house.stores.look(permit).await?;
    let (provider, identity) = find(&look, own(permit)?, provider).await?;
    let connected = identity.map(|identity| (identity.label, identity.used_at));
    Ok(Connection { provider: provider.id, name: provider.name, connected })
}

/// The providers with which one can prove who one is: for whoever has no factor here.
pub async fn proving(permit: &Permit<ProveAgain>, house: &House) -> Result<Vec<Button>> {
    let look = house.stores.look(permit).await?;
    let user = user_of(&look, own(permit)?).await?;
    if look.has_factor(user.id).await? {
        return Ok(Vec::new());
    }
    let connected = look.identities_of(user.id).await?;
    let there = |provider: &Provider| connected.iter().any(|identity| identity.provider == provider.id);
    Ok(look.providers().await?.into_iter().filter(there).map(Button::of).collect())
}

/// Ends the logins of someone that came through this provider, but for the one at hand.
pub(super) async fn end_logins_through(
    tx: &TenantTx,
    user: UserId,
    provider: ProviderId,
    this: SessionId,
) -> Result<()> {
    for session in tx.sessions_of(user).await? {
        if session.provider == Some(provider) && session.id != this {
            tx.remove_session(session.id).await?;
        }
    }
    Ok(())
}

/// Disconnects one's own account; logins that came through it end, but for this one. The last way in cannot be taken away like this.
pub async fn disconnect(
    permit: &Permit<ChangeCredentials>,
    house: &House,
    token: &str,
    provider: ProviderId,
) -> Result<()> {
    let tx = house.stores.begin(permit).await?;
    let session = session_of(&tx, token).await?.session;
    let user: User = user_of(&tx, own(permit)?).await?;
    let (provider, identity) = find(&tx, user.id, provider).await?;
    let identity = identity.ok_or(Error::NotFound)?;
    let others = tx.identities_of(user.id).await?.len() > 1;
    if !others && !tx.logs_in_locally(&user).await? {
        return Err(Error::invalid("", "sign-on-last-way"));
    }
    tx.remove_identity(identity.id).await?;
    end_logins_through(&tx, user.id, provider.id, session.id).await?;
    let office = tx.site().await?.profile.name;
    let (german, english) = ("Eine Verbindung Ihres Kontos wurde getrennt", "a connection of your account was removed");
    notice(&tx, &user, &office, german, english).await?;
    tx.commit(AuditEvent::new("account.disconnected", user.id).summary(provider.id.to_string())).await?;
    house.ring();
    Ok(())
}

/// After one's own session has ended: what the provider is called, and where one logs out there, too, if it offers that
/// and can be reached.
pub async fn log_out_there(
    permit: &Permit<LogIn>,
    house: &House,
    provider: ProviderId,
) -> Result<(String, Option<String>)> {
    let slug = house.slug(permit.tenant()).await?;
    let provider = house.stores.look(permit).await?.provider(provider).await?.ok_or(Error::NotFound)?;
    let back = after_logout(&house.addresses, &slug);
    match house.outside.end_session(&provider.issuer, &provider.client_id, &back).await {
        Ok(url) => Ok((provider.name, url.map(String::from))),
        Err(failure) => {
            log_failure(provider.id, &failure);
            Ok((provider.name, None))
        }
    }
}
