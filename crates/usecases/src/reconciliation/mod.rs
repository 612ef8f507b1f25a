//! The reconciliation (Datenabgleich): at regular intervals a group checks its own data.
//!
//! The office sends a campaign ([`campaign`]) or fetches one group's link ([`links`]); whoever holds the link, is logged in
//! as the group's admin, or sits at the office with the group on the phone goes through the same [`wizard`], which ends
//! ([`finish`]) in a confirmation, in closings done at once, and in a change request for the rest. The worker reminds
//! ([`remind`]). Silence takes nothing away, unless the office wants it after a long one ([`silence`]). Start reading at [`overview`], then [`wizard`].

pub mod campaign;
pub mod finish;
pub mod interval;
pub mod letters;
pub mod links;
pub mod overview;
pub mod remind;
pub mod silence;
pub mod wizard;
pub mod words;

use std::collections::{HashMap, HashSet};

use domain::reconciliation::{Answerer, Round, Step, Way};
use domain::{Catalogue, EmailAddress, Field, Group, GroupId, Item, ItemId, Person, PersonId, Source, Value};
use jiff::civil::Date;
use storage::TenantTx;

use crate::groups::edit::today;
use crate::{House, Result};

/// The day a group last confirmed its data.
pub fn last_confirmed(items: &[Item]) -> Option<Date> {
    let days = items.iter().filter(|item| item.field == Field::ConfirmedOn);
    days.filter_map(|item| match item.value {
        Value::Date(day) => Some(day),
        _ => None,
    })
    .max()
}

/// Writes down that a group confirmed its data that day; a later day stays, unless it is yet to come.
pub(crate) fn confirm(catalogue: &Catalogue, house: &House, group: &mut Group, day: Date) {
    let known = last_confirmed(&group.items).filter(|known| *known <= today(house));
    let day = known.map_or(day, |known| known.max(day));
    match group.items.iter_mut().find(|item| item.field == Field::ConfirmedOn) {
        Some(item) => (item.value, item.source) = (Value::Date(day), Source::Group),
        None => {
            group.items.push(catalogue.item(house.ids().next(), Field::ConfirmedOn, Value::Date(day), Source::Group));
            group.items.sort_by(|one, other| catalogue.order(one.field, other.field));
        }
    }
}

/// The round of a group that is still open moves to this step; one is begun by hand if none is. `by`: who answered; none
/// where that is known already.
pub(crate) async fn answered(tx: &TenantTx, group: &Group, step: Step, by: Option<Answerer>) -> Result<()> {
    let now = tx.now();
    match tx.last_round(group.id).await? {
        Some(round) if round.step != Step::Confirmed => {
            let moved = round.reached(step, now).unwrap_or(round);
            tx.save_round(&Round { answered: by.or(moved.answered), ..moved }).await?;
        }
        _ => {
            let round = Round::new(tx.ids().next(), group.id, None, Way::Hand, now);
            tx.insert_rounds(&[Round { step, answered: by, ..round }]).await?;
        }
    }
    Ok(())
}

/// The open round of a group moves to this step, if there is one that is not answered.
pub(crate) async fn reached(tx: &TenantTx, group: GroupId, step: Step) -> Result<bool> {
    let Some(round) = tx.last_round(group).await?.filter(|round| !round.step.is_answered()) else { return Ok(false) };
    let Some(moved) = round.reached(step, tx.now()) else { return Ok(false) };
    tx.save_round(&moved).await?;
    Ok(true)
}

/// Where the office can write to a group: the group's own mail, else that of the first of its people who has one. The
/// lights say what is told to others, not whether the office may write.
pub(crate) async fn address(tx: &TenantTx, group: &Group) -> Result<Option<EmailAddress>> {
    if let Some(address) = mail_in(&group.items, Field::GroupEmail) {
        return Ok(Some(address.1));
    }
    let people: Vec<_> = group.people.iter().map(|one| one.person).collect();
    let persons = tx.persons(&people).await?;
    Ok(people.iter().find_map(|id| mail_of(persons.iter().find(|person| person.id == *id)?)).map(|found| found.1))
}

fn mail_in(items: &[Item], field: Field) -> Option<(ItemId, EmailAddress)> {
    items.iter().filter(|item| item.field == field).find_map(|item| match &item.value {
        Value::Email(address) => Some((item.id, address.clone())),
        _ => None,
    })
}

fn mail_of(person: &Person) -> Option<(ItemId, EmailAddress)> {
    mail_in(&person.items, Field::PersonEmail)
}

/// The same for many groups, of which the items of [`Field::GroupEmail`] are given.
pub(crate) async fn addresses(
    tx: &TenantTx,
    groups: &[(GroupId, &[Item])],
) -> Result<HashMap<GroupId, (ItemId, EmailAddress)>> {
    Ok(contacts(tx, groups).await?.mail)
}

/// How groups can be written to.
#[derive(Default)]
pub(crate) struct Contacts {
    /// By mail: where.
    pub(crate) mail: HashMap<GroupId, (ItemId, EmailAddress)>,
    /// Of the others: those that a letter reaches.
    pub(crate) post: HashSet<GroupId>,
}

impl Contacts {
    /// How a group can be written to.
    pub(crate) fn of(&self, group: GroupId) -> Option<Way> {
        if self.mail.contains_key(&group) { Some(Way::Mail) } else { self.post.contains(&group).then_some(Way::Letter) }
    }
}

/// How groups can be written to, of which the items of [`Field::GroupEmail`] are given.
pub(crate) async fn contacts(tx: &TenantTx, groups: &[(GroupId, &[Item])]) -> Result<Contacts> {
    let mut found = Contacts::default();
    let mut without = Vec::new();
    for (group, items) in groups {
        match mail_in(items, Field::GroupEmail) {
            Some(address) => {
                found.mail.insert(*group, address);
            }
            None => without.push(*group),
        }
    }
    for (group, people) in people(tx, &without).await? {
        if let Some(address) = people.iter().find_map(mail_of) {
            found.mail.insert(group, address);
        } else if people.iter().any(letters::has_address) {
            found.post.insert(group);
        }
    }
    Ok(found)
}

/// Those of these groups that a letter reaches.
pub(crate) async fn with_post(tx: &TenantTx, groups: &[GroupId]) -> Result<HashSet<GroupId>> {
    let people = people(tx, groups).await?.into_iter();
    Ok(people.filter(|(_, people)| people.iter().any(letters::has_address)).map(|(group, _)| group).collect())
}

/// Who stands for these groups, in their order.
async fn people(tx: &TenantTx, groups: &[GroupId]) -> Result<HashMap<GroupId, Vec<Person>>> {
    let members = tx.people_of_groups(groups).await?;
    let mut ids: Vec<_> = members.values().flatten().copied().collect();
    ids.sort_unstable();
    ids.dedup();
    let persons: HashMap<_, _> = tx.persons(&ids).await?.into_iter().map(|person| (person.id, person)).collect();
    let of = |ids: Vec<PersonId>| ids.iter().filter_map(|id| persons.get(id).cloned()).collect();
    Ok(members.into_iter().map(|(group, ids)| (group, of(ids))).collect())
}
