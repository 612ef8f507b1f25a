//! Passkeys: as second factor, as a whole login, as fresh proof; a new one, and the first one.
//!
//! Each use is a ceremony of two requests. Between them the browser keeps what was asked in a cookie, sealed so that it
//! can neither read nor change it; an answer counts within five minutes, once, for the purpose and the user it was asked
//! for. That it was answered is remembered as spent, also when the answer was wrong.

use access::actions::{ChangeCredentials, ConfirmSecondFactor, EnrolSecondFactor, LogIn, ProveAgain};
use access::{Action, Permit};
use crypto::passkey::{Asked, PasskeyError, RelyingParty};
use domain::UserId;
use domain::alert::Sign;
use domain::audit::{Actor, AuditEvent};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use storage::TenantTx;
use storage::tenant::{Factor, FactorSecret, User, UserState};
use zeroize::Zeroizing;

use super::login::PER_NETWORK;
use super::notices::notice;
use super::own::{own, read_name};
use super::{Begun, Caller, Proven, enrolment, factors, listed, not_too_often, session_of, user_of, whole_login};
use crate::{Error, House, Result};

/// How long a browser may take to answer.
pub const CEREMONY: SignedDuration = SignedDuration::from_mins(5);

/// What the sealed cookie is for, so that it opens as nothing else.
const COOKIE: &str = "passkey ceremony";

/// What a passkey is called that its owner gave no name.
const UNNAMED: &str = "Passkey";

/// The first half of a ceremony.
#[derive(Debug)]
pub struct Ceremony {
    /// What the browser is asked, for the page's script.
    pub options: String,
    /// For the cookie.
    pub cookie: String,
}

/// A browser's answer to a [`Ceremony`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answer<'a> {
    /// What the browser kept of the question: [`Ceremony::cookie`].
    pub cookie: &'a str,
    /// What the passkey said, as the page's script sends it.
    pub response: &'a str,
}

/// What a passkey is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Purpose {
    LogIn,
    Confirm,
    Prove,
    Add,
    Enrol,
}

#[derive(Serialize, Deserialize)]
struct Sealed {
    purpose: Purpose,
    user: Option<UserId>,
    expires_at: Timestamp,
    state: String,
}

fn broken(error: &PasskeyError) -> Error {
    Error::Internal(error.to_string())
}

pub(super) fn refused() -> Error {
    Error::invalid("passkey", "passkey-refused")
}

async fn relying_party(tx: &TenantTx, house: &House) -> Result<RelyingParty> {
    let slug = house.slug(tx.id()).await?;
    let name = tx.site().await?.profile.name;
    RelyingParty::new(&house.addresses.office(&slug), &name).map_err(|error| broken(&error))
}

fn begin(tx: &TenantTx, purpose: Purpose, user: Option<UserId>, asked: Asked) -> Result<Ceremony> {
    let Asked { options, state } = asked;
    let expires_at = later(tx)?;
    let sealed = Sealed { purpose, user, expires_at, state: state.to_string() };
    let text = serde_json::to_string(&sealed).map_err(|error| Error::Internal(error.to_string()))?;
    Ok(Ceremony { options, cookie: tx.seal_cookie(COOKIE, &text) })
}

fn later(tx: &TenantTx) -> Result<Timestamp> {
    tx.now().checked_add(CEREMONY).map_err(|error| Error::Internal(error.to_string()))
}

/// What was asked, if this is the first answer to it, in time and for this purpose.
async fn asked_before(tx: &TenantTx, purpose: Purpose, user: Option<UserId>, cookie: &str) -> Result<Option<String>> {
    let Some(text) = tx.open_cookie(COOKIE, cookie) else { return Ok(None) };
    let Ok(sealed) = serde_json::from_str::<Sealed>(&text) else { return Ok(None) };
    let Sealed { purpose: asked_for, user: of, expires_at, state } = sealed;
    if asked_for != purpose || of != user || expires_at <= tx.now() {
        return Ok(None);
    }
    Ok(tx.spend(&state, expires_at).await?.then_some(state))
}

async fn ask_known<A: Action>(
    permit: &Permit<A>,
    house: &House,
    purpose: Purpose,
    user: Option<UserId>,
) -> Result<Option<Ceremony>> {
    let tx = house.stores.look(permit).await?;
    let mut credentials = Vec::new();
    if let Some(user) = user {
        for factor in tx.factors_of(user).await? {
            if let FactorSecret::Passkey { credential, .. } = factor.secret {
                credentials.push(credential);
            }
        }
        if credentials.is_empty() {
            return Ok(None);
        }
    }
    let credentials: Vec<&[u8]> = credentials.iter().map(Vec::as_slice).collect();
    let asked = relying_party(&tx, house).await?.ask_known(&credentials).map_err(|error| broken(&error))?;
    begin(&tx, purpose, user, asked).map(Some)
}

/// What became of an answer.
enum Outcome {
    Right(Factor),
    Wrong,
    /// The signature counter did not rise: the passkey may be there twice.
    Copied(Factor),
}

/// Checks the answer to [`ask_known`] and uses the passkey.
async fn use_passkey(
    tx: &TenantTx,
    house: &House,
    purpose: Purpose,
    user: Option<UserId>,
    Answer { cookie, response }: Answer<'_>,
) -> Result<Outcome> {
    let Some(state) = asked_before(tx, purpose, user, cookie).await? else { return Ok(Outcome::Wrong) };
    let party = relying_party(tx, house).await?;
    let Ok(claim) = party.claim(response) else { return Ok(Outcome::Wrong) };
    let Some(mut factor) = tx.passkey(&claim.credential).await? else { return Ok(Outcome::Wrong) };
    // Whose it is must be what the device says (WebAuthn § 7.2, step 6): always there when nobody was named before.
    let whose_it_says = claim.user.or(user);
    if whose_it_says != Some(factor.user) || user.is_some_and(|user| user != factor.user) {
        return Ok(Outcome::Wrong);
    }
    let FactorSecret::Passkey { credential, kept } = &factor.secret else { return Ok(Outcome::Wrong) };
    match party.accept_known(&state, response, kept) {
        Ok(used) => {
            if !tx.use_factor(&factor, used.counter).await? {
                return Ok(Outcome::Copied(factor));
            }
            factor.secret = FactorSecret::Passkey { credential: credential.clone(), kept: used.kept };
            tx.save_factor(&factor).await?;
            Ok(Outcome::Right(factor))
        }
        Err(PasskeyError::Copied) => Ok(Outcome::Copied(factor)),
        Err(PasskeyError::Refused) => Ok(Outcome::Wrong),
        Err(error @ (PasskeyError::Address | PasskeyError::Kept)) => Err(broken(&error)),
    }
}

/// What the log says of a refused passkey. Its owner is told if there may be a copy of it.
async fn failed(tx: &TenantTx, copied: Option<Factor>) -> Result<AuditEvent> {
    let Some(factor) = copied else { return Ok(AuditEvent::new("login.failed", "").summary("passkey")) };
    let user = user_of(tx, factor.user).await?;
    let office = tx.site().await?.profile.name;
    let german = "Ein Passkey wurde abgelehnt, weil es ihn vielleicht doppelt gibt";
    notice(tx, &user, &office, german, "a passkey was refused because there may be a copy of it").await?;
    Ok(AuditEvent::new("login.failed", user.id).summary("passkey: the signature counter did not rise"))
}

/// Whether it is a right answer of one of this user's passkeys; if not, what the log says of it.
pub(super) async fn check(
    tx: &TenantTx,
    house: &House,
    purpose: Purpose,
    user: UserId,
    answer: Answer<'_>,
) -> Result<std::result::Result<(), AuditEvent>> {
    match use_passkey(tx, house, purpose, Some(user), answer).await? {
        Outcome::Right(_) => Ok(Ok(())),
        Outcome::Copied(factor) => failed(tx, Some(factor)).await.map(Err),
        Outcome::Wrong => Ok(Err(AuditEvent::new("login.failed", user).summary("passkey"))),
    }
}

/// Asks for any passkey this browser has for this office.
pub async fn ask_to_log_in(permit: &Permit<LogIn>, house: &House) -> Result<Ceremony> {
    let asked = ask_known(permit, house, Purpose::LogIn, None).await?;
    asked.ok_or_else(|| Error::Internal("nothing to ask".to_owned()))
}

/// A whole login in one step: the passkey stands for password and second factor, because it asks its owner for a finger,
/// face or PIN. `Invalid` with the code `passkey-refused` for every kind of failure.
pub async fn log_in(permit: &Permit<LogIn>, house: &House, answer: Answer<'_>, caller: Caller<'_>) -> Result<Begun> {
    // Apart from wrong passwords: nobody can shut this door by guessing at the other.
    let what = format!("passkey from {}", caller.network);
    let tx = house.stores.begin(permit).await?;
    not_too_often(&tx, &what).await?;
    let (user, copied) = match use_passkey(&tx, house, Purpose::LogIn, None, answer).await? {
        Outcome::Right(factor) => (Some(user_of(&tx, factor.user).await?), None),
        Outcome::Copied(factor) => (None, Some(factor)),
        Outcome::Wrong => (None, None),
    };
    let Some(user) = user.filter(|user| user.standing.state == UserState::Active) else {
        tx.count_against(&what, PER_NETWORK).await?;
        let event = failed(&tx, copied).await?;
        tx.commit(event).await?;
        house.ring();
        house.noticed(permit.tenant(), Sign::PasswordsFromOne, caller.network, None).await;
        return Err(refused());
    };
    let (begun, said) = whole_login(&tx, &user, caller, Proven::WithFactor).await?;
    let event = AuditEvent::new("login.complete", user.id).summary(listed("passkey", &said));
    tx.commit_as(Actor::User(user.id), event).await?;
    house.ring();
    Ok(begun)
}

/// Asks for one of the passkeys of whoever is in the middle of a login; none if they have none.
pub async fn ask_to_confirm(permit: &Permit<ConfirmSecondFactor>, house: &House) -> Result<Option<Ceremony>> {
    ask_known(permit, house, Purpose::Confirm, Some(own(permit.actor())?)).await
}

/// Whether whoever is in the middle of a login has an app to take a code from.
pub async fn has_app(permit: &Permit<ConfirmSecondFactor>, house: &House) -> Result<bool> {
    let look = house.stores.look(permit).await?;
    Ok(super::own::ways(&look, own(permit.actor())?).await?.code)
}

/// Asks for one of one's own passkeys before something grave; none if one has none.
pub async fn ask_to_prove(permit: &Permit<ProveAgain>, house: &House) -> Result<Option<Ceremony>> {
    ask_known(permit, house, Purpose::Prove, Some(own(permit.actor())?)).await
}

async fn ask_new<A: Action>(permit: &Permit<A>, house: &House, purpose: Purpose) -> Result<Ceremony> {
    let tx = house.stores.look(permit).await?;
    let user = user_of(&tx, own(permit.actor())?).await?;
    let mut known = Vec::new();
    for factor in tx.factors_of(user.id).await? {
        if let FactorSecret::Passkey { credential, .. } = factor.secret {
            known.push(credential);
        }
    }
    let party = relying_party(&tx, house).await?;
    let (email, name) = (user.profile.email.as_str(), &user.profile.name);
    let asked = party.ask_new(user.id, email, name, known).map_err(|error| broken(&error))?;
    begin(&tx, purpose, Some(user.id), asked)
}

/// Checks the answer to [`ask_new`] and adds the passkey.
async fn add_new(
    tx: &TenantTx,
    house: &House,
    purpose: Purpose,
    user: &User,
    name: &str,
    Answer { cookie, response }: Answer<'_>,
) -> Result<Option<Factor>> {
    let Some(state) = asked_before(tx, purpose, Some(user.id), cookie).await? else { return Ok(None) };
    let new = match relying_party(tx, house).await?.accept_new(&state, response) {
        Ok(new) => new,
        Err(PasskeyError::Refused | PasskeyError::Copied) => return Ok(None),
        Err(error @ (PasskeyError::Address | PasskeyError::Kept)) => return Err(broken(&error)),
    };
    // No passkey belongs to two accounts (WebAuthn § 7.1, step 26).
    if tx.passkey(&new.credential).await?.is_some() {
        return Ok(None);
    }
    let secret = FactorSecret::Passkey { credential: new.credential, kept: new.kept };
    let factor = Factor::new(tx.ids().next(), user.id, name, secret, tx.now());
    tx.insert_factor(&factor).await?;
    Ok(Some(factor))
}

/// Asks for a new passkey, to be added to one's factors.
pub async fn ask_to_add(permit: &Permit<ChangeCredentials>, house: &House) -> Result<Ceremony> {
    ask_new(permit, house, Purpose::Add).await
}

/// Adds a passkey. With the first factor come ten recovery codes, shown once.
pub async fn add(
    permit: &Permit<ChangeCredentials>,
    house: &House,
    token: &str,
    name: &str,
    answer: Answer<'_>,
) -> Result<Option<Vec<Zeroizing<String>>>> {
    let name = if name.trim().is_empty() { UNNAMED } else { name };
    let name = read_name(name).map_err(|problem| Error::Invalid(vec![problem]))?;
    let tx = house.stores.begin(permit).await?;
    let session = session_of(&tx, token).await?.session;
    let user = user_of(&tx, session.user).await?;
    let before = factors::room_for_one(&tx, &user).await?;
    let Some(factor) = add_new(&tx, house, Purpose::Add, &user, &name, answer).await? else {
        tx.commit_housekeeping().await?;
        return Err(refused());
    };
    let codes = factors::added(&tx, &user, &factor, (before, session.id)).await?;
    tx.commit(AuditEvent::new("second_factor.added", user.id).summary("passkey")).await?;
    house.ring();
    Ok(codes)
}

/// Asks for a passkey as one's first factor.
pub async fn ask_to_enrol(permit: &Permit<EnrolSecondFactor>, house: &House) -> Result<Ceremony> {
    ask_new(permit, house, Purpose::Enrol).await
}

/// The first factor is a passkey: a whole session begins, and the recovery codes are shown once.
pub async fn enrol(
    permit: &Permit<EnrolSecondFactor>,
    house: &House,
    token: &str,
    answer: Answer<'_>,
    caller: Caller<'_>,
) -> Result<(Begun, Vec<Zeroizing<String>>)> {
    let tx = house.stores.begin(permit).await?;
    let session = session_of(&tx, token).await?.session;
    let user = user_of(&tx, session.user).await?;
    if add_new(&tx, house, Purpose::Enrol, &user, UNNAMED, answer).await?.is_none() {
        tx.commit_housekeeping().await?;
        return Err(refused());
    }
    let whole = enrolment::finish(&tx, &user, session.provider, caller).await?;
    tx.commit(AuditEvent::new("second_factor.enrolled", user.id).summary("passkey")).await?;
    house.ring();
    Ok(whole)
}
