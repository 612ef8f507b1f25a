//! The office's side: letting support in, for longer, and sending it away.

use access::actions::{EndSupport, GrantSupport, ReadSupport};
use access::{Action, Permit, Right, Rights};
use domain::audit::{Actor, AuditEvent};
use domain::{EmailAddress, OperatorId, UserId};
use jiff::{SignedDuration, Timestamp};
use storage::tenant::SupportGrant;
use storage::{Mail, TenantTx};

use super::Operator;
use crate::account::colleagues;
use crate::{Error, House, Problem, Result};

/// A grant lasts at most so long; then it can be renewed.
pub const LONGEST: SignedDuration = SignedDuration::from_hours(8);
/// For how many hours it can be given.
pub const HOURS: [i64; 4] = [1, 2, 4, 8];

/// A grant, as its page shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The grant.
    pub grant: SupportGrant,
    /// Whether support may be here.
    pub in_force: bool,
    /// Who granted it; empty for someone who is gone.
    pub granted_by: String,
}

/// All grants, the newest first.
pub async fn grants(permit: &Permit<ReadSupport>, house: &House) -> Result<Vec<Line>> {
    let look = house.stores.look(permit).await?;
    let names = colleagues(&look).await?;
    let now = look.now();
    let line = |grant: SupportGrant| Line {
        in_force: grant.is_in_force(now),
        granted_by: names.iter().find(|one| one.id == grant.granted_by).map(|one| one.name.clone()).unwrap_or_default(),
        grant,
    };
    Ok(look.support_grants().await?.into_iter().map(line).collect())
}

/// Who of the operator's people can be chosen.
pub async fn operators(_: &Permit<GrantSupport>, house: &House) -> Result<Vec<Operator>> {
    Ok(house.stores.platform_look().await?.operators().await?)
}

/// The form, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Form {
    /// Id of the person.
    pub operator: String,
    /// Why.
    pub reason: String,
    /// For how many hours.
    pub hours: String,
    /// Codes of rights beside looking.
    pub rights: Vec<String>,
}

struct Asked {
    operator: Operator,
    reason: String,
    lasts: SignedDuration,
    rights: Rights,
}

fn read(form: &Form, operators: Vec<Operator>) -> Result<Asked> {
    let id: Option<OperatorId> = form.operator.parse().ok();
    let operator = operators.into_iter().find(|operator| Some(operator.id) == id);
    let operator = operator.ok_or_else(|| Problem::new("operator", "choose"));
    let reason = form.reason.trim();
    let reason = match reason.chars().count() {
        0 => Err(Problem::new("reason", "missing")),
        1..=500 => Ok(reason.to_owned()),
        _ => Err(Problem::new("reason", "too-long")),
    };
    let hours = form.hours.parse().ok().filter(|hours| HOURS.contains(hours));
    let lasts = hours.map(SignedDuration::from_hours).ok_or_else(|| Problem::new("hours", "choose"));
    let more = Right::SUPPORT_MAY.into_iter().filter(|right| form.rights.iter().any(|code| code == right.code()));
    let rights = Right::SUPPORT_READS.into_iter().chain(more).collect();
    match (operator, reason, lasts) {
        (Ok(operator), Ok(reason), Ok(lasts)) => Ok(Asked { operator, reason, lasts, rights }),
        (operator, reason, lasts) => {
            Err(Error::Invalid([operator.err(), reason.err(), lasts.err()].into_iter().flatten().collect()))
        }
    }
}

/// Lets a named person of the operator's look in. That person is told by mail.
pub async fn grant(permit: &Permit<GrantSupport>, house: &House, form: &Form) -> Result<()> {
    let Actor::User(granted_by) = permit.actor() else { return Err(Error::NotFound) };
    let Asked { operator, reason, lasts, rights } = read(form, operators(permit, house).await?)?;
    let slug = house.slug(permit.tenant()).await?;
    let tx = house.stores.begin(permit).await?;
    let mut grants = tx.support_grants().await?;
    let now = tx.now();
    if grants.iter().any(|grant| grant.is_in_force(now) && grant.email.folded() == operator.email.folded()) {
        return Err(Error::invalid("operator", "support-already"));
    }
    let grant = SupportGrant {
        account: tx.ids().next(),
        name: operator.name,
        email: operator.email,
        reason,
        rights,
        granted_by,
        granted_at: now,
        until: now + lasts,
        ended_at: None,
        door: None,
    };
    let codes: Vec<&str> = rights.iter().map(Right::code).collect();
    let summary = format!("until {}: {}", hour(grant.until), codes.join(", "));
    // The account is there at once, so that the log can say its name.
    tx.put_support_account(&grant).await?;
    let office = tx.site().await?.profile.name;
    tx.enqueue(&mail(grant.email.clone(), &office, slug.as_str())).await?;
    let account = grant.account;
    grants.insert(0, grant);
    tx.put_support_grants(&grants).await?;
    tx.commit(AuditEvent::new("support.granted", account).summary(summary.clone())).await?;
    tell_the_operator(permit, house, "support.granted", summary).await?;
    house.ring();
    Ok(())
}

/// Notes in the operator's own log what an office decided. Whether an office's commit is noted there is repaired when
/// support comes in: that is noted there first.
async fn tell_the_operator<A: Action>(
    permit: &Permit<A>,
    house: &House,
    action: &'static str,
    summary: String,
) -> Result<()> {
    let platform = house.stores.platform().await?;
    platform.commit(permit.actor(), AuditEvent::new(action, permit.tenant()).summary(summary)).await?;
    Ok(())
}

fn mail(to: EmailAddress, office: &str, slug: &str) -> Mail {
    Mail {
        to,
        subject: format!("Einblick erlaubt: {office}"),
        body: format!(
            "Guten Tag,\n\n{office} hat Ihnen für einige Stunden Einblick erlaubt.\nIhren Zugang öffnen Sie auf dem \
             Server:\n\nampelhaus support open --tenant {slug} --operator <Ihre Adresse>\n\nAlles, was Sie dort \
             tun, wird protokolliert.\n\n--\n\nHello,\n\n{office} allows you to look in for some hours.\nOpen \
             your access on the server with the command above.\nEverything you do there is logged.\n"
        ),
    }
}

async fn found(tx: &TenantTx, account: UserId) -> Result<(Vec<SupportGrant>, usize)> {
    let grants = tx.support_grants().await?;
    let now = tx.now();
    let place = grants.iter().position(|grant| grant.account == account && grant.is_in_force(now));
    place.map(|place| (grants, place)).ok_or(Error::NotFound)
}

/// Whom a grant in force is for; [`Error::NotFound`] if it is over.
pub async fn name(permit: &Permit<GrantSupport>, house: &House, account: UserId) -> Result<String> {
    let look = house.stores.look(permit).await?;
    let (grants, place) = found(&look, account).await?;
    Ok(grants.into_iter().nth(place).ok_or(Error::NotFound)?.name)
}

/// Makes a grant last until so many hours from now; [`Error::NotFound`] if it is over.
pub async fn renew(permit: &Permit<GrantSupport>, house: &House, account: UserId, hours: &str) -> Result<()> {
    let hours = hours.parse().ok().filter(|hours| HOURS.contains(hours));
    let lasts = hours.map(SignedDuration::from_hours).ok_or_else(|| Error::invalid("hours", "choose"))?;
    let tx = house.stores.begin(permit).await?;
    let (mut grants, place) = found(&tx, account).await?;
    let until: Timestamp = tx.now() + lasts;
    if let Some(grant) = grants.get_mut(place) {
        grant.until = until;
    }
    tx.put_support_grants(&grants).await?;
    let summary = format!("until {}", hour(until));
    tx.commit(AuditEvent::new("support.renewed", account).summary(summary.clone())).await?;
    tell_the_operator(permit, house, "support.renewed", summary).await
}

/// Sends support away, at once; [`Error::NotFound`] if the grant is over already.
pub async fn end(permit: &Permit<EndSupport>, house: &House, account: UserId) -> Result<()> {
    let tx = house.stores.begin(permit).await?;
    let (mut grants, place) = found(&tx, account).await?;
    if let Some(grant) = grants.get_mut(place) {
        grant.ended_at = Some(tx.now());
        grant.door = None;
    }
    tx.put_support_grants(&grants).await?;
    tx.remove_other_sessions(account, None).await?;
    tx.commit(AuditEvent::new("support.ended", account)).await?;
    tell_the_operator(permit, house, "support.ended", String::new()).await
}

/// The hour in Germany, as both logs tell it.
fn hour(at: Timestamp) -> String {
    at.to_zoned(domain::schedule::berlin()).strftime("%d.%m.%Y %H:%M").to_string()
}
