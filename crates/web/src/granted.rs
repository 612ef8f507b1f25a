//! What a handler behind a login is given: who asks, and the permit for the one action of its route.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use access::{Action, ActionName, Denied, Permit, Principal, Right, Stage, authorize};
use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

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
        Ok(request) => next.run(request).await,
        Err(error) => error.into_response(),
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
        let body = whole(body, limit).await?;
        grant::<A>(&state, Request::from_parts(parts, body)).await
    };
    match granted.await {
        Ok(request) => next.run(request).await,
        Err(error) => error.into_response(),
    }
}

async fn grant<A: Action>(state: &WebState, mut request: Request) -> Result<Request, WebError> {
    let Some(Place::Office(site)) = request.extensions().get::<Visit>().map(|visit| &visit.place) else {
        return Err(WebError::NotFound);
    };
    let token = cookies::SESSION.read(request.headers()).ok_or(WebError::LoginRequired)?;
    let (principal, support) = state.house.entered(&site.slug, token).await?.ok_or(WebError::LoginRequired)?;
    if principal.tenant != site.tenant {
        return Err(WebError::LoginRequired);
    }
    let permit = authorize::<A>(&principal).map_err(|denied| match (denied, principal.stage) {
        (Denied::Role(_), _) if principal.rights.contains(Right::OwnGroups) && A::NAME == ActionName::ReadToday => {
            WebError::LoginGoesOn(OWN_GROUPS)
        }
        (Denied::Role(_), _) => WebError::Forbidden,
        (Denied::Proof(_), _) => WebError::ProofRequired,
        (Denied::Stage(_), Stage::HalfIn) => WebError::LoginGoesOn(SECOND_FACTOR),
        (Denied::Stage(_), Stage::Enrolling) => WebError::LoginGoesOn(ENROLMENT),
        (Denied::Stage(_), Stage::Full) => WebError::LoginGoesOn(HOME),
    })?;
    if let Some(visit) = request.extensions_mut().remove::<Visit>() {
        request.extensions_mut().insert(visit.entered(principal.rights, support));
    }
    request.extensions_mut().insert(Granted { principal, permit: Arc::new(permit) });
    Ok(request)
}
