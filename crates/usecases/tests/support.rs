//! The operator's support in an office: only by grant, only for its time, seen by all, gone with one click.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot be set up fails")]

use access::actions::{EndSupport, EnterAsSupport, GrantSupport, ReadSupport};
use access::{Right, Role, anonymous_permit};
use domain::UserId;
use domain::audit::Actor;
use jiff::SignedDuration;
use storage::AuditFilter;
use testkit::{Backend, Office, World};
use usecases::account::Caller;
use usecases::support::{enter, grant};
use usecases::{Error, House};

const CALLER: Caller<'static> =
    Caller { network: "192.0.2.1", device: "Firefox, Linux", known: None, session: None, country: None };
const KIM: &str = "kim@betrieb.example";

fn form(operator: &str, hours: &str, rights: &[&str]) -> grant::Form {
    grant::Form {
        operator: operator.to_owned(),
        reason: "Das Einlesen stockt.".to_owned(),
        hours: hours.to_owned(),
        rights: rights.iter().map(|right| (*right).to_owned()).collect(),
    }
}

async fn let_in(office: &Office, house: &House, hours: &str, rights: &[&str]) -> UserId {
    let kim = enter::operators(house).await.unwrap()[0].id.to_string();
    grant::grant(&office.lead::<GrantSupport>(), house, &form(&kim, hours, rights)).await.unwrap();
    grant::grants(&office.lead::<ReadSupport>(), house).await.unwrap()[0].grant.account
}

/// Over the link to a session: the cookie's token.
async fn come_in(office: &Office, house: &House) -> String {
    let link = enter::open(house, &office.slug, KIM).await.unwrap();
    let token = link.rsplit('/').next().unwrap();
    let door = enter::door(office.id, house, token).await.unwrap();
    assert_eq!(door.name, "Kim Technik");
    let permit = anonymous_permit::<EnterAsSupport>(office.id);
    let begun = enter::enter(&permit, house, token, CALLER).await.unwrap();
    let again = enter::enter(&permit, house, token, CALLER).await;
    assert!(matches!(again, Err(Error::NotFound)), "a link is good once: {again:?}");
    begun.token.to_string()
}

async fn support_comes_and_goes(backend: Backend) {
    let world = World::new(backend).await;
    let house = &world.house;
    let (office, other) = (world.office("alpha").await, world.office("beta").await);
    enter::add_operator(house, "Kim Technik", KIM).await.unwrap();
    let twice = enter::add_operator(house, "Kim Zwei", "KIM@betrieb.example").await;
    assert!(matches!(twice, Err(Error::Invalid(_))), "{twice:?}");

    // Without a grant there is no way in.
    assert!(matches!(enter::open(house, &office.slug, KIM).await, Err(Error::NotFound)));

    let account = let_in(&office, house, "2", &["import", "people", "log-export"]).await;
    assert!(matches!(enter::open(house, &other.slug, KIM).await, Err(Error::NotFound)), "for one office only");
    let someone_else = enter::open(house, &office.slug, "robin@betrieb.example").await;
    assert!(matches!(someone_else, Err(Error::NotFound)), "for one person only");
    let token = come_in(&office, house).await;
    let entered = async |token: &str| house.entered(&office.slug, token).await.unwrap();
    let (principal, present) = entered(&token).await.expect("support is in");
    assert_eq!((principal.role, principal.user), (Role::Support, account));
    let rights: Vec<Right> = principal.rights.iter().collect();
    assert_eq!(rights, [Right::Overview, Right::SeeGroups, Right::ImportLists], "never people, never exports");
    assert!(present.support.len() == 1 && present.support[0].myself);

    // Everyone who works there sees it, and it is no colleague.
    let lead = office.someone(Role::Lead).await;
    let session = office.session(&lead, access::Stage::Full).await;
    let (_, present) = entered(&session).await.unwrap();
    assert_eq!((present.support[0].name.as_str(), present.support[0].myself), ("Kim Technik", false));
    let people = usecases::people::list::people(&office.lead(), house).await.unwrap();
    assert!(people.members.iter().all(|member| member.id != account));
    let raise = usecases::people::decide::change_role(&office.lead(), house, account, "lead", &[]).await;
    assert!(matches!(raise, Err(Error::NotFound)), "{raise:?}");

    // One click.
    grant::end(&office.permit::<EndSupport>(Role::Lead), house, account).await.unwrap();
    assert!(entered(&token).await.is_none(), "the session is over at once");
    assert!(matches!(enter::open(house, &office.slug, KIM).await, Err(Error::NotFound)));
    assert!(entered(&session).await.unwrap().1.support.is_empty());

    // Both logs tell it.
    let look = world.stores().look(&office.lead::<access::actions::ReadAudit>()).await.unwrap();
    let log = look.audit_entries(&AuditFilter { limit: 100, ..AuditFilter::default() }).await.unwrap();
    let told: Vec<&str> = log.iter().rev().map(|entry| entry.action.as_str()).collect();
    for action in ["support.granted", "support.opened", "support.entered", "support.ended"] {
        assert!(told.contains(&action), "{action} in {told:?}");
    }
    assert!(log.iter().any(|entry| entry.action == "support.entered" && entry.actor == Actor::User(account)));
    let actions = "SELECT action FROM audit ORDER BY seq";
    let told = testkit::surgery::sql(&world.config, testkit::surgery::Store::Platform, actions).await;
    for action in ["operator.added", "support.granted", "support.opened", "support.ended"] {
        assert!(told.iter().any(|line| line.contains(action)), "{action} in {told:?}");
    }
}

#[tokio::test]
async fn support_comes_in_only_by_grant_and_leaves_at_one_click() {
    support_comes_and_goes(Backend::Sqlite).await;
}

#[tokio::test]
async fn support_comes_in_only_by_grant_and_leaves_at_one_click_on_postgresql() {
    support_comes_and_goes(Backend::Postgres).await;
}

#[tokio::test]
async fn a_grant_ends_by_itself_and_can_be_renewed_before() {
    let world = World::new(Backend::Sqlite).await;
    let house = &world.house;
    let office = world.office("alpha").await;
    enter::add_operator(house, "Kim Technik", KIM).await.unwrap();
    let account = let_in(&office, house, "1", &[]).await;
    let kim = enter::operators(house).await.unwrap()[0].id.to_string();
    let twice = grant::grant(&office.lead::<GrantSupport>(), house, &form(&kim, "8", &[])).await;
    assert!(matches!(twice, Err(Error::Invalid(_))), "{twice:?}");
    for hours in ["0", "9", "-1", "x"] {
        let refused = grant::renew(&office.lead::<GrantSupport>(), house, account, hours).await;
        assert!(matches!(refused, Err(Error::Invalid(_))), "{hours}: {refused:?}");
    }
    let token = come_in(&office, house).await;
    let is_in = async || house.entered(&office.slug, &token).await.unwrap().is_some();
    // Looking now and then, so that the login itself does not go idle.
    world.clock.advance(SignedDuration::from_mins(25));
    assert!(is_in().await);
    world.clock.advance(SignedDuration::from_mins(25));
    assert!(is_in().await);
    grant::renew(&office.lead::<GrantSupport>(), house, account, "1").await.unwrap();
    world.clock.advance(SignedDuration::from_mins(25));
    assert!(is_in().await, "renewed");
    world.clock.advance(SignedDuration::from_mins(25));
    assert!(is_in().await);
    world.clock.advance(SignedDuration::from_mins(15));
    assert!(!is_in().await, "over");
    let late = grant::renew(&office.lead::<GrantSupport>(), house, account, "1").await;
    assert!(matches!(late, Err(Error::NotFound)), "{late:?}");
}

#[tokio::test]
async fn a_link_waits_ten_minutes_and_a_newer_one_replaces_it() {
    let world = World::new(Backend::Sqlite).await;
    let house = &world.house;
    let office = world.office("alpha").await;
    enter::add_operator(house, "Kim Technik", KIM).await.unwrap();
    let_in(&office, house, "1", &[]).await;
    let first = enter::open(house, &office.slug, KIM).await.unwrap();
    let second = enter::open(house, &office.slug, KIM).await.unwrap();
    let door = async |link: &str| enter::door(office.id, house, link.rsplit('/').next().unwrap()).await;
    assert!(matches!(door(&first).await, Err(Error::NotFound)));
    assert!(door(&second).await.is_ok());
    world.clock.advance(SignedDuration::from_mins(10));
    assert!(matches!(door(&second).await, Err(Error::NotFound)));
    assert_eq!(enter::in_force(house).await.unwrap().len(), 1);
}
