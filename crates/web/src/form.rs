//! Forms: fields with label, hint, kept value and error, and the summary of errors on top (GOV.UK's pattern).
//!
//! A handler builds the fields of its form once, for the empty form as for the one that comes back with errors;
//! templates show them with the macros `field` and `error_summary` of `components.html`.

use std::time::Duration;

use askama::Template;
use axum::extract::multipart::MultipartError;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use usecases::Problem;

use crate::page::{NavLink, Page, html};
use crate::passkey::PasskeyForm;
use crate::{Lang, WebError};

/// How a field is filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Control {
    /// One line; the `type` of the input: `text`, `email`, `tel`, `password`, `number`, `date`, `search`.
    Input(&'static str),
    /// Several lines.
    Area {
        /// How many to show.
        rows: u8,
    },
    /// One of a list that opens.
    Select(Vec<Choice>),
    /// One of a few, all visible.
    Radios(Vec<Choice>),
    /// Any of a few, all visible.
    Checks(Vec<Choice>),
    /// The code of a link in a mail, which travels behind the `#` of its address: a script takes it from there.
    LinkCode,
    /// A file; what may be chosen, such as `.csv,.xlsx`.
    File(&'static str),
}

/// One of the things to choose from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What it says.
    pub text: String,
    /// A sentence below, may be empty.
    pub hint: String,
    /// Whether it is chosen.
    pub chosen: bool,
}

impl Choice {
    /// A choice; chosen if `value` is `current`.
    pub fn new(value: impl Into<String>, text: impl Into<String>, current: &str) -> Self {
        let value = value.into();
        Self { chosen: value == current, value, text: text.into(), hint: String::new() }
    }
}

/// A field of a form. All texts are in the page's language already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormField {
    /// Name and id.
    pub name: String,
    /// What is asked for.
    pub label: String,
    /// What helps to answer, may be empty.
    pub hint: String,
    /// What was typed; never given for passwords.
    pub value: String,
    /// What is wrong with it.
    pub error: Option<String>,
    /// How it is filled in.
    pub control: Control,
    /// Whether it may stay empty, which the label says.
    pub optional: bool,
    /// The `autocomplete` token (WCAG 1.3.5), may be empty.
    pub autocomplete: &'static str,
    /// The `inputmode`, may be empty.
    pub inputmode: &'static str,
    /// The class that says how wide: `w-full`, `w-20`, `w-10`, `w-5`.
    pub width: &'static str,
}

impl FormField {
    /// A field of one line of text that must be filled in.
    pub fn new(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            label: label.into(),
            hint: String::new(),
            value: String::new(),
            error: None,
            control: Control::Input("text"),
            optional: false,
            autocomplete: "",
            inputmode: "",
            width: "w-full",
        }
    }

    /// With a hint.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    /// With what was typed.
    #[must_use]
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.value = value.into();
        self
    }

    /// With what is wrong, if something is.
    #[must_use]
    pub fn error(mut self, error: Option<impl Into<String>>) -> Self {
        self.error = error.map(Into::into);
        self
    }

    /// Filled in like this.
    #[must_use]
    pub fn control(mut self, control: Control) -> Self {
        self.control = control;
        self
    }

    /// May stay empty.
    #[must_use]
    pub const fn optional(mut self) -> Self {
        self.optional = true;
        self
    }

    /// With an `autocomplete` token.
    #[must_use]
    pub const fn autocomplete(mut self, token: &'static str) -> Self {
        self.autocomplete = token;
        self
    }

    /// With an `inputmode`.
    #[must_use]
    pub const fn inputmode(mut self, mode: &'static str) -> Self {
        self.inputmode = mode;
        self
    }

    /// As wide as this class says.
    #[must_use]
    pub const fn width(mut self, class: &'static str) -> Self {
        self.width = class;
        self
    }

    /// Where the error summary leads to: the field, or its first choice.
    pub fn target(&self) -> String {
        match self.control {
            Control::Radios(_) | Control::Checks(_) => format!("{}-1", self.name),
            _ => self.name.clone(),
        }
    }

    /// The ids of hint and error, for `aria-describedby`.
    pub fn described_by(&self) -> String {
        let hint = (!self.hint.is_empty()).then(|| format!("{}-hint", self.name));
        let error = self.error.as_ref().map(|_| format!("{}-error", self.name));
        [hint, error].into_iter().flatten().collect::<Vec<_>>().join(" ")
    }
}

/// The fields with errors, for the summary on top: where each stands, and its label with what is wrong.
pub fn errors_of<'a>(fields: impl IntoIterator<Item = &'a FormField>) -> Vec<(String, String)> {
    let line = |field: &FormField| {
        // "Wie heißt die Rolle?" needs no colon.
        let colon = if field.label.ends_with(['?', ':', '.', '!']) { "" } else { ":" };
        Some((field.target(), format!("{}{colon} {}", field.label, field.error.as_ref()?)))
    };
    fields.into_iter().filter_map(line).collect()
}

/// The status of a form that is shown again: 422 if something is wrong with it.
pub(crate) const fn status_of(problems: &[Problem]) -> StatusCode {
    if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY }
}

/// A page with a form that cannot be taken as it is.
pub(crate) fn wrong<T: Template>(page: &T) -> Result<Response, WebError> {
    Ok((StatusCode::UNPROCESSABLE_ENTITY, html(page)?).into_response())
}

/// A form with a file that cannot be read: it is too large, or ends in the middle.
pub(crate) fn unreadable(error: &MultipartError) -> WebError {
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => WebError::TooLarge,
        _ => WebError::BadRequest("error-form"),
    }
}

/// What a use case found wrong with one field, in the language of the page; the field `""` stands for the whole form.
pub fn problem(lang: Lang, problems: &[Problem], field: &str) -> Option<&'static str> {
    let problem = problems.iter().find(|problem| problem.field == field)?;
    Some(lang.t(&format!("error-{}", problem.code)))
}

/// A page that is one form: sign-up, login, second factor.
#[derive(Debug, Template)]
#[template(path = "form.html")]
pub struct FormPage {
    /// The frame.
    pub page: Page,
    /// What it is about, below the heading; may be empty.
    pub lead: String,
    /// What is wrong with the form as a whole.
    pub problem: Option<String>,
    /// The fields.
    pub fields: Vec<FormField>,
    /// What the button says; without it the page has no form of its own, but for the passkey.
    pub submit: String,
    /// Other ways, below the form.
    pub other_ways: Vec<NavLink>,
    /// Other ways that are buttons of their own: where each is sent, and what it says.
    pub elsewhere: Vec<NavLink>,
    /// A button that sends nothing, below the form: another way that must be asked for.
    pub other_button: Option<NavLink>,
    /// A passkey instead, below the form.
    pub passkey: Option<PasskeyForm>,
    /// It was tried too often: again after this time.
    wait: Option<Duration>,
}

impl FormPage {
    /// A form with these fields.
    pub fn new(page: Page, lead: impl Into<String>, fields: Vec<FormField>, submit: impl Into<String>) -> Self {
        Self {
            page,
            lead: lead.into(),
            problem: None,
            fields,
            submit: submit.into(),
            other_ways: Vec::new(),
            elsewhere: Vec::new(),
            other_button: None,
            passkey: None,
            wait: None,
        }
    }

    /// A page with a button only: what it does stands in the lead.
    pub fn button(page: Page, lead: impl Into<String>, submit: impl Into<String>) -> Self {
        Self::new(page, lead, Vec::new(), submit)
    }

    /// Tried too often: says when it may be tried again, and keeps what was typed.
    #[must_use]
    pub fn waits(mut self, until: Timestamp, now: Timestamp) -> Self {
        let wait = Duration::try_from(until.duration_since(now)).unwrap_or_default();
        let minutes = usize::try_from(wait.as_secs().div_ceil(60).max(1)).unwrap_or(usize::MAX);
        let lang = self.page.lang;
        self.problem = Some(match minutes {
            ..=120 => lang.tn("form-waits", minutes),
            _ => lang.tn("form-waits-hours", minutes.div_ceil(60)),
        });
        self.wait = Some(wait);
        self
    }

    /// The answer: 200, 422 if something is wrong, or 429 if it was tried too often.
    pub fn answer(self) -> Result<Response, WebError> {
        let page = html(&self)?;
        if let Some(wait) = self.wait {
            let seconds = [(header::RETRY_AFTER, HeaderValue::from(wait.as_secs().max(1)))];
            return Ok((StatusCode::TOO_MANY_REQUESTS, seconds, page).into_response());
        }
        let refused = self.passkey.as_ref().is_some_and(|passkey| passkey.problem.is_some());
        let wrong = refused || self.problem.is_some() || self.fields.iter().any(|field| field.error.is_some());
        let status = if wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
        Ok((status, page).into_response())
    }

    fn errors(&self) -> Vec<(String, String)> {
        errors_of(&self.fields)
    }
}

/// What a form sent, when a name may come several times.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sent(pub(crate) Vec<(String, String)>);

impl Sent {
    pub(crate) fn one(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    pub(crate) fn all(&self, name: &str) -> Vec<String> {
        self.0.iter().filter(|(known, _)| known == name).map(|(_, value)| value.clone()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{Choice, Control, FormField, errors_of};

    #[test]
    fn the_summary_leads_to_the_first_choice() {
        let choices = vec![Choice::new("a", "A", ""), Choice::new("b", "B", "b")];
        let field = FormField::new("x", "X").control(Control::Radios(choices)).error(Some("Bitte wählen"));
        assert_eq!(errors_of(&[field]), [("x-1".to_owned(), "X: Bitte wählen".to_owned())]);
    }
}
