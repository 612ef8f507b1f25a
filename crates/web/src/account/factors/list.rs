//! `/konto/faktoren`: the list.

use access::actions::ManageOwnAccount;
use askama::Template;
use axum::extract::{Query, State};
use axum::http::Method;
use axum::response::Html;
use usecases::account::factors;

use super::FACTORS;
use crate::account::ACCOUNT;
use crate::office::groups::words::moment;
use crate::page::{Flash, Page, html};
use crate::visit::Visit;
use crate::{Granted, Routes, WebError, WebState};

pub(crate) fn routes() -> Routes {
    Routes::new().office::<ManageOwnAccount, _, _>(Method::GET, FACTORS, show)
}

#[derive(Template)]
#[template(path = "account/factors.html")]
struct FactorsPage {
    page: Page,
    factors: Vec<Line>,
}

struct Line {
    name: String,
    kind: &'static str,
    since: String,
    used: String,
    href: String,
    removable: bool,
}

async fn show(
    granted: Granted<ManageOwnAccount>,
    State(state): State<WebState>,
    visit: Visit,
    Query(Flash { meldung }): Query<Flash>,
) -> Result<Html<String>, WebError> {
    let lang = visit.lang;
    let line = |factor: factors::FactorLine| Line {
        kind: lang.choice("factor-kind", factor.kind),
        since: moment(lang, factor.since),
        used: match factor.used {
            Some(at) => format!("{} {}", lang.t("factor-used"), moment(lang, at)),
            None => lang.t("factor-never-used").to_owned(),
        },
        href: format!("{FACTORS}/{}", factor.id),
        removable: factor.removable,
        name: factor.name,
    };
    let factors = factors::list(&granted, &state.house).await?.into_iter().map(line).collect();
    let page = visit.page(lang.t("factors-title")).office().back_to(ACCOUNT, lang.t("account-title"));
    html(&FactorsPage { page: page.flash(meldung.as_deref()), factors })
}
