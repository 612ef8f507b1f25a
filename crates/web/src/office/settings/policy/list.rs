//! `GET /office/einstellungen/ampel`: all fields with their lights.

use access::actions::EditPolicy;
use askama::Template;
use axum::extract::{Query, State};
use axum::http::Method;
use axum::response::{Html, Response};
use domain::Light;
use domain::catalogue::{FieldDef, Need, Section};
use usecases::policy::{self, Overview, draft, is_own};

use super::{POLICY, section, to_list};
use crate::office::groups::said;
use crate::office::groups::words::label;
use crate::page::{Flash, Page, html};
use crate::visit::Visit;
use crate::{Granted, Routes, WebError, WebState};

pub(super) fn routes() -> Routes {
    Routes::new().office::<EditPolicy, _, _>(Method::GET, POLICY, show).office::<EditPolicy, _, _>(
        Method::POST,
        "/office/einstellungen/ampel/verwerfen",
        discard,
    )
}

struct Line {
    href: String,
    label: String,
    own: bool,
    default: Light,
    ceiling: Light,
    required: bool,
    consent: bool,
    /// New or another than now.
    changed: Option<&'static str>,
}

struct SectionView {
    code: &'static str,
    title: &'static str,
    lines: Vec<Line>,
}

#[derive(Template)]
#[template(path = "office/policy.html")]
struct ListPage {
    page: Page,
    version: String,
    draft: bool,
    replaced: Option<String>,
    sections: Vec<SectionView>,
}

async fn show(
    granted: Granted<EditPolicy>,
    State(state): State<WebState>,
    visit: Visit,
    Query(Flash { meldung }): Query<Flash>,
) -> Result<Html<String>, WebError> {
    let lang = visit.lang;
    let Overview { now, saved, next, draft, replaced, .. } = policy::overview(&granted, &state.house).await?;
    let version = match &saved {
        None => lang.t("policy-version-none").to_owned(),
        Some((at, by)) => lang.tx(
            "policy-version-now",
            [("version", now.version().into()), ("said", said(lang, *at, by.as_deref()).into())],
        ),
    };
    let line = |def: &FieldDef| Line {
        href: format!("{POLICY}/feld/{}", def.field),
        label: label(lang, &next, def.field),
        own: is_own(def.field),
        default: def.default,
        ceiling: def.ceiling,
        required: def.need == Need::Required,
        consent: def.section == Section::Person,
        changed: match now.def(def.field) {
            None => Some(lang.t("policy-new")),
            Some(known) => (known != def).then(|| lang.t("policy-changed")),
        },
    };
    let sections = Section::ALL.map(|one| SectionView {
        code: one.code(),
        title: section(lang, one),
        lines: next.fields().iter().filter(|def| def.section == one).map(line).collect(),
    });
    let mut page = visit.page(lang.t("policy-title")).office().flash(meldung.as_deref());
    page = page.back_to("/office/einstellungen", lang.t("settings-title"));
    page.wide = true;
    let replaced =
        replaced.map(|last| lang.tx("policy-replaced", [("last", last.into()), ("now", now.version().into())]));
    html(&ListPage { page, version, draft, replaced, sections: sections.into() })
}

async fn discard(granted: Granted<EditPolicy>, State(state): State<WebState>) -> Result<Response, WebError> {
    draft::discard(&granted, &state.house).await?;
    Ok(to_list("ampel-verworfen"))
}
