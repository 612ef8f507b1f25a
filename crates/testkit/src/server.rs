//! The real service on a port of its own, and visitors who remember their cookies.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use reqwest::redirect::Policy;
use reqwest::{Method, Response, StatusCode};
use usecases::House;
use web::{WebConfig, WebState};

use crate::world::{Backend, Office, World};

/// A running service; it stops when it is dropped.
pub struct Server {
    /// Where it listens.
    pub address: SocketAddr,
    task: tokio::task::JoinHandle<()>,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Server {
    /// Serves a world.
    pub async fn of(world: &World) -> Self {
        Self::start(Arc::clone(&world.house), |_| {}).await
    }

    /// A new world and its service, for browsers: links in mails and pages lead to the service's port.
    pub async fn with_world(backend: Backend) -> (World, Self) {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let world = World::at_port(backend, Some(port)).await;
        let server = Self::on(listener, &world.house, |_| {});
        (world, server)
    }

    /// Serves a house, with a configuration of one's own.
    pub async fn start(house: Arc<House>, configure: impl FnOnce(&mut WebConfig)) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        Self::on(listener, &house, configure)
    }

    fn on(listener: tokio::net::TcpListener, house: &Arc<House>, configure: impl FnOnce(&mut WebConfig)) -> Self {
        let address = listener.local_addr().expect("an address");
        let mut config = WebConfig::new("localhost");
        config.public_port = Some(address.port());
        configure(&mut config);
        let services = house.stores().services();
        let state = WebState::new(Arc::clone(house), config, Arc::clone(&services.clock), services.ids.clone());
        let app = web::app(&state).into_make_service_with_connect_info::<SocketAddr>();
        let task = tokio::spawn(async move { axum::serve(listener, app).await.expect("served") });
        Self { address, task }
    }

    /// Someone with a browser that has never been here, on this host (`demo.localhost`, `localhost`, or any other).
    pub fn visitor(&self, host: impl Into<String>) -> Visitor {
        Visitor::at(self.address, host)
    }

    /// A seeker on an office's site.
    pub fn seeker(&self, office: &Office) -> Visitor {
        self.visitor(format!("{}.localhost", office.slug))
    }

    /// Someone with a session on an office's site.
    pub fn with_session(&self, office: &Office, session: &str) -> Visitor {
        let visitor = self.seeker(office);
        visitor.set_cookie("__Host-session", session);
        visitor
    }
}

/// Someone with a browser: remembers cookies, follows no redirect by itself.
pub struct Visitor {
    client: reqwest::Client,
    address: SocketAddr,
    host: String,
    cookies: Mutex<BTreeMap<String, String>>,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: reqwest::header::HeaderMap,
    /// The body as text, broken bytes replaced.
    pub text: String,
}

impl Answer {
    /// Where it leads.
    pub fn location(&self) -> &str {
        self.headers.get("location").and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// Everything that left the house: headers and body.
    pub fn bytes(&self) -> String {
        format!("{:?}\n{}", self.headers, self.text)
    }
}

impl Visitor {
    /// Someone with a new browser on this host of a service that listens here.
    pub fn at(address: SocketAddr, host: impl Into<String>) -> Self {
        let client = reqwest::Client::builder().redirect(Policy::none()).build().expect("a client");
        Self { client, address, host: host.into(), cookies: Mutex::default() }
    }

    /// Puts a cookie into the browser.
    pub fn set_cookie(&self, name: &str, value: &str) {
        self.cookies.lock().expect("cookies").insert(name.to_owned(), value.to_owned());
    }

    /// The cookies so far.
    pub fn cookies(&self) -> BTreeMap<String, String> {
        self.cookies.lock().expect("cookies").clone()
    }

    /// GET.
    pub async fn get(&self, path: &str) -> Answer {
        self.request(Method::GET, path, None).await
    }

    /// POST of a form.
    pub async fn post(&self, path: &str, form: &[(&str, &str)]) -> Answer {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        self.request(Method::POST, path, Some(body)).await
    }

    /// GET, following redirects on this host.
    pub async fn follow(&self, path: &str) -> Answer {
        let mut answer = self.get(path).await;
        for _ in 0..10 {
            if !answer.status.is_redirection() {
                return answer;
            }
            let next = answer.location().to_owned();
            answer = self.get(&next).await;
        }
        panic!("too many redirects from {path}");
    }

    /// Any request with a form body.
    pub async fn request(&self, method: Method, path: &str, body: Option<String>) -> Answer {
        let mut request = self.builder(method, path);
        if let Some(body) = body {
            request = request.header("content-type", "application/x-www-form-urlencoded").body(body);
        }
        self.send(request).await
    }

    /// A request to be completed (multipart, odd headers), with host and cookies set.
    pub fn builder(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        let cookies = self.cookies();
        let cookies: Vec<String> = cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let mut request = self
            .client
            .request(method, format!("http://{}{path}", self.address))
            .header("host", format!("{}:{}", self.host, self.address.port()));
        if !cookies.is_empty() {
            request = request.header("cookie", cookies.join("; "));
        }
        request
    }

    /// Sends it and remembers the cookies of the answer.
    pub async fn send(&self, request: reqwest::RequestBuilder) -> Answer {
        let response: Response = request.send().await.expect("an answer");
        let (status, headers) = (response.status(), response.headers().clone());
        for line in headers.get_all("set-cookie") {
            let line = line.to_str().expect("a cookie");
            let (pair, attributes) = line.split_once(';').unwrap_or((line, ""));
            let (name, value) = pair.split_once('=').expect("a cookie");
            let mut cookies = self.cookies.lock().expect("cookies");
            if attributes.contains("Max-Age=0") {
                cookies.remove(name);
            } else {
                cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        let bytes = response.bytes().await.expect("a body");
        Answer { status, headers, text: String::from_utf8_lossy(&bytes).into_owned() }
    }
}
