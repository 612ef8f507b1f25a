//! Groups are asked for their data: whose link opens what; campaigns send once, remind twice and end; long silence.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot be set up fails")]

mod asked;
mod post;

use access::actions::{EditGroup, FetchGroupLink, OpenGroupLink, ReadReconciliation, RunReconciliation, SendMail};
use access::{Permit, Role, Stage, anonymous_permit, authorize, system_permit};
use domain::audit::AuditEvent;
use domain::reconciliation::{Shown, Step};
use domain::schedule::berlin;
use domain::silence::SilencePolicy;
use domain::{Clock, Field, GroupId, Light, Status};
use jiff::{SignedDuration, ToSpan};
use storage::Undelivered;
use testkit::Backend;
use usecases::mail::Outbox;
use usecases::reconciliation::campaign::{self, NewCampaign};
use usecases::reconciliation::finish::What;
use usecases::reconciliation::links::{self};
use usecases::reconciliation::overview::LetterState;
use usecases::reconciliation::silence::{self as silences, SilenceState};
use usecases::reconciliation::{interval, letters, overview, remind};
use usecases::{Error, House};

use asked::{NETWORK, Scene, group};
use post::mails;

async fn a_link_opens_its_group_in_its_office_as_long_as_it_is_good(backend: Backend) {
    let scene = Scene::new(backend).await;
    let other = scene.world.public_office("beta").await;
    let (token, code) = scene.fetched().await;
    // Both work, as often as one likes, and beside a further link.
    for typed in [&token, &code, &code.to_lowercase().replace('-', " "), &token] {
        assert!(scene.open_at(&scene.office, typed).await.is_ok(), "{typed}");
    }
    scene.fetched().await;
    let cookie = scene.open_at(&scene.office, &token).await.unwrap();
    let entered = links::session(scene.house(), scene.office.id, &cookie).await.unwrap().expect("in");
    assert_eq!(entered.group, scene.group);

    // Nothing of it works in another office, and a cookie of one is none in the other.
    assert!(matches!(scene.open_at(&other, &token).await, Err(Error::NotFound)));
    assert!(matches!(scene.open_at(&other, &code).await, Err(Error::NotFound)));
    assert!(links::session(scene.house(), other.id, &cookie).await.unwrap().is_none());
    // Nor is made-up text, nor a cookie of another purpose.
    for typed in ["", "x", "A".repeat(43).as_str(), "0000-0000-0000-0000-0000-0000"] {
        assert!(matches!(scene.open_at(&scene.office, typed).await, Err(Error::NotFound)), "{typed}");
    }
    let tx = scene.house().stores().begin(&scene.office.lead::<EditGroup>()).await.unwrap();
    let forged = tx.seal_cookie("passkey", "0190a0b0c0d070008000000000000001.1");
    drop(tx);
    assert!(links::session(scene.house(), scene.office.id, &forged).await.unwrap().is_none());

    // The session is short; the link is not used up by it.
    scene.world.clock.advance(links::SESSION);
    assert!(links::session(scene.house(), scene.office.id, &cookie).await.unwrap().is_none());
    let cookie = scene.open_at(&scene.office, &token).await.unwrap();
    // Taken back: at once, also where it is open.
    links::revoke(&scene.office.lead::<FetchGroupLink>(), scene.house(), scene.group).await.unwrap();
    assert!(links::session(scene.house(), scene.office.id, &cookie).await.unwrap().is_none());
    assert!(matches!(scene.open_at(&scene.office, &token).await, Err(Error::NotFound)));

    // After 30 days it is over.
    let (token, _) = scene.fetched().await;
    scene.world.clock.advance(SignedDuration::from_hours(24 * 30) - SignedDuration::from_secs(1));
    let cookie = scene.open_at(&scene.office, &token).await.unwrap();
    scene.world.clock.advance(SignedDuration::from_secs(1));
    assert!(links::session(scene.house(), scene.office.id, &cookie).await.unwrap().is_none());
    assert!(matches!(scene.open_at(&scene.office, &token).await, Err(Error::NotFound)));
}

async fn a_new_link_goes_to_the_known_address_only(backend: Backend) {
    let scene = Scene::new(backend).await;
    let permit: Permit<OpenGroupLink> = anonymous_permit(scene.office.id);
    let (token, _) = scene.fetched().await;
    scene.world.clock.advance(SignedDuration::from_hours(24 * 31));
    let asked = [(token.as_str(), ""), ("", " Lichtblick@Gruppe.example "), ("", "wer@anders.example"), ("nichts", "")];
    for (code, email) in asked {
        links::renew(&permit, scene.house(), code, email, NETWORK).await.expect("the same answer to all");
    }
    let sent = mails(&scene.office.house, &scene.office).await;
    assert_eq!(sent.len(), 2);
    for mail in &sent {
        assert_eq!(mail.to.as_str(), "lichtblick@gruppe.example");
        let token = mail.body.split_once("/abgleich#").unwrap().1.split_whitespace().next().unwrap();
        assert!(scene.open_at(&scene.office, token).await.is_ok());
        assert!(mail.body.contains("neuer Link angefordert") && mail.body.contains("Waren Sie das nicht?"));
    }
    let sender = usecases::mail::sender(scene.house(), Outbox::Tenant(scene.office.id)).await.unwrap();
    assert!(!sender.name.is_empty() && sent[0].body.contains(&sender.name), "{sender:?}");
    let platform = usecases::mail::sender(scene.house(), Outbox::Platform).await.unwrap();
    assert_eq!(platform, usecases::mail::Sender::default());
    // A link that was taken back brings no new one.
    links::revoke(&scene.office.lead::<FetchGroupLink>(), scene.house(), scene.group).await.unwrap();
    let token = sent[0].body.split_once("/abgleich#").unwrap().1.split_whitespace().next().unwrap();
    links::renew(&permit, scene.house(), token, "", NETWORK).await.unwrap();
    assert!(mails(&scene.office.house, &scene.office).await.is_empty());
    // Nobody's mailbox is filled.
    let mut throttled = false;
    for _ in 0..30 {
        let again = links::renew(&permit, scene.house(), "", "lichtblick@gruppe.example", NETWORK).await;
        throttled |= matches!(again, Err(Error::Throttled(_)));
    }
    assert!(throttled);
}

fn to(house: &House, groups: &[GroupId]) -> NewCampaign {
    NewCampaign { groups: groups.to_vec(), ..campaign::blank(house) }
}

async fn a_campaign_is_sent_once_reminds_twice_and_ends(backend: Backend) {
    let scene = Scene::new(backend).await;
    let second = group(&scene.office, "Zweite", Some("zweite@gruppe.example")).await;
    let paper = group(&scene.office, "Auf Papier", None).await;
    let house = scene.house();
    let run = scene.office.lead::<RunReconciliation>();
    let new = to(house, &[scene.group, second, paper]);
    campaign::send(&run, house, &new).await.unwrap();
    assert!(matches!(campaign::send(&run, house, &new).await, Err(Error::Conflict)), "a button pressed twice");
    let sent = mails(&scene.office.house, &scene.office).await;
    assert_eq!(sent.len(), 2);
    let progress = async || {
        let read = scene.office.lead::<ReadReconciliation>();
        overview::progress(&read, house, new.id).await.unwrap()
    };
    let of = |progress: &overview::Progress, group: GroupId| {
        progress.lines.iter().find(|line| line.group == group).map(|line| line.shown).unwrap()
    };
    let now = progress().await;
    assert_eq!((of(&now, second), of(&now, paper)), (Shown::Step(Step::Sent), Shown::Step(Step::Waiting)));
    assert_eq!((now.letters(LetterState::ToPrint), now.mails_waiting), (1, 0));
    // Letters: a PDF, and the round is sent.
    let file = letters::letters(&run, house, new.id).await.unwrap();
    assert!(file.starts_with(b"%PDF"));
    assert_eq!(of(&progress().await, paper), Shown::Step(Step::Sent));

    // One group answers.
    let token = sent.iter().find(|mail| mail.to.as_str().starts_with("lichtblick")).unwrap();
    let token = token.body.split_once("/abgleich#").unwrap().1.split_whitespace().next().unwrap();
    let cookie = scene.open_at(&scene.office, token).await.unwrap();
    let entered = links::session(house, scene.office.id, &cookie).await.unwrap().unwrap();
    scene.finish(&entered.permit, What::Unchanged).await.unwrap();
    mails(&scene.office.house, &scene.office).await;

    // The worker comes by every day, twice.
    let mut reminders = Vec::new();
    let mut overdue = 0;
    for day in 1..60 {
        scene.world.clock.advance(SignedDuration::from_hours(24));
        for _ in 0..2 {
            overdue += remind::in_office(house, scene.office.id).await.unwrap().overdue;
        }
        reminders.extend(mails(&scene.office.house, &scene.office).await.into_iter().map(|mail| (day, mail)));
    }
    let said: Vec<_> =
        reminders.iter().map(|(day, mail)| (*day, mail.to.as_str(), mail.subject.split(':').next().unwrap())).collect();
    assert_eq!(said, [(14, "zweite@gruppe.example", "Erinnerung"), (24, "zweite@gruppe.example", "Letzte Erinnerung")]);
    for (_, mail) in &reminders {
        assert!(
            mail.body.starts_with("Das ist ") && mail.body.contains("This is "),
            "it says what it is: {}",
            mail.body
        );
    }
    assert_eq!(overdue, 2, "the one that was silent, and the letter");
    let now = progress().await;
    assert_eq!((of(&now, second), of(&now, paper)), (Shown::Overdue, Shown::Overdue));
    assert_eq!(of(&now, scene.group), Shown::Step(Step::Confirmed));
}

async fn after_a_pause_of_the_worker_reminders_are_apart(backend: Backend) {
    let scene = Scene::new(backend).await;
    let house = scene.house();
    campaign::send(&scene.office.lead(), house, &to(house, &[scene.group])).await.unwrap();
    mails(&scene.office.house, &scene.office).await;
    scene.world.clock.advance(SignedDuration::from_hours(24 * 25));
    assert_eq!(remind::in_office(house, scene.office.id).await.unwrap().reminded, 1);
    scene.world.clock.advance(SignedDuration::from_hours(47));
    assert_eq!(remind::in_office(house, scene.office.id).await.unwrap().reminded, 0);
    scene.world.clock.advance(SignedDuration::from_hours(1));
    assert_eq!(remind::in_office(house, scene.office.id).await.unwrap().reminded, 1);
}

/// A mail server that is down for days: nobody is reminded of what has not come yet.
async fn nobody_is_reminded_before_the_first_mail_has_left(backend: Backend) {
    let scene = Scene::new(backend).await;
    let house = scene.house();
    campaign::send(&scene.office.lead(), house, &to(house, &[scene.group])).await.unwrap();
    scene.world.clock.advance(days(15));
    assert_eq!(remind::in_office(house, scene.office.id).await.unwrap().reminded, 0);
    assert_eq!(scene.sent().await.len(), 1);
    scene.world.clock.advance(SignedDuration::from_hours(47));
    assert_eq!(remind::in_office(house, scene.office.id).await.unwrap().reminded, 0, "a moment ago");
    scene.world.clock.advance(days(1));
    assert_eq!(remind::in_office(house, scene.office.id).await.unwrap().reminded, 1);
}

/// Everything that is wrong with a campaign, by field.
async fn wrong(scene: &Scene, change: impl Fn(&mut NewCampaign)) -> Vec<String> {
    let mut new = to(scene.house(), &[scene.group]);
    change(&mut new);
    match campaign::preview(&scene.office.lead(), scene.house(), &new).await {
        Ok(_) => Vec::new(),
        Err(Error::Invalid(problems)) => problems.into_iter().map(|problem| problem.field).collect(),
        Err(error) => panic!("{error}"),
    }
}

/// Nobody is asked for an answer that their link cannot give any more, nor reminded of it.
async fn a_deadline_lies_within_the_life_of_the_links(backend: Backend) {
    let scene = Scene::new(backend).await;
    let today = scene.world.clock.now().to_zoned(berlin()).date();
    let until = |days: i32| today.checked_add(days.days()).unwrap();
    let (first, second) = (["first", "second"], ["second"]);
    for (deadline, reminders, said) in [
        (30, (14, 24), &[][..]),
        (7, (2, 4), &[]),
        (31, (14, 24), &["deadline"]),
        (6, (2, 4), &["deadline"]),
        (10, (14, 24), &first),
        (10, (5, 10), &second),
        (20, (5, 5), &second),
    ] {
        let problems = wrong(&scene, |new| {
            new.plan.deadline = until(deadline);
            (new.plan.first_reminder_days, new.plan.second_reminder_days) = reminders;
        });
        assert_eq!(problems.await, said, "{deadline} {reminders:?}");
    }
}

/// What is shown before is what is sent.
async fn a_campaign_is_seen_before_it_is_sent(backend: Backend) {
    let scene = Scene::new(backend).await;
    let house = scene.house();
    let paper = group(&scene.office, "Auf Papier", None).await;
    let nowhere = homeless(&scene, "Ohne Anschrift").await;
    let new = to(house, &[scene.group, paper, nowhere]);
    let shown = campaign::preview(&scene.office.lead(), house, &new).await.unwrap();
    assert_eq!((shown.mails, shown.letters), (1, 1));
    assert_eq!(shown.unreachable, [(nowhere, "Ohne Anschrift".to_owned())]);
    let (name, letter) = shown.letter.unwrap();
    assert_eq!((name.as_str(), letter.to[0].as_str(), letter.to.len()), ("Auf Papier", "Kim Muster", 3));
    let text = format!("{:?}", letter.paragraphs.iter().filter_map(said).collect::<Vec<_>>());
    assert!(text.contains("„Auf Papier“") && text.contains("Mit freundlichen Grüßen"), "{text}");
    assert!(!text.contains("Kind regards") && !text.contains("/abgleich#"), "as it is on paper: {text}");
    let mail = shown.mail.unwrap();
    campaign::send(&scene.office.lead(), house, &new).await.unwrap();
    let sent = scene.sent().await.remove(0);
    assert_eq!((&sent.to, &sent.subject), (&mail.mail.to, &mail.mail.subject));
    let (before, _) = mail.mail.body.split_once("/abgleich#").unwrap();
    assert!(sent.body.starts_with(before) && sent.body.contains("Kind regards"), "{}", sent.body);
}

fn said(paragraph: &letters::Paragraph) -> Option<String> {
    match paragraph {
        letters::Paragraph::Text(text) => Some(text.clone()),
        letters::Paragraph::Typed(_) | letters::Paragraph::Code { .. } => None,
    }
}

/// A group of which neither a mail address nor one on paper is known.
async fn homeless(scene: &Scene, name: &str) -> GroupId {
    let id = group(&scene.office, name, None).await;
    let tx = scene.house().stores().begin(&scene.office.lead::<EditGroup>()).await.unwrap();
    let person = tx.group(id).await.unwrap().unwrap().people[0].person;
    let mut person = tx.person(person).await.unwrap().unwrap();
    person.items.retain(|item| item.field != Field::PersonAddress);
    tx.save_person(&person).await.unwrap();
    tx.commit(AuditEvent::new("test.homeless", id)).await.unwrap();
    id
}

async fn a_group_without_an_address_gets_no_letter_and_is_not_said_to_have_got_one(backend: Backend) {
    let scene = Scene::new(backend).await;
    let house = scene.house();
    let paper = group(&scene.office, "Auf Papier", None).await;
    let nowhere = homeless(&scene, "Ohne Anschrift").await;
    let new = to(house, &[paper, nowhere]);
    campaign::send(&scene.office.lead(), house, &new).await.unwrap();
    letters::letters(&scene.office.lead(), house, new.id).await.unwrap();
    let read = scene.office.lead::<ReadReconciliation>();
    let progress = overview::progress(&read, house, new.id).await.unwrap();
    let states: Vec<_> = progress.lines.iter().map(|line| (line.group, line.shown, line.letter)).collect();
    assert_eq!(
        states,
        [
            (paper, Shown::Step(Step::Sent), Some(LetterState::Printed)),
            (nowhere, Shown::Step(Step::Waiting), Some(LetterState::NoAddress)),
        ]
    );
    let all = overview::overview(&read, house).await.unwrap().lines;
    let stuck: Vec<_> = all.iter().filter(|line| line.is_stuck()).map(|line| line.id).collect();
    assert_eq!(stuck, [nowhere], "somebody has to call");
    let only = to(house, &[nowhere]);
    campaign::send(&scene.office.lead(), house, &only).await.unwrap();
    assert!(matches!(letters::letters(&scene.office.lead(), house, only.id).await, Err(Error::NotFound)));
}

async fn a_letter_that_is_printed_late_leaves_time_to_answer(backend: Backend) {
    let scene = Scene::new(backend).await;
    let house = scene.house();
    let paper = group(&scene.office, "Auf Papier", None).await;
    let new = to(house, &[paper]);
    campaign::send(&scene.office.lead(), house, &new).await.unwrap();
    let shown = async || {
        remind::in_office(house, scene.office.id).await.unwrap();
        overview::progress(&scene.office.lead(), house, new.id).await.unwrap().lines[0].shown
    };
    scene.world.clock.advance(days(40));
    assert_eq!(shown().await, Shown::Overdue);
    letters::letters(&scene.office.lead(), house, new.id).await.unwrap();
    assert_eq!(shown().await, Shown::Step(Step::Sent));
    scene.world.clock.advance(days(13));
    assert_eq!(shown().await, Shown::Step(Step::Sent));
    scene.world.clock.advance(days(2));
    assert_eq!(shown().await, Shown::Overdue);
}

async fn a_campaign_can_be_ended_before_its_time(backend: Backend) {
    let scene = Scene::new(backend).await;
    let house = scene.house();
    let paper = group(&scene.office, "Auf Papier", None).await;
    let new = to(house, &[scene.group, paper]);
    let run = scene.office.lead::<RunReconciliation>();
    campaign::send(&run, house, &new).await.unwrap();
    let ending = campaign::ending(&run, house, new.id).await.unwrap();
    assert_eq!((ending.silent, ending.mails), (2, 1));
    campaign::end(&run, house, new.id).await.unwrap();
    campaign::end(&run, house, new.id).await.expect("a button pressed twice");
    assert!(matches!(campaign::ending(&run, house, new.id).await, Err(Error::NotFound)));
    assert!(scene.sent().await.is_empty(), "what waited is not sent");
    assert!(matches!(letters::letters(&run, house, new.id).await, Err(Error::NotFound)));
    for _ in 0..30 {
        scene.world.clock.advance(days(1));
        assert_eq!(remind::in_office(house, scene.office.id).await.unwrap(), remind::Done::default());
    }
    let all = overview::overview(&scene.office.lead::<ReadReconciliation>(), house).await.unwrap();
    assert!(all.lines.iter().all(|line| !line.asked), "they can be asked again");
    assert_eq!(all.sizes.get(&new.id), Some(&2));
}

/// That somebody at the office looked at a link says nothing about what the group answered.
async fn a_link_that_is_fetched_leaves_an_answer_as_it_is(backend: Backend) {
    let scene = Scene::new(backend).await;
    let (token, _) = scene.fetched().await;
    assert_eq!(scene.line().await.round, Some(Shown::Step(Step::Sent)));
    let cookie = scene.open_at(&scene.office, &token).await.unwrap();
    let entered = links::session(scene.house(), scene.office.id, &cookie).await.unwrap().unwrap();
    scene.finish(&entered.permit, What::Unchanged).await.unwrap();
    scene.fetched().await;
    assert_eq!(scene.line().await.round, Some(Shown::Step(Step::Confirmed)));
}

/// Letters are laid out while others write: only their links are made in one go.
async fn letters_hold_nobody_up(backend: Backend) {
    let scene = Scene::new(backend).await;
    let house = scene.house();
    let mut groups = Vec::new();
    for number in 0..60 {
        groups.push(group(&scene.office, &format!("Auf Papier {number}"), None).await);
    }
    let new = to(house, &groups);
    campaign::send(&scene.office.lead(), house, &new).await.unwrap();
    let run = scene.office.lead::<RunReconciliation>();
    let began = std::time::Instant::now();
    let (made, written) = tokio::join!(letters::letters(&run, house, new.id), async {
        let mut slowest = std::time::Duration::ZERO;
        for months in 13..33 {
            let begun = std::time::Instant::now();
            let typed = interval::Typed { months: months.to_string(), ..interval::Typed::default() };
            interval::set(&scene.office.lead(), house, &typed).await.unwrap();
            slowest = slowest.max(begun.elapsed());
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        slowest
    });
    assert!(made.unwrap().starts_with(b"%PDF"));
    println!("60 letters in {:.1?}, others waited {written:.1?} at most", began.elapsed());
    assert!(written < std::time::Duration::from_secs(3), "{written:?}");
}

async fn a_mail_that_comes_back_is_seen_and_becomes_a_letter(backend: Backend) {
    let scene = Scene::new(backend).await;
    let house = scene.house();
    let new = to(house, &[scene.group]);
    campaign::send(&scene.office.lead(), house, &new).await.unwrap();
    let outbox = Outbox::Tenant(scene.office.id);
    let read = scene.office.lead::<ReadReconciliation>();
    let state = async || overview::progress(&read, house, new.id).await.unwrap().lines[0].shown;
    let claimed = usecases::mail::claim(house, outbox).await.unwrap();
    let for_now = Err(Undelivered::ForNow("the server answered 450".to_owned()));
    usecases::mail::done(house, outbox, &claimed[0], for_now).await.unwrap();
    assert_eq!(state().await, Shown::Step(Step::Waiting), "it is tried again");
    scene.world.clock.advance(SignedDuration::from_mins(2));
    let claimed = usecases::mail::claim(house, outbox).await.unwrap();
    let for_good = Err(Undelivered::ForGood("the server answered 550".to_owned()));
    usecases::mail::done(house, outbox, &claimed[0], for_good).await.unwrap();
    assert_eq!(state().await, Shown::Bounced);
    scene.world.clock.advance(SignedDuration::from_hours(24 * 20));
    assert_eq!(remind::in_office(house, scene.office.id).await.unwrap().reminded, 0, "nobody is written to in vain");
    assert!(letters::letters(&scene.office.lead(), house, new.id).await.unwrap().starts_with(b"%PDF"));
    assert_eq!(state().await, Shown::Step(Step::Sent));
    // A letter that got lost at the printer can be made again.
    assert!(letters::letters(&scene.office.lead(), house, new.id).await.unwrap().starts_with(b"%PDF"));
}

async fn three_hundred_groups_are_queued_at_once_and_each_mail_leaves_once(backend: Backend) {
    let scene = Scene::new(backend).await;
    let house = scene.house();
    let mut groups = vec![scene.group];
    for number in 0..299 {
        groups
            .push(group(&scene.office, &format!("Gruppe {number}"), Some(&format!("g{number}@gruppe.example"))).await);
    }
    let new = to(house, &groups);
    let began = std::time::Instant::now();
    campaign::send(&scene.office.lead(), house, &new).await.unwrap();
    // The promise is 2 s in the program as it is shipped; here nothing is optimised.
    assert!(began.elapsed().as_secs() < 20, "{:?}", began.elapsed());

    // A worker that is killed in between gives back what it had taken; the receiver knows the second copy by its id.
    let outbox = Outbox::Tenant(scene.office.id);
    let mut taken = Vec::new();
    for round in 0..400 {
        let claimed = usecases::mail::claim(house, outbox).await.unwrap();
        if claimed.is_empty() {
            let waiting = overview::progress(&scene.office.lead(), house, new.id).await.unwrap().mails_waiting;
            if waiting == 0 {
                break;
            }
            scene.world.clock.advance(SignedDuration::from_mins(3));
        }
        for mail in claimed {
            taken.push((mail.id, mail.mail.to.as_str().to_owned()));
            if round % 7 != 3 {
                usecases::mail::done(house, outbox, &mail, Ok(())).await.unwrap();
            }
        }
    }
    let copies = taken.len();
    taken.sort();
    taken.dedup();
    assert!(copies > 300, "some were taken twice: {copies}");
    assert_eq!(taken.len(), 300, "one mail for each group");
    let mut receivers: Vec<_> = taken.iter().map(|(_, to)| to).collect();
    receivers.sort();
    receivers.dedup();
    assert_eq!(receivers.len(), 300);
    let progress = overview::progress(&scene.office.lead(), house, new.id).await.unwrap();
    assert_eq!(progress.counts(), [(Shown::Step(Step::Sent), 300)]);
}

async fn a_campaign_that_breaks_off_has_sent_nothing(backend: Backend) {
    let scene = Scene::new(backend).await;
    let house = scene.house();
    let new = to(house, &[scene.group]);
    {
        // Everything written, the process gone before the commit.
        let tx = house.stores().begin(&scene.office.lead::<RunReconciliation>()).await.unwrap();
        tx.insert_campaign(&storage::tenant::Campaign {
            id: new.id,
            made_at: tx.now(),
            by: tx.actor(),
            wording: new.wording.clone(),
            plan: new.plan,
            ended_at: None,
        })
        .await
        .unwrap();
        tx.issue_group_links(&[scene.group], domain::reconciliation::Occasion::Campaign).await.unwrap();
    }
    assert!(mails(&scene.office.house, &scene.office).await.is_empty());
    campaign::send(&scene.office.lead(), house, &new).await.expect("it is sent as if for the first time");
    assert_eq!(mails(&scene.office.house, &scene.office).await.len(), 1);
    let due = house.stores().look(&system_permit::<SendMail>(scene.office.id)).await.unwrap().mail_due().await.unwrap();
    assert!(!due);
}

/// A link that a colleague had shown to them is in their hands; one that was sent is in the group's.
async fn what_was_shown_to_a_colleague_ends_with_their_access(backend: Backend) {
    let scene = Scene::new(backend).await;
    let staff = scene.office.someone(Role::Staff).await;
    let session = scene.office.session(&staff, Stage::Full).await;
    let me = scene.house().principal(&scene.office.slug, &session).await.unwrap().unwrap();
    let fetch: Permit<FetchGroupLink> = authorize(&me).unwrap();
    let shown = links::fetch(&fetch, scene.house(), scene.group).await.unwrap();
    links::send(&fetch, scene.house(), scene.group).await.unwrap();
    let mail = scene.sent().await.remove(0);
    let sent = mail.body.split_once("/abgleich#").unwrap().1.split_whitespace().next().unwrap();
    assert!(scene.open_at(&scene.office, &shown.code).await.is_ok());
    scene.office.someone(Role::Lead).await;
    usecases::people::decide::deactivate(&scene.office.lead(), scene.house(), staff.user, "").await.unwrap();
    assert!(matches!(scene.open_at(&scene.office, &shown.code).await, Err(Error::NotFound)));
    assert!(scene.open_at(&scene.office, sent).await.is_ok());
}

/// Nobody is mailed through the office by who was only suggested, and no mailbox is filled from many networks.
async fn new_links_go_to_groups_that_take_part_and_seldom(backend: Backend) {
    let scene = Scene::new(backend).await;
    let permit: Permit<OpenGroupLink> = anonymous_permit(scene.office.id);
    let (token, _) = scene.fetched().await;
    for number in 0..40 {
        let (network, other) = (format!("198.51.{number}.0"), format!("x{number}@anders.example"));
        links::renew(&permit, scene.house(), &token, &other, &network).await.expect("the same answer to all");
    }
    assert!(scene.sent().await.len() <= 4, "one mailbox");
    for status in [Status::Draft, Status::Dissolved] {
        scene.world.clock.advance(days(2));
        let tx = scene.house().stores().begin(&scene.office.lead::<EditGroup>()).await.unwrap();
        let mut group = tx.group(scene.group).await.unwrap().unwrap();
        group.status = status;
        tx.save_group(&group, "status").await.unwrap();
        tx.commit(AuditEvent::new("test.status", group.id)).await.unwrap();
        links::renew(&permit, scene.house(), "", "lichtblick@gruppe.example", NETWORK).await.unwrap();
        links::renew(&permit, scene.house(), &token, "", NETWORK).await.unwrap();
        assert!(scene.sent().await.is_empty(), "{status:?}");
    }
}

/// Everything a sweep of the worker does.
async fn night(scene: &Scene) {
    usecases::housekeeping::remove_expired(scene.house()).await.unwrap();
}

fn silence(act: &str) -> interval::Typed {
    interval::Typed {
        months: "12".to_owned(),
        act: act.to_owned(),
        silent_months: "24".to_owned(),
        apart_days: "30".to_owned(),
    }
}

fn days(days: i64) -> SignedDuration {
    SignedDuration::from_hours(24 * days)
}

impl Scene {
    /// A campaign long ago, nobody answered; the group's phone is public.
    async fn long_silent(backend: Backend, act: &str) -> Self {
        let scene = Self::new(backend).await;
        let tx = scene.house().stores().begin(&scene.office.lead::<EditGroup>()).await.unwrap();
        let mut group = tx.group(scene.group).await.unwrap().unwrap();
        group.items.iter_mut().find(|item| item.field == Field::GroupPhone).unwrap().light = Light::Green;
        tx.save_group(&group, "kontakt").await.unwrap();
        tx.commit(AuditEvent::new("test.opened", group.id)).await.unwrap();
        campaign::send(&scene.office.lead(), scene.house(), &to(scene.house(), &[scene.group])).await.unwrap();
        mails(&scene.office.house, &scene.office).await;
        interval::set(&scene.office.lead(), scene.house(), &silence(act)).await.unwrap();
        scene.world.clock.advance(days(600));
        night(&scene).await;
        mails(&scene.office.house, &scene.office).await;
        scene
    }

    async fn sent(&self) -> Vec<storage::Mail> {
        mails(&self.office.house, &self.office).await
    }

    async fn pass(&self, more: i64) -> usize {
        self.world.clock.advance(days(more));
        night(self).await;
        night(self).await;
        self.sent().await.len()
    }
}

async fn after_long_silence_lights_are_closed_after_two_announcements(backend: Backend) {
    let scene = Scene::long_silent(backend, "close").await;
    let phone = async || scene.item(Field::GroupPhone).await.unwrap().light;
    assert!(scene.line().await.silence.is_none(), "not so long yet");
    scene.world.clock.advance(days(140));
    night(&scene).await;
    let reach = silences::preview(&scene.office.lead(), scene.house(), &SilencePolicy::OFFERED).await.unwrap();
    assert_eq!((reach.groups, reach.without_mail, reach.items), (1, 0, 1));
    // As long as the mail has not left, nothing goes on.
    scene.world.clock.advance(days(100));
    night(&scene).await;
    let first = scene.sent().await;
    assert_eq!(first.len(), 1, "once");
    assert!(first[0].subject.starts_with("Ankündigung") && first[0].body.contains("Kontaktangaben"), "{first:?}");
    assert!(!first[0].body.contains("5550199") && first[0].body.contains("/abgleich#"));
    assert_eq!(scene.pass(29).await, 0, "not before thirty days after it left");
    let line = scene.line().await.silence.unwrap();
    assert_eq!((line.state, line.at.is_some()), (SilenceState::First, true));
    assert_eq!(scene.pass(1).await, 1, "the second");
    assert_eq!(scene.pass(29).await, 0);
    assert_eq!(phone().await, Light::Green, "nothing happens before thirty days after the second");
    assert_eq!(scene.line().await.silence.unwrap().state, SilenceState::Second);
    assert_eq!(scene.pass(1).await, 0);
    assert_eq!(phone().await, Light::Red);
    assert_eq!(
        scene.item(Field::GroupPhone).await.unwrap().value.plain(),
        "030 5550199 (ab 18 Uhr)",
        "nothing is deleted"
    );
    assert_eq!(scene.item(Field::Summary).await.unwrap().light, Light::Green);
    assert!(scene.public().await.contains("Lichtblick"), "the group stays in the directory");
    assert_eq!(scene.line().await.silence.unwrap().state, SilenceState::Done);
    assert_eq!(scene.pass(400).await, 0, "once, and then it is quiet");
}

async fn a_look_at_the_link_ends_the_silence(backend: Backend) {
    let scene = Scene::long_silent(backend, "pause").await;
    scene.world.clock.advance(days(140));
    night(&scene).await;
    let mail = scene.sent().await.remove(0);
    assert_eq!(scene.pass(30).await, 1);
    let token = mail.body.split_once("/abgleich#").unwrap().1.split_whitespace().next().unwrap().to_owned();
    let newer = Scene::fetched(&scene).await.0;
    assert!(scene.open_at(&scene.office, &token).await.is_err(), "thirty days are over");
    scene.open_at(&scene.office, &newer).await.unwrap();
    assert_eq!(scene.pass(40).await, 0);
    assert!(scene.public().await.contains("Lichtblick"), "it does not pause");
    assert!(scene.line().await.silence.is_none());
    // Another two years: it begins anew, and ends in a pause.
    assert_eq!(scene.pass(731).await, 1);
    assert_eq!(scene.pass(30).await, 1);
    assert!(scene.public().await.contains("Lichtblick"));
    scene.pass(30).await;
    assert!(!scene.public().await.contains("Lichtblick"), "it pauses");
    assert_eq!(scene.item(Field::GroupPhone).await.unwrap().light, Light::Green, "its lights stay");
    let line = scene.line().await;
    assert_eq!((line.status, line.silence.unwrap().state), (Status::Paused, SilenceState::Done));
}

async fn without_the_policy_or_without_a_mail_nothing_happens(backend: Backend) {
    let scene = Scene::long_silent(backend, "pause").await;
    scene.world.clock.advance(days(140));
    night(&scene).await;
    // The mail comes back.
    let outbox = Outbox::Tenant(scene.office.id);
    let claimed = usecases::mail::claim(scene.house(), outbox).await.unwrap();
    assert_eq!(claimed.len(), 1);
    let back = Err(Undelivered::ForGood("the server answered 550".to_owned()));
    usecases::mail::done(scene.house(), outbox, &claimed[0], back).await.unwrap();
    for _ in 0..4 {
        assert_eq!(scene.pass(100).await, 0);
    }
    assert_eq!(scene.line().await.silence.unwrap().state, SilenceState::Unreachable);
    assert!(scene.public().await.contains("Lichtblick"));
    // Who has no address is named: somebody has to call.
    let paper = group(&scene.office, "Ohne Post", None).await;
    let named = async || {
        let all = overview::overview(&scene.office.lead::<ReadReconciliation>(), scene.house()).await.unwrap();
        all.lines.into_iter().find(|line| line.id == paper).unwrap().silence.map(|silence| silence.state)
    };
    assert_eq!(named().await, None, "nobody has asked it yet");
    campaign::send(&scene.office.lead(), scene.house(), &to(scene.house(), &[paper])).await.unwrap();
    assert_eq!(scene.pass(365).await, 0);
    assert_eq!(named().await, None);
    assert_eq!(scene.pass(400).await, 0);
    assert_eq!(named().await, Some(SilenceState::NoMail));
    // Another policy: what was announced counts for nothing. Off: nothing is announced.
    interval::set(&scene.office.lead(), scene.house(), &silence("")).await.unwrap();
    assert_eq!(scene.pass(1).await, 0);
    assert!(scene.line().await.silence.is_none());
    interval::set(&scene.office.lead(), scene.house(), &silence("close")).await.unwrap();
    assert_eq!(scene.pass(1).await + scene.pass(1).await, 1);
    interval::set(&scene.office.lead(), scene.house(), &silence("")).await.unwrap();
    assert_eq!(scene.pass(400).await, 0);
    assert!(scene.public().await.contains("Lichtblick"));
    for (months, days) in [("5", "30"), ("24", "13"), ("x", "30"), ("61", "30"), ("24", "181")] {
        let typed =
            interval::Typed { silent_months: months.to_owned(), apart_days: days.to_owned(), ..silence("close") };
        assert!(matches!(interval::set(&scene.office.lead(), scene.house(), &typed).await, Err(Error::Invalid(_))));
    }
}

testkit::on_both! {
    a_link_opens_its_group_in_its_office_as_long_as_it_is_good: a_link_opens_its_group_as_long_as_it_is_good_on_sqlite, a_link_opens_its_group_as_long_as_it_is_good_on_postgresql;
    a_new_link_goes_to_the_known_address_only: a_new_link_goes_to_the_known_address_only_on_sqlite, a_new_link_goes_to_the_known_address_only_on_postgresql;
    a_campaign_is_sent_once_reminds_twice_and_ends: a_campaign_is_sent_once_reminds_twice_and_ends_on_sqlite, a_campaign_is_sent_once_reminds_twice_and_ends_on_postgresql;
    after_a_pause_of_the_worker_reminders_are_apart: after_a_pause_of_the_worker_reminders_are_apart_on_sqlite, after_a_pause_of_the_worker_reminders_are_apart_on_postgresql;
    a_mail_that_comes_back_is_seen_and_becomes_a_letter: a_mail_that_comes_back_is_seen_and_becomes_a_letter_on_sqlite, a_mail_that_comes_back_is_seen_and_becomes_a_letter_on_postgresql;
    three_hundred_groups_are_queued_at_once_and_each_mail_leaves_once: three_hundred_groups_are_queued_at_once_on_sqlite, three_hundred_groups_are_queued_at_once_on_postgresql;
    a_campaign_that_breaks_off_has_sent_nothing: a_campaign_that_breaks_off_has_sent_nothing_on_sqlite, a_campaign_that_breaks_off_has_sent_nothing_on_postgresql;
    after_long_silence_lights_are_closed_after_two_announcements: after_long_silence_lights_are_closed_after_two_announcements_on_sqlite, after_long_silence_lights_are_closed_after_two_announcements_on_postgresql;
    a_look_at_the_link_ends_the_silence: a_look_at_the_link_ends_the_silence_on_sqlite, a_look_at_the_link_ends_the_silence_on_postgresql;
    without_the_policy_or_without_a_mail_nothing_happens: without_the_policy_or_without_a_mail_nothing_happens_on_sqlite, without_the_policy_or_without_a_mail_nothing_happens_on_postgresql;
    letters_hold_nobody_up: letters_hold_nobody_up_on_sqlite, letters_hold_nobody_up_on_postgresql;
    what_was_shown_to_a_colleague_ends_with_their_access: what_was_shown_to_a_colleague_ends_with_their_access_on_sqlite, what_was_shown_to_a_colleague_ends_with_their_access_on_postgresql;
    new_links_go_to_groups_that_take_part_and_seldom: new_links_go_to_groups_that_take_part_and_seldom_on_sqlite, new_links_go_to_groups_that_take_part_and_seldom_on_postgresql;
    nobody_is_reminded_before_the_first_mail_has_left: nobody_is_reminded_before_the_first_mail_has_left_on_sqlite, nobody_is_reminded_before_the_first_mail_has_left_on_postgresql;
    a_deadline_lies_within_the_life_of_the_links: a_deadline_lies_within_the_life_of_the_links_on_sqlite, a_deadline_lies_within_the_life_of_the_links_on_postgresql;
    a_campaign_is_seen_before_it_is_sent: a_campaign_is_seen_before_it_is_sent_on_sqlite, a_campaign_is_seen_before_it_is_sent_on_postgresql;
    a_group_without_an_address_gets_no_letter_and_is_not_said_to_have_got_one: a_group_without_an_address_gets_no_letter_and_is_not_said_to_have_got_one_on_sqlite, a_group_without_an_address_gets_no_letter_and_is_not_said_to_have_got_one_on_postgresql;
    a_letter_that_is_printed_late_leaves_time_to_answer: a_letter_that_is_printed_late_leaves_time_to_answer_on_sqlite, a_letter_that_is_printed_late_leaves_time_to_answer_on_postgresql;
    a_campaign_can_be_ended_before_its_time: a_campaign_can_be_ended_before_its_time_on_sqlite, a_campaign_can_be_ended_before_its_time_on_postgresql;
    a_link_that_is_fetched_leaves_an_answer_as_it_is: a_link_that_is_fetched_leaves_an_answer_as_it_is_on_sqlite, a_link_that_is_fetched_leaves_an_answer_as_it_is_on_postgresql;
}
