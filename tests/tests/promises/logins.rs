//! Row 3.9.

use std::sync::Arc;

use access::actions::{EditGroup, LogIn};
use access::{Permit, Role, Stage, anonymous_permit};
use crypto::token::{RecoveryCode, Token};
use domain::audit::AuditEvent;
use jiff::SignedDuration;
use testkit::{Answer, Backend, Office, Person, Server, World};
use web::Access;

/// Sends `count` half-finished logins of one person on at the same moment, each with the same code.
async fn all_at_once(
    server: &Server,
    office: &Office,
    person: &Person,
    count: usize,
    path: &str,
    code: &str,
) -> Vec<Answer> {
    let mut visitors = Vec::new();
    for _ in 0..count {
        visitors.push(server.with_session(office, &office.session(person, Stage::HalfIn).await));
    }
    let mut tasks = tokio::task::JoinSet::new();
    for visitor in visitors {
        let (path, code) = (path.to_owned(), code.to_owned());
        tasks.spawn(async move { visitor.post(&path, &[("code", &code)]).await });
    }
    tasks.join_all().await
}

/// The sessions that answers brought, each of which must be a whole one.
async fn sessions(world: &World, office: &Office, answers: &[Answer]) -> usize {
    let permit: Permit<LogIn> = anonymous_permit(office.id);
    let mut whole = 0;
    for answer in answers {
        let cookie =
            answer.headers.get("set-cookie").and_then(|line| line.to_str().ok()?.strip_prefix("__Host-session="));
        let Some(token) = cookie.and_then(|rest| rest.split(';').next()) else { continue };
        let hash = Token::parse(token).expect("a token").hash();
        let session = world.stores().look(&permit).await.expect("a look").session(&hash).await.expect("read");
        assert_eq!(session.expect("in force").session.stage, Stage::Full);
        whole += 1;
    }
    whole
}

async fn one_code_gives_one_session(backend: Backend) {
    let world = World::new(backend).await;
    let office = world.public_office("alpha").await;
    let server = Server::of(&world).await;
    let person = office.someone(Role::Staff).await;

    let code = person.code(world.house.clock().now());
    let answers = all_at_once(&server, &office, &person, 1_000, "/login/code", &code).await;
    assert_eq!(sessions(&world, &office, &answers).await, 1, "1,000 uses of one code");

    // Later in the same time step, and long after every throttle: still used up.
    let late = all_at_once(&server, &office, &person, 1, "/login/code", &code).await;
    assert_eq!(sessions(&world, &office, &late).await, 0);
    world.clock.advance(SignedDuration::from_hours(1));
    let next = person.code(world.house.clock().now());
    let answers = all_at_once(&server, &office, &person, 1, "/login/code", &next).await;
    assert_eq!(sessions(&world, &office, &answers).await, 1, "the next code works");
    world.clock.advance(-SignedDuration::from_secs(60));
    let older = person.code(world.house.clock().now());
    let answers = all_at_once(&server, &office, &person, 1, "/login/code", &older).await;
    assert_eq!(sessions(&world, &office, &answers).await, 0, "a code older than the last one used");

    world.clock.advance(SignedDuration::from_hours(1));
    let recovery = RecoveryCode::generate(world.ids());
    let tx = world.stores().begin(&office.lead::<EditGroup>()).await.expect("a transaction");
    tx.put_recovery_codes(person.user, &[recovery.hash(person.user)]).await.expect("kept");
    tx.commit(AuditEvent::new("test.recovery", person.user)).await.expect("committed");
    let text = recovery.to_text();
    let answers = all_at_once(&server, &office, &person, 20, "/login/notfallcode", text.as_str()).await;
    assert_eq!(sessions(&world, &office, &answers).await, 1, "20 uses of one recovery code");
    world.clock.advance(SignedDuration::from_hours(1));
    let answers = all_at_once(&server, &office, &person, 1, "/login/notfallcode", text.as_str()).await;
    assert_eq!(sessions(&world, &office, &answers).await, 0, "a used recovery code");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn p3_9_a_code_gives_one_session_however_often_it_is_used_at_once() {
    one_code_gives_one_session(Backend::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn p3_9_a_code_gives_one_session_however_often_it_is_used_at_once_on_postgresql() {
    one_code_gives_one_session(Backend::Postgres).await;
}

#[tokio::test]
async fn p3_9_without_the_second_factor_nothing_can_be_done() {
    let world = World::new(Backend::Sqlite).await;
    let office = world.public_office("alpha").await;
    let server = Arc::new(Server::of(&world).await);
    let person = office.someone(Role::Lead).await;
    let mut walked = 0;
    for (stage, goes_on) in [(Stage::HalfIn, "/login/code"), (Stage::Enrolling, "/login/einrichten")] {
        let visitor = server.with_session(&office, &office.session(&person, stage).await);
        assert_eq!(visitor.get(goes_on).await.status, 200, "the login itself goes on");
        for route in web::routes().table().0 {
            let (Access::Office(action) | Access::HalfIn(action)) = route.access else { continue };
            if action.policy().stages.contains(&stage) {
                continue;
            }
            let path = route.path.replace(['{', '}'], "");
            let answer = visitor.request(route.method.clone(), &path, Some(String::new())).await;
            assert_eq!(
                (answer.status.as_u16(), answer.location()),
                (303, goes_on),
                "{} {path} at {stage:?}",
                route.method
            );
            walked += 1;
        }
    }
    assert!(walked > 20, "{walked} routes");
}
