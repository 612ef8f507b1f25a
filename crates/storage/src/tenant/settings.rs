//! Small things an office keeps: its legal regime, remembered column matches. Sealed as a whole.

use crypto::keys::Purpose;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, DatabaseTransaction, EntityTrait};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::TenantTx;
use crate::Result;
use crate::rows::settings;
use crate::sealing::{Column, Sealer};

const SEALED: Column = Column::new("settings", "sealed", Purpose::Office);

/// Key of the office's legal regime.
pub const REGIME: &str = "regime";

pub(crate) async fn put_in<T: Serialize + Sync>(
    tx: &DatabaseTransaction,
    sealer: &Sealer,
    key: &str,
    value: &T,
    now: i64,
) -> Result<()> {
    let row = settings::ActiveModel {
        key: Set(key.to_owned()),
        sealed: Set(sealer.seal(SEALED, key.as_bytes(), value)?),
        updated_at: Set(now),
    };
    let again = OnConflict::column(settings::Column::Key)
        .update_columns([settings::Column::Sealed, settings::Column::UpdatedAt])
        .to_owned();
    settings::Entity::insert(row).on_conflict(again).exec_without_returning(tx).await?;
    Ok(())
}

impl TenantTx {
    /// Keeps a value under a key, replacing an older one.
    pub async fn put_setting<T: Serialize + Sync>(&self, key: &str, value: &T) -> Result<()> {
        put_in(&self.tx, self.sealer(), key, value, self.now().as_millisecond()).await
    }

    /// Reads a value back.
    pub async fn setting<T: DeserializeOwned>(&self, key: &str) -> Result<Option<T>> {
        let row = settings::Entity::find_by_id(key.to_owned()).one(&self.tx).await?;
        row.map(|row| self.sealer().open(SEALED, key.as_bytes(), &row.sealed)).transpose()
    }
}
