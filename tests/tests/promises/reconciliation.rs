//! Rows 0.5 and 2.15.

use access::Stage;
use domain::Status;
use jiff::SignedDuration;
use testkit::{Answer, Backend, Office, Server, Visitor, World};
use tests::requests::fresh_group;
use usecases::mail::{self, Outbox};
use usecases::reconciliation::{campaign, remind};

/// The value of a hidden field of a form.
fn hidden(page: &str, name: &str) -> String {
    let from = page.split_once(&format!("name=\"{name}\" value=\"")).expect("in the form").1;
    from.split_once('"').expect("a value").0.to_owned()
}

/// The bodies of the mails that wait, taken out as the worker does.
async fn mails(office: &Office) -> Vec<String> {
    let outbox = Outbox::Tenant(office.id);
    let mut bodies = Vec::new();
    loop {
        let claimed = mail::claim(&office.house, outbox).await.unwrap();
        if claimed.is_empty() {
            return bodies;
        }
        for outgoing in claimed {
            mail::done(&office.house, outbox, &outgoing, Ok(())).await.unwrap();
            bodies.push(outgoing.mail.body);
        }
    }
}

fn token(body: &str) -> String {
    body.split_once("/abgleich#").expect("a link").1.split_whitespace().next().unwrap().to_owned()
}

/// The group's mail is written into its form by the office.
async fn give_mail(server: &Server, office: &Office, group: &str) {
    let staff = office.someone(access::Role::Staff).await;
    let staff = server.with_session(office, &office.session(&staff, Stage::Full).await);
    let path = format!("/office/gruppen/{group}/bearbeiten/kontakt");
    let version = hidden(&staff.get(&path).await.text, "version");
    let form = [
        ("version", version.as_str()),
        ("group_email-0", "frisch@gruppe.example"),
        ("group_email-0-light", "red"),
        ("group_phone-0", "030 5550199"),
        ("group_phone-0-light", "yellow"),
    ];
    assert_eq!(staff.post(&path, &form).await.status, 303);
}

async fn step(browser: &Visitor, step: &str, form: &[(&str, &str)]) -> Answer {
    let path = format!("/abgleich/{step}");
    let page = browser.get(&path).await;
    assert_eq!(page.status, 200, "{step}");
    let mut sent = form.to_vec();
    let mark = page.text.contains("name=\"mark\"").then(|| hidden(&page.text, "mark"));
    sent.extend(mark.as_deref().map(|mark| ("mark", mark)));
    browser.post(&path, &sent).await
}

#[tokio::test]
async fn p0_5_a_group_is_sent_its_link_when_it_is_due_and_goes_through_a_wizard_that_explains_the_lights_first() {
    let world = World::new(Backend::Sqlite).await;
    let office = world.public_office("alpha").await;
    let server = Server::of(&world).await;
    let (id, ..) = fresh_group(&office, Status::Active).await;
    let (slug, group) = (format!("frisch-{id}"), id.to_string());
    give_mail(&server, &office, &group).await;

    // Due, and chosen already.
    let staff = office.someone(access::Role::Staff).await;
    let staff = server.with_session(&office, &office.session(&staff, Stage::Full).await);
    let list = staff.get("/office/abgleich").await.text;
    assert!(list.contains("Frisch") && list.contains("fällig"));
    let form = staff.get("/office/abgleich/neu").await.text;
    assert!(form.contains(&format!("value=\"{group}\" checked")));
    let new = campaign::NewCampaign { groups: vec![id], ..campaign::blank(&office.house) };
    campaign::send(&office.lead(), &office.house, &new).await.unwrap();
    let body = mails(&office).await.remove(0);

    // Scanners of mailboxes look at everything and spoil nothing.
    let token = token(&body);
    for _ in 0..50 {
        assert_eq!(server.seeker(&office).get("/abgleich").await.status, 200);
    }
    // Before the link is brought there is nothing to see.
    let browser = server.seeker(&office);
    assert_eq!(browser.get("/abgleich/gruppe").await.location(), "/abgleich");
    let brought = browser.post("/abgleich", &[("code", &token)]).await;
    assert_eq!((brought.status.as_u16(), brought.location()), (303, "/abgleich/start"));
    let cookie = brought.headers.get("set-cookie").unwrap().to_str().unwrap();
    assert!(cookie.starts_with("__Host-abgleich=") && cookie.contains("HttpOnly") && cookie.contains("Secure"));

    // The first step explains the lights at length.
    let start = browser.get("/abgleich/start").await.text;
    assert!(start.contains("href=\"/abgleich/ampel\""));
    assert!(!start.contains("5550199") && start.contains("… 99"), "masked");
    let lights = browser.get("/abgleich/ampel").await.text;
    assert!(lights.contains("Schritt 1 von 6") && lights.contains("Was die Ampel bedeutet"));
    for means in ["Alle können es sehen", "Die Kontaktstelle darf es weitergeben", "Nur die Kontaktstelle sieht es"] {
        assert!(lights.contains(means), "{means}");
    }
    let answer = step(&browser, "gruppe", &[("founded-0", "1999"), ("founded-0-light", "green")]).await;
    assert_eq!(answer.location(), "/abgleich/treffen", "{}", answer.text);
    assert_eq!(step(&browser, "treffen", &[]).await.location(), "/abgleich/kontakt");
    assert_eq!(step(&browser, "kontakt", &[]).await.location(), "/abgleich/personen");
    assert_eq!(step(&browser, "personen", &[("message", "")]).await.location(), "/abgleich/pruefen");
    let check = browser.get("/abgleich/pruefen").await.text;
    assert!(check.contains("1999"));
    let done = browser.post("/abgleich/pruefen", &[("mark", &hidden(&check, "mark"))]).await;
    assert_eq!(done.location(), "/abgleich/eingereicht");
    assert!(mails(&office).await[0].contains("angekommen"), "a receipt");
    assert!(staff.get("/office/pruefung").await.text.contains("mit ihrem persönlichen Link"));

    // Everything is still right: two forms, and everybody sees the day.
    let browser = server.seeker(&office);
    browser.post("/abgleich", &[("code", &token)]).await;
    let (other, ..) = fresh_group(&office, Status::Active).await;
    let new = campaign::NewCampaign { groups: vec![other], ..campaign::blank(&office.house) };
    campaign::send(&office.lead(), &office.house, &new).await.unwrap();
    let link = usecases::reconciliation::links::fetch(&office.lead(), &office.house, other).await.unwrap();
    let browser = server.seeker(&office);
    browser.post("/abgleich", &[("code", link.code.as_str())]).await;
    let page = browser.get("/abgleich/bestaetigen").await.text;
    let done = browser.post("/abgleich/bestaetigen", &[("mark", &hidden(&page, "mark"))]).await;
    assert_eq!(done.location(), "/abgleich/bestaetigt");
    let public = server.seeker(&office).get(&format!("/gruppen/frisch-{other}")).await.text;
    assert!(public.contains("bestätigt"), "{public}");

    // A year later it is due again; silence takes nothing away.
    world.clock.advance(SignedDuration::from_hours(24 * 366));
    remind::in_office(&office.house, office.id).await.unwrap();
    assert!(server.seeker(&office).get(&format!("/gruppen/{slug}")).await.text.contains("Frisch"));
    let staff = office.someone(access::Role::Staff).await;
    let staff = server.with_session(&office, &office.session(&staff, Stage::Full).await);
    let form = staff.get("/office/abgleich/neu").await.text;
    assert!(form.contains(&format!("value=\"{other}\" checked")), "who confirmed a year ago is chosen again");
}

#[tokio::test]
async fn p2_15_a_group_updates_its_own_data_by_link_by_login_and_on_the_phone() {
    let world = World::new(Backend::Sqlite).await;
    let office = world.public_office("alpha").await;
    let server = Server::of(&world).await;
    let (id, ..) = fresh_group(&office, Status::Active).await;
    let group = id.to_string();
    give_mail(&server, &office, &group).await;
    let link = usecases::reconciliation::links::fetch(&office.lead(), &office.house, id).await.unwrap();
    let by_link = server.seeker(&office);
    by_link.post("/abgleich", &[("code", link.code.as_str())]).await;
    let admin = office.admin_of(&[id]).await;
    let by_login = server.with_session(&office, &office.session(&admin, Stage::Full).await);
    let staff = office.someone(access::Role::Staff).await;
    let by_phone = server.with_session(&office, &office.session(&staff, Stage::Full).await);
    for (who, base, full) in [
        (&by_link, "/abgleich".to_owned(), false),
        (&by_login, format!("/meine-gruppen/{group}/abgleich"), true),
        (&by_phone, format!("/office/gruppen/{group}/abgleich"), true),
    ] {
        let form = who.get(&format!("{base}/kontakt")).await.text;
        assert_eq!(form.contains("5550199"), full, "{base}: with the link alone only what one recognises");
        // Closing counts at once, whoever does it.
        let path = format!("{base}/gruppe");
        let form = who.get(&path).await.text;
        let mark = hidden(&form, "mark");
        let sent = [("mark", mark.as_str()), ("summary-0", base.as_str()), ("summary-0-light", "green")];
        assert_eq!(who.post(&path, &sent).await.location(), format!("{base}/treffen"));
        let page = who.get(&format!("{base}/pruefen")).await.text;
        let done = who.post(&format!("{base}/pruefen"), &[("mark", &hidden(&page, "mark"))]).await;
        assert_eq!(done.location(), format!("{base}/eingereicht"));
    }
    // Three wait, each in its own name.
    let list = by_phone.get("/office/pruefung").await.text;
    assert_eq!(list.matches("/office/pruefung/").count(), 3, "{list}");
}
