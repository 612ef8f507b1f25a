//! Shows that the browser tests can fail: that axe finds what is wrong, that a phone is narrow, that scripts off means off.

use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, TcpListener};
use std::thread;
use std::time::Duration;

use testkit::browser::{Browser, Screen, Scripts};
use thirtyfour::By;

const GOOD: &str = r#"<!doctype html><html lang="de"><head><title>Gruppe</title>
    <meta name="viewport" content="width=device-width, initial-scale=1"><script src="/script.js"></script></head>
    <body><main><h1>Gruppe</h1><p id="said">ohne Skript</p></main></body></html>"#;
const BAD: &str = r#"<!doctype html><html><head><title></title></head><body><h1>Gruppe</h1><img src="/x.png">
    <p style="color:#ccc;background:#fff">kaum zu lesen</p></body></html>"#;
/// One link for everyone, one that only a script follows, one under something.
const LINKS: &str = r##"<!doctype html><html lang="de"><head><title>Wege</title><script src="/follow.js"></script></head>
    <body><main><h1>Wege</h1><p><a id="plain" href="/good">überall</a></p><p><a id="scripted" href="#">mit Skript</a></p>
    <p><a id="under" href="/good">darunter</a></p></main>
    <div style="position:fixed;inset:8rem 0 0 0;background:#fff">darüber</div></body></html>"##;
const FOLLOW: &str = "addEventListener('DOMContentLoaded', () => {
    document.getElementById('scripted').onclick = () => { location.href = '/good'; };
});";
const SCRIPT: &str =
    "addEventListener('DOMContentLoaded', () => { document.getElementById('said').textContent = 'mit Skript'; });";

/// Serves the pages above under the strictest policy that the product may ever have, and returns the port.
fn serve() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { continue };
            thread::spawn(move || {
                let mut request = [0_u8; 4096];
                let read = stream.read(&mut request).unwrap_or(0);
                let request = String::from_utf8_lossy(&request[..read]).into_owned();
                let (status, kind, body) = match request.split(' ').nth(1) {
                    Some("/good") => ("200 OK", "text/html; charset=utf-8", GOOD),
                    Some("/bad") => ("200 OK", "text/html; charset=utf-8", BAD),
                    Some("/links") => ("200 OK", "text/html; charset=utf-8", LINKS),
                    Some("/follow.js") => ("200 OK", "text/javascript", FOLLOW),
                    Some("/script.js") => ("200 OK", "text/javascript", SCRIPT),
                    _ => ("404 Not Found", "text/plain", ""),
                };
                let _ = write!(
                    stream,
                    "HTTP/1.1 {status}\r\ncontent-type: {kind}\r\ncontent-length: {}\r\nconnection: close\r\n\
                     content-security-policy: default-src 'none'; script-src 'self'; style-src 'unsafe-inline'\r\n\r\n{body}",
                    body.len()
                );
            });
        }
    });
    port
}

#[tokio::test]
async fn a_tenants_host_on_localhost_opens_on_a_phone_sized_screen() {
    let port = serve();
    let browser = Browser::open(Screen::Phone, Scripts::On).await.unwrap();
    browser.goto(format!("http://demo.localhost:{port}/good")).await.unwrap();
    assert_eq!(browser.find(By::Tag("h1")).await.unwrap().text().await.unwrap(), "Gruppe");
    assert_eq!(browser.find(By::Id("said")).await.unwrap().text().await.unwrap(), "mit Skript");
    let size = browser.execute("return [innerWidth, innerHeight]", Vec::new()).await.unwrap();
    assert_eq!(size.json(), &serde_json::json!([360, 740]));
    browser.assert_accessible("good").await;

    let directory = tempfile::tempdir().unwrap();
    let picture = directory.path().join("phone/good.png");
    browser.screenshot(&picture).await.unwrap();
    assert!(std::fs::read(&picture).unwrap().starts_with(b"\x89PNG"));
    browser.close().await.unwrap();
}

#[tokio::test]
async fn axe_finds_what_is_wrong_with_a_page() {
    let port = serve();
    let browser = Browser::open(Screen::Desktop, Scripts::On).await.unwrap();
    browser.goto(format!("http://demo.localhost:{port}/good")).await.unwrap();
    assert!(browser.axe().await.unwrap().is_empty());
    browser.goto(format!("http://demo.localhost:{port}/bad")).await.unwrap();
    let found: Vec<String> = browser.axe().await.unwrap().into_iter().map(|violation| violation.id).collect();
    for rule in ["image-alt", "color-contrast", "html-has-lang", "document-title"] {
        assert!(found.iter().any(|id| id == rule), "{rule} is not among {found:?}");
    }
    browser.close().await.unwrap();
}

#[tokio::test]
async fn scripts_off_means_off() {
    let port = serve();
    let browser = Browser::open(Screen::Desktop, Scripts::Off).await.unwrap();
    browser.goto(format!("http://demo.localhost:{port}/good")).await.unwrap();
    assert_eq!(browser.find(By::Id("said")).await.unwrap().text().await.unwrap(), "ohne Skript");
    assert!(browser.axe().await.is_err(), "axe must say that it cannot run, not that it found nothing");
    browser.close().await.unwrap();
}

#[tokio::test]
async fn a_link_that_needs_a_script_leads_nowhere_without_scripts() {
    let port = serve();
    let good = format!("http://demo.localhost:{port}/good");
    for (scripts, scripted_works) in [(Scripts::On, true), (Scripts::Off, false)] {
        let browser = Browser::open(Screen::Desktop, scripts).await.unwrap();
        for (link, works) in [("#plain", true), ("#scripted", scripted_works)] {
            browser.goto(format!("http://demo.localhost:{port}/links")).await.unwrap();
            browser.press(link).await.unwrap();
            let mut arrived = false;
            for _ in 0..if works { 50 } else { 10 } {
                arrived = browser.current_url().await.unwrap().as_str() == good;
                if arrived {
                    break;
                }
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
            assert_eq!(arrived, works, "{link} with scripts {scripts:?}");
        }
        browser.goto(format!("http://demo.localhost:{port}/links")).await.unwrap();
        let covered = browser.press("#under").await.unwrap_err();
        assert!(covered.to_string().contains("lies over"), "{covered:#}");
        browser.close().await.unwrap();
    }
}

#[test]
fn psql_reaches_the_private_server_and_a_wrong_password_does_not() {
    let url = testkit::postgres::url();
    let answer = testkit::postgres::psql(&url, "select 6 * 7");
    assert_eq!(String::from_utf8_lossy(&answer.stdout).trim(), "42", "{}", String::from_utf8_lossy(&answer.stderr));
    let (_, host) = url.split_once('@').unwrap();
    let refused = testkit::postgres::psql(&format!("postgres://postgres:wrong@{host}"), "select 1");
    assert!(!refused.status.success());
    assert!(String::from_utf8_lossy(&refused.stderr).contains("password authentication failed"));
}
