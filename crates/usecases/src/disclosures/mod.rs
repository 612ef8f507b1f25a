//! Yellow leaves the house in one way only: passed on by a colleague to a named recipient, for a reason, and recorded.
//!
//! [`pass_on`] begins it and brings it to its end; where the group wants to be asked, [`answer`] comes between. A link shows
//! in [`link`] what the items say then, once, and nothing if one of them is red by now. [`register`] is what the office and
//! the group read about it, [`office_register`] all of the office, [`forget`] what is erased when its time is over,
//! [`ask_first`] the group's rule, [`copy`] what is said of an item that was copied.

pub mod answer;
pub mod ask_first;
pub mod copy;
pub mod forget;
pub mod link;
pub mod office_register;
pub mod pass_on;
pub mod register;

use domain::disclosure::Disclosure;
use domain::{DisclosureId, Group, Person};
use storage::TenantTx;

use crate::{Error, Result};

/// A group with its people, as they are now.
async fn whole(tx: &TenantTx, id: domain::GroupId) -> Result<(Group, Vec<Person>)> {
    let group = crate::groups::group_of(tx, id).await?;
    let ids: Vec<_> = group.people.iter().map(|membership| membership.person).collect();
    let people = tx.persons(&ids).await?;
    Ok((group, people))
}

/// One about a group in reach.
async fn found(tx: &TenantTx, id: DisclosureId) -> Result<Disclosure> {
    tx.disclosure(id).await?.ok_or(Error::NotFound)
}

/// What it is about in code words without values, for the audit.
fn words(disclosure: &Disclosure) -> String {
    let fields: Vec<_> = disclosure.items.iter().map(|passed| passed.field.code()).collect();
    format!("{} by {}", fields.join(", "), disclosure.channel.code())
}
