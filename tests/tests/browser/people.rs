//! A lead invites a colleague and a group admin; both accept, set up what they need, and see what their role shows. The
//! lead ends the colleague's access. On a desktop in German, and on a phone in English.

use std::process::Command;

use access::Role;
use domain::Clock;
use jiff::{SignedDuration, Timestamp};
use testkit::browser::{Screen, Scripts};
use testkit::{Backend, Office, Server, World};
use tests::requests::fresh_group;
use thirtyfour::By;
use usecases::mail::Outbox;

use crate::walk::Walk;

struct Words {
    people: &'static str,
    invite: &'static str,
    prove: &'static str,
    account: &'static str,
    enrol: &'static str,
    codes: &'static str,
    today: &'static str,
    lock: &'static str,
    roles: &'static str,
    own_role: &'static str,
    make_account: &'static str,
}

const GERMAN: Words = Words {
    people: "Personen",
    invite: "Person einladen",
    prove: "Bitte bestätigen Sie",
    account: "Mein Konto",
    enrol: "Zweiten Faktor",
    codes: "Notfall",
    today: "Heute",
    lock: "sperren?",
    roles: "Rollen und Rechte",
    own_role: "Eigene Rolle anlegen",
    make_account: "Ihr Zugang",
};
const ENGLISH: Words = Words {
    people: "People",
    invite: "Invite someone",
    prove: "Please confirm",
    account: "My account",
    enrol: "econd",
    codes: "ecovery",
    today: "Today",
    lock: "Lock out",
    roles: "Roles and rights",
    own_role: "Make a role",
    make_account: "Your account",
};

async fn log_out(walk: &Walk, site: &str) {
    walk.go(&format!("{site}/konto")).await;
    walk.click("[action='/abmelden'] button").await;
    // Going on before the answer is there would lose it.
    walk.find("[name=password]").await;
}

/// The code another program makes of the secret as it is typed off the screen.
fn oathtool(secret: &str, now: Timestamp) -> String {
    let secret: String = secret.split_whitespace().collect();
    let now = now.strftime("%Y-%m-%d %H:%M:%S UTC").to_string();
    let made = Command::new("oathtool").args(["--totp", "--base32", "--now", &now, &secret]).output().unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    String::from_utf8(made.stdout).unwrap().trim().to_owned()
}

/// The link of the newest mail of an office.
pub(crate) async fn link_in_the_mail(world: &World, office: &Office) -> String {
    let mails = usecases::mail::claim(&world.house, Outbox::Tenant(office.id)).await.unwrap();
    let mut link = None;
    for mail in &mails {
        link = mail.mail.body.lines().find(|line| line.starts_with("http")).map(str::to_owned).or(link);
        usecases::mail::done(&world.house, Outbox::Tenant(office.id), mail, Ok(())).await.unwrap();
    }
    link.expect("a mail with a link")
}

async fn people_come_and_go(screen: Screen, lang: &str, words: &Words) {
    let (world, server) = Server::with_world(Backend::Sqlite).await;
    let office = world.public_office("alpha").await;
    let site = format!("http://alpha.localhost:{}", server.address.port());
    let lead = office.someone(Role::Lead).await;
    fresh_group(&office, domain::Status::Active).await;
    let walk = Walk::open(screen, Scripts::On, format!("personen-{lang}")).await;
    walk.log_in(&world, &lead, &site, lang).await;

    walk.go(&format!("{site}/office/personen")).await;
    walk.at("liste", words.people).await;
    // Ten minutes later what is grave asks once more who one is.
    world.clock.advance(SignedDuration::from_mins(10));
    walk.click("[href='/office/personen/einladen']").await;
    walk.at("bestaetigen", words.prove).await;
    walk.fill("[name=code]", lead.code(world.clock.now()).as_str()).await;
    walk.click("main form button").await;
    walk.at("einladen", words.invite).await;
    walk.fill("[name=email]", "keine adresse").await;
    walk.click("main form button.button").await;
    walk.at("einladen-fehler", words.invite).await;
    walk.find(".error-summary").await;
    walk.fill("[name=email]", "kim@alpha.example").await;
    walk.click("[name=role][value=staff]").await;
    walk.click("main form button.button").await;
    walk.at("eingeladen", words.people).await;
    let staff_link = link_in_the_mail(&world, &office).await;
    walk.go(&format!("{site}/office/personen/einladen")).await;
    walk.fill("[name=email]", "gruppe@alpha.example").await;
    walk.click("[name=role][value=group-admin]").await;
    walk.click("[name=groups]").await;
    walk.click("main form button.button").await;
    walk.at("eingeladen-zwei", words.people).await;
    let admin_link = link_in_the_mail(&world, &office).await;
    walk.go(&format!("{site}/office/rollen")).await;
    walk.at("rollen", words.roles).await;
    walk.click("[href='/office/rollen/neu']").await;
    walk.at("rolle-neu", words.own_role).await;
    walk.fill("[name=name]", "Ehrenamt").await;
    walk.click("[name=rights][value=groups-see]").await;
    walk.click("main form button.button").await;
    walk.at("rollen-eigene", words.roles).await;
    log_out(&walk, &site).await;

    // The colleague.
    walk.go(&staff_link).await;
    walk.at("konto-anlegen", words.make_account).await;
    walk.fill("[name=name]", "Kim Muster").await;
    walk.fill("[name=password]", "regenbogen-suppe-laterne").await;
    walk.click("main form button.button").await;
    walk.at("zweiter-faktor", words.enrol).await;
    let code = oathtool(&walk.text("code.secret").await, world.clock.now());
    walk.fill("[name=code]", &code).await;
    walk.click("main form button.button").await;
    walk.at("notfallcodes", words.codes).await;
    walk.click("a.button[href='/office']").await;
    walk.at("heute", words.today).await;
    assert!(walk.browser.find_all(By::Css("[href='/office/personen']")).await.unwrap().is_empty(), "for leads only");
    walk.click("[href='/konto']").await;
    walk.at("konto", words.account).await;
    assert_eq!(walk.browser.find_all(By::Css(".login-list li")).await.unwrap().len(), 1);
    log_out(&walk, &site).await;

    // The group admin: no second factor, only the own group.
    walk.go(&admin_link).await;
    walk.fill("[name=name]", "Renate Beispiel").await;
    walk.fill("[name=password]", "regenbogen-suppe-laterne").await;
    walk.click("main form button.button").await;
    walk.at("meine-gruppe", "Frisch").await;
    walk.go(&format!("{site}/office/gruppen")).await;
    assert!(!walk.browser.source().await.unwrap().contains("Frisch"), "the office's pages are not for group admins");
    log_out(&walk, &site).await;

    // The colleague leaves.
    world.clock.advance(SignedDuration::from_mins(1));
    walk.log_in(&world, &lead, &site, lang).await;
    walk.go(&format!("{site}/office/personen")).await;
    let kim = walk.browser.find(By::LinkText("Kim Muster")).await.unwrap();
    kim.scroll_into_view().await.unwrap();
    kim.click().await.unwrap();
    walk.at("person", "Kim Muster").await;
    walk.click("a[href$='/sperren']").await;
    walk.at("sperren", words.lock).await;
    walk.click("main form button.danger-button").await;
    walk.at("gesperrt", "Kim Muster").await;
    walk.find(".status-disabled").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn people_come_and_go_on_a_desktop() {
    people_come_and_go(Screen::Desktop, "de", &GERMAN).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn people_come_and_go_on_a_phone_in_english() {
    people_come_and_go(Screen::Phone, "en", &ENGLISH).await;
}
