//! The office as a whole: what it says about itself, what is missing before its directory is public, its processing
//! contract, and what waits today.

pub mod contract;
pub mod profile;
pub mod publishing;
pub mod state;
pub mod suggestion;

pub use contract::{contract, document, record_contract};
pub use profile::{Change, profile, save_profile};
pub use publishing::{publish, take_offline};
pub use state::{OfficeState, checklist, today};
pub use suggestion::Suggestions;
