//! Row 2.11.

use std::collections::BTreeSet;

use access::actions::{ReadAudit, VerifyAudit};
use access::{Role, Stage, operator_permit};
use domain::Light;
use domain::audit::Actor;
use domain::office::Visibility;
use storage::AuditFilter;
use testkit::{Backend, Office};
use tests::requests::{self, Param, Whose};
use web::Access;

use crate::scene::Scene;

/// Shown without an entry in the log, with the reason: none of it is an item of a group. This list can only shrink.
const NOT_ITEMS: &[(&str, &str, &str)] =
    &[("/office/import", "name of an upload", "what the office itself called its file")];

/// The newest entries of the office's log, newest first.
async fn entries(office: &Office) -> Vec<storage::AuditEntry> {
    let look = office.house.stores().look(&office.lead::<ReadAudit>()).await.expect("a look");
    look.audit_entries(&AuditFilter { limit: 10_000, ..AuditFilter::default() }).await.expect("entries")
}

/// Every page that shows something yellow or red says in the log who saw which items; every act that changes anything says who did it.
#[tokio::test]
async fn p2_11_whoever_reads_or_changes_is_in_the_log() {
    let scene = Scene::new(Backend::Sqlite).await;
    let server = scene.serve().await;
    let (office, other) = (&scene.alpha.office, &scene.beta.office);
    let stage = requests::Scene::new(&scene.world, &server, &scene.alpha, &scene.beta);
    let lead = stage.lead().await;
    // What only a group admin may, an admin of all groups does.
    let groups: Vec<_> = scene.alpha.groups.iter().map(|group| group.id).collect();
    let admin = office.admin_of(&groups).await;
    let session = office.session(&admin, Stage::Full).await;
    let admin = requests::Sender { visitor: server.with_session(office, &session), person: Some(admin) };
    let mut unused = NOT_ITEMS.to_vec();
    let foreign_before = entries(other).await.len();
    let (mut reading, mut seen_items, mut complaints) = (Vec::new(), BTreeSet::new(), BTreeSet::new());
    for route in web::routes().table().0 {
        let Access::Office(action) = route.access else { continue };
        let may = action.policy().allows(Role::Lead, Role::Lead.built_in_rights());
        let sender = if may { &lead } else { &admin };
        let actor = Actor::User(sender.person.as_ref().expect("a person").user);
        // Every group in turn, so that yellow, red and paused ones are read, too.
        let params = requests::line_of(&route).2;
        let of_groups = params.contains(&Param::Group) && !params.contains(&Param::Paper);
        let groups = if of_groups && route.method == "GET" { scene.alpha.groups.as_slice() } else { &[] };
        let mut all_values = vec![stage.values(&route, Whose::Own).await];
        for group in groups {
            let (person, items) = &group.people[0];
            let values = requests::line_of(&route).2.iter().map(|param| match param {
                Param::Group => group.id.to_string(),
                Param::Person => person.to_string(),
                Param::Item => items[0].to_string(),
                Param::Word(word) => (*word).to_owned(),
                _ => unreachable!("no parameter of a group's page"),
            });
            all_values.push(values.collect());
        }
        for values in all_values {
            // Bringing an office online that is online already changes nothing.
            office
                .set_visibility(if route.path.ends_with("/online") { Visibility::Offline } else { Visibility::Live })
                .await;
            // Without somebody on the way in, there is nothing to stop.
            if route.path == "/konto/faktor-verlust/stoppen" {
                requests::lose_factor(office, sender.person.as_ref().expect("a person").user).await;
            }
            let before = entries(office).await.len();
            let answer = stage.send(sender, &route, &values).await;
            let what = format!("{} {}", route.method, requests::path_of(&route, &values));
            let now = entries(office).await;
            let new: Vec<_> = now[..now.len() - before].iter().filter(|entry| entry.actor == actor).collect();
            if route.method != "GET" {
                assert!(answer.status.as_u16() < 400, "{what}: {}", answer.status);
                if new.is_empty() {
                    complaints.insert(format!("{what} ({}) changed something and is not in the log", answer.status));
                }
                continue;
            }
            let logged: BTreeSet<&str> =
                new.iter().flat_map(|entry| entry.details.items.iter().map(String::as_str)).collect();
            let bytes = answer.bytes();
            for canary in scene.alpha.canaries.iter().filter(|canary| canary.is_in(&bytes)) {
                match canary.item {
                    Some((item, light)) if light != Light::Green => {
                        if !logged.contains(item.to_string().as_str()) {
                            complaints.insert(format!("{what} shows {} and does not say so in the log", canary.what));
                        }
                        seen_items.insert(item);
                    }
                    // Notes and what else is red without being an item: seen, and the log says by whom.
                    None if new.is_empty() => {
                        let listed =
                            |(path, what, _): &&(&str, &str, &str)| *path == route.path && *what == canary.what;
                        if let Some(line) = NOT_ITEMS.iter().find(listed) {
                            unused.retain(|kept| kept != line);
                            continue;
                        }
                        complaints.insert(format!("{what} shows the {} and is not in the log", canary.what));
                    }
                    // Green items are public by decision.
                    Some(_) | None => {}
                }
                reading.push(what.clone());
            }
        }
    }
    assert!(unused.is_empty(), "these are in the log now and need no line here: {unused:?}");
    assert!(complaints.is_empty(), "{} complaints: {complaints:#?}", complaints.len());
    reading.dedup();
    assert!(
        reading.len() >= 5 && seen_items.len() >= 20,
        "the walk reads much: {} pages, {} items",
        reading.len(),
        seen_items.len()
    );
    assert_eq!(entries(other).await.len(), foreign_before, "nothing of it is in another office's log");

    // Logins, wrong ones too, and the log's own reading.
    let visitor = server.seeker(office);
    let person = office.someone(Role::Staff).await;
    let before = entries(office).await.len();
    visitor.post("/login", &[("email", &person.email), ("password", "falsch-falsch-falsch")]).await;
    visitor.post("/login", &[("email", &person.email), ("password", person.password)]).await;
    visitor.post("/login/code", &[("code", &person.code(scene.world.house.clock().now()))]).await;
    visitor.post("/abmelden", &[]).await;
    let now = entries(office).await;
    let said: Vec<&str> = now[..now.len() - before].iter().rev().map(|entry| entry.action.as_str()).collect();
    assert_eq!(said, ["login.failed", "login.password", "login.complete", "logout"]);

    // And the log itself holds.
    let verified =
        scene.world.stores().verify_audit(&operator_permit::<VerifyAudit>(office.id)).await.expect("verified");
    assert_eq!(verified.expect("the chain holds").number, u64::try_from(now.len()).expect("a number"));
}
