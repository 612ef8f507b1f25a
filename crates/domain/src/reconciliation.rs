//! Reconciliation (Datenabgleich): at regular intervals a group checks its own data, by a personal link and a wizard.
//!
//! Whether a group is due is asked of the day it last confirmed its data ([`crate::Field::ConfirmedOn`]). Each time it is
//! written to is a [`Round`], which only ever moves forward. Silence changes a round and nothing else: no group loses
//! anything by not answering.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::{SignedDuration, ToSpan};
use serde::{Deserialize, Serialize};

use crate::{CampaignId, GroupId, RoundId};

/// How many months after its last confirmation a group is asked again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Interval(u8);

/// An interval has 1 to 60 months.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an interval has 1 to 60 months")]
pub struct NotAnInterval;

impl Interval {
    /// What counts where an office has said nothing.
    pub const USUAL: Self = Self(12);

    /// So many months.
    pub const fn months(self) -> u8 {
        self.0
    }
}

impl TryFrom<u8> for Interval {
    type Error = NotAnInterval;
    fn try_from(months: u8) -> Result<Self, NotAnInterval> {
        if matches!(months, 1..=60) { Ok(Self(months)) } else { Err(NotAnInterval) }
    }
}

impl From<Interval> for u8 {
    fn from(interval: Interval) -> Self {
        interval.0
    }
}

/// So many months after a group was due it is overdue.
pub const GRACE_MONTHS: u8 = 3;

/// Where a group stands between two confirmations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dueness {
    /// Its last confirmation is too long ago by [`GRACE_MONTHS`] and more.
    Overdue,
    /// It is to be asked, or was never asked.
    Due,
    /// Not yet.
    Fine,
}

impl Dueness {
    /// Where a group stands today that last confirmed its data on that day.
    pub fn of(last: Option<Date>, interval: Interval, today: Date) -> Self {
        // A day that is yet to come was mistyped, or written by a clock that was wrong: it says nothing.
        let Some(due) = Self::day(last, interval, today) else { return Self::Due };
        let overdue = due.checked_add(i32::from(GRACE_MONTHS).months()).unwrap_or(Date::MAX);
        if today >= overdue {
            Self::Overdue
        } else if today >= due {
            Self::Due
        } else {
            Self::Fine
        }
    }

    /// The day from which on a group is to be asked; none where it has never confirmed its data.
    pub fn day(last: Option<Date>, interval: Interval, today: Date) -> Option<Date> {
        let last = last.filter(|last| *last <= today)?;
        Some(last.checked_add(i32::from(interval.0).months()).unwrap_or(Date::MAX))
    }

    /// Whether it is to be asked.
    pub const fn is_due(self) -> bool {
        matches!(self, Self::Due | Self::Overdue)
    }

    /// The word used in addresses and texts.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Overdue => "overdue",
            Self::Due => "due",
            Self::Fine => "fine",
        }
    }
}

/// How a group is written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// By mail, to the address the office knows.
    Mail,
    /// By a letter: there is no such address.
    Letter,
    /// By hand: somebody at the office fetched the link, or went through the wizard on the phone.
    Hand,
}

impl Way {
    /// The word used in databases.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Mail => "mail",
            Self::Letter => "letter",
            Self::Hand => "hand",
        }
    }

    /// Reads [`Way::code`] back.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Mail, Self::Letter, Self::Hand].into_iter().find(|way| way.code() == code)
    }
}

/// Who answered, and in whose name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Answerer {
    /// Whoever holds a personal link, in the group's name.
    Link,
    /// A group admin, logged in, in the own name.
    Login,
    /// A colleague of the office on the phone with the group, in the own name.
    Phone,
}

impl Answerer {
    /// The word used in databases and in the log.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Link => "link",
            Self::Login => "login",
            Self::Phone => "phone",
        }
    }

    /// Reads [`Answerer::code`] back.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Link, Self::Login, Self::Phone].into_iter().find(|answerer| answerer.code() == code)
    }
}

/// How far a round has come. It only moves forward.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// A mail waits to be sent, or a letter to be printed.
    Waiting,
    /// The mail is out, the letter printed, the link fetched.
    Sent,
    /// Somebody brought the link or the code.
    Opened,
    /// A step of the wizard was saved.
    Begun,
    /// Changes were submitted, of which some wait for the office.
    Submitted,
    /// The group said that everything is right.
    Confirmed,
}

impl Step {
    /// All, in their order.
    pub const ALL: [Self; 6] = [Self::Waiting, Self::Sent, Self::Opened, Self::Begun, Self::Submitted, Self::Confirmed];

    /// The word used in databases and texts.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sent => "sent",
            Self::Opened => "opened",
            Self::Begun => "begun",
            Self::Submitted => "submitted",
            Self::Confirmed => "confirmed",
        }
    }

    /// Reads [`Step::code`] back.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.code() == code)
    }

    /// Whether the group has answered: nobody reminds it any more.
    pub const fn is_answered(self) -> bool {
        matches!(self, Self::Submitted | Self::Confirmed)
    }
}

/// What is shown of a round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Shown {
    /// How far it has come.
    Step(Step),
    /// The mail came back, and nobody has opened the link by another way since.
    Bounced,
    /// The deadline is over without an answer.
    Overdue,
    /// The same, but somebody opened the link.
    OverdueOpened,
    /// The same, but somebody began to fill it in.
    OverdueBegun,
}

impl Shown {
    /// All, in their order.
    pub const ALL: [Self; 10] = [
        Self::Step(Step::Waiting),
        Self::Step(Step::Sent),
        Self::Step(Step::Opened),
        Self::Step(Step::Begun),
        Self::Step(Step::Submitted),
        Self::Step(Step::Confirmed),
        Self::Bounced,
        Self::Overdue,
        Self::OverdueOpened,
        Self::OverdueBegun,
    ];

    /// Whether nothing more happens by itself: somebody has to call.
    pub const fn is_stuck(self) -> bool {
        match self {
            Self::Step(_) => false,
            Self::Bounced | Self::Overdue | Self::OverdueOpened | Self::OverdueBegun => true,
        }
    }

    /// The word used in texts.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Step(step) => step.code(),
            Self::Bounced => "bounced",
            Self::Overdue => "overdue",
            Self::OverdueOpened => "overdue-opened",
            Self::OverdueBegun => "overdue-begun",
        }
    }
}

/// A mail to a group in a round; each is sent once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MailKind {
    /// The first one.
    First,
    /// The first reminder.
    Reminder1,
    /// The second and last one.
    Reminder2,
    /// The receipt at the end.
    Receipt,
}

impl MailKind {
    /// The word used in databases.
    pub const fn code(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Reminder1 => "reminder-1",
            Self::Reminder2 => "reminder-2",
            Self::Receipt => "receipt",
        }
    }
}

/// When a campaign asks again, and until when it waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// So many days after the first mail the first reminder leaves.
    pub first_reminder_days: u16,
    /// So many days after the first mail the second one leaves.
    pub second_reminder_days: u16,
    /// The last day on which the group can answer in time.
    pub deadline: Date,
}

/// What the worker has to do about a round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Errand {
    /// Remind the group.
    Remind(MailKind),
    /// Note that the deadline is over.
    Overdue,
}

/// One time that a group was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Round {
    /// Its id.
    pub id: RoundId,
    /// Which group.
    pub group: GroupId,
    /// In which campaign; none if somebody fetched a link for this group alone.
    pub campaign: Option<CampaignId>,
    /// How it was written to.
    pub way: Way,
    /// How far it is.
    pub step: Step,
    /// Since when.
    pub begun_at: Timestamp,
    /// When it last moved.
    pub moved_at: Timestamp,
    /// Who answered.
    pub answered: Option<Answerer>,
    /// How many reminders were sent.
    pub reminders: u8,
    /// When the mail came back.
    pub bounced_at: Option<Timestamp>,
    /// When it was noted that the deadline is over.
    pub overdue_at: Option<Timestamp>,
    /// When the worker next has something to do about it.
    pub next_at: Option<Timestamp>,
}

impl Round {
    /// A new one.
    pub const fn new(id: RoundId, group: GroupId, campaign: Option<CampaignId>, way: Way, now: Timestamp) -> Self {
        Self {
            id,
            group,
            campaign,
            way,
            step: Step::Waiting,
            begun_at: now,
            moved_at: now,
            answered: None,
            reminders: 0,
            bounced_at: None,
            overdue_at: None,
            next_at: None,
        }
    }

    /// Moved on to a step; none if it is there or further already.
    pub fn reached(&self, step: Step, now: Timestamp) -> Option<Self> {
        (step > self.step).then(|| Self {
            step,
            moved_at: now,
            next_at: if step.is_answered() { None } else { self.next_at },
            ..self.clone()
        })
    }

    /// What is shown of it.
    pub const fn shown(&self) -> Shown {
        if self.step.is_answered() {
            Shown::Step(self.step)
        } else if self.bounced_at.is_some() && matches!(self.step, Step::Waiting | Step::Sent) {
            Shown::Bounced
        } else if self.overdue_at.is_some() {
            match self.step {
                Step::Opened => Shown::OverdueOpened,
                Step::Begun => Shown::OverdueBegun,
                _ => Shown::Overdue,
            }
        } else {
            Shown::Step(self.step)
        }
    }

    /// What the worker does next, and when: reminders only where a mail can be sent and before the deadline.
    pub fn next(&self, plan: &Plan, now: Timestamp) -> Option<(Timestamp, Errand)> {
        if self.step.is_answered() || self.overdue_at.is_some() {
            return None;
        }
        let after = |days: u16| self.begun_at.saturating_add(SignedDuration::from_hours(24 * i64::from(days))).ok();
        let over = end_of(plan.deadline);
        let remind = match (self.way, self.bounced_at, self.reminders) {
            (Way::Mail, None, 0) => after(plan.first_reminder_days).map(|at| (at, MailKind::Reminder1)),
            (Way::Mail, None, 1) => after(plan.second_reminder_days).map(|at| (at, MailKind::Reminder2)),
            _ => None,
        };
        let remind = remind.filter(|(at, _)| now.max(*at) < over);
        Some(remind.map_or((over, Errand::Overdue), |(at, kind)| (at, Errand::Remind(kind))))
    }
}

/// The end of a day in Germany.
pub fn end_of(day: Date) -> Timestamp {
    let next = day.tomorrow().unwrap_or(Date::MAX);
    next.to_zoned(crate::schedule::berlin()).map_or(Timestamp::MAX, |zoned| zoned.timestamp())
}

/// How many days a personal link works.
pub const LINK_DAYS: i64 = 30;

/// How long a personal link works.
pub const LINK_LIFETIME: SignedDuration = SignedDuration::from_hours(24 * LINK_DAYS);

/// What a personal link is for; it opens nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// To check and confirm the group's data.
    Reconcile,
}

impl Purpose {
    /// The word used in databases.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Reconcile => "reconcile",
        }
    }
}

/// Why a personal link was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Occasion {
    /// A campaign's first mail.
    Campaign,
    /// A reminder.
    Reminder,
    /// A letter.
    Letter,
    /// Somebody at the office wanted to see it: to copy it, or to print it.
    Shown,
    /// Somebody at the office had it sent.
    Sent,
    /// The group asked for it itself.
    Renewed,
}

impl Occasion {
    /// The word used in texts.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Campaign => "campaign",
            Self::Reminder => "reminder",
            Self::Letter => "letter",
            Self::Shown => "shown",
            Self::Sent => "sent",
            Self::Renewed => "renewed",
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use jiff::{SignedDuration, Timestamp};
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_group_is_due_a_year_after_it_last_confirmed_and_overdue_three_months_later() {
        let at = |today| Dueness::of(Some(date(2025, 11, 30)), Interval::USUAL, today);
        assert_eq!(at(date(2026, 11, 29)), Dueness::Fine);
        assert_eq!(at(date(2026, 11, 30)), Dueness::Due);
        assert_eq!(at(date(2027, 2, 27)), Dueness::Due);
        assert_eq!(at(date(2027, 2, 28)), Dueness::Overdue);
        assert_eq!(Dueness::of(None, Interval::USUAL, date(2026, 1, 1)), Dueness::Due);
        assert_eq!(at(date(2025, 11, 29)), Dueness::Due, "a day to come says nothing");
        let often = Interval::try_from(3).unwrap();
        assert_eq!(Dueness::of(Some(date(2025, 11, 30)), often, date(2026, 2, 28)), Dueness::Due);
        assert!(Interval::try_from(0).is_err() && Interval::try_from(61).is_err());
    }

    fn round(way: Way) -> Round {
        let begun: Timestamp = "2026-11-01T09:00:00Z".parse().unwrap();
        Round::new(RoundId::from_u128(1), GroupId::from_u128(2), Some(CampaignId::from_u128(3)), way, begun)
    }

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;
    const PLAN: Plan = Plan { first_reminder_days: 14, second_reminder_days: 24, deadline: date(2026, 11, 30) };

    #[test]
    fn a_group_is_reminded_twice_and_then_overdue() {
        let mut round = round(Way::Mail).reached(Step::Sent, Timestamp::UNIX_EPOCH).unwrap();
        let day = |days: i64| round.begun_at + SignedDuration::from_hours(24 * days);
        let (first, second) = (day(14), day(24));
        assert_eq!(round.next(&PLAN, NOW), Some((first, Errand::Remind(MailKind::Reminder1))));
        round.reminders = 1;
        assert_eq!(round.next(&PLAN, NOW), Some((second, Errand::Remind(MailKind::Reminder2))));
        round.reminders = 2;
        // Midnight in Germany.
        let over: Timestamp = "2026-11-30T23:00:00Z".parse().unwrap();
        assert_eq!(round.next(&PLAN, NOW), Some((over, Errand::Overdue)));
        round.overdue_at = Some(over);
        assert_eq!((round.next(&PLAN, NOW), round.shown()), (None, Shown::Overdue));
        round.step = Step::Opened;
        assert_eq!(round.shown(), Shown::OverdueOpened);
        round.step = Step::Begun;
        assert!(round.shown() == Shown::OverdueBegun && round.shown().is_stuck());
    }

    #[test]
    fn letters_and_what_bounced_get_no_reminder_and_an_answer_ends_it() {
        let over = round(Way::Letter).next(&PLAN, NOW).map(|(_, errand)| errand);
        assert_eq!(over, Some(Errand::Overdue));
        let bounced = Round { bounced_at: Some(Timestamp::UNIX_EPOCH), ..round(Way::Mail) };
        assert_eq!(bounced.next(&PLAN, NOW).map(|(_, errand)| errand), Some(Errand::Overdue));
        assert_eq!(bounced.shown(), Shown::Bounced);
        // By another way the link was opened all the same.
        assert_eq!(bounced.reached(Step::Opened, Timestamp::UNIX_EPOCH).unwrap().shown(), Shown::Step(Step::Opened));
        let confirmed = round(Way::Mail).reached(Step::Confirmed, Timestamp::UNIX_EPOCH).unwrap();
        assert_eq!(confirmed.next(&PLAN, NOW), None);
        assert_eq!(confirmed.reached(Step::Opened, Timestamp::UNIX_EPOCH), None, "it never moves back");
    }

    proptest! {
        #[test]
        fn a_round_never_moves_back(steps in proptest::collection::vec(0..6_usize, 0..12)) {
            let mut now = round(Way::Mail);
            for step in steps {
                let before = now.step;
                now = now.reached(Step::ALL[step], Timestamp::UNIX_EPOCH).unwrap_or(now);
                prop_assert!(now.step >= before);
            }
        }
    }
}
