//! Row 0.4.

use domain::catalogue::BUILT_IN;
use domain::{Field, Item, Light, Source, Value};
use storage::StoreConfig;
use testkit::{Backend, World};
use tests::Reach;
use tests::plant::group_fields;
use tests::requests;

use crate::scene::Scene;

/// What is not red by itself: the field catalogue, copied by hand.
const NOT_RED: &[(Field, Light)] = &[
    (Field::Name, Light::Green),
    (Field::Topic, Light::Green),
    (Field::Sector, Light::Green),
    (Field::Summary, Light::Green),
    (Field::EasyLanguage, Light::Green),
    (Field::Audience, Light::Green),
    (Field::AudienceAge, Light::Green),
    (Field::AudienceGender, Light::Green),
    (Field::AudienceText, Light::Green),
    (Field::Language, Light::Green),
    (Field::SignLanguage, Light::Green),
    (Field::AcceptsNew, Light::Green),
    (Field::Association, Light::Green),
    (Field::Guidance, Light::Green),
    (Field::Costs, Light::Green),
    (Field::Founded, Light::Green),
    (Field::Format, Light::Green),
    (Field::Meetings, Light::Green),
    (Field::Venue, Light::Green),
    (Field::AccessHints, Light::Yellow),
    (Field::Accessibility, Light::Green),
    (Field::OnlineLink, Light::Yellow),
    (Field::GroupEmail, Light::Green),
    (Field::GroupPhone, Light::Green),
    (Field::Website, Light::Green),
    (Field::ConfirmedOn, Light::Green),
];

#[tokio::test]
async fn p0_4_nothing_is_without_a_light_and_red_unless_the_catalogue_says_otherwise() {
    let world = World::new(Backend::Postgres).await;
    for def in BUILT_IN {
        let item = Item::new(world.ids().next(), def.field, Value::Text(String::new()), Source::Import);
        let said = NOT_RED.iter().find(|(field, _)| *field == def.field).map_or(Light::Red, |(_, light)| *light);
        assert_eq!(item.light, said, "{}", def.field);
    }
    // The database refuses an item without a light.
    let office = world.office("alpha").await;
    let StoreConfig::Postgres(_) = &world.config else { panic!("not on PostgreSQL") };
    let mut url = url::Url::parse(&testkit::postgres::url()).expect("a URL");
    url.set_path(&format!("t_{}", office.id));
    let insert = |light: &str| {
        let sql = format!(
            "INSERT INTO items (id, field, light, source, position, sealed) \
             VALUES ('0190a0b0-c0d0-7000-8000-000000000001', 'name', {light}, 'staff', 0, '')"
        );
        testkit::postgres::psql(url.as_str(), &sql)
    };
    let refused = insert("NULL");
    assert!(String::from_utf8_lossy(&refused.stderr).contains("null value in column \"light\""), "{refused:?}");
    assert!(insert("'red'").status.success(), "with a light it is taken");
}

#[tokio::test]
async fn p0_4_the_office_sees_every_value_with_its_light_as_shape_and_word() {
    let scene = Scene::new(Backend::Sqlite).await;
    let server = scene.serve().await;
    let stage = requests::Scene::new(&scene.world, &server, &scene.alpha, &scene.beta);
    let lead = stage.lead().await;
    let lights = [
        (Light::Green, "<circle", "öffentlich"),
        (Light::Yellow, "<path", "auf Anfrage"),
        (Light::Red, "<rect", "nur intern"),
    ];
    for group in &scene.alpha.groups {
        let page = lead.visitor.get(&format!("/office/gruppen/{}", group.id)).await;
        assert_eq!(page.status, 200);
        // The page cut at each light: shape, then word, each time.
        let mut counted = [0; 3];
        for part in page.text.split("<span class=\"light light-").skip(1) {
            let code: String = part.chars().take_while(char::is_ascii_lowercase).collect();
            let place = lights.iter().position(|(light, ..)| light.code() == code).expect("a light");
            let (_, shape, word) = lights[place];
            let part = part.split("</span></span>").next().unwrap_or_default();
            assert!(part.contains(shape) && part.contains(word), "a light without shape or word: {part}");
            counted[place] += 1;
        }
        let people: usize = group.people.iter().map(|(_, items)| items.len()).sum();
        let items = group_fields().count() + people;
        let total: usize = counted.iter().sum();
        assert!(total >= items, "{}: {total} lights for {items} items", group.slug);
        // Every value is on the page, so none is shown without being counted above.
        let own = format!("{} ", group.tag);
        for canary in
            scene.alpha.canaries.iter().filter(|canary| canary.item.is_some() && canary.what.starts_with(&own))
        {
            assert!(canary.is_in(&page.text), "{} is not on its group's page", canary.what);
        }
    }
    assert!(scene.alpha.reaching(Reach::Never).count() > 20);
}
