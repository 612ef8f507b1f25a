//! A lead makes a field of the office's own, fills it in for a group, sees it on the public page, makes it yellow, and it is
//! gone from there. On a desktop in German, on a phone in English, and without scripts.

use std::time::Duration;

use access::Role;
use access::actions::EditGroup;
use domain::audit::AuditEvent;
use domain::{Clock, Field, Group, Item, Light, Slug, Source, Status, Value};
use jiff::SignedDuration;
use testkit::browser::{Screen, Scripts};
use testkit::{Backend, Office, Server, World};

use crate::walk::Walk;

struct Words {
    title: &'static str,
    add: &'static str,
    preview: &'static str,
    versions: &'static str,
    remove: &'static str,
    prove: &'static str,
    label: &'static str,
    said: &'static str,
    yellow: &'static str,
    two: &'static str,
    vanish: &'static str,
    changed: &'static str,
}

const GERMAN: Words = Words {
    title: "Ampel-Regeln",
    add: "Eigenes Feld",
    preview: "Was die Änderung bewirkt",
    versions: "Fassungen",
    remove: "entfernen",
    prove: "Bitte bestätigen",
    label: "Hunde willkommen",
    said: "mit Leine",
    yellow: "1 Angabe wird gelb.",
    two: "2 Angaben werden gelb.",
    vanish: "1 Angabe verschwindet aus dem Verzeichnis.",
    changed: "Inzwischen hat sich etwas geändert",
};
const ENGLISH: Words = Words {
    title: "Light policy",
    add: "Make a field",
    preview: "What the change does",
    versions: "Versions",
    remove: "Remove",
    prove: "Please confirm",
    label: "Dogs welcome",
    said: "on a leash",
    yellow: "1 item becomes yellow.",
    two: "2 items become yellow.",
    vanish: "1 item disappears from the directory.",
    changed: "Something has changed meanwhile",
};

/// An active group of the office with this name, costs and an open own field, if there is one.
async fn group(office: &Office, name: &str, own: Option<Field>) -> (domain::GroupId, String) {
    let tx = office.house.stores().begin(&office.lead::<EditGroup>()).await.unwrap();
    let item = |field, value| Item { light: Light::Green, ..Item::new(tx.ids().next(), field, value, Source::Staff) };
    let mut items = vec![item(Field::Name, Value::Text(name.to_owned()))];
    items.extend(own.map(|own| item(own, Value::Choice("c1".to_owned()))));
    let group = Group {
        id: tx.ids().next(),
        slug: Slug::parse(&name.to_lowercase()).unwrap(),
        status: Status::Active,
        version: 1,
        items,
        people: Vec::new(),
    };
    tx.insert_group(&group, "created").await.unwrap();
    tx.commit(AuditEvent::new("test.group", group.id)).await.unwrap();
    (group.id, group.slug.to_string())
}

/// What everyone gets, without any login, a second after the last change.
async fn public(server: &Server, office: &Office, slug: &str, lang: &str) -> String {
    tokio::time::sleep(Duration::from_secs(1)).await;
    let seeker = server.seeker(office);
    seeker.get(&format!("/sprache/{lang}")).await;
    let page = seeker.get(&format!("/gruppen/{slug}")).await;
    assert_eq!(page.status, 200, "{slug}");
    page.text
}

async fn an_own_field_from_its_making_to_its_end(screen: Screen, scripts: Scripts, lang: &str, words: &Words) {
    let (world, server): (World, Server) = Server::with_world(Backend::Sqlite).await;
    let office = world.public_office("alpha").await;
    let site = format!("http://alpha.localhost:{}", server.address.port());
    let lead = office.someone(Role::Lead).await;
    let (id, slug) = group(&office, "Lichtblick", None).await;
    let shown = |text: String| text.contains(words.label) && text.contains(words.said);
    let walk = Walk::open(screen, scripts, format!("ampel-{lang}-{screen:?}-{scripts:?}")).await;
    walk.log_in(&world, &lead, &site, lang).await;
    let policy = format!("{site}/office/einstellungen/ampel");

    // A new field, first not quite right.
    walk.go(&policy).await;
    walk.at("liste", words.title).await;
    walk.click("[href='/office/einstellungen/ampel/neu']").await;
    walk.at("neu", words.add).await;
    walk.fill("[name=label_de]", "Hunde willkommen").await;
    walk.click("[name=kind][value=choice]").await;
    walk.choose("[name=default]", 0).await;
    walk.choose("[name=section]", 1).await;
    walk.click("main form button.button").await;
    walk.at("neu-fehler", words.add).await;
    walk.find(".error-summary").await;
    walk.fill("[name=label_en]", "Dogs welcome").await;
    for (name, text) in [("0-de", "mit Leine"), ("0-en", "on a leash"), ("1-de", "nein"), ("1-en", "no")] {
        walk.fill(&format!("[name=choice-{name}]"), text).await;
    }
    walk.click("main form button.button").await;
    walk.at("vorgemerkt", words.title).await;
    walk.click("[href='/office/einstellungen/ampel/vorschau']").await;
    walk.at("vorschau-neu", words.preview).await;
    walk.click("main form button.button").await;
    walk.at("gilt", words.title).await;

    // Filled in, and there for everyone.
    walk.go(&format!("{site}/office/gruppen/{id}/bearbeiten/treffen")).await;
    let look = office.house.stores().look(&office.lead::<EditGroup>()).await.unwrap();
    let catalogue = look.catalogue().await.unwrap();
    drop(look);
    let own = catalogue.fields().iter().find(|def| def.field.built_in().is_none()).unwrap().field;
    walk.choose(&format!("[name='{own}-0']"), 1).await;
    walk.at("gruppe-formular", "Lichtblick").await;
    walk.click("main form button.button").await;
    walk.at("gruppe", "Lichtblick").await;
    assert!(walk.text("main").await.contains(words.said));
    walk.go(&format!("{site}/gruppen/{slug}")).await;
    walk.at("oeffentlich", "Lichtblick").await;
    assert!(shown(walk.text("main").await));
    assert!(shown(public(&server, &office, &slug, lang).await));

    // At most yellow: what it does, in numbers and by name; meanwhile another group comes.
    walk.go(&format!("{policy}/feld/{own}")).await;
    walk.at("feld", words.label).await;
    walk.choose("[name=ceiling]", 1).await;
    walk.choose("[name=default]", 1).await;
    walk.click("main form button.button").await;
    walk.at("vorgemerkt-gelb", words.title).await;
    walk.click("[href='/office/einstellungen/ampel/vorschau']").await;
    walk.at("vorschau-gelb", words.preview).await;
    let said = walk.text("main").await;
    assert!(said.contains(words.yellow) && said.contains(words.vanish) && said.contains("Lichtblick"), "{said}");
    let (_, other) = group(&office, "Zuversicht", Some(own)).await;
    walk.click("main form button.button").await;
    walk.find(".banner-warning").await;
    walk.at("vorschau-anders", words.preview).await;
    let said = walk.text("main").await;
    assert!(said.contains("Zuversicht") && said.contains(words.two), "{said}");
    assert!(walk.text("body").await.contains(words.changed));
    assert!(shown(public(&server, &office, &slug, lang).await), "nothing was saved");
    walk.click("main form button.button").await;
    walk.at("gilt-gelb", words.title).await;
    for slug in [&slug, &other] {
        assert!(!public(&server, &office, slug, lang).await.contains(words.said), "gone at once");
    }

    // Looser again: only after a fresh proof, and nothing opens.
    world.clock.advance(SignedDuration::from_mins(10));
    walk.go(&format!("{policy}/feld/{own}")).await;
    walk.choose("[name=ceiling]", 0).await;
    walk.click("main form button.button").await;
    walk.at("vorgemerkt-locker", words.title).await;
    walk.click("[href='/office/einstellungen/ampel/vorschau']").await;
    walk.at("vorschau-locker", words.preview).await;
    walk.click("[href='/office/einstellungen/ampel/lockern']").await;
    walk.at("bestaetigen", words.prove).await;
    walk.fill("[name=code]", lead.code(world.clock.now()).as_str()).await;
    walk.click("main form button").await;
    walk.at("lockern", words.preview).await;
    walk.click("main form button.button").await;
    walk.at("gilt-locker", words.title).await;
    assert!(!public(&server, &office, &slug, lang).await.contains(words.said), "loosening opens nothing");

    // Away with it, values and all.
    walk.go(&format!("{policy}/feld/{own}/entfernen")).await;
    walk.at("entfernen", words.remove).await;
    walk.click("[name=values][value=deleted]").await;
    walk.click("main form button.button").await;
    walk.at("vorgemerkt-weg", words.title).await;
    walk.go(&format!("{policy}/lockern")).await;
    walk.at("loeschen", words.preview).await;
    walk.click("main form button.button").await;
    walk.at("gilt-weg", words.title).await;
    walk.go(&format!("{policy}/fassungen")).await;
    walk.at("fassungen", words.versions).await;
    walk.go(&format!("{site}/office/gruppen/{id}/verlauf")).await;
    walk.at("verlauf", "Lichtblick").await;
    walk.browser.close().await.unwrap();
}

#[tokio::test]
async fn a_lead_makes_a_field_and_closes_it_on_a_desktop_in_german() {
    an_own_field_from_its_making_to_its_end(Screen::Desktop, Scripts::On, "de", &GERMAN).await;
}

#[tokio::test]
async fn a_lead_makes_a_field_and_closes_it_on_a_phone_in_english() {
    an_own_field_from_its_making_to_its_end(Screen::Phone, Scripts::On, "en", &ENGLISH).await;
}

#[tokio::test]
async fn a_lead_makes_a_field_and_closes_it_on_a_phone_without_scripts() {
    an_own_field_from_its_making_to_its_end(Screen::Phone, Scripts::Off, "de", &GERMAN).await;
}
