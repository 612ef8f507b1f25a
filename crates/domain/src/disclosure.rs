//! Passing on: a yellow item told to a named recipient, for a reason, once (Weitergabe).
//!
//! Yellow is no colour but a promise: the office passes it on, on request, and records to whom. A red item is not passed
//! on at all; what would have to happen first says [`Passing::Never`].

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::catalogue::ConsentNeed;
use crate::retention;
use crate::{DisclosureId, EmailAddress, Field, Group, GroupId, Item, ItemId, Light, Person, PersonId, Status, UserId};

/// On which way it is passed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Channel {
    /// Told, on the phone or face to face.
    Phone,
    /// By a link that works once, sent by mail.
    Mail,
    /// By a link that works once, handed over by whoever passes it on.
    Link,
}

impl Channel {
    /// All, as offered.
    pub const ALL: [Self; 3] = [Self::Phone, Self::Mail, Self::Link];

    /// The word used in databases and forms.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::Mail => "mail",
            Self::Link => "link",
        }
    }

    /// Reads [`Channel::code`] back.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.code() == code)
    }
}

/// How far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// The group wants to be asked first, and has not answered.
    Asked,
    /// The group said yes.
    Agreed,
    /// The group said no.
    Refused,
    /// It was told.
    Told,
    /// A link is out; nobody opened it.
    Sent,
    /// The recipient opened the link.
    Seen,
    /// Taken back before anybody learned anything.
    Withdrawn,
}

impl State {
    /// All, in their order.
    pub const ALL: [Self; 7] =
        [Self::Asked, Self::Agreed, Self::Refused, Self::Told, Self::Sent, Self::Seen, Self::Withdrawn];

    /// The word used in databases.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Agreed => "agreed",
            Self::Refused => "refused",
            Self::Told => "told",
            Self::Sent => "sent",
            Self::Seen => "seen",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// Reads [`State::code`] back.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// Whether the recipient has learned it, or can at any moment.
    pub const fn is_out(self) -> bool {
        matches!(self, Self::Told | Self::Sent | Self::Seen)
    }

    /// Whether the office can still take it back.
    pub const fn can_be_withdrawn(self) -> bool {
        matches!(self, Self::Asked | Self::Agreed | Self::Sent)
    }

    /// Where the group's answer leads. Closing wins: a no takes an earlier yes back as long as nothing was passed on; a yes
    /// after a no changes nothing. None where an answer comes too late.
    pub const fn answered(self, answer: Answer) -> Option<Self> {
        match (self, answer) {
            (Self::Asked, Answer::Yes) => Some(Self::Agreed),
            (Self::Asked | Self::Agreed, Answer::No) => Some(Self::Refused),
            _ => None,
        }
    }
}

/// What a group says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// It may be passed on.
    Yes,
    /// It may not.
    No,
}

impl Answer {
    /// The word used in forms.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
        }
    }

    /// Reads [`Answer::code`] back.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Yes, Self::No].into_iter().find(|answer| answer.code() == code)
    }
}

/// Who answered for the group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answerer {
    /// A group admin, by the link in a mail.
    Admin(UserId),
    /// A contact person, by the link in a mail.
    Person(PersonId),
    /// Somebody on the phone; a colleague wrote it down.
    Phone(UserId),
}

/// To whom it is passed on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recipient {
    /// Who, as the office knows them: a name, or "Anruferin, 12 Uhr".
    pub name: String,
    /// Where the link is sent.
    pub email: Option<EmailAddress>,
}

/// To whom and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Particulars {
    /// To whom.
    pub recipient: Recipient,
    /// Why; the group reads it.
    pub purpose: String,
}

/// Which item is passed on. Its value is not kept here: whoever opens the link sees what the item says then.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PassedItem {
    /// Which.
    pub item: ItemId,
    /// What it says something about.
    pub field: Field,
    /// Whose it is; the group's own if nobody's.
    pub person: Option<PersonId>,
}

/// A link that works once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    /// SHA-256 of its token.
    pub hash: [u8; 32],
    /// Until when.
    pub expires_at: Timestamp,
}

/// One time something was passed on, or is to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disclosure {
    /// Its id.
    pub id: DisclosureId,
    /// Of which group.
    pub group: GroupId,
    /// What.
    pub items: Vec<PassedItem>,
    /// To whom and why; none once the time to keep it is over ([`crate::retention`]).
    pub particulars: Option<Particulars>,
    /// How.
    pub channel: Channel,
    /// By whom of the office: who began it, and from then on who passed it on.
    pub by: UserId,
    /// When it was begun.
    pub made_at: Timestamp,
    /// How far it is.
    pub state: State,
    /// Since when it is so.
    pub changed_at: Timestamp,
    /// The link, once there is one.
    pub link: Option<Link>,
    /// What the group said, if it was asked and answered.
    pub answer: Option<(Answer, Answerer)>,
    /// The browser that opened the link: it may show it again for a short while. A keyed hash.
    pub browser: Option<String>,
    /// How often it was changed.
    pub version: u32,
}

/// Whether an item can be passed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Passing {
    /// It is public: nobody needs to pass it on.
    Public,
    /// It is yellow.
    OnRequest,
    /// It is red.
    Never(Obstacle),
}

/// What would have to happen before a red item can be passed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// The office's policy would have to allow it for this field.
    Policy,
    /// The person would have to agree.
    Consent,
    /// Its light would have to be set to yellow.
    Light,
}

impl Obstacle {
    /// The word used for texts.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Policy => "policy",
            Self::Consent => "consent",
            Self::Light => "light",
        }
    }
}

impl Passing {
    /// Of an item of the group itself.
    pub fn of(item: &Item) -> Self {
        Self::with(item, item.effective(), None)
    }

    /// Of an item of a person, who stands for the group in this role.
    pub fn of_person(item: &Item, person: &Person, role: crate::PersonRole) -> Self {
        Self::with(item, person.effective_as(item, role), Some(person))
    }

    fn with(item: &Item, light: Light, person: Option<&Person>) -> Self {
        match light {
            Light::Green => Self::Public,
            Light::Yellow => Self::OnRequest,
            Light::Red if item.limit.ceiling == Light::Red => Self::Never(Obstacle::Policy),
            Light::Red => {
                let asks = item.limit.consent == ConsentNeed::OfThePerson;
                let missing = asks && person.is_some_and(|person| person.consented(item) == Light::Red);
                Self::Never(if missing { Obstacle::Consent } else { Obstacle::Light })
            }
        }
    }
}

/// Whether anything of a group may be passed on: not while it is being written, nor after it has ended.
pub const fn is_passed_on(status: Status) -> bool {
    matches!(status, Status::Active | Status::Paused | Status::Dormant)
}

/// An item of a group or of one of its people that may be passed on or is public, as it stands now.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Passable<'a> {
    /// The item.
    pub item: &'a Item,
    /// Whose it is; the group's own if nobody's.
    pub person: Option<&'a Person>,
    /// Its light.
    pub passing: Passing,
}

/// All items of a group and its people with whether they can be passed on. `people` are those of the group.
pub fn passable<'a>(group: &'a Group, people: &'a [Person]) -> Vec<Passable<'a>> {
    let own = group.items.iter().map(|item| Passable { item, person: None, passing: Passing::of(item) });
    let members = group.people.iter().filter_map(|membership| {
        let person = people.iter().find(|person| person.id == membership.person)?;
        Some((person, membership.role))
    });
    let theirs = members.flat_map(|(person, role)| {
        let passing = move |item| Passing::of_person(item, person, role);
        person.items.iter().map(move |item| Passable { item, person: Some(person), passing: passing(item) })
    });
    own.chain(theirs).collect()
}

impl Disclosure {
    /// Whether its link could still be opened, were nothing of it red.
    pub fn link_works(&self, now: Timestamp) -> bool {
        self.state == State::Sent && self.link.is_some_and(|link| link.expires_at > now)
    }

    /// Whether the group's yes still carries.
    pub fn agreement_carries(&self, now: Timestamp) -> bool {
        self.state == State::Agreed && now.duration_since(self.changed_at) < retention::AGREED.duration()
    }

    /// How long to whom and why is kept after the last change.
    pub fn kept(&self) -> retention::Kept {
        match self.state {
            State::Told | State::Seen => retention::PASSED_ON,
            State::Asked | State::Agreed | State::Refused | State::Sent | State::Withdrawn => retention::NOT_PASSED_ON,
        }
    }

    /// What is left of it when the time to keep it is over: of which group, what, when and how, and how it ended. None while
    /// the time is not over, or nothing is left to erase. What waited for an answer or a link waits no more.
    #[must_use]
    pub fn forgotten(self, now: Timestamp) -> Option<Self> {
        self.particulars.as_ref()?;
        if now.duration_since(self.changed_at) < self.kept().duration() {
            return None;
        }
        let state = match self.state {
            State::Asked | State::Agreed => State::Withdrawn,
            ended => ended,
        };
        let items = self.items.into_iter().map(|passed| PassedItem { person: None, ..passed });
        Some(Self {
            items: items.collect(),
            particulars: None,
            state,
            link: None,
            answer: None,
            browser: None,
            version: self.version + 1,
            ..self
        })
    }

    /// What of it may be shown now: all its items as they are, or none, if one of them is red by now, is gone, or its person
    /// or group is. A link that shows half of what it promised would be taken for the whole.
    pub fn shows<'a>(&self, group: &'a Group, people: &'a [Person]) -> Option<Vec<Passable<'a>>> {
        if group.id != self.group || !is_passed_on(group.status) {
            return None;
        }
        let all = passable(group, people);
        let shown = self.items.iter().map(|passed| {
            all.iter()
                .find(|one| one.item.id == passed.item && one.person.map(|person| person.id) == passed.person)
                .filter(|one| !matches!(one.passing, Passing::Never(_)))
                .copied()
        });
        shown.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{Answer, State};

    #[test]
    fn a_no_wins_until_it_is_passed_on() {
        assert_eq!(State::Asked.answered(Answer::Yes), Some(State::Agreed));
        assert_eq!(State::Agreed.answered(Answer::No), Some(State::Refused));
        assert_eq!(State::Refused.answered(Answer::Yes), None);
        for late in [State::Told, State::Sent, State::Seen, State::Withdrawn] {
            assert!(late.answered(Answer::No).is_none() && late.answered(Answer::Yes).is_none());
        }
    }

    #[test]
    fn codes_read_back() {
        for state in State::ALL {
            assert_eq!(State::from_code(state.code()), Some(state));
        }
    }
}
