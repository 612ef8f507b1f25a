//! Copying a yellow or red item from the screen is like reading it once more, and the log says what was copied.

use access::Permit;
use access::actions::CopyItem;
use domain::audit::AuditEvent;
use domain::{GroupId, ItemId, Light};

use super::whole;
use crate::{Error, House, Result};

/// Records that an item of a group, or of one of its people, was copied. A green one is everybody's and not recorded.
pub async fn copied(permit: &Permit<CopyItem>, house: &House, group: GroupId, item: ItemId) -> Result<()> {
    let tx = house.stores.begin(permit).await?;
    let (group, people) = whole(&tx, group).await?;
    let own = group.items.iter().map(|item| (item, item.effective()));
    let theirs = group.people.iter().filter_map(|membership| {
        let person = people.iter().find(|person| person.id == membership.person)?;
        Some(person.items.iter().map(move |item| (item, person.effective_as(item, membership.role))))
    });
    let found = own.chain(theirs.flatten()).find(|(one, _)| one.id == item);
    let (found, light) = found.ok_or(Error::NotFound)?;
    if light == Light::Green {
        return Ok(());
    }
    let summary = format!("{} {}", found.field, light.code());
    tx.commit(AuditEvent::new("items.copied", group.id).summary(summary).items([item])).await?;
    Ok(())
}
