//! The main walk in a real browser: an office signs up, sets up its second factor, brings its list, writes its texts,
//! publishes; a seeker on a phone finds a group and sees its contact after the notice. axe looks at
//! every page on the way, pictures go to `AMPELHAUS_TEST_PICTURES` if that names a folder.

use std::time::Duration;

use crypto::totp::TotpSecret;
use domain::Clock;
use testkit::browser::{Screen, Scripts};
use testkit::{Backend, Server, World};
use thirtyfour::By;
use usecases::mail::Outbox;
use usecases::signup;

use crate::walk::Walk;

const LIST: &str = "Gruppe;Thema;Treffen;Ort;Ansprechpartner;Telefon;Gruppen-Mail;öffentlich?\n\
    Lichtblick;Depression;jeden Mittwoch 18:30 Uhr;Nachbarschaftshaus, Lindenweg 4, 04177 Musterstadt;Renate Beispiel;0341 000 55 12;lichtblick@gruppe.example;ja\n\
    Angehörige bei Demenz;Demenz;2. Dienstag im Monat, 16 Uhr;Markt 12, 04109 Musterstadt;Karl Muster;0341 000 55 22;;nein\n";

/// The link of the one mail in the platform's outbox.
async fn link_in_the_mail(world: &World) -> String {
    let mail = usecases::mail::claim(&world.house, Outbox::Platform).await.unwrap();
    let [mail] = mail.as_slice() else { panic!("one mail, not {}", mail.len()) };
    let link = mail.mail.body.lines().find(|line| line.starts_with("http")).unwrap().to_owned();
    usecases::mail::done(&world.house, Outbox::Platform, mail, Ok(())).await.unwrap();
    link
}

async fn sign_up(walk: &Walk, world: &World, base: &str) {
    walk.go(&format!("{base}/anmelden")).await;
    walk.at("anmelden", "Kontaktstelle registrieren").await;
    walk.click("form button.button").await;
    walk.at("anmelden-fehler", "Kontaktstelle registrieren").await;
    assert!(walk.text(".error-summary").await.contains("Bitte"), "an empty form says what is missing");
    for (name, value) in [
        ("office", "Selbsthilfekontaktstelle Musterstadt"),
        ("carrier", "Gesundheitsverein e. V."),
        ("street", "Lindenweg 4"),
        ("postcode", "04177"),
        ("town", "Musterstadt"),
        ("email", "lena@musterstadt.example"),
        ("slug", "musterstadt"),
    ] {
        walk.fill(&format!("[name={name}]"), value).await;
    }
    walk.click("[name=regime][value=DSGVO]").await;
    walk.click("form button.button").await;
    walk.at("post-unterwegs", "Postfach").await;
    walk.go(&link_in_the_mail(world).await).await;
    walk.at("bestaetigen", "bestätigen").await;
    let worker = tokio::spawn({
        let house = std::sync::Arc::clone(&world.house);
        async move {
            while signup::provision_waiting(&house).await.unwrap() == 0 {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        }
    });
    walk.click("main form button").await;
    worker.await.unwrap();
    walk.find("main a.button").await;
    walk.at("bereit", "bereit").await;
    walk.click("main a.button").await;
    walk.at("einladung", "Zugang").await;
    walk.fill("[name=name]", "Lena Leitung").await;
    walk.fill("[name=password]", "musterstadt").await;
    walk.click("main form button").await;
    assert!(walk.text(".error-summary").await.contains("12 Zeichen"));
    walk.fill("[name=password]", "apfelbaum-regen-morgen").await;
    walk.click("main form button").await;
    walk.at("zweiter-faktor", "Zweiten Faktor").await;
    let secret: String = walk.text("code.secret").await.split_whitespace().collect();
    let secret = TotpSecret::from_bytes(&data_encoding::BASE32_NOPAD.decode(secret.as_bytes()).unwrap()).unwrap();
    walk.fill("[name=code]", secret.code_at(world.clock.now()).as_str()).await;
    walk.click("main form button").await;
    walk.at("notfallcodes", "Notfallcodes").await;
    assert_eq!(walk.browser.find_all(By::Css(".recovery-codes li")).await.unwrap().len(), 10);
    walk.click("main a.button").await;
    walk.at("heute", "Heute").await;
}

async fn bring_the_list(walk: &Walk, site: &str) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("gruppen.csv");
    std::fs::write(&file, LIST).unwrap();
    walk.go(&format!("{site}/office/import")).await;
    walk.at("import", "").await;
    walk.find("input[type=file]").await.send_keys(file.to_str().unwrap()).await.unwrap();
    walk.click("form[enctype] button").await;
    walk.at("import-spalten", "").await;
    walk.click("main form > .actions button").await;
    walk.at("import-vorschau", "").await;
    walk.click("button[formaction$=uebernehmen]").await;
    walk.at("import-bericht", "").await;
    walk.go(&format!("{site}/office/gruppen")).await;
    walk.at("gruppen", "Gruppen").await;
    walk.click(".group-table th[scope=row] a, .group-table a").await;
    walk.at("gruppe", "").await;
    assert!(walk.text("main").await.contains("0341 000 55"), "staff see what came in red");
}

async fn publish(walk: &Walk, site: &str) {
    for (page, heading) in [
        ("einstellungen", "Einstellungen"),
        ("einstellungen/kontaktstelle", ""),
        ("einstellungen/vertrag", ""),
        ("protokoll", "Protokoll"),
        ("gruppen/neu", ""),
        ("einstellungen/veroeffentlichen", ""),
    ] {
        walk.go(&format!("{site}/office/{page}")).await;
        walk.at(&page.replace('/', "-"), heading).await;
    }
    walk.go(&format!("{site}/office/einstellungen/kontaktstelle")).await;
    walk.fill("[name=phone]", "0341 000 12 34").await;
    walk.click("main form .actions button").await;
    walk.find(".banner-success").await;
    walk.go(&format!("{site}/office/einstellungen/texte")).await;
    walk.at("texte", "").await;
    walk.fill("[name=imprint]", "Gesundheitsverein e. V., Lindenweg 4, 04177 Musterstadt").await;
    walk.fill("[name=privacy]", "Verantwortlich ist der Gesundheitsverein e. V.").await;
    walk.click("form.texts > .actions button").await;
    walk.find(".banner-success").await;
    walk.go(&format!("{site}/office/einstellungen/veroeffentlichen")).await;
    walk.click("main a.button, main form button.button").await;
    walk.at("veroeffentlichen-bestaetigen", "").await;
    walk.click("main form button").await;
    walk.at("veroeffentlicht", "").await;
}

async fn seek(walk: &Walk, site: &str) {
    walk.go(&format!("{site}/")).await;
    walk.at("verzeichnis", "Selbsthilfegruppen finden").await;
    walk.fill("#suche", "Depresion").await;
    walk.click("form.search button").await;
    walk.at("suche", "").await;
    walk.click(".cards a").await;
    walk.at("gruppe", "Lichtblick").await;
    let before = walk.browser.source().await.unwrap();
    assert!(!before.contains("lichtblick@gruppe.example"), "no contact before the notice");
    walk.click("a[href$=kontakt]").await;
    walk.at("hinweis", "").await;
    assert!(!walk.browser.source().await.unwrap().contains("lichtblick@gruppe.example"));
    walk.click("main form button").await;
    walk.at("kontakt", "").await;
    let shown = walk.text("main").await;
    assert!(shown.contains("lichtblick@gruppe.example"), "{shown}");
    assert!(!shown.contains("55 12") && !shown.contains("Renate"), "a person who did not agree stays inside");
    walk.go(&format!("{site}/gruppen/angehoerige-bei-demenz/kontakt")).await;
    walk.at("vermittelt", "").await;
    for page in ["ueber-uns", "impressum", "datenschutz", "barrierefreiheit", "cookies", "login", "gibt-es-nicht"] {
        walk.go(&format!("{site}/{page}")).await;
        walk.at(page, "").await;
    }
    walk.go(&format!("{site}/?suche=gibtesnicht")).await;
    walk.at("nichts-gefunden", "").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_office_signs_up_and_a_seeker_finds_its_group() {
    let (world, server) = Server::with_world(Backend::Sqlite).await;
    let port = server.address.port();
    let site = format!("http://musterstadt.localhost:{port}");
    let office = Walk::open(Screen::Desktop, Scripts::On, "office").await;
    office.go(&format!("http://localhost:{port}/sprache/de")).await;
    sign_up(&office, &world, &format!("http://localhost:{port}")).await;
    office.go(&format!("{site}/sprache/de")).await;
    bring_the_list(&office, &site).await;
    publish(&office, &site).await;
    office.browser.close().await.unwrap();

    let seeker = Walk::open(Screen::Phone, Scripts::On, "seeker").await;
    seeker.go(&format!("{site}/sprache/de")).await;
    seek(&seeker, &site).await;
    seeker.browser.close().await.unwrap();
}
