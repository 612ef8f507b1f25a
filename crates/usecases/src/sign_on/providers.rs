//! The providers an office trusts: added, tried out, changed, removed by whoever manages people.

use std::collections::BTreeSet;

use access::actions::{DecideSignOn, ReadSignOn};
use access::{Permit, Role};
use domain::ProviderId;
use domain::audit::AuditEvent;
use sso::{Described, Failure};
use storage::TenantTx;
use storage::tenant::{Admission, Provider};
use zeroize::Zeroizing;

use super::{after_logout, redirect_uri};
use crate::people::{role_name, somebody_manages_locally, within_own_rights};
use crate::{Error, House, Problem, Result};

/// Most providers of an office.
pub const MOST_PROVIDERS: usize = 5;
/// Most rows of values and roles.
pub const MOST_ROLES: usize = 12;

/// The form, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Form {
    /// What the button says.
    pub name: String,
    /// The provider's name for itself; cannot be changed later.
    pub issuer: String,
    /// Our name there.
    pub client_id: String,
    /// Our secret there; empty keeps the one there is.
    pub client_secret: Zeroizing<String>,
    /// The claim that says what someone is; may be empty.
    pub claim: String,
    /// Values of that claim, and codes of the roles they mean.
    pub roles: Vec<(String, String)>,
    /// Whether somebody may come in by a role who is neither connected nor invited.
    pub admits: bool,
    /// Values of `acr` and `amr` that stand for a second factor, one a line.
    pub second_factor: String,
}

/// A provider in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProviderLine {
    /// Which.
    pub id: ProviderId,
    /// What the button says.
    pub name: String,
    /// Its name for itself.
    pub issuer: String,
    /// How many people are connected.
    pub people: usize,
}

/// A provider with everything its page shows. The secret is not among it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Which.
    pub id: ProviderId,
    /// The form, filled in; without the secret.
    pub form: Form,
    /// The address to register there for logging in.
    pub redirect_uri: String,
    /// The address to register there for logging out.
    pub after_logout: String,
}

/// The providers of the office.
pub async fn providers(permit: &Permit<ReadSignOn>, house: &House) -> Result<Vec<ProviderLine>> {
    let look = house.stores.look(permit).await?;
    let mut lines = Vec::new();
    for Provider { id, name, issuer, .. } in look.providers().await? {
        let people = look.identities_at(id).await?.len();
        lines.push(ProviderLine { id, name, issuer, people });
    }
    Ok(lines)
}

/// Roles that can be named by a provider: all but that of group admins, who need groups. Code, and name of the office's
/// own ones.
pub async fn role_choices(permit: &Permit<DecideSignOn>, house: &House) -> Result<Vec<(Role, Option<String>)>> {
    let look = house.stores.look(permit).await?;
    let built_in = Role::BUILT_IN.into_iter().filter(|role| !role.is_group_admin()).map(|role| (role, None));
    let own = look.own_roles().await?.into_iter().map(|own| (Role::Custom(own.id), Some(own.name)));
    Ok(built_in.chain(own).collect())
}

/// A provider, for its page.
pub async fn provider(permit: &Permit<DecideSignOn>, house: &House, id: ProviderId) -> Result<Shown> {
    let slug = house.slug(permit.tenant()).await?;
    let found = house.stores.look(permit).await?.provider(id).await?.ok_or(Error::NotFound)?;
    let Provider { id, name, issuer, client_id, client_secret: _, claim, roles, admission, second_factor } = found;
    Ok(Shown {
        id,
        form: Form {
            name,
            issuer,
            client_id,
            client_secret: Zeroizing::default(),
            claim: claim.unwrap_or_default(),
            roles: roles.into_iter().map(|(value, role)| (value, role.code())).collect(),
            admits: admission == Admission::ByRole,
            second_factor: second_factor.join("\n"),
        },
        redirect_uri: redirect_uri(&house.addresses, &slug, id),
        after_logout: after_logout(&house.addresses, &slug),
    })
}

fn line(text: &str, most: usize) -> std::result::Result<String, &'static str> {
    let text = text.trim();
    if text.is_empty() {
        Err("missing")
    } else if text.chars().count() > most {
        Err("too-long")
    } else if text.chars().any(char::is_control) {
        Err("control-characters")
    } else {
        Ok(text.to_owned())
    }
}

async fn read(
    permit: &Permit<DecideSignOn>,
    (tx, house): (&TenantTx, &House),
    form: &Form,
    before: Option<&Provider>,
    id: ProviderId,
) -> Result<Provider> {
    let mut problems = Vec::new();
    let mut take = |field: &'static str, text: &str, most: usize| match line(text, most) {
        Ok(text) => text,
        Err(code) => {
            problems.push(Problem::new(field, code));
            String::new()
        }
    };
    let name = take("name", &form.name, 60);
    let issuer = match before {
        Some(before) => before.issuer.clone(),
        None => take("issuer", &form.issuer, 300),
    };
    let client_id = take("client_id", &form.client_id, 300);
    let client_secret = match before {
        Some(before) if form.client_secret.trim().is_empty() => before.client_secret.clone(),
        _ => Zeroizing::new(take("client_secret", &form.client_secret, 1_000)),
    };
    if before.is_none() && !issuer.is_empty() && !house.outside.admits(&issuer) {
        problems.push(Problem::new("issuer", "sign-on-address"));
    }
    let claim = match form.claim.trim() {
        "" => None,
        text => line(text, 200).map_err(|code| problems.push(Problem::new("claim", code))).ok(),
    };
    let mut roles = Vec::new();
    for (place, (value, role)) in form.roles.iter().enumerate().filter(|(_, (value, _))| !value.trim().is_empty()) {
        let known = Role::from_code(role).filter(|role| !role.is_group_admin() && !role.is_support());
        let there = match known {
            Some(Role::Custom(_)) => role_name(tx, known.unwrap_or(Role::ReadOnly)).await?.is_some(),
            other => other.is_some(),
        };
        match (line(value, 200), known.filter(|_| there)) {
            (Err(code), _) => problems.push(Problem::new(format!("value-{place}"), code)),
            (_, None) => problems.push(Problem::new(format!("role-{place}"), "choose")),
            // Nobody raises anybody above themselves, also not by way of a provider.
            (Ok(_), Some(role)) if within_own_rights(permit, tx, role).await.is_err() => {
                problems.push(Problem::new(format!("role-{place}"), "more-than-oneself"));
            }
            (Ok(value), Some(role)) => roles.push((value, role)),
        }
    }
    if claim.is_some() && roles.is_empty() {
        problems.push(Problem::new("value-0", "missing"));
    }
    if claim.is_none() && !roles.is_empty() {
        problems.push(Problem::new("claim", "missing"));
    }
    if form.admits && roles.is_empty() {
        problems.push(Problem::new("admits", "sign-on-admits"));
    }
    let values = form.second_factor.lines().map(str::trim).filter(|value| !value.is_empty());
    let second_factor: BTreeSet<String> = values.map(str::to_owned).collect();
    if second_factor.len() > 20 || second_factor.iter().any(|value| value.chars().count() > 200) {
        problems.push(Problem::new("second_factor", "too-long"));
    }
    let others = tx.providers().await?.into_iter().filter(|other| other.id != id);
    let others: Vec<Provider> = others.collect();
    if others.iter().any(|other| other.issuer == issuer) {
        problems.push(Problem::new("issuer", "sign-on-issuer-taken"));
    }
    if others.iter().any(|other| directory::sort_key(&other.name) == directory::sort_key(&name)) {
        problems.push(Problem::new("name", "name-taken"));
    }
    if before.is_none() && others.len() >= MOST_PROVIDERS {
        problems.push(Problem::new("", "sign-on-too-many"));
    }
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let admission = if form.admits { Admission::ByRole } else { Admission::Known };
    let second_factor = second_factor.into_iter().collect();
    Ok(Provider { id, name, issuer, client_id, client_secret, claim, roles, admission, second_factor })
}

/// Adds a provider.
pub async fn add(permit: &Permit<DecideSignOn>, house: &House, form: &Form) -> Result<ProviderId> {
    let tx = house.stores.begin(permit).await?;
    let id = tx.ids().next();
    let provider = read(permit, (&tx, house), form, None, id).await?;
    tx.insert_provider(&provider).await?;
    tx.commit(AuditEvent::new("sign_on.added", id).summary(provider.issuer)).await?;
    Ok(id)
}

/// The same about no field of its own.
fn more_than_oneself(error: Error) -> Error {
    match error {
        Error::Invalid(_) => Error::invalid("", "more-than-oneself"),
        other => other,
    }
}

/// Changes a provider. The issuer stays: another one is another provider, with other people.
pub async fn save(permit: &Permit<DecideSignOn>, house: &House, id: ProviderId, form: &Form) -> Result<()> {
    let tx = house.stores.begin(permit).await?;
    let before = tx.provider(id).await?.ok_or(Error::NotFound)?;
    for (_, role) in &before.roles {
        within_own_rights(permit, &tx, *role).await.map_err(more_than_oneself)?;
    }
    let provider = read(permit, (&tx, house), form, Some(&before), id).await?;
    tx.save_provider(&provider).await?;
    tx.commit(AuditEvent::new("sign_on.changed", id).summary(provider.issuer)).await?;
    Ok(())
}

/// Asks a provider whether it can be used, and says what it is; or why not, in one word.
pub async fn test(
    permit: &Permit<DecideSignOn>,
    house: &House,
    id: ProviderId,
) -> Result<std::result::Result<Described, &'static str>> {
    let found = house.stores.look(permit).await?.provider(id).await?.ok_or(Error::NotFound)?;
    Ok(house.outside.describe(&found.issuer).await.map_err(|failure| {
        super::log_failure(id, &failure);
        match failure {
            Failure::Untrusted(_) | Failure::Refused => "discovery",
            other => other.code(),
        }
    }))
}

/// What removing a provider takes away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Removal {
    /// What it is called.
    pub name: String,
    /// How many people are connected.
    pub people: usize,
    /// How many of them have no other way in.
    pub stranded: usize,
    /// How many logins that were begun through it end.
    pub logins: usize,
}

async fn removal(tx: &TenantTx, id: ProviderId) -> Result<(Removal, Vec<domain::SessionId>)> {
    let provider = tx.provider(id).await?.ok_or(Error::NotFound)?;
    let connected: BTreeSet<_> = tx.identities_at(id).await?.into_iter().map(|identity| identity.user).collect();
    let (mut stranded, mut logins) = (0, Vec::new());
    for user in &connected {
        let Some(user) = tx.user(*user).await? else { continue };
        let others = tx.identities_of(user.id).await?.iter().any(|identity| identity.provider != id);
        if !others && !tx.logs_in_locally(&user).await? {
            stranded += 1;
        }
    }
    for user in tx.users().await? {
        let through = tx.sessions_of(user.id).await?.into_iter().filter(|session| session.provider == Some(id));
        logins.extend(through.map(|session| session.id));
    }
    Ok((Removal { name: provider.name, people: connected.len(), stranded, logins: logins.len() }, logins))
}

/// What removing a provider would take away.
pub async fn ask_removal(permit: &Permit<DecideSignOn>, house: &House, id: ProviderId) -> Result<Removal> {
    let look = house.stores.look(permit).await?;
    Ok(removal(&look, id).await?.0)
}

/// Removes a provider: its connections go, and logins that were begun through it end. Somebody who manages people must
/// have another way in.
pub async fn remove(permit: &Permit<DecideSignOn>, house: &House, id: ProviderId) -> Result<()> {
    let tx = house.stores.begin(permit).await?;
    let (removal, logins) = removal(&tx, id).await?;
    if !somebody_manages_locally(&tx, None).await? {
        return Err(Error::invalid("", "sign-on-last-manager"));
    }
    for identity in tx.identities_at(id).await? {
        let Some(user) = tx.user(identity.user).await? else { continue };
        within_own_rights(permit, &tx, user.standing.role).await.map_err(more_than_oneself)?;
    }
    for login in logins {
        tx.remove_session(login).await?;
    }
    tx.remove_provider(id).await?;
    let summary = format!("{} connected, {} without another way in", removal.people, removal.stranded);
    tx.commit(AuditEvent::new("sign_on.removed", id).summary(summary)).await?;
    Ok(())
}
