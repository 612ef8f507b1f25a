//! `/robots.txt` and `/sitemap.xml`: only live offices are found by search engines.

use std::fmt::Write;

use axum::extract::State;
use axum::http::{HeaderName, HeaderValue, Method, header};
use axum::response::{IntoResponse, Response};
use domain::office::Visibility;
use usecases::site::Site;

use super::group_path;

use crate::visit::SiteVisit;
use crate::{Routes, WebError, WebState};

const X_ROBOTS_TAG: HeaderName = HeaderName::from_static("x-robots-tag");

pub(crate) fn routes() -> Routes {
    Routes::new().site(Method::GET, "/robots.txt", robots).site(Method::GET, "/sitemap.xml", sitemap)
}

async fn robots(State(state): State<WebState>, visit: SiteVisit) -> Response {
    let text = if visit.site.visibility == Visibility::Live {
        let origin = state.config.office_origin(&visit.site.slug);
        format!(
            "User-agent: *\nDisallow: /office\nDisallow: /login\nDisallow: /sprache\nDisallow: /gruppen/*/kontakt\n\n\
             Sitemap: {origin}/sitemap.xml\n"
        )
    } else {
        "User-agent: *\nDisallow: /\n".to_owned()
    };
    ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response()
}

async fn sitemap(State(state): State<WebState>, visit: SiteVisit) -> Result<Response, WebError> {
    let site = visit.open()?;
    if site.visibility != Visibility::Live {
        return Err(WebError::NotFound);
    }
    let xml = urls(site, &state.config.office_origin(&site.slug));
    Ok(([(header::CONTENT_TYPE, "application/xml; charset=utf-8")], xml).into_response())
}

/// Slugs and our own origin need no escaping (sitemaps.org, "Entity escaping").
fn urls(site: &Site, origin: &str) -> String {
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for path in ["/", "/ueber-uns", "/impressum", "/datenschutz", "/barrierefreiheit"] {
        let _ = writeln!(xml, "<url><loc>{origin}{path}</loc></url>");
    }
    for group in site.directory.groups() {
        let _ = write!(xml, "<url><loc>{origin}{}</loc>", group_path(&group.slug));
        if let Some(confirmed) = &group.confirmed_on {
            let _ = write!(xml, "<lastmod>{}</lastmod>", **confirmed);
        }
        xml.push_str("</url>\n");
    }
    xml.push_str("</urlset>\n");
    xml
}

/// Marks what an office in trial answers.
pub(super) fn mark(site: &Site, response: &mut Response) {
    if site.visibility != Visibility::Live {
        never_index(response);
    }
}

/// Marks an answer that no search engine may list.
pub(super) fn never_index(response: &mut Response) {
    response.headers_mut().insert(X_ROBOTS_TAG, HeaderValue::from_static("noindex, nofollow"));
}
