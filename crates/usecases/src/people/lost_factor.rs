//! A lost second factor: a lead says so, everybody concerned is told at once, and a day later it is taken away unless
//! someone stopped it. Nobody can say it of themselves, so whoever took over a colleague's session gains nothing.
//!
//! For a sole lead only the operator can say it, and only with the office's recovery share: see [`super::recovery`].

use access::actions::{DecideAccess, ManageOwnAccount, ManagePeople, RemoveExpired, StopRecovery};
use access::{Permit, Right};
use crypto::token::Token;
use domain::audit::{Actor, AuditEvent};
use domain::{EmailAddress, TenantId, UserId};
use jiff::{SignedDuration, Timestamp};
use storage::tenant::{Errand, FactorLoss, Standing, User, UserState};
use storage::{Mail, TenantTx};

use super::{member_of, within_own_rights};
use crate::account::factors::is_demanded;
use crate::account::notice;
use crate::{Error, House, Result};

/// How long the owner can stop what a lead started.
pub const NOTICE: SignedDuration = SignedDuration::from_hours(24);

/// A loss that was due so long ago is not carried out any more: only someone who put an old row back could want it.
const FORGOTTEN: SignedDuration = SignedDuration::from_hours(7 * 24);

/// How long the link to a new password works that comes after the operator's recovery.
const NEW_PASSWORD: SignedDuration = SignedDuration::from_hours(72);

/// A lost factor, for the page of the person and for the link that stops it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loss {
    /// Whose: name.
    pub name: String,
    /// Whether the operator started it, with the office's recovery share.
    pub by_operator: bool,
    /// Since when.
    pub started_at: Timestamp,
    /// When it is carried out.
    pub due_at: Timestamp,
}

impl Loss {
    pub(super) fn of(user: &User, loss: &FactorLoss) -> Self {
        Self {
            name: user.profile.name.clone(),
            by_operator: loss.by == Actor::Operator,
            started_at: loss.started_at,
            due_at: loss.due_at,
        }
    }
}

/// That one's own second factor is about to be taken away as lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OwnLoss {
    /// Whether the operator started it, with the office's recovery share.
    pub by_operator: bool,
    /// When it is carried out.
    pub due_at: Timestamp,
}

impl OwnLoss {
    pub(crate) fn of(loss: &FactorLoss) -> Self {
        Self { by_operator: loss.by == Actor::Operator, due_at: loss.due_at }
    }
}

/// Those who manage people and are in this state.
pub(super) async fn managers(tx: &TenantTx, state: UserState) -> Result<Vec<User>> {
    let mut found = Vec::new();
    for user in tx.users().await? {
        let (rights, _) = tx.rights_of(user.standing.role, &user.standing.groups).await?;
        let works_here = user.standing.state == state && !user.standing.role.is_support();
        if works_here && rights.contains(Right::ManagePeople) {
            found.push(user);
        }
    }
    Ok(found)
}

/// What is lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lost {
    /// The factors only: the password stays what it is.
    Factor,
    /// The password, too: a link to a new one comes by mail when the time is over.
    PasswordToo,
}

/// Says that someone's second factor is lost, or that they have none where they must. The owner and all other leads are
/// told by mail.
pub async fn start(permit: &Permit<DecideAccess>, house: &House, id: UserId, lost: Lost) -> Result<()> {
    if permit.actor() == Actor::User(id) {
        return Err(Error::invalid("", "not-oneself"));
    }
    let slug = house.slug(permit.tenant()).await?;
    let origin = house.addresses.office(&slug);
    let tx = house.stores.begin(permit).await?;
    let user = member_of(&tx, id).await?;
    within_own_rights(permit, &tx, user.standing.role).await?;
    let locked_out = tx.has_factor(id).await? || is_demanded(&tx, user.standing.role).await?;
    let began_before = user.standing.state == UserState::Active
        || (user.standing.state == UserState::Enrolling && user.last_login_at.is_some());
    if !(began_before && locked_out) {
        return Err(Error::invalid("", "no-factor"));
    }
    if tx.factor_loss(id).await?.is_some() {
        return Err(Error::invalid("", "already-lost"));
    }
    let (now, password_too) = (tx.now(), lost == Lost::PasswordToo);
    let due_at = now.checked_add(NOTICE).map_err(|error| Error::Internal(error.to_string()))?;
    tx.put_factor_loss(&FactorLoss { user: id, by: permit.actor(), started_at: now, due_at, password_too }).await?;
    // Else whoever reads the mails would have both by tomorrow.
    tx.revoke_tickets(id, |errand| *errand == Errand::ForgottenPassword).await?;
    let office = tx.site().await?.profile.name;
    let link = stopping_link(&tx, &origin, id, NOTICE).await?;
    tx.enqueue(&owner_mail(&user, &office, &link)).await?;
    for lead in managers(&tx, UserState::Active).await? {
        if lead.id != id && Actor::User(lead.id) != permit.actor() {
            tx.enqueue(&lead_mail(&lead, &user, &office)).await?;
        }
    }
    tx.commit(AuditEvent::new("recovery.started", id)).await?;
    house.ring();
    Ok(())
}

/// A link that stops it; each receiver gets one of their own.
pub(super) async fn stopping_link(
    tx: &TenantTx,
    origin: &str,
    user: UserId,
    lifetime: SignedDuration,
) -> Result<String> {
    let token = Token::generate(tx.ids());
    tx.issue_ticket(user, Errand::KeepFactor, &token.hash(), lifetime).await?;
    Ok(format!("{origin}/faktor-verlust/{}", token.to_text().as_str()))
}

fn owner_mail(user: &User, office: &str, link: &str) -> Mail {
    let name = &user.profile.name;
    Mail {
        to: user.profile.email.clone(),
        subject: "Ihr zweiter Faktor wurde als verloren gemeldet".to_owned(),
        body: format!(
            "Guten Tag {name},\n\ndie Leitung hat Ihren zweiten Faktor als verloren gemeldet ({office}).\nIn 24 Stunden \
             werden Ihre Apps, Passkeys und Notfallcodes entfernt, und Sie richten\nbei der nächsten Anmeldung einen \
             neuen zweiten Faktor ein.\n\nHaben Sie das nicht gewollt, oder haben Sie ihn wiedergefunden? Dann melden \
             Sie sich\ndamit an, oder öffnen Sie diese Seite und drücken Sie dort auf „Stoppen“:\n\n{link}\n\nDer Link \
             meldet niemanden an.\n\n--\n\nHello {name},\n\nthe head of the office reported your second factor as lost \
             ({office}).\nIn 24 hours your apps, passkeys and recovery codes will be removed, and you will set up\na new \
             second factor at your next log-in.\n\nYou did not want this, or have found it again? Then log in with it, \
             or open this page\nand press \"Stop\":\n\n{link}\n\nThe link logs nobody in.\n"
        ),
    }
}

fn lead_mail(lead: &User, user: &User, office: &str) -> Mail {
    let (lead_name, name) = (&lead.profile.name, &user.profile.name);
    Mail {
        to: lead.profile.email.clone(),
        subject: format!("Zweiter Faktor als verloren gemeldet: {name}"),
        body: format!(
            "Guten Tag {lead_name},\n\nder zweite Faktor von {name} wurde als verloren gemeldet ({office}).\nEr wird in \
             24 Stunden entfernt. Bis dahin kann es jede Leitung auf der Seite der\nPerson stoppen, und {name} selbst \
             auch.\n\n--\n\nHello {lead_name},\n\nthe second factor of {name} was reported as lost ({office}).\nIt will \
             be removed in 24 hours. Until then every head of the office can stop it on the\nperson's page, and so can \
             {name}.\n"
        ),
    }
}

/// A lead stops it.
pub async fn stop(permit: &Permit<ManagePeople>, house: &House, id: UserId) -> Result<()> {
    let tx = house.stores.begin(permit).await?;
    let user = member_of(&tx, id).await?;
    stop_in(&tx, &user).await?;
    tx.commit(AuditEvent::new("recovery.stopped", id)).await?;
    house.ring();
    Ok(())
}

/// Whoever it is about stops it: they are here, so nothing is lost. Nothing happens if somebody stopped it before.
pub async fn stop_own(permit: &Permit<ManageOwnAccount>, house: &House) -> Result<()> {
    let id = permit.actor().user().ok_or(Error::NotFound)?;
    let tx = house.stores.begin(permit).await?;
    if tx.factor_loss(id).await?.is_none() {
        return Ok(());
    }
    let user = member_of(&tx, id).await?;
    stop_in(&tx, &user).await?;
    tx.commit(AuditEvent::new("recovery.stopped", id)).await?;
    house.ring();
    Ok(())
}

async fn stop_in(tx: &TenantTx, user: &User) -> Result<()> {
    if !tx.remove_factor_loss(user.id).await? {
        return Err(Error::NotFound);
    }
    tx.revoke_tickets(user.id, |errand| *errand == Errand::KeepFactor).await?;
    let office = tx.site().await?.profile.name;
    let (german, english) = ("Ihr zweiter Faktor bleibt, wie er ist", "your second factor stays as it is");
    notice(tx, user, &office, german, english).await
}

async fn by_link(tx: &TenantTx, token: &str) -> Result<(User, FactorLoss)> {
    let token = Token::parse(token).map_err(|_| Error::NotFound)?;
    let ticket = tx.ticket(&token.hash()).await?.filter(|ticket| ticket.errand == Errand::KeepFactor);
    let ticket = ticket.ok_or(Error::NotFound)?;
    let user = tx.user(ticket.user).await?.ok_or(Error::NotFound)?;
    let loss = tx.factor_loss(user.id).await?.ok_or(Error::NotFound)?;
    Ok((user, loss))
}

/// What the link of a mail would stop; uses nothing up.
pub async fn shown(permit: &Permit<StopRecovery>, house: &House, token: &str) -> Result<Loss> {
    let look = house.stores.look(permit).await?;
    let (user, loss) = by_link(&look, token).await?;
    Ok(Loss::of(&user, &loss))
}

/// The owner, or for a sole lead anybody of the office, stops it with the link of the mail.
pub async fn stop_by_link(permit: &Permit<StopRecovery>, house: &House, token: &str) -> Result<()> {
    let tx = house.stores.begin(permit).await?;
    let (user, _) = by_link(&tx, token).await?;
    stop_in(&tx, &user).await?;
    tx.commit(AuditEvent::new("recovery.stopped", user.id).summary("by the link in the mail")).await?;
    house.ring();
    Ok(())
}

/// Takes away the factors whose time has come; how many.
pub(crate) async fn carry_out_due(permit: &Permit<RemoveExpired>, house: &House) -> Result<u64> {
    let due = house.stores.look(permit).await?.due_factor_losses().await?;
    let mut done = 0;
    for FactorLoss { user, .. } in due {
        let tx = house.stores.begin(permit).await?;
        // Stopped meanwhile?
        let Some(loss) = tx.factor_loss(user).await?.filter(|loss| loss.due_at <= tx.now()) else { continue };
        let Some(user) = tx.user(user).await? else { continue };
        tx.remove_factor_loss(user.id).await?;
        tx.revoke_tickets(user.id, |errand| *errand == Errand::KeepFactor).await?;
        if tx.now().duration_since(loss.due_at) > FORGOTTEN || user.standing.state == UserState::Disabled {
            tx.commit(AuditEvent::new("recovery.stopped", user.id).summary("too old, or the access has ended")).await?;
            continue;
        }
        carry_out(&tx, house, permit.tenant(), &user, &loss).await?;
        tx.commit(AuditEvent::new("recovery.done", user.id)).await?;
        house.ring();
        done += 1;
    }
    Ok(done)
}

async fn carry_out(tx: &TenantTx, house: &House, tenant: TenantId, user: &User, loss: &FactorLoss) -> Result<()> {
    tx.remove_factors(user.id).await?;
    tx.remove_other_sessions(user.id, None).await?;
    tx.set_standing(user.id, &Standing { state: UserState::Enrolling, ..user.standing.clone() }).await?;
    let office = tx.site().await?.profile.name;
    if loss.by != Actor::Operator && !loss.password_too {
        let german = "Ihr zweiter Faktor wurde entfernt; bei der nächsten Anmeldung richten Sie einen neuen ein";
        let english = "your second factor was removed; you will set up a new one at your next log-in";
        return notice(tx, user, &office, german, english).await;
    }
    // The old password may be what was stolen: from here on only the link counts.
    tx.set_password(user.id, "").await?;
    tx.revoke_tickets(user.id, |errand| *errand == Errand::NewPassword).await?;
    let token = Token::generate(tx.ids());
    tx.issue_ticket(user.id, Errand::NewPassword, &token.hash(), NEW_PASSWORD).await?;
    let origin = house.addresses.office(&house.slug(tenant).await?);
    let link = format!("{origin}/neues-passwort/{}", token.to_text().as_str());
    tx.enqueue(&new_password_mail(user.profile.email.clone(), &user.profile.name, &office, &link)).await?;
    Ok(())
}

fn new_password_mail(to: EmailAddress, name: &str, office: &str, link: &str) -> Mail {
    Mail {
        to,
        subject: "Ihr Zugang: neues Passwort und neuer zweiter Faktor".to_owned(),
        body: format!(
            "Guten Tag {name},\n\nIhr zweiter Faktor wurde entfernt, wie angekündigt ({office}).\nAuf \
             dieser Seite wählen Sie innerhalb von drei Tagen ein neues Passwort und richten\ndanach einen neuen \
             zweiten Faktor ein:\n\n{link}\n\nDer Link ist nur für Sie: Bitte geben Sie ihn nicht weiter.\n\n--\n\n\
             Hello {name},\n\nyour second factor was removed, as announced ({office}).\nOn this page you \
             choose a new password within three days, and set up a new second\nfactor after that:\n\n{link}\n\nThe link \
             is for you alone: please do not pass it on.\n"
        ),
    }
}
