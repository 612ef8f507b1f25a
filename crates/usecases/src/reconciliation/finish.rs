//! The end of the wizard: what closes is closed, what is different otherwise waits for the office, all else is confirmed.

use access::Permit;
use domain::audit::AuditEvent;
use domain::change_request::OfPerson;
use domain::reconciliation::{Answerer, Step};
use domain::{GroupId, ItemId, Light};
use storage::TenantTx;
use storage::tenant::{Ended, WizardDraft};

use super::wizard::{Desktop, Door, Member, counted_end, submitter};
use super::{address, answered, confirm};
use crate::consents::{close, set_light};
use crate::groups::edit::today;
use crate::review::submit::{Asked, Parted, keep, part};
use crate::review::submit_person::replaced;
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
/// else by now. The same mark again does nothing more, and says what came of it: a button pressed twice sends once.
///
/// The day of the confirmation is written down at once where nothing waits, else with the office's decision: nothing that
/// is about to change is said to be right. What was to be told to the office reaches it in any case.
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
    if let Some(ended) = desktop.draft.finished.as_ref().filter(|ended| ended.mark == mark) {
        return Ok(if ended.waits { Finished::Waits } else { Finished::Confirmed });
    }
    if desktop.mark(&tx) != mark {
        return Err(Error::Conflict);
    }
    counted_end::<D>(&tx, id).await?;
    let Desktop { mut group, catalogue, waiting, mut draft, base, wanted, people } = desktop;
    if what == What::Unchanged {
        draft.changes.clear();
    }
    let wanted = if what == What::Filled { wanted } else { base.clone() };
    let Parted { mut closed, mut asked } = part(&mut group.items, &base, &wanted, &[]);
    let closed_of_group = !closed.is_empty();
    for member in people {
        let whose = member.person.id;
        if draft.changes.iter().any(|change| change.whose() == Some(whose)) {
            // Only who agreed for themselves, and ends it themselves.
            let agrees = D::ANSWERER == Answerer::Login && permit.actor().user() == draft.agreed.get(&whose).copied();
            let parted = close_of(&tx, member, agrees).await?;
            closed.extend(parted.closed);
            asked.extend(parted.asked);
        }
    }
    let sent: Vec<ItemId> = asked.iter().map(|change| change.item).collect();
    let items: Vec<ItemId> = sent.iter().copied().chain(closed.iter().map(|(item, _)| *item)).collect();
    let asked =
        Asked { by: submitter(permit), confirms: true, changes: asked, message: std::mem::take(&mut draft.message) };
    let waits = keep(&tx, &group, waiting, asked).await?;
    let (finished, step) = if waits {
        if closed_of_group {
            tx.save_group(&group, "closed").await?;
        }
        (Finished::Waits, Step::Submitted)
    } else {
        confirm(&catalogue, house, &mut group, today(house));
        tx.save_group(&group, "confirmed").await?;
        (Finished::Confirmed, Step::Confirmed)
    };
    // What was sent is told back as long as it waits.
    draft.typed_with.retain(|item, _| waits && sent.contains(item));
    let finished_with = Some(Ended { mark: mark.to_owned(), waits });
    let ended = WizardDraft { finished: finished_with, typed_with: draft.typed_with, ..WizardDraft::default() };
    tx.put_wizard_draft(id, &ended).await?;
    answered(&tx, &group, step, Some(D::ANSWERER)).await?;
    if let Some(to) = address(&tx, &group).await? {
        let office = tx.site().await?.profile.name;
        tx.enqueue(&super::words::receipt(to, &office, waits, &origin)).await?;
    }
    let mut said = vec![D::ANSWERER.code().to_owned()];
    if !closed.is_empty() {
        said.push(format!("{} closed at once", closed.len()));
    }
    let action = if waits { "reconcile.submitted" } else { "reconcile.confirmed" };
    tx.commit(AuditEvent::new(action, id).summary(said.join(", ")).items(items)).await?;
    house.ring();
    house.sites.changed(permit.tenant());
    Ok(finished)
}

/// Closes what is to be less open of a person; the rest is asked for.
async fn close_of(tx: &TenantTx, member: Member, agrees: bool) -> Result<Parted> {
    let Member { role: _, mut person, mut now, base, wanted, new } = member;
    let replaced = replaced(&now, &base, &wanted);
    let Parted { closed, asked } = part(&mut now, &base, &wanted, &replaced);
    for (item, light) in &closed {
        if *light == Light::Red {
            close(tx, &mut person, *item).await?;
        } else {
            set_light(&mut person, *item, *light)?;
            tx.save_person(&person).await?;
        }
    }
    let of = OfPerson { id: person.id, agrees, new };
    Ok(Parted { closed, asked: asked.into_iter().map(|change| change.of(of)).collect() })
}
