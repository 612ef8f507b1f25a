//! Long silence: what an office's policy may do about groups that were asked and do not answer, and when.
//!
//! Off unless the office says so. Nothing is done before two announcements have left, so many days apart, and so many days
//! are over after the second; any sign of life ends it; nothing is ever deleted.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan};
use serde::{Deserialize, Serialize};

use crate::reconciliation::{Round, Step};
use crate::schedule::berlin;

/// What is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SilenceAct {
    /// What one reaches the group and its people by turns red; the group stays in the directory.
    Close,
    /// The group pauses: it leaves the directory.
    Pause,
}

impl SilenceAct {
    /// The word used in forms and texts.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Close => "close",
            Self::Pause => "pause",
        }
    }

    /// Reads [`SilenceAct::code`] back.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Close, Self::Pause].into_iter().find(|act| act.code() == code)
    }
}

/// What an office does about long silence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SilencePolicy {
    /// What.
    pub act: SilenceAct,
    /// After so many months without a sign of life the first announcement leaves.
    pub months: u8,
    /// So many days lie between the announcements, and between the second and the act.
    pub apart_days: u16,
}

impl SilencePolicy {
    /// Months that can be chosen: never sooner than half a year.
    pub const MONTHS: std::ops::RangeInclusive<u8> = 6..=60;
    /// Days that can be chosen: never fewer than two weeks.
    pub const DAYS: std::ops::RangeInclusive<u16> = 14..=180;
    /// What is offered where an office begins.
    pub const OFFERED: Self = Self { act: SilenceAct::Close, months: 24, apart_days: 30 };

    fn apart(self) -> SignedDuration {
        SignedDuration::from_hours(24 * i64::from(self.apart_days))
    }
}

/// A group was asked at least so long ago before its silence means anything.
const ASKED: SignedDuration = SignedDuration::from_hours(24 * 30);

/// Since when a group is silent that was asked and has not answered: since its last sign of life, or, if there is none, since
/// it was asked. None for a group that was never asked, was asked just now, or waits for the office itself.
pub fn silent_since(confirmed: Option<Date>, round: Option<&Round>, now: Timestamp) -> Option<Timestamp> {
    let round = round.filter(|round| !round.step.is_answered() && now.duration_since(round.begun_at) >= ASKED)?;
    let today = now.to_zoned(berlin()).date();
    let confirmed = confirmed.filter(|day| *day <= today);
    let confirmed = confirmed.and_then(|day| day.to_zoned(berlin()).ok()).map(|day| day.timestamp());
    let opened = (round.step >= Step::Opened).then_some(round.moved_at);
    Some(confirmed.max(opened).unwrap_or(round.begun_at))
}

/// Whether a silence is so long that the policy has to do with it.
pub fn is_long(policy: &SilencePolicy, since: Timestamp, now: Timestamp) -> bool {
    let from = since.to_zoned(berlin()).checked_add(i32::from(policy.months).months());
    from.is_ok_and(|from| from.timestamp() <= now)
}

/// What became of an announcement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Announced {
    /// The mail waits to leave.
    Queued,
    /// It left then.
    Sent(Timestamp),
    /// It came back for good: nothing is done without the group's knowing.
    CameBack,
}

/// How far a group's silence has come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Silence {
    /// As it was announced; under another policy it begins anew.
    pub policy: SilencePolicy,
    /// Since when the group is silent; after a sign of life it begins anew.
    pub since: Timestamp,
    /// The first announcement.
    pub first: Announced,
    /// The second.
    pub second: Option<Announced>,
    /// When it was carried out.
    pub done_at: Option<Timestamp>,
}

/// What is to be done about a silence now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SilenceStep {
    /// Announce it for the first time.
    AnnounceFirst,
    /// Announce it again.
    AnnounceSecond,
    /// Carry it out.
    Act,
    /// Nothing before then; none where a mail has not left yet.
    Wait(Option<Timestamp>),
    /// Nothing at all: a mail came back, or it is done.
    Over,
    /// Forget it: the policy is another one now, or the group gave a sign of life.
    Forget,
}

impl Silence {
    /// A silence of which the first announcement waits to leave.
    pub const fn announced(policy: SilencePolicy, since: Timestamp) -> Self {
        Self { policy, since, first: Announced::Queued, second: None, done_at: None }
    }

    /// When the next thing happens after what has left; none while it has not.
    pub fn due_at(&self) -> Option<Timestamp> {
        let after = |announced: Announced| match announced {
            Announced::Sent(at) => at.checked_add(self.policy.apart()).ok(),
            Announced::Queued | Announced::CameBack => None,
        };
        match self.second {
            None => after(self.first),
            Some(second) => after(second),
        }
    }

    /// What is to be done about a group: `kept` is what was announced, `since` how long it is silent by
    /// [`silent_since`].
    pub fn step(
        kept: Option<&Self>,
        policy: Option<&SilencePolicy>,
        since: Option<Timestamp>,
        now: Timestamp,
    ) -> SilenceStep {
        // What was done is done once for one silence, also if the office takes it back.
        if kept.is_some_and(|kept| kept.done_at.is_some() && Some(kept.since) == since) {
            return SilenceStep::Over;
        }
        let long = policy.zip(since).filter(|(policy, since)| is_long(policy, *since, now));
        match (kept, long) {
            (None, None) => SilenceStep::Over,
            (None, Some(_)) => SilenceStep::AnnounceFirst,
            (Some(kept), Some((policy, since))) if kept.policy == *policy && kept.since == since => kept.next(now),
            (Some(_), _) => SilenceStep::Forget,
        }
    }

    fn next(&self, now: Timestamp) -> SilenceStep {
        match (self.first, self.second) {
            (Announced::CameBack, _) | (_, Some(Announced::CameBack)) => SilenceStep::Over,
            (Announced::Queued, _) | (_, Some(Announced::Queued)) => SilenceStep::Wait(None),
            (Announced::Sent(_), second) => match self.due_at() {
                Some(at) if at <= now && second.is_none() => SilenceStep::AnnounceSecond,
                Some(at) if at <= now => SilenceStep::Act,
                at => SilenceStep::Wait(at),
            },
        }
    }

    /// With what became of the announcement that waits to leave; an older one stays as it was.
    #[must_use]
    pub fn left(self, became: Announced) -> Self {
        match (self.first, self.second) {
            (Announced::Queued, None) => Self { first: became, ..self },
            (_, Some(Announced::Queued)) => Self { second: Some(became), ..self },
            _ => self,
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;
    use crate::reconciliation::Way;
    use crate::{GroupId, RoundId};

    const START: Timestamp = Timestamp::constant(1_700_000_000, 0);

    fn days(days: i64) -> SignedDuration {
        SignedDuration::from_hours(24 * days)
    }

    fn asked(at: Timestamp) -> Round {
        Round::new(RoundId::from_u128(1), GroupId::from_u128(2), None, Way::Mail, at)
    }

    #[test]
    fn silence_is_what_follows_a_question() {
        let confirmed = Some(date(2021, 1, 1));
        assert_eq!(silent_since(confirmed, None, START), None, "never asked");
        let round = asked(START - days(29));
        assert_eq!(silent_since(confirmed, Some(&round), START), None, "asked just now");
        let round = asked(START - days(31));
        let since = silent_since(confirmed, Some(&round), START).unwrap();
        assert_eq!(since, date(2021, 1, 1).to_zoned(berlin()).unwrap().timestamp());
        assert_eq!(silent_since(None, Some(&round), START), Some(round.begun_at));
        let opened = round.reached(Step::Opened, START - days(2)).unwrap();
        assert_eq!(silent_since(confirmed, Some(&opened), START), Some(START - days(2)), "somebody looked");
        let answered = round.reached(Step::Submitted, START).unwrap();
        assert_eq!(silent_since(confirmed, Some(&answered), START), None, "it waits for the office");
    }

    #[test]
    fn a_mail_that_came_back_ends_it() {
        let policy = SilencePolicy::OFFERED;
        let kept = Silence::announced(policy, START).left(Announced::CameBack);
        let late = START + days(4_000);
        assert_eq!(Silence::step(Some(&kept), Some(&policy), Some(START), late), SilenceStep::Over);
        assert_eq!(Silence::step(Some(&kept), None, Some(START), late), SilenceStep::Forget);
    }

    #[derive(Clone, Copy, Debug)]
    enum Event {
        Night,
        Sent,
        Back,
        Life,
        Off,
        On(u16),
        Pass(i64),
    }

    fn event() -> impl Strategy<Value = Event> {
        prop_oneof![
            4 => Just(Event::Night),
            3 => Just(Event::Sent),
            1 => Just(Event::Back),
            1 => Just(Event::Life),
            1 => Just(Event::Off),
            1 => (14_u16..60).prop_map(Event::On),
            4 => (0_i64..400).prop_map(Event::Pass),
        ]
    }

    proptest! {
        #[test]
        fn nothing_is_done_before_two_announcements_left_so_many_days_apart(
            events in proptest::collection::vec(event(), 1..120),
        ) {
            let mut now = START;
            let mut policy = Some(SilencePolicy { months: 6, ..SilencePolicy::OFFERED });
            let mut since = START - days(100);
            let mut kept: Option<Silence> = None;
            // What really left since the last sign of life and under the policy of now.
            let mut left: Vec<Timestamp> = Vec::new();
            for event in events {
                match event {
                    Event::Pass(more) => now += days(more),
                    Event::Life => (since, left) = (now, Vec::new()),
                    Event::Off => (policy, left) = (None, Vec::new()),
                    Event::On(apart_days) => {
                        let new = SilencePolicy { apart_days, months: 6, ..SilencePolicy::OFFERED };
                        if policy != Some(new) {
                            left.clear();
                        }
                        policy = Some(new);
                    }
                    Event::Sent => if let Some(silence) = kept.take() {
                        let after = silence.clone().left(Announced::Sent(now));
                        if after != silence && Some(silence.policy) == policy && silence.since == since {
                            left.push(now);
                        }
                        kept = Some(after);
                    },
                    Event::Back => kept = kept.map(|silence| silence.left(Announced::CameBack)),
                    Event::Night => match Silence::step(kept.as_ref(), policy.as_ref(), Some(since), now) {
                        SilenceStep::AnnounceFirst => kept = Some(Silence::announced(policy.unwrap(), since)),
                        SilenceStep::AnnounceSecond => {
                            kept = kept.map(|silence| Silence { second: Some(Announced::Queued), ..silence });
                        }
                        SilenceStep::Act => {
                            let apart = days(i64::from(policy.unwrap().apart_days));
                            prop_assert_eq!(left.len(), 2);
                            prop_assert!(left[1].duration_since(left[0]) >= apart);
                            prop_assert!(now.duration_since(left[1]) >= apart);
                            prop_assert!(is_long(&policy.unwrap(), since, left[0]));
                            kept = kept.map(|silence| Silence { done_at: Some(now), ..silence });
                        }
                        SilenceStep::Forget => (kept, left) = (None, Vec::new()),
                        SilenceStep::Wait(_) | SilenceStep::Over => {}
                    },
                }
            }
        }
    }
}
