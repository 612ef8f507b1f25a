//! The wizard: a group's data step by step, saved at each step, by three doors: the personal link, the login of the
//! group's admin, and a colleague who talks with the group on the phone.
//!
//! With the link alone what is yellow or red leaves this module masked ([`shown`]): whoever knows a value recognises it, can
//! leave it or put another in its place. [`section`] are the group's own items, [`person`] those of one who stands for it.
//! What was filled in is kept beside the group until it is submitted, see [`super::finish`].

pub mod person;
pub mod section;
pub mod shown;

use std::collections::BTreeSet;
use std::sync::Arc;

use access::actions::{ReconcileByLink, ReconcileByPhone, SubmitChanges};
use access::{Action, Permit};
use domain::audit::AuditEvent;
use domain::change_request::{Change, ChangeRequest, Decision, Lit, RequestState, Submitter, amend, preview};
use domain::reconciliation::{Answerer, Step};
use domain::{Catalogue, Field, Group, GroupId, Item, ItemId, Light, Person, PersonId, PersonRole};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use storage::TenantTx;
use storage::tenant::WizardDraft;
use storage::throttle::Pace;

use self::shown::{Eyes, Pending, ShownItem, Sight};
use super::{last_confirmed, reached};
use crate::account::not_too_often;
use crate::groups::{Entry, Typed, group_of, record_seen};
use crate::own_groups::is_the_groups;
use crate::review::submit::open_of;
use crate::{Error, House, Result};

/// Characters of a message to the office.
pub const MESSAGE: usize = 2_000;

/// The step of all who stand for the group.
pub const PEOPLE: &str = "personen";

/// Steps saved by a group's links: more than a thorough group ever needs, then slower and slower. A link that fell into wrong
/// hands fills neither the log nor the group's mailbox.
const STEPS: Pace = Pace { free: 100, first_ms: 30_000, longest_ms: 900_000, forget_ms: 3_600_000 };

/// The same for ends of the wizard, each of which brings a receipt.
const ENDS: Pace = Pace { free: 5, first_ms: 60_000, longest_ms: 3_600_000, forget_ms: 24 * 3_600_000 };

/// Values typed over masked ones.
const GUESSES: Pace = Pace { free: 40, first_ms: 60_000, longest_ms: 3_600_000, forget_ms: 24 * 3_600_000 };

/// One of the doors to the wizard.
pub trait Door: Action {
    /// What it shows.
    const SIGHT: Sight;
    /// Who answers by it; its code is the word used in the log.
    const ANSWERER: Answerer;
}

impl Door for ReconcileByLink {
    const SIGHT: Sight = Sight::Masked;
    const ANSWERER: Answerer = Answerer::Link;
}

impl Door for SubmitChanges {
    const SIGHT: Sight = Sight::Full;
    const ANSWERER: Answerer = Answerer::Login;
}

impl Door for ReconcileByPhone {
    const SIGHT: Sight = Sight::Full;
    const ANSWERER: Answerer = Answerer::Phone;
}

/// In whose name changes are asked for.
pub(super) fn submitter<D: Door>(permit: &Permit<D>) -> Submitter {
    permit.actor().user().map_or(Submitter::Link, Submitter::User)
}

/// What is done by link is counted.
async fn counted<D: Door>(tx: &TenantTx, what: &str, group: GroupId, pace: Pace) -> Result<()> {
    if D::ANSWERER == Answerer::Link {
        let what = format!("{what} by link of {group}");
        not_too_often(tx, &what).await?;
        tx.count_against(&what, pace).await?;
    }
    Ok(())
}

/// [`Error::Throttled`] after too many ends of the wizard.
pub(super) async fn counted_end<D: Door>(tx: &TenantTx, group: GroupId) -> Result<()> {
    counted::<D>(tx, "wizard ended", group, ENDS).await
}

/// A person who stands for the group.
#[derive(Clone, Debug, PartialEq)]
pub struct ShownPerson {
    /// Who.
    pub id: PersonId,
    /// As what.
    pub role: PersonRole,
    /// What is known of them.
    pub items: Vec<ShownItem>,
    /// Whether they were named here, and nobody else knows of them.
    pub named_here: bool,
    /// Whether everything that is known of them is to go.
    pub leaves: bool,
}

/// What is different so far about one item.
#[derive(Clone, Debug, PartialEq)]
pub struct ShownChange {
    /// Of which contact person; none: of the group itself.
    pub person: Option<PersonId>,
    /// What it says something about.
    pub field: Field,
    /// As it is; none for a new one.
    pub before: Option<ShownItem>,
    /// As it is to be; none if it is to go.
    pub after: Option<ShownItem>,
    /// Whether it counts at once.
    pub at_once: bool,
}

/// What the office decided about what was sent by link.
#[derive(Clone, Debug, PartialEq)]
pub struct Decided {
    /// When.
    pub at: Timestamp,
    /// How much was taken over as it was asked for.
    pub accepted: usize,
    /// What was not, or with another value.
    pub otherwise: Vec<Otherwise>,
}

/// Something that was not taken over as it was asked for; without its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Otherwise {
    /// Whether it is about a contact person.
    pub of_person: bool,
    /// What it says something about.
    pub field: Field,
    /// Why not, in the office's words; none where another value was taken over.
    pub reason: Option<String>,
}

/// For so long the office's last decision is told.
const TOLD: SignedDuration = SignedDuration::from_hours(24 * 90);

/// The office's last decision about what was sent by link, unless something newer waits.
async fn decided<D: Door>(tx: &TenantTx, id: GroupId) -> Result<Option<Decided>> {
    if D::ANSWERER != Answerer::Link {
        return Ok(None);
    }
    let mut sent = tx.requests_of(id).await?.into_iter().filter(|request| request.by == Submitter::Link);
    let Some(last) = sent.next().filter(|last| last.state == RequestState::Decided && !last.changes.is_empty()) else {
        return Ok(None);
    };
    let Some(at) = last.ended_at.filter(|at| tx.now().duration_since(*at) < TOLD) else { return Ok(None) };
    let mut told = Decided { at, accepted: 0, otherwise: Vec::new() };
    for change in last.changes {
        let reason = match change.decision {
            Some(Decision::Accepted) | None => {
                told.accepted += 1;
                continue;
            }
            Some(Decision::Amended { .. }) => None,
            Some(Decision::Rejected { reason }) => Some(reason),
        };
        told.otherwise.push(Otherwise { of_person: change.person.is_some(), field: change.field, reason });
    }
    Ok(Some(told))
}

/// The group with everything that was filled in so far.
#[derive(Clone, Debug, PartialEq)]
pub struct WizardView {
    /// Its name; none where it is not public and the door shows no more than that.
    pub name: Option<String>,
    /// Its own items.
    pub items: Vec<ShownItem>,
    /// Its people.
    pub people: Vec<ShownPerson>,
    /// The office's fields.
    pub catalogue: Arc<Catalogue>,
    /// When it last confirmed its data.
    pub confirmed_on: Option<Date>,
    /// Codes of the steps that were saved.
    pub done: Vec<String>,
    /// What is different so far.
    pub changes: Vec<ShownChange>,
    /// What the group wants to tell the office.
    pub message: String,
    /// Whether changes of before still wait for the office.
    pub waiting: bool,
    /// What the office decided last, for whoever has no other place to read it.
    pub decided: Option<Decided>,
    /// What a submission is about: another one after anything changed.
    pub mark: String,
}

/// A person who stands for the group, with what waits and what was filled in.
pub(super) struct Member {
    pub(super) role: PersonRole,
    /// As they are kept.
    pub(super) person: Person,
    /// The items with the lights that count.
    pub(super) now: Vec<Item>,
    /// The same with what waits.
    pub(super) base: Vec<Item>,
    /// The same with what waits and what was filled in.
    pub(super) wanted: Vec<Item>,
    /// Whether the office does not know them yet.
    pub(super) new: bool,
}

impl Member {
    /// Somebody the office does not know yet.
    fn newcomer(id: PersonId, base: Vec<Item>, wanted: Vec<Item>) -> Self {
        let person = Person { id, items: Vec::new(), consents: Vec::new() };
        Self { role: PersonRole::Contact, person, now: Vec::new(), base, wanted, new: true }
    }

    /// Whether nobody knows of them outside of what was filled in.
    fn is_named_here(&self) -> bool {
        self.new && self.base.is_empty()
    }

    /// The light an item has, or is to have, as one of this group's people.
    fn light(&self, item: &Item) -> Light {
        item.effective().under(self.role.ceiling())
    }

    fn eyes<'a, D: Door>(&'a self, permit: &Permit<D>, draft: &'a WizardDraft) -> Eyes<'a> {
        let now = self.now.iter().map(|item| (item, self.light(item)));
        Eyes::of(D::SIGHT, permit.link(), now, &draft.typed_with)
    }
}

/// Everything the steps work with.
pub(super) struct Desktop {
    pub(super) group: Group,
    pub(super) catalogue: Arc<Catalogue>,
    pub(super) waiting: Option<ChangeRequest>,
    pub(super) draft: WizardDraft,
    /// The items with what waits.
    pub(super) base: Vec<Item>,
    /// The items with what waits and what was filled in.
    pub(super) wanted: Vec<Item>,
    /// Its people.
    pub(super) people: Vec<Member>,
}

impl Desktop {
    pub(super) async fn of<D: Door>(permit: &Permit<D>, tx: &TenantTx, id: GroupId) -> Result<Self> {
        let group = group_of(tx, id).await?;
        let catalogue = tx.catalogue().await?;
        let waiting = open_of(tx, id, submitter(permit)).await?;
        let draft = tx.wizard_draft(id).await?.unwrap_or_default();
        let with = |whose: Option<PersonId>, items: &[Item]| {
            let base = waiting.as_ref().map_or_else(|| items.to_vec(), |open| open.preview(&catalogue, whose, items));
            let wanted = preview(&draft.changes, &catalogue, whose, &base);
            (base, wanted)
        };
        let (base, wanted) = with(None, &group.items);
        let ids: Vec<_> = group.people.iter().map(|one| one.person).collect();
        let mut persons = tx.persons(&ids).await?;
        let mut people = Vec::with_capacity(ids.len());
        for membership in &group.people {
            let Some(at) = persons.iter().position(|person| person.id == membership.person) else { continue };
            let person = persons.swap_remove(at);
            // What counts is shown: never more open than the person agreed to.
            let now = person.clone().as_it_counts().items;
            let (base, wanted) = with(Some(person.id), &now);
            people.push(Member { role: membership.role, person, now, base, wanted, new: false });
        }
        let asked = waiting.iter().flat_map(|open| &open.changes).chain(&draft.changes);
        let newcomers: BTreeSet<PersonId> =
            asked.filter_map(|change| change.person).filter(|person| person.new).map(|person| person.id).collect();
        for id in newcomers.into_iter().filter(|id| !ids.contains(id)) {
            let (base, wanted) = with(Some(id), &[]);
            if !wanted.is_empty() {
                people.push(Member::newcomer(id, base, wanted));
            }
        }
        Ok(Self { group, catalogue, waiting, draft, base, wanted, people })
    }

    fn eyes<D: Door>(&self, permit: &Permit<D>) -> Eyes<'_> {
        let now = self.group.items.iter().map(|item| (item, item.effective()));
        Eyes::of(D::SIGHT, permit.link(), now, &self.draft.typed_with)
    }

    /// What the form of a person is made from: their items, or for somebody new, those of all who were named before.
    fn shown_of<'a>(&'a self, member: &'a Member) -> Vec<&'a Item> {
        if self.member(member.person.id).is_some() {
            return member.wanted.iter().collect();
        }
        self.people.iter().filter(|known| known.new).flat_map(|known| &known.wanted).collect()
    }

    pub(super) fn member(&self, id: PersonId) -> Option<&Member> {
        self.people.iter().find(|member| member.person.id == id)
    }

    /// Its name, unless it is not public and the door shows no more than that.
    fn name<D: Door>(&self) -> Option<String> {
        let public = self.group.of(Field::Name).next().is_some_and(|item| item.effective() == Light::Green);
        let told = public || D::SIGHT == Sight::Full;
        told.then(|| self.group.name().to_owned()).filter(|name| !name.is_empty())
    }

    /// Names what would be submitted now.
    pub(super) fn mark(&self, tx: &TenantTx) -> String {
        let changes = serde_json::to_string(&self.draft.changes).unwrap_or_default();
        let waiting = self.waiting.as_ref().map(|open| (open.id, open.version));
        let people: Vec<String> = self.people.iter().map(|member| of_items(&member.now)).collect();
        tx.keyed(&format!("{} {waiting:?} {changes} {} {people:?}", self.group.version, self.draft.message))
    }
}

/// Items in words, to see whether they are the same as before.
fn of_items<'a>(items: impl IntoIterator<Item = &'a Item>) -> String {
    let lit: Vec<_> = items.into_iter().map(|item| (item.id, Lit::from(item))).collect();
    serde_json::to_string(&lit).unwrap_or_default()
}

/// What a form filled in makes different from what was `shown`: counted from `base`, which is without the draft.
fn differences(base: &[Item], shown: &[Item], wanted: &[Item]) -> Vec<Change> {
    let by_id = |items: &[Item], id: ItemId| items.iter().find(|item| item.id == id).cloned();
    let mut newer: Vec<Change> = Vec::new();
    for item in shown.iter().chain(wanted).map(|item| item.id) {
        let (was, is) = (by_id(shown, item), by_id(wanted, item));
        let lit = |item: &Option<Item>| item.as_ref().map(Lit::from);
        if lit(&was) == lit(&is) || newer.iter().any(|change| change.item == item) {
            continue;
        }
        let before = by_id(base, item);
        let Some(one) = is.as_ref().or(before.as_ref()).or(was.as_ref()) else { continue };
        newer.push(Change::new(one, before.as_ref(), is.as_ref()));
    }
    newer
}

/// An empty row of a masked item leaves it as it is, unless it is said to go. An item has one row: in a further one it would
/// come back as a new item, with the value and with another light.
fn filled_up(entries: &[Entry], shown: &[Item], removed: &[ItemId], masked: impl Fn(&Item) -> bool) -> Vec<Entry> {
    let mut known: BTreeSet<ItemId> = BTreeSet::new();
    let mut filled = Vec::with_capacity(entries.len());
    for entry in entries {
        let Some(id) = entry.item.filter(|id| known.insert(*id)) else {
            filled.push(Entry { item: None, ..entry.clone() });
            continue;
        };
        let item = shown.iter().find(|item| item.id == id && item.field == entry.field);
        let kept = item.filter(|item| masked(item) && entry.typed.is_empty() && !removed.contains(&id));
        let typed = kept.map_or_else(|| entry.typed.clone(), |item| Typed::of(&item.value));
        filled.push(Entry { typed, ..entry.clone() });
    }
    filled
}

/// Counts it where something was typed over a masked value, from whichever form: whether it was right is nobody's to try out.
async fn counted_guess<D: Door>(
    tx: &TenantTx,
    group: GroupId,
    entries: &[Entry],
    shown: &[Item],
    masked: impl Fn(&Item) -> bool,
) -> Result<()> {
    let over = |entry: &Entry| {
        let item = shown.iter().find(|item| Some(item.id) == entry.item || item.field == entry.field && masked(item));
        !entry.typed.is_empty() && item.is_some_and(&masked)
    };
    if entries.iter().any(over) { counted::<D>(tx, "typed over a mask", group, GUESSES).await } else { Ok(()) }
}

/// The group as the wizard shows it. What of it is shown in full and not public is recorded as read.
pub async fn view<D: Door>(permit: &Permit<D>, house: &House, id: GroupId) -> Result<WizardView> {
    let look = house.stores.look(permit).await?;
    let desktop = Desktop::of(permit, &look, id).await?;
    let mark = desktop.mark(&look);
    let decided = decided::<D>(&look, id).await?;
    drop(look);
    let eyes = desktop.eyes(permit);
    let name = desktop.name::<D>();
    let Desktop { group, catalogue, waiting, draft, base, wanted, people: members } = &desktop;
    let mut seen: Vec<String> = Vec::new();
    let theirs = |item: &&Item| is_the_groups(catalogue, item.field) && item.field != Field::ConfirmedOn;
    let mut items: Vec<ShownItem> = wanted
        .iter()
        .filter(theirs)
        .map(|item| ShownItem { pending: pending(&group.items, base, item), ..eyes.shown(item, item.effective()) })
        .collect();
    items.sort_by(|one, other| catalogue.order(one.field, other.field));
    seen.extend(items.iter().filter(|item| eyes.is_read(item)).map(|item| item.id.to_string()));
    let mut people = Vec::with_capacity(members.len());
    for member in members {
        let eyes = member.eyes(permit, draft);
        let known = member.wanted.iter().filter(|item| catalogue.def(item.field).is_some());
        let items: Vec<ShownItem> = known
            .map(|item| ShownItem {
                pending: pending(&member.now, &member.base, item),
                ..eyes.shown(item, member.light(item))
            })
            .collect();
        seen.extend(items.iter().filter(|item| eyes.is_read(item)).map(|item| item.id.to_string()));
        people.push(ShownPerson {
            id: member.person.id,
            role: member.role,
            items,
            named_here: member.is_named_here(),
            leaves: member.wanted.is_empty() && !member.base.is_empty(),
        });
    }
    let changes = draft.changes.iter().filter_map(|change| {
        let find = |items: &[Item]| items.iter().find(|item| item.id == change.item).cloned();
        match change.whose() {
            None => {
                let lit = |item: &Item| eyes.shown(item, item.effective());
                Some(shown_change(change, find(base).as_ref(), find(wanted).as_ref(), lit))
            }
            Some(whose) => {
                let member = members.iter().find(|member| member.person.id == whose)?;
                let eyes = member.eyes(permit, draft);
                let lit = |item: &Item| eyes.shown(item, member.light(item));
                Some(shown_change(change, find(&member.base).as_ref(), find(&member.wanted).as_ref(), lit))
            }
        }
    });
    let changes: Vec<ShownChange> = changes.collect();
    record_seen(permit, house, id, "wizard", seen).await?;
    Ok(WizardView {
        name,
        items,
        people,
        confirmed_on: last_confirmed(&group.items),
        catalogue: Arc::clone(catalogue),
        done: draft.done.clone(),
        changes,
        // What a colleague noted on the phone is not told to whoever holds a link.
        message: if D::SIGHT == Sight::Full || draft.message_by_link { draft.message.clone() } else { String::new() },
        waiting: waiting.as_ref().is_some_and(|open| !open.changes.is_empty()),
        decided,
        mark,
    })
}

/// Whether an item does not count yet: what was filled in is not in `base`, what waits is not in `now`.
fn pending(now: &[Item], base: &[Item], item: &Item) -> Option<Pending> {
    let stands = |items: &[Item]| items.iter().any(|one| one.id == item.id && Lit::from(one) == Lit::from(item));
    match (stands(base), stands(now)) {
        (false, _) => Some(Pending::NotSent),
        (true, false) => Some(Pending::Waits),
        (true, true) => None,
    }
}

fn shown_change(
    change: &Change,
    before: Option<&Item>,
    after: Option<&Item>,
    lit: impl Fn(&Item) -> ShownItem,
) -> ShownChange {
    let at_once = match (before, after) {
        (Some(before), None) => before.light > Light::Red,
        (Some(before), Some(after)) => after.light < before.light,
        _ => false,
    };
    ShownChange {
        person: change.whose(),
        field: change.field,
        before: before.map(&lit),
        after: after.map(&lit),
        at_once,
    }
}

fn done(draft: &mut WizardDraft, step: &str) {
    draft.finished = None;
    if !draft.done.iter().any(|known| known == step) {
        draft.done.push(step.to_owned());
    }
}

/// Keeps what a step made different.
async fn keep<D: Door>(
    permit: &Permit<D>,
    tx: TenantTx,
    group: GroupId,
    mut draft: WizardDraft,
    (step, what): (&str, &str),
    (shown, newer): (&[Item], Vec<Change>),
) -> Result<()> {
    counted::<D>(&tx, "wizard saved", group, STEPS).await?;
    for Change { item, after, .. } in &newer {
        let before = shown.iter().find(|one| one.id == *item).map(|one| &one.value);
        if after.as_ref().map(|after| &after.value) == before {
            continue;
        }
        match permit.link().filter(|_| after.is_some()) {
            Some(link) => draft.typed_with.insert(*item, link),
            None => draft.typed_with.remove(item),
        };
    }
    let changed: Vec<ItemId> = newer.iter().map(|change| change.item).collect();
    amend(&mut draft.changes, newer);
    done(&mut draft, step);
    tx.put_wizard_draft(group, &draft).await?;
    reached(&tx, group, Step::Begun).await?;
    let said = format!("{}, {what}", D::ANSWERER.code());
    tx.commit(AuditEvent::new("reconcile.saved", group).summary(said).items(changed)).await?;
    Ok(())
}

/// Keeps what the group wants to tell the office.
pub async fn say<D: Door>(permit: &Permit<D>, house: &House, id: GroupId, message: &str) -> Result<()> {
    let message = message.trim().replace("\r\n", "\n");
    if message.chars().count() > MESSAGE {
        return Err(Error::invalid("message", "text-too-long"));
    }
    if message.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
        return Err(Error::invalid("message", "line-control"));
    }
    let tx = house.stores.begin(permit).await?;
    let Desktop { mut draft, .. } = Desktop::of(permit, &tx, id).await?;
    if D::ANSWERER == Answerer::Link && !draft.message_by_link && !draft.message.is_empty() {
        // What was noted by another door is not shown here, and stays.
        if !message.is_empty() {
            draft.message = format!("{}\n\n{message}", draft.message);
        }
    } else {
        draft.message_by_link = D::ANSWERER == Answerer::Link;
        draft.message = message;
    }
    keep(permit, tx, id, draft, (PEOPLE, "message"), (&[], Vec::new())).await
}
