//! The pages of the base domain.

use crate::Routes;

pub(crate) fn routes() -> Routes {
    Routes::new()
}
