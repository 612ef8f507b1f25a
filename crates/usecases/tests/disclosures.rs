//! Yellow leaves by a recorded disclosure only; red never does; a link shows once, what is yellow then, or nothing.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot be set up fails")]

mod post;
mod yellow;

use access::actions::{
    AnswerDisclosure, CopyItem, EditGroup, OpenDisclosure, PassOn, ReadAudit, ReadGroup, SetAskFirst,
};
use access::{Role, anonymous_permit};
use domain::audit::AuditEvent;
use domain::catalogue::Limit;
use domain::disclosure::{Answer, Obstacle, State};
use domain::{DisclosureId, Field, ItemId, Light, Status};
use jiff::SignedDuration;
use post::{mails, token_of};
use storage::AuditFilter;
use testkit::Backend;
use usecases::disclosures::ask_first::{self, Wanted};
use usecases::disclosures::link::{self, Dead, Opened};
use usecases::disclosures::pass_on::{self, Form, Outcome};
use usecases::disclosures::{answer, copy};
use usecases::groups::show;
use usecases::{Error, Result, housekeeping};
use yellow::{HINT, PHONE, Scene, browsers, may, values};

async fn told_by_phone_is_recorded_and_the_group_sees_why_but_not_to_whom(backend: Backend) {
    let scene = Scene::new(backend).await;
    let offer = pass_on::offer(&may(&scene.office, &scene.staff).await, scene.house(), scene.group).await.unwrap();
    let offered: Vec<ItemId> = offer.items.iter().map(|one| one.item.id).collect();
    assert_eq!(offered, [scene.hint, scene.phone], "nothing green, nothing red");
    let why: Vec<_> = offer.red.iter().map(|kept| (kept.field, kept.obstacle)).collect();
    assert_eq!(why, [(Field::PersonEmail, Obstacle::Consent), (Field::BankAccount, Obstacle::Policy)]);

    let form = scene.form(&[scene.hint, scene.phone], "phone").await;
    let permit = may::<PassOn>(&scene.office, &scene.staff).await;
    assert_eq!(pass_on::pass_on(&permit, scene.house(), scene.group, &form).await.unwrap(), Outcome::Told);
    let again = pass_on::pass_on(&permit, scene.house(), scene.group, &form).await.unwrap();
    assert_eq!(again, Outcome::Again(form.id.parse().unwrap()), "the same form counts once");
    let line = scene.only().await;
    assert_eq!((line.state, line.recipient.unwrap().name.as_str()), (State::Told, "Anruferin Kim"));
    assert_eq!(scene.acts().await, ["disclosure.told"]);

    // Whoever only reads sees no recipient.
    let reader = scene.office.someone(Role::ReadOnly).await;
    let view = show::show(&may::<ReadGroup>(&scene.office, &reader).await, scene.house(), scene.group).await.unwrap();
    assert_eq!((view.disclosures.len(), view.disclosures[0].recipient.clone()), (1, None));
    let own = scene.own().await;
    assert_eq!(own.passed_on.len(), 1);
    assert_eq!(own.passed_on[0].purpose.as_deref(), Some("Möchte die Gruppe kennenlernen."));
    assert!(!format!("{:?}", own.passed_on).contains("Kim"));
}

async fn what_is_not_yellow_is_not_passed_on(backend: Backend) {
    let scene = Scene::new(backend).await;
    let refused = |outcome: Result<Outcome>, field: &str| {
        let Err(Error::Invalid(problems)) = outcome else { panic!("{outcome:?}") };
        assert!(problems.iter().any(|problem| problem.field == field), "{problems:?}");
    };
    refused(scene.pass_on(&[scene.account], "phone").await, "items");
    refused(scene.pass_on(&[scene.hint, scene.account], "phone").await, "items");
    refused(scene.pass_on(&[], "phone").await, "items");
    refused(scene.pass_on(&[scene.hint], "post").await, "channel");
    let permit = may::<PassOn>(&scene.office, &scene.staff).await;
    for (field, form) in [
        ("recipient", Form { recipient: " ".to_owned(), ..scene.form(&[scene.hint], "phone").await }),
        ("purpose", Form { purpose: String::new(), ..scene.form(&[scene.hint], "phone").await }),
        ("email", Form { email: "kim".to_owned(), ..scene.form(&[scene.hint], "mail").await }),
    ] {
        refused(pass_on::pass_on(&permit, scene.house(), scene.group, &form).await, field);
    }
    // Without the person's consent yellow is red.
    scene.withdraw_consent().await;
    refused(scene.pass_on(&[scene.phone], "phone").await, "items");
    // A draft says nothing to anybody.
    let tx = scene.house().stores().begin(&scene.office.lead::<EditGroup>()).await.unwrap();
    let mut group = tx.group(scene.group).await.unwrap().unwrap();
    group.status = Status::Draft;
    tx.save_group(&group, "status").await.unwrap();
    tx.commit(AuditEvent::new("test.draft", scene.group)).await.unwrap();
    refused(scene.pass_on(&[scene.hint], "phone").await, "");
    assert!(scene.acts().await.is_empty(), "nothing was passed on");
}

async fn a_link_shows_once_and_looking_uses_nothing_up(backend: Backend) {
    let scene = Scene::new(backend).await;
    assert_eq!(scene.pass_on(&[scene.phone, scene.hint], "mail").await.unwrap(), Outcome::Mailed);
    let sent = mails(&scene.world.house, &scene.office).await;
    assert_eq!((sent.len(), sent[0].to.as_str()), (1, "kim@sucht.example"));
    for secret in [PHONE, HINT, "Lichtblick", "Kim"] {
        assert!(!sent[0].body.contains(secret) && !sent[0].subject.contains(secret), "links, not data");
    }
    let token = token_of(&sent[0], "/weitergabe/");
    let [mine, other] = browsers(scene.house());
    for _ in 0..3 {
        assert_eq!(scene.look(&token, &other).await, Opened::Waits, "a scanner looks");
    }
    assert_eq!(values(&scene.open(&token, &mine).await), [HINT, PHONE]);
    // The same browser for an hour, nobody else.
    assert_eq!(values(&scene.look(&token, &mine).await), [HINT, PHONE]);
    assert_eq!(values(&scene.open(&token, &mine).await), [HINT, PHONE]);
    assert_eq!(scene.open(&token, &other).await, Opened::Dead(Dead::Used));
    scene.world.clock.advance(link::AGAIN);
    assert_eq!(scene.look(&token, &mine).await, Opened::Dead(Dead::Used));
    assert_eq!(scene.acts().await, ["disclosure.sent", "disclosure.seen"], "one sight");
    assert_eq!(scene.only().await.state, State::Seen);
    // A made-up link is no link, and another office's is none here.
    let beta = scene.world.office("beta").await;
    let elsewhere = anonymous_permit::<OpenDisclosure>(beta.id);
    let foreign = link::look(&elsewhere, &beta.house, &token, &mine).await;
    assert!(matches!(foreign, Err(Error::NotFound)), "{foreign:?}");
}

async fn a_link_ends(backend: Backend) {
    let scene = Scene::new(backend).await;
    let [mine, _] = browsers(scene.house());
    let token = scene.link(&[scene.hint]).await;
    scene.world.clock.advance(pass_on::LINK_LIFETIME - SignedDuration::from_secs(1));
    assert_eq!(scene.look(&token, &mine).await, Opened::Waits);
    scene.world.clock.advance(SignedDuration::from_secs(1));
    assert_eq!(scene.open(&token, &mine).await, Opened::Dead(Dead::Expired));
    let line = scene.only().await;
    assert!(line.expired && line.state == State::Sent);
    assert!(scene.own().await.passed_on.is_empty(), "nobody learned anything");
    // Taken back, by whoever passed it on and sees how it stands.
    let permit = may::<PassOn>(&scene.office, &scene.staff).await;
    let stale = pass_on::withdraw(&permit, scene.house(), line.id, 7).await;
    assert!(matches!(stale, Err(Error::Conflict)), "{stale:?}");
    pass_on::withdraw(&permit, scene.house(), line.id, line.version).await.unwrap();
    assert_eq!(scene.open(&token, &mine).await, Opened::Dead(Dead::Closed));
    let twice = pass_on::withdraw(&permit, scene.house(), line.id, line.version + 1).await;
    assert!(matches!(twice, Err(Error::Conflict)), "{twice:?}");
}

async fn what_is_closed_between_link_and_opening_shows_nothing(backend: Backend) {
    let scene = Scene::new(backend).await;
    let [mine, _] = browsers(scene.house());
    // One of two is enough: a link shows all of it or nothing.
    let (both, phone) = (scene.link(&[scene.hint, scene.phone]).await, scene.link(&[scene.phone]).await);
    scene.close(scene.hint).await;
    assert_eq!(scene.open(&both, &mine).await, Opened::Dead(Dead::Closed));
    assert_eq!(values(&scene.open(&phone, &mine).await), [PHONE]);
    // Consent that goes closes it even for the browser that has opened it.
    scene.withdraw_consent().await;
    assert_eq!(scene.look(&phone, &mine).await, Opened::Dead(Dead::Closed));
    assert_eq!(scene.acts().await, ["disclosure.sent", "disclosure.sent", "disclosure.seen"]);
}

async fn of_a_person_who_was_deleted_nothing_is_shown(backend: Backend) {
    let scene = Scene::new(backend).await;
    let [mine, other] = browsers(scene.house());
    let (opened, waiting) = (scene.link(&[scene.phone]).await, scene.link(&[scene.phone]).await);
    assert_eq!(values(&scene.open(&opened, &mine).await), [PHONE]);
    assert_eq!(scene.look(&waiting, &other).await, Opened::Waits);
    let tx = scene.house().stores().begin(&scene.office.lead::<EditGroup>()).await.unwrap();
    tx.remove_person(scene.person).await.unwrap();
    tx.commit(AuditEvent::new("person.deleted", scene.person)).await.unwrap();
    assert_eq!(scene.look(&opened, &mine).await, Opened::Dead(Dead::Closed));
    assert_eq!(scene.open(&waiting, &other).await, Opened::Dead(Dead::Closed));
    let view = show::show(&may::<ReadGroup>(&scene.office, &scene.staff).await, scene.house(), scene.group).await;
    assert_eq!(view.unwrap().disclosures.len(), 2, "that it was passed on stays");
}

async fn two_clicks_at_once_are_one_sight(backend: Backend) {
    let scene = Scene::new(backend).await;
    let [mine, other] = browsers(scene.house());
    let token = scene.link(&[scene.hint]).await;
    let (one, two) = tokio::join!(scene.open(&token, &mine), scene.open(&token, &mine));
    assert_eq!((values(&one), values(&two)), (vec![HINT.to_owned()], vec![HINT.to_owned()]));
    let again = scene.link(&[scene.hint]).await;
    let (one, two) = tokio::join!(scene.open(&again, &mine), scene.open(&again, &other));
    let shown = [&one, &two].into_iter().filter(|opened| matches!(opened, Opened::Shows(_))).count();
    let used = [&one, &two].into_iter().filter(|opened| **opened == Opened::Dead(Dead::Used)).count();
    assert_eq!((shown, used), (1, 1), "{one:?} {two:?}");
    let seen = scene.acts().await.into_iter().filter(|act| act == "disclosure.seen").count();
    assert_eq!(seen, 2, "one for each link");
}

async fn a_group_that_wants_to_be_asked_is_asked(backend: Backend) {
    let scene = Scene::new(backend).await;
    scene.ask_first().await;
    assert_eq!(scene.pass_on(&[scene.phone], "mail").await.unwrap(), Outcome::Asked(2));
    let asked = mails(&scene.world.house, &scene.office).await;
    let mut to: Vec<&str> = asked.iter().map(|mail| mail.to.as_str()).collect();
    to.sort_unstable();
    let mut due = [scene.admin.email.as_str(), "kontakt@gruppe.example"];
    due.sort_unstable();
    assert_eq!(to, due, "the admin and the contact person; the recipient gets nothing");
    let tokens: Vec<String> = asked.iter().map(|mail| token_of(mail, "/weitergabe-frage/")).collect();
    let permit = anonymous_permit::<AnswerDisclosure>(scene.office.id);
    let question = answer::question(&permit, scene.house(), &tokens[0]).await.unwrap();
    assert_eq!(question.fields, [Field::PersonPhone]);
    let shown = format!("{question:?}");
    assert!(!shown.contains(PHONE) && !shown.contains("Kim"), "neither what it says nor to whom");

    // Before the answer nothing is passed on.
    let staff = may::<PassOn>(&scene.office, &scene.staff).await;
    let line = scene.only().await;
    let early = pass_on::carry_out(&staff, scene.house(), line.id, line.version).await;
    assert!(matches!(early, Err(Error::Conflict)), "{early:?}");
    let say = async |token: &str, said| answer::answer(&permit, scene.house(), token, said).await.unwrap();
    assert_eq!(say(&tokens[0], Answer::Yes).await, State::Agreed);
    let told = mails(&scene.world.house, &scene.office).await;
    assert_eq!((told.len(), told[0].to.as_str()), (1, scene.staff.email.as_str()));
    assert!(told[0].body.contains(&format!("/office/weitergaben/{}", line.id)));
    let line = scene.only().await;
    let (group, outcome) = pass_on::carry_out(&staff, scene.house(), line.id, line.version).await.unwrap();
    assert_eq!((group, outcome), (scene.group, Outcome::Mailed));
    let sent = mails(&scene.world.house, &scene.office).await;
    let [mine, _] = browsers(scene.house());
    assert_eq!(values(&scene.open(&token_of(&sent[0], "/weitergabe/"), &mine).await), [PHONE]);
    // The other's answer comes too late: its link is dead.
    let late = answer::answer(&permit, scene.house(), &tokens[1], Answer::No).await;
    assert!(matches!(late, Err(Error::NotFound)), "{late:?}");
}

async fn a_no_wins_and_a_red_item_stops_what_was_agreed(backend: Backend) {
    let scene = Scene::new(backend).await;
    scene.ask_first().await;
    let staff = may::<PassOn>(&scene.office, &scene.staff).await;
    let permit = anonymous_permit::<AnswerDisclosure>(scene.office.id);
    scene.pass_on(&[scene.phone], "phone").await.unwrap();
    let first = scene.only().await.id;
    let tokens: Vec<String> = mails(&scene.world.house, &scene.office)
        .await
        .iter()
        .map(|mail| token_of(mail, "/weitergabe-frage/"))
        .collect();
    answer::answer(&permit, scene.house(), &tokens[0], Answer::Yes).await.unwrap();
    answer::answer(&permit, scene.house(), &tokens[1], Answer::No).await.unwrap();
    let line = scene.only().await;
    assert_eq!((line.id, line.state), (first, State::Refused));
    assert_eq!(answer::answer(&permit, scene.house(), &tokens[0], Answer::Yes).await.unwrap(), State::Refused);
    let refused = pass_on::carry_out(&staff, scene.house(), first, line.version).await;
    assert!(matches!(refused, Err(Error::Conflict)), "{refused:?}");

    // Agreed on the phone; then the person withdraws.
    let form = scene.form(&[scene.phone], "phone").await;
    let second: DisclosureId = form.id.parse().unwrap();
    pass_on::pass_on(&staff, scene.house(), scene.group, &form).await.unwrap();
    pass_on::answered_by_phone(&staff, scene.house(), second, 1, Answer::Yes).await.unwrap();
    scene.withdraw_consent().await;
    let closed = pass_on::carry_out(&staff, scene.house(), second, 2).await;
    assert!(matches!(closed, Err(Error::Invalid(_))), "{closed:?}");
    assert!(!scene.acts().await.iter().any(|act| act == "disclosure.told"), "nothing was passed on");

    // The office takes the rule back: the group is told. Old links to answer are swept.
    mails(&scene.world.house, &scene.office).await;
    let set = may::<SetAskFirst>(&scene.office, &scene.staff).await;
    ask_first::set(&set, scene.house(), scene.group, Wanted::No).await.unwrap();
    let told = mails(&scene.world.house, &scene.office).await;
    assert_eq!((told.len(), told[0].to.as_str()), (1, scene.admin.email.as_str()));
    assert!(!scene.own().await.ask_first);
    scene.world.clock.advance(pass_on::QUESTION_LIFETIME);
    housekeeping::remove_expired(&scene.world.house).await.unwrap();
    let gone = answer::question(&permit, scene.house(), &tokens[0]).await;
    assert!(matches!(gone, Err(Error::NotFound)), "{gone:?}");
}

async fn copying_is_logged_with_what_was_copied(backend: Backend) {
    let scene = Scene::new(backend).await;
    let permit = may::<CopyItem>(&scene.office, &scene.staff).await;
    for item in [scene.phone, scene.account] {
        copy::copied(&permit, scene.house(), scene.group, item).await.unwrap();
    }
    let look = scene.house().stores().look(&scene.office.lead::<ReadAudit>()).await.unwrap();
    let filter = AuditFilter { actions: vec!["items.copied".to_owned()], limit: 9, ..AuditFilter::default() };
    let said: Vec<_> = look.audit_entries(&filter).await.unwrap();
    let said: Vec<_> =
        said.iter().map(|entry| (entry.details.summary.as_str(), entry.details.items[0].clone())).collect();
    assert_eq!(
        said,
        [("bank_account red", scene.account.to_string()), ("person_phone yellow", scene.phone.to_string())]
    );
    drop(look);
    let name =
        show::show(&may(&scene.office, &scene.staff).await, scene.house(), scene.group).await.unwrap().group.items[0]
            .id;
    copy::copied(&permit, scene.house(), scene.group, name).await.unwrap();
    let unknown: ItemId = scene.house().ids().next();
    let missing = copy::copied(&permit, scene.house(), scene.group, unknown).await;
    assert!(matches!(missing, Err(Error::NotFound)), "{missing:?}");
    assert_eq!(scene.acts().await.len(), 2, "what is green is everybody's");
    assert_eq!(Limit::built_in(Field::BankAccount).ceiling, Light::Red);
}

testkit::on_both! {
    told_by_phone_is_recorded_and_the_group_sees_why_but_not_to_whom:
        told_by_phone_is_recorded_and_the_group_sees_why_but_not_to_whom_on_sqlite,
        told_by_phone_is_recorded_and_the_group_sees_why_but_not_to_whom_on_postgresql;
    what_is_not_yellow_is_not_passed_on:
        what_is_not_yellow_is_not_passed_on_on_sqlite, what_is_not_yellow_is_not_passed_on_on_postgresql;
    a_link_shows_once_and_looking_uses_nothing_up:
        a_link_shows_once_and_looking_uses_nothing_up_on_sqlite,
        a_link_shows_once_and_looking_uses_nothing_up_on_postgresql;
    a_link_ends: a_link_ends_on_sqlite, a_link_ends_on_postgresql;
    what_is_closed_between_link_and_opening_shows_nothing:
        what_is_closed_between_link_and_opening_shows_nothing_on_sqlite,
        what_is_closed_between_link_and_opening_shows_nothing_on_postgresql;
    of_a_person_who_was_deleted_nothing_is_shown:
        of_a_person_who_was_deleted_nothing_is_shown_on_sqlite,
        of_a_person_who_was_deleted_nothing_is_shown_on_postgresql;
    two_clicks_at_once_are_one_sight:
        two_clicks_at_once_are_one_sight_on_sqlite, two_clicks_at_once_are_one_sight_on_postgresql;
    a_group_that_wants_to_be_asked_is_asked:
        a_group_that_wants_to_be_asked_is_asked_on_sqlite, a_group_that_wants_to_be_asked_is_asked_on_postgresql;
    a_no_wins_and_a_red_item_stops_what_was_agreed:
        a_no_wins_and_a_red_item_stops_what_was_agreed_on_sqlite,
        a_no_wins_and_a_red_item_stops_what_was_agreed_on_postgresql;
    copying_is_logged_with_what_was_copied:
        copying_is_logged_with_what_was_copied_on_sqlite, copying_is_logged_with_what_was_copied_on_postgresql;
}
