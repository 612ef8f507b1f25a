//! Activating, pausing, ending a group, and what that means for the public.

use access::Permit;
use access::actions::ChangeStatus;
use domain::audit::AuditEvent;
use domain::projection::{self, PublishedContact};
use domain::{Catalogue, Field, Group, GroupId, Light, Status};
use std::sync::Arc;
use storage::TenantTx;

use super::list::required;
use super::{group_of, record_seen, shown_name};
use crate::{Error, House, Result};

/// What a step means for the public.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// The group appears: so many items on its page, so many contacts behind the notice.
    Appears {
        /// On the page.
        items: usize,
        /// Behind the notice.
        contacts: usize,
    },
    /// The group disappears at once.
    Disappears,
    /// Nothing: it was not public and will not be.
    None,
    /// It becomes active, but cannot be shown, because its name is missing or not green.
    NotShowable,
}

/// A step, before it is taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// Which group.
    pub name: String,
    /// The version it is made from.
    pub version: u32,
    /// From here.
    pub from: Status,
    /// To there.
    pub to: Status,
    /// What it means for the public.
    pub effect: Effect,
    /// Whether the office's directory is public at all now.
    pub directory_public: bool,
    /// What the office's policy requires and the group does not say, where it becomes active.
    pub lacks: Vec<Field>,
    /// The office's fields.
    pub catalogue: Arc<Catalogue>,
}

async fn effect(tx: &TenantTx, group: &Group, to: Status) -> Result<Effect> {
    let ids: Vec<_> = group.people.iter().map(|membership| membership.person).collect();
    let people = tx.persons(&ids).await?;
    let catalogue = tx.catalogue().await?;
    let before = projection::publish(group, &people, &catalogue);
    let after = projection::publish(&Group { status: to, ..group.clone() }, &people, &catalogue);
    Ok(match (before, after) {
        (None, Some(after)) => {
            let PublishedContact { phones, emails, websites, own, people } = after.contact;
            let persons: usize = people
                .iter()
                .map(|person| {
                    usize::from(person.name.is_some()) + person.phones.len() + person.emails.len() + person.own.len()
                })
                .sum();
            let own = phones.len() + emails.len() + websites.len() + own.len();
            let contacts = own + persons;
            // Online access is never green, everything else that is green stands on the page or behind the notice.
            let green = group.items.iter().filter(|item| item.effective() == Light::Green);
            let items = green.filter(|item| item.field != Field::OnlineLink).count().saturating_sub(own);
            Effect::Appears { items, contacts }
        }
        (Some(_), None) => Effect::Disappears,
        (None, None) if to == Status::Active => Effect::NotShowable,
        _ => Effect::None,
    })
}

/// [`Error::Invalid`] with `no-such-step` if there is none from where the group stands: what was suggested from outside
/// goes nowhere before somebody has decided about it.
async fn step(tx: &TenantTx, group: &Group, to: Status) -> Result<Status> {
    let none = || Error::invalid("", "no-such-step");
    if tx.undecided_suggestion(group.id).await?.is_some() {
        return Err(none());
    }
    group.status.to(to).map_err(|_| none())
}

/// What a step would do. The group's name is recorded as read if it is not green. [`Error::Invalid`] with `no-such-step` if
/// there is none.
pub async fn preview(permit: &Permit<ChangeStatus>, house: &House, id: GroupId, to: Status) -> Result<Preview> {
    let look = house.stores.look(permit).await?;
    let group = group_of(&look, id).await?;
    let to = step(&look, &group, to).await?;
    let effect = effect(&look, &group, to).await?;
    let directory_public = look.site().await?.visibility.is_public();
    let catalogue = look.catalogue().await?;
    drop(look);
    let lacks = if to == Status::Active { required(&catalogue).collect() } else { Vec::new() };
    let lacks = lacks.into_iter().filter(|field: &Field| group.of(*field).next().is_none()).collect();
    let mut seen = Vec::new();
    let name = shown_name(&group, &mut seen);
    record_seen(permit, house, id, "status", seen).await?;
    Ok(Preview { name, version: group.version, from: group.status, to, effect, directory_public, lacks, catalogue })
}

/// Takes a step. [`Error::Conflict`] if the group was saved since the preview.
pub async fn change_status(
    permit: &Permit<ChangeStatus>,
    house: &House,
    id: GroupId,
    version: u32,
    to: Status,
) -> Result<()> {
    let tx = house.stores.begin(permit).await?;
    let mut group = group_of(&tx, id).await?;
    if group.version != version {
        return Err(Error::Conflict);
    }
    let from = group.status;
    group.status = step(&tx, &group, to).await?;
    tx.save_group(&group, "status").await?;
    let summary = format!("{} → {}", from.code(), to.code());
    tx.commit(AuditEvent::new("group.status", id).summary(summary)).await?;
    house.sites.changed(permit.tenant());
    Ok(())
}
