//! `/login/einrichten`: the second factor is set up, and the recovery codes are shown once.

use access::actions::EnrolSecondFactor;
use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::{HeaderMap, Method};
use axum::response::{IntoResponse, Response};
use fast_qr::QRBuilder;
use fast_qr::convert::svg::SvgBuilder;
use serde::Deserialize;
use usecases::account::enrolment;
use usecases::{Error, Problem};
use zeroize::Zeroizing;

use super::with_session;
use crate::form::{FormField, errors_of, problem, status_of};
use crate::granted::{ENROLMENT, HOME};
use crate::page::{Page, html};
use crate::visit::SiteVisit;
use crate::{Granted, Routes, WebError, WebState, cookies};

pub(crate) fn routes() -> Routes {
    Routes::new().half_in::<EnrolSecondFactor, _, _>(Method::GET, ENROLMENT, show).half_in::<EnrolSecondFactor, _, _>(
        Method::POST,
        ENROLMENT,
        enrol,
    )
}

#[derive(Template)]
#[template(path = "entrance/enrol.html")]
struct EnrolPage {
    page: Page,
    qr: String,
    secret: Zeroizing<String>,
    field: FormField,
    errors: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "entrance/codes.html")]
pub(crate) struct CodesPage {
    pub(crate) page: Page,
    pub(crate) codes: Vec<Zeroizing<String>>,
    /// Where to go on once they are kept.
    pub(crate) next: &'static str,
}

#[derive(Deserialize)]
struct Typed {
    #[serde(default)]
    code: String,
}

async fn form(
    granted: &Granted<EnrolSecondFactor>,
    state: &WebState,
    visit: &SiteVisit,
    token: &str,
    problems: &[Problem],
) -> Result<Response, WebError> {
    let lang = visit.lang;
    let shown = enrolment::enrolment(granted, &state.house, token).await?;
    let field = FormField::new("code", lang.t("code-field"))
        .hint(lang.t("enrol-code-hint"))
        .autocomplete("one-time-code")
        .inputmode("numeric")
        .width("w-10")
        .error(problem(lang, problems, "code"));
    let page = EnrolPage {
        page: visit.page(lang.t("enrol-title")),
        qr: picture(&shown.uri)?,
        secret: shown.secret,
        errors: errors_of(std::slice::from_ref(&field)),
        field,
    };
    Ok((status_of(problems), html(&page)?).into_response())
}

/// The QR code as a picture inside the page: no second request carries the secret.
fn picture(uri: &str) -> Result<String, WebError> {
    let code = QRBuilder::new(uri).build().map_err(|error| WebError::internal(error.to_string()))?;
    let svg = SvgBuilder::default().to_str(&code);
    Ok(format!("data:image/svg+xml;base64,{}", data_encoding::BASE64.encode(svg.as_bytes())))
}

async fn show(
    granted: Granted<EnrolSecondFactor>,
    State(state): State<WebState>,
    visit: SiteVisit,
    headers: HeaderMap,
) -> Result<Response, WebError> {
    form(&granted, &state, &visit, cookies::SESSION.read(&headers).unwrap_or_default(), &[]).await
}

async fn enrol(
    granted: Granted<EnrolSecondFactor>,
    State(state): State<WebState>,
    visit: SiteVisit,
    headers: HeaderMap,
    Form(Typed { code }): Form<Typed>,
) -> Result<Response, WebError> {
    let token = cookies::SESSION.read(&headers).unwrap_or_default();
    match enrolment::enrol(&granted, &state.house, token, &code).await {
        Ok((begun, codes)) => {
            let page = CodesPage { page: visit.page(visit.lang.t("codes-title")), codes, next: HOME };
            with_session(html(&page)?.into_response(), &begun)
        }
        Err(Error::Invalid(problems)) => form(&granted, &state, &visit, token, &problems).await,
        Err(error) => Err(error.into()),
    }
}
