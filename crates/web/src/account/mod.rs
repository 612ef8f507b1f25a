//! One's own account: whoever is logged in, staff and group admins alike.

mod email;
mod factors;
mod keep_factor;
mod logins;
mod overview;
mod password;
mod prove;
mod recovery_codes;
mod sign_on;
pub(crate) mod stay;

use crate::Routes;

/// The page of one's own account.
pub(crate) const ACCOUNT: &str = "/konto";

pub(crate) fn routes() -> Routes {
    Routes::new()
        .merge(overview::routes())
        .merge(email::routes())
        .merge(factors::routes())
        .merge(keep_factor::routes())
        .merge(logins::routes())
        .merge(password::routes())
        .merge(recovery_codes::routes())
        .merge(prove::routes())
        .merge(sign_on::routes())
        .merge(stay::routes())
}
