//! `/office/weitergaben`: the register of all that was passed on in the office, newest first, filtered and in pages.

use access::Right;
use access::actions::ReadDisclosures;
use askama::Template;
use axum::extract::{Query, State};
use axum::http::Method;
use axum::response::Html;
use domain::retention::{NOT_PASSED_ON, PASSED_ON};
use domain::{Catalogue, GroupId};
use serde::Deserialize;
use usecases::disclosures::office_register::{self, Entry, Filter};

use super::groups::words::{Words, moment};
use super::groups::{Passed, group_path, passed_by};
use crate::form::Choice;
use crate::page::{Page, html};
use crate::visit::Visit;
use crate::{Granted, Lang, Routes, WebError, WebState};

const PATH: &str = "/office/weitergaben";

pub(crate) fn routes() -> Routes {
    Routes::new().office::<ReadDisclosures, _, _>(Method::GET, PATH, list)
}

/// The filter as it stands in the address; what makes no sense filters nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
struct Sent {
    gruppe: String,
    von: String,
    bis: String,
    nach: String,
}

impl Sent {
    fn filter(&self) -> Filter {
        Filter {
            group: self.gruppe.parse().ok(),
            from: self.von.parse().ok(),
            until: self.bis.parse().ok(),
            after: self.nach.parse().ok(),
        }
    }

    fn is_set(&self) -> bool {
        let Filter { group, from, until, after: _ } = self.filter();
        group.is_some() || from.is_some() || until.is_some()
    }

    /// The address of the same filter, from another entry on.
    fn address(&self, after: Option<String>) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        let Self { gruppe, von, bis, nach: _ } = self;
        let all = [("gruppe", gruppe), ("von", von), ("bis", bis)];
        query.extend_pairs(all.into_iter().filter(|(_, value)| !value.is_empty()));
        if let Some(after) = after {
            query.append_pair("nach", &after);
        }
        format!("{PATH}?{}", query.finish())
    }
}

/// One time in the register.
struct Row {
    begun: String,
    by: String,
    group: String,
    /// Where the group stands, for those who may see it.
    group_href: Option<String>,
    one: Passed,
}

#[derive(Template)]
#[template(path = "office/disclosures.html")]
struct RegisterPage {
    page: Page,
    /// How long what is kept.
    kept: String,
    sent: Sent,
    filtered: bool,
    groups: Vec<Choice>,
    rows: Vec<Row>,
    older: Option<String>,
    newest: Option<String>,
}

fn row(visit: &Visit, catalogue: &Catalogue, entry: &Entry) -> Row {
    let lang = visit.lang;
    Row {
        begun: moment(lang, entry.begun),
        by: passed_by(lang, &entry.line),
        group: named(lang, &entry.name),
        group_href: visit.rights().contains(Right::SeeGroups).then(|| group_path(entry.group)),
        one: Passed::of(lang, catalogue, &entry.line, visit.rights()),
    }
}

fn named(lang: Lang, name: &str) -> String {
    Words::name(name, lang.t("groups-nameless")).text
}

fn groups(lang: Lang, all: &[(GroupId, String)], chosen: &str) -> Vec<Choice> {
    let every = std::iter::once(Choice::new("", lang.t("disclosures-every-group"), chosen));
    every.chain(all.iter().map(|(id, name)| Choice::new(id.to_string(), named(lang, name), chosen))).collect()
}

/// How long to whom and why is kept.
pub(crate) fn kept(lang: Lang) -> String {
    let (years, days) = (usize::from(PASSED_ON.days / 365), usize::from(NOT_PASSED_ON.days));
    lang.tx("disclosures-kept", [("years", years.into()), ("days", days.into())])
}

async fn list(
    granted: Granted<ReadDisclosures>,
    State(state): State<WebState>,
    visit: Visit,
    Query(sent): Query<Sent>,
) -> Result<Html<String>, WebError> {
    let found = office_register::list(&granted, &state.house, sent.filter()).await?;
    let lang = visit.lang;
    let mut page = super::page(&visit, lang.t("disclosures-title"));
    page.wide = true;
    html(&RegisterPage {
        page,
        kept: kept(lang),
        filtered: sent.is_set(),
        groups: groups(lang, &found.groups, &sent.gruppe),
        rows: found.entries.iter().map(|entry| row(&visit, &found.catalogue, entry)).collect(),
        older: found.next.map(|next| sent.address(Some(next.to_string()))),
        newest: (!sent.nach.is_empty()).then(|| sent.address(None)),
        sent,
    })
}

#[cfg(test)]
mod tests {
    use usecases::disclosures::office_register::Filter;

    use super::Sent;

    #[test]
    fn nonsense_filters_nothing_and_the_next_page_keeps_the_filter() {
        let nonsense = Sent { gruppe: "alle".to_owned(), von: "gestern".to_owned(), ..Sent::default() };
        assert!(nonsense.filter() == Filter::default() && !nonsense.is_set());
        let sent = Sent { von: "2026-11-01".to_owned(), nach: "x".to_owned(), ..Sent::default() };
        assert!(sent.is_set());
        assert_eq!(sent.address(Some("y".to_owned())), "/office/weitergaben?von=2026-11-01&nach=y");
    }
}
