//! Shows that the browser tests can fail: that axe finds what is wrong, that a phone is narrow, that scripts off means off.

use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, TcpListener};
use std::thread;

use testkit::browser::{Browser, Screen, Scripts};
use thirtyfour::By;

const GOOD: &str = r#"<!doctype html><html lang="de"><head><title>Gruppe</title>
    <meta name="viewport" content="width=device-width, initial-scale=1"><script src="/script.js"></script></head>
    <body><main><h1>Gruppe</h1><p id="said">ohne Skript</p></main></body></html>"#;
const BAD: &str = r#"<!doctype html><html><head><title></title></head><body><h1>Gruppe</h1><img src="/x.png">
    <p style="color:#ccc;background:#fff">kaum zu lesen</p></body></html>"#;
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
