//! Groups and their people, as staff see them.
//!
//! `list` and `show` read; `edit` (with `rows`, which builds the inputs, and `posted`, which reads them back) changes a
//! section; `person*` and `consent` are about people; `words` says values in the language of the screen.

mod ask_first;
mod confirm;
mod consent;
mod copied;
mod disclosure;
pub(crate) mod edit;
mod history;
mod list;
mod new;
mod note;
mod pass_on;
mod person;
mod person_add;
mod person_remove;
pub(crate) mod posted;
pub(crate) mod rows;
mod rules;
mod show;
mod status;
pub(crate) mod words;

pub(crate) use ask_first::wanted;
pub(crate) use disclosure::{Passed, by as passed_by};
pub(crate) use show::{online, said, shown_publicly};
use std::str::FromStr;

use axum::response::{IntoResponse, Redirect, Response};
use domain::GroupId;
use serde::Deserialize;

use crate::page::Page;
use crate::visit::Visit;
use crate::{Routes, WebError};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .merge(list::routes())
        .merge(new::routes())
        .merge(show::routes())
        .merge(edit::routes())
        .merge(status::routes())
        .merge(note::routes())
        .merge(pass_on::routes())
        .merge(disclosure::routes())
        .merge(copied::routes())
        .merge(ask_first::routes())
        .merge(history::routes())
        .merge(person_add::routes())
        .merge(person::routes())
        .merge(person_remove::routes())
        .merge(consent::routes())
}

/// Largest body of a form with the long texts of a group, in bytes: two texts of 10,000 characters, percent-encoded.
pub(crate) const FORM_LIMIT: usize = 512 * 1024;

/// What a redirect asked to say.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Flash {
    meldung: Option<String>,
}

/// An id of the address; whatever is none leads nowhere.
pub(crate) fn id<T: FromStr>(text: &str) -> Result<T, WebError> {
    text.parse().map_err(|_| WebError::NotFound)
}

fn page(visit: &Visit, title: impl Into<String>) -> Page {
    visit.page(title).office()
}

pub(crate) fn group_path(id: GroupId) -> String {
    format!("/office/gruppen/{id}")
}

/// Back to the group, with a message.
fn to_group(id: GroupId, flash: &str) -> Response {
    Redirect::to(&format!("/office/gruppen/{id}?meldung={flash}")).into_response()
}
