//! Two speeds: what a group admin closes is closed at once, everything else waits for the office as a change request,
//! which it decides item by item.
//!
//! Until the decision nothing of it leaves the house: the request is sealed beside the group and no part of it. Start
//! reading at [`submit`], then [`queue`], [`decide`].

pub mod comments;
pub mod decide;
pub mod draft;
pub mod queue;
pub mod rules;
pub mod submit;
pub mod submit_person;
pub mod take;

use domain::change_request::{ChangeRequest, RequestState};
use domain::{Group, Item, Person, PersonId, RequestId};
use storage::TenantTx;

use crate::{Error, Result};

/// Items of the group itself, or of one of its contact persons; none of one who is not known.
fn items_of<'a>(group: &'a Group, people: &'a [Person], whose: Option<PersonId>) -> &'a [Item] {
    match whose {
        None => &group.items,
        Some(id) => people.iter().find(|person| person.id == id).map_or(&[], |person| &person.items),
    }
}

/// A request that waits; [`Error::Conflict`] for one that is decided or taken back.
async fn open_request(tx: &TenantTx, id: RequestId) -> Result<ChangeRequest> {
    let found = tx.request(id).await?.ok_or(Error::NotFound)?;
    if found.state == RequestState::Open { Ok(found) } else { Err(Error::Conflict) }
}
