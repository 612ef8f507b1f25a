//! Group admins log in with a link by mail instead of a password: 15 minutes, once, on the browser that asked for it.
//!
//! The answer is the same for every address. Staff have no such way: their mailboxes are not theirs alone.

use access::actions::LogIn;
use access::{Permit, Stage};
use crypto::token::Token;
use domain::EmailAddress;
use domain::audit::{Actor, AuditEvent};
use jiff::SignedDuration;
use storage::tenant::{Errand, Ticket, User, UserState};
use storage::{Mail, TenantTx};
use zeroize::Zeroizing;

use super::login::stage_after_first_step;
use super::{Begun, Caller, Proven, begin_session, count_mails, listed, user_of, whole_login};
use crate::{Error, House, Result};

/// How long a link works.
pub const LIFETIME: SignedDuration = SignedDuration::from_mins(15);

fn keyed(tx: &TenantTx, browser: &str) -> String {
    tx.keyed(&format!("link asked on {browser}"))
}

/// Sends a link if the address is a group admin's; what the browser keeps, in any case.
pub async fn ask(permit: &Permit<LogIn>, house: &House, typed: &str, network: &str) -> Result<Zeroizing<String>> {
    let address = EmailAddress::parse(typed.trim())?;
    let origin = house.addresses.office(&house.slug(permit.tenant()).await?);
    let tx = house.stores.begin(permit).await?;
    count_mails(&tx, "link", &address, network).await?;
    let browser = Token::generate(tx.ids()).to_text();
    // Made for every address, so that it takes as long.
    let token = Token::generate(tx.ids());
    let errand = Errand::LogIn { browser: keyed(&tx, &browser) };
    let user = tx.user_by_email(&address).await?;
    if let Some(user) = user.filter(may_come_so) {
        tx.issue_ticket(user.id, errand, &token.hash(), LIFETIME).await?;
        let office = tx.site().await?.profile.name;
        tx.enqueue(&mail(&user, &office, &format!("{origin}/login/link/{}", token.to_text().as_str()))).await?;
    }
    tx.commit(AuditEvent::new("login.link_asked", "")).await?;
    house.ring();
    Ok(browser)
}

fn may_come_so(user: &User) -> bool {
    user.standing.role.is_group_admin() && user.standing.state != UserState::Disabled
}

fn mail(user: &User, office: &str, link: &str) -> Mail {
    let name = &user.profile.name;
    Mail {
        to: user.profile.email.clone(),
        subject: format!("Ihr Link zur Anmeldung: {office}"),
        body: format!(
            "Guten Tag {name},\n\nmit diesem Link melden Sie sich bei {office} an:\n\n{link}\n\nEr gilt 15 Minuten, \
             einmal, und nur in dem Browser, in dem Sie ihn angefordert haben.\nWenn Sie keinen Link angefordert \
             haben, brauchen Sie nichts zu tun.\n\n--\n\nHello {name},\n\nwith this link you log in at \
             {office}:\n\n{link}\n\nIt works for 15 minutes, once, and only in the browser you asked for it with.\nIf \
             you did not ask for a link, there is nothing to do.\n"
        ),
    }
}

async fn by_link(tx: &TenantTx, token: &str) -> Result<(Ticket, String)> {
    let token = Token::parse(token).map_err(|_| Error::NotFound)?;
    let ticket = tx.ticket(&token.hash()).await?.ok_or(Error::NotFound)?;
    let Errand::LogIn { browser } = &ticket.errand else { return Err(Error::NotFound) };
    let browser = browser.clone();
    Ok((ticket, browser))
}

/// Whether a link is in force; uses nothing up.
pub async fn shown(permit: &Permit<LogIn>, house: &House, token: &str) -> Result<()> {
    by_link(&house.stores.look(permit).await?, token).await.map(|_| ())
}

/// Logs in with a link. In another browser than the one that asked for it: `Invalid` with the code `other-browser`, and
/// the link stays good for the right one.
pub async fn log_in(
    permit: &Permit<LogIn>,
    house: &House,
    token: &str,
    browser: &str,
    caller: Caller<'_>,
) -> Result<Begun> {
    let tx = house.stores.begin(permit).await?;
    let (ticket, asked_on) = by_link(&tx, token).await?;
    if keyed(&tx, browser) != asked_on {
        tx.commit(AuditEvent::new("login.failed", ticket.user).summary("link in another browser")).await?;
        return Err(Error::invalid("", "other-browser"));
    }
    let user = user_of(&tx, ticket.user).await?;
    if !tx.use_ticket(&ticket).await? || !may_come_so(&user) {
        return Err(Error::NotFound);
    }
    // Older links stay good until one is used: else a stranger who asks for another could keep somebody out.
    tx.revoke_tickets(user.id, |errand| matches!(errand, Errand::LogIn { .. })).await?;
    let stage = stage_after_first_step(&tx, &user).await?;
    let actor = Actor::User(user.id);
    if stage == Stage::Full {
        let (begun, said) = whole_login(&tx, &user, caller, Proven::WithoutFactor).await?;
        let event = AuditEvent::new("login.complete", user.id).summary(listed("link by mail", &said));
        tx.commit_as(actor, event).await?;
        house.ring();
        return Ok(begun);
    }
    let begun = begin_session(&tx, user.id, stage, caller).await?;
    tx.commit_as(actor, AuditEvent::new("login.link", user.id)).await?;
    Ok(begun)
}
