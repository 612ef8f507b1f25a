//! `GET /office/einwilligungen`: the guided list.

use access::actions::RecordConsent;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::Method;
use axum::response::{Html, IntoResponse, Redirect, Response};
use domain::schedule::berlin;
use usecases::consents::guide::{self, Ending, GroupToAsk, Guide, ToAsk};

use super::CONSENTS;
use crate::office::groups::words::{Words, label, moment, short_date};
use crate::office::groups::{group_path, id};
use crate::page::{Flash, Page, html};
use crate::visit::Visit;
use crate::{Granted, Lang, Routes, WebError, WebState};

pub(super) fn routes() -> Routes {
    Routes::new().office::<RecordConsent, _, _>(Method::GET, CONSENTS, show).office::<RecordConsent, _, _>(
        Method::POST,
        "/office/einwilligungen/{group}/erledigt/{remark}",
        settle,
    )
}

struct Asked {
    label: String,
    href: String,
}

struct PersonLine {
    name: Words,
    phone: Option<(String, String)>,
    /// What may be opened, each with the way to record what the person says.
    items: Vec<Asked>,
    /// Where a mail can be sent from; none without an address.
    ask: Option<String>,
    asked: Option<String>,
    /// What the person withdrew, and when.
    withdrawn: Vec<String>,
}

struct Remark {
    text: String,
    settle: String,
}

struct GroupLine {
    href: String,
    name: String,
    remarks: Vec<Remark>,
    people: Vec<PersonLine>,
}

struct EndingLine {
    name: Words,
    label: String,
    until: String,
    href: String,
}

#[derive(Template)]
#[template(path = "office/consents.html")]
struct ConsentsPage {
    page: Page,
    groups: Vec<GroupLine>,
    ending: Vec<EndingLine>,
    unbacked: Vec<String>,
    checked: Option<String>,
}

fn person_line(lang: Lang, guide: &Guide, group: &GroupToAsk, one: &ToAsk) -> PersonLine {
    let person = format!("{}/personen/{}", group_path(group.group), one.person);
    let items = one.items.iter().map(|(item, field, _)| Asked {
        label: label(lang, &guide.catalogue, *field),
        href: format!("{person}/einwilligung/{item}"),
    });
    PersonLine {
        name: Words::name(&one.name, lang.t("person-nameless")),
        phone: one.phone.as_ref().map(|phone| (phone.clone(), format!("tel:{}", dial(phone)))),
        items: items.collect(),
        ask: (one.email.is_some() && !one.items.is_empty()).then(|| format!("{person}/fragen")),
        withdrawn: one
            .withdrawn
            .iter()
            .map(|(_, field, at)| {
                let day = short_date(lang, at.to_zoned(berlin()).date());
                lang.tx(
                    "consents-withdrawn",
                    [("label", label(lang, &guide.catalogue, *field).into()), ("day", day.into())],
                )
            })
            .collect(),
        asked: one.asked_at.map(|at| lang.t1("consents-asked", "at", moment(lang, at))),
    }
}

fn dial(text: &str) -> String {
    text.chars().take_while(|one| *one != '(').filter(|one| one.is_ascii_digit() || *one == '+').collect()
}

async fn show(
    granted: Granted<RecordConsent>,
    State(state): State<WebState>,
    visit: Visit,
    Query(Flash { meldung }): Query<Flash>,
) -> Result<Html<String>, WebError> {
    let lang = visit.lang;
    let guide = guide::guide(&granted, &state.house).await?;
    let groups = guide.to_ask.iter().map(|group| GroupLine {
        href: group_path(group.group),
        name: group.name.clone(),
        remarks: group
            .remarks
            .iter()
            .map(|(item, text)| Remark {
                text: text.clone(),
                settle: format!("{CONSENTS}/{}/erledigt/{item}", group.group),
            })
            .collect(),
        people: group.people.iter().map(|one| person_line(lang, &guide, group, one)).collect(),
    });
    let groups = groups.collect();
    let ending = guide.ending.iter().map(|Ending { group, person, name, item, field, until }| EndingLine {
        name: Words::name(name, lang.t("person-nameless")),
        label: label(lang, &guide.catalogue, *field),
        until: short_date(lang, *until),
        href: format!("{}/personen/{person}/einwilligung/{item}", group_path(*group)),
    });
    html(&ConsentsPage {
        page: super::super::page(&visit, lang.t("consents-title"))
            .back_to("/office/gruppen", lang.t("groups-title"))
            .flash(meldung.as_deref()),
        groups,
        ending: ending.collect(),
        unbacked: guide.unbacked.iter().map(|one| label(lang, &guide.catalogue, one.field)).collect(),
        checked: guide.checked_on.map(|day| lang.t1("consents-checked", "day", short_date(lang, day))),
    })
}

async fn settle(
    granted: Granted<RecordConsent>,
    State(state): State<WebState>,
    Path((group, remark)): Path<(String, String)>,
) -> Result<Response, WebError> {
    guide::settle(&granted, &state.house, id(&group)?, id(&remark)?).await?;
    Ok(Redirect::to(&format!("{CONSENTS}?meldung=einwilligung-erledigt")).into_response())
}
