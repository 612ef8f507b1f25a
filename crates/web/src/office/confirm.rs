//! The page before an act that is grave or cannot be undone: what it will do, in numbers, and a way back.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use usecases::Problem;

use crate::WebError;
use crate::form::FormField;
use crate::page::{Page, Tone, html};

#[derive(Template)]
#[template(path = "office/confirm.html")]
pub(crate) struct ConfirmPage {
    /// With a link back, which is also the way to let it be.
    pub(crate) page: Page,
    /// What it will do, a sentence each.
    pub(crate) effects: Vec<String>,
    /// What can be chosen with it.
    pub(crate) fields: Vec<FormField>,
    /// Where the form is sent.
    pub(crate) action: String,
    /// What the button says.
    pub(crate) button: &'static str,
    /// Whether something is lost or taken away.
    pub(crate) danger: bool,
}

impl ConfirmPage {
    /// The answer: 200, or 409 with the reason if it was asked for and cannot be done.
    pub(crate) fn answer(mut self, problems: &[Problem]) -> Result<Response, WebError> {
        let Some(problem) = problems.first() else { return Ok(html(&self)?.into_response()) };
        let reason = self.page.t(&format!("error-{}", problem.code));
        self.page = self.page.notice(Tone::Error, reason);
        Ok((StatusCode::CONFLICT, html(&self)?).into_response())
    }
}
