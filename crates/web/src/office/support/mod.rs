//! `/office/unterstuetzung`: the operator's support in the office, when its lead lets it in.

mod grant;
mod list;
mod send_away;

use crate::Routes;

const SUPPORT: &str = "/office/unterstuetzung";

pub(crate) fn routes() -> Routes {
    Routes::new().merge(list::routes()).merge(grant::routes()).merge(send_away::routes())
}
