//! `/office/einstellungen/ampel`: which fields there are and how open each may be. Changes are prepared first, shown with
//! what they do, and then made.

mod field;
mod list;
mod preview;
mod remove;
mod versions;

use axum::response::{IntoResponse, Redirect, Response};
use domain::Field;
use domain::catalogue::{Catalogue, Section};

use crate::office::groups::words::label;
use crate::{Lang, Routes, WebError};

/// The list of fields.
pub(super) const POLICY: &str = "/office/einstellungen/ampel";

pub(super) fn routes() -> Routes {
    Routes::new()
        .merge(list::routes())
        .merge(field::routes())
        .merge(remove::routes())
        .merge(preview::routes())
        .merge(versions::routes())
}

/// Back to the list, with a notice.
fn to_list(notice: &str) -> Response {
    Redirect::to(&format!("{POLICY}?meldung={notice}")).into_response()
}

fn field_of(code: &str) -> Result<Field, WebError> {
    Field::from_code(code).ok_or(WebError::NotFound)
}

/// What a section is called.
fn section(lang: Lang, section: Section) -> &'static str {
    lang.choice("policy-section", section.code())
}

/// What a field is called in one of these; the first that knows it.
fn called(lang: Lang, catalogues: &[&Catalogue], field: Field) -> String {
    let known = catalogues.iter().find(|catalogue| catalogue.def(field).is_some());
    known.or(catalogues.first()).map(|catalogue| label(lang, catalogue, field)).unwrap_or_default()
}
