//! The only way to register a route: each one says who may come in, and the layer that checks it is added here.

use std::any::type_name;

use access::{Action, ActionName};
use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::handler::Handler;
use axum::http::{HeaderValue, Method, header};
use axum::middleware::{Next, from_fn_with_state, map_response};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodFilter, MethodRouter, on};
use http_body_util::BodyExt;
use tracing::Instrument;

use crate::granted::{Granted, guard, guard_form};
use crate::{WebError, WebState};

/// The largest form of someone logged in, in bytes: three texts of 50,000 characters, six bytes each when encoded.
const OFFICE_FORM: usize = 1024 * 1024;

/// Who may come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Everyone, on every host of ours.
    Public,
    /// Everyone, on an office's host.
    Site,
    /// Everyone, on the base domain.
    Platform,
    /// Whoever is wholly logged in and may do this.
    Office(ActionName),
    /// Whoever is in the middle of a login.
    HalfIn(ActionName),
}

impl Access {
    /// In one word or two, for tables.
    pub fn describe(self) -> String {
        match self {
            Self::Public => "public".to_owned(),
            Self::Site => "site".to_owned(),
            Self::Platform => "platform".to_owned(),
            Self::Office(action) => format!("office {}", action.code()),
            Self::HalfIn(action) => format!("half-in {}", action.code()),
        }
    }
}

/// One registered route.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RouteEntry {
    /// GET stands for HEAD, too.
    pub method: Method,
    /// With parameters in braces.
    pub path: &'static str,
    /// Who may come in.
    pub access: Access,
    /// The function behind it.
    pub handler: &'static str,
}

/// Every route of the house, for the tests that walk them all.
#[derive(Clone, Debug, Default)]
pub struct RouteTable(pub Vec<RouteEntry>);

/// On which hosts a router answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Host {
    Office,
    Platform,
    /// A host nobody has: only what its error page needs.
    Nowhere,
}

/// The path of the route that answered, without what stood in its place; fit for logs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RouteName(pub &'static str);

type Mount = Box<dyn Fn(&WebState) -> MethodRouter<WebState> + Send + Sync>;

/// Collects routes.
///
/// ```
/// use axum::http::Method;
/// use web::{Granted, Routes};
/// use access::actions::ListGroups;
///
/// async fn list(_granted: Granted<ListGroups>) -> &'static str {
///     "two groups"
/// }
///
/// let routes = Routes::new().office::<ListGroups, _, _>(Method::GET, "/office/groups", list);
/// assert_eq!(routes.table().0.len(), 1);
/// ```
///
/// A handler behind a login that does not take its `Granted` first does not compile:
///
/// ```compile_fail
/// use axum::http::Method;
/// use access::actions::ListGroups;
///
/// async fn list() -> &'static str {
///     "two groups"
/// }
///
/// web::Routes::new().office::<ListGroups, _, _>(Method::GET, "/office/groups", list);
/// ```
#[derive(Default)]
pub struct Routes(Vec<(RouteEntry, Mount)>);

impl Routes {
    /// No routes yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// For everyone, on every host of ours.
    #[must_use]
    pub fn public<H, T>(self, method: Method, path: &'static str, handler: H) -> Self
    where
        H: Handler<T, WebState> + Sync,
        T: 'static,
    {
        self.anonymous(Access::Public, method, path, handler)
    }

    /// For everyone, on an office's host; the handler can take a [`crate::SiteVisit`].
    #[must_use]
    pub fn site<H, T>(self, method: Method, path: &'static str, handler: H) -> Self
    where
        H: Handler<T, WebState> + Sync,
        T: 'static,
    {
        self.anonymous(Access::Site, method, path, handler)
    }

    /// For everyone, on the base domain.
    #[must_use]
    pub fn platform<H, T>(self, method: Method, path: &'static str, handler: H) -> Self
    where
        H: Handler<T, WebState> + Sync,
        T: 'static,
    {
        self.anonymous(Access::Platform, method, path, handler)
    }

    /// For whoever is wholly logged in and may do `A`; the handler must take [`Granted<A>`] first.
    #[must_use]
    pub fn office<A, H, T>(self, method: Method, path: &'static str, handler: H) -> Self
    where
        A: Action,
        H: Handler<T, WebState> + Sync,
        T: TakesFirst<Granted<A>> + 'static,
    {
        self.guarded::<A, H, T>(Access::Office(A::NAME), method, path, handler, Some(OFFICE_FORM))
    }

    /// The same for a form that carries a file: `body_limit` bytes instead of the usual limit.
    #[must_use]
    pub fn office_upload<A, H, T>(self, path: &'static str, body_limit: usize, handler: H) -> Self
    where
        A: Action,
        H: Handler<T, WebState> + Sync,
        T: TakesFirst<Granted<A>> + 'static,
    {
        self.guarded::<A, H, T>(Access::Office(A::NAME), Method::POST, path, handler, Some(body_limit))
    }

    /// For whoever is in the middle of a login and may do `A`; the handler must take [`Granted<A>`] first.
    #[must_use]
    pub fn half_in<A, H, T>(self, method: Method, path: &'static str, handler: H) -> Self
    where
        A: Action,
        H: Handler<T, WebState> + Sync,
        T: TakesFirst<Granted<A>> + 'static,
    {
        self.guarded::<A, H, T>(Access::HalfIn(A::NAME), method, path, handler, None)
    }

    /// All routes of both.
    #[must_use]
    pub fn merge(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    /// The table of all routes so far.
    pub fn table(&self) -> RouteTable {
        RouteTable(self.0.iter().map(|(entry, _)| entry.clone()).collect())
    }

    fn anonymous<H, T>(mut self, access: Access, method: Method, path: &'static str, handler: H) -> Self
    where
        H: Handler<T, WebState> + Sync,
        T: 'static,
    {
        let entry = RouteEntry { method: method.clone(), path, access, handler: type_name::<H>() };
        let reads = method == Method::GET;
        let mount = move |state: &WebState| {
            let route = on(filter(&method), handler.clone());
            let limit = state.config.body_limit;
            if reads { route } else { route.route_layer(from_fn_with_state(limit, to_its_end)) }
        };
        self.0.push((entry, Box::new(mount)));
        self
    }

    fn guarded<A, H, T>(
        mut self,
        access: Access,
        method: Method,
        path: &'static str,
        handler: H,
        body_limit: Option<usize>,
    ) -> Self
    where
        A: Action,
        H: Handler<T, WebState> + Sync,
        T: TakesFirst<Granted<A>> + 'static,
    {
        let entry = RouteEntry { method: method.clone(), path, access, handler: type_name::<H>() };
        let reads = method == Method::GET;
        let mount = move |state: &WebState| {
            let route = on(filter(&method), handler.clone());
            let route = match body_limit {
                Some(bytes) => route.route_layer(DefaultBodyLimit::max(bytes)),
                None => route,
            };
            let limit = body_limit.unwrap_or(state.config.body_limit);
            let route = route.route_layer(from_fn_with_state(limit, to_its_end));
            let route = if reads {
                route.route_layer(from_fn_with_state(state.clone(), guard::<A>))
            } else {
                route.route_layer(from_fn_with_state((state.clone(), limit), guard_form::<A>))
            };
            route.route_layer(map_response(never_kept))
        };
        self.0.push((entry, Box::new(mount)));
        self
    }

    /// The router of one kind of host.
    pub(crate) fn mount(&self, host: Host, state: &WebState) -> Router<WebState> {
        let mut router = Router::new();
        for (entry, mount) in &self.0 {
            let here = match entry.access {
                Access::Public => true,
                Access::Platform => host == Host::Platform,
                Access::Site | Access::Office(_) | Access::HalfIn(_) => host == Host::Office,
            };
            if here {
                let path = entry.path;
                let named = map_response(async move |mut response: Response| {
                    response.extensions_mut().insert(RouteName(path));
                    response
                });
                router = router.route(path, mount(state).route_layer(named));
            }
        }
        router
    }
}

fn filter(method: &Method) -> MethodFilter {
    MethodFilter::try_from(method.clone()).unwrap_or(MethodFilter::TRACE)
}

/// Runs the handler in a task of its own: what has begun comes to its end even if the client leaves or the time is up.
/// Before that the whole body is waited for, so that nothing begins for a client that takes for ever to send it.
async fn to_its_end(State(limit): State<usize>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let request = match whole(body, limit).await {
        Ok(body) => Request::from_parts(parts, body),
        Err(error) => return error.into_response(),
    };
    match tokio::spawn(next.run(request).in_current_span()).await {
        Ok(response) => response,
        Err(error) => WebError::from(error).into_response(),
    }
}

/// What is read and thrown away of a body that is too large: a browser reads no answer before it has sent everything.
const DRAINED: usize = 8 * 1024 * 1024;

pub(crate) async fn whole(mut body: Body, limit: usize) -> Result<Body, WebError> {
    let mut bytes = Vec::new();
    let mut seen = 0;
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame.map_err(|_| WebError::BadRequest("error-form"))?.into_data() else { continue };
        seen += data.len();
        if seen <= limit {
            bytes.extend_from_slice(&data);
        } else if seen <= limit + DRAINED {
            bytes = Vec::new();
        } else {
            break;
        }
    }
    if seen > limit { Err(WebError::TooLarge) } else { Ok(Body::from(bytes)) }
}

/// Pages behind a login are kept nowhere.
async fn never_kept(mut response: Response) -> Response {
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// Says that the first argument of a handler is `X`. Implemented for the argument lists of axum's handlers, whose first
/// part is a marker.
pub trait TakesFirst<X> {}

macro_rules! takes_first {
    ($($rest:ident)*) => {
        impl<M, X, $($rest),*> TakesFirst<X> for (M, X, $($rest,)*) {}
    };
}

takes_first!();
takes_first!(A);
takes_first!(A B);
takes_first!(A B C);
takes_first!(A B C D);
takes_first!(A B C D E);
takes_first!(A B C D E F);
