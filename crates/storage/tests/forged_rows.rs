//! Someone who can write the databases, but lacks the keys, makes no login, no lead and no invitation, and moves no value.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot be set up fails")]

use access::actions::{CreateFirstAccount, CreateGroup, EditGroup, FetchGroupLink, ReadGroup, RemoveExpired};
use access::{Permit, Role, Stage, operator_permit, system_permit};
use crypto::token::{RecoveryCode, Token};
use domain::audit::{Actor, AuditEvent};
use domain::reconciliation::{Occasion, Purpose};
use domain::{EmailAddress, Field, Group, GroupId, Item, Person, PersonId, ProviderId, Slug, Source, Status, Value};
use storage::tenant::{Admission, Aim, Errand, FactorLoss, Identity, Journey, Provider};
use testkit::surgery::{Store, bytes as hex, sql, uuid as id};
use testkit::{Backend, Office, World};

async fn who(office: &Office, token: &str) -> Option<(domain::UserId, Role)> {
    let hash = Token::parse(token).unwrap().hash();
    let look = office.house.stores().look(&office.lead::<ReadGroup>()).await.unwrap();
    look.session(&hash).await.ok().flatten().map(|found| (found.session.user, found.role))
}

async fn no_login_can_be_forged(backend: Backend) {
    let world = World::new(backend).await;
    let office = world.office("alpha").await;
    let (lead, staff) = (office.someone(Role::Lead).await, office.someone(Role::Staff).await);
    let token = office.session(&staff, Stage::Full).await;
    assert_eq!(who(&office, &token).await, Some((staff.user, Role::Staff)));
    let run = async |text: &str| sql(&world.config, Store::Tenant(office.id), text).await;

    // Another user's name on one's own login.
    run(&format!("UPDATE sessions SET user_id = {}", id(backend, lead.user.0))).await;
    assert_eq!(who(&office, &token).await, None, "whose it is counts as sealed, and must be where logins are ended");
    run(&format!("UPDATE sessions SET user_id = {}", id(backend, staff.user.0))).await;
    assert_eq!(who(&office, &token).await, Some((staff.user, Role::Staff)));

    // The lead's role on one's own account.
    run(&format!(
        "UPDATE users SET standing = (SELECT standing FROM users WHERE id = {}) WHERE id = {}",
        id(backend, lead.user.0),
        id(backend, staff.user.0)
    ))
    .await;
    assert_eq!(who(&office, &token).await, None, "a role opens for its own user only");

    // One's own token on the lead's login.
    let theirs = office.session(&lead, Stage::Full).await;
    assert_eq!(who(&office, &theirs).await, Some((lead.user, Role::Lead)));
    let own = Token::generate(world.ids());
    let (known, forged) = (Token::parse(&theirs).unwrap().hash(), own.hash());
    run(&format!(
        "UPDATE sessions SET token_hash = {} WHERE token_hash = {}",
        hex(backend, forged.as_bytes()),
        hex(backend, known.as_bytes())
    ))
    .await;
    assert_eq!(who(&office, &own.to_text()).await, None, "a login opens for its own token only");
}

async fn no_invitation_and_no_recovery_code_can_be_forged(backend: Backend) {
    let world = World::new(backend).await;
    let office = world.office("alpha").await;
    let lead = office.someone(Role::Lead).await;
    let permit = operator_permit::<CreateFirstAccount>(office.id);
    let token = Token::generate(world.ids());
    let code = RecoveryCode::generate(world.ids());
    let tx = world.stores().begin(&permit).await.unwrap();
    let to = EmailAddress::parse("neu@alpha.example").unwrap();
    tx.invite((&to, Role::Lead, &[]), None, &token.hash()).await.unwrap();
    tx.put_recovery_codes(lead.user, &[code.hash(lead.user)]).await.unwrap();
    tx.commit(AuditEvent::new("test.invited", "")).await.unwrap();
    let look = world.stores().look(&permit).await.unwrap();
    assert_eq!(look.invitation(&token.hash()).await.unwrap().unwrap().role, Role::Lead);
    drop(look);

    let (own, own_code) = (Token::generate(world.ids()), RecoveryCode::generate(world.ids()));
    for text in [
        format!("UPDATE invitations SET token_hash = {}", hex(backend, own.hash().as_bytes())),
        format!(
            "INSERT INTO recovery_codes (id, user_id, hash) VALUES ({}, {}, {})",
            id(backend, world.ids().next()),
            id(backend, lead.user.0),
            hex(backend, own_code.hash(lead.user).as_bytes())
        ),
    ] {
        sql(&world.config, Store::Tenant(office.id), &text).await;
    }
    let tx = world.stores().begin(&permit).await.unwrap();
    assert!(tx.invitation(&own.hash()).await.is_err(), "an invitation opens for its own token only");
    assert!(!tx.use_recovery_code(lead.user, &own_code.hash(lead.user)).await.unwrap());
    assert!(tx.use_recovery_code(lead.user, &code.hash(lead.user)).await.unwrap());
    assert!(!tx.use_recovery_code(lead.user, &code.hash(lead.user)).await.unwrap(), "once only");
}

async fn no_connection_and_no_departure_can_be_forged(backend: Backend) {
    let world = World::new(backend).await;
    let office = world.office("alpha").await;
    let (lead, staff) = (office.someone(Role::Lead).await, office.someone(Role::Staff).await);
    let permit = operator_permit::<CreateFirstAccount>(office.id);
    let (one, two): (ProviderId, ProviderId) = (world.ids().next(), world.ids().next());
    let tx = world.stores().begin(&permit).await.unwrap();
    for id in [one, two] {
        let provider = Provider {
            id,
            name: id.to_string(),
            issuer: format!("https://{id}.example"),
            client_id: "a".to_owned(),
            client_secret: "b".to_owned().into(),
            claim: None,
            roles: Vec::new(),
            admission: Admission::Known,
            second_factor: Vec::new(),
        };
        tx.insert_provider(&provider).await.unwrap();
    }
    for (user, subject) in [(staff.user, "staff"), (lead.user, "lead")] {
        let identity = Identity {
            id: tx.ids().next(),
            provider: one,
            user,
            label: subject.to_owned(),
            role_from_provider: false,
            created_at: tx.now(),
            used_at: None,
        };
        tx.insert_identity(&identity, ("https://one.example", subject)).await.unwrap();
    }
    let (state, other) = (Token::generate(tx.ids()), Token::generate(tx.ids()));
    let journey = Journey {
        provider: one,
        errand: Aim::LogIn,
        browser: Token::generate(tx.ids()).hash(),
        nonce: "n".to_owned().into(),
        verifier: "v".to_owned().into(),
        next: String::new(),
        begun_at: tx.now(),
    };
    tx.insert_journey(&state.hash(), &journey).await.unwrap();
    tx.commit(AuditEvent::new("test.connected", "")).await.unwrap();
    let whose = async |subject: &str| {
        let look = world.stores().look(&permit).await.unwrap();
        look.identity(one, "https://one.example", subject).await.ok().flatten().map(|found| found.user)
    };
    assert_eq!((whose("staff").await, whose("lead").await), (Some(staff.user), Some(lead.user)));
    assert_eq!(whose("nobody").await, None);
    let run = async |text: String| sql(&world.config, Store::Tenant(office.id), &text).await;

    // One's own account there on the lead's account here.
    let (lead_id, staff_id) = (id(backend, lead.user.0), id(backend, staff.user.0));
    run(format!("DELETE FROM identities WHERE user_id = {lead_id}")).await;
    run(format!("UPDATE identities SET user_id = {lead_id} WHERE user_id = {staff_id}")).await;
    assert_eq!(whose("staff").await, None, "a connection opens for its own user only");
    run(format!("UPDATE identities SET user_id = {staff_id}")).await;
    assert_eq!(whose("staff").await, Some(staff.user));
    // The secret and the roles of another provider.
    run(format!(
        "UPDATE sign_on_providers SET sealed = (SELECT sealed FROM sign_on_providers WHERE id = {}) WHERE id = {}",
        id(backend, two.0),
        id(backend, one.0)
    ))
    .await;
    let tx = world.stores().begin(&permit).await.unwrap();
    assert!(tx.provider(two).await.unwrap().is_some());
    assert!(tx.provider(one).await.is_err(), "a provider opens in its own row only");
    // A departure that somebody else's state finds.
    drop(tx);
    run(format!("UPDATE sign_on_journeys SET state_hash = {}", hex(backend, other.hash().as_bytes()))).await;
    let tx = world.stores().begin(&permit).await.unwrap();
    assert!(tx.take_journey(&other.hash()).await.is_err(), "a departure opens for its own state only");
    drop(tx);
    run(format!("UPDATE sign_on_journeys SET state_hash = {}", hex(backend, state.hash().as_bytes()))).await;
    let tx = world.stores().begin(&permit).await.unwrap();
    assert_eq!(tx.take_journey(&state.hash()).await.unwrap(), Some(journey));
    assert_eq!(tx.take_journey(&state.hash()).await.unwrap(), None, "once only");
}

async fn a_time_step_is_used_once(backend: Backend) {
    let world = World::new(backend).await;
    let office = world.office("alpha").await;
    let lead = office.someone(Role::Lead).await;
    let tx = world.stores().begin(&operator_permit::<CreateFirstAccount>(office.id)).await.unwrap();
    let app = tx.factors_of(lead.user).await.unwrap().remove(0);
    assert!(tx.use_factor(&app, 7).await.unwrap());
    assert!(!tx.use_factor(&app, 7).await.unwrap(), "not again");
    assert!(!tx.use_factor(&app, 6).await.unwrap(), "nor an older one");
    assert!(tx.use_factor(&app, 8).await.unwrap());
    assert!(tx.spend("challenge", tx.now()).await.unwrap() && !tx.spend("challenge", tx.now()).await.unwrap());
}

async fn no_factor_no_link_and_no_lost_factor_can_be_forged(backend: Backend) {
    let world = World::new(backend).await;
    let office = world.office("alpha").await;
    let (lead, staff) = (office.someone(Role::Lead).await, office.someone(Role::Staff).await);
    let run = async |text: &str| sql(&world.config, Store::Tenant(office.id), text).await;
    let permit = operator_permit::<CreateFirstAccount>(office.id);
    let (own, links) = (Token::generate(world.ids()), Token::generate(world.ids()));
    let tx = world.stores().begin(&permit).await.unwrap();
    let hour = jiff::SignedDuration::from_hours(1);
    tx.issue_ticket(staff.user, Errand::NewPassword, &links.hash(), hour).await.unwrap();
    let loss = FactorLoss {
        user: staff.user,
        by: Actor::Operator,
        started_at: tx.now(),
        due_at: tx.now(),
        password_too: false,
    };
    tx.put_factor_loss(&loss).await.unwrap();
    tx.commit(AuditEvent::new("test.prepared", "")).await.unwrap();
    let look = world.stores().look(&permit).await.unwrap();
    assert_eq!(look.ticket(&links.hash()).await.unwrap().unwrap().user, staff.user);
    assert_eq!(look.due_factor_losses().await.unwrap(), std::slice::from_ref(&loss));
    drop(look);

    // One's own app given to the lead; one's own link made the lead's; the lead's factor said to be lost.
    let (theirs, mine) = (id(backend, lead.user.0), id(backend, staff.user.0));
    run(&format!("UPDATE factors SET user_id = {theirs} WHERE user_id = {mine}")).await;
    run(&format!("UPDATE tickets SET user_id = {theirs}")).await;
    run(&format!("INSERT INTO factor_losses SELECT {theirs}, sealed, due_at FROM factor_losses")).await;
    let look = world.stores().look(&permit).await.unwrap();
    assert!(look.factors_of(lead.user).await.is_err(), "a factor opens for its own user only");
    assert_eq!(look.ticket(&links.hash()).await.unwrap().unwrap().user, staff.user, "whom a link is about is sealed");
    assert_eq!(look.due_factor_losses().await.unwrap(), [loss], "a loss opens for its own user only");
    drop(look);
    let (forged, known) = (hex(backend, own.hash().as_bytes()), hex(backend, links.hash().as_bytes()));
    run(&format!("UPDATE tickets SET token_hash = {forged} WHERE token_hash = {known}")).await;
    let look = world.stores().look(&permit).await.unwrap();
    assert!(look.ticket(&own.hash()).await.is_err(), "a link opens for its own token only");
}

async fn group(world: &World, office: &Office, name: &str) -> Group {
    let ids = world.ids();
    let tx = world.stores().begin(&office.lead::<CreateGroup>()).await.unwrap();
    let group = Group {
        id: ids.next(),
        slug: Slug::from_name(name, 40, "gruppe"),
        status: Status::Active,
        version: 1,
        items: vec![
            Item::new(ids.next(), Field::Name, Value::Text(name.to_owned()), Source::Staff),
            Item::new(ids.next(), Field::BankAccount, Value::Text(format!("DE {name}")), Source::Staff),
        ],
        people: Vec::new(),
    };
    tx.insert_group(&group, "created").await.unwrap();
    tx.insert_notes(group.id, &[format!("Notiz zu {name}")]).await.unwrap();
    tx.commit(AuditEvent::new("group.created", group.id)).await.unwrap();
    group
}

async fn no_value_opens_elsewhere(backend: Backend) {
    let world = World::new(backend).await;
    let office = world.office("alpha").await;
    let (one, two) = (group(&world, &office, "eins").await, group(&world, &office, "zwei").await);
    let readable = async |id: GroupId| {
        let look = world.stores().look(&office.lead::<ReadGroup>()).await.unwrap();
        (look.group(id).await.is_ok(), look.notes(id).await.is_ok(), look.versions(id).await.is_ok())
    };
    assert_eq!(readable(one.id).await, (true, true, true));
    assert_eq!(readable(two.id).await, (true, true, true));
    let (from, to) = (id(backend, one.id.0), id(backend, two.id.0));
    let bank = id(backend, one.items[1].id.0);
    for text in [
        format!("UPDATE items SET group_id = {to} WHERE id = {bank}"),
        format!("UPDATE notes SET group_id = {to} WHERE group_id = {from}"),
        "UPDATE group_versions SET change = 'edited'".to_owned(),
    ] {
        sql(&world.config, Store::Tenant(office.id), &text).await;
    }
    assert_eq!(readable(two.id).await, (false, false, false), "another group's values do not open");
    let back = format!("UPDATE items SET group_id = {from}, field = 'funding' WHERE id = {bank}");
    sql(&world.config, Store::Tenant(office.id), &back).await;
    assert!(!readable(one.id).await.0, "nor another field's");
}

async fn a_key_a_killed_process_left_is_destroyed_by_the_next_round(backend: Backend) {
    let world = World::new(backend).await;
    let office = world.office("alpha").await;
    let person = Person { id: world.ids().next::<PersonId>(), items: Vec::new(), consents: Vec::new() };
    let permit = office.lead::<EditGroup>();
    world.stores().make_person_keys(&permit, &[person.id]).await.unwrap();
    let tx = world.stores().begin(&permit).await.unwrap();
    tx.insert_person(&person).await.unwrap();
    tx.commit(AuditEvent::new("person.created", person.id)).await.unwrap();
    let keys = async || sql(&world.config, Store::Keystore, "SELECT CAST(count(*) AS text) FROM person_keys").await;
    let tx = world.stores().begin(&permit).await.unwrap();
    tx.remove_person(person.id).await.unwrap();
    tx.commit(AuditEvent::new("person.deleted", person.id)).await.unwrap();
    assert_eq!(keys().await, ["1"], "the process is killed here");
    let round: Permit<RemoveExpired> = system_permit(office.id);
    assert_eq!(world.stores().destroy_removed_persons_keys(&round).await.unwrap(), 1);
    assert_eq!(keys().await, ["0"]);
    assert_eq!(world.stores().destroy_removed_persons_keys(&round).await.unwrap(), 0);
}

async fn no_erasure_can_be_forged(backend: Backend) {
    let world = World::new(backend).await;
    let office = world.office("alpha").await;
    let person = Person { id: world.ids().next::<PersonId>(), items: Vec::new(), consents: Vec::new() };
    let permit = office.lead::<EditGroup>();
    world.stores().make_person_keys(&permit, &[person.id]).await.unwrap();
    let tx = world.stores().begin(&permit).await.unwrap();
    tx.insert_person(&person).await.unwrap();
    tx.commit(AuditEvent::new("person.created", person.id)).await.unwrap();
    let forged = format!("INSERT INTO erasures (id, at) VALUES ({}, 1)", id(backend, person.id.0));
    sql(&world.config, Store::Tenant(office.id), &forged).await;
    let round: Permit<RemoveExpired> = system_permit(office.id);
    assert_eq!(world.stores().destroy_removed_persons_keys(&round).await.unwrap(), 0, "the person is still here");
    let keys = sql(&world.config, Store::Keystore, "SELECT CAST(count(*) AS text) FROM person_keys").await;
    assert_eq!(keys, ["1"]);
}

async fn no_personal_link_can_be_forged_or_brought_back(backend: Backend) {
    let world = World::new(backend).await;
    let office = world.office("alpha").await;
    let (one, two) = (group(&world, &office, "eins").await, group(&world, &office, "zwei").await);
    let permit = office.lead::<FetchGroupLink>();
    let tx = world.stores().begin(&permit).await.unwrap();
    let fresh = tx.issue_group_links(&[one.id], Occasion::Shown).await.unwrap().remove(0);
    tx.commit(AuditEvent::new("group_link.fetched", one.id)).await.unwrap();
    let found = async || {
        let look = world.stores().look(&permit).await.unwrap();
        look.group_link_by_secret(&fresh.token, Purpose::Reconcile)
            .await
            .map(|link| link.map(|link| link.in_force(look.now())))
    };
    let run = async |text: &str| sql(&world.config, Store::Tenant(office.id), text).await;
    assert_eq!(found().await.unwrap(), Some(true));
    for (forged, right) in [
        (format!("group_id = {}", id(backend, two.id.0)), format!("group_id = {}", id(backend, one.id.0))),
        ("expires_at = expires_at + 1".to_owned(), "expires_at = expires_at - 1".to_owned()),
        ("revoked_at = 1".to_owned(), "revoked_at = NULL".to_owned()),
    ] {
        run(&format!("UPDATE group_links SET {forged}")).await;
        assert!(found().await.is_err(), "{forged}");
        run(&format!("UPDATE group_links SET {right}")).await;
        assert_eq!(found().await.unwrap(), Some(true), "{right}");
    }
    let tx = world.stores().begin(&permit).await.unwrap();
    assert_eq!(tx.revoke_group_links(one.id).await.unwrap(), 1);
    tx.commit(AuditEvent::new("group_link.revoked", one.id)).await.unwrap();
    assert_eq!(found().await.unwrap(), Some(false));
    for forged in ["revoked_at = NULL", "revoked_at = 9999999999999"] {
        run(&format!("UPDATE group_links SET {forged}")).await;
        assert!(found().await.is_err(), "{forged}: what was taken back does not come back");
    }
}

testkit::on_both! {
    no_personal_link_can_be_forged_or_brought_back:
        no_personal_link_can_be_forged_or_brought_back_on_sqlite,
        no_personal_link_can_be_forged_or_brought_back_on_postgresql;
    no_login_can_be_forged: no_login_can_be_forged_on_sqlite, no_login_can_be_forged_on_postgresql;
    no_invitation_and_no_recovery_code_can_be_forged:
        no_invitation_and_no_recovery_code_can_be_forged_on_sqlite,
        no_invitation_and_no_recovery_code_can_be_forged_on_postgresql;
    no_connection_and_no_departure_can_be_forged:
        no_connection_and_no_departure_can_be_forged_on_sqlite,
        no_connection_and_no_departure_can_be_forged_on_postgresql;
    a_time_step_is_used_once: a_time_step_is_used_once_on_sqlite, a_time_step_is_used_once_on_postgresql;
    no_factor_no_link_and_no_lost_factor_can_be_forged:
        no_factor_no_link_and_no_lost_factor_can_be_forged_on_sqlite,
        no_factor_no_link_and_no_lost_factor_can_be_forged_on_postgresql;
    no_value_opens_elsewhere: no_value_opens_elsewhere_on_sqlite, no_value_opens_elsewhere_on_postgresql;
    no_erasure_can_be_forged: no_erasure_can_be_forged_on_sqlite, no_erasure_can_be_forged_on_postgresql;
    a_key_a_killed_process_left_is_destroyed_by_the_next_round:
        a_key_left_is_destroyed_by_the_next_round_on_sqlite, a_key_left_is_destroyed_by_the_next_round_on_postgresql;
}
