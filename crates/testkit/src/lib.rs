//! What tests share: a private `PostgreSQL`, a real browser.
//!
//! Nothing here is part of the product, and nothing here skips: a test that lacks what it needs fails and says how to get it.
//!
//! Start reading at [`postgres`] (the server that `cargo xtask test` starts) and [`browser`] (Chromium, driven over `WebDriver`).

pub mod browser;
pub mod postgres;
