//! Everything people see: routes, pages in two languages, forms, the public site of an office.
//!
//! A request comes in through [`front_door`], which finds the office by its host and puts the security headers on;
//! routes are registered with [`Routes`] only, which adds the layer that issues the permit a handler must take. Pages are
//! askama templates in `templates/` around a [`Page`]; their texts are in `locales/`; the one stylesheet is
//! `assets/app.css`.
//!
//! This crate decides nothing about groups, lights or rights and reaches no database: it asks `usecases`. Start reading
//! at [`routes`], then [`front_door`], [`visit`], and [`site`] for an example.

// Templates name our own types by this path, also from examples and tests.
extern crate self as web;

pub mod account;
pub mod assets;
pub mod cookies;
pub mod entrance;
pub mod error;
pub mod form;
pub mod front_door;
pub mod granted;
pub mod language;
pub mod office;
pub mod own_groups;
pub mod page;
pub mod page_cache;
pub mod passkey;
pub mod platform;
pub mod reconciliation;
pub mod routes;
pub mod site;
pub mod state;
pub mod switch_language;
pub mod throttle;
pub mod visit;

pub use error::WebError;
pub use granted::Granted;
pub use language::Lang;
pub use page::{Page, html};
pub use routes::{Access, RouteEntry, RouteTable, Routes};
pub use state::{ClientAddress, WebConfig, WebState};
pub use visit::{SiteVisit, Visit};

/// All routes of this crate.
pub fn routes() -> Routes {
    Routes::new()
        .merge(assets::routes())
        .merge(switch_language::routes())
        .merge(site::routes())
        .merge(entrance::routes())
        .merge(platform::routes())
        .merge(office::routes())
        .merge(account::routes())
        .merge(own_groups::routes())
        .merge(reconciliation::routes())
}

/// The finished service. Serve it with `into_make_service_with_connect_info::<SocketAddr>()`, so that throttles know
/// the networks apart.
pub fn app(state: &WebState) -> axum::Router {
    app_with(state, &routes())
}

/// The same with routes of one's own choosing, for tests and benches.
pub fn app_with(state: &WebState, routes: &Routes) -> axum::Router {
    front_door::build(state, routes)
}
