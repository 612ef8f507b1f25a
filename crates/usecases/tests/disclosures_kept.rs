//! What is kept of disclosures: the register of the office, and what is erased of it when its time is over. And what becomes of
//! them when two things happen at once, or somebody has gone meanwhile.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot be set up fails")]

mod post;
mod yellow;

use access::actions::{AnswerDisclosure, EditGroup, OpenDisclosure, PassOn, ReadAudit, ReadDisclosures};
use access::{Role, anonymous_permit};
use domain::audit::AuditEvent;
use domain::disclosure::{Answer, Channel, State};
use domain::retention::{AGREED, NOT_PASSED_ON, PASSED_ON};
use domain::{Clock, DisclosureId, EmailAddress, Field, Value};
use jiff::SignedDuration;
use jiff::tz::TimeZone;
use post::{mails, token_of};
use storage::AuditFilter;
use storage::tenant::UserState;
use testkit::Backend;
use tokio::task::JoinSet;
use usecases::disclosures::link::{self, Dead, Opened};
use usecases::disclosures::office_register::{self, Entry, Filter, PAGE};
use usecases::disclosures::pass_on::{self, Outcome};
use usecases::disclosures::{answer, register};
use usecases::{Error, housekeeping};
use yellow::{HINT, PHONE, Scene, browsers, may, values};

async fn entries(scene: &Scene, filter: Filter) -> Vec<Entry> {
    let permit = may::<ReadDisclosures>(&scene.office, &scene.staff).await;
    office_register::list(&permit, scene.house(), filter).await.unwrap().entries
}

async fn the_register_says_who_passed_on_what_to_whom(backend: Backend) {
    let scene = Scene::new(backend).await;
    assert!(entries(&scene, Filter::default()).await.is_empty());
    scene.pass_on(&[scene.hint, scene.phone], "phone").await.unwrap();
    scene.world.clock.advance(SignedDuration::from_hours(24));
    let token = scene.link(&[scene.phone]).await;
    let [mine, _] = browsers(scene.house());
    scene.open(&token, &mine).await;

    // Whoever watches over data protection reads it, too, and sees no item.
    let officer = scene.office.someone(Role::Privacy).await;
    let permit = may::<ReadDisclosures>(&scene.office, &officer).await;
    let page = office_register::list(&permit, scene.house(), Filter::default()).await.unwrap();
    assert_eq!(page.groups, [(scene.group, "Lichtblick".to_owned())]);
    let shown = format!("{page:?}");
    assert!(!shown.contains(HINT) && !shown.contains(PHONE) && !shown.contains("555 66 77"), "never the value");
    let [newest, first] = page.entries.as_slice() else { panic!("{:?}", page.entries) };
    assert_eq!((newest.line.state, newest.line.channel), (State::Seen, Channel::Link));
    assert_eq!(first.line.fields, [Field::AccessHints, Field::PersonPhone]);
    assert_eq!(first.line.recipient.as_ref().unwrap().name, "Anruferin Kim");
    assert_eq!(first.line.purpose.as_deref(), Some("Möchte die Gruppe kennenlernen."));
    assert!(first.line.by.is_some() && first.name == "Lichtblick");

    // That it was read is recorded, with whose recipients were seen.
    let look = scene.house().stores().look(&scene.office.lead::<ReadAudit>()).await.unwrap();
    let filter = AuditFilter { actions: vec!["items.read".to_owned()], limit: 1, ..AuditFilter::default() };
    let read = look.audit_entries(&filter).await.unwrap().remove(0);
    assert_eq!((read.actor, read.details.summary.as_str()), (officer_actor(&officer), "disclosures"));
    for entry in &page.entries {
        assert!(read.details.items.contains(&entry.line.id.to_string()));
    }
    drop(look);

    // By day and by group.
    let today = scene.world.clock.now().to_zoned(TimeZone::get("Europe/Berlin").unwrap()).date();
    let yesterday = today.yesterday().unwrap();
    let only = async |filter| entries(&scene, filter).await.into_iter().map(|entry| entry.line.id).collect::<Vec<_>>();
    assert_eq!(only(Filter { from: Some(today), ..Filter::default() }).await, [newest.line.id]);
    assert_eq!(only(Filter { until: Some(yesterday), ..Filter::default() }).await, [first.line.id]);
    assert_eq!(only(Filter { group: Some(scene.group), ..Filter::default() }).await.len(), 2);
    let nobody = Filter { group: Some(scene.house().ids().next()), ..Filter::default() };
    assert!(only(nobody).await.is_empty());
}

fn officer_actor(person: &testkit::Person) -> domain::audit::Actor {
    domain::audit::Actor::User(person.user)
}

async fn the_register_has_pages(backend: Backend) {
    let scene = Scene::new(backend).await;
    for _ in 0..=PAGE {
        scene.pass_on(&[scene.hint], "phone").await.unwrap();
    }
    let permit = may::<ReadDisclosures>(&scene.office, &scene.staff).await;
    let first = office_register::list(&permit, scene.house(), Filter::default()).await.unwrap();
    assert_eq!(first.entries.len(), PAGE);
    let after = Filter { after: first.next, ..Filter::default() };
    let second = office_register::list(&permit, scene.house(), after).await.unwrap();
    assert_eq!((second.entries.len(), second.next), (1, None));
    assert!(!first.entries.contains(&second.entries[0]));
}

async fn to_whom_and_why_is_erased_when_its_time_is_over_and_the_fact_stays(backend: Backend) {
    let scene = Scene::new(backend).await;
    scene.pass_on(&[scene.phone], "phone").await.unwrap();
    scene.world.clock.advance(SignedDuration::from_secs(1));
    let unopened = scene.link(&[scene.hint]).await;
    scene.world.clock.advance(NOT_PASSED_ON.duration() - SignedDuration::from_secs(1));
    assert_eq!(housekeeping::remove_expired(&scene.world.house).await.unwrap().disclosures, 0);
    assert!(entries(&scene, Filter::default()).await.iter().all(|entry| entry.line.recipient.is_some()));
    scene.world.clock.advance(SignedDuration::from_secs(1));
    assert_eq!(housekeeping::remove_expired(&scene.world.house).await.unwrap().disclosures, 1);
    assert_eq!(housekeeping::remove_expired(&scene.world.house).await.unwrap().disclosures, 0, "once");
    let after = entries(&scene, Filter::default()).await;
    let [link, told] = after.as_slice() else { panic!("{after:?}") };
    assert!(link.line.expired && link.line.recipient.is_none() && link.line.purpose.is_none());
    assert_eq!(link.line.fields, [Field::AccessHints], "what of which group, and when");
    assert!(told.line.recipient.is_some());
    let gone = link::look(&anonymous_permit(scene.office.id), scene.house(), &unopened, "").await;
    assert!(matches!(gone, Err(Error::NotFound)), "{gone:?}");

    scene.world.clock.advance(PASSED_ON.duration());
    assert_eq!(housekeeping::remove_expired(&scene.world.house).await.unwrap().disclosures, 1);
    let after = entries(&scene, Filter::default()).await;
    assert!(after.iter().all(|entry| entry.line.recipient.is_none() && entry.line.purpose.is_none()));
    assert_eq!((after[1].line.state, after[1].line.fields.as_slice()), (State::Told, &[Field::PersonPhone][..]));
    // The group reads that it was, and what.
    let own = scene.own().await.passed_on;
    assert_eq!((own.len(), own[0].purpose.clone(), own[0].fields.as_slice()), (1, None, &[Field::PersonPhone][..]));
    // The log says what was erased, not whom it was about.
    let look = scene.house().stores().look(&scene.office.lead::<ReadAudit>()).await.unwrap();
    let filter = AuditFilter { actions: vec!["disclosures.forgotten".to_owned()], limit: 9, ..AuditFilter::default() };
    let said: Vec<_> =
        look.audit_entries(&filter).await.unwrap().into_iter().map(|entry| entry.details.items).collect();
    assert_eq!(said, [[after[1].line.id.to_string()], [after[0].line.id.to_string()]]);
}

async fn what_waits_for_an_answer_for_ever_is_taken_back(backend: Backend) {
    let scene = Scene::new(backend).await;
    scene.ask_first().await;
    scene.pass_on(&[scene.phone], "mail").await.unwrap();
    scene.world.clock.advance(NOT_PASSED_ON.duration());
    housekeeping::remove_expired(&scene.world.house).await.unwrap();
    let line = scene.only().await;
    assert_eq!((line.state, line.recipient, line.purpose), (State::Withdrawn, None, None));
}

async fn a_hundred_at_once_open_a_link_once(backend: Backend) {
    let scene = Scene::new(backend).await;
    let token = scene.link(&[scene.hint]).await;
    let mut all = JoinSet::new();
    for _ in 0..100 {
        let (house, token, office) = (scene.office.house.clone(), token.clone(), scene.office.id);
        all.spawn(async move {
            let permit = anonymous_permit::<OpenDisclosure>(office);
            link::open(&permit, &house, &token, &link::new_browser(&house)).await
        });
    }
    let opened = all.join_all().await;
    let shown = opened.iter().filter(|opened| matches!(opened, Ok(Opened::Shows(_)))).count();
    let used = opened.iter().filter(|opened| matches!(opened, Ok(Opened::Dead(Dead::Used)))).count();
    let busy = opened.iter().filter(|opened| opened.is_err()).count();
    assert_eq!((shown, used + busy), (1, 99), "one sees it, nobody else");
    assert_eq!(scene.acts().await, ["disclosure.sent", "disclosure.seen"]);
}

async fn who_stands_for_the_group_no_more_does_not_answer_for_it(backend: Backend) {
    let scene = Scene::new(backend).await;
    scene.ask_first().await;
    scene.pass_on(&[scene.hint], "phone").await.unwrap();
    let asked = mails(&scene.world.house, &scene.office).await;
    let link_of = |to: &str| {
        let mail = asked.iter().find(|mail| mail.to.as_str() == to).expect("asked");
        token_of(mail, "/weitergabe-frage/")
    };
    let (admins, persons) = (link_of(&scene.admin.email), link_of("kontakt@gruppe.example"));
    let permit = anonymous_permit::<AnswerDisclosure>(scene.office.id);
    for link in [&admins, &persons] {
        assert_eq!(answer::question(&permit, scene.house(), link).await.unwrap().state, State::Asked);
    }
    // Another address for the person: the mail to the old one is no longer theirs to answer.
    let tx = scene.house().stores().begin(&scene.office.lead::<EditGroup>()).await.unwrap();
    let mut person = tx.person(scene.person).await.unwrap().unwrap();
    let email = person.items.iter_mut().find(|item| item.field == Field::PersonEmail).unwrap();
    let before = std::mem::replace(&mut email.value, Value::Email(EmailAddress::parse("neu@gruppe.example").unwrap()));
    tx.save_person(&person).await.unwrap();
    tx.commit(AuditEvent::new("test.moved", scene.person)).await.unwrap();
    let moved = answer::question(&permit, scene.house(), &persons).await;
    assert!(matches!(moved, Err(Error::NotFound)), "{moved:?}");
    let tx = scene.house().stores().begin(&scene.office.lead::<EditGroup>()).await.unwrap();
    person.items.iter_mut().find(|item| item.field == Field::PersonEmail).unwrap().value = before;
    tx.save_person(&person).await.unwrap();
    tx.commit(AuditEvent::new("test.moved", scene.person)).await.unwrap();
    assert!(answer::question(&permit, scene.house(), &persons).await.is_ok());
    // The admin's access ends, and the person leaves the group.
    let tx = scene.house().stores().begin(&scene.office.lead::<EditGroup>()).await.unwrap();
    let mut admin = tx.user(scene.admin.user).await.unwrap().unwrap();
    admin.standing.state = UserState::Disabled;
    tx.set_standing(admin.id, &admin.standing).await.unwrap();
    let mut group = tx.group(scene.group).await.unwrap().unwrap();
    group.people.clear();
    tx.save_group(&group, "people").await.unwrap();
    tx.commit(AuditEvent::new("test.left", scene.group)).await.unwrap();
    for link in [&admins, &persons] {
        let looked = answer::question(&permit, scene.house(), link).await;
        assert!(matches!(looked, Err(Error::NotFound)), "{looked:?}");
        let said = answer::answer(&permit, scene.house(), link, Answer::Yes).await;
        assert!(matches!(said, Err(Error::NotFound)), "{said:?}");
    }
    assert_eq!(scene.only().await.state, State::Asked);
}

async fn a_lost_link_is_replaced_and_the_first_is_dead(backend: Backend) {
    let scene = Scene::new(backend).await;
    let form = scene.form(&[scene.hint], "link").await;
    let permit = may::<PassOn>(&scene.office, &scene.staff).await;
    let first = pass_on::pass_on(&permit, scene.house(), scene.group, &form).await.unwrap();
    let Outcome::Link(first, until) = first else { panic!("{first:?}") };
    // The second click of a double click: its answer is the one the browser shows.
    let second = pass_on::pass_on(&permit, scene.house(), scene.group, &form).await.unwrap();
    let Outcome::Again(id) = second else { panic!("{second:?}") };
    let line = scene.only().await;
    assert!(line.id == id && line.can_show_link);
    scene.world.clock.advance(SignedDuration::from_hours(1));
    let stale = pass_on::another_link(&permit, scene.house(), id, line.version + 1).await;
    assert!(matches!(stale, Err(Error::Conflict)), "{stale:?}");
    let (group, other) = pass_on::another_link(&permit, scene.house(), id, line.version).await.unwrap();
    let Outcome::Link(other, still) = other else { panic!("{other:?}") };
    assert_eq!((group, still), (scene.group, until), "it works no longer than the first would have");
    let token = |link: &str| link.rsplit('/').next().unwrap().to_owned();
    let [mine, _] = browsers(scene.house());
    let dead = link::look(&anonymous_permit(scene.office.id), scene.house(), &token(&first), &mine).await;
    assert!(matches!(dead, Err(Error::NotFound)), "{dead:?}");
    assert_eq!(values(&scene.open(&token(&other), &mine).await), [HINT]);
    // What was opened is not shown to anybody else.
    let line = scene.only().await;
    assert!(!line.can_show_link);
    let opened = pass_on::another_link(&permit, scene.house(), id, line.version).await;
    assert!(matches!(opened, Err(Error::Conflict)), "{opened:?}");
}

async fn a_yes_does_not_last_for_ever_and_whoever_carries_it_out_is_named(backend: Backend) {
    let scene = Scene::new(backend).await;
    scene.ask_first().await;
    let permit = may::<PassOn>(&scene.office, &scene.staff).await;
    let ask = async || {
        let form = scene.form(&[scene.hint], "phone").await;
        let id: DisclosureId = form.id.parse().unwrap();
        pass_on::pass_on(&permit, scene.house(), scene.group, &form).await.unwrap();
        pass_on::answered_by_phone(&permit, scene.house(), id, 1, Answer::Yes).await.unwrap();
        id
    };
    let first = ask().await;
    scene.world.clock.advance(AGREED.duration());
    let late = pass_on::carry_out(&permit, scene.house(), first, 2).await;
    assert!(matches!(late, Err(Error::Conflict)), "{late:?}");
    let page = register::page(&may(&scene.office, &scene.staff).await, scene.house(), first).await.unwrap();
    assert!(page.line.state == State::Agreed && !page.line.agreement_carries);

    let second = ask().await;
    let colleague = scene.office.someone(Role::Staff).await;
    let theirs = may::<PassOn>(&scene.office, &colleague).await;
    pass_on::carry_out(&theirs, scene.house(), second, 2).await.unwrap();
    let look = scene.house().stores().look(&theirs).await.unwrap();
    let told = look.disclosure(second).await.unwrap().unwrap();
    assert_eq!((told.state, told.by), (State::Told, colleague.user), "who passed it on, not who asked");
}

testkit::on_both! {
    the_register_says_who_passed_on_what_to_whom:
        the_register_says_who_passed_on_what_to_whom_on_sqlite,
        the_register_says_who_passed_on_what_to_whom_on_postgresql;
    the_register_has_pages: the_register_has_pages_on_sqlite, the_register_has_pages_on_postgresql;
    to_whom_and_why_is_erased_when_its_time_is_over_and_the_fact_stays:
        to_whom_and_why_is_erased_when_its_time_is_over_and_the_fact_stays_on_sqlite,
        to_whom_and_why_is_erased_when_its_time_is_over_and_the_fact_stays_on_postgresql;
    what_waits_for_an_answer_for_ever_is_taken_back:
        what_waits_for_an_answer_for_ever_is_taken_back_on_sqlite,
        what_waits_for_an_answer_for_ever_is_taken_back_on_postgresql;
    a_hundred_at_once_open_a_link_once:
        a_hundred_at_once_open_a_link_once_on_sqlite, a_hundred_at_once_open_a_link_once_on_postgresql;
    who_stands_for_the_group_no_more_does_not_answer_for_it:
        who_stands_for_the_group_no_more_does_not_answer_for_it_on_sqlite,
        who_stands_for_the_group_no_more_does_not_answer_for_it_on_postgresql;
    a_lost_link_is_replaced_and_the_first_is_dead:
        a_lost_link_is_replaced_and_the_first_is_dead_on_sqlite,
        a_lost_link_is_replaced_and_the_first_is_dead_on_postgresql;
    a_yes_does_not_last_for_ever_and_whoever_carries_it_out_is_named:
        a_yes_does_not_last_for_ever_and_whoever_carries_it_out_is_named_on_sqlite,
        a_yes_does_not_last_for_ever_and_whoever_carries_it_out_is_named_on_postgresql;
}
