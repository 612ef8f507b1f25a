//! Values, places and warnings of a list, in the user's words.

use domain::Schedule;
use domain::schedule::berlin;
use jiff::Timestamp;
use jiff::civil::Date;
use usecases::import::{About, FileError, RowSource, Warning, problem_code, problem_row};

use crate::Lang;

/// "Zeile 17", "Blatt „Gruppen“, Zeile 17".
pub(super) fn row(lang: Lang, sheet: &str, row: usize) -> String {
    if sheet.is_empty() {
        lang.t1("import-row", "row", row.to_string())
    } else {
        lang.tx("import-sheet-row", [("sheet", sheet.to_owned().into()), ("row", row.to_string().into())])
    }
}

/// The same of a draft.
pub(super) fn source(lang: Lang, source: &RowSource) -> String {
    row(lang, &source.sheet_name, source.row)
}

/// Why a file was refused.
pub(super) fn refusal(lang: Lang, error: &FileError) -> String {
    let key = format!("error-{}", problem_code(error));
    match problem_row(error) {
        Some(row) => lang.t1(&key, "row", row.to_string()),
        None => lang.t(&key).to_owned(),
    }
}

/// What was made of a schedule: the next meeting, or why there is none.
pub(super) fn schedule(lang: Lang, schedule: &Schedule, today: Date) -> String {
    if let Some(why) = schedule.why_text {
        return lang.t1("import-stays-text", "why", lang.choice("import-why", why.code()));
    }
    let midnight = today.to_zoned(berlin()).map_or(Timestamp::UNIX_EPOCH, |midnight| midnight.timestamp());
    let Some(next) = schedule.next(midnight, 1).pop() else { return String::new() };
    let date = next.start.date();
    let time = format!("{:02}:{:02}", next.start.hour(), next.start.minute());
    let day = format!("{}, {}", lang.weekday(date.weekday()), lang.date(date));
    lang.tx("import-next-meeting", [("day", day.into()), ("time", time.into())])
}

/// A warning in a sentence.
pub(super) fn warning(lang: Lang, warning: &Warning) -> String {
    let why = match warning.about {
        About::ScheduleStaysText(why) => why.code(),
        _ => "",
    };
    warning_of(lang, &warning.column, warning.about.code(), why)
}

/// The same from its codes.
pub(super) fn warning_of(lang: Lang, column: &str, about: &str, why: &str) -> String {
    let mut text = lang.choice("import-about", about).to_owned();
    if !why.is_empty() {
        text = lang.t1("import-stays-text", "why", lang.choice("import-why", why));
    }
    if column.is_empty() { text } else { format!("{column}: {text}") }
}
