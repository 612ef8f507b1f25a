//! What staff see behind the login.

pub(crate) mod groups;
pub(crate) mod import;

use crate::Routes;
use crate::page::Page;
use crate::visit::Visit;

/// The navigation of every page behind the login.
pub(crate) const NAV: &[(&str, &str)] = &[
    ("/office", "nav-office-today"),
    ("/office/gruppen", "nav-office-groups"),
    ("/office/import", "nav-office-import"),
    ("/office/einstellungen", "nav-office-settings"),
    ("/office/protokoll", "nav-office-audit"),
];

pub(crate) fn routes() -> Routes {
    Routes::new().merge(groups::routes()).merge(import::routes())
}

/// A page of the office.
pub(crate) fn page(visit: &Visit, title: impl Into<String>) -> Page {
    visit.page(title).office(NAV)
}
