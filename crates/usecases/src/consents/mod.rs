//! What persons agreed to (Art. 7 GDPR): recorded before anything of theirs is opened, withdrawn at once, by whichever way
//! they like.
//!
//! Start reading at [`record`] (the office hears of it), then [`by_link`] (the person says so), [`guide`] (what is still to
//! be asked for) and [`due`] (what ends by itself).

pub mod by_link;
pub mod due;
pub mod guide;
pub mod record;

use domain::catalogue::ConsentNeed;
use domain::consent::{Agreement, Channel, WORDING, until};
use domain::{Catalogue, EmailAddress, Field, Item, ItemId, Light, Person, PersonId, Value};
use jiff::SignedDuration;
use jiff::civil::Date;
use storage::TenantTx;

use crate::{Error, Result};

/// How long the link of a mail opens the person's own consents.
pub const LINK: SignedDuration = SignedDuration::from_hours(24 * 365);

/// Items of a person that need the person's consent, with the most open light the office's policy allows.
pub fn needing(person: &Person) -> impl Iterator<Item = &Item> {
    person.items.iter().filter(|item| item.limit.consent != ConsentNeed::None && item.limit.ceiling > Light::Red)
}

/// Where a person can be written to.
pub fn address(person: &Person) -> Option<&EmailAddress> {
    person.items.iter().find_map(|item| match &item.value {
        Value::Email(address) if item.field == Field::PersonEmail => Some(address),
        _ => None,
    })
}

fn item_of(person: &Person, item: ItemId) -> Result<&Item> {
    person.items.iter().find(|one| one.id == item).ok_or(Error::NotFound)
}

pub(crate) fn set_light(person: &mut Person, item: ItemId, light: Light) -> Result<Light> {
    let item = person.items.iter_mut().find(|one| one.id == item).ok_or(Error::NotFound)?;
    Ok(std::mem::replace(&mut item.light, light))
}

/// What is said now, to the wording of now, for as long as the office's policy says.
pub(crate) fn said_now(
    catalogue: &Catalogue,
    (person, item): (PersonId, ItemId),
    light: Light,
    (given_on, channel): (Date, Channel),
    filed: &str,
) -> Agreement {
    Agreement {
        person,
        item,
        light,
        given_on,
        channel,
        wording: WORDING.to_owned(),
        filed: filed.to_owned(),
        until: until(given_on, catalogue.consent_months()),
    }
}

/// Withdraws every consent to an item, which is red at once; the light it had.
pub(crate) async fn close(tx: &TenantTx, person: &mut Person, item: ItemId) -> Result<Light> {
    let before = set_light(person, item, Light::Red)?;
    tx.withdraw_consents(person.id, item).await?;
    tx.save_person(person).await?;
    Ok(before)
}
