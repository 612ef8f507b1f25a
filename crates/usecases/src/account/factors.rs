//! One's own second factors: several apps and passkeys, each with a name.

use access::actions::{ChangeCredentials, ManageOwnAccount};
use access::{Permit, Role};
use domain::audit::AuditEvent;
use domain::{FactorId, SessionId};
use jiff::Timestamp;
use storage::TenantTx;
use storage::tenant::{Factor, User};
use zeroize::Zeroizing;

use super::enrolment::{self, Enrolment, new_recovery_codes};
use super::login::PER_CODE;
use super::notices::notice;
use super::own::{own, read_name};
use super::{not_too_often, session_of, user_of};
use crate::{Error, House, Result};

/// Key of the setting that says whether group admins need a second factor, too.
const DEMANDED_OF_GROUP_ADMINS: &str = "group-admins-need-factor";

/// How many factors someone may have.
const MOST_FACTORS: usize = 10;

/// Whether someone in this role must have a second factor in this office.
pub(crate) async fn is_demanded(tx: &TenantTx, role: Role) -> Result<bool> {
    Ok(role.needs_second_factor() || group_admins_need_one(tx).await?)
}

/// Whether group admins must have a second factor in this office.
pub(crate) async fn group_admins_need_one(tx: &TenantTx) -> Result<bool> {
    Ok(tx.setting(DEMANDED_OF_GROUP_ADMINS).await?.unwrap_or(false))
}

/// Decides whether group admins must have a second factor: it is set up at their next login.
pub(crate) async fn demand_of_group_admins(tx: &TenantTx, demanded: Demanded) -> Result<()> {
    Ok(tx.put_setting(DEMANDED_OF_GROUP_ADMINS, &(demanded == Demanded::Yes)).await?)
}

/// Whether a second factor is demanded of group admins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Demanded {
    /// They set one up at the next login.
    Yes,
    /// They may have one.
    No,
}

/// A factor in the list of one's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactorLine {
    /// Its id.
    pub id: FactorId,
    /// What its owner calls it.
    pub name: String,
    /// `app` or `passkey`.
    pub kind: &'static str,
    /// Since when.
    pub since: Timestamp,
    /// When it was last used.
    pub used: Option<Timestamp>,
    /// Whether it may be taken away: not the last one where one is demanded.
    pub removable: bool,
}

/// One's factors that count, oldest first.
pub async fn list(permit: &Permit<ManageOwnAccount>, house: &House) -> Result<Vec<FactorLine>> {
    let look = house.stores.look(permit).await?;
    let user = user_of(&look, own(permit.actor())?).await?;
    let confirmed = confirmed(&look, &user).await?;
    let removable = confirmed.len() > 1 || !is_demanded(&look, user.standing.role).await?;
    let line = |factor: Factor| FactorLine {
        id: factor.id,
        kind: factor.secret.code(),
        name: factor.name,
        since: factor.created_at,
        used: factor.used_at,
        removable,
    };
    Ok(confirmed.into_iter().map(line).collect())
}

async fn confirmed(tx: &TenantTx, user: &User) -> Result<Vec<Factor>> {
    let mut all = tx.factors_of(user.id).await?;
    all.retain(Factor::is_confirmed);
    Ok(all)
}

/// Another app to set up; the same one within a login until it is confirmed.
pub async fn app_to_add(permit: &Permit<ChangeCredentials>, house: &House, token: &str) -> Result<Enrolment> {
    enrolment::show_app(permit, house, token).await
}

/// Adds the app that was shown. With the first factor come ten recovery codes, shown once.
pub async fn add_app(
    permit: &Permit<ChangeCredentials>,
    house: &House,
    token: &str,
    name: &str,
    code: &str,
) -> Result<Option<Vec<Zeroizing<String>>>> {
    let name = read_name(name).map_err(|problem| Error::Invalid(vec![problem]))?;
    let tx = house.stores.begin(permit).await?;
    let session = session_of(&tx, token).await?.session;
    let user = user_of(&tx, session.user).await?;
    let what = format!("second factor {}", user.id);
    not_too_often(&tx, &what).await?;
    let before = room_for_one(&tx, &user).await?;
    let Some(factor) = enrolment::confirm_app(&tx, &session, &name, code).await? else {
        tx.count_against(&what, PER_CODE).await?;
        tx.commit_housekeeping().await?;
        return Err(Error::invalid("code", "wrong-code"));
    };
    tx.forgive(&what).await?;
    let codes = added(&tx, &user, &factor, (before, session.id)).await?;
    tx.commit(AuditEvent::new("second_factor.added", user.id).summary("app")).await?;
    house.ring();
    Ok(codes)
}

/// How many factors someone has; [`Error::Invalid`] if there is no room for another.
pub(super) async fn room_for_one(tx: &TenantTx, user: &User) -> Result<usize> {
    let before = confirmed(tx, user).await?.len();
    if before < MOST_FACTORS { Ok(before) } else { Err(Error::invalid("name", "too-many-factors")) }
}

/// What follows when a factor was added: a mail, and with the first one recovery codes. Logins from before the first one
/// end, but for the one it was added in: whoever began them has shown none.
pub(super) async fn added(
    tx: &TenantTx,
    user: &User,
    factor: &Factor,
    (before, this): (usize, SessionId),
) -> Result<Option<Vec<Zeroizing<String>>>> {
    let codes = if before == 0 {
        tx.remove_other_sessions(user.id, Some(this)).await?;
        Some(new_recovery_codes(tx, user.id).await?)
    } else {
        None
    };
    let office = tx.site().await?.profile.name;
    let (german, english) = match factor.secret.code() {
        "passkey" => ("Ein Passkey wurde hinzugefügt", "a passkey was added"),
        _ => ("Eine Authenticator-App wurde hinzugefügt", "an authenticator app was added"),
    };
    notice(tx, user, &office, german, english).await?;
    Ok(codes)
}

/// What one of one's own factors is called.
pub async fn name_of(permit: &Permit<ChangeCredentials>, house: &House, id: FactorId) -> Result<String> {
    let look = house.stores.look(permit).await?;
    Ok(own_factor(&look, permit, id).await?.1.name)
}

async fn own_factor(tx: &TenantTx, permit: &Permit<ChangeCredentials>, id: FactorId) -> Result<(User, Factor)> {
    let user = user_of(tx, own(permit.actor())?).await?;
    let factor = confirmed(tx, &user).await?.into_iter().find(|factor| factor.id == id).ok_or(Error::NotFound)?;
    Ok((user, factor))
}

/// Gives one of one's own factors another name.
pub async fn rename(permit: &Permit<ChangeCredentials>, house: &House, id: FactorId, name: &str) -> Result<()> {
    let name = read_name(name).map_err(|problem| Error::Invalid(vec![problem]))?;
    let tx = house.stores.begin(permit).await?;
    let (user, factor) = own_factor(&tx, permit, id).await?;
    tx.save_factor(&Factor { name, ..factor }).await?;
    tx.commit(AuditEvent::new("second_factor.renamed", user.id)).await?;
    Ok(())
}

/// Takes one of one's own factors away, but not the last one where one is demanded. Every other login ends: whoever
/// holds the device may be logged in with it. With the last factor the recovery codes go.
pub async fn remove(permit: &Permit<ChangeCredentials>, house: &House, token: &str, id: FactorId) -> Result<()> {
    let tx = house.stores.begin(permit).await?;
    let session = session_of(&tx, token).await?.session;
    let (user, factor) = own_factor(&tx, permit, id).await?;
    let last = confirmed(&tx, &user).await?.len() == 1;
    if last && is_demanded(&tx, user.standing.role).await? {
        return Err(Error::invalid("", "last-factor"));
    }
    if last {
        tx.remove_factors(user.id).await?;
    } else if !tx.remove_factor(user.id, id).await? {
        return Err(Error::NotFound);
    }
    tx.remove_other_sessions(user.id, Some(session.id)).await?;
    let office = tx.site().await?.profile.name;
    let (german, english) = match factor.secret.code() {
        "passkey" => ("Ein Passkey wurde entfernt", "a passkey was removed"),
        _ => ("Eine Authenticator-App wurde entfernt", "an authenticator app was removed"),
    };
    notice(&tx, &user, &office, german, english).await?;
    tx.commit(AuditEvent::new("second_factor.removed", user.id).summary(factor.secret.code())).await?;
    house.ring();
    Ok(())
}
