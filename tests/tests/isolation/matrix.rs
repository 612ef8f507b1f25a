//! The walk.

use std::collections::BTreeMap;
use std::num::NonZeroU32;
use std::sync::Arc;

use access::actions::{CreateFirstAccount, ReadAudit, SendMail};
use access::{ActionName, Limit, Right, Rights, Role, Stage, operator_permit, system_permit};
use domain::RoleId;
use domain::audit::AuditEvent;
use domain::office::Visibility;
use jiff::SignedDuration;
use reqwest::Method;
use storage::AuditFilter;
use storage::tenant::OwnRole;
use testkit::{Answer, Backend, Office, Person, Server, World};
use tests::canary::found_in;
use tests::requests::{self, Scene, Sender, Whose, line_of, path_of};
use tests::{GroupPlan, Log, Planted};
use web::{Access, RouteEntry};

/// Everyone who may stand before the door.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Who {
    Anonymous,
    /// A whole login of a lead, over since a minute.
    Expired,
    /// The password was right, the second factor is missing.
    HalfIn,
    /// The second factor is yet to be set up.
    Enrolling,
    Staff,
    Lead,
    ReadOnly,
    Privacy,
    /// Admin of one group of this office.
    GroupAdmin,
    /// Someone with a role the office made.
    OwnRole,
    /// The operator's support under a grant to look.
    Support,
    /// A whole login of the lead of the other office, at this office's door.
    OtherLead,
}

/// The same person for every request; only the session is new each time.
type People = BTreeMap<Who, Person>;

impl Who {
    const ALL: [Self; 12] = [
        Self::Anonymous,
        Self::Expired,
        Self::HalfIn,
        Self::Enrolling,
        Self::Staff,
        Self::Lead,
        Self::ReadOnly,
        Self::Privacy,
        Self::GroupAdmin,
        Self::OwnRole,
        Self::Support,
        Self::OtherLead,
    ];

    /// Role and stage at this office's door.
    fn known(self) -> Option<(Role, Stage)> {
        match self {
            Self::Anonymous | Self::Expired | Self::OtherLead => None,
            Self::HalfIn => Some((Role::Lead, Stage::HalfIn)),
            Self::Enrolling => Some((Role::Lead, Stage::Enrolling)),
            Self::Staff => Some((Role::Staff, Stage::Full)),
            Self::Lead => Some((Role::Lead, Stage::Full)),
            Self::ReadOnly => Some((Role::ReadOnly, Stage::Full)),
            Self::Privacy => Some((Role::Privacy, Stage::Full)),
            Self::GroupAdmin => Some((Role::GroupAdmin, Stage::Full)),
            Self::OwnRole => Some((Role::Custom(OWN_ROLE), Stage::Full)),
            Self::Support => Some((Role::Support, Stage::Full)),
        }
    }

    /// What they may at this office's door.
    fn rights(self) -> Rights {
        match self.known() {
            None => Rights::NONE,
            Some((Role::Custom(_), _)) => OWN_RIGHTS,
            Some((Role::Support, _)) => Rights::of(&Right::SUPPORT_READS),
            Some((role, _)) => role.built_in_rights(),
        }
    }

    async fn sender(self, scene: &Scene<'_>, host: &str, people: &mut People) -> Sender {
        let (office, other) = (&scene.own.office, &scene.foreign.office);
        let visitor = scene.server.visitor(host);
        let (home, role, stage) = match self {
            Self::Anonymous => return Sender { visitor, person: None },
            Self::OtherLead => (other, Role::Lead, Stage::Full),
            Self::Expired => (office, Role::Lead, Stage::Full),
            known => {
                let (role, stage) = known.known().expect("somebody");
                (office, role, stage)
            }
        };
        let person = match people.get(&self) {
            Some(person) if self != Self::Support => person.clone(),
            _ if self == Self::GroupAdmin => home.admin_of(&[scene.own.public_group().id]).await,
            _ if self == Self::Support => support(home).await,
            _ => home.someone(role).await,
        };
        if self == Self::OwnRole {
            // Tests of roles put others in their place; this one is always there.
            put_own_role(home).await;
        }
        people.insert(self, person.clone());
        if self == Self::Expired {
            // Begun long ago; the clock comes back before anybody else is asked.
            scene.world.clock.advance(-SignedDuration::from_hours(13));
        }
        let session = home.session(&person, stage).await;
        if self == Self::Expired {
            scene.world.clock.advance(SignedDuration::from_hours(13));
        }
        visitor.set_cookie("__Host-session", &session);
        Sender { visitor, person: Some(person) }
    }
}

/// Someone of the operator's support whom the office lets look in.
async fn support(office: &Office) -> Person {
    let (user, _) = requests::support_of(office).await;
    Person { user, role: Role::Support, email: String::new(), password: "", totp: [0; 20] }
}

/// The role the office made, and what it may.
const OWN_ROLE: RoleId = RoleId::from_u128(0x0192_0000_0000_7000_8000_0000_0000_0001);
const OWN_RIGHTS: Rights = Rights::of(&[Right::Overview, Right::SeeGroups, Right::ReadLog]);

async fn put_own_role(office: &Office) {
    let tx =
        office.house.stores().begin(&operator_permit::<CreateFirstAccount>(office.id)).await.expect("a transaction");
    let mut roles = tx.own_roles().await.expect("roles");
    if roles.iter().any(|own| own.id == OWN_ROLE) {
        return;
    }
    roles.push(OwnRole { id: OWN_ROLE, name: "Ehrenamt".to_owned(), rights: OWN_RIGHTS, limit: Limit::default() });
    tx.put_own_roles(&roles).await.expect("kept");
    tx.commit(AuditEvent::new("test.role", OWN_ROLE)).await.expect("committed");
}

/// What must come of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Due {
    /// It is done.
    Done,
    /// To the login, or 401 where a form was sent.
    LogIn,
    /// On with the login, at the page of this stage.
    GoesOn,
    /// 403.
    Forbidden,
    /// 404.
    NotFound,
}

fn due(route: &RouteEntry, who: Who, whose: Whose) -> Due {
    let inside = match route.access {
        Access::Public | Access::Site | Access::Platform => None,
        Access::Office(action) | Access::HalfIn(action) => Some(action),
    };
    match (inside, who.known()) {
        (Some(_), None) => Due::LogIn,
        (Some(action), Some((_, stage))) if !action.policy().stages.contains(&stage) => Due::GoesOn,
        // To the first page of their own.
        (Some(ActionName::ReadToday), Some((Role::GroupAdmin, _))) => Due::GoesOn,
        (Some(action), Some((role, _))) if !action.policy().allows(role, who.rights()) => Due::Forbidden,
        _ if whose == Whose::Own => Due::Done,
        _ => Due::NotFound,
    }
}

/// Requests that rightly do something else than [`due`] says, each with its reason. This list can only shrink: a line that is not
/// needed any more fails the test.
const EXEMPT: &[(&str, &str, &str)] = &[("GET", "/mail", "there only where mails are caught, in the demo")];

struct Seen {
    answers: usize,
    done: usize,
    refused: usize,
    complaints: Vec<String>,
}

async fn walk(backend: Backend) {
    let log = Log::begin();
    let world = World::new(backend).await;
    let plans = GroupPlan::some_of_everything();
    let alpha = tests::plant::plant(&world.office("alpha").await, 'a', &plans).await;
    let beta = tests::plant::plant(&world.office("beta").await, 'b', &plans).await;
    let server = Server::start(Arc::clone(&world.house), |config| {
        config.notices_per_minute = NonZeroU32::MAX;
        config.contacts_per_minute = NonZeroU32::MAX;
        config.client_address = web::ClientAddress::ForwardedFor;
    })
    .await;
    let scene = Scene::new(&world, &server, &alpha, &beta);
    let mut people = People::new();
    let worker = tokio::spawn(provisioning(Arc::clone(&world.house)));
    let foreign_before = acts(&beta).await;

    let mut seen = Seen { answers: 0, done: 0, refused: 0, complaints: Vec::new() };
    let mut unused: Vec<_> = EXEMPT.to_vec();
    for route in web::routes().table().0 {
        let hosts: &[&str] = match route.access {
            Access::Platform => &["localhost"],
            Access::Public => &["localhost", "alpha.localhost"],
            Access::Site | Access::Office(_) | Access::HalfIn(_) => &["alpha.localhost"],
        };
        for host in hosts {
            walk_route(&scene, &route, host, &mut people, &mut seen, &mut unused).await;
        }
    }
    worker.abort();

    // Nothing was done in the other office: its log ends where it ended.
    assert_eq!(acts(&beta).await, foreign_before, "something was done in the other office");

    // Mails of this office say nothing of the other one.
    let mails = world
        .stores()
        .begin(&system_permit::<SendMail>(alpha.office.id))
        .await
        .expect("a transaction")
        .claim_mail(1_000)
        .await;
    for mail in mails.expect("mails") {
        let text = format!("{} {} {}", mail.mail.to.as_str(), mail.mail.subject, mail.mail.body);
        seen.complaints.extend(found_in(&beta.canaries, &text).into_iter().map(|found| format!("a mail says {found}")));
    }
    // The log says nothing of either.
    let said = log.text();
    for planted in [&alpha, &beta] {
        let secret = planted.canaries.iter().filter(|canary| canary.reach != tests::Reach::OnPage);
        seen.complaints.extend(found_in(secret, &said).into_iter().map(|found| format!("the log says {found}")));
    }
    for line in unused {
        seen.complaints.push(format!("this exemption is not needed any more: {line:?}"));
    }
    assert!(seen.complaints.is_empty(), "{} complaints:\n{}", seen.complaints.len(), seen.complaints.join("\n"));
    assert!(
        seen.done > 100 && seen.refused > 200,
        "{} answers, {} done, {} refused",
        seen.answers,
        seen.done,
        seen.refused
    );
}

async fn walk_route(
    scene: &Scene<'_>,
    route: &RouteEntry,
    host: &str,
    people: &mut People,
    seen: &mut Seen,
    unused: &mut Vec<(&str, &str, &str)>,
) {
    let (_, _, params, _) = line_of(route);
    // What a refused request was to touch is still there, and serves the next.
    let mut untouched: Option<Vec<String>> = None;
    let objects: Vec<usize> = (0..params.len()).filter(|place| params[*place].is_object()).collect();
    for who in Who::ALL {
        // Own objects; then each object in turn as another office's and as nobody's, and all of them at once.
        let mut cells = vec![(Whose::Own, Vec::new())];
        for whose in [Whose::Foreign, Whose::Missing] {
            cells.extend(objects.iter().map(|place| (whose, vec![*place])));
            if objects.len() > 1 {
                cells.push((whose, objects.clone()));
            }
        }
        let mut refusals: Vec<(Vec<usize>, Whose, String)> = Vec::new();
        for (whose, places) in cells {
            let sender = who.sender(scene, host, people).await;
            let expected = due(route, who, whose);
            let own = match untouched.take() {
                Some(own) if expected != Due::Done => own,
                _ => scene.values(route, Whose::Own).await,
            };
            let mut values = own.clone();
            let others = scene.values(route, whose).await;
            for place in &places {
                values[*place].clone_from(&others[*place]);
            }
            let cell = format!("{} {} for {who:?}, {whose:?} {places:?}", route.method, route.path);
            let answer = scene.send_form_of(&sender, route, &values, &own).await;
            if route.path.contains("/veroeffentlichen/") {
                scene.own.office.set_visibility(Visibility::Live).await;
            }
            seen.answers += 1;
            if expected != Due::Done {
                untouched = Some(own);
            }
            if let Some(complaint) = complaint(expected, route, &answer) {
                let line =
                    EXEMPT.iter().find(|(method, path, _)| *method == route.method.as_str() && *path == route.path);
                match line {
                    Some(line) => unused.retain(|kept| kept != line),
                    None => seen.complaints.push(format!("{cell}: {complaint}")),
                }
            }
            match expected {
                Due::Done => seen.done += 1,
                _ => seen.refused += 1,
            }
            // What stands in the address was known to whoever sent it: a public group's name is its address.
            let sent = values.join(" ");
            let unknown = scene.foreign.canaries.iter().filter(|canary| !canary.is_in(&sent));
            for found in found_in(unknown, &answer.bytes()) {
                seen.complaints.push(format!("{cell}: shows {found}"));
            }
            if whose != Whose::Own {
                refusals.push((places, whose, faceless(&answer, &values)));
            }
        }
        // Another office's object and none at all are answered alike, byte for byte.
        for (places, _, foreign) in refusals.iter().filter(|(_, whose, _)| *whose == Whose::Foreign) {
            let missing = refusals.iter().find(|(p, whose, _)| *whose == Whose::Missing && p == places);
            if missing.is_some_and(|(.., missing)| missing != foreign) {
                seen.complaints.push(format!(
                    "{} {} for {who:?} {places:?}: foreign and missing differ",
                    route.method, route.path
                ));
            }
        }
    }
}

fn complaint(due: Due, route: &RouteEntry, answer: &Answer) -> Option<String> {
    let (status, to) = (answer.status.as_u16(), answer.location());
    let right = match due {
        Due::Done => status < 400 && !to.starts_with("/login?weiter="),
        Due::LogIn if route.method == Method::GET => status == 303 && to.starts_with("/login?weiter="),
        Due::LogIn => status == 401,
        Due::GoesOn => status == 303 && ["/login/code", "/login/einrichten", "/office", "/meine-gruppen"].contains(&to),
        Due::Forbidden => status == 403,
        Due::NotFound => status == 404,
    };
    let error = || {
        let text = answer.text.split("<main").nth(1).unwrap_or(&answer.text);
        let words: String = text
            .split('<')
            .filter_map(|part| part.split_once('>'))
            .map(|(_, words)| words)
            .collect::<Vec<_>>()
            .join(" ");
        words.split_whitespace().take(40).collect::<Vec<_>>().join(" ")
    };
    (!right).then(|| format!("{due:?} was due, came {status} {to} {}", error()))
}

/// An answer without what names this one request: its date, its id, the path it was sent to.
fn faceless(answer: &Answer, values: &[String]) -> String {
    let mut headers = answer.headers.clone();
    headers.remove("date");
    let mut text = format!("{} {headers:?} {}", answer.status, answer.text);
    for value in values {
        text = text.replace(value.as_str(), "…");
    }
    // Lengths of slugs differ.
    let length = text.find("\"content-length\": \"").map(|at| at + 19);
    if let Some(at) = length {
        let end = at + text[at..].find('"').unwrap_or_default();
        text.replace_range(at..end, "…");
    }
    text
}

/// What the office's log says, but for what the test itself prepared.
async fn acts(planted: &Planted) -> Vec<String> {
    let look = planted.office.house.stores().look(&planted.office.lead::<ReadAudit>()).await.expect("a look");
    let entries = look.audit_entries(&AuditFilter { limit: 10_000, ..AuditFilter::default() }).await.expect("entries");
    entries.into_iter().map(|entry| entry.action).filter(|action| !action.starts_with("test.")).collect()
}

/// Makes the offices of confirmed sign-ups, as the worker does.
async fn provisioning(house: Arc<usecases::House>) {
    loop {
        let _made = usecases::signup::provision_waiting(&house).await;
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_route_is_open_to_those_who_may_and_closed_to_all_others() {
    walk(Backend::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_route_is_open_to_those_who_may_and_closed_to_all_others_on_postgresql() {
    walk(Backend::Postgres).await;
}

#[test]
fn every_line_of_requests_has_its_route() {
    let table = web::routes().table().0;
    for (method, path, params, _) in requests::REQUESTS {
        let route = table.iter().find(|route| route.method.as_str() == *method && route.path == *path);
        assert!(route.is_some(), "no such route: {method} {path}");
        assert_eq!(path.matches('{').count(), params.len(), "{path}");
    }
    for route in &table {
        let (.., params, _) = line_of(route);
        assert_eq!(path_of(route, &vec!["x".to_owned(); params.len()]).matches('{').count(), 0);
    }
}
