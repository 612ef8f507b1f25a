//! `/meine-gruppen/{id}/nachfolge`: a group admin says who takes the group over; the office agrees or not.

use access::actions::HandOverGroup;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::Method;
use axum::response::{IntoResponse, Redirect, Response};
use domain::GroupId;
use usecases::people::succession::{self, HandOver, Open, Step};
use usecases::{Error, Problem};

use crate::form::{FormPage, Sent, problem};
use crate::granted::OWN_GROUPS;
use crate::office::confirm::ConfirmPage;
use crate::office::groups::words::moment;
use crate::office::people::{successor_fields, successor_form};
use crate::page::Tone;
use crate::visit::Visit;
use crate::{Granted, Routes, WebError, WebState};

const PATH: &str = "/meine-gruppen/{id}/nachfolge";
const WITHDRAW: &str = "/meine-gruppen/{id}/nachfolge/zuruecknehmen";

pub(crate) fn routes() -> Routes {
    Routes::new()
        .office::<HandOverGroup, _, _>(Method::GET, PATH, show)
        .office::<HandOverGroup, _, _>(Method::POST, PATH, propose)
        .office::<HandOverGroup, _, _>(Method::POST, WITHDRAW, withdraw)
}

async fn page(
    granted: &Granted<HandOverGroup>,
    state: &WebState,
    visit: &Visit,
    id: GroupId,
    sent: &Sent,
    problems: &[Problem],
) -> Result<Response, WebError> {
    let lang = visit.lang;
    let HandOver { name, open, last, group: _ } = succession::own(granted, &state.house, id).await?;
    let title = lang.t1("succession-title", "group", name.clone());
    let page = visit.page(title).office().back_to(format!("{OWN_GROUPS}/{id}"), name);
    if let Some(Open { email, step, expires_at, .. }) = open {
        let key = match step {
            Step::Proposed => "succession-proposed",
            Step::Invited => "succession-invited",
        };
        let said = [("email", email.as_str().to_owned().into()), ("until", moment(lang, expires_at).into())];
        let page = ConfirmPage {
            page: page.notice(Tone::Info, lang.tx(key, said)),
            effects: vec![lang.t("succession-withdraw-effect").to_owned()],
            fields: Vec::new(),
            action: format!("{OWN_GROUPS}/{id}/nachfolge/zuruecknehmen"),
            button: lang.t("people-revoke"),
            danger: false,
        };
        return page.answer(&[]);
    }
    let fields = successor_fields(lang, sent, problem(lang, problems, "email"));
    let lead = if last {
        [lang.t("succession-lead"), lang.t("succession-lead-last")].join(" ")
    } else {
        lang.t("succession-lead").to_owned()
    };
    FormPage::new(page, lead, fields.into(), lang.t("succession-propose")).answer()
}

async fn show(
    granted: Granted<HandOverGroup>,
    State(state): State<WebState>,
    visit: Visit,
    Path(id): Path<String>,
) -> Result<Response, WebError> {
    page(&granted, &state, &visit, group(&id)?, &Sent::default(), &[]).await
}

fn group(id: &str) -> Result<GroupId, WebError> {
    id.parse().map_err(|_| WebError::NotFound)
}

async fn propose(
    granted: Granted<HandOverGroup>,
    State(state): State<WebState>,
    visit: Visit,
    Path(id): Path<String>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    let (id, sent) = (group(&id)?, Sent(sent));
    match succession::propose(&granted, &state.house, id, &successor_form(&sent)).await {
        Ok(()) => Ok(Redirect::to(&format!("{OWN_GROUPS}/{id}?meldung=nachfolge-vorgeschlagen")).into_response()),
        Err(Error::Invalid(problems)) => page(&granted, &state, &visit, id, &sent, &problems).await,
        Err(error) => Err(error.into()),
    }
}

async fn withdraw(
    granted: Granted<HandOverGroup>,
    State(state): State<WebState>,
    Path(id): Path<String>,
) -> Result<Redirect, WebError> {
    let id = group(&id)?;
    succession::withdraw(&granted, &state.house, id).await?;
    Ok(Redirect::to(&format!("{OWN_GROUPS}/{id}?meldung=nachfolge-zurueck")))
}
