//! The operator's command that starts the way back for a sole lead.

use access::actions::DecideAccess;
use access::{Role, Stage, authorize};
use testkit::surgery::{Store, sql};
use testkit::{Backend, Settings, World, program};
use usecases::people::recovery;

async fn it_starts_with_the_share_only(backend: Backend) {
    let world = World::new(backend).await;
    let office = world.office("alpha").await;
    let lead = office.someone(Role::Lead).await;
    let session = office.session(&lead, Stage::Full).await;
    let principal = office.house.principal(&office.slug, &session).await.unwrap().unwrap();
    let decide = authorize::<DecideAccess>(&principal).unwrap();
    let share = recovery::make_share(&decide, &office.house).await.unwrap();
    recovery::test_share(&decide, &office.house, &share[share.len() - 9..]).await.unwrap();
    let settings = Settings::of(&world);
    let recover = |share: &str, check: &str| {
        let arguments =
            ["recover", "--tenant", "alpha", "--user", &lead.email, "--share", share, "--identity-check", check];
        let output = program::run(&arguments, &settings);
        (output.status.success(), program::said(&output))
    };
    let losses = async || {
        sql(&world.config, Store::Tenant(office.id), "SELECT CAST(count(*) AS text) FROM factor_losses").await.remove(0)
    };
    let check = "Videoanruf mit Ausweis";
    let (started, said) = recover("0000-0000-0000-0000-0000-0000", check);
    assert!(!started && said.contains("wrong-share"), "{said}");
    let (started, said) = recover(&share, "ok");
    assert!(!started && said.contains("identity-check"), "{said}");
    assert_eq!(losses().await, "0");
    let (started, said) = recover(&share, check);
    assert!(started && said.contains("can stop it until"), "{said}");
    assert!(!said.contains(share.as_str()) && !said.contains(&lead.email), "{said}");
    assert_eq!(losses().await, "1");
}

#[tokio::test]
async fn the_way_back_starts_with_the_share_only_on_sqlite() {
    it_starts_with_the_share_only(Backend::Sqlite).await;
}

#[tokio::test]
async fn the_way_back_starts_with_the_share_only_on_postgresql() {
    it_starts_with_the_share_only(Backend::Postgres).await;
}
