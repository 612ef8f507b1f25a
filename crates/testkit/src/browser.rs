//! A real Chromium for tests, driven over `WebDriver`: phone or desktop, with or without scripts, with pictures and axe.
//!
//! ```no_run
//! # async fn example() -> anyhow::Result<()> {
//! use testkit::browser::{Browser, Scripts, Screen};
//!
//! let browser = Browser::open(Screen::Phone, Scripts::On).await?;
//! browser.driver().goto("http://demo.localhost:8080/").await?;
//! browser.assert_accessible("directory").await;
//! browser.close().await?;
//! # Ok(())
//! # }
//! ```
//!
//! Chromium resolves every `*.localhost` to this machine, so that tenants need no entry in `/etc/hosts`.

use std::fmt;
use std::io::{BufRead as _, BufReader};
use std::ops::Deref;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use data_encoding::BASE64;
use serde::Deserialize;
use serde_json::json;
use tempfile::TempDir;
use thirtyfour::{BrowserCapabilitiesHelper as _, ChromiumLikeCapabilities as _, DesiredCapabilities, WebDriver};

const START_LIMIT: Duration = Duration::from_secs(30);
const END_LIMIT: Duration = Duration::from_secs(5);

/// No sandbox, because tests may run as root and in containers, and load only our own pages. The rest keeps Chromium from talking to
/// anyone but the page, and from asking questions. It is steered through a pipe and not through a port, so that it ends by itself when
/// chromedriver is gone, also when the test was killed.
const ARGUMENTS: [&str; 14] = [
    "--remote-debugging-pipe",
    "--headless=new",
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-sync",
    "--password-store=basic",
];

/// The screen a page is looked at on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Screen {
    /// 360 × 740 CSS pixels with touch, as a small phone has.
    Phone,
    /// 1280 × 900 CSS pixels.
    Desktop,
}

/// Whether the pages' own scripts run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scripts {
    /// As most people have it.
    On,
    /// As with scripts switched off in the browser's settings.
    Off,
}

/// One Chromium with a fresh profile and the chromedriver that steers it. [`Browser::close`] ends both; so does dropping it.
pub struct Browser {
    scripts: Scripts,
    // Dropped in this order: the browser ends before its profile goes.
    session: Session,
    chromedriver: Chromedriver,
    profile: Profile,
}

impl Browser {
    /// Starts a browser with an empty profile. To be called on the test's own thread: the browser ends with the thread that opened it.
    ///
    /// # Errors
    /// When Chromium or chromedriver is missing or does not start; `cargo xtask test` installs both.
    pub async fn open(screen: Screen, scripts: Scripts) -> Result<Self> {
        let chromedriver = Chromedriver::start()?;
        let profile = Profile(TempDir::with_prefix("ampelhaus-chromium-")?);
        let mut capabilities = DesiredCapabilities::chrome();
        for argument in ARGUMENTS {
            capabilities.add_arg(argument)?;
        }
        capabilities.add_arg(&format!("--user-data-dir={}", profile.0.path().display()))?;
        capabilities.add_arg("--lang=de-DE")?;
        if let Some(chromium) = std::env::var_os("AMPELHAUS_TEST_CHROMIUM") {
            capabilities.set_binary(&chromium.to_string_lossy())?;
        }
        match screen {
            Screen::Desktop => capabilities.add_arg("--window-size=1280,900")?,
            // A window cannot be as narrow as a phone; an emulated device can.
            Screen::Phone => capabilities.set_browser_option(
                "mobileEmulation",
                json!({ "deviceMetrics": { "width": 360, "height": 740, "pixelRatio": 2.0, "mobile": true, "touch": true } }),
            )?,
        }
        let mut preferences = json!({ "intl.accept_languages": "de-DE,de" });
        if scripts == Scripts::Off {
            preferences["profile.managed_default_content_settings.javascript"] = json!(2);
        }
        capabilities.set_browser_option("prefs", preferences)?;
        let driver = WebDriver::new(chromedriver.address(), capabilities).await.context("Chromium does not start")?;
        Ok(Self { scripts, session: Session(driver), chromedriver, profile })
    }

    /// The session, to go to pages, find elements and click. [`Browser`] also dereferences to it.
    pub fn driver(&self) -> &WebDriver {
        &self.session.0
    }

    /// Writes a picture of the whole page, not only of the visible part, as PNG.
    ///
    /// # Errors
    /// When the page cannot be measured or the file not be written.
    pub async fn screenshot(&self, file: &Path) -> Result<()> {
        if let Some(directory) = file.parent() {
            std::fs::create_dir_all(directory)?;
        }
        let parameters = json!({ "format": "png", "captureBeyondViewport": true });
        let answer = self.session.0.cdp().send_raw("Page.captureScreenshot", parameters).await?;
        let picture = answer["data"].as_str().context("Chromium took no picture")?;
        std::fs::write(file, BASE64.decode(picture.as_bytes())?)
            .with_context(|| format!("no picture {}", file.display()))
    }

    /// Clicks the first element that fits, with the mouse, in its middle. Unlike `WebElement::click` this needs no script of chromedriver's
    /// in the page, which never answers where scripts are off. Returns at once: what the click leads to must be waited for.
    ///
    /// # Errors
    /// When there is no such element, it is not shown, or something lies over it.
    pub async fn press(&self, css: &str) -> Result<()> {
        let cdp = self.session.0.cdp();
        let document = cdp.send_raw("DOM.getDocument", json!({ "depth": 0 })).await?;
        let found =
            cdp.send_raw("DOM.querySelector", json!({ "nodeId": document["root"]["nodeId"], "selector": css })).await?;
        let target = found["nodeId"].as_u64().filter(|id| *id != 0).with_context(|| format!("no {css}"))?;
        cdp.send_raw("DOM.scrollIntoViewIfNeeded", json!({ "nodeId": target })).await?;
        let quads = cdp.send_raw("DOM.getContentQuads", json!({ "nodeId": target })).await?;
        let corner = |at: usize| quads["quads"][0][at].as_f64().with_context(|| format!("{css} is not shown"));
        let (x, y) = (f64::midpoint(corner(0)?, corner(4)?), f64::midpoint(corner(1)?, corner(5)?));
        // What lies there is asked for by its place in the page, not on the screen.
        let measured = cdp.send_raw("Page.getLayoutMetrics", json!({})).await?;
        let scrolled = |way: &str| measured["cssLayoutViewport"][way].as_f64().unwrap_or_default();
        #[expect(clippy::cast_possible_truncation, reason = "a place in a page")]
        let place = json!({ "x": (x + scrolled("pageX")) as i64, "y": (y + scrolled("pageY")) as i64 });
        let hit = cdp.send_raw("DOM.getNodeForLocation", place).await?;
        let whole = cdp.send_raw("DOM.describeNode", json!({ "nodeId": target, "depth": -1, "pierce": true })).await?;
        if !holds(&whole["node"], &hit["backendNodeId"]) {
            bail!("something lies over {css}");
        }
        for kind in ["mousePressed", "mouseReleased"] {
            let event = json!({ "type": kind, "x": x, "y": y, "button": "left", "clickCount": 1 });
            cdp.send_raw("Input.dispatchMouseEvent", event).await?;
        }
        Ok(())
    }

    /// Presses a key of the keyboard, for what has the focus: `Enter` or `Tab`.
    ///
    /// # Errors
    /// For any other key.
    pub async fn key(&self, name: &str) -> Result<()> {
        let (code, text) = match name {
            "Enter" => (13, "\r"),
            "Tab" => (9, ""),
            _ => bail!("no key {name}"),
        };
        for kind in ["keyDown", "keyUp"] {
            let mut event = json!({ "type": kind, "key": name, "code": name, "windowsVirtualKeyCode": code });
            if kind == "keyDown" && !text.is_empty() {
                event["text"] = json!(text);
            }
            self.session.0.cdp().send_raw("Input.dispatchKeyEvent", event).await?;
        }
        Ok(())
    }

    /// Gives the browser a device for passkeys that always has its owner's finger (`WebAuthn`'s virtual authenticator). It keeps what is
    /// made until the browser ends.
    ///
    /// # Errors
    /// When this Chromium has none.
    pub async fn add_passkey_device(&self) -> Result<()> {
        let cdp = self.session.0.cdp();
        cdp.send_raw("WebAuthn.enable", json!({})).await?;
        let options = json!({
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": true,
            "hasUserVerification": true,
            "isUserVerified": true,
            "automaticPresenceSimulation": true,
        });
        cdp.send_raw("WebAuthn.addVirtualAuthenticator", json!({ "options": options })).await?;
        Ok(())
    }

    /// CSS pixels by which the page is wider than the screen.
    ///
    /// # Errors
    /// When the page cannot be measured.
    pub async fn too_wide(&self) -> Result<f64> {
        let measured = self.session.0.cdp().send_raw("Page.getLayoutMetrics", json!({})).await?;
        let width = |of: &str, what: &str| measured[of][what].as_f64().with_context(|| format!("no {what}"));
        Ok((width("cssContentSize", "width")? - width("cssLayoutViewport", "clientWidth")?).max(0.0))
    }

    /// Checks the page as it is now with axe: all rules of WCAG 2.2 A and AA, and axe's best practices.
    ///
    /// # Errors
    /// When axe is not there or cannot run, as in a browser whose scripts are off.
    pub async fn axe(&self) -> Result<Vec<Violation>> {
        if self.scripts == Scripts::Off {
            bail!("axe is a script; look at the page in a browser with scripts on");
        }
        axe(&self.session.0).await
    }

    /// Fails the test with a readable list if axe finds anything on the page, called `page` in the message.
    ///
    /// # Panics
    /// When axe finds something or cannot run.
    pub async fn assert_accessible(&self, page: &str) {
        match self.axe().await {
            Ok(violations) if violations.is_empty() => {}
            Ok(violations) => {
                let list: Vec<String> = violations.iter().map(ToString::to_string).collect();
                panic!("axe finds {} violations on the page {page}:\n{}", list.len(), list.join("\n"));
            }
            Err(error) => panic!("axe could not look at the page {page}: {error:#}"),
        }
    }

    /// Ends the browser properly.
    ///
    /// # Errors
    /// When it had already ended by itself.
    pub async fn close(self) -> Result<()> {
        let Self { scripts: _, session, chromedriver, profile } = self;
        let ended = session.0.clone().quit().await;
        drop((session, chromedriver, profile));
        ended.context("the browser had ended before")
    }
}

impl Deref for Browser {
    type Target = WebDriver;

    fn deref(&self) -> &WebDriver {
        &self.session.0
    }
}

/// Whether a node as Chromium describes it is or holds the one with this number.
fn holds(node: &serde_json::Value, number: &serde_json::Value) -> bool {
    node["backendNodeId"] == *number
        || ["children", "shadowRoots", "pseudoElements"]
            .iter()
            .any(|parts| node[parts].as_array().is_some_and(|parts| parts.iter().any(|part| holds(part, number))))
}

/// One rule that a page breaks, with the places where it does.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Violation {
    /// axe's name of the rule, such as `color-contrast`.
    pub id: String,
    /// `minor`, `moderate`, `serious` or `critical`.
    pub impact: Option<String>,
    /// What the rule asks for, in one sentence.
    pub help: String,
    /// Where it is broken.
    pub nodes: Vec<BrokenPlace>,
}

/// One element that breaks a rule.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct BrokenPlace {
    /// The element's opening tag or whole text, as axe cuts it.
    pub html: String,
    /// What is wrong there.
    #[serde(rename = "failureSummary", default)]
    pub summary: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { id, impact, help, nodes } = self;
        write!(out, "- {id} ({}): {help}", impact.as_deref().unwrap_or("no impact given"))?;
        for BrokenPlace { html, summary } in nodes {
            write!(out, "\n    {html}\n      {}", summary.replace('\n', "\n      "))?;
        }
        Ok(())
    }
}

/// Injects axe into the page and returns what it finds. Works under the strictest content security policy, because the script is not
/// loaded by the page but brought by the browser's own remote control.
///
/// # Errors
/// When `AMPELHAUS_TEST_AXE` does not name `axe.min.js`, or the script fails in the page.
pub async fn axe(driver: &WebDriver) -> Result<Vec<Violation>> {
    let file = std::env::var("AMPELHAUS_TEST_AXE")
        .context("AMPELHAUS_TEST_AXE is not set, so axe is not there: run the tests with `cargo xtask test`")?;
    let source = std::fs::read_to_string(&file).with_context(|| file.clone())?;
    driver.execute(source, Vec::new()).await.context("axe does not load in this page")?;
    let run = r"
        const done = arguments[0];
        const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
        axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] })
            .then(result => done({ violations: result.violations }), error => done({ error: String(error) }));
    ";
    let answer = driver.execute_async(run, Vec::new()).await.context("axe does not run in this page")?;
    match answer.json() {
        value if value["violations"].is_array() => Ok(serde_json::from_value(value["violations"].clone())?),
        value => bail!("axe failed: {}", value["error"]),
    }
}

/// The session, which at its end does nothing by itself. Left alone it would ask chromedriver to quit and wait for the answer on the very
/// thread that has to bring it: two minutes for each failing test.
struct Session(WebDriver);

impl Drop for Session {
    fn drop(&mut self) {
        // An error says that it was quit properly.
        let _ = self.0.clone().leak();
    }
}

/// A fresh user-data directory, removed when Chromium has let go of it.
struct Profile(TempDir);

impl Drop for Profile {
    fn drop(&mut self) {
        // Chromium writes its profile once more while it ends.
        let deadline = Instant::now() + END_LIMIT;
        while runs_with(self.0.path()) && Instant::now() < deadline {
            thread::sleep(Duration::from_millis(20));
        }
    }
}

/// Whether a process names this profile on its command line.
fn runs_with(profile: &Path) -> bool {
    let profile = profile.to_string_lossy();
    std::fs::read_dir("/proc").into_iter().flatten().flatten().any(|process| {
        let said = std::fs::read(process.path().join("cmdline")).unwrap_or_default();
        String::from_utf8_lossy(&said).contains(profile.as_ref())
    })
}

/// The program that steers Chromium, on a port it chose itself.
struct Chromedriver {
    process: Child,
    port: u16,
}

impl Chromedriver {
    fn start() -> Result<Self> {
        let program = std::env::var_os("AMPELHAUS_TEST_CHROMEDRIVER").unwrap_or_else(|| "chromedriver".into());
        // It ends with the test, even with a test that is killed, and takes its Chromium with it.
        let mut process = Command::new("setpriv")
            .args(["--pdeathsig", "TERM"])
            .arg(&program)
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .context("chromedriver does not start")?;
        let said = process.stdout.take().context("chromedriver has no output")?;
        let (tell, told) = mpsc::channel();
        thread::spawn(move || {
            // Reads on to the end, so that chromedriver never waits for a reader.
            for line in BufReader::new(said).lines().map_while(Result::ok) {
                if let Some(port) = port_in(&line) {
                    let _ = tell.send(port);
                }
            }
        });
        let mut chromedriver = Self { process, port: 0 };
        chromedriver.port = told.recv_timeout(START_LIMIT).with_context(|| {
            format!("{} did not say on which port it listens; is chromium-driver installed?", program.display())
        })?;
        Ok(chromedriver)
    }

    fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

impl Drop for Chromedriver {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// `ChromeDriver was started successfully on port 35311.`
fn port_in(line: &str) -> Option<u16> {
    let (_, rest) = line.split_once("started successfully on port ")?;
    rest.trim_end_matches('.').parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_port_is_read_from_what_chromedriver_says() {
        assert_eq!(port_in("ChromeDriver was started successfully on port 35311."), Some(35311));
        assert_eq!(port_in("Only local connections are allowed."), None);
    }

    #[tokio::test]
    async fn a_browser_that_is_only_dropped_leaves_nothing_behind() {
        let browser = Browser::open(Screen::Desktop, Scripts::On).await.unwrap();
        let profile = browser.profile.0.path().to_path_buf();
        assert!(runs_with(&profile), "the browser runs");
        let began = Instant::now();
        drop(browser);
        assert!(began.elapsed() < START_LIMIT, "a failing test must not wait for its browser");
        assert!(!runs_with(&profile), "Chromium still runs with {}", profile.display());
        assert!(!profile.exists(), "the profile is still there: {}", profile.display());
    }

    #[test]
    fn a_violation_reads_as_rule_and_places() {
        let violation = Violation {
            id: "image-alt".to_owned(),
            impact: Some("critical".to_owned()),
            help: "Images must have alternative text".to_owned(),
            nodes: vec![BrokenPlace { html: "<img src=\"a\">".to_owned(), summary: "Fix:\n  add alt".to_owned() }],
        };
        assert_eq!(
            violation.to_string(),
            "- image-alt (critical): Images must have alternative text\n    <img src=\"a\">\n      Fix:\n        add alt"
        );
    }
}
