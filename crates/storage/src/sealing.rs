//! Sealing values into columns and opening them again, bound to tenant, table, column, row and light.

use std::sync::Arc;

/// What a value is bound to beside its table and column, when its row's id alone is not enough.
pub(crate) use crypto::keys::length_prefixed as bound;
use crypto::keys::{Aad, Keyring, PersonKey, Purpose};
use domain::{Ids, Light};
use serde::Serialize;
use serde::de::DeserializeOwned;
use zeroize::Zeroizing;

use crate::{Result, StorageError};

/// A sealed column: where a value stands, and which key is for it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Column {
    pub(crate) table: &'static str,
    pub(crate) name: &'static str,
    pub(crate) purpose: Purpose,
}

impl Column {
    pub(crate) const fn new(table: &'static str, name: &'static str, purpose: Purpose) -> Self {
        Self { table, name, purpose }
    }

    fn aad(self, row: &[u8]) -> Aad<'_> {
        Aad::new(self.table, self.name, row)
    }

    const fn sealed(self) -> StorageError {
        StorageError::Sealed { table: self.table }
    }
}

/// Seals and opens the values of one tenant, or of the platform.
#[derive(Clone, Debug)]
pub(crate) struct Sealer {
    pub(crate) keyring: Arc<Keyring>,
    pub(crate) ids: Ids,
}

impl Sealer {
    /// `row` names the row; its bytes are part of what the value is bound to.
    pub(crate) fn seal<T: Serialize>(&self, column: Column, row: &[u8], value: &T) -> Result<Vec<u8>> {
        Ok(self.seal_bytes(column, row, &encode(column, value)?))
    }

    pub(crate) fn open<T: DeserializeOwned>(&self, column: Column, row: &[u8], sealed: &[u8]) -> Result<T> {
        decode(column, &self.open_bytes(column, row, sealed)?)
    }

    pub(crate) fn seal_bytes(&self, column: Column, row: &[u8], plain: &[u8]) -> Vec<u8> {
        self.keyring.seal(column.purpose, &column.aad(row), plain, &self.ids)
    }

    pub(crate) fn open_bytes(&self, column: Column, row: &[u8], sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>> {
        self.keyring.open(column.purpose, &column.aad(row), sealed).map_err(|_| column.sealed())
    }

    /// An item: its light is part of what it is bound to; a person's item is sealed with the person's own key.
    pub(crate) fn seal_item<T: Serialize>(
        &self,
        column: Column,
        row: &[u8],
        light: Light,
        person: Option<&PersonKey>,
        value: &T,
    ) -> Result<Vec<u8>> {
        let plain = encode(column, value)?;
        let aad = column.aad(row).light(light);
        Ok(match person {
            Some(key) => key.seal(column.purpose, &aad, &plain, &self.ids),
            None => self.keyring.seal(column.purpose, &aad, &plain, &self.ids),
        })
    }

    pub(crate) fn open_item<T: DeserializeOwned>(
        &self,
        column: Column,
        row: &[u8],
        light: Light,
        person: Option<&PersonKey>,
        sealed: &[u8],
    ) -> Result<T> {
        let aad = column.aad(row).light(light);
        let plain = match person {
            Some(key) => key.open(column.purpose, &aad, sealed),
            None => self.keyring.open(column.purpose, &aad, sealed),
        };
        decode(column, &plain.map_err(|_| column.sealed())?)
    }
}

pub(crate) fn encode<T: Serialize>(column: Column, value: &T) -> Result<Zeroizing<Vec<u8>>> {
    serde_json::to_vec(value).map(Zeroizing::new).map_err(|_| StorageError::Unreadable { what: column.table })
}

fn decode<T: DeserializeOwned>(column: Column, plain: &[u8]) -> Result<T> {
    serde_json::from_slice(plain).map_err(|_| StorageError::Unreadable { what: column.table })
}
