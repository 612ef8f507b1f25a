//! The platform's store: tenants, sign-ups, contracts, audit heads. Personal parts are sealed under the platform's key.

pub mod contracts;
pub mod operators;
pub mod signups;
pub mod tenants;
pub mod wakeups;

use std::sync::Arc;

use domain::Clock;
use domain::audit::{Actor, AuditEvent};
use sea_orm::DatabaseTransaction;

pub use contracts::Contract;
pub use operators::Operator;
pub use signups::{Signup, SignupData, SignupState};
pub use tenants::{Logins, TenantRecord, TenantState};
pub use wakeups::Wakeup;

use crate::outbox::{self, Mail, Outgoing, Undelivered};
use crate::sealing::Sealer;
use crate::throttle::{self, Pace};
use crate::{Result, audit};

/// A unit of work on the platform's store.
pub struct PlatformTx {
    pub(crate) tx: DatabaseTransaction,
    pub(crate) sealer: Sealer,
    pub(crate) clock: Arc<dyn Clock>,
}

impl std::fmt::Debug for PlatformTx {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PlatformTx")
    }
}

impl PlatformTx {
    pub(crate) fn new(tx: DatabaseTransaction, sealer: Sealer, clock: Arc<dyn Clock>) -> Self {
        Self { tx, sealer, clock }
    }

    /// Writes the audit event and commits. There is no other commit.
    pub async fn commit(self, actor: Actor, event: AuditEvent) -> Result<()> {
        audit::append(&self.tx, &self.sealer, self.clock.now(), actor, &event).await?;
        self.tx.commit().await?;
        Ok(())
    }

    /// Puts a mail into the outbox.
    pub async fn enqueue(&self, mail: &Mail) -> Result<()> {
        outbox::enqueue(&self.tx, &self.sealer, self.clock.now(), mail).await?;
        Ok(())
    }

    /// Whether any mail is due.
    pub async fn mail_due(&self) -> Result<bool> {
        outbox::any_due(&self.tx, self.clock.now()).await
    }

    /// Takes due mails for sending, and commits.
    pub async fn claim_mail(self, most: u64) -> Result<Vec<Outgoing>> {
        let claimed = outbox::claim(&self.tx, &self.sealer, self.clock.now(), most).await?;
        self.tx.commit().await?;
        Ok(claimed)
    }

    /// Reports what became of a mail, and commits.
    pub async fn mail_done(self, mail: &Outgoing, outcome: std::result::Result<(), Undelivered>) -> Result<()> {
        match outcome {
            Ok(()) => outbox::sent(&self.tx, mail.id).await?,
            Err(why) => {
                outbox::failed(&self.tx, mail.id, mail.attempts, &why, self.clock.now()).await?;
            }
        }
        self.tx.commit().await?;
        Ok(())
    }

    /// Forgets throttles that count no more, and commits; how many.
    pub async fn remove_expired_throttles(self) -> Result<u64> {
        let removed = throttle::remove_expired(&self.tx, self.clock.as_ref()).await?;
        self.tx.commit().await?;
        Ok(removed)
    }

    /// Waits until no other writer is under way here, where what is looked up must still be so when it is written.
    pub async fn take_turn(&self) -> Result<()> {
        audit::take_turn(&self.tx).await
    }

    /// Whether `what` must wait.
    pub async fn throttled(&self, what: &str) -> Result<Option<jiff::Timestamp>> {
        throttle::blocked(&self.tx, &self.sealer.keyring.lookup_text(what), self.clock.as_ref()).await
    }

    /// Counts one use of what is throttled.
    pub async fn count_against(&self, what: &str, pace: Pace) -> Result<()> {
        throttle::failed(&self.tx, &self.sealer.keyring.lookup_text(what), pace, self.clock.as_ref()).await
    }
}
