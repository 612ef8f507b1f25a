//! `/office/personen/{id}`: one person, and what they can see and do.

use access::actions::ManagePeople;
use access::{Right, Role};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::Method;
use axum::response::Html;
use domain::UserId;
use usecases::people::list::{self, Insight};
use usecases::people::lost_factor::Loss;

use super::{PEOPLE, role_word};
use crate::office::groups::words::moment;
use crate::page::{Flash, Page, html};
use crate::visit::Visit;
use crate::{Granted, Routes, WebError, WebState};

pub(crate) fn routes() -> Routes {
    Routes::new().office::<ManagePeople, _, _>(Method::GET, "/office/personen/{id}", show)
}

#[derive(Template)]
#[template(path = "office/people_show.html")]
struct PersonPage {
    page: Page,
    base: String,
    email: String,
    role: String,
    state: &'static str,
    state_code: &'static str,
    factor: &'static str,
    last_login: String,
    may: Vec<&'static str>,
    may_not: Vec<&'static str>,
    reach: String,
    groups: Vec<String>,
    myself: bool,
    /// The second factor is said to be lost: until when that can be stopped.
    loss: Option<String>,
    /// Whether it could be said to be lost.
    can_lose: bool,
    /// Whether it is a group admin who can hand a group over.
    hands_over: bool,
}

async fn show(
    granted: Granted<ManagePeople>,
    State(state): State<WebState>,
    visit: Visit,
    Path(id): Path<String>,
    Query(Flash { meldung }): Query<Flash>,
) -> Result<Html<String>, WebError> {
    let id: UserId = id.parse().map_err(|_| WebError::NotFound)?;
    let Insight { member, rights, groups, all_groups, own_roles, loss } =
        list::insight(&granted, &state.house, id).await?;
    let lang = visit.lang;
    let own = own_roles.iter().find(|own| Role::Custom(own.id) == member.role).map(|own| own.name.as_str());
    let limited = groups.is_some();
    let words = |has: bool| {
        // What only group admins may is no lack of anybody else's.
        // Nor is it one of a group admin not to see all groups: their own are named above.
        let own = rights.contains(Right::OwnGroups);
        let known = move |right: &&Right| has || !(**right == Right::OwnGroups || (own && **right == Right::SeeGroups));
        let rights = Right::ALL.iter().filter(known).filter(move |right| rights.contains(**right) == has);
        let word = move |right: &Right| match right {
            Right::SeeGroups if limited => lang.t("right-groups-see-some"),
            right => lang.choice("right", right.code()),
        };
        rights.map(word).collect()
    };
    let reads = rights.contains(Right::SeeGroups) || rights.contains(Right::OwnGroups);
    let locked = member.state.code() == "disabled";
    let reach = match &groups {
        _ if locked => lang.t("people-reach-locked").to_owned(),
        _ if !reads => lang.t("people-reach-none").to_owned(),
        None => lang.tn("people-reach-all", all_groups),
        Some(groups) => lang.tn("people-reach-some", groups.len()),
    };
    let left = |loss: Loss| {
        let left = loss.due_at.duration_since(state.clock.now()).as_mins().max(0);
        let hours = usize::try_from((left + 30) / 60).unwrap_or_default();
        let key = if loss.by_operator { "lost-factor-waits-operator" } else { "lost-factor-waits" };
        lang.tx(key, [("at", moment(lang, loss.due_at).into()), ("hours", hours.into())])
    };
    html(&PersonPage {
        loss: loss.map(left),
        can_lose: !member.myself
            && (member.second_factor || (member.role.needs_second_factor() && member.last_login.is_some()))
            && member.state.code() != "disabled",
        hands_over: member.role.is_group_admin() && member.state.code() != "disabled" && !member.groups.is_empty(),
        page: visit.page(member.name).office().back_to(PEOPLE, lang.t("people-page-title")).flash(meldung.as_deref()),
        base: format!("{PEOPLE}/{id}"),
        email: member.email.as_str().to_owned(),
        role: role_word(lang, member.role, own),
        state: lang.choice("people-state", member.state.code()),
        state_code: member.state.code(),
        factor: lang.t(if member.second_factor { "people-factor-on" } else { "people-factor-off" }),
        last_login: member.last_login.map_or_else(|| lang.t("people-never").to_owned(), |at| moment(lang, at)),
        may: if locked { Vec::new() } else { words(true) },
        may_not: if locked { Vec::new() } else { words(false) },
        reach,
        groups: if reads && !locked { groups.unwrap_or_default() } else { Vec::new() },
        myself: member.myself,
    })
}
