//! The audit log as people read it: who did what, when; and whether it is whole.

use domain::alert::Sign;
use std::collections::{BTreeMap, HashSet};

use access::actions::{ExportAudit, ReadAudit, VerifyAudit};
use access::{Action, Permit, operator_permit};
use domain::audit::{Actor, AuditEvent};
use domain::{GroupId, ItemId, Light, TenantId, UserId};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use storage::platform::TenantState;
use storage::{AuditEntry, AuditFilter, TenantTx};

use crate::account::{Colleague, colleagues};
use crate::people::noticed_of;
use crate::{House, Result};

/// How many entries stand on a page.
pub const PAGE: usize = 50;

/// Actions that belong together, as offered in the filter: a code and the beginnings of the actions' names.
pub const TOPICS: &[(&str, &[&str])] = &[
    ("logins", &["login.", "logout", "second_factor.", "recovery.", "session."]),
    ("accounts", &["account.", "user.", "users.", "roles.", "invitation.", "succession."]),
    ("groups", &["group.", "groups.", "items.", "note.", "notes.", "schedule."]),
    ("people", &["person.", "people.", "consent."]),
    ("disclosures", &["disclosure.", "disclosures.", "items.copied", "group.ask_first"]),
    ("suggestions", &["suggestion."]),
    ("imports", &["import.", "imports."]),
    ("office", &["office."]),
    ("contract", &["contract."]),
    ("sign-on", &["sign_on."]),
    ("support", &["support."]),
    ("alerts", &["alert."]),
    ("audit", &["audit."]),
];

/// Whom to look for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// Someone of the office.
    User(UserId),
    /// Nobody known: failed logins.
    Anonymous,
    /// The program itself.
    System,
    /// The operator.
    Operator,
}

impl From<Who> for Actor {
    fn from(who: Who) -> Self {
        match who {
            Who::User(user) => Self::User(user),
            Who::Anonymous => Self::Anonymous,
            Who::System => Self::System,
            Who::Operator => Self::Operator,
        }
    }
}

/// Which entries to show.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Code of one of [`TOPICS`]; an unknown one shows everything.
    pub topic: Option<String>,
    /// Only what this one did.
    pub who: Option<Who>,
    /// Only what was done to this object: its id.
    pub object: Option<String>,
    /// From this day on, in Germany.
    pub from: Option<Date>,
    /// Up to and including this day.
    pub until: Option<Date>,
    /// Only entries before this one, for paging.
    pub before: Option<i64>,
}

impl Filter {
    fn entries(&self, limit: usize) -> AuditFilter {
        let zone = TimeZone::get("Europe/Berlin").unwrap_or(TimeZone::UTC);
        let start = |day: Date| day.to_zoned(zone.clone()).ok().map(|zoned| zoned.timestamp());
        let topic = self.topic.as_deref();
        let starts = TOPICS.iter().find(|(code, _)| Some(*code) == topic).map_or(&[][..], |(_, starts)| starts);
        AuditFilter {
            actions: starts.iter().map(|start| (*start).to_owned()).collect(),
            actor: self.who.map(Actor::from),
            object: self.object.clone(),
            before: self.before,
            since: self.from.and_then(start),
            until: self.until.and_then(|day| start(day.tomorrow().ok()?)),
            limit: u64::try_from(limit).unwrap_or(u64::MAX),
        }
    }
}

/// Who did it, as shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ActorName {
    /// Someone of the office, by name.
    User(String),
    /// Someone whose account is gone; the beginning of its id tells several apart.
    Gone(String),
    /// Whoever holds a group's personal link.
    Link,
    /// Nobody known.
    Anonymous,
    /// The program itself.
    System,
    /// The operator.
    Operator,
}

/// What it was done to, as shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ObjectName {
    /// Nothing in particular, or the office itself.
    None,
    /// A group that is there.
    Group(GroupId, String),
    /// Someone of the office.
    User(String),
    /// Anything else, by its id.
    Other(String),
}

/// An entry of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its place in the chain.
    pub seq: i64,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub actor: ActorName,
    /// What was done, as a code.
    pub action: String,
    /// On what.
    pub object: ObjectName,
    /// The object's id as kept, for the filter.
    pub object_id: String,
    /// A remark.
    pub summary: String,
    /// How many items were seen or changed.
    pub items: usize,
}

/// A page of the log.
#[derive(Clone, Debug)]
pub struct AuditPage {
    /// Newest first.
    pub lines: Vec<Line>,
    /// [`Filter::before`] of the next page, if there is one.
    pub next: Option<i64>,
    /// For the filter.
    pub people: Vec<Colleague>,
}

/// Names for the ids in the log. Group names that are not public are items read.
struct Names {
    tenant: String,
    users: BTreeMap<UserId, String>,
    groups: BTreeMap<String, (GroupId, String)>,
    roles: BTreeMap<String, String>,
    /// Fields that the office calls something else than the product, or that are its own.
    fields: BTreeMap<String, String>,
    read: Vec<ItemId>,
}

impl Names {
    async fn of(tx: &TenantTx, people: &[Colleague], entries: &[AuditEntry]) -> Result<Self> {
        let mut names = Self {
            tenant: tx.id().to_string(),
            users: people.iter().map(|person| (person.id, person.name.clone())).collect(),
            groups: BTreeMap::new(),
            roles: tx.own_roles().await?.into_iter().map(|own| (own.id.to_string(), own.name)).collect(),
            fields: tx
                .catalogue()
                .await?
                .fields()
                .iter()
                .filter(|def| !def.label.de.is_empty())
                .map(|def| (def.field.code().into_owned(), def.label.de.clone()))
                .collect(),
            read: Vec::new(),
        };
        let mut objects: HashSet<&str> = entries.iter().map(|entry| entry.object.as_str()).collect();
        objects.extend(entries.iter().flat_map(|entry| ids_in(&entry.details.summary)));
        // Other objects are no groups, and have no name there.
        let groups = objects.iter().filter_map(|object| object.parse::<GroupId>().ok());
        for (group, name) in tx.group_names(groups).await? {
            names.groups.insert(group.to_string(), (group, name.value.plain()));
            if name.effective() != Light::Green {
                names.read.push(name.id);
            }
        }
        Ok(names)
    }

    fn actor(&self, actor: Actor) -> ActorName {
        match actor {
            Actor::User(user) => match self.users.get(&user) {
                Some(name) => ActorName::User(name.clone()),
                None => ActorName::Gone(user.to_string()),
            },
            Actor::Group(_) => ActorName::Link,
            Actor::Anonymous => ActorName::Anonymous,
            Actor::System => ActorName::System,
            Actor::Operator => ActorName::Operator,
        }
    }

    fn object(&self, object: &str) -> ObjectName {
        if object.is_empty() || object == self.tenant {
            return ObjectName::None;
        }
        if let Some((id, name)) = self.groups.get(object) {
            return ObjectName::Group(*id, name.clone());
        }
        match object.parse::<UserId>().ok().and_then(|user| self.users.get(&user)) {
            Some(name) => ObjectName::User(name.clone()),
            None => ObjectName::Other(object.to_owned()),
        }
    }

    /// A remark with names, in quotation marks, instead of ids.
    fn remark(&self, summary: String) -> String {
        let name = |id: &str| {
            let user = || id.parse().ok().and_then(|user: UserId| self.users.get(&user));
            let known = self.roles.get(id).or_else(user).or_else(|| self.groups.get(id).map(|(_, name)| name));
            known.map(|name| (id.to_owned(), name.replace(['„', '“'], "")))
        };
        let known: Vec<(String, String)> = ids_in(&summary).filter_map(name).collect();
        known.into_iter().fold(summary, |summary, (id, name)| summary.replace(&id, &format!("„{name}“")))
    }

    /// A remark about items with the office's own words for fields, in quotation marks.
    fn fields(&self, action: &str, summary: &str) -> String {
        let about = ["items.", "group.", "person.", "consent.", "request.", "disclosure."];
        if self.fields.is_empty() || !about.iter().any(|topic| action.starts_with(topic)) {
            return summary.to_owned();
        }
        let word = |part: &str| {
            let bare = part.trim_end_matches(',');
            match self.fields.get(bare) {
                Some(name) => {
                    format!("„{}“{}", name.replace(['„', '“'], ""), part.get(bare.len()..).unwrap_or_default())
                }
                None => part.to_owned(),
            }
        };
        summary.split(' ').map(word).collect::<Vec<_>>().join(" ")
    }

    fn line(&self, entry: AuditEntry) -> Line {
        let AuditEntry { seq, at, actor, action, object, details } = entry;
        let (actor, name) = (self.actor(actor), self.object(&object));
        Line {
            seq,
            at,
            actor,
            action: action.clone(),
            object: name,
            object_id: object,
            summary: self.remark(self.fields(&action, &details.summary)),
            items: details.items.len(),
        }
    }
}

/// What in a remark is as long as an id and stands between spaces or commas.
fn ids_in(summary: &str) -> impl Iterator<Item = &str> {
    let word = |c: char| !(c.is_ascii_alphanumeric() || c == '-');
    summary.split(word).filter(|word| word.parse::<GroupId>().is_ok())
}

fn span(entries: &[AuditEntry]) -> String {
    match (entries.last(), entries.first()) {
        (Some(oldest), Some(newest)) => format!("{}–{}", oldest.seq, newest.seq),
        _ => "0".to_owned(),
    }
}

/// A page of the log, newest first. That it was read is an entry itself.
pub async fn read(permit: &Permit<ReadAudit>, house: &House, filter: &Filter) -> Result<AuditPage> {
    let tx = house.stores.begin(permit).await?;
    let mut entries = tx.audit_entries(&filter.entries(PAGE + 1)).await?;
    let more = entries.len() > PAGE;
    entries.truncate(PAGE);
    let people = colleagues(&tx).await?;
    let names = Names::of(&tx, &people, &entries).await?;
    let next = entries.last().map(|entry| entry.seq).filter(|_| more);
    let event = AuditEvent::new("audit.read", "").summary(span(&entries)).items(&names.read);
    let lines = entries.into_iter().map(|entry| names.line(entry)).collect();
    tx.commit(event).await?;
    Ok(AuditPage { lines, next, people })
}

/// The whole log as filtered, newest first, for a file. An entry itself.
pub async fn export(permit: &Permit<ExportAudit>, house: &House, filter: &Filter) -> Result<Vec<Line>> {
    const BATCH: usize = 2_000;
    let tx = house.stores.begin(permit).await?;
    let mut filter = filter.clone();
    filter.before = None;
    let mut entries: Vec<AuditEntry> = Vec::new();
    loop {
        let batch = tx.audit_entries(&filter.entries(BATCH)).await?;
        let full = batch.len() == BATCH;
        filter.before = batch.last().map(|entry| entry.seq);
        entries.extend(batch);
        if !full {
            break;
        }
    }
    let people = colleagues(&tx).await?;
    let names = Names::of(&tx, &people, &entries).await?;
    let event = AuditEvent::new("audit.exported", "").summary(span(&entries)).items(&names.read);
    let lines = entries.into_iter().map(|entry| names.line(entry)).collect();
    tx.commit(event).await?;
    noticed_of(permit, house, Sign::LogExports).await;
    Ok(lines)
}

/// Whether one office's log is whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Whose.
    pub tenant: TenantId,
    /// How many entries it has, or what is wrong with it.
    pub outcome: std::result::Result<u64, String>,
}

impl Report {
    /// Whether nothing was changed or removed.
    pub const fn is_whole(&self) -> bool {
        self.outcome.is_ok()
    }
}

/// Recomputes an office's audit chain under its key and compares its end with the one kept outside the office's
/// database: finds changed, removed, inserted, reordered and recomputed entries.
pub async fn verify(house: &House, tenant: TenantId) -> Result<Report> {
    let permit: Permit<VerifyAudit> = operator_permit(tenant);
    check(&permit, house).await
}

/// The same for every office.
pub async fn verify_all(house: &House) -> Result<Vec<Report>> {
    let tenants = house.stores.platform_look().await?.tenants().await?;
    let mut reports = Vec::new();
    for tenant in tenants.into_iter().filter(|tenant| tenant.state == TenantState::Ready) {
        reports.push(verify(house, tenant.id).await?);
    }
    Ok(reports)
}

async fn check<A: Action>(permit: &Permit<A>, house: &House) -> Result<Report> {
    let outcome = house.stores.verify_audit(permit).await?;
    let outcome = outcome.map(|head| head.number).map_err(|broken| broken.to_string());
    Ok(Report { tenant: permit.tenant(), outcome })
}
