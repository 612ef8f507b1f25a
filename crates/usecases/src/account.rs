//! Accounts and logins: password, second factor, recovery codes.
//!
//! A login is two steps. The first gives a half session, good for the second factor only; the second ends it and gives
//! a whole one with a new token. Unknown and known users are answered alike, after the same work.

use access::actions::{ConfirmSecondFactor, CreateFirstAccount, EnrolSecondFactor, LogIn, LogOut};
use access::{Permit, Stage};
use crypto::password::rules::{self, Context, Weakness};
use crypto::password::{Password, Verdict};
use crypto::token::{RecoveryCode, Token, recovery_codes};
use crypto::totp::TotpSecret;
use domain::audit::{Actor, AuditEvent};
use domain::{EmailAddress, UserId};
use storage::TenantTx;
use storage::tenant::{Session, SessionUser, User, UserProfile, UserState};
use storage::throttle::Pace;
use zeroize::Zeroizing;

use crate::{Error, House, Problem, Result};

/// Wrong passwords for one account from one network: five free, then 1 s, 2 s, 4 s … up to 15 minutes.
const PER_PAIR: Pace = Pace { free: 5, first_ms: 1_000, longest_ms: 900_000, forget_ms: 24 * 3_600_000 };
/// Wrong passwords from one network, whatever the account.
const PER_NETWORK: Pace = Pace { free: 30, first_ms: 1_000, longest_ms: 300_000, forget_ms: 3_600_000 };
/// Wrong passwords for one account from everywhere: slows a spread attack without locking the owner out.
const PER_ACCOUNT: Pace = Pace { free: 50, first_ms: 500, longest_ms: 10_000, forget_ms: 3_600_000 };
/// Wrong codes for one account.
const PER_CODE: Pace = Pace { free: 5, first_ms: 2_000, longest_ms: 900_000, forget_ms: 24 * 3_600_000 };

/// A session just begun: the token for the cookie, and how far the login is.
#[derive(Debug)]
pub struct Begun {
    /// For the cookie; nobody can have it again.
    pub token: Zeroizing<String>,
    /// How far the login is.
    pub stage: Stage,
}

async fn begin_session(tx: &TenantTx, user: UserId, stage: Stage) -> Result<Begun> {
    let token = Token::generate(tx.ids());
    let now = tx.now();
    let session = Session { id: tx.ids().next(), token_hash: token.hash(), user, stage, created_at: now, seen_at: now };
    tx.insert_session(&session).await?;
    Ok(Begun { token: token.to_text(), stage })
}

async fn session_of(tx: &TenantTx, token: &str) -> Result<SessionUser> {
    let token = Token::parse(token).map_err(|_| Error::NotFound)?;
    tx.session(&token.hash()).await?.ok_or(Error::NotFound)
}

/// First step of a login. `Invalid` with the code `login-failed` for every kind of failure.
pub async fn log_in(
    permit: &Permit<LogIn>,
    house: &House,
    email: &str,
    password: &str,
    network: &str,
) -> Result<Begun> {
    let failed = || Error::Invalid(vec![Problem::new("", "login-failed")]);
    // An address that cannot be one costs as much as an unknown one.
    let address = EmailAddress::parse(email).ok();
    let account = address.as_ref().map(EmailAddress::folded).unwrap_or_default();
    let throttles = [
        (format!("login {account} from {network}"), PER_PAIR),
        (format!("login from {network}"), PER_NETWORK),
        (format!("login {account}"), PER_ACCOUNT),
    ];
    let look = house.stores.look(permit).await?;
    for (what, _) in &throttles {
        if let Some(until) = look.throttled(what).await? {
            return Err(Error::Throttled(until));
        }
    }
    let user = match &address {
        Some(address) => look.user_by_email(address).await?,
        None => None,
    };
    drop(look);
    let user = user.filter(|user| user.state != UserState::Disabled);
    let typed = Password::typed(password);
    let verdict = house.passwords.verify(&typed, user.as_ref().map(|user| user.password.as_str())).await?;
    let tx = house.stores.begin(permit).await?;
    // Asked again, now that writers take turns: many guesses sent at once must not all count as the first.
    for (what, _) in &throttles {
        if let Some(until) = tx.throttled(what).await? {
            return Err(Error::Throttled(until));
        }
    }
    let (Some(user), Verdict::Right { needs_rehash }) = (user, verdict) else {
        for (what, pace) in &throttles {
            tx.count_against(what, *pace).await?;
        }
        tx.commit(AuditEvent::new("login.failed", "").summary("password")).await?;
        return Err(failed());
    };
    if needs_rehash {
        let hash = house.passwords.hash(&typed).await?;
        tx.set_password(user.id, &hash).await?;
    }
    tx.forgive(&throttles[0].0).await?;
    let stage = if user.state == UserState::Enrolling { Stage::Enrolling } else { Stage::HalfIn };
    let begun = begin_session(&tx, user.id, stage).await?;
    tx.commit_as(Actor::User(user.id), AuditEvent::new("login.password", user.id)).await?;
    Ok(begun)
}

/// What was typed as second factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecondFactor<'a> {
    /// Six digits of the app.
    Code(&'a str),
    /// One of the ten codes on paper.
    Recovery(&'a str),
}

/// Second step of a login: the half session ends, a whole one with a new token begins.
pub async fn confirm(
    permit: &Permit<ConfirmSecondFactor>,
    house: &House,
    token: &str,
    factor: SecondFactor<'_>,
) -> Result<Begun> {
    let tx = house.stores.begin(permit).await?;
    let session = session_of(&tx, token).await?.session;
    let user = tx.user(session.user).await?.ok_or(Error::NotFound)?;
    let what = format!("second factor {}", user.id);
    if let Some(until) = tx.throttled(&what).await? {
        return Err(Error::Throttled(until));
    }
    let (right, event) = match factor {
        SecondFactor::Code(code) => (use_code(&tx, &user, code).await?, "login.complete"),
        SecondFactor::Recovery(code) => {
            let right = match RecoveryCode::parse(code) {
                Ok(code) => tx.use_recovery_code(user.id, &code.hash(user.id)).await?,
                Err(_) => false,
            };
            (right, "login.recovery_code")
        }
    };
    if !right {
        tx.count_against(&what, PER_CODE).await?;
        tx.commit(AuditEvent::new("login.failed", user.id).summary("second factor")).await?;
        return Err(Error::invalid("code", "wrong-code"));
    }
    tx.forgive(&what).await?;
    tx.remove_session(session.id).await?;
    tx.logged_in(user.id).await?;
    let begun = begin_session(&tx, user.id, Stage::Full).await?;
    tx.commit(AuditEvent::new(event, user.id)).await?;
    Ok(begun)
}

/// Whether the code is right and its time step was never used: of parallel uses exactly one succeeds.
async fn use_code(tx: &TenantTx, user: &User, code: &str) -> Result<bool> {
    let Some(secret) = &user.totp else { return Ok(false) };
    let secret = TotpSecret::from_bytes(secret).map_err(|error| Error::Internal(error.to_string()))?;
    let last = (user.totp_step > 0).then_some(user.totp_step);
    match secret.check(code, tx.now(), last) {
        Some(step) => Ok(tx.use_totp_step(user.id, step).await?),
        None => Ok(false),
    }
}

/// Ends one's own session.
pub async fn log_out(permit: &Permit<LogOut>, house: &House, token: &str) -> Result<()> {
    let tx = house.stores.begin(permit).await?;
    let session = session_of(&tx, token).await?.session;
    tx.remove_session(session.id).await?;
    tx.commit(AuditEvent::new("logout", session.user)).await?;
    Ok(())
}

/// Who is invited, for the page of the link; uses nothing up.
pub async fn invitation(permit: &Permit<CreateFirstAccount>, house: &House, token: &str) -> Result<EmailAddress> {
    let token = Token::parse(token).map_err(|_| Error::NotFound)?;
    let look = house.stores.look(permit).await?;
    Ok(look.invitation(&token.hash()).await?.ok_or(Error::NotFound)?.email)
}

/// Makes the account of an invitation; its second factor is set up next.
pub async fn accept_invitation(
    permit: &Permit<CreateFirstAccount>,
    house: &House,
    token: &str,
    name: &str,
    password: &str,
) -> Result<Begun> {
    let token = Token::parse(token).map_err(|_| Error::NotFound)?;
    let look = house.stores.look(permit).await?;
    let invited = look.invitation(&token.hash()).await?.ok_or(Error::NotFound)?;
    let profile = look.site().await?.profile;
    drop(look);
    let name = name.trim();
    let mut problems = Vec::new();
    if name.is_empty() {
        problems.push(Problem::new("name", "missing"));
    } else if name.chars().count() > 100 || name.chars().any(char::is_control) {
        problems.push(Problem::new("name", "too-long"));
    }
    let typed = Password::typed(password);
    let context = Context::new([name, invited.email.as_str(), &profile.name, &profile.town, &profile.carrier]);
    if let Err(weakness) = rules::check(&typed, &context) {
        problems.push(Problem::new("password", weakness_code(weakness)));
    }
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let hash = house.passwords.hash(&typed).await?;
    let tx = house.stores.begin(permit).await?;
    if !tx.use_invitation(invited.id).await? {
        return Err(Error::NotFound);
    }
    let user = User {
        id: tx.ids().next(),
        role: invited.role,
        state: UserState::Enrolling,
        profile: UserProfile { name: name.to_owned(), email: invited.email },
        password: hash,
        totp: None,
        totp_step: 0,
        last_login_at: None,
    };
    tx.insert_user(&user).await?;
    let begun = begin_session(&tx, user.id, Stage::Enrolling).await?;
    tx.commit_as(Actor::User(user.id), AuditEvent::new("account.created", user.id)).await?;
    Ok(begun)
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

/// A second factor being set up.
#[derive(Debug)]
pub struct Enrolment {
    /// For the QR code: `otpauth://totp/…`.
    pub uri: Zeroizing<String>,
    /// For typing.
    pub secret: Zeroizing<String>,
}

/// The second factor to set up; the same one until it is confirmed, so that a reload does no harm.
pub async fn enrolment(permit: &Permit<EnrolSecondFactor>, house: &House, token: &str) -> Result<Enrolment> {
    let tx = house.stores.begin(permit).await?;
    let user = session_of(&tx, token).await?.session.user;
    let user = tx.user(user).await?.ok_or(Error::NotFound)?;
    let broken = |error: crypto::totp::TotpError| Error::Internal(error.to_string());
    let issuer = tx.site().await?.profile.name;
    let secret = match &user.totp {
        Some(bytes) => TotpSecret::from_bytes(bytes).map_err(broken)?,
        None => {
            let secret = TotpSecret::generate(tx.ids());
            tx.set_totp(user.id, secret.expose_bytes()).await?;
            tx.commit(AuditEvent::new("second_factor.begun", user.id)).await?;
            secret
        }
    };
    let uri = secret.uri(&issuer, user.profile.email.as_str()).map_err(broken)?;
    Ok(Enrolment { uri, secret: secret.to_text() })
}

/// The second factor works: a whole session begins, and the recovery codes are shown once.
pub async fn enrol(
    permit: &Permit<EnrolSecondFactor>,
    house: &House,
    token: &str,
    code: &str,
) -> Result<(Begun, Vec<Zeroizing<String>>)> {
    let tx = house.stores.begin(permit).await?;
    let session = session_of(&tx, token).await?.session;
    let user = tx.user(session.user).await?.ok_or(Error::NotFound)?;
    let what = format!("second factor {}", user.id);
    if let Some(until) = tx.throttled(&what).await? {
        return Err(Error::Throttled(until));
    }
    if !use_code(&tx, &user, code).await? {
        tx.count_against(&what, PER_CODE).await?;
        tx.commit_housekeeping().await?;
        return Err(Error::invalid("code", "wrong-code"));
    }
    let codes = recovery_codes(tx.ids());
    let hashes: Vec<_> = codes.iter().map(|code| code.hash(user.id)).collect();
    tx.put_recovery_codes(user.id, &hashes).await?;
    tx.set_standing(user.id, user.role, UserState::Active).await?;
    tx.forgive(&what).await?;
    // Every other login of this user ends, too: one half set up elsewhere could read the secret that now counts.
    tx.remove_other_sessions(user.id, None).await?;
    tx.logged_in(user.id).await?;
    let begun = begin_session(&tx, user.id, Stage::Full).await?;
    tx.commit(AuditEvent::new("second_factor.enrolled", user.id)).await?;
    Ok((begun, codes.iter().map(RecoveryCode::to_text).collect()))
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
