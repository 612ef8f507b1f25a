//! What the lead decides about the office as a whole: one page for each thing, each says what it does.

pub(crate) mod checklist;
mod contact_office;
mod contract;
mod overview;
mod publishing;
mod texts;

use domain::office::Visibility;
use serde::Deserialize;
use usecases::Problem;

use crate::form::FormField;
use crate::{Lang, Routes};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .merge(overview::routes())
        .merge(contact_office::routes())
        .merge(texts::routes())
        .merge(contract::routes())
        .merge(publishing::routes())
}

/// The code of a notice after a redirect.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Flash {
    /// See [`crate::Page::flash`].
    pub(crate) meldung: Option<String>,
}

/// What is wrong with a field, in words.
fn problem(lang: Lang, problems: &[Problem], field: &str) -> Option<&'static str> {
    let code = problems.iter().find(|problem| problem.field == field)?.code;
    let own = format!("office-error-{code}");
    Some(if lang.has(&own) { lang.t(&own) } else { lang.t(&format!("error-{code}")) })
}

/// The errors for the summary on top, each with the name of its field: "please fill in" alone would not say what.
fn errors_named<'a>(fields: impl IntoIterator<Item = &'a FormField>) -> Vec<(String, String)> {
    let fields = fields.into_iter();
    fields.filter_map(|field| Some((field.target(), format!("{}: {}", field.label, field.error.as_ref()?)))).collect()
}

/// The state of the directory in one or two words.
fn visibility(lang: Lang, visibility: Visibility) -> &'static str {
    lang.choice("visibility", visibility.code())
}
