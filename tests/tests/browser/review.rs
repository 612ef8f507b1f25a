//! A group admin corrects the own group on a phone; the office sees old and new side by side on a desktop and decides; the
//! directory changes then and not before. In German, and in English the other way round.

use access::Role;
use domain::Status;
use testkit::browser::{Screen, Scripts};
use testkit::{Backend, Server};
use tests::requests::fresh_group;
use thirtyfour::By;

use crate::walk::Walk;

struct Words {
    own: &'static str,
    form: &'static str,
    queue: &'static str,
    request: &'static str,
    today: &'static str,
}

const GERMAN: Words =
    Words { own: "Frisch", form: "Frisch", queue: "Zu prüfen", request: "Änderungen: Frisch", today: "Heute" };
const ENGLISH: Words =
    Words { own: "Frisch", form: "Frisch", queue: "To review", request: "Changes: Frisch", today: "Today" };

async fn a_change_goes_its_way(lang: &str, screens: [Screen; 2], words: &Words) {
    let (world, server) = Server::with_world(Backend::Sqlite).await;
    let office = world.public_office("alpha").await;
    let site = format!("http://alpha.localhost:{}", server.address.port());
    let (group, ..) = fresh_group(&office, Status::Active).await;
    let (staff, admin) = (office.someone(Role::Staff).await, office.admin_of(&[group]).await);
    let public = format!("{site}/gruppen/frisch-{group}");
    let theirs = Walk::open(screens[0], Scripts::On, format!("aenderung-{lang}")).await;
    let ours = Walk::open(screens[1], Scripts::On, format!("pruefung-{lang}")).await;

    // The group writes something new.
    theirs.log_in(&world, &admin, &site, lang).await;
    theirs.go(&format!("{site}/meine-gruppen/{group}")).await;
    theirs.at("gruppe", words.own).await;
    theirs.click("a[href$='/bearbeiten/gruppe']").await;
    theirs.at("form", words.form).await;
    theirs.fill("[name=summary-0]", "Wir treffen uns jetzt im Park.").await;
    // The form keeps itself: the telephone may go away now.
    theirs.until("[data-draft-kept]", ":").await;
    theirs.go(&format!("{site}/meine-gruppen/{group}")).await;
    theirs.click("a[href$='/bearbeiten/gruppe']").await;
    theirs.at("entwurf", words.form).await;
    theirs.find("form[action$='/verwerfen']").await;
    assert!(theirs.find("[name=summary-0]").await.value().await.unwrap().unwrap().contains("im Park"));
    theirs.fill("[name=founded-0]", "3000").await;
    theirs.click(".item-form button.button[type=submit]").await;
    theirs.find(".error-summary").await;
    theirs.at("form-fehler", words.form).await;
    theirs.fill("[name=founded-0]", "1999").await;
    theirs.click(".item-form button.button[type=submit]").await;
    theirs.at_address("meldung=eingereicht").await;
    theirs.at("eingereicht", words.own).await;
    ours.go(&public).await;
    assert!(!ours.browser.source().await.unwrap().contains("im Park"), "not before the decision");

    // The office looks, forgets one, says no to it.
    ours.log_in(&world, &staff, &site, lang).await;
    ours.go(&format!("{site}/office")).await;
    ours.at("heute", words.today).await;
    ours.click("main a[href='/office/pruefung']").await;
    ours.at("liste", words.queue).await;
    ours.click("main table a").await;
    ours.at("vorschlag", words.request).await;
    let request = ours.browser.current_url().await.unwrap();
    ours.click("button[name=ich]").await;
    ours.at_address("meldung=in-arbeit").await;
    ours.fill("[name=comment]", "Seit wann im Park?").await;
    ours.click("form[action$='/nachricht'] button").await;
    ours.at_address("#nachrichten").await;
    ours.at("gefragt", words.request).await;
    theirs.go(&format!("{site}/meine-gruppen/{group}")).await;
    theirs.fill("[name=comment]", "Seit Mai.").await;
    theirs.click("form[action$='/nachricht'] button").await;
    theirs.at_address("meldung=geantwortet").await;
    theirs.at("geantwortet", words.own).await;
    // A colleague writes something else there meanwhile: it is shown three ways.
    ours.go(&format!("{site}/office/gruppen/{group}/bearbeiten/gruppe")).await;
    ours.fill("[name=summary-0]", "Vom Amt geschrieben.").await;
    ours.click("main form .sticky-actions button.button").await;
    ours.at_address("meldung=gespeichert").await;
    ours.go(&format!("{site}/office/pruefung?bei=mir")).await;
    ours.at("bei-mir", words.queue).await;
    ours.go(request.as_str()).await;
    ours.at("inzwischen", words.request).await;
    assert!(ours.find(".moved-on").await.text().await.unwrap().contains("Vom Amt geschrieben."));
    let choices = ours.browser.find_all(By::Css("input[type=radio][value=yes]")).await.unwrap();
    assert_eq!(choices.len(), 2);
    choices[0].scroll_into_view().await.unwrap();
    choices[0].click().await.unwrap();
    ours.click(".request-form button.button:not([name])").await;
    ours.find(".error-summary").await;
    ours.at("eines-fehlt", words.request).await;
    let choices = ours.browser.find_all(By::Css("input[type=radio][value=no]")).await.unwrap();
    choices[1].scroll_into_view().await.unwrap();
    choices[1].click().await.unwrap();
    ours.browser.find_all(By::Css("textarea[name^='r-']")).await.unwrap()[1]
        .send_keys("Bitte das Jahr prüfen.")
        .await
        .unwrap();
    ours.click(".request-form button.button:not([name])").await;
    ours.at_address("meldung=entschieden").await;
    ours.at("entschieden", words.queue).await;
    ours.go(&public).await;
    assert!(ours.browser.source().await.unwrap().contains("im Park"));

    // The group reads what became of it.
    theirs.go(&format!("{site}/meine-gruppen/{group}")).await;
    theirs.at("gelesen", words.own).await;
    assert!(theirs.browser.source().await.unwrap().contains("Bitte das Jahr prüfen."));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_change_goes_its_way_in_german() {
    a_change_goes_its_way("de", [Screen::Phone, Screen::Desktop], &GERMAN).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_change_goes_its_way_in_english() {
    a_change_goes_its_way("en", [Screen::Desktop, Screen::Phone], &ENGLISH).await;
}
