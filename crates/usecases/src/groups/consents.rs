//! What a person agreed to: recorded before anything of theirs is opened, withdrawn at once (Art. 7 (1), (3) GDPR).

use std::sync::Arc;

use access::Permit;
use access::actions::RecordConsent;
use domain::audit::AuditEvent;
use domain::catalogue::ConsentNeed;
use domain::consent::{Channel, ConsentState, WORDING};
use domain::{Catalogue, ConsentReceipt, GroupId, Item, ItemId, Light, Person, PersonId};
use jiff::civil::Date;
use storage::TenantTx;

use super::edit::today;
use super::{group_of, person_of, protected_of, record_seen};
use crate::{Error, House, Problem, Result};

/// A person said that one item may be open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
}

fn item_of(person: &Person, item: ItemId) -> Result<&Item> {
    person.items.iter().find(|one| one.id == item).ok_or(Error::NotFound)
}

/// A person who stands for this group.
async fn member(tx: &TenantTx, group: GroupId, person: PersonId) -> Result<Person> {
    let belongs = group_of(tx, group).await?.people.iter().any(|one| one.person == person);
    if belongs { person_of(tx, person).await } else { Err(Error::NotFound) }
}

/// A person, to ask for or withdraw a consent. What is yellow or red of theirs is recorded as read.
pub async fn form(
    permit: &Permit<RecordConsent>,
    house: &House,
    group: GroupId,
    person: PersonId,
    item: ItemId,
) -> Result<(Person, Arc<Catalogue>)> {
    let look = house.stores.look(permit).await?;
    let person = member(&look, group, person).await?;
    item_of(&person, item)?;
    let catalogue = look.catalogue().await?;
    drop(look);
    let seen = protected_of(&person).map(|item| item.to_string()).collect();
    record_seen(permit, house, person.id, "consent", seen).await?;
    Ok((person, catalogue))
}

/// Records a consent and opens the item as far as the person agreed. It takes the place of an earlier one.
pub async fn record(permit: &Permit<RecordConsent>, house: &House, agreed: &Agreed) -> Result<()> {
    let Agreed { group, person: id, item, light, given_on, channel } = *agreed;
    let tx = house.stores.begin(permit).await?;
    let mut person = member(&tx, group, id).await?;
    let Item { field, limit, .. } = *item_of(&person, item)?;
    let mut problems = Vec::new();
    if light == Light::Red || light > limit.ceiling || limit.consent == ConsentNeed::None {
        problems.push(Problem::new("light", "light-too-open"));
    }
    if given_on > today(house) {
        problems.push(Problem::new("given_on", "date-in-future"));
    }
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let before = set_light(&mut person, item, light)?;
    let receipt = ConsentReceipt {
        id: tx.ids().next(),
        person: id,
        item,
        light,
        given_on,
        channel,
        wording: WORDING.to_owned(),
        state: ConsentState::InForce,
    };
    tx.insert_consent(&receipt).await?;
    tx.save_person(&person).await?;
    let summary = format!("{field} {} → {} by {}, wording {WORDING}", before.code(), light.code(), channel.code());
    tx.commit(AuditEvent::new("consent.recorded", id).summary(summary).items([item])).await?;
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
    let tx = house.stores.begin(permit).await?;
    let mut found = member(&tx, group, person).await?;
    let before = set_light(&mut found, item, Light::Red)?;
    tx.withdraw_consents(person, item).await?;
    tx.save_person(&found).await?;
    let field = item_of(&found, item)?.field.code();
    let summary = format!("{field} {} → {}", before.code(), Light::Red.code());
    tx.commit(AuditEvent::new("consent.withdrawn", person).summary(summary).items([item])).await?;
    house.sites.changed(permit.tenant());
    Ok(())
}

fn set_light(person: &mut Person, item: ItemId, light: Light) -> Result<Light> {
    let item = person.items.iter_mut().find(|one| one.id == item).ok_or(Error::NotFound)?;
    Ok(std::mem::replace(&mut item.light, light))
}
