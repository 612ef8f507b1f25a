//! The log: what is read is filtered and itself recorded; whoever writes into the database is found out.
#![allow(clippy::unwrap_used, reason = "a test that cannot be set up fails")]

use access::actions::{EditOfficeProfile, ExportAudit, PublishOffice, ReadAudit};
use access::{Permit, Principal, Role, Stage, authorize};
use domain::office::Visibility;
use sea_orm::{ConnectionTrait, Database, DatabaseConnection};
use testkit::{Backend, Office, World};
use usecases::audit::{self, ActorName, Filter, ObjectName, PAGE, Who};
use usecases::office::profile::Texts;
use usecases::office::{self, Change};

/// Something that leaves an entry.
async fn act(office: &Office, number: usize) {
    let texts = Texts { imprint: format!("Impressum {number}"), privacy: "Hinweise".to_owned(), notice: String::new() };
    office::save_profile(&office.lead::<EditOfficeProfile>(), &office.house, Change::Texts(texts)).await.unwrap();
}

async fn office_with_entries(world: &World, entries: usize) -> Office {
    let office = world.office("alpha").await;
    for number in 0..entries {
        act(&office, number).await;
    }
    office
}

/// Someone who can write the office's database but holds no key.
async fn intruder(world: &World, office: &Office) -> DatabaseConnection {
    let file = world.folder.path().join("data").join("tenants").join(format!("{}.db", office.id));
    Database::connect(format!("sqlite://{}?mode=rw", file.display())).await.unwrap()
}

async fn write(world: &World, office: &Office, sql: &str) {
    let database = intruder(world, office).await;
    let done = database.execute_unprepared(sql).await.unwrap();
    assert!(done.rows_affected() > 0, "{sql}");
    database.close().await.unwrap();
}

async fn verdict(office: &Office) -> Result<u64, String> {
    audit::verify(&office.house, office.id).await.unwrap().outcome
}

#[tokio::test]
async fn a_log_nobody_touched_is_whole() {
    let world = World::new(Backend::Sqlite).await;
    let office = office_with_entries(&world, 5).await;
    world.office("beta").await;
    assert_eq!(verdict(&office).await, Ok(5));
    let reports = audit::verify_all(&world.house).await.unwrap();
    assert_eq!(reports.len(), 2);
    assert!(reports.iter().all(audit::Report::is_whole));
}

#[tokio::test]
async fn a_changed_entry_is_found() {
    for column in ["action = 'office.offline'", "actor = 'system'", "at = at + 1", "object = ''", "details = x'00'"] {
        let world = World::new(Backend::Sqlite).await;
        let office = office_with_entries(&world, 5).await;
        assert_eq!(verdict(&office).await, Ok(5));
        write(&world, &office, &format!("UPDATE audit SET {column} WHERE seq = 3")).await;
        assert_eq!(verdict(&office).await, Err("event 3 was changed".to_owned()), "{column}");
    }
}

#[tokio::test]
async fn details_moved_from_another_entry_are_found() {
    let world = World::new(Backend::Sqlite).await;
    let office = office_with_entries(&world, 5).await;
    write(&world, &office, "UPDATE audit SET details = (SELECT details FROM audit WHERE seq = 4) WHERE seq = 2").await;
    assert_eq!(verdict(&office).await, Err("event 2 was changed".to_owned()));
}

#[tokio::test]
async fn an_entry_removed_from_the_middle_is_found() {
    let world = World::new(Backend::Sqlite).await;
    let office = office_with_entries(&world, 5).await;
    write(&world, &office, "DELETE FROM audit WHERE seq = 3").await;
    assert_eq!(verdict(&office).await, Err("event 3 is missing, 4 follows".to_owned()));
    // Closing the gap by renumbering does not help.
    write(&world, &office, "UPDATE audit SET seq = seq - 1 WHERE seq > 3").await;
    assert_eq!(verdict(&office).await, Err("event 3 was changed".to_owned()));
}

#[tokio::test]
async fn a_cut_end_is_found_also_after_the_log_has_grown_again() {
    let world = World::new(Backend::Sqlite).await;
    let office = office_with_entries(&world, 6).await;
    write(&world, &office, "DELETE FROM audit WHERE seq > 4").await;
    assert!(verdict(&office).await.unwrap_err().contains("event 6 is known from elsewhere"));
    for number in 100..105 {
        act(&office, number).await;
        let found = verdict(&office).await.unwrap_err();
        assert!(found.contains("event 6 is known from elsewhere"), "{found}");
    }
    write(&world, &office, "DELETE FROM audit").await;
    assert!(verdict(&office).await.is_err());
}

#[tokio::test]
async fn a_chain_recomputed_without_the_key_is_found() {
    let world = World::new(Backend::Sqlite).await;
    let office = office_with_entries(&world, 6).await;
    // A writer who knows how the chain is made, but has to make up the key: every link from entry 3 on is new.
    let links: String = (3..=6)
        .map(|seq| format!("WHEN {seq} THEN x'{}'", format!("{seq:02x}").repeat(32)))
        .collect::<Vec<_>>()
        .join(" ");
    write(
        &world,
        &office,
        &format!("UPDATE audit SET action = 'office.offline', mac = CASE seq {links} END WHERE seq >= 3"),
    )
    .await;
    assert_eq!(verdict(&office).await, Err("event 3 was changed".to_owned()));
}

#[tokio::test]
async fn an_entry_added_by_hand_is_found() {
    let world = World::new(Backend::Sqlite).await;
    let office = office_with_entries(&world, 3).await;
    write(
        &world,
        &office,
        "INSERT INTO audit SELECT 4, at, actor, action, object, details, key_version, mac FROM audit WHERE seq = 3",
    )
    .await;
    assert_eq!(verdict(&office).await, Err("event 4 was changed".to_owned()));
}

fn as_someone<A: access::Action>(office: &Office, user: domain::UserId) -> Permit<A> {
    authorize(&Principal::new(office.id, user, Role::Lead, Stage::Full)).unwrap()
}

#[tokio::test]
async fn the_log_names_people_is_filtered_and_records_its_readers() {
    let world = World::new(Backend::Sqlite).await;
    let office = office_with_entries(&world, 2).await;
    let lead = office.someone(Role::Lead).await;
    office.set_visibility(Visibility::Trial).await;
    office::take_offline(&as_someone::<PublishOffice>(&office, lead.user), &office.house).await.unwrap();

    let permit = as_someone::<ReadAudit>(&office, lead.user);
    let page = audit::read(&permit, &office.house, &Filter::default()).await.unwrap();
    let newest = &page.lines[0];
    assert_eq!((newest.action.as_str(), &newest.object), ("office.offline", &ObjectName::None));
    assert_eq!(newest.actor, ActorName::User("lead alpha".to_owned()));
    assert!(page.lines.iter().any(|line| matches!(line.actor, ActorName::Gone(_))));
    assert_eq!(page.next, None);

    // One entry for the page that was read.
    let again = audit::read(&permit, &office.house, &Filter::default()).await.unwrap();
    assert_eq!((again.lines.len(), again.lines[0].action.as_str()), (page.lines.len() + 1, "audit.read"));

    let only = |filter: Filter| {
        let (office, permit) = (office.clone(), as_someone::<ReadAudit>(&office, lead.user));
        async move { audit::read(&permit, &office.house, &filter).await.unwrap().lines }
    };
    let topic = only(Filter { topic: Some("office".to_owned()), ..Filter::default() }).await;
    assert!(topic.len() == 3 && topic.iter().all(|line| line.action.starts_with("office.")), "{topic:?}");
    let who = only(Filter { who: Some(Who::Operator), ..Filter::default() }).await;
    assert!(!who.is_empty() && who.iter().all(|line| line.actor == ActorName::Operator));
    let object = only(Filter { object: Some(lead.user.to_string()), ..Filter::default() }).await;
    assert_eq!(
        object.iter().map(|line| &line.object).collect::<Vec<_>>(),
        [&ObjectName::User("lead alpha".to_owned())]
    );
    let today = jiff::civil::date(2026, 11, 22);
    assert!(only(Filter { until: today.yesterday().ok(), ..Filter::default() }).await.is_empty());
    assert!(!only(Filter { from: Some(today), until: Some(today), ..Filter::default() }).await.is_empty());
    assert!(only(Filter { from: today.tomorrow().ok(), ..Filter::default() }).await.is_empty());
}

#[tokio::test]
async fn pages_and_the_export_leave_nothing_out() {
    let world = World::new(Backend::Sqlite).await;
    let office = office_with_entries(&world, PAGE + 7).await;
    let topic = Some("office".to_owned());
    let mut filter = Filter { topic: topic.clone(), ..Filter::default() };
    let mut seen = Vec::new();
    loop {
        let page = audit::read(&office.lead::<ReadAudit>(), &office.house, &filter).await.unwrap();
        seen.extend(page.lines.iter().map(|line| line.seq));
        filter.before = page.next;
        if page.next.is_none() {
            break;
        }
    }
    let expected: Vec<i64> = (1..=i64::try_from(PAGE + 7).unwrap()).rev().collect();
    assert_eq!(seen, expected);
    let filter = Filter { topic, ..Filter::default() };
    let all = audit::export(&office.lead::<ExportAudit>(), &office.house, &filter).await.unwrap();
    assert_eq!(all.iter().map(|line| line.seq).collect::<Vec<_>>(), expected);
    let page = audit::read(&office.lead::<ReadAudit>(), &office.house, &Filter::default()).await.unwrap();
    assert_eq!(page.lines[0].action, "audit.exported");
}
