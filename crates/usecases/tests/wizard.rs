//! A group checks its own data, by its personal link, behind a login or on the phone: what is shown, and what comes of it.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot be set up fails")]

mod asked;
mod post;

use access::actions::{
    DecideRequest, EditGroup, ListGroups, OpenGroupLink, ReadRequests, ReconcileByLink, ReconcileByPhone, SubmitChanges,
};
use access::{Permit, Role, Stage, anonymous_permit, authorize};
use domain::audit::AuditEvent;
use domain::catalogue::Section;
use domain::reconciliation::{Answerer, Dueness, Shown, Step};
use domain::{Clock, Field, Light, Status};
use jiff::SignedDuration;
use testkit::Backend;
use usecases::Error;
use usecases::groups::{Entry, Typed};
use usecases::reconciliation::finish::{Finished, What, finish};
use usecases::reconciliation::links::{self};
use usecases::reconciliation::wizard::section::{self, Filled};
use usecases::reconciliation::wizard::shown::{Pending, Said};
use usecases::reconciliation::wizard::{self, person};
use usecases::review::decide::{self, Seen, Verdict};
use usecases::review::queue;

use asked::{NETWORK, Scene, accept_all, entry, group, told};
use post::mails;

async fn a_group_closes_at_once_and_asks_for_the_rest(backend: Backend) {
    let scene = Scene::new(backend).await;
    let entered = scene.enter().await;
    let permit = &entered.permit;
    let before = scene.public().await;

    // What is not public is masked, wherever it is shown.
    let view = wizard::view(permit, scene.house(), scene.group).await.unwrap();
    let step = section::section(permit, scene.house(), scene.group, Section::Contact).await.unwrap();
    let masked = format!("{} {}", told(&view), step.masks.values().cloned().collect::<Vec<_>>().join(" "));
    assert!(step.items.iter().all(|item| item.value.plain().is_empty() || item.effective() == Light::Green));
    for secret in
        ["5550199", "ab 18 Uhr", "Klingel bei Sonnenschein", "lichtblick@gruppe", "Kim Muster", "Beispielstraße"]
    {
        assert!(!masked.contains(secret), "{secret}");
    }
    assert!(masked.contains("Alte Beschreibung."), "what is public is there in full");
    // On the phone the colleague sees everything.
    let phone = scene.office.lead::<ReconcileByPhone>();
    assert!(told(&wizard::view(&phone, scene.house(), scene.group).await.unwrap()).contains("5550199"));

    // A masked row left empty stays; one that is filled in is replaced; a light can be changed without the value.
    let saved = scene.save(permit, Section::Group, |_, entries| {
        entry(entries, Field::Summary).typed = Typed::Plain("Neue Beschreibung.".to_owned());
    });
    saved.await.unwrap();
    scene
        .save(permit, Section::Meetings, |_, entries| entry(entries, Field::AccessHints).light = Some(Light::Red))
        .await
        .unwrap();
    let saved = scene.save(permit, Section::Contact, |step, entries| {
        assert_eq!(step.masks.len(), 2);
        let phone = entry(entries, Field::GroupPhone);
        phone.typed = Typed::Phone { number: "030 7770123".to_owned(), remark: String::new() };
    });
    saved.await.unwrap();
    assert_eq!(scene.public().await, before, "nothing is done before the end");
    assert_eq!(scene.line().await.round, Some(Shown::Step(Step::Begun)));

    // Another device, with another link, goes on where this one stopped.
    let elsewhere = scene.enter().await;
    let view = wizard::view(&elsewhere.permit, scene.house(), scene.group).await.unwrap();
    assert_eq!((view.changes.len(), view.done.len()), (3, 3));
    let phones: Vec<_> = view.items.iter().filter(|item| item.field == Field::GroupPhone).collect();
    assert!(
        matches!(&phones[0].said, Said::Masked(text) if !text.contains("7770123")),
        "what was typed is masked, too"
    );

    // What was looked at is what is sent.
    wizard::say(&elsewhere.permit, scene.house(), scene.group, "Bitte rufen Sie an.").await.unwrap();
    let stale = finish(permit, scene.house(), scene.group, What::Filled, &view.mark).await;
    assert!(matches!(stale, Err(Error::Conflict)));
    assert_eq!(scene.finish(&elsewhere.permit, What::Filled).await.unwrap(), Finished::Waits);
    assert_eq!(scene.item(Field::AccessHints).await.unwrap().light, Light::Red, "closed at once");
    assert_eq!(scene.item(Field::AccessHints).await.unwrap().value.plain(), "Klingel bei Sonnenschein");
    assert_eq!(scene.item(Field::Summary).await.unwrap().value.plain(), "Alte Beschreibung.");
    assert_eq!(scene.item(Field::GroupPhone).await.unwrap().value.plain(), "030 5550199 (ab 18 Uhr)");
    assert!(scene.item(Field::ConfirmedOn).await.is_none(), "not confirmed while something waits");
    assert_eq!(scene.line().await.round, Some(Shown::Step(Step::Submitted)));

    // The office decides; the request is the group's, and the mail goes to the group.
    let waiting = queue::queue(&scene.office.lead::<ReadRequests>(), scene.house(), &queue::Filter::default())
        .await
        .unwrap()
        .lines;
    assert!(waiting.len() == 1 && waiting[0].by_link && waiting[0].by.is_none());
    let view = queue::request(&scene.office.lead::<ReadRequests>(), scene.house(), waiting[0].id).await.unwrap();
    let verdicts: Vec<Verdict> = view.changes.iter().map(|one| Verdict::accept(one.change.item)).collect();
    let seen = Seen { request: view.version, group: view.group.version };
    decide::decide(&scene.office.lead::<DecideRequest>(), scene.house(), view.id, seen, &verdicts).await.unwrap();
    assert_eq!(scene.item(Field::Summary).await.unwrap().value.plain(), "Neue Beschreibung.");
    assert!(scene.item(Field::ConfirmedOn).await.is_some(), "the decision confirms all else");
    assert_eq!(scene.line().await.dueness, Dueness::Fine);
    assert!(scene.public().await.contains("confirmed_on"));
    let sent = mails(&scene.office.house, &scene.office).await;
    assert_eq!(sent.len(), 2, "a receipt and the outcome");
    assert!(sent.iter().all(|mail| mail.to.as_str() == "lichtblick@gruppe.example"));
    assert!(sent.iter().all(|mail| !mail.body.contains("7770123") && !mail.body.contains("Lichtblick")));
}

async fn still_right_is_one_form_and_public(backend: Backend) {
    let scene = Scene::new(backend).await;
    assert_eq!(scene.line().await.dueness, Dueness::Due);
    let entered = scene.enter().await;
    assert_eq!(scene.finish(&entered.permit, What::Unchanged).await.unwrap(), Finished::Confirmed);
    let line = scene.line().await;
    assert_eq!((line.dueness, line.round), (Dueness::Fine, Some(Shown::Step(Step::Confirmed))));
    assert_eq!(line.answered, Some(Answerer::Link));
    let look = scene.house().stores().public(scene.office.id).await.unwrap();
    assert!(look.groups().await.unwrap()[0].0.confirmed_on.is_some(), "everybody sees the day");
    // A year later it is due again; that it was silent took nothing away.
    scene.world.clock.advance(SignedDuration::from_hours(24 * 366));
    assert_eq!(scene.line().await.dueness, Dueness::Due);
    scene.world.clock.advance(SignedDuration::from_hours(24 * 366 * 3));
    assert_eq!(scene.line().await.dueness, Dueness::Overdue);
    assert!(scene.public().await.contains("Lichtblick"));
}

async fn the_phone_is_in_the_colleagues_name(backend: Backend) {
    let scene = Scene::new(backend).await;
    let staff = scene.office.permit::<ReconcileByPhone>(Role::Staff);
    let saved = scene.save(&staff, Section::Group, |_, entries| {
        entry(entries, Field::Summary).typed = Typed::Plain("Am Telefon gesagt.".to_owned());
    });
    saved.await.unwrap();
    assert_eq!(scene.finish(&staff, What::Filled).await.unwrap(), Finished::Waits);
    let waiting = queue::queue(&scene.office.lead::<ReadRequests>(), scene.house(), &queue::Filter::default())
        .await
        .unwrap()
        .lines;
    assert!(waiting.len() == 1 && !waiting[0].by_link);
    let line = scene.line().await;
    assert_eq!((line.round, line.answered), (Some(Shown::Step(Step::Submitted)), Some(Answerer::Phone)));
}

/// A permit by link reaches its own group and no other.
async fn a_link_reaches_no_other_group(backend: Backend) {
    let scene = Scene::new(backend).await;
    let second = group(&scene.office, "Zweite", None).await;
    let entered = scene.enter().await;
    let permit: &Permit<ReconcileByLink> = &entered.permit;
    assert!(wizard::view(permit, scene.house(), scene.group).await.is_ok());
    assert!(matches!(wizard::view(permit, scene.house(), second).await, Err(Error::NotFound)));
    assert!(matches!(wizard::say(permit, scene.house(), second, "x").await, Err(Error::NotFound)));
    let ended = finish(permit, scene.house(), second, What::Unchanged, "x").await;
    assert!(matches!(ended, Err(Error::NotFound)));
}

/// Asking for green is not being green: whoever holds a link reads nothing by it.
async fn a_link_unmasks_nothing_by_asking_for_it_to_be_open(backend: Backend) {
    let scene = Scene::new(backend).await;
    let entered = scene.enter().await;
    let permit = &entered.permit;
    scene
        .save(permit, Section::Contact, |_, entries| {
            for entry in entries {
                entry.light = Some(Light::Green);
            }
        })
        .await
        .unwrap();
    scene
        .save(permit, Section::Meetings, |_, entries| entry(entries, Field::AccessHints).light = Some(Light::Green))
        .await
        .unwrap();
    // Nor by a second row of the same item, in whichever order.
    for first in [0, 1] {
        let doubled = scene.save(permit, Section::Contact, |_, entries| {
            let at = entries.iter().position(|entry| entry.field == Field::GroupPhone).unwrap();
            let again = Entry { key: "group_phone-1".to_owned(), light: Some(Light::Green), ..entries[at].clone() };
            entries.insert(at + first, again);
        });
        let _refused_or_not = doubled.await;
    }
    // Nor by what is noted at another door.
    let phone = scene.office.permit::<ReconcileByPhone>(Role::Staff);
    wizard::say(&phone, scene.house(), scene.group, "Notiz vom Telefon").await.unwrap();
    scene
        .save(&phone, Section::Group, |_, entries| {
            entry(entries, Field::Summary).typed = Typed::Plain("Geheim bis zur Freigabe".to_owned());
        })
        .await
        .unwrap();
    for _ in 0..2 {
        let view = wizard::view(permit, scene.house(), scene.group).await.unwrap();
        let mut said = format!("{} {:?} {}", told(&view), view.changes, view.message);
        for one in [Section::Group, Section::Contact, Section::Meetings] {
            let step = section::section(permit, scene.house(), scene.group, one).await.unwrap();
            said = format!("{said} {:?} {:?}", step.items, step.masks);
        }
        let secrets = ["5550199", "Klingel bei Sonnenschein", "lichtblick@gruppe", "Notiz vom", "Geheim bis"];
        for secret in secrets {
            assert!(!said.contains(secret), "{secret}: {said}");
        }
        // The same with what waits for the office.
        assert_eq!(scene.finish(permit, What::Filled).await.unwrap(), Finished::Waits);
    }
    assert_eq!(scene.item(Field::GroupPhone).await.unwrap().light, Light::Red, "nothing opens by asking");
}

async fn two_devices_undo_nothing_of_each_other_and_pressing_twice_does_it_once(backend: Backend) {
    let scene = Scene::new(backend).await;
    let (one, other) = (scene.enter().await, scene.enter().await);
    let step = section::section(&one.permit, scene.house(), scene.group, Section::Group).await.unwrap();
    let mine = scene.filled(&step, |_, entries| {
        entry(entries, Field::Summary).typed = Typed::Plain("Von hier.".to_owned());
    });
    scene
        .save(&other.permit, Section::Group, |_, entries| {
            entry(entries, Field::Summary).typed = Typed::Plain("Von dort.".to_owned());
        })
        .await
        .unwrap();
    let stale = section::save(&one.permit, scene.house(), Section::Group, &mine).await;
    assert!(matches!(stale, Err(Error::Conflict)), "what the other device saved is not undone unseen");
    // What the office saves elsewhere in the group disturbs nobody; what it saves here does.
    let step = section::section(&one.permit, scene.house(), scene.group, Section::Group).await.unwrap();
    let mine = scene.filled(&step, |_, entries| {
        entry(entries, Field::Summary).typed = Typed::Plain("Von hier.".to_owned());
    });
    section::save(&one.permit, scene.house(), Section::Group, &mine).await.unwrap();
    section::save(&one.permit, scene.house(), Section::Group, &mine).await.expect("pressed twice");

    let mark = wizard::view(&one.permit, scene.house(), scene.group).await.unwrap().mark;
    for _ in 0..3 {
        let ended = finish(&one.permit, scene.house(), scene.group, What::Filled, &mark).await.unwrap();
        assert_eq!(ended, Finished::Waits);
    }
    let waiting = queue::queue(&scene.office.lead::<ReadRequests>(), scene.house(), &queue::Filter::default())
        .await
        .unwrap()
        .lines;
    assert_eq!(waiting.len(), 1);
    assert_eq!(mails(&scene.office.house, &scene.office).await.len(), 1, "one receipt");
}

/// A robot with a link fills neither the log nor the group's mailbox.
async fn a_link_ends_the_wizard_a_few_times_a_day(backend: Backend) {
    let scene = Scene::new(backend).await;
    let entered = scene.enter().await;
    let mut throttled = 0;
    for _ in 0..20 {
        match scene.finish(&entered.permit, What::Unchanged).await {
            Ok(_) => {}
            Err(Error::Throttled(_)) => throttled += 1,
            other => panic!("{other:?}"),
        }
    }
    assert!(throttled >= 14, "{throttled}");
    assert!(mails(&scene.office.house, &scene.office).await.len() <= 6);
    // The office on the phone is not held up by it.
    assert!(scene.finish(&scene.office.lead::<ReconcileByPhone>(), What::Unchanged).await.is_ok());
    let (token, _) = scene.fetched().await;
    let mut throttled = false;
    for _ in 0..40 {
        throttled |= matches!(scene.open_at(&scene.office, &token).await, Err(Error::Throttled(_)));
    }
    assert!(throttled, "nor is one link opened for ever");
}

/// Whether a guess was right is nobody's to try out: not with a form that is old, either.
async fn guesses_over_a_mask_are_counted(backend: Backend) {
    let scene = Scene::new(backend).await;
    let entered = scene.enter().await;
    let step = section::section(&entered.permit, scene.house(), scene.group, Section::Contact).await.unwrap();
    let mut throttled = 0;
    for number in 0..60 {
        let filled = scene.filled(&step, |_, entries| {
            let phone = entry(entries, Field::GroupPhone);
            phone.typed = Typed::Phone { number: format!("030 55501{number:02}"), remark: String::new() };
        });
        let stale = Filled { mark: "alt".to_owned(), ..filled };
        let tried = section::save(&entered.permit, scene.house(), Section::Contact, &stale).await;
        throttled += usize::from(matches!(tried, Err(Error::Throttled(_))));
    }
    assert_eq!(throttled, 60 - 41);
}

async fn a_group_that_has_ended_has_nothing_to_check(backend: Backend) {
    let scene = Scene::new(backend).await;
    let (token, _) = scene.fetched().await;
    let cookie = scene.open_at(&scene.office, &token).await.unwrap();
    let tx = scene.house().stores().begin(&scene.office.lead::<EditGroup>()).await.unwrap();
    let mut group = tx.group(scene.group).await.unwrap().unwrap();
    group.status = Status::Dissolved;
    tx.save_group(&group, "dissolved").await.unwrap();
    tx.commit(AuditEvent::new("test.dissolved", group.id)).await.unwrap();
    assert!(links::session(scene.house(), scene.office.id, &cookie).await.unwrap().is_none());
    assert!(matches!(scene.open_at(&scene.office, &token).await, Err(Error::NotFound)));
    let permit: Permit<OpenGroupLink> = anonymous_permit(scene.office.id);
    links::renew(&permit, scene.house(), &token, "lichtblick@gruppe.example", NETWORK).await.unwrap();
    assert!(mails(&scene.office.house, &scene.office).await.is_empty(), "no mail with a link that opens nothing");
    let none = links::fetch(&scene.office.lead(), scene.house(), scene.group).await;
    assert!(matches!(none, Err(Error::Invalid(_))));
    assert!(matches!(links::send(&scene.office.lead(), scene.house(), scene.group).await, Err(Error::Invalid(_))));
}

/// A contact person by link: closed at once, a new value is red and waits, nothing is agreed to.
async fn a_persons_details_are_closed_and_replaced_by_link_and_never_opened(backend: Backend) {
    let scene = Scene::new(backend).await;
    let person = scene.contact().await;
    let name = person.items.iter().find(|item| item.field == Field::PersonName).unwrap().id;
    let staff = scene.office.lead::<access::actions::RecordConsent>();
    let agreed = usecases::consents::record::Agreed {
        group: scene.group,
        person: person.id,
        item: name,
        light: Light::Yellow,
        given_on: scene.world.clock.now().to_zoned(domain::schedule::berlin()).date(),
        channel: domain::consent::Channel::Paper,
        filed: "Ordner 1".to_owned(),
        receipt: false,
    };
    usecases::consents::record::record(&staff, scene.house(), &agreed).await.unwrap();
    let light =
        async |field| scene.contact().await.items.iter().find(|item| item.field == field).map(|item| item.light);
    assert_eq!(light(Field::PersonName).await, Some(Light::Yellow));

    let entered = scene.enter().await;
    let permit = &entered.permit;
    let step = person::person(permit, scene.house(), scene.group, Some(person.id)).await.unwrap();
    assert!(!step.can_agree && !format!("{:?}{:?}", step.form.items, step.called).contains("Kim Muster"));
    // More open than agreed to: not by link.
    let open = scene
        .save_person(permit, true, |_, entries| entry(entries, Field::PersonName).light = Some(Light::Green))
        .await;
    assert!(matches!(&open, Err(Error::Invalid(problems)) if problems[0].code == "person-not-asked"), "{open:?}");
    // A new name takes the light of nobody's word.
    let saved = scene.save_person(permit, true, |_, entries| {
        let name = entry(entries, Field::PersonName);
        (name.typed, name.light) = (Typed::Plain("Robin Neu".to_owned()), Some(Light::Yellow));
    });
    saved.await.unwrap();
    let view = wizard::view(permit, scene.house(), scene.group).await.unwrap();
    assert_eq!(view.changes.len(), 2);
    assert!(view.changes.iter().all(|change| change.person == Some(person.id)));
    let after: Vec<_> = view.changes.iter().filter_map(|change| change.after.as_ref()).collect();
    assert!(after.iter().all(|item| item.light == Light::Red), "{after:?}");
    assert_eq!(scene.finish(permit, What::Filled).await.unwrap(), Finished::Waits);
    assert_eq!(light(Field::PersonName).await, Some(Light::Yellow), "the old one stands until the new one counts");
    accept_all(&scene).await;
    let now = scene.contact().await;
    let name = now.items.iter().find(|item| item.field == Field::PersonName).unwrap();
    assert_eq!((name.value.plain().as_str(), name.light), ("Robin Neu", Light::Red), "nobody agreed");

    // Closing always works, and at once.
    let agreed = usecases::consents::record::Agreed { item: name.id, ..agreed };
    usecases::consents::record::record(&staff, scene.house(), &agreed).await.unwrap();
    assert_eq!(light(Field::PersonName).await, Some(Light::Yellow));
    let entered = scene.enter().await;
    let saved = scene.save_person(&entered.permit, false, |_, entries| {
        entry(entries, Field::PersonName).light = Some(Light::Red);
    });
    saved.await.unwrap();
    assert_eq!(light(Field::PersonName).await, Some(Light::Yellow), "nothing is done before the end");
    assert_eq!(scene.finish(&entered.permit, What::Filled).await.unwrap(), Finished::Confirmed);
    let now = scene.contact().await;
    let name = now.items.iter().find(|item| item.field == Field::PersonName).unwrap();
    assert_eq!(name.light, Light::Red);
    assert_eq!(now.consented(name), Light::Red, "the consent is withdrawn with it");

    // Another group's person is out of reach.
    let second = group(&scene.office, "Zweite", None).await;
    let look = scene.house().stores().look(&scene.office.lead::<ListGroups>()).await.unwrap();
    let theirs = look.group(second).await.unwrap().unwrap().people[0].person;
    drop(look);
    assert!(matches!(person::person(permit, scene.house(), scene.group, Some(theirs)).await, Err(Error::NotFound)));
}

/// What somebody agreed to behind a login counts only if they end it themselves.
async fn nobody_agrees_by_another_ones_hand(backend: Backend) {
    let scene = Scene::new(backend).await;
    let admin = scene.office.admin_of(&[scene.group]).await;
    let session = scene.office.session(&admin, Stage::Full).await;
    let me = scene.house().principal(&scene.office.slug, &session).await.unwrap().unwrap();
    let login: Permit<SubmitChanges> = authorize(&me).unwrap();
    let without = scene
        .save_person(&login, false, |_, entries| entry(entries, Field::PersonName).light = Some(Light::Green))
        .await;
    assert!(matches!(&without, Err(Error::Invalid(problems)) if problems[0].code == "agrees-missing"), "{without:?}");
    let open = async || {
        scene
            .save_person(&login, true, |_, entries| entry(entries, Field::PersonName).light = Some(Light::Green))
            .await
            .unwrap();
    };
    let name = async || {
        let person = scene.contact().await;
        person.items.iter().find(|item| item.field == Field::PersonName).unwrap().light
    };
    // Ended by link, and by a colleague on the phone: nobody agreed.
    open().await;
    let entered = scene.enter().await;
    assert_eq!(scene.finish(&entered.permit, What::Filled).await.unwrap(), Finished::Waits);
    accept_all(&scene).await;
    assert_eq!(name().await, Light::Red);
    open().await;
    let phone = scene.office.permit::<ReconcileByPhone>(Role::Staff);
    assert_eq!(scene.finish(&phone, What::Filled).await.unwrap(), Finished::Waits);
    accept_all(&scene).await;
    assert_eq!(name().await, Light::Red);
    // Ended by the person: it counts when the office accepts it.
    open().await;
    assert_eq!(scene.finish(&login, What::Filled).await.unwrap(), Finished::Waits);
    assert_eq!(name().await, Light::Red);
    accept_all(&scene).await;
    assert_eq!(name().await, Light::Green);
}

/// Somebody new is named in the wizard: asked for with the rest, red until they agree, and taken back as long as nothing was
/// sent.
async fn somebody_new_is_named_and_taken_back(backend: Backend) {
    let scene = Scene::new(backend).await;
    let entered = scene.enter().await;
    let permit = &entered.permit;
    let form = person::person(permit, scene.house(), scene.group, None).await.unwrap().form;
    let filled = |name: &str| {
        let row = |field, typed| Entry {
            key: format!("{}-0", Field::code(field)),
            item: None,
            field,
            light: Some(Light::Green),
            typed,
        };
        let number = Typed::Phone { number: "030 5550177".to_owned(), remark: String::new() };
        let entries = vec![row(Field::PersonName, Typed::Plain(name.to_owned())), row(Field::PersonPhone, number)];
        Filled { group: scene.group, mark: form.mark.clone(), entries, removed: Vec::new() }
    };
    let nobody = Filled { entries: Vec::new(), ..filled("") };
    let empty = person::save(permit, scene.house(), None, &nobody, true).await;
    assert!(matches!(&empty, Err(Error::Invalid(problems)) if problems[0].field == "person_name-0"), "{empty:?}");
    // Twice: a button is pressed twice, and names one.
    for _ in 0..2 {
        person::save(permit, scene.house(), None, &filled("Robin Neu"), true).await.unwrap();
    }
    let other = person::save(permit, scene.house(), None, &filled("Jemand anders"), true).await;
    assert!(matches!(other, Err(Error::Conflict)), "the form was made before Robin was named: {other:?}");
    let people = async || wizard::view(permit, scene.house(), scene.group).await.unwrap().people;
    let named = people().await;
    assert_eq!(named.iter().map(|person| person.named_here).collect::<Vec<_>>(), [false, true]);
    assert!(named[1].items.iter().all(|item| item.light == Light::Red), "nobody's word opens it: {named:?}");
    // What was typed with a link can be checked with that link, and with no other.
    assert!(told(&wizard::view(permit, scene.house(), scene.group).await.unwrap()).contains("5550177"));
    let other = scene.enter().await;
    assert!(!told(&wizard::view(&other.permit, scene.house(), scene.group).await.unwrap()).contains("5550177"));
    // Taken back, and named again.
    person::take_out(permit, scene.house(), scene.group, named[1].id).await.unwrap();
    assert_eq!(people().await.len(), 1);
    let back = person::take_out(permit, scene.house(), scene.group, named[1].id).await;
    assert!(matches!(back, Err(Error::NotFound)), "{back:?}");
    person::save(permit, scene.house(), None, &filled("Robin Neu"), true).await.unwrap();
    assert_eq!(scene.finish(permit, What::Filled).await.unwrap(), Finished::Waits);
    let waits = people().await;
    assert_eq!((waits.len(), waits[1].named_here), (2, false), "the office has it");
    assert!(waits[1].items.iter().all(|item| item.pending == Some(Pending::Waits)), "{waits:?}");
    accept_all(&scene).await;
    assert!(
        !told(&wizard::view(permit, scene.house(), scene.group).await.unwrap()).contains("5550177"),
        "it is red now"
    );
    let look = scene.house().stores().look(&scene.office.lead::<ListGroups>()).await.unwrap();
    let group = look.group(scene.group).await.unwrap().unwrap();
    assert_eq!(group.people.len(), 2);
    let robin = look.person(group.people[1].person).await.unwrap().unwrap();
    let said: Vec<_> = robin.items.iter().map(|item| (item.value.plain(), item.light)).collect();
    assert_eq!(said, [("Robin Neu".to_owned(), Light::Red), ("030 5550177".to_owned(), Light::Red)]);
}

/// Somebody who stands for the group no more: closed at once, and gone when the office agrees; unless they are after all.
async fn somebody_is_no_longer_part_of_it(backend: Backend) {
    let scene = Scene::new(backend).await;
    let entered = scene.enter().await;
    let (permit, whose) = (&entered.permit, scene.contact().await.id);
    person::take_out(permit, scene.house(), scene.group, whose).await.unwrap();
    let view = wizard::view(permit, scene.house(), scene.group).await.unwrap();
    assert!(view.people[0].leaves && !view.changes.is_empty());
    person::bring_back(permit, scene.house(), scene.group, whose).await.unwrap();
    let view = wizard::view(permit, scene.house(), scene.group).await.unwrap();
    assert!(!view.people[0].leaves && view.changes.is_empty());
    person::take_out(permit, scene.house(), scene.group, whose).await.unwrap();
    assert_eq!(scene.finish(permit, What::Filled).await.unwrap(), Finished::Waits);
    accept_all(&scene).await;
    let look = scene.house().stores().look(&scene.office.lead::<ListGroups>()).await.unwrap();
    assert!(look.group(scene.group).await.unwrap().unwrap().people.is_empty());
    assert!(look.person(whose).await.unwrap().is_none(), "of whom nothing is known, nothing is kept");
}

/// What a group tells the office waits with its changes, or alone; and what the office says to them is read by link.
async fn both_sides_hear_of_each_other(backend: Backend) {
    let scene = Scene::new(backend).await;
    let permit = &scene.enter().await.permit;
    let queue = async || {
        let read = scene.office.lead::<ReadRequests>();
        queue::queue(&read, scene.house(), &queue::Filter::default()).await.unwrap().lines
    };
    let open = async |id| queue::request(&scene.office.lead::<ReadRequests>(), scene.house(), id).await.unwrap();
    // Nothing but a message: everything else is right at once, and the message waits to be read.
    wizard::say(permit, scene.house(), scene.group, "Wir suchen einen Raum.").await.unwrap();
    assert_eq!(scene.finish(permit, What::Filled).await.unwrap(), Finished::Confirmed);
    let lines = queue().await;
    assert_eq!(lines.iter().map(|line| (line.changes, line.answered)).collect::<Vec<_>>(), [(0, true)]);
    let view = wizard::view(permit, scene.house(), scene.group).await.unwrap();
    assert!(!view.waiting && view.message.is_empty());
    // Said again that all is right: it still waits.
    assert_eq!(scene.finish(permit, What::Unchanged).await.unwrap(), Finished::Confirmed);
    let first = open(queue().await[0].id).await;
    assert_eq!(
        first.comments.iter().map(|one| (one.text.as_str(), one.by_link)).collect::<Vec<_>>(),
        [("Wir suchen einen Raum.", true)]
    );
    // With changes: they join.
    let saved = scene.save(permit, Section::Group, |_, entries| {
        entry(entries, Field::Summary).typed = Typed::Plain("Neue Beschreibung.".to_owned());
    });
    saved.await.unwrap();
    wizard::say(permit, scene.house(), scene.group, "Bitte bald.").await.unwrap();
    assert_eq!(scene.finish(permit, What::Filled).await.unwrap(), Finished::Waits);
    let view = open(queue().await[0].id).await;
    assert_eq!((view.id, view.changes.len(), view.comments.len()), (first.id, 1, 2));
    mails(&scene.office.house, &scene.office).await;
    let no = Verdict {
        item: view.changes[0].change.item,
        accepted: false,
        light: None,
        typed: None,
        reason: "Bitte kürzer.".to_owned(),
    };
    let seen = Seen { request: view.version, group: view.group.version };
    decide::decide(&scene.office.lead::<DecideRequest>(), scene.house(), view.id, seen, &[no]).await.unwrap();
    let decided = wizard::view(permit, scene.house(), scene.group).await.unwrap().decided.unwrap();
    assert_eq!(decided.accepted, 0);
    assert_eq!(decided.otherwise[0].reason.as_deref(), Some("Bitte kürzer."));
    let mail = mails(&scene.office.house, &scene.office).await.remove(0);
    assert!(!mail.body.contains("kürzer") && mail.body.contains("/abgleich"), "{}", mail.body);
    // Read: nobody is told anything.
    wizard::say(permit, scene.house(), scene.group, "Danke.").await.unwrap();
    scene.finish(permit, What::Filled).await.unwrap();
    mails(&scene.office.house, &scene.office).await;
    accept_all(&scene).await;
    assert_eq!((queue().await.len(), mails(&scene.office.house, &scene.office).await.len()), (0, 0));
}

testkit::on_both! {
    somebody_is_no_longer_part_of_it: somebody_is_no_longer_part_of_it_on_sqlite, somebody_is_no_longer_part_of_it_on_postgresql;
    both_sides_hear_of_each_other: both_sides_hear_of_each_other_on_sqlite, both_sides_hear_of_each_other_on_postgresql;
    somebody_new_is_named_and_taken_back: somebody_new_is_named_and_taken_back_on_sqlite, somebody_new_is_named_and_taken_back_on_postgresql;
    a_group_closes_at_once_and_asks_for_the_rest: a_group_closes_at_once_and_asks_for_the_rest_on_sqlite, a_group_closes_at_once_and_asks_for_the_rest_on_postgresql;
    still_right_is_one_form_and_public: still_right_is_one_form_and_public_on_sqlite, still_right_is_one_form_and_public_on_postgresql;
    the_phone_is_in_the_colleagues_name: the_phone_is_in_the_colleagues_name_on_sqlite, the_phone_is_in_the_colleagues_name_on_postgresql;
    a_link_reaches_no_other_group: a_link_reaches_no_other_group_on_sqlite, a_link_reaches_no_other_group_on_postgresql;
    a_link_unmasks_nothing_by_asking_for_it_to_be_open: a_link_unmasks_nothing_by_asking_for_it_to_be_open_on_sqlite, a_link_unmasks_nothing_by_asking_for_it_to_be_open_on_postgresql;
    two_devices_undo_nothing_of_each_other_and_pressing_twice_does_it_once: two_devices_undo_nothing_of_each_other_and_pressing_twice_does_it_once_on_sqlite, two_devices_undo_nothing_of_each_other_and_pressing_twice_does_it_once_on_postgresql;
    a_link_ends_the_wizard_a_few_times_a_day: a_link_ends_the_wizard_a_few_times_a_day_on_sqlite, a_link_ends_the_wizard_a_few_times_a_day_on_postgresql;
    a_group_that_has_ended_has_nothing_to_check: a_group_that_has_ended_has_nothing_to_check_on_sqlite, a_group_that_has_ended_has_nothing_to_check_on_postgresql;
    a_persons_details_are_closed_and_replaced_by_link_and_never_opened: a_persons_details_are_closed_and_replaced_by_link_and_never_opened_on_sqlite, a_persons_details_are_closed_and_replaced_by_link_and_never_opened_on_postgresql;
    nobody_agrees_by_another_ones_hand: nobody_agrees_by_another_ones_hand_on_sqlite, nobody_agrees_by_another_ones_hand_on_postgresql;
    guesses_over_a_mask_are_counted: guesses_over_a_mask_are_counted_on_sqlite, guesses_over_a_mask_are_counted_on_postgresql;
}
