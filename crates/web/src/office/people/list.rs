//! `/office/personen`: everyone of the office, and who is invited.

use access::actions::ManagePeople;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::Method;
use axum::response::{Html, Redirect};
use domain::InvitationId;
use usecases::people::{invite, list};

use super::{PEOPLE, role_word};
use crate::office::groups::words::moment;
use crate::page::{Flash, NavLink, Page, html};
use crate::visit::Visit;
use crate::{Granted, Routes, WebError, WebState};

pub(crate) fn routes() -> Routes {
    Routes::new().office::<ManagePeople, _, _>(Method::GET, PEOPLE, show).office::<ManagePeople, _, _>(
        Method::POST,
        "/office/personen/einladungen/{id}/zuruecknehmen",
        revoke,
    )
}

#[derive(Template)]
#[template(path = "office/people.html")]
struct PeoplePage {
    page: Page,
    members: Vec<MemberLine>,
    invited: Vec<InvitedLine>,
    proposed: Vec<NavLink>,
}

struct MemberLine {
    href: String,
    name: String,
    email: String,
    role: String,
    state: &'static str,
    state_code: &'static str,
    factor: &'static str,
    last_login: String,
    myself: bool,
}

struct InvitedLine {
    email: String,
    role: String,
    until: String,
    again: String,
    revoke: String,
}

async fn show(
    granted: Granted<ManagePeople>,
    State(state): State<WebState>,
    visit: Visit,
    Query(Flash { meldung }): Query<Flash>,
) -> Result<Html<String>, WebError> {
    let lang = visit.lang;
    let people = list::people(&granted, &state.house).await?;
    let own = |role: access::Role| {
        people.own_roles.iter().find(|own| access::Role::Custom(own.id) == role).map(|own| own.name.as_str())
    };
    let members = people.members.iter().map(|member| MemberLine {
        href: format!("{PEOPLE}/{}", member.id),
        name: member.name.clone(),
        email: member.email.as_str().to_owned(),
        role: role_word(lang, member.role, own(member.role)),
        state: lang.choice("people-state", member.state.code()),
        state_code: member.state.code(),
        factor: lang.t(if member.second_factor { "people-factor-on" } else { "people-factor-off" }),
        last_login: member.last_login.map_or_else(|| lang.t("people-never").to_owned(), |at| moment(lang, at)),
        myself: member.myself,
    });
    let invited = people.invited.iter().map(|invited| InvitedLine {
        email: invited.email.as_str().to_owned(),
        role: role_word(lang, invited.role, own(invited.role)),
        until: moment(lang, invited.expires_at),
        again: format!("{PEOPLE}/einladungen/{}/erneut", invited.id),
        revoke: format!("{PEOPLE}/einladungen/{}/zuruecknehmen", invited.id),
    });
    let mut page = visit.page(lang.t("people-page-title")).office().flash(meldung.as_deref());
    page.wide = true;
    let proposed = people.proposed.iter();
    let proposed = proposed.map(|(id, email)| NavLink::new(format!("{PEOPLE}/nachfolge/{id}"), email.as_str()));
    html(&PeoplePage { members: members.collect(), invited: invited.collect(), proposed: proposed.collect(), page })
}

async fn revoke(
    granted: Granted<ManagePeople>,
    State(state): State<WebState>,
    Path(id): Path<String>,
) -> Result<Redirect, WebError> {
    let id: InvitationId = id.parse().map_err(|_| WebError::NotFound)?;
    invite::revoke(&granted, &state.house, id).await?;
    Ok(Redirect::to(&format!("{PEOPLE}?meldung=einladung-zurueck")))
}
