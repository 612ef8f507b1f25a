//! The recipient opens a link: first the notice, then, once, what was passed on.
//!
//! Looking at the notice uses nothing up: mail scanners look at links, too. The browser that opened it may show it again for
//! an hour, so that a second click or a reload loses nothing.

use std::sync::Arc;

use access::Permit;
use access::actions::OpenDisclosure;
use crypto::token::Token;
use domain::audit::AuditEvent;
use domain::disclosure::{Disclosure, Passable, State};
use domain::{Catalogue, Field, Group, Item, Light, Person, Value};
use jiff::SignedDuration;
use storage::TenantTx;
use zeroize::Zeroizing;

use super::{whole, words};
use crate::{Error, House, Result};

/// So long the browser that opened a link may show it again.
pub const AGAIN: SignedDuration = SignedDuration::from_hours(1);

/// Why a link shows nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dead {
    /// It was opened before.
    Used,
    /// Nobody opened it in time.
    Expired,
    /// It may not be passed on any more, or the office took it back.
    Closed,
}

/// One item, as the recipient reads it.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    /// What it says something about.
    pub field: Field,
    /// What it says.
    pub value: Value,
    /// Numbers the people, so that what is one person's stands together; none for the group's own.
    pub person: Option<usize>,
}

/// What was passed on.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// The group's name, if it is public.
    pub group: Option<String>,
    /// What was passed on.
    pub items: Vec<Shown>,
    /// The office's fields.
    pub catalogue: Arc<Catalogue>,
}

/// What stands behind a link.
#[derive(Clone, Debug, PartialEq)]
pub enum Opened {
    /// Something, once the notice was acknowledged.
    Waits,
    /// This.
    Shows(View),
    /// Nothing (any more).
    Dead(Dead),
}

/// What a browser is known by from now on.
pub fn new_browser(house: &House) -> Zeroizing<String> {
    Token::generate(house.ids()).to_text()
}

/// Whether it can be what a browser is known by.
pub fn is_browser(kept: &str) -> bool {
    Token::parse(kept).is_ok()
}

fn keyed(tx: &TenantTx, disclosure: &Disclosure, browser: &str) -> String {
    tx.keyed(&format!("passed on {} to {browser}", disclosure.id))
}

async fn by_link(tx: &TenantTx, token: &str) -> Result<Disclosure> {
    let token = Token::parse(token).map_err(|_| Error::NotFound)?;
    tx.disclosure_by_link(&token.hash()).await?.ok_or(Error::NotFound)
}

/// How a link stands for this browser; opens nothing.
async fn standing(tx: &TenantTx, disclosure: &Disclosure, browser: &str) -> Result<Opened> {
    let now = tx.now();
    let expired = disclosure.link.is_none_or(|link| link.expires_at <= now);
    let again = disclosure.browser.as_deref() == Some(keyed(tx, disclosure, browser).as_str())
        && now.duration_since(disclosure.changed_at) < AGAIN;
    match disclosure.state {
        State::Sent if expired => return Ok(Opened::Dead(Dead::Expired)),
        State::Seen if !again => return Ok(Opened::Dead(Dead::Used)),
        State::Sent | State::Seen => {}
        State::Asked | State::Agreed | State::Refused | State::Told | State::Withdrawn => {
            return Ok(Opened::Dead(Dead::Closed));
        }
    }
    let (group, people) = whole(tx, disclosure.group).await?;
    let catalogue = tx.catalogue().await?;
    let Some(items) = disclosure.shows(&group, &people) else { return Ok(Opened::Dead(Dead::Closed)) };
    if disclosure.state == State::Sent {
        return Ok(Opened::Waits);
    }
    Ok(Opened::Shows(view(&group, &people, &items, catalogue)))
}

fn view(group: &Group, people: &[Person], items: &[Passable<'_>], catalogue: Arc<Catalogue>) -> View {
    let green = group.of(Field::Name).find(|item| item.effective() == Light::Green);
    let mut shown: Vec<Shown> = items
        .iter()
        .map(|Passable { item, person, passing: _ }| Shown {
            field: item.field,
            value: item.value.clone(),
            person: person.and_then(|person| people.iter().position(|one| one.id == person.id)),
        })
        .collect();
    // Whose number it is, where everyone may know that.
    for (number, person) in people.iter().enumerate() {
        let stands = |field: Option<Field>| {
            shown.iter().any(|one| one.person == Some(number) && field.is_none_or(|field| one.field == field))
        };
        if !stands(None) || stands(Some(Field::PersonName)) {
            continue;
        }
        let Some(role) = group.people.iter().find(|one| one.person == person.id).map(|one| one.role) else { continue };
        let public = |item: &&Item| item.field == Field::PersonName && person.effective_as(item, role) == Light::Green;
        let names: Vec<_> = person.items.iter().filter(public).map(|item| item.value.clone()).collect();
        shown.extend(names.into_iter().map(|value| Shown { field: Field::PersonName, value, person: Some(number) }));
    }
    shown.sort_by(|one, other| one.person.cmp(&other.person).then(catalogue.order(one.field, other.field)));
    View { group: green.map(|name| name.value.plain()), items: shown, catalogue }
}

/// What a link is about, for its page. Uses nothing up. [`Error::NotFound`] for a link nobody made.
pub async fn look(permit: &Permit<OpenDisclosure>, house: &House, token: &str, browser: &str) -> Result<Opened> {
    let look = house.stores.look(permit).await?;
    let disclosure = by_link(&look, token).await?;
    standing(&look, &disclosure, browser).await
}

/// Opens a link in a browser that acknowledged the notice. Of several at once one is recorded, and another browser sees
/// nothing.
pub async fn open(permit: &Permit<OpenDisclosure>, house: &House, token: &str, browser: &str) -> Result<Opened> {
    let tx = house.stores.begin(permit).await?;
    let mut disclosure = by_link(&tx, token).await?;
    match standing(&tx, &disclosure, browser).await? {
        Opened::Waits => {}
        other => return Ok(other),
    }
    let from = disclosure.version;
    (disclosure.state, disclosure.changed_at) = (State::Seen, tx.now());
    disclosure.browser = Some(keyed(&tx, &disclosure, browser));
    disclosure.version += 1;
    tx.save_disclosure(&disclosure, from).await?;
    let opened = standing(&tx, &disclosure, browser).await?;
    let items = disclosure.items.iter().map(|passed| passed.item);
    tx.commit(AuditEvent::new("disclosure.seen", disclosure.group).summary(words(&disclosure)).items(items)).await?;
    Ok(opened)
}
