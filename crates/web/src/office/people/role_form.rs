//! `/office/rollen/neu` and `/office/rollen/{id}`: a role the office makes itself.

use access::Right;
use access::actions::DecideAccess;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::Method;
use axum::response::{IntoResponse, Redirect, Response};
use domain::{Field, RoleId};
use usecases::people::roles::{self, Form as Typed};
use usecases::{Error, Problem};

use super::ROLES;
use crate::form::{Choice, Control, FormField, FormPage, Sent, problem};
use crate::office::confirm::ConfirmPage;
use crate::page::NavLink;
use crate::visit::Visit;
use crate::{Granted, Routes, WebError, WebState};

const NEW: &str = "/office/rollen/neu";
const ONE: &str = "/office/rollen/{id}";
const REMOVE: &str = "/office/rollen/{id}/entfernen";

pub(crate) fn routes() -> Routes {
    Routes::new()
        .office::<DecideAccess, _, _>(Method::GET, NEW, show_new)
        .office::<DecideAccess, _, _>(Method::POST, NEW, save_new)
        .office::<DecideAccess, _, _>(Method::GET, ONE, show)
        .office::<DecideAccess, _, _>(Method::POST, ONE, save)
        .office::<DecideAccess, _, _>(Method::GET, REMOVE, ask_remove)
        .office::<DecideAccess, _, _>(Method::POST, REMOVE, remove)
}

async fn form(
    granted: &Granted<DecideAccess>,
    state: &WebState,
    visit: &Visit,
    id: Option<RoleId>,
    (typed, problems): (&Typed, &[Problem]),
) -> Result<Response, WebError> {
    let lang = visit.lang;
    let chosen_towns: Vec<String> = typed.towns.lines().map(str::to_owned).collect();
    // A town where no group meets any more stays chosen until it is taken out.
    let mut towns = roles::towns(granted, &state.house).await?;
    let same = |one: &str, other: &str| one.to_lowercase() == other.to_lowercase();
    let gone = chosen_towns.iter().filter(|town| !towns.iter().any(|known| same(known, town))).cloned();
    towns.extend(gone.collect::<Vec<_>>());
    let towns: Vec<Choice> = towns
        .into_iter()
        .map(|town| {
            let mut choice = Choice::new(town.clone(), town, "");
            choice.chosen = chosen_towns.iter().any(|chosen| same(chosen, &choice.value));
            choice
        })
        .collect();
    let chosen = |value: &str, text: &str, all: &[String]| {
        let mut choice = Choice::new(value, text, "");
        choice.chosen = all.contains(&choice.value);
        choice
    };
    let rights =
        Right::composable().map(|right| chosen(right.code(), lang.choice("right", right.code()), &typed.rights));
    let Some(domain::catalogue::Kind::Choice(sectors)) = Field::Sector.built_in().map(|def| &def.kind) else {
        return Err(WebError::internal("the topic area is no choice"));
    };
    let sectors = sectors.iter().map(|code| chosen(code, lang.choice("sector", code), &typed.sectors));
    let mut fields = vec![
        FormField::new("name", lang.t("roles-name"))
            .value(&typed.name)
            .width("w-20")
            .error(problem(lang, problems, "name")),
        FormField::new("rights", lang.t("roles-rights"))
            .control(Control::Checks(rights.collect()))
            .error(problem(lang, problems, "rights").or_else(|| problem(lang, problems, "role"))),
        FormField::new("sectors", lang.t("roles-sectors"))
            .hint(lang.t("roles-sectors-hint"))
            .control(Control::Checks(sectors.collect()))
            .optional(),
    ];
    if !towns.is_empty() {
        fields.push(
            FormField::new("towns", lang.t("roles-towns"))
                .hint(lang.t("roles-towns-hint"))
                .control(Control::Checks(towns))
                .optional()
                .error(problem(lang, problems, "towns")),
        );
    }
    let title = lang.t(if id.is_some() { "roles-change" } else { "roles-new" });
    let page = visit.page(title).office().back_to(ROLES, lang.t("roles-title"));
    let mut form = FormPage::new(page, lang.t("roles-form-lead"), fields, lang.t("roles-save"));
    form.problem = problem(lang, problems, "").map(str::to_owned);
    form.other_ways =
        id.map(|id| NavLink::new(format!("{ROLES}/{id}/entfernen"), lang.t("roles-remove"))).into_iter().collect();
    form.answer()
}

fn role(id: &str) -> Result<RoleId, WebError> {
    id.parse().map_err(|_| WebError::NotFound)
}

async fn show_new(
    granted: Granted<DecideAccess>,
    State(state): State<WebState>,
    visit: Visit,
) -> Result<Response, WebError> {
    form(&granted, &state, &visit, None, (&Typed::default(), &[])).await
}

async fn save_new(
    granted: Granted<DecideAccess>,
    State(state): State<WebState>,
    visit: Visit,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    keep(&granted, &state, &visit, None, Sent(sent)).await
}

async fn show(
    granted: Granted<DecideAccess>,
    State(state): State<WebState>,
    visit: Visit,
    Path(id): Path<String>,
) -> Result<Response, WebError> {
    let own = roles::role(&granted, &state.house, role(&id)?).await?;
    let typed = Typed {
        name: own.name,
        rights: own.rights.iter().map(|right| right.code().to_owned()).collect(),
        sectors: own.limit.sectors,
        towns: own.limit.towns.join("\n"),
    };
    form(&granted, &state, &visit, Some(own.id), (&typed, &[])).await
}

async fn save(
    granted: Granted<DecideAccess>,
    State(state): State<WebState>,
    visit: Visit,
    Path(id): Path<String>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    keep(&granted, &state, &visit, Some(role(&id)?), Sent(sent)).await
}

async fn keep(
    granted: &Granted<DecideAccess>,
    state: &WebState,
    visit: &Visit,
    id: Option<RoleId>,
    sent: Sent,
) -> Result<Response, WebError> {
    let typed = Typed {
        name: sent.one("name").to_owned(),
        rights: sent.all("rights"),
        sectors: sent.all("sectors"),
        towns: sent.all("towns").join("\n"),
    };
    match roles::save(granted, &state.house, id, &typed).await {
        Ok(()) => Ok(Redirect::to(&format!("{ROLES}?meldung=gespeichert")).into_response()),
        Err(Error::Invalid(problems)) => form(granted, state, visit, id, (&typed, &problems)).await,
        Err(error) => Err(error.into()),
    }
}

async fn remove_page(
    granted: &Granted<DecideAccess>,
    state: &WebState,
    visit: &Visit,
    id: RoleId,
    problems: &[Problem],
) -> Result<Response, WebError> {
    let lang = visit.lang;
    let own = roles::role(granted, &state.house, id).await?;
    let title = lang.t1("roles-remove-title", "name", own.name);
    let page = ConfirmPage {
        page: visit.page(title).office().back_to(format!("{ROLES}/{id}"), lang.t("roles-change")),
        effects: vec![lang.t("roles-remove-effect").to_owned()],
        action: format!("{ROLES}/{id}/entfernen"),
        button: lang.t("roles-remove"),
        danger: true,
        fields: Vec::new(),
    };
    page.answer(problems)
}

async fn ask_remove(
    granted: Granted<DecideAccess>,
    State(state): State<WebState>,
    visit: Visit,
    Path(id): Path<String>,
) -> Result<Response, WebError> {
    remove_page(&granted, &state, &visit, role(&id)?, &[]).await
}

async fn remove(
    granted: Granted<DecideAccess>,
    State(state): State<WebState>,
    visit: Visit,
    Path(id): Path<String>,
) -> Result<Response, WebError> {
    let id = role(&id)?;
    match roles::remove(&granted, &state.house, id).await {
        Ok(()) => Ok(Redirect::to(&format!("{ROLES}?meldung=rolle-entfernt")).into_response()),
        Err(Error::Invalid(problems)) => remove_page(&granted, &state, &visit, id, &problems).await,
        Err(error) => Err(error.into()),
    }
}
