//! `/einwilligung`: a contact person sees, gives and withdraws consents with a link from the office.
//!
//! The code of the link travels behind the `#`, which no browser sends: it reaches no log on the way. Without a script it is
//! typed in.

use access::actions::AnswerConsent;
use access::anonymous_permit;
use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Response};
use domain::consent::Wording;
use domain::{ItemId, Light};
use serde::Deserialize;
use usecases::Error;
use usecases::consents::by_link::{self, OwnConsents, OwnItem};

use super::private;
use crate::form::{Control, FormField, FormPage, problem};
use crate::office::groups::words::{label, short_date};
use crate::page::{Page, Tone, html};
use crate::visit::SiteVisit;
use crate::{Routes, WebError, WebState};

const PATH: &str = "/einwilligung";

pub(crate) fn routes() -> Routes {
    Routes::new().site(Method::GET, PATH, ask_code).site(Method::POST, PATH, show).site(
        Method::POST,
        "/einwilligung/antwort",
        answer,
    )
}

/// An item with what can be said about it.
struct Line {
    item: ItemId,
    label: String,
    /// Enough to know it again.
    masked: String,
    light: Light,
    until: Option<String>,
    /// What the office asks for.
    asked: Option<Light>,
}

#[derive(Template)]
#[template(path = "entrance/consent.html")]
struct ConsentPage {
    page: Page,
    /// As whose contact the person is known, as far as everyone may know that.
    about: Option<String>,
    code: String,
    lines: Vec<Line>,
    wording: &'static Wording,
}

#[derive(Deserialize)]
struct Typed {
    #[serde(default)]
    code: String,
    #[serde(default)]
    item: String,
    #[serde(default)]
    light: String,
    /// Whether it answers a question; only for what the page says then.
    #[serde(default)]
    asked: String,
}

fn page(visit: &SiteVisit) -> Page {
    let mut page = visit.page(visit.lang.t("own-consent-title"));
    page.indexed = false;
    page
}

fn code_form(visit: &SiteVisit, typed: &str, error: Option<&'static str>) -> Result<Response, WebError> {
    let lang = visit.lang;
    let field = FormField::new("code", lang.t("own-consent-code"))
        .hint(lang.t("own-consent-code-hint"))
        .value(typed)
        .control(Control::LinkCode)
        .error(error);
    FormPage::new(page(visit), lang.t("own-consent-lead"), vec![field], lang.t("own-consent-open"))
        .answer()
        .map(private)
}

async fn ask_code(visit: SiteVisit) -> Result<Response, WebError> {
    code_form(&visit, "", None)
}

fn consents(
    visit: &SiteVisit,
    code: String,
    own: OwnConsents,
    said: Option<(Tone, &str)>,
) -> Result<Response, WebError> {
    let lang = visit.lang;
    let OwnConsents { items, groups, catalogue } = own;
    let line = |OwnItem { item, field, value, light, asked, until }: OwnItem| Line {
        item,
        label: label(lang, &catalogue, field),
        masked: value.masked(),
        light,
        until: until.map(|until| short_date(lang, until)),
        asked,
    };
    let lines = items.into_iter().map(line).collect();
    let mut page = page(visit);
    if let Some((tone, text)) = said {
        page = page.notice(tone, text);
    }
    let status = match said {
        Some((Tone::Error, _)) => StatusCode::UNPROCESSABLE_ENTITY,
        _ => StatusCode::OK,
    };
    let about = (!groups.is_empty()).then(|| lang.t1("own-consent-about", "groups", groups.join(", ")));
    let page = ConsentPage { page, about, code, lines, wording: Wording::current() };
    Ok(private((status, html(&page)?).into_response()))
}

/// The code as it was typed or pasted: also as a whole link, or in groups.
fn code_of(typed: &str) -> String {
    let code = typed.rsplit('#').next().unwrap_or_default();
    code.chars().filter(|one| !one.is_whitespace()).collect()
}

async fn show(
    State(state): State<WebState>,
    visit: SiteVisit,
    Form(Typed { code: typed, .. }): Form<Typed>,
) -> Result<Response, WebError> {
    let permit = anonymous_permit::<AnswerConsent>(visit.site.tenant);
    let code = code_of(&typed);
    if code.is_empty() {
        return code_form(&visit, "", Some(visit.lang.t("error-missing")));
    }
    match by_link::shown(&permit, &state.house, &code).await {
        Ok(own) => consents(&visit, code, own, None),
        Err(Error::NotFound) => {
            super::dead_link(&state, &visit).await;
            code_form(&visit, &typed, Some(visit.lang.t("error-link-code")))
        }
        Err(error) => Err(error.into()),
    }
}

async fn answer(
    State(state): State<WebState>,
    visit: SiteVisit,
    Form(Typed { code, item, light, asked }): Form<Typed>,
) -> Result<Response, WebError> {
    let permit = anonymous_permit::<AnswerConsent>(visit.site.tenant);
    let lang = visit.lang;
    let item: ItemId = item.parse().map_err(|_| WebError::NotFound)?;
    let light = Light::from_code(&light).ok_or(WebError::BadRequest("error-form"))?;
    let said = match by_link::answer(&permit, &state.house, &code, item, light).await {
        Ok(()) if asked == "nein" => (Tone::Success, lang.t("own-consent-refused")),
        Ok(()) if light == Light::Red => (Tone::Success, lang.t("own-consent-withdrawn")),
        Ok(()) => (Tone::Success, lang.t("own-consent-given")),
        Err(Error::Invalid(problems)) => {
            (Tone::Error, problem(lang, &problems, &item.to_string()).unwrap_or_else(|| lang.t("error-form")))
        }
        // Pressed twice, or over by now: what is left says the rest.
        Err(Error::NotFound) => (Tone::Info, lang.t("own-consent-nothing-new")),
        Err(error) => return Err(error.into()),
    };
    match by_link::shown(&permit, &state.house, &code).await {
        Ok(own) => consents(&visit, code, own, Some(said)),
        Err(Error::NotFound) => {
            super::dead_link(&state, &visit).await;
            code_form(&visit, "", Some(lang.t("error-link-code")))
        }
        Err(error) => Err(error.into()),
    }
}
