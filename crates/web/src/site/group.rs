//! `/gruppen/{slug}`: one group.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Method};
use axum::response::Response;
use domain::projection::{OwnValue, PublishedGroup, PublishedOwn};
use jiff::civil::Date;
use usecases::site::Site;

use super::directory_page::excerpt;
use super::{OfficeCard, finished, group_at, group_path, json_ld, meetings};
use crate::office::groups::words::own_words;
use crate::page::{Page, paragraphs};
use crate::page_cache::Effort;
use crate::visit::SiteVisit;
use crate::{Lang, Routes, WebError, WebState};

/// How many of the next meetings are listed.
const NEXT_DATES: usize = 4;

pub(crate) fn routes() -> Routes {
    Routes::new().site(Method::GET, "/gruppen/{slug}", show)
}

async fn show(
    State(state): State<WebState>,
    visit: SiteVisit,
    Path(slug): Path<String>,
    request: HeaderMap,
) -> Result<Response, WebError> {
    let (site, group) = group_at(&visit, &slug)?;
    finished(&state, &visit, &request, group_path(&group.slug), Effort::Quick, || {
        let origin = state.config.office_origin(&site.slug);
        render(visit.page(group.name.as_str()), site, group, &origin, visit.today)
    })
    .await
}

/// A line of the table of facts.
struct Fact {
    label: String,
    values: Vec<String>,
    /// Whether the values are the group's own words, in German.
    own_words: bool,
}

/// A place, ready to be shown.
struct Place {
    name: String,
    address: String,
}

#[derive(Template)]
#[template(path = "site/group.html")]
struct GroupPage<'a> {
    page: Page,
    group: &'a PublishedGroup,
    summary: Vec<Vec<&'a str>>,
    easy: Vec<Vec<&'a str>>,
    accepts: Option<&'a str>,
    meetings: Vec<&'a str>,
    remarks: Vec<&'a str>,
    dates: Vec<String>,
    has_calendar: bool,
    places: Vec<Place>,
    facts: Vec<Fact>,
    confirmed: Option<String>,
    contact: String,
    calendar: String,
    office: OfficeCard,
}

pub(super) fn render(
    page: Page,
    site: &Site,
    group: &PublishedGroup,
    origin: &str,
    today: Date,
) -> Result<String, WebError> {
    let lang = page.lang;
    let mut page = page.back_to("/", lang.t("group-back"));
    page.description = group.summary.as_ref().map(|text| excerpt(text, 155)).unwrap_or_default();
    let path = group_path(&group.slug);
    page.canonical = format!("{origin}{path}");
    let starts = meetings::upcoming(group, today, NEXT_DATES);
    page.json_ld = json_ld::group(site, group, origin, &starts);
    GroupPage {
        summary: group.summary.as_ref().map(|text| paragraphs(text)).unwrap_or_default(),
        easy: group.easy_language.as_ref().map(|text| paragraphs(text)).unwrap_or_default(),
        accepts: group.accepts_new.as_ref().map(|code| code.as_str()),
        meetings: group
            .meetings
            .iter()
            .map(|meetings| meetings.text.as_str())
            .filter(|text| !text.is_empty())
            .collect(),
        remarks: group
            .meetings
            .iter()
            .map(|meetings| meetings.remark.as_str())
            .filter(|text| !text.is_empty())
            .collect(),
        dates: starts.iter().map(|meeting| meetings::in_words(lang, meeting)).collect(),
        has_calendar: group.meetings.iter().any(|meetings| meetings.is_structured()),
        places: group.venues.iter().map(|venue| place(venue)).collect(),
        facts: facts(lang, group),
        confirmed: group.confirmed_on.as_ref().map(|date| lang.t1("group-confirmed", "date", lang.date(**date))),
        contact: format!("{path}/kontakt"),
        calendar: format!("{path}/termine.ics"),
        office: OfficeCard::of(&site.profile),
        group,
        page: Page { here: path, ..page },
    }
    .render()
    .map_err(WebError::from)
}

fn place(venue: &domain::Venue) -> Place {
    let address = domain::Venue { name: String::new(), ..venue.clone() }.line();
    if venue.name.is_empty() {
        Place { name: address, address: String::new() }
    } else {
        Place { name: venue.name.clone(), address }
    }
}

/// Every published field that has no place of its own on the page.
fn facts(lang: Lang, group: &PublishedGroup) -> Vec<Fact> {
    // Destructured: a new published field must be given its place here.
    let PublishedGroup {
        slug: _,
        name: _,
        topics: _,
        sector,
        summary: _,
        easy_language: _,
        audience,
        audience_age,
        audience_gender,
        audience_text,
        languages,
        sign_language,
        accepts_new: _,
        association,
        guidance,
        costs,
        founded,
        format,
        meetings: _,
        venues: _,
        access_hints,
        accessibility,
        size,
        free_places,
        confirmed_on: _,
        own,
        has_contact: _,
    } = group;
    let mut facts = Vec::new();
    let mut add = |key: &str, own_words: bool, values: Vec<String>| {
        if !values.is_empty() {
            facts.push(Fact { label: lang.t(key).to_owned(), values, own_words });
        }
    };
    let coded = |prefix: &str, code: &Option<domain::projection::Green<String>>| {
        code.iter().map(|code| lang.choice(prefix, code).to_owned()).collect::<Vec<_>>()
    };
    let words = |text: &Option<domain::projection::Green<String>>| text.iter().map(|text| text.to_string()).collect();
    let number = |n: &Option<domain::projection::Green<u32>>| n.iter().map(|n| n.to_string()).collect();

    let mut whom = coded("audience", audience);
    let gender = audience_gender.as_ref().filter(|code| code.as_str() != "all");
    whom.extend(gender.map(|code| lang.choice("gender", code).to_owned()));
    add("fact-audience", false, whom);
    add("fact-audience-text", true, words(audience_text));
    add("fact-age", true, words(audience_age));
    add("fact-sector", false, coded("sector", sector));
    add("fact-format", false, coded("format", format));
    add("fact-accessibility", true, words(accessibility));
    add("fact-access-hints", true, words(access_hints));
    add("fact-languages", true, languages.iter().map(|language| language.to_string()).collect());
    add("fact-sign-language", false, coded("sign", sign_language));
    add("fact-costs", true, words(costs));
    add("fact-guidance", false, coded("guidance", guidance));
    add("fact-association", true, words(association));
    add("fact-size", false, number(size));
    add("fact-free-places", false, number(free_places));
    add("fact-founded", false, number(founded));
    facts.extend(own.iter().map(|own| {
        let (label, value, own_words) = own_field(lang, own);
        Fact { label, values: vec![value], own_words }
    }));
    facts
}

/// One of the office's own fields: what it is called, what it says, and whether that is the group's own words.
pub(super) fn own_field(lang: Lang, own: &PublishedOwn) -> (String, String, bool) {
    let words = |words| own_words(lang, words).unwrap_or_default().to_owned();
    let (value, theirs) = match &*own.value {
        OwnValue::Text(text) => (text.clone(), true),
        OwnValue::Choice(choice) => (words(choice), false),
        OwnValue::Number(number) => (number.to_string(), false),
        OwnValue::Date(date) => (lang.date(*date), false),
    };
    (words(&own.label), value, theirs)
}
