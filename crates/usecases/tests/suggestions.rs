//! Somebody outside suggests a group: nothing is seen before the click, nothing is public before the office decides, and
//! what is refused or never confirmed is gone.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot be set up fails")]

mod post;

use access::actions::{DecideAccess, DecideSuggestion, ListGroups, ReadRequests, SuggestGroup};
use access::{Action, Permit, Role, Stage, anonymous_permit, authorize};
use domain::retention::{ACCEPTED_SUGGESTION, UNCONFIRMED_SUGGESTION};
use domain::{Field, Group, GroupId, Light, Status};
use jiff::SignedDuration;
use post::{mails, token_of};
use testkit::{Backend, Office, Person, World};
use usecases::groups;
use usecases::suggestions::decide::{self, View};
use usecases::suggestions::suggest::{self, Form};
use usecases::{Error, House, Result, housekeeping};

async fn may<A: Action>(office: &Office, person: &Person) -> Permit<A> {
    let token = office.session(person, Stage::Full).await;
    authorize(&office.house.principal(&office.slug, &token).await.unwrap().expect("a login")).expect("may")
}

struct Scene {
    world: World,
    office: Office,
    lead: Person,
}

impl Scene {
    async fn new(backend: Backend) -> Self {
        let world = World::new(backend).await;
        let office = world.public_office("alpha").await;
        let lead = office.someone(Role::Lead).await;
        Self { world, office, lead }
    }

    fn house(&self) -> &House {
        &self.office.house
    }

    fn outside(&self) -> Permit<SuggestGroup> {
        anonymous_permit(self.office.id)
    }

    async fn suggest(&self, form: &Form) -> Result<()> {
        suggest::suggest(&self.outside(), self.house(), form, "net").await
    }

    /// A link to confirm, as it comes by mail.
    async fn link(&self) -> String {
        self.suggest(&form()).await.unwrap();
        let sent = mails(&self.world.house, &self.office).await;
        assert_eq!((sent.len(), sent[0].to.as_str()), (1, "nachbarin@strasse.example"));
        assert!(!sent[0].body.contains("Morgenrot"), "links, not data");
        token_of(&sent[0], "/gruppe-melden/")
    }

    async fn waiting(&self) -> Vec<View> {
        decide::waiting(&may::<ReadRequests>(&self.office, &self.lead).await, self.house()).await.unwrap()
    }

    async fn groups(&self) -> usize {
        let look = self.house().stores().look(&self.office.lead::<ListGroups>()).await.unwrap();
        look.group_summaries(&[Field::Name]).await.unwrap().len()
    }

    async fn group(&self, id: GroupId) -> Option<Group> {
        self.house().stores().look(&self.office.lead::<ListGroups>()).await.unwrap().group(id).await.unwrap()
    }

    /// One that waits.
    async fn confirmed(&self) -> View {
        let link = self.link().await;
        suggest::confirm(&self.outside(), self.house(), &link).await.unwrap();
        let mut waiting = self.waiting().await;
        waiting.pop().expect("one waits")
    }
}

fn form() -> Form {
    Form {
        by: "nachbarin@strasse.example".to_owned(),
        name: "Morgenrot".to_owned(),
        about: "Wir reden über Schlaflosigkeit.".to_owned(),
        audience: "Betroffene".to_owned(),
        meetings: "jeden Mittwoch, 18 Uhr".to_owned(),
        place: "Nachbarschaftshaus".to_owned(),
        email: "morgenrot@gruppe.example".to_owned(),
        phone: "0341 555 00 11".to_owned(),
    }
}

async fn nothing_is_seen_before_the_click(backend: Backend) {
    let scene = Scene::new(backend).await;
    let wrong = Form { by: "x".to_owned(), name: " ".to_owned(), phone: "abends".to_owned(), ..form() };
    let Err(Error::Invalid(problems)) = scene.suggest(&wrong).await else { panic!("taken") };
    let mut fields: Vec<&str> = problems.iter().map(|problem| problem.field.as_str()).collect();
    fields.sort_unstable();
    assert_eq!(fields, ["by", "name", "phone"]);
    let link = scene.link().await;
    for _ in 0..2 {
        let shown = suggest::shown(&scene.outside(), scene.house(), &link).await.unwrap();
        assert_eq!(shown.as_deref(), Some("Morgenrot"), "a scanner looks and confirms nothing");
    }
    assert!(scene.waiting().await.is_empty() && scene.groups().await == 0);
    suggest::confirm(&scene.outside(), scene.house(), &link).await.unwrap();
    suggest::confirm(&scene.outside(), scene.house(), &link).await.unwrap();
    assert_eq!(suggest::shown(&scene.outside(), scene.house(), &link).await.unwrap(), None);
    let waiting = scene.waiting().await;
    assert_eq!((waiting.len(), waiting[0].name.as_str(), scene.groups().await), (1, "Morgenrot", 1));

    // A draft, and whoever is reached by it is red until the office has asked.
    let group = scene.group(waiting[0].group).await.unwrap();
    assert_eq!(group.status, Status::Draft);
    for field in [Field::GroupEmail, Field::GroupPhone] {
        assert!(group.of(field).all(|item| item.effective() == Light::Red) && group.of(field).count() == 1);
    }
    let public = scene.house().stores().public(scene.office.id).await.unwrap().groups().await.unwrap();
    assert!(public.is_empty());
    let made_up = suggest::confirm(&scene.outside(), scene.house(), &"A".repeat(43)).await;
    assert!(matches!(made_up, Err(Error::NotFound)), "{made_up:?}");
}

async fn what_nobody_confirms_is_gone_after_two_days(backend: Backend) {
    let scene = Scene::new(backend).await;
    let link = scene.link().await;
    scene.world.clock.advance(UNCONFIRMED_SUGGESTION.duration() - SignedDuration::from_secs(1));
    housekeeping::remove_expired(&scene.world.house).await.unwrap();
    assert!(suggest::shown(&scene.outside(), scene.house(), &link).await.is_ok());
    scene.world.clock.advance(SignedDuration::from_secs(1));
    for sweep in [false, true] {
        if sweep {
            housekeeping::remove_expired(&scene.world.house).await.unwrap();
        }
        let late = suggest::confirm(&scene.outside(), scene.house(), &link).await;
        assert!(matches!(late, Err(Error::NotFound)), "{late:?}");
    }
    assert_eq!(scene.groups().await, 0);
}

async fn the_office_refuses_and_everything_goes(backend: Backend) {
    let scene = Scene::new(backend).await;
    let view = scene.confirmed().await;
    let permit = may::<DecideSuggestion>(&scene.office, &scene.lead).await;
    let silent = decide::reject(&permit, scene.house(), view.id, " ").await;
    assert!(matches!(silent, Err(Error::Invalid(_))), "{silent:?}");
    decide::reject(&permit, scene.house(), view.id, "Gibt es schon.").await.unwrap();
    assert!(scene.waiting().await.is_empty() && scene.group(view.group).await.is_none());
    let told = mails(&scene.world.house, &scene.office).await;
    assert_eq!((told.len(), told[0].to.as_str()), (1, "nachbarin@strasse.example"));
    assert!(told[0].body.contains("Gibt es schon.") && !told[0].body.contains("Morgenrot"));
    let again = decide::accept(&permit, scene.house(), view.id).await;
    assert!(matches!(again, Err(Error::NotFound)), "{again:?}");

    // Two at once: one decision.
    let view = scene.confirmed().await;
    let (one, two) = tokio::join!(
        decide::reject(&permit, scene.house(), view.id, "Gibt es schon."),
        decide::accept(&permit, scene.house(), view.id)
    );
    assert_eq!(usize::from(one.is_ok()) + usize::from(two.is_ok()), 1, "{one:?} {two:?}");
    assert_eq!(scene.group(view.group).await.is_some(), two.is_ok());
}

async fn what_nobody_has_decided_goes_nowhere(backend: Backend) {
    let scene = Scene::new(backend).await;
    let view = scene.confirmed().await;
    let said: Vec<Field> = view.items.iter().map(|item| item.field).collect();
    assert!(said.contains(&Field::Summary) && said.contains(&Field::Meetings) && said.contains(&Field::GroupPhone));
    let shown = async || {
        let permit = may(&scene.office, &scene.lead).await;
        groups::show::show(&permit, scene.house(), view.group).await.unwrap()
    };
    assert_eq!(shown().await.care.suggestion, Some(view.id));
    for to in [Status::Active, Status::Dissolved] {
        let permit = may(&scene.office, &scene.lead).await;
        let preview = groups::status::preview(&permit, scene.house(), view.group, to).await;
        assert!(matches!(preview, Err(Error::Invalid(_))), "{preview:?}");
        let done = groups::status::change_status(&permit, scene.house(), view.group, 1, to).await;
        assert!(matches!(done, Err(Error::Invalid(_))), "{done:?}");
    }
    decide::accept(&may(&scene.office, &scene.lead).await, scene.house(), view.id).await.unwrap();
    assert_eq!(shown().await.care.suggestion, None);
    let permit = may(&scene.office, &scene.lead).await;
    groups::status::change_status(&permit, scene.house(), view.group, 1, Status::Active).await.unwrap();
}

async fn a_draft_that_has_become_more_is_not_deleted(backend: Backend) {
    let scene = Scene::new(backend).await;
    let view = scene.confirmed().await;
    let tx = scene.house().stores().begin(&scene.office.lead::<access::actions::EditGroup>()).await.unwrap();
    let mut group = tx.group(view.group).await.unwrap().unwrap();
    group.status = Status::Active;
    tx.save_group(&group, "status").await.unwrap();
    tx.commit(domain::audit::AuditEvent::new("test.active", group.id)).await.unwrap();
    let permit = may::<DecideSuggestion>(&scene.office, &scene.lead).await;
    let refused = decide::reject(&permit, scene.house(), view.id, "Doch nicht.").await;
    assert!(matches!(refused, Err(Error::Conflict)), "{refused:?}");
    assert!(scene.group(view.group).await.is_some());
}

async fn the_office_accepts_and_invites_with_one_click(backend: Backend) {
    let scene = Scene::new(backend).await;
    let view = scene.confirmed().await;
    let invite = may::<DecideAccess>(&scene.office, &scene.lead).await;
    let early = decide::invite(&invite, scene.house(), view.id).await;
    assert!(matches!(early, Err(Error::Conflict)), "{early:?}");
    let permit = may::<DecideSuggestion>(&scene.office, &scene.lead).await;
    assert_eq!(decide::accept(&permit, scene.house(), view.id).await.unwrap(), view.group);
    assert_eq!(scene.group(view.group).await.unwrap().status, Status::Draft, "to be completed");
    assert!(scene.waiting().await[0].accepted);
    mails(&scene.world.house, &scene.office).await;
    assert_eq!(decide::invite(&invite, scene.house(), view.id).await.unwrap(), view.group);
    let again = decide::invite(&invite, scene.house(), view.id).await;
    assert!(matches!(again, Err(Error::NotFound)), "{again:?}");
    let sent = mails(&scene.world.house, &scene.office).await;
    assert_eq!((sent.len(), sent[0].to.as_str()), (1, "nachbarin@strasse.example"), "one invitation");
    assert!(sent[0].body.contains("/einladung/"));
    assert!(scene.waiting().await.is_empty(), "done with");
    let look = scene.house().stores().look(&scene.office.lead::<ListGroups>()).await.unwrap();
    assert_eq!(look.invitations().await.unwrap()[0].groups, [view.group]);
    drop(look);

    // The address of whoever is never invited goes after a month; the draft stays.
    let second = scene.confirmed().await;
    decide::accept(&may(&scene.office, &scene.lead).await, scene.house(), second.id).await.unwrap();
    scene.world.clock.advance(ACCEPTED_SUGGESTION.duration());
    housekeeping::remove_expired(&scene.world.house).await.unwrap();
    assert!(scene.waiting().await.is_empty() && scene.group(second.group).await.is_some());
}

async fn a_strangers_mailbox_is_not_filled_from_many_networks(backend: Backend) {
    let scene = Scene::new(backend).await;
    let mut sent = 0;
    // Two days long, every ten minutes, each time from another network.
    for round in 0..288 {
        let network = format!("net {round}");
        match suggest::suggest(&scene.outside(), scene.house(), &form(), &network).await {
            Ok(()) => sent += 1,
            Err(error) => assert!(matches!(error, Error::Throttled(_)), "{error:?}"),
        }
        scene.world.clock.advance(SignedDuration::from_mins(10));
    }
    assert!((3..=9).contains(&sent), "{sent} mails");
    // Somebody else can suggest meanwhile.
    let other = Form { by: "andere@strasse.example".to_owned(), ..form() };
    suggest::suggest(&scene.outside(), scene.house(), &other, "net 1").await.unwrap();
}

async fn nobodys_mailbox_is_filled(backend: Backend) {
    let scene = Scene::new(backend).await;
    let mut refused = None;
    for _ in 0..20 {
        if let Err(error) = scene.suggest(&form()).await {
            refused = Some(error);
            break;
        }
    }
    assert!(matches!(refused, Some(Error::Throttled(_))), "{refused:?}");
    assert!(mails(&scene.world.house, &scene.office).await.len() < 6);
}

testkit::on_both! {
    nothing_is_seen_before_the_click:
        nothing_is_seen_before_the_click_on_sqlite, nothing_is_seen_before_the_click_on_postgresql;
    what_nobody_confirms_is_gone_after_two_days:
        what_nobody_confirms_is_gone_after_two_days_on_sqlite,
        what_nobody_confirms_is_gone_after_two_days_on_postgresql;
    the_office_refuses_and_everything_goes:
        the_office_refuses_and_everything_goes_on_sqlite, the_office_refuses_and_everything_goes_on_postgresql;
    what_nobody_has_decided_goes_nowhere:
        what_nobody_has_decided_goes_nowhere_on_sqlite, what_nobody_has_decided_goes_nowhere_on_postgresql;
    a_draft_that_has_become_more_is_not_deleted:
        a_draft_that_has_become_more_is_not_deleted_on_sqlite,
        a_draft_that_has_become_more_is_not_deleted_on_postgresql;
    the_office_accepts_and_invites_with_one_click:
        the_office_accepts_and_invites_with_one_click_on_sqlite,
        the_office_accepts_and_invites_with_one_click_on_postgresql;
    a_strangers_mailbox_is_not_filled_from_many_networks:
        a_strangers_mailbox_is_not_filled_from_many_networks_on_sqlite,
        a_strangers_mailbox_is_not_filled_from_many_networks_on_postgresql;
    nobodys_mailbox_is_filled: nobodys_mailbox_is_filled_on_sqlite, nobodys_mailbox_is_filled_on_postgresql;
}
