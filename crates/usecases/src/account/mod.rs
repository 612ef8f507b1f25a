//! Accounts and logins: password, second factor, recovery codes, one's own account.
//!
//! A login is two steps. The first gives a half session, good for the second factor only; the second ends it and gives
//! a whole one with a new token; a passkey is both steps at once. Unknown and known users are answered alike, after the
//! same work. Whatever way someone comes, the whole login begins in one place, which knows the browser or tells its
//! owner. Start reading at [`login`].

pub mod email;
pub mod enrolment;
pub mod factors;
pub mod invitation;
pub mod login;
pub mod mail_login;
pub mod new_password;
mod notices;
pub mod own;
pub mod passkeys;

pub(crate) use notices::notice;

use access::Stage;
use crypto::password::Password;
use crypto::password::rules::{self, Context, Weakness};
use crypto::token::Token;
use domain::office::OfficeProfile;
use domain::{ProviderId, UserId};
use jiff::Timestamp;
use storage::TenantTx;
pub use storage::tenant::sessions::IDLE;
use storage::tenant::{Errand, Session, SessionUser, User};
use zeroize::Zeroizing;

use crate::{Error, House, Result};

/// A session just begun: the token for the cookie, and how far the login is.
#[derive(Debug)]
pub struct Begun {
    /// For the cookie; nobody can have it again.
    pub token: Zeroizing<String>,
    /// How far the login is.
    pub stage: Stage,
    /// What makes this browser a known one of this user from now on, once the login is whole.
    pub device: Option<String>,
}

/// From where someone logs in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Caller<'a> {
    /// The network, for throttles only; never stored.
    pub network: &'a str,
    /// Browser and system in plain words, for the list of logins.
    pub device: &'a str,
    /// What a login on this browser left behind, see [`Begun::device`].
    pub known: Option<&'a str>,
}

/// Whether a second factor was part of a login.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Proven {
    WithFactor,
    WithoutFactor,
}

/// Begins a session that is not whole yet.
pub(crate) async fn begin_session(tx: &TenantTx, user: UserId, stage: Stage, device: &str) -> Result<Begun> {
    let how = How { stage, provider: None, proven_at: tx.now() };
    begin_session_by(tx, user, how, device).await
}

/// How a login was begun.
#[derive(Clone, Copy, Debug)]
pub(crate) struct How {
    pub(crate) stage: Stage,
    /// Through which provider of single sign-on, if through one.
    pub(crate) provider: Option<ProviderId>,
    /// When its user last proved who they are.
    pub(crate) proven_at: Timestamp,
}

pub(crate) async fn begin_session_by(tx: &TenantTx, user: UserId, how: How, device: &str) -> Result<Begun> {
    Ok(Begun { token: new_session(tx, user, how, device).await?, stage: how.stage, device: None })
}

/// Begins a whole session of someone who gave what is asked for here.
async fn whole_login(tx: &TenantTx, user: &User, caller: Caller<'_>, proven: Proven) -> Result<(Begun, String)> {
    let how = How { stage: Stage::Full, provider: None, proven_at: tx.now() };
    whole_login_by(tx, user, caller, proven, how).await
}

/// Begins a whole session, whatever way someone came: a browser not known for them is told by mail, and whoever used a
/// factor has not lost it. What the log should say beside the login comes with it.
pub(crate) async fn whole_login_by(
    tx: &TenantTx,
    user: &User,
    caller: Caller<'_>,
    proven: Proven,
    how: How,
) -> Result<(Begun, String)> {
    let known = known_device(tx, user.id, caller.known).is_some();
    // Nobody has a known browser before the first login.
    if !known && user.last_login_at.is_some() {
        let office = tx.site().await?.profile.name;
        notices::new_device(tx, user, &office, caller.device).await?;
    }
    let mut said = Vec::new();
    if !known {
        said.push("new browser");
    }
    if proven == Proven::WithFactor && tx.remove_factor_loss(user.id).await? {
        tx.revoke_tickets(user.id, |errand| *errand == Errand::KeepFactor).await?;
        said.push("the factor was not lost");
    }
    tx.logged_in(user.id).await?;
    let token = new_session(tx, user.id, how, caller.device).await?;
    let device = devices(tx, user.id, caller.known);
    Ok((Begun { token, stage: Stage::Full, device: Some(device) }, said.join(", ")))
}

async fn new_session(tx: &TenantTx, user: UserId, how: How, device: &str) -> Result<Zeroizing<String>> {
    let How { stage, provider, proven_at } = how;
    let token = Token::generate(tx.ids());
    let now = tx.now();
    let session = Session {
        id: tx.ids().next(),
        token_hash: token.hash(),
        user,
        stage,
        created_at: now,
        seen_at: now,
        proven_at,
        device: device.chars().filter(|c| !c.is_control()).take(80).collect(),
        provider,
    };
    tx.insert_session(&session).await?;
    Ok(token.to_text())
}

/// How many people a browser is known for; colleagues share one.
const DEVICE_MARKS: usize = 6;

/// What a browser keeps that someone logged in on: random bits and their keyed hash together with the user. It opens
/// nothing; it only says that a wrong password here is not a stranger's, and that a login here is no news.
fn device_mark(tx: &TenantTx, user: UserId, random: Option<&str>) -> String {
    let random = random.map_or_else(|| Token::generate(tx.ids()).to_text().to_string(), str::to_owned);
    let proof = tx.keyed(&format!("device {user} {random}"));
    format!("{random}.{proof}")
}

/// The mark of this user among those a browser brought.
fn known_device<'a>(tx: &TenantTx, user: UserId, brought: Option<&'a str>) -> Option<&'a str> {
    brought?.split('~').take(DEVICE_MARKS).find(|mark| {
        let random = mark.split_once('.').map(|(random, _)| random);
        random.is_some_and(|random| *mark == device_mark(tx, user, Some(random)))
    })
}

/// What the browser keeps from now on: a new mark of this user, and those of others who logged in on it.
fn devices(tx: &TenantTx, user: UserId, brought: Option<&str>) -> String {
    let own = known_device(tx, user, brought);
    let others = brought.into_iter().flat_map(|brought| brought.split('~')).filter(|mark| Some(*mark) != own);
    let others = others.take(DEVICE_MARKS - 1).map(str::to_owned);
    std::iter::once(device_mark(tx, user, None)).chain(others).collect::<Vec<_>>().join("~")
}

pub(crate) async fn session_of(tx: &TenantTx, token: &str) -> Result<SessionUser> {
    let token = Token::parse(token).map_err(|_| Error::NotFound)?;
    tx.session(&token.hash()).await?.ok_or(Error::NotFound)
}

pub(crate) async fn user_of(tx: &TenantTx, id: UserId) -> Result<User> {
    tx.user(id).await?.ok_or(Error::NotFound)
}

/// The hash of a password someone chose for an account they have; [`Error::Invalid`] if it is too weak.
async fn hash_of_new(house: &House, password: &str, user: &User, office: &OfficeProfile) -> Result<Zeroizing<String>> {
    let typed = Password::typed(password);
    let context =
        Context::new([&user.profile.name, user.profile.email.as_str(), &office.name, &office.town, &office.carrier]);
    rules::check(&typed, &context).map_err(|weakness| Error::invalid("password", weakness_code(weakness)))?;
    Ok(house.passwords.hash(&typed).await?)
}

const fn weakness_code(weakness: Weakness) -> &'static str {
    match weakness {
        Weakness::TooShort => "password-short",
        Weakness::TooLong => "password-long",
        Weakness::Common => "password-common",
        Weakness::Pattern => "password-pattern",
        Weakness::Context => "password-context",
    }
}

/// A user as shown to colleagues.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Colleague {
    /// The id.
    pub id: UserId,
    /// How they want to be called.
    pub name: String,
}

/// The names of all users, for histories and logs.
pub(crate) async fn colleagues(tx: &TenantTx) -> Result<Vec<Colleague>> {
    Ok(tx.users().await?.into_iter().map(|user| Colleague { id: user.id, name: user.profile.name }).collect())
}
