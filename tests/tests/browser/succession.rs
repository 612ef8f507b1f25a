//! A group admin names a successor, the office agrees, the successor accepts and has the group; whoever forgot the password
//! gets another one. In German on a phone, in English on a desktop.

use access::Role;
use domain::Status;
use testkit::browser::{Screen, Scripts};
use testkit::{Backend, PASSWORD, Server};
use tests::requests::fresh_group;

use crate::people::link_in_the_mail;
use crate::walk::Walk;

struct Words {
    own: &'static str,
    succession: &'static str,
    today: &'static str,
    people: &'static str,
    account: &'static str,
    forgotten: &'static str,
    new_password: &'static str,
    login: &'static str,
    second: &'static str,
}

const GERMAN: Words = Words {
    own: "Frisch",
    succession: "Nachfolge für",
    today: "Heute",
    people: "Personen",
    account: "Ihr Zugang",
    forgotten: "Passwort vergessen",
    new_password: "Neues Passwort",
    login: "Anmeldung",
    second: "Zweiter Schritt",
};
const ENGLISH: Words = Words {
    own: "Frisch",
    succession: "Succession for",
    today: "Today",
    people: "People",
    account: "Your account",
    forgotten: "Forgotten password",
    new_password: "New password",
    login: "Log in",
    second: "econd",
};

async fn a_group_is_handed_over(screen: Screen, lang: &str, words: &Words) {
    let (world, server) = Server::with_world(Backend::Sqlite).await;
    let office = world.public_office("alpha").await;
    let site = format!("http://alpha.localhost:{}", server.address.port());
    let (group, ..) = fresh_group(&office, Status::Active).await;
    let (lead, admin) = (office.someone(Role::Lead).await, office.admin_of(&[group]).await);
    let walk = Walk::open(screen, Scripts::On, format!("nachfolge-{lang}")).await;

    walk.log_in(&world, &admin, &site, lang).await;
    walk.go(&format!("{site}/meine-gruppen/{group}")).await;
    walk.at("meine-gruppe", words.own).await;
    walk.click(&format!("[href='/meine-gruppen/{group}/nachfolge']")).await;
    walk.at("vorschlagen", words.succession).await;
    walk.fill("[name=email]", "keine adresse").await;
    walk.click("main form button.button").await;
    walk.find(".error-summary").await;
    walk.fill("[name=email]", "nachfolge@anders.example").await;
    walk.click("main form button.button").await;
    walk.at("vorgeschlagen", words.own).await;
    walk.click(&format!("[href='/meine-gruppen/{group}/nachfolge']")).await;
    walk.at("wartet", words.succession).await;
    walk.go(&format!("{site}/konto")).await;
    walk.click("[action='/abmelden'] button").await;
    walk.find("[name=password]").await;

    walk.log_in(&world, &lead, &site, lang).await;
    walk.go(&format!("{site}/office")).await;
    walk.at("heute", words.today).await;
    walk.click("[href='/office/personen#nachfolge']").await;
    walk.at("personen", words.people).await;
    walk.click("#nachfolge a").await;
    walk.at("einverstanden", words.succession).await;
    walk.click("main form button.button").await;
    walk.at("personen-danach", words.people).await;
    walk.go(&format!("{site}/konto")).await;
    walk.click("[action='/abmelden'] button").await;
    walk.find("[name=password]").await;

    walk.go(&link_in_the_mail(&world, &office).await).await;
    walk.at("konto", words.account).await;
    walk.fill("[name=name]", "Renate Beispiel").await;
    walk.fill("[name=password]", "regenbogen-suppe-laterne").await;
    walk.click("main form button.button").await;
    walk.at("uebernommen", words.own).await;
}

async fn a_password_is_forgotten(screen: Screen, lang: &str, words: &Words) {
    let (world, server) = Server::with_world(Backend::Sqlite).await;
    let office = world.public_office("alpha").await;
    let site = format!("http://alpha.localhost:{}", server.address.port());
    let staff = office.someone(Role::Staff).await;
    let walk = Walk::open(screen, Scripts::On, format!("passwort-{lang}")).await;
    walk.go(&format!("{site}/sprache/{lang}")).await;
    walk.go(&format!("{site}/login")).await;
    walk.at("anmeldung", words.login).await;
    walk.click("[href='/login/passwort']").await;
    walk.at("vergessen", words.forgotten).await;
    walk.fill("[name=email]", &staff.email).await;
    walk.click("main form button.button").await;
    walk.at_address("meldung=passwort-link").await;
    walk.at("gesendet", words.forgotten).await;
    let link = link_in_the_mail(&world, &office).await;
    walk.go(&link).await;
    walk.at("neu", words.new_password).await;
    walk.fill("[name=password]", "regenbogen-suppe-laterne").await;
    walk.click("main form button.button").await;
    walk.at("gespeichert", words.login).await;
    walk.fill("[name=email]", &staff.email).await;
    walk.fill("[name=password]", PASSWORD).await;
    walk.click("main form button").await;
    walk.find("[role=alert]").await;
    walk.fill("[name=password]", "regenbogen-suppe-laterne").await;
    walk.click("main form button").await;
    walk.at("zweiter-schritt", words.second).await;
    walk.go(&link).await;
    walk.at("link-benutzt", if lang == "de" { "Dieser Link gilt nicht mehr" } else { "does not work any more" }).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_group_is_handed_over_on_a_phone() {
    a_group_is_handed_over(Screen::Phone, "de", &GERMAN).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_group_is_handed_over_on_a_desktop_in_english() {
    a_group_is_handed_over(Screen::Desktop, "en", &ENGLISH).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_password_is_forgotten_on_a_phone() {
    a_password_is_forgotten(Screen::Phone, "de", &GERMAN).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_password_is_forgotten_on_a_desktop_in_english() {
    a_password_is_forgotten(Screen::Desktop, "en", &ENGLISH).await;
}
