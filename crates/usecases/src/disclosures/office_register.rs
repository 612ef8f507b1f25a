//! All that was passed on in the office, for those who pass on and for whoever watches over it: who passed on what of which
//! group, to whom, when, how and why. Never what it said.

use std::collections::HashMap;
use std::sync::Arc;

use access::Permit;
use access::actions::ReadDisclosures;
use domain::alert::Sign;
use domain::audit::Actor;
use domain::{Catalogue, DisclosureId, GroupId, Light};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use storage::TenantTx;
use storage::tenant::Chosen;

use super::register::Line;
use crate::groups::{names, record_seen};
use crate::people::noticed_of;
use crate::{House, Result};

/// How many stand on a page.
pub const PAGE: usize = 50;

/// Which to show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only of this group.
    pub group: Option<GroupId>,
    /// Only those begun on this day or later, in Germany.
    pub from: Option<Date>,
    /// Only those begun on this day or earlier.
    pub until: Option<Date>,
    /// Only what comes after this one, for paging.
    pub after: Option<DisclosureId>,
}

impl Filter {
    fn chosen(self) -> Chosen {
        let zone = TimeZone::get("Europe/Berlin").unwrap_or(TimeZone::UTC);
        let start = |day: Date| day.to_zoned(zone.clone()).ok().map(|zoned| zoned.timestamp());
        let Self { group, from, until, after } = self;
        Chosen { group, since: from.and_then(start), until: until.and_then(|day| start(day.tomorrow().ok()?)), after }
    }
}

/// One time something was passed on, or was to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Of which group.
    pub group: GroupId,
    /// Its name.
    pub name: String,
    /// When it was begun.
    pub begun: Timestamp,
    /// The rest.
    pub line: Line,
}

/// A page of the register.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// Newest first.
    pub entries: Vec<Entry>,
    /// [`Filter::after`] of the next page, if there is one.
    pub next: Option<DisclosureId>,
    /// The groups of the register by name, for the filter.
    pub groups: Vec<(GroupId, String)>,
    /// The office's fields.
    pub catalogue: Arc<Catalogue>,
}

/// The names of the groups of the register that are in reach. What of them is not green joins what was seen.
async fn groups_of(look: &TenantTx, seen: &mut Vec<String>) -> Result<HashMap<GroupId, String>> {
    let names = look.group_names(look.disclosed_groups().await?).await?;
    let hidden = names.values().filter(|name| name.effective() != Light::Green);
    seen.extend(hidden.map(|name| name.id.to_string()));
    Ok(names.into_iter().map(|(group, name)| (group, name.value.plain())).collect())
}

/// A page of the register. Whose recipients and names were shown is recorded as read.
pub async fn list(permit: &Permit<ReadDisclosures>, house: &House, filter: Filter) -> Result<Page> {
    let look = house.stores.look(permit).await?;
    let mut seen = Vec::new();
    let known = groups_of(&look, &mut seen).await?;
    let mut found = look.disclosures(&filter.chosen(), PAGE + 1).await?;
    let more = found.len() > PAGE;
    found.truncate(PAGE);
    let next = found.last().map(|one| one.id).filter(|_| more);
    let by = names(&look).await?;
    let mut entries = Vec::with_capacity(found.len());
    for one in found {
        let (group, begun) = (one.group, one.made_at);
        let who = by(Actor::User(one.by));
        let line = Line::of(&look, one, permit.rights(), who);
        let name = known.get(&group).cloned().unwrap_or_default();
        entries.push(Entry { group, name, begun, line });
    }
    let catalogue = look.catalogue().await?;
    drop(look);
    seen.extend(entries.iter().filter(|entry| entry.line.recipient.is_some()).map(|entry| entry.line.id.to_string()));
    record_seen(permit, house, permit.tenant(), "disclosures", seen).await?;
    noticed_of(permit, house, Sign::MassReading).await;
    let mut groups: Vec<_> = known.into_iter().collect();
    groups.sort_by_cached_key(|(_, name)| directory::sort_key(name));
    Ok(Page { entries, next, groups, catalogue })
}
