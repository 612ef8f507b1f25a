//! When a group meets: recurrence rules (RFC 5545) with the words of the group beside them.
//!
//! A [`Schedule`] always keeps the group's own words. Where they state weekday, time and a rhythm that can be told
//! for every day to come, [`Schedule::parse_german`] adds [`Rule`]s, from which [`Schedule::next`] computes dates;
//! where they do not, it says why ([`WhyText`]). It never guesses: a wrong date sends somebody to a locked door.
//!
//! Start reading at [`rule`]; the reading of German text is in `words` (tokens), `time_of_day`, `clause` and `german`.

mod clause;
pub mod form;
mod german;
mod next;
pub mod rule;
mod time_of_day;
mod words;

#[cfg(test)]
mod german_table;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use form::{RhythmChoice, RuleInput};
pub use next::{Occurrence, berlin};
pub use rule::{InvalidRule, Nth, Parity, Rhythm, Rule, Weekday};

/// When a group meets.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Schedule {
    /// In the group's words: "1. Mittwoch im Monat, 18.30 Uhr", "nach Absprache".
    pub text: String,
    /// The rhythm, if it is known; several rules are all followed.
    pub rules: Vec<Rule>,
    /// Days on which the group does not meet although a rule says so (RFC 5545 EXDATE).
    pub exceptions: Vec<Date>,
    /// What the rules cannot say: "außer in den Ferien".
    pub remark: String,
    /// Why there are no rules. `None` when there are some, or when there is no text either.
    pub why_text: Option<WhyText>,
}

/// Why a schedule stays text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WhyText {
    /// "auf Anfrage".
    OnRequest,
    /// "nach Absprache", "nach Vereinbarung", "bei Bedarf".
    ByArrangement,
    /// The group pauses: "z.Zt. Sommerpause, danach Donnerstag".
    Paused,
    /// "unregelmäßig", "wechselnde Tage".
    Irregular,
    /// "siehe Website".
    SeeElsewhere,
    /// An interval without a day to count from: "alle 4 Wochen Dienstag", "14-tägig Mi".
    NoAnchor,
    /// Monthly, but not which one: "monatlich Mittwoch".
    WhichWeek,
    /// No weekday.
    NoWeekday,
    /// No time of day.
    NoTime,
    /// A time of day that can be read in two ways: "abends 7 Uhr", "18-20".
    UnclearTime,
    /// Only for a part of the year or from some day on: "ab September".
    LimitedPeriod,
    /// Can be read in two ways: "jeden 2. Montag", "Mo oder Mi".
    Ambiguous,
    /// Words that no rule knows.
    NotUnderstood,
}

impl WhyText {
    /// All reasons.
    pub const ALL: [Self; 13] = [
        Self::OnRequest,
        Self::ByArrangement,
        Self::Paused,
        Self::Irregular,
        Self::SeeElsewhere,
        Self::NoAnchor,
        Self::WhichWeek,
        Self::NoWeekday,
        Self::NoTime,
        Self::UnclearTime,
        Self::LimitedPeriod,
        Self::Ambiguous,
        Self::NotUnderstood,
    ];

    /// The word used in translations.
    pub const fn code(self) -> &'static str {
        match self {
            Self::OnRequest => "on_request",
            Self::ByArrangement => "by_arrangement",
            Self::Paused => "paused",
            Self::Irregular => "irregular",
            Self::SeeElsewhere => "see_elsewhere",
            Self::NoAnchor => "no_anchor",
            Self::WhichWeek => "which_week",
            Self::NoWeekday => "no_weekday",
            Self::NoTime => "no_time",
            Self::UnclearTime => "unclear_time",
            Self::LimitedPeriod => "limited_period",
            Self::Ambiguous => "ambiguous",
            Self::NotUnderstood => "not_understood",
        }
    }
}

impl Schedule {
    /// A schedule from a form: rules that were chosen, and words beside them.
    pub fn of(rules: Vec<Rule>, text: impl Into<String>) -> Self {
        Self { text: text.into(), rules, ..Self::default() }
    }

    /// Reads what a German office writes into a list: "1. und 3. Freitag im Monat um 17:30", "14-tägig Mi 19 Uhr
    /// (gerade KW)", "dienstags 18-20 Uhr außer Ferien". Every word must be understood, or all of it stays text.
    pub fn parse_german(text: &str) -> Self {
        german::parse(text)
    }

    /// Whether dates can be computed.
    pub fn is_structured(&self) -> bool {
        !self.rules.is_empty()
    }
}
