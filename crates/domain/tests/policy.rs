//! Random policies over random groups and people: nothing that policy or consent closes is ever published, closing never
//! opens, opening never opens what is there, and what a preview says is what happens.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use domain::catalogue::{Bilingual, ConsentNeed, Section};
use domain::consent::{Agreement, Channel, ConsentState};
use domain::group::Membership;
use domain::policy::impact::{Stock, impact, loosens};
use domain::policy::{FieldRule, OwnField, OwnKind, Policy};
use domain::{
    Catalogue, ConsentReceipt, Field, FieldId, Group, Ids, Item, ItemId, Light, Person, PersonRole, Slug, Source,
    Status, SystemClock, Value,
};
use jiff::Timestamp;
use jiff::civil::date;
use proptest::prelude::*;

/// Fields whose values are words, so that each can be found in what is published.
const OF_GROUPS: [Field; 6] =
    [Field::Name, Field::Topic, Field::Summary, Field::AccessHints, Field::Funding, Field::Website];
const OF_PEOPLE: [Field; 1] = [Field::PersonName];

fn own(number: u128) -> Field {
    Field::Own(FieldId::from_u128(number))
}

/// On the page, behind the notice, of a person.
fn own_fields() -> [(Field, Section); 3] {
    [(own(1), Section::Meetings), (own(2), Section::Contact), (own(3), Section::Person)]
}

fn light() -> impl Strategy<Value = Light> {
    prop_oneof![Just(Light::Red), Just(Light::Yellow), Just(Light::Green), Just(Light::Green)]
}

/// A policy: some ceilings and defaults, some own fields there and others not.
fn policy() -> impl Strategy<Value = Policy> {
    let lights = proptest::collection::vec((light(), light()), 60);
    (lights, proptest::collection::vec(any::<bool>(), 3)).prop_map(|(lights, there)| {
        let mut policy = Policy::built_in();
        let words = || Bilingual { de: "Feld".into(), en: "field".into() };
        for ((field, section), _) in own_fields().into_iter().zip(there).filter(|(_, there)| *there) {
            policy.fields.push(FieldRule {
                field,
                section,
                default: Light::Red,
                ceiling: Light::Green,
                required: false,
                label: words(),
                help: Bilingual::default(),
                own: Some(OwnField { kind: OwnKind::Line, choices: Vec::new() }),
            });
        }
        for (rule, (ceiling, default)) in policy.fields.iter_mut().zip(lights) {
            let of_person = rule.section == Section::Person;
            rule.ceiling = rule.ceiling.under(ceiling);
            rule.default = if of_person { Light::Red } else { rule.ceiling.under(default) };
        }
        policy
    })
}

/// A light, and how open the person let the item be, if they were asked.
type PlannedItem = (Light, Option<Light>);

#[derive(Clone, Debug)]
struct Plan {
    status: Status,
    lights: Vec<Light>,
    person: Option<(PersonRole, Vec<PlannedItem>)>,
}

fn plan() -> impl Strategy<Value = Plan> {
    let status = prop_oneof![3 => Just(Status::Active), 1 => Just(Status::Paused)];
    let role = prop_oneof![Just(PersonRole::Contact), Just(PersonRole::Deputy)];
    let items = proptest::collection::vec((light(), proptest::option::of(light())), 2);
    (status, proptest::collection::vec(light(), 8), proptest::option::of((role, items)))
        .prop_map(|(status, lights, person)| Plan { status, lights, person })
}

fn ids() -> Ids {
    let mut counter = 0_u64;
    Ids::new(Arc::new(SystemClock), move |buffer| {
        counter += 1;
        for (byte, count) in buffer.iter_mut().rev().zip(counter.to_le_bytes()) {
            *byte = count;
        }
    })
}

/// Groups and people as planned; every item is a word of its own: its id.
fn stock(plans: &[Plan], ids: &Ids) -> Stock {
    let mut stock = Stock::default();
    let item = |field: Field, light: Light| {
        let id: ItemId = ids.next();
        Item { light, ..Item::new(id, field, Value::Text(id.to_string()), Source::Staff) }
    };
    for (number, plan) in plans.iter().enumerate() {
        let fields = OF_GROUPS.into_iter().chain([own(1), own(2)]);
        let mut people = Vec::new();
        if let Some((role, items)) = &plan.person {
            let id = ids.next();
            people.push(Membership { person: id, role: *role });
            let mut person = Person { id, items: Vec::new(), consents: Vec::new() };
            for (field, (light, agreed)) in OF_PEOPLE.into_iter().chain([own(3)]).zip(items) {
                let item = item(field, *light);
                person.consents.extend(agreed.map(|light| ConsentReceipt {
                    id: ids.next(),
                    said: Agreement {
                        person: id,
                        item: item.id,
                        light,
                        given_on: date(2026, 11, 1),
                        channel: Channel::Paper,
                        wording: String::new(),
                        filed: String::new(),
                        until: None,
                    },
                    recorded_at: Timestamp::UNIX_EPOCH,
                    recorded_by: None,
                    state: ConsentState::InForce,
                    ended_at: None,
                }));
                person.items.push(item);
            }
            stock.people.push(person);
        }
        stock.groups.push(Group {
            id: ids.next(),
            slug: Slug::parse(&format!("gruppe-{number}")).unwrap(),
            status: plan.status,
            version: 1,
            items: fields.zip(&plan.lights).map(|(field, light)| item(field, *light)).collect(),
            people,
        });
    }
    stock
}

fn items(stock: &Stock) -> impl Iterator<Item = &Item> {
    let of_groups = stock.groups.iter().flat_map(|group| &group.items);
    of_groups.chain(stock.people.iter().flat_map(|person| &person.items))
}

fn lights(stock: &Stock) -> BTreeMap<ItemId, Light> {
    items(stock).map(|item| (item.id, item.light)).collect()
}

/// The items whose word is anywhere in what the public can get, bytes and all.
fn public(stock: &Stock, catalogue: &Catalogue) -> BTreeSet<ItemId> {
    let published = stock.published(catalogue);
    let bytes: String = published
        .values()
        .map(|one| serde_json::to_string(&one.group).unwrap() + &serde_json::to_string(&one.contact).unwrap())
        .collect();
    items(stock).map(|item| item.id).filter(|id| bytes.contains(&id.to_string())).collect()
}

/// The items that policy, consent and role let the public have, from the rules and not from the projection.
fn may_be_public(stock: &Stock, catalogue: &Catalogue) -> BTreeSet<ItemId> {
    let open = |item: &Item| item.light == Light::Green && catalogue.limit(item.field).ceiling == Light::Green;
    let mut may = BTreeSet::new();
    for group in stock.groups.iter().filter(|group| group.status == Status::Active) {
        if !group.items.iter().any(|item| item.field == Field::Name && open(item)) {
            continue;
        }
        may.extend(group.items.iter().filter(|item| open(item)).map(|item| item.id));
        for member in group.people.iter().filter(|member| member.role == PersonRole::Contact) {
            let Some(person) = stock.people.iter().find(|one| one.id == member.person) else { continue };
            let agreed = |item: &&Item| person.consented(item) == Light::Green;
            may.extend(person.items.iter().filter(|item| open(item)).filter(agreed).map(|item| item.id));
        }
    }
    may
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    /// One policy after another, tighter and looser as it comes.
    #[test]
    fn no_row_of_policies_ever_publishes_or_opens_what_it_should_not(
        plans in proptest::collection::vec(plan(), 1..5),
        policies in proptest::collection::vec(policy(), 1..5),
        deleted in proptest::collection::vec(any::<bool>(), 3),
    ) {
        let ids = ids();
        let mut now = Catalogue::built_in();
        // Whoever saves an item saves it under the policy in force.
        let mut stock = stock(&plans, &ids).kept(&now, &BTreeSet::new());
        for (number, policy) in policies.iter().enumerate() {
            let next = policy.catalogue(u32::try_from(number).unwrap() + 1).unwrap();
            let mut delete = BTreeSet::new();
            for ((field, _), yes) in own_fields().into_iter().zip(&deleted) {
                if *yes && next.def(field).is_none() && now.def(field).is_some() {
                    delete.insert(field);
                }
            }
            let said = impact(&stock, &now, &next, &delete);
            let (before, shown_before) = (lights(&stock), public(&stock, &now));
            let kept = stock.kept(&next, &delete);
            let (after, shown_after) = (lights(&kept), public(&kept, &next));

            // What is public is exactly what may be.
            prop_assert_eq!(&shown_after, &may_be_public(&kept, &next));
            // Nothing is ever more open, whichever way the policy goes.
            for (id, light) in &after {
                prop_assert!(*light <= before[id]);
            }
            prop_assert!(shown_after.is_subset(&shown_before), "a policy publishes nothing");
            for item in items(&kept) {
                prop_assert!(item.light <= next.limit(item.field).ceiling);
            }
            // The preview said so.
            prop_assert_eq!(said.total.vanish, shown_before.difference(&shown_after).count());
            prop_assert_eq!(said.total.deleted, before.len() - after.len());
            let gone = stock.published(&now).len() - kept.published(&next).len();
            prop_assert_eq!(said.gone, gone);
            let by_field: usize = said.fields.values().map(|counts| counts.vanish).sum();
            prop_assert_eq!(by_field, said.total.vanish);
            // A change that is no loosening can be undone only by one that is.
            if !loosens(&now, &next) {
                prop_assert!(now.fields().iter().all(|was| next.limit(was.field).ceiling <= was.ceiling));
            }
            (stock, now) = (kept, next);
        }
    }

    /// The numbers of a preview, counted another way: light by light.
    #[test]
    fn a_preview_counts_what_turns_yellow_and_red(
        plans in proptest::collection::vec(plan(), 1..5),
        policy in policy(),
    ) {
        let (ids, now) = (ids(), Catalogue::built_in());
        let stock = stock(&plans, &ids).kept(&now, &BTreeSet::new());
        let next = policy.catalogue(1).unwrap();
        let said = impact(&stock, &now, &next, &BTreeSet::new());
        let effective = |catalogue: &Catalogue| -> BTreeMap<ItemId, Light> {
            let kept = stock.kept(catalogue, &BTreeSet::new());
            let of_groups = kept.groups.iter().flat_map(|group| &group.items).map(|item| (item.id, item.effective()));
            let of_people = kept.people.iter().flat_map(|person| {
                person.items.iter().map(|item| (item.id, person.effective(item))).collect::<Vec<_>>()
            });
            of_groups.chain(of_people).collect()
        };
        let (before, after) = (effective(&now), effective(&next));
        let turned = |to: Light| after.iter().filter(|(id, light)| **light == to && before[id] > to).count();
        prop_assert_eq!(said.total.to_yellow, turned(Light::Yellow));
        prop_assert_eq!(said.total.to_red, turned(Light::Red));
    }

    /// A file is taken as it was given.
    #[test]
    fn a_file_reads_back_as_the_same_policy(policy in policy()) {
        let json = serde_json::to_string_pretty(&policy).unwrap();
        let read: Policy = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(read.catalogue(3).unwrap(), policy.catalogue(3).unwrap());
        prop_assert_eq!(read, policy);
    }
}

fn wrong(change: impl FnOnce(&mut Policy)) -> Vec<&'static str> {
    let mut policy = Policy::built_in();
    change(&mut policy);
    policy.catalogue(1).err().unwrap_or_default().into_iter().map(|wrong| wrong.code).collect()
}

fn rule(policy: &mut Policy, field: Field) -> &mut FieldRule {
    policy.fields.iter_mut().find(|rule| rule.field == field).unwrap()
}

#[test]
fn the_products_own_policy_is_the_products_own_catalogue() {
    let made = Policy::built_in().catalogue(0).unwrap();
    let known = Catalogue::built_in();
    for def in known.fields() {
        assert_eq!(made.limit(def.field), known.limit(def.field), "{}", def.field);
        assert_eq!(made.default_light(def.field), def.default);
    }
}

#[test]
fn no_policy_is_more_open_than_the_product() {
    assert_eq!(wrong(|_| {}), Vec::<&str>::new());
    assert_eq!(wrong(|p| rule(p, Field::BankAccount).ceiling = Light::Yellow), ["policy-ceiling"]);
    assert_eq!(wrong(|p| rule(p, Field::Summary).ceiling = Light::Yellow), ["policy-default"]);
    assert_eq!(wrong(|p| rule(p, Field::PersonName).default = Light::Yellow), ["policy-person-default"]);
    assert_eq!(wrong(|p| rule(p, Field::PersonName).section = Section::Contact), ["policy-section"]);
    assert_eq!(wrong(|p| rule(p, Field::Costs).section = Section::Person).len(), 2);
    assert_eq!(wrong(|p| rule(p, Field::Name).required = false), ["policy-name-required"]);
    assert_eq!(wrong(|p| p.format = "else".into()), ["policy-format"]);
    assert_eq!(wrong(|p| p.fields.retain(|rule| rule.field != Field::PersonName)), ["policy-incomplete"]);
    assert_eq!(wrong(|p| p.fields.push(p.fields[0].clone())), ["policy-twice"]);
    for def in Policy::built_in().catalogue(1).unwrap().fields().iter().filter(|def| def.section == Section::Person) {
        assert_eq!(def.consent, ConsentNeed::OfThePerson);
    }
}

#[test]
fn a_file_with_anything_unknown_is_refused() {
    let json = serde_json::to_value(Policy::built_in()).unwrap();
    assert!(serde_json::from_value::<Policy>(json.clone()).is_ok());
    for change in [
        |json: &mut serde_json::Value| json["fields"][0]["consent"] = "none".into(),
        |json: &mut serde_json::Value| json["fields"][0]["field"] = "password".into(),
        |json: &mut serde_json::Value| json["fields"][0]["ceiling"] = "blue".into(),
        |json: &mut serde_json::Value| json["groups"] = true.into(),
    ] {
        let mut json = json.clone();
        change(&mut json);
        assert!(serde_json::from_value::<Policy>(json).is_err());
    }
}
