//! The pages about groups and people, over HTTP: every one in both languages, and the walk through them.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

use access::{Role, Stage};
use testkit::{Answer, Backend, Server, Visitor, World};

struct Desk {
    _world: World,
    office: testkit::Office,
    server: Server,
    staff: Visitor,
    seeker: Visitor,
}

impl Desk {
    async fn new() -> Self {
        let world = World::new(Backend::Sqlite).await;
        let office = world.public_office("musterstadt").await;
        let server = Server::of(&world).await;
        let person = office.someone(Role::Staff).await;
        let staff = server.with_session(&office, &office.session(&person, Stage::Full).await);
        let seeker = server.seeker(&office);
        Self { _world: world, office, server, staff, seeker }
    }

    /// A form of ours, with its hidden fields, filled in; fields that are not named are sent as they are shown.
    async fn post(&self, path: &str, form: &[(&str, &str)]) -> Answer {
        self.staff.post(path, form).await
    }

    async fn group(&self) -> String {
        let form =
            [("name-0", "Ängste & Panik"), ("name-0-light", "green"), ("topic-0", "Angst"), ("topic-0-light", "green")];
        let answer = self.post("/office/gruppen/neu", &form).await;
        assert_eq!(answer.status, 303, "{}", answer.text);
        answer.location().split('?').next().unwrap().to_owned()
    }

    async fn person(&self, group: &str) -> String {
        let form = [
            ("role", "contact"),
            ("person_name-0", "Erika Beispiel"),
            ("person_name-0-light", "red"),
            ("person_phone-0", "0341 123456"),
            ("person_phone-0-light", "red"),
        ];
        let answer = self.post(&format!("{group}/personen/neu"), &form).await;
        assert_eq!(answer.status, 303, "{}", answer.text);
        let page = self.staff.get(group).await.text;
        first(&page, &format!("{group}/personen/"), &['"', '/'])
    }
}

/// The first address on the page that begins like this, up to one of these signs.
fn first(page: &str, begin: &str, end: &[char]) -> String {
    let links = page.match_indices(begin).map(|(at, _)| &page[at + begin.len()..]);
    let tails = links.map(|tail| tail.split(end).next().unwrap());
    let id = tails.into_iter().find(|id| id.len() == 32).unwrap();
    format!("{begin}{id}")
}

#[tokio::test]
async fn every_page_stands_in_both_languages() {
    let desk = Desk::new().await;
    let empty = desk.staff.get("/office/gruppen").await;
    assert!(empty.text.contains("/office/import"), "an empty list leads to the import");
    let group = desk.group().await;
    let person = desk.person(&group).await;
    desk.post(&format!("{group}/notizen"), &[("note", "ruft ungern an")]).await;
    let page = desk.staff.get(&group).await.text;
    let consent = first(&page, &format!("{person}/einwilligung/"), &['"']);
    let mut paths = vec![
        "/office/gruppen".to_owned(),
        "/office/gruppen?q=nichts".to_owned(),
        "/office/gruppen/neu".to_owned(),
        consent,
        format!("{person}/entfernen"),
        format!("{person}/loeschen"),
        person,
    ];
    let below = [
        "",
        "/verlauf",
        "/status/active",
        "/status/dissolved",
        "/personen",
        "/personen?name=erika",
        "/personen?name=e",
        "/personen/neu",
    ];
    paths.extend(below.map(|path| format!("{group}{path}")));
    paths.extend(["gruppe", "treffen", "kontakt", "intern"].map(|section| format!("{group}/bearbeiten/{section}")));
    for lang in ["de", "en"] {
        desk.staff.get(&format!("/sprache/{lang}?zurueck=/office/gruppen")).await;
        for path in &paths {
            let answer = desk.staff.get(path).await;
            assert_eq!(answer.status, 200, "{path}");
            assert!(answer.text.contains(&format!("<html lang=\"{lang}\">")), "{path} in {lang}");
            assert!(!answer.text.contains('⟨'), "a text is missing on {path} in {lang}");
        }
    }
}

#[tokio::test]
async fn a_consent_opens_the_phone_behind_the_notice_and_its_withdrawal_closes_it() {
    let desk = Desk::new().await;
    let group = desk.group().await;
    let person = desk.person(&group).await;
    let answer = desk.post(&format!("{group}/status/active"), &[("version", "2")]).await;
    assert_eq!(answer.status, 303);
    assert!(desk.seeker.get("/gruppen/aengste-panik").await.text.contains("Ängste"));

    let page = desk.staff.get(&person).await.text;
    let state = page.split("name=\"state\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let item = page.split("name=\"person_phone-0-id\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let form = [
        ("state", state.as_str()),
        ("role", "contact"),
        ("person_phone-0-id", &item),
        ("person_phone-0", "0341 123456"),
        ("person_phone-0-light", "green"),
    ];
    let refused = desk.post(&person, &form).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text.contains("id=\"person_phone-0-light-error\""), "the error stands at the light");
    assert!(refused.text.contains("keine Einwilligung"));

    let consent = format!("{person}/einwilligung/{item}");
    let fields = [("light", "green"), ("given_on", "2026-11-20"), ("channel", "phone")];
    let part =
        |(name, value)| format!("--grenze\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
    let body: String = fields.into_iter().map(part).chain(["--grenze--\r\n".to_owned()]).collect();
    let request = desk.staff.builder("POST".parse().unwrap(), &consent);
    let request = request.header("content-type", "multipart/form-data; boundary=grenze").body(body);
    let answer = desk.staff.send(request).await;
    assert_eq!(answer.status, 303);
    assert!(desk.staff.get(&person).await.text.contains("value=\"green\" selected"));
    let answer = desk.post(&format!("{consent}/widerruf"), &[]).await;
    assert_eq!(answer.status, 303);
    assert!(!desk.staff.get(&person).await.text.contains("value=\"green\" selected"));
}

#[tokio::test]
async fn a_form_that_comes_too_late_keeps_what_was_typed() {
    let desk = Desk::new().await;
    let group = desk.group().await;
    let path = format!("{group}/bearbeiten/kontakt");
    let form = |text: &'static str| [("version", "1"), ("website-0", text), ("website-0-light", "green")];
    assert_eq!(desk.post(&path, &form("https://erste.example")).await.status, 303);
    let late = desk.post(&path, &form("https://zweite.example")).await;
    assert_eq!(late.status, 409);
    assert!(late.text.contains("value=\"https://zweite.example\""), "what was typed");
    assert!(late.text.contains("https://erste.example"), "what is saved now");
    let evil =
        desk.post(&path, &[("version", "2"), ("website-0", "javascript:alert(1)"), ("website-0-light", "green")]).await;
    assert_eq!(evil.status, 422);
    assert!(evil.text.contains("id=\"website-0-error\""));
}

#[tokio::test]
async fn words_that_state_a_rhythm_are_offered_once_and_never_saved_unseen() {
    let desk = Desk::new().await;
    let group = desk.group().await;
    let path = format!("{group}/bearbeiten/treffen");
    let words = "1. und 3. Freitag im Monat um 17:30";
    let offered = desk.post(&path, &[("version", "1"), ("meetings-0", words), ("meetings-0-light", "green")]).await;
    assert_eq!(offered.status, 200);
    assert!(offered.text.contains("4. Dezember 2026, 17:30"), "the next dates are shown");
    assert!(offered.text.contains("name=\"meetings-0-asked\""));
    let form = [("version", "1"), ("meetings-0", words), ("meetings-0-light", "green"), ("meetings-0-asked", "1")];
    assert_eq!(desk.post(&path, &form).await.status, 303, "only the words");
    assert!(!desk.staff.get(&group).await.text.contains("Dezember 2026"), "no dates");
}

#[tokio::test]
async fn another_row_is_added_without_saving() {
    let desk = Desk::new().await;
    let form = [
        ("name-0", "Neu"),
        ("name-0-light", "green"),
        ("topic-0", "Angst"),
        ("topic-0-light", "yellow"),
        ("mehr", "topic"),
    ];
    let page = desk.post("/office/gruppen/neu", &form).await;
    assert_eq!(page.status, 200);
    assert!(page.text.contains("name=\"topic-1\"") && page.text.contains("value=\"Angst\""));
    assert!(desk.staff.get("/office/gruppen").await.text.contains("/office/import"), "nothing was saved");
}

#[tokio::test]
async fn who_may_only_read_is_offered_nothing_else() {
    let desk = Desk::new().await;
    let group = desk.group().await;
    desk.person(&group).await;
    let reader = desk.office.someone(Role::ReadOnly).await;
    let reader = desk.server.with_session(&desk.office, &desk.office.session(&reader, Stage::Full).await);
    let writing =
        ["/bearbeiten/", "/personen", "/einwilligung/", "/status/", "/notizen", "/gruppen/neu", "/office/import"];
    for path in ["/office", "/office/gruppen", group.as_str()] {
        let (seen, read) = (desk.staff.get(path).await, reader.get(path).await);
        assert_eq!((seen.status.as_u16(), read.status.as_u16()), (200, 200), "{path}");
        for href in writing {
            let offered = |text: &str| {
                let links = text.split("href=\"").chain(text.split("action=\"")).skip(1);
                links.filter_map(|rest| rest.split('"').next()).any(|link| link.contains(href))
            };
            assert!(!offered(&read.text), "{path} offers {href}");
        }
    }
    let page = desk.staff.get(&group).await.text;
    assert!(writing[..5].iter().all(|href| page.contains(href)), "whoever may is offered all of it");
    assert_eq!(reader.post(&format!("{group}/notizen"), &[("note", "x")]).await.status, 403);
}

#[tokio::test]
async fn what_was_sent_when_the_session_had_ended_can_be_sent_again() {
    let desk = Desk::new().await;
    let group = desk.group().await;
    let late = desk.seeker.post(&format!("{group}/notizen"), &[("note", "lang und breit")]).await;
    assert_eq!(late.status, 401);
    assert!(late.text.contains("laden Sie dann diese Seite neu"));
    assert!(late.text.contains("href=\"/login\" target=\"_blank\""), "this page stays open");
    // What a reload does once somebody is logged in beside it.
    assert_eq!(desk.post(&format!("{group}/notizen"), &[("note", "lang und breit")]).await.status, 303);
}

#[tokio::test]
async fn only_the_offices_own_words_are_called_german_on_an_english_page() {
    let desk = Desk::new().await;
    let form = [("name-0", "Frohsinn"), ("name-0-light", "green"), ("sector-0", "health"), ("sector-0-light", "green")];
    let group = desk.post("/office/gruppen/neu", &form).await;
    let group = group.location().split('?').next().unwrap().to_owned();
    desk.staff.get(&format!("/sprache/en?zurueck={group}")).await;
    for path in [group.clone(), format!("{group}/verlauf")] {
        let page = desk.staff.get(&path).await.text;
        assert!(page.contains(" lang=\"de\">Frohsinn<"), "{path}");
        assert!(page.contains(">Health") && !page.contains(" lang=\"de\">Health"), "{path}");
    }
}

#[tokio::test]
async fn whoever_tried_too_often_reads_in_the_form_how_long_to_wait() {
    let desk = Desk::new().await;
    let form = [("email", "wer@musterstadt.example"), ("password", "falsch-falsch-falsch")];
    let mut answer = desk.seeker.post("/login", &form).await;
    for _ in 0..20 {
        if answer.status == 429 {
            break;
        }
        answer = desk.seeker.post("/login", &form).await;
    }
    assert_eq!(answer.status, 429, "{}", answer.text);
    assert!(answer.text.contains("Das waren zu viele Versuche") && answer.text.contains("Minute"));
    assert!(answer.text.contains("value=\"wer@musterstadt.example\""), "what was typed");
    let seconds: u64 = answer.headers["retry-after"].to_str().unwrap().parse().unwrap();
    assert!((1..=1_800).contains(&seconds), "counted with the house's clock: {seconds}");
}
