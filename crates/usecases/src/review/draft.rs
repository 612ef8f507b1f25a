//! Forms of own groups that keep themselves while they are filled in: nothing typed is lost, nothing of it is submitted.

use access::Permit;
use access::actions::SubmitChanges;
use domain::audit::AuditEvent;
use domain::change_request::Submitter;
use domain::{GroupId, RequestId};
use storage::TenantTx;
pub use storage::tenant::FormDraft;

use super::submit::{me, open_of};
use crate::groups::group_of;
use crate::{Error, House, Result};

/// Bytes of a draft: a form with everything filled in has less.
const MOST: usize = 200_000;

/// Keeps what was typed so far. The log says when a draft is begun and thrown away, not each time it keeps itself.
/// [`Error::Invalid`] with `too-long` beyond 200 kB, [`Error::Conflict`] if what waits (`seen`) is something else by now: a
/// form that was sent does not come back as a draft.
pub async fn keep(
    permit: &Permit<SubmitChanges>,
    house: &House,
    group: GroupId,
    form: &str,
    seen: Option<(RequestId, u32)>,
    typed: &[(String, String)],
) -> Result<()> {
    if typed.iter().map(|(name, value)| name.len() + value.len()).sum::<usize>() > MOST {
        return Err(Error::invalid("", "too-long"));
    }
    let tx = house.stores.begin(permit).await?;
    group_of(&tx, group).await?;
    let waiting = open_of(&tx, group, Submitter::User(me(permit)?)).await?;
    if waiting.map(|open| (open.id, open.version)) != seen {
        return Err(Error::Conflict);
    }
    let begun = tx.form_draft(me(permit)?, group, form).await?.is_none();
    tx.put_form_draft(me(permit)?, group, form, typed).await?;
    if begun {
        tx.commit(AuditEvent::new("draft.begun", group).summary(form)).await?;
    } else {
        tx.commit_housekeeping().await?;
    }
    Ok(())
}

/// What was typed so far, if anything was.
pub async fn draft(
    permit: &Permit<SubmitChanges>,
    house: &House,
    group: GroupId,
    form: &str,
) -> Result<Option<FormDraft>> {
    let look = house.stores.look(permit).await?;
    group_of(&look, group).await?;
    Ok(look.form_draft(me(permit)?, group, form).await?)
}

/// Forgets what was typed so far.
pub async fn discard(permit: &Permit<SubmitChanges>, house: &House, group: GroupId, form: &str) -> Result<()> {
    let tx = house.stores.begin(permit).await?;
    group_of(&tx, group).await?;
    if tx.form_draft(me(permit)?, group, form).await?.is_some() {
        forget(permit, &tx, group, form).await?;
        tx.commit(AuditEvent::new("draft.discarded", group).summary(form)).await?;
    }
    Ok(())
}

/// The form is sent: its draft goes with it.
pub(super) async fn forget(permit: &Permit<SubmitChanges>, tx: &TenantTx, group: GroupId, form: &str) -> Result<()> {
    Ok(tx.remove_form_draft(me(permit)?, group, form).await?)
}
