//! Rows 2.4 and 3.11: what a thief of files, dumps or passwords finds.

use access::Role;
use access::actions::{EditGroup, ReadGroup};
use domain::audit::AuditEvent;
use testkit::Backend;
use tests::canary::{Canary, Search};
use tests::{Planted, Reach, files};

use crate::scene::Scene;

fn words<'a>(canaries: impl IntoIterator<Item = &'a Canary>) -> impl Iterator<Item = &'a str> {
    canaries.into_iter().flat_map(|canary| canary.words.iter().map(String::as_str))
}

/// What may be in the clear is what everyone may read. A consented contact is green, and published behind the notice.
fn sealed(planted: &Planted) -> impl Iterator<Item = &Canary> {
    planted.reaching(Reach::Never)
}

async fn nothing_but_green_is_readable_on_disk(backend: Backend) {
    let scene = Scene::new(backend).await;
    let offices = [&scene.alpha, &scene.beta];
    let secret = offices.iter().flat_map(|planted| words(sealed(planted)));
    let secret = Search::of(secret);
    let control = Search::of(offices.iter().flat_map(|planted| words(planted.reaching(Reach::OnPage))));
    let mut green = 0;
    let ids = [scene.alpha.office.id, scene.beta.office.id];
    let mut written = files::everything_written(&scene.world, &ids);
    if backend == Backend::Sqlite {
        assert!(
            written.iter().any(|(name, bytes)| name.ends_with("-wal") && !bytes.is_empty()),
            "the write-ahead logs are looked at"
        );
    }
    // Once while everything is open, once after a proper end.
    scene.world.stores().close().await;
    written.extend(files::everything_written(&scene.world, &ids));
    for (name, bytes) in &written {
        assert_eq!(secret.first_in(bytes), None, "in {name}");
        green += usize::from(control.first_in(bytes).is_some());
    }
    assert!(green >= 2, "green values are found in both offices' databases, so the search works: {green}");
}

#[tokio::test]
async fn p2_4_nothing_but_green_is_readable_in_any_file() {
    nothing_but_green_is_readable_on_disk(Backend::Sqlite).await;
}

#[tokio::test]
async fn p2_4_nothing_but_green_is_readable_in_any_dump() {
    nothing_but_green_is_readable_on_disk(Backend::Postgres).await;
}

async fn passwords_are_salted_hashes_and_uploads_are_sealed(backend: Backend) {
    let scene = Scene::new(backend).await;
    let office = &scene.alpha.office;
    // Two people with the same password.
    let (one, other) = (office.someone(Role::Staff).await, office.someone(Role::Staff).await);
    assert_eq!(one.password, other.password);
    // The rig hashes once for everybody; the program does it for each.
    let tx = scene.world.stores().begin(&office.lead::<EditGroup>()).await.expect("a transaction");
    for person in [&one, &other] {
        let hash = scene.world.house.hash_password(person.password).await.expect("a hash");
        tx.set_password(person.user, &hash).await.expect("kept");
    }
    tx.commit(AuditEvent::new("test.passwords", "")).await.expect("committed");
    let look = scene.world.stores().look(&office.lead::<ReadGroup>()).await.expect("a look");
    let mut hashes = Vec::new();
    for person in [&one, &other] {
        let user = look.user(person.user).await.expect("read").expect("a user");
        assert!(user.password.starts_with("$argon2id$v=19$"), "an argon2id hash");
        hashes.push(user.password);
    }
    drop(look);
    assert_ne!(*hashes[0], *hashes[1], "salted");

    // Neither password nor hash, neither upload nor document of the contract can be read on disk.
    let uploads = ["password", "second factor", "uploaded file", "name of an upload", "the contract's document"];
    let secret: Vec<&Canary> = sealed(&scene.alpha).filter(|canary| uploads.contains(&canary.what.as_str())).collect();
    assert_eq!(secret.len(), uploads.len());
    let search = Search::of(words(secret).chain([one.password, "$argon2id$", hashes[0].as_str()]));
    for (name, bytes) in files::everything_written(&scene.world, &[office.id, scene.beta.office.id]) {
        assert_eq!(search.first_in(&bytes), None, "in {name}");
    }
}

#[tokio::test]
async fn p3_11_passwords_are_salted_hashes_and_uploads_are_sealed() {
    passwords_are_salted_hashes_and_uploads_are_sealed(Backend::Sqlite).await;
}

#[tokio::test]
async fn p3_11_passwords_are_salted_hashes_and_uploads_are_sealed_on_postgresql() {
    passwords_are_salted_hashes_and_uploads_are_sealed(Backend::Postgres).await;
}
