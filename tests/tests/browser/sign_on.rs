//! A lead enters the login service of the house's organisation, tries it out, connects the own account, logs in and out
//! with it, and removes it again: with a certified provider. On a desktop in German, and on a phone in English.

use access::Role;
use domain::{Clock, SystemClock};
use serde_json::json;
use testkit::browser::{Screen, Scripts};
use testkit::{Backend, Certified, Server};
use thirtyfour::By;

use crate::walk::Walk;

struct Words {
    title: &'static str,
    enter: &'static str,
    works: &'static str,
    account: &'static str,
    connect: &'static str,
    login: &'static str,
    today: &'static str,
    out: &'static str,
    failed: &'static str,
    disconnect: &'static str,
    remove: &'static str,
    people: &'static str,
    settings: &'static str,
}

const GERMAN: Words = Words {
    title: "Anmeldung über andere Dienste",
    enter: "Anmeldedienst eintragen",
    works: "Verbindung prüfen",
    account: "Mein Konto",
    connect: "verbinden",
    login: "Anmeldung",
    today: "Heute",
    out: "Sie sind abgemeldet",
    failed: "nicht geklappt",
    disconnect: "trennen?",
    remove: "entfernen?",
    people: "Eine Person ist verbunden",
    settings: "Einstellungen",
};
const ENGLISH: Words = Words {
    title: "Login through other services",
    enter: "Enter a login service",
    works: "test the connection",
    account: "My account",
    connect: "Connect",
    login: "Log in",
    today: "Today",
    out: "You are logged out",
    failed: "did not work",
    disconnect: "Remove the connection",
    remove: "Remove",
    people: "One person is connected",
    settings: "Settings",
};

async fn log_out(walk: &Walk, site: &str) {
    walk.go(&format!("{site}/konto")).await;
    walk.click("[action='/abmelden'] button").await;
}

async fn a_login_service_comes_and_goes(screen: Screen, lang: &str, words: &Words) {
    let (world, server) = Server::with_world(Backend::Sqlite).await;
    world.clock.advance(SystemClock.now().duration_since(world.clock.now()));
    let mut provider = Certified::start();
    let office = world.public_office("alpha").await;
    let site = format!("http://alpha.localhost:{}", server.address.port());
    let lead = office.someone(Role::Lead).await;
    let walk = Walk::open(screen, Scripts::On, format!("anmeldedienst-{lang}")).await;
    walk.go(&format!("{site}/sprache/{lang}")).await;
    walk.go(&format!("{site}/login")).await;
    walk.fill("[name=email]", &lead.email).await;
    walk.fill("[name=password]", lead.password).await;
    walk.click("main form button").await;
    walk.fill("[name=code]", lead.code(world.clock.now()).as_str()).await;
    walk.click("main form button").await;
    walk.find("[href='/konto']").await;

    walk.go(&format!("{site}/office/einstellungen")).await;
    walk.at("einstellungen", words.settings).await;
    walk.click("[href='/office/einstellungen/anmeldung']").await;
    walk.at("leer", words.title).await;
    walk.click("a.button[href$='/neu']").await;
    walk.at("neu", words.enter).await;
    walk.click("main form button.button").await;
    walk.find(".error-summary").await;
    walk.at("neu-fehler", words.enter).await;
    walk.fill("[name=name]", "Vereinskonto").await;
    walk.fill("[name=issuer]", &provider.issuer).await;
    walk.fill("[name=client_id]", "ampelhaus").await;
    walk.fill("[name=client_secret]", "only-for-tests").await;
    walk.fill("[name=claim]", "groups").await;
    walk.fill("[name=value-0]", "leitung").await;
    walk.click("[name=role-0] option[value=lead]").await;
    walk.fill("[name=second_factor]", "mfa").await;
    walk.click("main form button.button").await;
    walk.at("eingetragen", "Vereinskonto").await;
    let redirect_uri = walk.text("main code").await;
    provider.register("ampelhaus", "only-for-tests", &redirect_uri).await;
    let claims = json!({"email": "kim@verein.example", "email_verified": true, "name": "Kim", "groups": ["leitung"]});
    provider.account("kim", claims, &["pwd", "mfa"]).await;
    walk.click("a.button[href$='/pruefen']").await;
    walk.at("geprueft", words.works).await;
    walk.find(".banner-success").await;

    // The own account.
    walk.go(&format!("{site}/konto")).await;
    walk.click("a[href$='/verbinden']").await;
    walk.at("verbinden", words.connect).await;
    walk.click("main form button.button").await;
    walk.fill("[name=login]", "kim").await;
    walk.click("button[value=in]").await;
    walk.at("konto", words.account).await;
    assert!(walk.browser.source().await.unwrap().contains("kim@verein.example"));
    walk.find(".banner-success").await;
    log_out(&walk, &site).await;

    // In with the button, without typing anything: the provider still knows who it is.
    walk.find("[name=password]").await;
    walk.at("login", words.login).await;
    walk.click(".elsewhere button").await;
    walk.at("heute", words.today).await;
    walk.at_address("/office").await;
    log_out(&walk, &site).await;
    walk.at("abgemeldet", words.out).await;
    let there = walk.find("main a.button").await.attr("href").await.unwrap().unwrap();
    assert!(there.starts_with(&format!("{}/session/end", provider.issuer)), "{there}");
    walk.click("main a.button").await;
    walk.find("form[action*='/session/end']").await;

    // Somebody else there is nobody here.
    provider.account("lee", json!({"email": "lee@verein.example"}), &["mfa"]).await;
    let other = Walk::open(screen, Scripts::On, format!("anmeldedienst-fremd-{lang}")).await;
    other.go(&format!("{site}/sprache/{lang}")).await;
    other.go(&format!("{site}/login")).await;
    other.click(".elsewhere button").await;
    other.fill("[name=login]", "lee").await;
    other.click("button[value=in]").await;
    other.at("unbekannt", words.failed).await;
    other.find("a[href='/login']").await;

    // The provider goes away: the password remains.
    walk.go(&format!("{site}/login")).await;
    walk.click(".elsewhere button").await;
    walk.fill("[name=login]", "kim").await;
    walk.click("button[value=in]").await;
    walk.at("heute-wieder", words.today).await;
    walk.go(&format!("{site}/konto")).await;
    walk.click("a[href$='/trennen']").await;
    walk.at("trennen", words.disconnect).await;
    walk.go(&format!("{site}/office/einstellungen/anmeldung")).await;
    walk.at("liste", words.title).await;
    assert!(walk.browser.source().await.unwrap().contains(words.people));
    drop(provider);
    other.go(&format!("{site}/login")).await;
    other.click(".elsewhere button").await;
    world.clock.advance(jiff::SignedDuration::from_mins(1));
    walk.find("main li a").await.click().await.unwrap();
    walk.click("a[href$='/entfernen']").await;
    walk.at("entfernen", words.remove).await;
    walk.click("main form button.danger-button").await;
    // That login had come through it.
    walk.find("[name=password]").await;
    assert!(walk.browser.find_all(By::Css(".elsewhere button")).await.unwrap().is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_login_service_comes_and_goes_on_a_desktop() {
    a_login_service_comes_and_goes(Screen::Desktop, "de", &GERMAN).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_login_service_comes_and_goes_on_a_phone_in_english() {
    a_login_service_comes_and_goes(Screen::Phone, "en", &ENGLISH).await;
}
