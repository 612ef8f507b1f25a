//! Migrations of a tenant database.
pub(crate) mod m0001_office;
pub(crate) mod m0002_uploads;
pub(crate) mod m0003_sign_on;
pub(crate) mod m0004_factors;
pub(crate) mod m0005_alerts;
pub(crate) mod m0006_policy;
pub(crate) mod m0007_change_requests;
pub(crate) mod m0008_consents;
pub(crate) mod m0009_disclosures;
pub(crate) mod m0010_reconciliation;
pub(crate) mod m0011_suggestions;
pub(crate) mod m0012_review;
pub(crate) mod m0013_silence;
pub(crate) mod m0014_forgetting;
