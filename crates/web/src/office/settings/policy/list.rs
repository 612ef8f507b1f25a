//! `GET /office/einstellungen/ampel`: all fields with their lights.

use access::actions::EditPolicy;
use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::Method;
use axum::response::{Html, Response};
use domain::Light;
use domain::catalogue::{FieldDef, Need, Section};
use usecases::policy::preview::{self, FieldChange};
use usecases::policy::{self, Overview, draft, is_own};

use super::{POLICY, called, section, to_list};
use crate::form::{Choice, Control, FormField, Sent};
use crate::office::confirm::ConfirmPage;
use crate::office::groups::said;
use crate::office::groups::words::label;
use crate::page::{Flash, Page, html};
use crate::visit::Visit;
use crate::{Granted, Lang, Routes, WebError, WebState};

pub(super) fn routes() -> Routes {
    Routes::new()
        .office::<EditPolicy, _, _>(Method::GET, POLICY, show)
        .office::<EditPolicy, _, _>(Method::GET, "/office/einstellungen/ampel/verwerfen", ask_discard)
        .office::<EditPolicy, _, _>(Method::POST, "/office/einstellungen/ampel/verwerfen", discard)
        .office::<EditPolicy, _, _>(Method::POST, "/office/einstellungen/ampel/einwilligung", limit_consents)
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
    months: FormField,
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
    let months = months_field(lang, next.consent_months());
    html(&ListPage { page, version, draft, replaced, sections: sections.into(), months })
}

/// How long consents count; what an office brought in from a file may be another than those offered.
fn months_field(lang: Lang, now: Option<u16>) -> FormField {
    let chosen = now.map(|now| now.to_string()).unwrap_or_default();
    let mut offered = vec![12, 24, 36, 60];
    offered.extend(now.filter(|now| !offered.contains(now)));
    let unlimited = Choice::new("", lang.t("policy-consent-unlimited"), &chosen);
    let limited = offered
        .into_iter()
        .map(|months| Choice::new(months.to_string(), lang.tn("policy-consent-months", usize::from(months)), &chosen));
    FormField::new("consent_months", lang.t("policy-consent-label"))
        .hint(lang.t("policy-consent-hint"))
        .control(Control::Select([unlimited].into_iter().chain(limited).collect()))
        .width("w-20")
}

async fn limit_consents(
    granted: Granted<EditPolicy>,
    State(state): State<WebState>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    let sent = Sent(sent);
    let months = match sent.one("consent_months") {
        "" => None,
        typed => Some(typed.parse::<u16>().map_err(|_| WebError::BadRequest("error-form"))?),
    };
    match draft::limit_consents(&granted, &state.house, months).await {
        Err(usecases::Error::Invalid(_)) => Err(WebError::BadRequest("error-form")),
        done => {
            done?;
            Ok(to_list("ampel-vorgemerkt"))
        }
    }
}

/// Says what is thrown away, before it is.
async fn ask_discard(
    granted: Granted<EditPolicy>,
    State(state): State<WebState>,
    visit: Visit,
) -> Result<Response, WebError> {
    let lang = visit.lang;
    let preview = preview::preview(&granted, &state.house).await?;
    let name = |change: &FieldChange| {
        lang.t1("policy-discard-one", "name", called(lang, &[&preview.next, &preview.now], change.field))
    };
    let mut effects: Vec<String> = preview.changes.iter().map(name).collect();
    effects.extend(preview.consents.then(|| lang.t("policy-consents-change").to_owned()));
    effects.extend(preview.reordered.then(|| lang.t("policy-reordered").to_owned()));
    if effects.is_empty() {
        return Ok(to_list("ampel-verworfen"));
    }
    let page = ConfirmPage {
        page: visit.page(lang.t("policy-discard-title")).office().back_to(POLICY, lang.t("policy-title")),
        effects,
        fields: Vec::new(),
        action: format!("{POLICY}/verwerfen"),
        button: lang.t("policy-draft-discard"),
        danger: true,
    };
    page.answer(&[])
}

async fn discard(granted: Granted<EditPolicy>, State(state): State<WebState>) -> Result<Response, WebError> {
    draft::discard(&granted, &state.house).await?;
    Ok(to_list("ampel-verworfen"))
}
