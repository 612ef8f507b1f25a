//! Who has a group and who sees it: handing over is on record, nobody makes a group they cannot see, and warnings name
//! whom they are about.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot be set up fails")]

mod post;

use access::actions::{
    CreateFirstAccount, CreateGroup, DecideAccess, EditGroup, HandOverGroup, LogIn, ManageOwnAccount, ReadAlerts,
    ReadAudit, ReadGroup, ReadOwnGroup, SubmitChanges,
};
use access::{Action, Permit, Role, Stage, anonymous_permit, authorize};
use domain::audit::AuditEvent;
use domain::catalogue::Section;
use domain::{Field, Group, GroupId, Item, Light, Slug, Source, Status, Value};
use post::{mails, token_of};
use storage::tenant::Leaves;
use testkit::{Backend, Office, Person, World};
use usecases::account::{Caller, email, invitation, login, own};
use usecases::audit::{Filter, Line, ObjectName};
use usecases::groups::edit::{SectionForm, create, edit};
use usecases::groups::show::show;
use usecases::groups::{Entry, Typed};
use usecases::people::{demands, invite, list, roles, succession};
use usecases::review::submit;
use usecases::{Error, audit, own_groups};

const CALLER: Caller<'static> =
    Caller { network: "192.0.2.1", device: "Firefox, Linux", known: None, session: None, country: None };
const PASSWORD: &str = "regenbogen-suppe-laterne";

async fn may<A: Action>(office: &Office, person: &Person) -> Permit<A> {
    let token = office.session(person, Stage::Full).await;
    authorize(&office.house.principal(&office.slug, &token).await.unwrap().expect("a login")).unwrap()
}

fn codes<T: std::fmt::Debug>(result: Result<T, Error>) -> Vec<&'static str> {
    match result {
        Err(Error::Invalid(problems)) => problems.into_iter().map(|problem| problem.code).collect(),
        other => panic!("it was taken: {other:?}"),
    }
}

async fn add(office: &Office, name: &str) -> GroupId {
    let ids = office.house.ids();
    let item = |field, text: &str| Item::new(ids.next(), field, Value::Text(text.to_owned()), Source::Staff);
    let group = Group {
        id: ids.next(),
        slug: Slug::unspoken(ids),
        status: Status::Active,
        version: 1,
        items: vec![item(Field::Name, name), item(Field::Summary, "Wir reden."), item(Field::Funding, "Pauschale")],
        people: Vec::new(),
    };
    let tx = office.house.stores().begin(&office.lead::<CreateGroup>()).await.unwrap();
    tx.insert_group(&group, "created").await.unwrap();
    tx.commit(AuditEvent::new("test.group", group.id)).await.unwrap();
    group.id
}

async fn log(office: &Office, filter: Filter) -> Vec<Line> {
    audit::read(&office.lead::<ReadAudit>(), &office.house, &filter).await.unwrap().lines
}

async fn about(office: &Office, object: impl ToString) -> Vec<String> {
    let filter = Filter { object: Some(object.to_string()), ..Filter::default() };
    log(office, filter).await.into_iter().map(|line| line.action).collect()
}

fn entry(field: Field, typed: Typed) -> Entry {
    Entry { key: format!("{}-0", field.code()), item: None, field, light: Some(Light::Green), typed }
}

async fn a_group_handed_over(backend: Backend) {
    let world = World::new(backend).await;
    let office = world.office("alpha").await;
    let house = &*office.house;
    let group = add(&office, "Angst überwinden").await;
    let (lead, gabi) = (office.someone(Role::Lead).await, office.admin_of(&[group]).await);
    own_groups::group(&may::<ReadOwnGroup>(&office, &gabi).await, house, group).await.unwrap();
    let permit = may::<SubmitChanges>(&office, &gabi).await;
    let form = submit::form(&permit, house, group, Section::Group).await.unwrap();
    let summary = form.group.items.iter().find(|item| item.field == Field::Summary).unwrap();
    let changed = Entry {
        item: Some(summary.id),
        light: Some(summary.effective()),
        ..entry(Field::Summary, Typed::Plain("Wir reden und schweigen.".to_owned()))
    };
    let name = form.group.items.iter().find(|item| item.field == Field::Name).unwrap();
    let name =
        Entry { item: Some(name.id), light: Some(name.effective()), ..entry(Field::Name, Typed::of(&name.value)) };
    let sent =
        SectionForm { group, section: Section::Group, version: form.group.version, entries: vec![name, changed] };
    submit::submit(&permit, house, &sent, None).await.unwrap();

    let theirs = may::<HandOverGroup>(&office, &gabi).await;
    assert!(succession::own(&theirs, house, group).await.unwrap().last, "with it the account ends");
    let to = succession::Form { email: "nora@anders.example".to_owned(), leaves: Leaves::Then };
    succession::propose(&theirs, house, group, &to).await.unwrap();
    let view = show(&may::<ReadGroup>(&office, &lead).await, house, group).await.unwrap();
    assert_eq!((view.care.admins.len(), view.care.requests.len(), view.care.succession), (1, 1, true));
    let proposed = list::people(&office.lead(), house).await.unwrap().proposed[0].0;
    let decide = may::<DecideAccess>(&office, &lead).await;
    let proposal = succession::proposal(&decide, house, proposed).await.unwrap();
    assert!(proposal.last && proposal.waits, "the office sees what it agrees to");
    succession::agree(&decide, house, proposed).await.unwrap();
    let link = token_of(&mails(&world.house, &office).await[0], "/einladung/");
    let door = anonymous_permit::<CreateFirstAccount>(office.id);
    invitation::accept_invitation(&door, house, &link, "Nora Neu", PASSWORD, CALLER).await.unwrap();

    assert!(about(&office, group).await.contains(&"succession.taken_over".to_owned()));
    let gone = about(&office, gabi.user).await;
    assert!(
        ["users.group_given_up", "users.deactivated"].iter().all(|act| gone.contains(&(*act).to_owned())),
        "{gone:?}"
    );
    let accounts = Filter { topic: Some("accounts".to_owned()), ..Filter::default() };
    let accounts: Vec<String> = log(&office, accounts).await.into_iter().map(|line| line.action).collect();
    assert!(
        accounts.contains(&"succession.agreed".to_owned()) && accounts.contains(&"succession.taken_over".to_owned())
    );
    assert!(audit::verify(&world.house, office.id).await.unwrap().is_whole(), "several entries of one commit");
    let told = mails(&world.house, &office).await;
    assert!(
        told[0].body.contains("endet auch Ihr Konto") && told[0].body.contains("your account ends"),
        "{}",
        told[0].body
    );
    assert!(!told[0].body.contains("Wenn Sie das waren"), "others did it");

    // What Gabi proposed still waits, and Nora sees it.
    let nora =
        list::people(&office.lead(), house).await.unwrap().members.into_iter().find(|one| one.name == "Nora Neu");
    let standing = access::Principal {
        reach: access::Reach::Groups([group].into()),
        ..access::Principal::new(office.id, nora.unwrap().id, Role::GroupAdmin, Stage::Full)
    };
    let hers: Permit<ReadOwnGroup> = authorize(&standing).unwrap();
    let own = own_groups::group(&hers, house, group).await.unwrap();
    assert_eq!((own.waiting, own.others_waiting), (vec![], vec![Field::Summary]));
    assert_eq!(own.seen.len(), 1, "the lead looked; who had the group herself is not the office");
}

async fn nobody_makes_or_moves(backend: Backend) {
    let world = World::new(backend).await;
    let office = world.office("alpha").await;
    let house = &*office.house;
    let form = roles::Form {
        name: "Fachkraft Sucht".into(),
        rights: vec!["groups-see".into(), "groups-edit".into()],
        sectors: vec!["addiction".into()],
        ..roles::Form::default()
    };
    office.someone(Role::Lead).await;
    roles::save(&office.lead(), house, None, &form).await.unwrap();
    let role = roles::roles(&office.lead(), house).await.unwrap().pop().unwrap().role;
    let worker = office.someone(role).await;
    let of = |sector: &str| {
        [
            entry(Field::Name, Typed::Plain("Neue Gruppe".to_owned())),
            entry(Field::Sector, Typed::Plain(sector.to_owned())),
        ]
    };
    let permit: Permit<CreateGroup> = may(&office, &worker).await;
    assert_eq!(codes(create(&permit, house, &of("health")).await), ["outside-reach"]);
    assert_eq!(office.house.stores().look(&permit).await.unwrap().group_slugs().await.unwrap().len(), 0);
    let group = create(&permit, house, &of("addiction")).await.unwrap();
    let view = show(&may::<ReadGroup>(&office, &worker).await, house, group).await.unwrap();
    let [name, mut sector] = of("health");
    let id = |field| view.group.items.iter().find(|item| item.field == field).map(|item| item.id);
    sector.item = id(Field::Sector);
    let name = Entry { item: id(Field::Name), ..name };
    let away = SectionForm { group, section: Section::Group, version: 1, entries: vec![name, sector] };
    assert_eq!(codes(edit(&may::<EditGroup>(&office, &worker).await, house, &away).await), ["outside-reach"]);
    edit(&office.lead::<EditGroup>(), house, &away).await.unwrap();
}

testkit::on_both! {
    a_group_handed_over: a_group_handed_over_is_on_record_for_everyone_it_is_about_on_sqlite,
        a_group_handed_over_is_on_record_for_everyone_it_is_about_on_postgresql;
    nobody_makes_or_moves: nobody_makes_or_moves_a_group_out_of_their_own_sight_on_sqlite,
        nobody_makes_or_moves_a_group_out_of_their_own_sight_on_postgresql;
}

#[tokio::test]
async fn a_role_is_told_from_the_built_in_ones_and_can_be_used() {
    let world = World::new(Backend::Sqlite).await;
    let office = world.office("alpha").await;
    let house = &*office.house;
    office.someone(Role::Lead).await;
    let decide = office.lead::<DecideAccess>();
    let form = |name: &str, rights: &[&str], towns: &str| roles::Form {
        name: name.into(),
        rights: rights.iter().map(|right| (*right).to_owned()).collect(),
        towns: towns.into(),
        ..roles::Form::default()
    };
    for name in ["Mitarbeit", " mitarbeit ", "Staff", "Leitung"] {
        let taken = roles::save(&decide, house, None, &form(name, &["groups-see"], "")).await;
        assert_eq!(codes(taken), ["name-taken"], "{name}");
    }
    for (right, code) in [("groups-edit", "needs-groups-see"), ("log-export", "needs-log"), ("texts", "needs-overview")]
    {
        assert_eq!(codes(roles::save(&decide, house, None, &form("Eigene", &[right], "")).await), [code]);
    }
    roles::save(&decide, house, None, &form("Eigene", &["groups-see"], "Nordstadt")).await.unwrap();
    let line = log(&office, Filter::default()).await.into_iter().find(|line| line.action == "roles.saved").unwrap();
    assert_eq!(line.summary, "„Eigene“: groups-see, only „Nordstadt“");
}

#[tokio::test]
async fn warnings_and_the_log_name_whom_they_are_about() {
    let world = World::new(Backend::Sqlite).await;
    let office = world.office("alpha").await;
    let house = &*office.house;
    let (lead, mika) = (office.someone(Role::Lead).await, office.someone(Role::Staff).await);
    let alerts = async || usecases::alerts::list::alerts(&office.lead::<ReadAlerts>(), house).await.unwrap();
    let form = invite::Form { email: "zwei@anders.example".into(), role: "lead".into(), groups: Vec::new() };
    invite::invite(&may::<DecideAccess>(&office, &lead).await, house, &form).await.unwrap();
    assert!(alerts().await.is_empty(), "an invitation gives nobody a right");
    let line = log(&office, Filter::default()).await.into_iter().find(|line| line.action == "users.invited").unwrap();
    assert_eq!(line.summary, "„zwei@anders.example“, lead");
    let link = token_of(&mails(&world.house, &office).await[0], "/einladung/");
    let door = anonymous_permit::<CreateFirstAccount>(office.id);
    invitation::accept_invitation(&door, house, &link, "Zwei Neu", PASSWORD, CALLER).await.unwrap();
    let raised = alerts().await;
    assert_eq!((raised[0].alert.sign.as_str(), raised[0].about.as_deref()), ("manager-made", Some("Zwei Neu")));

    // A wrong password is found under the person whose account it was tried on; one for nobody under nobody.
    let wrong = async |email: &str| {
        login::log_in(&anonymous_permit::<LogIn>(office.id), house, email, "falsch-falsch-falsch", CALLER)
            .await
            .unwrap_err();
    };
    wrong(&mika.email).await;
    wrong("niemand@anders.example").await;
    let mika_says = about(&office, mika.user).await;
    assert_eq!(mika_says.iter().filter(|act| *act == "login.failed").count(), 1, "{mika_says:?}");

    // A role the office made is called by its name, not by its id.
    office.someone(Role::Lead).await;
    let own = roles::Form { name: "Empfang".into(), rights: vec!["groups-see".into()], ..roles::Form::default() };
    roles::save(&office.lead(), house, None, &own).await.unwrap();
    let role = roles::roles(&office.lead(), house).await.unwrap().pop().unwrap().role;
    usecases::people::decide::change_role(&office.lead(), house, mika.user, &role.code(), &[]).await.unwrap();
    let lines = log(&office, Filter { object: Some(mika.user.to_string()), ..Filter::default() }).await;
    assert_eq!(lines[0].summary, "staff → „Empfang“");
    assert!(matches!(lines[0].object, ObjectName::User(_)));
}

#[tokio::test]
async fn who_is_locked_keeps_the_factor_counts_nowhere_and_half_a_login_is_none() {
    let world = World::new(Backend::Sqlite).await;
    let office = world.office("alpha").await;
    let house = &*office.house;
    let (lead, mika) = (office.someone(Role::Lead).await, office.someone(Role::Staff).await);
    let whole = office.session(&mika, Stage::Full).await;
    office.session(&mika, Stage::HalfIn).await;
    let account =
        authorize::<ManageOwnAccount>(&house.principal(&office.slug, &whole).await.unwrap().unwrap()).unwrap();
    assert_eq!(own::account(&account, house, &whole).await.unwrap().logins.len(), 1);

    // A group admin without a second factor.
    let decide = may::<DecideAccess>(&office, &lead).await;
    let group = add(&office, "Mut").await.to_string();
    let form = invite::Form { email: "gabi@anders.example".into(), role: "group-admin".into(), groups: vec![group] };
    invite::invite(&decide, house, &form).await.unwrap();
    let link = token_of(&mails(&world.house, &office).await[0], "/einladung/");
    let door = anonymous_permit::<CreateFirstAccount>(office.id);
    invitation::accept_invitation(&door, house, &link, "Gabi Neu", PASSWORD, CALLER).await.unwrap();
    let members = list::people(&office.lead(), house).await.unwrap().members;
    let gabi = members.into_iter().find(|one| one.name == "Gabi Neu").unwrap().id;

    assert_eq!(demands::demands(&decide, house).await.unwrap().without, 1);
    let count = async |role| {
        let lines = roles::roles(&office.lead(), house).await.unwrap();
        lines.iter().find(|line| line.role == role).unwrap().people
    };
    assert_eq!((count(Role::Staff).await, count(Role::GroupAdmin).await), (1, 1));
    for person in [mika.user, gabi] {
        usecases::people::decide::deactivate(&decide, house, person, "").await.unwrap();
    }
    assert_eq!((count(Role::Staff).await, count(Role::GroupAdmin).await), (0, 0));
    assert_eq!(demands::demands(&decide, house).await.unwrap().without, 0);
    assert!(list::insight(&office.lead(), house, mika.user).await.unwrap().member.second_factor);
}

#[tokio::test]
async fn what_was_begun_can_be_sent_again_or_taken_back() {
    let world = World::new(Backend::Sqlite).await;
    let office = world.office("alpha").await;
    let house = &*office.house;
    let lead = office.someone(Role::Lead).await;
    let decide = may::<DecideAccess>(&office, &lead).await;
    let group = add(&office, "Kaufsucht").await;
    let mut form =
        invite::Form { email: "nora@anders.example".into(), role: "staff".into(), groups: vec![group.to_string()] };
    assert_eq!(codes(invite::invite(&decide, house, &form).await), ["groups-of-staff"]);
    form.role = "group-admin".into();
    assert_eq!(invite::invite(&decide, house, &form).await.unwrap(), invite::Sent::First);
    assert_eq!(invite::invite(&decide, house, &form).await.unwrap(), invite::Sent::Again);
    let first = mails(&world.house, &office).await.pop().unwrap();
    assert!(first.body.contains("Selbsthilfegruppe im Verzeichnis selbst zu pflegen"), "{}", first.body);
    assert!(!first.body.contains("Kaufsucht"), "no mail names a group");
    let open = list::people(&office.lead(), house).await.unwrap().invited[0].id;
    invite::resend(&decide, house, open).await.unwrap();
    let second = mails(&world.house, &office).await.pop().unwrap();
    let door = anonymous_permit::<CreateFirstAccount>(office.id);
    let old = token_of(&first, "/einladung/");
    assert!(matches!(invitation::invitation(&door, house, &old).await, Err(Error::NotFound)));
    assert_eq!(list::people(&office.lead(), house).await.unwrap().invited.len(), 1);
    let link = token_of(&second, "/einladung/");
    invitation::accept_invitation(&door, house, &link, "Nora Neu", PASSWORD, CALLER).await.unwrap();
    let nora =
        list::people(&office.lead(), house).await.unwrap().members.into_iter().find(|one| one.name == "Nora Neu");
    assert_eq!(nora.unwrap().groups, [group]);

    let change = may::<access::actions::ChangeCredentials>(&office, &lead).await;
    email::ask(&change, house, "anders@anders.example").await.unwrap();
    let asked = mails(&world.house, &office).await;
    let own = may::<ManageOwnAccount>(&office, &lead).await;
    email::withdraw(&own, house).await.unwrap();
    assert!(matches!(email::withdraw(&own, house).await, Err(Error::NotFound)), "once");
    let confirm = anonymous_permit::<access::actions::ConfirmEmail>(office.id);
    for mail in &asked {
        let token = token_of(mail, "/email/");
        assert!(matches!(email::shown(&confirm, house, &token).await, Err(Error::NotFound)), "the links are dead");
    }
}
