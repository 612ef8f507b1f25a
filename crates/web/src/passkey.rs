//! Passkeys on pages: a form that a script fills in, and the cookie that carries what was asked until the answer comes.
//!
//! The form is hidden until the script shows it; without the script the page says that passkeys need one, and offers the
//! other ways.

use axum::http::{HeaderMap, header};
use axum::response::Response;
use serde::Deserialize;
use usecases::account::passkeys::{Answer, Ceremony};

use crate::form::FormField;
use crate::{Lang, WebError, assets, cookies};

/// Whether a passkey is made or used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ask {
    /// A new one.
    Create,
    /// One the browser has.
    Get,
}

impl Ask {
    /// The word for the script.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Get => "get",
        }
    }
}

/// The part of a page that asks for a passkey.
#[derive(Clone, Debug)]
pub struct PasskeyForm {
    /// Whether one is made or used.
    pub ask: Ask,
    /// Where the answer is sent.
    pub action: String,
    /// What the browser is asked, as JSON.
    pub options: String,
    /// A field beside it, such as the passkey's name.
    pub field: Option<FormField>,
    /// What the button says.
    pub button: &'static str,
    /// What it is good for, a sentence above the button; may be empty.
    pub lead: &'static str,
    /// What was wrong with the last answer.
    pub problem: Option<&'static str>,
    /// Whether the script asks without waiting for the button, which was pressed on the page before.
    pub at_once: bool,
}

impl PasskeyForm {
    /// The form of a ceremony.
    pub fn new(lang: Lang, ask: Ask, action: impl Into<String>, ceremony: &Ceremony, button: &'static str) -> Self {
        let button = lang.t(button);
        let options = ceremony.options.clone();
        Self { ask, action: action.into(), options, field: None, button, lead: "", problem: None, at_once: false }
    }

    /// Address of the script.
    pub fn script(&self) -> &'static str {
        assets::passkey_js()
    }
}

/// What the form sends.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Answered {
    #[serde(default)]
    pub(crate) credential: String,
    #[serde(default)]
    pub(crate) name: String,
}

impl Answered {
    /// Together with what was asked, as the browser brought it back.
    pub(crate) fn to<'a>(&'a self, headers: &'a HeaderMap) -> Answer<'a> {
        Answer { cookie: cookies::PASSKEY.read(headers).unwrap_or_default(), response: &self.credential }
    }
}

/// Gives the browser what was asked, to be brought back with the answer.
pub(crate) fn with_ceremony(mut response: Response, ceremony: Option<&Ceremony>) -> Result<Response, WebError> {
    if let Some(ceremony) = ceremony {
        let cookie = cookies::PASSKEY.set(&ceremony.cookie);
        let cookie = cookie.ok_or_else(|| WebError::internal("a ceremony no cookie can hold"))?;
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

/// Takes it back: it was answered.
pub(crate) fn without_ceremony(mut response: Response) -> Response {
    if let Some(cookie) = cookies::PASSKEY.clear() {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}
