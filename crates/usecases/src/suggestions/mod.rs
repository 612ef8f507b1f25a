//! "Gruppe melden": somebody outside suggests a group, confirms it by mail, and the office decides about the draft.
//!
//! Before the click nobody of the office sees anything. Start reading at [`suggest`], then [`decide`].

pub mod decide;
pub mod suggest;
