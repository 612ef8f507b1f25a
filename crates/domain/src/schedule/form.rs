//! A rule as a form holds it: texts, with the errors at their fields.

use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};

use super::{InvalidRule, Nth, Parity, Rhythm, Rule, Weekday};

/// The rhythms a form offers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RhythmChoice {
    /// Every week.
    #[default]
    Weekly,
    /// By count in the month.
    MonthlyNth,
    /// Even calendar weeks.
    EvenWeeks,
    /// Odd calendar weeks.
    OddWeeks,
    /// Every so many weeks.
    EveryNWeeks,
}

impl RhythmChoice {
    /// All, as offered.
    pub const ALL: [Self; 5] = [Self::Weekly, Self::MonthlyNth, Self::EvenWeeks, Self::OddWeeks, Self::EveryNWeeks];

    /// The word used in forms.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Weekly => "weekly",
            Self::MonthlyNth => "monthly_nth",
            Self::EvenWeeks => "even_weeks",
            Self::OddWeeks => "odd_weeks",
            Self::EveryNWeeks => "every_n_weeks",
        }
    }

    /// Reads [`RhythmChoice::code`] back.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|choice| choice.code() == code)
    }
}

/// What was typed and chosen; kept as it is when there is an error.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RuleInput {
    /// Which rhythm.
    pub rhythm: RhythmChoice,
    /// Weekdays.
    pub weekdays: Vec<Weekday>,
    /// Which ones in the month; only for [`RhythmChoice::MonthlyNth`].
    pub nths: Vec<Nth>,
    /// Only in these months; all when empty.
    pub months: Vec<i8>,
    /// Every so many weeks; only for [`RhythmChoice::EveryNWeeks`].
    pub weeks: u8,
    /// A day on which the group met, `2026-11-22` or `22.11.2026`; only for [`RhythmChoice::EveryNWeeks`].
    pub anchor: String,
    /// `18:30`.
    pub start: String,
    /// `20:00` or empty.
    pub end: String,
}

impl RuleInput {
    /// The rule, or everything that is wrong at once.
    pub fn check(&self) -> Result<Rule, Vec<InvalidRule>> {
        let mut wrong = Vec::new();
        let start = read_time(&self.start);
        if start.is_none() {
            wrong.push(InvalidRule::NoStart);
        }
        let end = read_time(&self.end);
        if end.is_none() && !self.end.trim().is_empty() {
            wrong.push(InvalidRule::BadEnd);
        }
        let rhythm = self.rhythm().and_then(Rhythm::check).map_err(|error| wrong.push(error)).ok();
        match (rhythm, start) {
            (Some(rhythm), Some(start)) if wrong.is_empty() => {
                Rule::new(rhythm, start, end).map_err(|error| vec![error])
            }
            _ => Err(wrong),
        }
    }

    fn rhythm(&self) -> Result<Rhythm, InvalidRule> {
        let weekdays = self.weekdays.clone();
        match self.rhythm {
            RhythmChoice::Weekly => Ok(Rhythm::Weekly { weekdays }),
            RhythmChoice::EvenWeeks => Ok(Rhythm::WeekParity { parity: Parity::Even, weekdays }),
            RhythmChoice::OddWeeks => Ok(Rhythm::WeekParity { parity: Parity::Odd, weekdays }),
            RhythmChoice::MonthlyNth => match weekdays.as_slice() {
                [] => Err(InvalidRule::NoWeekday),
                [weekday] => {
                    Ok(Rhythm::MonthlyNth { nths: self.nths.clone(), weekday: *weekday, months: self.months.clone() })
                }
                _ => Err(InvalidRule::OneWeekdayOnly),
            },
            RhythmChoice::EveryNWeeks => {
                let anchor = read_date(&self.anchor).ok_or(InvalidRule::NoAnchor)?;
                Ok(Rhythm::EveryNWeeks { weeks: self.weeks, anchor })
            }
        }
    }
}

impl From<&Rule> for RuleInput {
    fn from(rule: &Rule) -> Self {
        let clock = |time: Time| time.strftime("%H:%M").to_string();
        let mut input = Self {
            weekdays: rule.rhythm().weekdays(),
            weeks: 2,
            start: clock(rule.start()),
            end: rule.end().map(clock).unwrap_or_default(),
            ..Self::default()
        };
        match rule.rhythm() {
            Rhythm::Weekly { .. } => input.rhythm = RhythmChoice::Weekly,
            Rhythm::WeekParity { parity: Parity::Even, .. } => input.rhythm = RhythmChoice::EvenWeeks,
            Rhythm::WeekParity { parity: Parity::Odd, .. } => input.rhythm = RhythmChoice::OddWeeks,
            Rhythm::MonthlyNth { nths, months, .. } => {
                input.rhythm = RhythmChoice::MonthlyNth;
                input.nths.clone_from(nths);
                input.months.clone_from(months);
            }
            Rhythm::EveryNWeeks { weeks, anchor } => {
                input.rhythm = RhythmChoice::EveryNWeeks;
                input.weeks = *weeks;
                input.anchor = anchor.to_string();
            }
        }
        input
    }
}

/// `18:30`, `18.30`, `18`, each with "Uhr" or without: in a field for a time nothing else can be meant.
fn read_time(text: &str) -> Option<Time> {
    let text = text.trim().trim_end_matches("Uhr").trim_end_matches('h').trim();
    let (hour, minute) = text.split_once([':', '.']).unwrap_or((text, "0"));
    if [hour, minute].iter().any(|part| part.is_empty() || part.len() > 2 || !part.bytes().all(|b| b.is_ascii_digit()))
    {
        return None;
    }
    Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()
}

fn read_date(text: &str) -> Option<Date> {
    let text = text.trim();
    text.parse().ok().or_else(|| Date::strptime("%d.%m.%Y", text).ok())
}

#[cfg(test)]
mod tests {
    use super::{InvalidRule, Nth, RhythmChoice, RuleInput, Weekday};

    #[test]
    fn a_form_gives_a_rule_and_the_rule_gives_the_form_back() {
        let input = RuleInput {
            rhythm: RhythmChoice::MonthlyNth,
            weekdays: vec![Weekday::Friday],
            nths: vec![Nth::First, Nth::Third],
            weeks: 2,
            start: "18:30".into(),
            end: "20:00".into(),
            ..RuleInput::default()
        };
        let rule = input.check().unwrap();
        assert_eq!(rule.to_rrule().as_deref(), Some("FREQ=MONTHLY;BYDAY=1FR,3FR"));
        assert_eq!(RuleInput::from(&rule), input);
    }

    #[test]
    fn a_form_says_everything_that_is_wrong_at_once() {
        let input = RuleInput { start: "25:00".into(), end: "abends".into(), ..RuleInput::default() };
        assert_eq!(input.check().unwrap_err(), [InvalidRule::NoStart, InvalidRule::BadEnd, InvalidRule::NoWeekday]);
        let backwards = RuleInput {
            weekdays: vec![Weekday::Monday],
            start: "19.30 Uhr".into(),
            end: "18".into(),
            ..RuleInput::default()
        };
        assert_eq!(backwards.check().unwrap_err(), [InvalidRule::EndBeforeStart]);
        let far = RuleInput { rhythm: RhythmChoice::EveryNWeeks, start: "18".into(), ..RuleInput::default() };
        assert_eq!(far.check().unwrap_err(), [InvalidRule::NoAnchor]);
    }
}
