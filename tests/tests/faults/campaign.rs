//! The program is killed while it sends a campaign: all of it is queued or nothing, and each group gets its mail once.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use access::actions::{CreateGroup, ListGroups, VerifyAudit};
use access::{Role, Stage, operator_permit};
use domain::audit::AuditEvent;
use domain::{CampaignId, EmailAddress, Field, Group, GroupId, Item, Slug, Source, Status, Value};
use storage::tenant::bulk::NewGroup;
use testkit::surgery::{Store, sql};
use testkit::{Backend, Office, Program, Settings, Visitor, World};

const GROUPS: usize = 120;

async fn groups(office: &Office) -> Vec<GroupId> {
    let tx = office.house.stores().begin(&office.permit::<CreateGroup>(Role::Staff)).await.unwrap();
    let mut groups = Vec::new();
    for number in 0..GROUPS {
        let mail = EmailAddress::parse(&format!("gruppe-{number}@example.org")).unwrap();
        let values = [(Field::Name, Value::Text(format!("Gruppe {number}"))), (Field::GroupEmail, Value::Email(mail))];
        let items = values.into_iter().map(|(field, value)| Item::new(tx.ids().next(), field, value, Source::Staff));
        let group = Group {
            id: tx.ids().next(),
            slug: Slug::parse(&format!("gruppe-{number}")).unwrap(),
            status: Status::Active,
            version: 1,
            items: items.collect(),
            people: Vec::new(),
        };
        groups.push(NewGroup { group, notes: Vec::new() });
    }
    tx.insert_groups(&groups, &[], "created").await.unwrap();
    tx.commit(AuditEvent::new("group.created", "")).await.unwrap();
    groups.into_iter().map(|new| new.group.id).collect()
}

/// A campaign to these groups, as the form sends it.
async fn send(program: &Program, session: &str, id: CampaignId, groups: &[GroupId]) -> u16 {
    let staff = Visitor::at(program.address, "alpha.localhost");
    staff.set_cookie("__Host-session", session);
    let deadline = domain::Clock::now(&domain::SystemClock).to_zoned(domain::schedule::berlin()).date();
    let deadline = deadline.checked_add(jiff::ToSpan::days(28)).unwrap().to_string();
    let (id, groups): (String, Vec<String>) = (id.to_string(), groups.iter().map(ToString::to_string).collect());
    let mut form = vec![
        ("id", id.as_str()),
        ("subject", "Bitte prüfen Sie Ihre Angaben"),
        ("german", "Guten Tag,\n\n{link}\n\n{code}"),
        ("english", ""),
        ("deadline", &deadline),
        ("first", "14"),
        ("second", "24"),
        ("was", "senden"),
    ];
    form.extend(groups.iter().map(|group| ("groups", group.as_str())));
    staff.post("/office/abgleich/neu", &form).await.status.as_u16()
}

async fn count(world: &World, office: &Office, what: &str) -> usize {
    let text = format!("SELECT CAST(count(*) AS text) FROM {what}");
    sql(&world.config, Store::Tenant(office.id), &text).await[0].parse().unwrap()
}

/// Links, rounds, mails of rounds, campaigns.
async fn kept(world: &World, office: &Office) -> [usize; 4] {
    let mut counts = [0; 4];
    for (count_of, table) in counts.iter_mut().zip([
        "group_links",
        "reconciliation_rounds",
        "reconciliation_mails",
        "reconciliation_campaigns",
    ]) {
        *count_of = count(world, office, table).await;
    }
    counts
}

/// Who was written to, by the id of the message.
fn sent(settings: &std::path::Path) -> BTreeMap<String, BTreeSet<String>> {
    let mut sent: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let Ok(files) = std::fs::read_dir(settings) else { return sent };
    for file in files {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        let head = |name: &str| text.lines().find_map(|line| line.strip_prefix(name)).map(str::to_owned);
        // One that was being written when the process was killed has no head, or no end.
        if let (Some(to), Some(id)) = (head("To: "), head("Message-ID: ")) {
            sent.entry(to).or_default().insert(id);
        }
    }
    sent
}

async fn a_killed_campaign(backend: Backend) {
    let world = World::new(backend).await;
    let office = world.public_office("alpha").await;
    let groups = groups(&office).await;
    let lead = office.someone(Role::Lead).await;
    // The program has the machine's clock.
    world.clock.advance(domain::Clock::now(&domain::SystemClock).duration_since(testkit::world::BEGINNING));
    let session = office.session(&lead, Stage::Full).await;
    let settings = Settings::of(&world);
    let id: CampaignId = world.ids().next();

    // Killed while it queues: earlier and later.
    let (mut cut_off, mut after) = (0, Duration::from_millis(15));
    for _ in 0..12 {
        let program = Program::serving(&["serve"], &settings).await;
        let began = Instant::now();
        let answered = tokio::select! {
            answered = send(&program, &session, id, &groups) => Some(answered),
            () = tokio::time::sleep(after) => None,
        };
        program.kill();
        let now = kept(&world, &office).await;
        println!("killed after {:.0?}: {answered:?}, {now:?}", began.elapsed());
        if now == [0; 4] {
            assert_eq!(answered, None, "it said that it was sent");
            cut_off += 1;
            after += after / 3;
        } else {
            assert_eq!(now, [GROUPS, GROUPS, GROUPS, 1], "half of it was queued");
            break;
        }
    }
    assert!(cut_off > 0, "no kill came in time: nothing was tested");
    let program = Program::serving(&["serve"], &settings).await;
    assert_eq!(send(&program, &session, id, &groups).await, 303, "the button is pressed again");
    assert_eq!(kept(&world, &office).await, [GROUPS, GROUPS, GROUPS, 1], "and nothing was queued twice");
    program.kill();

    // Killed while it sends.
    let folder = match &world.config {
        storage::StoreConfig::Sqlite { folder } => folder.join("mail"),
        storage::StoreConfig::Postgres(_) => world.folder.path().join("data").join("mail"),
    };
    let mut kills = 0;
    let deadline = Instant::now() + Duration::from_mins(2);
    while count(&world, &office, "outbox").await > 0 {
        assert!(Instant::now() < deadline, "mail is left");
        let before = sent(&folder).len();
        let worker = Program::start(&["worker"], &settings);
        while sent(&folder).len() < (before + 17).min(GROUPS) && Instant::now() < deadline {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        if sent(&folder).len() >= GROUPS {
            while count(&world, &office, "outbox").await > 0 && Instant::now() < deadline {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        }
        worker.kill();
        kills += 1;
        // What it had taken is given back after two minutes: they pass here.
        sql(&world.config, Store::Tenant(office.id), "UPDATE outbox SET claimed_until = 0").await;
    }
    assert!(kills > 2, "{kills}");
    let sent = sent(&folder);
    assert_eq!(sent.len(), GROUPS, "each group was written to");
    assert!(sent.values().all(|ids| ids.len() == 1), "and once: a copy has the same Message-ID");
    let steps = sql(&world.config, Store::Tenant(office.id), "SELECT DISTINCT step FROM reconciliation_rounds").await;
    assert_eq!(steps, ["sent"]);
    let look = world.stores().look(&office.lead::<ListGroups>()).await.unwrap();
    assert_eq!(look.campaign_mails_waiting(id).await.unwrap(), 0);
    drop(look);
    world.stores().verify_audit(&operator_permit::<VerifyAudit>(office.id)).await.unwrap().unwrap();
}

testkit::on_both! {
    a_killed_campaign: a_killed_campaign_is_queued_whole_or_not_at_all_and_each_mail_leaves_once_on_sqlite,
        a_killed_campaign_is_queued_whole_or_not_at_all_and_each_mail_leaves_once_on_postgresql;
}
