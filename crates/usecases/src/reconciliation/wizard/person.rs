//! One of those who stand for the group as a step.
//!
//! Closing and taking away always work. Opening needs the person: behind a login whoever fills in can say to be that person
//! and to agree; a link says nothing about who holds it, and what is said on the phone is recorded elsewhere. Without that a
//! new value is red until the person agrees to it.

use access::Permit;
use domain::catalogue::Section;
use domain::change_request::{Lit, OfPerson};
use domain::reconciliation::Answerer;
use domain::{Field, GroupId, Item, ItemId, Light, Person, PersonId, PersonRole};

use super::section::{Filled, FormStep, mark, veil};
use super::{Desktop, Door, Member, PEOPLE, counted_guess, differences, filled_up, keep};
use crate::groups::apply::{Owner, apply};
use crate::groups::edit::desk;
use crate::groups::{Entry, record_seen};
use crate::{Error, House, Problem, Result};

/// A person's step.
#[derive(Clone, Debug, PartialEq)]
pub struct PersonStep {
    /// As what they stand for the group.
    pub role: PersonRole,
    /// What they are called, as far as the door shows it.
    pub called: Option<String>,
    /// Their items.
    pub form: FormStep,
    /// Whether whoever fills it in can agree for themselves.
    pub can_agree: bool,
}

/// A person for the form; `None` for somebody new. What is shown in full and not public is recorded as read.
pub async fn person<D: Door>(
    permit: &Permit<D>,
    house: &House,
    id: GroupId,
    whose: Option<PersonId>,
) -> Result<PersonStep> {
    let look = house.stores.look(permit).await?;
    let desktop = Desktop::of(permit, &look, id).await?;
    let name = desktop.name::<D>();
    let catalogue = std::sync::Arc::clone(&desktop.catalogue);
    let nobody = Member::newcomer(house.ids().next(), Vec::new(), Vec::new());
    let member = whose.map_or(Some(&nobody), |whose| desktop.member(whose)).ok_or(Error::NotFound)?;
    let fields = catalogue.section(Section::Person);
    let mark = mark(&look, desktop.shown_of(member), &fields);
    drop(look);
    let eyes = member.eyes(permit, &desktop.draft);
    let mut items: Vec<Item> = member.wanted.iter().filter(|item| fields.contains(&item.field)).cloned().collect();
    let (masks, seen) = veil(&eyes, &mut items, |item| member.light(item));
    let called = items.iter().find(|item| item.field == Field::PersonName);
    let called = called.map(|item| masks.get(&item.id).cloned().unwrap_or_else(|| item.value.plain()));
    record_seen(permit, house, id, "wizard", seen).await?;
    let can_agree = D::ANSWERER == Answerer::Login;
    Ok(PersonStep {
        role: member.role,
        called,
        form: FormStep { name, mark, fields, catalogue, items, masks },
        can_agree,
    })
}

/// Says that somebody stands for the group no more: all that is known of them is to go. Whoever was named here only, is
/// forgotten at once.
pub async fn take_out<D: Door>(permit: &Permit<D>, house: &House, id: GroupId, whose: PersonId) -> Result<()> {
    let tx = house.stores.begin(permit).await?;
    let desktop = Desktop::of(permit, &tx, id).await?;
    let member = desktop.member(whose).ok_or(Error::NotFound)?;
    let of = OfPerson { id: whose, agrees: false, new: member.new };
    let gone = differences(&member.base, &member.wanted, &[]).into_iter().map(|change| change.of(of)).collect();
    let mut draft = desktop.draft.clone();
    draft.agreed.remove(&whose);
    keep(permit, tx, id, draft, (PEOPLE, "person"), (&member.wanted, gone)).await
}

/// Says that somebody does stand for the group after all: what was filled in about them is forgotten.
pub async fn bring_back<D: Door>(permit: &Permit<D>, house: &House, id: GroupId, whose: PersonId) -> Result<()> {
    let tx = house.stores.begin(permit).await?;
    let desktop = Desktop::of(permit, &tx, id).await?;
    let member = desktop.member(whose).ok_or(Error::NotFound)?;
    let mut draft = desktop.draft.clone();
    draft.agreed.remove(&whose);
    draft.changes.retain(|change| change.whose() != Some(whose));
    keep(permit, tx, id, draft, (PEOPLE, "person"), (&member.wanted, Vec::new())).await
}

/// Keeps what was filled in about a person; `None`: about somebody new. As [`super::section::save`]; `agrees` counts behind a
/// login only.
pub async fn save<D: Door>(
    permit: &Permit<D>,
    house: &House,
    whose: Option<PersonId>,
    filled: &Filled,
    agrees: bool,
) -> Result<()> {
    let Filled { group: id, mark: made_from, entries, removed } = filled;
    let agrees = agrees && D::ANSWERER == Answerer::Login;
    let tx = house.stores.begin(permit).await?;
    let desktop = Desktop::of(permit, &tx, *id).await?;
    let nobody = Member::newcomer(house.ids().next(), Vec::new(), Vec::new());
    let member = whose.map_or(Some(&nobody), |whose| desktop.member(whose)).ok_or(Error::NotFound)?;
    let whose = member.person.id;
    let catalogue = &desktop.catalogue;
    let fields = catalogue.section(Section::Person);
    let fresh = mark(&tx, desktop.shown_of(member), &fields) == *made_from;
    let eyes = member.eyes(permit, &desktop.draft);
    let shown = &member.wanted;
    let masked = |item: &Item| eyes.mask(item, member.light(item));
    counted_guess::<D>(&tx, *id, entries, shown, masked).await?;
    let entries = filled_up(entries, shown, removed, masked);
    let asking = Person { items: shown.clone(), ..member.person.clone() };
    let applied = apply(Owner::Willing(&asking), shown, &fields, &entries, desk(house, catalogue));
    let applied = applied.map_err(Error::Invalid).and_then(|applied| {
        let mut wanted = applied.items;
        if !agrees {
            shut(D::ANSWERER, member, &mut wanted, &entries)?;
        }
        if wanted.is_empty() && shown.is_empty() {
            return Err(Error::invalid("person_name-0", "item-missing"));
        }
        Ok(wanted)
    });
    if !fresh {
        tx.commit_housekeeping().await?;
        let same = applied.is_ok_and(|wanted| {
            differences(&member.base, shown, &wanted).is_empty()
                || desktop.people.iter().any(|known| member.new && says(&known.wanted, &wanted))
        });
        return if same { Ok(()) } else { Err(Error::Conflict) };
    }
    let of = OfPerson { id: whose, agrees, new: member.new };
    let newer = differences(&member.base, shown, &applied?).into_iter().map(|change| change.of(of)).collect();
    let mut draft = desktop.draft.clone();
    draft.agreed.remove(&whose);
    if let Some(user) = permit.actor().user().filter(|_| agrees) {
        draft.agreed.insert(whose, user);
    }
    let step = format!("person-{whose}");
    keep(permit, tx, *id, draft, (&step, "person"), (shown, newer)).await
}

/// Whether the same is said, whichever items say it: whoever presses twice has named one person.
fn says(known: &[Item], wanted: &[Item]) -> bool {
    let lit = |items: &[Item]| -> Vec<_> { items.iter().map(|item| (item.field, Lit::from(item))).collect() };
    lit(known) == lit(wanted)
}

/// Without the person's word nothing becomes more open than it is, or than was agreed to. A new value is red then; behind a
/// login that is said rather than done, for there the person may just have forgotten to agree.
fn shut(door: Answerer, member: &Member, wanted: &mut [Item], entries: &[Entry]) -> Result<()> {
    let light = |items: &[Item], id: ItemId| items.iter().find(|one| one.id == id).map(|one| one.light);
    let mut problems = Vec::new();
    for item in wanted {
        let allowed = member.person.consented(item).max(light(&member.now, item.id).unwrap_or(Light::Red));
        let before = light(&member.wanted, item.id);
        if item.light <= allowed {
            continue;
        }
        let code = match door {
            Answerer::Login => "agrees-missing",
            // As it was filled in behind a login: it stays, and counts for nothing without that person's word.
            Answerer::Link | Answerer::Phone if before == Some(item.light) => continue,
            Answerer::Link | Answerer::Phone if before.is_none() => {
                item.light = allowed;
                continue;
            }
            Answerer::Link | Answerer::Phone => "person-not-asked",
        };
        let row =
            entries.iter().find(|entry| entry.item == Some(item.id) || before.is_none() && entry.field == item.field);
        problems.push(Problem::new(format!("{}-light", row.map_or("", |entry| entry.key.as_str())), code));
    }
    if problems.is_empty() { Ok(()) } else { Err(Error::Invalid(problems)) }
}
