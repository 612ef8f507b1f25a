//! `/office/gruppen/{id}/weitergeben`: yellow items of a group are passed on to somebody.

use access::actions::PassOn;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::Method;
use axum::response::{IntoResponse, Redirect, Response};
use domain::GroupId;
use domain::disclosure::Channel;
use usecases::disclosures::pass_on::{Form, Offer, Offered, Outcome, offer, pass_on};
use usecases::{Error, Problem};

use super::posted::Posted;
use super::words::{Words, label, moment};
use super::{group_path, to_group};
use crate::entrance::private;
use crate::form::{Choice, Control, FormField, errors_of, problem, wrong};
use crate::page::{Page, html};
use crate::visit::Visit;
use crate::{Granted, Lang, Routes, WebError, WebState};

const PATH: &str = "/office/gruppen/{id}/weitergeben";

pub(super) fn routes() -> Routes {
    Routes::new().office::<PassOn, _, _>(Method::GET, PATH, show).office::<PassOn, _, _>(Method::POST, PATH, save)
}

/// A red item, by its name, and what would have to happen.
struct Red {
    label: String,
    whose: String,
    why: &'static str,
}

#[derive(Template)]
#[template(path = "office/groups_pass_on.html")]
struct PassOnPage {
    page: Page,
    /// What is said before the form.
    says: Vec<String>,
    /// Why there is no form.
    closed: Option<&'static str>,
    problem: Option<&'static str>,
    errors: Vec<(String, String)>,
    id: String,
    fields: Vec<FormField>,
    red: Vec<Red>,
    submit: &'static str,
    cancel: String,
}

/// The link, shown once.
#[derive(Template)]
#[template(path = "office/groups_link.html")]
struct LinkPage {
    page: Page,
    link: String,
    /// For whom it is, and until when it works.
    until: String,
    back: String,
}

fn page_of(visit: &Visit, group: GroupId, offer: &Offer, typed: &Form, problems: &[Problem]) -> PassOnPage {
    let lang = visit.lang;
    let mut says = vec![lang.t("pass-on-lead").to_owned()];
    if let Some(mails) = offer.ask_first {
        says.push(if mails == 0 { lang.t("pass-on-asks-nobody").to_owned() } else { lang.tn("pass-on-asks", mails) });
    }
    let closed = match (offer.open, offer.items.is_empty()) {
        (false, _) => Some(lang.t("error-group-not-passed-on")),
        (true, true) => Some(lang.t("pass-on-nothing")),
        (true, false) => None,
    };
    let fields = fields(lang, offer, typed, problems);
    let name = Words::name(&offer.name, lang.t("groups-nameless")).text;
    PassOnPage {
        page: super::page(visit, lang.t("pass-on-title")).back_to(group_path(group), name),
        says,
        closed,
        problem: problem(lang, problems, ""),
        errors: errors_of(&fields),
        id: if typed.id.is_empty() { offer.id.to_string() } else { typed.id.clone() },
        fields,
        red: offer
            .red
            .iter()
            .map(|kept| Red {
                label: label(lang, &offer.catalogue, kept.field),
                whose: kept.person.clone().unwrap_or_default(),
                why: lang.choice("obstacle", kept.obstacle.code()),
            })
            .collect(),
        submit: lang.t(match offer.ask_first {
            None => "pass-on-submit",
            Some(0) => "pass-on-submit-note",
            Some(_) => "pass-on-submit-ask",
        }),
        cancel: group_path(group),
    }
}

fn fields(lang: Lang, offer: &Offer, typed: &Form, problems: &[Problem]) -> Vec<FormField> {
    let choice = |one: &Offered| {
        let id = one.item.id.to_string();
        let value = Words::of(lang, &offer.catalogue, one.item.field, &one.item.value).text;
        let text = format!("{}: {value}", label(lang, &offer.catalogue, one.item.field));
        let chosen = typed.items.contains(&id);
        Choice { value: id, text, hint: one.person.clone().unwrap_or_default(), chosen }
    };
    let channels = Channel::ALL.map(|channel| {
        let hint = if offer.ask_first.is_some() { "pass-on-hint-asked" } else { "pass-on-hint" };
        let hint = lang.choice(hint, channel.code()).to_owned();
        Choice { hint, ..Choice::new(channel.code(), lang.choice("pass-on-by", channel.code()), &typed.channel) }
    });
    let field = |name: &'static str, key: &str, value: &str| {
        FormField::new(name, lang.t(key)).value(value).error(problem(lang, problems, name))
    };
    vec![
        field("items", "pass-on-items", "").control(Control::Checks(offer.items.iter().map(choice).collect())),
        field("recipient", "pass-on-recipient", &typed.recipient).hint(lang.t("pass-on-recipient-hint")),
        field("purpose", "pass-on-purpose", &typed.purpose)
            .hint(lang.t("pass-on-purpose-hint"))
            .control(Control::Area { rows: 2 }),
        field("channel", "pass-on-channel", "").control(Control::Radios(channels.into())),
        field("email", "pass-on-email", &typed.email).control(Control::Input("email")).optional(),
    ]
}

async fn show(
    granted: Granted<PassOn>,
    State(state): State<WebState>,
    visit: Visit,
    Path(id): Path<String>,
) -> Result<Response, WebError> {
    let id = super::id(&id)?;
    let offer = offer(&granted, &state.house, id).await?;
    // Where there is only one thing to choose, it is chosen.
    let items = match offer.items.as_slice() {
        [only] => vec![only.item.id.to_string()],
        _ => Vec::new(),
    };
    Ok(html(&page_of(&visit, id, &offer, &Form { items, ..Form::default() }, &[]))?.into_response())
}

async fn save(
    granted: Granted<PassOn>,
    State(state): State<WebState>,
    visit: Visit,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, WebError> {
    let id = super::id(&id)?;
    let text = |name: &str| posted.get(name).to_owned();
    let typed = Form {
        id: text("id"),
        items: posted.all("items").map(str::to_owned).collect(),
        recipient: text("recipient"),
        email: text("email"),
        purpose: text("purpose"),
        channel: text("channel"),
    };
    match pass_on(&granted, &state.house, id, &typed).await {
        Ok(outcome) => came_of(&visit, id, outcome),
        Err(Error::Invalid(problems)) => {
            let offer = offer(&granted, &state.house, id).await?;
            wrong(&page_of(&visit, id, &offer, &typed, &problems))
        }
        Err(error) => Err(error.into()),
    }
}

/// The answer to what came of passing on.
pub(super) fn came_of(visit: &Visit, group: GroupId, outcome: Outcome) -> Result<Response, WebError> {
    let lang = visit.lang;
    Ok(match outcome {
        Outcome::Told => to_group(group, "weitergegeben"),
        Outcome::Mailed => to_group(group, "weitergabe-gesendet"),
        Outcome::Asked(0) => to_group(group, "weitergabe-fragen"),
        Outcome::Asked(_) => to_group(group, "weitergabe-angefragt"),
        // A second click can lose the page of the first, with its link: from there it can be shown again.
        Outcome::Again(id) => {
            Redirect::to(&format!("/office/weitergaben/{id}?meldung=weitergabe-schon")).into_response()
        }
        Outcome::Link(link, until) => {
            let page =
                super::page(visit, lang.t("pass-on-link-title")).back_to(group_path(group), lang.t("pass-on-back"));
            let until = lang.t1("pass-on-link-lead", "until", moment(lang, until));
            private(html(&LinkPage { page, link: link.to_string(), until, back: group_path(group) })?.into_response())
        }
    })
}
