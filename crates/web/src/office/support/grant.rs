//! `/office/unterstuetzung/erlauben` and `…/verlaengern`: letting a named person of the operator's look in.

use access::Right;
use access::actions::GrantSupport;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::Method;
use axum::response::{IntoResponse, Redirect, Response};
use domain::UserId;
use usecases::support::grant::{self, Form as Typed, HOURS};
use usecases::{Error, Problem};

use super::SUPPORT;
use crate::form::{Choice, Control, FormField, FormPage, Sent, problem};
use crate::visit::Visit;
use crate::{Granted, Lang, Routes, WebError, WebState};

const GRANT: &str = "/office/unterstuetzung/erlauben";
const RENEW: &str = "/office/unterstuetzung/{id}/verlaengern";

pub(crate) fn routes() -> Routes {
    Routes::new()
        .office::<GrantSupport, _, _>(Method::GET, GRANT, ask)
        .office::<GrantSupport, _, _>(Method::POST, GRANT, allow)
        .office::<GrantSupport, _, _>(Method::GET, RENEW, ask_longer)
        .office::<GrantSupport, _, _>(Method::POST, RENEW, renew)
}

fn hours_field(lang: Lang, chosen: &str, problems: &[Problem]) -> FormField {
    let choices = HOURS.into_iter().map(|hours| {
        let count = usize::try_from(hours).unwrap_or_default();
        Choice::new(hours.to_string(), lang.tn("support-hours-choice", count), chosen)
    });
    FormField::new("hours", lang.t("support-hours"))
        .control(Control::Radios(choices.collect()))
        .error(problem(lang, problems, "hours"))
}

async fn form(
    granted: &Granted<GrantSupport>,
    state: &WebState,
    visit: &Visit,
    typed: &Typed,
    problems: &[Problem],
) -> Result<Response, WebError> {
    let lang = visit.lang;
    let operators = grant::operators(granted, &state.house).await?;
    let page = visit.page(lang.t("support-grant")).office().back_to(SUPPORT, lang.t("support-title"));
    let chosen = if let [only] = operators.as_slice() { only.id.to_string() } else { typed.operator.clone() };
    let people = operators.into_iter().map(|operator| {
        let mut choice = Choice::new(operator.id.to_string(), operator.name, &chosen);
        operator.email.as_str().clone_into(&mut choice.hint);
        choice
    });
    let more = Right::SUPPORT_MAY.into_iter().map(|right| {
        let mut choice = Choice::new(right.code(), lang.choice("right", right.code()), "");
        choice.chosen = typed.rights.contains(&choice.value);
        choice
    });
    let people: Vec<Choice> = people.collect();
    if people.is_empty() {
        return FormPage::new(page, lang.t("support-nobody"), Vec::new(), "").answer();
    }
    let fields = vec![
        FormField::new("operator", lang.t("support-operator"))
            .control(Control::Radios(people))
            .error(problem(lang, problems, "operator")),
        FormField::new("reason", lang.t("support-reason"))
            .hint(lang.t("support-reason-hint"))
            .control(Control::Area { rows: 3 })
            .value(&typed.reason)
            .error(problem(lang, problems, "reason")),
        hours_field(lang, &typed.hours, problems),
        FormField::new("rights", lang.t("support-rights"))
            .hint(lang.t("support-rights-hint"))
            .control(Control::Checks(more.collect()))
            .optional(),
    ];
    FormPage::new(page, lang.t("support-grant-lead"), fields, lang.t("support-grant-submit")).answer()
}

async fn ask(
    granted: Granted<GrantSupport>,
    State(state): State<WebState>,
    visit: Visit,
) -> Result<Response, WebError> {
    form(&granted, &state, &visit, &Typed { hours: "1".to_owned(), ..Typed::default() }, &[]).await
}

async fn allow(
    granted: Granted<GrantSupport>,
    State(state): State<WebState>,
    visit: Visit,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    let sent = Sent(sent);
    let one = |name| sent.one(name).to_owned();
    let typed =
        Typed { operator: one("operator"), reason: one("reason"), hours: one("hours"), rights: sent.all("rights") };
    match grant::grant(&granted, &state.house, &typed).await {
        Ok(()) => Ok(Redirect::to(&format!("{SUPPORT}?meldung=einblick-erlaubt")).into_response()),
        Err(Error::Invalid(problems)) => form(&granted, &state, &visit, &typed, &problems).await,
        Err(error) => Err(error.into()),
    }
}

async fn longer(
    granted: &Granted<GrantSupport>,
    state: &WebState,
    visit: &Visit,
    id: &str,
    hours: &str,
    problems: &[Problem],
) -> Result<Response, WebError> {
    let lang = visit.lang;
    let name = grant::name(granted, &state.house, account(id)?).await?;
    let page = visit.page(lang.t1("support-renew-of", "name", name)).office().back_to(SUPPORT, lang.t("support-title"));
    let fields = vec![hours_field(lang, hours, problems)];
    FormPage::new(page, lang.t("support-renew-lead"), fields, lang.t("support-renew")).answer()
}

fn account(id: &str) -> Result<UserId, WebError> {
    id.parse().map_err(|_| WebError::NotFound)
}

async fn ask_longer(
    granted: Granted<GrantSupport>,
    State(state): State<WebState>,
    visit: Visit,
    Path(id): Path<String>,
) -> Result<Response, WebError> {
    longer(&granted, &state, &visit, &id, "1", &[]).await
}

async fn renew(
    granted: Granted<GrantSupport>,
    State(state): State<WebState>,
    visit: Visit,
    Path(id): Path<String>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    let sent = Sent(sent);
    match grant::renew(&granted, &state.house, account(&id)?, sent.one("hours")).await {
        Ok(()) => Ok(Redirect::to(&format!("{SUPPORT}?meldung=einblick-verlaengert")).into_response()),
        Err(Error::Invalid(problems)) => longer(&granted, &state, &visit, &id, sent.one("hours"), &problems).await,
        Err(error) => Err(error.into()),
    }
}
