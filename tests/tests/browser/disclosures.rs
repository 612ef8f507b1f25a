//! Staff pass a yellow item on; the recipient opens the link on a phone, once; a group asks to be asked and answers by a link.
//! Somebody suggests a group, and the office decides.

use access::Role;
use testkit::browser::{Screen, Scripts};
use testkit::{Backend, Server};
use tests::requests::yellow_group;
use usecases::mail::{self, Outbox};

use crate::walk::Walk;

struct Words {
    form: &'static str,
    link: &'static str,
    notice: &'static str,
    shown: &'static str,
    dead: &'static str,
    question: &'static str,
    passed: &'static str,
    suggest: &'static str,
    sent: &'static str,
    confirm: &'static str,
    confirmed: &'static str,
    suggestion: &'static str,
    queue: &'static str,
    register: &'static str,
}

const GERMAN: Words = Words {
    form: "Gelbe Angaben weitergeben",
    link: "Der Link zum Weitergeben",
    notice: "Eine Angabe für Sie",
    shown: "Das hat die Kontaktstelle",
    dead: "Hier ist nichts mehr zu sehen",
    question: "Dürfen wir das weitergeben?",
    passed: "Weitergabe",
    suggest: "Gruppe melden",
    sent: "Postfach",
    confirm: "Vorschlag bestätigen",
    confirmed: "Ihr Vorschlag ist angekommen",
    suggestion: "Vorschlag: Morgenrot",
    queue: "Zu prüfen",
    register: "Weitergaben",
};
const ENGLISH: Words = Words {
    form: "Pass yellow items on",
    link: "The link to hand over",
    notice: "Something for you",
    shown: "What the contact office",
    dead: "nothing to see here",
    question: "May we pass this on?",
    passed: "Passing on",
    suggest: "Suggest a group",
    sent: "mailbox",
    confirm: "Confirm the suggestion",
    confirmed: "Your suggestion has arrived",
    suggestion: "Suggestion: Morgenrot",
    queue: "To review",
    register: "Passed on",
};

/// What stands after this in one of the mails that wait; they are taken out.
async fn link_in_mail(world: &testkit::World, office: &testkit::Office, path: &str) -> String {
    for mail in mail::claim(&world.house, Outbox::Tenant(office.id)).await.unwrap() {
        if let Some((_, rest)) = mail.mail.body.split_once(path) {
            return format!("{path}{}", rest.split_whitespace().next().unwrap());
        }
    }
    panic!("no mail with {path}");
}

async fn yellow_goes_its_way(lang: &str, screens: [Screen; 2], words: &Words) {
    let (world, server) = Server::with_world(Backend::Sqlite).await;
    let office = world.public_office("alpha").await;
    let site = format!("http://alpha.localhost:{}", server.address.port());
    let (group, item) = yellow_group(&office).await;
    let (staff, admin) = (office.someone(Role::Staff).await, office.admin_of(&[group]).await);
    let ours = Walk::open(screens[0], Scripts::On, format!("weitergabe-{lang}")).await;
    let theirs = Walk::open(screens[1], Scripts::On, format!("empfang-{lang}")).await;
    ours.log_in(&world, &staff, &site, lang).await;
    theirs.go(&format!("{site}/sprache/{lang}")).await;

    // Copying tells the log first; whether the clipboard may be written is the browser's to say.
    ours.go(&format!("{site}/office/gruppen/{group}")).await;
    ours.at("gruppe", "Frisch").await;
    ours.click(&format!("[data-copy='w-{item}']")).await;
    ours.find(&format!("[data-copy='w-{item}'][data-state]")).await;

    ours.click("a[href$='/weitergeben']").await;
    ours.at("formular", words.form).await;
    ours.click("main form button.button").await;
    ours.find(".error-summary").await;
    ours.at("formular-fehler", words.form).await;
    ours.fill("[name=recipient]", "Anruferin Kim").await;
    ours.fill("[name=purpose]", "Möchte die Gruppe kennenlernen.").await;
    ours.click("[name=channel][value=link]").await;
    ours.click("main form button.button").await;
    ours.at("link", words.link).await;
    let link = ours.text("#link").await;
    let path = link.split_once("localhost").unwrap().1.split_once('/').unwrap().1.to_owned();

    // The page with the link is lost: another one takes its place.
    ours.go(&format!("{site}/office/weitergaben")).await;
    ours.at("verzeichnis", words.register).await;
    ours.click("td a[href^='/office/weitergaben/']").await;
    ours.at("unterwegs", words.passed).await;
    ours.click("form[action$='/link'] button").await;
    ours.at("anderer-link", words.link).await;
    let dead = path;
    let link = ours.text("#link").await;
    let path = link.split_once("localhost").unwrap().1.split_once('/').unwrap().1.to_owned();
    assert_ne!(path, dead);

    theirs.go(&format!("{site}/{path}")).await;
    theirs.at("hinweis", words.notice).await;
    assert!(!theirs.browser.source().await.unwrap().contains("klingeln"));
    theirs.click("main form button.button").await;
    theirs.at("angabe", words.shown).await;
    assert!(theirs.text("main").await.contains("Zweimal klingeln."));
    let late = Walk::open(screens[1], Scripts::On, format!("zu-spaet-{lang}")).await;
    late.go(&format!("{site}/sprache/{lang}")).await;
    late.go(&format!("{site}/{path}")).await;
    late.at("benutzt", words.dead).await;

    // The group sees it, and wants to be asked from now on.
    theirs.log_in(&world, &admin, &site, lang).await;
    theirs.go(&format!("{site}/meine-gruppen/{group}")).await;
    theirs.at("eigene-gruppe", "Frisch").await;
    assert!(theirs.text("#weitergaben ~ ul").await.contains("kennenlernen"));
    theirs.click("[name=fragen][value=ja]").await;
    theirs.at_address("meldung=zuerst-fragen").await;
    ours.go(&format!("{site}/office/gruppen/{group}/weitergeben")).await;
    ours.fill("[name=recipient]", "Anrufer").await;
    ours.fill("[name=purpose]", "Möchte kommen.").await;
    ours.click("[name=channel][value=phone]").await;
    ours.click("main form button.button").await;
    ours.at_address("meldung=weitergabe-angefragt").await;
    let question = link_in_mail(&world, &office, "/weitergabe-frage/").await;
    late.go(&format!("{site}{question}")).await;
    late.at("frage", words.question).await;
    late.click("[name=antwort][value=yes]").await;
    late.find(".banner-info").await;
    late.at("beantwortet", words.question).await;
    ours.go(&format!("{site}/office/gruppen/{group}")).await;
    ours.click("a[href^='/office/weitergaben/']").await;
    ours.at("zugestimmt", words.passed).await;
    ours.click("form[action$='/weitergeben'] button").await;
    ours.at_address("meldung=weitergegeben").await;
    ours.at("weitergegeben", "Frisch").await;
    ours.go(&format!("{site}/office/weitergaben")).await;
    ours.at("verzeichnis-zwei", words.register).await;
    ours.go(&format!("{site}/office/weitergaben?bis=2001-01-01")).await;
    ours.at("verzeichnis-leer", words.register).await;
}

async fn a_suggestion_goes_its_way(lang: &str, screens: [Screen; 2], words: &Words) {
    let (world, server) = Server::with_world(Backend::Sqlite).await;
    let office = world.public_office("alpha").await;
    let site = format!("http://alpha.localhost:{}", server.address.port());
    let lead = office.someone(Role::Lead).await;
    let theirs = Walk::open(screens[1], Scripts::On, format!("melden-{lang}")).await;
    theirs.go(&format!("{site}/sprache/{lang}")).await;
    theirs.go(&format!("{site}/?suche=Morgenrot")).await;
    theirs.click("main a[href='/gruppe-melden']").await;
    theirs.at("formular", words.suggest).await;
    theirs.fill("[name=name]", "Morgenrot").await;
    theirs.click("main form button.button").await;
    theirs.find(".error-summary").await;
    theirs.at("formular-fehler", words.suggest).await;
    theirs.fill("[name=about]", "Wir reden über Schlaflosigkeit.").await;
    theirs.fill("[name=by]", "nachbarin@strasse.example").await;
    theirs.click("main form button.button").await;
    theirs.at("gesendet", words.sent).await;
    let link = link_in_mail(&world, &office, "/gruppe-melden/").await;
    theirs.go(&format!("{site}{link}")).await;
    theirs.at("bestaetigen", words.confirm).await;
    theirs.click("main form button.button").await;
    theirs.at("bestaetigt", words.confirmed).await;

    let ours = Walk::open(screens[0], Scripts::On, format!("vorschlag-{lang}")).await;
    ours.log_in(&world, &lead, &site, lang).await;
    ours.go(&format!("{site}/office/pruefung")).await;
    ours.at("liste", words.queue).await;
    ours.click("a[href^='/office/vorschlaege/']").await;
    ours.at("vorschlag", words.suggestion).await;
    ours.click("form[action$='/ablehnen'] button").await;
    ours.find(".error-summary").await;
    ours.at("ohne-grund", words.suggestion).await;
    ours.click("form[action$='/annehmen'] button").await;
    ours.at_address("meldung=vorschlag-angenommen").await;
    ours.at("angenommen", words.suggestion).await;
    ours.click("form[action$='/einladen'] button").await;
    ours.at_address("meldung=vorschlag-eingeladen").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn yellow_goes_its_way_in_german() {
    yellow_goes_its_way("de", [Screen::Desktop, Screen::Phone], &GERMAN).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn yellow_goes_its_way_in_english() {
    yellow_goes_its_way("en", [Screen::Phone, Screen::Desktop], &ENGLISH).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_suggestion_goes_its_way_in_german() {
    a_suggestion_goes_its_way("de", [Screen::Desktop, Screen::Phone], &GERMAN).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_suggestion_goes_its_way_in_english() {
    a_suggestion_goes_its_way("en", [Screen::Phone, Screen::Desktop], &ENGLISH).await;
}
