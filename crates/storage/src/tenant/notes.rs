//! Internal notes about a group: red for ever.

use crypto::keys::Purpose;
use domain::audit::Actor;
use domain::{GroupId, NoteId};
use jiff::Timestamp;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::{TenantTx, moment};
use crate::audit::{actor_code, actor_from_code};
use crate::rows::notes;
use crate::sealing::{Column, bound};
use crate::{Result, StorageError};

const NOTE: Column = Column::new("notes", "sealed", Purpose::Notes);

/// A note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Its id.
    pub id: NoteId,
    /// About which group.
    pub group: GroupId,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub actor: Actor,
    /// What it says.
    pub text: String,
}

/// A note opens only where it was written: about this group, by this one, then.
fn place(id: Uuid, group: GroupId, at: i64, actor: &str) -> Vec<u8> {
    bound(&[id.as_bytes(), group.0.as_bytes(), &at.to_be_bytes(), actor.as_bytes()])
}

impl TenantTx {
    /// Adds notes.
    pub async fn insert_notes(&self, group: GroupId, texts: &[String]) -> Result<()> {
        if !self.within(group).await? {
            return Err(StorageError::Conflict);
        }
        let rows = self.note_rows(group, texts)?;
        if !rows.is_empty() {
            notes::Entity::insert_many(rows).exec_without_returning(&self.tx).await?;
        }
        Ok(())
    }

    pub(super) fn note_rows(&self, group: GroupId, texts: &[String]) -> Result<Vec<notes::ActiveModel>> {
        let now = self.now().as_millisecond();
        let actor = actor_code(self.actor());
        let row = |text| {
            let id: NoteId = self.ids().next();
            Ok(notes::ActiveModel {
                id: Set(id.0),
                group_id: Set(group.0),
                at: Set(now),
                actor: Set(actor.clone()),
                sealed: Set(self.sealer().seal(NOTE, &place(id.0, group, now, &actor), text)?),
            })
        };
        texts.iter().map(row).collect()
    }

    /// A group's notes, newest first.
    pub async fn notes(&self, group: GroupId) -> Result<Vec<Note>> {
        if !self.within(group).await? {
            return Ok(Vec::new());
        }
        let rows = notes::Entity::find()
            .filter(notes::Column::GroupId.eq(group.0))
            .order_by_desc(notes::Column::At)
            .order_by_desc(notes::Column::Id)
            .all(&self.tx)
            .await?;
        rows.into_iter()
            .map(|row| {
                Ok(Note {
                    id: NoteId(row.id),
                    group,
                    at: moment(row.at)?,
                    actor: actor_from_code(&row.actor)?,
                    text: self.sealer().open(NOTE, &place(row.id, group, row.at, &row.actor), &row.sealed)?,
                })
            })
            .collect()
    }
}
