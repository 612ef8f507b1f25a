//! Rows 0.1, 0.3, 0.8, 1.1 and 3.12, as far as they are about passing on; and the group's page as a whole.

use access::actions::{EditGroup, ReadAudit};
use access::{Role, Stage};
use domain::audit::AuditEvent;
use domain::{Field, GroupId, Item, ItemId, Source, Value};
use storage::AuditFilter;
use testkit::{Answer, Backend, Office, Server, Visitor, World};
use tests::form::form_to;
use tests::requests::yellow_group;
use usecases::housekeeping;

const YELLOW: &str = "Zweimal klingeln.";
const RED: &str = "Kim Muster";

struct Scene {
    world: World,
    office: Office,
    server: Server,
    group: GroupId,
    item: ItemId,
    staff: Visitor,
}

impl Scene {
    async fn new() -> Self {
        let world = World::new(Backend::Sqlite).await;
        let office = world.public_office("alpha").await;
        let server = Server::of(&world).await;
        let (group, item) = yellow_group(&office).await;
        let staff = office.someone(Role::Staff).await;
        let staff = server.with_session(&office, &office.session(&staff, Stage::Full).await);
        Self { world, office, server, group, item, staff }
    }

    /// Sends the form to pass on as it is shown, with these fields instead.
    async fn pass_on(&self, instead: &[(&str, &str)]) -> Answer {
        let path = format!("/office/gruppen/{}/weitergeben", self.group);
        let shown = self.staff.get(&path).await.text;
        let filled = form_to(&shown, &path).expect("a form");
        let kept = filled.iter().filter(|(name, _)| !instead.iter().any(|(changed, _)| changed == name));
        let kept: Vec<(&str, &str)> = kept.map(|(name, value)| (name.as_str(), value.as_str())).collect();
        self.staff.post(&path, &[kept, instead.to_vec()].concat()).await
    }

    /// A link to hand over: its path.
    async fn link(&self) -> String {
        let form = [("recipient", "Anruferin Kim"), ("purpose", "Möchte kommen."), ("channel", "link")];
        let page = self.pass_on(&form).await;
        assert_eq!(page.status, 200, "{}", page.text);
        let link = page.text.split_once("id=\"link\">").expect("the link").1.split_once('<').expect("its end").0;
        link.split_once("localhost").expect("an address").1.to_owned()
    }

    async fn acts(&self, action: &str) -> Vec<storage::AuditEntry> {
        let look = self.office.house.stores().look(&self.office.lead::<ReadAudit>()).await.expect("a look");
        let filter = AuditFilter { actions: vec![action.to_owned()], limit: 100, ..AuditFilter::default() };
        look.audit_entries(&filter).await.expect("entries")
    }
}

#[tokio::test]
async fn p0_1_what_is_passed_on_is_not_in_the_page_before_the_notice() {
    let scene = Scene::new().await;
    let link = scene.link().await;
    // Scanners, previews, a browser without cookies: they see the notice and use nothing up.
    for language in ["de", "en"] {
        let seeker = scene.server.seeker(&scene.office);
        seeker.set_cookie("__Host-lang", language);
        let notice = seeker.get(&link).await;
        assert_eq!(notice.status, 200);
        assert!(!notice.bytes().contains(YELLOW) && notice.text.contains("<form method=\"post\">"));
        assert_eq!(notice.headers["cache-control"], "no-store");
    }
    let refused = scene.server.seeker(&scene.office).post(&link, &[]).await;
    assert!(refused.status == 422 && !refused.bytes().contains(YELLOW), "without a cookie nothing is used up");
    let seeker = scene.server.seeker(&scene.office);
    seeker.get(&link).await;
    let acknowledged = seeker.post(&link, &[]).await;
    assert_eq!((acknowledged.status.as_u16(), acknowledged.location()), (303, link.as_str()));
    assert!(!acknowledged.bytes().contains(YELLOW));
    assert!(seeker.get(&link).await.text.contains(YELLOW), "after it, without any script");
    let late = scene.server.seeker(&scene.office).get(&link).await;
    assert!(late.status == 410 && !late.bytes().contains(YELLOW), "once");
}

#[tokio::test]
async fn p0_3_the_groups_page_shows_everything_and_leads_to_editing_and_to_the_personal_link() {
    let scene = Scene::new().await;
    let tx = scene.office.house.stores().begin(&scene.office.lead::<EditGroup>()).await.expect("a unit of work");
    let mut group = tx.group(scene.group).await.expect("found").expect("there");
    for (field, value) in [
        (Field::AcceptsNew, Value::Choice("waiting_list".to_owned())),
        (Field::Summary, Value::Text("Wir reden über Schlaf.".to_owned())),
        (Field::BankAccount, Value::Text("DE00 1234".to_owned())),
    ] {
        group.items.push(Item::new(tx.ids().next(), field, value, Source::Staff));
    }
    tx.save_group(&group, "group").await.expect("kept");
    tx.insert_notes(group.id, &["Ruft lieber abends an.".to_owned()]).await.expect("kept");
    tx.commit(AuditEvent::new("test.items", group.id)).await.expect("committed");

    // At a glance: every item and person, whatever its light, and the wish before all of them.
    let base = format!("/office/gruppen/{}", scene.group);
    let page = scene.staff.get(&base).await.text;
    let glance = ["Frisch", YELLOW, "Wir reden über Schlaf.", "DE00 1234", RED, "kim@muster.example", "abends an."];
    for fact in glance {
        assert!(page.contains(fact), "{fact}");
    }
    for light in ["öffentlich", "auf Anfrage", "nur intern"] {
        assert!(page.contains(light), "{light}");
    }
    let (wish, items) = (page.find("class=\"wish ").expect("a wish"), page.find("item-section").expect("items"));
    assert!(wish < items && page[wish..items].contains("Warteliste"));

    // Edited, from a link of the page.
    let edit = format!("{base}/bearbeiten/gruppe");
    assert!(page.contains(&format!("href=\"{edit}\"")));
    let filled = form_to(&scene.staff.get(&edit).await.text, &edit).expect("a form");
    let typed: Vec<(&str, &str)> = filled
        .iter()
        .map(|(name, value)| (name.as_str(), if value.contains("Schlaf") { "Wir reden über Träume." } else { value }))
        .collect();
    assert_eq!(scene.staff.post(&edit, &typed).await.status, 303);
    assert!(scene.staff.get(&base).await.text.contains("Wir reden über Träume."));

    // The personal link, fetched from a link of the page, opens the wizard of this group.
    let link = format!("{base}/link");
    assert!(page.contains(&format!("href=\"{link}\"")));
    assert!(scene.staff.get(&link).await.text.contains(&format!("<form method=\"post\" action=\"{link}\">")));
    let fetched = scene.staff.post(&link, &[]).await.text;
    let shown = fetched.split_once("id=\"der-link\">").expect("the link").1;
    let token = shown.split_once('<').expect("its end").0.split_once('#').expect("behind the address").1;
    let seeker = scene.server.seeker(&scene.office);
    assert_eq!(seeker.post("/abgleich", &[("code", token)]).await.location(), "/abgleich/start");
    assert!(seeker.get("/abgleich/gruppe").await.text.contains("Wir reden über Träume."));
}

#[tokio::test]
async fn p0_3_copying_from_the_groups_page_is_logged_with_what_was_copied() {
    let scene = Scene::new().await;
    let page = scene.staff.get(&format!("/office/gruppen/{}", scene.group)).await.text;
    let button = page.split("<button").find(|tag| tag.contains(&format!("data-copy=\"w-{}\"", scene.item)));
    let button = button.expect("beside the yellow item").split('>').next().expect("a tag");
    assert!(button.contains(" hidden"), "only scripts can copy");
    let tell = button.split_once("data-tell=\"").expect("where it is told").1.split_once('"').expect("its end").0;
    assert!(page.contains("/office/gruppen/") && !tell.contains(YELLOW));
    let name = page.split("<span class=\"item-value\"").find(|span| span.contains(">Frisch<")).expect("a name");
    assert!(!name.split('>').next().expect("a tag").contains("id="), "what is green is copied by nobody's leave");
    assert!(scene.acts("items.copied").await.is_empty());
    assert_eq!(scene.staff.post(tell, &[]).await.status, 204);
    let acts = scene.acts("items.copied").await;
    assert_eq!((acts.len(), acts[0].object.clone()), (1, scene.group.to_string()));
    assert_eq!(acts[0].details.items, [scene.item.to_string()]);
    assert_eq!(acts[0].details.summary, "access_hints yellow");
}

#[tokio::test]
async fn p1_1_the_register_says_to_whom_yellow_was_made_accessible() {
    let scene = Scene::new().await;
    let link = scene.link().await;
    let seeker = scene.server.seeker(&scene.office);
    seeker.get(&link).await;
    seeker.post(&link, &[]).await;
    for role in [Role::Staff, Role::Lead, Role::Privacy] {
        let reader = scene.office.someone(role).await;
        let reader = scene.server.with_session(&scene.office, &scene.office.session(&reader, Stage::Full).await);
        let register = reader.get("/office/weitergaben").await.text;
        for said in ["Frisch", "Anruferin Kim", "Möchte kommen.", "Weitergegeben, Link geöffnet"] {
            assert!(register.contains(said), "{said} for {role:?}");
        }
        assert!(!register.contains(YELLOW), "never what it says");
        let elsewhere = reader.get("/office/weitergaben?bis=2001-01-01").await.text;
        assert!(!elsewhere.contains("Anruferin Kim") && elsewhere.contains("Keine Weitergabe gefunden"));
    }
    let read = scene.acts("items.read").await;
    assert!(read.iter().any(|entry| entry.details.summary == "disclosures"), "reading it is in the log");
    let reader = scene.office.someone(Role::ReadOnly).await;
    let reader = scene.server.with_session(&scene.office, &scene.office.session(&reader, Stage::Full).await);
    assert_eq!(reader.get("/office/weitergaben").await.status, 403);
}

#[tokio::test]
async fn p3_12_to_whom_and_why_is_erased_by_itself_when_its_time_is_over_and_the_fact_remains() {
    let scene = Scene::new().await;
    let told = [("recipient", "Anruferin Kim"), ("purpose", "Möchte kommen."), ("channel", "phone")];
    assert!(scene.pass_on(&told).await.location().ends_with("meldung=weitergegeben"));
    let register = async || {
        let officer = scene.office.someone(Role::Privacy).await;
        let officer = scene.server.with_session(&scene.office, &scene.office.session(&officer, Stage::Full).await);
        officer.get("/office/weitergaben").await.text
    };
    let before = register().await;
    assert!(before.contains("Anruferin Kim") && before.contains("nach 3 Jahren gelöscht"));
    scene.world.clock.advance(domain::retention::PASSED_ON.duration());
    housekeeping::remove_expired(&scene.world.house).await.expect("a round");
    let after = register().await;
    assert!(!after.contains("Anruferin Kim") && !after.contains("Möchte kommen."));
    assert!(after.contains("Frisch") && after.contains("Weitergegeben"), "of which group, what, when");
    assert_eq!(scene.acts("disclosures.forgotten").await.len(), 1);
}

#[tokio::test]
async fn p0_8_yellow_leaves_by_a_recorded_disclosure_only_and_red_never() {
    let scene = Scene::new().await;
    let public = async || {
        let seeker = scene.server.seeker(&scene.office);
        let page = format!("/gruppen/frisch-{}", scene.group);
        seeker.post(&format!("{page}/kontakt"), &[]).await;
        let mut bytes = String::new();
        for path in ["/".to_owned(), page.clone(), format!("{page}/kontakt"), format!("{page}/termine.ics")] {
            bytes.push_str(&seeker.get(&path).await.bytes());
        }
        bytes
    };
    assert!(!public().await.contains(YELLOW));

    // Red cannot be passed on, and the page says what would have to happen.
    let path = format!("/office/gruppen/{}/weitergeben", scene.group);
    let form = scene.staff.get(&path).await.text;
    assert!(form.contains("Die Person müsste zustimmen") && form.contains(YELLOW));
    let look =
        scene.office.house.stores().look(&scene.office.lead::<access::actions::ListGroups>()).await.expect("a look");
    let group = look.group(scene.group).await.expect("found").expect("there");
    let person = look.person(group.people[0].person).await.expect("found").expect("there");
    drop(look);
    let red = person.items[0].id.to_string();
    assert_eq!(person.items[0].value.plain(), RED);
    let told = [("recipient", "Anruferin Kim"), ("purpose", "Möchte kommen."), ("channel", "phone")];
    let refused = scene.pass_on(&[&told[..], &[("items", red.as_str())]].concat()).await;
    assert_eq!(refused.status, 422, "{}", refused.text);
    assert!(scene.acts("disclosure.").await.is_empty());

    // Yellow can: it is in the log and in the register, with whom it was told to for those who pass on.
    let passed = scene.pass_on(&told).await;
    assert!(passed.location().ends_with("meldung=weitergegeben"), "{}", passed.text);
    let acts = scene.acts("disclosure.").await;
    assert_eq!((acts.len(), acts[0].action.as_str()), (1, "disclosure.told"));
    assert_eq!(acts[0].details.items, [scene.item.to_string()]);
    assert!(!acts[0].details.summary.contains("Kim") && !acts[0].details.summary.contains(YELLOW));
    let register = scene.staff.get(&format!("/office/gruppen/{}", scene.group)).await.text;
    assert!(register.contains("Anruferin Kim") && register.contains("Möchte kommen."));

    // The group reads how often and why, not to whom.
    let admin = scene.office.admin_of(&[scene.group]).await;
    let admin = scene.server.with_session(&scene.office, &scene.office.session(&admin, Stage::Full).await);
    let own = admin.get(&format!("/meine-gruppen/{}", scene.group)).await.text;
    assert!(own.contains("Einmal wurde etwas weitergegeben") && own.contains("Möchte kommen."));
    assert!(!own.contains("Anruferin Kim"));
    assert!(!public().await.contains(YELLOW), "passing on publishes nothing");

    // It wants to be asked first: from now on nothing leaves before it answers.
    let asks = admin.post(&format!("/meine-gruppen/{}/zuerst-fragen", scene.group), &[("fragen", "ja")]).await;
    assert_eq!(asks.status, 303);
    let asked = scene.pass_on(&told).await;
    assert!(asked.location().ends_with("meldung=weitergabe-angefragt"), "{}", asked.location());
    assert_eq!(scene.acts("disclosure.told").await.len(), 1, "only asked");
}
