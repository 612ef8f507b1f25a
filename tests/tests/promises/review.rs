//! Rows 0.6 and 0.9.

use std::time::{Duration, Instant};

use access::{Role, Stage};
use domain::Status;
use testkit::{Answer, Backend, Office, Server, Visitor, World};
use tests::requests::fresh_group;

/// Every public byte about the group: the list, a search that finds it, its page, and its contact behind the notice.
async fn public(server: &Server, office: &Office, slug: &str) -> Vec<String> {
    let seeker = server.seeker(office);
    let mut pages = Vec::new();
    for path in ["/".to_owned(), "/?q=Frisch".to_owned(), format!("/gruppen/{slug}")] {
        pages.push(seeker.get(&path).await.text);
    }
    seeker.post(&format!("/gruppen/{slug}/kontakt"), &[]).await;
    pages.push(seeker.get(&format!("/gruppen/{slug}/kontakt")).await.text);
    pages
}

/// The value of a hidden field of a form.
fn hidden(page: &str, name: &str) -> String {
    let from = page.split_once(&format!("name=\"{name}\" value=\"")).expect("in the form").1;
    from.split_once('"').expect("a value").0.to_owned()
}

/// A group admin sends a new summary.
async fn write(admin: &Visitor, group: &str, text: &str) -> Answer {
    let path = format!("/meine-gruppen/{group}/bearbeiten/gruppe");
    let form = admin.get(&path).await.text;
    let (version, waiting) = (hidden(&form, "version"), hidden(&form, "waiting"));
    let form =
        [("version", version.as_str()), ("waiting", &waiting), ("summary-0", text), ("summary-0-light", "green")];
    admin.post(&path, &form).await
}

#[tokio::test]
async fn p0_6_a_group_admin_comes_from_the_groups_page_and_edits_the_group_and_so_does_the_office() {
    let world = World::new(Backend::Sqlite).await;
    let office = world.public_office("alpha").await;
    let server = Server::of(&world).await;
    let (id, ..) = fresh_group(&office, Status::Active).await;
    let (slug, group) = (format!("frisch-{id}"), id.to_string());
    let admin = office.admin_of(&[id]).await;
    let browser = server.seeker(&office);
    assert!(browser.get(&format!("/gruppen/{slug}")).await.text.contains("href=\"/login\""), "from the group's page");
    let half = browser.post("/login", &[("email", &admin.email), ("password", admin.password)]).await;
    let code = admin.code(world.house.clock().now());
    assert_eq!(browser.post(half.location(), &[("code", &code)]).await.status, 303);
    let sent = write(&browser, &group, "Aus der Gruppe.").await;
    assert!(sent.location().ends_with("meldung=eingereicht"), "{}", sent.text);

    let staff = office.someone(Role::Staff).await;
    let staff = server.with_session(&office, &office.session(&staff, Stage::Full).await);
    let path = format!("/office/gruppen/{group}/bearbeiten/gruppe");
    let version = hidden(&staff.get(&path).await.text, "version");
    let form = [("version", version.as_str()), ("summary-0", "Vom Amt."), ("summary-0-light", "green")];
    assert_eq!(staff.post(&path, &form).await.status, 303);
    assert!(browser.get(&format!("/gruppen/{slug}")).await.text.contains("Vom Amt."));
}

#[tokio::test]
async fn p0_9_what_a_group_changes_is_viewed_and_released_by_the_office_and_then_published() {
    let world = World::new(Backend::Sqlite).await;
    let office = world.public_office("alpha").await;
    let server = Server::of(&world).await;
    let (id, ..) = fresh_group(&office, Status::Active).await;
    let (slug, group) = (format!("frisch-{id}"), id.to_string());
    let admin = office.admin_of(&[id]).await;
    let admin = server.with_session(&office, &office.session(&admin, Stage::Full).await);
    let mut reviewers = Vec::new();
    for _ in 0..2 {
        let person = office.someone(Role::Staff).await;
        reviewers.push(server.with_session(&office, &office.session(&person, Stage::Full).await));
    }
    let before = public(&server, &office, &slug).await;
    assert!(write(&admin, &group, "Ganz neu im Park.").await.location().ends_with("eingereicht"));
    assert_eq!(public(&server, &office, &slug).await, before, "to the byte");

    // The office is told, and sees old and new.
    assert!(reviewers[0].get("/office").await.text.contains("Vorschlag zu prüfen"));
    let list = reviewers[0].get("/office/pruefung").await.text;
    let link = list.split_once("/office/pruefung/").expect("a request").1.split_once('"').unwrap().0;
    let path = format!("/office/pruefung/{link}");
    let page = reviewers[0].get(&path).await.text;
    assert!(page.contains("Ganz neu im Park."));
    let (version, group_version) = (hidden(&page, "version"), hidden(&page, "group-version"));
    let reason = format!("r-{}", page.split_once("name=\"v-").expect("a verdict").1.split_once('"').unwrap().0);
    let item = page.split_once("name=\"v-").expect("a verdict").1.split_once('"').unwrap().0.to_owned();

    // Two at once, one of them says no: one decision, and the other is told.
    let verdict = format!("v-{item}");
    let say = |word: &'static str| {
        [
            ("version", version.clone()),
            ("group-version", group_version.clone()),
            (verdict.as_str(), word.to_owned()),
            (reason.as_str(), "Bitte noch einmal.".to_owned()),
        ]
    };
    let (yes, no) = (say("yes"), say("no"));
    let form = |of: &[(&str, String); 4]| of.clone().map(|(name, value)| (name.to_owned(), value));
    let (yes, no) = (form(&yes), form(&no));
    let send = async |reviewer: &Visitor, form: &[(String, String); 4]| {
        let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        reviewer.post(&path, &form).await
    };
    let (one, other) = tokio::join!(send(&reviewers[0], &yes), send(&reviewers[1], &no));
    let decided: Vec<bool> =
        [&one, &other].map(|answer| answer.location().ends_with("meldung=entschieden")).into_iter().collect();
    assert_eq!(decided.iter().filter(|decided| **decided).count(), 1, "{} {}", one.location(), other.location());
    let told = if decided[0] { &other } else { &one };
    assert!(told.location().ends_with("meldung=schon-entschieden"), "{}", told.text);

    // Right within a second.
    let (began, accepted) = (Instant::now(), decided[0]);
    loop {
        let now = public(&server, &office, &slug).await.concat();
        if now.contains("Ganz neu im Park.") == accepted {
            break;
        }
        assert!(began.elapsed() < Duration::from_secs(1), "the directory is not up to date");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let mine = admin.get(&format!("/meine-gruppen/{group}")).await.text;
    assert!(mine.contains(if accepted { "übernommen" } else { "nicht übernommen" }));
}
