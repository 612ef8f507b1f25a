//! Every mail there is, as it leaves the house: links, not data, in German and whole in English.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

use access::{Role, Stage};
use testkit::{Backend, Office, Server, World};
use usecases::mail::{self, Outbox};

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
        (&own, "/konto/passwort".to_owned(), vec![("password", "Birne Kutsche Nebel Dach")]),
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
