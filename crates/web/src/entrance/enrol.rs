//! `/login/einrichten`: the first second factor is set up, an app or a passkey, and the recovery codes are shown once.

use access::actions::EnrolSecondFactor;
use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::{HeaderMap, Method};
use axum::response::{IntoResponse, Response};
use fast_qr::QRBuilder;
use fast_qr::convert::svg::SvgBuilder;
use serde::Deserialize;
use usecases::account::enrolment::{self, Enrolment};
use usecases::account::{Begun, passkeys};
use usecases::{Error, Problem};
use zeroize::Zeroizing;

use super::{From, with_session};
use crate::form::{FormField, errors_of, problem, status_of};
use crate::granted::{ENROLMENT, HOME};
use crate::page::{Page, html};
use crate::passkey::{Answered, Ask, PasskeyForm, with_ceremony, without_ceremony};
use crate::visit::{SiteVisit, Visit};
use crate::{Granted, Lang, Routes, WebError, WebState, cookies};

const PASSKEY: &str = "/login/einrichten/passkey";

pub(crate) fn routes() -> Routes {
    Routes::new()
        .half_in::<EnrolSecondFactor, _, _>(Method::GET, ENROLMENT, show)
        .half_in::<EnrolSecondFactor, _, _>(Method::POST, ENROLMENT, enrol)
        .half_in::<EnrolSecondFactor, _, _>(Method::POST, PASSKEY, enrol_passkey)
}

/// A page with an app to set up: picture, secret, fields.
#[derive(Template)]
#[template(path = "entrance/enrol.html")]
pub(crate) struct EnrolPage {
    page: Page,
    lead: &'static str,
    qr: String,
    secret: Zeroizing<String>,
    /// The same for an app on this very device, which cannot photograph its own screen.
    uri: Zeroizing<String>,
    fields: Vec<FormField>,
    errors: Vec<(String, String)>,
    passkey: Option<PasskeyForm>,
}

impl EnrolPage {
    /// The page of this app with these fields.
    pub(crate) fn new(
        page: Page,
        lead: &'static str,
        app: Enrolment,
        fields: Vec<FormField>,
    ) -> Result<Self, WebError> {
        let (qr, errors) = (picture(&app.uri)?, errors_of(&fields));
        Ok(Self { page, lead, qr, secret: app.secret, uri: app.uri, fields, errors, passkey: None })
    }
}

/// The field for the app's first code.
pub(crate) fn code_field(lang: Lang, problems: &[Problem]) -> FormField {
    FormField::new("code", lang.t("code-field"))
        .hint(lang.t("enrol-code-hint"))
        .autocomplete("one-time-code")
        .inputmode("numeric")
        .width("w-10")
        .error(problem(lang, problems, "code"))
}

#[derive(Template)]
#[template(path = "entrance/codes.html")]
pub(crate) struct CodesPage {
    page: Page,
    codes: Vec<Zeroizing<String>>,
    /// When they were made, for the paper they are printed on.
    made: String,
    /// Where to go on once they are kept.
    next: &'static str,
}

impl CodesPage {
    /// Shows the codes in this frame; `next` is the one way on.
    pub(crate) fn new(frame: Page, visit: &Visit, codes: Vec<Zeroizing<String>>, next: &'static str) -> Self {
        Self { page: frame.shown_once(), codes, made: visit.lang.date(visit.today), next }
    }
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
    let ceremony = passkeys::ask_to_enrol(granted, &state.house).await?;
    let fields = vec![code_field(lang, problems)];
    let mut page = EnrolPage::new(visit.page(lang.t("enrol-title")), lang.t("enrol-lead"), shown, fields)?;
    let mut ask = PasskeyForm::new(lang, Ask::Create, PASSKEY, &ceremony, "passkey-set-up");
    ask.lead = lang.t("enrol-passkey");
    ask.problem = problem(lang, problems, "passkey");
    page.passkey = Some(ask);
    with_ceremony((status_of(problems), html(&page)?).into_response(), Some(&ceremony))
}

/// A QR code as a picture inside the page: no second request carries the secret.
pub(crate) fn picture(text: &str) -> Result<String, WebError> {
    let code = QRBuilder::new(text).build().map_err(|error| WebError::internal(error.to_string()))?;
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

fn codes_page(visit: &SiteVisit, begun: &Begun, codes: Vec<Zeroizing<String>>) -> Result<Response, WebError> {
    let page = CodesPage::new(visit.page(visit.lang.t("codes-title")), &visit.visit, codes, HOME);
    with_session(html(&page)?.into_response(), begun)
}

async fn enrol(
    granted: Granted<EnrolSecondFactor>,
    State(state): State<WebState>,
    visit: SiteVisit,
    headers: HeaderMap,
    Form(Typed { code }): Form<Typed>,
) -> Result<Response, WebError> {
    let token = cookies::SESSION.read(&headers).unwrap_or_default();
    let from = From::of(&state, &visit.visit, &headers);
    match enrolment::enrol(&granted, &state.house, token, &code, from.caller()).await {
        Ok((begun, codes)) => codes_page(&visit, &begun, codes),
        Err(Error::Invalid(problems)) => form(&granted, &state, &visit, token, &problems).await,
        Err(error) => Err(error.into()),
    }
}

async fn enrol_passkey(
    granted: Granted<EnrolSecondFactor>,
    State(state): State<WebState>,
    visit: SiteVisit,
    headers: HeaderMap,
    Form(answered): Form<Answered>,
) -> Result<Response, WebError> {
    let token = cookies::SESSION.read(&headers).unwrap_or_default();
    let from = From::of(&state, &visit.visit, &headers);
    match passkeys::enrol(&granted, &state.house, token, answered.to(&headers), from.caller()).await {
        Ok((begun, codes)) => codes_page(&visit, &begun, codes).map(without_ceremony),
        Err(Error::Invalid(problems)) => form(&granted, &state, &visit, token, &problems).await,
        Err(error) => Err(error.into()),
    }
}
