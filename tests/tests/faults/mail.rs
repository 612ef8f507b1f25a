//! Mail that must arrive once, late rather than never, and tells nothing.

use std::sync::Arc;

use domain::EmailAddress;
use domain::audit::{Actor, AuditEvent};
use jiff::SignedDuration;
use jobs::{Post, SmtpConfig};
use storage::Mail;
use testkit::surgery::{Store, sql};
use testkit::{Backend, World};
use usecases::mail::{self, Outbox};

fn letter(number: usize) -> Mail {
    Mail {
        to: EmailAddress::parse(&format!("person-{number}@example.org")).unwrap(),
        subject: format!("Nachricht {number}"),
        body: "Guten Tag,\n\nhttps://example.org/link\n".to_owned(),
    }
}

async fn enqueue(world: &World, count: usize) {
    let tx = world.stores().platform().await.unwrap();
    for number in 0..count {
        tx.enqueue(&letter(number)).await.unwrap();
    }
    tx.commit(Actor::System, AuditEvent::new("test.mail", "")).await.unwrap();
}

async fn count(world: &World, what: &str) -> usize {
    sql(&world.config, Store::Platform, &format!("SELECT count(*) FROM outbox WHERE {what}")).await[0].parse().unwrap()
}

/// What the worker does in one round, by its own functions.
async fn round(world: &World, post: &Post) -> usize {
    let mut tried = 0;
    loop {
        let claimed = mail::claim(&world.house, Outbox::Platform).await.unwrap();
        if claimed.is_empty() {
            return tried;
        }
        for outgoing in claimed {
            let outcome = post.send(&outgoing, &mail::Sender::default()).await;
            mail::done(&world.house, Outbox::Platform, &outgoing, outcome).await.unwrap();
            tried += 1;
        }
    }
}

/// An SMTP server that is not there.
fn dead_server() -> Post {
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    Post::smtp(&SmtpConfig {
        host: "127.0.0.1".to_owned(),
        port,
        user: "user".to_owned(),
        password: "password".to_owned(),
        from: "Ampelhaus <noreply@ampelhaus.example>".to_owned(),
    })
    .unwrap()
}

async fn mail_waits_for_a_dead_server_ever_longer_and_is_sent_when_it_is_back(backend: Backend) {
    let world = World::new(backend).await;
    enqueue(&world, 3).await;
    let dead = dead_server();
    assert_eq!(round(&world, &dead).await, 3);
    assert_eq!((count(&world, "state = 'waiting'").await, count(&world, "attempts = 1").await), (3, 3));
    assert_eq!(round(&world, &dead).await, 0, "not at once again");
    // 1, 2, 4 … minutes.
    for minutes in [1, 2, 4, 8] {
        world.clock.advance(SignedDuration::from_mins(minutes) - SignedDuration::from_secs(1));
        assert_eq!(round(&world, &dead).await, 0, "{minutes} minutes are not over");
        world.clock.advance(SignedDuration::from_secs(1));
        assert_eq!(round(&world, &dead).await, 3, "{minutes} minutes are over");
    }
    let errors = sql(&world.config, Store::Platform, "SELECT last_error FROM outbox").await;
    assert!(errors.iter().all(|error| !error.contains('@')), "no address in a log: {errors:?}");
    // Two days later nothing is lost.
    world.clock.advance(SignedDuration::from_hours(43));
    let folder = tempfile::tempdir().unwrap();
    let post = Post::folder(folder.path().to_owned()).unwrap();
    assert_eq!(round(&world, &post).await, 3);
    assert_eq!(count(&world, "true").await, 0, "what was sent is not kept");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 3);
}

#[tokio::test]
async fn mail_waits_for_a_dead_server_and_is_sent_when_it_is_back_on_sqlite() {
    mail_waits_for_a_dead_server_ever_longer_and_is_sent_when_it_is_back(Backend::Sqlite).await;
}

#[tokio::test]
async fn mail_waits_for_a_dead_server_and_is_sent_when_it_is_back_on_postgresql() {
    mail_waits_for_a_dead_server_ever_longer_and_is_sent_when_it_is_back(Backend::Postgres).await;
}

#[tokio::test]
async fn two_days_without_a_server_lose_nothing() {
    let world = World::new(Backend::Sqlite).await;
    enqueue(&world, 1).await;
    let dead = dead_server();
    for _ in 0..48 * 6 {
        round(&world, &dead).await;
        world.clock.advance(SignedDuration::from_mins(10));
    }
    assert_eq!(count(&world, "state = 'waiting'").await, 1, "given up after less than two days");
}

async fn two_workers_send_everything_once(backend: Backend) {
    const MAILS: usize = 100;
    let world = World::new(backend).await;
    enqueue(&world, MAILS).await;
    let folder = tempfile::tempdir().unwrap();
    let mut stops = Vec::new();
    let mut workers = Vec::new();
    for house in [Arc::clone(&world.house), world.second_house().await] {
        let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
        let post = Post::folder(folder.path().to_owned()).unwrap();
        stops.push(stop);
        workers.push(tokio::spawn(jobs::run(house, post, async move {
            // Stops as well when the sender is gone.
            let _stop = stopped.await;
        })));
    }
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(60);
    while count(&world, "true").await > 0 {
        assert!(std::time::Instant::now() < deadline, "mail is left");
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    drop(stops);
    for worker in workers {
        worker.await.unwrap();
    }
    let mut recipients = Vec::new();
    for file in std::fs::read_dir(folder.path()).unwrap() {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        recipients.push(text.lines().find_map(|line| line.strip_prefix("To: ")).unwrap().to_owned());
    }
    recipients.sort();
    recipients.dedup();
    assert_eq!(recipients.len(), MAILS);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), MAILS, "something was sent twice");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_workers_send_everything_once_on_sqlite() {
    two_workers_send_everything_once(Backend::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_workers_send_everything_once_on_postgresql() {
    two_workers_send_everything_once(Backend::Postgres).await;
}

#[tokio::test]
async fn a_claim_lasts_longer_than_sending_what_was_claimed_can_take() {
    let world = World::new(Backend::Sqlite).await;
    enqueue(&world, 50).await;
    let began = domain::Clock::now(&*world.clock).as_millisecond();
    let claimed = mail::claim(&world.house, Outbox::Platform).await.unwrap().len();
    let until = sql(&world.config, Store::Platform, "SELECT max(claimed_until) FROM outbox").await;
    let lasts = until[0].parse::<i64>().unwrap() - began;
    // A server that accepts connections and never says a word.
    let slowest = i64::try_from(claimed).unwrap() * i64::try_from(jobs::post::PATIENCE.as_millis()).unwrap();
    assert!(lasts > slowest, "{claimed} mails may take {slowest} ms, but are another's after {lasts} ms");
}

#[tokio::test]
async fn no_address_and_no_subject_adds_a_header() {
    for address in [
        "a@example.org\r\nBcc: evil@example.org",
        "a@example.org\nBcc: evil@example.org",
        "a\r\n@example.org",
        "a@example.org, evil@example.org",
        "a@example.org\0",
        "\"a\"@example.org",
        "<a@example.org>",
        "a@example.org>\u{2028}RCPT TO:<evil@example.org",
    ] {
        assert!(EmailAddress::parse(address).is_err(), "{address:?}");
    }
    let world = World::new(Backend::Sqlite).await;
    let tx = world.stores().platform().await.unwrap();
    for subject in
        ["Hallo\r\nBcc: evil@example.org", "Hallo\nBcc: evil@example.org\n\nanderer Text", "ä\r\nBcc: evil@example.org"]
    {
        let mail = Mail {
            subject: subject.to_owned(),
            body: "Text\r\n.\r\nMAIL FROM:<evil@example.org>".to_owned(),
            ..letter(1)
        };
        tx.enqueue(&mail).await.unwrap();
    }
    tx.commit(Actor::System, AuditEvent::new("test.mail", "")).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(round(&world, &Post::folder(folder.path().to_owned()).unwrap()).await, 3);
    for file in std::fs::read_dir(folder.path()).unwrap() {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        let (head, _) = text.split_once("\r\n\r\n").unwrap();
        assert!(!head.to_lowercase().lines().any(|line| line.starts_with("bcc")), "{head}");
        assert_eq!(head.lines().filter(|line| line.starts_with("To: ")).count(), 1, "{head}");
    }
}

#[tokio::test]
async fn the_confirming_mail_carries_a_link_and_nothing_of_what_was_typed() {
    let world = World::new(Backend::Sqlite).await;
    let form = usecases::signup::Form {
        office: "CANARYOFFICE".to_owned(),
        carrier: "CANARYCARRIER".to_owned(),
        regime: "KDG".to_owned(),
        street: "CANARYSTREET 1".to_owned(),
        postcode: "98765".to_owned(),
        town: "CANARYTOWN".to_owned(),
        email: "leitung@example.org".to_owned(),
        slug: "canaryslug".to_owned(),
    };
    usecases::signup::request(&world.house, &form, "test").await.unwrap();
    let mails = mail::claim(&world.house, Outbox::Platform).await.unwrap();
    let text = format!("{}\n{}", mails[0].mail.subject, mails[0].mail.body).to_lowercase();
    assert!(!text.contains("canary") && !text.contains("98765"), "{text}");
    assert!(text.contains("http://localhost/anmelden/bestaetigen/"));
}
