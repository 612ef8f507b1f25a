//! `/gruppen/{slug}/termine.ics`: the meetings for one's own calendar (RFC 5545).

use axum::extract::{Path, State};
use axum::http::{HeaderMap, Method, header};
use axum::response::{IntoResponse, Response};
use domain::Schedule;
use domain::projection::PublishedGroup;
use domain::schedule::{Occurrence, Rule, berlin};
use icalendar::{Calendar, Component, Event, EventLike, Property};
use jiff::{Timestamp, Zoned};
use usecases::site::Site;

use super::meetings::beginning_of;
use super::{group_at, group_path};
use crate::page_cache::{Effort, Finished};
use crate::visit::SiteVisit;
use crate::{Routes, WebError, WebState};

/// The one time zone German groups meet in (Directive 2000/84/EC). Put in as text: the library would give its parts a
/// `UID` and `DTSTAMP`, which RFC 5545 § 3.6.5 does not allow there.
const TIME_ZONE: &str = "BEGIN:VTIMEZONE\r\nTZID:Europe/Berlin\r\nBEGIN:DAYLIGHT\r\nDTSTART:19960331T020000\r\n\
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nTZNAME:CEST\r\nEND:DAYLIGHT\r\n\
BEGIN:STANDARD\r\nDTSTART:19961027T030000\r\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\nTZOFFSETFROM:+0200\r\n\
TZOFFSETTO:+0100\r\nTZNAME:CET\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n";

/// Meetings written out where no rule can say them (even and odd weeks): two years.
const WRITTEN_OUT: usize = 52;

pub(crate) fn routes() -> Routes {
    Routes::new().site(Method::GET, "/gruppen/{slug}/termine.ics", download)
}

async fn download(
    State(state): State<WebState>,
    visit: SiteVisit,
    Path(slug): Path<String>,
    request: HeaderMap,
) -> Result<Response, WebError> {
    let (site, group) = group_at(&visit, &slug)?;
    let page = format!("{}{}", state.config.office_origin(&site.slug), group_path(&group.slug));
    let calendar = calendar(site, group, &page, beginning_of(visit.today)).ok_or(WebError::NotFound)?;
    let file = Finished::new("text/calendar; charset=utf-8", calendar, Effort::Quick);
    let name = format!("attachment; filename=\"{slug}.ics\"");
    Ok(([(header::CONTENT_DISPOSITION, name)], file.respond(&request)).into_response())
}

/// The calendar of a group from `after` on; none where no meeting can be computed.
fn calendar(site: &Site, group: &PublishedGroup, page: &str, after: Timestamp) -> Option<String> {
    let mut calendar = Calendar::new();
    calendar.append_property(("METHOD", "PUBLISH"));
    let name = line(&group.name);
    // The library's own `name` writes it as it is; said to be text, it is escaped (RFC 5545 § 3.3.11).
    for key in ["NAME", "X-WR-CALNAME"] {
        calendar.append_property(Property::new(key, &name).add_parameter("VALUE", "TEXT").done());
    }
    let mut count = 0;
    for schedule in &group.meetings {
        for rule in &schedule.rules {
            let uid = format!("{}-{count}@{}.ampelhaus", group.slug, site.slug);
            if let Some(mut event) = event(schedule, rule, after) {
                event.uid(&uid).summary(&name).url(page);
                event.append_property(Property::new("DTSTAMP", utc(after)));
                if let Some(venue) = group.venues.first() {
                    event.location(&line(&venue.line()));
                }
                if !schedule.remark.is_empty() {
                    event.description(&line(&schedule.remark));
                }
                calendar.push(event.done());
                count += 1;
            }
        }
    }
    (count > 0).then(|| calendar.to_string().replacen("BEGIN:VEVENT", &format!("{TIME_ZONE}BEGIN:VEVENT"), 1))
}

/// Control characters end a line or a file for some readers, and say nothing to anybody.
fn line(text: &str) -> String {
    text.replace(char::is_control, " ")
}

fn event(schedule: &Schedule, rule: &Rule, after: Timestamp) -> Option<Event> {
    let own = |exceptions: &[jiff::civil::Date]| Schedule {
        rules: vec![rule.clone()],
        exceptions: exceptions.to_vec(),
        ..Schedule::default()
    };
    let most = if rule.to_rrule().is_some() { 1 } else { WRITTEN_OUT };
    let meetings = own(&schedule.exceptions).next(after, most);
    let Occurrence { start, end } = meetings.first()?;
    let mut event = Event::new();
    event.append_property(local("DTSTART", std::slice::from_ref(start)));
    if let Some(end) = end {
        event.append_property(local("DTEND", std::slice::from_ref(end)));
    }
    if let Some(rrule) = rule.to_rrule() {
        event.append_property(Property::new("RRULE", rrule));
        let at = rule.start();
        let left_out: Vec<Zoned> = schedule
            .exceptions
            .iter()
            .filter(|date| rule.meets_on(**date))
            .filter_map(|date| date.to_datetime(at).to_zoned(berlin()).ok())
            .filter(|moment| moment > start)
            .collect();
        if !left_out.is_empty() {
            event.append_property(local("EXDATE", &left_out));
        }
    } else {
        let rest: Vec<Zoned> = meetings.iter().skip(1).map(|meeting| meeting.start.clone()).collect();
        if !rest.is_empty() {
            event.append_property(local("RDATE", &rest));
        }
    }
    Some(event)
}

fn local(name: &str, moments: &[Zoned]) -> Property {
    let values: Vec<_> = moments.iter().map(|moment| moment.strftime("%Y%m%dT%H%M%S").to_string()).collect();
    Property::new(name, values.join(",")).add_parameter("TZID", "Europe/Berlin").done()
}

fn utc(moment: Timestamp) -> String {
    moment.strftime("%Y%m%dT%H%M%SZ").to_string()
}
