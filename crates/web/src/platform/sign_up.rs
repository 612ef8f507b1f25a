//! `/anmelden`: an office asks to join.

use axum::Form;
use axum::extract::State;
use axum::http::Method;
use axum::response::{IntoResponse, Redirect, Response};
use domain::office::Regime;
use serde::Deserialize;
use usecases::{Error, Problem, signup};

use super::{Done, answer};
use crate::form::{Choice, Control, FormField, FormPage, problem};
use crate::{Routes, Visit, WebError, WebState};

const PATH: &str = "/anmelden";
const SENT: &str = "/anmelden/post-unterwegs";

pub(crate) fn routes() -> Routes {
    Routes::new().platform(Method::GET, PATH, show).platform(Method::POST, PATH, request).platform(
        Method::GET,
        SENT,
        sent,
    )
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Typed {
    office: String,
    carrier: String,
    regime: String,
    street: String,
    postcode: String,
    town: String,
    email: String,
    slug: String,
}

fn form(visit: &Visit, state: &WebState, typed: &Typed, problems: &[Problem]) -> FormPage {
    let lang = visit.lang;
    let field = |name: &'static str, value: &str| {
        FormField::new(name, lang.t(&format!("signup-{name}"))).value(value).error(problem(lang, problems, name))
    };
    let regimes = Regime::ALL.map(|regime| Choice {
        hint: lang.choice("regime-hint", &regime.code().to_lowercase()).to_owned(),
        ..Choice::new(regime.code(), regime.code(), &typed.regime)
    });
    let fields = vec![
        field("office", &typed.office).hint(lang.t("signup-office-hint")).autocomplete("organization"),
        field("carrier", &typed.carrier).hint(lang.t("signup-carrier-hint")),
        field("regime", "").hint(lang.t("signup-regime-hint")).control(Control::Radios(regimes.to_vec())),
        field("street", &typed.street).autocomplete("street-address"),
        field("postcode", &typed.postcode).autocomplete("postal-code").inputmode("numeric").width("w-5"),
        field("town", &typed.town).autocomplete("address-level2").width("w-20"),
        field("email", &typed.email)
            .hint(lang.t("signup-email-hint"))
            .control(Control::Input("email"))
            .autocomplete("email"),
        field("slug", &typed.slug)
            .hint(lang.t1("signup-slug-hint", "domain", state.config.base_domain.clone()))
            .width("w-20"),
    ];
    let page = visit.page(lang.t("signup-title"));
    FormPage::new(page, lang.t("signup-lead"), fields, lang.t("signup-submit"))
}

async fn show(State(state): State<WebState>, visit: Visit) -> Result<Response, WebError> {
    form(&visit, &state, &Typed { regime: Regime::Dsgvo.code().to_owned(), ..Typed::default() }, &[]).answer()
}

async fn request(State(state): State<WebState>, visit: Visit, Form(typed): Form<Typed>) -> Result<Response, WebError> {
    let Typed { office, carrier, regime, street, postcode, town, email, slug } = &typed;
    let asked = signup::Form {
        office: office.clone(),
        carrier: carrier.clone(),
        regime: regime.clone(),
        street: street.clone(),
        postcode: postcode.clone(),
        town: town.clone(),
        email: email.clone(),
        slug: slug.clone(),
    };
    match signup::request(&state.house, &asked, &visit.network.to_string()).await {
        Ok(()) => Ok(Redirect::to(SENT).into_response()),
        Err(Error::Invalid(problems)) => form(&visit, &state, &typed, &problems).answer(),
        Err(Error::Throttled(until)) => form(&visit, &state, &typed, &[]).waits(until, state.clock.now()).answer(),
        Err(error) => Err(error.into()),
    }
}

async fn sent(visit: Visit) -> Result<Response, WebError> {
    let lang = visit.lang;
    let mut page = visit.page(lang.t("signup-sent-title"));
    page.indexed = false;
    answer(&Done { page, text: lang.t("signup-sent").to_owned(), action: None, link: None })
}
