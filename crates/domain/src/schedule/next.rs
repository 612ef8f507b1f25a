//! The next dates, computed day by day in local time.

use std::sync::LazyLock;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

use super::Schedule;

/// How far ahead dates are looked for: a fifth Monday in February comes every 28 years, nobody asks for that one.
const HORIZON_DAYS: u32 = 6 * 366;

/// One meeting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Occurrence {
    /// When it begins.
    pub start: Zoned,
    /// When it ends, if that is known.
    pub end: Option<Zoned>,
}

static BERLIN: LazyLock<TimeZone> = LazyLock::new(|| {
    // On a machine without a time zone database the present rule (Directive 2000/84/EC) is exact from 1996 on.
    TimeZone::get("Europe/Berlin").or_else(|_| TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3")).unwrap_or(TimeZone::UTC)
});

/// The time zone in which German groups meet.
pub fn berlin() -> TimeZone {
    BERLIN.clone()
}

impl Schedule {
    /// The next meetings that begin at `after` or later, in order, at most `count`. Two rules that name the same moment
    /// give one meeting. Empty when the schedule is text only. Looks six years ahead.
    pub fn next(&self, after: Timestamp, count: usize) -> Vec<Occurrence> {
        let mut found = Vec::new();
        if self.rules.is_empty() || count == 0 {
            return found;
        }
        let after = after.to_zoned(berlin());
        let mut date = after.date();
        for _ in 0..HORIZON_DAYS {
            if !self.exceptions.contains(&date) {
                let mut today: Vec<_> = self.on(date).filter(|meeting| meeting.start >= after).collect();
                today.sort_by(|a, b| a.start.cmp(&b.start));
                today.dedup_by(|later, earlier| later.start == earlier.start);
                found.append(&mut today);
            }
            if found.len() >= count {
                break;
            }
            let Ok(tomorrow) = date.tomorrow() else { break };
            date = tomorrow;
        }
        found.truncate(count);
        found
    }

    fn on(&self, date: Date) -> impl Iterator<Item = Occurrence> + '_ {
        self.rules.iter().filter(move |rule| rule.meets_on(date)).filter_map(move |rule| {
            let start = date.to_datetime(rule.start()).to_zoned(berlin()).ok()?;
            let end = rule.end().and_then(|end| date.to_datetime(end).to_zoned(berlin()).ok());
            Some(Occurrence { start, end })
        })
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use jiff::civil::{Date, date, time};
    use proptest::prelude::*;

    use crate::schedule::{Nth, Parity, Rhythm, Rule, Schedule, Weekday};

    fn schedule(rhythm: Rhythm) -> Schedule {
        Schedule::of(vec![Rule::new(rhythm, time(18, 30, 0, 0), Some(time(20, 0, 0, 0))).unwrap()], "")
    }

    fn at(date: Date) -> Timestamp {
        date.at(0, 0, 0, 0).to_zoned(super::berlin()).unwrap().timestamp()
    }

    fn dates(schedule: &Schedule, from: Date, count: usize) -> Vec<String> {
        schedule.next(at(from), count).iter().map(|meeting| meeting.start.date().to_string()).collect()
    }

    #[test]
    fn half_past_six_stays_half_past_six_when_the_clocks_change() {
        let weekly = schedule(Rhythm::Weekly { weekdays: vec![Weekday::Wednesday] });
        for from in [date(2026, 3, 20), date(2026, 10, 16)] {
            let meetings = weekly.next(at(from), 3);
            assert!(meetings.iter().all(|m| m.start.time() == time(18, 30, 0, 0)));
            let offsets: Vec<_> = meetings.iter().map(|m| m.start.offset()).collect();
            assert_ne!(offsets[0], offsets[2], "the change lies between them");
            assert!(meetings.iter().all(|m| m.end.as_ref().unwrap().time() == time(20, 0, 0, 0)));
        }
    }

    #[test]
    fn odd_weeks_meet_twice_in_a_row_around_the_new_year_of_2027() {
        let odd = schedule(Rhythm::WeekParity { parity: Parity::Odd, weekdays: vec![Weekday::Thursday] });
        assert_eq!(
            dates(&odd, date(2026, 12, 10), 4),
            ["2026-12-17", "2026-12-31", "2027-01-07", "2027-01-21"],
            "weeks 51, 53, 1, 3"
        );
        let even = schedule(Rhythm::WeekParity { parity: Parity::Even, weekdays: vec![Weekday::Thursday] });
        assert_eq!(dates(&even, date(2026, 12, 10), 3), ["2026-12-10", "2026-12-24", "2027-01-14"], "weeks 50, 52, 2");
        let friday = schedule(Rhythm::WeekParity { parity: Parity::Odd, weekdays: vec![Weekday::Friday] });
        assert_eq!(dates(&friday, date(2026, 12, 19), 2), ["2027-01-01", "2027-01-08"], "1 January is week 53 of 2026");
    }

    #[test]
    fn last_and_second_last_follow_the_length_of_the_month() {
        let last = schedule(Rhythm::MonthlyNth { nths: vec![Nth::Last], weekday: Weekday::Tuesday, months: vec![] });
        assert_eq!(dates(&last, date(2026, 1, 1), 3), ["2026-01-27", "2026-02-24", "2026-03-31"]);
        let before =
            schedule(Rhythm::MonthlyNth { nths: vec![Nth::SecondLast], weekday: Weekday::Tuesday, months: vec![] });
        assert_eq!(dates(&before, date(2026, 3, 1), 1), ["2026-03-24"]);
    }

    #[test]
    fn exceptions_are_left_out_and_the_past_is_past() {
        let mut weekly = schedule(Rhythm::Weekly { weekdays: vec![Weekday::Friday] });
        weekly.exceptions.push(date(2026, 12, 25));
        assert_eq!(dates(&weekly, date(2026, 12, 18), 3), ["2026-12-18", "2027-01-01", "2027-01-08"]);
        let during = date(2026, 12, 18).at(18, 31, 0, 0).to_zoned(super::berlin()).unwrap().timestamp();
        assert_eq!(weekly.next(during, 1)[0].start.date(), date(2027, 1, 1));
    }

    #[test]
    fn an_interval_counts_from_its_anchor_and_never_before_it() {
        let four = schedule(Rhythm::EveryNWeeks { weeks: 4, anchor: date(2026, 12, 1) });
        assert_eq!(dates(&four, date(2026, 1, 1), 2), ["2026-12-01", "2026-12-29"]);
    }

    #[test]
    fn two_rules_at_one_moment_are_one_meeting() {
        let mut twice = schedule(Rhythm::Weekly { weekdays: vec![Weekday::Friday] });
        twice.rules.push(twice.rules[0].clone());
        assert_eq!(dates(&twice, date(2026, 12, 18), 2), ["2026-12-18", "2026-12-25"]);
    }

    fn rhythms() -> impl Strategy<Value = Rhythm> {
        let day = (0..7usize).prop_map(|n| Weekday::ALL[n]);
        let nth = (0..7usize).prop_map(|n| Nth::ALL[n]);
        prop_oneof![
            prop::collection::vec(day.clone(), 1..3).prop_map(|weekdays| Rhythm::Weekly { weekdays }),
            (prop::collection::vec(nth, 1..3), day, prop::collection::vec(1..=12i8, 0..5))
                .prop_map(|(nths, weekday, months)| Rhythm::MonthlyNth { nths, weekday, months }),
            (2..9u8, 0..30i8).prop_map(|(weeks, day)| Rhythm::EveryNWeeks { weeks, anchor: date(2026, 1, day + 1) }),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]
        #[test]
        fn our_dates_are_those_of_the_rrule_crate(rhythm in rhythms()) {
            let ours = schedule(rhythm);
            let meetings = ours.next(at(date(2026, 2, 1)), 12);
            prop_assume!(!meetings.is_empty());
            let first = &meetings[0].start;
            let text = format!(
                "DTSTART;TZID=Europe/Berlin:{}T183000\nRRULE:{};COUNT={}",
                first.date().strftime("%Y%m%d"), ours.rules[0].to_rrule().unwrap(), meetings.len()
            );
            let theirs: Vec<i64> = text.parse::<rrule::RRuleSet>().unwrap().all(100).dates
                .iter().map(chrono::DateTime::timestamp).collect();
            let ours: Vec<i64> = meetings.iter().map(|m| m.start.timestamp().as_second()).collect();
            prop_assert_eq!(ours, theirs, "{}", text);
        }
    }
}
