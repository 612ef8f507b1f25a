//! Someone who can write an office's database, but lacks the keys, moves, opens, extends and exchanges nothing of what people
//! agreed to, asked for, suggested and were told: disclosures, consents, links, suggestions, change requests.
//!
//! Each forgery is tried on a row that could be read before, and undone: then it can be read again. What a row said at an
//! earlier time, put back whole, opens again; the log says what became of it since.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot be set up fails")]

use access::actions::{CreateGroup, EditGroup, OpenDisclosure, ReadGroup};
use access::{Permit, Role, anonymous_permit};
use crypto::token::{Token, TokenHash};
use domain::audit::AuditEvent;
use domain::change_request::{ChangeRequest, RequestState};
use domain::consent::{Agreement, Channel as By, WORDING};
use domain::disclosure::{Answerer, Channel, Disclosure, Link, Particulars, PassedItem, Recipient, State as Stage};
use domain::reconciliation::{Occasion, Purpose};
use domain::{EmailAddress, Field, Group, GroupId, Item, Light, Person, Slug, Source, Status, UserId, Value};
use jiff::SignedDuration;
use storage::tenant::Question;
use storage::tenant::disclosures::Wanted;
use storage::tenant::suggestions::{Suggested, Suggestion, SuggestionState};
use storage::{StorageError, TenantTx};
use testkit::requests::wish;
use testkit::surgery::{Store, bytes, sql, uuid};
use testkit::{Backend, Office, World};

struct Scene {
    world: World,
    office: Office,
    backend: Backend,
    groups: [GroupId; 2],
}

impl Scene {
    async fn new(backend: Backend) -> Self {
        let world = World::new(backend).await;
        let office = world.office("alpha").await;
        let mut groups = Vec::new();
        for name in ["eins", "zwei"] {
            let tx = world.stores().begin(&office.lead::<CreateGroup>()).await.unwrap();
            let hint = Value::Text(name.to_owned());
            let group = Group {
                id: tx.ids().next(),
                slug: Slug::parse(name).unwrap(),
                status: Status::Active,
                version: 1,
                items: vec![Item::new(tx.ids().next(), Field::AccessHints, hint, Source::Staff)],
                people: Vec::new(),
            };
            tx.insert_group(&group, "created").await.unwrap();
            tx.commit(AuditEvent::new("test.group", group.id)).await.unwrap();
            groups.push(group.id);
        }
        Self { world, office, backend, groups: [groups[0], groups[1]] }
    }

    async fn begin(&self) -> TenantTx {
        self.world.stores().begin(&self.office.lead::<EditGroup>()).await.unwrap()
    }

    async fn look(&self) -> TenantTx {
        self.world.stores().look(&self.office.lead::<ReadGroup>()).await.unwrap()
    }

    async fn run(&self, text: &str) {
        sql(&self.world.config, Store::Tenant(self.office.id), text).await;
    }

    fn id(&self, id: impl Into<uuid::Uuid>) -> String {
        uuid(self.backend, id.into())
    }

    fn hash(&self, hash: TokenHash) -> String {
        bytes(self.backend, hash.as_bytes())
    }

    /// Sets a column of the row with this id; the row can be read before and after, but not while it is forged.
    async fn forged(&self, table: &str, row: &str, (column, value): (&str, &str), readable: impl AsyncFn() -> bool) {
        assert!(readable().await, "{table} before");
        let kept = format!("CREATE TABLE kept AS SELECT id, {column} AS was FROM {table}");
        self.run(&kept).await;
        self.run(&format!("UPDATE {table} SET {column} = {value} WHERE id = {row}")).await;
        assert!(!readable().await, "{table}: {column} = {value} is noticed");
        let back =
            format!("UPDATE {table} SET {column} = (SELECT was FROM kept WHERE kept.id = {table}.id) WHERE id = {row}");
        self.run(&back).await;
        self.run("DROP TABLE kept").await;
        assert!(readable().await, "{table} after");
    }
}

fn disclosure(tx: &TenantTx, group: GroupId, by: UserId, state: Stage) -> (Disclosure, Token) {
    let token = Token::generate(tx.ids());
    let made = Disclosure {
        id: tx.ids().next(),
        group,
        items: vec![PassedItem { item: tx.ids().next(), field: Field::AccessHints, person: None }],
        particulars: Some(Particulars {
            recipient: Recipient { name: "Anruferin".to_owned(), email: None },
            purpose: "Möchte kommen.".to_owned(),
        }),
        channel: Channel::Link,
        by,
        made_at: tx.now(),
        state,
        changed_at: tx.now(),
        link: Some(Link { hash: *token.hash().as_bytes(), expires_at: tx.now() + SignedDuration::from_hours(1) }),
        answer: None,
        browser: None,
        version: 1,
    };
    (made, token)
}

async fn no_disclosure_and_no_question_can_be_forged(backend: Backend) {
    let scene = Scene::new(backend).await;
    let [one, two] = scene.groups;
    let by = scene.office.someone(Role::Staff).await.user;
    let tx = scene.begin().await;
    let ((sent, token), (seen, _)) = (disclosure(&tx, one, by, Stage::Sent), disclosure(&tx, two, by, Stage::Seen));
    let (question, own) = (Token::generate(tx.ids()), Token::generate(tx.ids()));
    tx.insert_disclosure(&sent).await.unwrap();
    tx.insert_disclosure(&seen).await.unwrap();
    let to = EmailAddress::parse("frisch@gruppe.example").unwrap();
    let asked = Question { about: sent.id, asked: Answerer::Admin(by), to };
    tx.ask_about(asked.clone(), &question.hash(), tx.now() + SignedDuration::from_hours(1)).await.unwrap();
    tx.set_ask_first(one, Wanted::Yes).await.unwrap();
    tx.set_ask_first(two, Wanted::No).await.unwrap();
    tx.commit(AuditEvent::new("test.passed_on", one)).await.unwrap();

    let outside: Permit<OpenDisclosure> = anonymous_permit(scene.office.id);
    let by_link = async |token: &Token| {
        let look = scene.world.stores().look(&outside).await.unwrap();
        look.disclosure_by_link(&token.hash()).await
    };
    let reads = async || matches!(by_link(&token).await, Ok(Some(found)) if found == sent);
    let (row, used) = (scene.id(sent.id.0), scene.id(seen.id.0));
    let swapped = format!("(SELECT sealed FROM disclosures WHERE id = {used})");
    for forged in [
        ("group_id", scene.id(two.0)),
        ("expires_at", "expires_at + 86400000".to_owned()),
        ("made_at", "made_at + 1".to_owned()),
        ("changed_at", "changed_at + 1".to_owned()),
        ("state", "'asked'".to_owned()),
        ("channel", "'phone'".to_owned()),
        ("version", "7".to_owned()),
        ("sealed", swapped),
        ("token_hash", scene.hash(own.hash())),
    ] {
        scene.forged("disclosures", &row, (forged.0, &forged.1), &reads).await;
    }
    // A link that was opened is not brought back, and one's own token opens nothing.
    let open = async || matches!(scene.look().await.disclosure(seen.id).await, Ok(Some(found)) if found == seen);
    scene.forged("disclosures", &used, ("state", "'sent'"), &open).await;
    scene.run(&format!("UPDATE disclosures SET token_hash = {} WHERE id = {row}", scene.hash(own.hash()))).await;
    assert!(by_link(&own).await.is_err(), "a link opens for its own token only");
    scene.run(&format!("UPDATE disclosures SET token_hash = {} WHERE id = {row}", scene.hash(token.hash()))).await;

    let answers =
        async || matches!(scene.look().await.question(&question.hash()).await, Ok(Some(found)) if found == asked);
    let rows = "(SELECT id FROM disclosure_questions)";
    for forged in [
        ("disclosure_id", used.clone()),
        ("expires_at", "expires_at + 86400000".to_owned()),
        ("token_hash", scene.hash(own.hash())),
    ] {
        scene.forged("disclosure_questions", rows, (forged.0, &forged.1), &answers).await;
    }

    // That a group is not asked first does not become another group's rule.
    assert!(scene.look().await.ask_first(one).await.unwrap().is_some());
    let other = format!("(SELECT sealed FROM ask_first WHERE group_id = {})", scene.id(two.0));
    scene.run(&format!("UPDATE ask_first SET sealed = {other} WHERE group_id = {}", scene.id(one.0))).await;
    assert!(scene.look().await.ask_first(one).await.is_err());
}

async fn no_suggestion_can_be_forged(backend: Backend) {
    let scene = Scene::new(backend).await;
    let [one, two] = scene.groups;
    let tx = scene.begin().await;
    let (token, own) = (Token::generate(tx.ids()), Token::generate(tx.ids()));
    let suggestion = |group, token: &Token, name: &str| Suggestion {
        id: tx.ids().next(),
        state: SuggestionState::Waiting,
        group: Some(group),
        made_at: tx.now(),
        expires_at: Some(tx.now() + SignedDuration::from_hours(1)),
        token: token.hash(),
        by: EmailAddress::parse(&format!("{name}@strasse.example")).unwrap(),
        suggested: Suggested::default(),
    };
    let (first, second) = (suggestion(one, &token, "eins"), suggestion(two, &Token::generate(tx.ids()), "zwei"));
    tx.insert_suggestion(&first).await.unwrap();
    tx.insert_suggestion(&second).await.unwrap();
    tx.commit(AuditEvent::new("test.suggested", one)).await.unwrap();
    let reads = async || matches!(scene.look().await.suggestion(first.id).await, Ok(Some(found)) if found == first);
    let swapped = format!("(SELECT sealed FROM suggestions WHERE id = {})", scene.id(second.id.0));
    for forged in [
        ("state", "'accepted'".to_owned()),
        ("group_id", scene.id(two.0)),
        ("made_at", "made_at + 1".to_owned()),
        ("expires_at", "expires_at + 86400000".to_owned()),
        ("expires_at", "NULL".to_owned()),
        ("token_hash", scene.hash(own.hash())),
        ("sealed", swapped),
    ] {
        scene.forged("suggestions", &scene.id(first.id.0), (forged.0, &forged.1), &reads).await;
    }
}

fn person(tx: &TenantTx, name: &str) -> Person {
    let item = |field, text: &str| Item::new(tx.ids().next(), field, Value::Text(text.to_owned()), Source::Staff);
    let items = vec![item(Field::PersonName, name), item(Field::PersonAddress, name)];
    Person { id: tx.ids().next(), items, consents: Vec::new() }
}

async fn no_consent_can_be_forged(backend: Backend) {
    let scene = Scene::new(backend).await;
    let tx = scene.begin().await;
    let (one, two) = (person(&tx, "Kim"), person(&tx, "Sascha"));
    scene.world.stores().make_person_keys(&scene.office.lead::<EditGroup>(), &[one.id, two.id]).await.unwrap();
    let said = |person: &Person, until| Agreement {
        person: person.id,
        item: person.items[0].id,
        light: Light::Yellow,
        given_on: "2026-11-01".parse().unwrap(),
        channel: By::Phone,
        wording: WORDING.to_owned(),
        filed: String::new(),
        until,
    };
    let (token, own) = (Token::generate(tx.ids()), Token::generate(tx.ids()));
    for person in [&one, &two] {
        tx.insert_person(person).await.unwrap();
        tx.record_consent(&said(person, Some("2027-11-01".parse().unwrap()))).await.unwrap();
    }
    tx.make_consent_link(one.id, &[(one.items[0].id, Light::Yellow)], &token.hash(), SignedDuration::from_hours(1))
        .await
        .unwrap();
    tx.commit(AuditEvent::new("test.consents", one.id)).await.unwrap();

    let in_force = async || {
        let look = scene.look().await;
        let Ok(Some(found)) = look.person(one.id).await else { return false };
        found.consented(&found.items[0]) == Light::Yellow && look.person(two.id).await.is_ok()
    };
    let (own_id, their_id) = (scene.id(one.id.0), scene.id(two.id.0));
    let row = format!("(SELECT id FROM consent_receipts WHERE person_id = {own_id} AND ended_at IS NULL)");
    let swapped = format!("(SELECT sealed FROM consent_receipts WHERE person_id = {their_id})");
    for forged in [
        ("item_id", scene.id(one.items[1].id.0)),
        ("recorded_at", "recorded_at + 1".to_owned()),
        ("until", "'2099-01-01'".to_owned()),
        ("until", "''".to_owned()),
        ("sealed", swapped),
    ] {
        scene.forged("consent_receipts", &row, (forged.0, &forged.1), &in_force).await;
    }
    // Another person's consent is not one's own.
    scene.run(&format!("UPDATE consent_receipts SET person_id = {own_id} WHERE person_id = {their_id}")).await;
    assert!(!in_force().await);
    let theirs = format!("item_id = {}", scene.id(two.items[0].id.0));
    scene.run(&format!("UPDATE consent_receipts SET person_id = {their_id} WHERE {theirs}")).await;
    assert!(in_force().await);
    // One that was withdrawn is not brought back.
    let tx = scene.begin().await;
    tx.withdraw_consents(one.id, one.items[0].id).await.unwrap();
    tx.commit(AuditEvent::new("test.withdrawn", one.id)).await.unwrap();
    assert!(!in_force().await);
    scene.run(&format!("UPDATE consent_receipts SET ended_at = NULL WHERE person_id = {own_id}")).await;
    assert!(!in_force().await);

    let opens = async || matches!(scene.look().await.consent_link(&token.hash()).await, Ok(Some(found)) if found.person == one.id);
    for forged in [
        ("person_id", their_id),
        ("expires_at", "expires_at + 86400000".to_owned()),
        ("token_hash", scene.hash(own.hash())),
    ] {
        scene.forged("consent_links", "(SELECT id FROM consent_links)", (forged.0, &forged.1), &opens).await;
    }
}

async fn no_personal_link_can_be_forged(backend: Backend) {
    let scene = Scene::new(backend).await;
    let [one, two] = scene.groups;
    let tx = scene.begin().await;
    let own = Token::generate(tx.ids());
    let fresh = tx.issue_group_links(&[one, two], Occasion::Shown).await.unwrap();
    tx.commit(AuditEvent::new("test.links", one)).await.unwrap();
    let find = async |secret: &str| scene.look().await.group_link_by_secret(secret, Purpose::Reconcile).await;
    let opens = async || {
        let found = find(&fresh[0].token).await;
        matches!(found, Ok(Some(found)) if found.group == one && found.in_force(scene.look().await.now()))
    };
    let row = scene.id(fresh[0].id.0);
    let swapped = format!("(SELECT sealed FROM group_links WHERE id = {})", scene.id(fresh[1].id.0));
    for forged in [
        ("group_id", scene.id(two.0)),
        ("expires_at", "expires_at + 86400000".to_owned()),
        ("created_at", "created_at + 1".to_owned()),
        ("purpose", "'other'".to_owned()),
        ("token_hash", scene.hash(own.hash())),
        ("code_hash", scene.hash(own.hash())),
        ("sealed", swapped),
    ] {
        scene.forged("group_links", &row, (forged.0, &forged.1), &opens).await;
    }
    // One that was taken back is not brought back, and whoever looks is told that somebody tried.
    let tx = scene.begin().await;
    assert_eq!(tx.revoke_group_links(one).await.unwrap(), 1);
    tx.commit(AuditEvent::new("test.revoked", one)).await.unwrap();
    assert!(!opens().await);
    scene.run("UPDATE group_links SET revoked_at = NULL").await;
    assert!(!opens().await, "what is sealed says that it was taken back");
    let listed = scene.look().await.group_links_of(one).await;
    assert!(matches!(listed, Err(StorageError::Sealed { table: "group_links" })), "{listed:?}");
    assert!(find(&fresh[1].token).await.unwrap().is_some_and(|found| found.revoked_at.is_none()));
}

async fn no_change_request_can_be_forged(backend: Backend) {
    let scene = Scene::new(backend).await;
    let [one, two] = scene.groups;
    let by = scene.office.someone(Role::Staff).await.user;
    let tx = scene.begin().await;
    let (first, second) = (wish(&tx, one, by, "eins"), wish(&tx, two, by, "zwei"));
    let ended =
        ChangeRequest { state: RequestState::Withdrawn, ended_at: Some(tx.now()), version: 2, ..second.clone() };
    for request in [&first, &second] {
        tx.insert_request(request).await.unwrap();
    }
    tx.save_request(&ended, 1).await.unwrap();
    tx.commit(AuditEvent::new("test.requests", one)).await.unwrap();
    let reads = async || matches!(scene.look().await.request(first.id).await, Ok(Some(found)) if found == first);
    let row = scene.id(first.id.0);
    let swapped = format!("(SELECT sealed FROM change_requests WHERE id = {})", scene.id(second.id.0));
    for forged in [
        ("group_id", scene.id(two.0)),
        ("version", "7".to_owned()),
        ("state", "'decided'".to_owned()),
        ("sealed", swapped),
    ] {
        scene.forged("change_requests", &row, (forged.0, &forged.1), &reads).await;
    }
    let over = async || matches!(scene.look().await.request(second.id).await, Ok(Some(found)) if found == ended);
    scene.forged("change_requests", &scene.id(second.id.0), ("state", "'open'"), &over).await;
}

async fn no_light_can_be_forged(backend: Backend) {
    let scene = Scene::new(backend).await;
    let reads = async || matches!(scene.look().await.group(scene.groups[0]).await, Ok(Some(_)));
    let row = format!("(SELECT id FROM items WHERE group_id = {})", scene.id(scene.groups[0].0));
    scene.forged("items", &row, ("light", "'green'"), &reads).await;
}

testkit::on_both! {
    no_disclosure_and_no_question_can_be_forged:
        no_disclosure_and_no_question_can_be_forged_on_sqlite,
        no_disclosure_and_no_question_can_be_forged_on_postgresql;
    no_suggestion_can_be_forged: no_suggestion_can_be_forged_on_sqlite, no_suggestion_can_be_forged_on_postgresql;
    no_consent_can_be_forged: no_consent_can_be_forged_on_sqlite, no_consent_can_be_forged_on_postgresql;
    no_personal_link_can_be_forged:
        no_personal_link_can_be_forged_on_sqlite, no_personal_link_can_be_forged_on_postgresql;
    no_change_request_can_be_forged:
        no_change_request_can_be_forged_on_sqlite, no_change_request_can_be_forged_on_postgresql;
    no_light_can_be_forged: no_light_can_be_forged_on_sqlite, no_light_can_be_forged_on_postgresql;
}
