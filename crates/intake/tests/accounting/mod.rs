//! Counts what of a list can be found again in what was understood, without asking the code that did it.
#![allow(dead_code, reason = "each test file uses its part")]

use domain::schedule::{Rhythm, Schedule};
use domain::{Field, Status, Value};
use intake::columns::Target;
use intake::{Draft, Mapping, Understood, Workbook};

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect()
}

/// Everything a draft says, in words.
fn said(draft: &Draft) -> String {
    let mut said = draft.notes.clone();
    said.extend(draft.items.iter().map(|(_, value)| value.plain()));
    for person in &draft.people {
        said.push(person.name.clone());
        said.push(person.wish.text.clone());
        said.extend(person.phones.iter().map(|(number, remark)| format!("{} {remark}", number.as_str())));
        said.extend(person.emails.iter().map(|mail| mail.as_str().to_owned()));
        said.extend(person.address.iter().map(domain::Venue::line));
    }
    said.join("\n")
}

/// Readings that are not word for word: choices and days.
fn is_read(target: Option<Target>, cell: &str, date: Option<jiff::civil::Date>, draft: &Draft) -> bool {
    if target == Some(Target::Status) {
        return ["ja", "x"].contains(&words(cell).join(" ").as_str()) && draft.status == Status::Active;
    }
    let choice = |field: Field, code: &str| draft.items.contains(&(field, Value::Choice(code.to_owned())));
    let day = |date: jiff::civil::Date| draft.items.contains(&(Field::ConfirmedOn, Value::Date(date)));
    if target == Some(Target::Audience) {
        let who = |code: &str| choice(Field::Audience, code) || choice(Field::Audience, "both");
        return words(cell).iter().all(|word| match word.as_str() {
            "betroffene" => who("affected"),
            "angehörige" => who("relatives"),
            "frauen" => choice(Field::AudienceGender, "women"),
            joining => joining == "und",
        });
    }
    match cell.trim().trim_end_matches(['.', '!']).to_lowercase().as_str() {
        "ja" | "j" | "x" | "✓" | "✔" => choice(Field::AcceptsNew, "yes"),
        "nein" | "n" => choice(Field::AcceptsNew, "no"),
        "warteliste" | "wl" => choice(Field::AcceptsNew, "waiting_list"),
        "nach vorgespräch" => choice(Field::AcceptsNew, "after_talk"),
        _ => {
            let bare = cell.trim_matches(|c: char| !c.is_alphanumeric());
            let strict = ["%d.%m.%y", "%d.%m.%Y", "%Y-%m-%d"]
                .iter()
                .find_map(|format| jiff::civil::Date::strptime(format, bare).ok());
            let serial = cell
                .parse::<i32>()
                .ok()
                .filter(|_| cell.len() == 5)
                .and_then(|days| jiff::civil::date(1899, 12, 30).checked_add(jiff::Span::new().days(days)).ok());
            date.or(strict).or(serial).is_some_and(day)
        }
    }
}

/// Every non-blank cell, and every comment of one, whose words are neither in a value, in a person nor in a note of its row, sheet or header.
pub fn lost(workbook: &Workbook, mapping: &Mapping, understood: &Understood) -> Vec<String> {
    let mut lost = Vec::new();
    for (place, sheet) in workbook.sheets.iter().enumerate() {
        for (number, row) in sheet.rows.iter().enumerate() {
            let draft = understood.drafts.iter().find(|d| d.source.sheet == place && d.source.row == number + 1);
            let notes = understood.sheets[place].notes.iter().filter(|note| note.row == number + 1);
            let mut texts: Vec<String> = notes.map(|note| note.text.clone()).collect();
            if mapping.sheets[place].header_row == Some(number) {
                texts.extend(mapping.sheets[place].columns.iter().map(|column| column.header.clone()));
            }
            texts.extend(draft.map(said));
            let text = texts.join("\n");
            let there = words(&text);
            for (column, cell) in row.iter().enumerate().filter(|(_, cell)| !cell.text.trim().is_empty()) {
                let target = mapping.sheets[place].columns.get(column).map(|column| column.target);
                let wanted = words(&cell.text);
                let joining = ["oder", "at", "und", "tel", "telefon", "mail", "mailto", "mobil"];
                let kept = if wanted.is_empty() {
                    cell.text.split_whitespace().all(|sign| text.contains(sign))
                } else {
                    wanted.iter().all(|word| there.contains(word) || joining.contains(&word.as_str()))
                };
                if !kept && !draft.is_some_and(|draft| is_read(target, &cell.text, cell.date, draft)) {
                    lost.push(format!("sheet {place} row {} column {}: {:?}", number + 1, column + 1, cell.text));
                }
            }
        }
        for comment in &sheet.comments {
            let row = comment.row + 1;
            let draft = understood.drafts.iter().find(|d| d.source.sheet == place && d.source.row == row);
            let notes = understood.sheets[place].notes.iter().filter(|note| note.row == row);
            let notes = notes.map(|note| note.text.as_str());
            let mut notes = notes.chain(draft.into_iter().flat_map(|draft| &draft.notes).map(String::as_str));
            if !notes.any(|note| note.ends_with(&comment.text)) {
                lost.push(format!("sheet {place} row {row}: the comment {:?}", comment.text));
            }
        }
    }
    lost
}

/// Whether weekday, numbers and times of the text are those of the rule: read once more, with other means.
pub fn rules_say_what_the_text_says(schedule: &Schedule) -> bool {
    let [rule] = schedule.rules.as_slice() else { return false };
    let text = schedule.text.as_str();
    let days = [
        ("mo", "Montag", "Mo "),
        ("tu", "Dienstag", "Di "),
        ("we", "Mittwoch", "Mi "),
        ("th", "Donnerstag", "Do "),
        ("fr", "Freitag", "Fr "),
        ("sa", "Samstag", "Sa "),
        ("su", "Sonntag", "So "),
    ];
    let named: Vec<&str> = days.iter().filter(|(_, l, s)| text.contains(l) || text.contains(s)).map(|d| d.0).collect();
    let weekdays: Vec<&str> = rule.rhythm().weekdays().iter().map(|day| day.code()).collect();
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let clock = |time: jiff::civil::Time| time.strftime("%H%M").to_string();
    let times = format!("{}{}", clock(rule.start()), rule.end().map(clock).unwrap_or_default());
    let rhythm = match rule.rhythm() {
        Rhythm::Weekly { .. } => text.contains("jeden") || text.contains("ags ") || text.contains("ochs "),
        Rhythm::WeekParity { parity, .. } => {
            (*parity == domain::schedule::Parity::Odd) == text.contains("ungerade KW") && text.contains("gerade KW")
        }
        Rhythm::MonthlyNth { nths, months, .. } => {
            let odd = months.as_slice() == [1, 3, 5, 7, 9, 11];
            let numbers: String = nths.iter().map(|nth| nth.code()).collect();
            odd == text.contains("ungeraden Monaten")
                && if numbers == "-1" { text.starts_with("letzter") } else { digits(text).starts_with(&numbers) }
        }
        Rhythm::EveryNWeeks { .. } => false,
    };
    let all = digits(text);
    rhythm && named == weekdays && (all.ends_with(&times) || format!("{all}00").ends_with(&times))
}
