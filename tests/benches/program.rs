//! The real program, built for release, with one office and with a thousand: its memory, its start, the CPU a page costs, and
//! how it fares under more load than it can serve.
//!
//! Everything runs on one machine, the load beside the program; what is compared is measured in one run. The goals stand
//! in `docs/src/benchmarks.md`.

#![allow(clippy::expect_used, missing_docs, reason = "a measurement that cannot be set up stops")]

use std::time::{Duration, Instant};

use access::Role;
use access::actions::CreateGroup;
use domain::audit::AuditEvent;
use domain::{Field, Group, Item, Schedule, Slug, Source, Status, Value, Venue};
use storage::tenant::bulk::NewGroup;
use testkit::{Backend, Load, Office, Program, Settings, World};

const ROUND: Duration = Duration::from_secs(4);
const OFFICES: usize = 1_000;

#[tokio::main]
async fn main() {
    let world = World::new(Backend::Sqlite).await;
    for slug in ["eins", "zwei"] {
        fill(&world.public_office(slug).await, 300).await;
    }
    let settings = Settings::of(&world).with("AMPELHAUS_DEMO", "false").with("AMPELHAUS_BASE_DOMAIN", "localhost");
    let program = Program::serving(&[], &settings).await;
    let few = program.memory("VmRSS");
    println!("two offices: {} MiB after the start", few / 1024);
    let load =
        |slug: &str, connections| Load { address: program.address, host: format!("{slug}.localhost"), connections };
    if std::env::args().all(|argument| argument != "thousand") {
        cpu(&program, &load("eins", 1)).await;
        overload(&load("eins", 64), &load("eins", 1)).await;
        neighbours(load("eins", 64), load("zwei", 2)).await;
        println!("two offices: {} MiB after all this", program.memory("VmRSS") / 1024);
    }
    program.kill();

    for number in 2..OFFICES {
        world.public_office(&format!("amt-{number}")).await;
    }
    let begun = Instant::now();
    let program = Program::serving(&[], &settings).await;
    println!("{OFFICES} offices: started in {:.2?}", begun.elapsed());
    tokio::time::sleep(Duration::from_secs(90)).await;
    let many = program.memory("VmRSS");
    println!("{OFFICES} offices: {} MiB, {} MiB more than two", many / 1024, many.saturating_sub(few) / 1024);
    for number in 2..OFFICES {
        let host = format!("amt-{number}.localhost");
        Load { address: program.address, host, connections: 1 }.once("/").await;
    }
    tokio::time::sleep(Duration::from_secs(90)).await;
    println!("{OFFICES} offices, each looked at once: {} MiB", program.memory("VmRSS") / 1024);
}

/// CPU time of one process in milliseconds.
fn cpu_time(program: &Program) -> f64 {
    let stat = std::fs::read_to_string(format!("/proc/{}/stat", program.id())).expect("it runs");
    let after_name = stat.rsplit(')').next().expect("a line");
    let fields: Vec<&str> = after_name.split_whitespace().collect();
    let ticks: f64 = fields[11..13].iter().map(|ticks| ticks.parse::<f64>().expect("a number")).sum();
    // USER_HZ is 100 on every Linux.
    ticks * 10.0
}

/// What is asked for, and the address of the nth request.
type Kind = (&'static str, fn(usize) -> String);

async fn cpu(program: &Program, one: &Load) {
    let kinds: [Kind; 4] = [
        ("list page", |_| "/".to_owned()),
        ("group page", |number| format!("/gruppen/gruppe-{}", number % 300)),
        ("search page never seen before", |number| format!("/?suche=krebs{number}+nachsorge")),
        ("filter page never seen before", |number| format!("/?ort=0{}&umkreis=25&offen=ja", 4_000 + number % 5_000)),
    ];
    for (what, path) in kinds {
        let before = cpu_time(program);
        let round = one.run(ROUND, path).await;
        let each = (cpu_time(program) - before) / (round.per_second * ROUND.as_secs_f64());
        println!("{what}: {each:.3} ms of CPU each ({:.0}/s on one connection)", round.per_second);
    }
}

async fn overload(many: &Load, one: &Load) {
    let quiet = one.run(ROUND, |number| format!("/?suche=ruhig{number}")).await;
    let round = many.run(ROUND, |number| format!("/?suche=angst{number}+und+depresion")).await;
    println!(
        "64 connections on search pages never seen before: {:.0}/s, p50 {:.1?}, p99 {:.1?}, {} answered 503",
        round.per_second,
        round.percentile(0.5),
        round.percentile(0.99),
        round.busy,
    );
    let after = one.run(Duration::from_secs(1), |number| format!("/?suche=danach{number}")).await;
    println!(
        "one connection before it p99 {:.2?}, in the second after it p99 {:.2?}",
        quiet.percentile(0.99),
        after.percentile(0.99)
    );
}

async fn neighbours(busy: Load, other: Load) {
    let round = |number: usize| format!("/gruppen/gruppe-{}", number % 300);
    let alone = other.run(ROUND, round).await;
    // In a thread of its own: the visitor of the other office is not to wait for those who make the load.
    let load = std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(busy.run(ROUND + ROUND / 2, |number| format!("/?suche=last{number}+gruppe")))
    });
    tokio::time::sleep(ROUND / 4).await;
    let beside = other.run(ROUND, round).await;
    let load = load.join().expect("the load ends");
    println!(
        "an office beside one under full load ({:.0}/s, p99 {:.1?}, {} answered 503): p50 {:.2?} instead of {:.2?}, p99 {:.2?} instead of {:.2?}",
        load.per_second,
        load.percentile(0.99),
        load.busy,
        beside.percentile(0.5),
        alone.percentile(0.5),
        beside.percentile(0.99),
        alone.percentile(0.99),
    );
}

const TOPICS: [&str; 8] =
    ["Depression", "Angst", "Krebs", "Diabetes", "Alkohol", "Trauer", "Parkinson", "Pflegende Angehörige"];

async fn fill(office: &Office, count: usize) {
    let tx = office.house.stores().begin(&office.permit::<CreateGroup>(Role::Staff)).await.expect("a transaction");
    let mut groups = Vec::new();
    for number in 0..count {
        let topic = TOPICS[number % TOPICS.len()];
        let venue = Venue { postcode: "04177".into(), town: "Leipzig".into(), ..Venue::default() };
        let summary =
            format!("Wir treffen uns seit {} Jahren und reden über {topic}, Alltag und Mut.", 1 + number % 30);
        let values = [
            (Field::Name, Value::Text(format!("{topic}: Gruppe {number} im Haus der Vielen {}", number * 7 % 1_000))),
            (Field::Topic, Value::Text(topic.to_owned())),
            (Field::Summary, Value::Text(summary)),
            (Field::Meetings, Value::Meetings(Schedule::parse_german("1. und 3. Mittwoch im Monat, 18.30 Uhr"))),
            (Field::AcceptsNew, Value::Choice("yes".into())),
            (Field::Venue, Value::Venue(venue)),
        ];
        let items = values.into_iter().map(|(field, value)| Item::new(tx.ids().next(), field, value, Source::Staff));
        let group = Group {
            id: tx.ids().next(),
            slug: Slug::parse(&format!("gruppe-{number}")).expect("a slug"),
            status: Status::Active,
            version: 1,
            items: items.collect(),
            people: Vec::new(),
        };
        groups.push(NewGroup { group, notes: Vec::new() });
    }
    tx.insert_groups(&groups, &[], "created").await.expect("groups");
    tx.commit(AuditEvent::new("group.created", "")).await.expect("committed");
}
