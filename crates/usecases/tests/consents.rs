//! Consents: what the office records, what the person says by link, what ends by itself; on both databases.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

mod post;

use access::actions::{AnswerConsent, CreateFirstAccount, ReadGroup, RecordConsent, SubmitChanges};
use access::{Permit, Role, Stage, anonymous_permit, authorize, operator_permit};
use domain::audit::AuditEvent;
use domain::consent::{Agreement, Channel, ConsentState, WORDING};
use domain::policy::Policy;
use domain::{Clock, Field, GroupId, ItemId, Light, Person, PersonId, PersonRole, Status, Value};
use jiff::SignedDuration;
use jiff::civil::date;
use post::mails;
use testkit::surgery::{Store, sql};
use testkit::{Backend, Office, World, on_both};
use usecases::consents::by_link::{self, OwnItem};
use usecases::consents::guide;
use usecases::consents::record::{self, Agreed};
use usecases::groups::{Entry, Typed, edit, people, show, status};
use usecases::policy::{draft, preview};
use usecases::{Error, House, housekeeping};

struct Room {
    world: World,
    office: Office,
    group: GroupId,
    person: PersonId,
}

fn entry(field: Field, text: &str) -> Entry {
    let typed = Typed::Plain(text.to_owned());
    let light = field.built_in().map(|def| def.default);
    Entry { key: field.code().into_owned(), item: None, field, light, typed }
}

impl Room {
    /// A public group with a contact person who has a name, a phone and a mail address.
    async fn new(backend: Backend) -> Self {
        let world = World::new(backend).await;
        let office = world.public_office("musterstadt").await;
        let house = &*office.house;
        let group = edit::create(&office.lead(), house, &[entry(Field::Name, "Angst Mitte")]).await.unwrap();
        status::change_status(&office.lead(), house, group, 1, Status::Active).await.unwrap();
        let phone = Typed::Phone { number: "0341 123456".into(), remark: String::new() };
        let entries = [
            entry(Field::PersonName, "Erika Beispiel"),
            Entry { typed: phone, ..entry(Field::PersonPhone, "") },
            entry(Field::PersonEmail, "erika@example.org"),
        ];
        let person = people::add_new(&office.lead(), house, group, PersonRole::Contact, &entries).await.unwrap();
        Self { world, office, group, person }
    }

    fn house(&self) -> &House {
        &self.office.house
    }

    async fn who(&self) -> Person {
        let view = show::show(&self.office.lead(), self.house(), self.group).await.unwrap();
        view.people.into_iter().next().unwrap().person
    }

    async fn item(&self, field: Field) -> ItemId {
        self.who().await.items.iter().find(|item| item.field == field).unwrap().id
    }

    async fn light(&self, field: Field) -> Light {
        let who = self.who().await;
        who.effective(who.items.iter().find(|item| item.field == field).unwrap())
    }

    async fn agree(&self, field: Field, light: Light, receipt: bool) -> Result<(), Error> {
        let agreed = Agreed {
            group: self.group,
            person: self.person,
            item: self.item(field).await,
            light,
            given_on: date(2026, 11, 20),
            channel: Channel::Phone,
            filed: String::new(),
            receipt,
        };
        record::record(&self.office.lead(), self.house(), &agreed).await
    }

    async fn public_phones(&self) -> usize {
        let groups = self.house().stores().public(self.office.id).await.unwrap().groups().await.unwrap();
        groups[0].1.people.iter().map(|person| person.phones.len()).sum()
    }

    fn link(&self) -> Permit<AnswerConsent> {
        anonymous_permit(self.office.id)
    }

    async fn shown(&self, token: &str) -> Result<Vec<OwnItem>, Error> {
        by_link::shown(&self.link(), self.house(), token).await.map(|own| own.items)
    }

    async fn answer(&self, token: &str, field: Field, light: Light) -> Result<(), Error> {
        by_link::answer(&self.link(), self.house(), token, self.item(field).await, light).await
    }

    /// The code in the only mail that waits; to whom it goes.
    async fn mailed(&self) -> (String, String) {
        let mails = mails(&self.office.house, &self.office).await;
        let [mail] = &mails[..] else { panic!("not one mail: {mails:?}") };
        assert!(!mail.body.contains("123456"), "no value is in a mail");
        let code = mail.body.split('#').nth(1).map(|rest| rest.split_whitespace().next().unwrap().to_owned());
        (mail.to.as_str().to_owned(), code.unwrap_or_default())
    }

    async fn ask(&self, field: Field, light: Light) -> Result<(), Error> {
        let asked = [(self.item(field).await, light)];
        by_link::ask(&self.office.lead(), self.house(), (self.group, self.person), &asked).await
    }
}

fn codes<T: std::fmt::Debug>(result: Result<T, Error>) -> Vec<&'static str> {
    match result {
        Err(Error::Invalid(problems)) => problems.into_iter().map(|problem| problem.code).collect(),
        other => panic!("not refused: {other:?}"),
    }
}

async fn a_receipt_says_everything_and_the_person_can_withdraw_with_its_link(backend: Backend) {
    let room = Room::new(backend).await;
    room.agree(Field::PersonPhone, Light::Green, true).await.unwrap();
    assert_eq!(room.public_phones().await, 1);
    let receipt = room.who().await.consents.remove(0);
    assert_eq!((receipt.said.light, receipt.said.channel), (Light::Green, Channel::Phone));
    assert_eq!((receipt.said.wording.as_str(), receipt.said.given_on), (WORDING, date(2026, 11, 20)));
    assert_eq!((receipt.state, receipt.recorded_by.is_some()), (ConsentState::InForce, true));
    assert_eq!(receipt.recorded_at.as_second(), 1_795_341_600);

    let (to, code) = room.mailed().await;
    assert_eq!(to, "erika@example.org");
    let shown = room.shown(&code).await.unwrap();
    assert_eq!(
        shown.iter().map(|item| (item.field, item.light)).collect::<Vec<_>>(),
        [(Field::PersonPhone, Light::Green)]
    );
    assert_eq!(shown[0].value.masked(), "… 56");
    // Looking uses nothing up, and nothing opens that the office did not ask for.
    assert!(room.answer(&code, Field::PersonEmail, Light::Green).await.is_err());
    room.world.clock.advance(SignedDuration::from_hours(1));
    room.answer(&code, Field::PersonPhone, Light::Red).await.unwrap();
    assert_eq!((room.public_phones().await, room.light(Field::PersonPhone).await), (0, Light::Red));
    let receipt = room.who().await.consents.remove(0);
    assert_eq!(receipt.state, ConsentState::Withdrawn);
    let left = room.shown(&code).await.unwrap();
    assert_eq!((left.len(), left[0].light, left[0].can_be_answered()), (1, Light::Red, false), "it says so");
    // A second click finds nothing to do, and opens nothing.
    assert!(matches!(room.answer(&code, Field::PersonPhone, Light::Green).await, Err(Error::NotFound)));
    // A year later the link is over.
    room.world.clock.advance(usecases::consents::LINK);
    assert!(matches!(room.shown(&code).await, Err(Error::NotFound)));
    assert!(matches!(room.shown("nonsense").await, Err(Error::NotFound)));
}

async fn a_link_is_good_in_its_office_only(backend: Backend) {
    let room = Room::new(backend).await;
    let other = room.world.public_office("nebenan").await;
    room.agree(Field::PersonPhone, Light::Green, true).await.unwrap();
    let (_, code) = room.mailed().await;
    let elsewhere = by_link::shown(&anonymous_permit(other.id), room.house(), &code).await;
    assert!(matches!(elsewhere, Err(Error::NotFound)));
}

async fn a_person_agrees_as_far_as_the_office_asked_and_the_office_can_close_again(backend: Backend) {
    let room = Room::new(backend).await;
    assert_eq!(
        codes(by_link::ask(&room.office.lead(), room.house(), (room.group, room.person), &[]).await),
        ["consent-ask-nothing"]
    );
    assert_eq!(codes(room.ask(Field::PersonPhone, Light::Red).await), ["light-too-open"]);
    room.ask(Field::PersonPhone, Light::Yellow).await.unwrap();
    assert_eq!(room.light(Field::PersonPhone).await, Light::Red, "asking opens nothing");
    let (to, code) = room.mailed().await;
    assert_eq!(to, "erika@example.org");
    assert_eq!(codes(room.answer(&code, Field::PersonPhone, Light::Green).await), ["light-too-open"]);
    room.answer(&code, Field::PersonPhone, Light::Yellow).await.unwrap();
    assert_eq!(room.light(Field::PersonPhone).await, Light::Yellow);
    let receipt = room.who().await.consents.remove(0);
    assert_eq!((receipt.said.channel, receipt.recorded_by), (Channel::Link, None));
    // The office closes; the link opens it no more.
    let view = people::person(&room.office.lead(), room.house(), room.person).await.unwrap();
    let rows: Vec<Entry> = view
        .person
        .items
        .iter()
        .map(|item| Entry {
            light: Some(Light::Red),
            item: Some(item.id),
            typed: Typed::of(&item.value),
            ..entry(item.field, "")
        })
        .collect();
    let form = people::PersonForm {
        group: room.group,
        person: room.person,
        role: PersonRole::Contact,
        state: view.state,
        entries: rows,
    };
    people::save(&room.office.lead(), room.house(), &form).await.unwrap();
    assert!(room.answer(&code, Field::PersonPhone, Light::Yellow).await.is_err());
    assert_eq!(room.light(Field::PersonPhone).await, Light::Red);
}

async fn a_signed_sheet_is_kept_under_the_persons_own_key(backend: Backend) {
    let room = Room::new(backend).await;
    let agreed = Agreed {
        group: room.group,
        person: room.person,
        item: room.item(Field::PersonPhone).await,
        light: Light::Green,
        given_on: date(2026, 11, 20),
        channel: Channel::Paper,
        filed: String::new(),
        receipt: false,
    };
    let (lead, house) = (room.office.lead(), room.house());
    let scan = b"%PDF-1.4 Erika Beispiel, unterschrieben";
    let record = async |agreed: Agreed, scan: &[u8]| record::record_scanned(&lead, house, &agreed, scan).await;
    assert_eq!(codes(record(agreed.clone(), b"").await), ["consent-filed-missing"]);
    assert_eq!(codes(record(agreed.clone(), b"<html>").await), ["not-a-scan"]);
    assert_eq!(
        codes(record(Agreed { channel: Channel::Phone, ..agreed.clone() }, scan).await),
        ["paper-other-channel"]
    );
    let huge = [&scan[..], &vec![0; record::LARGEST_PAPER]].concat();
    assert_eq!(codes(record(agreed.clone(), &huge).await), ["paper-too-large"]);
    record(agreed.clone(), scan).await.unwrap();
    assert_eq!(room.public_phones().await, 1);
    let asked = record::person(&lead, house, room.group, room.person).await.unwrap();
    let receipt = asked.person.consents[0].id;
    assert!(asked.papers.contains(&receipt));
    let of = (room.group, room.person);
    let paper = record::paper(&lead, house, of, receipt).await.unwrap();
    assert_eq!((paper.media.as_str(), &paper.bytes[..]), ("application/pdf", &scan[..]));
    assert!(!format!("{paper:?}").contains("Erika"));
    // It goes with the person.
    people::delete(&room.office.lead(), house, room.person).await.unwrap();
    assert!(record::paper(&lead, house, of, receipt).await.is_err());
    let kept = "SELECT CAST(receipt_id AS TEXT) FROM consent_papers";
    let left = sql(&room.world.config, Store::Tenant(room.office.id), kept).await;
    assert!(left.is_empty(), "{left:?}");
}

async fn an_old_mail_opens_nothing_that_was_closed_or_asked_elsewhere(backend: Backend) {
    let room = Room::new(backend).await;
    let minute = || room.world.clock.advance(SignedDuration::from_secs(60));
    // Yellow, asked for green, withdrawn on the phone: the mail that asked is over.
    room.agree(Field::PersonPhone, Light::Yellow, false).await.unwrap();
    minute();
    room.ask(Field::PersonPhone, Light::Green).await.unwrap();
    let (_, code) = room.mailed().await;
    minute();
    let (house, phone) = (room.house(), room.item(Field::PersonPhone).await);
    record::withdraw(&room.office.lead(), house, room.group, room.person, phone).await.unwrap();
    assert!(room.answer(&code, Field::PersonPhone, Light::Green).await.is_err());
    assert_eq!(room.light(Field::PersonPhone).await, Light::Red);

    // Asked at an address that turns out to be somebody else's.
    room.ask(Field::PersonPhone, Light::Green).await.unwrap();
    let (_, code) = room.mailed().await;
    let view = people::person(&room.office.lead(), house, room.person).await.unwrap();
    let rows = view.person.items.iter().map(|item| {
        let typed = match item.field {
            Field::PersonEmail => Typed::Plain("richtig@example.org".into()),
            _ => Typed::of(&item.value),
        };
        Entry { light: Some(Light::Red), item: Some(item.id), typed, ..entry(item.field, "") }
    });
    let form = people::PersonForm {
        group: room.group,
        person: room.person,
        role: PersonRole::Contact,
        entries: rows.collect(),
        state: view.state.clone(),
    };
    people::save(&room.office.lead(), house, &form).await.unwrap();
    assert!(room.answer(&code, Field::PersonPhone, Light::Green).await.is_err());
    assert_eq!(room.public_phones().await, 0);
    // The same answer sent fifty times is one receipt; withdrawing by the old mail stays possible.
    room.agree(Field::PersonPhone, Light::Green, true).await.unwrap();
    let (to, code) = room.mailed().await;
    assert_eq!(to, "richtig@example.org");
    for _ in 0..3 {
        room.answer(&code, Field::PersonPhone, Light::Yellow).await.unwrap();
    }
    let yellow = |who: &Person| who.consents.iter().filter(|one| one.said.channel == Channel::Link).count();
    assert_eq!(yellow(&room.who().await), 1);
    room.answer(&code, Field::PersonPhone, Light::Red).await.unwrap();
    assert_eq!(room.light(Field::PersonPhone).await, Light::Red);
}

async fn a_consent_ends_after_a_reminder_and_can_be_renewed(backend: Backend) {
    let room = Room::new(backend).await;
    draft::limit_consents(&room.office.lead(), room.house(), Some(3)).await.unwrap_err();
    let lead = room.office.someone(Role::Lead).await;
    let session = room.office.session(&lead, Stage::Full).await;
    let me = room.house().principal(&room.office.slug, &session).await.unwrap().unwrap();
    draft::limit_consents(&authorize(&me).unwrap(), room.house(), Some(12)).await.unwrap();
    let shown = preview::preview(&authorize(&me).unwrap(), room.house()).await.unwrap();
    assert!(shown.consents && shown.changes.is_empty());
    preview::save(&authorize::<access::actions::EditPolicy>(&me).unwrap(), room.house(), &shown.mark).await.unwrap();
    for field in [Field::PersonPhone, Field::PersonEmail] {
        room.agree(field, Light::Green, false).await.unwrap();
    }
    let until = room.who().await.consents[0].said.until;
    assert_eq!(until, Some(date(2027, 11, 20)));

    let days = |days: i64| room.world.clock.advance(SignedDuration::from_hours(24 * days));
    days(330);
    housekeeping::remove_expired(room.house()).await.unwrap();
    assert!(mails(&room.office.house, &room.office).await.is_empty(), "too early for a reminder");
    days(10);
    let list = guide::guide(&room.office.lead(), room.house()).await.unwrap();
    assert_eq!(list.ending.len(), 2);
    for _ in 0..2 {
        housekeeping::remove_expired(room.house()).await.unwrap();
    }
    let (_, code) = room.mailed().await;
    room.answer(&code, Field::PersonPhone, Light::Green).await.unwrap();
    days(30);
    let removed = housekeeping::remove_expired(room.house()).await.unwrap();
    assert_eq!(removed.consents, 1, "the other one was renewed");
    assert_eq!(room.light(Field::PersonPhone).await, Light::Green);
    assert_eq!(room.light(Field::PersonEmail).await, Light::Red);
    assert_eq!(room.public_phones().await, 1);
    let states: Vec<_> = room.who().await.consents.iter().map(|receipt| receipt.state).collect();
    assert!(states.contains(&ConsentState::Expired) && states.contains(&ConsentState::Replaced), "{states:?}");
}

async fn a_group_admin_withdraws_at_once_and_in_the_own_groups_only(backend: Backend) {
    let room = Room::new(backend).await;
    room.agree(Field::PersonPhone, Light::Green, false).await.unwrap();
    let phone = room.item(Field::PersonPhone).await;
    let own = room.office.admin_of(&[room.group]).await;
    let stranger = room.office.admin_of(&[]).await;
    let withdraw = async |who: &testkit::Person| {
        let session = room.office.session(who, Stage::Full).await;
        let me = room.house().principal(&room.office.slug, &session).await.unwrap().unwrap();
        let may: Permit<SubmitChanges> = authorize(&me).unwrap();
        record::withdraw_own(&may, room.house(), room.group, room.person, phone).await
    };
    assert!(matches!(withdraw(&stranger).await, Err(Error::NotFound)));
    assert_eq!(room.public_phones().await, 1);
    withdraw(&own).await.unwrap();
    assert_eq!(room.public_phones().await, 0);
}

async fn what_the_old_list_said_is_worked_off(backend: Backend) {
    let room = Room::new(backend).await;
    let form = edit::SectionForm {
        group: room.group,
        section: domain::catalogue::Section::Internal,
        version: 2 + 1,
        entries: vec![entry(Field::ConsentToRecord, "j")],
    };
    edit::edit(&room.office.lead(), room.house(), &form).await.unwrap();
    let list = guide::guide(&room.office.lead(), room.house()).await.unwrap();
    let [group] = &list.to_ask[..] else { panic!("{list:?}") };
    assert_eq!((group.name.as_str(), group.people[0].items.len()), ("Angst Mitte", 3));
    assert!(group.people[0].email.is_some() && group.people[0].phone.is_some());
    let (remark, text) = &group.remarks[0];
    assert_eq!(text, "j");
    let other = room.item(Field::PersonPhone).await;
    // Whoever withdrew is not asked again by a list.
    room.agree(Field::PersonPhone, Light::Yellow, true).await.unwrap();
    let (_, code) = room.mailed().await;
    room.world.clock.advance(SignedDuration::from_hours(1));
    room.answer(&code, Field::PersonPhone, Light::Red).await.unwrap();
    let list = guide::guide(&room.office.lead(), room.house()).await.unwrap();
    let asked = &list.to_ask[0].people[0];
    assert_eq!((asked.items.len(), asked.withdrawn.len()), (2, 1));
    assert_eq!((asked.withdrawn[0].1, asked.withdrawn[0].2), (Field::PersonPhone, room.world.clock.now()));
    assert!(guide::settle(&room.office.lead(), room.house(), room.group, other).await.is_err());
    guide::settle(&room.office.lead(), room.house(), room.group, *remark).await.unwrap();
    assert!(guide::guide(&room.office.lead(), room.house()).await.unwrap().to_ask.is_empty());
}

async fn a_no_ends_the_question_and_opens_nothing(backend: Backend) {
    let room = Room::new(backend).await;
    room.ask(Field::PersonPhone, Light::Green).await.unwrap();
    let (_, code) = room.mailed().await;
    room.answer(&code, Field::PersonPhone, Light::Red).await.unwrap();
    assert!(room.shown(&code).await.unwrap().is_empty(), "it is not asked any more");
    for light in [Light::Red, Light::Green] {
        let again = room.answer(&code, Field::PersonPhone, light).await;
        assert!(matches!(again, Err(Error::NotFound)), "{again:?}");
    }
    assert_eq!((room.light(Field::PersonPhone).await, room.who().await.consents.len()), (Light::Red, 0));
}

/// What was agreed to under an older wording, and while no time was set, counts on as it was given; a policy that closes ends
/// it, whatever was agreed to.
async fn older_receipts_carry_over_as_the_policy_says(backend: Backend) {
    let room = Room::new(backend).await;
    room.agree(Field::PersonPhone, Light::Green, false).await.unwrap();
    let email = room.item(Field::PersonEmail).await;
    let tx = room.world.stores().begin(&operator_permit::<CreateFirstAccount>(room.office.id)).await.unwrap();
    let said = Agreement {
        person: room.person,
        item: email,
        light: Light::Green,
        given_on: date(2019, 5, 2),
        channel: Channel::Paper,
        wording: "2019-05".to_owned(),
        filed: "Ordner".to_owned(),
        until: None,
    };
    tx.record_consent(&said).await.unwrap();
    let mut who = tx.person(room.person).await.unwrap().unwrap();
    who.items.iter_mut().find(|item| item.id == email).unwrap().light = Light::Green;
    tx.save_person(&who).await.unwrap();
    tx.commit(AuditEvent::new("test.agreed", room.person)).await.unwrap();

    let lead = room.office.someone(Role::Lead).await;
    let session = room.office.session(&lead, Stage::Full).await;
    let me = room.house().principal(&room.office.slug, &session).await.unwrap().unwrap();
    let save = async || {
        let shown = preview::preview(&authorize(&me).unwrap(), room.house()).await.unwrap();
        preview::save(&authorize::<access::actions::EditPolicy>(&me).unwrap(), room.house(), &shown.mark).await
    };
    draft::limit_consents(&authorize(&me).unwrap(), room.house(), Some(12)).await.unwrap();
    save().await.unwrap();
    room.world.clock.advance(SignedDuration::from_hours(24 * 365 * 5));
    housekeeping::remove_expired(room.house()).await.unwrap();
    for field in [Field::PersonPhone, Field::PersonEmail] {
        assert_eq!(room.light(field).await, Light::Green, "{field}: given before, for no set time");
    }
    let wordings: Vec<_> =
        room.who().await.consents.into_iter().map(|one| (one.said.wording, one.said.until)).collect();
    assert!(wordings.contains(&("2019-05".to_owned(), None)) && wordings.contains(&(WORDING.to_owned(), None)));
    assert!(guide::guide(&room.office.lead(), room.house()).await.unwrap().unbacked.is_empty());

    // The policy ends it for the phone: closed in the items, and a looser one opens nothing again.
    let overview = usecases::policy::overview(&authorize(&me).unwrap(), room.house()).await.unwrap();
    let form = draft::FieldForm::of(&overview.policy, Field::PersonPhone).unwrap();
    let closed = draft::FieldForm { ceiling: Some(Light::Red), ..form.clone() };
    draft::change(&authorize(&me).unwrap(), room.house(), Field::PersonPhone, &closed).await.unwrap();
    save().await.unwrap();
    assert_eq!((room.light(Field::PersonPhone).await, room.public_phones().await), (Light::Red, 0));
    assert_eq!(room.light(Field::PersonEmail).await, Light::Green);
    // Said again, it counts as the policy says now.
    let agreed = Agreed {
        group: room.group,
        person: room.person,
        item: email,
        light: Light::Yellow,
        given_on: date(2031, 11, 1),
        channel: Channel::Phone,
        filed: String::new(),
        receipt: false,
    };
    record::record(&room.office.lead(), room.house(), &agreed).await.unwrap();
    let newest = room.who().await.consents.into_iter().find(|one| one.said.item == email && one.in_force()).unwrap();
    assert_eq!((newest.said.wording.as_str(), newest.said.until), (WORDING, Some(date(2032, 11, 1))));
}

async fn nothing_stands_open_without_consent_and_no_receipt_can_be_forged(backend: Backend) {
    let room = Room::new(backend).await;
    room.agree(Field::PersonPhone, Light::Green, false).await.unwrap();
    // An item left open by a program that forgot to ask: it counts as red, is on the list, and is closed at night.
    let tx = room.world.stores().begin(&operator_permit::<CreateFirstAccount>(room.office.id)).await.unwrap();
    let mut who = tx.person(room.person).await.unwrap().unwrap();
    who.items.iter_mut().find(|item| item.field == Field::PersonEmail).unwrap().light = Light::Green;
    tx.save_person(&who).await.unwrap();
    tx.commit(AuditEvent::new("test.open", room.person)).await.unwrap();
    assert_eq!(room.light(Field::PersonEmail).await, Light::Red);
    let list = guide::guide(&room.office.lead(), room.house()).await.unwrap();
    assert_eq!(list.unbacked.iter().map(|one| one.field).collect::<Vec<_>>(), [Field::PersonEmail]);
    assert_eq!(housekeeping::remove_expired(room.house()).await.unwrap().consents, 1);
    let list = guide::guide(&room.office.lead(), room.house()).await.unwrap();
    assert!(list.unbacked.is_empty() && list.checked_on == Some(date(2026, 11, 22)));
    assert_eq!(room.light(Field::PersonPhone).await, Light::Green, "what was agreed to stays");

    // Withdrawn, and brought back into force by someone who writes the database.
    room.answer_by_staff().await;
    let run = async |text: &str| sql(&room.world.config, Store::Tenant(room.office.id), text).await;
    run("UPDATE consent_receipts SET ended_at = NULL").await;
    let look = room.world.stores().look(&room.office.lead::<ReadGroup>()).await.unwrap();
    assert!(look.person(room.person).await.is_err(), "it does not open");
}

impl Room {
    async fn answer_by_staff(&self) {
        let may: Permit<RecordConsent> = self.office.lead();
        let phone = self.item(Field::PersonPhone).await;
        record::withdraw(&may, self.house(), self.group, self.person, phone).await.unwrap();
    }
}

#[test]
fn a_mask_lets_only_those_recognise_a_value_who_know_it() {
    let mail = Value::Email(domain::EmailAddress::parse("erika@example.org").unwrap());
    assert_eq!(mail.masked(), "e…@e….org");
    assert_eq!(Value::Text("Erika Beispiel".into()).masked(), "E… B…");
    assert_eq!(Value::Text(String::new()).masked(), "");
    assert_eq!(Policy::built_in().consent_months, None);
}

on_both! {
    a_signed_sheet_is_kept_under_the_persons_own_key:
        a_signed_sheet_is_kept_on_sqlite, a_signed_sheet_is_kept_on_postgresql;
    an_old_mail_opens_nothing_that_was_closed_or_asked_elsewhere:
        an_old_mail_opens_nothing_on_sqlite, an_old_mail_opens_nothing_on_postgresql;
    a_receipt_says_everything_and_the_person_can_withdraw_with_its_link: a_receipt_says_everything_and_the_person_can_withdraw_with_its_link_on_sqlite, a_receipt_says_everything_and_the_person_can_withdraw_with_its_link_on_postgresql;
    a_link_is_good_in_its_office_only: a_link_is_good_in_its_office_only_on_sqlite, a_link_is_good_in_its_office_only_on_postgresql;
    a_person_agrees_as_far_as_the_office_asked_and_the_office_can_close_again: a_person_agrees_as_far_as_the_office_asked_and_the_office_can_close_again_on_sqlite, a_person_agrees_as_far_as_the_office_asked_and_the_office_can_close_again_on_postgresql;
    a_consent_ends_after_a_reminder_and_can_be_renewed: a_consent_ends_after_a_reminder_and_can_be_renewed_on_sqlite, a_consent_ends_after_a_reminder_and_can_be_renewed_on_postgresql;
    a_group_admin_withdraws_at_once_and_in_the_own_groups_only: a_group_admin_withdraws_at_once_and_in_the_own_groups_only_on_sqlite, a_group_admin_withdraws_at_once_and_in_the_own_groups_only_on_postgresql;
    a_no_ends_the_question_and_opens_nothing: a_no_ends_the_question_on_sqlite, a_no_ends_the_question_on_postgresql;
    older_receipts_carry_over_as_the_policy_says:
        older_receipts_carry_over_on_sqlite, older_receipts_carry_over_on_postgresql;
    what_the_old_list_said_is_worked_off: what_the_old_list_said_is_worked_off_on_sqlite, what_the_old_list_said_is_worked_off_on_postgresql;
    nothing_stands_open_without_consent_and_no_receipt_can_be_forged: nothing_stands_open_without_consent_and_no_receipt_can_be_forged_on_sqlite, nothing_stands_open_without_consent_and_no_receipt_can_be_forged_on_postgresql;
}
