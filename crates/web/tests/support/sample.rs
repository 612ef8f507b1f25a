//! Invented offices with invented groups, for tests and previews of pages.

use std::collections::HashMap;
use std::sync::Arc;

use directory::Directory;
use domain::office::{OfficeProfile, Visibility};
use domain::projection::publish;
use domain::{
    Clock, EmailAddress, Field, Group, Ids, Item, PhoneNumber, Schedule, Slug, Source, Status, SystemClock, TenantId,
    Value, Venue,
};
use usecases::site::Site;

/// Ids that are the same in every run but for the time in them.
pub fn ids() -> Ids {
    let mut seed = 1_u8;
    Ids::new(Arc::new(SystemClock) as Arc<dyn Clock>, move |buffer| {
        for byte in buffer {
            seed = seed.wrapping_mul(73).wrapping_add(41);
            *byte = seed;
        }
    })
}

/// The offices `demo` (live), `probe` (trial), `neu` (set-up), `zu` (offline), `gross` (live, 300 groups).
pub fn offices() -> Vec<Site> {
    let ids = ids();
    [
        ("demo", Visibility::Live, 24),
        ("probe", Visibility::Trial, 3),
        ("neu", Visibility::Setup, 2),
        ("zu", Visibility::Offline, 5),
        ("gross", Visibility::Live, 300),
    ]
    .into_iter()
    .filter_map(|(slug, visibility, count)| office(&ids, slug, visibility, count))
    .collect()
}

type Row =
    (&'static str, &'static str, &'static str, &'static str, &'static str, &'static str, &'static str, &'static str);

/// Name, topics, sector, summary, schedule, place, accepts new, format.
const ROWS: &[Row] = &[
    (
        "Lichtblick – Leben mit Depression",
        "Depression|Erschöpfung",
        "psychosocial",
        "Wir sprechen offen über das, was schwer ist, und freuen uns zusammen über kleine Schritte. Niemand muss reden, Zuhören ist genug.",
        "1. und 3. Mittwoch im Monat, 18.30 Uhr",
        "Nachbarschaftshaus Lindenhof|Lindenweg 4|04999|Lindenau|Nord",
        "yes",
        "on_site",
    ),
    (
        "Angehörige bei Demenz",
        "Demenz|Pflegende Angehörige",
        "social",
        "Wer einen Menschen mit Demenz begleitet, findet hier Verständnis, Erfahrungen und eine Stunde für sich.",
        "2. Dienstag im Monat, 16 Uhr",
        "Seniorentreff am Markt|Markt 12|04999|Lindenau|Mitte",
        "yes",
        "on_site",
    ),
    (
        "Trocken und fröhlich",
        "Alkohol|Rückfall",
        "addiction",
        "Gespräche von Mensch zu Mensch für alle, die ohne Alkohol leben oder leben wollen.",
        "jeden Donnerstag, 19 Uhr",
        "Gemeindehaus St. Anna|Annenstraße 3|04999|Lindenau|Süd",
        "yes",
        "on_site",
    ),
    (
        "Diabetes-Runde Lindenau",
        "Diabetes|Ernährung",
        "health",
        "Austausch über Alltag, Technik und Ernährung bei Diabetes Typ 1 und Typ 2.",
        "letzter Montag im Monat, 17 Uhr",
        "Volkshochschule, Raum 204|Schulgasse 1|04999|Lindenau|Mitte",
        "after_talk",
        "hybrid",
    ),
    (
        "Fibromyalgie – sanft in Bewegung",
        "Fibromyalgie|Schmerz",
        "health",
        "Informationen, leichte Bewegung und gegenseitige Ermutigung bei chronischen Schmerzen.",
        "14-täglich freitags, 10 Uhr",
        "Bürgerzentrum Ost|Parkstraße 40|04997|Lindenau|Ost",
        "waiting_list",
        "on_site",
    ),
    (
        "Verwaiste Eltern",
        "Trauer|Verlust eines Kindes",
        "psychosocial",
        "Für Mütter und Väter, die ein Kind verloren haben – gleich, wie alt es war und wie lange es her ist.",
        "1. Samstag im Monat, 15 Uhr",
        "Haus der Stille|Am Anger 7|04988|Birkenhain|",
        "after_talk",
        "on_site",
    ),
    (
        "Leben mit Long COVID",
        "Long COVID|Fatigue",
        "health",
        "Kurze Treffen mit Pausen, damit die Kraft reicht. Teilnahme auch im Liegen möglich.",
        "jeden 2. Mittwoch, 17 Uhr",
        "",
        "yes",
        "online",
    ),
    (
        "Stotterer-Selbsthilfe",
        "Stottern|Sprechen",
        "health",
        "Reden ohne Druck: üben, lachen, Erfahrungen teilen.",
        "2. und 4. Donnerstag, 19.30 Uhr",
        "Kulturbahnhof|Bahnhofstraße 1|04999|Lindenau|Mitte",
        "yes",
        "on_site",
    ),
    (
        "Alleinerziehende im Gespräch",
        "Alleinerziehende|Familie",
        "social",
        "Alltag allein mit Kindern: entlasten, vernetzen, gemeinsam etwas unternehmen. Kinderbetreuung nach Absprache.",
        "nach Absprache",
        "Familienzentrum Regenbogen|Wiesenweg 9|04997|Lindenau|Ost",
        "yes",
        "on_site",
    ),
    (
        "Frauen nach Krebs",
        "Krebs|Brustkrebs|Nachsorge",
        "health",
        "Mut machen, Wissen teilen, wieder in Bewegung kommen – nach der Behandlung und mittendrin.",
        "1. Montag im Monat, 18 Uhr",
        "Klinikum Lindenau, Haus C|Am Klinikum 1|04999|Lindenau|Nord",
        "yes",
        "on_site",
    ),
    (
        "Spielfrei",
        "Glücksspiel|Schulden",
        "addiction",
        "Für Menschen, die mit dem Glücksspiel aufgehört haben oder aufhören möchten.",
        "jeden Dienstag, 19 Uhr",
        "Beratungsstelle am Tor|Torgasse 5|04999|Lindenau|Mitte",
        "yes",
        "on_site",
    ),
    (
        "Hochsensibel – na und?",
        "Hochsensibilität",
        "psychosocial",
        "Wir tauschen uns aus, wie sich das Leben mit feinen Antennen gestalten lässt.",
        "3. Freitag im Monat, 18 Uhr",
        "Nachbarschaftshaus Lindenhof|Lindenweg 4|04999|Lindenau|Nord",
        "no",
        "on_site",
    ),
];

fn office(ids: &Ids, slug: &str, visibility: Visibility, count: usize) -> Option<Site> {
    let slug = Slug::parse(slug).ok()?;
    let tenant: TenantId = ids.next();
    let mut groups = Vec::new();
    let mut contacts = HashMap::new();
    for number in 0..count {
        let group = group(ids, number)?;
        let published = publish(&group, &[], &domain::Catalogue::built_in())?;
        contacts.insert(published.group.slug.clone(), published.contact);
        groups.push(published.group);
    }
    let profile = OfficeProfile {
        name: "Selbsthilfekontaktstelle Lindenau".to_owned(),
        carrier: "Lindenauer Gesundheitsverein e. V.".to_owned(),
        street: "Lindenweg 4".to_owned(),
        postcode: "04999".to_owned(),
        town: "Lindenau".to_owned(),
        phone: "0341 000 12 34".to_owned(),
        email: "kontakt@selbsthilfe-lindenau.example".to_owned(),
        hours: "Mo–Do 9–12 Uhr, Di auch 14–18 Uhr".to_owned(),
        about: "Wir unterstützen Menschen, die sich in Selbsthilfegruppen treffen oder eine Gruppe suchen. Unsere Beratung ist kostenfrei und vertraulich.\n\nSie möchten selbst eine Gruppe gründen? Wir helfen bei Räumen, Öffentlichkeitsarbeit und den ersten Treffen.".to_owned(),
        imprint: "Lindenauer Gesundheitsverein e. V.\nLindenweg 4\n04999 Lindenau\n\nVertreten durch den Vorstand: Maria Beispiel\nVereinsregister: Amtsgericht Lindenau, VR 0000".to_owned(),
        privacy: "Verantwortlich ist der Lindenauer Gesundheitsverein e. V.\n\nBeim Besuch dieser Seiten werden keine Profile gebildet und keine Dienste Dritter eingebunden.".to_owned(),
        notice: String::new(),
    };
    Some(Site::new(tenant, slug, 1, visibility, profile, Directory::new(groups), contacts, [7; 32]))
}

fn group(ids: &Ids, number: usize) -> Option<Group> {
    let (name, topics, sector, summary, schedule, place, accepts, format) = *ROWS.get(number % ROWS.len())?;
    let name = if number < ROWS.len() { name.to_owned() } else { format!("{name} {}", number / ROWS.len() + 1) };
    let text = |text: &str| Value::Text(text.to_owned());
    let choice = |code: &str| Value::Choice(code.to_owned());
    let mut values = vec![
        (Field::Name, text(&name)),
        (Field::Sector, choice(sector)),
        (Field::Summary, text(summary)),
        (Field::Audience, choice(if number % 3 == 1 { "relatives" } else { "affected" })),
        (Field::AcceptsNew, choice(accepts)),
        (Field::Format, choice(format)),
        (Field::Costs, text("kostenfrei, Spende für Getränke willkommen")),
        (Field::Guidance, choice("peer")),
        (Field::Founded, Value::Number(1998)),
        (Field::Language, text("Deutsch")),
        (Field::Meetings, Value::Meetings(Schedule::parse_german(schedule))),
        (Field::ConfirmedOn, Value::Date(jiff::civil::date(2026, 9, 14))),
    ];
    values.extend(topics.split('|').map(|topic| (Field::Topic, text(topic))));
    if let [name, street, postcode, town, district] = place.split('|').map(str::to_owned).collect::<Vec<_>>().as_slice()
    {
        let venue = Venue {
            name: name.clone(),
            street: street.clone(),
            postcode: postcode.clone(),
            town: town.clone(),
            district: district.clone(),
        };
        values.push((Field::Venue, Value::Venue(venue)));
        values.push((Field::Accessibility, text("stufenloser Eingang, barrierefreies WC")));
    }
    if number.is_multiple_of(2) {
        values.push((Field::GroupEmail, Value::Email(EmailAddress::parse("canary-gruen@gruppe.example").ok()?)));
        let number = PhoneNumber::parse("0341 000 55 66").ok()?;
        values.push((Field::GroupPhone, Value::Phone { number, remark: "ab 18 Uhr".to_owned() }));
        values.push((Field::Website, Value::Link("https://gruppe.example/".to_owned())));
    }
    values.push((Field::BankAccount, text("CANARY-ROT")));
    let items = values.into_iter().map(|(field, value)| Item::new(ids.next(), field, value, Source::Staff)).collect();
    let slug = Slug::from_name(&name, 40, "gruppe");
    Some(Group { id: ids.next(), slug, status: Status::Active, version: 1, items, people: Vec::new() })
}
