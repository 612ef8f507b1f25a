//! Internal notes: red for ever.

use access::Permit;
use access::actions::WriteNote;
use domain::GroupId;
use domain::audit::AuditEvent;

use super::group_of;
use super::input::TEXT;
use crate::{Error, House, Result};

/// Adds a note.
pub async fn add(permit: &Permit<WriteNote>, house: &House, group: GroupId, text: &str) -> Result<()> {
    let text = text.trim().replace("\r\n", "\n");
    if text.is_empty() {
        return Err(Error::invalid("note", "item-missing"));
    }
    if text.chars().count() > TEXT {
        return Err(Error::invalid("note", "text-too-long"));
    }
    let tx = house.stores.begin(permit).await?;
    group_of(&tx, group).await?;
    tx.insert_notes(group, &[text]).await?;
    tx.commit(AuditEvent::new("note.added", group)).await?;
    Ok(())
}
