//! A meeting rule in German words, for schedules that were only chosen and not written; and what is wrong with one.

use domain::schedule::{InvalidRule, Nth, Parity, Rhythm, Rule, Weekday};
use jiff::civil::Time;

const fn day(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Monday => "Montag",
        Weekday::Tuesday => "Dienstag",
        Weekday::Wednesday => "Mittwoch",
        Weekday::Thursday => "Donnerstag",
        Weekday::Friday => "Freitag",
        Weekday::Saturday => "Samstag",
        Weekday::Sunday => "Sonntag",
    }
}

const fn nth(nth: Nth) -> &'static str {
    match nth {
        Nth::First => "1.",
        Nth::Second => "2.",
        Nth::Third => "3.",
        Nth::Fourth => "4.",
        Nth::Fifth => "5.",
        Nth::SecondLast => "vorletzten",
        Nth::Last => "letzten",
    }
}

const MONTHS: [&str; 12] = [
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
];

fn and(parts: &[&str]) -> String {
    match parts {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [most @ .., last] => format!("{} und {last}", most.join(", ")),
    }
}

fn days(weekdays: &[Weekday]) -> String {
    and(&weekdays.iter().map(|weekday| day(*weekday)).collect::<Vec<_>>())
}

fn clock(time: Time) -> String {
    if time.minute() == 0 { time.hour().to_string() } else { time.strftime("%-H:%M").to_string() }
}

/// "jeden 1. und 3. Freitag im Monat, 17:30–19 Uhr".
pub fn german(rule: &Rule) -> String {
    let rhythm = match rule.rhythm() {
        Rhythm::Weekly { weekdays } => format!("jeden {}", days(weekdays)),
        Rhythm::WeekParity { parity: Parity::Even, weekdays } => {
            format!("{} in geraden Kalenderwochen", days(weekdays))
        }
        Rhythm::WeekParity { parity: Parity::Odd, weekdays } => {
            format!("{} in ungeraden Kalenderwochen", days(weekdays))
        }
        Rhythm::MonthlyNth { nths, weekday, months } => {
            let which = and(&nths.iter().map(|one| nth(*one)).collect::<Vec<_>>());
            let months: Vec<_> = months
                .iter()
                .filter_map(|month| MONTHS.get(usize::try_from(*month).ok()?.checked_sub(1)?).copied())
                .collect();
            let only = if months.is_empty() { "im Monat".to_owned() } else { format!("im {}", and(&months)) };
            format!("jeden {which} {} {only}", day(*weekday))
        }
        Rhythm::EveryNWeeks { weeks, anchor } => {
            format!("alle {weeks} Wochen {}, gezählt ab {}", day(Weekday::of(*anchor)), anchor.strftime("%d.%m.%Y"))
        }
    };
    match rule.end() {
        Some(end) => format!("{rhythm}, {}–{} Uhr", clock(rule.start()), clock(end)),
        None => format!("{rhythm}, {} Uhr", clock(rule.start())),
    }
}

/// The part of the form, and the code of the text that explains it.
pub(super) const fn problem(wrong: InvalidRule) -> (&'static str, &'static str) {
    match wrong {
        InvalidRule::NoWeekday => ("weekday", "rule-no-weekday"),
        InvalidRule::OneWeekdayOnly => ("weekday", "rule-one-weekday"),
        InvalidRule::NoNth => ("nth", "rule-no-nth"),
        InvalidRule::BadMonth => ("nth", "rule-bad-month"),
        InvalidRule::BadInterval => ("weeks", "rule-bad-interval"),
        InvalidRule::NoAnchor => ("anchor", "rule-no-anchor"),
        InvalidRule::NoStart => ("start", "rule-no-start"),
        InvalidRule::BadEnd => ("end", "rule-bad-end"),
        InvalidRule::EndBeforeStart => ("end", "rule-end-before-start"),
    }
}

#[cfg(test)]
mod tests {
    use domain::Schedule;

    use super::german;

    #[test]
    fn the_words_of_a_rule_mean_the_rule() {
        for text in [
            "jeden Dienstag, 18–20 Uhr",
            "jeden 1. und 3. Freitag im Monat, 17:30 Uhr",
            "jeden letzten Mittwoch im Monat, 9 Uhr",
        ] {
            let rule = Schedule::parse_german(text).rules.remove(0);
            assert_eq!(german(&rule), text);
            assert_eq!(Schedule::parse_german(&german(&rule)).rules, [rule]);
        }
    }
}
