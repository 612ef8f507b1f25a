//! What an office waits for: sign-up to a usable office, its list of 250 rows, its list of 1,300 groups, its queue of 1,000
//! requests, a campaign to 300, their letters. Medians and
//! slowest of one run; the goals stand in `docs/src/benchmarks.md`.

#![allow(clippy::unwrap_used, missing_docs, reason = "a measurement that cannot be set up stops")]

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use access::actions::{
    CreateFirstAccount, CreateGroup, EnrolSecondFactor, ImportGroups, ListGroups, ReadRequests, RunReconciliation,
};
use access::{Principal, Role, Stage, anonymous_permit, authorize};
use crypto::totp::TotpSecret;
use domain::audit::AuditEvent;
use domain::group::Membership;
use domain::reconciliation::Way;
use domain::{
    Clock, EmailAddress, Field, Group, GroupId, Item, PersonId, PersonRole, Slug, Source, Status, UserId, Value, Venue,
};
use storage::tenant::bulk::NewGroup;
use testkit::requests::wish;
use testkit::{Backend, Office, World};
use usecases::account::{Caller, enrolment, invitation};
use usecases::groups::list::{self, Filter};
use usecases::mail::Outbox;
use usecases::reconciliation::campaign::{self, NewCampaign};
use usecases::reconciliation::letters;
use usecases::review::queue;
use usecases::{import, mail, signup};

#[tokio::main]
async fn main() {
    let mut backends = vec![Backend::Sqlite];
    if std::env::var_os("AMPELHAUS_TEST_POSTGRES").is_some() {
        backends.push(Backend::Postgres);
    }
    for backend in backends {
        let world = World::new(backend).await;
        let mut times = Vec::new();
        for number in 0..20 {
            times.push(sign_up(&world, number).await);
        }
        tell(backend, "sign-up to usable office, confirming click to second factor", times);
        let mut times = Vec::new();
        for number in 0..5 {
            times.push(bring_a_list(&world.office(&format!("liste-{number}")).await).await);
        }
        tell(backend, "import of 250 rows, upload to report", times);
        let office = world.public_office("gross").await;
        fill(&office).await;
        let mut times = Vec::new();
        for _ in 0..20 {
            let begun = Instant::now();
            list::list(&office.permit::<ListGroups>(Role::Staff), &office.house, &Filter::default()).await.unwrap();
            times.push(begun.elapsed());
        }
        tell(backend, "staff list of 1,300 groups", times);
        request(&office).await;
        let mut times = Vec::new();
        for _ in 0..20 {
            let begun = Instant::now();
            let permit = office.permit::<ReadRequests>(Role::Staff);
            let page = queue::queue(&permit, &office.house, &queue::Filter::default()).await.unwrap();
            times.push(begun.elapsed());
            assert_eq!((page.found, page.lines.len()), (1_000, queue::PAGE));
        }
        tell(backend, "first page of 1,000 open requests", times);
        let office = world.public_office("rund").await;
        let mut times = (Vec::new(), Vec::new());
        for number in 0..5 {
            let (by_mail, on_paper) =
                (askable(&office, number, Way::Mail).await, askable(&office, number, Way::Letter).await);
            times.0.push(ask(&office, &by_mail).await.0);
            times.1.push(ask(&office, &on_paper).await.1);
        }
        tell(backend, "campaign to 300 groups, button to queued", times.0);
        tell(backend, "300 letters as PDF", times.1);
    }
}

/// 300 groups more that are asked by mail, or by letter.
async fn askable(office: &Office, number: usize, way: Way) -> Vec<GroupId> {
    let permit = office.permit::<CreateGroup>(Role::Staff);
    let ids = office.house.ids();
    let persons: Vec<PersonId> = (0..300).map(|_| ids.next()).collect();
    office.house.stores().make_person_keys(&permit, &persons).await.unwrap();
    let tx = office.house.stores().begin(&permit).await.unwrap();
    let mut groups = Vec::new();
    for (at, person) in persons.into_iter().enumerate() {
        let item = |field, value| Item::new(ids.next(), field, value, Source::Staff);
        let place = Venue {
            street: "Lindenweg 4".into(),
            postcode: "04177".into(),
            town: "Leipzig".into(),
            ..Venue::default()
        };
        let name = Value::Text(format!("Kim Beispiel {at}"));
        let items = vec![item(Field::PersonName, name), item(Field::PersonAddress, Value::Venue(place))];
        tx.insert_person(&domain::Person { id: person, items, consents: Vec::new() }).await.unwrap();
        let mut items = vec![item(Field::Name, Value::Text(format!("Gruppe {number}-{at}")))];
        if way == Way::Mail {
            let mail = EmailAddress::parse(&format!("gruppe-{number}-{at}@example.org")).unwrap();
            items.push(item(Field::GroupEmail, Value::Email(mail)));
        }
        let id = ids.next();
        let slug = Slug::parse(&format!("gruppe-{}-{number}-{at}", way.code())).unwrap();
        let people = vec![Membership { person, role: PersonRole::Contact }];
        groups.push(NewGroup {
            group: Group { id, slug, status: Status::Active, version: 1, items, people },
            notes: Vec::new(),
        });
    }
    tx.insert_groups(&groups, &[], "created").await.unwrap();
    tx.commit(AuditEvent::new("group.created", "")).await.unwrap();
    groups.into_iter().map(|new| new.group.id).collect()
}

/// A campaign to these groups, and its letters: how long each takes.
async fn ask(office: &Office, groups: &[GroupId]) -> (Duration, Duration) {
    let permit = office.permit::<RunReconciliation>(Role::Staff);
    let new = NewCampaign { groups: groups.to_vec(), ..campaign::blank(&office.house) };
    let begun = Instant::now();
    campaign::send(&permit, &office.house, &new).await.unwrap();
    let queued = begun.elapsed();
    let begun = Instant::now();
    // There are none where all are written to by mail.
    let _made = letters::letters(&permit, &office.house, new.id).await;
    (queued, begun.elapsed())
}

fn tell(backend: Backend, what: &str, mut times: Vec<Duration>) {
    times.sort();
    let (median, slowest) = (times[times.len() / 2], times[times.len() - 1]);
    println!("{backend:?}: {what}: median {median:.1?}, slowest {slowest:.1?} of {}", times.len());
}

async fn sign_up(world: &World, number: usize) -> Duration {
    let house = &world.house;
    let form = signup::Form {
        office: format!("Kontaktstelle {number}"),
        carrier: "Verein".to_owned(),
        regime: "DSGVO".to_owned(),
        street: "Lindenweg 4".to_owned(),
        postcode: "04177".to_owned(),
        town: "Musterstadt".to_owned(),
        email: format!("lena{number}@example.org"),
        slug: format!("musterstadt-{number}"),
    };
    signup::request(house, &form, &format!("network {number}")).await.unwrap();
    let mails = mail::claim(house, Outbox::Platform).await.unwrap();
    let link = mails[0].mail.body.lines().find(|line| line.starts_with("http")).unwrap().to_owned();
    let token = link.rsplit('/').next().unwrap().to_owned();
    mail::done(house, Outbox::Platform, &mails[0], Ok(())).await.unwrap();
    let begun = Instant::now();
    signup::confirm(house, &token).await.unwrap();
    signup::provision_waiting(house).await.unwrap();
    let slug = Slug::parse(&form.slug).unwrap();
    let tenant = house.site(&slug).await.unwrap().unwrap().tenant;
    let permit = anonymous_permit::<CreateFirstAccount>(tenant);
    let caller = Caller { network: "192.0.2.1", device: "", known: None, session: None, country: None };
    let session =
        invitation::accept_invitation(&permit, house, &token, "Lena", "apfelbaum-regen-morgen", caller).await.unwrap();
    let user: UserId = house.ids().next();
    let enrolling = Principal::new(tenant, user, Role::Lead, Stage::Enrolling);
    let permit = authorize::<EnrolSecondFactor>(&enrolling).unwrap();
    let shown = enrolment::enrolment(&permit, house, &session.token).await.unwrap();
    let secret: String = shown.secret.split_whitespace().collect();
    let secret = TotpSecret::from_bytes(&data_encoding::BASE32_NOPAD.decode(secret.as_bytes()).unwrap()).unwrap();
    let code = secret.code_at(world.clock.now());
    enrolment::enrol(&permit, house, &session.token, &code, caller).await.unwrap();
    begun.elapsed()
}

async fn bring_a_list(office: &Office) -> Duration {
    let mut list = "Gruppe;Thema;Treffen;Ort;Ansprechpartner;Telefon;E-Mail;öffentlich?\n".to_owned();
    for number in 0..250 {
        writeln!(
            list,
            "Gruppe {number};Thema {number};jeden Mittwoch 18:30 Uhr;Haus {number}, Lindenweg 4, 04177 Musterstadt;\
             Renate Beispiel{number};0341 000 {number};renate{number}@example.org;auf Anfrage"
        )
        .unwrap();
    }
    let begun = Instant::now();
    let permit = office.permit::<ImportGroups>(Role::Staff);
    let id = import::upload(&permit, &office.house, "liste.csv", list.into_bytes()).await.unwrap();
    import::bring_in(&permit, &office.house, id, &|_, _| {}).await.unwrap();
    begun.elapsed()
}

/// A thousand groups ask for something.
async fn request(office: &Office) {
    let by = office.someone(Role::Staff).await.user;
    let tx = office.house.stores().begin(&office.permit::<CreateGroup>(Role::Staff)).await.unwrap();
    for group in tx.group_summaries(&[]).await.unwrap().into_iter().take(1_000) {
        let request = wish(&tx, group.id, by, &"Wir treffen uns jetzt anders. ".repeat(20));
        tx.insert_request(&request).await.unwrap();
    }
    tx.commit(AuditEvent::new("request.submitted", "")).await.unwrap();
}

async fn fill(office: &Office) {
    let tx = office.house.stores().begin(&office.permit::<CreateGroup>(Role::Staff)).await.unwrap();
    let mut groups = Vec::new();
    for number in 0..1_300 {
        let values = [
            (Field::Name, Value::Text(format!("Gruppe {number}"))),
            (Field::Topic, Value::Text("Depression".into())),
            (Field::Topic, Value::Text("Angst".into())),
            (Field::Summary, Value::Text("Wir treffen uns und reden. ".repeat(20))),
            (Field::AcceptsNew, Value::Choice("yes".into())),
            (Field::Venue, Value::Venue(Venue { town: "Leipzig".into(), ..Venue::default() })),
            (Field::ConfirmedOn, Value::Date(jiff::civil::date(2026, 1, 1))),
        ];
        let items = values.into_iter().map(|(field, value)| Item::new(tx.ids().next(), field, value, Source::Staff));
        let group = Group {
            id: tx.ids().next(),
            slug: Slug::parse(&format!("gruppe-{number}")).unwrap(),
            status: Status::Active,
            version: 1,
            items: items.collect(),
            people: Vec::new(),
        };
        groups.push(NewGroup { group, notes: Vec::new() });
    }
    tx.insert_groups(&groups, &[], "created").await.unwrap();
    tx.commit(AuditEvent::new("group.created", "")).await.unwrap();
}
