//! Public pages against a handler that returns the same bytes from memory, side by side in one run: 64 connections that
//! stay open, one request after the other. Ratios decide; the absolute numbers are this machine's.

#![allow(clippy::unwrap_used, missing_docs, reason = "a measurement that cannot be set up stops")]

#[path = "../tests/support/sample.rs"]
mod sample;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::http::header;
use axum::routing::get;
use domain::{Clock, SystemClock};
use testkit::Load;
use tokio::net::TcpListener;
use web::{WebConfig, WebState};

const CONNECTIONS: usize = 64;
const ROUND: Duration = Duration::from_secs(2);
const ROUNDS: usize = 3;

#[tokio::main]
async fn main() {
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let world = testkit::World::new(testkit::Backend::Sqlite).await;
    let (stores, addresses) = (world.stores().clone(), world.house.addresses().clone());
    let house = usecases::House::of_sites(stores, addresses, sample::offices()).await.unwrap();
    let state = WebState::new(house, WebConfig::new("localhost"), clock, sample::ids());
    let pages = serve(web::app(&state)).await;
    for path in ["/", "/gruppen/lichtblick-leben-mit-depression", "/?suche=krebs"] {
        let body = pages.once(path).await;
        let size = body.len();
        let same = serve(memory(body)).await;
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            theirs.push(same.run(ROUND, move |_| path.to_owned()).await.per_second);
            ours.push(pages.run(ROUND, move |_| path.to_owned()).await.per_second);
        }
        let (ours, theirs) = (median(ours), median(theirs));
        println!("{path}: {size} bytes, ours {ours:.0}/s, from memory {theirs:.0}/s, ratio {:.2}", ours / theirs);
    }
}

fn memory(body: Vec<u8>) -> Router {
    let body = Bytes::from(body);
    let headers = [(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::CONTENT_ENCODING, "gzip")];
    Router::new().fallback(get(move || std::future::ready((headers, body.clone()))))
}

async fn serve(app: Router) -> Load {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        axum::serve(listener, app.into_make_service_with_connect_info::<SocketAddr>()).await.unwrap();
    });
    Load { address, host: "gross.localhost".to_owned(), connections: CONNECTIONS }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
