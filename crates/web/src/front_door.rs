//! Where every request comes in: host to office, language, time limit, security headers, error pages.

use std::any::Any;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::Router;
use axum::extract::{ConnectInfo, DefaultBodyLimit, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::Slug;
use domain::alert::Sign;
use tower::ServiceExt;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::csrf::CsrfLayer;

use crate::routes::{Host, RouteName, Routes};
use crate::state::ClientAddress;
use crate::throttle::Network;
use crate::visit::{Facts, Place, Visit, today};
use crate::{Lang, WebError, WebState, cookies, error};

/// What every page may do: load our own style, script and pictures, send forms to its own host, and nothing else.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; \
     connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const HEADERS: [(HeaderName, HeaderValue); 7] = [
    (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(CONTENT_SECURITY_POLICY)),
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
    // Not `no-referrer`: browsers would then send `Origin: null` with our own forms.
    (header::REFERRER_POLICY, HeaderValue::from_static("same-origin")),
    (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
    (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
    (
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static("camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"),
    ),
];

#[derive(Clone)]
struct Door {
    state: WebState,
    offices: Router,
    platform: Router,
    nowhere: Router,
}

/// The finished service: everything in `routes` behind the front door.
pub(crate) fn build(state: &WebState, routes: &Routes) -> Router {
    let mount = |host| {
        routes
            .mount(host, state)
            .fallback(async || WebError::NotFound)
            .layer(
                tower::ServiceBuilder::new()
                    .layer(CatchPanicLayer::custom(panicked))
                    .layer(CsrfLayer::new())
                    .layer(DefaultBodyLimit::max(state.config.body_limit)),
            )
            .with_state(state.clone())
    };
    let door = Door {
        offices: mount(Host::Office),
        platform: mount(Host::Platform),
        nowhere: mount(Host::Nowhere),
        state: state.clone(),
    };
    Router::new().fallback(enter).with_state(door)
}

async fn enter(State(door): State<Door>, mut request: Request) -> Response {
    let state = &door.state;
    let host = host(&request);
    let place = place(state, host).await;
    let visit = Visit::new(Facts {
        request_id: request_id(state),
        lang: Lang::of_request(cookies::LANG.read(request.headers()), request.headers()),
        place: place.as_ref().cloned().unwrap_or(Place::Nowhere),
        address: request.uri().path_and_query().map_or("/", |address| address.as_str()).to_owned(),
        network: network(state, &request),
        today: today(&*state.clock),
    });
    let method = request.method().clone();
    request.extensions_mut().insert(visit.clone());
    let router = match &place {
        Err(error) => Err(error.clone()),
        Ok(Place::Office(_)) => Ok(door.offices),
        Ok(Place::Platform) => Ok(door.platform),
        Ok(Place::Nowhere) => Ok(door.nowhere),
    };
    let response = match router {
        Err(error) => error.into_response(),
        Ok(router) => match tokio::time::timeout(state.config.request_timeout, router.oneshot(request)).await {
            Ok(Ok(response)) => response,
            Ok(Err(never)) => match never {},
            Err(_) => WebError::Busy.into_response(),
        },
    };
    // Refused before any route: the form came from another site.
    if response.status() == StatusCode::FORBIDDEN
        && response.extensions().get::<WebError>().is_none()
        && let Ok(Place::Office(site)) = &place
    {
        state.house.noticed(site.tenant, Sign::ForeignForms, &visit.network.to_string(), None).await;
    }
    let route = response.extensions().get::<RouteName>().map_or("-", |RouteName(path)| path);
    tracing::debug!(request_id = visit.request_id, %method, route, status = response.status().as_u16(), "answered");
    let mut response = error::explain(&visit, &state.config.platform_origin(), &method, response);
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(name, value);
    }
    if state.config.https {
        headers
            .insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=63072000; includeSubDomains"));
    }
    response
}

/// The name a request was sent to, without port.
fn host(request: &Request) -> String {
    let authority = request.uri().authority().map(axum::http::uri::Authority::as_str);
    let host = authority.or_else(|| request.headers().get(header::HOST).and_then(|host| host.to_str().ok()));
    host_without_port(host.unwrap_or_default()).to_ascii_lowercase()
}

/// Which office or platform a request is for, by its host alone; never a default one.
async fn place(state: &WebState, host: String) -> Result<Place, WebError> {
    let base = state.config.base_domain.as_str();
    if host == base {
        return Ok(Place::Platform);
    }
    let label = host.strip_suffix(base).and_then(|rest| rest.strip_suffix('.'));
    match label.and_then(|label| Slug::parse(label).ok()) {
        Some(slug) => Ok(state.house.site(&slug).await?.map_or(Place::Nowhere, Place::Office)),
        None => Ok(Place::Nowhere),
    }
}

fn host_without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if !name.is_empty() && port.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => host,
    }
}

fn network(state: &WebState, request: &Request) -> Network {
    let address = match state.config.client_address {
        ClientAddress::Connection => {
            request.extensions().get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(address)| address.ip())
        }
        ClientAddress::ForwardedFor => forwarded_for(request.headers()),
    };
    Network::of(address)
}

fn forwarded_for(headers: &HeaderMap) -> Option<IpAddr> {
    let last = headers.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?;
    last.rsplit(',').next()?.trim().parse().ok()
}

fn request_id(state: &WebState) -> String {
    let mut bytes = [0; 6];
    state.ids.fill(&mut bytes);
    data_encoding::HEXLOWER.encode(&bytes)
}

#[expect(clippy::needless_pass_by_value, reason = "the form that the layer asks for")]
fn panicked(panic: Box<dyn Any + Send>) -> Response {
    let message = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("no message");
    WebError::internal(format!("panicked: {message}")).into_response()
}

impl From<tokio::task::JoinError> for WebError {
    fn from(error: tokio::task::JoinError) -> Self {
        Self::Internal(Arc::new(error))
    }
}

#[cfg(test)]
mod tests {
    use super::host_without_port;

    #[test]
    fn the_port_is_no_part_of_the_name() {
        for (host, name) in [("a.localhost:8080", "a.localhost"), ("a.b", "a.b"), ("a:x", "a:x"), (":80", ":80")] {
            assert_eq!(host_without_port(host), name);
        }
    }
}
