//! `/sprache/{de|en}?zurueck=/path`: remembers a language and goes back.

use axum::extract::{Path, Query};
use axum::http::{Method, header};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::{Lang, Routes, WebError, cookies};

pub(crate) fn routes() -> Routes {
    Routes::new().public(Method::GET, "/sprache/{lang}", switch)
}

#[derive(Deserialize)]
struct Back {
    #[serde(default)]
    zurueck: String,
}

async fn switch(Path(lang): Path<String>, Query(Back { zurueck }): Query<Back>) -> Result<Response, WebError> {
    let lang = Lang::from_code(&lang).ok_or(WebError::NotFound)?;
    let back = if is_own_path(&zurueck) { zurueck.as_str() } else { "/" };
    let mut response = Redirect::to(back).into_response();
    if let Some(cookie) = cookies::LANG.set(lang.code()) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

/// Whether an address leads to this very host: a path, not `//elsewhere`, nothing a browser would bend into one.
pub fn is_own_path(path: &str) -> bool {
    path.starts_with('/')
        && !path.starts_with("//")
        && path.len() <= 2_000
        && path.bytes().all(|b| b.is_ascii_graphic() && b != b'\\')
}

#[cfg(test)]
mod tests {
    use super::is_own_path;

    #[test]
    fn only_paths_of_this_host_are_gone_back_to() {
        assert!(is_own_path("/gruppen/mut?x=1%20"));
        for bad in ["", "//evil.example", "/\\evil.example", "https://evil.example", "/a\r\nb", "/ä", "javascript:1"] {
            assert!(!is_own_path(bad), "{bad}");
        }
    }
}
