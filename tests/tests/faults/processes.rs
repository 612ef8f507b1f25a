//! Two servers and a worker over one PostgreSQL, as in production: each does its part, and they agree within a second.

use std::time::{Duration, Instant};

use crypto::totp::TotpSecret;
use domain::Slug;
use domain::office::Visibility;
use testkit::{Backend, Office, Program, Settings, Visitor, World};

/// How long until a page shows what it should.
async fn until(visitor: &Visitor, path: &str, right: impl Fn(u16, &str) -> bool) -> Duration {
    let began = Instant::now();
    loop {
        let answer = visitor.get(path).await;
        if right(answer.status.as_u16(), &answer.text) {
            return began.elapsed();
        }
        assert!(began.elapsed() < Duration::from_secs(10), "{path}: {}: {}", answer.status, answer.text);
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// What stands between two texts.
fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    let (_, rest) = text.split_once(before).unwrap_or_else(|| panic!("no {before} in {text}"));
    rest.split_once(after).unwrap_or_else(|| panic!("no {after} in {rest}")).0
}

/// From the invitation to a whole session.
async fn first_account(staff: &Visitor, invitation: &str) {
    let answer = staff.post(invitation, &[("name", "Erika Muster"), ("password", "regenbogen-suppe-leiter")]).await;
    assert_eq!((answer.status.as_u16(), answer.location()), (303, "/login/einrichten"), "{}", answer.text);
    let page = staff.get("/login/einrichten").await;
    let secret: String = page
        .text
        .split(|c: char| !(c.is_ascii_uppercase() || ('2'..='7').contains(&c) || c == ' '))
        .map(|word| word.replace(' ', ""))
        .find(|word| word.len() == 32)
        .unwrap_or_else(|| panic!("no secret in {}", page.text));
    let secret = data_encoding::BASE32_NOPAD.decode(secret.as_bytes()).unwrap();
    let now = domain::Clock::now(&domain::SystemClock);
    let code = TotpSecret::from_bytes(&secret).unwrap().code_at(now);
    let answer = staff.post("/login/einrichten", &[("code", &code)]).await;
    assert_eq!(answer.status.as_u16(), 200, "{}", answer.text);
    assert_eq!(staff.get("/office").await.status.as_u16(), 200);
}

#[tokio::test]
async fn an_office_signs_up_and_two_servers_show_the_same_within_a_second() {
    let world = World::new(Backend::Postgres).await;
    let working = Settings::of(&world);
    let serving = working.clone().without("AMPELHAUS_POSTGRES__PROVISIONER_URL");
    let mut one = Program::serving(&["serve"], &serving).await;
    let mut two = Program::serving(&["serve"], &serving).await;
    let mut worker = Program::start(&["worker"], &working);

    let visitor = Visitor::at(one.address, "localhost");
    let answer = visitor
        .post(
            "/anmelden",
            &[
                ("office", "Selbsthilfekontaktstelle Neustadt"),
                ("carrier", "Gesundheitsverein"),
                ("regime", "KDG"),
                ("street", "Lindenweg 4"),
                ("postcode", "04177"),
                ("town", "Neustadt"),
                ("email", "leitung@neustadt.example"),
                ("slug", "neustadt"),
            ],
        )
        .await;
    assert_eq!(answer.status.as_u16(), 303, "{}", answer.text);
    until(&visitor, "/mail", |_, text| text.contains("/anmelden/bestaetigen/")).await;
    let mails = visitor.get("/mail").await;
    let link = format!("/anmelden/bestaetigen/{}", between(&mails.text, "/anmelden/bestaetigen/", "\""));
    let began = Instant::now();
    let answer = visitor.post(&link, &[]).await;
    println!("provisioned after {:.2?}", began.elapsed());
    assert_eq!(answer.location(), link, "{}", worker.said());
    let page = visitor.get(&link).await;
    assert!(page.text.contains("/einladung/"), "not provisioned within seconds: {}", worker.said());
    let invitation = format!("/einladung/{}", between(&page.text, "/einladung/", "\""));

    let staff = Visitor::at(one.address, "neustadt.localhost");
    first_account(&staff, &invitation).await;

    // Public, past the checklist.
    let look = world.stores().platform_look().await.unwrap();
    let slug = Slug::parse("neustadt").unwrap();
    let id = look.tenant_by_slug(&slug).await.unwrap().unwrap().id;
    drop(look);
    Office { house: std::sync::Arc::clone(&world.house), id, slug }.set_visibility(Visibility::Trial).await;
    let there = Visitor::at(two.address, "neustadt.localhost");
    until(&there, "/", |status, _| status == 200).await;

    // Changed through one server, seen on the other.
    let contact = |name: &'static str| {
        [
            ("name", name),
            ("carrier", "Gesundheitsverein"),
            ("street", "Lindenweg 4"),
            ("postcode", "04177"),
            ("town", "Neustadt"),
            ("phone", "0341 000 12 34"),
        ]
    };
    for name in ["Kontaktstelle Mitte", "Kontaktstelle Nord", "Kontaktstelle West"] {
        let answer = staff.post("/office/einstellungen/kontaktstelle", &contact(name)).await;
        assert_eq!(answer.status.as_u16(), 303, "{}", answer.text);
        let after = until(&there, "/", |_, text| text.contains(name)).await;
        assert!(after < Duration::from_secs(1), "{name} is seen after {after:.1?}");
        assert!(Visitor::at(one.address, "neustadt.localhost").get("/").await.text.contains(name), "at once at home");
    }
    let answer = staff.post("/office/einstellungen/veroeffentlichen/offline", &[]).await;
    assert_eq!(answer.status.as_u16(), 303, "{}", answer.text);
    let after = until(&there, "/", |status, _| status == 503).await;
    assert!(after < Duration::from_secs(1), "offline is seen after {after:.1?}");

    for program in [&mut one, &mut two, &mut worker] {
        let ended = program.stop(Duration::from_secs(15)).await;
        assert!(ended.is_some_and(|status| status.success()), "{ended:?}: {}", program.said());
        assert!(!program.said().contains("ERROR"), "{}", program.said());
    }
}
