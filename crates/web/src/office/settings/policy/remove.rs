//! `…/feld/{feld}/entfernen`: taking an own field away, and what becomes of its values.

use access::actions::EditPolicy;
use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::Method;
use axum::response::{IntoResponse, Response};
use domain::Field;
use serde::Deserialize;
use usecases::policy::draft::{self, Values};

use super::{POLICY, field_of, to_list};
use crate::form::{Choice, Control, FormField};
use crate::office::groups::words::own_words;
use crate::page::{Page, html};
use crate::visit::Visit;
use crate::{Granted, Routes, WebError, WebState};

const REMOVE: &str = "/office/einstellungen/ampel/feld/{feld}/entfernen";

pub(super) fn routes() -> Routes {
    Routes::new().office::<EditPolicy, _, _>(Method::GET, REMOVE, ask).office::<EditPolicy, _, _>(
        Method::POST,
        REMOVE,
        remove,
    )
}

#[derive(Template)]
#[template(path = "office/policy_remove.html")]
struct RemovePage {
    page: Page,
    count: String,
    /// What becomes of what is there; none if nothing is.
    values: Option<FormField>,
    action: String,
}

async fn ask(
    granted: Granted<EditPolicy>,
    State(state): State<WebState>,
    visit: Visit,
    Path(field): Path<String>,
) -> Result<Response, WebError> {
    let field: Field = field_of(&field)?;
    let lang = visit.lang;
    let (rule, count) = draft::removal(&granted, &state.house, field).await?;
    let name = own_words(lang, &rule.label).unwrap_or_default().to_owned();
    let choice = |code: &str| Choice {
        hint: lang.tn(&format!("policy-remove-{code}-hint"), count),
        ..Choice::new(code, lang.choice("policy-remove", code), "hidden")
    };
    let here = format!("{POLICY}/feld/{field}");
    let page = RemovePage {
        page: visit.page(lang.t1("policy-remove-title", "name", name.clone())).office().back_to(here.clone(), name),
        count: lang.tn("policy-remove-count", count),
        values: (count > 0).then(|| {
            FormField::new("values", lang.t("policy-remove-values"))
                .control(Control::Radios(vec![choice("hidden"), choice("deleted")]))
        }),
        action: format!("{here}/entfernen"),
    };
    Ok(html(&page)?.into_response())
}

#[derive(Deserialize)]
struct Typed {
    #[serde(default)]
    values: String,
}

async fn remove(
    granted: Granted<EditPolicy>,
    State(state): State<WebState>,
    Path(field): Path<String>,
    Form(Typed { values }): Form<Typed>,
) -> Result<Response, WebError> {
    let values = if values == "deleted" { Values::Deleted } else { Values::Hidden };
    draft::remove(&granted, &state.house, field_of(&field)?, values).await?;
    Ok(to_list("ampel-vorgemerkt"))
}
