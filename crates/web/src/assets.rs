//! Stylesheet, script and icon, carried in the binary; their addresses contain a hash of their content, so browsers may
//! keep them for ever.

use std::sync::LazyLock;

use axum::body::{Body, Bytes};
use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, Method, header};
use axum::response::Response;
use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use crate::page_cache::{Effort, accepts_gzip, gzip};
use crate::{Routes, WebError};

struct Asset {
    name: String,
    content_type: &'static str,
    plain: &'static [u8],
    gzip: Option<Bytes>,
}

/// The assets a page names.
pub struct Assets {
    css: Asset,
    js: Asset,
    passkey_js: Asset,
    icon: Asset,
}

static ASSETS: LazyLock<Assets> = LazyLock::new(|| Assets {
    css: Asset::new("app", "css", "text/css; charset=utf-8", include_bytes!("../assets/app.css")),
    js: Asset::new("app", "js", "text/javascript; charset=utf-8", include_bytes!("../assets/app.js")),
    passkey_js: Asset::new("passkey", "js", "text/javascript; charset=utf-8", include_bytes!("../assets/passkey.js")),
    icon: Asset::new("icon", "svg", "image/svg+xml", include_bytes!("../assets/icon.svg")),
});

impl Asset {
    fn new(stem: &str, extension: &str, content_type: &'static str, plain: &'static [u8]) -> Self {
        let hash = HEXLOWER.encode(Sha256::digest(plain).get(..8).unwrap_or_default());
        let gzip = gzip(plain, Effort::Best).map(Bytes::from);
        Self { name: format!("{stem}.{hash}.{extension}"), content_type, plain, gzip }
    }
}

/// The file name of the stylesheet, below `/assets/`.
pub fn css() -> &'static str {
    &ASSETS.css.name
}

/// The file name of the script.
pub fn js() -> &'static str {
    &ASSETS.js.name
}

/// The file name of the script for passkeys, which only their pages load.
pub fn passkey_js() -> &'static str {
    &ASSETS.passkey_js.name
}

/// The file name of the icon.
pub fn icon() -> &'static str {
    &ASSETS.icon.name
}

pub(crate) fn routes() -> Routes {
    Routes::new().public(Method::GET, "/assets/{name}", serve)
}

async fn serve(Path(name): Path<String>, request: HeaderMap) -> Result<Response, WebError> {
    let Assets { css, js, passkey_js, icon } = &*ASSETS;
    let asset = [css, js, passkey_js, icon].into_iter().find(|asset| asset.name == name).ok_or(WebError::NotFound)?;
    let gzip = asset.gzip.as_ref().filter(|_| accepts_gzip(&request));
    let mut response = Response::new(match gzip {
        Some(gzip) => Body::from(gzip.clone()),
        None => Body::from(asset.plain),
    });
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(asset.content_type));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if gzip.is_some() {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    Ok(response)
}
