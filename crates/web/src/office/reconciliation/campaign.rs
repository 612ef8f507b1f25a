//! `/office/abgleich/neu`: a campaign: which groups, which words, until when; looked at before it is sent.

use access::Permit;
use access::actions::RunReconciliation;
use askama::Template;
use axum::extract::State;
use axum::http::Method;
use axum::response::{IntoResponse, Redirect, Response};
use domain::reconciliation::Plan;
use domain::{CampaignId, GroupId};
use jiff::civil::Date;

use usecases::reconciliation::campaign::{self as sending, NewCampaign, Preview};
use usecases::reconciliation::overview::Line;
use usecases::reconciliation::words::Wording;
use usecases::{Error, Problem};

use super::{RECONCILIATION, campaign_path};
use crate::form::{Choice, Control, FormField, errors_of, problem, status_of};
use crate::office::groups::posted::Posted;
use crate::page::{Page, html};
use crate::visit::Visit;
use crate::{Granted, Lang, Routes, WebError, WebState};

const PATH: &str = "/office/abgleich/neu";

pub(super) fn routes() -> Routes {
    Routes::new().office::<RunReconciliation, _, _>(Method::GET, PATH, ask).office::<RunReconciliation, _, _>(
        Method::POST,
        PATH,
        send,
    )
}

#[derive(Template)]
#[template(path = "office/reconciliation_new.html")]
struct NewPage {
    page: Page,
    id: CampaignId,
    groups: FormField,
    count: String,
    words: Vec<FormField>,
    dates: Vec<FormField>,
    errors: Vec<(String, String)>,
    preview: Option<Preview>,
}

fn fields(
    lang: Lang,
    new: &NewCampaign,
    lines: &[Line],
    problems: &[Problem],
) -> (FormField, Vec<FormField>, Vec<FormField>) {
    let field = |name: &'static str, value: String| {
        FormField::new(name, lang.t(&format!("campaign-{name}"))).value(value).error(problem(lang, problems, name))
    };
    let choices = lines.iter().map(|line| {
        let chosen = new.groups.contains(&line.id);
        let confirmed = line.confirmed_on.map_or_else(|| lang.t("reconcile-never").to_owned(), |day| lang.date(day));
        let way = lang.t(if line.has_mail { "reconcile-way-mail" } else { "reconcile-way-letter" });
        let hint = format!("{} · {confirmed} · {way}", lang.choice("reconcile-due", line.dueness.code()));
        let mut choice = Choice::new(line.id.to_string(), line.name.as_str(), "");
        (choice.chosen, choice.hint) = (chosen, hint);
        choice
    });
    let groups = field("groups", String::new()).control(Control::Checks(choices.collect()));
    let Wording { subject, german, english } = &new.wording;
    let words = vec![
        field("subject", subject.clone()).hint(lang.t("campaign-subject-hint")),
        field("german", german.clone()).control(Control::Area { rows: 16 }).hint(lang.t("campaign-placeholders")),
        field("english", english.clone()).control(Control::Area { rows: 12 }).optional(),
    ];
    let days = |name, days: u16| field(name, days.to_string()).inputmode("numeric").width("w-5");
    let dates = vec![
        field("deadline", new.plan.deadline.to_string()).control(Control::Input("date")).width("w-10"),
        days("first", new.plan.first_reminder_days),
        days("second", new.plan.second_reminder_days),
    ];
    (groups, words, dates)
}

async fn page(
    permit: &Permit<RunReconciliation>,
    state: &WebState,
    visit: &Visit,
    new: &NewCampaign,
    problems: &[Problem],
    preview: Option<Preview>,
) -> Result<Response, WebError> {
    let lang = visit.lang;
    let lines = sending::choices(permit, &state.house).await?;
    let (groups, words, dates) = fields(lang, new, &lines, problems);
    let errors = errors_of([&groups].into_iter().chain(&words).chain(&dates));
    let page = visit.page(lang.t("campaign-title")).office().back_to(RECONCILIATION, lang.t("reconcile-title"));
    let chosen = lines.iter().filter(|line| new.groups.contains(&line.id)).count();
    let count = lang.tx("campaign-chosen", [("chosen", chosen.into()), ("count", lines.len().into())]);
    let shown = NewPage { page, id: new.id, groups, count, words, dates, errors, preview };
    Ok((status_of(problems), html(&shown)?).into_response())
}

async fn ask(
    granted: Granted<RunReconciliation>,
    State(state): State<WebState>,
    visit: Visit,
) -> Result<Response, WebError> {
    let mut new = sending::blank(&state.house);
    let lines = sending::choices(&granted, &state.house).await?;
    new.groups = lines.iter().filter(|line| sending::preselected(line)).map(|line| line.id).collect();
    page(&granted, &state, &visit, &new, &[], None).await
}

/// What was sent; a day or number that is none is wrong like one out of bounds.
fn read(posted: &Posted) -> Result<NewCampaign, WebError> {
    let days = |name| posted.get(name).trim().parse().unwrap_or(0_u16);
    let deadline: Date = posted.get("deadline").trim().parse().unwrap_or(Date::ZERO);
    Ok(NewCampaign {
        id: posted.get("id").parse().map_err(|_| WebError::BadRequest("error-form"))?,
        groups: posted.all("groups").filter_map(|id| id.parse::<GroupId>().ok()).collect(),
        wording: Wording {
            subject: posted.get("subject").trim().to_owned(),
            german: posted.get("german").replace("\r\n", "\n"),
            english: posted.get("english").replace("\r\n", "\n"),
        },
        plan: Plan { first_reminder_days: days("first"), second_reminder_days: days("second"), deadline },
    })
}

async fn send(
    granted: Granted<RunReconciliation>,
    State(state): State<WebState>,
    visit: Visit,
    posted: Posted,
) -> Result<Response, WebError> {
    let new = read(&posted)?;
    if posted.get("was") == "ansehen" {
        return match sending::preview(&granted, &state.house, &new).await {
            Ok(preview) => page(&granted, &state, &visit, &new, &[], Some(preview)).await,
            Err(Error::Invalid(problems)) => page(&granted, &state, &visit, &new, &problems, None).await,
            Err(error) => Err(error.into()),
        };
    }
    match sending::send(&granted, &state.house, &new).await {
        // Sent already: whoever pressed twice sees the one campaign.
        Ok(()) | Err(Error::Conflict) => Ok(Redirect::to(&campaign_path(new.id)).into_response()),
        Err(Error::Invalid(problems)) => page(&granted, &state, &visit, &new, &problems, None).await,
        Err(error) => Err(error.into()),
    }
}
