//! The office's own pages over HTTP: every page in both languages, saving, publishing, the log.

#![allow(clippy::unwrap_used, reason = "a test that cannot be set up fails")]

use access::actions::CreateGroup;
use access::{Role, Stage};
use domain::audit::AuditEvent;
use domain::{Field, Group, GroupId, Item, Slug, Source, Status, Value};
use testkit::{Backend, Office, Server, Visitor, World};
use usecases::people::roles;

async fn add_group(office: &Office, name: &str) {
    let house = &office.house;
    let id: GroupId = house.ids().next();
    let items = vec![Item::new(house.ids().next(), Field::Name, Value::Text(name.to_owned()), Source::Staff)];
    let tx = house.stores().begin(&office.lead::<CreateGroup>()).await.unwrap();
    let slug = Slug::unspoken(house.ids());
    tx.insert_group(&Group { id, slug, status: Status::Active, version: 1, items, people: Vec::new() }, "created")
        .await
        .unwrap();
    tx.commit(AuditEvent::new("group.created", id)).await.unwrap();
}

async fn visitor(server: &Server, office: &Office, role: Role) -> Visitor {
    let person = office.someone(role).await;
    let session = office.session(&person, Stage::Full).await;
    server.with_session(office, &session)
}

const EVERYONE: [&str; 3] = ["/office", "/office/einstellungen", "/office/einstellungen/veroeffentlichen"];
const LEAD: [&str; 5] = [
    "/office/einstellungen/kontaktstelle",
    "/office/einstellungen/texte",
    "/office/einstellungen/vertrag",
    "/office/protokoll",
    "/office/protokoll/export.csv",
];

#[tokio::test]
async fn every_page_is_whole_in_both_languages_and_the_leads_pages_are_for_the_lead() {
    let world = World::new(Backend::Sqlite).await;
    let server = Server::of(&world).await;
    let office = world.office("alpha").await;
    add_group(&office, "Lichtblick").await;
    let (lead, staff) = (visitor(&server, &office, Role::Lead).await, visitor(&server, &office, Role::Staff).await);
    for lang in ["de", "en"] {
        lead.set_cookie("__Host-lang", lang);
        staff.set_cookie("__Host-lang", lang);
        for path in EVERYONE.into_iter().chain(LEAD).chain(["/office/einstellungen/veroeffentlichen/online"]) {
            let page = lead.get(path).await;
            assert_eq!(page.status, 200, "{path}");
            assert!(!page.text.contains('⟨'), "{path} in {lang}: {}", page.text);
        }
        for path in EVERYONE {
            assert_eq!(staff.get(path).await.status, 200, "{path}");
        }
        for path in LEAD {
            assert_eq!(staff.get(path).await.status, 403, "{path}");
        }
    }
    assert!(!staff.get("/office/einstellungen").await.text.contains("/office/einstellungen/vertrag\""));
}

#[tokio::test]
async fn a_lead_fills_in_the_texts_publishes_and_takes_offline() {
    let world = World::new(Backend::Sqlite).await;
    let server = Server::of(&world).await;
    let office = world.office("alpha").await;
    let lead = visitor(&server, &office, Role::Lead).await;
    add_group(&office, "Lichtblick").await;

    // A suggestion is offered in the form and not saved.
    let texts = "/office/einstellungen/texte";
    let form = [("imprint", ""), ("privacy", "Mein Text"), ("notice", ""), ("vorschlag", "imprint")];
    let page = lead.post(texts, &form).await;
    assert!(page.text.contains("Digitale-Dienste-Gesetz") && page.text.contains("Mein Text"), "{}", page.text);
    assert!(!lead.get(texts).await.text.contains("Mein Text"));
    let form = [("imprint", "Impressum"), ("privacy", "Mein Text"), ("notice", ""), ("vorschlag", "")];
    assert_eq!(lead.post(texts, &form).await.location(), "/office/einstellungen/texte?meldung=gespeichert");

    let seeker = server.seeker(&office);
    assert_eq!(seeker.get("/").await.status, 503);
    let publish = "/office/einstellungen/veroeffentlichen";
    assert!(lead.get(&format!("{publish}/online")).await.text.contains("Eine Gruppe ist sofort"));
    assert_eq!(
        lead.post(&format!("{publish}/online"), &[]).await.location(),
        format!("{publish}?meldung=online-trial")
    );
    assert!(seeker.get("/").await.text.contains("Lichtblick"));
    // What is public keeps its texts, and what was typed is not lost.
    let refused = lead.post(texts, &[("imprint", ""), ("privacy", "Neuer Text"), ("notice", "")]).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text.contains("Neuer Text") && refused.text.contains("error-summary"));

    assert_eq!(lead.post(&format!("{publish}/offline"), &[]).await.location(), format!("{publish}?meldung=offline"));
    assert_eq!(seeker.get("/").await.status, 503);
    assert!(seeker.get("/impressum").await.text.contains("Impressum"));
    let log = lead.get("/office/protokoll?thema=office").await.text;
    assert!(log.contains("offline genommen") && log.contains("In Vorbereitung → Probebetrieb"), "{log}");
}

/// The body of a form with a file.
fn multipart(date: &str, signer: &str, document: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, value) in [("concluded_on", date), ("signer", signer)] {
        body.extend(
            format!("--grenze\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").into_bytes(),
        );
    }
    let head = "--grenze\r\nContent-Disposition: form-data; name=\"document\"; filename=\"avv.pdf\"\r\n\
                Content-Type: application/pdf\r\n\r\n";
    body.extend(head.as_bytes());
    body.extend(document);
    body.extend(b"\r\n--grenze--\r\n");
    body
}

#[tokio::test]
async fn no_two_fields_are_called_the_same() {
    let world = World::new(Backend::Sqlite).await;
    let server = Server::of(&world).await;
    let office = world.office("alpha").await;
    let lead = visitor(&server, &office, Role::Lead).await;
    let policy = "/office/einstellungen/ampel";
    let form = |de: &'static str, en: &'static str| {
        let rest = [("section", "group"), ("place", "1"), ("default", "red"), ("ceiling", "green"), ("kind", "line")];
        [("label_de", de), ("label_en", en)].into_iter().chain(rest).collect::<Vec<_>>()
    };
    let new = format!("{policy}/neu");
    let taken = lead.post(&new, &form(" themen ", "Dogs")).await;
    assert_eq!(taken.status, 422);
    assert!(taken.text.contains("So heißt schon ein anderes Feld") && taken.text.contains("id=\"label_de-error\""));
    assert!(!taken.text.contains("id=\"label_en-error\"") && taken.text.contains("value=\"Dogs\""));
    assert_eq!(lead.post(&new, &form("Hunde", "Dogs")).await.status, 303);
    assert_eq!(lead.post(&new, &form("Katzen", "dogs")).await.status, 422, "what is only noted counts, too");
    let renamed = [("label_de", "Hunde"), ("section", "group"), ("default", "green"), ("ceiling", "green")];
    assert_eq!(lead.post(&format!("{policy}/feld/founded"), &renamed).await.status, 422);
}

#[tokio::test]
async fn a_contract_is_uploaded_checked_and_downloaded_again() {
    let world = World::new(Backend::Sqlite).await;
    let server = Server::of(&world).await;
    let office = world.public_office("alpha").await;
    add_group(&office, "Lichtblick").await;
    let lead = visitor(&server, &office, Role::Lead).await;
    let path = "/office/einstellungen/vertrag";
    let upload = |body: Vec<u8>| {
        let request = lead.builder("POST".parse().unwrap(), path);
        lead.send(request.header("content-type", "multipart/form-data; boundary=grenze").body(body))
    };
    let refused = upload(multipart("2026-11-01", "Erika Beispiel", b"MZ")).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text.contains("Erika Beispiel") && refused.text.contains("document-error"), "{}", refused.text);
    let mut large = b"%PDF-1.7".to_vec();
    large.resize(10 * 1024 * 1024 + 1, b' ');
    let refused = upload(multipart("2026-11-01", "Erika Beispiel", &large)).await;
    assert!(refused.text.contains("10 MB") && refused.text.contains("document-error"));

    let pdf = b"%PDF-1.7 content";
    assert_eq!(
        upload(multipart("2026-11-01", "Erika", pdf)).await.location(),
        format!("{path}?meldung=vertrag-erfasst")
    );
    let document = lead.get(&format!("{path}/dokument")).await;
    assert_eq!(document.text.as_bytes(), pdf);
    assert_eq!(document.headers["content-disposition"], "attachment; filename=\"vertrag-2026-11-01.pdf\"");
    assert!(lead.get("/office/einstellungen/veroeffentlichen").await.text.contains("state-live"));
}

/// Source files below a folder.
fn sources(folder: &std::path::Path, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|own| own == "rs") {
            found.push(std::fs::read_to_string(&path).unwrap());
        }
    }
}

#[test]
fn every_act_an_office_can_do_has_its_sentence_in_the_log() {
    let mut found = Vec::new();
    sources(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../usecases/src"), &mut found);
    // These are in the platform's log, which no office reads.
    let platform = ["signup.", "signups.", "tenant."];
    let mut count = 0;
    for act in found.iter().flat_map(|text| text.split("AuditEvent::new(").skip(1)) {
        let Some(act) = act.trim_start().strip_prefix('"').and_then(|rest| rest.split('"').next()) else { continue };
        if platform.iter().any(|start| act.starts_with(start)) {
            continue;
        }
        count += 1;
        let key = format!("audit-act-{}", act.replace(['.', '_'], "-"));
        assert!(web::Lang::De.has(&key) && web::Lang::En.has(&key), "{key}");
    }
    assert!(count > 20, "{count}");
}

#[tokio::test]
async fn whoever_may_not_stays_inside_and_finds_the_way_out() {
    let world = World::new(Backend::Sqlite).await;
    let server = Server::of(&world).await;
    let office = world.office("alpha").await;
    let staff = visitor(&server, &office, Role::Staff).await;
    let page = staff.get("/office/protokoll").await;
    assert_eq!(page.status, 403);
    for part in ["action=\"/abmelden\"", "href=\"/konto\"", "href=\"/office/gruppen\"", "Weiter zu „Heute“"] {
        assert!(page.text.contains(part), "{part}: {}", page.text);
    }
    assert!(!page.text.contains("data-quick-exit"));
    let missing = staff.get("/office/gruppen/01a205a6-6380-7000-8000-000000000000").await;
    assert!(missing.status == 404 && missing.text.contains("action=\"/abmelden\""), "{}", missing.text);

    // A role from before its rights had to fit together: no page of the office is for it.
    let form = roles::Form { name: "Alt".into(), rights: vec!["groups-see".into()], ..roles::Form::default() };
    office.someone(Role::Lead).await;
    roles::save(&office.lead(), &office.house, None, &form).await.unwrap();
    let tx = world.stores().begin(&office.lead::<CreateGroup>()).await.unwrap();
    let mut made = tx.own_roles().await.unwrap();
    made[0].rights = access::Rights::of(&[access::Right::EditGroups]);
    tx.put_own_roles(&made).await.unwrap();
    tx.commit(AuditEvent::new("test.roles", "")).await.unwrap();
    let id = made[0].id;
    let old = visitor(&server, &office, Role::Custom(id)).await;
    let page = old.get("/office").await;
    assert_eq!(page.status, 403);
    assert!(page.text.contains("action=\"/abmelden\"") && page.text.contains("class=\"button\" href=\"/konto\""));
    assert_eq!(old.get("/konto").await.status, 200);
    assert!(!server.seeker(&office).get("/gibt-es-nicht").await.text.contains("/abmelden"));
}

#[tokio::test]
async fn one_click_beside_does_not_lose_the_recovery_codes() {
    let world = World::new(Backend::Sqlite).await;
    let server = Server::of(&world).await;
    let office = world.office("alpha").await;
    let staff = visitor(&server, &office, Role::Staff).await;
    let page = staff.post("/konto/notfallcodes", &[]).await;
    assert_eq!(page.status, 200);
    assert_eq!(page.text.matches("<li><code>").count(), 10);
    let links: Vec<&str> = page.text.split("<a ").skip(1).map(|link| link.split('>').next().unwrap()).collect();
    let ways: Vec<&&str> = links.iter().filter(|link| link.contains("href=") && !link.contains("#main")).collect();
    assert!(ways.iter().all(|link| link.contains("class=\"button\"") || link.contains("/login")), "{ways:?}");
    assert!(page.text.contains("22.") && page.text.contains("on-paper"), "dated on paper");
}

#[tokio::test]
async fn a_form_sent_after_the_proof_ran_out_says_how_it_is_sent_once_more() {
    let world = World::new(Backend::Sqlite).await;
    let server = Server::of(&world).await;
    let office = world.office("alpha").await;
    let person = office.someone(Role::Lead).await;
    let lead = server.with_session(&office, &office.session(&person, Stage::Full).await);
    let role = [("name", "Ehrenamt"), ("rights", "groups-see")];
    assert_eq!(lead.get("/office/rollen/neu").await.status, 200);
    world.clock.advance(jiff::SignedDuration::from_mins(6));
    // What only asks goes by the proof; what a form has sent stays with the browser.
    assert_eq!(lead.get("/office/rollen/neu").await.location(), "/bestaetigen?weiter=%2Foffice%2Frollen%2Fneu");
    let kept = lead.post("/office/rollen/neu", &role).await;
    assert_eq!(kept.status, 401, "{}", kept.text);
    assert!(kept.text.contains("nicht verloren") && kept.text.contains("target=\"_blank\""), "{}", kept.text);
    let way = "/bestaetigen?weiter=/bestaetigt";
    assert!(kept.text.contains(&format!("href=\"{way}\"")) && kept.text.contains("action=\"/abmelden\""));
    assert_eq!(lead.get(way).await.status, 200);
    let code = person.code(domain::Clock::now(&*world.clock));
    assert_eq!(lead.post(way, &[("code", &code)]).await.location(), "/bestaetigt");
    assert!(lead.get("/bestaetigt").await.text.contains("Fenster"));
    assert_eq!(lead.post("/office/rollen/neu", &role).await.status, 303);
    assert!(lead.get("/office/rollen").await.text.contains("Ehrenamt"));
    // The log as a file: by the proof, and never as a file of that page.
    assert!(!lead.get("/office/protokoll").await.text.contains("download>"));
}

#[tokio::test]
async fn the_language_of_ones_account_counts_after_every_login_until_it_is_switched() {
    let world = World::new(Backend::Sqlite).await;
    let server = Server::of(&world).await;
    let office = world.office("alpha").await;
    let person = office.someone(Role::Staff).await;
    let staff = server.with_session(&office, &office.session(&person, Stage::Full).await);
    assert!(staff.get("/konto").await.text.contains("lang=\"de\""));
    assert_eq!(staff.post("/konto", &[("name", "Kim"), ("sprache", "en")]).await.status, 303);
    let page = staff.get("/konto").await.text;
    assert!(page.contains("My account") && page.contains("value=\"en\" selected"), "{page}");
    // Another browser, in German until the login.
    let other = server.seeker(&office);
    assert!(other.get("/login").await.text.contains("<html lang=\"de\">"));
    assert_eq!(other.post("/login", &[("email", &person.email), ("password", person.password)]).await.status, 303);
    let code = person.code(domain::Clock::now(&*world.clock));
    assert_eq!(other.post("/login/code", &[("code", &code)]).await.status, 303);
    assert!(other.get("/office").await.text.contains("<html lang=\"en\">"));
    other.get("/sprache/de?zurueck=/office").await;
    assert!(other.get("/office").await.text.contains("<html lang=\"de\">"));
    // Notices by mail come in this language only.
    let form = [("present", person.password), ("password", "regenbogen-suppe-laterne")];
    assert_eq!(other.post("/konto/passwort", &form).await.status, 303);
    let mails = usecases::mail::claim(&world.house, usecases::mail::Outbox::Tenant(office.id)).await.unwrap();
    let notice = &mails.last().unwrap().mail;
    assert!(notice.subject == "Your password was changed" && !notice.body.contains("Guten Tag"), "{}", notice.body);
}
