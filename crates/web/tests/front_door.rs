//! Hosts, headers, errors, and that work once begun comes to its end.

#![allow(clippy::unwrap_used, reason = "a test that cannot be set up fails")]

mod support;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use access::actions::{ListGroups, PublishOffice};
use access::{Role, Stage};
use axum::Form;
use axum::http::{Method, StatusCode, header};
use support::{Client, GROUP, config};
use testkit::{Backend, World};
use web::{Granted, Routes, SiteVisit, WebConfig};

const SECURITY: [(&str, &str); 6] = [
    ("content-security-policy", "default-src 'none'"),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("permissions-policy", "camera=()"),
];

#[tokio::test]
async fn only_known_hosts_have_a_house_behind_them() {
    let client = Client::new();
    assert!(client.at("demo.localhost:8080").get("/").await.body.contains("Selbsthilfekontaktstelle Lindenau"));
    assert!(client.at("DEMO.LocalHost").get("/").await.status.is_success());
    assert!(client.at("localhost").get("/").await.body.contains("Kontaktstelle registrieren"));
    for host in
        ["nirgends.localhost", "evil.example", "demo.localhost.evil.example", "a.demo.localhost", "127.0.0.1", ""]
    {
        let page = client.at(host).get("/").await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{host}");
        assert!(page.body.contains("gibt es kein Verzeichnis") && !page.body.contains("Lindenau"), "{host}");
        // The page looks like one of ours, and leads to where we are.
        assert!(page.body.contains("href=\"http://localhost/\""), "{}", page.body);
        let style = page.body.split("stylesheet\" href=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
        assert_eq!(client.at(host).get(style).await.status, StatusCode::OK, "{host}{style}");
        for path in ["/login", "/impressum", "/office", "/robots.txt"] {
            assert_eq!(client.at(host).get(path).await.status, StatusCode::NOT_FOUND, "{host}{path}");
        }
    }
    assert_eq!(client.at("localhost").get(GROUP).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn every_answer_carries_the_security_headers() {
    let client = Client::new();
    let answers = [
        client.get("/").await,
        client.get("/nichts").await,
        client.post(&format!("{GROUP}/kontakt")).await,
        client.send(Method::DELETE, "/", "").await,
        client.at("evil.example").get("/").await,
        client.get("/robots.txt").await,
    ];
    for answer in answers {
        for (name, value) in SECURITY {
            assert!(answer.header(name).starts_with(value), "{name} on {}", answer.status);
        }
        assert!(answer.header("strict-transport-security").is_empty());
    }
    let secure = Client::of(WebConfig { https: true, ..config() }, &web::routes()).get("/").await;
    assert!(secure.header("strict-transport-security").starts_with("max-age="));
}

#[tokio::test]
async fn assets_are_kept_for_ever_under_the_name_of_their_content() {
    let client = Client::new();
    let page = client.get("/").await.body;
    let css = page
        .split("href=\"")
        .filter_map(|rest| rest.split('"').next())
        .find(|href| href.starts_with("/assets/app."))
        .unwrap();
    let answer = client.get(css).await;
    assert_eq!(answer.header("cache-control"), "public, max-age=31536000, immutable");
    assert_eq!(answer.header("content-type"), "text/css; charset=utf-8");
    assert_eq!(client.get("/assets/app.css").await.status, StatusCode::NOT_FOUND);
    assert_eq!(client.get("/assets/..%2Fapp.css").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_form_sent_from_another_site_is_refused() {
    let path = format!("{GROUP}/kontakt");
    let own = Client::new().with(header::HeaderName::from_static("sec-fetch-site"), "same-origin");
    assert_eq!(own.post(&path).await.status, StatusCode::SEE_OTHER);
    for site in ["cross-site", "same-site"] {
        let foreign = Client::new().with(header::HeaderName::from_static("sec-fetch-site"), site);
        let refused = foreign.post(&path).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{site}");
        assert!(refused.body.contains("Das dürfen Sie hier nicht") && refused.header("set-cookie").is_empty());
    }
}

#[tokio::test]
async fn a_wrong_method_or_too_large_a_form_gets_a_helpful_page() {
    #[derive(serde::Deserialize)]
    struct Note {
        text: String,
    }
    let routes = web::routes().site(Method::POST, "/notiz", async |Form(note): Form<Note>| note.text.len().to_string());
    let client = Client::of(config(), &routes).with(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    assert_eq!(client.send(Method::POST, "/notiz", "text=abc").await.body, "3");
    let large = client.send(Method::POST, "/notiz", format!("text={}", "a".repeat(70_000))).await;
    assert_eq!(large.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(large.body.contains("Das ist zu groß"));
    let unreadable = client.send(Method::POST, "/notiz", "wort=abc").await;
    assert_eq!(unreadable.status, StatusCode::BAD_REQUEST);
    assert!(unreadable.body.contains("konnten wir nicht verstehen"));
    let wrong = client.send(Method::DELETE, "/notiz", "").await;
    assert_eq!((wrong.status, wrong.header("allow")), (StatusCode::METHOD_NOT_ALLOWED, "POST"));
}

#[tokio::test]
async fn a_panic_becomes_a_page_with_a_number_and_without_the_reason() {
    async fn panics() -> &'static str {
        panic!("secret {}", 42)
    }
    let routes = Routes::new().site(Method::GET, "/kaputt", panics).site(Method::POST, "/kaputt", panics);
    let client = Client::of(config(), &routes);
    for page in [client.get("/kaputt").await, client.post("/kaputt").await] {
        assert_eq!(page.status, StatusCode::INTERNAL_SERVER_ERROR);
        assert!(page.body.contains("Das liegt nicht an Ihnen") && page.body.contains("<code>"));
        assert!(!page.body.contains("secret"));
    }
}

#[tokio::test]
async fn what_has_begun_comes_to_its_end_even_if_the_client_leaves_or_the_time_is_up() {
    let done = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&done);
    let slow = move || {
        let flag = Arc::clone(&flag);
        async move {
            tokio::time::sleep(Duration::from_millis(100)).await;
            flag.store(true, Ordering::SeqCst);
            "done"
        }
    };
    let routes = Routes::new().site(Method::POST, "/langsam", slow);
    let config = WebConfig { request_timeout: Duration::from_millis(20), ..config() };
    let client = Client::of(config, &routes);
    let late = client.post("/langsam").await;
    assert_eq!((late.status, late.header("retry-after")), (StatusCode::SERVICE_UNAVAILABLE, "5"));
    assert!(!done.load(Ordering::SeqCst));
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert!(done.swap(false, Ordering::SeqCst));

    let left = tokio::time::timeout(Duration::from_millis(5), client.post("/langsam")).await;
    assert!(left.is_err(), "the client left");
    tokio::time::sleep(Duration::from_millis(250)).await;
    assert!(done.load(Ordering::SeqCst));
}

fn with_office_routes() -> Routes {
    async fn list(granted: Granted<ListGroups>, visit: SiteVisit) -> String {
        assert_eq!(granted.tenant(), visit.site.tenant);
        format!("{:?}", granted.action())
    }
    async fn publish(_granted: Granted<PublishOffice>) -> &'static str {
        "published"
    }
    web::routes().office::<ListGroups, _, _>(Method::GET, "/office/groups", list).office::<PublishOffice, _, _>(
        Method::POST,
        "/office/publish",
        publish,
    )
}

#[tokio::test]
async fn behind_the_login_the_policy_decides() {
    let world = World::new(Backend::Sqlite).await;
    let office = world.public_office("demo").await;
    let (lead, staff) = (office.someone(Role::Lead).await, office.someone(Role::Staff).await);
    let foreign = world.public_office("probe").await;
    let stranger = foreign.someone(Role::Lead).await;
    let client = Client::over(&world, &with_office_routes());
    let user = |token: &str| client.at("demo.localhost").with(header::COOKIE, &format!("__Host-session={token}"));
    let full_lead = office.session(&lead, Stage::Full).await;
    let full_staff = office.session(&staff, Stage::Full).await;
    let half = office.session(&lead, Stage::HalfIn).await;
    let enrolling = office.session(&lead, Stage::Enrolling).await;
    let foreign = foreign.session(&stranger, Stage::Full).await;

    let list = user(&full_staff).get("/office/groups").await;
    assert_eq!((list.status, list.body.as_str()), (StatusCode::OK, "ListGroups"));
    assert_eq!(list.header("cache-control"), "no-store");
    assert_eq!(user(&full_lead).post("/office/publish").await.body, "published");

    let refused = user(&full_staff).post("/office/publish").await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert!(refused.body.contains("fehlt Ihnen ein Recht"));

    for (token, to) in [
        ("", "/login?weiter=%2Foffice%2Fgroups"),
        ("nobody", "/login?weiter=%2Foffice%2Fgroups"),
        (foreign.as_str(), "/login?weiter=%2Foffice%2Fgroups"),
        (half.as_str(), "/login/code"),
        (enrolling.as_str(), "/login/einrichten"),
    ] {
        let sent = user(token).get("/office/groups").await;
        assert_eq!((sent.status, sent.header("location")), (StatusCode::SEE_OTHER, to), "{token}");
    }
    assert_eq!(client.post("/office/publish").await.status, StatusCode::UNAUTHORIZED, "a form is not sent elsewhere");

    assert_eq!(user(&half).get("/login/code").await.status, StatusCode::OK);
    assert_eq!(user(&full_lead).get("/login/code").await.header("location"), "/office");
    assert_eq!(client.at("localhost").get("/office/groups").await.status, StatusCode::NOT_FOUND);
}

#[test]
fn the_route_table_is_as_reviewed() {
    let mut lines: Vec<String> = web::routes()
        .table()
        .0
        .iter()
        .map(|entry| format!("{:6} {:60} {}", entry.method.as_str(), entry.path, entry.access.describe()))
        .collect();
    lines.sort();
    insta::assert_snapshot!(lines.join("\n"));
}
