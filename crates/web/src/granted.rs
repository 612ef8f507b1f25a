//! What a handler behind a login is given: who asks, and the permit for the one action of its route.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use access::{Action, ActionName, Denied, Permit, Principal, Stage, authorize};
use axum::extract::{FromRequestParts, Request, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::alert::Sign;

use usecases::Notes;

use crate::office::NAV;
use crate::routes::whole;
use crate::visit::{Place, Visit};
use crate::{WebError, WebState, cookies};

/// Where a login goes on that still needs its second factor.
pub const SECOND_FACTOR: &str = "/login/code";
/// Where a login goes on whose second factor is yet to be set up.
pub const ENROLMENT: &str = "/login/einrichten";
/// The first page of a group admin.
pub const OWN_GROUPS: &str = "/meine-gruppen";
/// Where one proves once more who one is.
pub const PROOF: &str = "/bestaetigen";
/// The page after it for whoever goes on in another window.
pub const PROVEN: &str = "/bestaetigt";
/// The first page after a login.
pub const HOME: &str = "/office";

/// Proof, for a handler, that this request may do `A`. Derefs to the permit.
pub struct Granted<A: Action> {
    principal: Principal,
    permit: Arc<Permit<A>>,
}

impl<A: Action> Granted<A> {
    /// Who asks.
    pub const fn principal(&self) -> &Principal {
        &self.principal
    }
}

impl<A: Action> Deref for Granted<A> {
    type Target = Permit<A>;
    fn deref(&self) -> &Permit<A> {
        &self.permit
    }
}

impl<A: Action> Clone for Granted<A> {
    // Within one request only: it travels from the layer to the handler.
    fn clone(&self) -> Self {
        Self { principal: self.principal.clone(), permit: Arc::clone(&self.permit) }
    }
}

impl<A: Action> fmt::Debug for Granted<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.permit.fmt(f)
    }
}

impl<A: Action> FromRequestParts<WebState> for Granted<A> {
    type Rejection = WebError;

    async fn from_request_parts(parts: &mut Parts, _: &WebState) -> Result<Self, WebError> {
        parts.extensions.get::<Self>().cloned().ok_or_else(|| WebError::internal("a permit the route does not give"))
    }
}

/// The layer in front of every handler behind a login.
pub(crate) async fn guard<A: Action>(State(state): State<WebState>, request: Request, next: Next) -> Response {
    match grant::<A>(&state, request).await {
        Ok(request) => run(&state, request, next).await,
        Err(refused) => refused.into_response(),
    }
}

/// The same for forms. Asked twice: before the body is read, so that strangers cannot fill the memory, and after it, for
/// a sender may take so long that they are somebody else's colleague no more.
pub(crate) async fn guard_form<A: Action>(
    State((state, limit)): State<(WebState, usize)>,
    request: Request,
    next: Next,
) -> Response {
    let granted = async {
        let (parts, body) = grant::<A>(&state, request).await?.into_parts();
        let body = whole(body, limit).await.map_err(|error| Refused { error, inside: None })?;
        grant::<A>(&state, Request::from_parts(parts, body)).await
    };
    match granted.await {
        Ok(request) => run(&state, request, next).await,
        Err(refused) => refused.into_response(),
    }
}

/// The request of somebody who is logged in, for the page of an error: it stays in the office's frame, with the way to
/// one's account and out.
#[derive(Clone, Debug)]
pub(crate) struct Inside(pub(crate) Visit);

/// Why nobody is let in, and whose page says so if they are logged in.
struct Refused {
    error: WebError,
    inside: Option<Inside>,
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let mut response = self.error.into_response();
        if let Some(inside) = self.inside {
            response.extensions_mut().insert(inside);
        }
        response
    }
}

/// What a closed door and a handler's answer say about whoever knocked.
async fn notice(state: &WebState, visit: Option<&Visit>, principal: Option<&Principal>, sign: Sign) {
    let Some(Place::Office(site)) = visit.map(|visit| &visit.place) else { return };
    let user = principal.map(|principal| principal.user);
    let whose = user.map(|user| user.to_string()).or_else(|| visit.map(|visit| visit.network.to_string()));
    state.house.noticed(site.tenant, sign, &whose.unwrap_or_default(), user).await;
}

/// Runs the handler of a route; somebody logged in who asks for what is not here may be guessing.
async fn run(state: &WebState, request: Request, next: Next) -> Response {
    let visit = request.extensions().get::<Visit>().cloned();
    let principal = request.extensions().get::<Principal>().cloned();
    let mut response = next.run(request).await;
    if response.status() == StatusCode::NOT_FOUND {
        notice(state, visit.as_ref(), principal.as_ref(), Sign::NotHere).await;
    }
    let whole = principal.is_some_and(|principal| principal.stage == Stage::Full);
    if let Some(visit) = visit.filter(|_| whole && response.status().as_u16() >= 400) {
        response.extensions_mut().insert(Inside(visit));
    }
    response
}

async fn grant<A: Action>(state: &WebState, request: Request) -> Result<Request, Refused> {
    let visit = request.extensions().get::<Visit>().cloned();
    let knocked = cookies::SESSION.read(request.headers()).is_some();
    match let_in::<A>(state, request).await {
        Err((WebError::LoginRequired, _)) => {
            let sign = if knocked { Sign::DeadLogins } else { Sign::ClosedDoors };
            notice(state, visit.as_ref(), None, sign).await;
            Err(Refused { error: WebError::LoginRequired, inside: None })
        }
        Err((WebError::Forbidden, known)) => {
            let principal = known.as_ref().map(|(principal, _)| principal);
            notice(state, visit.as_ref(), principal, Sign::Forbidden).await;
            Err(Refused { error: WebError::Forbidden, inside: inside(known, visit) })
        }
        Err((WebError::ProofRequired, known)) => {
            Err(Refused { error: WebError::ProofRequired, inside: inside(known, visit) })
        }
        Err((error, _)) => Err(Refused { error, inside: None }),
        Ok(request) => Ok(request),
    }
}

/// The frame of the page that says why not, for somebody whose login is whole.
fn inside(known: Option<(Principal, Notes)>, visit: Option<Visit>) -> Option<Inside> {
    let (principal, notes) = known.filter(|(principal, _)| principal.stage == Stage::Full)?;
    Some(Inside(visit?.entered(principal.rights, notes)))
}

/// Why not, and who it was if that is known.
type Refusal = (WebError, Option<(Principal, Notes)>);

async fn let_in<A: Action>(state: &WebState, mut request: Request) -> Result<Request, Refusal> {
    let nobody = |error| (error, None);
    let Some(Place::Office(site)) = request.extensions().get::<Visit>().map(|visit| &visit.place) else {
        return Err(nobody(WebError::NotFound));
    };
    let token = cookies::SESSION.read(request.headers()).ok_or(nobody(WebError::LoginRequired))?;
    let entered = state.house.entered(&site.slug, token).await.map_err(|error| nobody(error.into()))?;
    let (principal, notes) = entered.ok_or(nobody(WebError::LoginRequired))?;
    if principal.tenant != site.tenant {
        return Err(nobody(WebError::LoginRequired));
    }
    let permit = authorize::<A>(&principal).map_err(|denied| match (denied, principal.stage) {
        // Where every login goes on first; whoever sees no overview goes on at the first page they may see.
        (Denied::Role(_), Stage::Full) if A::NAME == ActionName::ReadToday => {
            let first = NAV.iter().find(|(.., right)| principal.rights.contains(*right));
            first.map_or(WebError::Forbidden, |(path, ..)| WebError::LoginGoesOn(path))
        }
        (Denied::Role(_), _) => WebError::Forbidden,
        (Denied::Proof(_), _) => WebError::ProofRequired,
        (Denied::Stage(_), Stage::HalfIn) => WebError::LoginGoesOn(SECOND_FACTOR),
        (Denied::Stage(_), Stage::Enrolling) => WebError::LoginGoesOn(ENROLMENT),
        (Denied::Stage(_), Stage::Full) => WebError::LoginGoesOn(HOME),
    });
    let permit = match permit {
        Ok(permit) => permit,
        Err(error) => return Err((error, Some((principal, notes)))),
    };
    if let Some(visit) = request.extensions_mut().remove::<Visit>() {
        request.extensions_mut().insert(visit.entered(principal.rights, notes));
    }
    request.extensions_mut().insert(principal.clone());
    request.extensions_mut().insert(Granted { principal, permit: Arc::new(permit) });
    Ok(request)
}
