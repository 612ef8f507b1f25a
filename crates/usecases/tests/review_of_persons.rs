//! A group admin proposes changes of contact persons, and the office decides: nothing opens without their word.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot be set up fails")]

mod post;
mod proposing;

use access::Role;
use access::actions::{DecideAccess, EditGroup, ListGroups, RecordConsent};
use domain::change_request::Standing;
use domain::consent::Channel;
use domain::{Field, Light};
use proposing::{Scene, may, of, row};
use testkit::Backend;
use usecases::Error;
use usecases::consents::record::{self};
use usecases::groups::{Entry, Typed, people};
use usecases::review::decide::Verdict;
use usecases::review::queue::{self};
use usecases::review::submit::Submitted;

async fn a_contact_person_closes_at_once_and_opens_by_their_own_word_only(backend: Backend) {
    let scene = Scene::new(backend).await;
    let person = scene.contact().await;
    assert!(scene.public().await.contains("123456"));

    // More open than agreed to: only by whoever says to be the person.
    let open = |entries: &mut Vec<Entry>| of(entries, Field::PersonName).light = Some(Light::Green);
    let Err(Error::Invalid(problems)) = scene.correct(Some(person), false, open).await else { panic!("not refused") };
    assert_eq!(problems[0].code, "agrees-missing");
    assert_eq!(scene.correct(Some(person), true, open).await.unwrap(), Submitted::Waits);
    assert_eq!(scene.light(person, Field::PersonName).await, Some(Light::Red), "not before the office says so");
    assert!(!scene.public().await.contains("Erika"));
    scene.accept().await;
    assert_eq!(scene.light(person, Field::PersonName).await, Some(Light::Green));
    let receipts = scene.person(person).await.consents;
    let login: Vec<_> = receipts.iter().filter(|one| one.said.channel == Channel::Login).collect();
    assert_eq!(login.len(), 1, "one item was opened: {receipts:?}");
    assert_eq!(login[0].recorded_by, Some(scene.admin.user), "the one who said so");

    // Closing counts at once, and ends the consent.
    let close = |entries: &mut Vec<Entry>| of(entries, Field::PersonPhone).light = Some(Light::Red);
    assert_eq!(scene.correct(Some(person), false, close).await.unwrap(), Submitted::Done);
    assert!(!scene.public().await.contains("123456"));
    assert_eq!(scene.light(person, Field::PersonPhone).await, Some(Light::Red));
}

async fn what_was_closed_while_a_request_waits_stays_closed(backend: Backend) {
    let scene = Scene::new(backend).await;
    let person = scene.contact().await;
    let other = |entries: &mut Vec<Entry>| {
        of(entries, Field::PersonPhone).typed = Typed::Phone { number: "0341 123456".into(), remark: "abends".into() };
        of(entries, Field::PersonName).light = Some(Light::Yellow);
    };
    assert_eq!(scene.correct(Some(person), true, other).await.unwrap(), Submitted::Waits);
    let phone = scene.person(person).await.items.iter().find(|item| item.field == Field::PersonPhone).unwrap().id;
    let permit = may::<RecordConsent>(&scene.office, &scene.staff).await;
    record::withdraw(&permit, scene.house(), scene.group, person, phone).await.unwrap();
    scene.accept().await;
    assert_eq!(scene.light(person, Field::PersonPhone).await, Some(Light::Red), "withdrawn meanwhile");
    assert_eq!(scene.light(person, Field::PersonName).await, Some(Light::Yellow));
    assert!(!scene.public().await.contains("123456"));
}

async fn another_number_waits_while_the_old_one_stays(backend: Backend) {
    let scene = Scene::new(backend).await;
    let person = scene.contact().await;
    let change = |entries: &mut Vec<Entry>| {
        of(entries, Field::PersonPhone).typed = Typed::Phone { number: "0341 999999".into(), remark: String::new() };
    };
    let Err(Error::Invalid(problems)) = scene.correct(Some(person), false, change).await else { panic!("not refused") };
    assert_eq!(problems[0].code, "agrees-missing", "nobody agreed to the new number");
    assert_eq!(scene.correct(Some(person), true, change).await.unwrap(), Submitted::Waits);
    assert!(scene.public().await.contains("123456"));
    scene.accept().await;
    let public = scene.public().await;
    assert!(public.contains("999999") && !public.contains("123456"), "{public}");
}

async fn a_new_contact_person_comes_with_the_office_s_word(backend: Backend) {
    let scene = Scene::new(backend).await;
    let name = |entries: &mut Vec<Entry>| entries.push(row(Field::PersonName, "Kim Neu"));
    assert_eq!(scene.correct(None, false, name).await.unwrap(), Submitted::Waits);
    let people = async || {
        let look = scene.house().stores().look(&scene.office.lead::<ListGroups>()).await.unwrap();
        look.group(scene.group).await.unwrap().unwrap().people
    };
    assert!(people().await.is_empty());
    scene.accept().await;
    let [member] = people().await[..] else { panic!("one person") };
    assert_eq!(scene.light(member.person, Field::PersonName).await, Some(Light::Red), "asked by somebody else");
    // Deleted, and not back by anything that waits.
    let change = |entries: &mut Vec<Entry>| entries.push(row(Field::PersonPhone, "0341 777777"));
    assert_eq!(scene.correct(Some(member.person), false, change).await.unwrap(), Submitted::Waits);
    people::delete(&may::<EditGroup>(&scene.office, &scene.staff).await, scene.house(), member.person).await.unwrap();
    scene.accept().await;
    assert!(people().await.is_empty());
}

async fn a_new_name_never_stands_under_the_consent_to_the_old_one(backend: Backend) {
    let scene = Scene::new(backend).await;
    let person = scene.contact().await;
    let open = |entries: &mut Vec<Entry>| of(entries, Field::PersonName).light = Some(Light::Green);
    scene.correct(Some(person), true, open).await.unwrap();
    scene.accept().await;
    let old = scene.person(person).await.items.iter().find(|item| item.field == Field::PersonName).unwrap().id;

    let rename = |entries: &mut Vec<Entry>| of(entries, Field::PersonName).typed = Typed::Plain("Kim Neu".into());
    scene.correct(Some(person), true, rename).await.unwrap();
    let view = scene.request(scene.waits().await[0].id).await;
    assert_eq!(view.changes.len(), 2, "the old name goes, the new one comes");
    // The office takes the new name and refuses that the old one goes.
    let verdict = |one: &queue::ChangeView| Verdict {
        accepted: one.change.after.is_some(),
        reason: "Bitte noch stehen lassen.".into(),
        ..Verdict::accept(one.change.item)
    };
    scene.decide(&view, &view.changes.iter().map(verdict).collect::<Vec<_>>()).await.unwrap();
    let now = scene.person(person).await;
    let name = now.items.iter().find(|item| item.field == Field::PersonName).unwrap();
    assert_ne!(name.id, old, "another value is another item");
    assert_eq!((name.value.plain().as_str(), now.effective(name)), ("Kim Neu", Light::Green));
    let receipt = now.consents.iter().find(|one| one.said.item == name.id).expect("a receipt of its own");
    assert_eq!(receipt.said.channel, Channel::Login);
}

async fn nobody_who_left_is_spoken_for(backend: Backend) {
    let scene = Scene::new(backend).await;
    let person = scene.contact().await;
    let open = |entries: &mut Vec<Entry>| of(entries, Field::PersonName).light = Some(Light::Green);
    // The admin's access ends while the request waits: the office may take it over, nobody has agreed.
    scene.correct(Some(person), true, open).await.unwrap();
    scene.office.someone(Role::Lead).await;
    let lead = scene.office.lead::<DecideAccess>();
    usecases::people::decide::deactivate(&lead, scene.house(), scene.admin.user, "").await.unwrap();
    scene.accept().await;
    assert_eq!(scene.light(person, Field::PersonName).await, Some(Light::Red));
    // The person leaves the group while another request waits: it is not the group's to change them.
    let scene = Scene { admin: scene.office.admin_of(&[scene.group]).await, ..scene };
    let rename = |entries: &mut Vec<Entry>| of(entries, Field::PersonName).typed = Typed::Plain("Kim Neu".into());
    scene.correct(Some(person), true, rename).await.unwrap();
    people::remove(&may(&scene.office, &scene.staff).await, scene.house(), scene.group, person).await.unwrap();
    let view = scene.request(scene.waits().await[0].id).await;
    assert!(view.changes.iter().all(|one| matches!(one.standing, Standing::MovedOn(None) | Standing::Done)));
    scene.accept().await;
    let look = scene.house().stores().look(&scene.office.lead::<ListGroups>()).await.unwrap();
    let names = look.person(person).await.unwrap().expect("still known").items;
    assert!(names.iter().all(|item| item.value.plain() != "Kim Neu"), "{names:?}");
}

testkit::on_both! {
    a_contact_person_closes_at_once_and_opens_by_their_own_word_only: a_contact_person_closes_at_once_and_opens_by_their_own_word_only_on_sqlite, a_contact_person_closes_at_once_and_opens_by_their_own_word_only_on_postgresql;
    what_was_closed_while_a_request_waits_stays_closed: what_was_closed_while_a_request_waits_stays_closed_on_sqlite, what_was_closed_while_a_request_waits_stays_closed_on_postgresql;
    another_number_waits_while_the_old_one_stays: another_number_waits_while_the_old_one_stays_on_sqlite, another_number_waits_while_the_old_one_stays_on_postgresql;
    a_new_contact_person_comes_with_the_office_s_word: a_new_contact_person_comes_with_the_office_s_word_on_sqlite, a_new_contact_person_comes_with_the_office_s_word_on_postgresql;
    a_new_name_never_stands_under_the_consent_to_the_old_one: a_new_name_never_stands_under_the_consent_to_the_old_one_on_sqlite, a_new_name_never_stands_under_the_consent_to_the_old_one_on_postgresql;
    nobody_who_left_is_spoken_for: nobody_who_left_is_spoken_for_on_sqlite, nobody_who_left_is_spoken_for_on_postgresql;
}
