//! The list of groups. Shows green items only, except for names, whose reading is recorded if one is not green.

use access::Permit;
use access::actions::ListGroups;
use domain::catalogue::{FieldDef, Need};
use domain::{Catalogue, Field, GroupId, Item, Light, Slug, Status, Value};
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::HashSet;
use storage::TenantTx;
use storage::tenant::GroupSummary;

use crate::{House, Result};

/// What is still to be done about a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Open {
    /// A person's consent is to be asked for.
    Consent,
    /// It is public without a public contact.
    Contact,
    /// Something is missing that the office's policy requires.
    Required,
}

impl Open {
    /// All, as offered.
    pub const ALL: [Self; 3] = [Self::Consent, Self::Contact, Self::Required];

    /// The word used in forms.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Consent => "einwilligung",
            Self::Contact => "kontakt",
            Self::Required => "pflicht",
        }
    }

    /// Reads [`Open::code`] back.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|open| open.code() == code)
    }
}

/// What to show.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Words that must all occur in name, topics or town.
    pub text: String,
    /// Only groups in this status.
    pub status: Option<Status>,
    /// Only groups about which this is still to be done.
    pub open: Option<Open>,
    /// Which page of [`PAGE`] lines, from 0; one that does not exist is the last.
    pub page: usize,
}

/// Lines on one page.
pub const PAGE: usize = 100;

/// A line of the list.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Its id.
    pub id: GroupId,
    /// Its place in public addresses.
    pub slug: Slug,
    /// Where it stands.
    pub status: Status,
    /// Its name, empty if it has none.
    pub name: String,
    /// What it is about, if public.
    pub topics: Vec<String>,
    /// Code of the matching wish, if public.
    pub accepts_new: Option<String>,
    /// When it was last confirmed, if public.
    pub confirmed_on: Option<Date>,
    /// Where it meets, if public.
    pub town: String,
    /// How many items are green, yellow, red.
    pub lights: [usize; 3],
    /// The last change.
    pub updated_at: Timestamp,
}

/// The list.
#[derive(Clone, Debug, PartialEq)]
pub struct List {
    /// One page of what the filter lets through, by name.
    pub lines: Vec<Line>,
    /// How many lines there are on all pages.
    pub found: usize,
    /// How many groups there are in each status, whatever the filter.
    pub counts: [(Status, usize); 5],
}

impl List {
    /// How many groups there are, whatever the filter.
    pub fn total(&self) -> usize {
        self.counts.iter().map(|(_, count)| count).sum()
    }
}

const FIELDS: [Field; 5] = [Field::Name, Field::Topic, Field::AcceptsNew, Field::ConfirmedOn, Field::Venue];

/// What the office's policy requires of a group beside its name.
pub(crate) fn required(catalogue: &Catalogue) -> impl Iterator<Item = Field> {
    let needed = |def: &&FieldDef| def.need == Need::Required && def.field != Field::Name;
    catalogue.fields().iter().filter(needed).map(|def| def.field)
}

/// The groups kept up to which something is missing that the office's policy requires.
pub(crate) async fn lacking(tx: &TenantTx) -> Result<HashSet<GroupId>> {
    let catalogue = tx.catalogue().await?;
    let required: Vec<Field> = required(&catalogue).collect();
    if required.is_empty() {
        return Ok(HashSet::new());
    }
    let mut groups = tx.group_summaries(&required).await?;
    let says = |group: &GroupSummary, field: Field| group.items.iter().any(|item| item.field == field);
    groups.retain(|group| group.status.is_kept_up() && !required.iter().all(|field| says(group, *field)));
    Ok(groups.into_iter().map(|group| group.id).collect())
}

/// One page of the groups that pass the filter, in German alphabetical order.
pub async fn list(permit: &Permit<ListGroups>, house: &House, filter: &Filter) -> Result<List> {
    let look = house.stores.look(permit).await?;
    let summaries = look.group_summaries(&FIELDS).await?;
    let open = match filter.open {
        None => None,
        Some(Open::Consent) => Some(look.groups_with_consents_to_record().await?),
        Some(Open::Contact) => Some(look.published_without_contact().await?.1),
        Some(Open::Required) => Some(lacking(&look).await?),
    };
    let counts =
        Status::ALL.map(|status| (status, summaries.iter().filter(|summary| summary.status == status).count()));
    let wanted: Vec<String> = filter.text.split_whitespace().map(directory::sort_key).collect();
    let mut lines = Vec::new();
    let wanted_group = |one: &GroupSummary| {
        filter.status.is_none_or(|status| one.status == status)
            && open.as_ref().is_none_or(|open| open.contains(&one.id))
    };
    for summary in summaries.into_iter().filter(wanted_group) {
        let (line, name) = line(summary);
        let text = directory::sort_key(&[&line.name, &line.topics.join(" "), &line.town].map(String::as_str).join(" "));
        if wanted.iter().all(|word| text.contains(word.as_str())) {
            lines.push((directory::sort_key(&line.name), line, name));
        }
    }
    lines.sort_by(|(a, one, _), (b, other, _)| (a, &one.name, one.id).cmp(&(b, &other.name, other.id)));
    let found = lines.len();
    let first = filter.page.min(found.saturating_sub(1) / PAGE) * PAGE;
    let mut seen = Vec::new();
    let lines = lines.into_iter().skip(first).take(PAGE).map(|(_, line, name)| {
        seen.extend(name.filter(|item| item.effective() != Light::Green).map(|item| item.id.to_string()));
        line
    });
    let mut lines: Vec<Line> = lines.collect();
    let lights = look.count_lights(&lines.iter().map(|line| line.id).collect::<Vec<_>>()).await?;
    drop(look);
    for line in &mut lines {
        line.lights = lights.get(&line.id).copied().unwrap_or_default();
    }
    super::record_seen(permit, house, "groups", "list", seen).await?;
    Ok(List { lines, found, counts })
}

fn line(summary: GroupSummary) -> (Line, Option<Item>) {
    let GroupSummary { id, slug, status, updated_at, items } = summary;
    let mut line = Line {
        id,
        slug,
        status,
        name: String::new(),
        topics: Vec::new(),
        accepts_new: None,
        confirmed_on: None,
        town: String::new(),
        lights: [0; 3],
        updated_at,
    };
    let mut name = None;
    for item in items {
        let green = item.effective() == Light::Green;
        match (item.field, &item.value) {
            (Field::Name, Value::Text(text)) => {
                line.name.clone_from(text);
                name = Some(item);
            }
            (Field::Topic, Value::Text(text)) if green => line.topics.push(text.clone()),
            (Field::AcceptsNew, Value::Choice(code)) if green => line.accepts_new = Some(code.clone()),
            (Field::ConfirmedOn, Value::Date(date)) if green => line.confirmed_on = Some(*date),
            (Field::Venue, Value::Venue(venue)) if green && line.town.is_empty() => {
                let part = if venue.district.is_empty() { &venue.town } else { &venue.district };
                line.town.clone_from(part);
            }
            _ => {}
        }
    }
    (line, name)
}
