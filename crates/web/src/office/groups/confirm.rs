//! A page that says what will happen before it does.

use askama::Template;

use super::words::Words;
use crate::form::FormField;
use crate::page::Page;

/// What will happen, and the button that does it.
#[derive(Template)]
#[template(path = "office/groups_confirm.html")]
pub(super) struct ConfirmPage {
    pub(super) page: Page,
    /// What will happen, in numbers.
    pub(super) says: Vec<String>,
    /// Names of what it is about.
    pub(super) list: Vec<Words>,
    /// Cannot be undone, or takes something away from the public.
    pub(super) danger: bool,
    pub(super) action: String,
    pub(super) hidden: Vec<(&'static str, String)>,
    pub(super) fields: Vec<FormField>,
    pub(super) errors: Vec<(String, String)>,
    pub(super) button: String,
    pub(super) cancel: String,
    /// Another way, such as deleting instead of removing.
    pub(super) other: Option<(String, &'static str)>,
}
