//! Public pages against a handler that returns the same bytes from memory, side by side in one run: 64 connections that
//! stay open, one request after the other. Ratios decide; the absolute numbers are this machine's.

#![allow(clippy::unwrap_used, missing_docs, reason = "a measurement that cannot be set up stops")]

#[path = "../tests/support/sample.rs"]
mod sample;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Bytes;
use axum::http::header;
use axum::routing::get;
use domain::{Clock, SystemClock};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
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
        let body = once(pages, path).await;
        let size = body.len();
        let same = serve(memory(body)).await;
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            theirs.push(load(same, path).await);
            ours.push(load(pages, path).await);
        }
        let (ours, theirs) = (median(ours), median(theirs));
        println!("{path}: {size} bytes, ours {ours:.0}/s, from memory {theirs:.0}/s, ratio {:.2}", ours / theirs);
    }
    let start = Instant::now();
    let never_seen = 200;
    for number in 0..never_seen {
        once(pages, &format!("/?suche=krebs{number}+nachsorge&offen=ja")).await;
    }
    println!(
        "search page never seen before: {:.3} ms each",
        start.elapsed().as_secs_f64() * 1e3 / f64::from(never_seen)
    );
}

fn memory(body: Vec<u8>) -> Router {
    let body = Bytes::from(body);
    let headers = [(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::CONTENT_ENCODING, "gzip")];
    Router::new().fallback(get(move || std::future::ready((headers, body.clone()))))
}

async fn serve(app: Router) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        axum::serve(listener, app.into_make_service_with_connect_info::<SocketAddr>()).await.unwrap();
    });
    address
}

fn request(path: &str) -> Vec<u8> {
    format!("GET {path} HTTP/1.1\r\nhost: gross.localhost\r\naccept-encoding: gzip\r\naccept-language: de\r\n\r\n")
        .into()
}

async fn once(address: SocketAddr, path: &str) -> Vec<u8> {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(&request(path)).await.unwrap();
    let mut buffer = Vec::new();
    let (head, length) = answer(&mut stream, &mut buffer).await;
    assert!(buffer.starts_with(b"HTTP/1.1 200"), "{path}");
    buffer.get(head..head + length).unwrap().to_vec()
}

/// Reads one whole answer; gives where its body starts and how long it is.
async fn answer(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> (usize, usize) {
    buffer.clear();
    loop {
        assert!(stream.read_buf(buffer).await.unwrap() > 0, "the connection ended");
        let Some(head) = buffer.windows(4).position(|four| four == b"\r\n\r\n").map(|at| at + 4) else { continue };
        let text = String::from_utf8_lossy(&buffer[..head]).to_ascii_lowercase();
        let length = text.split("content-length: ").nth(1).and_then(|rest| rest.split('\r').next()).unwrap();
        let length: usize = length.parse().unwrap();
        while buffer.len() < head + length {
            assert!(stream.read_buf(buffer).await.unwrap() > 0, "the connection ended");
        }
        return (head, length);
    }
}

async fn load(address: SocketAddr, path: &str) -> f64 {
    let start = Instant::now();
    let workers: Vec<_> = (0..CONNECTIONS)
        .map(|_| {
            let request = request(path);
            tokio::spawn(async move {
                let mut stream = TcpStream::connect(address).await.unwrap();
                let (mut buffer, mut count) = (Vec::with_capacity(64 * 1024), 0_u32);
                while start.elapsed() < ROUND {
                    stream.write_all(&request).await.unwrap();
                    answer(&mut stream, &mut buffer).await;
                    count += 1;
                }
                count
            })
        })
        .collect();
    let mut total = 0;
    for worker in workers {
        total += worker.await.unwrap();
    }
    f64::from(total) / start.elapsed().as_secs_f64()
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
