//! Publishing: the checklist, trial and live, taking offline, the contract.
#![allow(clippy::unwrap_used, reason = "a test that cannot be set up fails")]

use access::actions::{
    CreateGroup, EditOfficeProfile, PublishOffice, ReadAudit, ReadChecklist, ReadToday, RecordContract,
};
use domain::audit::AuditEvent;
use domain::office::{OfficeProfile, Visibility};
use domain::{Field, Group, GroupId, Item, Light, Slug, Source, Status, Value};
use storage::AuditFilter;
use testkit::{Backend, Office, World};
use usecases::office::contract::{self, LARGEST_DOCUMENT};
use usecases::office::profile::{Contact, Texts};
use usecases::office::{self, Change};
use usecases::{Error, Problem};

async fn add_group(office: &Office, name: &str, status: Status, light: Light) -> GroupId {
    let house = &office.house;
    let id: GroupId = house.ids().next();
    let mut item = Item::new(house.ids().next(), Field::Name, Value::Text(name.to_owned()), Source::Staff);
    item.light = light;
    let tx = house.stores().begin(&office.lead::<CreateGroup>()).await.unwrap();
    let slug = Slug::unspoken(house.ids());
    tx.insert_group(&Group { id, slug, status, version: 1, items: vec![item], people: Vec::new() }, "created")
        .await
        .unwrap();
    tx.commit(AuditEvent::new("group.created", id)).await.unwrap();
    id
}

async fn save_texts(office: &Office, imprint: &str, privacy: &str) -> Result<(), Error> {
    let texts = Texts { imprint: imprint.to_owned(), privacy: privacy.to_owned(), notice: String::new() };
    office::save_profile(&office.lead::<EditOfficeProfile>(), &office.house, Change::Texts(texts)).await
}

async fn publish(office: &Office) -> Result<Visibility, Error> {
    office::publish(&office.lead::<PublishOffice>(), &office.house).await
}

fn pdf() -> contract::Form {
    contract::Form {
        concluded_on: "2026-11-01".to_owned(),
        signer: "Erika Beispiel".to_owned(),
        document_name: "C:\\Verträge\\AVV.pdf".to_owned(),
        document: b"%PDF-1.7 canary-of-the-contract".to_vec(),
    }
}

async fn record(office: &Office, form: contract::Form) -> Result<Visibility, Error> {
    office::record_contract(&office.lead::<RecordContract>(), &office.house, form).await
}

fn codes<T: std::fmt::Debug>(result: Result<T, Error>) -> Vec<String> {
    match result {
        Err(Error::Invalid(problems)) => {
            problems.into_iter().map(|Problem { field, code }| format!("{field}: {code}")).collect()
        }
        other => panic!("not refused: {other:?}"),
    }
}

async fn visible(office: &Office) -> (Visibility, usize) {
    let site = office.house.site(&office.slug).await.unwrap().unwrap();
    (site.visibility, site.directory.groups().len())
}

async fn actions(office: &Office) -> Vec<String> {
    let tx = office.house.stores().look(&office.lead::<ReadAudit>()).await.unwrap();
    let filter = AuditFilter { limit: 100, ..AuditFilter::default() };
    tx.audit_entries(&filter).await.unwrap().into_iter().map(|entry| entry.action).collect()
}

#[tokio::test]
async fn publishing_is_refused_without_each_item_and_says_which() {
    let world = World::new(Backend::Sqlite).await;
    let office = world.office("alpha").await;
    save_texts(&office, "", "").await.unwrap();
    assert_eq!(
        codes(publish(&office).await),
        ["imprint: imprint-missing", "privacy: privacy-missing", "group: group-missing"]
    );
    // A draft and a group whose name is not public are no groups to publish.
    add_group(&office, "Entwurf", Status::Draft, Light::Green).await;
    add_group(&office, "Verborgen", Status::Active, Light::Red).await;
    save_texts(&office, "Impressum", "Hinweise").await.unwrap();
    assert_eq!(codes(publish(&office).await), ["group: group-missing"]);
    add_group(&office, "Lichtblick", Status::Active, Light::Green).await;
    for (imprint, privacy, missing) in [
        ("", "Hinweise", "imprint: imprint-missing"),
        ("Impressum", " \n", "privacy: privacy-missing"),
        ("Impressum [[Name]]", "Hinweise", "imprint: imprint-missing"),
    ] {
        save_texts(&office, imprint, privacy).await.unwrap();
        assert_eq!(codes(publish(&office).await), [missing]);
        assert_eq!(visible(&office).await, (Visibility::Setup, 0));
    }
    save_texts(&office, "Impressum", "Hinweise").await.unwrap();
    assert_eq!(publish(&office).await.unwrap(), Visibility::Trial);
    assert_eq!(visible(&office).await, (Visibility::Trial, 1));
}

#[tokio::test]
async fn a_recorded_contract_ends_the_trial_by_itself() {
    let world = World::new(Backend::Sqlite).await;
    let office = world.office("alpha").await;
    add_group(&office, "Lichtblick", Status::Active, Light::Green).await;
    assert_eq!(publish(&office).await.unwrap(), Visibility::Trial);
    assert_eq!(record(&office, pdf()).await.unwrap(), Visibility::Live);
    assert_eq!(visible(&office).await, (Visibility::Live, 1));
    let state = office::checklist(&office.lead::<ReadChecklist>(), &office.house).await.unwrap();
    assert!(state.checklist.contract && state.next().is_none());
    let log = actions(&office).await;
    assert!(log.contains(&"contract.recorded".to_owned()) && log.contains(&"office.published".to_owned()), "{log:?}");
}

#[tokio::test]
async fn with_a_contract_an_office_goes_live_at_once_and_a_contract_alone_publishes_nothing() {
    let world = World::new(Backend::Sqlite).await;
    let office = world.office("alpha").await;
    add_group(&office, "Lichtblick", Status::Active, Light::Green).await;
    assert_eq!(record(&office, pdf()).await.unwrap(), Visibility::Setup);
    assert_eq!(visible(&office).await, (Visibility::Setup, 0));
    assert_eq!(publish(&office).await.unwrap(), Visibility::Live);
}

#[tokio::test]
async fn offline_shows_nothing_within_a_second_and_is_undone_by_publishing() {
    let world = World::new(Backend::Sqlite).await;
    let office = world.office("alpha").await;
    add_group(&office, "Lichtblick", Status::Active, Light::Green).await;
    publish(&office).await.unwrap();
    assert_eq!(visible(&office).await, (Visibility::Trial, 1));
    let other = Office { house: world.second_house().await, ..office.clone() };
    assert_eq!(visible(&other).await, (Visibility::Trial, 1));

    let permit = office.lead::<PublishOffice>();
    assert_eq!(office::take_offline(&permit, &office.house).await.unwrap(), Visibility::Offline);
    // In this process at once, in another one within the second.
    assert_eq!(visible(&office).await, (Visibility::Offline, 0));
    tokio::time::sleep(std::time::Duration::from_millis(900)).await;
    assert_eq!(visible(&other).await, (Visibility::Offline, 0));
    let public = office.house.stores().public(office.id).await.unwrap();
    assert_eq!(public.site().await.unwrap().visibility, Visibility::Offline);
    assert_eq!(actions(&office).await.first().map(String::as_str), Some("office.offline"));

    // Once more changes nothing and is no event.
    let before = actions(&office).await.len();
    office::take_offline(&permit, &office.house).await.unwrap();
    assert_eq!(actions(&office).await.len(), before);
    assert_eq!(publish(&office).await.unwrap(), Visibility::Trial);
}

#[tokio::test]
async fn saving_the_profile_never_brings_a_closed_directory_back() {
    let world = World::new(Backend::Sqlite).await;
    let office = world.public_office("alpha").await;
    add_group(&office, "Lichtblick", Status::Active, Light::Green).await;
    for round in 0..10 {
        office.set_visibility(Visibility::Trial).await;
        let (edit, close) = (office.lead::<EditOfficeProfile>(), office.lead::<PublishOffice>());
        let texts =
            Texts { imprint: format!("Impressum {round}"), privacy: "Hinweise".to_owned(), notice: String::new() };
        let (saved, closed) = tokio::join!(
            office::save_profile(&edit, &office.house, Change::Texts(texts)),
            office::take_offline(&close, &office.house)
        );
        saved.unwrap();
        closed.unwrap();
        assert_eq!(visible(&office).await.0, Visibility::Offline, "round {round}");
    }
}

#[tokio::test]
async fn while_the_directory_is_public_the_texts_the_law_wants_stay() {
    let world = World::new(Backend::Sqlite).await;
    let office = world.public_office("alpha").await;
    save_texts(&office, "Impressum", "Hinweise").await.unwrap();
    assert_eq!(codes(save_texts(&office, "", "Hinweise").await), ["imprint: needed-while-public"]);
    assert_eq!(codes(save_texts(&office, "Impressum", "Wir [[Name]]").await), ["privacy: gap-left"]);
    office.set_visibility(Visibility::Offline).await;
    save_texts(&office, "", "Wir [[Name]]").await.unwrap();
}

#[tokio::test]
async fn a_profile_is_checked_field_by_field_and_saved_in_parts() {
    let world = World::new(Backend::Sqlite).await;
    let office = world.office("alpha").await;
    let permit = office.lead::<EditOfficeProfile>();
    let contact = Contact {
        name: " Kontaktstelle \u{7}".to_owned(),
        carrier: "V".repeat(201),
        postcode: "4177".to_owned(),
        phone: "javascript:1".to_owned(),
        email: "a\r\nBcc: b@example.org".to_owned(),
        town: "Musterstadt".to_owned(),
        ..Contact::default()
    };
    let mut wrong = codes(office::save_profile(&permit, &office.house, Change::Contact(contact)).await);
    wrong.sort();
    let expected = [
        "carrier: too-long",
        "email: not-an-email",
        "name: control-characters",
        "phone: not-a-phone",
        "postcode: not-a-postcode",
        "street: missing",
    ];
    assert_eq!(wrong, expected);
    let (before, suggestions) = office::profile(&permit, &office.house).await.unwrap();
    assert!(suggestions.privacy.contains("Art. 28 DSGVO") && suggestions.imprint.contains(&before.name));
    let contact = Contact { hours: "Mo\r\nDi".to_owned(), ..Contact::from(before.clone()) };
    office::save_profile(&permit, &office.house, Change::Contact(contact)).await.unwrap();
    let (after, _) = office::profile(&permit, &office.house).await.unwrap();
    assert_eq!(after, OfficeProfile { hours: "Mo\nDi".to_owned(), ..before });
}

#[tokio::test]
async fn a_contract_is_checked_sealed_and_given_back_to_the_lead() {
    let world = World::new(Backend::Sqlite).await;
    let office = world.office("alpha").await;
    let refused = |form| record(&office, form);
    assert_eq!(
        codes(refused(contract::Form::default()).await),
        ["concluded_on: missing", "signer: missing", "document: document-missing"]
    );
    let document_of_word = contract::Form { document: b"PK\x03\x04".to_vec(), ..pdf() };
    assert_eq!(codes(refused(document_of_word).await), ["document: not-a-pdf"]);
    let mut large = b"%PDF-".to_vec();
    large.resize(LARGEST_DOCUMENT + 1, b' ');
    assert_eq!(codes(refused(contract::Form { document: large, ..pdf() }).await), ["document: document-too-large"]);
    let tomorrow = contract::Form { concluded_on: "2026-11-23".to_owned(), ..pdf() };
    assert_eq!(codes(refused(tomorrow).await), ["concluded_on: date-in-future"]);

    record(&office, pdf()).await.unwrap();
    let permit = office.lead::<RecordContract>();
    let view = office::contract(&permit, &office.house).await.unwrap();
    let kept = view.recorded.unwrap();
    assert_eq!((kept.signer.as_str(), kept.document_name.as_str()), ("Erika Beispiel", "AVV.pdf"));
    assert_eq!(office::document(&permit, &office.house).await.unwrap().document, pdf().document);
    assert_eq!(actions(&office).await.first().map(String::as_str), Some("contract.read"));
    // Nothing of it lies in the files in the clear.
    world.stores().close().await;
    let data = world.folder.path().join("data");
    for file in std::fs::read_dir(&data).unwrap().filter_map(|entry| Some(entry.ok()?.path())).filter(|p| p.is_file()) {
        let bytes = std::fs::read(&file).unwrap();
        for canary in [&b"canary-of-the-contract"[..], b"Erika Beispiel"] {
            assert!(!bytes.windows(canary.len()).any(|part| part == canary), "{}", file.display());
        }
    }
}

#[tokio::test]
async fn today_counts_what_waits() {
    let world = World::new(Backend::Sqlite).await;
    let office = world.office("alpha").await;
    add_group(&office, "Entwurf", Status::Draft, Light::Green).await;
    let id = add_group(&office, "Lichtblick", Status::Active, Light::Green).await;
    let tx = office.house.stores().begin(&office.lead::<CreateGroup>()).await.unwrap();
    let mut group = tx.group(id).await.unwrap().unwrap();
    let wish = Value::Text("Telefon: auf Anfrage".to_owned());
    group.items.push(Item::new(office.house.ids().next(), Field::ConsentToRecord, wish, Source::Import));
    tx.save_group(&group, "edited").await.unwrap();
    tx.commit(AuditEvent::new("group.saved", id)).await.unwrap();
    let state = office::today(&office.lead::<ReadToday>(), &office.house).await.unwrap();
    let counts = &state.counts;
    assert_eq!((counts.groups(), counts.status(Status::Draft), counts.published), (2, 1, 1));
    assert_eq!((counts.without_contact, counts.consents_to_record), (1, 1));
    assert_eq!((counts.mails_waiting, counts.mails_failed), (0, 0));
}
