//! What tests share: a private `PostgreSQL`, a real browser.
//!
//! Nothing here is part of the product, and nothing here skips: a test that lacks what it needs fails and says how to get it.
//!
//! Start reading at [`world`] (a whole house for one test) and [`server`] (the real service and its visitors); then [`postgres`] (the server that `cargo xtask test` starts) and [`browser`] (Chromium, driven over `WebDriver`).

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::missing_panics_doc,
    reason = "what a test cannot set up fails the test"
)]

pub mod browser;
pub mod certified;
pub mod countries;
pub mod hostile;
pub mod load;
pub mod passkey;
pub mod postgres;
pub mod program;
pub mod requests;
pub mod server;
pub mod surgery;
pub mod world;

pub use certified::Certified;
pub use hostile::Hostile;
pub use load::Load;
pub use program::{Program, Settings};
pub use server::{Answer, Server, Visitor};
pub use world::{Backend, Office, PASSWORD, Person, World};

/// The same test on both databases: `name: name_on_sqlite, name_on_postgresql;` for each.
#[macro_export]
macro_rules! on_both {
    ($($name:ident: $sqlite:ident, $postgresql:ident;)+) => {$(
        #[tokio::test]
        async fn $sqlite() {
            $name($crate::Backend::Sqlite).await;
        }
        #[tokio::test]
        async fn $postgresql() {
            $name($crate::Backend::Postgres).await;
        }
    )+};
}
