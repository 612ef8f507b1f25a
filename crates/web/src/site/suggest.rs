//! `/gruppe-melden`: somebody suggests a group, and confirms it by the link in a mail.

use access::actions::SuggestGroup;
use access::anonymous_permit;
use axum::extract::{Form, Path, Query, State};
use axum::http::Method;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use usecases::suggestions::suggest;
use usecases::{Error, Problem};

use super::robots;
use crate::entrance::{in_force, private};
use crate::form::{Control, FormField, FormPage, problem};
use crate::page::{Flash, NavLink};
use crate::visit::SiteVisit;
use crate::{Routes, WebError, WebState};

pub(crate) const PATH: &str = "/gruppe-melden";
/// What the form is answered with.
const SENT: &str = "vorschlag-gesendet";
const CONFIRM: &str = "/gruppe-melden/{token}";

pub(crate) fn routes() -> Routes {
    Routes::new().site(Method::GET, PATH, show).site(Method::POST, PATH, send).site(Method::GET, CONFIRM, ask).site(
        Method::POST,
        CONFIRM,
        confirm,
    )
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Typed {
    by: String,
    name: String,
    about: String,
    audience: String,
    meetings: String,
    place: String,
    email: String,
    phone: String,
}

fn form(visit: &SiteVisit, typed: &Typed, problems: &[Problem], said: Option<&str>) -> FormPage {
    let lang = visit.lang;
    let field = |name: &'static str, value: &str| {
        FormField::new(name, lang.t(&format!("suggest-{name}"))).value(value).error(problem(lang, problems, name))
    };
    let fields = vec![
        field("name", &typed.name),
        field("about", &typed.about).control(Control::Area { rows: 5 }).hint(lang.t("suggest-about-hint")),
        field("audience", &typed.audience).optional(),
        field("meetings", &typed.meetings).optional().hint(lang.t("suggest-meetings-hint")),
        field("place", &typed.place).optional(),
        field("email", &typed.email).control(Control::Input("email")).optional().hint(lang.t("suggest-email-hint")),
        field("phone", &typed.phone).control(Control::Input("tel")).optional().width("w-20"),
        field("by", &typed.by).control(Control::Input("email")).autocomplete("email").hint(lang.t("suggest-by-hint")),
    ];
    let page = visit.page(lang.t("suggest-title")).back_to("/", lang.t("nav-groups")).flash(said);
    let mut form = FormPage::new(page, lang.t("suggest-lead"), fields, lang.t("suggest-submit"));
    form.other_ways = vec![NavLink::new("/datenschutz", lang.t("nav-privacy"))];
    form
}

/// What is to be done now; the form would look as if nothing had happened.
fn sent(visit: &SiteVisit) -> FormPage {
    let lang = visit.lang;
    let page = visit.page(lang.t("suggest-sent-title")).back_to("/", lang.t("nav-groups"));
    let mut said = FormPage::new(page, lang.t("flash-vorschlag-gesendet"), Vec::new(), "");
    said.other_ways = vec![NavLink::new(PATH, lang.t("suggest-another"))];
    said
}

async fn show(visit: SiteVisit, Query(Flash { meldung }): Query<Flash>) -> Result<Response, WebError> {
    visit.open()?;
    let mut response = match meldung.as_deref() {
        Some(SENT) => sent(&visit).answer()?,
        other => form(&visit, &Typed::default(), &[], other).answer()?,
    };
    robots::mark(&visit.site, &mut response);
    Ok(response)
}

async fn send(State(state): State<WebState>, visit: SiteVisit, Form(typed): Form<Typed>) -> Result<Response, WebError> {
    visit.open()?;
    let permit = anonymous_permit::<SuggestGroup>(visit.site.tenant);
    let Typed { by, name, about, audience, meetings, place, email, phone } = &typed;
    let asked = suggest::Form {
        by: by.clone(),
        name: name.clone(),
        about: about.clone(),
        audience: audience.clone(),
        meetings: meetings.clone(),
        place: place.clone(),
        email: email.clone(),
        phone: phone.clone(),
    };
    match suggest::suggest(&permit, &state.house, &asked, &visit.network.to_string()).await {
        Ok(()) => Ok(Redirect::to(&format!("{PATH}?meldung={SENT}")).into_response()),
        Err(Error::Invalid(problems)) => form(&visit, &typed, &problems, None).answer().map(private),
        Err(Error::Throttled(until)) => {
            form(&visit, &typed, &[], None).waits(until, state.clock.now()).answer().map(private)
        }
        Err(error) => Err(error.into()),
    }
}

async fn ask(State(state): State<WebState>, visit: SiteVisit, Path(token): Path<String>) -> Result<Response, WebError> {
    let permit = anonymous_permit::<SuggestGroup>(visit.site.tenant);
    let waits = in_force(&state, &visit, suggest::shown(&permit, &state.house, &token).await).await?;
    let lang = visit.lang;
    let mut page =
        visit.page(lang.t(if waits.is_some() { "suggest-confirm-title" } else { "suggest-confirmed-title" }));
    page.indexed = false;
    let form = match waits {
        Some(name) => FormPage::button(page, lang.t1("suggest-confirm-lead", "name", name), lang.t("suggest-confirm")),
        None => {
            let mut form = FormPage::new(page, lang.t("suggest-confirmed"), Vec::new(), "");
            form.other_ways.push(NavLink::new("/", lang.t("nav-groups")));
            form
        }
    };
    let mut response = form.answer()?;
    robots::never_index(&mut response);
    Ok(private(response))
}

async fn confirm(
    State(state): State<WebState>,
    visit: SiteVisit,
    Path(token): Path<String>,
) -> Result<Redirect, WebError> {
    let permit = anonymous_permit::<SuggestGroup>(visit.site.tenant);
    in_force(&state, &visit, suggest::confirm(&permit, &state.house, &token).await).await?;
    // The page says that it is confirmed.
    Ok(Redirect::to(&format!("{PATH}/{token}")))
}
