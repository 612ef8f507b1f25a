//! The rules of a meeting schedule: a rhythm, days, times. What a rhythm does not need is hidden by the stylesheet, and
//! ignored when it is sent.

use domain::Schedule;
use domain::schedule::{Nth, RhythmChoice, Rule, RuleInput, Weekday};
use jiff::Timestamp;

use super::rows::Context;
use super::words;
use crate::Lang;
use crate::form::{Choice, Control, FormField, errors_of};

/// The inputs of one rule.
pub(crate) struct RuleRow {
    pub(crate) rhythm: FormField,
    pub(crate) nths: FormField,
    pub(crate) weekdays: FormField,
    pub(crate) weeks: FormField,
    pub(crate) anchor: FormField,
    pub(crate) start: FormField,
    pub(crate) end: FormField,
    /// Months it is bound to, which the form keeps but does not offer.
    pub(crate) month_name: String,
    pub(crate) months: Vec<i8>,
}

impl RuleRow {
    pub(crate) fn errors(&self) -> Vec<(String, String)> {
        let fields = [&self.nths, &self.weekdays, &self.weeks, &self.anchor, &self.start, &self.end];
        fields.into_iter().flat_map(|field| errors_of(std::slice::from_ref(field))).collect()
    }
}

/// The rules of a schedule, and an empty one.
pub(crate) fn rows(at: &Context<'_>, key: &str, rules: &[RuleInput]) -> Vec<RuleRow> {
    let rules = rules.iter().map(Some).chain([None]);
    rules.enumerate().map(|(number, rule)| row(at, &format!("{key}-r{number}"), rule)).collect()
}

fn row(at: &Context<'_>, key: &str, rule: Option<&RuleInput>) -> RuleRow {
    let lang = at.lang;
    let fresh = RuleInput { weeks: 2, ..RuleInput::default() };
    let chosen = rule.map_or("", |rule| rule.rhythm.code());
    let rule = rule.unwrap_or(&fresh);
    let mut rhythms = vec![Choice::new("", lang.t("rhythm-none"), chosen)];
    let known = RhythmChoice::ALL.into_iter();
    rhythms.extend(known.map(|one| Choice::new(one.code(), lang.choice("rhythm", one.code()), chosen)));
    let weekdays = Weekday::ALL.into_iter().zip(1..).map(|(day, number)| Choice {
        chosen: rule.weekdays.contains(&day),
        ..Choice::new(day.code(), lang.t(&format!("weekday-{number}")), "")
    });
    let nths = Nth::ALL.into_iter().map(|nth| Choice {
        chosen: rule.nths.contains(&nth),
        ..Choice::new(nth.code(), lang.t(&format!("nth{}", nth.code())), "")
    });
    let part = |part: &str, value: &str| at.input(format!("{key}-{part}"), lang.t(&format!("rule-{part}")), value);
    RuleRow {
        rhythm: part("rhythm", chosen).control(Control::Select(rhythms)).width("w-20"),
        nths: part("nth", "").control(Control::Checks(nths.collect())),
        weekdays: part("weekday", "").control(Control::Checks(weekdays.collect())),
        weeks: part("weeks", &rule.weeks.to_string()).inputmode("numeric").width("w-5"),
        anchor: part("anchor", &rule.anchor).control(Control::Input("date")).width("w-10"),
        start: part("start", &rule.start).width("w-5"),
        end: part("end", &rule.end).width("w-5"),
        month_name: format!("{key}-month"),
        months: rule.months.clone(),
    }
}

/// The next three dates, if all rules are right.
pub(crate) fn next(lang: Lang, rules: &[RuleInput], now: Timestamp) -> Vec<String> {
    let rules: Result<Vec<Rule>, _> = rules.iter().map(RuleInput::check).collect();
    let schedule = Schedule::of(rules.unwrap_or_default(), "");
    schedule.next(now, 3).iter().map(|meeting| words::meeting(lang, &meeting.start)).collect()
}
