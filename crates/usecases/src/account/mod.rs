//! Accounts and logins: password, second factor, recovery codes, one's own account.
//!
//! A login is two steps. The first gives a half session, good for the second factor only; the second ends it and gives
//! a whole one with a new token; a passkey is both steps at once. Unknown and known users are answered alike, after the
//! same work. Whatever way someone comes, the whole login begins in one place, which knows the browser or tells its
//! owner. Start reading at [`login`].

mod devices;
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

pub(crate) use notices::{notice, told};

use access::{Role, Stage};
use crypto::password::Password;
use crypto::password::rules::{self, Context, Weakness};
use crypto::token::Token;
use domain::alert::Sign;
use domain::office::OfficeProfile;
use domain::{EmailAddress, Language, ProviderId, UserId};
use jiff::Timestamp;
use storage::TenantTx;
use storage::tenant::alerts::Alert;
pub use storage::tenant::sessions::IDLE;
use storage::tenant::{Errand, Session, SessionUser, User};
use storage::throttle::Pace;
use zeroize::Zeroizing;

use crate::{Error, House, Result, countries};

/// A session just begun: the token for the cookie, and how far the login is.
#[derive(Debug)]
pub struct Begun {
    /// For the cookie; nobody can have it again.
    pub token: Zeroizing<String>,
    /// How far the login is.
    pub stage: Stage,
    /// What makes this browser a known one of this user from now on, once the login is whole.
    pub device: Option<String>,
    /// The language its user chose, once the login is whole.
    pub language: Option<Language>,
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
    /// The ISO 3166 code of the country, where the house knows countries.
    pub country: Option<&'a str>,
    /// The token of the login this browser has; it ends when another one begins (OWASP ASVS 5.0, 7.2.4).
    pub session: Option<&'a str>,
}

/// Whether a second factor was part of a login.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Proven {
    WithFactor,
    /// With one of the codes on paper, which are for when the factor is not at hand.
    WithRecoveryCode,
    WithoutFactor,
}

/// Begins a session that is not whole yet.
pub(crate) async fn begin_session(tx: &TenantTx, user: UserId, stage: Stage, caller: Caller<'_>) -> Result<Begun> {
    let how = How { stage, provider: None, proven_at: tx.now() };
    begin_session_by(tx, user, how, caller).await
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

pub(crate) async fn begin_session_by(tx: &TenantTx, user: UserId, how: How, caller: Caller<'_>) -> Result<Begun> {
    Ok(Begun { token: new_session(tx, user, how, caller).await?, stage: how.stage, device: None, language: None })
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
    let known = devices::is_known(tx, user, caller);
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
        let office = tx.site().await?.profile.name;
        let (german, english) = ("Ihr zweiter Faktor bleibt, wie er ist", "your second factor stays as it is");
        notice(tx, user, &office, german, english).await?;
        said.push("the factor was not lost");
    }
    if let Some(country) = caller.country
        && countries::is_new(tx, user.id, country).await?
    {
        said.push("new country");
        let (id, at, sign) = (tx.ids().next(), tx.now(), Sign::NewCountry.code().to_owned());
        tx.insert_alert(&Alert { id, at, sign, about: Some(user.id), done_at: None }).await?;
    }
    tx.logged_in(user.id).await?;
    let token = new_session(tx, user.id, how, caller).await?;
    let device = devices::known_from_now_on(tx, user, caller);
    let begun = Begun { token, stage: Stage::Full, device: Some(device), language: user.profile.language };
    Ok((begun, said.join(", ")))
}

/// Ends the login a browser brought that begins another one.
async fn end_brought(tx: &TenantTx, caller: Caller<'_>) -> Result<()> {
    let Some(Ok(brought)) = caller.session.map(Token::parse) else { return Ok(()) };
    if let Some(found) = tx.session(&brought.hash()).await? {
        tx.remove_session(found.session.id).await?;
    }
    Ok(())
}

/// Ends every login of someone who must have a second factor in this standing and has none: whoever is in has not shown
/// one.
pub(crate) async fn end_logins_without_factor(tx: &TenantTx, user: UserId, role: Role) -> Result<()> {
    if factors::is_demanded(tx, role).await? && !tx.has_factor(user).await? {
        tx.remove_other_sessions(user, None).await?;
    }
    Ok(())
}

/// What the log says of a login: how, and what else was noticed.
pub(crate) fn listed(how: &str, said: &str) -> String {
    [how, said].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

async fn new_session(tx: &TenantTx, user: UserId, how: How, caller: Caller<'_>) -> Result<Zeroizing<String>> {
    end_brought(tx, caller).await?;
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
        device: caller.device.chars().filter(|c| !c.is_control()).take(80).collect(),
        provider,
    };
    tx.insert_session(&session).await?;
    Ok(token.to_text())
}

/// Mails asked for one address from one network: three free, then a minute, two, four … up to an hour.
const MAILS_TO_ONE: Pace = Pace { free: 3, first_ms: 60_000, longest_ms: 3_600_000, forget_ms: 3_600_000 };
/// Mails asked for from one network, whatever the address.
const MAILS_FROM_ONE: Pace = Pace { free: 20, first_ms: 10_000, longest_ms: 900_000, forget_ms: 3_600_000 };
/// Mails asked for one address from everywhere: nobody's mailbox is filled, and nobody else can shut this door for long.
const MAILS_FROM_ALL: Pace = Pace { free: 20, first_ms: 60_000, longest_ms: 600_000, forget_ms: 3_600_000 };

/// Counts a mail that a stranger asks for; [`Error::Throttled`] if it is one too many.
pub(crate) async fn count_mails(tx: &TenantTx, what: &str, to: &EmailAddress, network: &str) -> Result<()> {
    count_asked(tx, what, &to.folded(), network).await
}

/// The same where what is asked for is known by another word than an address.
pub(crate) async fn count_asked(tx: &TenantTx, what: &str, to: &str, network: &str) -> Result<()> {
    let throttles = [
        (format!("{what} to {to} from {network}"), MAILS_TO_ONE),
        (format!("{what} from {network}"), MAILS_FROM_ONE),
        (format!("{what} to {to}"), MAILS_FROM_ALL),
    ];
    for (what, _) in &throttles {
        not_too_often(tx, what).await?;
    }
    for (what, pace) in &throttles {
        tx.count_against(what, *pace).await?;
    }
    Ok(())
}

/// [`Error::Throttled`] if this was tried too often lately.
pub(crate) async fn not_too_often(tx: &TenantTx, what: &str) -> Result<()> {
    tx.throttled(what).await?.map_or(Ok(()), |until| Err(Error::Throttled(until)))
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
