//! The office hears that a person agrees, or does no longer, and records it.

use std::collections::HashSet;
use std::sync::Arc;

use access::actions::{RecordConsent, SubmitChanges};
use access::{Action, Permit};
use domain::audit::AuditEvent;
use domain::catalogue::ConsentNeed;
use domain::consent::{Channel, WORDING, until};
use domain::{Catalogue, ConsentId, Field, GroupId, Item, ItemId, Light, Person, PersonId};
use jiff::civil::Date;
use storage::TenantTx;
pub use storage::tenant::ConsentPaper;

use super::by_link::send_receipt;
use super::{close, item_of, said_now, set_light};
use crate::groups::edit::today;
use crate::groups::{group_of, person_of, protected_of, record_seen};
use crate::{Error, House, Problem, Result};

/// Characters of where a paper is kept.
const FILED: usize = 200;
/// Largest scan of a signed paper, in bytes.
pub const LARGEST_PAPER: usize = 5 * 1024 * 1024;

/// A person said that one item may be open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agreed {
    /// The group as whose contact the person was asked.
    pub group: GroupId,
    /// Who.
    pub person: PersonId,
    /// To what.
    pub item: ItemId,
    /// How open it may be; yellow or green.
    pub light: Light,
    /// On which day.
    pub given_on: Date,
    /// How.
    pub channel: Channel,
    /// Where the signed paper is kept; empty for the other ways.
    pub filed: String,
    /// Whether the person gets a mail with what was recorded and a link to withdraw it.
    pub receipt: bool,
}

/// A person who stands for this group.
pub(super) async fn member(tx: &TenantTx, group: GroupId, person: PersonId) -> Result<Person> {
    let belongs = group_of(tx, group).await?.people.iter().any(|one| one.person == person);
    if belongs { person_of(tx, person).await } else { Err(Error::NotFound) }
}

/// A person whose consents are looked at.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Who.
    pub person: Person,
    /// Which of their receipts have a scan.
    pub papers: HashSet<ConsentId>,
    /// The office's fields.
    pub catalogue: Arc<Catalogue>,
}

/// A person, to ask for or withdraw a consent. What is yellow or red of theirs is recorded as read.
pub async fn person(permit: &Permit<RecordConsent>, house: &House, group: GroupId, person: PersonId) -> Result<Asked> {
    let look = house.stores.look(permit).await?;
    let person = member(&look, group, person).await?;
    let papers = look.consent_papers(person.id).await?;
    let catalogue = look.catalogue().await?;
    drop(look);
    let seen = protected_of(&person).map(|item| item.to_string()).collect();
    record_seen(permit, house, person.id, "consent", seen).await?;
    Ok(Asked { person, papers, catalogue })
}

/// The scan of what a receipt says. Recorded as read.
pub async fn paper(
    permit: &Permit<RecordConsent>,
    house: &House,
    (group, person): (GroupId, PersonId),
    receipt: ConsentId,
) -> Result<ConsentPaper> {
    let tx = house.stores.begin(permit).await?;
    let person = member(&tx, group, person).await?;
    let known = person.consents.iter().find(|known| known.id == receipt).ok_or(Error::NotFound)?;
    let paper = tx.consent_paper(receipt, person.id).await?.ok_or(Error::NotFound)?;
    tx.commit(AuditEvent::new("consent.paper_read", person.id).items([known.said.item])).await?;
    Ok(paper)
}

/// The media type of a scan, by how its bytes begin: a name can say anything.
fn media(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0x25, b'P', b'D', b'F', b'-', ..] => Some("application/pdf"),
        [0xff, 0xd8, 0xff, ..] => Some("image/jpeg"),
        [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => Some("image/png"),
        _ => None,
    }
}

fn check_paper(agreed: &Agreed, bytes: &[u8]) -> Option<Problem> {
    let wrong = |code| Some(Problem::new("paper", code));
    if bytes.is_empty() {
        None
    } else if agreed.channel != Channel::Paper {
        wrong("paper-other-channel")
    } else if bytes.len() > LARGEST_PAPER {
        wrong("paper-too-large")
    } else if media(bytes).is_none() {
        wrong("not-a-scan")
    } else {
        None
    }
}

fn check(agreed: &Agreed, scanned: bool, item: &Item, catalogue: &Catalogue, today: Date) -> Vec<Problem> {
    let mut problems = Vec::new();
    let limit = item.limit;
    if agreed.light == Light::Red || agreed.light > limit.ceiling || limit.consent == ConsentNeed::None {
        problems.push(Problem::new("light", "light-too-open"));
    }
    if agreed.given_on > today {
        problems.push(Problem::new("given_on", "date-in-future"));
    } else if until(agreed.given_on, catalogue.consent_months()).is_some_and(|until| until < today) {
        problems.push(Problem::new("given_on", "consent-over"));
    }
    if !Channel::HEARD.contains(&agreed.channel) {
        problems.push(Problem::new("channel", "consent-channel-missing"));
    }
    if agreed.channel == Channel::Paper && agreed.filed.is_empty() && !scanned {
        problems.push(Problem::new("filed", "consent-filed-missing"));
    } else if agreed.filed.chars().count() > FILED {
        problems.push(Problem::new("filed", "too-long"));
    }
    problems
}

/// Records a consent and opens the item as far as the person agreed. It takes the place of an earlier one.
pub async fn record(permit: &Permit<RecordConsent>, house: &House, agreed: &Agreed) -> Result<()> {
    record_scanned(permit, house, agreed, &[]).await
}

/// The same with the scan of the signed paper: a PDF, JPEG or PNG of at most [`LARGEST_PAPER`] bytes; empty for none.
pub async fn record_scanned(permit: &Permit<RecordConsent>, house: &House, agreed: &Agreed, scan: &[u8]) -> Result<()> {
    let Agreed { group, person: id, item, light, given_on, channel, .. } = *agreed;
    let filed = if channel == Channel::Paper { agreed.filed.trim() } else { "" };
    let agreed = Agreed { filed: filed.to_owned(), ..agreed.clone() };
    let tx = house.stores.begin(permit).await?;
    let mut person = member(&tx, group, id).await?;
    let one = item_of(&person, item)?;
    let field = one.field;
    let catalogue = tx.catalogue().await?;
    let mut problems = check(&agreed, !scan.is_empty(), one, &catalogue, today(house));
    problems.extend(check_paper(&agreed, scan));
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let before = set_light(&mut person, item, light)?;
    let receipt = tx.record_consent(&said_now(&catalogue, (id, item), light, (given_on, channel), filed)).await?;
    if let Some(media) = media(scan) {
        let paper = ConsentPaper { media: media.to_owned(), bytes: scan.to_vec() };
        tx.put_consent_paper(receipt, id, &paper).await?;
    }
    tx.save_person(&person).await?;
    if agreed.receipt {
        send_receipt(permit, house, &tx, id).await?;
    }
    let summary = format!("{field} {} → {} by {}, wording {WORDING}", before.code(), light.code(), channel.code());
    tx.commit(AuditEvent::new("consent.recorded", id).summary(summary).items([item])).await?;
    house.ring();
    house.sites.changed(permit.tenant());
    Ok(())
}

/// Withdraws every consent to an item; it is red at once. Not an error if there was none.
pub async fn withdraw(
    permit: &Permit<RecordConsent>,
    house: &House,
    group: GroupId,
    person: PersonId,
    item: ItemId,
) -> Result<()> {
    withdraw_as(permit, house, (group, person, item), "").await
}

/// The same by the admin of the person's group: closing never waits for anybody.
pub async fn withdraw_own(
    permit: &Permit<SubmitChanges>,
    house: &House,
    group: GroupId,
    person: PersonId,
    item: ItemId,
) -> Result<()> {
    withdraw_as(permit, house, (group, person, item), " by login").await
}

async fn withdraw_as<A: Action>(
    permit: &Permit<A>,
    house: &House,
    (group, person, item): (GroupId, PersonId, ItemId),
    how: &str,
) -> Result<()> {
    let tx = house.stores.begin(permit).await?;
    let mut found = member(&tx, group, person).await?;
    let before = close(&tx, &mut found, item).await?;
    let field = item_of(&found, item)?.field.code();
    let summary = format!("{field} {} → {}{how}", before.code(), Light::Red.code());
    tx.commit(AuditEvent::new("consent.withdrawn", person).summary(summary).items([item])).await?;
    house.sites.changed(permit.tenant());
    Ok(())
}

/// Which field an item of a contact person of one's own group is of.
pub async fn own_item(
    permit: &Permit<SubmitChanges>,
    house: &House,
    group: GroupId,
    person: PersonId,
    item: ItemId,
) -> Result<(Field, Arc<Catalogue>)> {
    let look = house.stores.look(permit).await?;
    let field = item_of(&member(&look, group, person).await?, item)?.field;
    Ok((field, look.catalogue().await?))
}
