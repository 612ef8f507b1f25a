//! One browser on its way through the house: what every page it comes to must be, and how a person gets on from there.

use std::path::PathBuf;
use std::time::Duration;

use domain::Clock;
use testkit::browser::{Browser, Screen, Scripts};
use testkit::{Person, World};
use thirtyfour::{By, Key, WebElement};

/// Steps of a tenth of a second to wait for what is to come.
const PATIENCE: usize = 50;

/// A browser that checks and takes a picture of every page it is [`Walk::at`].
pub(crate) struct Walk {
    pub(crate) browser: Browser,
    scripts: Scripts,
    name: String,
}

impl Walk {
    pub(crate) async fn open(screen: Screen, scripts: Scripts, name: impl Into<String>) -> Self {
        Self { browser: Browser::open(screen, scripts).await.unwrap(), scripts, name: name.into() }
    }

    pub(crate) async fn go(&self, url: &str) {
        self.browser.goto(url).await.unwrap();
    }

    /// The page is what it should be, accessible (where a script can look), not wider than the screen.
    pub(crate) async fn at(&self, page: &str, heading: &str) {
        let mut text = String::new();
        for _ in 0..PATIENCE {
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
        if self.scripts == Scripts::On {
            self.browser.assert_accessible(page).await;
        }
        let wider = self.browser.too_wide().await.unwrap();
        assert!(wider < 1.0, "{page} is {wider} pixels wider than the screen");
        if let Ok(folder) = std::env::var("AMPELHAUS_TEST_PICTURES") {
            let file = PathBuf::from(folder).join(format!("{}-{page}.png", self.name));
            self.browser.screenshot(&file).await.unwrap();
        }
    }

    /// Someone logs in with password and code.
    pub(crate) async fn log_in(&self, world: &World, person: &Person, site: &str, lang: &str) {
        self.go(&format!("{site}/sprache/{lang}")).await;
        self.go(&format!("{site}/login")).await;
        self.fill("[name=email]", &person.email).await;
        self.fill("[name=password]", person.password).await;
        self.click("main form button").await;
        self.fill("[name=code]", person.code(world.clock.now()).as_str()).await;
        self.click("main form button").await;
        self.find("[href='/konto']").await;
    }

    /// Waits until the address ends so.
    pub(crate) async fn at_address(&self, end: &str) {
        let mut address = String::new();
        for _ in 0..PATIENCE {
            address = self.browser.current_url().await.unwrap().to_string();
            if address.ends_with(end) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("not at {end} but at {address}");
    }

    /// Waits until an element says something with these words in it.
    pub(crate) async fn until(&self, css: &str, words: &str) {
        let mut text = String::new();
        for _ in 0..PATIENCE {
            text = self.find(css).await.text().await.unwrap_or_default();
            if text.contains(words) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("{css} does not say {words:?} but {text:?}");
    }

    pub(crate) async fn find(&self, css: &str) -> WebElement {
        for _ in 0..PATIENCE {
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
        if self.scripts == Scripts::Off {
            self.browser.press(css).await.unwrap();
            return;
        }
        element.scroll_into_view().await.unwrap();
        element.click().await.unwrap();
    }

    /// Chooses one of a list that opens by keyboard, counted from 0: that works with scripts and without.
    pub(crate) async fn choose(&self, css: &str, place: usize) {
        let list = self.find(css).await;
        list.send_keys(Key::Home).await.unwrap();
        for _ in 0..place {
            list.send_keys(Key::Down).await.unwrap();
        }
    }

    pub(crate) async fn text(&self, css: &str) -> String {
        self.find(css).await.text().await.unwrap()
    }
}
