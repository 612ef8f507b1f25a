//! Rows 0.1, 0.3 and 0.8, as far as they are about passing on.

use access::actions::ReadAudit;
use access::{Role, Stage};
use domain::{GroupId, ItemId};
use storage::AuditFilter;
use testkit::{Answer, Backend, Office, Server, Visitor, World};
use tests::form::form_to;
use tests::requests::yellow_group;

const YELLOW: &str = "Zweimal klingeln.";
const RED: &str = "Kim Muster";

struct Scene {
    // Lives as long as its offices.
    _world: World,
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
        Self { _world: world, office, server, group, item, staff }
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
