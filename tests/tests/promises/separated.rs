//! Row 2.1.

use access::actions::ReadGroup;
use storage::StoreConfig;
use storage::platform::TenantRecord;
use testkit::{Backend, Office};
use tests::canary::Search;
use tests::{Reach, files};

use crate::scene::Scene;

fn sql(url: &str, sql: &str) -> Result<String, String> {
    let output = testkit::postgres::psql(url, sql);
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
    if output.status.success() { Ok(text(&output.stdout)) } else { Err(text(&output.stderr)) }
}

fn refused(url: &str, text: &str, why: &str) {
    match sql(url, text) {
        Ok(answer) => panic!("{text} was answered with {answer:?}"),
        Err(error) => assert!(error.contains(why), "{text} was refused for another reason: {error}"),
    }
}

async fn record(scene: &Scene, office: &Office) -> TenantRecord {
    let look = scene.world.stores().platform_look().await.expect("a look");
    look.tenant(office.id).await.expect("read").expect("a tenant")
}

fn on(base: &str, login: &str, password: &str, database: &str) -> String {
    let mut url = url::Url::parse(base).expect("a URL");
    url.set_username(login).expect("a login");
    url.set_password(Some(password)).expect("a password");
    url.set_path(database);
    url.to_string()
}

#[tokio::test]
async fn p2_1_each_office_has_a_database_and_logins_of_its_own() {
    let scene = Scene::new(Backend::Postgres).await;
    let StoreConfig::Postgres(config) = &scene.world.config else { panic!("not on PostgreSQL") };
    let (alpha, beta) = (record(&scene, &scene.alpha.office).await, record(&scene, &scene.beta.office).await);
    let base = &config.platform_url;
    let platform = url::Url::parse(base).expect("a URL").path().trim_start_matches('/').to_owned();
    let keystore = url::Url::parse(&config.keystore_url).expect("a URL").path().trim_start_matches('/').to_owned();

    // The office's own login: into its own database and into no other.
    let office = |database: &str| on(base, &alpha.database, &alpha.logins.office, database);
    let own = office(&alpha.database);
    assert_ne!(sql(&own, "SELECT count(*) FROM items").expect("its own items"), "0");
    for database in [&beta.database, &platform, &keystore] {
        refused(&office(database), "SELECT 1", "permission denied for database");
    }
    refused(&own, &format!("SET ROLE \"{}\"", beta.database), "permission denied");
    refused(&own, "CREATE TABLE mine (x int)", "permission denied");
    refused(&own, "ALTER TABLE items ADD COLUMN x int", "must be owner");
    refused(&own, "CREATE DATABASE mine", "permission denied");
    refused(&own, "CREATE ROLE mine", "permission denied");
    for change in ["UPDATE audit SET action = 'x'", "DELETE FROM audit", "TRUNCATE audit"] {
        refused(&own, change, "permission denied for table audit");
    }

    // The public login: what is published, and nothing else.
    let public_role = format!("{}_public", alpha.database);
    let public = |database: &str| on(base, &public_role, &alpha.logins.public, database);
    let here = public(&alpha.database);
    assert_ne!(sql(&here, "SELECT count(*) FROM published_groups").expect("published groups"), "0");
    for database in [&beta.database, &platform, &keystore] {
        refused(&public(database), "SELECT 1", "permission denied for database");
    }
    let tables = sql(
        &on(base, &alpha.database, &alpha.logins.office, &alpha.database),
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public'",
    );
    let tables = tables.expect("the tables");
    let mut closed = 0;
    for table in tables.lines().filter(|table| !table.starts_with("published_")) {
        refused(&here, &format!("SELECT count(*) FROM {table}"), "permission denied for table");
        closed += 1;
    }
    assert!(closed >= 15, "{tables}");
    for change in [
        "DELETE FROM published_groups",
        "UPDATE published_site SET version = 0",
        "INSERT INTO published_groups DEFAULT VALUES",
    ] {
        refused(&here, change, "permission denied for table");
    }

    // The two shared logins of the serving process: neither into an office's database nor into each other's.
    for (url, others) in [(base, [&alpha.database, &keystore]), (&config.keystore_url, [&alpha.database, &platform])] {
        assert_eq!(sql(url, "SELECT 1").expect("its own database"), "1");
        for database in others {
            let mut url = url::Url::parse(url).expect("a URL");
            url.set_path(database);
            refused(url.as_str(), "SELECT 1", "permission denied for database");
        }
    }

    // None of the logins is more than it must be.
    let powers = format!(
        "SELECT count(*) FROM pg_roles WHERE (rolsuper OR rolcreatedb OR rolcreaterole OR rolbypassrls OR rolreplication) \
         AND rolname IN ('{}', '{public_role}')",
        alpha.database
    );
    assert_eq!(sql(&testkit::postgres::url(), &powers).expect("an answer"), "0");
}

#[tokio::test]
async fn p2_1_each_office_has_a_file_and_a_key_of_its_own() {
    let scene = Scene::new(Backend::Sqlite).await;
    let StoreConfig::Sqlite { folder } = &scene.world.config else { panic!("not on SQLite") };
    let file = |office: &Office| folder.join("tenants").join(format!("{}.db", office.id));
    let group = scene.alpha.public_group().id;
    let look = scene.world.stores().look(&scene.alpha.office.lead::<ReadGroup>()).await.expect("a look");
    assert!(look.group(group).await.expect("its own key opens it").is_some());
    drop(look);
    scene.world.stores().close().await;
    // The offices' connections end a moment later; then their write-ahead logs are folded in.
    for _ in 0..100 {
        if files::below(folder).iter().all(|path| !path.to_string_lossy().ends_with("-wal")) {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }

    // What alpha has in the clear (it is public) stands in alpha's file alone.
    let green: Vec<&str> =
        scene.alpha.reaching(Reach::OnPage).flat_map(|canary| canary.words.iter().map(String::as_str)).collect();
    let search = Search::of(green);
    let mut with = Vec::new();
    for path in files::below(scene.world.folder.path()) {
        if search.first_in(&std::fs::read(&path).expect("readable")).is_some() {
            with.push(path);
        }
    }
    assert_eq!(with, [file(&scene.alpha.office)], "and the write-ahead log is folded in");

    // Somebody puts alpha's file in beta's place: beta's keys open nothing of it.
    for end in ["", "-wal", "-shm"] {
        let (from, to) = (file(&scene.alpha.office), file(&scene.beta.office));
        let name = |path: &std::path::Path| std::path::PathBuf::from(format!("{}{end}", path.display()));
        if name(&from).exists() {
            std::fs::copy(name(&from), name(&to)).expect("copied");
        } else if name(&to).exists() {
            std::fs::remove_file(name(&to)).expect("removed");
        }
    }
    let house = scene.world.second_house().await;
    let look = house.stores().look(&scene.beta.office.lead::<ReadGroup>()).await.expect("a look");
    let stolen = look.group(group).await;
    assert!(matches!(stolen, Err(storage::StorageError::Sealed { .. })), "{stolen:?}");
}
