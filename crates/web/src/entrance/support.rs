//! `/unterstuetzung/{token}`: the operator's support comes in, where the office granted it. Looking at the page uses
//! nothing up.

use access::actions::EnterAsSupport;
use access::{Permit, anonymous_permit};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Method};
use axum::response::Response;
use domain::alert::Sign;
use usecases::support::enter::{self, Door};

use super::{From, private, redirect_with_session};
use crate::granted::HOME;
use crate::office::confirm::ConfirmPage;
use crate::office::groups::words::moment;
use crate::visit::SiteVisit;
use crate::{Routes, WebError, WebState};

const PATH: &str = "/unterstuetzung/{token}";

pub(crate) fn routes() -> Routes {
    Routes::new().site(Method::GET, PATH, show).site(Method::POST, PATH, come_in)
}

async fn show(
    State(state): State<WebState>,
    visit: SiteVisit,
    Path(token): Path<String>,
) -> Result<Response, WebError> {
    let lang = visit.lang;
    let Door { name, reason, rights, until } = match enter::door(visit.site.tenant, &state.house, &token).await {
        Err(usecases::Error::NotFound) => {
            let network = visit.network.to_string();
            state.house.noticed(visit.site.tenant, Sign::DeadSupportLinks, &network, None).await;
            return Err(WebError::NotFound);
        }
        door => door?,
    };
    let mut page = visit.page(lang.t1("support-door-title", "office", visit.site.profile.name.clone()));
    page.indexed = false;
    let rights: Vec<&str> = rights.iter().map(|right| lang.choice("right", right.code())).collect();
    let effects = vec![
        lang.tx("support-door-who", [("name", name.into()), ("until", moment(lang, until).into())]),
        lang.t1("support-door-reason", "reason", reason),
        lang.t1("support-door-rights", "rights", rights.join(" · ")),
        lang.t("support-door-logged").to_owned(),
    ];
    let action = format!("/unterstuetzung/{token}");
    let button = lang.t("support-door-enter");
    ConfirmPage {
        page: page.back_to("/", lang.t("nav-public-site")),
        effects,
        fields: Vec::new(),
        action,
        button,
        danger: false,
    }
    .answer(&[])
    .map(private)
}

async fn come_in(
    State(state): State<WebState>,
    visit: SiteVisit,
    Path(token): Path<String>,
    headers: HeaderMap,
) -> Result<Response, WebError> {
    let permit: Permit<EnterAsSupport> = anonymous_permit(visit.site.tenant);
    let from = From::of(&state, &visit.visit, &headers);
    let begun = enter::enter(&permit, &state.house, &token, from.caller()).await?;
    redirect_with_session(HOME, &begun)
}
