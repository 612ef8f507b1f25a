//! The public site of an office over HTTP: what can be seen, and above all what cannot.

#![allow(clippy::unwrap_used, reason = "a test that cannot be set up fails")]

mod support;

use std::collections::{BTreeSet, VecDeque};
use std::num::NonZeroU32;

use axum::http::{Method, StatusCode, header};
use support::{CONTACT_CANARIES, Client, GROUP, GROUP_WITHOUT_CONTACT, config, links, steady};

const PAGES: [&str; 10] = [
    "/",
    "/?suche=depresion",
    "/?suche=xyzxyz&offen=ja&bereich=health&fuer=relatives&form=online",
    GROUP,
    GROUP_WITHOUT_CONTACT,
    "/ueber-uns",
    "/impressum",
    "/datenschutz",
    "/barrierefreiheit",
    "/cookies",
];

#[tokio::test]
async fn every_public_page_is_whole_in_both_languages() {
    for lang in ["de", "en"] {
        let client = Client::new().with(header::ACCEPT_LANGUAGE, lang);
        let contact = format!("{GROUP}/kontakt");
        for path in PAGES.into_iter().chain([contact.as_str()]) {
            let page = client.get(path).await;
            assert_eq!(page.status, StatusCode::OK, "{path}");
            assert!(page.body.contains(&format!("<html lang=\"{lang}\">")), "{path}");
            assert!(!page.body.contains("⟨…⟩"), "a text is missing on {path} in {lang}");
            assert_eq!(page.body.matches("<h1").count(), 1, "{path}");
        }
    }
}

#[tokio::test]
async fn pages_look_as_reviewed() {
    for (lang, name) in [("de", "deutsch"), ("en", "english")] {
        let client = Client::new().with(header::ACCEPT_LANGUAGE, lang);
        let probe = client.at("probe.localhost").with(header::ACCEPT_LANGUAGE, lang);
        insta::assert_snapshot!(format!("start_{name}"), steady(&probe.get("/").await.body));
        insta::assert_snapshot!(format!("group_{name}"), steady(&client.get(GROUP).await.body));
        insta::assert_snapshot!(format!("notice_{name}"), steady(&client.get(&format!("{GROUP}/kontakt")).await.body));
        insta::assert_snapshot!(format!("missing_{name}"), steady(&client.get("/gruppen/gibt-es-nicht").await.body));
    }
    let calendar = Client::new().get(&format!("{GROUP}/termine.ics")).await;
    insta::assert_snapshot!("calendar", calendar.body.replace('\r', ""));
}

#[tokio::test]
async fn no_byte_of_a_contact_leaves_before_the_notice_is_acknowledged() {
    let client = Client::new();
    let (mut seen, mut queue) = (BTreeSet::new(), VecDeque::from(["/".to_owned(), "/sitemap.xml".to_owned()]));
    while let Some(path) = queue.pop_front() {
        if !seen.insert(path.clone()) || path.starts_with("/sprache") {
            continue;
        }
        let page = client.get(&path).await;
        for canary in CONTACT_CANARIES {
            assert!(!page.body.contains(canary), "{canary} on {path}");
            assert!(!format!("{:?}", page.headers).contains(canary), "{canary} in the headers of {path}");
        }
        if page.header("content-type").starts_with("text/html") {
            queue.extend(links(&page.body));
        }
    }
    assert!(seen.iter().filter(|path| path.ends_with("/kontakt")).count() >= 12, "the crawl saw the contact pages");
    // The refusal counts because the same request succeeds afterwards.
    assert!(contact_page(&client, GROUP).await.contains("canary-gruen"));
}

async fn contact_page(client: &Client, group: &str) -> String {
    let path = format!("{group}/kontakt");
    let done = client.post(&path).await;
    assert_eq!((done.status, done.header("location")), (StatusCode::SEE_OTHER, path.as_str()));
    let cookie = done.header("set-cookie").split(';').next().unwrap_or_default().to_owned();
    let page = client.at("demo.localhost").with(header::COOKIE, &cookie).get(&path).await;
    assert_eq!((page.status, page.header("cache-control")), (StatusCode::OK, "no-store"));
    page.body
}

#[tokio::test]
async fn after_the_notice_green_contacts_are_shown_and_red_items_never() {
    let client = Client::new();
    let page = contact_page(&client, GROUP).await;
    for shown in ["tel:+493410005566", "mailto:canary-gruen@gruppe.example", "https://gruppe.example/", "ab 18 Uhr"] {
        assert!(page.contains(shown), "{shown}");
    }
    assert!(!page.contains("CANARY-ROT"));
}

#[tokio::test]
async fn without_a_green_contact_the_office_passes_the_enquiry_on() {
    let client = Client::new();
    for page in [client.get(GROUP_WITHOUT_CONTACT).await.body, contact_page(&client, GROUP_WITHOUT_CONTACT).await] {
        assert!(page.contains("Die Kontaktstelle vermittelt"));
        assert!(page.contains("mailto:kontakt@selbsthilfe-lindenau.example"));
    }
}

#[tokio::test]
async fn an_acknowledgement_of_one_office_does_not_count_at_another_and_a_made_up_one_nowhere() {
    let client = Client::new();
    for cookie in ["__Host-notice=1.00000000000000000000000000000000", "__Host-notice=", "__Host-notice=ja"] {
        let page = client.at("demo.localhost").with(header::COOKIE, cookie).get(&format!("{GROUP}/kontakt")).await;
        assert!(page.body.contains("Bevor Sie Kontakt aufnehmen") && !page.body.contains("canary"), "{cookie}");
    }
}

#[tokio::test]
async fn a_network_that_collects_contacts_is_slowed_down() {
    let few = NonZeroU32::new(3).unwrap();
    let client = Client::of(web::WebConfig { notices_per_minute: few, ..config() }, &web::routes());
    let path = format!("{GROUP}/kontakt");
    for _ in 0..3 {
        assert_eq!(client.post(&path).await.status, StatusCode::SEE_OTHER);
    }
    let refused = client.post(&path).await;
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(refused.body.contains("Bitte warten Sie einen Moment"));
    assert!(refused.header("retry-after").parse::<u32>().unwrap() <= 20);
    assert_eq!(client.get(GROUP).await.status, StatusCode::OK, "reading goes on");
}

#[tokio::test]
async fn an_office_in_trial_says_so_and_is_not_indexed() {
    let client = Client::new();
    let trial = client.at("probe.localhost");
    let page = trial.get("/").await;
    assert!(page.body.contains("Probebetrieb") && page.body.contains("noindex"));
    assert_eq!(page.header("x-robots-tag"), "noindex, nofollow");
    assert_eq!(trial.get("/robots.txt").await.body, "User-agent: *\nDisallow: /\n");
    assert_eq!(trial.get("/sitemap.xml").await.status, StatusCode::NOT_FOUND);
    let live = client.get("/").await;
    assert!(!live.body.contains("noindex") && live.header("x-robots-tag").is_empty());
    assert!(client.get("/robots.txt").await.body.contains("Sitemap: http://demo.localhost/sitemap.xml"));
    assert!(client.get("/sitemap.xml").await.body.contains("<loc>http://demo.localhost/gruppen/spielfrei</loc>"));
}

#[tokio::test]
async fn an_office_that_is_not_public_shows_no_group_anywhere() {
    let client = Client::new();
    let contact = format!("{GROUP}/kontakt");
    let calendar = format!("{GROUP}/termine.ics");
    for host in ["neu.localhost", "zu.localhost"] {
        for path in ["/", "/?suche=depression", GROUP, &contact, &calendar, "/sitemap.xml"] {
            let page = client.at(host).get(path).await;
            assert_eq!(page.status, StatusCode::SERVICE_UNAVAILABLE, "{host}{path}");
            assert!(!page.body.contains("Lichtblick") && page.body.contains("gerade nicht erreichbar"), "{host}{path}");
        }
        assert_eq!(client.at(host).get("/impressum").await.status, StatusCode::OK);
        assert_eq!(client.at(host).post(&contact).await.status, StatusCode::SERVICE_UNAVAILABLE);
    }
}

#[tokio::test]
async fn a_page_the_browser_knows_is_answered_in_one_line() {
    let client = Client::new();
    for path in ["/", GROUP, "/ueber-uns"] {
        let first = client.get(path).await;
        let again = client.at("demo.localhost").with(header::IF_NONE_MATCH, first.header("etag"));
        let second = again.get(path).await;
        assert_eq!((second.status, second.raw.len()), (StatusCode::NOT_MODIFIED, 0), "{path}");
        let english = again.with(header::ACCEPT_LANGUAGE, "en").get(path).await;
        assert_eq!(english.status, StatusCode::OK, "another language is another page");
    }
}

#[tokio::test]
async fn three_hundred_groups_fit_in_35_kilobytes() {
    let client = Client::new().at("gross.localhost").with(header::ACCEPT_ENCODING, "gzip, br");
    let page = client.get("/").await;
    assert_eq!(page.body.matches("href=\"/gruppen/").count(), 300);
    assert_eq!(page.header("content-encoding"), "gzip");
    assert!(page.raw.len() <= 35 * 1024, "{} bytes", page.raw.len());
}

#[tokio::test]
async fn a_search_is_in_the_address_and_survives_sharing() {
    let client = Client::new();
    let page = client.get("/?suche=Depresion&bereich=psychosocial&offen=ja").await;
    assert!(page.body.contains("Lichtblick"), "near spellings are found");
    assert!(page.body.contains("value=\"Depresion\""));
    assert_eq!(page.body.matches(" checked").count(), 2);
    assert!(page.body.contains("href=\"/?suche=Depresion&#38;offen=ja\""), "each filter can be taken away");
    let nothing = client.get("/?suche=Krebs&bereich=addiction").await;
    assert!(nothing.body.contains("Keine passende Gruppe") && nothing.body.contains("Fragen Sie die Kontaktstelle"));
}

#[tokio::test]
async fn what_is_typed_is_shown_as_text_only() {
    let page = Client::new().get("/?suche=%3Cscript%3Ealert(1)%3C/script%3E&ort=%22%3E%3Cimg%20src=x%3E").await;
    assert!(!page.body.contains("<script>alert") && !page.body.contains("<img"));
    assert_eq!(page.status, StatusCode::OK);
}

#[tokio::test]
async fn the_language_is_remembered_and_the_way_back_stays_here() {
    let client = Client::new();
    let chosen = client.get("/sprache/en?zurueck=%2Fgruppen%2Fspielfrei").await;
    assert_eq!((chosen.status, chosen.header("location")), (StatusCode::SEE_OTHER, "/gruppen/spielfrei"));
    assert!(chosen.header("set-cookie").starts_with("__Host-lang=en; Path=/; Secure; HttpOnly"));
    assert_eq!(client.get("/sprache/en?zurueck=//evil.example").await.header("location"), "/");
    assert_eq!(client.get("/sprache/fr").await.status, StatusCode::NOT_FOUND);
    let english = client.with(header::COOKIE, "__Host-lang=en").with(header::ACCEPT_LANGUAGE, "de").get("/").await;
    assert!(english.body.contains("<html lang=\"en\">"));
}

#[tokio::test]
async fn the_cookies_set_are_the_cookies_listed() {
    let client = Client::new();
    let page = client.get("/cookies").await.body;
    for answer in [client.get("/sprache/en").await, client.post(&format!("{GROUP}/kontakt")).await] {
        let name = answer.header("set-cookie").split('=').next().unwrap_or_default().to_owned();
        assert!(page.contains(&format!("<code>{name}</code>")), "{name}");
    }
    assert!(client.get("/").await.header("set-cookie").is_empty());
    assert!(page.contains("__Host-session"));
}

#[tokio::test]
async fn a_calendar_file_is_there_where_dates_are_known() {
    let client = Client::new();
    let calendar = client.get(&format!("{GROUP}/termine.ics")).await;
    assert_eq!(calendar.header("content-type"), "text/calendar; charset=utf-8");
    assert!(calendar.body.contains("RRULE:FREQ=MONTHLY;BYDAY=1WE,3WE"));
    assert!(calendar.body.contains("DTSTART;TZID=Europe/Berlin:20261202T183000"));
    let unknown = client.get("/gruppen/alleinerziehende-im-gespraech/termine.ics").await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn asking_for_the_head_only_gives_the_head_only() {
    let head = Client::new().send(Method::HEAD, "/", "").await;
    assert_eq!((head.status, head.raw.len()), (StatusCode::OK, 0));
}
