//! `/office/abgleich/neu`: a campaign: which groups, which words, until when; looked at before it is sent.

use access::Permit;
use access::actions::RunReconciliation;
use askama::Template;
use axum::extract::{Query, State};
use axum::http::Method;
use axum::response::{IntoResponse, Redirect, Response};
use domain::reconciliation::Plan;
use domain::{CampaignId, GroupId};
use jiff::civil::Date;
use serde::Deserialize;
use usecases::reconciliation::campaign::{self as sending, MailPreview, NewCampaign, Preview};
use usecases::reconciliation::letters::{Letter, Paragraph};
use usecases::reconciliation::overview::Line;
use usecases::reconciliation::words::Wording;
use usecases::{Error, Problem};

use super::{RECONCILIATION, campaign_path};
use crate::form::{Choice, Control, FormField, errors_of, problem, status_of};
use crate::office::groups::group_path;
use crate::office::groups::posted::Posted;
use crate::page::{NavLink, Page, html};
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
    /// The ids of those that are due.
    due: String,
    count: String,
    words: Vec<FormField>,
    dates: Vec<FormField>,
    errors: Vec<(String, String)>,
}

/// What will be sent, with everything that was typed: sending it, or going back to it, is one button.
#[derive(Template)]
#[template(path = "office/reconciliation_preview.html")]
struct PreviewPage {
    page: Page,
    /// How many mails and letters.
    total: String,
    deadline: String,
    reminders: String,
    /// Groups that neither a mail nor a letter reaches: where, and their names.
    unreachable: Vec<NavLink>,
    mail: Option<MailPreview>,
    letter: Option<(String, Letter)>,
    /// The form as it was sent.
    hidden: Vec<(&'static str, String)>,
}

/// How a group can be written to.
pub(super) fn reach(lang: Lang, line: &Line) -> &'static str {
    line.reach.map_or_else(|| lang.t("reconcile-way-none"), |way| lang.choice("reconcile-way", way.code()))
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
        let hint = lang.tx(
            "campaign-group-hint",
            [
                ("due", super::list::due(lang, line).into()),
                ("confirmed", confirmed.into()),
                ("way", reach(lang, line).into()),
            ],
        );
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
        field("deadline", new.plan.deadline.to_string())
            .control(Control::Input("date"))
            .width("w-10")
            .hint(lang.t("campaign-deadline-hint")),
        days("first", new.plan.first_reminder_days).hint(lang.t("campaign-first-hint")),
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
) -> Result<Response, WebError> {
    let lang = visit.lang;
    let lines = sending::choices(permit, &state.house).await?;
    let (groups, words, dates) = fields(lang, new, &lines, problems);
    let errors = errors_of([&groups].into_iter().chain(&words).chain(&dates));
    let page = visit.page(lang.t("campaign-title")).office().back_to(RECONCILIATION, lang.t("reconcile-title"));
    let chosen = lines.iter().filter(|line| new.groups.contains(&line.id)).count();
    let count = lang.tx("campaign-chosen", [("chosen", chosen.into()), ("count", lines.len().into())]);
    let due: Vec<String> =
        lines.iter().filter(|line| sending::preselected(line)).map(|line| line.id.to_string()).collect();
    let shown = NewPage { page, id: new.id, groups, due: due.join(" "), count, words, dates, errors };
    Ok((status_of(problems), html(&shown)?).into_response())
}

/// What stands ticked at first.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Ticked {
    auswahl: String,
}

async fn ask(
    granted: Granted<RunReconciliation>,
    State(state): State<WebState>,
    visit: Visit,
    Query(Ticked { auswahl }): Query<Ticked>,
) -> Result<Response, WebError> {
    let mut new = sending::blank(&state.house);
    let lines = sending::choices(&granted, &state.house).await?;
    let ticked = |line: &Line| match auswahl.as_str() {
        "alle" => true,
        "keine" => false,
        _ => sending::preselected(line),
    };
    new.groups = lines.iter().filter(|line| ticked(line)).map(|line| line.id).collect();
    page(&granted, &state, &visit, &new, &[]).await
}

fn preview_page(visit: &Visit, new: &NewCampaign, preview: Preview) -> Result<Response, WebError> {
    let lang = visit.lang;
    let Preview { mails, letters, unreachable, mail, letter } = preview;
    let NewCampaign { id, groups, wording: Wording { subject, german, english }, plan } = new;
    let Plan { first_reminder_days, second_reminder_days, deadline } = plan;
    let mut hidden = vec![
        ("id", id.to_string()),
        ("subject", subject.clone()),
        ("german", german.clone()),
        ("english", english.clone()),
        ("deadline", deadline.to_string()),
        ("first", first_reminder_days.to_string()),
        ("second", second_reminder_days.to_string()),
    ];
    hidden.extend(groups.iter().map(|group| ("groups", group.to_string())));
    let total = [("campaign-mails", mails), ("campaign-letters", letters)];
    let total: Vec<String> =
        total.into_iter().filter(|(_, count)| *count > 0).map(|(key, count)| lang.tn(key, count)).collect();
    let shown = PreviewPage {
        page: visit.page(lang.t("campaign-preview-title")).office().back_to(RECONCILIATION, lang.t("reconcile-title")),
        total: total.join(", "),
        deadline: lang.date(*deadline),
        reminders: lang.tx(
            "campaign-preview-reminders",
            [
                ("first", usize::from(*first_reminder_days).into()),
                ("second", usize::from(*second_reminder_days).into()),
            ],
        ),
        unreachable: unreachable.into_iter().map(|(id, name)| NavLink::new(group_path(id), name)).collect(),
        mail,
        letter,
        hidden,
    };
    Ok(html(&shown)?.into_response())
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
    let wrong = match posted.get("was") {
        "aendern" => Vec::new(),
        "senden" => match sending::send(&granted, &state.house, &new).await {
            // Sent already: whoever pressed twice sees the one campaign.
            Ok(()) | Err(Error::Conflict) => return Ok(Redirect::to(&campaign_path(new.id)).into_response()),
            Err(Error::Invalid(problems)) => problems,
            Err(error) => return Err(error.into()),
        },
        _ => match sending::preview(&granted, &state.house, &new).await {
            Ok(preview) => return preview_page(&visit, &new, preview),
            Err(Error::Invalid(problems)) => problems,
            Err(error) => return Err(error.into()),
        },
    };
    page(&granted, &state, &visit, &new, &wrong).await
}
