//! The public pages with scripts switched off: every link is clicked with the mouse and every form sent by its button or by
//! Enter, so a page that needs a script to get on stops the walk.

use access::actions::CreateGroup;
use domain::audit::AuditEvent;
use domain::{EmailAddress, Field, Group, Item, Schedule, Slug, Source, Status, Value, Venue};
use testkit::browser::{Screen, Scripts};
use testkit::{Backend, Office, Server};
use thirtyfour::By;

use crate::walk::Walk;

/// Name, topic, area, schedule, whether it has a contact of its own.
const GROUPS: [(&str, &str, &str, &str, bool); 3] = [
    ("Lichtblick", "Depression", "psychosocial", "jeden Mittwoch, 18.30 Uhr", true),
    ("Trocken und fröhlich", "Alkohol", "addiction", "jeden Donnerstag, 19 Uhr", true),
    ("Angehörige bei Demenz", "Demenz", "social", "2. Dienstag im Monat, 16 Uhr", false),
];

async fn fill(office: &Office) {
    let ids = office.house.ids();
    let tx = office.house.stores().begin(&office.lead::<CreateGroup>()).await.unwrap();
    for (name, topic, sector, schedule, has_contact) in GROUPS {
        let text = |text: &str| Value::Text(text.to_owned());
        let venue = Venue {
            name: "Nachbarschaftshaus".to_owned(),
            street: "Lindenweg 4".to_owned(),
            postcode: "04177".to_owned(),
            town: "Leipzig".to_owned(),
            district: String::new(),
        };
        let mut values = vec![
            (Field::Name, text(name)),
            (Field::Topic, text(topic)),
            (Field::Sector, Value::Choice(sector.to_owned())),
            (Field::AcceptsNew, Value::Choice("yes".to_owned())),
            (Field::Meetings, Value::Meetings(Schedule::parse_german(schedule))),
            (Field::Venue, Value::Venue(venue)),
        ];
        if has_contact {
            values.push((Field::GroupEmail, Value::Email(EmailAddress::parse("gruen@gruppe.example").unwrap())));
        }
        let items = values.into_iter().map(|(field, value)| Item::new(ids.next(), field, value, Source::Staff));
        let group = Group {
            id: ids.next(),
            slug: Slug::from_name(name, 40, "gruppe"),
            status: Status::Active,
            version: 1,
            items: items.collect(),
            people: Vec::new(),
        };
        tx.insert_group(&group, "created").await.unwrap();
    }
    tx.commit(AuditEvent::new("test.filled", "")).await.unwrap();
}

async fn search_and_filter(walk: &Walk) {
    walk.fill("#suche", "Depresion").await;
    walk.browser.key("Enter").await.unwrap();
    walk.at("suche", "Selbsthilfegruppen finden").await;
    walk.find(".chips a").await;
    assert_eq!(walk.text(".cards").await.lines().next(), Some("Lichtblick"));

    walk.click(".chips a").await;
    walk.find(".topics a").await;
    walk.click(".more-filters summary").await;
    walk.click("input[name=bereich][value=addiction]").await;
    walk.click(".filter-go button").await;
    walk.find(".chips a").await;
    walk.at("filter", "").await;
    assert_eq!(walk.browser.find_all(By::Css(".cards li")).await.unwrap().len(), 1);
    assert!(walk.text(".cards").await.contains("Trocken und fröhlich"));

    walk.fill("#ort", "Leipzig").await;
    walk.fill("#suche", "Alkhol").await;
    walk.click(".search-go").await;
    walk.find(".chips li:nth-child(3)").await;
    assert!(walk.text(".cards").await.contains("km"));

    walk.fill("#suche", "Briefmarken").await;
    walk.click(".search-go").await;
    walk.find(".empty").await;
    walk.at("nichts", "").await;
    walk.click(".result-head a").await;
    walk.find(".topics a").await;
}

async fn group_notice_contact(walk: &Walk) {
    walk.click(".cards a[href$=lichtblick]").await;
    walk.at("gruppe", "Lichtblick").await;
    let page = walk.browser.source().await.unwrap();
    assert!(!page.contains("gruen@gruppe.example"), "no contact before the notice");
    let shown = walk.text("main").await;
    assert!(shown.contains("18:30 Uhr"), "the next dates are there: {shown}");
    for dead in ["[data-print]", "[data-share]"] {
        assert!(!walk.find(dead).await.is_displayed().await.unwrap(), "{dead} does nothing without a script");
    }
    walk.click("a[href$=kontakt]").await;
    walk.at("hinweis", "").await;
    walk.at_address("/gruppen/lichtblick/kontakt").await;
    assert!(!walk.browser.source().await.unwrap().contains("gruen@gruppe.example"));
    walk.click("main form button").await;
    walk.find("a[href^=mailto]").await;
    walk.at("kontakt", "Lichtblick").await;
    assert!(walk.text("main").await.contains("gruen@gruppe.example"));
    walk.click(".back a").await;
    walk.at_address("/gruppen/lichtblick").await;
    walk.click(".back a").await;
    walk.at_address("/").await;
    walk.click(".cards a[href$=demenz]").await;
    walk.at("vermittelt", "Demenz").await;
    assert!(walk.text("main").await.contains("Die Kontaktstelle vermittelt"));
}

async fn legal_pages_and_language(walk: &Walk) {
    for (path, heading) in [
        ("/ueber-uns", "Über uns"),
        ("/impressum", "Impressum"),
        ("/datenschutz", "Datenschutz"),
        ("/barrierefreiheit", "Barrierefreiheit"),
        ("/cookies", "Cookies"),
        ("/login", "Anmeldung"),
    ] {
        walk.click(&format!("a[href='{path}']")).await;
        walk.at_address(path).await;
        walk.at(&path[1..], heading).await;
    }
    walk.click(".brand").await;
    walk.at_address("/").await;
    walk.click(".switch").await;
    walk.at("english", "Find self-help groups").await;
    let exit = walk.find("[data-quick-exit]").await;
    let leads_to = exit.attr("href").await.unwrap().unwrap_or_default();
    assert!(leads_to.starts_with("https://"), "the quick exit is a plain link: {leads_to}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_seeker_without_scripts_finds_a_group_and_its_contact() {
    let (world, server) = Server::with_world(Backend::Sqlite).await;
    let office = world.public_office("leipzig").await;
    fill(&office).await;
    for (screen, name) in [(Screen::Phone, "ohne-skript-telefon"), (Screen::Desktop, "ohne-skript")] {
        let walk = Walk::open(screen, Scripts::Off, name).await;
        walk.go(&format!("http://leipzig.localhost:{}/sprache/de", server.address.port())).await;
        walk.at("verzeichnis", "Selbsthilfegruppen finden").await;
        search_and_filter(&walk).await;
        group_notice_contact(&walk).await;
        legal_pages_and_language(&walk).await;
        walk.browser.close().await.unwrap();
    }
}
