//! Lists on their way in: over HTTP from upload to report, clicked twice, and cut off in the midst.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use access::actions::{ImportGroups, VerifyAudit};
use access::{Role, Stage, operator_permit};
use domain::{Clock as _, ImportId};
use reqwest::Method;
use testkit::surgery::{Store, sql};
use testkit::{Answer, Backend, Office, Program, Server, Settings, Visitor, World, program};
use tests::form::form_to;
use usecases::import::{self, Outcome};

#[path = "../../../crates/intake/tests/invented/mod.rs"]
mod invented;
#[path = "../../../crates/usecases/tests/read_back/mod.rs"]
mod read_back;

async fn upload(staff: &Visitor, name: &str, bytes: &[u8]) -> ImportId {
    let part = reqwest::multipart::Part::bytes(bytes.to_vec()).file_name(name.to_owned());
    let form = reqwest::multipart::Form::new().part("file", part);
    let answer = staff.send(staff.builder(Method::POST, "/office/import").multipart(form)).await;
    assert_eq!(answer.status.as_u16(), 303, "{}", answer.text);
    let id = answer.location().strip_prefix("/office/import/").and_then(|rest| rest.strip_suffix("/spalten"));
    id.unwrap_or_else(|| panic!("to {}", answer.location())).parse().unwrap()
}

/// Sends the form of a page as it is filled in.
async fn send(staff: &Visitor, page: &Answer, path: &str) -> Answer {
    let form = form_to(&page.text, path).unwrap_or_else(|| panic!("no form on {path}"));
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    staff.post(path, &form).await
}

async fn shown(staff: &Visitor, path: &str) -> Answer {
    let answer = staff.get(path).await;
    assert_eq!(answer.status.as_u16(), 200, "{path}: {}", answer.text);
    answer
}

async fn count(world: &World, office: &Office, table: &str) -> usize {
    let query = format!("SELECT count(*) FROM {table}");
    sql(&world.config, Store::Tenant(office.id), &query).await[0].parse().unwrap()
}

async fn from_upload_to_report(backend: Backend) {
    let lists: [(&str, Vec<u8>, usize); 2] =
        [("musterstadt.csv", invented::CSV.to_vec(), 10), ("musterstadt.xlsx", invented::xlsx(), 7)];
    for (name, bytes, groups) in lists {
        let world = World::new(backend).await;
        let server = Server::of(&world).await;
        let office = world.public_office(name.split_once('.').unwrap().1).await;
        let person = office.someone(Role::Staff).await;
        let staff = server.with_session(&office, &office.session(&person, Stage::Full).await);
        let id = upload(&staff, name, &bytes).await;
        let at = |step: &str| format!("/office/import/{id}/{step}");
        assert_eq!(count(&world, &office, "groups").await, 0, "nothing is in before it is taken over");
        assert_eq!(staff.get(&at("bericht")).await.location(), at("vorschau"), "no report yet");

        let columns = shown(&staff, &at("spalten")).await;
        let answer = send(&staff, &columns, &at("spalten")).await;
        assert_eq!((answer.status.as_u16(), answer.location()), (303, at("vorschau").as_str()));
        let preview = shown(&staff, &at("vorschau")).await;
        assert!(preview.text.contains(&format!("{groups} Gruppen übernehmen")), "{}", preview.text);
        let chosen = form_to(&preview.text, &at("vorschau")).unwrap();
        let chosen: Vec<(&str, &str)> = chosen.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let take_over = at("uebernehmen");
        let (first, second) = tokio::join!(staff.post(&take_over, &chosen), staff.post(&take_over, &chosen));
        for answer in [&first, &second, &staff.post(&take_over, &chosen).await] {
            assert_eq!(answer.status.as_u16(), 303, "{}", answer.text);
            assert!(answer.location().starts_with(&at("bericht")), "{}", answer.location());
        }
        let done = [&first, &second].iter().filter(|answer| answer.location().contains("import-fertig")).count();
        assert_eq!(done, 1, "of two clicks one is the import");

        let report = shown(&staff, &at("bericht")).await;
        assert!(report.text.contains("bis 21. Dezember 2026"), "until when it is kept: {}", report.text);
        for step in ["spalten", "vorschau"] {
            assert_eq!(staff.get(&at(step)).await.location(), at("bericht"), "what is done is not begun again");
        }
        assert_eq!(count(&world, &office, "groups").await, groups);
        let list = shown(&staff, "/office/gruppen").await;
        let first = if groups == 7 { "Treffpunkt Achtsamkeit" } else { "Ängste überwinden" };
        assert!(list.text.contains(first) && server.seeker(&office).get("/").await.text.contains(first));

        let permit = operator_permit::<ImportGroups>(office.id);
        let kept = import::report(&permit, &world.house, id).await.unwrap().report;
        let look = world.stores().look(&permit).await.unwrap();
        assert_eq!(read_back::nothing_is_lost(&look, id, &bytes, &kept).await.drafts.len(), groups);
        drop(look);
        let verify = operator_permit::<VerifyAudit>(office.id);
        world.stores().verify_audit(&verify).await.unwrap().unwrap();

        let stranger = world.public_office(&format!("fremd-{}", office.slug)).await;
        let other = stranger.someone(Role::Lead).await;
        let other = server.with_session(&stranger, &stranger.session(&other, Stage::Full).await);
        assert_eq!(other.get(&at("bericht")).await.status.as_u16(), 404);

        world.clock.advance(import::REPORT_LIFETIME);
        usecases::housekeeping::remove_expired(&world.house).await.unwrap();
        let staff = server.with_session(&office, &office.session(&person, Stage::Full).await);
        assert_eq!(staff.get(&at("bericht")).await.status.as_u16(), 404, "its time is over");
        shown(&staff, "/office/gruppen").await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_list_comes_in_over_http_from_upload_to_report_on_sqlite() {
    from_upload_to_report(Backend::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_list_comes_in_over_http_from_upload_to_report_on_postgresql() {
    from_upload_to_report(Backend::Postgres).await;
}

/// The first row looks like names of columns and is none.
const TWO_HEADINGS: &str = "Gruppe;Ort;Telefon\nBezeichnung;Saal;Erreichbar unter\n\
    Angst;Nachbarschaftshaus;030 23125 001\nMut;Nachbarschaftshaus;030 23125 002\n";

/// As a browser without scripts sends them.
#[tokio::test]
async fn headings_are_corrected_with_forms_alone() {
    let world = World::new(Backend::Sqlite).await;
    let server = Server::of(&world).await;
    let office = world.office("alpha").await;
    let person = office.someone(Role::Staff).await;
    let staff = server.with_session(&office, &office.session(&person, Stage::Full).await);
    let id = upload(&staff, "zwei.csv", TWO_HEADINGS.as_bytes()).await;
    let path = format!("/office/import/{id}/spalten");
    let page = shown(&staff, &path).await;
    assert!(page.text.contains("Zeile 2: Bezeichnung · Saal · Erreichbar unter"), "{}", page.text);
    let form = async |instead: &[(&'static str, &'static str)]| {
        let page = shown(&staff, &path).await;
        let mut form = form_to(&page.text, &path).unwrap();
        for (name, value) in instead {
            form.retain(|(there, _)| there != name);
            form.push(((*name).to_owned(), (*value).to_owned()));
        }
        let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let answer = staff.post(&path, &form).await;
        (answer.status.as_u16(), answer.location().rsplit('/').next().unwrap_or_default().to_owned(), answer.text)
    };
    for wrong in ["0", "9999", "-1", "zwei", ""] {
        let (status, _, text) = form(&[("s0-kopf", wrong)]).await;
        assert_eq!(status, 422, "{wrong}");
        assert!(text.contains("Die Spalten passen nicht mehr"), "{wrong}: {text}");
    }
    // Whoever overlooks the button beside it and goes on is led back to the columns once.
    assert_eq!(form(&[("s0-kopf", "2")]).await.1, "spalten?meldung=import-kopf");
    let page = shown(&staff, &format!("{path}?meldung=import-kopf")).await;
    assert!(page.text.contains("neu vorgeschlagen") && page.text.contains("<bdi>Bezeichnung</bdi>"), "{}", page.text);
    assert_eq!(form(&[("neu", "s0-kopf")]).await.1, "spalten?meldung=import-kopf-gleich");
    assert_eq!(form(&[]).await.1, "vorschau");
    let preview = shown(&staff, &format!("/office/import/{id}/vorschau")).await;
    assert!(preview.text.contains("2 Gruppen übernehmen"), "{}", preview.text);
    assert_eq!(form(&[("s0-kopf", "keine")]).await.1, "spalten?meldung=import-kopf");
    let preview = shown(&staff, &format!("/office/import/{id}/vorschau")).await;
    assert!(preview.text.contains("4 Gruppen übernehmen"), "{}", preview.text);
}

/// A list of so many groups, each with a person, a note and a meeting.
fn long_list(groups: usize) -> String {
    let rows = (0..groups).map(|number| {
        format!("Gruppe {number};Angst;montags 18 Uhr;Kim Muster;030 23125 {number:04};Schlüssel Nr. {number}\n")
    });
    format!("Gruppe;Thema;Treffen;Ansprechpartner;Telefon;Bemerkung\n{}", rows.collect::<String>())
}

/// All tables that an import writes into.
const WRITTEN: [&str; 4] = ["groups", "people", "notes", "published_groups"];

async fn all(world: &World, office: &Office) -> [usize; 4] {
    let mut counts = [0; 4];
    for (place, table) in WRITTEN.iter().enumerate() {
        counts[place] = count(world, office, table).await;
    }
    counts
}

async fn an_import_given_up_midway(backend: Backend) {
    const GROUPS: usize = 300;
    let world = World::new(backend).await;
    let office = world.public_office("alpha").await;
    let permit = operator_permit::<ImportGroups>(office.id);
    let id = import::upload(&permit, &world.house, "a.csv", long_list(GROUPS).into_bytes()).await.unwrap();
    for stop_at in [1, 100, 250] {
        let (told, mut hears) = tokio::sync::mpsc::unbounded_channel();
        let (go_on, waits) = std::sync::mpsc::channel::<()>();
        let waits = std::sync::Mutex::new(Some(waits));
        let (house, permit) = (Arc::clone(&world.house), operator_permit::<ImportGroups>(office.id));
        let running = tokio::spawn(async move {
            // Stands still in the midst of the transaction until it is given up, which takes effect where it next waits
            // for the database; should that answer too fast to be waited for, it ends here.
            let progress = move |done: usize, _: usize| {
                if done >= stop_at {
                    let _known = told.send(done);
                    let waits = waits.lock().unwrap().take().expect("given up");
                    waits.recv_timeout(Duration::from_secs(20)).unwrap();
                }
            };
            import::bring_in(&permit, &house, id, &progress).await.map(|_| ())
        });
        let done = hears.recv().await.expect("it is running");
        running.abort();
        go_on.send(()).unwrap();
        assert!(running.await.is_err(), "it was given up");
        assert_eq!(all(&world, &office).await, [0; 4], "given up after {done} groups");
        let open = import::uploads(&permit_of(&office), &world.house).await.unwrap();
        assert_eq!(open[0].groups, None, "still to be brought in");
    }
    let outcome = import::bring_in(&permit, &world.house, id, &|_, _| {}).await.unwrap();
    let Outcome::Done(report) = outcome else { panic!("it was never done") };
    assert_eq!((report.groups, report.persons), (GROUPS, GROUPS));
    assert_eq!(all(&world, &office).await, [GROUPS; 4]);
    assert_eq!(import::bring_in(&permit, &world.house, id, &|_, _| {}).await.unwrap(), Outcome::Before);
    assert_eq!(all(&world, &office).await, [GROUPS; 4]);
    world.stores().verify_audit(&operator_permit::<VerifyAudit>(office.id)).await.unwrap().unwrap();
}

fn permit_of(office: &Office) -> access::Permit<ImportGroups> {
    operator_permit(office.id)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_import_given_up_midway_leaves_nothing_and_can_be_repeated_on_sqlite() {
    an_import_given_up_midway(Backend::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_import_given_up_midway_leaves_nothing_and_can_be_repeated_on_postgresql() {
    an_import_given_up_midway(Backend::Postgres).await;
}

async fn a_killed_import(backend: Backend) {
    const GROUPS: usize = 2_000;
    let world = World::new(backend).await;
    let settings = Settings::of(&world);
    let file = world.folder.path().join("liste.csv");
    std::fs::write(&file, long_list(GROUPS)).unwrap();
    let whole = world.public_office("ganz").await;
    let began = Instant::now();
    let output = program::run(&arguments(&whole, &file), &settings);
    let takes = began.elapsed();
    assert!(output.status.success(), "{}", program::said(&output));
    assert_eq!(all(&world, &whole).await, [GROUPS; 4]);

    let office = world.public_office("alpha").await;
    let (mut cut_off, mut begun) = (0, 0);
    for percent in [30, 60, 80, 95] {
        let mut running = Program::start(&arguments(&office, &file), &settings);
        tokio::time::sleep(takes * percent / 100).await;
        let ended = running.ended();
        running.kill();
        let counts = all(&world, &office).await;
        begun = count(&world, &office, "imports").await;
        println!("killed after {percent} % of {takes:.1?}: {ended:?}, {begun} uploads, {counts:?}");
        if counts != [0; 4] {
            assert_eq!(counts, [GROUPS; 4], "half of it came in");
            break;
        }
        assert_eq!(ended, None, "it ended without having done anything");
        cut_off += 1;
    }
    assert!(cut_off > 0 && begun > 0, "no kill came after the upload: nothing was tested");
    let output = program::run(&arguments(&office, &file), &settings);
    assert!(output.status.success(), "it can be repeated: {}", program::said(&output));
    assert_eq!(all(&world, &office).await, [GROUPS; 4], "and nothing came in twice");
    let verify = operator_permit::<VerifyAudit>(office.id);
    world.stores().verify_audit(&verify).await.unwrap().unwrap();
    // What was left behind can still be looked at, and goes by itself.
    world.clock.advance(world_is_behind(&world) + Duration::from_secs(7 * 86_400).try_into().unwrap());
    usecases::housekeeping::remove_expired(&world.house).await.unwrap();
    let left = import::uploads(&permit_of(&office), &world.house).await.unwrap();
    assert!(left.iter().all(|upload| upload.groups.is_some()), "uploads nobody finishes go");
}

/// The programs ask the machine for the time, the world stands still.
fn world_is_behind(world: &World) -> jiff::SignedDuration {
    domain::SystemClock.now().duration_since(world.clock.now()).max(jiff::SignedDuration::ZERO)
}

fn arguments<'a>(office: &'a Office, file: &'a Path) -> [&'a str; 4] {
    ["import", "--tenant", office.slug.as_str(), file.to_str().unwrap()]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_killed_import_leaves_nothing_and_can_be_repeated_on_sqlite() {
    a_killed_import(Backend::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_killed_import_leaves_nothing_and_can_be_repeated_on_postgresql() {
    a_killed_import(Backend::Postgres).await;
}
