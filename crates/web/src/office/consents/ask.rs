//! `/office/gruppen/{id}/personen/{person}/fragen`: asks a person by mail for consent, item by item.

use access::actions::RecordConsent;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::Method;
use axum::response::{IntoResponse, Redirect, Response};
use domain::{ItemId, Light};
use usecases::consents::{address, by_link, needing, record};
use usecases::{Error, Problem};

use super::CONSENTS;
use crate::form::{Choice, Control, FormField, FormPage, Sent, problem};
use crate::office::groups::words::{Words, label, light};
use crate::office::groups::{group_path, id};
use crate::visit::Visit;
use crate::{Granted, Routes, WebError, WebState};

const PATH: &str = "/office/gruppen/{id}/personen/{person}/fragen";

pub(super) fn routes() -> Routes {
    Routes::new().office::<RecordConsent, _, _>(Method::GET, PATH, show).office::<RecordConsent, _, _>(
        Method::POST,
        PATH,
        send,
    )
}

async fn page(
    granted: &Granted<RecordConsent>,
    state: &WebState,
    visit: &Visit,
    (group, person): (&str, &str),
    sent: &Sent,
    problems: &[Problem],
) -> Result<Response, WebError> {
    let lang = visit.lang;
    let group = id(group)?;
    let record::Asked { person, catalogue, .. } = record::person(granted, &state.house, group, id(person)?).await?;
    let fields = needing(&person).map(|item| {
        let name = item.id.to_string();
        let chosen = match sent.one(&name) {
            "" if person.consented(item) == Light::Red && person.withdrew(item).is_none() => {
                Light::Yellow.under(item.limit.ceiling).code()
            }
            "" => "red",
            typed => typed,
        };
        let none = Choice::new("red", lang.t("consent-ask-not"), chosen);
        let open = [Light::Yellow, Light::Green].into_iter().filter(|one| *one <= item.limit.ceiling);
        let open = open.map(|one| Choice {
            hint: lang.choice("light-means", one.code()).to_owned(),
            ..Choice::new(one.code(), light(lang, one), chosen)
        });
        FormField::new(name, label(lang, &catalogue, item.field))
            .hint(Words::of(lang, &catalogue, item.field, &item.value).text)
            .control(Control::Radios([none].into_iter().chain(open).collect()))
    });
    let fields = fields.collect();
    let page = super::super::page(visit, lang.t("consent-ask-title")).back_to(CONSENTS, lang.t("consents-title"));
    let Some(email) = address(&person) else {
        let mut form = FormPage::new(page, lang.t("error-address-missing"), Vec::new(), String::new());
        form.other_ways = vec![crate::page::NavLink::new(group_path(group), lang.t("consent-back"))];
        return form.answer();
    };
    let lead = lang.t1("consent-ask-lead", "email", email.as_str().to_owned());
    let mut form = FormPage::new(page, lead, fields, lang.t("consent-ask-send"));
    form.problem = problem(lang, problems, "").map(str::to_owned);
    form.answer()
}

async fn show(
    granted: Granted<RecordConsent>,
    State(state): State<WebState>,
    visit: Visit,
    Path((group, person)): Path<(String, String)>,
) -> Result<Response, WebError> {
    page(&granted, &state, &visit, (&group, &person), &Sent::default(), &[]).await
}

async fn send(
    granted: Granted<RecordConsent>,
    State(state): State<WebState>,
    visit: Visit,
    Path((group, person)): Path<(String, String)>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    let sent = Sent(sent);
    let asked: Vec<(ItemId, Light)> = sent
        .0
        .iter()
        .filter_map(|(item, typed)| Some((item.parse().ok()?, Light::from_code(typed)?)))
        .filter(|(_, light)| *light > Light::Red)
        .collect();
    match by_link::ask(&granted, &state.house, (id(&group)?, id(&person)?), &asked).await {
        Ok(()) => Ok(Redirect::to(&format!("{CONSENTS}?meldung=einwilligung-gefragt")).into_response()),
        Err(Error::Invalid(problems)) => page(&granted, &state, &visit, (&group, &person), &sent, &problems).await,
        Err(error) => Err(error.into()),
    }
}
