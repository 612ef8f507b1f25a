//! A login, step by step, and its end.

use access::actions::{ConfirmSecondFactor, LogIn, LogOut};
use access::{Permit, Stage};
use crypto::password::{Password, Verdict};
use crypto::token::RecoveryCode;
use crypto::totp::TotpSecret;
use domain::alert::Sign;
use domain::audit::{Actor, AuditEvent};
use domain::{EmailAddress, ProviderId, UserId};
use jiff::{SignedDuration, Timestamp};
use storage::TenantTx;
use storage::tenant::{Factor, FactorSecret, User, UserState};
use storage::throttle::Pace;

use super::passkeys::{Answer, Purpose};
use super::{
    Begun, Caller, How, Proven, begin_session, devices, factors, listed, not_too_often, notice, passkeys, session_of,
    user_of, whole_login, whole_login_by,
};
use crate::{Error, House, Problem, Result};

/// Wrong passwords for one account from one network: five free, then 1 s, 2 s, 4 s … up to 15 minutes.
const PER_PAIR: Pace = Pace { free: 5, first_ms: 1_000, longest_ms: 900_000, forget_ms: 24 * 3_600_000 };
/// Wrong passwords from one network, whatever the account.
pub(super) const PER_NETWORK: Pace = Pace { free: 30, first_ms: 1_000, longest_ms: 300_000, forget_ms: 3_600_000 };
/// Wrong passwords for one account from everywhere: slows a spread attack without locking the owner out.
const PER_ACCOUNT: Pace = Pace { free: 50, first_ms: 500, longest_ms: 10_000, forget_ms: 3_600_000 };
/// Wrong passwords on browsers their user has logged in on before: counted for themselves, so that an attack from
/// elsewhere does not slow the owner. All of them together: whoever is in can make as many as they like.
const PER_DEVICE: Pace = Pace { free: 10, first_ms: 1_000, longest_ms: 900_000, forget_ms: 24 * 3_600_000 };
/// Wrong codes for one account.
pub(super) const PER_CODE: Pace = Pace { free: 5, first_ms: 2_000, longest_ms: 900_000, forget_ms: 24 * 3_600_000 };

/// First step of a login. `Invalid` with the code `login-failed` for every kind of failure.
pub async fn log_in(
    permit: &Permit<LogIn>,
    house: &House,
    email: &str,
    password: &str,
    caller: Caller<'_>,
) -> Result<Begun> {
    let failed = || Error::Invalid(vec![Problem::new("", "login-failed")]);
    // An address that cannot be one costs as much as an unknown one.
    let address = EmailAddress::parse(email).ok();
    let account = address.as_ref().map(EmailAddress::folded).unwrap_or_default();
    let network = caller.network;
    let look = house.stores.look(permit).await?;
    let user = match &address {
        Some(address) => look.user_by_email(address).await?,
        None => None,
    };
    let throttles = if user.as_ref().is_some_and(|user| devices::is_known(&look, user, caller)) {
        vec![(format!("login {account} known"), PER_DEVICE)]
    } else {
        vec![
            (format!("login {account} from {network}"), PER_PAIR),
            (format!("login from {network}"), PER_NETWORK),
            (format!("login {account}"), PER_ACCOUNT),
        ]
    };
    let mut blocked = None;
    for (what, _) in &throttles {
        blocked = blocked.max(look.throttled(what).await?);
    }
    drop(look);
    let about = user.as_ref().map(|user| user.id);
    let tried = async || {
        house.noticed(permit.tenant(), Sign::PasswordsForOne, &account, about).await;
        house.noticed(permit.tenant(), Sign::PasswordsFromOne, network, None).await;
        house.noticed(permit.tenant(), Sign::PasswordsEverywhere, "", None).await;
    };
    if let Some(until) = blocked {
        tried().await;
        return Err(Error::Throttled(until));
    }
    let user = user.filter(|user| user.standing.state != UserState::Disabled);
    let typed = Password::typed(password);
    // Whoever comes in through single sign-on only has none, and is answered like a stranger.
    let user = user.filter(|user| user.password_hash().is_some());
    let verdict = house.passwords.verify(&typed, user.as_ref().and_then(User::password_hash)).await?;
    // Hashed before the unit of work begins: it takes long, and colleagues wait meanwhile.
    let rehashed = match verdict {
        Verdict::Right { needs_rehash: true } => Some(house.passwords.hash(&typed).await?),
        _ => None,
    };
    let tx = house.stores.begin(permit).await?;
    // Asked again, now that writers take turns: many guesses sent at once must not all count as the first.
    for (what, _) in &throttles {
        if let Some(until) = tx.throttled(what).await? {
            drop(tx);
            tried().await;
            return Err(Error::Throttled(until));
        }
    }
    // Who this is may have changed while the password was checked: locked out, promoted, another password.
    let user = match user {
        Some(before) => {
            tx.user(before.id).await?.filter(|now| now.password == before.password && now.standing == before.standing)
        }
        None => None,
    };
    let (Some(user), Verdict::Right { .. }) = (user, verdict) else {
        for (what, pace) in &throttles {
            tx.count_against(what, *pace).await?;
        }
        // Whose it was, if it is anyone's: the lead finds it under the person.
        let whose = about.map(|user| user.to_string()).unwrap_or_default();
        tx.commit(AuditEvent::new("login.failed", whose).summary("password")).await?;
        tried().await;
        return Err(failed());
    };
    let user = match rehashed {
        Some(hash) => {
            tx.set_password(user.id, &hash).await?;
            User { password: hash, ..user }
        }
        None => user,
    };
    tx.forgive(&throttles[0].0).await?;
    let stage = stage_after_first_step(&tx, &user).await?;
    if stage == Stage::Full {
        let (begun, said) = whole_login(&tx, &user, caller, Proven::WithoutFactor).await?;
        tx.commit_as(Actor::User(user.id), AuditEvent::new("login.complete", user.id).summary(said)).await?;
        house.ring();
        return Ok(begun);
    }
    let begun = begin_session(&tx, user.id, stage, caller).await?;
    tx.commit_as(Actor::User(user.id), AuditEvent::new("login.password", user.id)).await?;
    Ok(begun)
}

/// How far a login is when its first step is done: password, or link by mail.
pub(super) async fn stage_after_first_step(tx: &TenantTx, user: &User) -> Result<Stage> {
    let role = user.standing.role;
    Ok(match user.standing.state {
        UserState::Enrolling => Stage::Enrolling,
        _ if tx.has_factor(user.id).await? => Stage::HalfIn,
        // Whoever must have a factor and has none left needs a recovery code, or a lead: it may have been taken away in
        // the database.
        _ if role.needs_second_factor() => Stage::HalfIn,
        // Group admins may do without, unless the office demands it.
        _ if factors::is_demanded(tx, role).await? => Stage::Enrolling,
        _ => Stage::Full,
    })
}

/// What was shown as second factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecondFactor<'a> {
    /// Six digits of the app.
    Code(&'a str),
    /// One of the ten codes on paper.
    Recovery(&'a str),
    /// A passkey's answer to [`super::passkeys::ask_to_confirm`].
    Passkey(Answer<'a>),
}

/// What wrong codes are counted against. Browsers their user has logged in on before count for themselves, all together:
/// whoever has the password elsewhere cannot make the owner wait.
fn codes_counted(tx: &TenantTx, user: &User, caller: Caller<'_>) -> String {
    let known = if devices::is_known(tx, user, caller) { " known" } else { "" };
    format!("second factor {}{known}", user.id)
}

fn tomorrow(tx: &TenantTx) -> Timestamp {
    tx.now().saturating_add(SignedDuration::from_hours(24)).unwrap_or(Timestamp::MAX)
}

/// Second step of a login: the half session ends, a whole one with a new token begins.
pub async fn confirm(
    permit: &Permit<ConfirmSecondFactor>,
    house: &House,
    token: &str,
    factor: SecondFactor<'_>,
    caller: Caller<'_>,
) -> Result<Begun> {
    let tx = house.stores.begin(permit).await?;
    let session = session_of(&tx, token).await?.session;
    let user = user_of(&tx, session.user).await?;
    let what = codes_counted(&tx, &user, caller);
    not_too_often(&tx, &what).await?;
    let right = |right: bool| {
        if right { Ok(()) } else { Err(AuditEvent::new("login.failed", user.id).summary("second factor")) }
    };
    let (checked, event, with) = match factor {
        SecondFactor::Code(code) => (right(use_code(&tx, user.id, code).await?), "login.complete", ""),
        SecondFactor::Recovery(code) => {
            let used = match RecoveryCode::parse(code) {
                Ok(code) => tx.use_recovery_code(user.id, &code.hash(user.id)).await?,
                Err(_) => false,
            };
            (right(used), "login.recovery_code", "")
        }
        SecondFactor::Passkey(answer) => {
            (passkeys::check(&tx, house, Purpose::Confirm, user.id, answer).await?, "login.complete", "passkey")
        }
    };
    if let Err(failed) = checked {
        tx.count_against(&what, PER_CODE).await?;
        // Somebody knows the password: the owner is told when it goes on, once a day (OWASP ASVS 5.0, 6.3.5).
        if tx.throttled(&what).await?.is_some() && tx.spend(&format!("told {}", user.id), tomorrow(&tx)).await? {
            let office = tx.site().await?.profile.name;
            let german = "Jemand kennt Ihr Passwort und rät den zweiten Faktor: bitte ändern Sie Ihr Passwort";
            let english = "somebody knows your password and guesses at the second factor: please change your password";
            notice(&tx, &user, &office, german, english).await?;
        }
        tx.commit(failed).await?;
        house.ring();
        house.noticed(permit.tenant(), Sign::WrongCodes, &user.id.to_string(), Some(user.id)).await;
        return Err(match factor {
            SecondFactor::Passkey(_) => passkeys::refused(),
            SecondFactor::Code(_) | SecondFactor::Recovery(_) => Error::invalid("code", "wrong-code"),
        });
    }
    tx.forgive(&what).await?;
    tx.remove_session(session.id).await?;
    let how = How { stage: Stage::Full, provider: session.provider, proven_at: tx.now() };
    let proven = match factor {
        SecondFactor::Code(_) | SecondFactor::Passkey(_) => Proven::WithFactor,
        SecondFactor::Recovery(_) => Proven::WithRecoveryCode,
    };
    let (begun, said) = whole_login_by(&tx, &user, caller, proven, how).await?;
    tx.commit(AuditEvent::new(event, user.id).summary(listed(with, &said))).await?;
    house.ring();
    if matches!(factor, SecondFactor::Recovery(_)) {
        house.noticed(permit.tenant(), Sign::RecoveryCodeUsed, &user.id.to_string(), Some(user.id)).await;
    }
    Ok(begun)
}

/// Whether it is the code of one of the user's devices and its time step was never used there: of parallel uses exactly
/// one succeeds.
pub(super) async fn use_code(tx: &TenantTx, user: UserId, code: &str) -> Result<bool> {
    for factor in tx.factors_of(user).await?.iter().filter(|factor| factor.is_confirmed()) {
        if use_code_of(tx, factor, code).await? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The same for one device.
pub(super) async fn use_code_of(tx: &TenantTx, factor: &Factor, code: &str) -> Result<bool> {
    let FactorSecret::App(secret) = &factor.secret else { return Ok(false) };
    let secret = TotpSecret::from_bytes(secret).map_err(|error| Error::Internal(error.to_string()))?;
    let last = (factor.mark > 0).then_some(factor.mark);
    match secret.check(code, tx.now(), last) {
        Some(step) => Ok(tx.use_factor(factor, step).await?),
        None => Ok(false),
    }
}

/// Ends one's own session; says through which provider of single sign-on it was begun, where one may still be logged in.
pub async fn log_out(permit: &Permit<LogOut>, house: &House, token: &str) -> Result<Option<ProviderId>> {
    let tx = house.stores.begin(permit).await?;
    let session = session_of(&tx, token).await?.session;
    tx.remove_session(session.id).await?;
    tx.commit(AuditEvent::new("logout", session.user)).await?;
    Ok(session.provider)
}
