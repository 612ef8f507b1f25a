//! A group corrects itself, the office decides: nothing is public before, closing never waits, nobody decides twice.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot be set up fails")]

mod post;

use access::actions::{CreateGroup, DecideRequest, EditGroup, ListGroups, ReadOwnGroup, ReadRequests, SubmitChanges};
use access::{Action, Permit, Role, Stage, authorize};
use domain::audit::AuditEvent;
use domain::catalogue::Section;
use domain::change_request::Standing;
use domain::{Field, Group, GroupId, Item, ItemId, Light, RequestId, Slug, Source, Status, Value};
use post::mails;
use testkit::{Backend, Office, Person, World};
use usecases::groups::edit::{self, SectionForm};
use usecases::groups::{Entry, Typed};
use usecases::review::decide::{self, Seen, Verdict};
use usecases::review::queue;
use usecases::review::submit::{self, OwnForm, Submitted};
use usecases::{Error, House, Result, own_groups};

async fn may<A: Action>(office: &Office, person: &Person) -> Permit<A> {
    let token = office.session(person, Stage::Full).await;
    authorize(&office.house.principal(&office.slug, &token).await.unwrap().expect("a login")).expect("may")
}

struct Scene {
    world: World,
    office: Office,
    group: GroupId,
    admin: Person,
    staff: Person,
}

impl Scene {
    async fn new(backend: Backend) -> Self {
        let world = World::new(backend).await;
        let office = world.public_office("alpha").await;
        let ids = office.house.ids();
        let item = |field, text: &str| Item::new(ids.next(), field, Value::Text(text.to_owned()), Source::Staff);
        let group = Group {
            id: ids.next(),
            slug: Slug::parse("lichtblick").unwrap(),
            status: Status::Active,
            version: 1,
            items: vec![
                item(Field::Name, "Lichtblick"),
                item(Field::Summary, "Alte Beschreibung."),
                item(Field::Costs, "3 Euro"),
                item(Field::Association, "Verband Süd"),
            ],
            people: Vec::new(),
        };
        let tx = office.house.stores().begin(&office.lead::<CreateGroup>()).await.unwrap();
        tx.insert_group(&group, "created").await.unwrap();
        tx.commit(AuditEvent::new("test.group", group.id)).await.unwrap();
        let (admin, staff) = (office.admin_of(&[group.id]).await, office.someone(Role::Staff).await);
        Self { group: group.id, world, office, admin, staff }
    }

    fn house(&self) -> &House {
        &self.office.house
    }

    /// The form of the group's own section as the admin sees it, changed.
    async fn form(&self, change: impl FnOnce(&mut Vec<Entry>)) -> (SectionForm, Option<(RequestId, u32)>) {
        let permit = may::<SubmitChanges>(&self.office, &self.admin).await;
        let OwnForm { group, catalogue, waiting } =
            submit::form(&permit, self.house(), self.group, Section::Group).await.unwrap();
        let fields = submit::fields(&catalogue, Section::Group);
        let shown = group.items.iter().filter(|item| fields.contains(&item.field));
        let mut entries: Vec<Entry> = shown
            .map(|item| Entry {
                key: format!("{}-0", item.field.code()),
                item: Some(item.id),
                field: item.field,
                light: Some(item.effective()),
                typed: Typed::of(&item.value),
            })
            .collect();
        change(&mut entries);
        (SectionForm { group: self.group, section: Section::Group, version: group.version, entries }, waiting)
    }

    async fn submit(&self, change: impl FnOnce(&mut Vec<Entry>)) -> Result<Submitted> {
        let (form, seen) = self.form(change).await;
        submit::submit(&may(&self.office, &self.admin).await, self.house(), &form, seen).await
    }

    async fn waits(&self) -> Vec<queue::Line> {
        queue::queue(&may::<ReadRequests>(&self.office, &self.staff).await, self.house()).await.unwrap()
    }

    async fn request(&self, id: RequestId) -> queue::RequestView {
        queue::request(&may::<ReadRequests>(&self.office, &self.staff).await, self.house(), id).await.unwrap()
    }

    async fn decide(&self, view: &queue::RequestView, verdicts: &[Verdict]) -> Result<()> {
        let seen = Seen { request: view.version, group: view.group.version };
        decide::decide(&may::<DecideRequest>(&self.office, &self.staff).await, self.house(), view.id, seen, verdicts)
            .await
    }

    async fn items(&self) -> Vec<Item> {
        let look = self.house().stores().look(&self.office.lead::<ListGroups>()).await.unwrap();
        look.group(self.group).await.unwrap().unwrap().items
    }

    async fn item(&self, field: Field) -> Option<Item> {
        self.items().await.into_iter().find(|item| item.field == field)
    }

    /// What stands in the directory, every byte of it.
    async fn public(&self) -> String {
        let look = self.house().stores().public(self.office.id).await.unwrap();
        format!("{:?}", look.groups().await.unwrap())
    }
}

fn write(entries: &mut [Entry], field: Field, text: &str) {
    let entry = entries.iter_mut().find(|entry| entry.field == field).expect("in the form");
    entry.typed = Typed::Plain(text.to_owned());
}

fn shine(entries: &mut [Entry], field: Field, light: Light) {
    entries.iter_mut().find(|entry| entry.field == field).expect("in the form").light = Some(light);
}

fn accept(view: &queue::RequestView) -> Vec<Verdict> {
    let verdict = |item: ItemId| Verdict { item, accepted: true, light: None, reason: String::new() };
    view.changes.iter().map(|one| verdict(one.change.item)).collect()
}

async fn nothing_is_public_before_the_decision(backend: Backend) {
    let scene = Scene::new(backend).await;
    let before = scene.public().await;
    assert!(before.contains("Alte Beschreibung."));
    assert_eq!(scene.submit(|_| {}).await.unwrap(), Submitted::Nothing);
    assert!(scene.waits().await.is_empty());
    let changed = scene.submit(|entries| {
        write(entries, Field::Summary, "Neue Beschreibung.");
        write(entries, Field::Costs, "kostenfrei");
    });
    assert_eq!(changed.await.unwrap(), Submitted::Waits);
    assert_eq!(scene.public().await, before, "to the byte");
    let own = may::<ReadOwnGroup>(&scene.office, &scene.admin).await;
    assert_eq!(own_groups::group(&own, scene.house(), scene.group).await.unwrap().waiting.len(), 2);
    // What waits is shown in the form, and can be amended: it stays one request.
    scene.submit(|entries| write(entries, Field::Summary, "Neueste Beschreibung.")).await.unwrap();
    let waits = scene.waits().await;
    assert_eq!((waits.len(), waits[0].changes, waits[0].name.as_str()), (1, 2, "Lichtblick"));
    let view = scene.request(waits[0].id).await;
    assert!(view.changes.iter().all(|one| one.standing == Standing::Fits));

    // Every change needs a verdict; one is taken over, the other is not, and the group reads why.
    let [summary, costs] = [Field::Summary, Field::Costs]
        .map(|field| view.changes.iter().find(|one| one.change.field == field).unwrap().change.item);
    let yes = Verdict { item: summary, accepted: true, light: None, reason: String::new() };
    let no = Verdict { item: costs, accepted: false, light: None, reason: "Bitte nachfragen.".to_owned() };
    let half = scene.decide(&view, std::slice::from_ref(&yes)).await;
    assert!(matches!(half, Err(Error::Invalid(_))), "{half:?}");
    assert_eq!(scene.public().await, before);
    scene.decide(&view, &[yes, no]).await.unwrap();
    let now = scene.public().await;
    assert!(now.contains("Neueste Beschreibung.") && !now.contains("kostenfrei") && now.contains("3 Euro"));
    assert_eq!(scene.item(Field::Summary).await.unwrap().source, Source::Group);
    assert!(scene.waits().await.is_empty());
    let told = mails(&scene.world.house, &scene.office).await;
    assert!(
        told.len() == 1
            && told[0].to.as_str() == scene.admin.email
            && told[0].subject.contains("1 übernommen, 1 nicht")
    );
    let decided = own_groups::group(&own, scene.house(), scene.group).await.unwrap().decided;
    assert!(decided.iter().any(|one| one.rejected.as_deref() == Some("Bitte nachfragen.")), "{decided:?}");
}

async fn closing_never_waits_and_wins(backend: Backend) {
    let scene = Scene::new(backend).await;
    // A light and a value that goes: both at once, only the removal waits.
    let closed = scene.submit(|entries| {
        shine(entries, Field::Summary, Light::Red);
        write(entries, Field::Costs, "");
    });
    assert_eq!(closed.await.unwrap(), Submitted::Waits);
    let now = scene.public().await;
    assert!(!now.contains("Alte Beschreibung.") && !now.contains("3 Euro"), "{now}");
    let costs = scene.item(Field::Costs).await.expect("still there for the office");
    assert_eq!(costs.light, Light::Red);
    let waits = scene.waits().await;
    assert_eq!(waits[0].changes, 1, "the removal");
    // Opening waits; the office closes meanwhile what was asked to change: it stays closed.
    scene.submit(|entries| shine(entries, Field::Summary, Light::Green)).await.unwrap();
    assert!(!scene.public().await.contains("Alte Beschreibung."));
    scene.submit(|entries| write(entries, Field::Association, "Verband Nord")).await.unwrap();
    close(&scene, scene.item(Field::Association).await.unwrap().id).await;
    let view = scene.request(scene.waits().await[0].id).await;
    scene.decide(&view, &accept(&view)).await.unwrap();
    assert!(scene.public().await.contains("Alte Beschreibung."), "opened by the decision");
    let association = scene.item(Field::Association).await.unwrap();
    assert_eq!((association.value.plain().as_str(), association.light), ("Verband Nord", Light::Red), "closing wins");
    assert!(scene.item(Field::Costs).await.is_none());
}

async fn nothing_comes_back_that_somebody_took_away(backend: Backend) {
    let scene = Scene::new(backend).await;
    let second = scene.office.admin_of(&[scene.group]).await;
    scene.submit(|entries| write(entries, Field::Costs, "9 Euro")).await.unwrap();
    // A colleague of the group takes it away, and the office agrees.
    let theirs = Scene { admin: second, ..scene };
    theirs.submit(|entries| write(entries, Field::Costs, "")).await.unwrap();
    let waits = theirs.waits().await;
    assert_eq!(waits.len(), 2);
    let view = theirs.request(waits[1].id).await;
    theirs.decide(&view, &accept(&view)).await.unwrap();
    assert!(theirs.item(Field::Costs).await.is_none());
    let view = theirs.request(waits[0].id).await;
    assert_eq!(view.changes[0].standing, Standing::MovedOn(None));
    theirs.decide(&view, &accept(&view)).await.unwrap();
    let costs = theirs.item(Field::Costs).await.unwrap();
    assert_eq!((costs.value.plain().as_str(), costs.light), ("9 Euro", Light::Red), "it is kept, and not public");
    assert!(!theirs.public().await.contains("9 Euro"));
}

async fn a_field_with_one_value_keeps_one(backend: Backend) {
    let scene = Scene::new(backend).await;
    let row = |text: &str, light| Entry {
        key: "founded-0".to_owned(),
        item: None,
        field: Field::Founded,
        light: Some(light),
        typed: Typed::Plain(text.to_owned()),
    };
    scene.submit(|entries| entries.push(row("1999", Light::Green))).await.unwrap();
    // The office fills it in meanwhile, and keeps it inside.
    let staff = may::<EditGroup>(&scene.office, &scene.staff).await;
    let (group, _) = edit::form(&staff, scene.house(), scene.group, Section::Group).await.unwrap();
    let (section, version) = (Section::Group, group.version);
    let form = SectionForm { group: scene.group, section, version, entries: vec![row("1998", Light::Red)] };
    edit::edit(&staff, scene.house(), &form).await.unwrap();
    let view = scene.request(scene.waits().await[0].id).await;
    assert!(matches!(view.changes[0].standing, Standing::MovedOn(Some(_))), "{:?}", view.changes);
    scene.decide(&view, &accept(&view)).await.unwrap();
    let all: Vec<Item> = scene.items().await.into_iter().filter(|item| item.field == Field::Founded).collect();
    assert_eq!((all.len(), all[0].value.plain().as_str(), all[0].light), (1, "1999", Light::Red));
}

/// The office closes an item.
async fn close(scene: &Scene, item: ItemId) {
    let tx = scene.house().stores().begin(&scene.office.lead::<EditGroup>()).await.unwrap();
    let mut group = tx.group(scene.group).await.unwrap().unwrap();
    group.items.iter_mut().find(|one| one.id == item).unwrap().light = Light::Red;
    tx.save_group(&group, "gruppe").await.unwrap();
    tx.commit(AuditEvent::new("test.closed", scene.group)).await.unwrap();
}

async fn one_decision_and_what_moved_on_is_shown(backend: Backend) {
    let scene = Scene::new(backend).await;
    scene.submit(|entries| write(entries, Field::Summary, "Neue Beschreibung.")).await.unwrap();
    // The office writes something else there meanwhile.
    let staff = may::<EditGroup>(&scene.office, &scene.staff).await;
    let (group, _) = edit::form(&staff, scene.house(), scene.group, Section::Group).await.unwrap();
    let summary = group.items.iter().find(|item| item.field == Field::Summary).unwrap();
    let row = Entry {
        key: "summary-0".to_owned(),
        item: Some(summary.id),
        field: Field::Summary,
        light: Some(Light::Green),
        typed: Typed::Plain("Vom Amt.".to_owned()),
    };
    let form = SectionForm { group: scene.group, section: Section::Group, version: group.version, entries: vec![row] };
    edit::edit(&staff, scene.house(), &form).await.unwrap();
    let view = scene.request(scene.waits().await[0].id).await;
    let Standing::MovedOn(Some(now)) = &view.changes[0].standing else { panic!("{:?}", view.changes) };
    assert_eq!(now.value.plain(), "Vom Amt.");
    // Two at once: one decides, the other is told; a request that was amended meanwhile is another one.
    let no = [Verdict { accepted: false, reason: "Nein.".to_owned(), ..accept(&view)[0].clone() }];
    scene.submit(|entries| write(entries, Field::Costs, "5 Euro")).await.unwrap();
    let stale = scene.decide(&view, &no).await;
    assert!(matches!(stale, Err(Error::Conflict)), "{stale:?}");
    let view = scene.request(view.id).await;
    let (yes, no) = (
        accept(&view),
        accept(&view).into_iter().map(|one| Verdict { accepted: false, reason: "Nein.".to_owned(), ..one }),
    );
    let no: Vec<Verdict> = no.collect();
    let (one, other) = tokio::join!(scene.decide(&view, &yes), scene.decide(&view, &no));
    assert_eq!(usize::from(one.is_ok()) + usize::from(other.is_ok()), 1, "{one:?} {other:?}");
    assert!([one, other].into_iter().any(|outcome| matches!(outcome, Err(Error::Conflict))));

    // What the office saves after it has looked is not overwritten, and nothing is opened further than asked for.
    scene.submit(|entries| write(entries, Field::Costs, "6 Euro")).await.unwrap();
    let view = scene.request(scene.waits().await[0].id).await;
    close(&scene, scene.item(Field::Association).await.unwrap().id).await;
    let overtaken = scene.decide(&view, &accept(&view)).await;
    assert!(matches!(overtaken, Err(Error::Conflict)), "{overtaken:?}");
    // Two windows: the older form does not take back what the newer one asked for.
    let (old, seen) = scene.form(|entries| write(entries, Field::Summary, "Aus dem alten Fenster.")).await;
    scene.submit(|entries| write(entries, Field::Costs, "8 Euro")).await.unwrap();
    let stale = submit::submit(&may(&scene.office, &scene.admin).await, scene.house(), &old, seen).await;
    assert!(matches!(stale, Err(Error::Conflict)), "{stale:?}");
    let view = scene.request(scene.waits().await[0].id).await;
    let [one] = accept(&view).try_into().expect("one change");
    let silent = scene.decide(&view, &[Verdict { accepted: false, ..one.clone() }]).await;
    assert!(matches!(silent, Err(Error::Invalid(_))), "a refusal says why: {silent:?}");
    scene.submit(|entries| shine(entries, Field::Costs, Light::Yellow)).await.unwrap();
    let view = scene.request(view.id).await;
    let further = scene.decide(&view, &[Verdict { light: Some(Light::Green), ..one }]).await;
    assert!(matches!(further, Err(Error::Invalid(_))), "{further:?}");
    submit::withdraw(&may(&scene.office, &scene.admin).await, scene.house(), scene.group).await.unwrap();

    // Taken back; and nobody else's.
    scene.submit(|entries| write(entries, Field::Costs, "7 Euro")).await.unwrap();
    let stranger = scene.office.admin_of(&[]).await;
    let theirs = may::<SubmitChanges>(&scene.office, &stranger).await;
    assert!(matches!(submit::withdraw(&theirs, scene.house(), scene.group).await, Err(Error::NotFound)));
    let mine = may::<SubmitChanges>(&scene.office, &scene.admin).await;
    submit::withdraw(&mine, scene.house(), scene.group).await.unwrap();
    assert!(scene.waits().await.is_empty());
    assert!(matches!(submit::withdraw(&mine, scene.house(), scene.group).await, Err(Error::NotFound)));
}

testkit::on_both! {
    nothing_is_public_before_the_decision:
        nothing_is_public_before_the_decision_on_sqlite, nothing_is_public_before_the_decision_on_postgresql;
    closing_never_waits_and_wins: closing_never_waits_and_wins_on_sqlite, closing_never_waits_and_wins_on_postgresql;
    nothing_comes_back_that_somebody_took_away:
        nothing_comes_back_that_somebody_took_away_on_sqlite, nothing_comes_back_that_somebody_took_away_on_postgresql;
    a_field_with_one_value_keeps_one:
        a_field_with_one_value_keeps_one_on_sqlite, a_field_with_one_value_keeps_one_on_postgresql;
    one_decision_and_what_moved_on_is_shown:
        one_decision_and_what_moved_on_is_shown_on_sqlite, one_decision_and_what_moved_on_is_shown_on_postgresql;
}
