//! One clause: weekdays, a rhythm and one time of day, every word accounted for.

use jiff::civil::{Date, Time};

use super::time_of_day::time_of_day;
use super::words::{Capital, Token, word_at};
use super::{Nth, Parity, Rhythm, Rule, Weekday, WhyText};

/// How firmly a clause says its rhythm. "Mo 18 Uhr" alone means every Monday; beside "1. Mi im Monat" it may not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Firmness {
    /// The rhythm stands there: "jeden", "freitags", "im Monat", "gerade KW".
    Said,
    /// Only a weekday stands there.
    Implied,
}

/// A clause's rules, all at the same time of day.
pub(super) struct Clause {
    pub(super) rules: Vec<Rule>,
    pub(super) firmness: Firmness,
}

/// What was collected from the words.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is one kind of word that was seen or not")]
struct Seen {
    times: Vec<(Time, Option<Time>)>,
    weekdays: Vec<Weekday>,
    counted: Vec<(Vec<Nth>, Weekday)>,
    pending: Vec<Nth>,
    months: Option<Vec<i8>>,
    parity: Option<Parity>,
    weeks: Option<u8>,
    anchor: Option<Date>,
    each: bool,
    weekly: bool,
    plural: bool,
    in_month: bool,
    evening: bool,
    morning: bool,
    /// A time stood after a weekday: one that follows has none of its own.
    days_have_time: bool,
    /// "am 1." may be a day of the month.
    on_the: bool,
}

/// Reads one clause.
pub(super) fn read(tokens: &[Token]) -> Result<Clause, WhyText> {
    let mut seen = Seen::default();
    let mut at = 0;
    while at < tokens.len() {
        at += seen.take(&tokens[at..], at.checked_sub(1).map(|before| &tokens[before]))?;
    }
    seen.conclude()
}

impl Seen {
    /// Takes what the tokens begin with and says how many they were.
    fn take(&mut self, tokens: &[Token], before: Option<&Token>) -> Result<usize, WhyText> {
        if let Some((from, to, length)) = time_of_day(tokens)? {
            self.times.push((from, to));
            self.days_have_time = !self.weekdays.is_empty() || !self.counted.is_empty();
            return Ok(length);
        }
        match &tokens[0] {
            Token::Ordinal(number) => {
                self.on_the |= before.is_some_and(|before| before.word() == "am");
                self.ordinal(*number, tokens)
            }
            Token::Number(number) => self.interval_or_ordinal(*number, tokens),
            Token::Date { day, month, year } => {
                let day = year.and_then(|year| Date::new(year, *month, *day).ok());
                if self.anchor.is_some() || day.is_none() {
                    return Err(WhyText::LimitedPeriod);
                }
                self.anchor = day;
                Ok(1)
            }
            Token::Word(word, capital) => self.word(word, *capital, tokens, before),
            Token::Sign(',' | ';' | '+' | '/' | '&' | '(' | ')' | '-' | ':') => Ok(1),
            Token::Sign(_) | Token::Clock { .. } => Err(WhyText::NotUnderstood),
        }
    }

    fn ordinal(&mut self, number: u32, tokens: &[Token]) -> Result<usize, WhyText> {
        let next = tokens.get(1).map(Token::word).unwrap_or_default();
        if next.starts_with("monat") {
            return Err(WhyText::NoAnchor);
        }
        if next.starts_with("woche") {
            self.each = false;
            return self.interval(number, 2);
        }
        if tokens.get(1).is_some_and(|sign| sign.is_sign('-')) && matches!(tokens.get(2), Some(Token::Ordinal(_))) {
            return Err(WhyText::Ambiguous);
        }
        self.pending.push(match number {
            1 => Nth::First,
            2 => Nth::Second,
            3 => Nth::Third,
            4 => Nth::Fourth,
            5 => Nth::Fifth,
            _ => return Err(WhyText::NotUnderstood),
        });
        Ok(1)
    }

    /// `14-tägig`, `4 Wochen`, `2-wöchentlich`, `1x wöchentlich`; or the 1 in "1 und 3. Freitag", "1/3. Mi".
    fn interval_or_ordinal(&mut self, number: u32, tokens: &[Token]) -> Result<usize, WhyText> {
        let dash = usize::from(tokens.get(1).is_some_and(|sign| sign.is_sign('-')));
        let unit = tokens.get(1 + dash).map(Token::word).unwrap_or_default();
        let days = ["tägig", "täglich", "tägl", "tage", "tagen", "taegig"].contains(&unit);
        if days && number.is_multiple_of(7) {
            return self.interval(number / 7, 2 + dash);
        }
        if ["wochen", "wöchentlich", "wöchig", "wöchentl", "woechentlich"].contains(&unit) {
            return self.interval(number, 2 + dash);
        }
        if ["monate", "monaten", "monatlich"].contains(&unit) {
            return Err(WhyText::NoAnchor);
        }
        if unit == "x" || unit == "mal" {
            return self.times_per(number, &tokens[1..]).map(|length| length + 1);
        }
        let joined = tokens.get(1).is_some_and(|t| t.word() == "und" || t.is_sign('/') || t.is_sign('+'));
        if dash == 0 && joined && matches!(tokens.get(2), Some(Token::Ordinal(_))) {
            return self.ordinal(number, &[]);
        }
        Err(WhyText::NotUnderstood)
    }

    /// "1x im Monat", "einmal wöchentlich"; twice in some unit does not say when.
    fn times_per(&mut self, number: u32, tokens: &[Token]) -> Result<usize, WhyText> {
        let skip = usize::from(["pro", "im", "in", "die", "je"].contains(&word_at(tokens, 1)));
        let unit = word_at(tokens, 1 + skip);
        match (number, unit) {
            (1, "woche" | "wöchentlich") => self.weekly = true,
            (1, "monat" | "monatlich") => self.in_month = true,
            (_, "monat" | "monatlich") => return Err(WhyText::WhichWeek),
            _ => return Err(WhyText::NotUnderstood),
        }
        Ok(2 + skip)
    }

    fn interval(&mut self, weeks: u32, length: usize) -> Result<usize, WhyText> {
        let weeks = u8::try_from(weeks).map_err(|_| WhyText::NotUnderstood)?;
        if self.weeks.replace(weeks).is_some() {
            return Err(WhyText::Ambiguous);
        }
        Ok(length)
    }

    fn word(
        &mut self,
        word: &str,
        capital: Capital,
        tokens: &[Token],
        before: Option<&Token>,
    ) -> Result<usize, WhyText> {
        if let Some(weekday) = weekday(word, capital) {
            return self.weekday(weekday, word, tokens);
        }
        if let Some(nth) = ordinal_word(word) {
            return self.ordinal_word(nth, tokens);
        }
        if let Some(parity) = parity(word) {
            return self.parity(parity, word_at(tokens, 1), 2);
        }
        if let Some(month) = month(word) {
            return self.month(month, tokens, before);
        }
        let next = word_at(tokens, 1);
        match word {
            "kw" | "kalenderwoche" | "kalenderwochen" => {
                let parity = parity(next).ok_or(WhyText::NotUnderstood)?;
                return self.parity(parity, "kw", 2);
            }
            "jeden" | "jede" | "jeder" | "jedes" => {
                if next == "monat" || next == "monats" {
                    self.in_month = true;
                    return Ok(2);
                }
                if next == "woche" {
                    self.weekly = true;
                    return Ok(2);
                }
                self.each = true;
            }
            "wöchentlich" | "woechentlich" | "wöchentl" => self.weekly = true,
            "monat" | "monats" | "monatlich" | "monatl" => self.in_month = true,
            "einmal" => return self.times_per(1, tokens),
            "zweimal" => return self.times_per(2, tokens),
            "alle" => {
                let weeks = match (next, word_at(tokens, 2)) {
                    ("zwei", "wochen") => 2,
                    ("drei", "wochen") => 3,
                    ("vier", "wochen") => 4,
                    ("sechs", "wochen") => 6,
                    ("acht", "wochen") => 8,
                    (_, "monate") => return Err(WhyText::NoAnchor),
                    _ if matches!(tokens.get(1), Some(Token::Number(_))) => return Ok(1),
                    _ => return Err(WhyText::NotUnderstood),
                };
                return self.interval(weeks, 3);
            }
            "vierzehntägig" | "zweiwöchentlich" | "zweiwöchig" => return self.interval(2, 1),
            "dreiwöchentlich" => return self.interval(3, 1),
            "vierwöchentlich" | "vierwöchig" => return self.interval(4, 1),
            "zweimonatlich" | "vierteljährlich" | "quartalsweise" | "halbjährlich" => return Err(WhyText::NoAnchor),
            "täglich" => {
                self.weekly = true;
                self.weekdays.extend(Weekday::ALL);
            }
            "abends" | "abend" | "nachmittags" | "nachmittag" => self.evening = true,
            "morgens" | "vormittags" | "vormittag" | "früh" => self.morning = true,
            "ab" | "beginnend" | "seit" | "beginn" => {
                let filler = usize::from(["dem", "am", "um", "den"].contains(&next));
                let rest = tokens.get(1 + filler..).unwrap_or_default();
                let date = matches!(rest.first(), Some(Token::Date { .. }));
                if !date && (word == "seit" || time_of_day(rest)?.is_none()) {
                    return Err(WhyText::LimitedPeriod);
                }
            }
            "bis" => return Err(WhyText::LimitedPeriod),
            "oder" | "bzw" => return Err(WhyText::Ambiguous),
            "und" | "u" | "sowie" | "am" | "an" | "um" | "im" | "in" | "der" | "die" | "den" | "das" | "dem"
            | "des" | "eines" | "einem" | "jeweils" | "immer" | "pro" | "treffen" | "gruppentreffen" | "wir"
            | "uns" | "von" => {}
            "uhr" | "h" if before.is_some_and(|before| before.is_sign(')')) => return Err(WhyText::UnclearTime),
            _ => return Err(WhyText::NotUnderstood),
        }
        Ok(1)
    }

    fn weekday(&mut self, weekday: Weekday, word: &str, tokens: &[Token]) -> Result<usize, WhyText> {
        if word.ends_with("abends") || word.ends_with("abend") && word != "sonnabend" || word.ends_with("nachmittag") {
            self.evening = true;
        }
        if word.ends_with("vormittag") || word.ends_with("vormittags") {
            self.morning = true;
        }
        if word.len() > 2 && word.ends_with('s') {
            self.plural = true;
        }
        if self.days_have_time {
            return Err(WhyText::Ambiguous);
        }
        if !self.pending.is_empty() {
            self.counted.push((std::mem::take(&mut self.pending), weekday));
            return Ok(1);
        }
        if !self.counted.is_empty() {
            return Err(WhyText::Ambiguous);
        }
        let to = tokens.get(1).is_some_and(|t| t.is_sign('-') || t.word() == "bis");
        if to && let Some(Token::Word(word, capital)) = tokens.get(2) {
            let last = self::weekday(word, *capital).ok_or(WhyText::NotUnderstood)?;
            if last <= weekday {
                return Err(WhyText::Ambiguous);
            }
            self.weekdays.extend(Weekday::ALL.into_iter().filter(|day| (weekday..=last).contains(day)));
            return Ok(3);
        }
        self.weekdays.push(weekday);
        Ok(1)
    }

    fn ordinal_word(&mut self, nth: Nth, tokens: &[Token]) -> Result<usize, WhyText> {
        let next = word_at(tokens, 1);
        if next.starts_with("monat") {
            return Err(WhyText::NoAnchor);
        }
        if next.starts_with("woche") {
            return match nth {
                Nth::Second | Nth::Third | Nth::Fourth => {
                    self.each = false;
                    self.interval(nth.number().unsigned_abs().into(), 2)
                }
                _ => Err(WhyText::WhichWeek),
            };
        }
        self.pending.push(nth);
        Ok(1)
    }

    fn parity(&mut self, parity: Parity, unit: &str, length: usize) -> Result<usize, WhyText> {
        if ["kw", "kws", "woche", "wochen", "kalenderwoche", "kalenderwochen"].contains(&unit) {
            if self.parity.replace(parity).is_some() {
                return Err(WhyText::Ambiguous);
            }
            return Ok(length);
        }
        if ["monat", "monate", "monaten", "kalendermonaten"].contains(&unit) {
            let first = if parity == Parity::Odd { 1 } else { 2 };
            if self.months.replace((first..=12).step_by(2).collect()).is_some() {
                return Err(WhyText::Ambiguous);
            }
            return Ok(length);
        }
        Err(WhyText::NotUnderstood)
    }

    fn month(&mut self, month: i8, tokens: &[Token], before: Option<&Token>) -> Result<usize, WhyText> {
        let limits = |token: &Token| ["ab", "bis", "seit", "von", "außer", "ausser"].contains(&token.word());
        let range = |token: &Token| token.is_sign('-') || token.word() == "bis";
        if before.is_some_and(|token| limits(token) || range(token)) || tokens.get(1).is_some_and(range) {
            return Err(WhyText::LimitedPeriod);
        }
        self.months.get_or_insert_default().push(month);
        Ok(1)
    }

    fn conclude(mut self) -> Result<Clause, WhyText> {
        // "Mittwoch, 1. und 3. im Monat"
        if !self.pending.is_empty() {
            match self.weekdays.as_slice() {
                [weekday] if self.counted.is_empty() && self.in_month && !(self.each || self.plural || self.on_the) => {
                    self.counted.push((std::mem::take(&mut self.pending), *weekday));
                    self.weekdays.clear();
                }
                [] => return Err(WhyText::NoWeekday),
                _ => return Err(WhyText::Ambiguous),
            }
        }
        if self.weekdays.is_empty() && self.counted.is_empty() && self.anchor.is_none() {
            return Err(WhyText::NoWeekday);
        }
        let rhythms = self.rhythms()?;
        let (start, end) = match self.times.as_slice() {
            [] => return Err(WhyText::NoTime),
            [only] => *only,
            _ => return Err(WhyText::Ambiguous),
        };
        let early = start.hour() < 12;
        if start.hour() < 6 || self.evening && early || self.morning && !early {
            return Err(WhyText::UnclearTime);
        }
        let said = self.each
            || self.weekly
            || self.plural
            || rhythms.iter().any(|rhythm| !matches!(rhythm, Rhythm::Weekly { .. }));
        let rules = rhythms
            .into_iter()
            .map(|rhythm| Rule::new(rhythm, start, end).map_err(|_| WhyText::UnclearTime))
            .collect::<Result<_, _>>()?;
        Ok(Clause { rules, firmness: if said { Firmness::Said } else { Firmness::Implied } })
    }

    fn rhythms(&self) -> Result<Vec<Rhythm>, WhyText> {
        let weekdays = self.weekdays.clone();
        if !self.counted.is_empty() {
            return self.by_count();
        }
        if self.months.is_some() {
            return Err(if self.in_month { WhyText::WhichWeek } else { WhyText::LimitedPeriod });
        }
        if self.in_month {
            return Err(WhyText::WhichWeek);
        }
        match (self.weeks, self.parity, self.anchor) {
            (None | Some(2), Some(parity), None) if !self.weekly => Ok(vec![Rhythm::WeekParity { parity, weekdays }]),
            (Some(weeks), None, Some(anchor)) if !self.weekly => match weekdays.as_slice() {
                [weekday] if *weekday == Weekday::of(anchor) => Ok(vec![Rhythm::EveryNWeeks { weeks, anchor }]),
                [] => Ok(vec![Rhythm::EveryNWeeks { weeks, anchor }]),
                _ => Err(WhyText::Ambiguous),
            },
            (Some(_), None, None) => Err(WhyText::NoAnchor),
            (None, None, None) => Ok(vec![Rhythm::Weekly { weekdays }]),
            (None, None, Some(_)) => Err(WhyText::LimitedPeriod),
            _ => Err(WhyText::Ambiguous),
        }
    }

    fn by_count(&self) -> Result<Vec<Rhythm>, WhyText> {
        if self.parity.is_some()
            || self.weeks.is_some()
            || self.weekly
            || self.plural
            || self.anchor.is_some()
            || !self.weekdays.is_empty()
        {
            return Err(WhyText::Ambiguous);
        }
        // "jeden 2. Montag" may be every other Monday; "jeden 1. Montag" and "jeden 2. Montag im Monat" may not.
        let month_said = self.in_month || self.months.is_some();
        let interval_like =
            |nths: &Vec<Nth>| matches!(nths.as_slice(), [Nth::Second | Nth::Third | Nth::Fourth | Nth::Fifth]);
        if self.each && !month_said && self.counted.iter().any(|(nths, _)| interval_like(nths)) {
            return Err(WhyText::Ambiguous);
        }
        let months = self.months.clone().unwrap_or_default();
        let rhythm = |(nths, weekday): &(Vec<Nth>, Weekday)| Rhythm::MonthlyNth {
            nths: nths.clone(),
            weekday: *weekday,
            months: months.clone(),
        };
        Ok(self.counted.iter().map(rhythm).collect())
    }
}

fn weekday(word: &str, capital: Capital) -> Option<Weekday> {
    const NAMES: [(&str, Weekday); 8] = [
        ("montag", Weekday::Monday),
        ("dienstag", Weekday::Tuesday),
        ("mittwoch", Weekday::Wednesday),
        ("donnerstag", Weekday::Thursday),
        ("freitag", Weekday::Friday),
        ("samstag", Weekday::Saturday),
        ("sonnabend", Weekday::Saturday),
        ("sonntag", Weekday::Sunday),
    ];
    let endings = ["", "s", "abend", "abends", "nachmittag", "nachmittags", "vormittag", "vormittags"];
    if let Some((_, day)) = NAMES.iter().find(|(name, _)| word.strip_prefix(name).is_some_and(|e| endings.contains(&e)))
    {
        return Some(*day);
    }
    match word {
        "mo" => Some(Weekday::Monday),
        "di" => Some(Weekday::Tuesday),
        "mi" => Some(Weekday::Wednesday),
        "do" => Some(Weekday::Thursday),
        "fr" => Some(Weekday::Friday),
        "sa" => Some(Weekday::Saturday),
        "so" if capital == Capital::Yes => Some(Weekday::Sunday),
        _ => None,
    }
}

fn ordinal_word(word: &str) -> Option<Nth> {
    let stem = ["en", "er", "es", "em", "e"].iter().find_map(|ending| word.strip_suffix(ending))?;
    match stem {
        "erst" => Some(Nth::First),
        "zweit" => Some(Nth::Second),
        "dritt" => Some(Nth::Third),
        "viert" => Some(Nth::Fourth),
        "fünft" => Some(Nth::Fifth),
        "vorletzt" => Some(Nth::SecondLast),
        "letzt" => Some(Nth::Last),
        _ => None,
    }
}

fn parity(word: &str) -> Option<Parity> {
    match word {
        "gerade" | "geraden" | "gerader" => Some(Parity::Even),
        "ungerade" | "ungeraden" | "ungerader" => Some(Parity::Odd),
        _ => None,
    }
}

fn month(word: &str) -> Option<i8> {
    const MONTHS: [&str; 12] = [
        "januar",
        "februar",
        "märz",
        "april",
        "mai",
        "juni",
        "juli",
        "august",
        "september",
        "oktober",
        "november",
        "dezember",
    ];
    MONTHS.iter().zip(1..).find_map(|(month, number)| (*month == word).then_some(number))
}
