//! Row 3.8: the operator's support sees an office only while its lead lets it in.

use access::{Role, Stage};
use testkit::{Backend, Server, World};
use usecases::support::enter;

const KIM: &str = "kim@betrieb.example";

#[tokio::test]
async fn p3_8_support_sees_an_office_only_while_its_lead_allows_it() {
    let world = World::new(Backend::Sqlite).await;
    let office = world.public_office("alpha").await;
    let server = Server::of(&world).await;
    enter::add_operator(&world.house, "Kim Technik", KIM).await.unwrap();
    let operator = enter::operators(&world.house).await.unwrap()[0].id.to_string();
    let person = office.someone(Role::Lead).await;
    let lead = server.with_session(&office, &office.session(&person, Stage::Full).await);
    assert!(enter::open(&world.house, &office.slug, KIM).await.is_err(), "nothing was allowed");

    let form = [("operator", operator.as_str()), ("reason", "Das Einlesen stockt."), ("hours", "1")];
    assert_eq!(lead.post("/office/unterstuetzung/erlauben", &form).await.status, 303);
    let link = enter::open(&world.house, &office.slug, KIM).await.unwrap();
    let path = link.split_once("/unterstuetzung").unwrap().1;
    let support = server.seeker(&office);
    assert_eq!(support.post(&format!("/unterstuetzung{path}"), &[]).await.status, 303);
    assert_eq!(support.get("/office/gruppen").await.status, 200);
    assert_eq!(support.get("/office/gruppen/neu").await.status, 403, "to look, and no more");
    assert_eq!(support.get("/office/personen").await.status, 403);
    let page = lead.get("/office").await.text;
    let end = page.split("action=\"").find(|part| part.starts_with("/office/unterstuetzung/")).expect("the note");
    assert!(page.contains("Kim Technik"), "the office sees it on every page");

    assert_eq!(lead.post(end.split('"').next().unwrap(), &[]).await.status, 303);
    assert_eq!(support.get("/office/gruppen").await.status, 303, "and ends it with one click");
    assert!(lead.get("/office/protokoll").await.text.contains("Einblick"), "both can be read in the log");
}
