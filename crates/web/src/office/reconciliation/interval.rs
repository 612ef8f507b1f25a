//! `/office/abgleich/abstand`: how often groups are asked, and what is done after a long silence; looked at before it is saved.

use access::Permit;
use access::actions::SetInterval;
use askama::Template;
use axum::extract::State;
use axum::http::Method;
use axum::response::{IntoResponse, Redirect, Response};
use domain::silence::{SilenceAct, SilencePolicy};
use usecases::reconciliation::interval::{self, Typed};
use usecases::reconciliation::silence::{self, Reach};
use usecases::{Error, Problem};

use super::RECONCILIATION;
use crate::form::{Choice, Control, FormField, errors_of, problem, status_of};
use crate::office::groups::posted::Posted;
use crate::page::{Page, html};
use crate::visit::Visit;
use crate::{Granted, Lang, Routes, WebError, WebState};

const PATH: &str = "/office/abgleich/abstand";

pub(super) fn routes() -> Routes {
    Routes::new().office::<SetInterval, _, _>(Method::GET, PATH, ask).office::<SetInterval, _, _>(
        Method::POST,
        PATH,
        set,
    )
}

#[derive(Template)]
#[template(path = "office/reconciliation_interval.html")]
struct IntervalPage {
    page: Page,
    months: FormField,
    silence: Vec<FormField>,
    errors: Vec<(String, String)>,
    preview: Vec<String>,
}

fn page(visit: &Visit, sent: &Typed, problems: &[Problem], preview: Vec<String>) -> Result<Response, WebError> {
    let lang = visit.lang;
    let Typed { months, act, silent_months, apart_days } = sent;
    let field = |name: &'static str, label: &str, hint: String, value: &str| {
        FormField::new(name, lang.t(label)).hint(hint).value(value).error(problem(lang, problems, name))
    };
    let number = |field: FormField| field.inputmode("numeric").width("w-5");
    let choice = |code: &'static str| {
        let mut choice = Choice::new(code, lang.choice("silence-act", word(code)), act);
        lang.choice("silence-act-hint", word(code)).clone_into(&mut choice.hint);
        choice
    };
    let acts = ["", SilenceAct::Close.code(), SilenceAct::Pause.code()].map(choice);
    let months = number(field("months", "interval-months", lang.t("interval-hint").to_owned(), months));
    let silence = vec![
        field("act", "silence-act", String::new(), "").control(Control::Radios(acts.into())),
        number(field("silent-months", "silence-months", lang.t("silence-months-hint").to_owned(), silent_months)),
        number(field("apart-days", "silence-days", lang.t("silence-days-hint").to_owned(), apart_days)),
    ];
    let page = visit.page(lang.t("interval-title")).office().back_to(RECONCILIATION, lang.t("reconcile-title"));
    let errors = errors_of([&months].into_iter().chain(&silence));
    Ok((status_of(problems), html(&IntervalPage { page, months, silence, errors, preview })?).into_response())
}

/// The word of an act in texts.
const fn word(code: &'static str) -> &'static str {
    if code.is_empty() { "nothing" } else { code }
}

async fn ask(granted: Granted<SetInterval>, State(state): State<WebState>, visit: Visit) -> Result<Response, WebError> {
    let shown = interval::shown(&granted, &state.house).await?;
    let preview = match &shown.silence {
        Some(policy) => preview(&granted, &state, visit.lang, policy).await?,
        None => Vec::new(),
    };
    page(&visit, &Typed::from(&shown), &[], preview)
}

/// What a policy will do, and what it would have to do with today.
async fn preview(
    permit: &Permit<SetInterval>,
    state: &WebState,
    lang: Lang,
    policy: &SilencePolicy,
) -> Result<Vec<String>, WebError> {
    let Reach { groups, without_mail, items } = silence::preview(permit, &state.house, policy).await?;
    let SilencePolicy { act, months, apart_days } = policy;
    let mut said = vec![
        lang.tx("silence-will", [("months", usize::from(*months).into()), ("days", usize::from(*apart_days).into())]),
        lang.choice("silence-will", act.code()).to_owned(),
        lang.tn("silence-now", groups),
    ];
    if groups > 0 && *act == SilenceAct::Close {
        said.push(lang.tn("silence-items", items));
    }
    if without_mail > 0 {
        said.push(lang.tn("silence-without-mail", without_mail));
    }
    said.push(lang.t("silence-never").to_owned());
    Ok(said)
}

async fn set(
    granted: Granted<SetInterval>,
    State(state): State<WebState>,
    visit: Visit,
    posted: Posted,
) -> Result<Response, WebError> {
    let text = |name| posted.get(name).to_owned();
    let sent = Typed {
        months: text("months"),
        act: text("act"),
        silent_months: text("silent-months"),
        apart_days: text("apart-days"),
    };
    if posted.get("was") == "ansehen" {
        return match interval::read(&sent) {
            Ok((_, Some(policy))) => {
                let preview = preview(&granted, &state, visit.lang, &policy).await?;
                page(&visit, &sent, &[], preview)
            }
            Ok((_, None)) => page(&visit, &sent, &[], vec![visit.lang.t("silence-nothing").to_owned()]),
            Err(Error::Invalid(problems)) => page(&visit, &sent, &problems, Vec::new()),
            Err(error) => Err(error.into()),
        };
    }
    match interval::set(&granted, &state.house, &sent).await {
        Ok(()) => Ok(Redirect::to(&format!("{RECONCILIATION}?meldung=gespeichert")).into_response()),
        Err(Error::Invalid(problems)) => page(&visit, &sent, &problems, Vec::new()),
        Err(error) => Err(error.into()),
    }
}
