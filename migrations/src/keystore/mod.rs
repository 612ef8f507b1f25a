//! Migrations of the keystore.
pub(crate) mod m0001_keystore;
