//! The processing contracts between offices and the operator (Art. 28 GDPR, § 29 KDG, § 30 DSG-EKD).

use domain::TenantId;
use jiff::Timestamp;
use jiff::civil::Date;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, EntityTrait, QuerySelect};
use serde::{Deserialize, Serialize};

use super::PlatformTx;
use crate::rows::contracts;
use crate::sealing::Column;
use crate::{Result, StorageError};
use crypto::keys::Purpose;

const SEALED: Column = Column::new("contracts", "sealed", Purpose::Office);

/// A recorded contract.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contract {
    /// Whose.
    pub tenant: TenantId,
    /// When it was signed.
    pub concluded_on: Date,
    /// Who signed for the office.
    pub signer: String,
    /// What the document is called.
    pub document_name: String,
    /// The document itself (PDF), at most 10 MiB.
    pub document: Vec<u8>,
    /// When it was recorded here.
    pub recorded_at: Timestamp,
}

#[derive(Serialize, Deserialize)]
struct Sealed {
    signer: String,
    document_name: String,
    document: String,
}

impl PlatformTx {
    /// Records a contract, replacing an older one.
    pub async fn put_contract(&self, contract: &Contract) -> Result<()> {
        let Contract { tenant, concluded_on, signer, document_name, document, recorded_at } = contract;
        let sealed = Sealed {
            signer: signer.clone(),
            document_name: document_name.clone(),
            document: data_encoding::BASE64.encode(document),
        };
        let row = contracts::ActiveModel {
            tenant_id: Set(tenant.0),
            concluded_on: Set(concluded_on.to_string()),
            sealed: Set(self.sealer.seal(SEALED, tenant.0.as_bytes(), &sealed)?),
            recorded_at: Set(recorded_at.as_millisecond()),
        };
        let again = OnConflict::column(contracts::Column::TenantId)
            .update_columns([contracts::Column::ConcludedOn, contracts::Column::Sealed, contracts::Column::RecordedAt])
            .to_owned();
        contracts::Entity::insert(row).on_conflict(again).exec_without_returning(&self.tx).await?;
        Ok(())
    }

    /// When a tenant's contract was concluded, if one is recorded; opens nothing.
    pub async fn contract_date(&self, tenant: TenantId) -> Result<Option<Date>> {
        let row: Option<String> = contracts::Entity::find_by_id(tenant.0)
            .select_only()
            .column(contracts::Column::ConcludedOn)
            .into_tuple()
            .one(&self.tx)
            .await?;
        row.map(|date| date.parse().map_err(|_| StorageError::Unreadable { what: "a contract" })).transpose()
    }

    /// A tenant's contract.
    pub async fn contract(&self, tenant: TenantId) -> Result<Option<Contract>> {
        let Some(row) = contracts::Entity::find_by_id(tenant.0).one(&self.tx).await? else { return Ok(None) };
        let unreadable = |_| StorageError::Unreadable { what: "a contract" };
        let Sealed { signer, document_name, document } = self.sealer.open(SEALED, tenant.0.as_bytes(), &row.sealed)?;
        Ok(Some(Contract {
            tenant,
            concluded_on: row.concluded_on.parse().map_err(unreadable)?,
            signer,
            document_name,
            document: data_encoding::BASE64
                .decode(document.as_bytes())
                .map_err(|_| StorageError::Unreadable { what: "a contract" })?,
            recorded_at: Timestamp::from_millisecond(row.recorded_at).map_err(unreadable)?,
        }))
    }
}
