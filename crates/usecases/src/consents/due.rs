//! What ends by itself: consents whose time is over close their items, after a reminder; and every night it is checked
//! that nothing is open without one.

use std::collections::BTreeMap;

use access::Permit;
use access::actions::RemoveExpired;
use domain::audit::AuditEvent;
use domain::consent::ConsentReceipt;
use domain::{ItemId, Light, PersonId};
use jiff::civil::Date;

use super::by_link::send_reminder;
use super::guide::{soon, unbacked};
use super::set_light;
use crate::groups::edit::today;
use crate::groups::person_of;
use crate::{House, Result};

/// The setting that tells when it was last looked for items without consent.
pub(super) const CHECKED: &str = "consents checked";

fn by_person(receipts: Vec<ConsentReceipt>) -> BTreeMap<PersonId, Vec<ConsentReceipt>> {
    let mut all: BTreeMap<PersonId, Vec<ConsentReceipt>> = BTreeMap::new();
    for receipt in receipts {
        all.entry(receipt.said.person).or_default().push(receipt);
    }
    all
}

/// Closes what nobody agrees to any more; how many items. Each person in a unit of work of their own.
pub(crate) async fn close_expired(permit: &Permit<RemoveExpired>, house: &House) -> Result<u64> {
    let yesterday = today(house).yesterday().unwrap_or(Date::MIN);
    let due = by_person(house.stores.look(permit).await?.consents_ending(yesterday).await?);
    let mut closed = 0;
    for (id, receipts) in due {
        let tx = house.stores.begin(permit).await?;
        let mut person = person_of(&tx, id).await?;
        let mut items = Vec::new();
        for receipt in receipts {
            let item = receipt.said.item;
            tx.expire_consents(id, item).await?;
            // The value it was about may be gone.
            if set_light(&mut person, item, Light::Red).is_ok() {
                items.push(item);
            }
        }
        tx.save_person(&person).await?;
        closed += items.len() as u64;
        tx.commit(AuditEvent::new("consent.expired", id).items(items)).await?;
        house.sites.changed(permit.tenant());
    }
    Ok(closed)
}

/// Reminds persons of consents that end soon, once; how many mails.
pub(crate) async fn remind(permit: &Permit<RemoveExpired>, house: &House) -> Result<u64> {
    if house.stores.look(permit).await?.count_consents_ending(soon(today(house))).await? == 0 {
        return Ok(0);
    }
    let tx = house.stores.begin(permit).await?;
    let due = by_person(tx.remind_of_consents(soon(today(house))).await?);
    let mut sent = 0;
    let mut about: Vec<ItemId> = Vec::new();
    for (id, receipts) in due {
        let Some(until) = receipts.iter().filter_map(|receipt| receipt.said.until).min() else { continue };
        let person = person_of(&tx, id).await?;
        let asked: Vec<(ItemId, Light)> =
            receipts.iter().map(|receipt| (receipt.said.item, receipt.said.light)).collect();
        if send_reminder(permit, house, &tx, &person, &asked, until).await? {
            sent += 1;
            about.extend(asked.iter().map(|(item, _)| *item));
        }
    }
    if sent > 0 {
        tx.commit(AuditEvent::new("consent.reminded", permit.tenant()).items(about)).await?;
        house.ring();
    } else {
        tx.commit_housekeeping().await?;
    }
    Ok(sent)
}

/// Closes what stands open although nobody agreed: nothing, unless somebody changed the database. How many items. Looks
/// once a day.
pub(crate) async fn close_unbacked(permit: &Permit<RemoveExpired>, house: &House) -> Result<u64> {
    let look = house.stores.look(permit).await?;
    if look.setting::<Date>(CHECKED).await? == Some(today(house)) {
        return Ok(0);
    }
    let persons = look.persons(&look.person_ids().await?).await?;
    drop(look);
    let mut closed = 0;
    for seen in persons.iter().filter(|person| unbacked(person).next().is_some()) {
        let tx = house.stores.begin(permit).await?;
        let mut person = person_of(&tx, seen.id).await?;
        let items: Vec<(ItemId, Light)> = unbacked(&person).map(|item| (item.id, person.consented(item))).collect();
        for (item, light) in &items {
            set_light(&mut person, *item, *light)?;
        }
        tx.save_person(&person).await?;
        closed += items.len() as u64;
        tracing::error!(tenant = %permit.tenant(), person = %person.id, "something stood open without consent: the database was changed from outside");
        tx.commit(AuditEvent::new("consent.missing", person.id).items(items.iter().map(|(item, _)| *item))).await?;
        house.sites.changed(permit.tenant());
    }
    let tx = house.stores.begin(permit).await?;
    tx.put_setting(CHECKED, &today(house)).await?;
    tx.commit_housekeeping().await?;
    Ok(closed)
}
