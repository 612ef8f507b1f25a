//! Scans of signed consents, sealed with the key of the person who signed: they go when the person goes.

use std::collections::HashSet;

use crypto::keys::Purpose;
use data_encoding::BASE64;
use domain::{ConsentId, Light, PersonId};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::TenantTx;
use crate::rows::consent_papers as rows;
use crate::sealing::{Column, bound};
use crate::{Result, StorageError};

const SEALED: Column = Column::new("consent_papers", "sealed", Purpose::Consents);

/// A scan.
#[derive(Clone, PartialEq, Eq)]
pub struct ConsentPaper {
    /// Its media type.
    pub media: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl std::fmt::Debug for ConsentPaper {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ConsentPaper({}, {} bytes)", self.media, self.bytes.len())
    }
}

#[derive(Serialize, Deserialize)]
struct Kept {
    media: String,
    bytes: String,
}

/// A scan opens only with its receipt, for its person.
fn place(receipt: ConsentId, person: PersonId) -> Vec<u8> {
    bound(&[receipt.0.as_bytes(), person.0.as_bytes()])
}

impl TenantTx {
    /// Keeps the scan of what a receipt says.
    pub async fn put_consent_paper(&self, receipt: ConsentId, person: PersonId, paper: &ConsentPaper) -> Result<()> {
        let key = self.person_key(person).await?;
        let kept = Kept { media: paper.media.clone(), bytes: BASE64.encode(&paper.bytes) };
        let row = rows::ActiveModel {
            receipt_id: Set(receipt.0),
            person_id: Set(person.0),
            sealed: Set(self.sealer().seal_item(SEALED, &place(receipt, person), Light::Red, Some(&*key), &kept)?),
        };
        rows::Entity::insert(row).exec_without_returning(&self.tx).await?;
        Ok(())
    }

    /// The scan of what a person's receipt says.
    pub async fn consent_paper(&self, receipt: ConsentId, person: PersonId) -> Result<Option<ConsentPaper>> {
        let found = rows::Entity::find_by_id(receipt.0).filter(rows::Column::PersonId.eq(person.0)).one(&self.tx);
        let Some(row) = found.await? else { return Ok(None) };
        let key = self.person_key(person).await?;
        let Kept { media, bytes } =
            self.sealer().open_item(SEALED, &place(receipt, person), Light::Red, Some(&*key), &row.sealed)?;
        let bytes = BASE64.decode(bytes.as_bytes()).map_err(|_| StorageError::Unreadable { what: "a scan" })?;
        Ok(Some(ConsentPaper { media, bytes }))
    }

    /// Which receipts of a person have a scan; none is opened.
    pub async fn consent_papers(&self, person: PersonId) -> Result<HashSet<ConsentId>> {
        let ids: Vec<Uuid> = rows::Entity::find()
            .select_only()
            .column(rows::Column::ReceiptId)
            .filter(rows::Column::PersonId.eq(person.0))
            .into_tuple()
            .all(&self.tx)
            .await?;
        Ok(ids.into_iter().map(ConsentId).collect())
    }
}
