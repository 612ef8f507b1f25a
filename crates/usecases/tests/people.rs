//! Who gets in, as what, and out again; roles an office makes; one's own account; what a throttled attack leaves alone.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot be set up fails")]

mod post;

use std::sync::Arc;
use std::time::Duration;

use access::actions::{
    ChangeCredentials, CreateFirstAccount, CreateGroup, DecideAccess, HandOverGroup, ImportGroups, ListGroups, LogIn,
    ManageOwnAccount, ManagePeople, ReadGroup, ReadOwnGroup,
};
use access::{Action, Denied, Limit, Permit, Reach, Role, Stage, anonymous_permit, authorize};
use domain::audit::AuditEvent;
use domain::{Field, Group, GroupId, Item, Slug, Source, Status, Value, Venue};
use jiff::SignedDuration;
use post::{mails, token_of};
use storage::tenant::{Leaves, UserState};
use testkit::{Backend, Office, Person, World};
use usecases::account::own::NewPassword;
use usecases::account::{Caller, invitation, login, own};
use usecases::groups::list::{Filter, list as list_groups};
use usecases::groups::show::show;
use usecases::mail::Outbox;
use usecases::people::{decide, invite, list, roles, succession};
use usecases::{Error, import, own_groups};

const CALLER: Caller<'static> =
    Caller { network: "192.0.2.1", device: "Firefox, Linux", known: None, session: None, country: None };

fn codes<T: std::fmt::Debug>(result: Result<T, Error>) -> Vec<&'static str> {
    match result {
        Err(Error::Invalid(problems)) => problems.into_iter().map(|problem| problem.code).collect(),
        other => panic!("it was taken: {other:?}"),
    }
}

/// What someone may with a real login.
async fn may<A: Action>(office: &Office, person: &Person) -> Result<Permit<A>, Denied> {
    let token = office.session(person, Stage::Full).await;
    authorize(&office.house.principal(&office.slug, &token).await.unwrap().expect("a login"))
}

async fn add(office: &Office, name: &str, town: &str) -> GroupId {
    let ids = office.house.ids();
    let venue = Venue { town: town.to_owned(), ..Venue::default() };
    let group = Group {
        id: ids.next(),
        slug: Slug::from_name(name, 40, "gruppe"),
        status: Status::Active,
        version: 1,
        items: vec![
            Item::new(ids.next(), Field::Name, Value::Text(name.to_owned()), Source::Staff),
            Item::new(ids.next(), Field::Venue, Value::Venue(venue), Source::Staff),
            Item::new(ids.next(), Field::Funding, Value::Text("Pauschale".to_owned()), Source::Staff),
            Item::new(ids.next(), Field::BankAccount, Value::Text("DE00 1234".to_owned()), Source::Staff),
        ],
        people: Vec::new(),
    };
    let tx = office.house.stores().begin(&office.lead::<CreateGroup>()).await.unwrap();
    tx.insert_group(&group, "created").await.unwrap();
    tx.insert_notes(group.id, &[format!("Notiz zu {name}")]).await.unwrap();
    tx.commit(AuditEvent::new("test.group", group.id)).await.unwrap();
    group.id
}

/// The token of the newest link in the office's mail.
async fn link(world: &World, office: &Office) -> String {
    let mails = usecases::mail::claim(&world.house, Outbox::Tenant(office.id)).await.unwrap();
    let mut token = None;
    for mail in &mails {
        let line = mail.mail.body.lines().find(|line| line.starts_with("http"));
        token = line.and_then(|line| line.rsplit('/').next()).map(str::to_owned).or(token);
        usecases::mail::done(&world.house, Outbox::Tenant(office.id), mail, Ok(())).await.unwrap();
    }
    token.expect("a mail with a link")
}

#[tokio::test]
async fn an_invitation_is_for_one_account_and_the_newest_link_counts() {
    let world = World::new(Backend::Sqlite).await;
    let office = world.office("alpha").await;
    let (house, lead) = (&*office.house, office.lead::<DecideAccess>());
    let form = |email: &str, role: &str| invite::Form { email: email.into(), role: role.into(), groups: Vec::new() };
    assert_eq!(codes(invite::invite(&lead, house, &form("keine", "chief")).await), ["choose", "not-an-email"]);
    assert_eq!(codes(invite::invite(&lead, house, &form("a@b.example", "group-admin")).await), ["choose-group"]);
    invite::invite(&lead, house, &form("neu@alpha.example", "staff")).await.unwrap();
    let first = link(&world, &office).await;
    invite::invite(&lead, house, &form("neu@alpha.example", "privacy")).await.unwrap();
    let second = link(&world, &office).await;
    let door = anonymous_permit::<CreateFirstAccount>(office.id);
    let password = "regenbogen-suppe-laterne";
    let old = invitation::accept_invitation(&door, house, &first, "Kim", password, CALLER).await;
    assert!(matches!(old, Err(Error::NotFound)), "the second replaced the first");
    // A thousand parallel uses make one account. Whoever finds the house busy comes again, as a browser would.
    let tries = (0..1_000).map(|number| {
        let (house, door, second) = (office.house.clone(), anonymous_permit(office.id), second.clone());
        tokio::spawn(async move {
            let name = format!("Kim {number}");
            loop {
                match invitation::accept_invitation(&door, &house, &second, &name, password, CALLER).await {
                    Err(Error::Busy) => tokio::time::sleep(Duration::from_millis(50)).await,
                    other => return other.is_ok(),
                }
            }
        })
    });
    let mut made = 0;
    for attempt in tries.collect::<Vec<_>>() {
        made += usize::from(attempt.await.unwrap());
    }
    assert_eq!(made, 1);
    let people = list::people(&office.lead::<ManagePeople>(), house).await.unwrap();
    let kim = people.members.iter().find(|member| member.name.starts_with("Kim")).unwrap();
    assert_eq!((kim.role, people.invited.len()), (Role::Privacy, 0));
    assert_eq!(codes(invite::invite(&lead, house, &form("neu@alpha.example", "staff")).await), ["has-account"]);
    world.clock.advance(SignedDuration::from_hours(73));
    let late = form("spaet@alpha.example", "staff");
    invite::invite(&lead, house, &late).await.unwrap();
    let late = link(&world, &office).await;
    world.clock.advance(SignedDuration::from_hours(73));
    let over = invitation::accept_invitation(&door, house, &late, "Kim", password, CALLER).await;
    assert!(matches!(over, Err(Error::NotFound)), "after three days");
}

#[tokio::test]
async fn a_change_of_role_counts_from_the_next_request_and_the_last_manager_stays() {
    let world = World::new(Backend::Sqlite).await;
    let office = world.office("alpha").await;
    let house = &*office.house;
    let (lead, other) = (office.someone(Role::Lead).await, office.someone(Role::Staff).await);
    let decide = may::<DecideAccess>(&office, &lead).await.unwrap();
    let token = office.session(&other, Stage::Full).await;
    let now = async || house.principal(&office.slug, &token).await.unwrap();
    assert!(authorize::<CreateGroup>(&now().await.unwrap()).is_ok());
    decide::change_role(&decide, house, other.user, "read-only", &[]).await.unwrap();
    let reader = now().await.unwrap();
    assert!(authorize::<CreateGroup>(&reader).is_err() && authorize::<ListGroups>(&reader).is_ok());
    assert_eq!(codes(decide::change_role(&decide, house, lead.user, "staff", &[]).await), ["last-manager"]);
    assert_eq!(codes(decide::deactivate(&decide, house, lead.user, "").await), ["not-oneself"]);

    // A second lead who has not set up the second factor does not count.
    decide::change_role(&decide, house, other.user, "lead", &[]).await.unwrap();
    decide::change_role(&decide, house, lead.user, "staff", &[]).await.unwrap();
    let theirs = may::<DecideAccess>(&office, &other).await.unwrap();
    assert_eq!(codes(decide::change_role(&theirs, house, other.user, "staff", &[]).await), ["last-manager"]);

    // Out at once, and in again.
    let token = office.session(&lead, Stage::Full).await;
    decide::deactivate(&theirs, house, lead.user, "").await.unwrap();
    assert!(house.principal(&office.slug, &token).await.unwrap().is_none(), "logins end at once");
    let door = anonymous_permit::<LogIn>(office.id);
    let refused = login::log_in(&door, house, &lead.email, lead.password, CALLER).await;
    assert_eq!(codes(refused), ["login-failed"]);
    decide::reactivate(&theirs, house, lead.user).await.unwrap();
    world.clock.advance(SignedDuration::from_mins(1));
    assert!(login::log_in(&door, house, &lead.email, lead.password, CALLER).await.is_ok());
}

#[tokio::test]
async fn a_role_an_office_made_is_limited_to_its_towns_wherever_groups_are_read() {
    let world = World::new(Backend::Sqlite).await;
    let office = world.office("alpha").await;
    let house = &*office.house;
    let (here, there) = (add(&office, "Hier", "Grünau").await, add(&office, "Dort", "Plagwitz").await);
    office.someone(Role::Lead).await;
    let decide = office.lead::<DecideAccess>();
    let form = roles::Form {
        name: "Außenstelle".into(),
        rights: vec!["groups-see".into(), "groups-edit".into(), "own-groups".into(), "no-right".into()],
        towns: " grünau ".into(),
        ..roles::Form::default()
    };
    assert_eq!(codes(roles::save(&decide, house, None, &roles::Form::default()).await), ["missing", "choose-right"]);
    roles::save(&decide, house, None, &form).await.unwrap();
    assert_eq!(codes(roles::save(&decide, house, None, &form).await), ["name-taken"]);
    let line = roles::roles(&office.lead(), house).await.unwrap().pop().unwrap();
    assert!(!line.rights.contains(access::Right::OwnGroups), "that is for group admins");
    let worker = office.someone(line.role).await;
    let seen = list_groups(&may(&office, &worker).await.unwrap(), house, &Filter::default()).await.unwrap();
    assert_eq!(seen.lines.iter().map(|line| line.id).collect::<Vec<_>>(), [here]);
    let read: Permit<ReadGroup> = may(&office, &worker).await.unwrap();
    assert_eq!(show(&read, house, here).await.unwrap().notes.len(), 1);
    assert!(matches!(show(&read, house, there).await, Err(Error::NotFound)));
    let look = house.stores().look(&read).await.unwrap();
    assert!(look.notes(there).await.unwrap().is_empty() && look.versions(there).await.unwrap().is_empty());
    assert_eq!((look.notes(here).await.unwrap().len(), look.versions(here).await.unwrap().len()), (1, 1));
    drop(look);
    let Role::Custom(id) = line.role else { panic!("a role the office made") };
    assert_eq!(codes(roles::remove(&decide, house, id).await), ["role-in-use"]);
    let insight = list::insight(&office.lead(), house, worker.user).await.unwrap();
    assert_eq!(insight.groups.as_deref(), Some(["Hier".to_owned()].as_slice()));
}

#[tokio::test]
async fn a_group_is_handed_over_when_the_office_agrees_and_the_successor_accepts() {
    let world = World::new(Backend::Sqlite).await;
    let office = world.office("alpha").await;
    let house = &*office.house;
    let (first, second) = (add(&office, "Hier", "Grünau").await, add(&office, "Dort", "Plagwitz").await);
    let (lead, staff) = (office.someone(Role::Lead).await, office.someone(Role::Staff).await);
    let (admin, known) = (office.admin_of(&[first, second]).await, office.admin_of(&[]).await);
    let door = anonymous_permit::<CreateFirstAccount>(office.id);
    let groups = async |person: &Person| {
        let look = house.stores().look(&door).await.unwrap();
        let standing = look.user(person.user).await.unwrap().unwrap().standing;
        (standing.groups, standing.state)
    };
    let form = |email: &str, leaves| succession::Form { email: email.to_owned(), leaves };
    let mine = async || may::<HandOverGroup>(&office, &admin).await.unwrap();
    assert!(
        may::<HandOverGroup>(&office, &staff).await.is_err() && may::<DecideAccess>(&office, &staff).await.is_err()
    );
    let own = form(&admin.email, Leaves::Then);
    assert_eq!(codes(succession::propose(&mine().await, house, first, &own).await), ["successor-oneself"]);
    assert_eq!(
        codes(succession::propose(&mine().await, house, first, &form("keine", Leaves::No)).await),
        ["not-an-email"]
    );

    // Proposed: nobody has a link, and nothing has changed. Whether staff have this address only the office is told.
    let decide = may::<DecideAccess>(&office, &lead).await.unwrap();
    succession::propose(&mine().await, house, first, &form(&staff.email, Leaves::Then)).await.unwrap();
    let waiting = list::people(&office.lead(), house).await.unwrap().proposed;
    assert_eq!(codes(succession::agree(&decide, house, waiting[0].0).await), ["successor-staff"]);
    succession::propose(&mine().await, house, first, &form("neu@anders.example", Leaves::Then)).await.unwrap();
    let waiting = list::people(&office.lead(), house).await.unwrap().proposed;
    assert_eq!(waiting.len(), 1, "the newer one counts");
    assert!(mails(&world.house, &office).await.is_empty());
    assert!(list::people(&office.lead(), house).await.unwrap().invited.is_empty());

    // Agreed, accepted, handed over; the last group keeps the account.
    succession::agree(&decide, house, waiting[0].0).await.unwrap();
    assert!(matches!(succession::agree(&decide, house, waiting[0].0).await, Err(Error::NotFound)), "once");
    assert_eq!(groups(&admin).await.0, [first, second], "not before somebody else has it");
    let token = token_of(&mails(&world.house, &office).await[0], "/einladung/");
    invitation::accept_invitation(&door, house, &token, "Kim Neu", "regenbogen-suppe-laterne", CALLER).await.unwrap();
    assert_eq!(groups(&admin).await, (vec![second], UserState::Active));
    assert_eq!(mails(&world.house, &office).await.len(), 1, "the former admin is told");

    // On the phone, to a group admin with an account: at once; with the last group the access ends.
    let session = office.session(&admin, Stage::Full).await;
    let here = form(&known.email, Leaves::Then);
    let elsewhere = succession::begin(&decide, house, admin.user, &first.to_string(), &here).await;
    assert_eq!(codes(elsewhere), ["choose-group"], "no group of theirs any more");
    succession::begin(&decide, house, admin.user, &second.to_string(), &here).await.unwrap();
    assert_eq!(groups(&known).await.0, [second]);
    assert_eq!(groups(&admin).await, (Vec::new(), UserState::Disabled));
    assert!(house.principal(&office.slug, &session).await.unwrap().is_none());

    // Withdrawn, refused.
    let theirs = may::<HandOverGroup>(&office, &known).await.unwrap();
    assert!(matches!(succession::withdraw(&theirs, house, first).await, Err(Error::NotFound)), "not theirs");
    for (round, withdrawn) in [(1, true), (2, false)] {
        let to = form(&format!("noch{round}@anders.example"), Leaves::No);
        succession::propose(&theirs, house, second, &to).await.unwrap();
        mails(&world.house, &office).await;
        if withdrawn {
            succession::withdraw(&theirs, house, second).await.unwrap();
        } else {
            let waiting = list::people(&office.lead(), house).await.unwrap().proposed;
            succession::refuse(&decide, house, waiting[0].0).await.unwrap();
            assert!(mails(&world.house, &office).await[0].body.contains("nicht angenommen"));
        }
        assert!(list::people(&office.lead(), house).await.unwrap().proposed.is_empty());
    }
    assert_eq!(groups(&known).await.0, [second]);
}

#[tokio::test]
async fn what_someone_who_leaves_has_begun_goes_to_a_colleague_and_their_invitations_end() {
    let world = World::new(Backend::Sqlite).await;
    let office = world.office("alpha").await;
    let house = &*office.house;
    let (boss, leaver) = (office.someone(Role::Lead).await, office.someone(Role::Lead).await);
    let (heir, reader) = (office.someone(Role::Staff).await, office.someone(Role::ReadOnly).await);
    let upload: Permit<ImportGroups> = may(&office, &leaver).await.unwrap();
    import::upload(&upload, house, "liste.csv", b"Gruppe;Themen\nLichtblick;Angst\n".to_vec()).await.unwrap();
    let theirs: Permit<DecideAccess> = may(&office, &leaver).await.unwrap();
    let second = invite::Form { email: "zweit@anders.example".into(), role: "lead".into(), groups: Vec::new() };
    invite::invite(&theirs, house, &second).await.unwrap();
    let decide: Permit<DecideAccess> = may(&office, &boss).await.unwrap();
    let open = decide::present(&decide, house, leaver.user).await.unwrap().open;
    assert_eq!((open.imports, open.invitations, open.heirs.len()), (1, 1, 2));
    let to_nobody_who_may = decide::deactivate(&decide, house, leaver.user, &reader.user.to_string()).await;
    assert_eq!(codes(to_nobody_who_may), ["choose"]);
    decide::deactivate(&decide, house, leaver.user, &heir.user.to_string()).await.unwrap();
    let open = decide::present(&decide, house, heir.user).await.unwrap().open;
    assert_eq!(open.imports, 1, "theirs now");
    assert!(list::people(&office.lead(), house).await.unwrap().invited.is_empty(), "nobody comes back by one");

    let session = office.session(&heir, Stage::Full).await;
    assert_eq!(decide::end_logins(&decide, house, heir.user).await.unwrap(), 1);
    assert!(house.principal(&office.slug, &session).await.unwrap().is_none());
}

#[tokio::test]
async fn nobody_limited_to_some_groups_sees_what_others_upload() {
    let world = World::new(Backend::Sqlite).await;
    let office = world.office("alpha").await;
    let house = &*office.house;
    office.someone(Role::Lead).await;
    let decide = office.lead::<DecideAccess>();
    let limited = |rights: &[&str]| roles::Form {
        name: "Außenstelle".into(),
        rights: rights.iter().map(|right| (*right).to_owned()).collect(),
        towns: "Grünau".into(),
        ..roles::Form::default()
    };
    for rights in [["groups-see", "import"], ["groups-see", "people"]] {
        assert_eq!(
            codes(roles::save(&decide, house, None, &limited(&rights)).await),
            ["only-without-limit"],
            "{rights:?}"
        );
    }
    let (one, two) = (office.someone(Role::Staff).await, office.someone(Role::Staff).await);
    let list = b"Gruppe;Themen\nLichtblick;Angst\n".to_vec();
    let mine: Permit<ImportGroups> = may(&office, &one).await.unwrap();
    let upload = import::upload(&mine, house, "liste.csv", list).await.unwrap();
    // As someone with a limit would ask, were such a role there from before it was forbidden.
    let asks = async |person: &Person, reach: Reach| {
        let token = office.session(person, Stage::Full).await;
        let principal = house.principal(&office.slug, &token).await.unwrap().unwrap();
        let permit: Permit<ImportGroups> = authorize(&access::Principal { reach, ..principal }).unwrap();
        let seen = import::uploads(&permit, house).await.unwrap().len();
        (seen, import::columns(&permit, house, upload).await.is_ok())
    };
    let limit = || Reach::Limited(Arc::new(Limit { sectors: Vec::new(), towns: vec!["grünau".to_owned()] }));
    assert_eq!(asks(&two, Reach::Everything).await, (1, true));
    assert_eq!(asks(&two, limit()).await, (0, false));
    assert_eq!(asks(&one, limit()).await, (1, true));
}

#[tokio::test]
async fn a_group_admin_sees_the_own_group_and_who_saw_it_and_not_the_offices_remarks() {
    let world = World::new(Backend::Sqlite).await;
    let office = world.office("alpha").await;
    let house = &*office.house;
    let (own, other) = (add(&office, "Hier", "Grünau").await, add(&office, "Dort", "Plagwitz").await);
    let colleague = office.someone(Role::Staff).await;
    show(&may(&office, &colleague).await.unwrap(), house, own).await.unwrap();
    let admin = office.admin_of(&[own]).await;
    let permit: Permit<ReadOwnGroup> = may(&office, &admin).await.unwrap();
    let groups = own_groups::groups(&permit, house).await.unwrap();
    assert_eq!(groups.iter().map(|group| group.id).collect::<Vec<_>>(), [own]);
    let view = own_groups::group(&permit, house, own).await.unwrap();
    assert!(view.group.of(Field::BankAccount).next().is_some() && view.group.of(Field::Funding).next().is_none());
    assert_eq!((view.seen.len(), view.seen[0].items), (1, 3));
    assert!(matches!(own_groups::group(&permit, house, other).await, Err(Error::NotFound)));
    assert!(may::<ReadGroup>(&office, &admin).await.is_err(), "the office's page shows notes, too");
}

#[tokio::test]
async fn ones_own_logins_and_password_end_what_is_elsewhere() {
    let world = World::new(Backend::Sqlite).await;
    let office = world.office("alpha").await;
    let house = &*office.house;
    let (me, other) = (office.someone(Role::Staff).await, office.someone(Role::Staff).await);
    let [here, there] = [office.session(&me, Stage::Full).await, office.session(&me, Stage::Full).await];
    let theirs = office.session(&other, Stage::Full).await;
    let principal = async |token: &str| house.principal(&office.slug, token).await.unwrap();
    let permit: Permit<ManageOwnAccount> = authorize(&principal(&here).await.unwrap()).unwrap();
    let account = own::account(&permit, house, &here).await.unwrap();
    assert_eq!((account.logins.len(), account.logins.iter().filter(|login| login.this).count()), (2, 1));
    let look = house.stores().look(&permit).await.unwrap();
    let foreign = look.sessions_of(other.user).await.unwrap()[0].id;
    drop(look);
    assert!(matches!(own::end_login(&permit, house, foreign).await, Err(Error::NotFound)));
    assert!(principal(&theirs).await.is_some());
    let change: Permit<ChangeCredentials> = authorize(&principal(&here).await.unwrap()).unwrap();
    let caller = Caller { session: Some(&here), ..CALLER };
    let typed = |new| NewPassword { present: me.password, new };
    let guessed = NewPassword { present: "falsch-falsch-falsch", new: "regenbogen-suppe-laterne" };
    assert_eq!(codes(own::change_password(&change, house, guessed, caller).await), ["wrong-password"]);
    assert_eq!(codes(own::change_password(&change, house, typed("kurz"), caller).await), ["password-short"]);
    own::change_password(&change, house, typed("regenbogen-suppe-laterne"), caller).await.unwrap();
    assert!(principal(&here).await.is_some() && principal(&there).await.is_none());
    world.clock.advance(SignedDuration::from_mins(6));
    let old = authorize::<ChangeCredentials>(&principal(&here).await.unwrap());
    assert!(matches!(old, Err(Denied::Proof(_))), "after five minutes one is asked again");
}

#[tokio::test]
async fn whoever_is_attacked_from_everywhere_still_gets_in_on_a_known_browser() {
    let world = World::new(Backend::Sqlite).await;
    let office = world.office("alpha").await;
    let house = &*office.house;
    let admin = office.admin_of(&[add(&office, "Hier", "Grünau").await]).await;
    // Without a second factor the login is whole at once and leaves the browser known.
    let tx = house.stores().begin(&office.lead::<CreateGroup>()).await.unwrap();
    tx.remove_factors(admin.user).await.unwrap();
    tx.commit(AuditEvent::new("test.totp", admin.user)).await.unwrap();
    let door = anonymous_permit::<LogIn>(office.id);
    let begun = login::log_in(&door, house, &admin.email, admin.password, CALLER).await.unwrap();
    let known = begun.device.expect("a known browser from now on");
    for number in 0..70 {
        let network = format!("198.51.100.{number}");
        let caller = Caller { network: &network, ..CALLER };
        let wrong = login::log_in(&door, house, &admin.email, "falsch-falsch-falsch", caller).await;
        assert!(wrong.is_err());
    }
    let stranger = login::log_in(&door, house, &admin.email, admin.password, CALLER).await;
    assert!(matches!(stranger, Err(Error::Throttled(_))), "{stranger:?}");
    let forged = known.replace('.', "x.");
    let forger = Caller { known: Some(&forged), ..CALLER };
    assert!(matches!(
        login::log_in(&door, house, &admin.email, admin.password, forger).await,
        Err(Error::Throttled(_))
    ));
    let owner = Caller { known: Some(&known), ..CALLER };
    assert!(login::log_in(&door, house, &admin.email, admin.password, owner).await.is_ok());
}
