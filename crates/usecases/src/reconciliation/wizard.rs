//! The wizard: a group's data step by step, saved at each step, by three doors: the personal link, the login of the
//! group's admin, and a colleague who talks with the group on the phone.
//!
//! With the link alone what is yellow or red leaves this module masked: whoever knows a value recognises it, can leave it
//! or put another in its place. What was filled in is kept beside the group until it is submitted, see
//! [`super::finish`].

use std::collections::BTreeMap;
use std::sync::Arc;

use access::actions::{ReconcileByLink, ReconcileByPhone, SubmitChanges};
use access::{Action, Permit};
use domain::audit::AuditEvent;
use domain::catalogue::Section;
use domain::change_request::{Change, ChangeRequest, Submitter, amend, preview};
use domain::reconciliation::{Step, masked};
use domain::{Catalogue, Field, Group, GroupId, Item, ItemId, Light, PersonRole, Value};
use jiff::civil::Date;
use storage::TenantTx;
use storage::tenant::WizardDraft;

use super::{last_confirmed, reached};
use crate::groups::apply::{Owner, apply};
use crate::groups::edit::{demanded, desk, section_code};
use crate::groups::{Entry, Typed, group_of, record_seen};
use crate::own_groups::is_the_groups;
use crate::review::submit::{SECTIONS, fields, open_of};
use crate::{Error, House, Result};

/// Characters of a message to the office.
pub const MESSAGE: usize = 2_000;

/// How much of what is not public a door shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sight {
    /// Everything.
    Full,
    /// What is yellow or red only so far that one recognises it.
    Masked,
}

/// One of the doors to the wizard.
pub trait Door: Action {
    /// What it shows.
    const SIGHT: Sight;
    /// The word used in the log.
    const CHANNEL: &'static str;
}

impl Door for ReconcileByLink {
    const SIGHT: Sight = Sight::Masked;
    const CHANNEL: &'static str = "link";
}

impl Door for SubmitChanges {
    const SIGHT: Sight = Sight::Full;
    const CHANNEL: &'static str = "login";
}

impl Door for ReconcileByPhone {
    const SIGHT: Sight = Sight::Full;
    const CHANNEL: &'static str = "phone";
}

/// In whose name changes are asked for.
pub(super) fn submitter<D: Door>(permit: &Permit<D>) -> Submitter {
    permit.actor().user().map_or(Submitter::Link, Submitter::User)
}

/// What an item says, as far as it is shown.
#[derive(Clone, Debug, PartialEq)]
pub enum Said {
    /// All of it.
    Full(Value),
    /// So much that one recognises it.
    Masked(String),
}

/// An item as the wizard shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct ShownItem {
    /// Which.
    pub id: ItemId,
    /// What it says something about.
    pub field: Field,
    /// What it says.
    pub said: Said,
    /// Its light in effect.
    pub light: Light,
}

fn shown(item: &Item, light: Light, sight: Sight) -> ShownItem {
    let said = if sight == Sight::Masked && light != Light::Green {
        Said::Masked(mask(&item.value))
    } else {
        Said::Full(item.value.clone())
    };
    ShownItem { id: item.id, field: item.field, said, light }
}

/// What is told of a value. Of one of a few nothing: any part would be all of it.
fn mask(value: &Value) -> String {
    match value {
        Value::Choice(_) | Value::Number(_) | Value::Date(_) => "…".to_owned(),
        Value::Phone { number, remark: _ } => masked(number.as_str()),
        other => masked(&other.plain()),
    }
}

/// A person who stands for the group.
#[derive(Clone, Debug, PartialEq)]
pub struct ShownPerson {
    /// As what.
    pub role: PersonRole,
    /// What is known of them.
    pub items: Vec<ShownItem>,
}

/// What is different so far about one item.
#[derive(Clone, Debug, PartialEq)]
pub struct ShownChange {
    /// What it says something about.
    pub field: Field,
    /// As it is; none for a new one.
    pub before: Option<ShownItem>,
    /// As it is to be; none if it is to go.
    pub after: Option<ShownItem>,
    /// Whether it counts at once.
    pub at_once: bool,
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
    /// What a submission is about: another one after anything changed.
    pub mark: String,
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
}

impl Desktop {
    pub(super) async fn of<D: Door>(permit: &Permit<D>, tx: &TenantTx, id: GroupId) -> Result<Self> {
        let group = group_of(tx, id).await?;
        let catalogue = tx.catalogue().await?;
        let waiting = open_of(tx, id, submitter(permit)).await?;
        let draft = tx.wizard_draft(id).await?.unwrap_or_default();
        let base =
            waiting.as_ref().map_or_else(|| group.items.clone(), |open| open.preview(&catalogue, None, &group.items));
        let wanted = preview(&draft.changes, &catalogue, None, &base);
        Ok(Self { group, catalogue, waiting, draft, base, wanted })
    }

    /// Names what would be submitted now.
    pub(super) fn mark(&self, tx: &TenantTx) -> String {
        let changes = serde_json::to_string(&self.draft.changes).unwrap_or_default();
        let waiting = self.waiting.as_ref().map(|open| (open.id, open.version));
        tx.keyed(&format!("{} {waiting:?} {changes} {}", self.group.version, self.draft.message))
    }
}

/// The group as the wizard shows it. What of it is shown in full and not public is recorded as read.
pub async fn view<D: Door>(permit: &Permit<D>, house: &House, id: GroupId) -> Result<WizardView> {
    let look = house.stores.look(permit).await?;
    let desktop = Desktop::of(permit, &look, id).await?;
    let mark = desktop.mark(&look);
    let Desktop { group, catalogue, waiting, draft, base, wanted } = desktop;
    let members: Vec<_> = group.people.iter().map(|one| one.person).collect();
    let persons = look.persons(&members).await?;
    drop(look);
    let theirs = |item: &&Item| is_the_groups(&catalogue, item.field) && item.field != Field::ConfirmedOn;
    let mut seen: Vec<String> = Vec::new();
    let mut note = |item: &ShownItem| {
        if matches!(item.said, Said::Full(_)) && item.light != Light::Green {
            seen.push(item.id.to_string());
        }
    };
    let mut items: Vec<ShownItem> =
        wanted.iter().filter(theirs).map(|item| shown(item, item.effective(), D::SIGHT)).collect();
    items.sort_by(|one, other| catalogue.order(one.field, other.field));
    items.iter().for_each(&mut note);
    let people: Vec<ShownPerson> = group
        .people
        .iter()
        .filter_map(|member| {
            let person = persons.iter().find(|person| person.id == member.person)?;
            let known = person.items.iter().filter(|item| catalogue.def(item.field).is_some());
            let items = known.map(|item| shown(item, person.effective_as(item, member.role), D::SIGHT)).collect();
            Some(ShownPerson { role: member.role, items })
        })
        .collect();
    people.iter().flat_map(|person| &person.items).for_each(&mut note);
    let find = |items: &[Item], id: ItemId| items.iter().find(|item| item.id == id).cloned();
    let changes = draft.changes.iter().map(|change| {
        let lit = |item: Option<Item>| item.map(|item| shown(&item, item.effective(), D::SIGHT));
        let (before, after) = (find(&base, change.item), find(&wanted, change.item));
        let less = |after: &Item| before.as_ref().is_some_and(|before| after.light < before.light);
        let at_once = match (&before, &after) {
            (Some(before), None) => before.light > Light::Red,
            (_, Some(after)) => less(after),
            _ => false,
        };
        ShownChange { field: change.field, before: lit(before), after: lit(after), at_once }
    });
    let changes: Vec<ShownChange> = changes.collect();
    let public = group.of(Field::Name).next().is_some_and(|item| item.effective() == Light::Green);
    let name = (public || D::SIGHT == Sight::Full).then(|| group.name().to_owned()).filter(|name| !name.is_empty());
    record_seen(permit, house, id, "wizard", seen).await?;
    Ok(WizardView {
        name,
        items,
        people,
        confirmed_on: last_confirmed(&group.items),
        catalogue,
        done: draft.done,
        changes,
        message: draft.message,
        waiting: waiting.is_some(),
        mark,
    })
}

/// One step: a section of the group's own items.
#[derive(Clone, Debug, PartialEq)]
pub struct SectionStep {
    /// Its name, as in [`WizardView::name`].
    pub name: Option<String>,
    /// The version of the group the step is about.
    pub version: u32,
    /// The fields of the section.
    pub fields: Vec<Field>,
    /// The office's fields.
    pub catalogue: Arc<Catalogue>,
    /// The items of the section. A masked one holds no value: see [`SectionStep::masks`].
    pub items: Vec<Item>,
    /// What is told of the masked ones.
    pub masks: BTreeMap<ItemId, String>,
}

/// The items of a section for its form. What is shown in full and not public is recorded as read.
pub async fn section<D: Door>(permit: &Permit<D>, house: &House, id: GroupId, section: Section) -> Result<SectionStep> {
    if !SECTIONS.contains(&section) {
        return Err(Error::NotFound);
    }
    let look = house.stores.look(permit).await?;
    let Desktop { group, catalogue, wanted, .. } = Desktop::of(permit, &look, id).await?;
    drop(look);
    let fields = fields(&catalogue, section);
    let mut items: Vec<Item> = wanted.into_iter().filter(|item| fields.contains(&item.field)).collect();
    let mut masks = BTreeMap::new();
    let mut seen = Vec::new();
    for item in &mut items {
        if item.effective() == Light::Green {
            continue;
        }
        if D::SIGHT == Sight::Masked {
            masks.insert(item.id, mask(&item.value));
            // The value goes no further.
            item.value = Value::Text(String::new());
        } else {
            seen.push(item.id.to_string());
        }
    }
    let public = group.of(Field::Name).next().is_some_and(|item| item.effective() == Light::Green);
    let name = (public || D::SIGHT == Sight::Full).then(|| group.name().to_owned());
    record_seen(permit, house, id, "wizard", seen).await?;
    Ok(SectionStep { name, version: group.version, fields, catalogue, items, masks })
}

/// A filled-in step.
#[derive(Clone, Debug, PartialEq)]
pub struct SectionFilled {
    /// Of which group.
    pub group: GroupId,
    /// Which section.
    pub section: Section,
    /// The version of the group the form was made from.
    pub version: u32,
    /// All its rows.
    pub entries: Vec<Entry>,
    /// Masked items that are to go: an empty row of a masked item leaves it as it is.
    pub removed: Vec<ItemId>,
}

/// Keeps a filled-in step. [`Error::Conflict`] if the group was saved meanwhile.
pub async fn save<D: Door>(permit: &Permit<D>, house: &House, filled: &SectionFilled) -> Result<()> {
    let SectionFilled { group: id, section, version, entries, removed } = filled;
    if !SECTIONS.contains(section) {
        return Err(Error::NotFound);
    }
    let tx = house.stores.begin(permit).await?;
    let Desktop { group, catalogue, mut draft, base, wanted: shown, .. } = Desktop::of(permit, &tx, *id).await?;
    if group.version != *version {
        return Err(Error::Conflict);
    }
    let masked = |item: &Item| D::SIGHT == Sight::Masked && item.effective() != Light::Green;
    let kept = |entry: &Entry| -> Option<Typed> {
        let item = shown.iter().find(|item| Some(item.id) == entry.item && item.field == entry.field)?;
        let untouched = masked(item) && entry.typed.is_empty() && !removed.contains(&item.id);
        untouched.then(|| Typed::of(&item.value))
    };
    let entries: Vec<Entry> = entries
        .iter()
        .map(|entry| kept(entry).map_or_else(|| entry.clone(), |typed| Entry { typed, ..entry.clone() }))
        .collect();
    let applied = apply(Owner::Group, &shown, &fields(&catalogue, *section), &entries, desk(house, &catalogue));
    let wanted = demanded(&catalogue, *section, Some(&shown), applied, &entries).map_err(Error::Invalid)?.items;

    let by_id = |items: &[Item], id: ItemId| items.iter().find(|item| item.id == id).cloned();
    let mut newer: Vec<Change> = Vec::new();
    for item in shown.iter().chain(&wanted).map(|item| item.id) {
        let (was, is) = (by_id(&shown, item), by_id(&wanted, item));
        let lit = |item: &Option<Item>| item.as_ref().map(|item| (item.value.clone(), item.light));
        if lit(&was) == lit(&is) || newer.iter().any(|change| change.item == item) {
            continue;
        }
        let before = by_id(&base, item);
        let Some(one) = is.as_ref().or(before.as_ref()).or(was.as_ref()) else { continue };
        newer.push(Change::new(one, before.as_ref(), is.as_ref()));
    }
    let changed: Vec<ItemId> = newer.iter().map(|change| change.item).collect();
    amend(&mut draft.changes, newer);
    done(&mut draft, section_code(*section));
    tx.put_wizard_draft(*id, &draft).await?;
    reached(&tx, *id, Step::Begun).await?;
    let said = format!("{}, {}", D::CHANNEL, section_code(*section));
    tx.commit(AuditEvent::new("reconcile.saved", id).summary(said).items(changed)).await?;
    Ok(())
}

fn done(draft: &mut WizardDraft, step: &str) {
    if !draft.done.iter().any(|known| known == step) {
        draft.done.push(step.to_owned());
    }
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
    draft.message = message;
    done(&mut draft, "personen");
    tx.put_wizard_draft(id, &draft).await?;
    reached(&tx, id, Step::Begun).await?;
    tx.commit(AuditEvent::new("reconcile.saved", id).summary(format!("{}, message", D::CHANNEL))).await?;
    Ok(())
}
