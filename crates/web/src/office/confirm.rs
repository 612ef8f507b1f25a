//! The page before an act that is grave or cannot be undone: what it will do, in numbers, and a way back.

use askama::Template;

use crate::page::Page;

#[derive(Template)]
#[template(path = "office/confirm.html")]
pub(crate) struct ConfirmPage {
    /// With a link back, which is also the way to let it be.
    pub(crate) page: Page,
    /// What it will do, a sentence each.
    pub(crate) effects: Vec<String>,
    /// Where the form is sent.
    pub(crate) action: String,
    /// What the button says.
    pub(crate) button: &'static str,
    /// Whether something is lost or taken away.
    pub(crate) danger: bool,
}
