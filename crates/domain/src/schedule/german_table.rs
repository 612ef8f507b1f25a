//! What is understood of German schedule texts, and what is left alone.

use jiff::civil::Time;

use super::{Nth, Parity, Rhythm, Rule, Schedule, Weekday};

/// A rule in short: `fr 1,3 18:30-20:00`, `th odd 10:00`, `mo,we weekly 18:00`, `sa 2 (1,3,5,7,9,11) 14:30`.
fn short(rule: &Rule) -> String {
    let days = |weekdays: &[Weekday]| weekdays.iter().map(|day| day.code()).collect::<Vec<_>>().join(",");
    let rhythm = match rule.rhythm() {
        Rhythm::Weekly { weekdays } => format!("{} weekly", days(weekdays)),
        Rhythm::WeekParity { parity: Parity::Even, weekdays } => format!("{} even", days(weekdays)),
        Rhythm::WeekParity { parity: Parity::Odd, weekdays } => format!("{} odd", days(weekdays)),
        Rhythm::EveryNWeeks { weeks, anchor } => format!("every {weeks} from {anchor}"),
        Rhythm::MonthlyNth { nths, weekday, months } => {
            let nths: Vec<_> = nths.iter().map(|nth: &Nth| nth.code()).collect();
            let months: Vec<_> = months.iter().map(ToString::to_string).collect();
            let only = if months.is_empty() { String::new() } else { format!(" ({})", months.join(",")) };
            format!("{} {}{only}", weekday.code(), nths.join(","))
        }
    };
    let clock = |time: Time| time.strftime("%H:%M").to_string();
    let end = rule.end().map(|end| format!("-{}", clock(end))).unwrap_or_default();
    format!("{rhythm} {}{end}", clock(rule.start()))
}

fn judged(text: &str) -> String {
    let schedule = Schedule::parse_german(text);
    assert_eq!(schedule.text, text.trim(), "the group's words are kept");
    let mut result = match schedule.why_text {
        Some(why) => {
            assert!(schedule.rules.is_empty());
            format!("? {}", why.code())
        }
        None => schedule.rules.iter().map(short).collect::<Vec<_>>().join(" + "),
    };
    if !schedule.remark.is_empty() {
        result = format!("{result} | {}", schedule.remark);
    }
    result
}

fn check(table: &[(&str, &str)]) {
    let wrong: Vec<String> = table
        .iter()
        .filter(|(text, expected)| judged(text) != *expected)
        .map(|(text, expected)| format!("{text:?}\n  gives     {}\n  should be {expected}", judged(text)))
        .collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), table.len(), wrong.join("\n"));
}

#[test]
fn texts_with_weekday_rhythm_and_time_become_rules() {
    check(&[
        // the shapes of offices' lists
        ("1. und 3. Freitag im Monat um 17:30", "fr 1,3 17:30"),
        ("1. und 3. Samstag im Monat um 18.30 Uhr", "sa 1,3 18:30"),
        ("1. und 3. Donnerstag im Monat um 19 Uhr", "th 1,3 19:00"),
        ("1. und 3. Mittwoch im Monat um 19:00 - 21:00", "we 1,3 19:00-21:00"),
        ("14-tägig Mi 14.30 (gerade KW)", "we even 14:30"),
        ("14-tägig Sa 16 Uhr (gerade KW)", "sa even 16:00"),
        ("14-tägig Fr 18.30 Uhr (gerade KW)", "fr even 18:30"),
        ("14-tägig Mo 19:00 - 21:00 (gerade KW)", "mo even 19:00-21:00"),
        ("ungerade KW, Donnerstag, 10:00", "th odd 10:00"),
        ("ungerade KW, Freitag, 18.30 Uhr", "fr odd 18:30"),
        ("ungerade KW, Dienstag, 14.30", "tu odd 14:30"),
        ("ungerade KW, Montag, 19:00 - 21:00", "mo odd 19:00-21:00"),
        ("jeden Donnerstag 19:00 - 21:00", "th weekly 19:00-21:00"),
        ("jeden Mittwoch 19 Uhr", "we weekly 19:00"),
        ("jeden Dienstag 14.30", "tu weekly 14:30"),
        ("letzter Mittwoch im Monat 16 Uhr", "we -1 16:00"),
        ("letzter Freitag im Monat 19:00 - 21:00", "fr -1 19:00-21:00"),
        ("2. Samstag in den ungeraden Monaten, 14.30", "sa 2 (1,3,5,7,9,11) 14:30"),
        ("2. Freitag in den ungeraden Monaten, 19:00 - 21:00", "fr 2 (1,3,5,7,9,11) 19:00-21:00"),
        ("1. Samstag im Monat, 18.30 Uhr", "sa 1 18:30"),
        ("1. Dienstag im Monat, 19:00 - 21:00", "tu 1 19:00-21:00"),
        ("Dienstags 17:30 außer Ferien", "tu weekly 17:30 | außer Ferien"),
        ("Mittwochs 16 Uhr außer Ferien", "we weekly 16:00 | außer Ferien"),
        ("Samstags 19:00 - 21:00 außer Ferien", "sa weekly 19:00-21:00 | außer Ferien"),
        // ways to write the time
        ("jeden Mittwoch 19.30h", "we weekly 19:30"),
        ("dienstags, 18 bis 20 Uhr", "tu weekly 18:00-20:00"),
        ("dienstags von 18-20 Uhr", "tu weekly 18:00-20:00"),
        ("dienstags 18:00–20:00 Uhr", "tu weekly 18:00-20:00"),
        ("dienstags 18.00—20.00", "tu weekly 18:00-20:00"),
        ("dienstags 18.05 − 20.05 Uhr", "tu weekly 18:05-20:05"),
        ("dienstags 18 - 20.30 Uhr", "tu weekly 18:00-20:30"),
        ("dienstags 18h", "tu weekly 18:00"),
        ("dienstags 18h30", "tu weekly 18:30"),
        ("dienstags 18 Uhr 30", "tu weekly 18:30"),
        ("dienstags ab 18 Uhr", "tu weekly 18:00"),
        ("dienstags um 18 Uhr bis ca. 20 Uhr", "tu weekly 18:00-20:00"),
        ("18:30 Uhr, jeden Montag", "mo weekly 18:30"),
        ("Dienstagabend 19 Uhr, wöchentlich", "tu weekly 19:00"),
        ("Donnerstag vormittags 9.30 - 11.30 Uhr", "th weekly 09:30-11:30"),
        // ways to write the day
        ("Mo + Mi 18 Uhr", "mo,we weekly 18:00"),
        ("Mo, Mi und Fr 18 Uhr", "mo,we,fr weekly 18:00"),
        ("Mo.-Fr. 9-12 Uhr", "mo,tu,we,th,fr weekly 09:00-12:00"),
        ("Montag bis Mittwoch, 10 Uhr", "mo,tu,we weekly 10:00"),
        ("täglich 19 Uhr", "mo,tu,we,th,fr,sa,su weekly 19:00"),
        ("sonnabends 15 Uhr", "sa weekly 15:00"),
        ("So 11 Uhr", "su weekly 11:00"),
        ("Jede Woche Donnerstag um 18:00 Uhr", "th weekly 18:00"),
        ("1x wöchentlich, Mittwoch 17 Uhr", "we weekly 17:00"),
        ("Treffen: jeweils mittwochs, 17.00 Uhr", "we weekly 17:00"),
        ("Wir treffen uns jeden Donnerstag um 18 Uhr.", "th weekly 18:00"),
        // by count in the month
        ("jeden 1. Montag 18 Uhr", "mo 1 18:00"),
        ("jeden 1. und 3. Montag, 18 Uhr", "mo 1,3 18:00"),
        ("jeden 2. Mittwoch im Monat 18 Uhr", "we 2 18:00"),
        ("jeden zweiten Mittwoch im Monat 18 Uhr", "we 2 18:00"),
        ("jeden letzten Freitag 17 Uhr", "fr -1 17:00"),
        ("am vorletzten Donnerstag des Monats, 16 Uhr", "th -2 16:00"),
        ("erster Dienstag im Monat 19 Uhr", "tu 1 19:00"),
        ("2./4. Di. im Monat 19 Uhr", "tu 2,4 19:00"),
        ("2. + 4. Dienstag im Monat 19 Uhr", "tu 2,4 19:00"),
        ("1 und 3. Freitag im Monat, 17 Uhr", "fr 1,3 17:00"),
        ("1.Mittwoch im Monat 18.30Uhr", "we 1 18:30"),
        ("Mittwoch, 1. und 3. im Monat, 18 Uhr", "we 1,3 18:00"),
        ("monatlich am 2. Dienstag, 18 Uhr", "tu 2 18:00"),
        ("einmal im Monat, 3. Montag, 18 Uhr", "mo 3 18:00"),
        ("jeden Monat am 3. Montag um 18 Uhr", "mo 3 18:00"),
        ("jeden ersten Mittwoch eines Monats, 18 Uhr", "we 1 18:00"),
        ("2. Samstag in geraden Monaten, 10 Uhr", "sa 2 (2,4,6,8,10,12) 10:00"),
        ("1. Freitag im März, Juni, September und Dezember, 17 Uhr", "fr 1 (3,6,9,12) 17:00"),
        ("1. Mo und 3. Mi im Monat 18 Uhr", "mo 1 18:00 + we 3 18:00"),
        ("18:30 Uhr Mo + Mi", "mo,we weekly 18:30"),
        ("Mi 18 Uhr (1. + 3. im Monat)", "we 1,3 18:00"),
        // calendar weeks
        ("Mi 14-tägig gerade KW 19 Uhr", "we even 19:00"),
        ("Mittwoch in ungeraden Kalenderwochen um 18 Uhr", "we odd 18:00"),
        ("jeden Mittwoch in geraden Wochen, 18 Uhr", "we even 18:00"),
        ("alle zwei Wochen (ungerade KW) Do 17 Uhr", "th odd 17:00"),
        ("14tägig, Do, KW gerade, 17 Uhr", "th even 17:00"),
        // an interval with a day to count from
        ("alle 4 Wochen Mittwoch 18 Uhr, ab 14.01.2026", "every 4 from 2026-01-14 18:00"),
        ("14-tägig mittwochs 18 Uhr, beginnend am 7.1.2026", "every 2 from 2026-01-07 18:00"),
        // remarks
        ("jeden Montag 18 Uhr (außer Feiertage)", "mo weekly 18:00 | außer Feiertage"),
        ("jeden Montag 18 Uhr, nicht in den Schulferien", "mo weekly 18:00 | nicht in den Schulferien"),
        (
            "montags 18 Uhr (außer in den Ferien und an Feiertagen)",
            "mo weekly 18:00 | außer in den Ferien und an Feiertagen",
        ),
        ("außer in den Ferien jeden Montag 18 Uhr", "mo weekly 18:00 | außer in den Ferien"),
        ("montags 18 Uhr; in den Ferien kein Treffen", "mo weekly 18:00 | in den Ferien kein Treffen"),
        ("jeden Montag 18 Uhr, bitte vorher anmelden", "mo weekly 18:00 | bitte vorher anmelden"),
        ("jeden Montag 18 Uhr (online)", "mo weekly 18:00 | online"),
        // several times
        ("Mo 18 Uhr, Mi 19 Uhr", "mo weekly 18:00 + we weekly 19:00"),
        ("montags 10-12 Uhr und donnerstags 16-18 Uhr", "mo weekly 10:00-12:00 + th weekly 16:00-18:00"),
        ("Mo 18 Uhr (gerade KW), Do 19 Uhr (ungerade KW)", "mo even 18:00 + th odd 19:00"),
        ("1. Montag im Monat 18 Uhr\n3. Mittwoch im Monat 10 Uhr", "mo 1 18:00 + we 3 10:00"),
        // spaces and invisible signs
        ("  jeden\u{a0}Donnerstag  19:00 \u{2011} 21:00 ", "th weekly 19:00-21:00"),
        ("jeden Donners\u{ad}tag 19 Uhr", "th weekly 19:00"),
        ("14-ta\u{308}gig Mi 19 Uhr (gerade KW)", "we even 19:00"),
    ]);
}

#[test]
fn in_doubt_the_text_stays_text_and_says_why() {
    check(&[
        ("", ""),
        ("nach Absprache", "? by_arrangement"),
        ("nach Vereinbarung", "? by_arrangement"),
        ("bei Bedarf", "? by_arrangement"),
        ("Mi 18 Uhr oder nach Absprache", "? by_arrangement"),
        ("auf Anfrage", "? on_request"),
        ("bitte erfragen", "? on_request"),
        ("z.Zt. Sommerpause, danach Donnerstag", "? paused"),
        ("Winterpause, ab März mittwochs 18 Uhr", "? paused"),
        ("die Gruppe ruht", "? paused"),
        ("z.Zt. mittwochs 18 Uhr", "? limited_period"),
        ("unregelmäßig", "? irregular"),
        ("wechselnde Wochentage, 18 Uhr", "? irregular"),
        ("siehe Homepage", "? see_elsewhere"),
        ("alle 4 Wochen Freitag 18.30 Uhr", "? no_anchor"),
        ("alle 4 Wochen Dienstag 19:00 - 21:00", "? no_anchor"),
        ("14-tägig Mi 19 Uhr", "? no_anchor"),
        ("alle 14 Tage mittwochs 19 Uhr", "? no_anchor"),
        ("jede zweite Woche Mittwoch, 19 Uhr", "? no_anchor"),
        ("jede 2. Woche Mittwoch, 19 Uhr", "? no_anchor"),
        ("alle zwei Monate am 1. Mittwoch, 19 Uhr", "? no_anchor"),
        ("jeden 2. Monat am 1. Mittwoch, 19 Uhr", "? no_anchor"),
        ("vierteljährlich, Samstag 10 Uhr", "? no_anchor"),
        ("jeden 2. Montag 18 Uhr", "? ambiguous"),
        ("jeden zweiten Montag, 18 Uhr", "? ambiguous"),
        ("14-tägig, 1. und 3. Mittwoch, 18 Uhr", "? ambiguous"),
        ("Mo oder Mi 18 Uhr", "? ambiguous"),
        ("1. Montag und Mittwoch im Monat, 18 Uhr", "? ambiguous"),
        ("1. - 3. Mittwoch im Monat 18 Uhr", "? ambiguous"),
        ("gerade und ungerade KW Mi 18 Uhr", "? not_understood"),
        ("1. Mittwoch im Monat 16 Uhr und Freitag 18 Uhr", "? ambiguous"),
        ("monatlich Mittwoch 18 Uhr", "? which_week"),
        ("2x im Monat mittwochs 18 Uhr", "? which_week"),
        ("jeden Donnerstag", "? no_time"),
        ("Mo + Mi", "? no_time"),
        ("1. Mittwoch im Monat", "? no_time"),
        ("Mi 14-tägig gerade KW", "? no_time"),
        ("18 Uhr", "? no_weekday"),
        ("1. im Monat 18 Uhr", "? no_weekday"),
        ("mittwochs abends 7 Uhr", "? unclear_time"),
        ("mittwochs 19:00 - 9:00", "? unclear_time"),
        ("mittwochs 25:00", "? unclear_time"),
        ("mittwochs 3 Uhr", "? unclear_time"),
        ("Freitag 10.12", "? unclear_time"),
        ("mittwochs 18-20", "? unclear_time"),
        ("mittwochs 18 Uhr ab September", "? limited_period"),
        ("mittwochs 18 Uhr, Oktober bis April", "? limited_period"),
        ("mittwochs 18 Uhr ab 14.1.", "? limited_period"),
        ("mittwochs 18 Uhr, ab 14.01.2026", "? limited_period"),
        ("alle 4 Wochen Freitag 18 Uhr, ab 14.01.2026", "? ambiguous"),
        ("Sommer: mittwochs 18 Uhr", "? limited_period"),
        ("1. Mittwoch im Monat 18 Uhr außer Juli", "? not_understood"),
        ("mittwochs gegen 18 Uhr", "? not_understood"),
        ("werktags 10 Uhr", "? not_understood"),
        ("in den Ferien montags 18 Uhr", "? not_understood"),
        ("mittwochs 18 Uhr außer am 1. Mittwoch", "? not_understood"),
        ("mittwochs 18 Uhr, im Juli 19 Uhr", "? limited_period"),
        ("nicht mittwochs 18 Uhr", "? not_understood"),
        ("so gegen 18 Uhr", "? not_understood"),
        ("Gruppe 1: Mo 18 Uhr, Gruppe 2: Di 18 Uhr", "? not_understood"),
        ("Mo 18 Uhr, Mi", "? ambiguous"),
        ("1. Mittwoch 18 Uhr und 3. Mittwoch", "? ambiguous"),
        ("Montag 18 Uhr, Treffen am 1. des Monats", "? ambiguous"),
        ("am 15. jeden Monats 18 Uhr", "? not_understood"),
        ("Montag und Mittwoch 18 Uhr im Wechsel", "? not_understood"),
        ("Mi, 1. Woche im Monat, 18 Uhr", "? which_week"),
        ("mittwochs 18 Uhr, Einlass 17:30", "? not_understood"),
        ("wöchentlich montags 18 Uhr, in den Ferien 14-tägig", "? not_understood"),
        ("jeden Mittwoch im Juli 18 Uhr", "? limited_period"),
        ("1. Samstag im Quartal 10 Uhr", "? not_understood"),
        ("1.3. Mittwoch 18 Uhr", "? limited_period"),
        ("99999999999999999999 Uhr", "? not_understood"),
    ]);
}

#[test]
fn a_schedule_reads_back_and_old_ones_too() {
    let schedule = Schedule::parse_german("1. und 3. Freitag im Monat um 17:30 außer Ferien");
    let json = serde_json::to_string(&schedule).unwrap();
    assert_eq!(serde_json::from_str::<Schedule>(&json).unwrap(), schedule);
    let old: Schedule = serde_json::from_str(r#"{"text":"nach Absprache"}"#).unwrap();
    assert_eq!(old.text, "nach Absprache");
    let broken = r#"{"rules":[{"rhythm":{"kind":"weekly","weekdays":[]},"start":"18:00:00"}]}"#;
    assert!(serde_json::from_str::<Schedule>(broken).is_err(), "a rule without a day is no rule");
}

proptest::proptest! {
    #[test]
    fn no_text_at_all_makes_the_reader_stumble(text in "\\PC*") {
        judged(&text);
    }

    #[test]
    fn no_mixture_of_schedule_words_makes_the_reader_stumble(
        words in proptest::collection::vec(proptest::sample::select(vec![
            "1.", "und", "3.", "Mi", "Freitag", "im", "Monat", "18", "18:30", "Uhr", "-", "14-tägig", "(", ")", "KW",
            "gerade", "jeden", "alle", "4", "Wochen", "außer", "Ferien", ",", "ab", "14.01.2026", "bis", "zweite",
            "Woche", "1x", "monatlich", "Mo", "letzter", "Januar", "18.05", "h",
        ]), 0..12)
    ) {
        judged(&words.join(" "));
    }
}
