//! The end of the wizard: what closes is closed, what is different otherwise waits for the office, all else is confirmed.

use access::Permit;
use domain::audit::AuditEvent;
use domain::reconciliation::Step;
use domain::{GroupId, ItemId};

use super::wizard::{Desktop, Door, submitter};
use super::{address, answered, confirm};
use crate::groups::edit::today;
use crate::review::submit::{Asked, Parted, keep, part};
use crate::{Error, House, Result};

/// What is submitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// Everything that was filled in.
    Filled,
    /// That everything is as it was, whatever was filled in.
    Unchanged,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finished {
    /// Everything is confirmed; closings are done.
    Confirmed,
    /// Something waits for the office; closings are done.
    Waits,
}

/// Ends the wizard. `mark` is what was shown ([`super::wizard::WizardView::mark`]): [`Error::Conflict`] if it is something
/// else by now.
///
/// The day of the confirmation is written down at once where nothing waits, else with the office's decision: nothing that
/// is about to change is said to be right.
pub async fn finish<D: Door>(
    permit: &Permit<D>,
    house: &House,
    id: GroupId,
    what: What,
    mark: &str,
) -> Result<Finished> {
    let origin = house.addresses.office(&house.slug(permit.tenant()).await?);
    let tx = house.stores.begin(permit).await?;
    let desktop = Desktop::of(permit, &tx, id).await?;
    if desktop.mark(&tx) != mark {
        return Err(Error::Conflict);
    }
    let Desktop { mut group, catalogue, waiting, draft, base, wanted } = desktop;
    let wanted = if what == What::Filled { wanted } else { base.clone() };
    let Parted { closed, asked } = part(&mut group.items, &base, &wanted, &[]);
    let items: Vec<ItemId> =
        asked.iter().map(|change| change.item).chain(closed.iter().map(|(item, _)| *item)).collect();
    let asked = Asked { by: submitter(permit), confirms: true, changes: asked };
    let waits = keep(&tx, &group, waiting, asked).await?;
    let (finished, step) = if waits {
        if !closed.is_empty() {
            tx.save_group(&group, "closed").await?;
        }
        (Finished::Waits, Step::Submitted)
    } else {
        confirm(&catalogue, house.ids(), &mut group, today(house));
        tx.save_group(&group, "confirmed").await?;
        (Finished::Confirmed, Step::Confirmed)
    };
    if what == What::Filled && !draft.message.is_empty() {
        tx.insert_notes(id, std::slice::from_ref(&draft.message)).await?;
    }
    tx.remove_wizard_draft(id).await?;
    answered(&tx, &group, step).await?;
    if let Some(to) = address(&tx, &group).await? {
        let office = tx.site().await?.profile.name;
        tx.enqueue(&super::words::receipt(to, &office, waits, &origin)).await?;
    }
    let mut said = vec![D::CHANNEL.to_owned()];
    if !closed.is_empty() {
        said.push(format!("{} closed at once", closed.len()));
    }
    let action = if waits { "reconcile.submitted" } else { "reconcile.confirmed" };
    tx.commit(AuditEvent::new(action, id).summary(said.join(", ")).items(items)).await?;
    house.ring();
    house.sites.changed(permit.tenant());
    Ok(finished)
}
