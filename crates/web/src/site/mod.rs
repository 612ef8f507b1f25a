//! The public site of an office.

use crate::Routes;

pub(crate) fn routes() -> Routes {
    Routes::new()
}
