//! `GET /office/gruppen/{id}`: everything about a group.

use access::actions::ReadGroup;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::Method;
use axum::response::Html;
use domain::catalogue::ConsentNeed;
use domain::reconciliation::Shown as RoundShown;
use domain::schedule::berlin;
use domain::{Catalogue, Field, Group, Item, ItemId, Light, PersonRole, Status, Value};
use usecases::groups::SECTIONS;
use usecases::groups::edit::section_code;
use usecases::groups::people::name;
use usecases::groups::show::{GroupView, Member, show};
use usecases::reconciliation::overview::GroupStanding;

use super::disclosure::Passed;
use super::words::{self, Words};
use super::{Flash, group_path};
use crate::office::reconciliation::{self, campaign_path};
use crate::page::{NavLink, Page, html};
use crate::visit::{Place, Visit};
use crate::{Granted, Lang, Routes, WebError, WebState};

pub(super) fn routes() -> Routes {
    Routes::new().office::<ReadGroup, _, _>(Method::GET, "/office/gruppen/{id}", get)
}

/// A value with its light, and what belongs to it.
pub(super) struct Shown {
    pub(super) value: Words,
    pub(super) light: Light,
    /// Lines below: dates, remarks, why there are no dates.
    pub(super) below: Vec<String>,
    /// What the person agreed to, and where that is changed.
    pub(super) consent: Option<Consent>,
    /// Which item it is, where copying it is recorded.
    pub(super) copied: Option<ItemId>,
}

pub(super) struct Consent {
    pub(super) text: String,
    pub(super) href: String,
    pub(super) link: &'static str,
}

struct Line {
    label: String,
    items: Vec<Shown>,
}

struct SectionView {
    code: &'static str,
    title: &'static str,
    href: String,
    lines: Vec<Line>,
    /// Fields that say nothing yet.
    empty: String,
}

struct MemberView {
    name: Words,
    role: &'static str,
    other_groups: String,
    href: String,
    remove: String,
    lines: Vec<Line>,
}

struct Step {
    href: String,
    text: &'static str,
}

struct NoteView {
    about: String,
    lines: Vec<String>,
}

#[derive(Template)]
#[template(path = "office/groups_show.html")]
struct ShowPage {
    page: Page,
    name: Words,
    status: &'static str,
    status_code: &'static str,
    status_means: &'static str,
    public_address: Option<String>,
    accepts: Option<Shown>,
    accepts_code: String,
    counts: [(Light, usize, &'static str); 3],
    sections: Vec<SectionView>,
    people: Vec<MemberView>,
    to_ask: Vec<String>,
    notes: Vec<NoteView>,
    passed: Vec<Passed>,
    ask_first: bool,
    changed: String,
    admins: Vec<NavLink>,
    /// What is on its way from the group: where, and what.
    coming: Vec<NavLink>,
    steps: Vec<Step>,
    /// Where to decide about the suggestion it is.
    suggested: Option<String>,
    /// How it stands in the reconciliation, a sentence each; empty for a group that takes no part.
    standing: Vec<String>,
    /// Its campaign.
    campaign: Option<String>,
    base: String,
}

async fn get(
    granted: Granted<ReadGroup>,
    State(state): State<WebState>,
    visit: Visit,
    Path(id): Path<String>,
    Query(flash): Query<Flash>,
) -> Result<Html<String>, WebError> {
    let view = show(&granted, &state.house, super::id(&id)?).await?;
    html(&page_of(&state, &visit, &flash, view))
}

fn page_of(state: &WebState, visit: &Visit, flash: &Flash, view: GroupView) -> ShowPage {
    let lang = visit.lang;
    let GroupView { group, people, notes, to_ask, disclosures, ask_first, changed, catalogue, care, standing } = view;
    let at = At { state, lang, catalogue: &catalogue };
    let base = group_path(group.id);
    let name = Words::name(group.name(), lang.t("groups-nameless"));
    let mut page = super::page(visit, name.text.clone()).back_to("/office/gruppen", lang.t("groups-title"));
    page = page.flash(flash.meldung.as_deref());
    page.wide = true;
    let accepts = group.of(Field::AcceptsNew).next();
    let code = match accepts.map(|item| &item.value) {
        Some(Value::Choice(code)) => code.clone(),
        _ => String::new(),
    };
    let all: Vec<Light> = group
        .items
        .iter()
        .filter(|item| catalogue.def(item.field).is_some())
        .map(Item::effective)
        .chain(
            people.iter().flat_map(|one| one.person.items.iter().map(|item| one.person.effective_as(item, one.role))),
        )
        .collect();
    ShowPage {
        status: lang.choice("status", group.status.code()),
        status_code: group.status.code(),
        status_means: lang.choice("status-means", group.status.code()),
        public_address: (group.status == Status::Active && shown_publicly(&group) && online(visit))
            .then(|| format!("/gruppen/{}", group.slug)),
        accepts: accepts.map(|item| shown(at, item, item.effective())),
        accepts_code: code,
        counts: Light::ALL
            .map(|light| (light, all.iter().filter(|one| **one == light).count(), lang.choice("light", light.code()))),
        sections: SECTIONS.into_iter().map(|section| section_view(at, &group, section)).collect(),
        people: people.iter().map(|member| member_view(at, &base, member)).collect(),
        to_ask,
        passed: disclosures.iter().map(|one| Passed::of(lang, &catalogue, one, visit.rights())).collect(),
        ask_first,
        notes: notes
            .into_iter()
            .map(|note| NoteView {
                about: said(lang, note.at, note.by.as_deref()),
                lines: note.text.lines().map(str::to_owned).collect(),
            })
            .collect(),
        changed: changed.map(|(at, by)| said(lang, at, by.as_deref())).unwrap_or_default(),
        admins: care
            .admins
            .into_iter()
            .map(|(id, name)| NavLink::new(format!("/office/personen/{id}"), name))
            .collect(),
        coming: care
            .requests
            .into_iter()
            .map(|id| NavLink::new(format!("/office/pruefung/{id}"), lang.t("group-request-waits")))
            .chain(care.succession.then(|| NavLink::new("/office/personen", lang.t("group-succession-waits"))))
            .collect(),
        steps: group
            .status
            .next()
            .iter()
            .filter(|_| care.suggestion.is_none())
            .map(|to| Step {
                href: format!("{base}/status/{}", to.code()),
                text: lang.choice("status-step", to.code()),
            })
            .collect(),
        suggested: care.suggestion.map(|id| format!("/office/vorschlaege/{id}")),
        campaign: standing.as_ref().and_then(|standing| standing.campaign).map(|(id, _)| campaign_path(id)),
        standing: standing.map(|standing| standing_of(lang, &standing)).unwrap_or_default(),
        name,
        base,
        page,
    }
}

/// How a group stands in the reconciliation.
fn standing_of(lang: Lang, standing: &GroupStanding) -> Vec<String> {
    let GroupStanding { dueness, due_on, round, answered, interval, campaign } = standing;
    let day = |at: jiff::Timestamp| lang.date(at.to_zoned(domain::schedule::berlin()).date());
    let mut said = vec![match due_on {
        Some(on) => lang.t1(&format!("reconcile-due-{}-on", dueness.code()), "date", lang.date(*on)),
        None => lang.t("reconcile-due-never").to_owned(),
    }];
    if let Some((shown, way, at)) = round {
        let state = reconciliation::state(lang, *shown, *way, *answered);
        said.push(lang.tx("reconcile-state-since", [("state", state.into()), ("date", day(*at).into())]));
        let waits = matches!(shown, RoundShown::Step(step) if !step.is_answered());
        if let Some((_, deadline)) = campaign.filter(|_| waits) {
            said.push(lang.t1("reconcile-deadline-is", "date", lang.date(deadline)));
        }
    }
    said.push(lang.tn("reconcile-own-interval", usize::from(interval.months())));
    said
}

/// Whether the directory can be read by everyone now.
pub(crate) fn online(visit: &Visit) -> bool {
    matches!(&visit.place, Place::Office(site) if site.visibility.is_public())
}

/// Without a green name there is no page.
pub(crate) fn shown_publicly(group: &Group) -> bool {
    group.of(Field::Name).any(|item| item.effective() == Light::Green)
}

/// "22.11.2026, 14:05, Erika Beispiel".
pub(crate) fn said(lang: Lang, at: jiff::Timestamp, by: Option<&str>) -> String {
    format!("{} · {}", words::moment(lang, at), by.unwrap_or(lang.t("by-system")))
}

/// Where and in whose words things are shown.
#[derive(Clone, Copy)]
struct At<'a> {
    state: &'a WebState,
    lang: Lang,
    catalogue: &'a Catalogue,
}

fn section_view(at: At<'_>, group: &Group, section: domain::catalogue::Section) -> SectionView {
    let At { lang, catalogue, .. } = at;
    let code = section_code(section);
    let known = catalogue.section(section).into_iter().filter(|field| *field != Field::AcceptsNew);
    let (filled, empty): (Vec<Field>, Vec<Field>) = known.partition(|field| group.of(*field).next().is_some());
    SectionView {
        code,
        title: lang.choice("section", code),
        href: format!("{}/bearbeiten/{code}", group_path(group.id)),
        lines: filled
            .into_iter()
            .map(|field| Line {
                label: words::label(lang, catalogue, field),
                items: group.of(field).map(|item| shown(at, item, item.effective())).collect(),
            })
            .collect(),
        empty: empty.into_iter().map(|field| words::label(lang, catalogue, field)).collect::<Vec<_>>().join(", "),
    }
}

fn shown(at: At<'_>, item: &Item, light: Light) -> Shown {
    let At { state, lang, catalogue } = at;
    let mut below = Vec::new();
    if let Value::Meetings(schedule) = &item.value {
        let next = schedule.next(state.clock.now(), 3);
        if !next.is_empty() {
            let dates: Vec<_> = next.iter().map(|meeting| words::meeting(lang, &meeting.start)).collect();
            below.push(lang.t1("meetings-next-list", "dates", dates.join(" · ")));
        }
        if !schedule.remark.is_empty() {
            below.push(schedule.remark.clone());
        }
        if let Some(why) = schedule.why_text {
            below.push(lang.t1("meetings-no-dates", "why", lang.choice("why", why.code())));
        }
    }
    let copied = (light != Light::Green).then_some(item.id);
    Shown { value: Words::of(lang, catalogue, item.field, &item.value), light, below, consent: None, copied }
}

fn member_view(at: At<'_>, base: &str, member: &Member) -> MemberView {
    let At { lang, catalogue, .. } = at;
    let Member { person, role, other_groups } = member;
    let href = format!("{base}/personen/{}", person.id);
    let mut lines: Vec<Line> = Vec::new();
    for field in catalogue.section(domain::catalogue::Section::Person) {
        let items: Vec<_> = person
            .items
            .iter()
            .filter(|item| item.field == field)
            .map(|item| {
                let mut shown = shown(at, item, person.effective_as(item, *role));
                shown.consent = consent(lang, &href, person, item);
                shown
            })
            .collect();
        if !items.is_empty() {
            lines.push(Line { label: words::label(lang, catalogue, field), items });
        }
    }
    MemberView {
        name: Words::name(name(person), lang.t("person-nameless")),
        role: role_word(lang, *role),
        other_groups: if *other_groups == 0 { String::new() } else { lang.tn("person-other-groups", *other_groups) },
        remove: format!("{href}/entfernen"),
        href,
        lines,
    }
}

pub(super) fn role_word(lang: Lang, role: PersonRole) -> &'static str {
    lang.choice("role", role.code())
}

fn consent(lang: Lang, href: &str, person: &domain::Person, item: &Item) -> Option<Consent> {
    if item.limit.consent == ConsentNeed::None || item.limit.ceiling == Light::Red {
        return None;
    }
    let href = format!("{href}/einwilligung/{}", item.id);
    let receipt = person.consents.iter().rev().find(|one| one.said.item == item.id && one.in_force());
    Some(match receipt {
        Some(receipt) => Consent {
            text: lang.tx(
                "consent-line",
                [
                    ("light", lang.choice("light", receipt.said.light.code()).into()),
                    ("date", words::short_date(lang, receipt.said.given_on).into()),
                    ("channel", lang.choice("channel", receipt.said.channel.code()).into()),
                ],
            ),
            href,
            link: lang.t("consent-change"),
        },
        None => Consent {
            text: match person.withdrew(item) {
                Some(at) => {
                    lang.t1("consent-withdrawn-on", "day", words::short_date(lang, at.to_zoned(berlin()).date()))
                }
                None => lang.t("consent-none").to_owned(),
            },
            href,
            link: lang.t("consent-record"),
        },
    })
}
