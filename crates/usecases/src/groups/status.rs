//! Activating, pausing, ending a group, and what that means for the public.

use access::Permit;
use access::actions::ChangeStatus;
use domain::audit::AuditEvent;
use domain::projection::{self, PublishedContact};
use domain::{Field, Group, GroupId, Light, Status};
use storage::TenantTx;

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

/// What a step would do. The group's name is recorded as read if it is not green. [`Error::Invalid`] with `no-such-step` if there is none from where the group stands.
pub async fn preview(permit: &Permit<ChangeStatus>, house: &House, id: GroupId, to: Status) -> Result<Preview> {
    let look = house.stores.look(permit).await?;
    let group = group_of(&look, id).await?;
    let to = group.status.to(to).map_err(|_| Error::invalid("", "no-such-step"))?;
    let effect = effect(&look, &group, to).await?;
    let directory_public = look.site().await?.visibility.is_public();
    drop(look);
    let mut seen = Vec::new();
    let name = shown_name(&group, &mut seen);
    record_seen(permit, house, id, "status", seen).await?;
    Ok(Preview { name, version: group.version, from: group.status, to, effect, directory_public })
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
    group.status = from.to(to).map_err(|_| Error::invalid("", "no-such-step"))?;
    tx.save_group(&group, "status").await?;
    let summary = format!("{} → {}", from.code(), to.code());
    tx.commit(AuditEvent::new("group.status", id).summary(summary)).await?;
    house.sites.changed(permit.tenant());
    Ok(())
}
