//! Who may do what: roles, actions, the one policy table, and the [`Permit`] that proves a decision.
//!
//! An action is a marker type from the table in [`action`]. Whoever wants to do something takes a `&Permit<TheAction>`
//! first; a permit can be had from [`authorize`] (someone logged in), [`anonymous_permit`], [`system_permit`] or
//! [`operator_permit`] and from nowhere else, and only where the table says so. A permit is for one tenant and one
//! actor, can be neither cloned nor changed, and is no capability across requests.
//!
//! This crate checks no password, reads no session and stores nothing. Start reading at [`action`], then [`permit`].

pub mod action;
pub mod permit;
pub mod right;
pub mod role;

pub use action::{
    Action, ActionName, AnonymousAction, FreshAction, LinkAction, OperatorAction, Policy, SystemAction, Who,
};
pub use permit::{Denied, Permit, anonymous_permit, authorize, link_permit, operator_permit, system_permit};
pub use right::{Right, Rights};
pub use role::{Limit, Principal, Proof, Reach, Role, Stage};

/// The marker types of all actions, for `use access::actions::*`.
pub mod actions {
    pub use crate::action::marker::*;
}
