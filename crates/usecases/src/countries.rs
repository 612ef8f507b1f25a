//! From which country someone logs in, where the operator gives a database of countries (`MaxMind` DB format). Without one
//! nothing is known and nothing is asked; no address ever leaves the house for it.

use std::net::IpAddr;
use std::path::Path;

use domain::UserId;
use maxminddb::Reader;
use serde::Deserialize;
use storage::TenantTx;

use crate::{Error, Result};

/// A database of networks and countries.
pub struct Countries(Reader<Vec<u8>>);

#[derive(Deserialize)]
struct Record {
    country: Option<Country>,
}

#[derive(Deserialize)]
struct Country {
    iso_code: Option<String>,
}

impl std::fmt::Debug for Countries {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Countries")
    }
}

impl Countries {
    /// Reads a database; [`Error::Internal`] if it is none.
    pub fn read(file: &Path) -> Result<Self> {
        let reader = Reader::open_readfile(file);
        Ok(Self(reader.map_err(|error| Error::Internal(format!("{}: {error}", file.display())))?))
    }

    /// The ISO 3166 code of the country of an address; none if it is not known.
    pub(crate) fn of(&self, address: IpAddr) -> Option<String> {
        let record: Record = self.0.lookup(address).ok()?.decode().ok()??;
        record.country?.iso_code
    }
}

fn key(user: UserId) -> String {
    format!("login-countries {user}")
}

/// Whether someone never logged in from this country before, but from another one; notes it.
pub(crate) async fn is_new(tx: &TenantTx, user: UserId, country: &str) -> Result<bool> {
    let mut known: Vec<String> = tx.setting(&key(user)).await?.unwrap_or_default();
    if known.iter().any(|known| known == country) {
        return Ok(false);
    }
    let first = known.is_empty();
    known.push(country.to_owned());
    tx.put_setting(&key(user), &known).await?;
    Ok(!first)
}
