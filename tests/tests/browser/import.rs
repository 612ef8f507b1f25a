//! Every page of the import on a desktop and on a phone, in German and in English.

use std::path::{Path, PathBuf};

use access::Role;
use testkit::browser::{Screen, Scripts};
use testkit::{Backend, Office, Person, Server, World};

use crate::walk::Walk;

#[path = "../../../crates/intake/tests/invented/mod.rs"]
mod invented;

/// The first row looks like names of columns and is none.
const TWO_HEADINGS: &str = "Gruppe;Ort;Telefon\nBezeichnung;Saal;Erreichbar unter\n\
    Angst;Nachbarschaftshaus;030 23125 001\nMut;Nachbarschaftshaus;030 23125 002\n";

struct Scene {
    world: World,
    server: Server,
    folder: tempfile::TempDir,
}

impl Scene {
    async fn new() -> Self {
        let (world, server) = Server::with_world(Backend::Sqlite).await;
        Self { world, server, folder: tempfile::tempdir().unwrap() }
    }

    fn site(&self, office: &Office) -> String {
        format!("http://{}.localhost:{}", office.slug, self.server.address.port())
    }

    fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let file = self.folder.path().join(name);
        std::fs::write(&file, bytes).unwrap();
        file
    }
}

async fn log_in(walk: &Walk, scene: &Scene, person: &Person, site: &str, language: &str) {
    walk.go(&format!("{site}/sprache/{language}")).await;
    walk.go(&format!("{site}/login")).await;
    walk.fill("[name=email]", &person.email).await;
    walk.fill("[name=password]", person.password).await;
    walk.click("main form button").await;
    walk.fill("[name=code]", &person.code(domain::Clock::now(&*scene.world.clock))).await;
    walk.click("main form button").await;
    walk.find("[href='/office/import']").await;
}

async fn upload(walk: &Walk, site: &str, file: &Path) {
    walk.go(&format!("{site}/office/import")).await;
    walk.find("input[type=file]").await.send_keys(file.to_str().unwrap()).await.unwrap();
    walk.click("form[enctype] button").await;
}

/// What a page's heading says in the language of the walk.
type Words = [&'static str; 5];
const GERMAN: Words = ["Liste einlesen", "Spalten von", "Vorschau von", "Bericht zu", "entfernen?"];
const ENGLISH: Words = ["Import a list", "Columns of", "Preview of", "Report on", "Remove"];

async fn every_page(screen: Screen, name: &str, language: &str, [list, columns, preview, report, remove]: Words) {
    let scene = Scene::new().await;
    let office = scene.world.office("musterstadt").await;
    let person = office.someone(Role::Staff).await;
    let site = scene.site(&office);
    let walk = Walk::open(screen, Scripts::On, format!("import-{name}-{language}")).await;
    log_in(&walk, &scene, &person, &site, language).await;

    walk.go(&format!("{site}/office/import")).await;
    walk.at("1-leer", list).await;
    walk.click("form[enctype] button").await;
    walk.find(".error-summary").await;
    walk.at("2-ohne-datei", list).await;
    upload(&walk, &site, &scene.file("bild.csv", b"\x89PNG\r\n\x1a\n")).await;
    walk.find(".error-summary").await;
    walk.at("3-bild", list).await;

    upload(&walk, &site, &scene.file("zwei.csv", TWO_HEADINGS.as_bytes())).await;
    walk.at("4-spalten-falsche-ueberschrift", columns).await;
    walk.click("#s0-kopf option[value='2']").await;
    walk.click("button[name=neu]").await;
    walk.find(".banner-success").await;
    walk.at("5-spalten-neu", columns).await;
    assert_eq!(walk.text("label[for=s0-c0] bdi").await, "Bezeichnung");
    walk.click("#s0-c0 option[value=note]").await;
    walk.click("main form .actions button").await;
    walk.find(".banner-error").await;
    walk.at("6-spalten-ohne-namen", columns).await;

    upload(&walk, &site, &scene.file("Gruppen Musterstadt 2026.xlsx", &invented::xlsx())).await;
    walk.at("7-spalten", columns).await;
    walk.click("main form > .actions button").await;
    walk.at("8-vorschau", preview).await;
    let file = walk.find("h1").await.text().await.unwrap();
    assert!(file.contains("Gruppen Musterstadt 2026.xlsx"), "{file}");
    walk.click("button[formaction$=uebernehmen]").await;
    walk.at("9-bericht", report).await;
    walk.click("main a[href$=entfernen]").await;
    walk.at("10-bericht-loeschen", remove).await;

    // The same list once more: everything is there already.
    upload(&walk, &site, &scene.file("noch einmal.xlsx", &invented::xlsx())).await;
    walk.at("11-spalten-bekannt", columns).await;
    walk.click("main form > .actions button").await;
    walk.at("12-vorschau-bekannt", preview).await;
    walk.go(&format!("{site}/office/import")).await;
    walk.at("13-listen", list).await;
    walk.browser.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_of_the_import_on_a_desktop_in_german() {
    every_page(Screen::Desktop, "1280", "de", GERMAN).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_of_the_import_on_a_desktop_in_english() {
    every_page(Screen::Desktop, "1280", "en", ENGLISH).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_of_the_import_on_a_phone_in_german() {
    every_page(Screen::Phone, "360", "de", GERMAN).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_of_the_import_on_a_phone_in_english() {
    every_page(Screen::Phone, "360", "en", ENGLISH).await;
}
