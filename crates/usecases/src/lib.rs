//! One function per intention of a person or a job; transactions begin and end here.
//!
//! A use case takes the `&Permit<A>` of its action first, then the [`House`], then what was asked. Rules come from
//! `domain`, permission from `access`, rows from `storage`; nothing here knows HTTP, HTML or SQL. Start reading at
//! [`House`], then [`account`] for a login, [`site`] for what the public sees.

pub mod account;
pub mod alerts;
pub mod audit;
pub mod consents;
mod countries;
pub mod disclosures;
mod error;
pub mod groups;
mod house;
pub mod housekeeping;
pub mod import;
pub mod mail;
pub mod office;
pub mod own_groups;
pub mod people;
pub mod policy;
pub mod reconciliation;
pub mod review;
pub mod sign_on;
pub mod signup;
pub mod site;
pub mod suggestions;
pub mod support;

pub use countries::Countries;
pub use error::{Error, Problem};
pub use house::{Addresses, House, Notes};
pub use sso::Reach as ProviderReach;

/// What use cases return.
pub type Result<T> = std::result::Result<T, Error>;
