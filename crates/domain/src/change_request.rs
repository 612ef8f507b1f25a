//! A change request (Änderungsvorschlag): what a group admin wants to be different about the own group, item by item, and
//! what the office decided about each.
//!
//! Two speeds: what closes is done at once and never stands in a request; everything else waits. A request is made against the group as it was; whether an item moved on since then is asked of the item itself
//! ([`Change::against`]), so that what others changed elsewhere is no conflict.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::catalogue::Count;
use crate::{Catalogue, Field, GroupId, Item, ItemId, Light, PersonId, RequestId, Source, UserId, Value};

/// A value with its light.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Lit {
    /// What it says.
    pub value: Value,
    /// Its light.
    pub light: Light,
}

impl From<&Item> for Lit {
    fn from(item: &Item) -> Self {
        Self { value: item.value.clone(), light: item.light }
    }
}

/// A contact person of whom something is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfPerson {
    /// Who.
    pub id: PersonId,
    /// Whether whoever asks says to be that person, and to agree to the light asked for.
    pub agrees: bool,
    /// Whether the office does not know them yet.
    pub new: bool,
}

/// One item that is to be different.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// Which; a new one has its id from here on.
    pub item: ItemId,
    /// Of which contact person; none: of the group itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<OfPerson>,
    /// What it says something about.
    pub field: Field,
    /// As it was when the change was asked for; none for a new one.
    pub before: Option<Lit>,
    /// As it is to be; none if it is to go.
    pub after: Option<Lit>,
    /// What the office decided; none as long as it waits.
    pub decision: Option<Decision>,
}

/// What the office decided about one change.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// As asked for.
    Accepted,
    /// With another value than was asked for: the change's own is the one that counts.
    Amended {
        /// What was asked for.
        asked: Value,
    },
    /// Not, and why.
    Rejected {
        /// For the group, in the office's words; may be empty.
        reason: String,
    },
}

impl Decision {
    /// Whether the change is taken over, as asked for or with another value.
    pub const fn is_taken(&self) -> bool {
        matches!(self, Self::Accepted | Self::Amended { .. })
    }
}

/// Where a change stands against the group as it is now.
#[derive(Clone, Debug, PartialEq)]
pub enum Standing {
    /// The item is as it was when the change was asked for.
    Fits,
    /// Somebody brought it about already.
    Done,
    /// The item is another one now; none if it is gone.
    MovedOn(Option<Lit>),
}

impl Change {
    /// The change of one item from what it is to what it is to be.
    pub fn new(one: &Item, before: Option<&Item>, after: Option<&Item>) -> Self {
        let (before, after) = (before.map(Lit::from), after.map(Lit::from));
        Self { item: one.id, person: None, field: one.field, before, after, decision: None }
    }

    /// The same about an item of a contact person.
    #[must_use]
    pub fn of(self, person: OfPerson) -> Self {
        Self { person: Some(person), ..self }
    }

    /// Of which contact person; none: of the group itself.
    pub fn whose(&self) -> Option<PersonId> {
        self.person.map(|person| person.id)
    }

    /// The item it is about, or for a new one of a field with one value, the one that is there by now.
    fn place(&self, catalogue: &Catalogue, items: &[Item]) -> Option<usize> {
        let one = self.before.is_none() && catalogue.def(self.field).is_some_and(|def| def.count == Count::One);
        let own = items.iter().position(|item| item.id == self.item);
        own.or_else(|| items.iter().position(|item| one && item.field == self.field))
    }

    /// Where it stands against the group as it is now. Closing is not moving on: what the office closed meanwhile stays
    /// closed whatever is decided, see [`Change::applied`].
    pub fn against(&self, catalogue: &Catalogue, items: &[Item]) -> Standing {
        let now = self.place(catalogue, items).map(|at| Lit::from(&items[at]));
        let same = |was: &Option<Lit>| was.as_ref().map(|was| &was.value) == now.as_ref().map(|now| &now.value);
        if now == self.after {
            Standing::Done
        } else if same(&self.before) {
            Standing::Fits
        } else {
            Standing::MovedOn(now)
        }
    }

    /// Whether it opens an item that is red now. What is not there opens nothing: it is written anew.
    pub fn opens_red(&self, items: &[Item]) -> bool {
        let red = items.iter().any(|item| item.id == self.item && item.light == Light::Red);
        red && self.after.as_ref().is_some_and(|after| after.light > Light::Red)
    }

    /// The items of the group, or of the person, with this change. Closing wins: an item that was closed, or taken away, since the change was asked
    /// for is never more open than it is now; and a field with one value has one.
    pub fn applied(&self, catalogue: &Catalogue, mut items: Vec<Item>) -> Vec<Item> {
        let at = self.place(catalogue, &items);
        let Some(after) = &self.after else {
            items.retain(|item| item.id != self.item);
            return items;
        };
        let is = at.map(|at| items[at].light);
        let most = match (&self.before, is) {
            // Taken away meanwhile.
            (Some(_), None) => Light::Red,
            (Some(before), Some(is)) if is < before.light => is,
            // Somebody else's value of the same field.
            (None, Some(is)) => is,
            _ => Light::Green,
        };
        // A person agreed to an item, not to a field: a new value of theirs is never the item that was there.
        let new_of_person = self.person.is_some() && self.before.is_none();
        let id = at.filter(|_| !new_of_person).map_or(self.item, |at| items[at].id);
        let item = catalogue.item(id, self.field, after.value.clone(), Source::Group);
        let item = catalogue.keep(&Item { light: after.light.min(most), ..item });
        match at {
            Some(at) => items[at] = item,
            None => items.push(item),
        }
        items.sort_by(|one, other| catalogue.order(one.field, other.field));
        items
    }
}

/// How far a request is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RequestState {
    /// It waits for the office.
    Open,
    /// Every change is decided.
    Decided,
    /// Whoever made it took it back.
    Withdrawn,
}

impl RequestState {
    /// The word used in databases.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Decided => "decided",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// Reads [`RequestState::code`] back.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Open, Self::Decided, Self::Withdrawn].into_iter().find(|state| state.code() == code)
    }
}

/// Who asked for changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Submitter {
    /// Someone logged in: a group admin, or a colleague for a group on the phone.
    User(UserId),
    /// Whoever holds a personal link of the group.
    Link,
}

impl Submitter {
    /// Who was logged in.
    pub const fn user(self) -> Option<UserId> {
        match self {
            Self::User(user) => Some(user),
            Self::Link => None,
        }
    }
}

/// What one colleague decided, where a second one must agree (four-eyes principle).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FirstLook {
    /// Who.
    pub by: UserId,
    /// When.
    pub at: Timestamp,
    /// The changes with the decision about each.
    pub changes: Vec<Change>,
}

/// What was submitted about a group.
#[derive(Clone, Debug, PartialEq)]
pub struct ChangeRequest {
    /// Its id.
    pub id: RequestId,
    /// Of which group.
    pub group: GroupId,
    /// By whom.
    pub by: Submitter,
    /// When it was made; what is added later does not make it younger.
    pub made_at: Timestamp,
    /// When it was decided or taken back.
    pub ended_at: Option<Timestamp>,
    /// How far it is.
    pub state: RequestState,
    /// How often it was changed: what is decided is decided about this one.
    pub version: u32,
    /// Whether all else was said to be right: the group confirms its data with the decision.
    pub confirms: bool,
    /// Item by item.
    pub changes: Vec<Change>,
    /// Decided by one colleague, and waiting for a second.
    pub first: Option<FirstLook>,
}

impl ChangeRequest {
    /// One in which nothing is asked for yet: that comes with [`ChangeRequest::amend`].
    pub const fn new(id: RequestId, group: GroupId, by: Submitter, made_at: Timestamp) -> Self {
        Self {
            id,
            group,
            by,
            made_at,
            ended_at: None,
            state: RequestState::Open,
            version: 0,
            confirms: false,
            changes: Vec::new(),
            first: None,
        }
    }

    /// Contact persons of whom something is asked, each once.
    pub fn persons(&self) -> Vec<PersonId> {
        let mut persons: Vec<PersonId> = self.changes.iter().filter_map(Change::whose).collect();
        persons.sort_unstable();
        persons.dedup();
        persons
    }

    /// Takes in what is asked for now: it takes the place of what was asked for about the same item before. What comes
    /// back to how it was is asked for no more. Whoever decided first decided about something else.
    pub fn amend(&mut self, newer: Vec<Change>) {
        amend(&mut self.changes, newer);
        self.first = None;
        self.version += 1;
    }

    /// The items of the group, or of one of its contact persons, as they would be with everything that waits.
    pub fn preview(&self, catalogue: &Catalogue, whose: Option<PersonId>, items: &[Item]) -> Vec<Item> {
        preview(&self.changes, catalogue, whose, items)
    }
}

/// Takes newer changes into others: each takes the place of the one about the same item, and what comes back to how it was
/// is left out.
pub fn amend(changes: &mut Vec<Change>, newer: Vec<Change>) {
    for change in newer {
        changes.retain(|older| older.item != change.item);
        if change.before != change.after {
            changes.push(change);
        }
    }
}

/// The items of the group, or of one of its contact persons, as they would be with everything that is not decided.
pub fn preview(changes: &[Change], catalogue: &Catalogue, whose: Option<PersonId>, items: &[Item]) -> Vec<Item> {
    let waiting = changes.iter().filter(|change| change.decision.is_none() && change.whose() == whose);
    waiting.fold(items.to_vec(), |items, change| change.applied(catalogue, items))
}
