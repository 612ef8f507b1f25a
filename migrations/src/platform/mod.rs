//! Migrations of the platform store.
pub(crate) mod m0001_platform;
pub(crate) mod m0002_operators;
