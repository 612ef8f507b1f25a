//! Every mail there is, as it leaves the house: links, not data, in German and whole in English.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

use access::actions::StartRecovery;
use access::{Role, Stage, operator_permit};
use testkit::{Backend, Office, Server, World};
use usecases::housekeeping;
use usecases::mail::{self, Outbox};
use usecases::people::recovery::{self, Request};

/// The mails that wait, with tokens and ids taken out.
async fn waiting(world: &World, outbox: Outbox) -> String {
    let mut texts = Vec::new();
    loop {
        let claimed = mail::claim(&world.house, outbox).await.unwrap();
        if claimed.is_empty() {
            return texts.join("\n==\n");
        }
        for outgoing in claimed {
            texts.push(format!("Subject: {}\n\n{}", outgoing.mail.subject, steady(&outgoing.mail.body)));
            mail::done(&world.house, outbox, &outgoing, Ok(())).await.unwrap();
        }
    }
}

fn steady(body: &str) -> String {
    let word = |word: &str| match word.rsplit_once('/') {
        Some((before, token)) if token.len() > 30 => format!("{before}/[token]"),
        _ if word.len() > 40 && word.ends_with("@musterstadt.example") => "[address]".to_owned(),
        _ => word.to_owned(),
    };
    body.lines().map(|line| line.split(' ').map(word).collect::<Vec<_>>().join(" ")).collect::<Vec<_>>().join("\n")
}

async fn office() -> (World, Office, Server) {
    let world = World::new(Backend::Sqlite).await;
    let office = world.public_office("musterstadt").await;
    let server = Server::of(&world).await;
    (world, office, server)
}

/// The part below the line is for those who read no German: it says and links the same.
fn both_languages_are_whole(text: &str) {
    for mail in text.split("\n==\n") {
        let (german, english) = mail.split_once("\n--\n").unwrap();
        assert_eq!(german.matches("[token]").count(), english.matches("[token]").count(), "{mail}");
        assert!(german.contains("Guten Tag") && english.contains("Hello"), "{mail}");
    }
}

#[tokio::test]
async fn the_mail_that_confirms_a_sign_up() {
    let (world, _office, server) = office().await;
    let form = [
        ("office", "Kontaktstelle Neustadt"),
        ("carrier", "Selbsthilfe e. V."),
        ("regime", "DSGVO"),
        ("street", "Weg 1"),
        ("postcode", "04109"),
        ("town", "Leipzig"),
        ("email", "stelle@neustadt.example"),
        ("slug", "neustadt"),
    ];
    let answer = server.visitor("localhost").post("/anmelden", &form).await;
    assert_eq!(answer.status, 303, "{}", answer.text);
    let text = waiting(&world, Outbox::Platform).await;
    both_languages_are_whole(&text);
    insta::assert_snapshot!(text);
}

#[tokio::test]
async fn the_mail_that_invites() {
    let (world, office, server) = office().await;
    let lead = office.someone(Role::Lead).await;
    let lead = server.with_session(&office, &office.session(&lead, Stage::Full).await);
    let form = [("email", "neu@musterstadt.example"), ("role", "staff")];
    let answer = lead.post("/office/personen/einladen", &form).await;
    assert_eq!(answer.status, 303, "{}", answer.text);
    let text = waiting(&world, Outbox::Tenant(office.id)).await;
    both_languages_are_whole(&text);
    insta::assert_snapshot!(text);
}

#[tokio::test]
async fn the_mails_that_tell_what_was_changed_about_a_login() {
    let (world, office, server) = office().await;
    let lead = office.someone(Role::Lead).await;
    let staff = office.someone(Role::Staff).await;
    let own = server.with_session(&office, &office.session(&staff, Stage::Full).await);
    let lead = server.with_session(&office, &office.session(&lead, Stage::Full).await);
    let access = format!("/office/personen/{}", staff.user);
    for (visitor, path, form) in [
        (
            &own,
            "/konto/passwort".to_owned(),
            vec![("present", testkit::PASSWORD), ("password", "Birne Kutsche Nebel Dach")],
        ),
        (&own, "/konto/notfallcodes".to_owned(), Vec::new()),
        (&lead, format!("{access}/sperren"), Vec::new()),
        (&lead, format!("{access}/oeffnen"), Vec::new()),
    ] {
        let answer = visitor.post(&path, &form).await;
        assert!(matches!(answer.status.as_u16(), 200 | 303), "{path}: {}", answer.text);
        world.clock.advance(jiff::SignedDuration::from_secs(1));
    }
    let text = waiting(&world, Outbox::Tenant(office.id)).await;
    both_languages_are_whole(&text);
    assert_eq!(text.split("\n==\n").count(), 3, "{text}");
    insta::assert_snapshot!(text);
}

#[tokio::test]
async fn the_mails_about_ways_in_and_ways_back() {
    let (world, office, server) = office().await;
    let (lead, other) = (office.someone(Role::Lead).await, office.someone(Role::Lead).await);
    let (staff, admin) = (office.someone(Role::Staff).await, office.admin_of(&[]).await);
    let own = server.with_session(&office, &office.session(&staff, Stage::Full).await);
    let asks = server.with_session(&office, &office.session(&lead, Stage::Full).await);
    let seeker = server.seeker(&office);
    for (visitor, path, form) in [
        (&asks, format!("/office/personen/{}/faktor-verloren", staff.user), Vec::new()),
        (&own, "/konto/email".to_owned(), vec![("email", "neu@anders.example")]),
        (&seeker, "/login/link".to_owned(), vec![("email", admin.email.as_str())]),
        (&asks, "/konto/email".to_owned(), vec![("email", staff.email.as_str())]),
        (&asks, format!("/office/personen/{}/sperren", other.user), Vec::new()),
    ] {
        let answer = visitor.post(&path, &form).await;
        assert_eq!(answer.status, 303, "{path}: {}", answer.text);
    }
    // Twice logged in, on two browsers of which the second is news.
    for _ in 0..2 {
        world.clock.advance(jiff::SignedDuration::from_mins(1));
        let browser = server.seeker(&office);
        browser.post("/login", &[("email", &lead.email), ("password", lead.password)]).await;
        let code = lead.code(domain::Clock::now(&*world.clock));
        assert_eq!(browser.post("/login/code", &[("code", &code)]).await.location(), "/office");
    }
    // The sole lead's way back, to its end.
    let sheet = asks.post("/office/einstellungen/notfallblatt", &[]).await.text;
    let share = sheet.split_once("<code class=\"secret\">").unwrap().1.split_once('<').unwrap().0;
    let ending = [("ending", &share[share.len() - 9..])];
    assert_eq!(asks.post("/office/einstellungen/notfallblatt/pruefen", &ending).await.status, 303);
    let request = Request { user: &lead.email, share, identity_check: "Videoanruf mit Ausweis" };
    recovery::start(&operator_permit::<StartRecovery>(office.id), &world.house, request).await.unwrap();
    world.clock.advance(recovery::NOTICE);
    housekeeping::remove_expired(&world.house).await.unwrap();
    let text = waiting(&world, Outbox::Tenant(office.id)).await;
    both_languages_are_whole(&text);
    // Several go out at the same moment; the announcement to all is one text.
    let mut texts: Vec<&str> = text.split("\n==\n").collect();
    texts.sort_unstable();
    texts.dedup();
    insta::assert_snapshot!(texts.join("\n==\n"));
}
