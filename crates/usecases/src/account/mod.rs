//! Accounts and logins: password, second factor, recovery codes, one's own account.
//!
//! A login is two steps. The first gives a half session, good for the second factor only; the second ends it and gives
//! a whole one with a new token. Unknown and known users are answered alike, after the same work. Start reading at
//! [`login`].

pub mod enrolment;
pub mod invitation;
pub mod login;
pub mod own;

use access::Stage;
use crypto::password::rules::Weakness;
use crypto::token::Token;
use domain::{ProviderId, UserId};
use jiff::Timestamp;
use storage::TenantTx;
pub use storage::tenant::sessions::IDLE;
use storage::tenant::{Session, SessionUser, User};
use zeroize::Zeroizing;

use crate::{Error, Result};

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
    let known = (stage == Stage::Full).then(|| known_device(tx, user, None));
    Ok(Begun { token: token.to_text(), stage, device: known })
}

/// What a browser keeps that someone logged in on: random bits and their keyed hash together with the user. It opens
/// nothing; it only says that a wrong password here is not a stranger's.
fn known_device(tx: &TenantTx, user: UserId, random: Option<&str>) -> String {
    let random = random.map_or_else(|| Token::generate(tx.ids()).to_text().to_string(), str::to_owned);
    let proof = tx.keyed(&format!("device {user} {random}"));
    format!("{random}.{proof}")
}

/// Whether this user has logged in on this browser before.
fn is_known_device(tx: &TenantTx, user: UserId, brought: Option<&str>) -> bool {
    let random = brought.and_then(|brought| brought.split_once('.')).map(|(random, _)| random);
    random.is_some_and(|random| brought == Some(known_device(tx, user, Some(random)).as_str()))
}

pub(crate) async fn session_of(tx: &TenantTx, token: &str) -> Result<SessionUser> {
    let token = Token::parse(token).map_err(|_| Error::NotFound)?;
    tx.session(&token.hash()).await?.ok_or(Error::NotFound)
}

pub(crate) async fn user_of(tx: &TenantTx, id: UserId) -> Result<User> {
    tx.user(id).await?.ok_or(Error::NotFound)
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
