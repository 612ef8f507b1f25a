//! The office behind the login: what staff see all day.

pub mod import;

use crate::Routes;
use crate::page::Page;
use crate::visit::Visit;

/// The navigation of the office: addresses and keys of their texts.
pub const NAV: &[(&str, &str)] = &[
    ("/office", "office-nav-today"),
    ("/office/gruppen", "office-nav-groups"),
    ("/office/import", "office-nav-import"),
    ("/office/einstellungen", "office-nav-settings"),
    ("/office/protokoll", "office-nav-audit"),
];

pub(crate) fn routes() -> Routes {
    Routes::new().merge(import::routes())
}

/// A page of the office.
pub(crate) fn page(visit: &Visit, title: impl Into<String>) -> Page {
    visit.page(title).office(NAV)
}
