//! Random changes, decisions, consents and policies over one group: whatever the order, only what is green and agreed to is
//! public, closing wins, and the newest version is the present.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot be set up fails")]

use std::collections::{BTreeMap, BTreeSet};

use access::actions::{
    CreateGroup, DecideRequest, EditGroup, EditPolicy, ListGroups, LoosenPolicy, ReadRequests, RecordConsent,
    SubmitChanges,
};
use access::{Action, Permit, Role, Stage, authorize};
use domain::audit::AuditEvent;
use domain::catalogue::Section;
use domain::consent::Channel;
use domain::policy::Policy;
use domain::{
    Field, Group, GroupId, Item, ItemId, Light, Person as Contact, PersonId, PersonRole, Slug, Source, Status, Value,
};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use testkit::{Backend, Office, Person, World};
use usecases::consents::record::{self, Agreed};
use usecases::groups::edit::{self, SectionForm};
use usecases::groups::{Entry, Typed, people};
use usecases::policy::{preview, versions};
use usecases::review::decide::{self, Seen, Verdict};
use usecases::review::queue::{self, Filter};
use usecases::review::submit::{self, OwnForm};
use usecases::review::submit_person::{self, PersonForm};
use usecases::{Error, House};

const FIELDS: [Field; 4] = [Field::Name, Field::Summary, Field::Costs, Field::Association];

/// One thing somebody does.
#[derive(Clone, Debug)]
enum Step {
    /// The group asks: which field, whether with another value, with which light.
    Submit(usize, bool, Light),
    /// The office changes it itself.
    Edit(usize, bool, Light),
    /// The group asks about its contact person: whether for oneself, with another name, with which light.
    Correct(bool, bool, Light),
    /// The person says so on the phone.
    Consent(Light),
    /// The person says so no longer.
    Withdraw,
    /// The office decides the oldest request: which changes it takes, with which light at most.
    Decide(u8, Light),
    /// The office changes how open fields may be.
    Limit(Vec<Light>),
}

fn light() -> impl Strategy<Value = Light> {
    prop_oneof![1 => Just(Light::Red), 1 => Just(Light::Yellow), 2 => Just(Light::Green)]
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (0..FIELDS.len(), any::<bool>(), light()).prop_map(|(field, new, light)| Step::Submit(field, new, light)),
        2 => (0..FIELDS.len(), any::<bool>(), light()).prop_map(|(field, new, light)| Step::Edit(field, new, light)),
        3 => (any::<bool>(), any::<bool>(), light()).prop_map(|(agrees, new, light)| Step::Correct(agrees, new, light)),
        1 => light().prop_map(Step::Consent),
        1 => Just(Step::Withdraw),
        5 => (any::<u8>(), light()).prop_map(|(taken, light)| Step::Decide(taken, light)),
        1 => proptest::collection::vec(light(), FIELDS.len() + 1).prop_map(Step::Limit),
    ]
}

async fn may<A: Action>(office: &Office, person: &Person) -> Permit<A> {
    let token = office.session(person, Stage::Full).await;
    authorize(&office.house.principal(&office.slug, &token).await.unwrap().expect("a login")).expect("may")
}

struct Scene {
    office: Office,
    group: GroupId,
    person: PersonId,
    admin: Person,
    lead: Person,
    /// Every value is a word of its own.
    words: u32,
}

/// The present, as it is stored.
struct Now {
    group: Group,
    people: Vec<Contact>,
    /// Words that light, policy and consent let the public have.
    may: BTreeSet<String>,
    /// Everything the public has.
    public: String,
}

impl Scene {
    async fn new(world: &World, number: usize) -> Self {
        let office = world.public_office(&format!("zufall-{number}")).await;
        let ids = office.house.ids();
        let item = |field, text: &str| Item::new(ids.next(), field, Value::Text(text.to_owned()), Source::Staff);
        let items = FIELDS.into_iter().zip(["<w1>", "<w2>", "<w3>", "<w4>"]).map(|(field, word)| item(field, word));
        let group = Group {
            id: ids.next(),
            slug: Slug::parse("zufall").unwrap(),
            status: Status::Active,
            version: 1,
            items: items.collect(),
            people: Vec::new(),
        };
        let tx = office.house.stores().begin(&office.lead::<CreateGroup>()).await.unwrap();
        tx.insert_group(&group, "created").await.unwrap();
        tx.commit(AuditEvent::new("test.group", group.id)).await.unwrap();
        let (admin, lead) = (office.admin_of(&[group.id]).await, office.someone(Role::Lead).await);
        let entries = [entry(Field::PersonName, None, "<w5>", Light::Red)];
        let permit = may::<EditGroup>(&office, &lead).await;
        let person = people::add_new(&permit, &office.house, group.id, PersonRole::Contact, &entries).await.unwrap();
        Self { group: group.id, person, office, admin, lead, words: 5 }
    }

    fn house(&self) -> &House {
        &self.office.house
    }

    fn word(&mut self) -> String {
        self.words += 1;
        format!("<w{}>", self.words)
    }

    async fn now(&self) -> Now {
        let look = self.house().stores().look(&self.office.lead::<ListGroups>()).await.unwrap();
        let group = look.group(self.group).await.unwrap().unwrap();
        let people = look.persons(&[self.person]).await.unwrap();
        let versions = look.versions(self.group).await.unwrap();
        drop(look);
        // History replays to the present.
        let kept: Vec<_> = versions[0].items.iter().map(|item| (item.id, item.value.clone())).collect();
        assert_eq!(kept, group.items.iter().map(|item| (item.id, item.value.clone())).collect::<Vec<_>>());
        let public = self.house().stores().public(self.office.id).await.unwrap();
        let public = serde_json::to_string(&public.groups().await.unwrap()).unwrap();
        let green = |item: &&Item| item.light == Light::Green && item.limit.ceiling == Light::Green;
        let mut may: BTreeSet<String> = group.items.iter().filter(green).map(|item| item.value.plain()).collect();
        if group.items.iter().filter(green).any(|item| item.field == Field::Name) {
            for person in &people {
                let agreed = |item: &&Item| person.consented(item) == Light::Green;
                may.extend(person.items.iter().filter(green).filter(agreed).map(|item| item.value.plain()));
            }
        } else {
            may.clear();
        }
        Now { group, people, may, public }
    }

    /// The same step may be impossible now: then it is refused, and changes nothing.
    async fn act(&mut self, step: &Step) {
        match step {
            Step::Submit(at, new, light) => {
                let word = self.word();
                let permit = may::<SubmitChanges>(&self.office, &self.admin).await;
                let OwnForm { group, waiting, .. } =
                    submit::form(&permit, self.house(), self.group, Section::Group).await.unwrap();
                let Some(form) = self.form(&group, FIELDS[*at], new.then_some(word), *light) else { return };
                refused(submit::submit(&permit, self.house(), &form, waiting).await);
            }
            Step::Edit(at, new, light) => {
                let word = self.word();
                let permit = may::<EditGroup>(&self.office, &self.lead).await;
                let (group, _) = edit::form(&permit, self.house(), self.group, Section::Group).await.unwrap();
                let Some(form) = self.form(&group, FIELDS[*at], new.then_some(word), *light) else { return };
                refused(edit::edit(&permit, self.house(), &form).await);
            }
            Step::Correct(agrees, new, light) => {
                let word = self.word();
                let permit = may::<SubmitChanges>(&self.office, &self.admin).await;
                let own = submit_person::form(&permit, self.house(), self.group, Some(self.person)).await.unwrap();
                let Some(name) = own.person.items.first() else { return };
                let text = if *new { word } else { name.value.plain() };
                let entries = vec![entry(Field::PersonName, Some(name.id), &text, *light)];
                let form = PersonForm { group: self.group, person: Some(self.person), entries, agrees: *agrees };
                refused(submit_person::submit(&permit, self.house(), &form, own.waiting).await);
            }
            Step::Consent(light) => {
                let Some(item) = self.now().await.people[0].items.first().map(|item| item.id) else { return };
                let agreed = Agreed {
                    group: self.group,
                    person: self.person,
                    item,
                    light: *light,
                    given_on: jiff::civil::date(2026, 11, 20),
                    channel: Channel::Phone,
                    filed: String::new(),
                    receipt: false,
                };
                let permit = may::<RecordConsent>(&self.office, &self.lead).await;
                refused(record::record(&permit, self.house(), &agreed).await);
            }
            Step::Withdraw => {
                let Some(item) = self.now().await.people[0].items.first().map(|item| item.id) else { return };
                let permit = may::<RecordConsent>(&self.office, &self.lead).await;
                record::withdraw(&permit, self.house(), self.group, self.person, item).await.unwrap();
                let person = &self.now().await.people[0];
                let item = person.items.iter().find(|one| one.id == item).unwrap();
                assert_eq!(person.effective(item), Light::Red, "withdrawing closes at once");
            }
            Step::Decide(taken, most) => self.decide(*taken, *most).await,
            Step::Limit(lights) => {
                let mut policy = Policy::built_in();
                for (field, ceiling) in FIELDS.into_iter().chain([Field::PersonName]).zip(lights) {
                    // A directory of groups without names would be empty, and every step after it would say nothing.
                    let ceiling = if field == Field::Name { Light::Green } else { *ceiling };
                    let rule = policy.fields.iter_mut().find(|rule| rule.field == field).unwrap();
                    rule.ceiling = rule.ceiling.under(ceiling);
                    rule.default = rule.default.under(ceiling);
                }
                let file = serde_json::to_vec(&policy).unwrap();
                let permit = may::<EditPolicy>(&self.office, &self.lead).await;
                assert_eq!(versions::bring_in(&permit, self.house(), &file).await.unwrap(), []);
                let loosens = may::<LoosenPolicy>(&self.office, &self.lead).await;
                let mark = preview::preview_loosening(&loosens, self.house()).await.unwrap().mark;
                refused(preview::save_loosening(&loosens, self.house(), &mark).await);
            }
        }
    }

    fn form(&self, group: &Group, field: Field, word: Option<String>, light: Light) -> Option<SectionForm> {
        let item = group.items.iter().find(|item| item.field == field)?;
        let text = word.unwrap_or_else(|| item.value.plain());
        let entries = vec![entry(field, Some(item.id), &text, light)];
        Some(SectionForm { group: self.group, section: Section::Group, version: group.version, entries })
    }

    /// The office decides; whatever it takes, nothing that was closed since is open again, and no person's item without a
    /// receipt in force.
    async fn decide(&self, taken: u8, most: Light) {
        let reads = may::<ReadRequests>(&self.office, &self.lead).await;
        let lines = queue::queue(&reads, self.house(), &Filter::default()).await.unwrap().lines;
        let Some(oldest) = lines.first() else { return };
        let view = queue::request(&reads, self.house(), oldest.id).await.unwrap();
        let before = lights(&self.now().await);
        let verdicts: Vec<Verdict> = view
            .changes
            .iter()
            .enumerate()
            .map(|(number, one)| {
                let asked = one.change.after.as_ref().map_or(Light::Red, |after| after.light);
                Verdict {
                    accepted: taken & (1 << (number % 8)) != 0,
                    light: Some(asked.under(most)),
                    reason: "Nein.".to_owned(),
                    ..Verdict::accept(one.change.item)
                }
            })
            .collect();
        let decides = may::<DecideRequest>(&self.office, &self.lead).await;
        let seen = Seen { request: view.version, group: view.group.version };
        if refused(decide::decide(&decides, self.house(), oldest.id, seen, &verdicts).await).is_none() {
            return;
        }
        let now = self.now().await;
        for (id, light) in lights(&now) {
            let Some(was) = before.get(&id).filter(|was| light > **was) else { continue };
            let change = view.changes.iter().find(|one| one.change.item == id).expect("opened by this request");
            let verdict = verdicts.iter().find(|one| one.item == id).expect("a verdict");
            assert!(verdict.accepted && Some(light) <= verdict.light, "{change:?}");
            let asked_from = change.change.before.as_ref().map(|before| before.light);
            assert!(change.change.person.is_some() || asked_from <= Some(*was), "closing wins: {change:?}");
        }
        for person in &now.people {
            for item in &person.items {
                assert!(item.light <= person.consented(item) || person.effective(item) <= person.consented(item));
            }
        }
    }
}

/// The lights that count.
fn lights(now: &Now) -> BTreeMap<ItemId, Light> {
    let of_people = now.people.iter().flat_map(|one| one.items.iter().map(|item| (item.id, one.effective(item))));
    now.group.items.iter().map(|item| (item.id, item.effective())).chain(of_people).collect()
}

fn entry(field: Field, item: Option<ItemId>, text: &str, light: Light) -> Entry {
    let typed = Typed::Plain(text.to_owned());
    Entry { key: format!("{}-0", field.code()), item, field, light: Some(light), typed }
}

/// What was done; none if it could not be. Everything else is a fault.
fn refused<T>(done: usecases::Result<T>) -> Option<T> {
    match done {
        Ok(done) => Some(done),
        Err(Error::Invalid(_) | Error::Conflict) => None,
        Err(error) => panic!("{error:?}"),
    }
}

fn words(text: &str) -> BTreeSet<String> {
    text.split('<').skip(1).filter_map(|rest| rest.split_once('>')).map(|(word, _)| format!("<{word}>")).collect()
}

#[test]
fn whatever_the_order_only_green_is_public_and_closing_wins() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let world = runtime.block_on(World::new(Backend::Sqlite));
    let mut number = 0;
    let mut runner = TestRunner::new(Config { cases: 24, ..Config::default() });
    let mut decided = 0;
    let strategy = proptest::collection::vec(step(), 4..16);
    let cases = std::cell::RefCell::new((&mut number, &mut decided));
    runner
        .run(&strategy, |steps| {
            let (number, decided) = &mut *cases.borrow_mut();
            **number += 1;
            **decided += steps.iter().filter(|step| matches!(step, Step::Decide(..))).count();
            runtime.block_on(async {
                let mut scene = Scene::new(&world, **number).await;
                for step in &steps {
                    scene.act(step).await;
                    let now = scene.now().await;
                    let shown = words(&now.public);
                    prop_assert_eq!(&shown, &now.may, "after {:?}", step);
                }
                Ok(())
            })
        })
        .unwrap();
    assert!(decided > 20, "the steps said something");
}
