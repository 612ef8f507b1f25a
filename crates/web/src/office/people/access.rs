//! What someone may: another role, out of the house, back in.

use ::access::actions::DecideAccess;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::Method;
use axum::response::{IntoResponse, Redirect, Response};
use domain::UserId;
use usecases::people::decide::{self, OpenWork, Present};
use usecases::people::invite;
use usecases::{Error, Problem};

use super::{PEOPLE, role_fields, user};
use crate::form::{Choice, Control, FormField, FormPage, Sent, problem};
use crate::office::confirm::ConfirmPage;
use crate::visit::Visit;
use crate::{Granted, Lang, Routes, WebError, WebState};

const ROLE: &str = "/office/personen/{id}/rolle";
const CLOSE: &str = "/office/personen/{id}/sperren";
const OPEN: &str = "/office/personen/{id}/oeffnen";
const LOGINS: &str = "/office/personen/{id}/abmelden";

pub(crate) fn routes() -> Routes {
    Routes::new()
        .office::<DecideAccess, _, _>(Method::GET, ROLE, ask_role)
        .office::<DecideAccess, _, _>(Method::POST, ROLE, change_role)
        .office::<DecideAccess, _, _>(Method::GET, CLOSE, ask_close)
        .office::<DecideAccess, _, _>(Method::POST, CLOSE, close)
        .office::<DecideAccess, _, _>(Method::GET, OPEN, ask_open)
        .office::<DecideAccess, _, _>(Method::POST, OPEN, open)
        .office::<DecideAccess, _, _>(Method::GET, LOGINS, ask_end_logins)
        .office::<DecideAccess, _, _>(Method::POST, LOGINS, end_logins)
}

async fn role_form(
    granted: &Granted<DecideAccess>,
    state: &WebState,
    visit: &Visit,
    id: UserId,
    sent: Option<&Sent>,
    problems: &[Problem],
) -> Result<Response, WebError> {
    let lang = visit.lang;
    let Present { name, role, groups, .. } = decide::present(granted, &state.house, id).await?;
    let choices = invite::choices(granted, &state.house).await?;
    let now = groups.iter().map(ToString::to_string).collect();
    let (role, groups) =
        sent.map_or_else(|| (role.code(), now), |sent| (sent.one("role").to_owned(), sent.all("groups")));
    let [role, groups] = role_fields(lang, &choices, &role, &groups);
    let fields = vec![role.error(problem(lang, problems, "role")), groups.error(problem(lang, problems, "groups"))];
    let title = lang.t1("people-role-of", "name", name.clone());
    let page = visit.page(title).office().back_to(format!("{PEOPLE}/{id}"), name);
    FormPage::new(page, lang.t("people-role-lead"), fields, lang.t("people-role-save")).answer()
}

async fn ask_role(
    granted: Granted<DecideAccess>,
    State(state): State<WebState>,
    visit: Visit,
    Path(id): Path<String>,
) -> Result<Response, WebError> {
    role_form(&granted, &state, &visit, user(&id)?, None, &[]).await
}

async fn change_role(
    granted: Granted<DecideAccess>,
    State(state): State<WebState>,
    visit: Visit,
    Path(id): Path<String>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    let (id, sent) = (user(&id)?, Sent(sent));
    match decide::change_role(&granted, &state.house, id, sent.one("role"), &sent.all("groups")).await {
        Ok(()) => Ok(Redirect::to(&format!("{PEOPLE}/{id}?meldung=rolle")).into_response()),
        Err(Error::Invalid(problems)) => role_form(&granted, &state, &visit, id, Some(&sent), &problems).await,
        Err(error) => Err(error.into()),
    }
}

async fn close_page(
    granted: &Granted<DecideAccess>,
    state: &WebState,
    visit: &Visit,
    id: UserId,
    heir: &str,
    problems: &[Problem],
) -> Result<Response, WebError> {
    let lang = visit.lang;
    let Present { name, logins, open, .. } = decide::present(granted, &state.house, id).await?;
    let mut effects = vec![lang.t("people-close-effect-login").to_owned()];
    if logins > 0 {
        effects.push(lang.tn("people-close-effect-logins", logins));
    }
    if open.invitations > 0 {
        effects.push(lang.tn("people-close-effect-invitations", open.invitations));
    }
    if open.orphans > 0 {
        effects.push(lang.tn("people-close-effect-orphans", open.orphans));
    }
    effects.push(lang.t("people-close-effect-kept").to_owned());
    let page = ConfirmPage {
        page: visit
            .page(lang.t1("people-close-title", "name", name.clone()))
            .office()
            .back_to(format!("{PEOPLE}/{id}"), name),
        effects,
        action: format!("{PEOPLE}/{id}/sperren"),
        button: lang.t("people-deactivate"),
        danger: true,
        fields: heir_field(lang, &open, heir, problem(lang, problems, "heir")).into_iter().collect(),
    };
    page.answer(problems)
}

/// Who goes on with what waits for someone who leaves; nothing is asked where nothing waits.
fn heir_field(lang: Lang, open: &OpenWork, heir: &str, error: Option<&'static str>) -> Option<FormField> {
    let waits = open.imports + open.requests;
    if waits == 0 || open.heirs.is_empty() {
        return None;
    }
    let nobody = Choice::new("", lang.t("people-heir-nobody"), heir);
    let colleagues = open.heirs.iter().map(|(id, name)| Choice::new(id.to_string(), name.clone(), heir));
    let choices = std::iter::once(nobody).chain(colleagues).collect();
    let label = lang.tn("people-heir", waits);
    Some(FormField::new("heir", label).control(Control::Select(choices)).optional().error(error))
}

async fn ask_close(
    granted: Granted<DecideAccess>,
    State(state): State<WebState>,
    visit: Visit,
    Path(id): Path<String>,
) -> Result<Response, WebError> {
    close_page(&granted, &state, &visit, user(&id)?, "", &[]).await
}

async fn close(
    granted: Granted<DecideAccess>,
    State(state): State<WebState>,
    visit: Visit,
    Path(id): Path<String>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    let (id, sent) = (user(&id)?, Sent(sent));
    match decide::deactivate(&granted, &state.house, id, sent.one("heir")).await {
        Ok(()) => Ok(Redirect::to(&format!("{PEOPLE}/{id}?meldung=gesperrt")).into_response()),
        Err(Error::Invalid(problems)) => close_page(&granted, &state, &visit, id, sent.one("heir"), &problems).await,
        Err(error) => Err(error.into()),
    }
}

async fn ask_open(
    granted: Granted<DecideAccess>,
    State(state): State<WebState>,
    visit: Visit,
    Path(id): Path<String>,
) -> Result<Response, WebError> {
    let (id, lang) = (user(&id)?, visit.lang);
    let Present { name, role, groups, .. } = decide::present(&granted, &state.house, id).await?;
    let mut effects = vec![lang.t("people-open-effect").to_owned(), lang.t("people-open-effect-mail").to_owned()];
    if role.is_group_admin() && groups.is_empty() {
        effects.push(lang.t("people-open-effect-no-group").to_owned());
    }
    let page = ConfirmPage {
        page: visit
            .page(lang.t1("people-open-title", "name", name.clone()))
            .office()
            .back_to(format!("{PEOPLE}/{id}"), name),
        effects,
        action: format!("{PEOPLE}/{id}/oeffnen"),
        button: lang.t("people-reactivate"),
        danger: false,
        fields: Vec::new(),
    };
    page.answer(&[])
}

async fn open(
    granted: Granted<DecideAccess>,
    State(state): State<WebState>,
    Path(id): Path<String>,
) -> Result<Redirect, WebError> {
    let id = user(&id)?;
    decide::reactivate(&granted, &state.house, id).await?;
    Ok(Redirect::to(&format!("{PEOPLE}/{id}?meldung=geoeffnet")))
}

async fn ask_end_logins(
    granted: Granted<DecideAccess>,
    State(state): State<WebState>,
    visit: Visit,
    Path(id): Path<String>,
) -> Result<Response, WebError> {
    let (id, lang) = (user(&id)?, visit.lang);
    let Present { name, logins, .. } = decide::present(&granted, &state.house, id).await?;
    let page = ConfirmPage {
        page: visit
            .page(lang.t1("people-logins-title", "name", name.clone()))
            .office()
            .back_to(format!("{PEOPLE}/{id}"), name),
        effects: vec![lang.tn("people-close-effect-logins", logins), lang.t("people-logins-effect-again").to_owned()],
        fields: Vec::new(),
        action: format!("{PEOPLE}/{id}/abmelden"),
        button: lang.t("people-end-logins"),
        danger: true,
    };
    page.answer(&[])
}

async fn end_logins(
    granted: Granted<DecideAccess>,
    State(state): State<WebState>,
    Path(id): Path<String>,
) -> Result<Redirect, WebError> {
    let id = user(&id)?;
    decide::end_logins(&granted, &state.house, id).await?;
    Ok(Redirect::to(&format!("{PEOPLE}/{id}?meldung=abgemeldet-von-uns")))
}
