//! `/login`: mail address and password.

use access::actions::LogIn;
use access::{Stage, anonymous_permit};
use axum::Form;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, Method};
use axum::response::Response;
use serde::Deserialize;
use usecases::account::login;
use usecases::{Error, Problem, sign_on};

use super::even::Since;
use super::passkey::PASSKEY;
use super::{From, buttons_to, private, redirect_with_session};
use super::{forgotten, mail_link};
use crate::form::{Control, FormField, FormPage, problem};
use crate::granted::{ENROLMENT, HOME, SECOND_FACTOR};
use crate::page::{Flash, NavLink, Tone};
use crate::switch_language::is_own_path;
use crate::visit::SiteVisit;
use crate::{Routes, WebError, WebState};

pub(crate) fn routes() -> Routes {
    Routes::new().site(Method::GET, "/login", show).site(Method::POST, "/login", log_in)
}

/// How the paths behind a login begin.
const BEHIND: [&str; 3] = ["/office", "/konto", "/meine-gruppen"];

/// Where to go on after the login.
#[derive(Debug, Default, Deserialize)]
pub(super) struct GoOn {
    #[serde(default)]
    pub(super) weiter: String,
}

impl GoOn {
    /// The path asked for, if it is one of the office's pages.
    pub(super) fn path(&self) -> Option<&str> {
        Some(self.weiter.as_str())
            .filter(|path| is_own_path(path) && BEHIND.iter().any(|start| path.starts_with(start)))
    }

    /// The page a login goes on at that has come this far.
    pub(super) fn page(&self, stage: Stage) -> String {
        match stage {
            Stage::Enrolling => self.after(ENROLMENT),
            Stage::HalfIn => self.after(SECOND_FACTOR),
            Stage::Full => self.path().unwrap_or(HOME).to_owned(),
        }
    }

    pub(super) fn after(&self, path: &str) -> String {
        match self.path() {
            None => path.to_owned(),
            Some(next) => {
                let next: String = url::form_urlencoded::byte_serialize(next.as_bytes()).collect();
                format!("{path}?weiter={next}")
            }
        }
    }
}

#[derive(Deserialize)]
struct Typed {
    #[serde(default)]
    email: String,
    #[serde(default)]
    password: String,
}

async fn form(
    state: &WebState,
    visit: &SiteVisit,
    go_on: &GoOn,
    (email, problems): (&str, &[Problem]),
) -> Result<FormPage, WebError> {
    let lang = visit.lang;
    let mut page = visit.page(lang.t("login-title"));
    page.indexed = false;
    let fields = vec![
        FormField::new("email", lang.t("field-email"))
            .control(Control::Input("email"))
            .autocomplete("username")
            .value(email),
        FormField::new("password", lang.t("field-password"))
            .control(Control::Input("password"))
            .autocomplete("current-password"),
    ];
    let mut form = FormPage::new(page, lang.t("login-lead"), fields, lang.t("login-submit"));
    form.problem = problem(lang, problems, "").map(str::to_owned);
    form.other_ways = vec![
        NavLink::new(forgotten::PATH, lang.t("forgotten-link")),
        NavLink::new(mail_link::ASK, lang.t("mail-link-instead")),
    ];
    form.other_button = Some(NavLink::new(go_on.after(PASSKEY), lang.t("passkey-log-in")));
    let permit = anonymous_permit::<LogIn>(visit.site.tenant);
    let buttons = sign_on::buttons(&permit, &state.house).await?;
    form.elsewhere = buttons_to(lang, buttons, |provider| go_on.after(&format!("/login/sso/{provider}")));
    Ok(form)
}

async fn show(
    State(state): State<WebState>,
    visit: SiteVisit,
    Query(go_on): Query<GoOn>,
    Query(Flash { meldung }): Query<Flash>,
) -> Result<Response, WebError> {
    let mut form = form(&state, &visit, &go_on, ("", &[])).await?;
    if go_on.path().is_some() {
        form.page = form.page.notice(Tone::Info, visit.lang.t("login-to-go-on"));
    }
    form.page = form.page.flash(meldung.as_deref());
    form.answer().map(private)
}

async fn log_in(
    State(state): State<WebState>,
    visit: SiteVisit,
    Query(go_on): Query<GoOn>,
    headers: HeaderMap,
    Form(Typed { email, password }): Form<Typed>,
) -> Result<Response, WebError> {
    let permit = anonymous_permit::<LogIn>(visit.site.tenant);
    let since = Since::now();
    match login::log_in(&permit, &state.house, &email, &password, From::of(&state, &visit.visit, &headers).caller())
        .await
    {
        Ok(begun) => redirect_with_session(&go_on.page(begun.stage), &begun),
        Err(Error::Invalid(problems)) => {
            let form = form(&state, &visit, &go_on, (&email, &problems)).await?;
            since.answer(form.answer().map(private)).await
        }
        Err(Error::Throttled(until)) => {
            let form = form(&state, &visit, &go_on, (&email, &[])).await?;
            since.answer(form.waits(until, state.clock.now()).answer().map(private)).await
        }
        Err(error) => Err(error.into()),
    }
}
