//! Units of work that are dropped at any moment: nobody inherits an open transaction, nothing acknowledged is lost, nothing is half done.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test ends where something is not as it must be")]

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::{Duration, Instant};

use access::actions::{CreateGroup, VerifyAudit};
use access::{Permit, operator_permit};
use domain::audit::AuditEvent;
use storage::{StoreConfig, Stores};
use testkit::surgery::{Store, sql, superuser_url};
use testkit::{Backend, Office, World, postgres};

const CANCELLATIONS: usize = 10_000;
const WORKERS: usize = 4;

/// Reproducible, and good enough to choose moments with.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound.max(1)
    }
}

/// Two rows that belong together, and the audit entry.
async fn work(stores: &Stores, office: &Office, key: &str) -> storage::Result<()> {
    let tx = stores.begin(&office.lead::<CreateGroup>()).await?;
    tx.put_setting(&format!("first-{key}"), &key).await?;
    tx.put_setting(&format!("second-{key}"), &key).await?;
    tx.commit(AuditEvent::new("test.work", key)).await
}

#[derive(Default)]
struct Told {
    acknowledged: BTreeSet<String>,
    begun: usize,
    cancelled: usize,
}

/// Works until it was cancelled `goal` times.
async fn cancel_often(stores: Stores, office: Office, worker: usize, goal: usize) -> Told {
    let mut dice = Dice(worker as u64 + 7);
    let mut told = Told::default();
    // As long as a unit of work took lately, so that the moments spread over all of it, whatever the machine.
    let mut usual = Duration::from_millis(5);
    while told.cancelled < goal {
        told.begun += 1;
        let key = format!("{worker}-{}", told.begun);
        let began = Instant::now();
        let patience = Duration::from_micros(dice.below(u64::try_from(usual.as_micros()).unwrap()));
        match tokio::time::timeout(patience, work(&stores, &office, &key)).await {
            Ok(Ok(())) => {
                told.acknowledged.insert(key);
                usual = (usual * 7 + began.elapsed() * 3 / 2) / 8;
            }
            Ok(Err(error)) => panic!("a unit of work failed: {error:?}"),
            Err(_) => {
                told.cancelled += 1;
                // Grows again if hardly anything comes to its end.
                usual = (usual + usual / 60).min(Duration::from_millis(40));
            }
        }
        // Every now and then someone who takes their time borrows what was given back.
        if told.begun.is_multiple_of(10) {
            let key = format!("{worker}-{}-calm", told.begun);
            work(&stores, &office, &key).await.expect("the next one is not disturbed");
            told.acknowledged.insert(key);
        }
    }
    told
}

async fn nothing_is_lost_or_half_done(backend: Backend) {
    let world = World::new(backend).await;
    let office = world.office("alpha").await;
    let neighbour = world.office("beta").await;
    let began = Instant::now();
    let workers: Vec<_> = (0..WORKERS)
        .map(|worker| {
            let office = if worker % 2 == 0 { office.clone() } else { neighbour.clone() };
            let work = cancel_often(world.stores().clone(), office.clone(), worker, CANCELLATIONS / WORKERS);
            (office, tokio::spawn(work))
        })
        .collect();
    let mut told = Vec::new();
    for (office, worker) in workers {
        told.push((office, worker.await.unwrap()));
    }
    let total = |count: fn(&Told) -> usize| told.iter().map(|(_, told)| count(told)).sum::<usize>();
    let (begun, cancelled, acknowledged) =
        (total(|t| t.begun), total(|t| t.cancelled), total(|t| t.acknowledged.len()));
    println!("{begun} begun, {cancelled} cancelled, {acknowledged} acknowledged in {:.1?}", began.elapsed());
    assert!(cancelled >= CANCELLATIONS && acknowledged > CANCELLATIONS / 20);

    nobody_holds_a_transaction(&world, &office).await;
    for office in [&office, &neighbour] {
        let keys = sql(&world.config, Store::Tenant(office.id), "SELECT key FROM settings").await;
        let keys: BTreeSet<String> = keys.into_iter().collect();
        let there = |half: &str| keys.iter().filter_map(|key| key.strip_prefix(half)).collect::<BTreeSet<_>>();
        let (first, second) = (there("first-"), there("second-"));
        assert_eq!(first, second, "a unit of work is there by half");
        let audited = sql(&world.config, Store::Tenant(office.id), "SELECT object FROM audit").await;
        let audited: BTreeSet<&str> = audited.iter().map(String::as_str).filter(|object| !object.is_empty()).collect();
        assert_eq!(first, audited, "acts and their audit entries go together");
        for (_, told) in told.iter().filter(|(of, _)| of.id == office.id) {
            let lost: Vec<_> = told.acknowledged.iter().filter(|key| !first.contains(key.as_str())).collect();
            assert!(lost.is_empty(), "acknowledged and lost: {lost:?}");
        }
        let permit: Permit<VerifyAudit> = operator_permit(office.id);
        world.stores().verify_audit(&permit).await.unwrap().unwrap();
    }
}

/// Whatever was cancelled has been rolled back, and the next writer does not wait.
async fn nobody_holds_a_transaction(world: &World, office: &Office) {
    match &world.config {
        StoreConfig::Sqlite { .. } => {
            let began = Instant::now();
            sql(&world.config, Store::Tenant(office.id), "BEGIN IMMEDIATE; ROLLBACK").await;
            assert!(began.elapsed() < Duration::from_secs(2), "someone holds the write lock");
        }
        StoreConfig::Postgres(_) => {
            let database = format!("t_{}", office.id);
            let query = format!(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = '{database}' AND state LIKE 'idle in transaction%'"
            );
            let deadline = Instant::now() + Duration::from_secs(2);
            let url = superuser_url(&world.config, Store::Platform);
            loop {
                let answer = postgres::psql(&url, &query);
                if String::from_utf8_lossy(&answer.stdout).trim() == "0" {
                    return;
                }
                assert!(Instant::now() < deadline, "a transaction is left open");
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_thousand_cancelled_units_of_work_lose_nothing_on_sqlite() {
    nothing_is_lost_or_half_done(Backend::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_thousand_cancelled_units_of_work_lose_nothing_on_postgresql() {
    nothing_is_lost_or_half_done(Backend::Postgres).await;
}

/// The same for the platform's store, where sign-ups and mail are.
async fn a_cancelled_look_leaves_nothing_to_the_next_borrower(backend: Backend) {
    let world = Arc::new(World::new(backend).await);
    let mut dice = Dice(99);
    for round in 0..500 {
        let patience = Duration::from_micros(dice.below(1_500));
        let _cancelled = tokio::time::timeout(patience, async {
            let tx = world.stores().platform().await.unwrap();
            tx.commit(domain::audit::Actor::System, AuditEvent::new("test.cancelled", round)).await
        })
        .await;
    }
    let tx = world.stores().platform().await.unwrap();
    tx.commit(domain::audit::Actor::System, AuditEvent::new("test.last", "")).await.unwrap();
    let last = sql(&world.config, Store::Platform, "SELECT action FROM audit ORDER BY seq DESC LIMIT 1").await;
    assert_eq!(last, ["test.last"]);
}

#[tokio::test]
async fn a_cancelled_look_leaves_nothing_to_the_next_borrower_on_sqlite() {
    a_cancelled_look_leaves_nothing_to_the_next_borrower(Backend::Sqlite).await;
}

#[tokio::test]
async fn a_cancelled_look_leaves_nothing_to_the_next_borrower_on_postgresql() {
    a_cancelled_look_leaves_nothing_to_the_next_borrower(Backend::Postgres).await;
}
