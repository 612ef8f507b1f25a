//! `/konto/faktoren`: one's own second factors.

mod app;
mod list;
mod one;
mod passkey;

use axum::response::{IntoResponse, Redirect, Response};
use usecases::Problem;
use zeroize::Zeroizing;

use crate::entrance::CodesPage;
use crate::form::{FormField, problem};
use crate::page::html;
use crate::visit::Visit;
use crate::{Lang, Routes, WebError};

const FACTORS: &str = "/konto/faktoren";

pub(crate) fn routes() -> Routes {
    Routes::new().merge(list::routes()).merge(app::routes()).merge(passkey::routes()).merge(one::routes())
}

fn name_field(lang: Lang, value: &str, problems: &[Problem]) -> FormField {
    FormField::new("name", lang.t("factor-name"))
        .hint(lang.t("factor-name-hint"))
        .autocomplete("off")
        .width("w-20")
        .value(value)
        .error(problem(lang, problems, "name"))
}

/// After a factor was added: back to the list, or first the recovery codes that came with the first one.
fn added(visit: &Visit, codes: Option<Vec<Zeroizing<String>>>) -> Result<Response, WebError> {
    match codes {
        None => Ok(Redirect::to(&format!("{FACTORS}?meldung=faktor-neu")).into_response()),
        Some(codes) => {
            let page = CodesPage::new(visit.page(visit.lang.t("codes-title")).office(), visit, codes, FACTORS);
            Ok(html(&page)?.into_response())
        }
    }
}
