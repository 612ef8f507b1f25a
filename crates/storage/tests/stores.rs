//! The stores on both databases.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot be set up fails")]

use access::actions::{CreateGroup, EditGroup, ListGroups, ReadGroup};
use domain::audit::AuditEvent;
use domain::{Field, Group, GroupId, Item, Slug, Source, Status, Value};
use testkit::{Backend, Office, World};

async fn add_group(world: &World, office: &Office, name: &str) -> GroupId {
    let ids = world.ids();
    let id: GroupId = ids.next();
    let tx = world.stores().begin(&office.lead::<CreateGroup>()).await.unwrap();
    let group = Group {
        id,
        slug: Slug::unspoken(ids),
        status: Status::Active,
        version: 1,
        items: vec![
            Item::new(ids.next(), Field::Name, Value::Text(name.to_owned()), Source::Staff),
            Item::new(ids.next(), Field::BankAccount, Value::Text("CANARY-RED".to_owned()), Source::Staff),
        ],
        people: Vec::new(),
    };
    tx.insert_group(&group, "created").await.unwrap();
    tx.commit(AuditEvent::new("group.created", id)).await.unwrap();
    id
}

async fn a_group_comes_back_as_it_was_saved(backend: Backend) {
    let world = World::new(backend).await;
    let office = world.public_office("alpha").await;
    let id = add_group(&world, &office, "Lichtblick").await;
    add_group(&world, &office, "Lichtblick").await;
    let tx = world.stores().look(&office.lead::<ReadGroup>()).await.unwrap();
    let group = tx.group(id).await.unwrap().unwrap();
    assert_eq!((group.name(), group.version, group.items.len()), ("Lichtblick", 1, 2));
    drop(tx);
    let tx = world.stores().begin(&office.lead::<EditGroup>()).await.unwrap();
    let mut changed = group.clone();
    changed.items[0].value = Value::Text("Neuer Name".to_owned());
    tx.save_group(&changed, "edited").await.unwrap();
    tx.commit(AuditEvent::new("group.saved", id)).await.unwrap();
    let tx = world.stores().begin(&office.lead::<EditGroup>()).await.unwrap();
    assert!(matches!(tx.save_group(&changed, "edited").await, Err(storage::StorageError::Conflict)));
    drop(tx);
    let tx = world.stores().look(&office.lead::<ListGroups>()).await.unwrap();
    let summaries = tx.group_summaries(&[Field::Name]).await.unwrap();
    assert_eq!(summaries.len(), 2);
    let lights = tx.count_lights(&summaries.iter().map(|summary| summary.id).collect::<Vec<_>>()).await.unwrap();
    assert!(summaries.iter().all(|summary| lights[&summary.id] == [1, 0, 1]));
    drop(tx);
    let site = world.house.site(&office.slug).await.unwrap().unwrap();
    assert_eq!(site.directory.groups().len(), 2);
    assert!(site.directory.groups().iter().any(|group| *group.name == "Neuer Name"));
    let other = world.office("beta").await;
    let tx = world.stores().look(&other.lead::<ReadGroup>()).await.unwrap();
    assert!(tx.group(id).await.unwrap().is_none());
}

#[tokio::test]
async fn a_group_comes_back_as_it_was_saved_on_sqlite() {
    a_group_comes_back_as_it_was_saved(Backend::Sqlite).await;
}

#[tokio::test]
async fn a_group_comes_back_as_it_was_saved_on_postgresql() {
    a_group_comes_back_as_it_was_saved(Backend::Postgres).await;
}
