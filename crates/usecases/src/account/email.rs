//! Another mail address: it takes effect when both addresses agreed. Whoever took over a session cannot move the account
//! to a mailbox of their own; whoever lost the old mailbox is invited anew by a lead.
//!
//! The answer is the same whether the new address has an account already; only that address itself is told.

use access::Permit;
use access::actions::{ChangeCredentials, ConfirmEmail, ManageOwnAccount};
use crypto::token::Token;
use domain::EmailAddress;
use domain::audit::AuditEvent;
use jiff::SignedDuration;
use storage::tenant::{EmailChange, Errand, Ticket, User, UserProfile};
use storage::{Mail, TenantTx};

use super::own::own;
use super::user_of;
use crate::{Error, House, Result};

/// Within this time both addresses must agree.
pub const LIFETIME: SignedDuration = SignedDuration::from_hours(24);

/// Which of the two addresses a link was sent to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Address {
    /// The one that is to be used from now on.
    New,
    /// The one that has been used so far.
    Old,
}

/// What became of a consent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Agreed {
    /// The other address is still to agree.
    OneOfTwo,
    /// The account has the new address.
    Changed,
    /// The new address belongs to another account by now; nothing changed.
    Taken,
}

/// What a link is about, for its page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Which address it was sent to.
    pub at: Address,
    /// The new address.
    pub email: EmailAddress,
}

fn is_about_email(errand: &Errand) -> bool {
    matches!(errand, Errand::ConfirmNewEmail | Errand::ConfirmOldEmail)
}

/// Asks both addresses. The same answer for every address, whoever else uses it.
pub async fn ask(permit: &Permit<ChangeCredentials>, house: &House, typed: &str) -> Result<()> {
    let email = EmailAddress::parse(typed.trim())?;
    let origin = house.addresses.office(&house.slug(permit.tenant()).await?);
    let tx = house.stores.begin(permit).await?;
    let user = user_of(&tx, own(permit.actor())?).await?;
    if user.profile.email.folded() == email.folded() {
        return Err(Error::invalid("email", "same-email"));
    }
    tx.revoke_tickets(user.id, is_about_email).await?;
    let expires_at = tx.now().checked_add(LIFETIME).map_err(|error| Error::Internal(error.to_string()))?;
    let change = EmailChange { user: user.id, email, new_agreed: false, old_agreed: false, expires_at };
    tx.put_email_change(&change).await?;
    let office = tx.site().await?.profile.name;
    let old = link(&tx, &origin, &user, Errand::ConfirmOldEmail).await?;
    tx.enqueue(&old_mail(&user.profile, change.email.as_str(), &office, &old)).await?;
    let mail = match tx.user_by_email(&change.email).await? {
        Some(_) => taken_mail(change.email, &office),
        None => new_mail(change.email, &office, &link(&tx, &origin, &user, Errand::ConfirmNewEmail).await?),
    };
    tx.enqueue(&mail).await?;
    tx.commit(AuditEvent::new("account.email_asked", user.id)).await?;
    house.ring();
    Ok(())
}

/// Takes one's own wish for another address back: neither link works any more. [`Error::NotFound`] if there is none.
pub async fn withdraw(permit: &Permit<ManageOwnAccount>, house: &House) -> Result<()> {
    let tx = house.stores.begin(permit).await?;
    let user = own(permit.actor())?;
    if !tx.remove_email_change(user).await? {
        return Err(Error::NotFound);
    }
    tx.revoke_tickets(user, is_about_email).await?;
    tx.commit(AuditEvent::new("account.email_stopped", user).summary("by oneself")).await?;
    Ok(())
}

async fn link(tx: &TenantTx, origin: &str, user: &User, errand: Errand) -> Result<String> {
    let token = Token::generate(tx.ids());
    tx.issue_ticket(user.id, errand, &token.hash(), LIFETIME).await?;
    Ok(format!("{origin}/email/{}", token.to_text().as_str()))
}

fn new_mail(to: EmailAddress, office: &str, link: &str) -> Mail {
    Mail {
        to,
        subject: "Bitte bestätigen Sie Ihre neue E-Mail-Adresse".to_owned(),
        body: format!(
            "Guten Tag,\n\ndiese Adresse soll künftig zu einem Konto bei {office} gehören.\nÖffnen Sie dazu innerhalb \
             von 24 Stunden diese Seite und bestätigen Sie es dort:\n\n{link}\n\nAuch die bisherige Adresse muss \
             zustimmen. Wenn Sie nicht wissen, worum es geht,\nbrauchen Sie nichts zu tun.\n\n--\n\nHello,\n\nthis \
             address is to belong to an account at {office} from now on.\nPlease open this page within 24 hours and \
             confirm it there:\n\n{link}\n\nThe old address must agree, too. If you do not know what this is about, \
             there is\nnothing to do.\n"
        ),
    }
}

fn taken_mail(to: EmailAddress, office: &str) -> Mail {
    Mail {
        to,
        subject: "Diese E-Mail-Adresse hat schon ein Konto".to_owned(),
        body: format!(
            "Guten Tag,\n\njemand wollte diese Adresse für ein Konto bei {office} verwenden.\nSie gehört dort schon zu \
             einem Konto, deshalb ändert sich nichts.\n\n--\n\nHello,\n\nsomeone wanted to use this address for an \
             account at {office}.\nIt already belongs to an account there, so nothing changes.\n"
        ),
    }
}

fn old_mail(profile: &UserProfile, new: &str, office: &str, link: &str) -> Mail {
    let UserProfile { name, email, language: _ } = profile;
    Mail {
        to: email.clone(),
        subject: "Ihre E-Mail-Adresse soll sich ändern".to_owned(),
        body: format!(
            "Guten Tag {name},\n\nIhr Konto bei {office} soll künftig diese Adresse haben:\n{new}\n\nAuf dieser Seite \
             stimmen Sie zu, oder Sie stoppen es:\n\n{link}\n\nOhne Ihre Zustimmung innerhalb von 24 Stunden bleibt \
             alles, wie es ist. Waren Sie das\nnicht, dann stoppen Sie es und ändern Sie bitte Ihr Passwort.\n\n--\n\n\
             Hello {name},\n\nyour account at {office} is to have this address from now on:\n{new}\n\nOn this page you \
             agree, or stop it:\n\n{link}\n\nWithout your consent within 24 hours everything stays as it is. If this \
             was not you,\nstop it and please change your password.\n"
        ),
    }
}

fn changed_mail(to: EmailAddress, name: &str, office: &str) -> Mail {
    Mail {
        to,
        subject: "Ihre E-Mail-Adresse wurde geändert".to_owned(),
        body: format!(
            "Guten Tag {name},\n\nIhr Konto bei {office} hat jetzt eine andere E-Mail-Adresse.\nBeide Adressen haben \
             zugestimmt. Wenn Sie das nicht waren, wenden Sie sich bitte\nsofort an die Leitung Ihrer \
             Kontaktstelle.\n\n--\n\nHello {name},\n\nyour account at {office} now has another mail address.\nBoth \
             addresses agreed. If it was not you, please tell the head of your office at once.\n"
        ),
    }
}

async fn by_link(tx: &TenantTx, token: &str) -> Result<(Ticket, EmailChange, Address)> {
    let token = Token::parse(token).map_err(|_| Error::NotFound)?;
    let ticket = tx.ticket(&token.hash()).await?.ok_or(Error::NotFound)?;
    let at = match ticket.errand {
        Errand::ConfirmNewEmail => Address::New,
        Errand::ConfirmOldEmail => Address::Old,
        Errand::LogIn { .. } | Errand::KeepFactor | Errand::NewPassword | Errand::ForgottenPassword => {
            return Err(Error::NotFound);
        }
    };
    let change = tx.email_change(ticket.user).await?.ok_or(Error::NotFound)?;
    Ok((ticket, change, at))
}

/// What a link is about; uses nothing up.
pub async fn shown(permit: &Permit<ConfirmEmail>, house: &House, token: &str) -> Result<Shown> {
    let look = house.stores.look(permit).await?;
    let (_, change, at) = by_link(&look, token).await?;
    Ok(Shown { at, email: change.email })
}

/// One address agrees; with the second one the account has the new address, and both are told.
pub async fn agree(permit: &Permit<ConfirmEmail>, house: &House, token: &str) -> Result<Agreed> {
    let tx = house.stores.begin(permit).await?;
    let (ticket, mut change, at) = by_link(&tx, token).await?;
    if !tx.use_ticket(&ticket).await? {
        return Err(Error::NotFound);
    }
    match at {
        Address::New => change.new_agreed = true,
        Address::Old => change.old_agreed = true,
    }
    let user = user_of(&tx, change.user).await?;
    if !(change.new_agreed && change.old_agreed) {
        tx.put_email_change(&change).await?;
        tx.commit(AuditEvent::new("account.email_agreed", user.id)).await?;
        return Ok(Agreed::OneOfTwo);
    }
    tx.remove_email_change(user.id).await?;
    // Someone may have been invited with it meanwhile.
    if tx.user_by_email(&change.email).await?.is_some() {
        tx.commit(AuditEvent::new("account.email_stopped", user.id).summary("taken meanwhile")).await?;
        return Ok(Agreed::Taken);
    }
    let UserProfile { name, email: old, language } = user.profile;
    let office = tx.site().await?.profile.name;
    for to in [old, change.email.clone()] {
        tx.enqueue(&changed_mail(to, &name, &office)).await?;
    }
    tx.set_profile(user.id, &UserProfile { name, email: change.email, language }).await?;
    // What lies in the old mailbox opens nothing any more.
    tx.revoke_tickets(user.id, |errand| matches!(errand, Errand::LogIn { .. } | Errand::ForgottenPassword)).await?;
    tx.commit(AuditEvent::new("account.email", user.id)).await?;
    house.ring();
    Ok(Agreed::Changed)
}

/// The old address stops it.
pub async fn stop(permit: &Permit<ConfirmEmail>, house: &House, token: &str) -> Result<()> {
    let tx = house.stores.begin(permit).await?;
    let (_, change, at) = by_link(&tx, token).await?;
    if at != Address::Old {
        return Err(Error::NotFound);
    }
    tx.remove_email_change(change.user).await?;
    tx.revoke_tickets(change.user, is_about_email).await?;
    tx.commit(AuditEvent::new("account.email_stopped", change.user)).await?;
    Ok(())
}
