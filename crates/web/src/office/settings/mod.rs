//! What the lead decides about the office as a whole: one page for each thing, each says what it does.

pub(crate) mod checklist;
mod contact_office;
mod contract;
mod logins;
mod overview;
mod policy;
mod publishing;
mod recovery_sheet;
mod review;
mod sign_on;
mod texts;

use domain::office::Visibility;
use serde::Deserialize;

use crate::{Lang, Routes};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .merge(overview::routes())
        .merge(contact_office::routes())
        .merge(texts::routes())
        .merge(contract::routes())
        .merge(logins::routes())
        .merge(recovery_sheet::routes())
        .merge(policy::routes())
        .merge(review::routes())
        .merge(publishing::routes())
        .merge(sign_on::routes())
}

/// The code of a notice after a redirect.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Flash {
    /// See [`crate::Page::flash`].
    pub(crate) meldung: Option<String>,
}

/// The state of the directory in one or two words.
fn visibility(lang: Lang, visibility: Visibility) -> &'static str {
    lang.choice("visibility", visibility.code())
}
