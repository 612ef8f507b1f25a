//! A new password by a link: instead of a forgotten one, or after the operator's recovery.
//!
//! Neither is a way in by itself (OWASP ASVS 5.0, 6.4.3): after a forgotten password the second factor is asked for as
//! ever, and whoever had it taken away is sent by [`crate::people::lost_factor`] only. The answer to who forgot is the
//! same for every address.

use access::actions::SetNewPassword;
use access::{Permit, Stage};
use crypto::token::Token;
use domain::EmailAddress;
use domain::audit::{Actor, AuditEvent};
use jiff::SignedDuration;
use storage::tenant::{Errand, Ticket, User, UserState};
use storage::{Mail, TenantTx};

use super::{Begun, Caller, begin_session, count_mails, hash_of_new, notice, user_of};
use crate::{Error, House, Result};

/// How long the link to a new password instead of a forgotten one works.
pub const LIFETIME: SignedDuration = SignedDuration::from_mins(60);

/// What a link leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Then {
    /// The login, with the password and the second factor there is.
    LogIn,
    /// A new second factor, which is set up at once.
    SetUpFactor,
}

/// Sends a link if someone with a password has this address. Whoever comes in through single sign-on only is told so.
pub async fn forgot(permit: &Permit<SetNewPassword>, house: &House, typed: &str, network: &str) -> Result<()> {
    let address = EmailAddress::parse(typed.trim())?;
    let origin = house.addresses.office(&house.slug(permit.tenant()).await?);
    let tx = house.stores.begin(permit).await?;
    count_mails(&tx, "password", &address, network).await?;
    // Made for every address, so that it takes as long.
    let token = Token::generate(tx.ids());
    let user = tx.user_by_email(&address).await?;
    if let Some(user) = forgetful(&tx, user).await? {
        let office = tx.site().await?.profile.name;
        if user.password_hash().is_some() {
            tx.issue_ticket(user.id, Errand::ForgottenPassword, &token.hash(), LIFETIME).await?;
            let link = format!("{origin}/neues-passwort/{}", token.to_text().as_str());
            tx.enqueue(&link_mail(&user, &office, &link)).await?;
        } else {
            tx.enqueue(&no_password_mail(&user, &office, &format!("{origin}/login"))).await?;
        }
    }
    tx.commit(AuditEvent::new("account.forgotten", "")).await?;
    house.ring();
    Ok(())
}

/// Whoever may get a new password like this. Not while the second factor is said to be lost, nor after it was taken away:
/// then the password is the one thing left that a mailbox does not give.
async fn forgetful(tx: &TenantTx, user: Option<User>) -> Result<Option<User>> {
    let Some(user) = user else { return Ok(None) };
    let may = match user.standing.state {
        UserState::Active => tx.factor_loss(user.id).await?.is_none(),
        UserState::Enrolling => user.last_login_at.is_none(),
        UserState::Disabled => false,
    };
    Ok(Some(user).filter(|_| may))
}

fn link_mail(user: &User, office: &str, link: &str) -> Mail {
    let name = &user.profile.name;
    Mail {
        to: user.profile.email.clone(),
        subject: format!("Neues Passwort: {office}"),
        body: format!(
            "Guten Tag {name},\n\nauf dieser Seite wählen Sie ein neues Passwort für {office}:\n\n{link}\n\nDer Link \
             gilt eine Stunde und einmal. Wenn Sie kein neues Passwort wollten,\nbrauchen Sie nichts zu tun: Ihr altes \
             gilt weiter.\n\n--\n\nHello {name},\n\non this page you choose a new password for \
             {office}:\n\n{link}\n\nThe link works for an hour, once. If you did not want a new password, there is \
             nothing\nto do: your old one still works.\n"
        ),
    }
}

fn no_password_mail(user: &User, office: &str, login: &str) -> Mail {
    let name = &user.profile.name;
    Mail {
        to: user.profile.email.clone(),
        subject: format!("Ihre Anmeldung: {office}"),
        body: format!(
            "Guten Tag {name},\n\nfür Ihr Konto bei {office} gibt es kein Passwort. Bitte melden Sie sich\nauf dieser \
             Seite über das Konto an, mit dem Ihr Zugang verbunden ist, oder mit einem\nPasskey:\n\n{login}\n\n--\n\n\
             Hello {name},\n\nthere is no password for your account at {office}. Please log in on this\npage with the \
             account yours is connected with, or with a passkey:\n\n{login}\n"
        ),
    }
}

async fn by_link(tx: &TenantTx, token: &str) -> Result<(Ticket, User, Then)> {
    let token = Token::parse(token).map_err(|_| Error::NotFound)?;
    let ticket = tx.ticket(&token.hash()).await?.ok_or(Error::NotFound)?;
    let user = user_of(tx, ticket.user).await?;
    match ticket.errand {
        // Whoever set up a new factor meanwhile needs no link any more.
        Errand::NewPassword if user.standing.state == UserState::Enrolling => Ok((ticket, user, Then::SetUpFactor)),
        Errand::ForgottenPassword => {
            let user = forgetful(tx, Some(user)).await?.ok_or(Error::NotFound)?;
            Ok((ticket, user, Then::LogIn))
        }
        _ => Err(Error::NotFound),
    }
}

/// Whose password a link sets: their name; and what comes then. Uses nothing up.
pub async fn shown(permit: &Permit<SetNewPassword>, house: &House, token: &str) -> Result<(String, Then)> {
    let look = house.stores.look(permit).await?;
    let (_, user, then) = by_link(&look, token).await?;
    Ok((user.profile.name, then))
}

/// Sets the password; every login of this user ends. After a recovery it begins the one in which the new second factor
/// is set up; after a forgotten password nobody is logged in by it, and a mail says that it was changed.
pub async fn set(
    permit: &Permit<SetNewPassword>,
    house: &House,
    token: &str,
    password: &str,
    caller: Caller<'_>,
) -> Result<Option<Begun>> {
    let look = house.stores.look(permit).await?;
    let (_, user, _) = by_link(&look, token).await?;
    let office = look.site().await?.profile;
    drop(look);
    let hash = hash_of_new(house, password, &user, &office).await?;
    let tx = house.stores.begin(permit).await?;
    let (ticket, user, then) = by_link(&tx, token).await?;
    if !tx.use_ticket(&ticket).await? {
        return Err(Error::NotFound);
    }
    tx.revoke_tickets(user.id, |errand| matches!(errand, Errand::ForgottenPassword | Errand::LogIn { .. })).await?;
    tx.set_password(user.id, &hash).await?;
    tx.remove_other_sessions(user.id, None).await?;
    let begun = match then {
        Then::SetUpFactor => Some(begin_session(&tx, user.id, Stage::Enrolling, caller).await?),
        Then::LogIn => {
            notice(&tx, &user, &office.name, "Ihr Passwort wurde geändert", "your password was changed").await?;
            None
        }
    };
    tx.commit_as(Actor::User(user.id), AuditEvent::new("account.password", user.id).summary("by link")).await?;
    house.ring();
    Ok(begun)
}
