//! `…/fassungen`: the versions of the policy, each as a file; an earlier one, or a file of another office, can be
//! prepared like any change.

use access::actions::EditPolicy;
use askama::Template;
use axum::extract::{Multipart, Path, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use domain::catalogue::Catalogue;
use domain::policy::Wrong;
use usecases::policy;
use usecases::policy::versions::{self, FILE, VersionLine};

use super::{POLICY, called};
use crate::form::{Control, FormField};
use crate::office::groups::said;
use crate::office::import::file_of;
use crate::page::{Page, html};
use crate::visit::Visit;
use crate::{Granted, Lang, Routes, WebError, WebState};

const VERSIONS: &str = "/office/einstellungen/ampel/fassungen";
const VERSION: &str = "/office/einstellungen/ampel/fassungen/{fassung}";
const UPLOAD: &str = "/office/einstellungen/ampel/datei";

pub(super) fn routes() -> Routes {
    Routes::new()
        .office::<EditPolicy, _, _>(Method::GET, VERSIONS, show)
        .office::<EditPolicy, _, _>(Method::GET, VERSION, file)
        .office::<EditPolicy, _, _>(Method::POST, VERSION, take)
        .office_upload::<EditPolicy, _, _>(UPLOAD, FILE + 16 * 1024, bring_in)
}

struct Line {
    title: String,
    saved: String,
    items: String,
    href: String,
    file: String,
    now: bool,
}

#[derive(Template)]
#[template(path = "office/policy_versions.html")]
struct VersionsPage {
    page: Page,
    versions: Vec<Line>,
    /// Whether changes are noted, which another version or a file would replace.
    draft: bool,
    file: FormField,
    wrong: Vec<String>,
    action: &'static str,
}

async fn page(
    granted: &Granted<EditPolicy>,
    state: &WebState,
    visit: &Visit,
    wrong: Vec<String>,
) -> Result<Response, WebError> {
    let lang = visit.lang;
    let lines = versions::versions(granted, &state.house).await?;
    let draft = policy::overview(granted, &state.house).await?.draft;
    let newest = lines.first().map(|line| line.version);
    let line = |VersionLine { version, saved, items }: VersionLine| Line {
        title: if version == 0 {
            lang.t("policy-version-product").to_owned()
        } else {
            lang.t1("policy-version", "version", version.to_string())
        },
        saved: saved.map(|(at, by)| said(lang, at, by.as_deref())).unwrap_or_default(),
        items: lang.tn("policy-version-items", items),
        href: format!("{VERSIONS}/{version}"),
        file: format!("ampel-regeln-{version}.json"),
        now: newest == Some(version),
    };
    let status = if wrong.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let error = (!wrong.is_empty()).then(|| lang.t("policy-file-wrong"));
    let page = VersionsPage {
        page: visit.page(lang.t("policy-versions-title")).office().back_to(POLICY, lang.t("policy-title")),
        versions: lines.into_iter().map(line).collect(),
        file: FormField::new("file", lang.t("policy-file"))
            .hint(lang.t("policy-file-hint"))
            .control(Control::File(".json,application/json"))
            .error(error),
        draft,
        wrong,
        action: UPLOAD,
    };
    Ok((status, html(&page)?).into_response())
}

async fn show(granted: Granted<EditPolicy>, State(state): State<WebState>, visit: Visit) -> Result<Response, WebError> {
    page(&granted, &state, &visit, Vec::new()).await
}

fn number(fassung: &str) -> Result<u32, WebError> {
    fassung.parse().map_err(|_| WebError::NotFound)
}

async fn file(
    granted: Granted<EditPolicy>,
    State(state): State<WebState>,
    Path(fassung): Path<String>,
) -> Result<Response, WebError> {
    let number = number(&fassung)?;
    let json = versions::file(&granted, &state.house, number).await?;
    let name = format!("attachment; filename=\"ampel-regeln-{number}.json\"");
    let name = HeaderValue::from_str(&name).map_err(|_| WebError::internal("a file name of digits"))?;
    let headers =
        [(header::CONTENT_TYPE, HeaderValue::from_static("application/json")), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, json).into_response())
}

fn to_preview() -> Response {
    Redirect::to(&format!("{POLICY}/vorschau")).into_response()
}

async fn take(
    granted: Granted<EditPolicy>,
    State(state): State<WebState>,
    Path(fassung): Path<String>,
) -> Result<Response, WebError> {
    versions::take(&granted, &state.house, number(&fassung)?).await?;
    Ok(to_preview())
}

/// What is wrong with a file: where, and what.
fn told(lang: Lang, wrong: &Wrong) -> String {
    let what = lang.t(&format!("error-{}", wrong.code));
    match wrong.field {
        Some(field) if field.built_in().is_none() => format!("{field}: {what}"),
        Some(field) => format!("{}: {what}", called(lang, &[&Catalogue::built_in()], field)),
        None => what.to_owned(),
    }
}

async fn bring_in(
    granted: Granted<EditPolicy>,
    State(state): State<WebState>,
    visit: Visit,
    form: Multipart,
) -> Result<Response, WebError> {
    let lang = visit.lang;
    let bytes = match file_of(form).await {
        Ok(Some((_, bytes))) => bytes,
        Ok(None) => return page(&granted, &state, &visit, vec![lang.t("error-import-no-file").to_owned()]).await,
        Err(WebError::TooLarge) => {
            return page(&granted, &state, &visit, vec![lang.t("error-policy-file-large").to_owned()]).await;
        }
        Err(error) => return Err(error),
    };
    let wrong = versions::bring_in(&granted, &state.house, &bytes).await?;
    if wrong.is_empty() {
        return Ok(to_preview());
    }
    page(&granted, &state, &visit, wrong.iter().map(|wrong| told(lang, wrong)).collect()).await
}
