//! A contact person opens the link of a mail on a phone, agrees, and withdraws; the directory follows at once. With a script the
//! code comes out of the address, without one it is typed in.

use access::Role;
use domain::Status;
use testkit::browser::{Screen, Scripts};
use testkit::{Backend, Server};
use tests::requests::fresh_group;

use crate::walk::Walk;

struct Words {
    guide: &'static str,
    ask: &'static str,
    own: &'static str,
}

const GERMAN: Words = Words { guide: "Einwilligungen", ask: "Um Einwilligung bitten", own: "Ihre Einwilligungen" };
const ENGLISH: Words = Words { guide: "Consents", ask: "Ask for consent", own: "Your consents" };

/// The link in the only mail of an office that speaks of consents.
async fn mailed(office: &testkit::Office) -> String {
    let outbox = usecases::mail::Outbox::Tenant(office.id);
    loop {
        let claimed = usecases::mail::claim(&office.house, outbox).await.unwrap();
        assert!(!claimed.is_empty(), "a mail");
        for outgoing in claimed {
            usecases::mail::done(&office.house, outbox, &outgoing, Ok(())).await.unwrap();
            if let Some(line) = outgoing.mail.body.lines().find(|line| line.contains("/einwilligung#")) {
                return line.to_owned();
            }
        }
    }
}

async fn a_person_agrees_and_withdraws(lang: &str, screens: [Screen; 2], scripts: Scripts, words: &Words) {
    let (world, server) = Server::with_world(Backend::Sqlite).await;
    let office = world.public_office("alpha").await;
    let site = format!("http://alpha.localhost:{}", server.address.port());
    let (group, person, _) = fresh_group(&office, Status::Active).await;
    let staff = office.someone(Role::Staff).await;
    let ours = Walk::open(screens[0], Scripts::On, format!("einwilligung-buero-{lang}")).await;
    let theirs = Walk::open(screens[1], scripts, format!("einwilligung-{lang}")).await;

    ours.log_in(&world, &staff, &site, lang).await;
    ours.go(&format!("{site}/office/einwilligungen")).await;
    ours.at("liste", words.guide).await;
    ours.click(&format!("main a[href='/office/gruppen/{group}/personen/{person}/fragen']")).await;
    ours.at("fragen", words.ask).await;
    ours.click("main form button.button[type=submit]").await;
    ours.at_address("meldung=einwilligung-gefragt").await;
    ours.at("gefragt", words.guide).await;

    let link = mailed(&office).await;
    let (address, code) = link.split_once('#').unwrap();
    theirs.go(&format!("{site}/sprache/{lang}")).await;
    if scripts == Scripts::On {
        theirs.go(&format!("{site}/einwilligung#{code}")).await;
    } else {
        theirs.go(&format!("{site}/einwilligung")).await;
        theirs.at("code", words.own).await;
        theirs.fill("[name=code]", "falsch").await;
        theirs.click("main form button.button[type=submit]").await;
        theirs.find(".error-summary").await;
        theirs.fill("[name=code]", &format!("{address}#{code}")).await;
        theirs.click("main form button.button[type=submit]").await;
    }
    theirs.find("input[name=light][value=yellow]").await;
    theirs.at("angaben", words.own).await;
    let source = theirs.browser.source().await.unwrap();
    assert!(!source.contains("Kim Muster") && !source.contains("kim@"), "masked");
    theirs.click("main section.panel button.button").await;
    theirs.find(".banner-success").await;
    theirs.at("zugestimmt", words.own).await;
    theirs.click("main section.panel input[name=light][value=red] + button").await;
    theirs.find(".banner-success").await;
    theirs.at("widerrufen", words.own).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_person_agrees_and_withdraws_in_german() {
    a_person_agrees_and_withdraws("de", [Screen::Desktop, Screen::Phone], Scripts::On, &GERMAN).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_person_agrees_and_withdraws_in_english_without_scripts() {
    a_person_agrees_and_withdraws("en", [Screen::Phone, Screen::Desktop], Scripts::Off, &ENGLISH).await;
}
