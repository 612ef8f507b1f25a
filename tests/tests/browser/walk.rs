//! Someone who walks through the pages with a browser.

use std::path::PathBuf;
use std::time::Duration;

use testkit::browser::{Browser, Screen, Scripts};
use thirtyfour::{By, WebElement};

/// A browser that takes a picture of every page it checks.
pub(crate) struct Walk {
    pub(crate) browser: Browser,
    name: String,
}

impl Walk {
    pub(crate) async fn open(screen: Screen, name: impl Into<String>) -> Self {
        Self { browser: Browser::open(screen, Scripts::On).await.unwrap(), name: name.into() }
    }

    pub(crate) async fn go(&self, url: &str) {
        self.browser.goto(url).await.unwrap();
    }

    /// The page is what it should be, accessible, not wider than the screen.
    pub(crate) async fn at(&self, page: &str, heading: &str) {
        let mut text = String::new();
        for _ in 0..50 {
            // The page before may still be there, or go away while it is read.
            if let Ok(found) = self.find("h1").await.text().await {
                text = found;
            }
            if text.contains(heading) {
                break;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        assert!(text.contains(heading), "{page}: {text}");
        self.browser.assert_accessible(page).await;
        let wider = "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
        let wider = self.browser.execute(wider, Vec::new()).await.unwrap();
        assert_eq!(wider.json(), &serde_json::json!(0), "{page} is wider than the screen");
        if let Ok(folder) = std::env::var("AMPELHAUS_TEST_PICTURES") {
            let file = PathBuf::from(folder).join(format!("{}-{page}.png", self.name));
            self.browser.screenshot(&file).await.unwrap();
        }
    }

    pub(crate) async fn find(&self, css: &str) -> WebElement {
        for _ in 0..50 {
            if let Ok(element) = self.browser.find(By::Css(css)).await {
                return element;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("no {css} on {}", self.browser.source().await.unwrap());
    }

    pub(crate) async fn fill(&self, css: &str, text: &str) {
        let element = self.find(css).await;
        element.clear().await.unwrap();
        element.send_keys(text).await.unwrap();
    }

    pub(crate) async fn click(&self, css: &str) {
        let element = self.find(css).await;
        element.scroll_into_view().await.unwrap();
        element.click().await.unwrap();
    }

    pub(crate) async fn text(&self, css: &str) -> String {
        self.find(css).await.text().await.unwrap()
    }
}
