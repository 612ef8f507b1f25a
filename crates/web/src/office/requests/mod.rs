//! What group admins ask to be different, and the office's decision.

pub(crate) mod decide;
mod list;

use crate::Routes;

pub(crate) const REQUESTS: &str = "/office/pruefung";

pub(crate) fn routes() -> Routes {
    Routes::new().merge(list::routes()).merge(decide::routes())
}
