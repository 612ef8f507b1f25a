//! When a group meets next, as its page and its calendar count it: from the beginning of today on, so that what was made
//! in the morning stays right until midnight.

use domain::projection::PublishedGroup;
use domain::schedule::{Occurrence, berlin};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::Lang;

/// The moment at which a day begins in Germany.
pub(super) fn beginning_of(day: Date) -> Timestamp {
    day.to_zoned(berlin()).map_or(Timestamp::UNIX_EPOCH, |midnight| midnight.timestamp())
}

/// The next meetings of all schedules, each moment once.
pub(super) fn upcoming(group: &PublishedGroup, today: Date, most: usize) -> Vec<Occurrence> {
    let after = beginning_of(today);
    let mut all: Vec<_> = group.meetings.iter().flat_map(|meetings| meetings.next(after, most)).collect();
    all.sort_by(|a, b| a.start.cmp(&b.start));
    all.dedup_by(|later, earlier| later.start == earlier.start);
    all.truncate(most);
    all
}

/// "Mittwoch, 2. Dezember 2026, 18:30 bis 20:00 Uhr"
pub(super) fn in_words(lang: Lang, meeting: &Occurrence) -> String {
    let time = |moment: &jiff::Zoned| format!("{:02}:{:02}", moment.hour(), moment.minute());
    let date = meeting.start.date();
    let day = format!("{}, {}", lang.weekday(date.weekday()), lang.date(date));
    match &meeting.end {
        Some(end) => lang.tx(
            "moment-from-to",
            [("day", day.into()), ("from", time(&meeting.start).into()), ("to", time(end).into())],
        ),
        None => lang.tx("moment-from", [("day", day.into()), ("from", time(&meeting.start).into())]),
    }
}
