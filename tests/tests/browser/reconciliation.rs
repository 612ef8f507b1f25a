//! A group checks its data on a phone, by keyboard, by the link of a mail; the office writes to groups on a desktop; and the
//! same without scripts, by typing the code.

use access::Role;
use domain::Status;
use testkit::browser::{Screen, Scripts};
use testkit::{Backend, Office, Server, World};
use tests::requests::fresh_group;
use usecases::reconciliation::links;

use crate::walk::Walk;

/// Link and code of a fresh group, and its public address.
async fn linked(office: &Office, site: &str) -> (String, String, String) {
    let (group, ..) = fresh_group(office, Status::Active).await;
    let shown = links::fetch(&office.lead(), &office.house, group).await.unwrap();
    let (_, token) = shown.link.split_once('#').unwrap();
    (format!("{site}/abgleich#{token}"), shown.code.to_string(), format!("{site}/gruppen/frisch-{group}"))
}

async fn site() -> (World, Server, Office, String) {
    let (world, server) = Server::with_world(Backend::Sqlite).await;
    let office = world.public_office("alpha").await;
    let site = format!("http://alpha.localhost:{}", server.address.port());
    (world, server, office, site)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_group_goes_through_the_wizard_on_a_phone_by_keyboard() {
    let (_world, _server, office, site) = site().await;
    let (link, _, public) = linked(&office, &site).await;
    let walk = Walk::open(Screen::Phone, Scripts::On, "abgleich").await;
    walk.go(&format!("{site}/sprache/de")).await;
    walk.go(&link).await;
    walk.at_address("/abgleich/start").await;
    walk.at("anfang", "Angaben zu Ihrer Gruppe prüfen").await;
    assert!(!walk.browser.source().await.unwrap().contains("Kim Muster"), "a person's name is masked");
    press(&walk, "a.button[href$='/ampel']").await;
    walk.at("ampel", "Was die Ampel bedeutet").await;
    // The example changes with the arrow keys.
    assert!(walk.text(".light-try-views").await.contains("nach"), "green first");
    walk.find("#beispiel-green").await.send_keys(thirtyfour::Key::Down).await.unwrap();
    assert!(walk.text(".light-try-views").await.contains("vermittelt"));
    walk.at("ampel-gelb", "Was die Ampel bedeutet").await;
    press(&walk, ".actions a.button").await;
    walk.at("gruppe", "Die Gruppe").await;
    walk.fill("[name=founded-0]", "3000").await;
    walk.browser.key("Enter").await.unwrap();
    walk.find(".error-summary").await;
    walk.at("gruppe-fehler", "Die Gruppe").await;
    walk.fill("[name=founded-0]", "1999").await;
    walk.browser.key("Enter").await.unwrap();
    walk.at("treffen", "Treffen").await;
    press(&walk, "main form button.button:not([name])").await;
    walk.at("kontakt", "Kontakt der Gruppe").await;
    press(&walk, "main form button.button:not([name])").await;
    walk.at("personen", "Ansprechpersonen").await;
    // What was typed for the office is kept, whatever is pressed.
    walk.fill("[name=message]", "Bitte rufen Sie an.").await;
    press(&walk, "button[name=zu][value='person-neu']").await;
    walk.at("jemand-neues", "Neue Kontaktperson nennen").await;
    walk.fill("main [name=person_name-0]", "Toni Dritte").await;
    press(&walk, "main form button.button:not([name])").await;
    walk.at_address("/abgleich/personen").await;
    assert!(walk.text("main").await.contains("Toni Dritte"), "what was typed can be checked");
    press(&walk, "button[name=weg]").await;
    // The address stays the same: the other button says that the page is the next one.
    walk.find("button[name=doch]").await;
    walk.at("nicht-mehr-dabei", "Ansprechpersonen").await;
    press(&walk, "button[name=doch]").await;
    walk.find("form section:first-of-type button[name=weg]").await;
    press(&walk, "button[name=zu][value^='person-']:not([value='person-neu'])").await;
    walk.at("person", "K… M…").await;
    walk.fill("main [name=person_name-0]", "Robin Neu").await;
    press(&walk, "main form button.button:not([name])").await;
    walk.at_address("/abgleich/personen").await;
    walk.at("personen-neu", "Ansprechpersonen").await;
    assert!(walk.text("[name=message]").await.contains("Bitte rufen Sie an."));
    press(&walk, "main form button.button:not([name])").await;
    walk.at("pruefen", "Bitte prüfen Sie Ihre Änderungen").await;

    // Somebody goes on elsewhere with the code: everything is there.
    let other = Walk::open(Screen::Desktop, Scripts::On, "abgleich-anderswo").await;
    let group = public.rsplit_once("frisch-").unwrap().1.parse().unwrap();
    let code = links::fetch(&office.lead(), &office.house, group).await.unwrap().code.to_string();
    other.go(&format!("{site}/sprache/en")).await;
    other.go(&format!("{site}/abgleich")).await;
    other.at("code", "Check the details of your group").await;
    other.fill("[name=code]", "0000").await;
    other.browser.key("Enter").await.unwrap();
    other.find(".banner-error").await;
    other.at("falsch", "Check the details of your group").await;
    other.fill("main form [data-link-code]", &code.to_lowercase()).await;
    other.browser.key("Enter").await.unwrap();
    other.at_address("/abgleich/start").await;
    other.at("weiter", "Check the details of your group").await;
    for (step, title) in [
        ("ampel", "What the lights mean"),
        ("gruppe", "The group"),
        ("treffen", "Meetings"),
        ("kontakt", "Contact"),
        ("personen", "Contact persons"),
    ] {
        other.go(&format!("{site}/abgleich/{step}")).await;
        other.at(step, title).await;
    }
    other.go(&format!("{site}/abgleich/start")).await;
    other.click(".banner-info a.button").await;
    other.at("pruefen", "Please check your changes").await;
    assert!(other.text("main").await.contains("1999"));

    press(&walk, "main form button.button").await;
    walk.at("fertig", "Ihre Änderungen sind angekommen").await;
    press(&walk, "main form[action='/abgleich/ende'] button").await;
    walk.at_address("meldung=abgleich-verlassen").await;
    walk.at("verlassen", "Sie sind fertig").await;
    walk.go(&format!("{site}/abgleich/start")).await;
    walk.at_address("/abgleich").await;
}

/// Presses what is focused by keyboard.
async fn press(walk: &Walk, css: &str) {
    let element = walk.find(css).await;
    element.scroll_into_view().await.unwrap();
    element.focus().await.unwrap();
    walk.browser.key("Enter").await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_clicks_confirm_everything_without_scripts() {
    let (_world, _server, office, site) = site().await;
    let (link, code, public) = linked(&office, &site).await;
    let walk = Walk::open(Screen::Phone, Scripts::Off, "abgleich-ohne-skript").await;
    // Nothing reads what stands behind the "#": the page asks for the code.
    walk.go(&link).await;
    walk.at("code", "Angaben zu Ihrer Gruppe prüfen").await;
    walk.fill("[name=code]", &code).await;
    walk.click("main form button.button").await;
    walk.at_address("/abgleich/start").await;
    walk.click("a[href$='/bestaetigen']").await;
    walk.at("bestaetigen", "Stimmt noch alles?").await;
    walk.click("main form button.button").await;
    walk.at("bestaetigt", "alles ist bestätigt").await;
    walk.go(&public).await;
    assert!(walk.text("main").await.contains("bestätigt"), "everybody sees when");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_office_writes_to_its_groups_and_sees_how_far_they_are() {
    let (world, _server, office, site) = site().await;
    let (group, ..) = fresh_group(&office, Status::Active).await;
    for (screen, lang, title, new, preview, sent) in [
        (Screen::Desktop, "de", "Datenabgleich", "Gruppen anschreiben", "Vorschau", "Aussendung vom"),
        (Screen::Phone, "en", "Data check", "Contact groups", "Preview", "Mailing of"),
    ] {
        // A code counts once, and time stands still here.
        let staff = office.someone(Role::Staff).await;
        let walk = Walk::open(screen, Scripts::On, format!("abgleich-amt-{lang}")).await;
        walk.log_in(&world, &staff, &site, lang).await;
        walk.go(&format!("{site}/office/abgleich?zeigen=alle")).await;
        walk.at("liste", title).await;
        walk.click("main a.button[href='/office/abgleich/neu']").await;
        walk.at("neu", new).await;
        let chosen = walk.find("[name=groups]").await;
        if !chosen.is_selected().await.unwrap() {
            chosen.click().await.unwrap();
        }
        // The counter follows, and a search hides what does not fit.
        let said = walk.text("[data-pick-count]").await;
        walk.click("[data-pick-none]").await;
        assert_ne!(walk.text("[data-pick-count]").await, said);
        walk.click("[data-pick-all]").await;
        walk.fill("#gruppensuche", "gibt es nicht").await;
        assert!(!walk.find("[name=groups]").await.is_displayed().await.unwrap());
        walk.fill("#gruppensuche", "").await;
        walk.click(".actions [value=ansehen]").await;
        walk.find("[value=senden]").await;
        walk.at("vorschau", preview).await;
        walk.click(".actions [value=aendern]").await;
        walk.at("geaendert", new).await;
        walk.click(".actions [value=ansehen]").await;
        walk.click(".actions [value=senden]").await;
        walk.at("verschickt", sent).await;
        walk.click("main a[href$='/beenden']").await;
        walk.at("beenden", if lang == "de" { "vorzeitig beenden?" } else { "End this mailing early?" }).await;
        walk.click("main form button.button").await;
        walk.at_address("meldung=aussendung-beendet").await;
        walk.at("beendet", sent).await;
        walk.go(&format!("{site}/office/gruppen/{group}")).await;
        assert!(!walk.text("#datenabgleich").await.is_empty());
        walk.go(&format!("{site}/office/gruppen/{group}/link/abstand")).await;
        walk.fill("[name=months]", "99").await;
        walk.browser.key("Enter").await.unwrap();
        walk.find(".error-summary").await;
        walk.at("abstand", if lang == "de" { "Abstand für diese Gruppe" } else { "Interval for this group" }).await;
        walk.go(&format!("{site}/abgleich/neuer-link")).await;
        walk.at(
            "neuer-link",
            if lang == "de" { "Angaben zu Ihrer Gruppe prüfen" } else { "Check the details of your group" },
        )
        .await;
        walk.go(&format!("{site}/office/gruppen/{group}/link")).await;
        walk.at("link", if lang == "de" { "Persönlicher Link" } else { "Personal link" }).await;
        walk.click("main form:not([action$='/senden']) button.button").await;
        walk.find("#neuer-link").await;
        walk.at("link-neu", if lang == "de" { "Persönlicher Link" } else { "Personal link" }).await;
        walk.click("main a[href$='/zuruecknehmen']").await;
        walk.at("zurueck", if lang == "de" { "Links zurücknehmen?" } else { "Take back the links?" }).await;
        walk.click("main form button.button").await;
        walk.at_address("meldung=gruppen-links-zurueck").await;
        walk.go(&format!("{site}/office/gruppen/{group}/abgleich/start")).await;
        walk.at("telefon", if lang == "de" { "Datenabgleich am Telefon" } else { "Data check on the phone" }).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_lead_sees_what_long_silence_would_do_before_it_does() {
    let (world, _server, office, site) = site().await;
    fresh_group(&office, Status::Active).await;
    for (screen, lang, title) in
        [(Screen::Desktop, "de", "Regeln des Datenabgleichs"), (Screen::Phone, "en", "Rules of the data check")]
    {
        let lead = office.someone(Role::Lead).await;
        let walk = Walk::open(screen, Scripts::On, format!("abgleich-regeln-{lang}")).await;
        walk.log_in(&world, &lead, &site, lang).await;
        walk.go(&format!("{site}/office/abgleich/abstand")).await;
        walk.at("offen", title).await;
        walk.click("main [name=act][value=close]").await;
        walk.fill("[name=apart-days]", "3").await;
        walk.click(".actions [value=ansehen]").await;
        walk.find(".error-summary").await;
        walk.at("fehler", title).await;
        walk.fill("[name=apart-days]", "30").await;
        walk.click(".actions [value=ansehen]").await;
        walk.find("#vorschau").await;
        walk.at("vorschau", title).await;
        walk.click(".actions [value=speichern]").await;
        walk.at_address("meldung=gespeichert").await;
        walk.at("gespeichert", if lang == "de" { "Datenabgleich" } else { "Data check" }).await;
    }
}
