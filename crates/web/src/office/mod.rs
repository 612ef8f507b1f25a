//! Behind the login: what the office works with.

mod audit;
mod settings;
mod today;

use crate::Routes;

/// Links on top of every page of the office.
pub(crate) const NAV: &[(&str, &str)] = &[
    ("/office", "nav-office-today"),
    ("/office/gruppen", "nav-office-groups"),
    ("/office/import", "nav-office-import"),
    ("/office/einstellungen", "nav-office-settings"),
    ("/office/protokoll", "nav-office-audit"),
];

pub(crate) fn routes() -> Routes {
    Routes::new().merge(today::routes()).merge(settings::routes()).merge(audit::routes())
}
