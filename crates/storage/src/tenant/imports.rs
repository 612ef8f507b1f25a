//! Uploaded lists on their way in: kept sealed between upload, preview and import. Then the file goes, and after
//! [`REPORT_LIFETIME`] the report too.

use crypto::keys::Purpose;
use domain::audit::Actor;
use domain::{ImportId, UserId};
use jiff::{SignedDuration, Timestamp};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{TenantTx, moment};
use crate::audit::{actor_code, actor_from_code};
use crate::rows::imports;
use crate::sealing::Column;
use crate::{Result, StorageError};

const FILE: Column = Column::new("imports", "file", Purpose::Imports);
const MAPPING: Column = Column::new("imports", "mapping", Purpose::Imports);
const REPORT: Column = Column::new("imports", "report", Purpose::Imports);

const OPEN: &str = "open";
const DONE: &str = "done";

/// An upload that nobody finishes is removed after so long.
pub const LIFETIME: SignedDuration = SignedDuration::from_hours(24 * 7);

/// How long the report of a done import can be read. It names groups and what the list said about them; what is to be
/// done with it is done within a month, and after that nobody needs it (GDPR, Art. 5 (1) e). The groups stay.
pub const REPORT_LIFETIME: SignedDuration = SignedDuration::from_hours(24 * 30);

/// How far an upload is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImportState {
    /// Uploaded: columns and rows can be checked.
    Open,
    /// Brought in: only the report is left.
    Done,
}

impl ImportState {
    const fn code(self) -> &'static str {
        match self {
            Self::Open => OPEN,
            Self::Done => DONE,
        }
    }

    /// How long an import in this state is kept, counted from [`Import::created_at`].
    pub const fn kept_for(self) -> SignedDuration {
        match self {
            Self::Open => LIFETIME,
            Self::Done => REPORT_LIFETIME,
        }
    }
}

/// An uploaded list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    /// Its id.
    pub id: ImportId,
    /// When it was uploaded; of a done one, when it was brought in.
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

/// Id, created at, actor, state, mapping, report.
type WithoutFile = (Uuid, i64, String, String, Vec<u8>, Vec<u8>);

fn state_from_code(code: &str) -> Result<ImportState> {
    match code {
        OPEN => Ok(ImportState::Open),
        DONE => Ok(ImportState::Done),
        _ => Err(StorageError::Unreadable { what: "an import" }),
    }
}

impl TenantTx {
    /// Uploads within reach: whoever is limited to some groups sees their own only, for nobody knows whose others hold.
    fn uploads_within(&self) -> Condition {
        let all = Condition::all();
        if self.reach.is_everything() { all } else { all.add(imports::Column::Actor.eq(actor_code(self.actor))) }
    }

    /// Keeps an upload, replacing what was kept of it.
    pub async fn put_import(&self, import: &Import) -> Result<()> {
        let Import { id, created_at, actor, state, file, mapping, report } = import;
        let (sealer, row) = (self.sealer(), id.0.as_bytes());
        imports::Entity::delete_by_id(id.0).exec(&self.tx).await?;
        let row = imports::ActiveModel {
            id: Set(id.0),
            created_at: Set(created_at.as_millisecond()),
            actor: Set(actor_code(*actor)),
            state: Set(state.code().to_owned()),
            file: Set(sealer.seal(FILE, row, file)?),
            mapping: Set(sealer.seal(MAPPING, row, mapping)?),
            report: Set(sealer.seal(REPORT, row, report)?),
        };
        imports::Entity::insert(row).exec_without_returning(&self.tx).await?;
        Ok(())
    }

    /// An upload.
    pub async fn import(&self, id: ImportId) -> Result<Option<Import>> {
        let found = imports::Entity::find_by_id(id.0).filter(self.uploads_within()).one(&self.tx).await?;
        let Some(row) = found else { return Ok(None) };
        let imports::Model { id: uuid, created_at, actor, state, file, mapping, report } = row;
        let (sealer, bytes) = (self.sealer(), uuid.as_bytes());
        Ok(Some(Import {
            id,
            created_at: moment(created_at)?,
            actor: actor_from_code(&actor)?,
            state: state_from_code(&state)?,
            file: sealer.open(FILE, bytes, &file)?,
            mapping: sealer.open(MAPPING, bytes, &mapping)?,
            report: sealer.open(REPORT, bytes, &report)?,
        }))
    }

    /// All uploads, newest first, without their files.
    pub async fn imports(&self) -> Result<Vec<Import>> {
        let rows: Vec<WithoutFile> = imports::Entity::find()
            .select_only()
            .columns([
                imports::Column::Id,
                imports::Column::CreatedAt,
                imports::Column::Actor,
                imports::Column::State,
                imports::Column::Mapping,
                imports::Column::Report,
            ])
            .filter(self.uploads_within())
            .order_by_desc(imports::Column::CreatedAt)
            .into_tuple()
            .all(&self.tx)
            .await?;
        let sealer = self.sealer();
        rows.into_iter()
            .map(|(id, created_at, actor, state, mapping, report)| {
                Ok(Import {
                    id: ImportId(id),
                    created_at: moment(created_at)?,
                    actor: actor_from_code(&actor)?,
                    state: state_from_code(&state)?,
                    file: ImportFile::default(),
                    mapping: sealer.open(MAPPING, id.as_bytes(), &mapping)?,
                    report: sealer.open(REPORT, id.as_bytes(), &report)?,
                })
            })
            .collect()
    }

    /// The columns and choices of an upload, without opening its file.
    pub async fn import_mapping(&self, id: ImportId) -> Result<Option<String>> {
        let sealed: Option<Vec<u8>> = imports::Entity::find_by_id(id.0)
            .select_only()
            .column(imports::Column::Mapping)
            .filter(self.uploads_within())
            .into_tuple()
            .one(&self.tx)
            .await?;
        sealed.map(|sealed| self.sealer().open(MAPPING, id.0.as_bytes(), &sealed)).transpose()
    }

    /// Keeps other columns and choices of an open upload; whether there is such a one.
    pub async fn save_import_mapping(&self, id: ImportId, mapping: &String) -> Result<bool> {
        let sealed = self.sealer().seal(MAPPING, id.0.as_bytes(), mapping)?;
        let saved = imports::Entity::update_many()
            .col_expr(imports::Column::Mapping, sealed.into())
            .filter(imports::Column::Id.eq(id.0))
            .filter(imports::Column::State.eq(OPEN))
            .filter(self.uploads_within())
            .exec(&self.tx)
            .await?;
        Ok(saved.rows_affected == 1)
    }

    /// Turns an open upload into a done one: `true` for exactly one of several who try, the others wait for it to
    /// commit.
    pub async fn claim_import(&self, id: ImportId) -> Result<bool> {
        let claimed = imports::Entity::update_many()
            .col_expr(imports::Column::State, DONE.into())
            .filter(imports::Column::Id.eq(id.0))
            .filter(imports::Column::State.eq(OPEN))
            .filter(self.uploads_within())
            .exec(&self.tx)
            .await?;
        Ok(claimed.rows_affected == 1)
    }

    /// How many lists of someone's are not brought in yet.
    pub async fn open_imports_of(&self, user: UserId) -> Result<u64> {
        Ok(imports::Entity::find()
            .filter(imports::Column::Actor.eq(actor_code(Actor::User(user))))
            .filter(imports::Column::State.eq(OPEN))
            .count(&self.tx)
            .await?)
    }

    /// Gives someone's open lists to a colleague; how many.
    pub async fn hand_over_imports(&self, from: UserId, to: UserId) -> Result<u64> {
        let given = imports::Entity::update_many()
            .col_expr(imports::Column::Actor, actor_code(Actor::User(to)).into())
            .filter(imports::Column::Actor.eq(actor_code(Actor::User(from))))
            .filter(imports::Column::State.eq(OPEN))
            .exec(&self.tx)
            .await?;
        Ok(given.rows_affected)
    }

    /// Removes uploads that nobody finished in time, and reports whose time is over; how many.
    pub async fn remove_expired_imports(&self) -> Result<u64> {
        let mut removed = 0;
        for state in [ImportState::Open, ImportState::Done] {
            let oldest = self.now().as_millisecond() - state.kept_for().as_secs() * 1_000;
            let gone = imports::Entity::delete_many()
                .filter(imports::Column::CreatedAt.lte(oldest))
                .filter(imports::Column::State.eq(state.code()))
                .exec(&self.tx)
                .await?;
            removed += gone.rows_affected;
        }
        Ok(removed)
    }

    /// Removes an upload, or the report of one; whether it was there.
    pub async fn remove_import(&self, id: ImportId) -> Result<bool> {
        let removed = imports::Entity::delete_by_id(id.0).filter(self.uploads_within()).exec(&self.tx).await?;
        Ok(removed.rows_affected == 1)
    }
}
