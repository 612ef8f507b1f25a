//! People who close the page midway: what was answered is there, what was begun comes to its end, nothing hangs.

use std::time::Duration;

use access::Role;
use access::actions::VerifyAudit;
use testkit::surgery::{Store, sql};
use testkit::{Backend, Server, World};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

async fn dropped_requests_lose_nothing(backend: Backend) {
    const REQUESTS: u64 = 1_500;
    let world = World::new(backend).await;
    let office = world.public_office("alpha").await;
    let lead = office.someone(Role::Lead).await;
    let session = office.session(&lead, access::Stage::Full).await;
    let server = Server::of(&world).await;
    let staff = server.with_session(&office, &session);
    let made = staff.post("/office/gruppen/neu", &[("name-0", "Lichtblick"), ("name-0-light", "green")]).await;
    assert_eq!(made.status.as_u16(), 303, "{}", made.text);
    let (group, _) = made.location().split_once('?').unwrap();

    let mut dice = 12_345_u64;
    let mut answered = 0;
    let mut usual = 20_000;
    for number in 0..REQUESTS {
        dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let patience = Duration::from_micros((dice >> 33) % usual);
        let body = format!("note=n{number}");
        let request = format!(
            "POST {group}/notizen HTTP/1.1\r\nHost: alpha.localhost:{}\r\nCookie: __Host-session={session}\r\nContent-Length: \
             {}\r\nContent-Type: application/x-www-form-urlencoded\r\nConnection: close\r\n\r\n{body}",
            server.address.port(),
            body.len()
        );
        let began = std::time::Instant::now();
        let talk = async {
            let mut stream = TcpStream::connect(server.address).await.unwrap();
            stream.write_all(request.as_bytes()).await.unwrap();
            let mut answer = [0_u8; 12];
            stream.read_exact(&mut answer).await.unwrap();
            answer
        };
        if let Ok(answer) = tokio::time::timeout(patience, talk).await {
            assert_eq!(&answer, b"HTTP/1.1 303");
            answered += 1;
            usual = (usual * 7 + u64::try_from(began.elapsed().as_micros()).unwrap() * 3 / 2) / 8;
        } else {
            usual = (usual + usual / 40).min(100_000);
        }
    }
    // Nobody waits for what was left behind.
    let page = staff.get(group).await;
    assert_eq!(page.status.as_u16(), 200);
    assert!(page.text.contains("Lichtblick"));
    let count =
        async |query: &str| -> u64 { sql(&world.config, Store::Tenant(office.id), query).await[0].parse().unwrap() };
    let mut before = 0;
    // What was begun comes to its end.
    loop {
        let now = count("SELECT count(*) FROM notes").await;
        if now == before {
            break;
        }
        before = now;
        tokio::time::sleep(Duration::from_millis(300)).await;
    }
    println!("{REQUESTS} requests, {answered} answered, {before} notes");
    assert!(answered > 50 && answered < REQUESTS - 50, "{answered} answered: nothing was tested");
    assert!(before >= answered, "{answered} were told that their note is kept, {before} are");
    let audited = count("SELECT count(*) FROM audit WHERE action LIKE 'note.%'").await;
    assert_eq!(audited, before, "notes and their audit entries go together");
    let permit = access::operator_permit::<VerifyAudit>(office.id);
    world.stores().verify_audit(&permit).await.unwrap().unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn dropped_requests_lose_nothing_on_sqlite() {
    dropped_requests_lose_nothing(Backend::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn dropped_requests_lose_nothing_on_postgresql() {
    dropped_requests_lose_nothing(Backend::Postgres).await;
}
