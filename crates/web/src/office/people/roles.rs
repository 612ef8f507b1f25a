//! `/office/rollen`: which role may what, as one table.

use access::Right;
use access::actions::ManagePeople;
use askama::Template;
use axum::extract::{Query, State};
use axum::http::Method;
use axum::response::Html;
use usecases::people::roles;

use super::{PEOPLE, ROLES, role_word};
use crate::page::{Flash, Page, html};
use crate::visit::Visit;
use crate::{Granted, Routes, WebError, WebState};

pub(crate) fn routes() -> Routes {
    Routes::new().office::<ManagePeople, _, _>(Method::GET, ROLES, show)
}

#[derive(Template)]
#[template(path = "office/roles.html")]
struct RolesPage {
    page: Page,
    roles: Vec<Column>,
    rights: Vec<Row>,
}

struct Column {
    name: String,
    people: String,
    limit: String,
    /// Where a role the office made is changed.
    href: Option<String>,
}

struct Row {
    right: &'static str,
    /// For each role whether it has the right.
    cells: Vec<bool>,
}

async fn show(
    granted: Granted<ManagePeople>,
    State(state): State<WebState>,
    visit: Visit,
    Query(Flash { meldung }): Query<Flash>,
) -> Result<Html<String>, WebError> {
    let lang = visit.lang;
    let lines = roles::roles(&granted, &state.house).await?;
    let rights = Right::ALL.iter().map(|right| Row {
        right: lang.choice("right", right.code()),
        cells: lines.iter().map(|line| line.rights.contains(*right)).collect(),
    });
    let columns = lines.iter().map(|line| {
        let sectors =
            line.limit.sectors.iter().map(|code| lang.t1("roles-only-sector", "name", lang.choice("sector", code)));
        let towns = line.limit.towns.iter().map(|town| lang.t1("roles-only-town", "name", town.clone()));
        Column {
            name: role_word(lang, line.role, line.name.as_deref()),
            people: lang.tn("roles-people", line.people),
            limit: sectors.chain(towns).collect::<Vec<_>>().join(lang.t("roles-only-or")),
            href: line.name.is_some().then(|| format!("{ROLES}/{}", line.role.code())),
        }
    });
    let mut page = visit
        .page(lang.t("roles-title"))
        .office()
        .back_to(PEOPLE, lang.t("people-page-title"))
        .flash(meldung.as_deref());
    page.wide = true;
    html(&RolesPage { roles: columns.collect(), rights: rights.collect(), page })
}
