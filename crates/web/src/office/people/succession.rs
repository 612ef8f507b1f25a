//! A group is handed over: the office agrees to what a group admin proposed, or begins it when they ask on the phone.

use ::access::actions::{DecideAccess, ManagePeople};
use axum::Form;
use axum::extract::{Path, State};
use axum::http::Method;
use axum::response::{IntoResponse, Redirect, Response};
use domain::{InvitationId, UserId};
use usecases::people::decide::{self, Present};
use usecases::people::succession::{self, Leaves, Proposal};
use usecases::people::{invite, succession::Form as Typed};
use usecases::{Error, Problem};

use super::{PEOPLE, user};
use crate::form::{Choice, Control, FormField, FormPage, Sent, problem};
use crate::office::confirm::ConfirmPage;
use crate::page::NavLink;
use crate::visit::Visit;
use crate::{Granted, Lang, Routes, WebError, WebState};

const AGREE: &str = "/office/personen/nachfolge/{id}";
const REFUSE: &str = "/office/personen/nachfolge/{id}/ablehnen";
const BEGIN: &str = "/office/personen/{id}/nachfolge";

pub(crate) fn routes() -> Routes {
    Routes::new()
        .office::<ManagePeople, _, _>(Method::GET, AGREE, ask)
        .office::<DecideAccess, _, _>(Method::POST, AGREE, agree)
        .office::<DecideAccess, _, _>(Method::GET, REFUSE, ask_refuse)
        .office::<DecideAccess, _, _>(Method::POST, REFUSE, refuse)
        .office::<DecideAccess, _, _>(Method::GET, BEGIN, ask_begin)
        .office::<DecideAccess, _, _>(Method::POST, BEGIN, begin)
}

/// Who is to take over, and whether the present admin gives the group up then.
pub(crate) fn successor_fields(lang: Lang, sent: &Sent, error: Option<&'static str>) -> [FormField; 2] {
    let email = FormField::new("email", lang.t("succession-email"))
        .hint(lang.t("succession-email-hint"))
        .control(Control::Input("email"))
        .autocomplete("off")
        .value(sent.one("email"))
        .error(error);
    let chosen = if sent.one("leaves") == "no" { "no" } else { "then" };
    let choices = vec![
        Choice::new("then", lang.t("succession-leaves-then"), chosen),
        Choice::new("no", lang.t("succession-leaves-no"), chosen),
    ];
    let leaves = FormField::new("leaves", lang.t("succession-leaves")).control(Control::Radios(choices));
    [email, leaves]
}

/// Reads [`successor_fields`].
pub(crate) fn successor_form(sent: &Sent) -> Typed {
    let leaves = if sent.one("leaves") == "no" { Leaves::No } else { Leaves::Then };
    Typed { email: sent.one("email").to_owned(), leaves }
}

fn proposed(id: &str) -> Result<InvitationId, WebError> {
    id.parse().map_err(|_| WebError::NotFound)
}

fn effects(lang: Lang, proposal: &Proposal) -> Vec<String> {
    let Proposal { email, group, from, leaves, last, waits, known, id: _ } = proposal;
    let from = from.clone().unwrap_or_else(|| lang.t("own-groups-someone").to_owned());
    let said =
        [("from", from.clone().into()), ("email", email.as_str().to_owned().into()), ("group", group.clone().into())];
    let comes = if *known { "succession-effect-known" } else { "succession-effect-invited" };
    let goes = match leaves {
        Leaves::Then => "succession-effect-leaves",
        Leaves::No => "succession-effect-stays",
    };
    let mut effects =
        vec![lang.tx("succession-effect-who", said), lang.t(comes).to_owned(), lang.t1(goes, "from", from.clone())];
    if *last && *leaves == Leaves::Then {
        effects.push(lang.t1("succession-effect-last", "from", from));
    }
    if *waits {
        effects.push(lang.t("succession-effect-waits").to_owned());
    }
    effects
}

async fn ask(
    granted: Granted<ManagePeople>,
    State(state): State<WebState>,
    visit: Visit,
    Path(id): Path<String>,
) -> Result<Response, WebError> {
    let id = proposed(&id)?;
    let proposal = succession::proposal(&granted, &state.house, id).await?;
    agree_page(&visit, &proposal, &[])
}

fn agree_page(visit: &Visit, proposal: &Proposal, problems: &[Problem]) -> Result<Response, WebError> {
    let (lang, id) = (visit.lang, proposal.id);
    let title = lang.t1("succession-title", "group", proposal.group.clone());
    let mut page = FormPage::new(
        visit.page(title).office().back_to(PEOPLE, lang.t("people-page-title")),
        effects(lang, proposal).join(" "),
        Vec::new(),
        lang.t("succession-agree"),
    );
    page.problem = problem(lang, problems, "email").map(str::to_owned);
    page.other_ways = vec![NavLink::new(format!("{PEOPLE}/nachfolge/{id}/ablehnen"), lang.t("succession-refuse"))];
    page.answer()
}

async fn agree(
    granted: Granted<DecideAccess>,
    State(state): State<WebState>,
    visit: Visit,
    Path(id): Path<String>,
) -> Result<Response, WebError> {
    let id = proposed(&id)?;
    match succession::agree(&granted, &state.house, id).await {
        Ok(()) => Ok(Redirect::to(&format!("{PEOPLE}?meldung=nachfolge-einverstanden")).into_response()),
        Err(Error::Invalid(problems)) => {
            let proposal = succession::proposal(&granted, &state.house, id).await?;
            agree_page(&visit, &proposal, &problems)
        }
        Err(error) => Err(error.into()),
    }
}

async fn ask_refuse(
    granted: Granted<DecideAccess>,
    State(state): State<WebState>,
    visit: Visit,
    Path(id): Path<String>,
) -> Result<Response, WebError> {
    let (id, lang) = (proposed(&id)?, visit.lang);
    let Proposal { group, .. } = succession::proposal(&granted, &state.house, id).await?;
    let back = format!("{PEOPLE}/nachfolge/{id}");
    let page = ConfirmPage {
        page: visit.page(lang.t("succession-refuse-title")).office().back_to(back, group),
        effects: vec![lang.t("succession-refuse-effect").to_owned()],
        fields: Vec::new(),
        action: format!("{PEOPLE}/nachfolge/{id}/ablehnen"),
        button: lang.t("succession-refuse"),
        danger: true,
    };
    page.answer(&[])
}

async fn refuse(
    granted: Granted<DecideAccess>,
    State(state): State<WebState>,
    Path(id): Path<String>,
) -> Result<Redirect, WebError> {
    succession::refuse(&granted, &state.house, proposed(&id)?).await?;
    Ok(Redirect::to(&format!("{PEOPLE}?meldung=nachfolge-abgelehnt")))
}

async fn begin_form(
    granted: &Granted<DecideAccess>,
    state: &WebState,
    visit: &Visit,
    id: UserId,
    sent: &Sent,
    problems: &[Problem],
) -> Result<Response, WebError> {
    let lang = visit.lang;
    let Present { name, groups, .. } = decide::present(granted, &state.house, id).await?;
    let names = invite::choices(granted, &state.house).await?.groups;
    let chosen = match (sent.one("group"), groups.as_slice()) {
        ("", [only]) => only.to_string(),
        (typed, _) => typed.to_owned(),
    };
    let own = names.into_iter().filter(|(group, _)| groups.contains(group));
    let choices = own.map(|(group, name)| Choice::new(group.to_string(), name, &chosen)).collect();
    let group = FormField::new("group", lang.t("succession-group"))
        .control(Control::Radios(choices))
        .error(problem(lang, problems, "group"));
    let [email, leaves] = successor_fields(lang, sent, problem(lang, problems, "email"));
    let page =
        visit.page(lang.t1("succession-of", "name", name.clone())).office().back_to(format!("{PEOPLE}/{id}"), name);
    FormPage::new(page, lang.t("succession-begin-lead"), vec![group, email, leaves], lang.t("succession-agree"))
        .answer()
}

async fn ask_begin(
    granted: Granted<DecideAccess>,
    State(state): State<WebState>,
    visit: Visit,
    Path(id): Path<String>,
) -> Result<Response, WebError> {
    begin_form(&granted, &state, &visit, user(&id)?, &Sent::default(), &[]).await
}

async fn begin(
    granted: Granted<DecideAccess>,
    State(state): State<WebState>,
    visit: Visit,
    Path(id): Path<String>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    let (id, sent) = (user(&id)?, Sent(sent));
    match succession::begin(&granted, &state.house, id, sent.one("group"), &successor_form(&sent)).await {
        Ok(()) => Ok(Redirect::to(&format!("{PEOPLE}/{id}?meldung=nachfolge-einverstanden")).into_response()),
        Err(Error::Invalid(problems)) => begin_form(&granted, &state, &visit, id, &sent, &problems).await,
        Err(error) => Err(error.into()),
    }
}
