//! The lead lets the operator's support look in, everyone sees it, and one click ends it. And: an open page warns before
//! its login ends. On a phone in German, and on a desktop in English.

use access::Role;
use testkit::browser::{Screen, Scripts};
use testkit::{Backend, Server};
use usecases::support::enter;

use crate::walk::Walk;

const KIM: &str = "kim@betrieb.example";

async fn support_comes_and_goes(screen: Screen, lang: &str, [title, grant, enter_title, today]: [&str; 4]) {
    let (world, server) = Server::with_world(Backend::Sqlite).await;
    let office = world.public_office("alpha").await;
    let site = format!("http://alpha.localhost:{}", server.address.port());
    let lead = office.someone(Role::Lead).await;
    enter::add_operator(&world.house, "Kim Technik", KIM).await.unwrap();
    let walk = Walk::open(screen, Scripts::On, format!("unterstuetzung-{lang}")).await;
    walk.log_in(&world, &lead, &site, lang).await;
    walk.go(&format!("{site}/office/einstellungen")).await;
    walk.click("main [href='/office/unterstuetzung']").await;
    walk.at("leer", title).await;
    walk.click("[href='/office/unterstuetzung/erlauben']").await;
    walk.at("erlauben", grant).await;
    walk.click("main form button.button").await;
    walk.find(".error-summary").await;
    walk.fill("[name=reason]", "Das Einlesen der Liste stockt.").await;
    walk.click("[name=hours][value='2']").await;
    walk.click("main form button.button").await;
    walk.find(".banner-success").await;
    walk.at("erlaubt", title).await;
    walk.go(&format!("{site}/office/gruppen")).await;
    assert!(walk.text(".support-note").await.contains("Kim Technik"), "every page says so");
    walk.at("gruppen-mit-hinweis", "").await;

    let other = Walk::open(screen, Scripts::On, format!("unterstuetzung-betrieb-{lang}")).await;
    other.go(&format!("{site}/sprache/{lang}")).await;
    let link = enter::open(&world.house, &office.slug, KIM).await.unwrap();
    let path = link.split_once("localhost").unwrap().1.split_once('/').unwrap().1;
    other.go(&format!("{site}/{path}")).await;
    other.at("eintreten", enter_title).await;
    other.click("main form button").await;
    other.at("heute", today).await;
    other.go(&format!("{site}/office/gruppen")).await;
    other.at("gruppen", "").await;
    other.go(&format!("{site}/konto")).await;
    assert!(other.browser.find_all(thirtyfour::By::Css("[name=name]")).await.unwrap().is_empty(), "no account here");

    walk.click(".support-note form button").await;
    walk.find(".banner-success").await;
    walk.at("beendet", title).await;
    other.go(&format!("{site}/office/gruppen")).await;
    other.find("[name=password]").await;
    walk.browser.close().await.unwrap();
    other.browser.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn support_comes_and_goes_on_a_phone() {
    let words = ["Technische Unterstützung", "Einblick erlauben", "Einblick in", "Heute"];
    support_comes_and_goes(Screen::Phone, "de", words).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn support_comes_and_goes_on_a_desktop_in_english() {
    let words = ["Technical support", "Allow a look", "A look into", "Today"];
    support_comes_and_goes(Screen::Desktop, "en", words).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_open_page_warns_before_its_login_ends_and_keeps_what_was_typed() {
    let (world, server) = Server::with_world(Backend::Sqlite).await;
    let office = world.public_office("alpha").await;
    let site = format!("http://alpha.localhost:{}", server.address.port());
    let staff = office.someone(Role::Staff).await;
    let walk = Walk::open(Screen::Phone, Scripts::On, "bleiben").await;
    walk.log_in(&world, &staff, &site, "de").await;
    walk.go(&format!("{site}/office/gruppen/neu")).await;
    walk.fill("[name=name-0]", "Halb getippt").await;
    let note = walk.browser.find(thirtyfour::By::Css(".idle-note")).await.unwrap();
    assert!(!note.is_displayed().await.unwrap());
    // As if 25 minutes had passed: the page looks every few seconds.
    let set = async |name: &str, value: &str| {
        let script = format!("document.querySelector('.idle-note').dataset.{name} = '{value}'");
        walk.browser.execute(&script, Vec::new()).await.unwrap();
    };
    set("idle", "0").await;
    let shown = async |yes: bool| {
        for _ in 0..100 {
            if note.is_displayed().await.unwrap() == yes {
                return true;
            }
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
        false
    };
    assert!(shown(true).await, "it warns");
    walk.at("warnung", "").await;
    set("idle", "1500").await;
    walk.click(".idle-note button").await;
    assert!(shown(false).await, "and goes when answered");
    let typed = walk.find("[name=name-0]").await.prop("value").await.unwrap();
    assert_eq!(typed.as_deref(), Some("Halb getippt"));

    // The login is over: the page says so, and keeps what was typed.
    set("idle", "0").await;
    set("over", "0").await;
    assert!(shown(true).await);
    walk.find(".idle-note [href='/login']").await;
    walk.at("vorbei", "").await;
    let typed = walk.find("[name=name-0]").await.prop("value").await.unwrap();
    assert_eq!(typed.as_deref(), Some("Halb getippt"));
}
