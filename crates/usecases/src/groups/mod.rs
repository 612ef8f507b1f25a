//! Groups and their people: what staff do all day.
//!
//! Reading yellow or red items is an act of its own: every use case that hands some out commits one `items.read` event
//! that names them. Editing a section replaces the section's items by what the form holds ([`Entry`]); everything typed
//! is checked in [`input`], lights and consents in [`apply`]. Closing always works; opening an item beyond its field's
//! ceiling, or a person's item beyond the person's consent, is refused at the field.
//!
//! Start reading at [`show`], then [`edit`], [`people`], then [`crate::consents`].

pub mod apply;
pub mod edit;
pub mod history;
pub mod input;
pub mod list;
pub mod notes;
pub mod people;
pub mod rule_words;
pub mod show;
pub mod status;

use access::{Action, Permit};
use domain::audit::{Actor, AuditEvent};
use domain::catalogue::Section;
use domain::{Field, Group, GroupId, Item, ItemId, Light, Person, PersonId};
use storage::TenantTx;

pub use input::{Entry, Typed};

use crate::{Error, House, Result};

/// Sections of a group's own items, in the order of pages.
pub const SECTIONS: [Section; 4] = [Section::Group, Section::Meetings, Section::Contact, Section::Internal];

pub(crate) async fn group_of(tx: &TenantTx, id: GroupId) -> Result<Group> {
    tx.group(id).await?.ok_or(Error::NotFound)
}

pub(crate) async fn person_of(tx: &TenantTx, id: PersonId) -> Result<Person> {
    tx.person(id).await?.ok_or(Error::NotFound)
}

/// Ids of the items whose light is not green: seeing them is recorded.
fn protected(items: &[Item]) -> impl Iterator<Item = ItemId> + '_ {
    items.iter().filter(|item| item.effective() != Light::Green).map(|item| item.id)
}

/// The same for a person.
pub(crate) fn protected_of(person: &Person) -> impl Iterator<Item = ItemId> + '_ {
    person.items.iter().filter(|item| person.effective(item) != Light::Green).map(|item| item.id)
}

/// A group's name as it is shown on a page; what of it is not green joins what was seen.
pub(crate) fn shown_name(group: &Group, seen: &mut Vec<String>) -> String {
    let hidden = group.of(Field::Name).filter(|item| item.effective() != Light::Green);
    seen.extend(hidden.map(|item| item.id.to_string()));
    group.name().to_owned()
}

/// Records what was seen, if anything of it was yellow or red.
pub(crate) async fn record_seen<A: Action>(
    permit: &Permit<A>,
    house: &House,
    object: impl std::fmt::Display,
    page: &str,
    seen: Vec<String>,
) -> Result<()> {
    if seen.is_empty() {
        return Ok(());
    }
    let tx = house.stores.begin(permit).await?;
    tx.commit(AuditEvent::new("items.read", object).summary(page).items(seen)).await?;
    Ok(())
}

/// Who did something, by name; none for jobs, and for accounts that are gone.
pub(crate) async fn names(tx: &TenantTx) -> Result<impl Fn(Actor) -> Option<String> + use<>> {
    let colleagues = crate::account::colleagues(tx).await?;
    Ok(move |actor| match actor {
        Actor::User(user) => colleagues.iter().find(|one| one.id == user).map(|one| one.name.clone()),
        Actor::Group(_) | Actor::Anonymous | Actor::System | Actor::Operator => None,
    })
}
