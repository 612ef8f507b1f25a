//! A group corrects itself, the office decides: nothing is public before, closing never waits, nobody decides twice.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot be set up fails")]

mod post;
mod proposing;

use access::Role;
use access::actions::{
    DecideAccess, DecideRequest, EditGroup, ListGroups, ReadGroup, ReadOwnGroup, ReadRequests, SubmitChanges,
};
use domain::audit::AuditEvent;
use domain::catalogue::Section;
use domain::change_request::{Decision, Standing};
use domain::{Field, Item, ItemId, Light, Source};
use post::mails;
use proposing::{Scene, accept, may, of, shine, write};
use testkit::Backend;
use usecases::groups::edit::{self, SectionForm};
use usecases::groups::{Entry, Typed, history};
use usecases::review::comments;
use usecases::review::decide::{Outcome, Verdict};
use usecases::review::draft;
use usecases::review::queue::{Filter, Queue, Whose};
use usecases::review::rules::{self, ReviewRules};
use usecases::review::submit::{self, Submitted};
use usecases::review::take;
use usecases::{Error, own_groups};

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
    let yes = Verdict::accept(summary);
    let no = Verdict { accepted: false, reason: "Bitte nachfragen.".to_owned(), ..Verdict::accept(costs) };
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
    let (_, decided) = own_groups::group(&own, scene.house(), scene.group).await.unwrap().decided.unwrap();
    let no = Decision::Rejected { reason: "Bitte nachfragen.".to_owned() };
    assert!(decided.iter().any(|one| one.decision.as_ref() == Some(&no)), "{decided:?}");
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
    scene.world.clock.advance(jiff::SignedDuration::from_secs(60));
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

async fn a_group_pauses_itself_at_once(backend: Backend) {
    let scene = Scene::new(backend).await;
    assert!(scene.public().await.contains("Lichtblick"));
    let permit = may::<SubmitChanges>(&scene.office, &scene.admin).await;
    submit::pause(&permit, scene.house(), scene.group).await.unwrap();
    assert!(!scene.public().await.contains("Lichtblick"));
    assert!(matches!(submit::pause(&permit, scene.house(), scene.group).await, Err(Error::Invalid(_))));
    let other = scene.office.admin_of(&[]).await;
    let refused = submit::pause(&may(&scene.office, &other).await, scene.house(), scene.group).await;
    assert!(matches!(refused, Err(Error::NotFound)));
}

async fn history_names_the_request_and_restoring_opens_nothing(backend: Backend) {
    let scene = Scene::new(backend).await;
    scene.submit(|entries| write(entries, Field::Costs, "frei")).await.unwrap();
    let id = scene.waits().await[0].id;
    scene.accept().await;
    let reads = may::<ReadGroup>(&scene.office, &scene.staff).await;
    let seen = history::history(&reads, scene.house(), scene.group).await.unwrap();
    assert_eq!((seen.steps[0].change.as_str(), seen.steps[0].request), ("request", Some(id)));
    let view = scene.request(id).await;
    assert!(view.changes[0].change.decision.is_some(), "it can be looked up");

    // Closed and taken away by the group, then the first version is brought back.
    scene
        .submit(|entries| {
            of(entries, Field::Costs).light = Some(Light::Red);
            write(entries, Field::Association, "");
        })
        .await
        .unwrap();
    scene.accept().await;
    assert!(scene.item(Field::Association).await.is_none());
    let edits = may::<EditGroup>(&scene.office, &scene.staff).await;
    let shown = history::preview_restore(&edits, scene.house(), scene.group, 1).await.unwrap();
    assert_eq!(shown.differences.len(), 2, "{:?}", shown.differences);
    let stale = history::restore(&edits, scene.house(), scene.group, shown.version - 1, 1).await;
    assert!(matches!(stale, Err(Error::Conflict)));
    history::restore(&edits, scene.house(), scene.group, shown.version, 1).await.unwrap();
    let costs = scene.item(Field::Costs).await.unwrap();
    assert_eq!((costs.value.plain().as_str(), costs.light), ("3 Euro", Light::Red), "closed stays closed");
    let back = scene.item(Field::Association).await.unwrap();
    assert_eq!((back.value.plain().as_str(), back.light), ("Verband Süd", Light::Red), "what was gone comes back red");
    assert_eq!(scene.item(Field::Summary).await.unwrap().light, Light::Green);
    // History replays to the present state.
    let look = scene.house().stores().look(&scene.office.lead::<ListGroups>()).await.unwrap();
    let newest = look.versions(scene.group).await.unwrap().remove(0);
    let kept: Vec<_> = newest.items.iter().map(|item| (item.id, item.value.clone(), item.light)).collect();
    let now: Vec<_> = scene.items().await.into_iter().map(|item| (item.id, item.value, item.light)).collect();
    assert_eq!(kept, now);
}

async fn another_value_than_asked_for_is_taken_and_said(backend: Backend) {
    let scene = Scene::new(backend).await;
    scene.submit(|entries| write(entries, Field::Summary, "Neu mit Tipfehler.")).await.unwrap();
    let view = scene.request(scene.waits().await[0].id).await;
    let [plain] = accept(&view).try_into().expect("one change");
    let typed = |text: &str| Some(Typed::Plain(text.to_owned()));
    let empty = scene.decide(&view, &[Verdict { typed: typed("  "), ..plain.clone() }]).await;
    assert!(matches!(empty, Err(Error::Invalid(_))), "{empty:?}");
    scene.decide(&view, &[Verdict { typed: typed("Neu ohne Tippfehler."), ..plain }]).await.unwrap();
    let now = scene.public().await;
    assert!(now.contains("Neu ohne Tippfehler.") && !now.contains("Tipfehler"));
    let own = may::<ReadOwnGroup>(&scene.office, &scene.admin).await;
    let (_, decided) = own_groups::group(&own, scene.house(), scene.group).await.unwrap().decided.unwrap();
    assert!(matches!(decided[0].decision, Some(Decision::Amended { .. })), "{decided:?}");
    let Some(Decision::Amended { asked }) = &scene.request(view.id).await.changes[0].change.decision.clone() else {
        panic!("what was asked for is kept beside it")
    };
    assert_eq!(asked.plain(), "Neu mit Tipfehler.");

    // What somebody says of themselves is taken as it is, or not.
    let person = scene.contact().await;
    let rename = |entries: &mut Vec<Entry>| of(entries, Field::PersonName).typed = Typed::Plain("Kim Neu".into());
    scene.correct(Some(person), true, rename).await.unwrap();
    let view = scene.request(scene.waits().await[0].id).await;
    let other = |one: Verdict| Verdict { typed: typed("Jemand anders"), ..one };
    let refused = scene.decide(&view, &accept(&view).into_iter().map(other).collect::<Vec<_>>()).await;
    assert!(matches!(&refused, Err(Error::Invalid(found)) if found.iter().any(|one| one.code == "amend-person")));
}

async fn what_is_red_is_opened_by_two(backend: Backend) {
    let scene = Scene::new(backend).await;
    let second = scene.office.someone(Role::Staff).await;
    let four_eyes = ReviewRules { four_eyes: true, reasons: vec![" Bitte nachfragen. ".into(), String::new()] };
    rules::save(&scene.office.lead(), scene.house(), four_eyes).await.unwrap();
    let costs = scene.item(Field::Costs).await.unwrap().id;
    close(&scene, costs).await;
    let before = scene.public().await;
    let open = |entries: &mut Vec<Entry>| shine(entries, Field::Costs, Light::Green);
    scene.submit(open).await.unwrap();
    let view = scene.request(scene.waits().await[0].id).await;
    assert_eq!(view.reasons, ["Bitte nachfragen."]);
    // The first look is kept, and counts for nothing, however often the same colleague says it.
    assert_eq!(scene.decide(&view, &accept(&view)).await.unwrap(), Outcome::SecondLook);
    assert_eq!(scene.public().await, before);
    let view = scene.request(view.id).await;
    let first = view.first.as_ref().expect("a first look");
    assert!(first.mine && first.changes[0].decision == Some(Decision::Accepted));
    assert!(view.changes[0].change.decision.is_none() && scene.waits().await[0].second_look);
    assert_eq!(scene.decide(&view, &accept(&view)).await.unwrap(), Outcome::SecondLook);
    // Another decision of the second colleague is a first look of its own.
    let view = scene.request(view.id).await;
    let yellow: Vec<Verdict> =
        accept(&view).into_iter().map(|one| Verdict { light: Some(Light::Yellow), ..one }).collect();
    assert_eq!(scene.decide_as(&second, &view, &yellow).await.unwrap(), Outcome::SecondLook);
    assert_eq!(scene.public().await, before);
    let view = scene.request(view.id).await;
    assert_eq!(scene.decide(&view, &yellow).await.unwrap(), Outcome::Decided, "now both said yellow");
    assert_eq!(scene.item(Field::Costs).await.unwrap().light, Light::Yellow);

    // Once the group asks for something else, nobody has looked at it yet.
    close(&scene, costs).await;
    scene.submit(open).await.unwrap();
    let view = scene.request(scene.waits().await[0].id).await;
    scene.decide(&view, &accept(&view)).await.unwrap();
    scene.submit(|entries| write(entries, Field::Summary, "Ganz anders.")).await.unwrap();
    let view = scene.request(view.id).await;
    assert!(view.first.is_none());
    assert_eq!(scene.decide_as(&second, &view, &accept(&view)).await.unwrap(), Outcome::SecondLook);
    // Refusing opens nothing: one is enough.
    let view = scene.request(view.id).await;
    let no = |one: Verdict| Verdict { accepted: false, reason: "Nein.".to_owned(), ..one };
    let no: Vec<Verdict> = accept(&view).into_iter().map(no).collect();
    assert_eq!(scene.decide(&view, &no).await.unwrap(), Outcome::Decided);

    // A colleague's own change of a red item waits for another colleague.
    let staff = may::<EditGroup>(&scene.office, &scene.staff).await;
    let (group, catalogue) = edit::form(&staff, scene.house(), scene.group, Section::Group).await.unwrap();
    let item = group.items.iter().find(|item| item.id == costs).unwrap();
    assert_eq!(item.limit, catalogue.limit(Field::Costs));
    let row = Entry {
        key: "costs-0".to_owned(),
        item: Some(costs),
        field: Field::Costs,
        light: Some(Light::Green),
        typed: Typed::Plain("4 Euro".to_owned()),
    };
    let form = SectionForm { group: scene.group, section: Section::Group, version: group.version, entries: vec![row] };
    assert_eq!(edit::edit(&staff, scene.house(), &form).await.unwrap(), 1, "one opening waits");
    let now = scene.item(Field::Costs).await.unwrap();
    assert_eq!((now.value.plain().as_str(), now.light), ("4 Euro", Light::Red), "the value counts, the light waits");
    let view = scene.request(scene.waits().await[0].id).await;
    assert_eq!(scene.decide(&view, &accept(&view)).await.unwrap(), Outcome::SecondLook, "not by oneself");
    let view = scene.request(view.id).await;
    assert_eq!(scene.decide_as(&second, &view, &accept(&view)).await.unwrap(), Outcome::Decided);
    assert!(scene.public().await.contains("4 Euro"));
}

async fn group_and_office_write_to_each_other(backend: Backend) {
    let scene = Scene::new(backend).await;
    let house = scene.house();
    let nothing = comments::answer(&may(&scene.office, &scene.admin).await, house, scene.group, "Hallo").await;
    assert!(matches!(nothing, Err(Error::Conflict)), "nothing waits: {nothing:?}");
    scene.submit(|entries| write(entries, Field::Costs, "9 Euro")).await.unwrap();
    let id = scene.waits().await[0].id;
    let staff = may::<DecideRequest>(&scene.office, &scene.staff).await;
    let empty = comments::ask(&staff, house, id, " \n ").await;
    assert!(matches!(empty, Err(Error::Invalid(_))), "{empty:?}");
    comments::ask(&staff, house, id, "Seit wann 9 Euro?").await.unwrap();
    assert!(!scene.waits().await[0].answered);
    scene.world.clock.advance(jiff::SignedDuration::from_secs(60));
    comments::answer(&may(&scene.office, &scene.admin).await, house, scene.group, "Seit Mai.").await.unwrap();
    assert!(scene.waits().await[0].answered);
    let stranger = scene.office.admin_of(&[]).await;
    let theirs = comments::answer(&may(&scene.office, &stranger).await, house, scene.group, "Hallo").await;
    assert!(matches!(theirs, Err(Error::NotFound)), "{theirs:?}");
    // Each is told that there is something, not what.
    let told = mails(&scene.world.house, &scene.office).await;
    let to: Vec<&str> = told.iter().map(|mail| mail.to.as_str()).collect();
    assert_eq!(to, [scene.admin.email.as_str(), scene.staff.email.as_str()]);
    assert!(told.iter().all(|mail| !mail.body.contains("9 Euro") && !mail.body.contains("Mai")));
    let view = scene.request(id).await;
    let said: Vec<(bool, &str)> = view.comments.iter().map(|one| (one.office, one.text.as_str())).collect();
    assert_eq!(said, [(true, "Seit wann 9 Euro?"), (false, "Seit Mai.")]);
    let own = may::<ReadOwnGroup>(&scene.office, &scene.admin).await;
    assert_eq!(own_groups::group(&own, house, scene.group).await.unwrap().comments.len(), 2);
    scene.decide(&view, &accept(&view)).await.unwrap();
    let late = comments::ask(&staff, house, id, "Noch etwas?").await;
    assert!(matches!(late, Err(Error::Conflict)), "{late:?}");
}

async fn a_form_keeps_itself_until_it_is_sent(backend: Backend) {
    let scene = Scene::new(backend).await;
    let house = scene.house();
    let admin = || may::<SubmitChanges>(&scene.office, &scene.admin);
    let typed = [("costs-0".to_owned(), "9 Euro".to_owned())];
    draft::keep(&admin().await, house, scene.group, "gruppe", None, &typed).await.unwrap();
    draft::keep(&admin().await, house, scene.group, "gruppe", None, &typed).await.unwrap();
    let kept = draft::draft(&admin().await, house, scene.group, "gruppe").await.unwrap().expect("a draft");
    assert_eq!(kept.typed, typed);
    assert!(scene.waits().await.is_empty(), "nothing is submitted");
    // Nobody else's, and only of one's own groups.
    let second = scene.office.admin_of(&[scene.group]).await;
    let theirs = draft::draft(&may(&scene.office, &second).await, house, scene.group, "gruppe").await.unwrap();
    assert!(theirs.is_none());
    let stranger = scene.office.admin_of(&[]).await;
    let foreign = draft::keep(&may(&scene.office, &stranger).await, house, scene.group, "gruppe", None, &typed).await;
    assert!(matches!(foreign, Err(Error::NotFound)), "{foreign:?}");
    let huge = [("costs-0".to_owned(), "x".repeat(300_000))];
    let huge = draft::keep(&admin().await, house, scene.group, "gruppe", None, &huge).await;
    assert!(matches!(huge, Err(Error::Invalid(_))), "{huge:?}");
    // Sent, it is gone; and what the browser still had on its way does not bring it back.
    scene.submit(|entries| write(entries, Field::Costs, "9 Euro")).await.unwrap();
    assert!(draft::draft(&admin().await, house, scene.group, "gruppe").await.unwrap().is_none());
    let late = draft::keep(&admin().await, house, scene.group, "gruppe", None, &typed).await;
    assert!(matches!(late, Err(Error::Conflict)), "{late:?}");
    let (_, waiting) = scene.form(|_| ()).await;
    draft::keep(&admin().await, house, scene.group, "gruppe", waiting, &typed).await.unwrap();
    draft::discard(&admin().await, house, scene.group, "gruppe").await.unwrap();
    draft::keep(&admin().await, house, scene.group, "gruppe", waiting, &typed).await.unwrap();
    scene.world.clock.advance(jiff::SignedDuration::from_hours(31 * 24));
    usecases::housekeeping::remove_expired(&scene.world.house).await.unwrap();
    assert!(draft::draft(&admin().await, house, scene.group, "gruppe").await.unwrap().is_none(), "forgotten");
}

async fn the_queue_is_filtered_and_handed_over(backend: Backend) {
    let scene = Scene::new(backend).await;
    scene.submit(|entries| write(entries, Field::Costs, "9 Euro")).await.unwrap();
    let id = scene.waits().await[0].id;
    let staff = may::<DecideRequest>(&scene.office, &scene.staff).await;
    let found = async |name: &str, whose| {
        let Queue { lines, found, all } =
            scene.queue(&Filter { name: name.to_owned(), whose, ..Filter::default() }).await;
        assert_eq!((lines.len(), all), (found, 1));
        found
    };
    assert_eq!([found("", Whose::Mine).await, found("", Whose::Nobodys).await], [0, 1]);
    take::take(&staff, scene.house(), id, Some(scene.staff.user)).await.unwrap();
    assert_eq!([found("", Whose::Mine).await, found("", Whose::Nobodys).await], [1, 0]);
    assert_eq!([found("licht", Whose::All).await, found("dunkel", Whose::All).await], [1, 0]);
    let page = scene.queue(&Filter { page: 1, ..Filter::default() }).await;
    assert!(page.lines.is_empty() && page.found == 1);
    // Only who can decide; and it keeps nobody else out.
    let nobody = take::take(&staff, scene.house(), id, Some(scene.admin.user)).await;
    assert!(matches!(nobody, Err(Error::Invalid(_))), "{nobody:?}");
    let second = scene.office.someone(Role::Staff).await;
    assert_eq!(scene.request(id).await.taken_by.map(|(by, _)| by), Some(scene.staff.user));
    // Whoever leaves gives it to somebody else.
    scene.office.someone(Role::Lead).await;
    let lead = scene.office.lead::<DecideAccess>();
    let open = usecases::people::decide::present(&lead, scene.house(), scene.staff.user).await.unwrap().open;
    assert_eq!(open.requests, 1);
    usecases::people::decide::deactivate(&lead, scene.house(), scene.staff.user, &second.user.to_string())
        .await
        .unwrap();
    let look = scene.house().stores().look(&scene.office.lead::<ReadRequests>()).await.unwrap();
    assert_eq!(look.taken_by(id).await.unwrap(), Some(second.user));
    drop(look);
    let scene = Scene { staff: scene.office.someone(Role::Staff).await, ..scene };
    let view = scene.request(id).await;
    scene.decide(&view, &accept(&view)).await.unwrap();
}

testkit::on_both! {
    nothing_is_public_before_the_decision: nothing_is_public_before_the_decision_on_sqlite, nothing_is_public_before_the_decision_on_postgresql;
    closing_never_waits_and_wins: closing_never_waits_and_wins_on_sqlite, closing_never_waits_and_wins_on_postgresql;
    nothing_comes_back_that_somebody_took_away: nothing_comes_back_that_somebody_took_away_on_sqlite, nothing_comes_back_that_somebody_took_away_on_postgresql;
    a_field_with_one_value_keeps_one: a_field_with_one_value_keeps_one_on_sqlite, a_field_with_one_value_keeps_one_on_postgresql;
    one_decision_and_what_moved_on_is_shown: one_decision_and_what_moved_on_is_shown_on_sqlite, one_decision_and_what_moved_on_is_shown_on_postgresql;
    a_group_pauses_itself_at_once: a_group_pauses_itself_at_once_on_sqlite, a_group_pauses_itself_at_once_on_postgresql;
    history_names_the_request_and_restoring_opens_nothing: history_names_the_request_and_restoring_opens_nothing_on_sqlite, history_names_the_request_and_restoring_opens_nothing_on_postgresql;
    another_value_than_asked_for_is_taken_and_said: another_value_than_asked_for_is_taken_and_said_on_sqlite, another_value_than_asked_for_is_taken_and_said_on_postgresql;
    what_is_red_is_opened_by_two: what_is_red_is_opened_by_two_on_sqlite, what_is_red_is_opened_by_two_on_postgresql;
    group_and_office_write_to_each_other: group_and_office_write_to_each_other_on_sqlite, group_and_office_write_to_each_other_on_postgresql;
    a_form_keeps_itself_until_it_is_sent: a_form_keeps_itself_until_it_is_sent_on_sqlite, a_form_keeps_itself_until_it_is_sent_on_postgresql;
    the_queue_is_filtered_and_handed_over: the_queue_is_filtered_and_handed_over_on_sqlite, the_queue_is_filtered_and_handed_over_on_postgresql;
}
