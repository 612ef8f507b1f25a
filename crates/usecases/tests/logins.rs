//! Logins that race, are attacked, or whose password is forgotten.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot be set up fails")]

mod post;

use std::sync::Arc;
use std::time::Duration;

use access::actions::{ConfirmSecondFactor, CreateFirstAccount, DecideAccess, LogIn, ReadAudit, SetNewPassword};
use access::{Permit, Role, Stage, anonymous_permit, authorize, operator_permit};
use domain::Clock;
use domain::audit::AuditEvent;
use jiff::SignedDuration;
use post::{mails, token_of};
use storage::AuditFilter;
use storage::tenant::{Standing, UserState};
use testkit::{Backend, Office, Person, World};
use usecases::account::login::{self, SecondFactor};
use usecases::account::new_password::{self, Then};
use usecases::account::passkeys::Answer;
use usecases::account::{Begun, Caller};
use usecases::people::lost_factor::{self, Lost};
use usecases::{Error, Result};

const CALLER: Caller<'static> =
    Caller { network: "192.0.2.1", device: "Firefox, Linux", known: None, session: None, country: None };
const STRANGER: Caller<'static> =
    Caller { network: "198.51.100.7", device: "Chrome, Windows", known: None, session: None, country: None };
const NEW: &str = "regenbogen-suppe-laterne";

fn codes<T: std::fmt::Debug>(result: Result<T>) -> Vec<&'static str> {
    match result {
        Err(Error::Invalid(problems)) => problems.into_iter().map(|problem| problem.code).collect(),
        other => panic!("it was taken: {other:?}"),
    }
}

async fn password(office: &Office, person: &Person, typed: &str, caller: Caller<'_>) -> Result<Begun> {
    login::log_in(&anonymous_permit::<LogIn>(office.id), &office.house, &person.email, typed, caller).await
}

async fn confirm(office: &Office, half: &Begun, factor: SecondFactor<'_>, caller: Caller<'_>) -> Result<Begun> {
    let principal = office.house.principal(&office.slug, &half.token).await.unwrap().expect("a login");
    let permit = authorize::<ConfirmSecondFactor>(&principal).unwrap();
    login::confirm(&permit, &office.house, &half.token, factor, caller).await
}

/// Changes what someone is, past every rule.
async fn stand(office: &Office, person: &Person, role: Role, state: UserState) {
    let tx = office.house.stores().begin(&operator_permit::<CreateFirstAccount>(office.id)).await.unwrap();
    tx.set_standing(person.user, &Standing { role, state, groups: Vec::new() }).await.unwrap();
    tx.commit(AuditEvent::new("test.standing", person.user)).await.unwrap();
}

async fn said(office: &Office, action: &str) -> usize {
    let look = office.house.stores().look(&office.lead::<ReadAudit>()).await.unwrap();
    let filter = AuditFilter { actions: vec![action.to_owned()], limit: 100, ..AuditFilter::default() };
    look.audit_entries(&filter).await.unwrap().len()
}

async fn what_changes_while_a_password_is_checked_counts(backend: Backend) {
    let world = World::new(backend).await;
    let office = world.office("alpha").await;
    let other = world.house.hash_password(NEW).await.unwrap();
    for change in ["nothing", "password", "promoted", "locked out"] {
        let person = office.someone(Role::Staff).await;
        // Writers take turns: the login has looked, checks the password, and waits for its turn.
        let tx = office.house.stores().begin(&operator_permit::<CreateFirstAccount>(office.id)).await.unwrap();
        let waiting = tokio::spawn({
            let (office, person) = (office.clone(), person.clone());
            async move { password(&office, &person, person.password, CALLER).await }
        });
        tokio::time::sleep(Duration::from_millis(800)).await;
        assert!(!waiting.is_finished(), "{change}");
        let standing = |role, state| Standing { role, state, groups: Vec::new() };
        match change {
            "password" => tx.set_password(person.user, &other).await.unwrap(),
            "promoted" => {
                tx.set_standing(person.user, &standing(Role::Lead, UserState::Enrolling)).await.unwrap();
            }
            "locked out" => {
                tx.set_standing(person.user, &standing(Role::Staff, UserState::Disabled)).await.unwrap();
            }
            _ => {}
        }
        tx.commit(AuditEvent::new("test.change", person.user)).await.unwrap();
        let begun = waiting.await.unwrap();
        if change == "nothing" {
            assert_eq!(begun.unwrap().stage, Stage::HalfIn);
        } else {
            assert_eq!(codes(begun), ["login-failed"], "{change}");
        }
    }
}

async fn no_login_is_whole_while_a_factor_is_to_be_set_up(backend: Backend) {
    let world = World::new(backend).await;
    let office = world.office("alpha").await;
    let person = office.someone(Role::Staff).await;
    let whole = office.session(&person, Stage::Full).await;
    let is_in = async || office.house.principal(&office.slug, &whole).await.unwrap().is_some();
    assert!(is_in().await);
    stand(&office, &person, Role::Staff, UserState::Enrolling).await;
    assert!(!is_in().await, "it comes back only with a factor");
    stand(&office, &person, Role::Staff, UserState::Disabled).await;
    assert!(!is_in().await);
}

async fn a_stolen_password_does_not_make_the_owner_wait(backend: Backend) {
    let world = World::new(backend).await;
    let office = world.office("alpha").await;
    let person = office.someone(Role::Staff).await;
    let half = password(&office, &person, person.password, CALLER).await.unwrap();
    let code = person.code(world.clock.now());
    let known = confirm(&office, &half, SecondFactor::Code(&code), CALLER).await.unwrap().device.unwrap();
    let half = password(&office, &person, person.password, STRANGER).await.unwrap();
    let mut guesses = 0..;
    loop {
        let guess = format!("{:06}", guesses.next().unwrap());
        // The fast way to guess and the slow one, with a passkey nobody has.
        let factor = if guess.ends_with('3') {
            SecondFactor::Passkey(Answer { cookie: "nichts", response: "{}" })
        } else {
            SecondFactor::Code(&guess)
        };
        match confirm(&office, &half, factor, STRANGER).await {
            Err(Error::Throttled(until)) if until > world.clock.now() + SignedDuration::from_mins(1) => break,
            Err(Error::Throttled(until)) => world.clock.advance(until.duration_since(world.clock.now())),
            refused => assert_eq!(codes(refused).len(), 1),
        }
    }
    let told = mails(&world.house, &office).await;
    let told = told.iter().filter(|mail| mail.subject.contains("kennt Ihr Passwort")).count();
    assert_eq!(told, 1, "the owner is told, once");
    world.clock.advance(SignedDuration::from_secs(31));
    let code = person.code(world.clock.now());
    let waits = confirm(&office, &half, SecondFactor::Code(&code), STRANGER).await;
    assert!(matches!(waits, Err(Error::Throttled(_))), "{waits:?}");
    let home = Caller { known: Some(&known), ..CALLER };
    let half = password(&office, &person, person.password, home).await.unwrap();
    assert_eq!(confirm(&office, &half, SecondFactor::Code(&code), home).await.unwrap().stage, Stage::Full);
}

async fn a_forgotten_password_is_replaced_and_the_factor_is_asked_for_as_ever(backend: Backend) {
    let world = World::new(backend).await;
    let office = world.office("alpha").await;
    let house = Arc::clone(&office.house);
    let door = anonymous_permit::<SetNewPassword>(office.id);
    let staff = office.someone(Role::Staff).await;
    let elsewhere = office.session(&staff, Stage::Full).await;

    // Nobody is told whether there is an account; nobody else gets a mail.
    new_password::forgot(&door, &house, "niemand@anders.example", "192.0.2.9").await.unwrap();
    assert!(mails(&world.house, &office).await.is_empty());
    assert_eq!(codes(new_password::forgot(&door, &house, "kein", "192.0.2.9").await), ["not-an-email"]);
    new_password::forgot(&door, &house, &staff.email, "192.0.2.9").await.unwrap();
    let first = token_of(&mails(&world.house, &office).await[0], "/neues-passwort/");
    new_password::forgot(&door, &house, &staff.email, "192.0.2.9").await.unwrap();
    let link = token_of(&mails(&world.house, &office).await[0], "/neues-passwort/");
    new_password::shown(&door, &house, &first).await.expect("nobody can void it by asking again");
    for _ in 0..3 {
        assert_eq!(new_password::shown(&door, &house, &link).await.unwrap().1, Then::LogIn);
    }
    assert_eq!(codes(new_password::set(&door, &house, &link, "kurz", CALLER).await), ["password-short"]);
    let begun = new_password::set(&door, &house, &link, NEW, CALLER).await.unwrap();
    assert!(begun.is_none(), "the link logs nobody in");
    assert!(matches!(new_password::set(&door, &house, &link, NEW, CALLER).await, Err(Error::NotFound)), "once");
    assert!(matches!(new_password::shown(&door, &house, &first).await, Err(Error::NotFound)), "one is enough");
    assert!(house.principal(&office.slug, &elsewhere).await.unwrap().is_none(), "other logins end");
    assert!(mails(&world.house, &office).await[0].subject.contains("geändert"));
    assert_eq!(said(&office, "account.password").await, 1);
    assert_eq!(codes(password(&office, &staff, staff.password, CALLER).await), ["login-failed"]);
    assert_eq!(password(&office, &staff, NEW, CALLER).await.unwrap().stage, Stage::HalfIn);

    // An hour, and not for whoever is out or had the second factor taken away.
    new_password::forgot(&door, &house, &staff.email, "192.0.2.9").await.unwrap();
    let link = token_of(&mails(&world.house, &office).await[0], "/neues-passwort/");
    stand(&office, &staff, Role::Staff, UserState::Disabled).await;
    assert!(matches!(new_password::shown(&door, &house, &link).await, Err(Error::NotFound)));
    stand(&office, &staff, Role::Staff, UserState::Active).await;
    world.clock.advance(new_password::LIFETIME);
    assert!(matches!(new_password::shown(&door, &house, &link).await, Err(Error::NotFound)));
    let tx = house.stores().begin(&operator_permit::<CreateFirstAccount>(office.id)).await.unwrap();
    tx.logged_in(staff.user).await.unwrap();
    tx.commit(AuditEvent::new("test.login", staff.user)).await.unwrap();
    // Nor while the factor is said to be lost: else a mailbox would be enough by tomorrow.
    let lead = office.someone(Role::Lead).await;
    world.clock.advance(SignedDuration::from_hours(2));
    new_password::forgot(&door, &house, &staff.email, "192.0.2.9").await.unwrap();
    let link = token_of(&mails(&world.house, &office).await[0], "/neues-passwort/");
    let session = office.session(&lead, Stage::Full).await;
    let decide: Permit<DecideAccess> =
        authorize(&house.principal(&office.slug, &session).await.unwrap().unwrap()).unwrap();
    lost_factor::start(&decide, &house, staff.user, Lost::Factor).await.unwrap();
    assert!(matches!(new_password::shown(&door, &house, &link).await, Err(Error::NotFound)));
    mails(&world.house, &office).await;
    world.clock.advance(SignedDuration::from_hours(2));
    new_password::forgot(&door, &house, &staff.email, "192.0.2.9").await.unwrap();
    assert!(mails(&world.house, &office).await.is_empty());
    for state in [UserState::Disabled, UserState::Enrolling] {
        stand(&office, &staff, Role::Staff, state).await;
        world.clock.advance(SignedDuration::from_hours(2));
        new_password::forgot(&door, &house, &staff.email, "192.0.2.9").await.unwrap();
        assert!(mails(&world.house, &office).await.is_empty(), "{state:?}");
    }

    // Whoever has no password is told where to log in; and nobody's mailbox is filled.
    let by_provider = office.someone(Role::Staff).await;
    let tx = house.stores().begin(&operator_permit::<CreateFirstAccount>(office.id)).await.unwrap();
    tx.set_password(by_provider.user, "").await.unwrap();
    tx.commit(AuditEvent::new("test.password", by_provider.user)).await.unwrap();
    for _ in 0..4 {
        new_password::forgot(&door, &house, &by_provider.email, "192.0.2.9").await.unwrap();
    }
    let told = mails(&world.house, &office).await;
    assert!(told.len() == 4 && told.iter().all(|mail| !mail.body.contains("/neues-passwort/")), "{told:?}");
    let often = new_password::forgot(&door, &house, &by_provider.email, "192.0.2.9").await;
    assert!(matches!(often, Err(Error::Throttled(_))), "{often:?}");
}

testkit::on_both! {
    what_changes_while_a_password_is_checked_counts:
        what_changes_while_a_password_is_checked_counts_on_sqlite,
        what_changes_while_a_password_is_checked_counts_on_postgresql;
    no_login_is_whole_while_a_factor_is_to_be_set_up:
        no_login_is_whole_while_a_factor_is_to_be_set_up_on_sqlite,
        no_login_is_whole_while_a_factor_is_to_be_set_up_on_postgresql;
    a_stolen_password_does_not_make_the_owner_wait:
        a_stolen_password_does_not_make_the_owner_wait_on_sqlite,
        a_stolen_password_does_not_make_the_owner_wait_on_postgresql;
    a_forgotten_password_is_replaced_and_the_factor_is_asked_for_as_ever:
        a_forgotten_password_is_replaced_on_sqlite, a_forgotten_password_is_replaced_on_postgresql;
}
