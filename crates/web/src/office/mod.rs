//! Behind the login: what the office works with.

mod alerts;
mod audit;
pub(crate) mod confirm;
pub(crate) mod consents;
mod disclosures;
pub(crate) mod groups;
pub(crate) mod import;
pub(crate) mod people;
pub(crate) mod reconciliation;
pub(crate) mod requests;
mod settings;
pub(crate) mod suggestions;
mod support;
mod today;

use access::Right;

use crate::Routes;
use crate::page::Page;
use crate::visit::Visit;

/// The navigation of every page behind the login; each link for those who may.
pub(crate) const NAV: &[(&str, &str, Right)] = &[
    ("/office", "nav-office-today", Right::Overview),
    ("/office/gruppen", "nav-office-groups", Right::SeeGroups),
    ("/office/pruefung", "nav-office-requests", Right::SeeGroups),
    ("/office/abgleich", "nav-office-reconciliation", Right::SeeGroups),
    ("/office/import", "nav-office-import", Right::ImportLists),
    ("/office/personen", "nav-office-people", Right::ManagePeople),
    ("/office/einstellungen", "nav-office-settings", Right::Overview),
    ("/office/weitergaben", "nav-office-disclosures", Right::SeeDisclosures),
    ("/office/protokoll", "nav-office-audit", Right::ReadLog),
    ("/meine-gruppen", "nav-own-groups", Right::OwnGroups),
];

pub(crate) fn routes() -> Routes {
    Routes::new()
        .merge(today::routes())
        .merge(groups::routes())
        .merge(requests::routes())
        .merge(suggestions::routes())
        .merge(reconciliation::routes())
        .merge(consents::routes())
        .merge(disclosures::routes())
        .merge(import::routes())
        .merge(people::routes())
        .merge(settings::routes())
        .merge(support::routes())
        .merge(alerts::routes())
        .merge(audit::routes())
}

/// A page of the office.
pub(crate) fn page(visit: &Visit, title: impl Into<String>) -> Page {
    visit.page(title).office()
}
