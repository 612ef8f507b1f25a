//! One's own account: proof before something grave, name, password, recovery codes, logins.

use access::actions::{ChangeCredentials, ManageOwnAccount, ProveAgain};
use access::{Permit, Role, Stage};
use crypto::password::{Password, Verdict};
use domain::alert::Sign;
use domain::audit::{Actor, AuditEvent};
use domain::{EmailAddress, Language, SessionId, UserId};
use jiff::Timestamp;
use storage::TenantTx;
use storage::tenant::{Errand, User, UserProfile};
use zeroize::Zeroizing;

use super::enrolment::new_recovery_codes;
use super::factors::is_demanded;
use super::login::{PER_CODE, use_code};
use super::notices::notice;
use super::passkeys::{Answer, Purpose};
use super::{Caller, devices, hash_of_new, not_too_often, passkeys, session_of, user_of};
use crate::people::role_name;
use crate::{Error, House, Problem, Result};

/// One's own account, as its page shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnAccount {
    /// How one wants to be called.
    pub name: String,
    /// Logs in with it.
    pub email: EmailAddress,
    /// What one is in the office.
    pub role: Role,
    /// What a role the office made is called; none for the built-in ones.
    pub role_name: Option<String>,
    /// Whether a second factor is set up.
    pub second_factor: bool,
    /// The address it is to have once both addresses agreed.
    pub new_email: Option<EmailAddress>,
    /// The language chosen; none: as the browser asks.
    pub language: Option<Language>,
    /// How many recovery codes are unused.
    pub recovery_codes: u64,
    /// One's logins in force, the newest request first.
    pub logins: Vec<Login>,
}

/// A login in the list of one's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Login {
    /// Its id.
    pub id: SessionId,
    /// Browser and system in plain words.
    pub device: String,
    /// Since when.
    pub since: Timestamp,
    /// The last request.
    pub seen: Timestamp,
    /// Whether it is the one the list is looked at with.
    pub this: bool,
}

pub(super) fn own(permit_actor: Actor) -> Result<UserId> {
    permit_actor.user().ok_or(Error::NotFound)
}

/// One's own account.
pub async fn account(permit: &Permit<ManageOwnAccount>, house: &House, token: &str) -> Result<OwnAccount> {
    let look = house.stores.look(permit).await?;
    let this = session_of(&look, token).await?.session.id;
    let user = user_of(&look, own(permit.actor())?).await?;
    let logins = look.sessions_of(user.id).await?;
    let User { id, standing, profile: UserProfile { name, email, language }, .. } = user;
    Ok(OwnAccount {
        name,
        email,
        language,
        role: standing.role,
        role_name: role_name(&look, standing.role).await?,
        second_factor: look.has_factor(id).await?,
        new_email: look.email_change(id).await?.map(|change| change.email),
        recovery_codes: look.recovery_codes_left(id).await?,
        logins: logins
            .into_iter()
            // Whoever has not given the second factor yet is not logged in.
            .filter(|session| session.stage == Stage::Full)
            .map(|session| Login {
                this: session.id == this,
                id: session.id,
                device: session.device,
                since: session.created_at,
                seen: session.seen_at,
            })
            .collect(),
    })
}

/// Changes one's own name and language.
pub async fn change_profile(
    permit: &Permit<ManageOwnAccount>,
    house: &House,
    name: &str,
    language: Option<Language>,
) -> Result<()> {
    let name = read_name(name).map_err(|problem| Error::Invalid(vec![problem]))?;
    let tx = house.stores.begin(permit).await?;
    let user = user_of(&tx, own(permit.actor())?).await?;
    let what = if name == user.profile.name { "account.language" } else { "account.renamed" };
    tx.set_profile(user.id, &UserProfile { name, language, ..user.profile }).await?;
    tx.commit(AuditEvent::new(what, user.id)).await?;
    Ok(())
}

/// A person's name as typed into an account's form.
pub(crate) fn read_name(name: &str) -> std::result::Result<String, Problem> {
    let name = name.trim();
    if name.is_empty() {
        Err(Problem::new("name", "missing"))
    } else if name.chars().count() > 100 || name.chars().any(char::is_control) {
        Err(Problem::new("name", "too-long"))
    } else {
        Ok(name.to_owned())
    }
}

/// Ends one of one's own logins; [`Error::NotFound`] if it is not one's own or over already.
pub async fn end_login(permit: &Permit<ManageOwnAccount>, house: &House, id: SessionId) -> Result<()> {
    let tx = house.stores.begin(permit).await?;
    let user = own(permit.actor())?;
    if !tx.sessions_of(user).await?.iter().any(|session| session.id == id) {
        return Err(Error::NotFound);
    }
    tx.remove_session(id).await?;
    tx.commit(AuditEvent::new("login.ended", user)).await?;
    Ok(())
}

/// Ends all of one's own logins but the one this is asked with; how many.
pub async fn end_other_logins(permit: &Permit<ManageOwnAccount>, house: &House, token: &str) -> Result<u64> {
    let tx = house.stores.begin(permit).await?;
    let session = session_of(&tx, token).await?.session;
    let ended = tx.remove_other_sessions(session.user, Some(session.id)).await?;
    tx.commit(AuditEvent::new("login.others_ended", session.user).summary(format!("{ended} logins ended"))).await?;
    Ok(ended)
}

/// What was shown to prove who one is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof<'a> {
    /// Six digits of the app.
    Code(&'a str),
    /// The password: for whoever has no second factor.
    Password(&'a str),
    /// A passkey's answer to [`super::passkeys::ask_to_prove`].
    Passkey(Answer<'a>),
}

/// In which ways someone can prove who they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProofWays {
    /// With the code of an app.
    pub code: bool,
    /// With a passkey.
    pub passkey: bool,
    /// With the password: whoever has one, has no second factor, and needs none.
    pub password: bool,
}

impl ProofWays {
    /// Whether there is a factor of one's own, which is asked for then.
    pub const fn has_factor(self) -> bool {
        self.code || self.passkey
    }
}

/// In which ways one can prove who one is; also whether one still has an app for the second step of a login.
pub(super) async fn ways(tx: &TenantTx, user: UserId) -> Result<ProofWays> {
    let factors = tx.factors_of(user).await?;
    let code = factors.iter().any(|factor| factor.app().is_some());
    let passkey = factors.iter().any(|factor| factor.passkey().is_some());
    let user = user_of(tx, user).await?;
    let may_do_without = !code && !passkey && !is_demanded(tx, user.standing.role).await?;
    Ok(ProofWays { code, passkey, password: may_do_without && user.password_hash().is_some() })
}

/// In which ways one can prove who one is.
pub async fn proof_ways(permit: &Permit<ProveAgain>, house: &House) -> Result<ProofWays> {
    ways(&house.stores.look(permit).await?, own(permit.actor())?).await
}

/// Proves once more who one is; grave acts are open for the next minutes. The login goes on under a new token, for the
/// cookie (OWASP ASVS 5.0, 7.2.4).
pub async fn prove(
    permit: &Permit<ProveAgain>,
    house: &House,
    token: &str,
    proof: Proof<'_>,
) -> Result<Zeroizing<String>> {
    let look = house.stores.look(permit).await?;
    let user = user_of(&look, own(permit.actor())?).await?;
    let ways = ways(&look, user.id).await?;
    drop(look);
    // Hashed before the unit of work begins: it takes long, and colleagues wait meanwhile.
    let password_right = match proof {
        Proof::Password(password) if ways.password => {
            let typed = Password::typed(password);
            let right = house.passwords.verify(&typed, user.password_hash()).await?;
            user.password_hash().is_some() && matches!(right, Verdict::Right { .. })
        }
        Proof::Password(_) | Proof::Code(_) | Proof::Passkey(_) => false,
    };
    let tx = house.stores.begin(permit).await?;
    let session = session_of(&tx, token).await?.session;
    let what = format!("proof {}", user.id);
    not_too_often(&tx, &what).await?;
    let right = |right: bool| {
        if right { Ok(()) } else { Err(AuditEvent::new("login.proof_failed", user.id)) }
    };
    let (checked, with) = match proof {
        Proof::Code(code) => (right(use_code(&tx, user.id, code).await?), ""),
        Proof::Password(_) => (right(password_right), ""),
        Proof::Passkey(answer) => (passkeys::check(&tx, house, Purpose::Prove, user.id, answer).await?, "passkey"),
    };
    if let Err(failed) = checked {
        tx.count_against(&what, PER_CODE).await?;
        tx.commit(failed).await?;
        house.ring();
        house.noticed(permit.tenant(), Sign::WrongProofs, &user.id.to_string(), Some(user.id)).await;
        return Err(match proof {
            Proof::Code(_) => Error::invalid("code", "wrong-code"),
            Proof::Password(_) => Error::invalid("password", "wrong-password"),
            Proof::Passkey(_) => passkeys::refused(),
        });
    }
    tx.forgive(&what).await?;
    let token = tx.proven_again(&session).await?;
    tx.commit(AuditEvent::new("login.proven", user.id).summary(with)).await?;
    Ok(token)
}

/// Whether one has a password here; whoever comes in through a provider need not.
pub async fn has_password(permit: &Permit<ChangeCredentials>, house: &House) -> Result<bool> {
    let look = house.stores.look(permit).await?;
    Ok(user_of(&look, own(permit.actor())?).await?.password_hash().is_some())
}

/// Passwords as typed to change one's own.
#[derive(Clone, Copy)]
pub struct NewPassword<'a> {
    /// The one that counts now; of no account where there is none (OWASP ASVS 5.0, 6.2.3).
    pub present: &'a str,
    /// The one that is to count.
    pub new: &'a str,
}

/// Changes one's own password: every other login ends, and a mail says so. What makes this browser a known one from now
/// on comes back.
pub async fn change_password(
    permit: &Permit<ChangeCredentials>,
    house: &House,
    NewPassword { present, new: password }: NewPassword<'_>,
    caller: Caller<'_>,
) -> Result<String> {
    let look = house.stores.look(permit).await?;
    let user = user_of(&look, own(permit.actor())?).await?;
    let office = look.site().await?.profile;
    let what = format!("proof {}", user.id);
    not_too_often(&look, &what).await?;
    drop(look);
    if let Some(known) = user.password_hash()
        && !matches!(house.passwords.verify(&Password::typed(present), Some(known)).await?, Verdict::Right { .. })
    {
        let tx = house.stores.begin(permit).await?;
        tx.count_against(&what, PER_CODE).await?;
        tx.commit(AuditEvent::new("login.proof_failed", user.id)).await?;
        house.noticed(permit.tenant(), Sign::WrongProofs, &user.id.to_string(), Some(user.id)).await;
        return Err(Error::invalid("present", "wrong-password"));
    }
    let hash = hash_of_new(house, password, &user, &office).await?;
    let tx = house.stores.begin(permit).await?;
    let session = session_of(&tx, caller.session.unwrap_or_default()).await?.session;
    tx.set_password(user.id, &hash).await?;
    // Links that somebody else asked for, perhaps the reason for the change, open nothing any more.
    tx.revoke_tickets(user.id, |errand| matches!(errand, Errand::ForgottenPassword | Errand::LogIn { .. })).await?;
    tx.remove_other_sessions(user.id, Some(session.id)).await?;
    notice(&tx, &user, &office.name, "Ihr Passwort wurde geändert", "your password was changed").await?;
    let user = User { password: hash, ..user };
    let device = devices::known_from_now_on(&tx, &user, caller);
    tx.commit(AuditEvent::new("account.password", user.id)).await?;
    house.ring();
    Ok(device)
}

/// Makes ten new recovery codes, shown once; the old ones count no more, and a mail says so.
pub async fn renew_recovery_codes(permit: &Permit<ChangeCredentials>, house: &House) -> Result<Vec<Zeroizing<String>>> {
    let tx = house.stores.begin(permit).await?;
    let user = user_of(&tx, own(permit.actor())?).await?;
    if !tx.has_factor(user.id).await? {
        return Err(Error::NotFound);
    }
    let codes = new_recovery_codes(&tx, user.id).await?;
    let office = tx.site().await?.profile.name;
    notice(&tx, &user, &office, "Ihre Notfallcodes wurden erneuert", "your recovery codes were renewed").await?;
    tx.commit(AuditEvent::new("account.recovery_codes", user.id)).await?;
    house.ring();
    Ok(codes)
}
