//! The whole of a German schedule text: reasons to leave it as text, remarks, clauses.

use std::ops::Range;

use super::clause::{self, Clause, Firmness};
use super::time_of_day::time_of_day;
use super::words::{Placed, Token, plain, tokens};
use super::{Schedule, WhyText};

/// Longer texts are stories, not schedules (characters).
const LONGEST: usize = 300;

/// Reads the text; see [`Schedule::parse_german`].
pub(super) fn parse(text: &str) -> Schedule {
    let text = text.trim();
    let mut schedule = Schedule { text: text.to_owned(), ..Schedule::default() };
    if text.is_empty() {
        return schedule;
    }
    match read(text) {
        Ok((rules, remark)) => {
            schedule.rules = rules;
            schedule.remark = remark;
        }
        Err(why) => schedule.why_text = Some(why),
    }
    schedule
}

fn read(text: &str) -> Result<(Vec<super::Rule>, String), WhyText> {
    if text.chars().count() > LONGEST {
        return Err(WhyText::NotUnderstood);
    }
    let text = plain(text);
    let mut placed = tokens(&text);
    if let Some(why) = stays_text(&placed) {
        return Err(why);
    }
    let remark = take_remarks(&text, &mut placed);
    let tokens: Vec<Token> = placed.into_iter().map(|(token, _)| token).collect();
    match clause::read(&tokens) {
        Ok(clause) => Ok((clause.rules, remark)),
        Err(why) => several(&tokens).map(|rules| (rules, remark)).ok_or(why),
    }
}

/// Words after which no rule can be right.
fn stays_text(placed: &[Placed]) -> Option<WhyText> {
    let words: Vec<&str> = placed.iter().map(|(token, _)| token.word()).filter(|word| !word.is_empty()).collect();
    let has = |wanted: &[&str]| words.iter().any(|word| wanted.contains(word));
    let stem = |wanted: &[&str]| words.iter().any(|word| wanted.iter().any(|stem| word.contains(stem)));
    if stem(&["pause", "pausiert", "ruht"]) {
        return Some(WhyText::Paused);
    }
    if has(&["anfrage", "nachfrage"]) || stem(&["erfragen"]) {
        return Some(WhyText::OnRequest);
    }
    if has(&["absprache", "vereinbarung", "bedarf", "verabredung", "ankündigung", "abstimmung", "rücksprache"]) {
        return Some(WhyText::ByArrangement);
    }
    if stem(&["unregelmäßig", "wechselnd", "verschieden", "variabel", "variiert", "flexibel", "unterschiedlich"]) {
        return Some(WhyText::Irregular);
    }
    if has(&["siehe"]) || stem(&["website", "homepage", "webseite", "internetseite", "aushang"]) {
        return Some(WhyText::SeeElsewhere);
    }
    if has(&["zurzeit", "derzeit", "momentan", "aktuell", "vorübergehend", "danach", "voraussichtlich"])
        || words.windows(2).any(|pair| matches!(pair, ["z", "zt" | "z"] | ["zur", "zeit"]))
        || has(&["sommer", "winter", "sommerzeit", "winterzeit", "halbjahr", "sommerhalbjahr", "winterhalbjahr"])
    {
        return Some(WhyText::LimitedPeriod);
    }
    None
}

/// Takes what is said about holidays, and about how to come, out of the tokens: it limits or explains the rules and
/// does not change them.
fn take_remarks(text: &str, placed: &mut Vec<Placed>) -> String {
    let mut remarks = Vec::new();
    while let Some(range) = holiday_remark(placed).or_else(|| side_remark(placed)) {
        let from = placed[range.start].1.start;
        let to = placed[range.end - 1].1.end;
        remarks.push(text[from..to].to_owned());
        placed.drain(range);
    }
    remarks.join("; ")
}

fn is_holiday(word: &str) -> bool {
    word.ends_with("ferien") || word.starts_with("feiertag") || word == "ferienzeit" || word == "schulfrei"
}

fn holiday_remark(placed: &[Placed]) -> Option<Range<usize>> {
    const INSIDE: &[&str] = &[
        "außer",
        "ausser",
        "nicht",
        "ausgenommen",
        "auch",
        "in",
        "den",
        "der",
        "die",
        "an",
        "am",
        "während",
        "und",
        "u",
        "von",
        "gesetzlichen",
        "gesetzliche",
        "sächsischen",
        "schul",
        "kein",
        "keine",
        "treffen",
        "findet",
        "statt",
        "mit",
        "ausnahme",
        "oder",
        "zu",
        "bei",
        "ohne",
        "feier",
        "entfällt",
    ];
    const OPENING: &[&str] =
        &["außer", "ausser", "nicht", "ausgenommen", "auch", "in", "während", "mit", "kein", "keine", "ohne", "an"];
    let holiday = placed.iter().position(|(token, _)| is_holiday(token.word()))?;
    let inside = |token: &Token| {
        is_holiday(token.word()) || INSIDE.contains(&token.word()) || token.is_sign('/') || token.is_sign('-')
    };
    let mut from = holiday;
    while from > 0 && inside(&placed[from - 1].0) {
        from -= 1;
    }
    while from < holiday && !OPENING.contains(&placed[from].0.word()) {
        from += 1;
    }
    let mut to = holiday + 1;
    while to < placed.len() && inside(&placed[to].0) {
        to += 1;
    }
    // A word that leads over to what follows belongs to that: "außer Ferien und Mi 18 Uhr".
    while to > holiday + 1
        && (["und", "u", "in", "den", "der", "die", "an", "am", "mit", "oder", "von", "zu"]
            .contains(&placed[to - 1].0.word())
            || matches!(placed[to - 1].0, Token::Sign(_)))
    {
        to -= 1;
    }
    let words: Vec<&str> = placed[from..to].iter().map(|(token, _)| token.word()).collect();
    let excludes = ["außer", "ausser", "nicht", "ausgenommen", "auch", "kein", "keine", "ohne", "ausnahme", "entfällt"];
    // "in den Ferien" alone would mean: only then.
    words.iter().any(|word| excludes.contains(word)).then_some(from..to)
}

/// A part between commas or brackets that says how to come, and nothing about when.
fn side_remark(placed: &[Placed]) -> Option<Range<usize>> {
    const WORDS: &[&str] = &[
        "anmeldung",
        "anmelden",
        "anrufen",
        "voranmeldung",
        "erforderlich",
        "erwünscht",
        "erbeten",
        "nötig",
        "nach",
        "mit",
        "nur",
        "vorheriger",
        "vorherige",
        "telefonischer",
        "telefonische",
        "telefonisch",
        "bitte",
        "vorher",
        "online",
        "per",
        "via",
        "zoom",
        "video",
        "präsenz",
        "in",
        "vor",
        "ort",
        "barrierefrei",
        "kostenlos",
        "kostenfrei",
        "um",
        "wird",
        "gebeten",
    ];
    const CORE: &[&str] = &[
        "anmeldung",
        "anmelden",
        "anrufen",
        "voranmeldung",
        "online",
        "zoom",
        "video",
        "präsenz",
        "ort",
        "barrierefrei",
        "kostenlos",
        "kostenfrei",
    ];
    let boundary = |token: &Token| matches!(token, Token::Sign(',' | ';' | '(' | ')'));
    let mut from = 0;
    while from < placed.len() {
        let to = placed[from..].iter().position(|(t, _)| boundary(t)).map_or(placed.len(), |n| from + n);
        let part = &placed[from..to];
        if part.iter().any(|(t, _)| CORE.contains(&t.word())) && part.iter().all(|(t, _)| WORDS.contains(&t.word())) {
            return Some(from..to);
        }
        from = to + 1;
    }
    None
}

/// Several clauses, each with its own time: "Mo 18 Uhr, Mi 19 Uhr". `None` when they cannot be told apart for sure.
fn several(tokens: &[Token]) -> Option<Vec<super::Rule>> {
    let joins = |token: &Token| {
        matches!(token, Token::Sign(',' | ';' | '+' | '/' | '&')) || ["und", "u", "sowie"].contains(&token.word())
    };
    let mut clauses: Vec<Clause> = Vec::new();
    let mut from = 0;
    let mut at = 0;
    let mut timed = false;
    while at < tokens.len() {
        if let Ok(Some((_, _, length))) = time_of_day(&tokens[at..]) {
            timed = true;
            at += length;
        } else {
            if timed && joins(&tokens[at]) {
                clauses.push(clause::read(&tokens[from..at]).ok()?);
                from = at + 1;
                timed = false;
            }
            at += 1;
        }
    }
    clauses.push(clause::read(&tokens[from..]).ok()?);
    let said = clauses.iter().filter(|clause| clause.firmness == Firmness::Said).count();
    let weekly =
        |clause: &Clause| clause.rules.iter().all(|rule| matches!(rule.rhythm(), super::Rhythm::Weekly { .. }));
    // "jeden Mo 18 Uhr, Mi 19 Uhr" is weekly throughout; beside a monthly clause a bare weekday says too little.
    (said == clauses.len() || clauses.iter().all(weekly))
        .then(|| clauses.into_iter().flat_map(|clause| clause.rules).collect())
}
