//! Logging in under load and under attack, and how long a login lasts.

use std::sync::Arc;
use std::time::Duration;

use access::{Role, Stage};
use jiff::SignedDuration;
use testkit::surgery::{Store, sql};
use testkit::{Answer, Backend, Office, Person, Program, Server, Settings, Visitor, World};

const SESSION: &str = "__Host-session";

async fn password(visitor: &Visitor, email: &str, password: &str) -> Answer {
    visitor.post("/login", &[("email", email), ("password", password)]).await
}

async fn all_the_way(world: &World, visitor: &Visitor, person: &Person) {
    let answer = password(visitor, &person.email, person.password).await;
    assert_eq!((answer.status.as_u16(), answer.location()), (303, "/login/code"), "{}", answer.text);
    let code = person.code(domain::Clock::now(&*world.clock));
    let answer = visitor.post("/login/code", &[("code", &code)]).await;
    assert_eq!(answer.status.as_u16(), 303, "{}", answer.text);
}

async fn office() -> (World, Office, Person, Server) {
    let world = World::new(Backend::Sqlite).await;
    let office = world.public_office("alpha").await;
    let person = office.someone(Role::Lead).await;
    let server = Server::of(&world).await;
    (world, office, person, server)
}

/// Whether this visitor is wholly logged in: log out is for those only. Uses a copy of the cookies.
async fn is_in(server: &Server, office: &Office, visitor: &Visitor) -> bool {
    let Some(session) = visitor.cookies().get(SESSION).cloned() else { return false };
    holds(server, office, &session).await
}

async fn holds(server: &Server, office: &Office, session: &str) -> bool {
    let answer = server.with_session(office, session).get("/login/code").await;
    // Whoever is in already is sent on; whoever is not is sent to the beginning.
    answer.location() == "/office"
}

#[tokio::test]
async fn unknown_and_known_people_are_answered_alike() {
    let (_world, office, person, server) = office().await;
    let unknown = person.email.replacen(char::is_alphanumeric, "x", 1);
    let mut answers = Vec::new();
    for email in [person.email.as_str(), unknown.as_str()] {
        let answer = password(&server.seeker(&office), email, "ganz-falsch-geraten").await;
        let headers: Vec<_> = answer.headers.keys().map(|name| name.as_str().to_owned()).collect();
        answers.push((answer.status, headers, answer.text.replace(email, "EMAIL")));
    }
    assert_eq!(answers[0].0.as_u16(), 422);
    assert_eq!(answers[0], answers[1]);
}

#[tokio::test]
async fn wrong_passwords_are_slowed_ever_more_and_never_lock_for_ever() {
    let (world, office, person, server) = office().await;
    let visitor = server.seeker(&office);
    let mut longest = 0_i64;
    let mut waits = Vec::new();
    for _ in 0..18 {
        // What it takes until the next try is heard.
        let mut waited = 0;
        loop {
            let answer = password(&visitor, &person.email, "ganz-falsch-geraten").await;
            match answer.status.as_u16() {
                422 => break,
                429 => {
                    let step = (waited / 4).max(1);
                    world.clock.advance(SignedDuration::from_secs(step));
                    waited += step;
                }
                other => panic!("{other}: {}", answer.text),
            }
        }
        waits.push(waited);
        longest = longest.max(waited);
    }
    assert!(waits[..5].iter().all(|wait| *wait == 0), "a few slips are free: {waits:?}");
    assert!(waits.windows(2).all(|pair| pair[1] >= pair[0] / 2), "{waits:?}");
    assert!(*waits.last().unwrap() >= 60 && longest <= 1_200, "grows, but not for ever: {waits:?}");
    // The owner comes in after the longest wait there is.
    world.clock.advance(SignedDuration::from_mins(15));
    all_the_way(&world, &visitor, &person).await;
    assert!(is_in(&server, &office, &visitor).await);
}

#[tokio::test]
async fn many_guesses_at_once_count_as_many() {
    let (_world, office, person, server) = office().await;
    let server = Arc::new(server);
    let tries: Vec<_> = (0..30)
        .map(|_| {
            let (visitor, email) = (server.seeker(&office), person.email.clone());
            tokio::spawn(async move { password(&visitor, &email, "ganz-falsch-geraten").await.status.as_u16() })
        })
        .collect();
    let mut heard = 0;
    for answer in tries {
        heard += usize::from(answer.await.unwrap() == 422);
    }
    assert!(heard <= 8, "{heard} guesses were judged before the throttle noticed");
}

#[tokio::test]
async fn a_login_ends_when_idle_and_after_half_a_day_and_when_asked() {
    let (world, office, person, server) = office().await;
    let visitor = server.seeker(&office);
    all_the_way(&world, &visitor, &person).await;
    assert!(is_in(&server, &office, &visitor).await);
    world.clock.advance(SignedDuration::from_mins(29));
    assert!(is_in(&server, &office, &visitor).await, "29 minutes are not too long");
    world.clock.advance(SignedDuration::from_mins(29));
    assert!(is_in(&server, &office, &visitor).await, "the request before counts");
    world.clock.advance(SignedDuration::from_mins(30));
    assert!(!is_in(&server, &office, &visitor).await, "30 idle minutes end it");

    all_the_way(&world, &visitor, &person).await;
    for _ in 0..35 {
        world.clock.advance(SignedDuration::from_mins(20));
        assert!(is_in(&server, &office, &visitor).await);
    }
    world.clock.advance(SignedDuration::from_mins(20));
    assert!(!is_in(&server, &office, &visitor).await, "12 hours end it, however busy one is");

    all_the_way(&world, &visitor, &person).await;
    let session = visitor.cookies()[SESSION].clone();
    let answer = visitor.post("/abmelden", &[]).await;
    assert!(answer.status.is_redirection(), "{}", answer.text);
    assert!(!visitor.cookies().contains_key(SESSION), "the cookie is taken back");
    assert!(!holds(&server, &office, &session).await, "and would be worth nothing");
}

#[tokio::test]
async fn the_session_changes_at_the_second_factor_and_a_code_counts_once() {
    let (world, office, person, server) = office().await;
    let visitor = server.seeker(&office);
    password(&visitor, &person.email, person.password).await;
    let half = visitor.cookies()[SESSION].clone();
    let other = server.seeker(&office);
    password(&other, &person.email, person.password).await;
    let code = person.code(domain::Clock::now(&*world.clock));
    let form = [("code", code.as_str())];
    let (one, two) = tokio::join!(visitor.post("/login/code", &form), other.post("/login/code", &form));
    let mut statuses = [one.status.as_u16(), two.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 422], "one code, one login: {}\n{}", one.text, two.text);
    let winner = if one.status.as_u16() == 303 { &visitor } else { &other };
    let whole = winner.cookies()[SESSION].clone();
    assert!(holds(&server, &office, &whole).await);
    assert_ne!(half, whole);
    assert!(!holds(&server, &office, &half).await, "the half session is over");
    let stored = sql(&world.config, Store::Tenant(office.id), "SELECT count(*) FROM sessions").await;
    assert_eq!(stored, ["2"], "one whole, and the half one of whoever lost");
    // A half session opens nothing but the second step.
    let half = office.session(&person, Stage::HalfIn).await;
    assert!(!holds(&server, &office, &half).await);
    world.clock.advance(SignedDuration::from_mins(10));
    let late = server.with_session(&office, &half).get("/login/code").await;
    assert!(late.location().starts_with("/login?"), "a half session lasts ten minutes: {:?}", late.headers);
}

#[tokio::test]
async fn fifty_logins_at_once_leave_the_machine_its_memory() {
    let world = World::new(Backend::Sqlite).await;
    let office = world.public_office("alpha").await;
    let person = office.someone(Role::Lead).await;
    let program = Program::serving(&["serve"], &Settings::of(&world)).await;
    let visitor = || Visitor::at(program.address, "alpha.localhost");
    assert_eq!(visitor().get("/").await.status.as_u16(), 200);
    let before = program.memory("VmRSS");
    let tries: Vec<_> = (0..50)
        .map(|number| {
            let (visitor, email) = (visitor(), person.email.clone());
            let typed = if number % 10 == 0 { "ganz-falsch-geraten" } else { person.password };
            tokio::spawn(async move { (typed, password(&visitor, &email, typed).await) })
        })
        .collect();
    let mut right = 0;
    for answer in tries {
        let (typed, answer) = answer.await.unwrap();
        match answer.status.as_u16() {
            303 if typed == person.password => right += 1,
            422 if typed != person.password => {}
            503 | 429 => assert!(answer.headers.contains_key("retry-after"), "{}", answer.text),
            other => panic!("{typed}: {other}: {}", answer.text),
        }
    }
    let most = program.memory("VmHWM");
    println!("{right} let in; {before} KiB before, at most {most} KiB");
    assert!(right > 0);
    assert!(most - before < 250 * 1024, "from {before} KiB to {most} KiB");
    // Normal right after.
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert_eq!(visitor().get("/").await.status.as_u16(), 200);
}
