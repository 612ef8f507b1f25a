//! Second factors in a real browser: a passkey is set up, logs in, confirms and proves; an app beside it; a lost factor, the recovery
//! sheet, another mail address, a link by mail. On a desktop in German, on a phone in English; and what is said without scripts.

use access::actions::CreateFirstAccount;
use access::{Role, Stage, operator_permit};
use crypto::totp::TotpSecret;
use domain::Clock;
use domain::audit::AuditEvent;
use jiff::SignedDuration;
use storage::tenant::{Standing, UserState};
use testkit::browser::{Screen, Scripts};
use testkit::{Backend, Office, Person, Server, World};
use tests::requests::fresh_group;
use thirtyfour::{By, Cookie};
use usecases::mail::Outbox;

use crate::walk::Walk;

struct Words {
    enrol: &'static str,
    codes: &'static str,
    factors: &'static str,
    add_app: &'static str,
    add_passkey: &'static str,
    rename: &'static str,
    remove: &'static str,
    login: &'static str,
    second_step: &'static str,
    today: &'static str,
    prove: &'static str,
    change_password: &'static str,
    account: &'static str,
    change_email: &'static str,
    email: &'static str,
    link: &'static str,
    use_link: &'static str,
    lost: &'static str,
    keep: &'static str,
    sheet: &'static str,
    settings: &'static str,
    logins: &'static str,
    no_script: &'static str,
}

const GERMAN: Words = Words {
    enrol: "Zweiten Faktor einrichten",
    codes: "Notfallcodes",
    factors: "Zweite Faktoren",
    add_app: "App hinzufügen",
    add_passkey: "Passkey hinzufügen",
    rename: "umbenennen",
    remove: "entfernen",
    login: "Anmeldung",
    second_step: "Zweiter Schritt",
    today: "Heute",
    prove: "Bitte bestätigen Sie",
    change_password: "Passwort ändern",
    account: "Mein Konto",
    change_email: "Adresse ändern",
    email: "Änderung der E-Mail-Adresse",
    link: "Anmelden mit einem Link",
    use_link: "Anmelden",
    lost: "verloren",
    keep: "als verloren gemeldet",
    sheet: "Notfallblatt",
    settings: "Einstellungen",
    logins: "Anmeldung",
    no_script: "muss JavaScript eingeschaltet sein",
};

const ENGLISH: Words = Words {
    enrol: "econd factor",
    codes: "recovery codes",
    factors: "Second factors",
    add_app: "Add an app",
    add_passkey: "Add a passkey",
    rename: "Rename",
    remove: "Remove",
    login: "Log in",
    second_step: "econd step",
    today: "Today",
    prove: "Please confirm",
    change_password: "Change",
    account: "My account",
    change_email: "Change the address",
    email: "Change of mail address",
    link: "Log in with a link",
    use_link: "Log in",
    lost: "has lost",
    keep: "reported as lost",
    sheet: "Recovery sheet",
    settings: "Settings",
    logins: "Logging in",
    no_script: "need JavaScript to be switched on",
};

async fn log_out(walk: &Walk, site: &str) {
    walk.go(&format!("{site}/konto")).await;
    walk.click("form[action='/abmelden'] button").await;
    walk.at_address("/login?meldung=abgemeldet").await;
}

async fn links(world: &World, office: &Office, path: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    loop {
        let mails = usecases::mail::claim(&world.house, Outbox::Tenant(office.id)).await.unwrap();
        if mails.is_empty() {
            return found;
        }
        for outgoing in mails {
            usecases::mail::done(&world.house, Outbox::Tenant(office.id), &outgoing, Ok(())).await.unwrap();
            let line = outgoing.mail.body.lines().find(|line| line.starts_with("http") && line.contains(path));
            found.extend(line.map(|line| (outgoing.mail.to.as_str().to_owned(), line.to_owned())));
        }
    }
}

/// Someone who is to set up the first factor.
async fn enrolling(office: &Office) -> Person {
    let person = office.someone(Role::Staff).await;
    let tx = office.house.stores().begin(&operator_permit::<CreateFirstAccount>(office.id)).await.unwrap();
    tx.remove_factors(person.user).await.unwrap();
    let standing = Standing { role: Role::Staff, state: UserState::Enrolling, groups: Vec::new() };
    tx.set_standing(person.user, &standing).await.unwrap();
    tx.commit(AuditEvent::new("test.enrolling", person.user)).await.unwrap();
    person
}

async fn type_password(walk: &Walk, site: &str, person: &Person) {
    walk.go(&format!("{site}/login")).await;
    walk.fill("[name=email]", &person.email).await;
    walk.fill("[name=password]", person.password).await;
    walk.click("main form button").await;
}

async fn factors_in_a_browser(screen: Screen, lang: &str, words: &Words) {
    let (world, server) = Server::with_world(Backend::Sqlite).await;
    let office = world.public_office("alpha").await;
    let site = format!("http://alpha.localhost:{}", server.address.port());
    let me = enrolling(&office).await;
    let walk = Walk::open(screen, Scripts::On, format!("faktoren-{lang}")).await;
    walk.browser.add_passkey_device().await.unwrap();
    walk.go(&format!("{site}/sprache/{lang}")).await;

    // The first factor is a passkey.
    type_password(&walk, &site, &me).await;
    walk.at("einrichten", words.enrol).await;
    walk.click("form[data-passkey=create] button").await;
    walk.at("notfallcodes", words.codes).await;
    walk.click("a.button[href='/office']").await;
    walk.at("heute", words.today).await;

    // An app beside it; names; one taken away.
    walk.go(&format!("{site}/konto/faktoren")).await;
    walk.at("liste-eins", words.factors).await;
    walk.click("[href='/konto/faktoren/passkey']").await;
    walk.at("passkey-neu", words.add_passkey).await;
    walk.click("form[data-passkey=create] button").await;
    // The device has one already.
    walk.find("[data-passkey-failed]:not([hidden])").await;
    walk.at("passkey-schon-da", words.add_passkey).await;
    walk.click("[href='/konto/faktoren/app']").await;
    walk.at("app-neu", words.add_app).await;
    let secret: String = walk.text("code.secret").await.split_whitespace().collect();
    let secret = TotpSecret::from_bytes(&data_encoding::BASE32_NOPAD.decode(secret.as_bytes()).unwrap()).unwrap();
    walk.fill("[name=code]", "000000").await;
    walk.click("main form button").await;
    walk.find(".error-summary").await;
    walk.at("app-falsch", words.add_app).await;
    walk.fill("[name=code]", secret.code_at(world.clock.now()).as_str()).await;
    walk.click("main form button").await;
    walk.at("liste-zwei", words.factors).await;
    assert_eq!(walk.browser.find_all(By::Css(".login-list li")).await.unwrap().len(), 2);
    walk.click(".login-list li:last-child a").await;
    walk.at("umbenennen", words.rename).await;
    walk.fill("[name=name]", "Diensthandy").await;
    walk.click("main form button").await;
    walk.at("liste-umbenannt", words.factors).await;
    walk.click(".login-list a[href$='/entfernen']").await;
    walk.at("entfernen", words.remove).await;

    // The passkey is the whole login, the second step, and the proof.
    log_out(&walk, &site).await;
    walk.at("anmeldung", words.login).await;
    walk.click("form[action^='/login/passkey'] button").await;
    walk.at("heute-passkey", words.today).await;
    log_out(&walk, &site).await;
    type_password(&walk, &site, &me).await;
    walk.at("zweiter-schritt", words.second_step).await;
    walk.click("form[data-passkey=get] button").await;
    walk.at("heute-zweiter-schritt", words.today).await;
    world.clock.advance(SignedDuration::from_mins(10));
    walk.go(&format!("{site}/konto/passwort")).await;
    walk.at("bestaetigen", words.prove).await;
    walk.click("form[data-passkey=get] button").await;
    walk.at("passwort", words.change_password).await;

    // Another mail address.
    walk.go(&format!("{site}/konto")).await;
    walk.at("konto", words.account).await;
    walk.click("[href='/konto/email']").await;
    walk.at("email-aendern", words.change_email).await;
    links(&world, &office, "/email/").await;
    walk.fill("[name=email]", "neu@anders.example").await;
    walk.click("main form button").await;
    walk.at("konto-wartet", words.account).await;
    for (to, link) in links(&world, &office, "/email/").await {
        walk.go(&link).await;
        walk.at(if to == me.email { "email-alt" } else { "email-neu" }, words.email).await;
        walk.click("main form button").await;
        walk.find(".banner-success").await;
    }
    walk.at_address("meldung=email-geaendert").await;
    walk.browser.screenshot(&picture(lang, "zugang")).await.unwrap();
    walk.go(&format!("{site}/konto")).await;
    assert!(walk.text("main").await.contains("neu@anders.example"));
}

fn picture(lang: &str, page: &str) -> std::path::PathBuf {
    let folder = std::env::var("AMPELHAUS_TEST_PICTURES").map_or_else(|_| std::env::temp_dir(), Into::into);
    folder.join(format!("faktoren-{lang}-{page}.png"))
}

async fn as_someone(walk: &Walk, office: &Office, site: &str, person: &Person) {
    let session = office.session(person, Stage::Full).await;
    walk.go(&format!("{site}/login")).await;
    let mut cookie = Cookie::new("__Host-session", session);
    cookie.set_path("/");
    cookie.set_secure(true);
    walk.browser.add_cookie(cookie).await.unwrap();
}

async fn what_a_lead_does(screen: Screen, lang: &str, words: &Words) {
    let (world, server) = Server::with_world(Backend::Sqlite).await;
    let office = world.public_office("alpha").await;
    let site = format!("http://alpha.localhost:{}", server.address.port());
    let (lead, staff) = (office.someone(Role::Lead).await, office.someone(Role::Staff).await);
    let (group, ..) = fresh_group(&office, domain::Status::Active).await;
    let admin = office.admin_of(&[group]).await;
    let walk = Walk::open(screen, Scripts::On, format!("leitung-{lang}")).await;
    walk.go(&format!("{site}/sprache/{lang}")).await;
    as_someone(&walk, &office, &site, &lead).await;

    // A lost factor.
    let page = format!("{site}/office/personen/{}", staff.user);
    walk.go(&page).await;
    walk.click("a[href$='/faktor-verloren']").await;
    walk.at("verloren", words.lost).await;
    walk.click("main form button").await;
    walk.at("person-verloren", "staff alpha").await;
    walk.find(".banner-warning").await;
    let (_, link) = links(&world, &office, "/faktor-verlust/").await.remove(0);
    walk.go(&link).await;
    walk.at("stoppen", words.keep).await;
    walk.click("main form button").await;
    walk.find(".banner-success").await;
    walk.go(&page).await;
    assert!(walk.browser.find_all(By::Css(".banner-warning")).await.unwrap().is_empty());

    // The recovery sheet.
    walk.go(&format!("{site}/office/einstellungen")).await;
    walk.at("einstellungen", words.settings).await;
    walk.click("[href='/office/einstellungen/notfallblatt']").await;
    walk.at("blatt-keines", words.sheet).await;
    walk.click("main form button").await;
    walk.find(".sheet").await;
    walk.at("blatt", words.sheet).await;
    let share = walk.text("code.secret").await;
    walk.fill("[name=ending]", "AAAA-AAAA").await;
    walk.click("form[action$='/pruefen'] button").await;
    walk.find(".error-summary").await;
    walk.at("blatt-falsch", words.sheet).await;
    walk.fill("[name=ending]", &share[share.len() - 9..]).await;
    walk.click("form[action$='/pruefen'] button").await;
    walk.at("einstellungen-blatt", words.settings).await;
    walk.click("[href='/office/einstellungen/zweiter-faktor']").await;
    walk.at("anmeldung-regeln", words.logins).await;
    log_out(&walk, &site).await;

    // A group admin, by mail.
    links(&world, &office, "/login/link/").await;
    let tx = office.house.stores().begin(&operator_permit::<CreateFirstAccount>(office.id)).await.unwrap();
    tx.remove_factors(admin.user).await.unwrap();
    tx.commit(AuditEvent::new("test.factor", admin.user)).await.unwrap();
    walk.click("[href='/login/link']").await;
    walk.at("link", words.link).await;
    walk.fill("[name=email]", &admin.email).await;
    walk.click("main form button").await;
    walk.find(".banner-success").await;
    walk.at("link-gesendet", words.link).await;
    let (_, link) = links(&world, &office, "/login/link/").await.remove(0);
    walk.go(&link).await;
    walk.at("link-benutzen", words.use_link).await;
    walk.click("main form button").await;
    walk.at("meine-gruppe", "Frisch").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn passkeys_and_apps_on_a_desktop() {
    factors_in_a_browser(Screen::Desktop, "de", &GERMAN).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn passkeys_and_apps_on_a_phone_in_english() {
    factors_in_a_browser(Screen::Phone, "en", &ENGLISH).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn lost_factors_sheets_and_links_on_a_desktop_in_english() {
    what_a_lead_does(Screen::Desktop, "en", &ENGLISH).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn lost_factors_sheets_and_links_on_a_phone() {
    what_a_lead_does(Screen::Phone, "de", &GERMAN).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_scripts_a_passkey_page_says_so_and_offers_the_app() {
    let (world, server) = Server::with_world(Backend::Sqlite).await;
    let office = world.public_office("alpha").await;
    let site = format!("http://alpha.localhost:{}", server.address.port());
    let me = enrolling(&office).await;
    for (lang, words) in [("de", &GERMAN), ("en", &ENGLISH)] {
        let walk = Walk::open(Screen::Phone, Scripts::Off, format!("ohne-skript-{lang}")).await;
        walk.go(&format!("{site}/sprache/{lang}")).await;
        walk.go(&format!("{site}/login")).await;
        walk.at("anmeldung", words.login).await;
        walk.click("form[action^='/login/passkey'] button").await;
        walk.at("passkey", "asskey").await;
        assert!(walk.text("main").await.contains(words.no_script));
        walk.click("main a[href='/login']").await;
        walk.at("anmeldung-zurueck", words.login).await;
        walk.fill("[name=email]", &me.email).await;
        walk.fill("[name=password]", me.password).await;
        walk.click("main form button").await;
        walk.at("einrichten", words.enrol).await;
        assert!(walk.text("main").await.contains(words.no_script));
        assert!(!walk.text("code.secret").await.is_empty(), "the app needs no script");
    }
}
