//! A group checks its own data by a personal link: who gets in, what is shown, what comes of it; campaigns send once.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot be set up fails")]

mod post;

use access::actions::{
    CreateGroup, DecideRequest, EditGroup, FetchGroupLink, ListGroups, OpenGroupLink, ReadReconciliation, ReadRequests,
    ReconcileByLink, ReconcileByPhone, RunReconciliation, SendMail, SubmitChanges,
};
use access::{Permit, Role, Stage, anonymous_permit, authorize, system_permit};
use domain::audit::AuditEvent;
use domain::catalogue::Section;
use domain::group::Membership;
use domain::reconciliation::{Answerer, Dueness, Shown, Step};
use domain::silence::SilencePolicy;
use domain::{
    Clock, EmailAddress, Field, Group, GroupId, Item, Light, Person as Someone, PersonId, PersonRole, PhoneNumber,
    Slug, Source, Status, Value, Venue,
};
use jiff::SignedDuration;
use post::mails;
use storage::Undelivered;
use testkit::{Backend, Office, World};
use usecases::groups::{Entry, Typed};
use usecases::mail::Outbox;
use usecases::reconciliation::campaign::{self, NewCampaign};
use usecases::reconciliation::finish::{Finished, What, finish};
use usecases::reconciliation::links::{self, Entered};
use usecases::reconciliation::silence::{self as silences, SilenceState};
use usecases::reconciliation::wizard::section::{self, Filled, FormStep};
use usecases::reconciliation::wizard::shown::Said;
use usecases::reconciliation::wizard::{self, person};
use usecases::reconciliation::{interval, letters, overview, remind};
use usecases::review::decide::{self, Seen, Verdict};
use usecases::review::queue;
use usecases::{Error, House, Result};

/// A group with something of every light, and a contact person with an address on paper.
async fn group(office: &Office, name: &str, mail: Option<&str>) -> GroupId {
    let ids = office.house.ids();
    let permit = office.lead::<EditGroup>();
    let person: PersonId = ids.next();
    office.house.stores().make_person_keys(&permit, &[person]).await.unwrap();
    let item = |field, value, light| Item { light, ..Item::new(ids.next(), field, value, Source::Staff) };
    let text = |text: &str| Value::Text(text.to_owned());
    let place = Venue {
        street: "Beispielstraße 12".to_owned(),
        postcode: "04109".to_owned(),
        town: "Leipzig".to_owned(),
        ..Venue::default()
    };
    let contact = Someone {
        id: person,
        items: vec![
            item(Field::PersonName, text("Kim Muster"), Light::Red),
            item(Field::PersonAddress, Value::Venue(place), Light::Red),
        ],
        consents: Vec::new(),
    };
    let mut items = vec![
        item(Field::Name, text(name), Light::Green),
        item(Field::Summary, text("Alte Beschreibung."), Light::Green),
        item(Field::AccessHints, text("Klingel bei Sonnenschein"), Light::Yellow),
        item(
            Field::GroupPhone,
            Value::Phone { number: PhoneNumber::parse("030 5550199").unwrap(), remark: "ab 18 Uhr".to_owned() },
            Light::Red,
        ),
    ];
    items
        .extend(mail.map(|mail| item(Field::GroupEmail, Value::Email(EmailAddress::parse(mail).unwrap()), Light::Red)));
    let group = Group {
        id: ids.next(),
        slug: Slug::unspoken(ids),
        status: Status::Active,
        version: 1,
        items,
        people: vec![Membership { person, role: PersonRole::Contact }],
    };
    let tx = office.house.stores().begin(&office.lead::<CreateGroup>()).await.unwrap();
    tx.insert_person(&contact).await.unwrap();
    tx.insert_group(&group, "created").await.unwrap();
    tx.commit(AuditEvent::new("test.group", group.id)).await.unwrap();
    group.id
}

struct Scene {
    world: World,
    office: Office,
    group: GroupId,
}

const NETWORK: &str = "192.0.2.1";

impl Scene {
    async fn new(backend: Backend) -> Self {
        let world = World::new(backend).await;
        let office = world.public_office("alpha").await;
        let group = group(&office, "Lichtblick", Some("lichtblick@gruppe.example")).await;
        Self { world, office, group }
    }

    fn house(&self) -> &House {
        &self.office.house
    }

    /// What stands behind the `#` of a fresh link, and its code.
    async fn fetched(&self) -> (String, String) {
        let shown = links::fetch(&self.office.lead(), self.house(), self.group).await.unwrap();
        let (_, token) = shown.link.split_once('#').unwrap();
        (token.to_owned(), shown.code.to_string())
    }

    async fn open_at(&self, office: &Office, typed: &str) -> Result<String> {
        let permit: Permit<OpenGroupLink> = anonymous_permit(office.id);
        links::open(&permit, self.house(), typed, NETWORK).await.map(|cookie| cookie.to_string())
    }

    async fn enter(&self) -> Entered {
        let (token, _) = self.fetched().await;
        let cookie = self.open_at(&self.office, &token).await.unwrap();
        links::session(self.house(), self.office.id, &cookie).await.unwrap().expect("in")
    }

    async fn item(&self, field: Field) -> Option<Item> {
        let look = self.house().stores().look(&self.office.lead::<ListGroups>()).await.unwrap();
        look.group(self.group).await.unwrap().unwrap().items.into_iter().find(|item| item.field == field)
    }

    async fn public(&self) -> String {
        let look = self.house().stores().public(self.office.id).await.unwrap();
        format!("{:?}", look.groups().await.unwrap())
    }

    async fn line(&self) -> overview::Line {
        let all = overview::overview(&self.office.lead::<ReadReconciliation>(), self.house()).await.unwrap();
        all.lines.into_iter().find(|line| line.id == self.group).unwrap()
    }

    /// The form of a section as it is shown, changed, and saved.
    async fn save<D: wizard::Door>(
        &self,
        permit: &Permit<D>,
        section: Section,
        change: impl FnOnce(&FormStep, &mut Vec<Entry>),
    ) -> Result<()> {
        let step = section::section(permit, self.house(), self.group, section).await.unwrap();
        section::save(permit, self.house(), section, &self.filled(&step, change)).await
    }

    /// The same of the contact person.
    async fn save_person<D: wizard::Door>(
        &self,
        permit: &Permit<D>,
        agrees: bool,
        change: impl FnOnce(&FormStep, &mut Vec<Entry>),
    ) -> Result<()> {
        let whose = self.contact().await.id;
        let step = person::person(permit, self.house(), self.group, whose).await.unwrap();
        person::save(permit, self.house(), whose, &self.filled(&step.form, change), agrees).await
    }

    fn filled(&self, step: &FormStep, change: impl FnOnce(&FormStep, &mut Vec<Entry>)) -> Filled {
        let mut entries: Vec<Entry> = step
            .items
            .iter()
            .map(|item| Entry {
                key: format!("{}-0", item.field.code()),
                item: Some(item.id),
                field: item.field,
                light: Some(item.effective()),
                typed: if step.masks.contains_key(&item.id) {
                    Typed::empty(&step.catalogue.def(item.field).unwrap().kind)
                } else {
                    Typed::of(&item.value)
                },
            })
            .collect();
        change(step, &mut entries);
        Filled { group: self.group, mark: step.mark.clone(), entries, removed: Vec::new() }
    }

    /// The group's contact person, with the lights that count.
    async fn contact(&self) -> Someone {
        let look = self.house().stores().look(&self.office.lead::<ListGroups>()).await.unwrap();
        let group = look.group(self.group).await.unwrap().unwrap();
        look.person(group.people[0].person).await.unwrap().unwrap().as_it_counts()
    }

    async fn finish<D: wizard::Door>(&self, permit: &Permit<D>, what: What) -> Result<Finished> {
        let mark = wizard::view(permit, self.house(), self.group).await.unwrap().mark;
        finish(permit, self.house(), self.group, what, &mark).await
    }
}

/// Everything a view says, in words.
fn told(view: &wizard::WizardView) -> String {
    let items = view.items.iter().chain(view.people.iter().flat_map(|person| &person.items));
    let said = items.map(|item| match &item.said {
        Said::Full(value) => value.plain(),
        Said::Masked(text) => text.clone(),
    });
    said.collect::<Vec<_>>().join(" ")
}

fn entry(entries: &mut [Entry], field: Field) -> &mut Entry {
    entries.iter_mut().find(|entry| entry.field == field).expect("in the form")
}

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
    }
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
    assert_eq!((now.letters(), now.mails_waiting), (1, 0));
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
    let step = person::person(permit, scene.house(), scene.group, person.id).await.unwrap();
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
    assert!(matches!(person::person(permit, scene.house(), scene.group, theirs).await, Err(Error::NotFound)));
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

/// The office accepts everything that waits.
async fn accept_all(scene: &Scene) {
    let read = scene.office.lead::<ReadRequests>();
    let all = queue::queue(&read, scene.house(), &queue::Filter::default()).await.unwrap();
    for one in all.lines {
        let view = queue::request(&scene.office.lead::<ReadRequests>(), scene.house(), one.id).await.unwrap();
        let accept = |item| Verdict { item, accepted: true, light: None, typed: None, reason: String::new() };
        let verdicts: Vec<Verdict> = view.changes.iter().map(|one| accept(one.change.item)).collect();
        let seen = Seen { request: view.version, group: view.group.version };
        decide::decide(&scene.office.lead::<DecideRequest>(), scene.house(), view.id, seen, &verdicts).await.unwrap();
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
    a_link_opens_its_group_in_its_office_as_long_as_it_is_good:
        a_link_opens_its_group_as_long_as_it_is_good_on_sqlite, a_link_opens_its_group_as_long_as_it_is_good_on_postgresql;
    a_group_closes_at_once_and_asks_for_the_rest:
        a_group_closes_at_once_and_asks_for_the_rest_on_sqlite, a_group_closes_at_once_and_asks_for_the_rest_on_postgresql;
    still_right_is_one_form_and_public:
        still_right_is_one_form_and_public_on_sqlite, still_right_is_one_form_and_public_on_postgresql;
    a_new_link_goes_to_the_known_address_only:
        a_new_link_goes_to_the_known_address_only_on_sqlite, a_new_link_goes_to_the_known_address_only_on_postgresql;
    a_campaign_is_sent_once_reminds_twice_and_ends:
        a_campaign_is_sent_once_reminds_twice_and_ends_on_sqlite, a_campaign_is_sent_once_reminds_twice_and_ends_on_postgresql;
    after_a_pause_of_the_worker_reminders_are_apart:
        after_a_pause_of_the_worker_reminders_are_apart_on_sqlite, after_a_pause_of_the_worker_reminders_are_apart_on_postgresql;
    a_mail_that_comes_back_is_seen_and_becomes_a_letter:
        a_mail_that_comes_back_is_seen_and_becomes_a_letter_on_sqlite, a_mail_that_comes_back_is_seen_and_becomes_a_letter_on_postgresql;
    three_hundred_groups_are_queued_at_once_and_each_mail_leaves_once:
        three_hundred_groups_are_queued_at_once_on_sqlite, three_hundred_groups_are_queued_at_once_on_postgresql;
    a_campaign_that_breaks_off_has_sent_nothing:
        a_campaign_that_breaks_off_has_sent_nothing_on_sqlite, a_campaign_that_breaks_off_has_sent_nothing_on_postgresql;
    the_phone_is_in_the_colleagues_name:
        the_phone_is_in_the_colleagues_name_on_sqlite, the_phone_is_in_the_colleagues_name_on_postgresql;
    a_link_reaches_no_other_group:
        a_link_reaches_no_other_group_on_sqlite, a_link_reaches_no_other_group_on_postgresql;
    a_link_unmasks_nothing_by_asking_for_it_to_be_open: a_link_unmasks_nothing_by_asking_for_it_to_be_open_on_sqlite, a_link_unmasks_nothing_by_asking_for_it_to_be_open_on_postgresql;
    two_devices_undo_nothing_of_each_other_and_pressing_twice_does_it_once: two_devices_undo_nothing_of_each_other_and_pressing_twice_does_it_once_on_sqlite, two_devices_undo_nothing_of_each_other_and_pressing_twice_does_it_once_on_postgresql;
    a_link_ends_the_wizard_a_few_times_a_day: a_link_ends_the_wizard_a_few_times_a_day_on_sqlite, a_link_ends_the_wizard_a_few_times_a_day_on_postgresql;
    a_group_that_has_ended_has_nothing_to_check: a_group_that_has_ended_has_nothing_to_check_on_sqlite, a_group_that_has_ended_has_nothing_to_check_on_postgresql;
    a_persons_details_are_closed_and_replaced_by_link_and_never_opened: a_persons_details_are_closed_and_replaced_by_link_and_never_opened_on_sqlite, a_persons_details_are_closed_and_replaced_by_link_and_never_opened_on_postgresql;
    nobody_agrees_by_another_ones_hand: nobody_agrees_by_another_ones_hand_on_sqlite, nobody_agrees_by_another_ones_hand_on_postgresql;
    after_long_silence_lights_are_closed_after_two_announcements: after_long_silence_lights_are_closed_after_two_announcements_on_sqlite, after_long_silence_lights_are_closed_after_two_announcements_on_postgresql;
    a_look_at_the_link_ends_the_silence: a_look_at_the_link_ends_the_silence_on_sqlite, a_look_at_the_link_ends_the_silence_on_postgresql;
    without_the_policy_or_without_a_mail_nothing_happens: without_the_policy_or_without_a_mail_nothing_happens_on_sqlite, without_the_policy_or_without_a_mail_nothing_happens_on_postgresql;
    letters_hold_nobody_up: letters_hold_nobody_up_on_sqlite, letters_hold_nobody_up_on_postgresql;
    guesses_over_a_mask_are_counted: guesses_over_a_mask_are_counted_on_sqlite, guesses_over_a_mask_are_counted_on_postgresql;
    what_was_shown_to_a_colleague_ends_with_their_access: what_was_shown_to_a_colleague_ends_with_their_access_on_sqlite, what_was_shown_to_a_colleague_ends_with_their_access_on_postgresql;
    new_links_go_to_groups_that_take_part_and_seldom: new_links_go_to_groups_that_take_part_and_seldom_on_sqlite, new_links_go_to_groups_that_take_part_and_seldom_on_postgresql;
}
