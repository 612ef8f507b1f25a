//! Row 2.12.

use std::sync::Arc;

use access::Role;
use storage::StorageError;
use storage::tenant::UserProfile;
use testkit::{Backend, Server};
use tests::canary::found_in;
use tests::requests::{self, Sender, Whose};
use tests::{Crawl, Log, Reach};
use web::Access;

use crate::scene::{Scene, entrances, host};

#[tokio::test]
async fn p2_12_the_log_holds_no_names_mails_or_phones() {
    let log = Log::begin();
    let scene = Scene::new(Backend::Sqlite).await;
    let server = Server::start(Arc::clone(&scene.world.house), |config| {
        config.client_address = web::ClientAddress::ForwardedFor;
    })
    .await;
    let office = &scene.alpha.office;

    // What people read: the public site, and as a lead every page of the office.
    Crawl::of(&server.seeker(office), &host(office), entrances(&scene.alpha)).await;
    let stage = requests::Scene::new(&scene.world, &server, &scene.alpha, &scene.beta);
    let lead = stage.lead().await;
    for route in web::routes().table().0 {
        if let Access::Office(_) = route.access
            && route.method == "GET"
        {
            let values = stage.values(&route, Whose::Own).await;
            stage.send(&lead, &route, &values).await;
        }
    }

    // What people type: right, wrong, unknown, in the wrong place, too long.
    let typed: Vec<String> = (0..12).map(|_| scene.alpha.word()).collect();
    let [name, mail, password, search, path, query, cookie, header, slug, town, code, token] = typed.as_slice() else {
        panic!("twelve words")
    };
    let visitor = server.seeker(office);
    let address = format!("{mail}@canary.example");
    visitor.post("/login", &[("email", &address), ("password", password)]).await;
    visitor
        .post(&format!("/login?weiter=/office/{query}"), &[("email", mail), ("password", &password.repeat(900))])
        .await;
    for address in [
        format!("/?suche={search}"),
        format!("/?ort={town}"),
        format!("/gruppen/{path}"),
        format!("/einladung/{token}"),
    ] {
        visitor.get(&address).await;
    }
    visitor.set_cookie("__Host-session", cookie);
    visitor.get("/office").await;
    visitor
        .send(visitor.builder(reqwest::Method::GET, "/").header("user-agent", header).header("referer", header))
        .await;
    let platform = Sender { visitor: server.visitor("localhost"), person: None };
    platform.visitor.post("/anmelden", &[("office", name), ("email", &address), ("slug", slug)]).await;
    let person = office.someone(Role::Staff).await;
    let half = server.seeker(office);
    half.post("/login", &[("email", &person.email), ("password", person.password)]).await;
    half.post("/login/code", &[("code", code)]).await;
    let right = person.code(scene.world.house.clock().now());
    assert_eq!(half.post("/login/code", &[("code", &right)]).await.status, 303);
    let session = half.cookies().remove("__Host-session").expect("a session");

    // What goes wrong inside: an address that is taken, with the database's own words about it.
    let permit = access::operator_permit::<access::actions::CreateFirstAccount>(office.id);
    let tx = scene.world.stores().begin(&permit).await.expect("a transaction");
    let mut user = tx.user(person.user).await.expect("read").expect("a user");
    user.id = scene.world.ids().next();
    user.profile = UserProfile::new(name.clone(), user.profile.email);
    let error = tx.insert_user(&user).await.expect_err("the address is taken");
    assert!(matches!(error, StorageError::Taken { .. }));
    tracing_of(&error);
    drop(tx);
    scene.world.stores().close().await;

    let said = log.text();
    for control in ["answered", "/gruppen/{slug}", "/office/gruppen/{id}"] {
        assert!(said.contains(control), "the log is not kept: {}", said.chars().take(2_000).collect::<String>());
    }
    for planted in [&scene.alpha, &scene.beta] {
        let secret = planted.canaries.iter().filter(|canary| canary.reach != Reach::OnPage);
        assert_eq!(found_in(secret, &said), Vec::<String>::new());
    }
    for word in typed.iter().chain([&person.email, &session]) {
        assert!(
            !said.contains(word.as_str()),
            "{word} stands in the log: {:?}",
            said.lines().find(|line| line.contains(word.as_str()))
        );
    }
    assert!(!said.contains(person.password) && !said.contains(&right), "password or code in the log");
}

/// As the program logs an error it did not expect: the error with all its causes.
fn tracing_of(error: &StorageError) {
    let mut text = format!("{error:?} {error}");
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        text.push(' ');
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    assert!(!text.contains("canary.example"), "{text}");
}
