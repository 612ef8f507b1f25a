//! What happens by itself: offices are provisioned, mail is sent, what has expired is removed.
//!
//! The worker asks the stores what is due; it is woken by a bell in the same process and looks by itself every second
//! otherwise. Several workers may run: mail is claimed, provisioning may be repeated. This crate decides nothing about
//! what is sent or removed; that is in `usecases`. Start reading at [`worker::run`].

pub mod post;
pub mod worker;

pub use post::{Post, SmtpConfig};
pub use worker::run;
