//! Serves sample offices with invented groups on <http://demo.localhost:8081>, to look at pages while working on them.

#[path = "../tests/support/sample.rs"]
mod sample;

use std::net::SocketAddr;
use std::sync::Arc;

use askama::Template;
use axum::http::Method;
use axum::response::Html;
use domain::{Clock, SystemClock};
use web::form::{Choice, Control, FormField, errors_of};
use web::page::{Pages, Tone};
use web::{Page, Visit, WebConfig, WebError, WebState, html};

/// Every component on one page, at `/muster`.
#[derive(Template)]
#[template(path = "gallery.html")]
struct Gallery {
    page: Page,
    fields: Vec<FormField>,
    errors: Vec<(String, String)>,
    pages: Pages,
}

async fn gallery(visit: Visit) -> Result<Html<String>, WebError> {
    let choices = |current: &str| {
        ["DSGVO", "KDG", "DSG-EKD"].iter().map(|law| Choice::new(*law, *law, current)).collect::<Vec<_>>()
    };
    let fields = vec![
        FormField::new("name", "Name der Kontaktstelle").hint("So, wie er auf der Startseite stehen soll."),
        FormField::new("email", "E-Mail")
            .control(Control::Input("email"))
            .value("nicht@ganz")
            .error(Some("Bitte geben Sie eine vollständige E-Mail-Adresse ein, zum Beispiel name@beispiel.de.")),
        FormField::new("recht", "Datenschutzrecht des Trägers").control(Control::Radios(choices("KDG"))),
        FormField::new("liste", "Auswahl").control(Control::Select(choices("DSGVO"))).width("w-20").optional(),
        FormField::new("text", "Über uns").control(Control::Area { rows: 4 }).optional(),
        FormField::new("datei", "Liste").control(Control::File(".csv,.xlsx")),
    ];
    let page = visit
        .page("Muster")
        .office(&[("/office", "nav-groups"), ("/muster", "nav-about")])
        .back_to("/", "Zurück")
        .notice(Tone::Success, "Gespeichert.");
    html(&Gallery { page, errors: errors_of(&fields), fields, pages: Pages::of(95, 20, 2, |n| format!("?seite={n}")) })
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let ids = sample::ids();
    let config = WebConfig { public_port: Some(8081), ..WebConfig::new("localhost") };
    let state = WebState::new(Arc::new(usecases::House::of_sites(sample::offices())), config, clock, ids);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:8081").await?;
    let routes = web::routes().site(Method::GET, "/muster", gallery);
    axum::serve(listener, web::app_with(&state, &routes).into_make_service_with_connect_info::<SocketAddr>()).await?;
    Ok(())
}
