//! `/office/personen/{id}/faktor-verloren`: a lead says that someone's second factor is lost; any lead stops it.

use ::access::actions::{DecideAccess, ManagePeople};
use axum::Form;
use axum::extract::{Path, State};
use axum::http::Method;
use axum::response::{IntoResponse, Redirect, Response};
use domain::UserId;
use usecases::people::decide::{self, Present};
use usecases::people::lost_factor::{self, Lost};
use usecases::{Error, Problem};

use super::{PEOPLE, user};
use crate::form::{Choice, Control, FormField, Sent};
use crate::office::confirm::ConfirmPage;
use crate::visit::Visit;
use crate::{Granted, Routes, WebError, WebState};

const START: &str = "/office/personen/{id}/faktor-verloren";
const STOP: &str = "/office/personen/{id}/faktor-verloren/stoppen";

pub(crate) fn routes() -> Routes {
    Routes::new()
        .office::<DecideAccess, _, _>(Method::GET, START, ask)
        .office::<DecideAccess, _, _>(Method::POST, START, start)
        .office::<ManagePeople, _, _>(Method::POST, STOP, stop)
}

async fn page(
    granted: &Granted<DecideAccess>,
    state: &WebState,
    visit: &Visit,
    id: UserId,
    problems: &[Problem],
) -> Result<Response, WebError> {
    let lang = visit.lang;
    let Present { name, .. } = decide::present(granted, &state.house, id).await?;
    let page = ConfirmPage {
        page: visit
            .page(lang.t1("lost-factor-title", "name", name.clone()))
            .office()
            .back_to(format!("{PEOPLE}/{id}"), name),
        effects: ["told", "day", "stop", "identity"]
            .map(|key| lang.t(&format!("lost-factor-effect-{key}")).to_owned())
            .into(),
        action: format!("{PEOPLE}/{id}/faktor-verloren"),
        button: lang.t("lost-factor-start"),
        danger: true,
        fields: vec![
            FormField::new("password", lang.t("lost-factor-password"))
                .hint(lang.t("lost-factor-password-hint"))
                .control(Control::Checks(vec![Choice::new("yes", lang.t("lost-factor-password-yes"), "")]))
                .optional(),
        ],
    };
    page.answer(problems)
}

async fn ask(
    granted: Granted<DecideAccess>,
    State(state): State<WebState>,
    visit: Visit,
    Path(id): Path<String>,
) -> Result<Response, WebError> {
    page(&granted, &state, &visit, user(&id)?, &[]).await
}

async fn start(
    granted: Granted<DecideAccess>,
    State(state): State<WebState>,
    visit: Visit,
    Path(id): Path<String>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    let id = user(&id)?;
    let lost = if Sent(sent).one("password") == "yes" { Lost::PasswordToo } else { Lost::Factor };
    match lost_factor::start(&granted, &state.house, id, lost).await {
        Ok(()) => Ok(Redirect::to(&format!("{PEOPLE}/{id}?meldung=faktor-verloren")).into_response()),
        Err(Error::Invalid(problems)) => page(&granted, &state, &visit, id, &problems).await,
        Err(error) => Err(error.into()),
    }
}

async fn stop(
    granted: Granted<ManagePeople>,
    State(state): State<WebState>,
    Path(id): Path<String>,
) -> Result<Redirect, WebError> {
    let id = user(&id)?;
    lost_factor::stop(&granted, &state.house, id).await?;
    Ok(Redirect::to(&format!("{PEOPLE}/{id}?meldung=faktor-bleibt")))
}
