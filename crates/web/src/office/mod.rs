//! What staff see behind the login.

pub(crate) mod groups;

use crate::Routes;

/// The navigation of every page behind the login.
pub(crate) const NAV: &[(&str, &str)] = &[
    ("/office", "nav-office-today"),
    ("/office/gruppen", "nav-office-groups"),
    ("/office/import", "nav-office-import"),
    ("/office/einstellungen", "nav-office-settings"),
    ("/office/protokoll", "nav-office-audit"),
];

pub(crate) fn routes() -> Routes {
    Routes::new().merge(groups::routes())
}
