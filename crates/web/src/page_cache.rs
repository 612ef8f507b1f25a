//! Finished public pages in memory: rendered and compressed once per version, language, day and address.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Write;
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::TenantId;
use flate2::Compression;
use flate2::write::GzEncoder;
use jiff::civil::Date;
use tokio::sync::Semaphore;

use crate::{Lang, WebError};

/// What a finished page depends on.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PageKey {
    /// Whose page.
    pub tenant: TenantId,
    /// [`usecases::site::Site::version`].
    pub version: u64,
    /// In which language.
    pub lang: Lang,
    /// On which day: next dates move on.
    pub day: Date,
    /// Path and the part of the query that matters, in one order.
    pub address: String,
}

/// A page as it goes out.
#[derive(Clone, Debug)]
pub struct Finished {
    content_type: &'static str,
    etag: HeaderValue,
    plain: Bytes,
    gzip: Option<Bytes>,
}

/// How hard to compress.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effort {
    /// For addresses many people ask for.
    Best,
    /// For what may never be asked again.
    Quick,
}

impl Finished {
    /// Compresses a page and names it after its content.
    pub fn new(content_type: &'static str, body: String, effort: Effort) -> Self {
        let mut hasher = DefaultHasher::new();
        body.hash(&mut hasher);
        // Weak: the compressed and the plain form share it (RFC 9110 § 8.8.1).
        let etag = HeaderValue::try_from(format!("W/\"{:016x}\"", hasher.finish()));
        let gzip = gzip(body.as_bytes(), effort).filter(|gzip| gzip.len() < body.len());
        Self {
            content_type,
            etag: etag.unwrap_or(HeaderValue::from_static("W/\"0\"")),
            plain: Bytes::from(body),
            gzip: gzip.map(Bytes::from),
        }
    }

    fn weight(&self) -> u32 {
        let bytes = self.plain.len() + self.gzip.as_ref().map_or(0, Bytes::len) + 300;
        u32::try_from(bytes).unwrap_or(u32::MAX)
    }

    /// The answer to a request: 304 if the browser has it already.
    pub fn respond(&self, request: &HeaderMap) -> Response {
        let known = request.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
        let same = known.is_some_and(|known| known.split(',').any(|tag| self.etag == tag.trim()));
        let mut response = if same {
            StatusCode::NOT_MODIFIED.into_response()
        } else {
            let gzip = self.gzip.as_ref().filter(|_| accepts_gzip(request));
            let mut response = Response::new(Body::from(gzip.unwrap_or(&self.plain).clone()));
            let headers = response.headers_mut();
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(self.content_type));
            if gzip.is_some() {
                headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
            }
            response
        };
        let headers = response.headers_mut();
        headers.insert(header::ETAG, self.etag.clone());
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding, accept-language, cookie"));
        response
    }
}

/// Whether the request takes gzip (RFC 9110 § 12.5.3).
pub(crate) fn accepts_gzip(request: &HeaderMap) -> bool {
    let accepted = request.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    accepted.split(',').any(|part| {
        let (coding, params) = part.split_once(';').unwrap_or((part, ""));
        coding.trim().eq_ignore_ascii_case("gzip") && !matches!(params.trim(), "q=0" | "q=0.0" | "q=0.00" | "q=0.000")
    })
}

pub(crate) fn gzip(body: &[u8], effort: Effort) -> Option<Vec<u8>> {
    let level = match effort {
        Effort::Best => Compression::best(),
        Effort::Quick => Compression::fast(),
    };
    let mut encoder = GzEncoder::new(Vec::with_capacity(body.len() / 4), level);
    encoder.write_all(body).ok()?;
    encoder.finish().ok()
}

/// Finished pages of all offices, bounded in bytes; what is seldom asked for goes first.
///
/// Pages are made one after the other per office, so that one that is asked for more than can be made waits behind
/// itself, and not the others behind it.
#[derive(Debug)]
pub struct PageCache {
    pages: moka::sync::Cache<PageKey, Arc<Finished>>,
    turns: [Semaphore; TURNS],
}

/// Queues for pages to be made. Offices are spread over them; that two share one is rare, and only makes both slower.
const TURNS: usize = 64;
/// How long a request waits for its turn; many more wait then than will ever be served in time.
const PATIENCE: Duration = Duration::from_secs(2);

impl PageCache {
    /// A cache of at most `bytes`.
    pub fn new(bytes: u64) -> Self {
        let weight = |_: &PageKey, page: &Arc<Finished>| page.weight();
        Self {
            pages: moka::sync::Cache::builder().max_capacity(bytes).weigher(weight).build(),
            turns: [const { Semaphore::const_new(1) }; TURNS],
        }
    }

    /// The finished page, or what `make` makes of it; [`WebError::Busy`] when too much is asked of this office at once.
    pub async fn get(
        &self,
        key: PageKey,
        make: impl FnOnce() -> Result<Finished, WebError>,
    ) -> Result<Arc<Finished>, WebError> {
        if let Some(page) = self.pages.get(&key) {
            return Ok(page);
        }
        let turn = self.turns.get(place(&key)).ok_or(WebError::Busy)?.acquire();
        let _turn = tokio::time::timeout(PATIENCE, turn).await.map_err(|_| WebError::Busy)?;
        // Someone before us may have waited for the same page.
        if let Some(page) = self.pages.get(&key) {
            return Ok(page);
        }
        let page = Arc::new(make()?);
        self.pages.insert(key, Arc::clone(&page));
        Ok(page)
    }
}

fn place(key: &PageKey) -> usize {
    let mut hasher = DefaultHasher::new();
    key.tenant.hash(&mut hasher);
    usize::try_from(hasher.finish() % TURNS as u64).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderValue, StatusCode, header};

    use super::{Effort, Finished};

    #[test]
    fn a_page_the_browser_has_is_not_sent_again() {
        let page = Finished::new("text/html", "hallo ".repeat(100), Effort::Best);
        let mut request = HeaderMap::new();
        request.insert(header::ACCEPT_ENCODING, HeaderValue::from_static("br, gzip;q=0.8"));
        let first = page.respond(&request);
        assert_eq!(
            (first.status(), &first.headers()[header::CONTENT_ENCODING]),
            (StatusCode::OK, &HeaderValue::from_static("gzip"))
        );
        request.insert(header::IF_NONE_MATCH, first.headers()[header::ETAG].clone());
        assert_eq!(page.respond(&request).status(), StatusCode::NOT_MODIFIED);
    }

    #[test]
    fn who_refuses_gzip_gets_the_plain_page() {
        let page = Finished::new("text/html", "hallo ".repeat(100), Effort::Quick);
        let mut request = HeaderMap::new();
        assert!(!page.respond(&request).headers().contains_key(header::CONTENT_ENCODING));
        request.insert(header::ACCEPT_ENCODING, HeaderValue::from_static("gzip;q=0"));
        assert!(!page.respond(&request).headers().contains_key(header::CONTENT_ENCODING));
    }
}
