//! `/`: the directory with search and filters.

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, Method};
use axum::response::Response;
use directory::{Facet, Found, RADII_KM};
use domain::projection::PublishedGroup;
use usecases::site::Site;

use super::filter::{Filter, Part};
use super::{OfficeCard, finished, group_path, json_ld};
use crate::form::Choice;
use crate::page::{NavLink, Page, Pages};
use crate::page_cache::Effort;
use crate::visit::SiteVisit;
use crate::{Lang, Routes, WebError, WebState};

/// Groups on one page of the whole directory; one more page for the very largest offices.
const LIST_SIZE: usize = 400;
/// Groups on one page of a search result.
const RESULT_SIZE: usize = 50;
/// From this many groups on, the whole directory has letters to jump to.
const LETTERS_FROM: usize = 40;

pub(crate) fn routes() -> Routes {
    Routes::new().site(Method::GET, "/", show)
}

async fn show(
    State(state): State<WebState>,
    visit: SiteVisit,
    RawQuery(query): RawQuery,
    request: HeaderMap,
) -> Result<Response, WebError> {
    let site = visit.open()?;
    let filter = Filter::parse(query.as_deref().unwrap_or_default());
    let effort = if filter.is_empty() { Effort::Best } else { Effort::Quick };
    finished(&state, &visit, &request, filter.address(), effort, || {
        let origin = state.config.office_origin(&site.slug);
        render(visit.page(visit.lang.t("start-title")), site, &filter, &origin)
    })
    .await
}

/// One group in the list.
struct Card<'a> {
    href: String,
    name: &'a str,
    topics: String,
    place: &'a str,
    when: &'a str,
    online: bool,
    /// Key and class of what the group says about new members.
    accepts: Option<&'a str>,
    km: Option<String>,
    excerpt: String,
}

/// Groups under one letter; no letter: all of them.
struct Letter<'a> {
    letter: Option<char>,
    cards: Vec<Card<'a>>,
}

/// A filter that is set, with the link that takes it away.
struct Chip {
    text: String,
    href: String,
}

#[derive(Template)]
#[template(path = "site/directory.html")]
struct DirectoryPage<'a> {
    page: Page,
    filter: &'a Filter,
    asked: bool,
    /// Whether the words sound like someone in danger: then help comes before groups.
    crisis: bool,
    more: usize,
    radii: Vec<Choice>,
    sectors: Vec<Choice>,
    audiences: Vec<Choice>,
    formats: Vec<Choice>,
    languages: Vec<Choice>,
    has_accessible: bool,
    topics: Vec<NavLink>,
    count: String,
    chips: Vec<Chip>,
    letters: Vec<Letter<'a>>,
    pages: Pages,
    found: Found,
    suggestions: Vec<NavLink>,
    /// Around what was looked, where that is not just what was typed as the place.
    around: Option<String>,
    /// How far away the nearest group is, where none is within the radius.
    nearest: Option<String>,
    wider: Option<NavLink>,
    /// The same question for everywhere.
    everywhere: Option<NavLink>,
    office: OfficeCard,
}

/// Words of someone who may be in danger.
fn is_crisis(text: &str) -> bool {
    let text = text.to_lowercase();
    ["suizid", "suicid", "selbstmord", "selbsttötung", "umbringen", "nicht mehr leben", "sterben wollen", "kill myself"]
        .iter()
        .any(|words| text.contains(words))
}

pub(super) fn render(page: Page, site: &Site, filter: &Filter, origin: &str) -> Result<String, WebError> {
    let lang = page.lang;
    let directory = &site.directory;
    let found = directory.find(&filter.query);
    let asked = !filter.is_empty();
    let per_page = if asked { RESULT_SIZE } else { LIST_SIZE };
    let total = found.hits.len();
    let pages = Pages::of(total, per_page, filter.number, |number| filter.page(number).address());
    let hits = found.hits.get(pages.range(total, per_page)).unwrap_or_default();
    let cards = hits.iter().filter_map(|hit| Some(Card::of(lang, directory.groups().get(hit.index)?, hit.km, asked)));
    let by_letter = !asked && total >= LETTERS_FROM;
    let mut letters: Vec<Letter<'_>> = Vec::new();
    for card in cards {
        let letter = by_letter.then(|| initial(card.name));
        match letters.last_mut() {
            Some(last) if last.letter == letter => last.cards.push(card),
            _ => letters.push(Letter { letter, cards: vec![card] }),
        }
    }
    let facets = directory.facets();
    let query = &filter.query;
    let chosen = |codes: &[String], facets: &[Facet], prefix: &str| -> Vec<Choice> {
        let choice = |facet: &Facet| Choice {
            value: facet.value.clone(),
            text: lang.choice(prefix, &facet.value).to_owned(),
            hint: facet.groups.to_string(),
            chosen: codes.contains(&facet.value),
        };
        facets.iter().map(choice).collect()
    };
    let one = |code: &Option<String>, facets: &[Facet], text: &dyn Fn(&str) -> String| -> Vec<Choice> {
        let current = code.as_deref().unwrap_or_default();
        let any = Choice::new("", lang.t("filter-any"), current);
        let rest = facets.iter().map(|facet| Choice::new(facet.value.clone(), text(&facet.value), current));
        std::iter::once(any).chain(rest).collect()
    };
    let radius = if query.radius_km == 0 { 20 } else { query.radius_km };
    let mut page = page;
    page.description = lang.t1("start-description", "office", site.profile.name.clone());
    page.canonical = format!("{origin}{}", filter.address());
    page.indexed &= !asked;
    page.here = filter.address();
    if !asked {
        page.json_ld = json_ld::office(site, origin);
    }
    DirectoryPage {
        asked,
        crisis: is_crisis(&filter.query.text),
        more: filter.has_more(),
        radii: radii(radius),
        sectors: chosen(&query.sectors, &facets.sectors, "sector"),
        audiences: one(&query.audience, &facets.audiences, &|code| lang.choice("audience", code).to_owned()),
        formats: chosen(&query.formats, &facets.formats, "format"),
        languages: one(&query.language, &facets.languages, &str::to_owned),
        has_accessible: directory.groups().iter().any(directory::is_accessible),
        topics: topics(lang, &facets.sectors),
        count: lang.tn(if asked { "start-hits" } else { "start-count" }, total),
        chips: chips(lang, filter),
        suggestions: suggestions(filter, &found),
        around: around(lang, filter, &found, radius),
        nearest: found.nearest_km.map(|km| lang.t1("start-nearest", "km", kilometres(lang, km))),
        wider: found.wider_km.filter(|_| !query.place.is_empty()).map(|km| {
            let href = filter.with(|query| query.radius_km = km).address();
            NavLink::new(href, lang.t1("start-wider", "km", km.to_string()))
        }),
        everywhere: everywhere(lang, filter, &found),
        office: OfficeCard::of(&site.profile),
        filter,
        letters,
        pages,
        found,
        page,
    }
    .render()
    .map_err(WebError::from)
}

/// The radii offered, and the one in force.
fn radii(radius: u32) -> Vec<Choice> {
    let mut radii = Vec::from(RADII_KM);
    if !radii.contains(&radius) {
        radii.push(radius);
        radii.sort_unstable();
    }
    radii.iter().map(|km| Choice::new(km.to_string(), format!("{km} km"), &radius.to_string())).collect()
}

fn around(lang: Lang, filter: &Filter, found: &Found, radius: u32) -> Option<String> {
    let town = found.town.as_ref().filter(|town| town.to_lowercase() != filter.query.place.to_lowercase())?;
    Some(lang.tx("start-around", [("place", town.clone().into()), ("km", radius.to_string().into())]))
}

fn everywhere(lang: Lang, filter: &Filter, found: &Found) -> Option<NavLink> {
    let place = &filter.query.place;
    let helps = found.nearest_km.is_some() && !place.is_empty();
    helps.then(|| NavLink::new(filter.without(&Part::Place(place.clone())).address(), lang.t("start-everywhere")))
}

impl<'a> Card<'a> {
    fn of(lang: Lang, group: &'a PublishedGroup, km: Option<f32>, asked: bool) -> Self {
        let topics: Vec<&str> = group.topics.iter().map(|topic| topic.as_str()).collect();
        let venue = group.venues.first();
        let place = venue.map_or("", |venue| if venue.district.is_empty() { &venue.town } else { &venue.district });
        let format = group.format.as_ref().map_or("", |format| format.as_str());
        let excerpt = group.summary.as_ref().filter(|_| asked).map(|text| excerpt(text, 140)).unwrap_or_default();
        Self {
            href: group_path(&group.slug),
            name: &group.name,
            topics: topics.join(", "),
            place,
            when: group.meetings.first().map_or("", |meetings| meetings.text.as_str()),
            online: matches!(format, "online" | "hybrid"),
            accepts: group.accepts_new.as_ref().map(|code| code.as_str()),
            km: km.map(|km| kilometres(lang, km)),
            excerpt,
        }
    }
}

fn kilometres(lang: Lang, km: f32) -> String {
    let text = if km < 10.0 { format!("{km:.1}") } else { format!("{km:.0}") };
    match lang {
        Lang::De => format!("{} km", text.replace('.', ",")),
        Lang::En => format!("{text} km"),
    }
}

/// The beginning of a text, cut at a word.
pub(super) fn excerpt(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let head: String = text.chars().take(most).collect();
    let cut = head.rfind(char::is_whitespace).unwrap_or(head.len());
    format!("{} …", head.get(..cut).unwrap_or(&head).trim_end_matches([',', ';', '–', '.', ' ']))
}

/// The letter a name is sorted under: umlauts under their vowel, digits and signs under `#`.
fn initial(name: &str) -> char {
    match name.chars().find(|c| c.is_alphanumeric()).map(|c| c.to_uppercase().next().unwrap_or(c)) {
        Some('Ä') => 'A',
        Some('Ö') => 'O',
        Some('Ü') => 'U',
        Some(letter) if letter.is_alphabetic() => letter,
        _ => '#',
    }
}

fn topics(lang: Lang, sectors: &[Facet]) -> Vec<NavLink> {
    let link = |facet: &Facet| {
        let href = Filter::default().with(|query| query.sectors = vec![facet.value.clone()]).address();
        NavLink::new(href, format!("{} ({})", lang.choice("sector", &facet.value), facet.groups))
    };
    if sectors.len() > 1 { sectors.iter().map(link).collect() } else { Vec::new() }
}

fn chips(lang: Lang, filter: &Filter) -> Vec<Chip> {
    let text = |part: &Part| match part {
        Part::Text(text) => lang.t1("chip-text", "text", text.clone()),
        Part::Place(place) if filter.query.radius_km > 0 => {
            lang.tx("chip-around", [("place", place.clone().into()), ("km", filter.query.radius_km.to_string().into())])
        }
        Part::Place(place) => lang.t1("chip-place", "place", place.clone()),
        Part::Sector(code) => lang.choice("sector", code).to_owned(),
        Part::Audience(code) => lang.choice("audience", code).to_owned(),
        Part::Format(code) => lang.choice("format", code).to_owned(),
        Part::Open => lang.t("filter-open").to_owned(),
        Part::Accessible => lang.t("filter-accessible").to_owned(),
        Part::Language(language) => language.clone(),
    };
    let parts = filter.parts();
    parts.iter().map(|part| Chip { text: text(part), href: filter.without(part).address() }).collect()
}

fn suggestions(filter: &Filter, found: &Found) -> Vec<NavLink> {
    let link = |word: &String| {
        let filter = filter.with(|query| {
            if found.unknown_place {
                query.place.clone_from(word);
            } else {
                query.text.clone_from(word);
            }
        });
        NavLink::new(filter.address(), word.clone())
    };
    found.suggestions.iter().map(link).collect()
}

#[cfg(test)]
mod tests {
    use super::{excerpt, initial};

    #[test]
    fn names_stand_under_the_letter_people_look_for() {
        let letters: String = ["Ängste", "„Mut“", "123", "öffnen", "Zwang"].map(initial).iter().collect();
        assert_eq!(letters, "AM#OZ");
    }

    #[test]
    fn an_excerpt_ends_at_a_word() {
        assert_eq!(excerpt("Wir sprechen offen, über alles", 20), "Wir sprechen offen …");
        assert_eq!(excerpt("kurz", 20), "kurz");
    }
}
