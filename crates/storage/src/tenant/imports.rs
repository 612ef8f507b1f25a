//! Uploaded lists on their way in: kept sealed between upload, preview and import, then removed.

use crypto::keys::Purpose;
use domain::audit::Actor;
use domain::ImportId;
use jiff::{SignedDuration, Timestamp};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use serde::{Deserialize, Serialize};

use super::{TenantTx, moment};
use crate::audit::{actor_code, actor_from_code};
use crate::rows::imports;
use crate::sealing::Column;
use crate::{Result, StorageError};

const FILE: Column = Column::new("imports", "file", Purpose::Imports);
const MAPPING: Column = Column::new("imports", "mapping", Purpose::Imports);
const REPORT: Column = Column::new("imports", "report", Purpose::Imports);

/// An upload that nobody finishes is removed after so long.
pub const LIFETIME: SignedDuration = SignedDuration::from_hours(24 * 7);

/// How far an upload is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImportState {
    /// Uploaded: columns and rows can be checked.
    Open,
    /// Brought in: only the report is left.
    Done,
}

/// An uploaded list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    /// Its id.
    pub id: ImportId,
    /// When.
    pub created_at: Timestamp,
    /// By whom.
    pub actor: Actor,
    /// How far it is.
    pub state: ImportState,
    /// The file's name and bytes; empty when done.
    pub file: ImportFile,
    /// The columns' fields as corrected, in the words of the `intake` crate.
    pub mapping: String,
    /// What came of it, in the words of the use case.
    pub report: String,
}

/// The file as uploaded.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportFile {
    /// As the browser called it.
    pub name: String,
    /// Its bytes.
    #[serde(with = "base64")]
    pub bytes: Vec<u8>,
}

mod base64 {
    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&data_encoding::BASE64.encode(bytes))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
        let text = String::deserialize(deserializer)?;
        data_encoding::BASE64.decode(text.as_bytes()).map_err(serde::de::Error::custom)
    }
}

impl TenantTx {
    /// Keeps an upload, replacing what was kept of it.
    pub async fn put_import(&self, import: &Import) -> Result<()> {
        let Import { id, created_at, actor, state, file, mapping, report } = import;
        let (sealer, row) = (self.sealer(), id.0.as_bytes());
        imports::Entity::delete_by_id(id.0).exec(&self.tx).await?;
        let row = imports::ActiveModel {
            id: Set(id.0),
            created_at: Set(created_at.as_millisecond()),
            actor: Set(actor_code(*actor)),
            state: Set(match state {
                ImportState::Open => "open".to_owned(),
                ImportState::Done => "done".to_owned(),
            }),
            file: Set(sealer.seal(FILE, row, file)?),
            mapping: Set(sealer.seal(MAPPING, row, mapping)?),
            report: Set(sealer.seal(REPORT, row, report)?),
        };
        imports::Entity::insert(row).exec_without_returning(&self.tx).await?;
        Ok(())
    }

    /// An upload.
    pub async fn import(&self, id: ImportId) -> Result<Option<Import>> {
        let Some(row) = imports::Entity::find_by_id(id.0).one(&self.tx).await? else { return Ok(None) };
        let imports::Model { id: uuid, created_at, actor, state, file, mapping, report } = row;
        let (sealer, bytes) = (self.sealer(), uuid.as_bytes());
        Ok(Some(Import {
            id,
            created_at: moment(created_at)?,
            actor: actor_from_code(&actor)?,
            state: match state.as_str() {
                "open" => ImportState::Open,
                "done" => ImportState::Done,
                _ => return Err(StorageError::Unreadable { what: "an import" }),
            },
            file: sealer.open(FILE, bytes, &file)?,
            mapping: sealer.open(MAPPING, bytes, &mapping)?,
            report: sealer.open(REPORT, bytes, &report)?,
        }))
    }

    /// Removes uploads whose time is over; how many.
    pub async fn remove_expired_imports(&self) -> Result<u64> {
        let oldest = self.now().as_millisecond() - i64::try_from(LIFETIME.as_millis()).unwrap_or_default();
        let removed =
            imports::Entity::delete_many().filter(imports::Column::CreatedAt.lt(oldest)).exec(&self.tx).await?;
        Ok(removed.rows_affected)
    }

    /// Removes an upload.
    pub async fn remove_import(&self, id: ImportId) -> Result<()> {
        imports::Entity::delete_by_id(id.0).exec(&self.tx).await?;
        Ok(())
    }
}
