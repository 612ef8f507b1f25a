//! `/office/personen/einladen`: a mail with a link for one address and one role.

use access::actions::DecideAccess;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::Method;
use axum::response::{IntoResponse, Redirect, Response};
use domain::InvitationId;
use usecases::people::invite::{self, Form as Typed};
use usecases::{Error, Problem};

use super::{PEOPLE, role_fields};
use crate::form::{Control, FormField, FormPage, Sent, problem};
use crate::visit::Visit;
use crate::{Granted, Routes, WebError, WebState};

const PATH: &str = "/office/personen/einladen";
const AGAIN: &str = "/office/personen/einladungen/{id}/erneut";

pub(crate) fn routes() -> Routes {
    Routes::new()
        .office::<DecideAccess, _, _>(Method::GET, PATH, show)
        .office::<DecideAccess, _, _>(Method::POST, PATH, send)
        .office::<DecideAccess, _, _>(Method::POST, AGAIN, resend)
}

async fn form(
    granted: &Granted<DecideAccess>,
    state: &WebState,
    visit: &Visit,
    typed: &Typed,
    problems: &[Problem],
) -> Result<Response, WebError> {
    let lang = visit.lang;
    let choices = invite::choices(granted, &state.house).await?;
    let [role, groups] = role_fields(lang, &choices, &typed.role, &typed.groups);
    let fields = vec![
        FormField::new("email", lang.t("field-email"))
            .control(Control::Input("email"))
            .autocomplete("off")
            .value(&typed.email)
            .error(problem(lang, problems, "email")),
        role.error(problem(lang, problems, "role")),
        groups.error(problem(lang, problems, "groups")),
    ];
    let page = visit.page(lang.t("people-invite")).office().back_to(PEOPLE, lang.t("people-page-title"));
    FormPage::new(page, lang.t("people-invite-lead"), fields, lang.t("people-invite-submit")).answer()
}

async fn show(
    granted: Granted<DecideAccess>,
    State(state): State<WebState>,
    visit: Visit,
) -> Result<Response, WebError> {
    form(&granted, &state, &visit, &Typed { role: "staff".to_owned(), ..Typed::default() }, &[]).await
}

async fn send(
    granted: Granted<DecideAccess>,
    State(state): State<WebState>,
    visit: Visit,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    let sent = Sent(sent);
    let typed =
        Typed { email: sent.one("email").to_owned(), role: sent.one("role").to_owned(), groups: sent.all("groups") };
    match invite::invite(&granted, &state.house, &typed).await {
        Ok(sent) => {
            let said = match sent {
                invite::Sent::First => "eingeladen",
                invite::Sent::Again => "neu-eingeladen",
            };
            Ok(Redirect::to(&format!("{PEOPLE}?meldung={said}")).into_response())
        }
        Err(Error::Invalid(problems)) => form(&granted, &state, &visit, &typed, &problems).await,
        Err(error) => Err(error.into()),
    }
}

async fn resend(
    granted: Granted<DecideAccess>,
    State(state): State<WebState>,
    Path(id): Path<String>,
) -> Result<Redirect, WebError> {
    let id: InvitationId = id.parse().map_err(|_| WebError::NotFound)?;
    invite::resend(&granted, &state.house, id).await?;
    Ok(Redirect::to(&format!("{PEOPLE}?meldung=neu-eingeladen")))
}
