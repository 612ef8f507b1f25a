//! The operator's side: who there is, which offices granted something, and the way in.

use access::actions::{EnterAsSupport, OpenSupport};
use access::{Permit, Rights, Stage, anonymous_permit, operator_permit};
use crypto::token::Token;
use domain::alert::Sign;
use domain::audit::{Actor, AuditEvent};
use domain::{EmailAddress, OperatorId, Slug, TenantId, UserId};
use jiff::Timestamp;
use storage::platform::TenantState;
use storage::tenant::SupportGrant;
use storage::tenant::support::DOOR_LIFETIME;

use super::Operator;
use crate::account::{Begun, Caller, begin_session, own};
use crate::{Error, House, Result};

/// Adds one of the operator's people, whom offices can choose from then on.
pub async fn add_operator(house: &House, name: &str, email: &str) -> Result<OperatorId> {
    let name = own::read_name(name).map_err(|problem| Error::Invalid(vec![problem]))?;
    let email = EmailAddress::parse(email.trim())?;
    let platform = house.stores.platform().await?;
    platform.take_turn().await?;
    if platform.operators().await?.iter().any(|known| known.email.folded() == email.folded()) {
        return Err(Error::invalid("email", "has-account"));
    }
    let id = house.ids().next();
    platform.add_operator(&Operator { id, name, email }).await?;
    platform.commit(Actor::Operator, AuditEvent::new("operator.added", id)).await?;
    Ok(id)
}

/// The operator's people.
pub async fn operators(house: &House) -> Result<Vec<Operator>> {
    Ok(house.stores.platform_look().await?.operators().await?)
}

/// Takes one of them off the list. What offices granted them already ends by itself, or by the office.
pub async fn remove_operator(house: &House, email: &str) -> Result<()> {
    let email = EmailAddress::parse(email.trim())?;
    let platform = house.stores.platform().await?;
    platform.take_turn().await?;
    let known = platform.operators().await?.into_iter().find(|known| known.email.folded() == email.folded());
    let id = known.ok_or(Error::NotFound)?.id;
    platform.remove_operator(id).await?;
    platform.commit(Actor::Operator, AuditEvent::new("operator.removed", id)).await?;
    Ok(())
}

/// An office that lets someone in now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Granted {
    /// Where.
    pub office: Slug,
    /// Who.
    pub name: String,
    /// Until when.
    pub until: Timestamp,
}

/// All grants in force, of all offices: for the operator's overview.
pub async fn in_force(house: &House) -> Result<Vec<Granted>> {
    let tenants = house.stores.platform_look().await?.tenants().await?;
    let mut found = Vec::new();
    for tenant in tenants.into_iter().filter(|tenant| tenant.state == TenantState::Ready) {
        let permit: Permit<OpenSupport> = operator_permit(tenant.id);
        let grants = house.stores.look(&permit).await?.support_in_force().await?;
        let office = &tenant.slug;
        found.extend(grants.into_iter().map(|SupportGrant { name, until, .. }| Granted {
            office: office.clone(),
            name,
            until,
        }));
    }
    Ok(found)
}

/// The link by which this person comes in, good once and for [`DOOR_LIFETIME`]; [`Error::NotFound`] where the office
/// granted nothing. A newer link makes an older one void.
pub async fn open(house: &House, slug: &Slug, email: &str) -> Result<String> {
    let email = EmailAddress::parse(email.trim())?;
    let tenant = house.stores.platform_look().await?.tenant_by_slug(slug).await?.ok_or(Error::NotFound)?.id;
    let permit: Permit<OpenSupport> = operator_permit(tenant);
    let granted = house.stores.look(&permit).await?.support_in_force().await?;
    let granted = granted.into_iter().find(|grant| grant.email.folded() == email.folded());
    let account = granted.ok_or(Error::NotFound)?.account;
    // Whoever works for the operator no more comes in no more, whatever was granted.
    let listed = house.stores.platform_look().await?.operators().await?;
    if !listed.iter().any(|operator| operator.email.folded() == email.folded()) {
        return Err(Error::NotFound);
    }
    // First the operator's own log: nobody comes in without standing in both.
    let platform = house.stores.platform().await?;
    platform.commit(Actor::Operator, AuditEvent::new("support.opened", tenant).summary(account.to_string())).await?;
    let tx = house.stores.begin(&permit).await?;
    let mut grants = tx.support_grants().await?;
    let now = tx.now();
    let wanted = |grant: &&mut SupportGrant| grant.is_in_force(now) && grant.account == account;
    let grant = grants.iter_mut().find(wanted).ok_or(Error::NotFound)?;
    let token = Token::generate(tx.ids());
    grant.door = Some((token.hash(), now + DOOR_LIFETIME));
    tx.put_support_grants(&grants).await?;
    tx.commit(AuditEvent::new("support.opened", account)).await?;
    Ok(format!("{}/unterstuetzung/{}", house.addresses.office(slug), token.to_text().as_str()))
}

/// What the link leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Door {
    /// Who comes in.
    pub name: String,
    /// Why.
    pub reason: String,
    /// With which rights.
    pub rights: Rights,
    /// Until when.
    pub until: Timestamp,
}

/// What a link leads to; uses nothing up. [`Error::NotFound`] for one that is used, too old, or taken back.
pub async fn door(tenant: TenantId, house: &House, token: &str) -> Result<Door> {
    let permit: Permit<EnterAsSupport> = anonymous_permit(tenant);
    let look = house.stores.look(&permit).await?;
    let (grants, place) = behind(look.support_grants().await?, token, look.now())?;
    let SupportGrant { name, reason, rights, until, .. } = grants.into_iter().nth(place).ok_or(Error::NotFound)?;
    Ok(Door { name, reason, rights, until })
}

fn behind(grants: Vec<SupportGrant>, token: &str, now: Timestamp) -> Result<(Vec<SupportGrant>, usize)> {
    let hash = Token::parse(token).map_err(|_| Error::NotFound)?.hash();
    let fits = |grant: &SupportGrant| {
        grant.is_in_force(now) && grant.door.is_some_and(|(known, until)| known == hash && now < until)
    };
    let place = grants.iter().position(fits).ok_or(Error::NotFound)?;
    Ok((grants, place))
}

/// Comes in: a whole session of the grant's own account begins, and ends with the grant at the latest.
pub async fn enter(permit: &Permit<EnterAsSupport>, house: &House, token: &str, caller: Caller<'_>) -> Result<Begun> {
    let tx = house.stores.begin(permit).await?;
    let (mut grants, place) = behind(tx.support_grants().await?, token, tx.now())?;
    let grant = grants.get_mut(place).ok_or(Error::NotFound)?;
    grant.door = None;
    let account: UserId = grant.account;
    tx.put_support_account(grant).await?;
    tx.put_support_grants(&grants).await?;
    tx.logged_in(account).await?;
    let mut begun = begin_session(&tx, account, Stage::Full, caller).await?;
    begun.device = None;
    tx.commit_as(Actor::User(account), AuditEvent::new("support.entered", account)).await?;
    house.noticed(permit.tenant(), Sign::SupportEntered, &account.to_string(), Some(account)).await;
    Ok(begun)
}
