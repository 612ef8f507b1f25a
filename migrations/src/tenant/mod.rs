//! Migrations of a tenant database.
pub(crate) mod m0001_init;
pub(crate) mod m0002_imports;
