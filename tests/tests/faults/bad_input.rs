//! What nobody should send: each gets a clear answer, and nothing is half done. The hostile bodies go to every route there is.

use std::time::Duration;

use access::actions::ListGroups;
use access::{Role, Stage};
use domain::Field;
use domain::catalogue::Section;
use testkit::surgery::{Store, sql};
use testkit::{Answer, Backend, Office, Server, Visitor, World};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use usecases::groups::edit::section_code;
use web::Access;

async fn office() -> (World, Office, Server, Visitor) {
    let world = World::new(Backend::Sqlite).await;
    let office = world.public_office("alpha").await;
    let lead = office.someone(Role::Lead).await;
    let session = office.session(&lead, Stage::Full).await;
    let server = Server::of(&world).await;
    let staff = server.with_session(&office, &session);
    (world, office, server, staff)
}

fn is_page(answer: &Answer) -> bool {
    answer.headers.get("content-type").is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"))
        && answer.text.contains("<h1")
}

/// Everything an office holds, counted.
async fn holdings(world: &World, office: &Office) -> Vec<(&'static str, String)> {
    let mut counts = Vec::new();
    for table in
        ["users", "invitations", "groups", "people", "items", "consents", "group_versions", "notes", "published_groups"]
    {
        let count = sql(&world.config, Store::Tenant(office.id), &format!("SELECT count(*) FROM {table}")).await;
        counts.push((table, count[0].clone()));
    }
    counts
}

#[tokio::test]
async fn hostile_bodies_to_every_route_are_answered_with_a_page_and_change_nothing() {
    let (world, office, server, staff) = office().await;
    let before = holdings(&world, &office).await;
    let long = "a".repeat(10_000);
    let form = "application/x-www-form-urlencoded";
    let bodies: Vec<(&str, &str, Vec<u8>)> = vec![
        ("nothing", form, Vec::new()),
        ("no form", "application/json", b"{\"name\": 1}".to_vec()),
        ("invalid UTF-8", form, b"name=\xff\xfe&office=\xc3\x28&email=\xff&code=\xff&password=\xff".to_vec()),
        (
            "escaped invalid UTF-8",
            form,
            b"name-0=%ff%fe&name=%ff&office=%ff&carrier=%ff&note=%ff&slug=%ff&email=%ff".to_vec(),
        ),
        ("NUL", form, b"name-0=a%00b&name=a%00b&office=%00&email=%00@a.de&code=%00&note=%00&password=%00".to_vec()),
        (
            "10,000 characters",
            form,
            format!("name-0={long}&name={long}&office={long}&email={long}&code={long}").into_bytes(),
        ),
        ("half an escape", form, b"name=%&name-0=%f&email=%e".to_vec()),
        ("a thousand fields", form, (0..1_000).flat_map(|n| format!("name-{n}=x&").into_bytes()).collect()),
        (
            "torn multipart",
            "multipart/form-data; boundary=x",
            b"--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb".to_vec(),
        ),
        ("multipart without boundary", "multipart/form-data", b"--x--".to_vec()),
        ("too large", form, vec![b'a'; 30 * 1024 * 1024]),
    ];
    let id = "0193aaaa-0000-7000-8000-000000000001";
    let mut walked = 0;
    for route in web::routes().table().0.iter().filter(|route| route.method != reqwest::Method::GET) {
        let mut path = route.path.to_owned();
        while let Some((start, rest)) = path.clone().split_once('{') {
            path = format!("{start}{id}{}", rest.split_once('}').unwrap().1);
        }
        // Ending the session is what that route is for.
        if path == "/abmelden" {
            continue;
        }
        let visitor = match route.access {
            Access::Platform => &server.visitor("localhost"),
            Access::Public | Access::Site => &server.seeker(&office),
            Access::Office(_) | Access::HalfIn(_) => &staff,
        };
        for (what, kind, body) in &bodies {
            let request = visitor.builder(route.method.clone(), &path).header("content-type", *kind).body(body.clone());
            let answer = match request.send().await {
                Ok(response) => {
                    let (status, headers) = (response.status(), response.headers().clone());
                    Answer { status, headers, text: response.text().await.unwrap_or_default() }
                }
                // A client that goes on sending what nobody wants may be hung up on.
                Err(_) if *what == "too large" => continue,
                Err(error) => panic!("{} {path}, {what}: {error}", route.method),
            };
            let status = answer.status.as_u16();
            assert!(status < 500, "{} {path}, {what}: {status}\n{}", route.method, answer.text);
            if status >= 400 {
                assert!(is_page(&answer), "{} {path}, {what}: {status} without a page: {}", route.method, answer.text);
            }
            walked += 1;
        }
    }
    assert!(walked > 100, "{walked}");
    assert_eq!(holdings(&world, &office).await, before, "something was half done");
    let permit = access::operator_permit::<access::actions::VerifyAudit>(office.id);
    world.stores().verify_audit(&permit).await.unwrap().unwrap();
}

#[tokio::test]
async fn hostile_addresses_are_answered_with_a_page() {
    let (_world, _office, server, staff) = office().await;
    let paths = [
        "/%ff%fe",
        "/gruppe/%00",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/?q=%ff%fe",
        "/?q=%00",
        "/?seite=99999999999999999999",
        "/?seite=-1",
        "/office/gruppen/%ff",
        "/office/gruppen/1%27%20OR%201=1",
        "/office/protokoll?vor=x&seit=%ff",
        "/office/gruppen?q=%ff%00",
        "/anmelden/bestaetigen/%ff",
        "/einladung/%00",
        "/einladung/aaaa",
        "/login?weiter=%ff",
        "/?plz=%ff&umkreis=NaN",
        "/?umkreis=1e308&plz=04177",
    ];
    let long = format!("/?q={}", "ä".repeat(3_000));
    for path in paths.iter().copied().chain([long.as_str()]) {
        for visitor in [&staff, &server.visitor("alpha.localhost"), &server.visitor("localhost")] {
            let answer = visitor.get(path).await;
            let status = answer.status.as_u16();
            assert!(status < 500, "{path}: {status}: {}", answer.text);
            assert!(status < 400 || is_page(&answer), "{path}: {status} without a page");
        }
    }
}

#[tokio::test]
async fn an_unknown_host_is_not_found_and_never_an_office() {
    let (_world, _office, server, _staff) = office().await;
    for host in [
        "unknown.localhost",
        "alpha",
        "alpha.example.org",
        "a.alpha.localhost",
        "alpha.localhost.",
        "alphalocalhost",
        "127.0.0.1",
        "[::1]",
        "localhost.example.org",
        "alpha.localhost.example.org",
        "xalpha.localhost",
        ".localhost",
        "-.localhost",
        "%61lpha.localhost",
    ] {
        for path in ["/", "/login", "/robots.txt", "/office", "/anmelden"] {
            let answer =
                raw(&server, format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").into_bytes())
                    .await;
            let status = answer.lines().next().unwrap_or_default().to_owned();
            assert!(status.contains(" 404 ") || status.contains(" 400 "), "{host}{path}: {answer}");
            assert!(!answer.contains("Selbsthilfekontaktstelle alpha"), "{host}{path} shows an office");
        }
    }
    // Without any host, and with two.
    for head in [
        "GET / HTTP/1.0\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: unknown.localhost\r\nHost: alpha.localhost\r\nConnection: close\r\n\r\n",
    ] {
        let answer = raw(&server, head.as_bytes().to_vec()).await;
        assert!(!answer.contains("Selbsthilfekontaktstelle alpha"), "{answer}");
    }
}

/// Sends bytes and reads until the other side hangs up.
async fn raw(server: &Server, request: Vec<u8>) -> String {
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    // The other side may have heard enough before all is sent.
    let _sent = stream.write_all(&request).await;
    let mut answer = Vec::new();
    let _read = tokio::time::timeout(Duration::from_secs(20), stream.read_to_end(&mut answer)).await.expect("an end");
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test]
async fn a_body_that_is_too_large_is_explained() {
    let (_world, _office, server, _staff) = office().await;
    for size in [70_000, 1_000_000, 5_000_000] {
        let mut request = format!(
            "POST /login HTTP/1.1\r\nHost: alpha.localhost:{}\r\nContent-Type: application/x-www-form-urlencoded\r\n\
             Content-Length: {size}\r\nConnection: close\r\n\r\nemail=",
            server.address.port()
        )
        .into_bytes();
        request.resize(request.len() + size - 6, b'a');
        // As a browser does it: all is sent before the answer is read.
        let answer = raw(&server, request).await;
        assert!(answer.starts_with("HTTP/1.1 413"), "{size}: {:?}", answer.lines().next());
        assert!(answer.contains("<h1"), "{size}: {answer}");
    }
}

#[tokio::test]
async fn texts_that_no_group_can_have_are_explained_at_their_field() {
    let (world, office, _server, staff) = office().await;
    let made = staff.post("/office/gruppen/neu", &[("name-0", "Gruppe"), ("name-0-light", "green")]).await;
    let (group, _) = made.location().split_once('?').expect("a group");
    let contact = format!("{group}/bearbeiten/{}", section_code(Section::Contact));
    let before = holdings(&world, &office).await;
    let long = "ä".repeat(10_000);
    for (field, value) in [
        (Field::Name, long.as_str()),
        (Field::Name, "Zeile\u{0}eins"),
        (Field::Name, ""),
        (Field::Website, "javascript:alert(1)"),
        (Field::Website, "JaVaScRiPt:alert(1)//example.org"),
        (Field::Website, "data:text/html,<script>alert(1)</script>"),
        (Field::Website, "https://user:password@example.org"),
        (Field::Website, "https://example.org/\r\nX: y"),
        (Field::GroupEmail, "a@example.org\r\nBcc: b@example.org"),
        (Field::GroupEmail, "a@example.org, b@example.org"),
        (Field::GroupPhone, "0341 1234\u{0}"),
        (Field::GroupPhone, "12345678901234567890123"),
    ] {
        let key = format!("{}-0", field.code());
        let light = format!("{key}-light");
        let form = [(key.as_str(), value), (light.as_str(), "green"), ("version", "1")];
        let path = if field == Field::Name { "/office/gruppen/neu" } else { &contact };
        let answer = staff.post(path, &form).await;
        assert!(
            !answer.status.is_redirection() && answer.status.as_u16() < 500,
            "{field:?} {value:.40?}: {}",
            answer.status
        );
        assert!(
            answer.text.contains(&format!("href=\"#{key}\"")),
            "{field:?} {value:.40?}: no explanation: {}",
            answer.text
        );
        assert!(!answer.text.to_lowercase().contains("href=\"javascript:"), "{}", answer.text);
    }
    assert_eq!(holdings(&world, &office).await, before, "something was half done");
}

#[tokio::test]
async fn every_script_and_picture_a_name_can_have_comes_back_as_it_was() {
    let (world, office, _server, staff) = office().await;
    let names = [
        "مجموعة الأمل",
        "קבוצת תמיכה",
        "Gruppe 🌻👩‍👩‍👧 Sonnenblume",
        "Łódź – Überlebende & <Freunde>",
        "e\u{301}galite\u{301}",
        "\"><script>alert(1)</script>",
        "{{7*7}}${7*7}",
    ];
    for name in names {
        let answer = staff.post("/office/gruppen/neu", &[("name-0", name), ("name-0-light", "green")]).await;
        assert_eq!(answer.status.as_u16(), 303, "{name}: {}", answer.text);
        let page = staff.get(answer.location()).await;
        assert_eq!(page.status.as_u16(), 200, "{name}");
        assert!(!page.text.contains("<script>alert"), "{name} breaks out");
    }
    let tx = world.stores().look(&office.lead::<ListGroups>()).await.unwrap();
    let saved: Vec<String> = tx
        .group_summaries(&[Field::Name])
        .await
        .unwrap()
        .into_iter()
        .flat_map(|group| group.items.into_iter().map(|item| item.value.plain()))
        .collect();
    for name in names {
        assert!(saved.iter().any(|saved| saved == name), "{name:?} is not among {saved:?}");
    }
}

#[tokio::test]
async fn after_a_login_nobody_is_sent_elsewhere() {
    let (_world, _office, server, _staff) = office().await;
    let visitor = server.visitor("alpha.localhost");
    for target in [
        "https://evil.example",
        "//evil.example/office",
        "/office\\@evil.example",
        "javascript:alert(1)",
        "/office/../../evil",
        "/\tevil",
    ] {
        let target: String = url::form_urlencoded::byte_serialize(target.as_bytes()).collect();
        let page = visitor.get(&format!("/login?weiter={target}")).await;
        assert_eq!(page.status.as_u16(), 200);
        assert!(!page.text.contains("evil.example\"") || !page.text.contains("href=\"https://evil"), "{target}");
        let page = visitor.get(&format!("/sprache/en?zurueck={target}")).await;
        let back = page.location();
        assert!(back.starts_with('/') && !back.starts_with("//") && !back.contains("evil.example"), "{back}");
    }
}
