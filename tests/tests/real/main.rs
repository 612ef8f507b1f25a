//! The real list of offices: 361 tenants in one house, served and searched.

use testkit::{Backend, Server, World};
use tests::real;

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs the real lists, which are no part of the project: AMPELHAUS_REAL_DATA names their folder"]
async fn every_real_office_is_served_and_searched() {
    let folder = real::folder().expect("AMPELHAUS_REAL_DATA names the folder of the real lists");
    let world = World::new(Backend::Sqlite).await;
    let slugs = real::seed(world.stores(), &folder, |_, _| {}).await;
    assert_eq!(slugs.len(), 361);
    let server = Server::of(&world).await;
    for slug in &slugs {
        let seeker = server.visitor(format!("{slug}.localhost"));
        let list = seeker.get("/").await;
        assert_eq!(list.status, 200, "{slug}");
        assert!(list.text.contains("Selbsthilfegruppe"), "{slug}");
        let site = world.house.site(slug).await.unwrap().unwrap();
        let topic = &site.directory.groups()[0].topics[0];
        let query = directory::Query { text: topic.to_string(), ..directory::Query::default() };
        assert!(!site.directory.find(&query).hits.is_empty(), "{slug} does not find {}", **topic);
    }
}
