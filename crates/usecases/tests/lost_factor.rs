//! A lost factor, the sole lead's way back, another mail address, the link by mail for group admins.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test ends where something is not as it must be")]

mod post;

use access::actions::{
    ChangeCredentials, ConfirmEmail, ConfirmSecondFactor, CreateFirstAccount, DecideAccess, LogIn, ManageOwnAccount,
    ManagePeople, ReadAudit, SetNewPassword, StartRecovery, StopRecovery,
};
use access::{Action, Denied, Permit, Role, Stage, anonymous_permit, authorize, operator_permit};
use domain::Clock;
use domain::audit::{Actor, AuditEvent};
use jiff::SignedDuration;
use post::{mails, token_of};
use storage::AuditFilter;
use storage::tenant::{FactorLoss, UserState};
use testkit::surgery::{Store, sql};
use testkit::{Backend, Office, Person, World};
use usecases::account::email::{self, Address, Agreed};
use usecases::account::login::SecondFactor;
use usecases::account::{Begun, Caller, factors, login, mail_login, new_password, own};
use usecases::people::demands::{self, Demanded};
use usecases::people::lost_factor::Lost;
use usecases::people::recovery::{self, Request};
use usecases::people::{list, lost_factor};
use usecases::{Error, Result, housekeeping};

const CALLER: Caller<'_> =
    Caller { network: "192.0.2.1", device: "Firefox, Linux", known: None, session: None, country: None };
const HOUR: SignedDuration = SignedDuration::from_hours(1);

async fn may<A: Action>(office: &Office, person: &Person) -> std::result::Result<Permit<A>, Denied> {
    let session = office.session(person, Stage::Full).await;
    authorize(&office.house.principal(&office.slug, &session).await.unwrap().expect("logged in"))
}

fn codes<T: std::fmt::Debug>(result: Result<T>) -> Vec<&'static str> {
    match result {
        Err(Error::Invalid(problems)) => problems.into_iter().map(|problem| problem.code).collect(),
        other => panic!("should be refused: {other:?}"),
    }
}

async fn password(office: &Office, person: &Person) -> Begun {
    let door = anonymous_permit::<LogIn>(office.id);
    login::log_in(&door, &office.house, &person.email, person.password, CALLER).await.unwrap()
}

/// A whole login with the code of the app.
async fn log_in(world: &World, office: &Office, person: &Person) -> Begun {
    world.clock.advance(SignedDuration::from_mins(1));
    let half = password(office, person).await;
    let principal = office.house.principal(&office.slug, &half.token).await.unwrap().unwrap();
    let confirm = authorize::<ConfirmSecondFactor>(&principal).unwrap();
    let code = person.code(world.clock.now());
    login::confirm(&confirm, &office.house, &half.token, SecondFactor::Code(&code), CALLER).await.unwrap()
}

async fn state(office: &Office, person: &Person) -> (UserState, bool, bool) {
    let look = office.house.stores().look(&operator_permit::<CreateFirstAccount>(office.id)).await.unwrap();
    let user = look.user(person.user).await.unwrap().unwrap();
    let lost = look.factor_loss(person.user).await.unwrap().is_some();
    (user.standing.state, look.has_factor(person.user).await.unwrap(), lost)
}

async fn said(office: &Office, action: &str) -> usize {
    let look = office.house.stores().look(&office.lead::<ReadAudit>()).await.unwrap();
    let filter = AuditFilter { actions: vec![action.to_owned()], limit: 100, ..AuditFilter::default() };
    look.audit_entries(&filter).await.unwrap().len()
}

async fn a_lead_reports_a_factor_as_lost(backend: Backend) {
    let world = World::new(backend).await;
    let office = world.office("alpha").await;
    let house = &*office.house;
    let (lead, other) = (office.someone(Role::Lead).await, office.someone(Role::Lead).await);
    let staff = office.someone(Role::Staff).await;
    assert!(may::<DecideAccess>(&office, &staff).await.is_err(), "not for everyone");
    let decide = may::<DecideAccess>(&office, &lead).await.unwrap();
    let manage = may::<ManagePeople>(&office, &other).await.unwrap();
    let stopping = anonymous_permit::<StopRecovery>(office.id);
    assert_eq!(codes(lost_factor::start(&decide, house, lead.user, Lost::Factor).await), ["not-oneself"]);

    // Reported, told, shown, stopped by another lead.
    lost_factor::start(&decide, house, staff.user, Lost::Factor).await.unwrap();
    assert_eq!(codes(lost_factor::start(&decide, house, staff.user, Lost::Factor).await), ["already-lost"]);
    let told = mails(&world.house, &office).await;
    let mut to: Vec<_> = told.iter().map(|mail| mail.to.as_str().to_owned()).collect();
    to.sort();
    let mut due = vec![staff.email.clone(), other.email.clone()];
    due.sort();
    assert_eq!(to, due);
    let insight = list::insight(&manage, house, staff.user).await.unwrap();
    let loss = insight.loss.unwrap();
    assert_eq!(loss.due_at.duration_since(loss.started_at), HOUR * 24);
    lost_factor::stop(&manage, house, staff.user).await.unwrap();
    assert!(matches!(lost_factor::stop(&manage, house, staff.user).await, Err(Error::NotFound)));
    mails(&world.house, &office).await;

    // Stopped by the owner: by the link, which counts when the button is pressed, not when it is looked at.
    lost_factor::start(&decide, house, staff.user, Lost::Factor).await.unwrap();
    let told = mails(&world.house, &office).await;
    let mail = told.iter().find(|mail| mail.to.as_str() == staff.email).unwrap();
    let token = token_of(mail, "/faktor-verlust/");
    for _ in 0..50 {
        lost_factor::shown(&stopping, house, &token).await.unwrap();
    }
    assert!(state(&office, &staff).await.2);
    lost_factor::stop_by_link(&stopping, house, &token).await.unwrap();
    assert!(matches!(lost_factor::stop_by_link(&stopping, house, &token).await, Err(Error::NotFound)));
    assert_eq!(state(&office, &staff).await, (UserState::Active, true, false));

    // Stopped by logging in with it.
    lost_factor::start(&decide, house, staff.user, Lost::Factor).await.unwrap();
    log_in(&world, &office, &staff).await;
    assert_eq!(state(&office, &staff).await, (UserState::Active, true, false));

    // Carried out a day later, not before.
    mails(&world.house, &office).await;
    lost_factor::start(&decide, house, staff.user, Lost::Factor).await.unwrap();
    let session = office.session(&staff, Stage::Full).await;
    world.clock.advance(HOUR * 24 - SignedDuration::from_mins(1));
    assert_eq!(housekeeping::remove_expired(&world.house).await.unwrap().lost_factors, 0);
    assert_eq!(state(&office, &staff).await, (UserState::Active, true, true));
    world.clock.advance(SignedDuration::from_mins(1));
    assert_eq!(housekeeping::remove_expired(&world.house).await.unwrap().lost_factors, 1);
    assert_eq!(state(&office, &staff).await, (UserState::Enrolling, false, false));
    assert!(house.principal(&office.slug, &session).await.unwrap().is_none(), "logins end");
    let told = mails(&world.house, &office).await;
    assert!(told.last().unwrap().to.as_str() == staff.email && !told.last().unwrap().body.contains("http"));
    assert_eq!(password(&office, &staff).await.stage, Stage::Enrolling);
    assert_eq!(housekeeping::remove_expired(&world.house).await.unwrap().lost_factors, 0);
    let log = (said(&office, "recovery.started").await, said(&office, "recovery.stopped").await);
    assert_eq!((log, said(&office, "recovery.done").await), ((4, 2), 1));
    let decide = may::<DecideAccess>(&office, &lead).await.unwrap();

    // The password is gone, too: another day, then a link to a new one; the old one counts no more.
    lost_factor::start(&decide, house, staff.user, Lost::PasswordToo).await.unwrap();
    mails(&world.house, &office).await;
    world.clock.advance(lost_factor::NOTICE);
    assert_eq!(housekeeping::remove_expired(&world.house).await.unwrap().lost_factors, 1);
    let link = token_of(&mails(&world.house, &office).await[0], "/neues-passwort/");
    let door = anonymous_permit::<LogIn>(office.id);
    let old = login::log_in(&door, house, &staff.email, staff.password, CALLER).await;
    assert_eq!(codes(old), ["login-failed"]);
    let set = anonymous_permit::<SetNewPassword>(office.id);
    let begun = new_password::set(&set, house, &link, "regenbogen-suppe-laterne", CALLER).await.unwrap();
    assert_eq!(begun.map(|begun| begun.stage), Some(Stage::Enrolling));

    // Not for whoever needs no factor and has none, nor for a new colleague.
    let admin = office.admin_of(&[]).await;
    let tx = house.stores().begin(&operator_permit::<CreateFirstAccount>(office.id)).await.unwrap();
    tx.remove_factors(admin.user).await.unwrap();
    tx.commit(AuditEvent::new("test.factors", admin.user)).await.unwrap();
    let decide = may::<DecideAccess>(&office, &lead).await.unwrap();
    assert_eq!(codes(lost_factor::start(&decide, house, admin.user, Lost::Factor).await), ["no-factor"]);
}

/// An office whose recovery sheet was printed and tested; the share.
async fn with_sheet(office: &Office, lead: &Person) -> String {
    let house = &*office.house;
    let decide = may::<DecideAccess>(office, lead).await.unwrap();
    assert_eq!(codes(recovery::test_share(&decide, house, "AAAA-AAAA").await), ["no-share-shown"]);
    let before = recovery::share(&decide, house).await.unwrap();
    let share = recovery::make_share(&decide, house).await.unwrap();
    assert_eq!(codes(recovery::test_share(&decide, house, "AAAA-AAAA").await), ["wrong-ending"]);
    let waiting = recovery::share(&decide, house).await.unwrap();
    assert_eq!((waiting.made_at, waiting.shown), (before.made_at, true), "not before it was typed back");
    recovery::test_share(&decide, house, &share[share.len() - 9..].to_lowercase()).await.unwrap();
    let state = recovery::share(&decide, house).await.unwrap();
    assert!(state.made_at.is_some() && !state.shown);
    share.to_string()
}

async fn a_sole_lead_comes_back(backend: Backend) {
    let world = World::new(backend).await;
    let (office, beta) = (world.office("alpha").await, world.office("beta").await);
    let house = &*office.house;
    let (lead, staff) = (office.someone(Role::Lead).await, office.someone(Role::Staff).await);
    let beta_lead = beta.someone(Role::Lead).await;
    let operator: Permit<StartRecovery> = operator_permit(office.id);
    let check = "Videoanruf mit Ausweis, Rückruf beim Träger";
    let request = |share| Request { user: lead.email.as_str(), share, identity_check: check };
    let none = "0000-0000-0000-0000-0000-0000";
    assert_eq!(codes(recovery::start(&operator, house, request(none)).await), ["no-share"]);
    let first = with_sheet(&office, &lead).await;
    let foreign = with_sheet(&beta, &beta_lead).await;
    // Renewed: the first one counts no more.
    let share = with_sheet(&office, &lead).await;

    // Without the share, with the wrong one, with another office's, without a check: nothing.
    for wrong in [none, &first, &foreign, "x"] {
        assert_eq!(codes(recovery::start(&operator, house, request(wrong)).await), ["wrong-share"]);
    }
    let unchecked = Request { identity_check: "  ok ", ..request(&share) };
    assert_eq!(codes(recovery::start(&operator, house, unchecked).await), ["identity-check"]);
    let stranger = Request { user: &staff.email, ..request(&share) };
    assert_eq!(codes(recovery::start(&operator, house, stranger).await), ["no-such-lead"]);
    let second = office.someone(Role::Lead).await;
    assert_eq!(codes(recovery::start(&operator, house, request(&share)).await), ["another-lead"]);
    end_access(&office, &second).await;
    assert!(mails(&world.house, &office).await.is_empty());

    // Everybody is told, and anybody stops it.
    recovery::start(&operator, house, request(&share)).await.unwrap();
    let told = mails(&world.house, &office).await;
    let mut to: Vec<_> = told.iter().map(|mail| mail.to.as_str()).collect();
    to.sort_unstable();
    let mut due = vec![lead.email.as_str(), staff.email.as_str(), "kontakt@alpha.example"];
    due.sort_unstable();
    assert_eq!(to, due);
    let theirs = told.iter().find(|mail| mail.to.as_str() == staff.email).unwrap();
    let stopping = anonymous_permit::<StopRecovery>(office.id);
    let link = token_of(theirs, "/faktor-verlust/");
    assert!(lost_factor::shown(&stopping, house, &link).await.unwrap().by_operator);
    lost_factor::stop_by_link(&stopping, house, &link).await.unwrap();
    assert_eq!(state(&office, &lead).await, (UserState::Active, true, false));
    mails(&world.house, &office).await;

    // Whoever it is about sees it on every page and stops it there; colleagues see nothing of it.
    recovery::start(&operator, house, request(&share)).await.unwrap();
    let slug = office.slug.clone();
    let (mine, theirs) = (office.session(&lead, Stage::Full).await, office.session(&staff, Stage::Full).await);
    let (_, notes) = house.entered(&slug, &mine).await.unwrap().unwrap();
    assert!(notes.loss.unwrap().by_operator);
    assert_eq!(house.entered(&slug, &theirs).await.unwrap().unwrap().1.loss, None);
    let account = may::<ManageOwnAccount>(&office, &lead).await.unwrap();
    lost_factor::stop_own(&account, house).await.unwrap();
    lost_factor::stop_own(&account, house).await.unwrap();
    assert_eq!(house.entered(&slug, &mine).await.unwrap().unwrap().1.loss, None);
    assert_eq!(state(&office, &lead).await, (UserState::Active, true, false));
    mails(&world.house, &office).await;

    // Three days, then a link to the lead's own mailbox. Nobody uses it in time: it begins anew. The password that may
    // have been stolen counts no more.
    recovery::start(&operator, house, request(&share)).await.unwrap();
    world.clock.advance(HOUR * 72);
    assert_eq!(housekeeping::remove_expired(&world.house).await.unwrap().lost_factors, 1);
    let door = anonymous_permit::<LogIn>(office.id);
    let old = login::log_in(&door, house, &lead.email, lead.password, CALLER).await;
    assert_eq!(codes(old), ["login-failed"]);
    let lapsed = token_of(mails(&world.house, &office).await.last().unwrap(), "/neues-passwort/");
    world.clock.advance(HOUR * 72);

    // And then a new factor.
    recovery::start(&operator, house, request(&share)).await.unwrap();
    assert_eq!(codes(recovery::start(&operator, house, request(&share)).await), ["already-lost"]);
    mails(&world.house, &office).await;
    world.clock.advance(HOUR * 71);
    assert_eq!(housekeeping::remove_expired(&world.house).await.unwrap().lost_factors, 0);
    world.clock.advance(HOUR);
    assert_eq!(housekeeping::remove_expired(&world.house).await.unwrap().lost_factors, 1);
    assert_eq!(state(&office, &lead).await, (UserState::Enrolling, false, false));
    let told = mails(&world.house, &office).await;
    assert_eq!((told.len(), told[0].to.as_str()), (1, lead.email.as_str()));
    let link = token_of(&told[0], "/neues-passwort/");
    let set = anonymous_permit::<SetNewPassword>(office.id);
    new_password::shown(&set, house, &link).await.unwrap();
    assert!(matches!(new_password::shown(&set, house, &lapsed).await, Err(Error::NotFound)));
    assert_eq!(codes(new_password::set(&set, house, &link, "kurz", CALLER).await), ["password-short"]);
    let begun = new_password::set(&set, house, &link, "regenbogen-suppe-laterne", CALLER).await.unwrap();
    assert_eq!(begun.map(|begun| begun.stage), Some(Stage::Enrolling));
    let again = new_password::set(&set, house, &link, "regenbogen-suppe-laterne", CALLER).await;
    assert!(matches!(again, Err(Error::NotFound)), "once");

    // On record in both logs.
    assert_eq!(said(&office, "recovery.refused").await, 3);
    assert_eq!((said(&office, "recovery.started").await, said(&office, "recovery.stopped").await), (4, 2));
    let count = "SELECT CAST(count(*) AS text) FROM audit WHERE action = 'recovery.started'";
    assert_eq!(sql(&world.config, Store::Platform, count).await, ["4"]);
}

async fn end_access(office: &Office, person: &Person) {
    let tx = office.house.stores().begin(&operator_permit::<CreateFirstAccount>(office.id)).await.unwrap();
    let user = tx.user(person.user).await.unwrap().unwrap();
    let standing = storage::tenant::Standing { state: UserState::Disabled, ..user.standing };
    tx.set_standing(person.user, &standing).await.unwrap();
    tx.commit(AuditEvent::new("test.ended", person.user)).await.unwrap();
}

/// The operator has the databases and no share: rows that are made up, moved from another user or office, or put back after they
/// were stopped long ago do nothing, and what is in order is carried out beside them.
async fn the_operator_alone_gets_nowhere(backend: Backend) {
    let world = World::new(backend).await;
    let (office, beta) = (world.office("alpha").await, world.office("beta").await);
    let (lead, staff) = (office.someone(Role::Lead).await, office.someone(Role::Staff).await);
    let beta_staff = beta.someone(Role::Staff).await;
    let now = world.clock.now();
    for (place, person) in [(&office, &staff), (&beta, &beta_staff)] {
        let tx = world.stores().begin(&operator_permit::<CreateFirstAccount>(place.id)).await.unwrap();
        let loss =
            FactorLoss { user: person.user, by: Actor::Operator, started_at: now, due_at: now, password_too: true };
        tx.put_factor_loss(&loss).await.unwrap();
        tx.commit(AuditEvent::new("test.loss", person.user)).await.unwrap();
    }
    let id = |user: domain::UserId| match backend {
        Backend::Sqlite => format!("X'{}'", user.0.as_simple()),
        Backend::Postgres => format!("'{}'", user.0),
    };
    let (bytes, hexed) = match backend {
        Backend::Sqlite => ("X'00112233'", "SELECT lower(hex(sealed)) FROM factor_losses"),
        Backend::Postgres => ("'\\x00112233'", "SELECT encode(sealed, 'hex') FROM factor_losses"),
    };
    let literal = |hex: &str| match backend {
        Backend::Sqlite => format!("X'{hex}'"),
        Backend::Postgres => format!("'\\x{hex}'"),
    };
    let sealed_for_staff = sql(&world.config, Store::Tenant(office.id), hexed).await.remove(0);
    let sealed_elsewhere = sql(&world.config, Store::Tenant(beta.id), hexed).await.remove(0);
    for forged in [bytes.to_owned(), literal(&sealed_for_staff), literal(&sealed_elsewhere)] {
        let run = async |text: String| sql(&world.config, Store::Tenant(office.id), &text).await;
        run(format!("DELETE FROM factor_losses WHERE user_id = {}", id(lead.user))).await;
        run(format!("INSERT INTO factor_losses (user_id, sealed, due_at) VALUES ({}, {forged}, 1)", id(lead.user)))
            .await;
        housekeeping::remove_expired(&world.house).await.unwrap();
        let look = world.stores().look(&operator_permit::<CreateFirstAccount>(office.id)).await.unwrap();
        assert!(look.has_factor(lead.user).await.unwrap(), "{forged}");
    }
    // What was in order was carried out, the forged row beside it notwithstanding.
    let look = world.stores().look(&operator_permit::<CreateFirstAccount>(office.id)).await.unwrap();
    assert!(!look.has_factor(staff.user).await.unwrap());
    drop(look);
    // One that was stopped, put back a month later.
    let late = office.someone(Role::Staff).await;
    let tx = world.stores().begin(&operator_permit::<CreateFirstAccount>(office.id)).await.unwrap();
    let loss =
        FactorLoss { user: late.user, by: Actor::Operator, started_at: now, due_at: now + HOUR, password_too: true };
    tx.put_factor_loss(&loss).await.unwrap();
    tx.commit(AuditEvent::new("test.loss", late.user)).await.unwrap();
    world.clock.advance(HOUR * 24 * 30);
    housekeeping::remove_expired(&world.house).await.unwrap();
    assert_eq!(state(&office, &late).await, (UserState::Active, true, false));
}

async fn an_address_changes_when_both_agree(backend: Backend) {
    let world = World::new(backend).await;
    let office = world.office("alpha").await;
    let house = &*office.house;
    let (me, other) = (office.someone(Role::Staff).await, office.someone(Role::Staff).await);
    let change = may::<ChangeCredentials>(&office, &me).await.unwrap();
    let door = anonymous_permit::<ConfirmEmail>(office.id);
    assert_eq!(codes(email::ask(&change, house, "keine").await), ["not-an-email"]);
    assert_eq!(codes(email::ask(&change, house, &me.email.to_uppercase()).await), ["same-email"]);
    let asked = async |new: &str| {
        email::ask(&change, house, new).await.unwrap();
        let told = mails(&world.house, &office).await;
        let to = |address: &str| told.iter().find(|mail| mail.to.as_str() == address).cloned();
        (to(&me.email).expect("a mail to the old address"), to(new).expect("a mail to the new address"))
    };
    // An address with an account: the same answer and the same mail to the old address; nothing can come of it.
    let (old, new) = asked(&other.email).await;
    assert!(!new.body.contains("http") && old.body.contains("/email/"));
    let link = token_of(&old, "/email/");
    assert_eq!(email::agree(&door, house, &link).await.unwrap(), Agreed::OneOfTwo);

    // Stopped at the old address, which the new one cannot.
    let (old, new) = asked("neu@anders.example").await;
    let (old_link, new_link) = (token_of(&old, "/email/"), token_of(&new, "/email/"));
    assert_eq!(email::shown(&door, house, &new_link).await.unwrap().at, Address::New);
    assert!(matches!(email::stop(&door, house, &new_link).await, Err(Error::NotFound)));
    email::stop(&door, house, &old_link).await.unwrap();
    assert!(matches!(email::agree(&door, house, &new_link).await, Err(Error::NotFound)));

    // A second wish replaces the first; both agree, each link once, in any order.
    let (stale, _) = asked("erst@anders.example").await;
    let (old, new) = asked("neu@anders.example").await;
    assert!(matches!(email::agree(&door, house, &token_of(&stale, "/email/")).await, Err(Error::NotFound)));
    let session = office.session(&me, Stage::Full).await;
    let account: Permit<ManageOwnAccount> = may(&office, &me).await.unwrap();
    let waits = own::account(&account, house, &session).await.unwrap();
    assert_eq!(waits.new_email.unwrap().as_str(), "neu@anders.example");
    assert_eq!(email::agree(&door, house, &token_of(&new, "/email/")).await.unwrap(), Agreed::OneOfTwo);
    assert!(matches!(email::agree(&door, house, &token_of(&new, "/email/")).await, Err(Error::NotFound)));
    assert_eq!(own::account(&account, house, &session).await.unwrap().email.as_str(), me.email);
    assert_eq!(email::agree(&door, house, &token_of(&old, "/email/")).await.unwrap(), Agreed::Changed);
    let now = own::account(&account, house, &session).await.unwrap();
    assert_eq!((now.email.as_str(), now.new_email), ("neu@anders.example", None));
    let told = mails(&world.house, &office).await;
    assert_eq!(told.len(), 2, "both are told");
    let me = Person { email: "neu@anders.example".to_owned(), ..me };
    log_in(&world, &office, &me).await;

    // A day.
    mails(&world.house, &office).await;
    let change = may::<ChangeCredentials>(&office, &me).await.unwrap();
    email::ask(&change, house, "spaet@anders.example").await.unwrap();
    let told = mails(&world.house, &office).await;
    world.clock.advance(HOUR * 24);
    for mail in told {
        assert!(matches!(email::agree(&door, house, &token_of(&mail, "/email/")).await, Err(Error::NotFound)));
    }
    housekeeping::remove_expired(&world.house).await.unwrap();
    assert_eq!(sql(&world.config, Store::Tenant(office.id), "SELECT CAST(count(*) AS text) FROM tickets").await, ["0"]);
}

async fn group_admins_log_in_by_mail(backend: Backend) {
    let world = World::new(backend).await;
    let office = world.office("alpha").await;
    let house = &*office.house;
    let (admin, staff) = (office.admin_of(&[]).await, office.someone(Role::Staff).await);
    let lead = office.someone(Role::Lead).await;
    let door = anonymous_permit::<LogIn>(office.id);
    let tx = house.stores().begin(&operator_permit::<CreateFirstAccount>(office.id)).await.unwrap();
    tx.remove_factors(admin.user).await.unwrap();
    tx.commit(AuditEvent::new("test.factor", admin.user)).await.unwrap();

    // Uniform: who is unknown, who is staff, who is a group admin.
    assert_eq!(codes(mail_login::ask(&door, house, "keine", "n").await), ["not-an-email"]);
    for email in ["niemand@alpha.example", &staff.email] {
        mail_login::ask(&door, house, email, "n").await.unwrap();
    }
    assert!(mails(&world.house, &office).await.is_empty());
    let browser = mail_login::ask(&door, house, &admin.email, "n").await.unwrap();
    let told = mails(&world.house, &office).await;
    let link = token_of(&told[0], "/login/link/");
    for _ in 0..50 {
        mail_login::shown(&door, house, &link).await.unwrap();
    }
    let elsewhere = mail_login::log_in(&door, house, &link, "another", CALLER).await;
    assert_eq!(codes(elsewhere), ["other-browser"]);
    let begun = mail_login::log_in(&door, house, &link, &browser, CALLER).await.unwrap();
    assert_eq!(begun.stage, Stage::Full);
    let again = mail_login::log_in(&door, house, &link, &browser, CALLER).await;
    assert!(matches!(again, Err(Error::NotFound)), "once");
    // Fifteen minutes; of several links one is enough.
    let old_browser = mail_login::ask(&door, house, &admin.email, "n").await.unwrap();
    let old = token_of(&mails(&world.house, &office).await[0], "/login/link/");
    let browser = mail_login::ask(&door, house, &admin.email, "n").await.unwrap();
    let link = token_of(&mails(&world.house, &office).await[0], "/login/link/");
    mail_login::log_in(&door, house, &old, &old_browser, CALLER).await.expect("nobody voids it by asking for another");
    assert!(matches!(mail_login::log_in(&door, house, &link, &browser, CALLER).await, Err(Error::NotFound)));
    let browser = mail_login::ask(&door, house, &admin.email, "k").await.unwrap();
    let told = mails(&world.house, &office).await;
    let link = token_of(told.iter().find(|mail| mail.body.contains("/login/link/")).unwrap(), "/login/link/");
    world.clock.advance(mail_login::LIFETIME);
    assert!(matches!(mail_login::log_in(&door, house, &link, &browser, CALLER).await, Err(Error::NotFound)));
    // Throttled for each address, known or not.
    for email in [admin.email.as_str(), "niemand@alpha.example"] {
        let mut refused = false;
        for _ in 0..5 {
            refused = matches!(mail_login::ask(&door, house, email, "m").await, Err(Error::Throttled(_)));
        }
        assert!(refused, "{email}");
    }
    world.clock.advance(HOUR * 2);
    mails(&world.house, &office).await;

    // The office demands a second factor: the next login sets one up; it cannot be taken away again.
    let decide = may::<DecideAccess>(&office, &lead).await.unwrap();
    let demands = demands::demands(&decide, house).await.unwrap();
    assert_eq!((demands.of_group_admins, demands.without), (Demanded::No, 1));
    demands::decide(&decide, house, Demanded::Yes).await.unwrap();
    assert_eq!(password(&office, &admin).await.stage, Stage::Enrolling);
    let browser = mail_login::ask(&door, house, &admin.email, "o").await.unwrap();
    let link = token_of(&mails(&world.house, &office).await[0], "/login/link/");
    let begun = mail_login::log_in(&door, house, &link, &browser, CALLER).await.unwrap();
    assert_eq!(begun.stage, Stage::Enrolling);
    let with_one = office.admin_of(&[]).await;
    let account: Permit<ManageOwnAccount> = may(&office, &with_one).await.unwrap();
    assert!(!factors::list(&account, house).await.unwrap()[0].removable);
    let browser = mail_login::ask(&door, house, &with_one.email, "o").await.unwrap();
    let link = token_of(&mails(&world.house, &office).await[0], "/login/link/");
    let begun = mail_login::log_in(&door, house, &link, &browser, CALLER).await.unwrap();
    assert_eq!(begun.stage, Stage::HalfIn, "the factor is still asked for");
}

testkit::on_both! {
    a_lead_reports_a_factor_as_lost: a_lost_factor_goes_after_a_day_in_which_it_can_be_stopped_on_sqlite,
        a_lost_factor_goes_after_a_day_in_which_it_can_be_stopped_on_postgresql;
    a_sole_lead_comes_back: a_sole_lead_comes_back_with_the_offices_share_only_on_sqlite,
        a_sole_lead_comes_back_with_the_offices_share_only_on_postgresql;
    the_operator_alone_gets_nowhere: the_operator_alone_gets_nowhere_with_the_databases_on_sqlite,
        the_operator_alone_gets_nowhere_with_the_databases_on_postgresql;
    an_address_changes_when_both_agree: an_address_changes_when_both_agree_on_sqlite,
        an_address_changes_when_both_agree_on_postgresql;
    group_admins_log_in_by_mail: group_admins_log_in_with_a_link_on_the_same_browser_on_sqlite,
        group_admins_log_in_with_a_link_on_the_same_browser_on_postgresql;
}
