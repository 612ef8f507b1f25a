//! Second factors: several apps, passkeys, what is told by mail about them.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test ends where something is not as it must be")]

mod post;

use access::actions::{
    ChangeCredentials, ConfirmSecondFactor, CreateFirstAccount, EnrolSecondFactor, LogIn, ManageOwnAccount, ProveAgain,
};
use access::{Action, Denied, Permit, Principal, Role, Stage, anonymous_permit, authorize, operator_permit};
use crypto::token::Token;
use crypto::totp::TotpSecret;
use domain::audit::AuditEvent;
use jiff::SignedDuration;
use post::mails;
use storage::tenant::{Session, Standing, UserState};
use testkit::passkey::Device;
use testkit::{Backend, Office, Person, World};
use usecases::account::login::SecondFactor;
use usecases::account::own::Proof;
use usecases::account::passkeys::{Answer, Ceremony};
use usecases::account::{Begun, Caller, enrolment, factors, login, own, passkeys};
use usecases::{Error, Result};

const CALLER: Caller<'_> =
    Caller { network: "192.0.2.1", device: "Firefox, Linux", known: None, session: None, country: None };
const ALPHA: &str = "http://alpha.localhost";

async fn may<A: Action>(office: &Office, session: &str) -> std::result::Result<Permit<A>, Denied> {
    authorize(&office.house.principal(&office.slug, session).await.unwrap().expect("logged in"))
}

fn codes<T: std::fmt::Debug>(result: Result<T>) -> Vec<&'static str> {
    match result {
        Err(Error::Invalid(problems)) => problems.into_iter().map(|problem| problem.code).collect(),
        other => panic!("should be refused: {other:?}"),
    }
}

fn secret(text: &str) -> TotpSecret {
    let plain: String = text.split_whitespace().collect();
    TotpSecret::from_bytes(&data_encoding::BASE32_NOPAD.decode(plain.as_bytes()).unwrap()).unwrap()
}

async fn password(office: &Office, person: &Person, caller: Caller<'_>) -> Begun {
    let door = anonymous_permit::<LogIn>(office.id);
    login::log_in(&door, &office.house, &person.email, person.password, caller).await.unwrap()
}

/// Adds an app to the account of this session, and returns its secret.
async fn add_app(world: &World, office: &Office, session: &str, name: &str) -> TotpSecret {
    let change = may::<ChangeCredentials>(office, session).await.unwrap();
    let shown = factors::app_to_add(&change, &office.house, session).await.unwrap();
    let app = secret(&shown.secret);
    let code = app.code_at(domain::Clock::now(&*world.clock));
    factors::add_app(&change, &office.house, session, name, &code).await.unwrap();
    app
}

async fn several_apps(backend: Backend) {
    let world = World::new(backend).await;
    let office = world.office("alpha").await;
    let house = &*office.house;
    let now = || domain::Clock::now(&*world.clock);
    let me = office.someone(Role::Staff).await;
    world.clock.advance(SignedDuration::from_secs(30));
    let session = office.session(&me, Stage::Full).await;
    let change = may::<ChangeCredentials>(&office, &session).await.unwrap();
    let account = may::<ManageOwnAccount>(&office, &session).await.unwrap();
    let first = factors::list(&account, house).await.unwrap();
    assert_eq!((first.len(), first[0].kind, first[0].removable), (1, "app", false));
    assert_eq!(codes(factors::remove(&change, house, &session, first[0].id).await), ["last-factor"]);

    // What is shown stays the same within a login, and is another one in another login.
    let shown = factors::app_to_add(&change, house, &session).await.unwrap();
    let again = factors::app_to_add(&change, house, &session).await.unwrap();
    assert_eq!(shown.secret, again.secret);
    assert_eq!(factors::list(&account, house).await.unwrap().len(), 1, "not before a code was typed");
    assert_eq!(codes(factors::add_app(&change, house, &session, "", "000000").await), ["missing"]);
    assert_eq!(codes(factors::add_app(&change, house, &session, "Telefon", "000000").await), ["wrong-code"]);
    assert!(mails(&world.house, &office).await.is_empty());
    let elsewhere = office.session(&me, Stage::Full).await;
    let other = may::<ChangeCredentials>(&office, &elsewhere).await.unwrap();
    assert_ne!(factors::app_to_add(&other, house, &elsewhere).await.unwrap().secret, shown.secret);
    let code = secret(&shown.secret).code_at(now());
    let stale = factors::add_app(&change, house, &session, "Telefon", &code).await;
    assert_eq!(codes(stale), ["wrong-code"], "a secret that was replaced counts no more");
    let second = add_app(&world, &office, &session, "Telefon").await;
    let told = mails(&world.house, &office).await;
    assert_eq!(told.len(), 1);
    assert!(told[0].subject.contains("App") && !told[0].body.contains("http"), "{told:?}");

    // Each device has its own last step: the codes of both count at the same moment, each once.
    world.clock.advance(SignedDuration::from_mins(1));
    for code in [me.code(now()), second.code_at(now()).to_string()] {
        for right in [true, false] {
            let begun = password(&office, &me, CALLER).await;
            let confirm = may::<ConfirmSecondFactor>(&office, &begun.token).await.unwrap();
            let factor = SecondFactor::Code(&code);
            assert_eq!(login::confirm(&confirm, house, &begun.token, factor, CALLER).await.is_ok(), right);
        }
    }
    mails(&world.house, &office).await;

    // Named anew, and the old one taken away: other logins end.
    let both = factors::list(&account, house).await.unwrap();
    assert!(both.iter().all(|factor| factor.removable && factor.used.is_some()), "{both:?}");
    factors::rename(&change, house, both[1].id, "Diensthandy").await.unwrap();
    factors::remove(&change, house, &session, both[0].id).await.unwrap();
    assert!(office.house.principal(&office.slug, &elsewhere).await.unwrap().is_none());
    let left = factors::list(&account, house).await.unwrap();
    assert_eq!((left.len(), left[0].name.as_str(), left[0].removable), (1, "Diensthandy", false));
    assert!(matches!(factors::remove(&change, house, &session, both[0].id).await, Err(Error::NotFound)));
    world.clock.advance(SignedDuration::from_mins(1));
    let prove = may::<ProveAgain>(&office, &session).await.unwrap();
    assert_eq!(codes(own::prove(&prove, house, &session, Proof::Code(&me.code(now()))).await), ["wrong-code"]);
    own::prove(&prove, house, &session, Proof::Code(&second.code_at(now()))).await.unwrap();
    assert_eq!(mails(&world.house, &office).await.len(), 1);

    // Nobody else's.
    let colleague = office.someone(Role::Staff).await;
    let theirs = office.session(&colleague, Stage::Full).await;
    let theirs_may = may::<ChangeCredentials>(&office, &theirs).await.unwrap();
    assert!(matches!(factors::rename(&theirs_may, house, left[0].id, "x").await, Err(Error::NotFound)));
    assert!(matches!(factors::remove(&theirs_may, house, &theirs, left[0].id).await, Err(Error::NotFound)));
}

async fn a_group_admin_may_do_without(backend: Backend) {
    let world = World::new(backend).await;
    let office = world.office("alpha").await;
    let house = &*office.house;
    let admin = office.admin_of(&[]).await;
    let session = office.session(&admin, Stage::Full).await;
    let change = may::<ChangeCredentials>(&office, &session).await.unwrap();
    let account = may::<ManageOwnAccount>(&office, &session).await.unwrap();
    let only = factors::list(&account, house).await.unwrap();
    assert!(only[0].removable);
    factors::remove(&change, house, &session, only[0].id).await.unwrap();
    assert_eq!(password(&office, &admin, CALLER).await.stage, Stage::Full);
    // The first one brings recovery codes, whatever its kind.
    let mut device = Device::at(ALPHA);
    let asked = passkeys::ask_to_add(&change, house).await.unwrap();
    let answer = device.make(&asked.options).await;
    let codes = passkeys::add(&change, house, &session, "", to(&asked, &answer)).await.unwrap();
    assert_eq!(codes.expect("recovery codes").len(), 10);
    assert_eq!(password(&office, &admin, CALLER).await.stage, Stage::HalfIn);
    assert_eq!(factors::list(&account, house).await.unwrap()[0].name, "Passkey");
}

fn to<'a>(asked: &'a Ceremony, response: &'a str) -> Answer<'a> {
    Answer { cookie: &asked.cookie, response }
}

/// Someone who is to set up the first factor, with the token of that login.
async fn enrolling(office: &Office) -> (Person, String) {
    let person = office.someone(Role::Staff).await;
    let tx = office.house.stores().begin(&operator_permit::<CreateFirstAccount>(office.id)).await.unwrap();
    tx.remove_factors(person.user).await.unwrap();
    let standing = Standing { role: Role::Staff, state: UserState::Enrolling, groups: Vec::new() };
    tx.set_standing(person.user, &standing).await.unwrap();
    tx.commit(AuditEvent::new("test.enrolling", person.user)).await.unwrap();
    let begun = password(office, &person, CALLER).await;
    assert_eq!(begun.stage, Stage::Enrolling);
    (person, begun.token.to_string())
}

async fn passkeys_instead_of_everything(backend: Backend) {
    let world = World::new(backend).await;
    let office = world.office("alpha").await;
    let house = &*office.house;
    let door = anonymous_permit::<LogIn>(office.id);
    let (me, token) = enrolling(&office).await;
    let enrol = may::<EnrolSecondFactor>(&office, &token).await.unwrap();
    let mut device = Device::at(ALPHA);
    let asked = passkeys::ask_to_enrol(&enrol, house).await.unwrap();
    let lured = device.lured_to("http://alpha.localhost.evil.example").make(&asked.options).await;
    let refused = passkeys::enrol(&enrol, house, &token, to(&asked, &lured), CALLER).await;
    assert_eq!(codes(refused), ["passkey-refused"], "another origin");
    let answer = device.make(&asked.options).await;
    let late = passkeys::enrol(&enrol, house, &token, to(&asked, &answer), CALLER).await;
    assert_eq!(codes(late), ["passkey-refused"], "each question is answered once, also when wrongly");
    let mut device = Device::at(ALPHA);
    let asked = passkeys::ask_to_enrol(&enrol, house).await.unwrap();
    let answer = device.make(&asked.options).await;
    let (begun, ten) = passkeys::enrol(&enrol, house, &token, to(&asked, &answer), CALLER).await.unwrap();
    assert_eq!((begun.stage, ten.len()), (Stage::Full, 10));
    assert!(mails(&world.house, &office).await.is_empty(), "nothing about the very first login");
    let known = begun.device.clone().unwrap();
    let home = Caller { known: Some(&known), ..CALLER };

    // The whole login.
    let asked = passkeys::ask_to_log_in(&door, house).await.unwrap();
    let answer = device.answer(&asked.options).await;
    let whole = passkeys::log_in(&door, house, to(&asked, &answer), home).await.unwrap();
    assert_eq!(whole.stage, Stage::Full);
    assert!(may::<ChangeCredentials>(&office, &whole.token).await.is_ok());
    let replayed = passkeys::log_in(&door, house, to(&asked, &answer), home).await;
    assert_eq!(codes(replayed), ["passkey-refused"], "once");
    // The second step after the password; what was asked for one purpose serves no other.
    let half = password(&office, &me, CALLER).await;
    let confirm = may::<ConfirmSecondFactor>(&office, &half.token).await.unwrap();
    assert!(!passkeys::has_app(&confirm, house).await.unwrap());
    let asked = passkeys::ask_to_log_in(&door, house).await.unwrap();
    let answer = device.answer(&asked.options).await;
    let other = login::confirm(&confirm, house, &half.token, SecondFactor::Passkey(to(&asked, &answer)), home).await;
    assert_eq!(codes(other), ["passkey-refused"], "another purpose");
    let asked = passkeys::ask_to_confirm(&confirm, house).await.unwrap().unwrap();
    let answer = device.answer(&asked.options).await;
    let answered = SecondFactor::Passkey(to(&asked, &answer));
    let full = login::confirm(&confirm, house, &half.token, answered, home).await.unwrap();
    // A fresh proof.
    world.clock.advance(SignedDuration::from_mins(6));
    assert!(matches!(may::<ChangeCredentials>(&office, &full.token).await, Err(Denied::Proof(_))));
    let prove = may::<ProveAgain>(&office, &full.token).await.unwrap();
    assert!(own::proof_ways(&prove, house).await.unwrap().passkey);
    let by_password = own::prove(&prove, house, &full.token, Proof::Password(me.password)).await;
    assert_eq!(codes(by_password), ["wrong-password"], "the password is no proof for whoever has a factor");
    let asked = passkeys::ask_to_prove(&prove, house).await.unwrap().unwrap();
    let answer = device.answer(&asked.options).await;
    let token = own::prove(&prove, house, &full.token, Proof::Passkey(to(&asked, &answer))).await.unwrap();
    assert!(may::<ChangeCredentials>(&office, &token).await.is_ok());
    let old = house.principal(&office.slug, &full.token).await.unwrap();
    assert!(old.is_none(), "the login goes on under a new token");
    // Five minutes.
    let asked = passkeys::ask_to_log_in(&door, house).await.unwrap();
    let answer = device.answer(&asked.options).await;
    world.clock.advance(passkeys::CEREMONY);
    let late = passkeys::log_in(&door, house, to(&asked, &answer), home).await;
    assert_eq!(codes(late), ["passkey-refused"], "five minutes");
    assert!(mails(&world.house, &office).await.is_empty());
    // Two copies: whoever comes second is refused, and the owner is told.
    let mut copy = device.copied();
    for (is_copy, right) in [(false, true), (true, false)] {
        let asked = passkeys::ask_to_log_in(&door, house).await.unwrap();
        let used = if is_copy { &mut copy } else { &mut device };
        let answer = used.answer(&asked.options).await;
        let outcome = passkeys::log_in(&door, house, to(&asked, &answer), home).await;
        assert_eq!(outcome.is_ok(), right, "{outcome:?}");
    }
    let told = mails(&world.house, &office).await;
    assert!(told.len() == 1 && told[0].subject.contains("doppelt"), "{told:?}");
}

async fn a_passkey_is_for_one_office_and_one_person(backend: Backend) {
    let world = World::new(backend).await;
    let (alpha, beta) = (world.office("alpha").await, world.office("beta").await);
    let house = &*alpha.house;
    let me = alpha.someone(Role::Staff).await;
    let session = alpha.session(&me, Stage::Full).await;
    let change = may::<ChangeCredentials>(&alpha, &session).await.unwrap();
    let mut device = Device::at(ALPHA);
    let asked = passkeys::ask_to_add(&change, house).await.unwrap();
    let answer = device.make(&asked.options).await;
    // A colleague who brings the answer to what I was asked.
    let colleague = alpha.someone(Role::Staff).await;
    let theirs = alpha.session(&colleague, Stage::Full).await;
    let theirs_may = may::<ChangeCredentials>(&alpha, &theirs).await.unwrap();
    let stolen = passkeys::add(&theirs_may, house, &theirs, "x", to(&asked, &answer)).await;
    assert_eq!(codes(stolen), ["passkey-refused"], "asked of another one");
    let added = passkeys::add(&change, house, &session, "Schlüssel", to(&asked, &answer)).await.unwrap();
    assert!(added.is_none(), "there was a factor before");
    // The other office knows neither the passkey nor the cookie.
    let beta_door = anonymous_permit::<LogIn>(beta.id);
    let asked = passkeys::ask_to_log_in(&anonymous_permit(alpha.id), house).await.unwrap();
    let answer = device.answer(&asked.options).await;
    let foreign = passkeys::log_in(&beta_door, house, to(&asked, &answer), CALLER).await;
    assert_eq!(codes(foreign), ["passkey-refused"]);
    // Someone whose access has ended.
    let tx = house.stores().begin(&operator_permit::<CreateFirstAccount>(alpha.id)).await.unwrap();
    let standing = Standing { role: Role::Staff, state: UserState::Disabled, groups: Vec::new() };
    tx.set_standing(me.user, &standing).await.unwrap();
    tx.commit(AuditEvent::new("test.disabled", me.user)).await.unwrap();
    let out = passkeys::log_in(&anonymous_permit(alpha.id), house, to(&asked, &answer), CALLER).await;
    assert_eq!(codes(out), ["passkey-refused"]);
}

async fn a_new_browser_is_told_by_mail(backend: Backend) {
    let world = World::new(backend).await;
    let office = world.office("alpha").await;
    let house = &*office.house;
    let now = || domain::Clock::now(&*world.clock);
    let log_in = async |person: &Person, known: Option<&str>| {
        world.clock.advance(SignedDuration::from_mins(1));
        let caller = Caller { known, ..CALLER };
        let half = password(&office, person, caller).await;
        let confirm = may::<ConfirmSecondFactor>(&office, &half.token).await.unwrap();
        let code = person.code(now());
        let whole = login::confirm(&confirm, house, &half.token, SecondFactor::Code(&code), caller).await.unwrap();
        whole.device.unwrap()
    };
    let (me, colleague) = (office.someone(Role::Staff).await, office.someone(Role::Staff).await);
    let mine = log_in(&me, None).await;
    assert!(mails(&world.house, &office).await.is_empty(), "the very first login is no news");
    let mine = log_in(&me, Some(&mine)).await;
    assert!(mails(&world.house, &office).await.is_empty(), "a known browser is no news");
    log_in(&me, None).await;
    let told = mails(&world.house, &office).await;
    assert_eq!(told.len(), 1);
    let mail = &told[0];
    assert!(mail.to.as_str() == me.email && mail.body.contains("Firefox, Linux") && !mail.body.contains("http"));
    assert!(mail.body.contains("22.11.2026, 11:0"), "German time: {}", mail.body);
    // Colleagues who share a browser are each known there.
    let shared = log_in(&colleague, Some(&mine)).await;
    mails(&world.house, &office).await;
    let shared = log_in(&me, Some(&shared)).await;
    log_in(&colleague, Some(&shared)).await;
    assert!(mails(&world.house, &office).await.is_empty());
    // Another's mark is none of mine.
    let only_theirs = shared.split('~').nth(1).unwrap();
    log_in(&me, Some(only_theirs)).await;
    assert_eq!(mails(&world.house, &office).await.len(), 1);
}

async fn a_secret_shown_to_one_is_not_confirmed_by_another(backend: Backend) {
    let world = World::new(backend).await;
    let office = world.office("alpha").await;
    let house = &*office.house;
    let (person, thief) = enrolling(&office).await;
    let seen = enrolment::enrolment(&may(&office, &thief).await.unwrap(), house, &thief).await.unwrap();
    let owner = password(&office, &person, CALLER).await;
    let permit = may::<EnrolSecondFactor>(&office, &owner.token).await.unwrap();
    let shown = enrolment::enrolment(&permit, house, &owner.token).await.unwrap();
    assert_ne!(seen.secret, shown.secret, "whoever knows the password has not seen the secret that will count");
    let code = secret(&shown.secret).code_at(domain::Clock::now(&*world.clock));
    let (begun, _) = enrolment::enrol(&permit, house, &owner.token, &code, CALLER).await.unwrap();
    assert_eq!(begun.stage, Stage::Full);
    assert!(office.house.principal(&office.slug, &thief).await.unwrap().is_none());
}

async fn a_thousand_uses_of_one_code(backend: Backend) {
    let world = World::new(backend).await;
    let office = world.office("alpha").await;
    let me = office.someone(Role::Staff).await;
    let code = me.code(domain::Clock::now(&*world.clock));
    // A thousand logins that stand before the second step; the throttle of wrong codes must not be what stops them.
    let mut waiting = Vec::new();
    let permit = operator_permit::<CreateFirstAccount>(office.id);
    let tx = office.house.stores().begin(&permit).await.unwrap();
    for _ in 0..1_000 {
        let (token, now) = (Token::generate(tx.ids()), tx.now());
        let session = Session {
            id: tx.ids().next(),
            token_hash: token.hash(),
            user: me.user,
            stage: Stage::HalfIn,
            created_at: now,
            seen_at: now,
            proven_at: now,
            device: String::new(),
            provider: None,
        };
        tx.insert_session(&session).await.unwrap();
        let principal = Principal::new(office.id, me.user, Role::Staff, Stage::HalfIn);
        waiting.push((authorize::<ConfirmSecondFactor>(&principal).unwrap(), token.to_text().to_string()));
    }
    tx.commit(AuditEvent::new("test.sessions", me.user)).await.unwrap();
    let tries = waiting.into_iter().map(|(permit, token)| {
        let (office, code) = (office.clone(), code.clone());
        tokio::spawn(async move {
            loop {
                let factor = SecondFactor::Code(&code);
                match login::confirm(&permit, &office.house, &token, factor, CALLER).await {
                    Err(Error::Busy) => tokio::time::sleep(std::time::Duration::from_millis(50)).await,
                    Ok(_) => return (1, 0),
                    Err(Error::Throttled(_)) => return (0, 1),
                    Err(_) => return (0, 0),
                }
            }
        })
    });
    let (mut whole, mut throttled) = (0, 0);
    for attempt in tries.collect::<Vec<_>>() {
        let (one, slowed) = attempt.await.unwrap();
        (whole, throttled) = (whole + one, throttled + slowed);
    }
    assert_eq!(whole, 1);
    assert!(throttled < 1_000);
    // The same without any throttle in the way: the compare-and-set alone.
    let factor = office.house.stores().look(&permit).await.unwrap().factors_of(me.user).await.unwrap().remove(0);
    let mut uses = Vec::new();
    for _ in 0..1_000 {
        let (office, factor) = (office.clone(), factor.clone());
        uses.push(tokio::spawn(async move {
            loop {
                let permit = operator_permit::<CreateFirstAccount>(office.id);
                match office.house.stores().begin(&permit).await {
                    Err(storage::StorageError::Busy) => tokio::time::sleep(std::time::Duration::from_millis(50)).await,
                    Err(error) => panic!("{error}"),
                    Ok(tx) => {
                        let used = tx.use_factor(&factor, factor.mark + 1_000).await.unwrap();
                        tx.commit_housekeeping().await.unwrap();
                        return usize::from(used);
                    }
                }
            }
        }));
    }
    let mut used = 0;
    for one in uses {
        used += one.await.unwrap();
    }
    assert_eq!(used, 1);
}

testkit::on_both! {
    several_apps: several_apps_have_names_and_last_steps_of_their_own_on_sqlite,
        several_apps_have_names_and_last_steps_of_their_own_on_postgresql;
    a_group_admin_may_do_without: a_group_admin_may_do_without_a_factor_on_sqlite,
        a_group_admin_may_do_without_a_factor_on_postgresql;
    passkeys_instead_of_everything: a_passkey_enrols_logs_in_confirms_and_proves_on_sqlite,
        a_passkey_enrols_logs_in_confirms_and_proves_on_postgresql;
    a_passkey_is_for_one_office_and_one_person: a_passkey_is_for_one_office_and_one_person_on_sqlite,
        a_passkey_is_for_one_office_and_one_person_on_postgresql;
    a_new_browser_is_told_by_mail: a_new_browser_is_told_by_mail_on_sqlite,
        a_new_browser_is_told_by_mail_on_postgresql;
    a_thousand_uses_of_one_code: a_thousand_parallel_uses_of_one_code_make_one_session_on_sqlite,
        a_thousand_parallel_uses_of_one_code_make_one_session_on_postgresql;
    a_secret_shown_to_one_is_not_confirmed_by_another: a_secret_shown_to_one_is_not_confirmed_by_another_on_sqlite,
        a_secret_shown_to_one_is_not_confirmed_by_another_on_postgresql;
}
