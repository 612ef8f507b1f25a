//! What another policy does to the items there are: in numbers, and with the groups.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::catalogue::{Catalogue, Need};
use crate::projection::{self, Published};
use crate::{Field, Group, GroupId, Item, ItemId, Light, Person, PersonId};

/// What happens to the items of one field, or of one group.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Counts {
    /// Items that were green and become yellow.
    pub to_yellow: usize,
    /// Items that were green or yellow and become red.
    pub to_red: usize,
    /// Items that everyone could read and nobody outside can any more.
    pub vanish: usize,
    /// Items of fields that are taken away: kept, but shown nowhere.
    pub hidden: usize,
    /// Items that are deleted for good.
    pub deleted: usize,
    /// Items of fields that come back; they are red.
    pub back: usize,
    /// Groups to which a required field is missing.
    pub missing: usize,
}

impl Counts {
    /// Whether nothing happens.
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }

    fn add(&mut self, other: Self) {
        let Self { to_yellow, to_red, vanish, hidden, deleted, back, missing } = other;
        self.to_yellow += to_yellow;
        self.to_red += to_red;
        self.vanish += vanish;
        self.hidden += hidden;
        self.deleted += deleted;
        self.back += back;
        self.missing += missing;
    }
}

/// What happens to one group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GroupImpact {
    /// Which.
    pub group: GroupId,
    /// To its items and those of its people.
    pub counts: Counts,
    /// Whether it leaves the directory altogether.
    pub gone: bool,
}

/// What a change of the policy does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Impact {
    /// To all items; a person of several groups counts once.
    pub total: Counts,
    /// Groups that leave the directory altogether.
    pub gone: usize,
    /// To the items of each field.
    pub fields: BTreeMap<Field, Counts>,
    /// To each group to whose items something happens.
    pub groups: Vec<GroupImpact>,
}

/// An office's groups and people, as they are read under the policy in force.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stock {
    /// All groups.
    pub groups: Vec<Group>,
    /// All people.
    pub people: Vec<Person>,
}

impl Stock {
    /// What the public sees of each group.
    pub fn published(&self, catalogue: &Catalogue) -> HashMap<GroupId, Published> {
        let people: HashMap<PersonId, &Person> = self.people.iter().map(|person| (person.id, person)).collect();
        let of = |group: &Group| {
            let people: Vec<Person> =
                group.people.iter().filter_map(|member| people.get(&member.person)).map(|one| (*one).clone()).collect();
            projection::publish(group, &people, catalogue).map(|published| (group.id, published))
        };
        self.groups.iter().filter_map(of).collect()
    }

    /// Everything as a policy has it kept; the items of the fields in `delete` are gone.
    #[must_use]
    pub fn kept(&self, catalogue: &Catalogue, delete: &BTreeSet<Field>) -> Self {
        let stays = |item: &Item| !delete.contains(&item.field);
        let groups = self.groups.iter().map(|group| {
            let mut group = catalogue.keep_group(group);
            group.items.retain(stays);
            group
        });
        let people = self.people.iter().map(|person| {
            let mut person = catalogue.keep_person(person);
            person.items.retain(stays);
            person
        });
        Self { groups: groups.collect(), people: people.collect() }
    }

    /// Items that everyone can read now.
    fn public(&self, catalogue: &Catalogue) -> BTreeSet<ItemId> {
        let people: HashMap<PersonId, &Person> = self.people.iter().map(|person| (person.id, person)).collect();
        let published = self.published(catalogue);
        let mut public = BTreeSet::new();
        for group in self.groups.iter().filter(|group| published.contains_key(&group.id)) {
            let own =
                group.items.iter().filter(|item| item.light.under(catalogue.limit(item.field).ceiling) == Light::Green);
            public.extend(own.map(|item| item.id));
            for member in &group.people {
                let Some(person) = people.get(&member.person) else { continue };
                let light =
                    |item: &Item| person.allowed(item, catalogue.limit(item.field)).under(member.role.ceiling());
                public.extend(person.items.iter().filter(|item| light(item) == Light::Green).map(|item| item.id));
            }
        }
        public
    }
}

/// What happens to `stock` when `new` takes the place of `old` and the items of the fields in `delete` are deleted.
pub fn impact(stock: &Stock, old: &Catalogue, new: &Catalogue, delete: &BTreeSet<Field>) -> Impact {
    let kept = stock.kept(new, delete);
    let (public_before, public_after) = (stock.public(old), kept.public(new));
    let (shown_before, shown_after) = (stock.published(old), kept.published(new));
    let mut impact = Impact::default();
    let of = |item: &Item, before: Light, after: Light| {
        let (known, knows) = (old.def(item.field).is_some(), new.def(item.field).is_some());
        let deleted = delete.contains(&item.field);
        let hidden = known && !knows && !deleted;
        let closes = known && knows && after < before;
        Counts {
            to_yellow: usize::from(closes && after == Light::Yellow),
            to_red: usize::from(closes && after == Light::Red),
            vanish: usize::from(public_before.contains(&item.id) && !public_after.contains(&item.id)),
            hidden: usize::from(hidden),
            deleted: usize::from(deleted),
            back: usize::from(!known && knows && !deleted),
            missing: 0,
        }
    };
    let mut of_people: HashMap<PersonId, Vec<(Field, Counts)>> = HashMap::new();
    for person in &stock.people {
        let counts = person.items.iter().map(|item| {
            let light = |catalogue: &Catalogue| person.allowed(item, catalogue.limit(item.field));
            (item.field, of(item, light(old), light(new)))
        });
        let counts: Vec<_> = counts.filter(|(_, counts)| !counts.is_none()).collect();
        for (field, counts) in &counts {
            impact.total.add(*counts);
            impact.fields.entry(*field).or_default().add(*counts);
        }
        of_people.insert(person.id, counts);
    }
    let newly_required: Vec<Field> = new
        .fields()
        .iter()
        .filter(|def| def.need == Need::Required && old.def(def.field).is_none_or(|old| old.need != Need::Required))
        .map(|def| def.field)
        .collect();
    for group in &stock.groups {
        let mut counts = Counts::default();
        for item in &group.items {
            let light = |catalogue: &Catalogue| item.light.under(catalogue.limit(item.field).ceiling);
            let one = of(item, light(old), light(new));
            counts.add(one);
            if !one.is_none() {
                impact.fields.entry(item.field).or_default().add(one);
            }
        }
        let lacks = |field: &&Field| group.status.is_kept_up() && group.of(**field).next().is_none();
        for field in newly_required.iter().filter(lacks) {
            counts.missing += 1;
            impact.fields.entry(*field).or_default().missing += 1;
        }
        impact.total.add(counts);
        for (_, of_person) in group.people.iter().filter_map(|member| of_people.get(&member.person)).flatten() {
            counts.add(*of_person);
        }
        let gone = shown_before.contains_key(&group.id) && !shown_after.contains_key(&group.id);
        impact.gone += usize::from(gone);
        if gone || !counts.is_none() {
            impact.groups.push(GroupImpact { group: group.id, counts, gone });
        }
    }
    impact
}

/// Whether `new` lets anything be more open than `old`, now or when it is written: such a change asks for a fresh proof.
pub fn loosens(old: &Catalogue, new: &Catalogue) -> bool {
    new.fields().iter().any(|now| {
        let was = old.def(now.field);
        let internal = |section| section == crate::catalogue::Section::Internal;
        was.is_some_and(|was| {
            now.ceiling > was.ceiling || now.default > was.default || (internal(was.section) && !internal(now.section))
        })
    })
}
