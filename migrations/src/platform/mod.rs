//! Migrations of the platform store.
pub(crate) mod m0001_platform;
