//! One office's database: [`TenantTx`] for the office, [`PublicTx`] for the public.

pub mod alerts;
pub mod bulk;
mod change_requests;
mod consent_papers;
pub mod consents;
pub mod counts;
pub mod disclosures;
pub mod factors;
mod form_drafts;
pub mod group_links;
pub mod groups;
pub mod imports;
pub mod invitations;
pub mod notes;
pub mod pending;
pub mod people;
pub mod policy;
mod published;
pub mod reconciliation;
mod request_comments;
mod roles;
pub mod sessions;
pub mod settings;
pub mod sign_on;
mod silences;
mod slugs;
pub mod suggestions;
pub mod support;
pub mod tickets;
pub mod users;

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use access::Reach;
use crypto::chain::{Broken, Head};
use crypto::keys::{PersonKey, Purpose};
use domain::audit::{Actor, AuditEvent};
use domain::reconciliation::{Round, Step};
use domain::silence::Announced;
use domain::{Catalogue, Clock, EmailAddress, Ids, MailId, PersonId, TenantId};
use jiff::Timestamp;
use sea_orm::DatabaseTransaction;
use tokio::sync::OwnedSemaphorePermit;
use zeroize::Zeroizing;

pub use change_requests::Waiting;
pub use consent_papers::ConsentPaper;
pub use consents::ConsentLink;
pub use counts::OfficeCounts;
pub use disclosures::{AskFirst, Chosen, Question};
pub use factors::{Factor, FactorSecret, FactorState};
pub use form_drafts::FormDraft;
pub use group_links::{FreshLink, GroupLink};
pub use groups::{GroupSummary, Version};
pub use invitations::{Invitation, Leaves, Succession};
pub use pending::{EmailChange, FactorLoss};
pub use policy::{CarriedOut, PolicyDraft, SavedPolicy};
pub use published::{PublicTx, PublishedSite};
pub use reconciliation::{Campaign, Ended, RoundMail, WizardDraft, Wording};
pub use request_comments::Comment;
pub use roles::OwnRole;
pub use sessions::{Session, SessionUser};
pub use sign_on::{Admission, Aim, Identity, Journey, Provider};
pub use support::SupportGrant;
pub use tickets::{Errand, Ticket};
pub use users::{Standing, User, UserProfile, UserState};

use crate::outbox::{self, Mail, Outgoing, Undelivered};
use crate::sealing::{Column, Sealer};
use crate::stores::{OpenTenant, Stores};
use crate::throttle::{self, Pace};
use crate::{AuditEntry, AuditFilter, Result, StorageError, audit, keystore};

/// A cookie is no column, but sealed like one, so that it opens as nothing else.
const COOKIE: Column = Column::new("cookie", "sealed", Purpose::Sessions);

/// A unit of work in one office. Dropped without [`TenantTx::commit`] it leaves nothing behind.
pub struct TenantTx {
    pub(crate) tx: DatabaseTransaction,
    pub(crate) stores: Stores,
    pub(crate) tenant: Arc<OpenTenant>,
    actor: Actor,
    reach: Reach,
    id: TenantId,
    // The persons' keys seen in this unit of work.
    person_keys: Mutex<HashMap<PersonId, Arc<PersonKey>>>,
    // The office's fields, as its policy sets them; read once.
    catalogue: Mutex<Option<Arc<Catalogue>>>,
    // Whether mail was put into the outbox.
    posted: AtomicBool,
    // What else was done in this unit of work.
    also: Mutex<Vec<(Option<Actor>, AuditEvent)>>,
    _places: [OwnedSemaphorePermit; 2],
}

impl std::fmt::Debug for TenantTx {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "TenantTx({:?})", self.id)
    }
}

impl TenantTx {
    pub(crate) fn new(
        tx: DatabaseTransaction,
        stores: Stores,
        tenant: Arc<OpenTenant>,
        id: TenantId,
        (actor, reach): (Actor, Reach),
        places: [OwnedSemaphorePermit; 2],
    ) -> Self {
        Self {
            tx,
            stores,
            tenant,
            actor,
            reach,
            id,
            person_keys: Mutex::default(),
            catalogue: Mutex::default(),
            posted: AtomicBool::new(false),
            also: Mutex::default(),
            _places: places,
        }
    }

    /// Writes the audit event and commits. There is no other commit.
    ///
    /// Afterwards the chain's new end is kept outside the tenant's database; if that fails the commit stands, and the
    /// next one repairs it.
    pub async fn commit(self, event: AuditEvent) -> Result<()> {
        let actor = self.actor;
        self.commit_as(actor, event).await
    }

    /// The same, when this very unit of work established who acts: a login.
    pub async fn commit_as(self, actor: Actor, event: AuditEvent) -> Result<()> {
        let also = std::mem::take(&mut *self.also.lock().unwrap_or_else(PoisonError::into_inner));
        let mut previous = None;
        for (by, event) in &also {
            // What the actor does becomes theirs at the login that establishes who they are.
            let by = by.unwrap_or(actor);
            let appended = audit::append(&self.tx, self.sealer(), self.now(), by, event).await?;
            previous = previous.or(Some(appended.previous));
        }
        let appended = audit::append(&self.tx, self.sealer(), self.now(), actor, &event).await?;
        let appended = audit::Appended { previous: previous.unwrap_or(appended.previous), ..appended };
        self.tx.commit().await?;
        if let Err(error) = self.stores.keep_head(self.id, &self.tenant, appended).await {
            tracing::error!(tenant = %self.id, error = &error as &dyn std::error::Error, "the audit head was not kept");
        }
        if self.posted.into_inner()
            && let Err(error) = self.stores.wake(self.id).await
        {
            tracing::warn!(tenant = %self.id, error = &error as &dyn std::error::Error, "mail waits for the hourly look");
        }
        Ok(())
    }

    /// What comes of the act besides, to other objects: its entries stand before the act's own, in the same commit.
    pub fn also(&self, event: AuditEvent) {
        self.also.lock().unwrap_or_else(PoisonError::into_inner).push((None, event));
    }

    /// The same for what the program does because of the act, and nobody asked for.
    pub fn also_by_itself(&self, event: AuditEvent) {
        self.also.lock().unwrap_or_else(PoisonError::into_inner).push((Some(Actor::System), event));
    }

    /// Commits housekeeping that is no act of anyone: expiry, a touched session, a counted failure.
    pub async fn commit_housekeeping(self) -> Result<()> {
        Ok(self.tx.commit().await?)
    }

    /// Whose database this is.
    pub const fn id(&self) -> TenantId {
        self.id
    }

    /// Who acts.
    pub const fn actor(&self) -> Actor {
        self.actor
    }

    /// With which groups. What is beyond is not there for whoever reads through this unit of work.
    pub(crate) const fn reach(&self) -> &Reach {
        &self.reach
    }

    /// Now.
    pub fn now(&self) -> Timestamp {
        self.clock().now()
    }

    pub(crate) fn clock(&self) -> &dyn Clock {
        self.stores.services().clock.as_ref()
    }

    /// Makes ids.
    pub fn ids(&self) -> &Ids {
        &self.stores.services().ids
    }

    pub(crate) fn sealer(&self) -> &Sealer {
        &self.tenant.sealer
    }

    pub(crate) fn lookup(&self, email: &EmailAddress) -> Vec<u8> {
        self.sealer().keyring.lookup(email).to_vec()
    }

    /// The keys of these persons; one whose key was destroyed is missing.
    pub(crate) async fn person_keys(&self, persons: &[PersonId]) -> Result<HashMap<PersonId, Arc<PersonKey>>> {
        let unknown: Vec<PersonId> = {
            let known = self.person_keys.lock().unwrap_or_else(PoisonError::into_inner);
            persons.iter().filter(|person| !known.contains_key(person)).copied().collect()
        };
        let found = keystore::person_keys(self.stores.keystore(), self.id, &self.sealer().keyring, &unknown).await?;
        let mut known = self.person_keys.lock().unwrap_or_else(PoisonError::into_inner);
        known.extend(found);
        Ok(persons.iter().filter_map(|person| Some((*person, known.get(person)?.clone()))).collect())
    }

    pub(crate) async fn person_key(&self, person: PersonId) -> Result<Arc<PersonKey>> {
        let mut keys = self.person_keys(&[person]).await?;
        keys.remove(&person).ok_or(StorageError::Sealed { table: "items" })
    }

    /// Puts a mail into the outbox.
    pub async fn enqueue(&self, mail: &Mail) -> Result<()> {
        self.enqueue_known(mail).await.map(drop)
    }

    /// The same, for what becomes of it: its id.
    pub(crate) async fn enqueue_known(&self, mail: &Mail) -> Result<MailId> {
        let id = outbox::enqueue(&self.tx, self.sealer(), self.now(), mail).await?;
        self.posted.store(true, Ordering::Relaxed);
        Ok(id)
    }

    /// Whether any mail is due.
    pub async fn mail_due(&self) -> Result<bool> {
        outbox::any_due(&self.tx, self.now()).await
    }

    /// Takes due mails for sending, and commits.
    pub async fn claim_mail(self, most: u64) -> Result<Vec<Outgoing>> {
        let claimed = outbox::claim(&self.tx, self.sealer(), self.now(), most).await?;
        self.tx.commit().await?;
        Ok(claimed)
    }

    /// Reports what became of a mail, and commits.
    ///
    /// What a group of the reconciliation was sent moves its round on: out, or back for good. So it is with what was announced
    /// to a silent one.
    pub async fn mail_done(self, mail: &Outgoing, outcome: std::result::Result<(), Undelivered>) -> Result<()> {
        let round = self.round_of_mail(mail.id).await?;
        let now = self.now();
        let sent = outcome.is_ok();
        let came_back = match &outcome {
            Ok(()) => {
                outbox::sent(&self.tx, mail.id).await?;
                false
            }
            Err(why) => outbox::failed(&self.tx, mail.id, mail.attempts, why, now).await?,
        };
        if let Some(round) = round {
            let moved = match outcome {
                Ok(()) => round.reached(Step::Sent, now),
                Err(_) if came_back => Some(Round { bounced_at: Some(now), ..round }),
                Err(_) => None,
            };
            if let Some(moved) = moved {
                self.save_round(&moved).await?;
            }
        }
        match (sent, came_back) {
            (true, _) => self.silence_mail_done(mail.id, Announced::Sent(now)).await?,
            (false, true) => self.silence_mail_done(mail.id, Announced::CameBack).await?,
            (false, false) => {}
        }
        self.tx.commit().await?;
        Ok(())
    }

    /// When the next mail is due, if any waits.
    pub async fn next_mail(&self) -> Result<Option<Timestamp>> {
        outbox::next_due(&self.tx).await
    }

    /// Forgets throttles that count no more; how many.
    pub async fn remove_expired_throttles(&self) -> Result<u64> {
        throttle::remove_expired(&self.tx, self.clock()).await
    }

    /// How many mails wait, and how many were given up.
    pub async fn mail_counts(&self) -> Result<(u64, u64)> {
        outbox::counts(&self.tx).await
    }

    /// A keyed hash of a text, for what must be recognised but neither read nor made by anyone without the keys.
    pub fn keyed(&self, text: &str) -> String {
        data_encoding::BASE64URL_NOPAD.encode(&self.sealer().keyring.lookup_text(text))
    }

    /// Seals a text for a cookie of this purpose: whoever keeps it can neither read nor change it.
    pub fn seal_cookie(&self, purpose: &str, text: &str) -> String {
        let sealed = self.sealer().seal_bytes(COOKIE, purpose.as_bytes(), text.as_bytes());
        data_encoding::BASE64URL_NOPAD.encode(&sealed)
    }

    /// Reads [`TenantTx::seal_cookie`] back; none for anything else.
    pub fn open_cookie(&self, purpose: &str, cookie: &str) -> Option<Zeroizing<String>> {
        let sealed = data_encoding::BASE64URL_NOPAD.decode(cookie.as_bytes()).ok()?;
        let opened = self.sealer().open_bytes(COOKIE, purpose.as_bytes(), &sealed).ok()?;
        std::str::from_utf8(&opened).ok().map(|text| Zeroizing::new(text.to_owned()))
    }

    /// Until when `what` must wait, if it must.
    pub async fn throttled(&self, what: &str) -> Result<Option<Timestamp>> {
        throttle::blocked(&self.tx, &self.sealer().keyring.lookup_text(what), self.clock()).await
    }

    /// Counts a failure against `what`.
    pub async fn count_against(&self, what: &str, pace: Pace) -> Result<()> {
        throttle::failed(&self.tx, &self.sealer().keyring.lookup_text(what), pace, self.clock()).await
    }

    /// Forgets the failures of `what`.
    pub async fn forgive(&self, what: &str) -> Result<()> {
        throttle::succeeded(&self.tx, &self.sealer().keyring.lookup_text(what)).await
    }

    /// Audit entries, newest first.
    pub async fn audit_entries(&self, filter: &AuditFilter) -> Result<Vec<AuditEntry>> {
        audit::read(&self.tx, self.sealer(), filter).await
    }

    pub(crate) async fn verify_audit(&self, known: Option<Head>) -> Result<std::result::Result<Head, Broken>> {
        audit::verify(&self.tx, self.sealer(), known).await
    }
}

pub(crate) fn moment(millis: i64) -> Result<Timestamp> {
    Timestamp::from_millisecond(millis).map_err(|_| StorageError::Unreadable { what: "a moment" })
}
