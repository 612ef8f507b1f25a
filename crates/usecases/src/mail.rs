//! Mail on its way out: the worker takes what is due, sends it, and reports.

use access::actions::SendMail;
use access::{Permit, system_permit};
use domain::{EmailAddress, TenantId};
pub use storage::platform::Wakeup;
use storage::{Outgoing, Undelivered};

use crate::{House, Result};

/// Whose outbox a mail lies in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outbox {
    /// The platform's: sign-ups.
    Platform,
    /// An office's.
    Tenant(TenantId),
}

/// Offices in which mail waits now, by the hints left for the worker.
pub async fn waiting(house: &House) -> Result<Vec<Wakeup>> {
    Ok(house.stores.platform_look().await?.due_wakeups().await?)
}

/// An office was looked into: when to look again.
pub async fn settle(house: &House, wakeup: Wakeup) -> Result<()> {
    let permit: Permit<SendMail> = system_permit(wakeup.tenant);
    let next = house.stores.look(&permit).await?.next_mail().await?;
    house.stores.platform().await?.settle(wakeup, next).await?;
    Ok(())
}

/// How many mails are taken at once: so few that all are sent or given up (30 s each) before the claim of two minutes
/// ends and another worker takes them, too.
const BATCH: u64 = 3;

/// Every outbox there is.
pub async fn outboxes(house: &House) -> Result<Vec<Outbox>> {
    let tenants = house.stores.platform_look().await?.tenants().await?;
    let ready = tenants.into_iter().filter(|tenant| tenant.state == storage::platform::TenantState::Ready);
    Ok(std::iter::once(Outbox::Platform).chain(ready.map(|tenant| Outbox::Tenant(tenant.id))).collect())
}

/// Takes due mails; a worker that dies gives them back after two minutes.
pub async fn claim(house: &House, outbox: Outbox) -> Result<Vec<Outgoing>> {
    Ok(match outbox {
        Outbox::Platform => {
            if !house.stores.platform_look().await?.mail_due().await? {
                return Ok(Vec::new());
            }
            house.stores.platform().await?.claim_mail(BATCH).await?
        }
        Outbox::Tenant(tenant) => {
            let permit: Permit<SendMail> = system_permit(tenant);
            if !house.stores.look(&permit).await?.mail_due().await? {
                return Ok(Vec::new());
            }
            house.stores.begin(&permit).await?.claim_mail(BATCH).await?
        }
    })
}

/// Whom the mails of an outbox say that they come from, and who gets the answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sender {
    /// An office's name; empty: the platform itself.
    pub name: String,
    /// The office's public mail address, if it has one.
    pub reply_to: Option<EmailAddress>,
}

/// Whom mails of this outbox come from: the office as it is called now, however long they have waited.
pub async fn sender(house: &House, outbox: Outbox) -> Result<Sender> {
    let Outbox::Tenant(tenant) = outbox else { return Ok(Sender::default()) };
    let permit: Permit<SendMail> = system_permit(tenant);
    let profile = house.stores.look(&permit).await?.site().await?.profile;
    let name: String = profile.name.chars().filter(|c| !c.is_control()).collect();
    Ok(Sender { name: name.trim().to_owned(), reply_to: EmailAddress::parse(&profile.email).ok() })
}

/// Reports what became of a mail.
pub async fn done(
    house: &House,
    outbox: Outbox,
    mail: &Outgoing,
    outcome: std::result::Result<(), Undelivered>,
) -> Result<()> {
    match outbox {
        Outbox::Platform => house.stores.platform().await?.mail_done(mail, outcome).await?,
        Outbox::Tenant(tenant) => {
            let permit: Permit<SendMail> = system_permit(tenant);
            house.stores.begin(&permit).await?.mail_done(mail, outcome).await?;
        }
    }
    Ok(())
}
