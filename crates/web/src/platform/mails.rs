//! `/mail`: the mails the demo caught instead of sending them.

use askama::Template;
use axum::extract::State;
use axum::http::Method;
use axum::response::Html;
use mail_parser::MessageParser;

use crate::page::{Page, html};
use crate::{Routes, Visit, WebError, WebState};

/// The newest so many are shown.
const SHOWN: usize = 50;

pub(crate) fn routes() -> Routes {
    Routes::new().platform(Method::GET, "/mail", list)
}

struct Caught {
    subject: String,
    /// The sender's name, or address.
    from: String,
    to: String,
    at: String,
    /// Each line, and whether it is a link.
    lines: Vec<(String, bool)>,
}

#[derive(Template)]
#[template(path = "platform/mails.html")]
struct MailsPage {
    page: Page,
    mails: Vec<Caught>,
}

async fn list(State(state): State<WebState>, visit: Visit) -> Result<Html<String>, WebError> {
    let folder = state.config.mail_folder.clone().ok_or(WebError::NotFound)?;
    let mails = tokio::task::spawn_blocking(move || read(&folder)).await.map_err(WebError::internal)?;
    let mut page = visit.page(visit.lang.t("mails-title"));
    page.indexed = false;
    html(&MailsPage { page, mails: mails.map_err(WebError::internal)? })
}

fn read(folder: &std::path::Path) -> std::io::Result<Vec<Caught>> {
    let mut files = Vec::new();
    let entries = match std::fs::read_dir(folder) {
        // The worker makes it, with the first mail.
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    for entry in entries {
        let entry = entry?;
        if entry.path().extension().is_some_and(|extension| extension == "eml") {
            files.push((entry.metadata()?.modified()?, entry.path()));
        }
    }
    files.sort();
    files.iter().rev().take(SHOWN).map(|(_, path)| Ok(caught(&std::fs::read(path)?))).collect()
}

fn caught(bytes: &[u8]) -> Caught {
    let message = MessageParser::default().parse(bytes).unwrap_or_default();
    let body = message.body_text(0).unwrap_or_default();
    let is_link = |line: &str| line.starts_with("http://") || line.starts_with("https://");
    let from = message.from().and_then(|from| from.first());
    Caught {
        from: from.and_then(|from| from.name().or(from.address())).unwrap_or_default().to_owned(),
        subject: message.subject().unwrap_or_default().to_owned(),
        to: message.to().and_then(|to| to.first()).and_then(|to| to.address()).unwrap_or_default().to_owned(),
        at: message.date().map(ToString::to_string).unwrap_or_default(),
        lines: body.lines().map(|line| (line.trim().to_owned(), is_link(line.trim()))).collect(),
    }
}
