//! Random groups, people, lights and consents: red is never passed on, whatever was asked for and whatever changed since.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

use std::sync::Arc;

use domain::consent::{Agreement, Channel as By, ConsentState};
use domain::disclosure::{Channel, Disclosure, Particulars, PassedItem, Passing, Recipient, State, passable};
use domain::group::Membership;
use domain::{
    Clock, ConsentReceipt, Field, Group, Ids, Item, Light, Person, PersonRole, Slug, Source, Status, SystemClock, Value,
};
use jiff::civil::date;
use proptest::prelude::*;

const OF_GROUPS: [Field; 4] = [Field::Summary, Field::AccessHints, Field::OnlineLink, Field::BankAccount];
const OF_PEOPLE: [Field; 3] = [Field::PersonName, Field::PersonPhone, Field::PersonAddress];

#[derive(Clone, Debug)]
struct Plan {
    status: Status,
    group: Vec<Light>,
    /// Light of each item, and what the person agreed to.
    person: Vec<(Light, Option<Light>)>,
    role: PersonRole,
    still_there: bool,
}

fn light() -> impl Strategy<Value = Light> {
    prop::sample::select(Light::ALL.to_vec())
}

fn plan() -> impl Strategy<Value = Plan> {
    let person = prop::collection::vec((light(), prop::option::of(light())), OF_PEOPLE.len());
    let role = prop::sample::select(PersonRole::ALL.to_vec());
    let status = prop::sample::select(Status::ALL.to_vec());
    (status, prop::collection::vec(light(), OF_GROUPS.len()), person, role, any::<bool>())
        .prop_map(|(status, group, person, role, still_there)| Plan { status, group, person, role, still_there })
}

/// The group as planned; ids are the same for every plan.
fn make(plan: &Plan) -> (Group, Vec<Person>) {
    let number = |number: usize| u128::try_from(number).unwrap();
    let item = |field, id: usize, light| Item {
        light,
        ..Item::new(domain::ItemId::from_u128(number(id)), field, Value::Text(format!("{field}")), Source::Staff)
    };
    let id = domain::PersonId::from_u128(99);
    let items = OF_PEOPLE.iter().zip(&plan.person).enumerate();
    let items: Vec<Item> = items.map(|(place, (field, (light, _)))| item(*field, 10 + place, *light)).collect();
    let consents = items.iter().zip(&plan.person).filter_map(|(item, (_, agreed))| {
        Some(ConsentReceipt {
            id: domain::ConsentId::from_u128(1),
            said: Agreement {
                person: id,
                item: item.id,
                light: (*agreed)?,
                given_on: date(2026, 11, 1),
                channel: By::Phone,
                wording: "x".to_owned(),
                filed: String::new(),
                until: None,
            },
            recorded_at: jiff::Timestamp::UNIX_EPOCH,
            recorded_by: None,
            state: ConsentState::InForce,
            ended_at: None,
        })
    });
    let person = Person { id, consents: consents.collect(), items };
    let own = OF_GROUPS.iter().zip(&plan.group).enumerate();
    let group = Group {
        id: domain::GroupId::from_u128(7),
        slug: Slug::parse("gruppe").unwrap(),
        status: plan.status,
        version: 1,
        items: own.map(|(place, (field, light))| item(*field, place + 1, *light)).collect(),
        people: if plan.still_there { vec![Membership { person: id, role: plan.role }] } else { Vec::new() },
    };
    (group, vec![person])
}

/// Whether an item is red, said another way than the code says it.
fn is_red(plan: &Plan, passed: PassedItem) -> bool {
    let ceiling = passed.field.built_in().unwrap().ceiling;
    if passed.person.is_none() {
        let place = OF_GROUPS.iter().position(|field| *field == passed.field).unwrap();
        return plan.group[place] == Light::Red || ceiling == Light::Red;
    }
    let place = OF_PEOPLE.iter().position(|field| *field == passed.field).unwrap();
    let (light, agreed) = plan.person[place];
    !plan.still_there
        || light == Light::Red
        || ceiling == Light::Red
        || agreed.is_none_or(|agreed| agreed == Light::Red)
}

proptest! {
    #[test]
    fn red_never_leaves_and_a_link_shows_all_or_nothing(
        before in plan(),
        after in plan(),
        picks in prop::collection::vec(any::<bool>(), OF_GROUPS.len() + OF_PEOPLE.len()),
    ) {
        let clock: Arc<dyn Clock> = Arc::new(SystemClock);
        let ids = Ids::new(Arc::clone(&clock), |buffer| buffer.fill(7));
        let (group, people) = make(&before);
        let all = passable(&group, &people);
        for one in &all {
            let passed = PassedItem { item: one.item.id, field: one.item.field, person: one.person.map(|one| one.id) };
            prop_assert_eq!(matches!(one.passing, Passing::Never(_)), is_red(&before, passed));
        }
        let chosen = all.iter().zip(&picks).filter(|(_, picked)| **picked);
        let items: Vec<PassedItem> = chosen
            .map(|(one, _)| PassedItem {
                item: one.item.id,
                field: one.item.field,
                person: one.person.map(|person| person.id),
            })
            .collect();
        let now = clock.now();
        let disclosure = Disclosure {
            id: ids.next(),
            group: group.id,
            items: items.clone(),
            particulars: Some(Particulars {
                recipient: Recipient { name: "Kim".to_owned(), email: None },
                purpose: "Möchte kommen.".to_owned(),
            }),
            channel: Channel::Link,
            by: ids.next(),
            made_at: now,
            state: State::Sent,
            changed_at: now,
            link: None,
            answer: None,
            browser: None,
            version: 1,
        };
        // Everything may have changed between the link and its opening.
        let (group, people) = make(&after);
        let shown = disclosure.shows(&group, &people);
        let open = matches!(after.status, Status::Active | Status::Paused | Status::Dormant);
        let red = items.iter().any(|passed| is_red(&after, *passed));
        prop_assert_eq!(shown.is_some(), open && !red);
        if let Some(shown) = shown {
            prop_assert_eq!(shown.len(), items.len());
        }
    }
}
