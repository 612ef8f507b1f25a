//! Tests of the whole system, from outside: browser, promises, isolation, faults. They live in `tests/tests`.
//!
//! This library holds what several of them share: offices full of canaries ([`plant`]), a crawler that follows every link
//! ([`crawl`]), one valid request for every route ([`requests`]), a log kept in memory ([`log`]). A canary is a word that stands in exactly one value of one office, so that finding
//! it says what leaked from where.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::missing_panics_doc,
    clippy::too_many_lines,
    reason = "only tests use it: a panic is a failed test"
)]

pub mod canary;
pub mod crawl;
pub mod files;
pub mod form;
pub mod log;
pub mod plant;
pub mod requests;

pub use canary::{Canary, Reach};
pub use crawl::Crawl;
pub use log::Log;
pub use plant::{Agreed, GroupPlan, PersonPlan, Planted};
