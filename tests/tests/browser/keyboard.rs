//! A working day without a mouse: every step is a key, and where the keyboard is can be seen at each of them.

use access::Role;
use domain::{Clock, Status};
use testkit::browser::{Screen, Scripts};
use testkit::{Backend, Server};
use tests::requests::fresh_group;
use thirtyfour::{By, Key};

use crate::walk::Walk;

/// So many presses of the tabulator are more than any page needs.
const PAGE: usize = 150;

/// What the keyboard is on: whether it fits `css`, and how it shows that it is.
const FOCUS: &str = "const on = document.activeElement;
    const style = getComputedStyle(on);
    const seen = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0 || style.boxShadow !== 'none';
    const box = on.getBoundingClientRect();
    return [on.matches(arguments[0]), on === document.body || (seen && box.width > 0 && box.bottom > 0 &&
        box.top < innerHeight), on.outerHTML.slice(0, 200)];";

impl Walk {
    async fn press(&self, key: Key) {
        self.browser.action_chain().send_keys(key).perform().await.unwrap();
    }

    async fn type_in(&self, text: &str) {
        self.browser.action_chain().send_keys(text).perform().await.unwrap();
    }

    /// On with the tabulator to what fits; everything on the way shows that the keyboard is on it.
    async fn tab_to(&self, css: &str) {
        self.find(css).await;
        for _ in 0..PAGE {
            self.press(Key::Tab).await;
            let found = self.browser.execute(FOCUS, vec![css.into()]).await.unwrap();
            let (fits, seen, on): (bool, bool, String) = found.convert().unwrap();
            assert!(seen, "the keyboard is on something that does not show it: {on}");
            if fits {
                return;
            }
        }
        panic!("the keyboard does not come to {css}");
    }

    async fn tab_and_press(&self, css: &str, key: Key) {
        self.tab_to(css).await;
        self.press(key).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_day_of_work_needs_no_mouse() {
    let (world, server) = Server::with_world(Backend::Sqlite).await;
    let office = world.public_office("alpha").await;
    let site = format!("http://alpha.localhost:{}", server.address.port());
    let lead = office.someone(Role::Lead).await;
    let (group, ..) = fresh_group(&office, Status::Active).await;
    office.session(&lead, access::Stage::Full).await;
    let walk = Walk::open(Screen::Desktop, Scripts::On, "tastatur").await;

    // In.
    walk.go(&format!("{site}/login")).await;
    walk.tab_to("[name=email]").await;
    walk.type_in(&lead.email).await;
    walk.tab_to("[name=password]").await;
    walk.type_in(lead.password).await;
    walk.press(Key::Enter).await;
    walk.tab_to("[name=code]").await;
    walk.type_in(&lead.code(world.clock.now())).await;
    walk.tab_and_press("main form button[type=submit]", Key::Space).await;

    // To the group, the first key leads past the navigation.
    walk.at("heute", "Heute").await;
    walk.press(Key::Tab).await;
    let first = walk.browser.active_element().await.unwrap();
    assert_eq!(first.attr("href").await.unwrap().as_deref(), Some("#inhalt"), "the first link skips the navigation");
    walk.tab_and_press("nav a[href='/office/gruppen']", Key::Enter).await;
    walk.at("gruppen", "Gruppen").await;
    walk.tab_and_press(&format!("a[href='/office/gruppen/{group}']"), Key::Enter).await;
    walk.at("gruppe", "Frisch").await;
    walk.tab_and_press("a[href$='/bearbeiten/gruppe']", Key::Enter).await;
    walk.at("bearbeiten", "Frisch").await;
    walk.tab_to("[name^='summary-'][name$='0'], textarea[name^='summary']").await;
    walk.type_in("Mit der Tastatur geschrieben.").await;
    walk.tab_and_press("main form button.button[type=submit]", Key::Enter).await;
    walk.at("gespeichert", "Frisch").await;
    assert!(walk.browser.source().await.unwrap().contains("Mit der Tastatur geschrieben."));

    // The account: other logins end, and one's own.
    walk.tab_and_press("a[href='/konto']", Key::Enter).await;
    walk.at("konto", "Mein Konto").await;
    assert_eq!(walk.browser.find_all(By::Css(".login-list li")).await.unwrap().len(), 2);
    walk.tab_and_press("[action='/konto/anmeldungen/beenden'] button", Key::Enter).await;
    walk.at_address("meldung=anmeldungen-beendet").await;
    assert_eq!(walk.browser.find_all(By::Css(".login-list li")).await.unwrap().len(), 1);
    walk.tab_and_press("[action='/abmelden'] button", Key::Enter).await;
    walk.at("abgemeldet", "Anmeldung").await;
}
