//! Speaks OpenID Connect with the providers that offices name: discovery, the way to the provider, and what comes back.
//!
//! This crate makes every outbound request of single sign-on and checks every answer (OpenID Connect Core 1.0, RFC 9207,
//! RFC 9700); the protocol itself is the crate `openidconnect`. It stores nothing, knows no office, no account and no
//! role: who comes in is decided in `usecases`, before and after the calls made here, so that no transaction waits for
//! the network.
//!
//! What stands behind an address is an office's word only. So the client of `network.rs` goes to public addresses over
//! `https`, follows no redirect, and takes neither much time nor many bytes. Start reading at [`Outside`], then `redeem.rs`.

mod claims;
mod discovery;
mod failure;
mod journey;
mod network;
mod redeem;

pub use claims::Identity;
pub use discovery::{Described, Outside};
pub use failure::{Failure, Unverified};
pub use journey::{Asked, Registration, Secrets};
pub use network::Reach;
pub use redeem::Returned;
