//! The real list of offices as tenants, each with groups made of real topics: a house of the size it is meant for.
//!
//! The files are not part of the project; who has them names their folder in `AMPELHAUS_REAL_DATA`, or lays them in
//! `../shared/data` beside it. The addresses in them are real, so this refuses to work where mail could go out.

use std::collections::{BTreeMap, HashSet};
use std::path::PathBuf;

use access::actions::ImportGroups;
use access::{Permit, operator_permit};
use domain::audit::AuditEvent;
use domain::office::{OfficeProfile, Regime, Visibility};
use domain::{Field, Group, Item, Schedule, Slug, Source, Status, TenantId, Value, Venue};
use serde::Deserialize;
use storage::tenant::bulk::NewGroup;
use storage::{NewTenant, Stores};

#[derive(Deserialize)]
struct Office {
    name: String,
    street: Option<String>,
    city: Option<String>,
    phone: Option<String>,
}

/// Groups of an office: at least so many, and up to as many again.
const GROUPS: usize = 40;
const MEETINGS: [&str; 6] = [
    "jeden Mittwoch, 18.30 Uhr",
    "1. und 3. Montag im Monat, 19 Uhr",
    "letzter Donnerstag im Monat, 16 Uhr",
    "Dienstag 17 Uhr, gerade KW",
    "2. Samstag im Monat, 10 Uhr",
    "nach Absprache",
];

/// Where the files are, if they are anywhere.
pub fn folder() -> Option<PathBuf> {
    let named = std::env::var_os("AMPELHAUS_REAL_DATA").map(PathBuf::from);
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/data");
    named.into_iter().chain([beside]).find(|folder| folder.join("offices.json").exists())
}

/// Whether the environment would let mail out to the real addresses.
pub fn smtp_is_configured() -> bool {
    std::env::vars().any(|(name, value)| name.to_ascii_uppercase().starts_with("AMPELHAUS_SMTP") && !value.is_empty())
        || std::env::var_os("AMPELHAUS_CONFIG").is_some()
}

/// Makes one public office (in trial) per entry of `offices.json`, with groups of `topics.json`; their subdomains.
///
/// # Panics
/// Where mail could go out, and when a file or store cannot be used.
pub async fn seed(stores: &Stores, folder: &std::path::Path, mut progress: impl FnMut(usize, usize)) -> Vec<Slug> {
    assert!(!smtp_is_configured(), "these are real addresses: not where mail could go out");
    let read = |name: &str| std::fs::read_to_string(folder.join(name)).expect("the file is readable");
    let offices: Vec<Office> = serde_json::from_str(&read("offices.json")).expect("offices");
    let topics: BTreeMap<String, Vec<String>> = serde_json::from_str(&read("topics.json")).expect("topics");
    let topics: Vec<String> = topics.into_values().flatten().collect();
    let mut taken = HashSet::new();
    let mut slugs = Vec::new();
    for (number, office) in offices.iter().enumerate() {
        progress(number, offices.len());
        let wanted = Slug::from_name(office.city.as_deref().unwrap_or(&office.name), 40, "kontaktstelle");
        let slug = std::iter::once(wanted.clone())
            .chain((2..=9_999).map(|again| wanted.numbered(again)))
            .find(|slug| taken.insert(slug.clone()))
            .expect("a free subdomain");
        let id: TenantId = stores.services().ids.next();
        let profile = OfficeProfile {
            name: office.name.clone(),
            street: office.street.clone().unwrap_or_default(),
            town: office.city.clone().unwrap_or_default(),
            phone: office.phone.clone().unwrap_or_default(),
            imprint: office.name.clone(),
            privacy: office.name.clone(),
            ..OfficeProfile::default()
        };
        let new =
            NewTenant { id, slug: slug.clone(), profile: profile.clone(), regime: Regime::Dsgvo, first_account: None };
        stores.provision(&new).await.expect("provisioned");
        let permit: Permit<ImportGroups> = operator_permit(id);
        let tx = stores.begin(&permit).await.expect("a transaction");
        tx.insert_groups(&groups(stores, office, number, &topics), &[], "created").await.expect("groups");
        tx.save_site(Visibility::Trial, &profile).await.expect("a site");
        tx.commit(AuditEvent::new("seed.real", "")).await.expect("committed");
        slugs.push(slug);
    }
    progress(offices.len(), offices.len());
    slugs
}

fn groups(stores: &Stores, office: &Office, number: usize, topics: &[String]) -> Vec<NewGroup> {
    let ids = &stores.services().ids;
    (0..GROUPS + number % GROUPS)
        .map(|place| {
            let topic = &topics[(number * 31 + place * 7) % topics.len()];
            let name = format!("Selbsthilfegruppe {topic}");
            let venue = Venue { town: office.city.clone().unwrap_or_default(), ..Venue::default() };
            let meeting = MEETINGS[place % MEETINGS.len()];
            let values = [
                (Field::Name, Value::Text(name)),
                (Field::Topic, Value::Text(topic.clone())),
                (Field::Meetings, Value::Meetings(Schedule::parse_german(meeting))),
                (Field::Venue, Value::Venue(venue)),
                (Field::AcceptsNew, Value::Choice("yes".to_owned())),
            ];
            let item = |(field, value)| Item::new(ids.next(), field, value, Source::Import);
            let group = Group {
                id: ids.next(),
                slug: Slug::unspoken(ids),
                status: Status::Active,
                version: 1,
                items: values.into_iter().map(item).collect(),
                people: Vec::new(),
            };
            NewGroup { group, notes: Vec::new() }
        })
        .collect()
}
