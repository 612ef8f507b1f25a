//! Whose consent is still to be asked for, whose ends soon, and whether anything is open without one.

use std::sync::Arc;

use access::Permit;
use access::actions::RecordConsent;
use domain::audit::AuditEvent;
use domain::consent::REMINDER_DAYS;
use domain::{Catalogue, EmailAddress, Field, Group, GroupId, Item, ItemId, Light, Person, PersonId, Value};
use jiff::civil::Date;
use jiff::{Span, Timestamp};
use storage::TenantTx;

use super::due::CHECKED;
use super::{address, needing};
use crate::groups::edit::today;
use crate::groups::people::name;
use crate::groups::{group_of, record_seen, shown_name};
use crate::{Error, House, Result};

/// A person of a group, and what is known about asking them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToAsk {
    /// Who.
    pub person: PersonId,
    /// Their name, empty if none is known.
    pub name: String,
    /// A phone number to call.
    pub phone: Option<String>,
    /// An address to write to.
    pub email: Option<EmailAddress>,
    /// Items that may be opened with their consent, and have none: with the light they may have at most.
    pub items: Vec<(ItemId, Field, Light)>,
    /// Items whose consent the person withdrew, and when: nobody asks for them again by themselves.
    pub withdrawn: Vec<(ItemId, Field, Timestamp)>,
    /// When they were asked by mail last.
    pub asked_at: Option<Timestamp>,
}

/// A group with consents still to be asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupToAsk {
    /// Which.
    pub group: GroupId,
    /// Its name.
    pub name: String,
    /// What the old list said.
    pub remarks: Vec<(ItemId, String)>,
    /// Its people.
    pub people: Vec<ToAsk>,
}

/// A consent that ends soon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ending {
    /// As a contact of which group.
    pub group: GroupId,
    /// Whose.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// To which item.
    pub item: ItemId,
    /// What it says something about.
    pub field: Field,
    /// Its last day.
    pub until: Date,
}

/// An item that is more open than its person agreed to: there is none unless somebody changed the database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unbacked {
    /// Whose.
    pub person: PersonId,
    /// Which.
    pub item: ItemId,
    /// What it says something about.
    pub field: Field,
}

/// The guided list.
#[derive(Clone, Debug, PartialEq)]
pub struct Guide {
    /// What is still to be asked for, by group name.
    pub to_ask: Vec<GroupToAsk>,
    /// What ends within [`REMINDER_DAYS`], the next first.
    pub ending: Vec<Ending>,
    /// What is open without a consent in force.
    pub unbacked: Vec<Unbacked>,
    /// When that was last looked for; none: not yet.
    pub checked_on: Option<Date>,
    /// The office's fields.
    pub catalogue: Arc<Catalogue>,
}

/// What of a person stands open although nobody agreed. What counts is never more open than the consent, so nothing of it
/// is public; but it would be with the next one.
pub(super) fn unbacked(person: &Person) -> impl Iterator<Item = &Item> {
    needing(person).filter(|item| item.light > person.consented(item))
}

async fn people_of(tx: &TenantTx, group: &Group) -> Result<Vec<Person>> {
    Ok(tx.persons(&group.people.iter().map(|one| one.person).collect::<Vec<_>>()).await?)
}

/// Everything there is to do about consents. What of it is yellow or red is recorded as read.
pub async fn guide(permit: &Permit<RecordConsent>, house: &House) -> Result<Guide> {
    let look = house.stores.look(permit).await?;
    let catalogue = look.catalogue().await?;
    let links = look.consent_links().await?;
    let mut seen = Vec::new();
    let mut to_ask = Vec::new();
    for id in look.groups_with_consents_to_record().await? {
        let Some(group) = look.group(id).await? else { continue };
        let remarks: Vec<(ItemId, String)> =
            group.of(Field::ConsentToRecord).map(|item| (item.id, item.value.plain())).collect();
        seen.extend(remarks.iter().map(|(item, _)| item.to_string()));
        let mut people = Vec::new();
        for person in people_of(&look, &group).await? {
            seen.extend(person.items.iter().map(|item| item.id.to_string()));
            let phone = person.items.iter().find(|item| matches!(item.value, Value::Phone { .. }));
            let closed = || needing(&person).filter(|item| person.consented(item) == Light::Red);
            let items = closed().filter(|item| person.withdrew(item).is_none());
            let withdrawn = closed().filter_map(|item| Some((item.id, item.field, person.withdrew(item)?)));
            let asked = links.iter().find(|link| link.person == person.id && !link.asked.is_empty());
            people.push(ToAsk {
                person: person.id,
                name: name(&person).to_owned(),
                phone: phone.map(|item| item.value.plain()),
                email: address(&person).cloned(),
                items: items.map(|item| (item.id, item.field, item.limit.ceiling)).collect(),
                withdrawn: withdrawn.collect(),
                asked_at: asked.map(|link| link.made_at),
            });
        }
        to_ask.push(GroupToAsk { group: id, name: shown_name(&group, &mut seen), remarks, people });
    }
    to_ask.sort_by_cached_key(|one| directory::sort_key(&one.name));
    let mut ending = Vec::new();
    for receipt in look.consents_ending(soon(today(house))).await? {
        let said = receipt.said;
        let Some(person) = look.person(said.person).await? else { continue };
        let Some(group) = look.groups_of(person.id).await?.into_iter().next() else { continue };
        let Some(item) = person.items.iter().find(|item| item.id == said.item) else { continue };
        seen.extend(person.items.iter().filter(|item| item.field == Field::PersonName).map(|item| item.id.to_string()));
        let Some(until) = said.until else { continue };
        ending.push(Ending {
            group,
            person: person.id,
            name: name(&person).to_owned(),
            item: item.id,
            field: item.field,
            until,
        });
    }
    let all = look.person_ids().await?;
    let persons = look.persons(&all).await?;
    let unbacked = persons.iter().flat_map(|person| {
        unbacked(person).map(|item| Unbacked { person: person.id, item: item.id, field: item.field })
    });
    let unbacked = unbacked.collect();
    let checked_on = look.setting(CHECKED).await?;
    drop(look);
    seen.sort_unstable();
    seen.dedup();
    record_seen(permit, house, permit.tenant(), "consents", seen).await?;
    Ok(Guide { to_ask, ending, unbacked, checked_on, catalogue })
}

/// The last day of what ends soon.
pub(crate) fn soon(today: Date) -> Date {
    today.saturating_add(Span::new().days(REMINDER_DAYS))
}

/// Takes a remark of the old list off the list: it was dealt with.
pub async fn settle(permit: &Permit<RecordConsent>, house: &House, group: GroupId, remark: ItemId) -> Result<()> {
    let tx = house.stores.begin(permit).await?;
    let mut found = group_of(&tx, group).await?;
    let before = found.items.len();
    found.items.retain(|item| item.id != remark || item.field != Field::ConsentToRecord);
    if found.items.len() == before {
        return Err(Error::NotFound);
    }
    tx.save_group(&found, "consent-settled").await?;
    tx.commit(AuditEvent::new("consent.settled", group).items([remark])).await?;
    house.sites.changed(permit.tenant());
    Ok(())
}
