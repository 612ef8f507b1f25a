//! The reconciliation, as groups see it: bringing the personal link, and the wizard behind its three doors.
//!
//! `entry` exchanges link or code for a cookie that is good for this one group and for nothing but this; `by_link` and
//! `inside` are the doors; `steps` are the pages of the wizard, the same behind each.

mod by_link;
mod entry;
mod inside;
mod section;
mod steps;

use crate::Routes;

/// Where a group comes in.
pub(crate) const ENTRY: &str = "/abgleich";

pub(crate) fn routes() -> Routes {
    Routes::new().merge(entry::routes()).merge(by_link::routes()).merge(inside::routes())
}
