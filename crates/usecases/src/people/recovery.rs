//! The way back for a sole lead who lost every factor: the office's printed recovery share, brought to the operator, who
//! starts it with an identity check on record; everybody of the office is told and can stop it for three days.
//!
//! Of the share only a keyed hash is kept, bound to the office. The operator alone gets nowhere: without the share nothing
//! starts, what waits is sealed and bound to its user, and the links at the end go to the lead's own mailbox. What this does not
//! show: whoever holds the office's keys and runs a program of their own could write whatever they like. The audit chain, whose
//! head is kept elsewhere, and the mails are what tells of it.

use access::Permit;
use access::actions::{DecideAccess, StartRecovery};
use crypto::token::{RecoveryCode, TokenHash, hash_of_typed_ending};
use data_encoding::HEXLOWER;
use domain::alert::Sign;
use domain::audit::{Actor, AuditEvent};
use domain::{EmailAddress, TenantId, UserId};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use storage::tenant::{FactorLoss, User, UserState};
use storage::throttle::Pace;
use storage::{Mail, TenantTx};
use zeroize::Zeroizing;

use super::lost_factor::{managers, stopping_link};
use crate::account::not_too_often;
use crate::{Error, House, Problem, Result};

/// Key of the setting that holds the share in force.
const SHARE: &str = "recovery-share";
/// Key of the setting that holds one that was shown and not typed back yet.
const SHOWN: &str = "recovery-share-shown";

/// How long everybody of the office can stop what the operator started.
pub const NOTICE: SignedDuration = SignedDuration::from_hours(72);

/// Wrong shares on the operator's command line, and wrong endings typed back.
const PER_SHARE: Pace = Pace { free: 5, first_ms: 60_000, longest_ms: 3_600_000, forget_ms: 24 * 3_600_000 };

#[derive(Serialize, Deserialize)]
struct KeptShare {
    /// Keyed hash of the share.
    hash: String,
    made_at: Timestamp,
    made_by: UserId,
}

#[derive(Serialize, Deserialize)]
struct ShownShare {
    hash: String,
    /// Keyed hash of its last two groups; gone as soon as they were typed back.
    ending: String,
}

/// Where the office stands with its share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShareState {
    /// When the share in force was made and tested; none if there is none.
    pub made_at: Option<Timestamp>,
    /// Whether another one was shown and not typed back yet.
    pub shown: bool,
}

fn keyed(tx: &TenantTx, what: &str, hash: TokenHash) -> String {
    tx.keyed(&format!("recovery {what} {}", HEXLOWER.encode(hash.as_bytes())))
}

/// Whether an office has a share that was tested.
pub(crate) async fn share_made_at(tx: &TenantTx) -> Result<Option<Timestamp>> {
    Ok(tx.setting::<KeptShare>(SHARE).await?.map(|kept| kept.made_at))
}

/// Where the office stands.
pub async fn share(permit: &Permit<DecideAccess>, house: &House) -> Result<ShareState> {
    let look = house.stores.look(permit).await?;
    let shown: Option<Option<ShownShare>> = look.setting(SHOWN).await?;
    Ok(ShareState { made_at: share_made_at(&look).await?, shown: shown.flatten().is_some() })
}

/// Makes a share, shown once. It counts when its end was typed back; until then an older one stays in force.
pub async fn make_share(permit: &Permit<DecideAccess>, house: &House) -> Result<Zeroizing<String>> {
    let tx = house.stores.begin(permit).await?;
    let share = RecoveryCode::generate(tx.ids());
    let owner = permit.tenant();
    let shown = ShownShare {
        hash: keyed(&tx, "share", share.hash(owner)),
        ending: keyed(&tx, "ending", share.hash_of_ending(owner)),
    };
    tx.put_setting(SHOWN, &Some(shown)).await?;
    tx.commit(AuditEvent::new("recovery.share_shown", owner)).await?;
    Ok(share.to_text())
}

/// Whoever printed the share types its last two groups back: from now on it is in force.
pub async fn test_share(permit: &Permit<DecideAccess>, house: &House, ending: &str) -> Result<()> {
    let Actor::User(made_by) = permit.actor() else { return Err(Error::NotFound) };
    let owner = permit.tenant();
    let tx = house.stores.begin(permit).await?;
    not_too_often(&tx, "recovery share").await?;
    let Some(shown) = tx.setting::<Option<ShownShare>>(SHOWN).await?.flatten() else {
        return Err(Error::invalid("ending", "no-share-shown"));
    };
    let typed = hash_of_typed_ending(ending, owner).ok().map(|hash| keyed(&tx, "ending", hash));
    if typed.as_ref() != Some(&shown.ending) {
        tx.count_against("recovery share", PER_SHARE).await?;
        tx.commit_housekeeping().await?;
        return Err(Error::invalid("ending", "wrong-ending"));
    }
    tx.forgive("recovery share").await?;
    tx.put_setting(SHARE, &KeptShare { hash: shown.hash, made_at: tx.now(), made_by }).await?;
    tx.put_setting(SHOWN, &Option::<ShownShare>::None).await?;
    tx.commit(AuditEvent::new("recovery.share_tested", owner)).await?;
    Ok(())
}

/// What the operator brings.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// The lead's mail address.
    pub user: &'a str,
    /// The office's printed share.
    pub share: &'a str,
    /// How it was checked who asks: a sentence, kept in both logs.
    pub identity_check: &'a str,
}

/// What was wrong with the operator's request.
fn read(request: &Request<'_>) -> Result<(EmailAddress, RecoveryCode, String)> {
    let mut problems = Vec::new();
    let email = EmailAddress::parse(request.user.trim());
    if email.is_err() {
        problems.push(Problem::new("user", "not-an-email"));
    }
    let share = RecoveryCode::parse(request.share);
    if share.is_err() {
        problems.push(Problem::new("share", "wrong-share"));
    }
    let check = request.identity_check.trim();
    if check.chars().count() < 10 || check.chars().count() > 500 || check.chars().any(char::is_control) {
        problems.push(Problem::new("identity-check", "identity-check"));
    }
    match (email, share) {
        (Ok(email), Ok(share)) if problems.is_empty() => Ok((email, share, check.to_owned())),
        _ => Err(Error::Invalid(problems)),
    }
}

/// Starts the recovery of a sole lead; when it will be carried out. `Invalid` names what is wrong: `wrong-share`,
/// `no-share`, `no-such-lead`, `another-lead`, `already-lost`, `identity-check`.
pub async fn start(permit: &Permit<StartRecovery>, house: &House, request: Request<'_>) -> Result<Timestamp> {
    let (email, share, identity_check) = read(&request)?;
    let owner = permit.tenant();
    let origin = house.addresses.office(&house.slug(owner).await?);
    let tx = house.stores.begin(permit).await?;
    not_too_often(&tx, "operator's share").await?;
    let Some(kept) = tx.setting::<KeptShare>(SHARE).await? else { return Err(Error::invalid("share", "no-share")) };
    if keyed(&tx, "share", share.hash(owner)) != kept.hash {
        tx.count_against("operator's share", PER_SHARE).await?;
        tx.commit(AuditEvent::new("recovery.refused", owner).summary("wrong share")).await?;
        return Err(Error::invalid("share", "wrong-share"));
    }
    sole_lead(&tx, &email).await?;
    // Nobody holds both stores: what was found is asked again below.
    drop(tx);
    record(house, owner, &identity_check).await?;
    let tx = house.stores.begin(permit).await?;
    let lead = sole_lead(&tx, &email).await?;
    tx.forgive("operator's share").await?;
    let now = tx.now();
    let due_at = now.checked_add(NOTICE).map_err(|error| Error::Internal(error.to_string()))?;
    tx.put_factor_loss(&FactorLoss { user: lead.id, by: Actor::Operator, started_at: now, due_at, password_too: true })
        .await?;
    announce(&tx, &origin, &lead).await?;
    tx.commit(AuditEvent::new("recovery.started", lead.id).summary(identity_check)).await?;
    house.ring();
    house.noticed(owner, Sign::RecoveryStarted, &lead.id.to_string(), Some(lead.id)).await;
    Ok(due_at)
}

/// The one who can manage people, if it is the one with this address and nothing was started yet.
async fn sole_lead(tx: &TenantTx, email: &EmailAddress) -> Result<User> {
    let mut managers = managers(tx, UserState::Active).await?;
    if managers.is_empty() {
        // A recovery whose link was never used left nobody who can log in: it can be started again.
        managers = self::managers(tx, UserState::Enrolling).await?;
    }
    let others = managers.len() > 1;
    let Some(place) = managers.iter().position(|lead| lead.profile.email.folded() == email.folded()) else {
        return Err(Error::invalid("user", "no-such-lead"));
    };
    if others {
        return Err(Error::invalid("user", "another-lead"));
    }
    let lead = managers.swap_remove(place);
    if tx.factor_loss(lead.id).await?.is_some() {
        return Err(Error::invalid("user", "already-lost"));
    }
    Ok(lead)
}

/// The platform's log has it before the office's: what is announced nowhere else is at least intended there.
async fn record(house: &House, tenant: TenantId, identity_check: &str) -> Result<()> {
    let platform = house.stores.platform().await?;
    let event = AuditEvent::new("recovery.started", tenant).summary(identity_check);
    Ok(platform.commit(Actor::Operator, event).await?)
}

/// Tells everybody who works in the office, and the office's own address; each with a link that stops it.
async fn announce(tx: &TenantTx, origin: &str, lead: &User) -> Result<()> {
    let profile = tx.site().await?.profile;
    let mut receivers = Vec::new();
    for user in tx.users().await? {
        let role = user.standing.role;
        if user.standing.state != UserState::Disabled && !role.is_group_admin() && !role.is_support() {
            receivers.push(user.profile.email);
        }
    }
    let office = EmailAddress::parse(&profile.email).ok();
    receivers.extend(office.filter(|office| !receivers.iter().any(|known| known.folded() == office.folded())));
    for to in receivers {
        let link = stopping_link(tx, origin, lead.id, NOTICE).await?;
        tx.enqueue(&announcement(to, &lead.profile.name, &profile.name, &link)).await?;
    }
    Ok(())
}

fn announcement(to: EmailAddress, name: &str, office: &str, link: &str) -> Mail {
    Mail {
        to,
        subject: format!("Wichtig: Zugang der Leitung wird wiederhergestellt ({office})"),
        body: format!(
            "Guten Tag,\n\nmit dem Notfallblatt Ihrer Kontaktstelle wurde beim Betreiber beantragt, den Zugang von\n\
             {name} wiederherzustellen ({office}).\nIn 72 Stunden werden die zweiten Faktoren dieses Kontos entfernt, und \
             {name} bekommt\neinen Link für ein neues Passwort.\n\nIst das nicht richtig? Dann öffnen Sie bitte diese \
             Seite und drücken Sie dort auf\n„Stoppen“. Das kann jede und jeder von Ihnen:\n\n{link}\n\nDer Link meldet \
             niemanden an.\n\n--\n\nHello,\n\nwith your office's recovery sheet the operator was asked to restore the \
             access of\n{name} ({office}).\nIn 72 hours this account's second factors will be removed, and {name} will \
             get a link\nto set a new password.\n\nIs that not right? Then please open this page and press \"Stop\". \
             Every one of you can:\n\n{link}\n\nThe link logs nobody in.\n"
        ),
    }
}
