//! A browser without a screen: sends requests to the whole service and reads the answers.
#![allow(dead_code, missing_docs, reason = "each test file uses its own part")]
#![allow(clippy::unwrap_used, reason = "a test that cannot be set up fails")]

pub mod sample;

use std::io::Read;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use domain::{Clock, TestClock};
use testkit::{Backend, World};
use tower::ServiceExt;
use usecases::House;
use web::{Routes, WebConfig, WebState};

pub const GROUP: &str = "/gruppen/lichtblick-leben-mit-depression";
pub const GROUP_WITHOUT_CONTACT: &str = "/gruppen/angehoerige-bei-demenz";
/// Parts of every green contact of the sample; none may appear before the notice.
pub const CONTACT_CANARIES: [&str; 4] = ["canary-gruen", "55 66", "3410005566", "gruppe.example"];

/// A Sunday morning in November.
pub fn clock() -> Arc<TestClock> {
    Arc::new(TestClock::at("2026-11-22T09:30:00Z".parse().unwrap()))
}

pub fn config() -> WebConfig {
    let plenty = NonZeroU32::new(10_000).unwrap();
    WebConfig {
        notices_per_minute: plenty,
        contacts_per_minute: plenty,
        request_timeout: Duration::from_secs(5),
        ..WebConfig::new("localhost")
    }
}

pub fn state(config: WebConfig, clock: Arc<dyn Clock>) -> WebState {
    WebState::new(house(), config, clock, sample::ids())
}

/// A house of the sample's offices over empty stores, which live as long as the test's process.
fn house() -> Arc<House> {
    std::thread::spawn(|| {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let house = runtime.block_on(async {
            let world = Box::leak(Box::new(World::new(Backend::Sqlite).await));
            let (stores, addresses) = (world.stores().clone(), world.house.addresses().clone());
            House::of_sites(stores, addresses, sample::offices()).await.unwrap()
        });
        std::mem::forget(runtime);
        house
    })
    .join()
    .unwrap()
}

pub struct Client {
    app: Router,
    host: String,
    pub headers: HeaderMap,
}

pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub raw: Vec<u8>,
    pub body: String,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}

impl Client {
    pub fn of(config: WebConfig, routes: &Routes) -> Self {
        let app = web::app_with(&state(config, clock()), routes);
        Self { app, host: "demo.localhost".to_owned(), headers: HeaderMap::new() }
    }

    /// Over a house with real stores.
    pub fn over(world: &World, routes: &Routes) -> Self {
        let state = WebState::new(Arc::clone(&world.house), config(), clock(), sample::ids());
        Self { app: web::app_with(&state, routes), host: "demo.localhost".to_owned(), headers: HeaderMap::new() }
    }

    pub fn new() -> Self {
        Self::of(config(), &web::routes())
    }

    /// The same browser at another host, without its cookies.
    pub fn at(&self, host: &str) -> Self {
        Self { app: self.app.clone(), host: host.to_owned(), headers: HeaderMap::new() }
    }

    pub fn with(mut self, name: header::HeaderName, value: &str) -> Self {
        self.headers.insert(name, value.parse().unwrap());
        self
    }

    pub async fn send(&self, method: Method, path: &str, body: impl Into<Body>) -> Answer {
        let mut request = Request::builder().method(method).uri(path).header(header::HOST, &self.host);
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        let response = self.app.clone().oneshot(request.body(body.into()).unwrap()).await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        let raw = to_bytes(response.into_body(), usize::MAX).await.unwrap().to_vec();
        let mut body = String::new();
        if headers.get(header::CONTENT_ENCODING).is_some_and(|coding| coding == "gzip") {
            flate2::read::GzDecoder::new(raw.as_slice()).read_to_string(&mut body).unwrap();
        } else {
            body = String::from_utf8_lossy(&raw).into_owned();
        }
        Answer { status, headers, raw, body }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, Body::empty()).await
    }

    pub async fn post(&self, path: &str) -> Answer {
        self.send(Method::POST, path, Body::empty()).await
    }
}

/// Every path a page links to on its own host.
pub fn links(body: &str) -> Vec<String> {
    let mut links: Vec<String> = body
        .split("href=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .filter(|href| href.starts_with('/') && !href.starts_with("//"))
        .map(|href| href.replace("&amp;", "&").replace("&#38;", "&"))
        .collect();
    links.sort();
    links.dedup();
    links
}

/// The page with what changes from build to build taken out.
pub fn steady(body: &str) -> String {
    let mut out = String::new();
    for (i, part) in body.split("/assets/").enumerate() {
        if i == 0 {
            out.push_str(part);
            continue;
        }
        let end = part.find('"').unwrap_or(0);
        let (name, rest) = part.split_at(end);
        let stem = name.split('.').next().unwrap_or_default();
        let extension = name.rsplit('.').next().unwrap_or_default();
        out.extend(["/assets/", stem, ".[hash].", extension, rest]);
    }
    out.lines().map(str::trim_end).filter(|line| !line.trim().is_empty()).collect::<Vec<_>>().join("\n")
}
