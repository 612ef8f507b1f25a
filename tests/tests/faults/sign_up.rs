//! Sign-up under clumsy and hostile hands: mail scanners, double clicks, late clicks, floods, names that others have.

use jiff::SignedDuration;
use testkit::{Answer, Backend, Server, Visitor, World};
use usecases::housekeeping;
use usecases::mail::{self, Outbox};

const FORM: [(&str, &str); 8] = [
    ("office", "Selbsthilfekontaktstelle Neustadt"),
    ("carrier", "Gesundheitsverein"),
    ("regime", "DSGVO"),
    ("street", "Lindenweg 4"),
    ("postcode", "04177"),
    ("town", "Neustadt"),
    ("email", "leitung@neustadt.example"),
    ("slug", "neustadt"),
];

/// Sends the form, with some fields answered otherwise.
async fn ask(visitor: &Visitor, other: &[(&str, &str)]) -> Answer {
    let form = FORM.map(|(name, value)| {
        (name, other.iter().find(|(changed, _)| *changed == name).map_or(value, |(_, value)| *value))
    });
    visitor.post("/anmelden", &form).await
}

/// The path in the one mail that waits.
async fn link(world: &World) -> String {
    let mails = mail::claim(&world.house, Outbox::Platform).await.unwrap();
    assert_eq!(mails.len(), 1, "one mail for one sign-up");
    let line = mails[0].mail.body.lines().find(|line| line.starts_with("http")).unwrap().to_owned();
    mail::done(&world.house, Outbox::Platform, &mails[0], Ok(())).await.unwrap();
    line.strip_prefix("http://localhost").unwrap().to_owned()
}

async fn offices(world: &World) -> u64 {
    world.stores().platform_look().await.unwrap().count_tenants().await.unwrap()
}

async fn only_the_button_confirms_and_only_once(backend: Backend) {
    let world = World::new(backend).await;
    let server = Server::of(&world).await;
    let visitor = server.visitor("localhost");
    let answer = ask(&visitor, &[]).await;
    assert_eq!((answer.status.as_u16(), answer.location()), (303, "/anmelden/post-unterwegs"), "{}", answer.text);
    let link = link(&world).await;

    // Mail scanners look at every link, some of them often.
    for _ in 0..50 {
        let page = server.visitor("localhost").get(&link).await;
        assert_eq!(page.status.as_u16(), 200);
    }
    assert_eq!(usecases::signup::provision_waiting(&world.house).await.unwrap(), 0);
    assert_eq!(offices(&world).await, 0, "nothing is provisioned before the mail is confirmed");
    assert_eq!(server.visitor("neustadt.localhost").get("/").await.status.as_u16(), 404);

    // A double click, while the worker works.
    let (first, second) = (server.visitor("localhost"), server.visitor("localhost"));
    let worker = async {
        let mut made = 0;
        for _ in 0..200 {
            made += usecases::signup::provision_waiting(&world.house).await.unwrap();
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
        made
    };
    let (one, two, made) = tokio::join!(first.post(&link, &[]), second.post(&link, &[]), worker);
    assert_eq!((made, offices(&world).await), (1, 1));
    for answer in [&one, &two] {
        assert_eq!(answer.status.as_u16(), 303, "{}", answer.text);
        assert_eq!(answer.location(), link, "back to the page that leads on");
    }
    // And a third time, later.
    let again = server.visitor("localhost").post(&link, &[]).await;
    assert_eq!(again.location(), link);
    assert_eq!(usecases::signup::provision_waiting(&world.house).await.unwrap(), 0);

    // The invitation makes one account, however often it is used.
    let page = server.visitor("localhost").get(&link).await;
    let (_, invitation) = page.text.split_once("http://neustadt.localhost/einladung/").expect("a link that leads on");
    let invitation = &format!("/einladung/{}", invitation.split_once('"').unwrap().0);
    let form = [("name", "Erika Muster"), ("password", "regenbogen-suppe-leiter")];
    let office = || server.visitor("neustadt.localhost");
    assert_eq!(office().get(invitation).await.status.as_u16(), 200);
    let (someone, other) = (office(), office());
    let (one, two) = tokio::join!(someone.post(invitation, &form), other.post(invitation, &form));
    let mut statuses = [one.status.as_u16(), two.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 404], "{}\n{}", one.text, two.text);
    assert_eq!(office().get(invitation).await.status.as_u16(), 404);
}

#[tokio::test]
async fn only_the_button_confirms_and_only_once_on_sqlite() {
    only_the_button_confirms_and_only_once(Backend::Sqlite).await;
}

#[tokio::test]
async fn only_the_button_confirms_and_only_once_on_postgresql() {
    only_the_button_confirms_and_only_once(Backend::Postgres).await;
}

#[tokio::test]
async fn an_unconfirmed_sign_up_vanishes_after_a_day() {
    let world = World::new(Backend::Sqlite).await;
    let server = Server::of(&world).await;
    let visitor = server.visitor("localhost");
    assert_eq!(ask(&visitor, &[]).await.status.as_u16(), 303);
    let link = link(&world).await;
    world.clock.advance(SignedDuration::from_hours(24) - SignedDuration::from_secs(1));
    assert_eq!(housekeeping::remove_expired(&world.house).await.unwrap().signups, 0);
    assert_eq!(visitor.get(&link).await.status.as_u16(), 200);
    // The name is kept for it so long.
    let meanwhile = ask(&visitor, &[("email", "andere@neustadt.example")]).await;
    assert_eq!(meanwhile.status.as_u16(), 422, "{}", meanwhile.text);
    world.clock.advance(SignedDuration::from_secs(1));
    assert_eq!(visitor.get(&link).await.status.as_u16(), 404);
    assert_eq!(visitor.post(&link, &[]).await.status.as_u16(), 404);
    assert_eq!(housekeeping::remove_expired(&world.house).await.unwrap().signups, 1);
    let left =
        testkit::surgery::sql(&world.config, testkit::surgery::Store::Platform, "SELECT slug FROM signups").await;
    assert!(left.is_empty(), "{left:?}");
    assert_eq!(usecases::signup::provision_waiting(&world.house).await.unwrap(), 0);
    world.clock.advance(SignedDuration::from_hours(24));
    assert_eq!(ask(&visitor, &[]).await.status.as_u16(), 303, "the name is free again");
}

#[tokio::test]
async fn a_flood_from_one_network_is_slowed_and_ends_by_itself() {
    let world = World::new(Backend::Sqlite).await;
    let server = Server::of(&world).await;
    let visitor = server.visitor("localhost");
    let mut sent = 0;
    let mut refused = None;
    for number in 0..20 {
        let slug = format!("flut-{number}");
        let email = format!("flut@nummer{number}.example");
        let answer = ask(&visitor, &[("slug", &slug), ("email", &email)]).await;
        match answer.status.as_u16() {
            303 => sent += 1,
            429 => refused = Some(answer),
            other => panic!("{other}: {}", answer.text),
        }
    }
    let refused = refused.expect("a flood is refused");
    assert!(sent <= 5, "{sent} got through");
    assert!(refused.headers["retry-after"].to_str().unwrap().parse::<u64>().unwrap() > 0);
    assert!(refused.text.contains("<h1"), "the refusal is a page: {}", refused.text);
    world.clock.advance(SignedDuration::from_hours(7));
    let later = ask(&visitor, &[]).await;
    assert_eq!(later.status.as_u16(), 303, "nobody is shut out for ever");
}

#[tokio::test]
async fn trying_out_which_names_are_taken_is_slowed_too() {
    let world = World::new(Backend::Sqlite).await;
    world.office("neustadt").await;
    let server = Server::of(&world).await;
    let visitor = server.visitor("localhost");
    let mut statuses = Vec::new();
    for number in 0..12 {
        let email = format!("jemand@nummer{number}.example");
        statuses.push(ask(&visitor, &[("email", &email)]).await.status.as_u16());
    }
    assert_eq!(statuses[0], 422);
    assert!(statuses.contains(&429), "{statuses:?}");
}

#[tokio::test]
async fn reserved_and_taken_names_are_refused_at_the_field() {
    let world = World::new(Backend::Sqlite).await;
    world.office("belegt").await;
    let server = Server::of(&world).await;
    for slug in [
        "www",
        "mail",
        "login",
        "admin",
        "ampelhaus",
        "belegt",
        "BELEGT",
        "a",
        "a_b",
        "a.b",
        "-a-",
        "xn--bcher-kva",
        "../x",
        "ä",
    ] {
        // Each from a network of its own, as far as the throttle can tell.
        world.clock.advance(SignedDuration::from_hours(25));
        let answer = ask(&server.visitor("localhost"), &[("slug", slug)]).await;
        assert_eq!(answer.status.as_u16(), 422, "{slug}: {}", answer.text);
        assert!(answer.text.contains("href=\"#slug\""), "{slug}: no error at the field");
        assert!(answer.text.contains("leitung@neustadt.example"), "{slug}: what was typed is lost");
    }
    assert_eq!(offices(&world).await, 1);
    assert!(mail::claim(&world.house, Outbox::Platform).await.unwrap().is_empty());
}

async fn two_who_want_one_name_at_once(backend: Backend) {
    let world = World::new(backend).await;
    let (here, there) = (Server::of(&world).await, Server::start(world.second_house().await, |_| {}).await);
    let (one, two) = (here.visitor("localhost"), there.visitor("localhost"));
    let (one, two) = tokio::join!(ask(&one, &[("email", "a@eins.example")]), ask(&two, &[("email", "b@zwei.example")]));
    let mut statuses = [one.status.as_u16(), two.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 422], "one gets it, the other is told: {}\n{}", one.text, two.text);
}

#[tokio::test]
async fn two_who_want_one_name_at_once_on_sqlite() {
    two_who_want_one_name_at_once(Backend::Sqlite).await;
}

#[tokio::test]
async fn two_who_want_one_name_at_once_on_postgresql() {
    two_who_want_one_name_at_once(Backend::Postgres).await;
}
