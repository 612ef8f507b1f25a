//! No room left for what is written: people are told, nothing is half done, and with room again all goes on without a restart.

use std::process::Command;

use access::actions::{ListGroups, VerifyAudit};
use access::{Role, Stage};
use testkit::{Backend, Program, Settings, Visitor, World};

/// No file of this process may grow beyond so many bytes.
fn limit(program: &Program, bytes: &str) {
    let status = Command::new("prlimit")
        .args(["--pid", &program.id().to_string(), &format!("--fsize={bytes}:unlimited")])
        .status()
        .expect("prlimit can be run");
    assert!(status.success());
}

#[tokio::test]
async fn with_no_room_left_changes_are_refused_whole_and_later_all_goes_on() {
    let world = World::new(Backend::Sqlite).await;
    let office = world.public_office("alpha").await;
    let lead = office.someone(Role::Lead).await;
    // The program has the machine's clock.
    let beginning = domain::Clock::now(&domain::SystemClock).duration_since(testkit::world::BEGINNING);
    world.clock.advance(beginning);
    let session = office.session(&lead, Stage::Full).await;
    let program = Program::serving(&["serve"], &Settings::of(&world)).await;
    let staff = Visitor::at(program.address, "alpha.localhost");
    staff.set_cookie("__Host-session", &session);
    let add =
        async |name: &str| staff.post("/office/gruppen/neu", &[("name-0", name), ("name-0-light", "green")]).await;
    let names = async || -> Vec<String> {
        let tx = world.stores().look(&office.lead::<ListGroups>()).await.unwrap();
        let groups = tx.group_summaries(&[domain::Field::Name]).await.unwrap();
        groups.iter().flat_map(|group| group.items.iter().map(|item| item.value.plain())).collect()
    };
    assert_eq!(add("vorher").await.status.as_u16(), 303);

    // Room for a little at first, then for nothing: a change can break off anywhere.
    let mut kept = vec!["vorher".to_owned()];
    let mut refused = 0;
    for (round, room) in ["400000", "200000", "100000", "60000", "30000", "8192", "0"].into_iter().enumerate() {
        limit(&program, room);
        for number in 0..6 {
            let name = format!("gruppe-{round}-{number}");
            let answer = add(&name).await;
            match answer.status.as_u16() {
                303 => kept.push(name),
                500 | 503 => {
                    assert!(answer.text.contains("<h1"), "{}", answer.text);
                    refused += 1;
                }
                other => panic!("{other}: {}", answer.text),
            }
        }
        // Who only reads notices nothing.
        let page = Visitor::at(program.address, "alpha.localhost").get("/").await;
        assert_eq!(page.status.as_u16(), 200, "with room for {room} bytes");
    }
    assert!(refused >= 6, "only {refused} were refused");
    limit(&program, "unlimited");
    assert_eq!(add("nachher").await.status.as_u16(), 303, "no restart is needed: {}", program.said());
    kept.push("nachher".to_owned());
    let mut found = names().await;
    found.sort();
    kept.sort();
    assert_eq!(found, kept);
    let permit = access::operator_permit::<VerifyAudit>(office.id);
    world.stores().verify_audit(&permit).await.unwrap().unwrap();
    let whole = testkit::surgery::sql(
        &world.config,
        testkit::surgery::Store::Tenant(office.id),
        "SELECT * FROM pragma_integrity_check",
    )
    .await;
    assert_eq!(whole, ["ok"]);
}
