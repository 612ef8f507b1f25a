//! `/login/link`: group admins log in with a link by mail. Looking at the link's page uses nothing up.

use access::actions::LogIn;
use access::{Stage, anonymous_permit};
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, Method, header};
use axum::response::{IntoResponse, Redirect, Response};
use usecases::account::mail_login;
use usecases::{Error, Problem};

use super::ask_mail::{AskMail, Typed};
use super::even::Since;
use super::{From, in_force, private, redirect_with_session};
use crate::form::{FormPage, problem};
use crate::granted::{ENROLMENT, HOME, SECOND_FACTOR};
use crate::page::{Flash, NavLink};
use crate::visit::SiteVisit;
use crate::{Routes, WebError, WebState, cookies};

pub(super) const ASK: &str = "/login/link";
const LINK: &str = "/login/link/{token}";

pub(crate) fn routes() -> Routes {
    Routes::new().site(Method::GET, ASK, show).site(Method::POST, ASK, ask).site(Method::GET, LINK, show_link).site(
        Method::POST,
        LINK,
        log_in,
    )
}

const PAGE: AskMail = AskMail { title: "mail-link-title", lead: "mail-link-lead" };

async fn show(visit: SiteVisit, Query(Flash { meldung }): Query<Flash>) -> Result<Response, WebError> {
    PAGE.shown(&visit, meldung.as_deref())
}

async fn ask(
    State(state): State<WebState>,
    visit: SiteVisit,
    Form(Typed { email }): Form<Typed>,
) -> Result<Response, WebError> {
    let permit = anonymous_permit::<LogIn>(visit.site.tenant);
    let since = Since::now();
    let answer = match mail_login::ask(&permit, &state.house, &email, &visit.network.to_string()).await {
        Ok(browser) => sent(&browser),
        Err(Error::Invalid(problems)) => PAGE.wrong(&visit, &email, &problems),
        Err(Error::Throttled(until)) => PAGE.waits(&state, &visit, &email, until),
        Err(error) => Err(error.into()),
    };
    since.mail_answer(answer).await
}

fn sent(browser: &str) -> Result<Response, WebError> {
    let mut response = Redirect::to(&format!("{ASK}?meldung=link-gesendet")).into_response();
    let cookie = cookies::LINK.set(browser).ok_or_else(|| WebError::internal("a token no cookie can hold"))?;
    response.headers_mut().append(header::SET_COOKIE, cookie);
    Ok(response)
}

async fn link_form(
    state: &WebState,
    visit: &SiteVisit,
    token: &str,
    problems: &[Problem],
) -> Result<Response, WebError> {
    let permit = anonymous_permit::<LogIn>(visit.site.tenant);
    in_force(state, visit, mail_login::shown(&permit, &state.house, token).await).await?;
    let lang = visit.lang;
    let mut page = visit.page(lang.t("mail-link-use-title"));
    page.indexed = false;
    let mut form = FormPage::button(page, lang.t("mail-link-use-lead"), lang.t("login-submit"));
    form.problem = problem(lang, problems, "").map(str::to_owned);
    form.other_ways = vec![NavLink::new(ASK, lang.t("mail-link-again"))];
    form.answer().map(private)
}

async fn show_link(
    State(state): State<WebState>,
    visit: SiteVisit,
    Path(token): Path<String>,
) -> Result<Response, WebError> {
    link_form(&state, &visit, &token, &[]).await
}

async fn log_in(
    State(state): State<WebState>,
    visit: SiteVisit,
    Path(token): Path<String>,
    headers: HeaderMap,
) -> Result<Response, WebError> {
    let permit = anonymous_permit::<LogIn>(visit.site.tenant);
    let from = From::of(&state, &visit.visit, &headers);
    let browser = cookies::LINK.read(&headers).unwrap_or_default();
    match mail_login::log_in(&permit, &state.house, &token, browser, from.caller()).await {
        Ok(begun) => {
            let next = match begun.stage {
                Stage::Enrolling => ENROLMENT,
                Stage::HalfIn => SECOND_FACTOR,
                Stage::Full => HOME,
            };
            let mut response = redirect_with_session(next, &begun)?;
            if let Some(cookie) = cookies::LINK.clear() {
                response.headers_mut().append(header::SET_COOKIE, cookie);
            }
            Ok(response)
        }
        Err(Error::Invalid(problems)) => link_form(&state, &visit, &token, &problems).await,
        Err(error) => in_force(&state, &visit, Err(error)).await,
    }
}
