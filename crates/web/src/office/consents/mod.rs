//! `/office/einwilligungen`: whose consent is still to be asked for, whose ends, and that nothing is open without one.

mod ask;
mod guide;

use crate::Routes;

/// The guided list.
pub(crate) const CONSENTS: &str = "/office/einwilligungen";

pub(crate) fn routes() -> Routes {
    Routes::new().merge(guide::routes()).merge(ask::routes())
}
