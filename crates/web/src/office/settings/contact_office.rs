//! `/office/einstellungen/kontaktstelle`: name, address and hours of the office.

use access::actions::EditOfficeProfile;
use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::Method;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use usecases::office::profile::Contact;
use usecases::office::{Change, profile, save_profile};
use usecases::{Error, Problem};

use super::Flash;
use crate::form::{Control, FormField, errors_of, problem, wrong};
use crate::{Granted, Lang, Page, Routes, Visit, WebError, WebState, html};

const PATH: &str = "/office/einstellungen/kontaktstelle";

pub(crate) fn routes() -> Routes {
    Routes::new().office::<EditOfficeProfile, _, _>(Method::GET, PATH, show).office::<EditOfficeProfile, _, _>(
        Method::POST,
        PATH,
        save,
    )
}

/// What the form sends.
#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
struct Sent {
    name: String,
    carrier: String,
    street: String,
    postcode: String,
    town: String,
    phone: String,
    email: String,
    hours: String,
    about: String,
}

impl From<Sent> for Contact {
    fn from(sent: Sent) -> Self {
        let Sent { name, carrier, street, postcode, town, phone, email, hours, about } = sent;
        Self { name, carrier, street, postcode, town, phone, email, hours, about }
    }
}

#[derive(Template)]
#[template(path = "office/contact_office.html")]
struct ContactOfficePage {
    page: Page,
    fields: Vec<FormField>,
    errors: Vec<(String, String)>,
}

fn page(visit: &Visit, contact: &Contact, problems: &[Problem], flash: Option<&str>) -> ContactOfficePage {
    let lang = visit.lang;
    let fields = fields(lang, contact, problems);
    ContactOfficePage {
        page: visit
            .page(lang.t("settings-profile"))
            .office()
            .back_to("/office/einstellungen", lang.t("settings-title"))
            .flash(flash),
        errors: errors_of(&fields),
        fields,
    }
}

fn fields(lang: Lang, contact: &Contact, problems: &[Problem]) -> Vec<FormField> {
    let Contact { name, carrier, street, postcode, town, phone, email, hours, about } = contact;
    let field = |id: &str, value: &str| {
        FormField::new(id, lang.t(&format!("profile-{id}"))).value(value).error(problem(lang, problems, id))
    };
    vec![
        field("name", name).autocomplete("organization"),
        field("carrier", carrier).hint(lang.t("profile-carrier-hint")),
        field("street", street).autocomplete("street-address"),
        field("postcode", postcode).autocomplete("postal-code").inputmode("numeric").width("w-5"),
        field("town", town).autocomplete("address-level2").width("w-20"),
        field("phone", phone)
            .control(Control::Input("tel"))
            .autocomplete("tel")
            .hint(lang.t("profile-phone-hint"))
            .width("w-20")
            .optional(),
        field("email", email).control(Control::Input("email")).autocomplete("email").width("w-20").optional(),
        field("hours", hours).control(Control::Area { rows: 3 }).hint(lang.t("profile-hours-hint")).optional(),
        field("about", about).control(Control::Area { rows: 6 }).hint(lang.t("profile-about-hint")).optional(),
    ]
}

async fn show(
    granted: Granted<EditOfficeProfile>,
    State(state): State<WebState>,
    visit: Visit,
    Query(Flash { meldung }): Query<Flash>,
) -> Result<Response, WebError> {
    let (profile, _) = profile(&granted, &state.house).await?;
    Ok(html(&page(&visit, &profile.into(), &[], meldung.as_deref()))?.into_response())
}

async fn save(
    granted: Granted<EditOfficeProfile>,
    State(state): State<WebState>,
    visit: Visit,
    Form(sent): Form<Sent>,
) -> Result<Response, WebError> {
    let contact = Contact::from(sent);
    match save_profile(&granted, &state.house, Change::Contact(contact.clone())).await {
        Ok(()) => Ok(Redirect::to(&format!("{PATH}?meldung=gespeichert")).into_response()),
        Err(Error::Invalid(problems)) => wrong(&page(&visit, &contact, &problems, None)),
        Err(error) => Err(error.into()),
    }
}
