//! One rhythm at one time of day, in local time: 18:30 stays 18:30 in summer and winter.

use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};

/// A day of the week, Monday first (ISO 8601).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Weekday {
    /// Montag.
    #[serde(rename = "mo")]
    Monday,
    /// Dienstag.
    #[serde(rename = "tu")]
    Tuesday,
    /// Mittwoch.
    #[serde(rename = "we")]
    Wednesday,
    /// Donnerstag.
    #[serde(rename = "th")]
    Thursday,
    /// Freitag.
    #[serde(rename = "fr")]
    Friday,
    /// Samstag, Sonnabend.
    #[serde(rename = "sa")]
    Saturday,
    /// Sonntag.
    #[serde(rename = "su")]
    Sunday,
}

impl Weekday {
    /// All, Monday first.
    pub const ALL: [Self; 7] =
        [Self::Monday, Self::Tuesday, Self::Wednesday, Self::Thursday, Self::Friday, Self::Saturday, Self::Sunday];

    /// Two small letters, as in RFC 5545 (there in capitals).
    pub const fn code(self) -> &'static str {
        match self {
            Self::Monday => "mo",
            Self::Tuesday => "tu",
            Self::Wednesday => "we",
            Self::Thursday => "th",
            Self::Friday => "fr",
            Self::Saturday => "sa",
            Self::Sunday => "su",
        }
    }

    /// Reads [`Weekday::code`] back.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|day| day.code() == code)
    }

    /// The weekday of a date.
    pub fn of(date: Date) -> Self {
        use jiff::civil::Weekday as Jiff;
        match date.weekday() {
            Jiff::Monday => Self::Monday,
            Jiff::Tuesday => Self::Tuesday,
            Jiff::Wednesday => Self::Wednesday,
            Jiff::Thursday => Self::Thursday,
            Jiff::Friday => Self::Friday,
            Jiff::Saturday => Self::Saturday,
            Jiff::Sunday => Self::Sunday,
        }
    }
}

/// Which one in the month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Nth {
    /// The first.
    First,
    /// The second.
    Second,
    /// The third.
    Third,
    /// The fourth.
    Fourth,
    /// The fifth; not every month has one.
    Fifth,
    /// The last but one.
    SecondLast,
    /// The last.
    Last,
}

impl Nth {
    /// All, in the order of a month.
    pub const ALL: [Self; 7] =
        [Self::First, Self::Second, Self::Third, Self::Fourth, Self::Fifth, Self::SecondLast, Self::Last];

    /// As RFC 5545 counts: from the end with negative numbers.
    pub const fn number(self) -> i8 {
        match self {
            Self::First => 1,
            Self::Second => 2,
            Self::Third => 3,
            Self::Fourth => 4,
            Self::Fifth => 5,
            Self::SecondLast => -2,
            Self::Last => -1,
        }
    }

    /// The word used in forms.
    pub const fn code(self) -> &'static str {
        match self {
            Self::First => "1",
            Self::Second => "2",
            Self::Third => "3",
            Self::Fourth => "4",
            Self::Fifth => "5",
            Self::SecondLast => "-2",
            Self::Last => "-1",
        }
    }

    /// Reads [`Nth::code`] back.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|nth| nth.code() == code)
    }

    fn holds(self, date: Date) -> bool {
        let from_start = (date.day() - 1) / 7 + 1;
        let from_end = (date.days_in_month() - date.day()) / 7 + 1;
        let number = self.number();
        if number > 0 { from_start == number } else { from_end == -number }
    }
}

/// Even or odd ISO calendar weeks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Parity {
    /// Gerade KW.
    Even,
    /// Ungerade KW. After a week 53 (2026) follows week 1: two odd weeks in a row.
    Odd,
}

/// On which days.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Rhythm {
    /// Every week.
    Weekly {
        /// On these days, in order, at least one.
        weekdays: Vec<Weekday>,
    },
    /// In the month by count: "1. und 3. Freitag".
    MonthlyNth {
        /// Which ones, in order, at least one.
        nths: Vec<Nth>,
        /// Of this weekday.
        weekday: Weekday,
        /// Only in these months (1 to 12), in order; all when empty.
        #[serde(default)]
        months: Vec<i8>,
    },
    /// In even or odd ISO calendar weeks.
    WeekParity {
        /// Which weeks.
        parity: Parity,
        /// On these days, in order, at least one.
        weekdays: Vec<Weekday>,
    },
    /// Every so many weeks, counted from a day on which the group met.
    EveryNWeeks {
        /// 2 to 52.
        weeks: u8,
        /// A day on which the group met; says the weekday too. Nothing before it.
        anchor: Date,
    },
}

impl Rhythm {
    /// The weekdays on which this may fall.
    pub fn weekdays(&self) -> Vec<Weekday> {
        match self {
            Self::Weekly { weekdays } | Self::WeekParity { weekdays, .. } => weekdays.clone(),
            Self::MonthlyNth { weekday, .. } => vec![*weekday],
            Self::EveryNWeeks { anchor, .. } => vec![Weekday::of(*anchor)],
        }
    }

    fn holds(&self, date: Date) -> bool {
        match self {
            Self::Weekly { weekdays } => weekdays.contains(&Weekday::of(date)),
            Self::MonthlyNth { nths, weekday, months } => {
                *weekday == Weekday::of(date)
                    && (months.is_empty() || months.contains(&date.month()))
                    && nths.iter().any(|nth| nth.holds(date))
            }
            Self::WeekParity { parity, weekdays } => {
                let odd = date.iso_week_date().week() % 2 == 1;
                weekdays.contains(&Weekday::of(date)) && odd == (*parity == Parity::Odd)
            }
            Self::EveryNWeeks { weeks, anchor } => {
                let days = date.since(*anchor).map_or(-1, |span| span.get_days());
                days >= 0 && days % (7 * i32::from(*weeks)) == 0
            }
        }
    }

    pub(super) fn check(self) -> Result<Self, InvalidRule> {
        match self {
            Self::Weekly { weekdays } => Ok(Self::Weekly { weekdays: ordered(weekdays, InvalidRule::NoWeekday)? }),
            Self::WeekParity { parity, weekdays } => {
                Ok(Self::WeekParity { parity, weekdays: ordered(weekdays, InvalidRule::NoWeekday)? })
            }
            Self::MonthlyNth { nths, weekday, mut months } => {
                months.sort_unstable();
                months.dedup();
                if months.iter().any(|month| !(1..=12).contains(month)) {
                    return Err(InvalidRule::BadMonth);
                }
                if months.len() == 12 {
                    months.clear();
                }
                Ok(Self::MonthlyNth { nths: ordered(nths, InvalidRule::NoNth)?, weekday, months })
            }
            Self::EveryNWeeks { weeks: 2..=52, .. } => Ok(self),
            Self::EveryNWeeks { .. } => Err(InvalidRule::BadInterval),
        }
    }
}

fn ordered<T: Ord>(mut values: Vec<T>, none: InvalidRule) -> Result<Vec<T>, InvalidRule> {
    values.sort_unstable();
    values.dedup();
    if values.is_empty() { Err(none) } else { Ok(values) }
}

/// What is wrong with a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum InvalidRule {
    /// No weekday was chosen.
    #[error("no weekday")]
    NoWeekday,
    /// Monthly, but not which one.
    #[error("monthly, but not which one in the month")]
    NoNth,
    /// Monthly, on more than one weekday at once.
    #[error("monthly by count takes one weekday")]
    OneWeekdayOnly,
    /// A month outside 1 to 12.
    #[error("no such month")]
    BadMonth,
    /// An interval outside 2 to 52 weeks.
    #[error("an interval is 2 to 52 weeks")]
    BadInterval,
    /// An interval without a day to count from.
    #[error("an interval needs a day on which the group met")]
    NoAnchor,
    /// No time, or one that is none.
    #[error("no time of day")]
    NoStart,
    /// An end that is no time.
    #[error("the end is no time of day")]
    BadEnd,
    /// The end is not after the start.
    #[error("the end is not after the start")]
    EndBeforeStart,
}

/// One rhythm at one time of day (Europe/Berlin, local time).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Unchecked")]
pub struct Rule {
    rhythm: Rhythm,
    start: Time,
    end: Option<Time>,
}

#[derive(Deserialize)]
struct Unchecked {
    rhythm: Rhythm,
    start: Time,
    #[serde(default)]
    end: Option<Time>,
}

impl TryFrom<Unchecked> for Rule {
    type Error = InvalidRule;
    fn try_from(Unchecked { rhythm, start, end }: Unchecked) -> Result<Self, Self::Error> {
        Self::new(rhythm, start, end)
    }
}

impl Rule {
    /// A rule; lists in it are put in order. The end must be later on the same day.
    pub fn new(rhythm: Rhythm, start: Time, end: Option<Time>) -> Result<Self, InvalidRule> {
        if end.is_some_and(|end| end <= start) {
            return Err(InvalidRule::EndBeforeStart);
        }
        Ok(Self { rhythm: rhythm.check()?, start, end })
    }

    /// On which days.
    pub fn rhythm(&self) -> &Rhythm {
        &self.rhythm
    }

    /// When it begins.
    pub fn start(&self) -> Time {
        self.start
    }

    /// When it ends, if that is known.
    pub fn end(&self) -> Option<Time> {
        self.end
    }

    /// Whether the group meets on this day.
    pub fn meets_on(&self, date: Date) -> bool {
        self.rhythm.holds(date)
    }

    /// The value of an RFC 5545 `RRULE`, to stand beside a `DTSTART` that is itself a meeting (for an interval: the
    /// anchor, or a meeting counted from it).
    ///
    /// `None` for even and odd weeks: `BYWEEKNO` could say it, but many calendar programs do not know that part and
    /// would show wrong days; write such meetings as `RDATE`s from [`super::Schedule::next`].
    pub fn to_rrule(&self) -> Option<String> {
        let capital = |day: &Weekday| day.code().to_ascii_uppercase();
        match &self.rhythm {
            Rhythm::Weekly { weekdays } => {
                let days: Vec<_> = weekdays.iter().map(capital).collect();
                Some(format!("FREQ=WEEKLY;BYDAY={}", days.join(",")))
            }
            Rhythm::MonthlyNth { nths, weekday, months } => {
                let day = capital(weekday);
                let days: Vec<_> = nths.iter().map(|nth| format!("{}{day}", nth.number())).collect();
                let months: Vec<_> = months.iter().map(ToString::to_string).collect();
                let only = if months.is_empty() { String::new() } else { format!(";BYMONTH={}", months.join(",")) };
                Some(format!("FREQ=MONTHLY;BYDAY={}{only}", days.join(",")))
            }
            Rhythm::EveryNWeeks { weeks, anchor } => {
                Some(format!("FREQ=WEEKLY;INTERVAL={weeks};BYDAY={}", capital(&Weekday::of(*anchor))))
            }
            Rhythm::WeekParity { .. } => None,
        }
    }
}
