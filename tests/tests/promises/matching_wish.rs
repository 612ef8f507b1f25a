//! Row 0.7.

use access::actions::CreateGroup;
use domain::audit::AuditEvent;
use domain::{Field, Group, Item, Slug, Source, Status, Value};
use testkit::{Backend, Office, Server, World};

async fn group(office: &Office, name: &str, audience: &str, accepts: Option<&str>) {
    let ids = office.house.ids();
    let choice = |field, code: &str| Item::new(ids.next(), field, Value::Choice(code.to_owned()), Source::Staff);
    let mut items = vec![
        Item::new(ids.next(), Field::Name, Value::Text(name.to_owned()), Source::Staff),
        choice(Field::Audience, audience),
    ];
    items.extend(accepts.map(|code| choice(Field::AcceptsNew, code)));
    let group = Group {
        id: ids.next(),
        slug: Slug::from_name(name, 40, "gruppe"),
        status: Status::Active,
        version: 1,
        items,
        people: Vec::new(),
    };
    let tx = office.house.stores().begin(&office.lead::<CreateGroup>()).await.expect("a transaction");
    tx.insert_group(&group, "created").await.expect("a group");
    tx.commit(AuditEvent::new("group.created", group.id)).await.expect("committed");
}

#[tokio::test]
async fn p0_7_every_group_states_name_audience_and_whether_it_wants_new_members() {
    let world = World::new(Backend::Sqlite).await;
    let office = world.public_office("alpha").await;
    let groups = [
        ("Lichtblick", "affected", Some("yes"), "Betroffene", "offen für neue Mitglieder"),
        ("Zuversicht", "relatives", Some("no"), "Angehörige", "zurzeit keine neuen Mitglieder"),
        ("Morgenrot", "both", Some("waiting_list"), "Angehörige", "Warteliste"),
        ("Abendstern", "both", Some("after_talk"), "Betroffene", "neue Mitglieder nach Vorgespräch"),
        ("Mittagsruhe", "affected", None, "Betroffene", ""),
    ];
    for (name, audience, accepts, ..) in groups {
        group(&office, name, audience, accepts).await;
    }
    let server = Server::of(&world).await;
    let seeker = server.seeker(&office);

    let wishes: Vec<&str> = groups.iter().map(|(.., wish)| *wish).filter(|wish| !wish.is_empty()).collect();
    for (name, _, _, audience, wish) in groups {
        let page = seeker.get(&format!("/gruppen/{}", name.to_lowercase())).await;
        assert_eq!(page.status, 200, "{name}");
        for said in [name, audience, wish] {
            assert!(page.text.contains(said), "the page of {name} does not say {said:?}");
        }
        // It says its own wish, and no other.
        let others: Vec<_> = wishes.iter().filter(|other| **other != wish && page.text.contains(**other)).collect();
        assert!(others.is_empty(), "the page of {name} also says {others:?}");
    }

    let names = |text: &str| -> Vec<&str> {
        groups
            .iter()
            .map(|(name, ..)| *name)
            .filter(|name| text.contains(&format!("/gruppen/{}\"", name.to_lowercase())))
            .collect()
    };
    assert_eq!(names(&seeker.get("/").await.text).len(), groups.len());
    let open = names(&seeker.get("/?offen=ja").await.text);
    assert!(
        open.contains(&"Lichtblick") && !open.contains(&"Zuversicht") && !open.contains(&"Mittagsruhe"),
        "{open:?}"
    );
    let relatives = names(&seeker.get("/?fuer=relatives").await.text);
    assert!(relatives.contains(&"Zuversicht") && relatives.contains(&"Morgenrot"), "{relatives:?}");
    assert!(!relatives.contains(&"Lichtblick"), "{relatives:?}");
}
