//! `/office/protokoll`: who did what, when.

mod entry;
mod export;
mod filter;
mod list;

use crate::Routes;

pub(crate) fn routes() -> Routes {
    Routes::new().merge(list::routes()).merge(export::routes())
}
