//! Behind the login: what the office works with.

mod audit;
pub(crate) mod groups;
pub(crate) mod import;
mod settings;
mod today;

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
    Routes::new()
        .merge(today::routes())
        .merge(groups::routes())
        .merge(import::routes())
        .merge(settings::routes())
        .merge(audit::routes())
}

/// A page of the office.
pub(crate) fn page(visit: &Visit, title: impl Into<String>) -> Page {
    visit.page(title).office(NAV)
}
