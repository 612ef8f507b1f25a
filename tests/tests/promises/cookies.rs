//! Row 3.15.

use std::collections::BTreeSet;

use access::actions::DecideSignOn;
use access::{Role, Stage};
use testkit::{Backend, Hostile};
use tests::Crawl;
use usecases::sign_on::providers::{self, Form};

use crate::scene::{Scene, entrances, host};

#[tokio::test]
async fn p3_15_only_the_listed_cookies_are_set() {
    let scene = Scene::new(Backend::Sqlite).await;
    let server = scene.serve().await;
    let office = &scene.alpha.office;

    // A seeker who does everything a seeker can do, and a colleague who logs in and looks at everything.
    let seeker = server.seeker(office);
    let mut crawl = Crawl::of(&seeker, &host(office), entrances(&scene.alpha)).await;
    assert_eq!(crawl.cookies, BTreeSet::new(), "looking alone sets no cookie");
    crawl.keep("language", seeker.get("/sprache/en").await);
    crawl.keep("notice", seeker.post(&format!("/gruppen/{}/kontakt", scene.alpha.public_group().slug), &[]).await);
    let passed_on = tests::requests::passed_on(office, tests::requests::Param::PassedOn).await;
    crawl.keep("passed on", seeker.get(&format!("/weitergabe/{passed_on}")).await);
    let code = tests::requests::group_link(office).await;
    crawl.keep("personal link", seeker.post("/abgleich", &[("code", &code)]).await);
    crawl.keep("wrong login", seeker.post("/login", &[("email", "a@b.example"), ("password", "x")]).await);
    crawl.keep("passkey", seeker.post("/login/passkey", &[]).await);
    crawl.keep("link", seeker.post("/login/link", &[("email", "a@b.example")]).await);
    let lead = office.someone(Role::Lead).await;
    let colleague = server.seeker(office);
    crawl.keep("login", colleague.post("/login", &[("email", &lead.email), ("password", lead.password)]).await);
    let code = lead.code(scene.world.house.clock().now());
    crawl.keep("code", colleague.post("/login/code", &[("code", &code)]).await);
    let provider = Hostile::start(&["a"]).await;
    let form = Form {
        name: "Anmeldedienst".to_owned(),
        issuer: provider.issuer("a"),
        client_id: "ampelhaus".to_owned(),
        client_secret: "geheim".to_owned().into(),
        ..Form::default()
    };
    let id = providers::add(&office.lead::<DecideSignOn>(), &scene.world.house, &form).await.expect("added");
    crawl.keep("single sign-on", server.seeker(office).post(&format!("/login/sso/{id}"), &[]).await);
    let inside = server.with_session(office, &office.session(&lead, Stage::Full).await);
    let visited = Crawl::of(&inside, &host(office), entrances(&scene.alpha)).await;
    let platform =
        Crawl::of(&server.visitor("localhost"), "localhost", ["/", "/anmelden", "/mail"].map(str::to_owned)).await;
    let set: BTreeSet<String> =
        [&crawl, &visited, &platform].into_iter().flat_map(|crawl| crawl.cookies.clone()).collect();

    let page = server.seeker(office).get("/cookies").await;
    assert_eq!(page.status, 200);
    let published: BTreeSet<String> = page
        .text
        .match_indices("__Host-")
        .map(|(at, _)| page.text[at..].chars().take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c)).collect())
        .collect();
    assert_eq!(set, published, "set and published cookies differ");
    assert!(set.len() >= 3, "the walk has met every cookie: {set:?}");

    // Necessary ones only: bound to this host, unreadable for scripts, and none of them lives on in other places.
    for (path, answer) in crawl.answers.iter().chain(&visited.answers) {
        for line in answer.headers.get_all("set-cookie") {
            let line = line.to_str().expect("text");
            for needed in ["Secure", "HttpOnly", "SameSite=", "Path=/"] {
                assert!(line.contains(needed), "{path}: {line}");
            }
            assert!(!line.contains("Domain="), "{path}: {line}");
        }
    }
}
