//! The office's light policy, at the level of use cases, on both databases.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

use access::actions::{EditPolicy, LoosenPolicy, ReadAudit};
use access::{Action, Permit, Principal, Reach, Role, Stage, authorize};
use domain::catalogue::{Bilingual, Section};
use domain::consent::Channel;
use domain::policy::impact::Counts;
use domain::policy::{OwnKind, Policy};
use domain::projection::{PublishedContact, PublishedGroup};
use domain::{Field, GroupId, Light, PersonRole, Status, UserId};
use storage::AuditFilter;
use testkit::surgery::{Store, sql};
use testkit::{Backend, Office, World};
use usecases::consents::record::{self as consents, Agreed};
use usecases::groups::edit::{self, SectionForm};
use usecases::groups::{Entry, Typed, history, list, people, show, status};
use usecases::policy::draft::{self, FieldForm, Values};
use usecases::policy::{self, preview, versions};
use usecases::{Error, House, own_groups};

struct Room {
    world: World,
    office: Office,
    lead: UserId,
    other: UserId,
}

impl Room {
    async fn new(backend: Backend) -> Self {
        let world = World::new(backend).await;
        let office = world.public_office("musterstadt").await;
        let (lead, other) = (office.someone(Role::Lead).await.user, office.someone(Role::Lead).await.user);
        Self { world, office, lead, other }
    }

    fn house(&self) -> &House {
        &self.office.house
    }

    fn may<A: Action>(&self) -> Permit<A> {
        self.of(self.lead)
    }

    fn of<A: Action>(&self, user: UserId) -> Permit<A> {
        authorize(&Principal::new(self.office.id, user, Role::Lead, Stage::Full)).unwrap()
    }

    async fn published(&self) -> Vec<(PublishedGroup, PublishedContact)> {
        self.house().stores().public(self.office.id).await.unwrap().groups().await.unwrap()
    }

    /// An active group.
    async fn group(&self, name: &str) -> GroupId {
        let entries = [entry(Field::Name, name, Light::Green), entry(Field::Costs, "2 Euro", Light::Green)];
        let id = edit::create(&self.may(), self.house(), &entries).await.unwrap();
        status::change_status(&self.may(), self.house(), id, 1, Status::Active).await.unwrap();
        id
    }

    async fn fill(&self, group: GroupId, section: Section, entry: Entry) -> Result<(), Error> {
        let version = show::show(&self.may(), self.house(), group).await.unwrap().group.version;
        let form = SectionForm { group, section, version, entries: vec![entry] };
        edit::edit(&self.may(), self.house(), &form).await.map(drop)
    }

    async fn light(&self, group: GroupId, field: Field) -> Option<Light> {
        let view = show::show(&self.may(), self.house(), group).await.unwrap();
        view.group.of(field).next().map(|item| item.light)
    }

    async fn form(&self, field: Field) -> FieldForm {
        FieldForm::of(&policy::overview(&self.may(), self.house()).await.unwrap().policy, field).unwrap()
    }

    /// Prepares another ceiling.
    async fn prepare(&self, field: Field, ceiling: Light) {
        let form = self.form(field).await;
        let default = form.default.map(|light| light.under(ceiling));
        let form = FieldForm { ceiling: Some(ceiling), default, ..form };
        draft::change(&self.may(), self.house(), field, &form).await.unwrap();
    }

    async fn preview(&self) -> preview::Preview {
        preview::preview(&self.may(), self.house()).await.unwrap()
    }

    async fn save(&self) -> Result<u32, Error> {
        let mark = self.preview().await.mark;
        preview::save(&self.may(), self.house(), &mark).await
    }

    async fn loosen(&self) -> Result<u32, Error> {
        let mark = preview::preview_loosening(&self.may(), self.house()).await.unwrap().mark;
        preview::save_loosening(&self.may(), self.house(), &mark).await
    }

    async fn own_field(&self, kind: OwnKind, section: Section) -> Field {
        let words = |de: &str, en: &str| Bilingual { de: de.into(), en: en.into() };
        let choices = if kind == OwnKind::Choice {
            vec![(String::new(), words("mit Hund", "with dog")), (String::new(), words("ohne Hund", "no dog"))]
        } else {
            Vec::new()
        };
        let form = FieldForm {
            label: words("Hunde", "Dogs"),
            section: Some(section),
            place: 1,
            default: Some(if section == Section::Person { Light::Red } else { Light::Green }),
            ceiling: Some(Light::Green),
            kind: Some(kind),
            choices,
            ..FieldForm::default()
        };
        let field = draft::add(&self.may(), self.house(), &form).await.unwrap();
        self.save().await.unwrap();
        field
    }
}

fn entry(field: Field, text: &str, light: Light) -> Entry {
    Entry { key: format!("{field}-0"), item: None, field, light: Some(light), typed: Typed::Plain(text.to_owned()) }
}

fn codes<T: std::fmt::Debug>(result: Result<T, Error>) -> Vec<String> {
    match result {
        Err(Error::Invalid(problems)) => {
            problems.into_iter().map(|problem| format!("{}: {}", problem.field, problem.code)).collect()
        }
        other => panic!("{other:?}"),
    }
}

async fn a_tighter_policy_counts_at_once_and_a_looser_one_opens_nothing(backend: Backend) {
    let room = Room::new(backend).await;
    let (one, two) = (room.group("Angst").await, room.group("Mut").await);
    assert!(room.published().await.iter().all(|(page, _)| page.costs.is_some()));
    room.prepare(Field::Costs, Light::Yellow).await;
    assert!(room.published().await.iter().all(|(page, _)| page.costs.is_some()), "a draft does nothing");

    let shown = room.preview().await;
    assert_eq!(shown.impact.total, Counts { to_yellow: 2, vanish: 2, ..Counts::default() });
    assert_eq!(shown.groups.iter().map(|line| line.name.as_str()).collect::<Vec<_>>(), ["Angst", "Mut"]);
    assert_eq!((shown.grave, shown.changes.len(), shown.impact.gone), (false, 1, 0));
    assert_eq!(preview::save(&room.may(), room.house(), &shown.mark).await.unwrap(), 1);
    assert!(room.published().await.iter().all(|(page, _)| page.costs.is_none()));
    assert_eq!(room.light(one, Field::Costs).await, Some(Light::Yellow), "closed for good");

    // Nobody opens beyond it.
    let refused = room.fill(two, Section::Group, entry(Field::Costs, "3 Euro", Light::Green)).await;
    assert_eq!(codes(refused), ["costs-0-light: light-too-open"]);

    // The other way round a fresh proof is needed, and nothing that is there opens.
    room.prepare(Field::Costs, Light::Green).await;
    let shown = room.preview().await;
    assert!(shown.grave && shown.impact.total.is_none() && shown.groups.is_empty());
    assert_eq!(codes(room.save().await), [": policy-grave"]);
    assert_eq!(room.loosen().await.unwrap(), 2);
    assert_eq!(room.light(one, Field::Costs).await, Some(Light::Yellow));
    assert!(room.published().await.iter().all(|(page, _)| page.costs.is_none()));
    // But now somebody may.
    room.fill(two, Section::Group, entry(Field::Costs, "3 Euro", Light::Green)).await.unwrap();
    assert_eq!(room.published().await.iter().filter(|(page, _)| page.costs.is_some()).count(), 1);

    // Which version applied is known of every version of a group.
    let steps = history::history(&room.may(), room.house(), two).await.unwrap().steps;
    let known: Vec<_> = steps.iter().map(|step| (step.change.as_str(), step.policy)).collect();
    assert_eq!(known, [("gruppe", 2), ("policy", 1), ("status", 0), ("created", 0)]);
    let lines = versions::versions(&room.may(), room.house()).await.unwrap();
    let items: Vec<_> = lines.iter().map(|line| (line.version, line.items, line.saved.is_some())).collect();
    assert_eq!(items, [(2, 2, true), (1, 2, true), (0, 0, false)]);

    // What closed items is in the log, with the items.
    let look = room.house().stores().look(&room.office.lead::<ReadAudit>()).await.unwrap();
    let filter = AuditFilter { actions: vec!["policy.saved".into()], limit: 9, ..AuditFilter::default() };
    let entries = look.audit_entries(&filter).await.unwrap();
    assert_eq!(entries.iter().map(|entry| entry.details.items.len()).collect::<Vec<_>>(), [0, 2]);
}

async fn a_person_s_consent_is_needed_whatever_the_policy_says(backend: Backend) {
    let room = Room::new(backend).await;
    let group = room.group("Angst").await;
    let own = room.own_field(OwnKind::Line, Section::Person).await;
    let entries = [entry(Field::PersonName, "Erika Beispiel", Light::Red), entry(own, "Rex", Light::Red)];
    let person = people::add_new(&room.may(), room.house(), group, PersonRole::Contact, &entries).await.unwrap();
    let view = people::person(&room.may(), room.house(), person).await.unwrap();
    let item = view.person.items.iter().find(|item| item.field == own).unwrap().id;
    let given_on = jiff::civil::date(2026, 11, 20);
    let agreed = Agreed {
        group,
        person,
        item,
        light: Light::Green,
        given_on,
        channel: Channel::Phone,
        filed: String::new(),
        receipt: false,
    };
    consents::record(&room.may(), room.house(), &agreed).await.unwrap();
    assert_eq!(room.published().await[0].1.people[0].own.len(), 1, "agreed to, and behind the notice");

    room.prepare(own, Light::Red).await;
    let shown = room.preview().await;
    assert_eq!(shown.impact.total, Counts { to_red: 1, vanish: 1, ..Counts::default() });
    room.save().await.unwrap();
    assert!(room.published().await[0].1.is_empty());
    room.prepare(own, Light::Green).await;
    room.loosen().await.unwrap();
    assert!(room.published().await[0].1.is_empty(), "the old consent opens nothing by itself");
    assert_eq!(
        codes(consents::record(&room.may(), room.house(), &Agreed { light: Light::Red, ..agreed.clone() }).await).len(),
        1
    );
    consents::record(&room.may(), room.house(), &agreed).await.unwrap();
    assert_eq!(room.published().await[0].1.people[0].own.len(), 1);
}

async fn an_own_field_lives_and_goes(backend: Backend) {
    let room = Room::new(backend).await;
    let group = room.group("Angst").await;
    let own = room.own_field(OwnKind::Choice, Section::Meetings).await;
    room.fill(group, Section::Meetings, entry(own, "c1", Light::Green)).await.unwrap();
    assert_eq!(codes(room.fill(group, Section::Meetings, entry(own, "c9", Light::Green)).await).len(), 1);
    let public = room.published().await[0].0.own.clone();
    assert_eq!(public[0].label.en, "Dogs");
    assert_eq!(serde_json::to_value(&public[0].value).unwrap()["choice"]["de"], "mit Hund");
    let admin = room.office.admin_of(&[group]).await;
    let principal = Principal {
        reach: Reach::Groups([group].into()),
        ..Principal::new(room.office.id, admin.user, Role::GroupAdmin, Stage::Full)
    };
    let see = authorize(&principal).unwrap();
    let seen = own_groups::group(&see, room.house(), group).await.unwrap().group;
    assert!(seen.of(own).next().is_some(), "the group sees it");

    // Its kind stays, its choices cannot go.
    let mut form = room.form(own).await;
    form.choices.remove(0);
    form.choices.push((String::new(), Bilingual { de: "egal".into(), en: "either".into() }));
    assert_eq!(codes(draft::change(&room.may(), room.house(), own, &form).await), ["choices: policy-choices-fixed"]);

    // Hidden: red, shown nowhere, not lost.
    let (_, count) = draft::removal(&room.may(), room.house(), own).await.unwrap();
    assert_eq!(count, 1);
    draft::remove(&room.may(), room.house(), own, Values::Hidden).await.unwrap();
    assert_eq!(room.preview().await.impact.total, Counts { hidden: 1, vanish: 1, ..Counts::default() });
    room.save().await.unwrap();
    assert!(room.published().await[0].0.own.is_empty());
    assert!(own_groups::group(&see, room.house(), group).await.unwrap().group.of(own).next().is_none());
    assert!(matches!(draft::removal(&room.may(), room.house(), own).await, Err(Error::NotFound)));
    // A form of the section does not lose it.
    room.fill(group, Section::Meetings, entry(Field::Accessibility, "Aufzug", Light::Green)).await.unwrap();

    // An earlier version brings it back, in red.
    versions::take(&room.may(), room.house(), 1).await.unwrap();
    assert_eq!(room.preview().await.impact.total, Counts { back: 1, ..Counts::default() });
    assert_eq!(codes(room.save().await), [": policy-grave"], "what is hidden comes back with it");
    room.loosen().await.unwrap();
    assert_eq!(room.light(group, own).await, Some(Light::Red));
    assert!(room.published().await[0].0.own.is_empty());

    // Deleting asks for a fresh proof and leaves nothing.
    draft::remove(&room.may(), room.house(), own, Values::Deleted).await.unwrap();
    let shown = room.preview().await;
    assert!(shown.grave);
    assert_eq!(shown.impact.total, Counts { deleted: 1, ..Counts::default() });
    assert_eq!(codes(room.save().await), [": policy-grave"]);
    room.loosen().await.unwrap();
    versions::take(&room.may(), room.house(), 1).await.unwrap();
    assert!(room.preview().await.impact.total.is_none(), "nothing comes back");
}

async fn what_was_shown_is_what_is_saved(backend: Backend) {
    let room = Room::new(backend).await;
    room.group("Angst").await;
    room.prepare(Field::Costs, Light::Yellow).await;
    let shown = room.preview().await;
    // Another group came, so the numbers are others.
    room.group("Mut").await;
    let stale = preview::save(&room.may(), room.house(), &shown.mark).await;
    assert!(matches!(stale, Err(Error::Conflict)), "{stale:?}");
    let shown = room.preview().await;
    assert_eq!(shown.impact.total.to_yellow, 2);
    // A colleague saved a policy.
    let colleague = room.of::<EditPolicy>(room.other);
    let form = FieldForm { required: true, ..room.form(Field::Summary).await };
    draft::change(&colleague, room.house(), Field::Summary, &form).await.unwrap();
    let theirs = preview::preview(&colleague, room.house()).await.unwrap();
    assert_eq!(theirs.impact.total, Counts { missing: 2, ..Counts::default() });
    assert_eq!(preview::save(&colleague, room.house(), &theirs.mark).await.unwrap(), 1);
    let stale = preview::save(&room.may(), room.house(), &shown.mark).await;
    assert!(matches!(stale, Err(Error::Conflict)), "{stale:?}");
    let shown = room.preview().await;
    assert_eq!((shown.base, shown.now.version(), shown.changes.len()), (0, 1, 2), "and it says what it would undo");
    assert_eq!(preview::save(&room.may(), room.house(), &shown.mark).await.unwrap(), 2);
    assert!(!policy::overview(&room.may(), room.house()).await.unwrap().draft);
}

async fn a_file_goes_round(backend: Backend) {
    let room = Room::new(backend).await;
    let own = room.own_field(OwnKind::Choice, Section::Contact).await;
    room.prepare(Field::Costs, Light::Red).await;
    room.save().await.unwrap();
    let file = versions::file(&room.may(), room.house(), 2).await.unwrap();

    // In another office.
    let other = room.world.public_office("anderswo").await;
    let user = other.someone(Role::Lead).await.user;
    let principal = Principal::new(other.id, user, Role::Lead, Stage::Full);
    let may: Permit<EditPolicy> = authorize(&principal).unwrap();
    assert_eq!(versions::bring_in(&may, &other.house, file.as_bytes()).await.unwrap(), []);
    let shown = preview::preview(&may, &other.house).await.unwrap();
    assert!(shown.changes.iter().any(|change| change.field == own && change.before.is_none()));
    preview::save(&may, &other.house, &shown.mark).await.unwrap();
    assert_eq!(versions::file(&may, &other.house, 1).await.unwrap(), file, "the same, byte for byte");

    // What is no policy is refused as a whole.
    for bad in
        ["", "{}", "[]", "null", &file.replace("\"costs\"", "\"kosten\""), &file.replacen("\"red\"", "\"green\"", 1)]
    {
        let wrong = versions::bring_in(&may, &other.house, bad.as_bytes()).await.unwrap();
        assert!(!wrong.is_empty(), "{bad}");
    }
    // Nor may it turn a field into something else.
    let mut policy: Policy = serde_json::from_str(&file).unwrap();
    let rule = policy.fields.iter_mut().find(|rule| rule.field == own).unwrap();
    rule.own.as_mut().unwrap().kind = OwnKind::Line;
    rule.own.as_mut().unwrap().choices.clear();
    let json = serde_json::to_vec(&policy).unwrap();
    let wrong = versions::bring_in(&may, &other.house, &json).await.unwrap();
    assert_eq!(wrong.iter().map(|wrong| wrong.code).collect::<Vec<_>>(), ["policy-kind-fixed"]);
    assert!(!policy::overview(&may, &other.house).await.unwrap().draft, "nothing of it was kept");
}

async fn what_is_required_cannot_be_taken_away(backend: Backend) {
    let room = Room::new(backend).await;
    let group = room.group("Angst").await;
    for field in [Field::Costs, Field::Summary] {
        let form = FieldForm { required: true, ..room.form(field).await };
        draft::change(&room.may(), room.house(), field, &form).await.unwrap();
    }
    room.save().await.unwrap();
    let gone = room.fill(group, Section::Group, entry(Field::Costs, "", Light::Green)).await;
    assert_eq!(codes(gone), ["costs-0: item-missing"]);
    // Nor can what was missing before stay missing, wherever the form shows it; Heute and the list say so.
    let asked = list::Filter { open: Some(list::Open::Required), ..list::Filter::default() };
    let lacking = async || list::list(&room.may(), room.house(), &asked).await.unwrap().lines;
    let ask = async |entries: Vec<Entry>| {
        let version = show::show(&room.may(), room.house(), group).await.unwrap().group.version;
        let form = SectionForm { group, section: Section::Group, version, entries };
        edit::edit(&room.may(), room.house(), &form).await.map(drop)
    };
    assert_eq!(lacking().await.len(), 1);
    assert_eq!(usecases::office::today(&room.may(), room.house()).await.unwrap().lacking, 1);
    let preview = status::preview(&room.may(), room.house(), group, Status::Paused).await.unwrap();
    assert!(preview.lacks.is_empty(), "only what becomes active is asked");
    let item = show::show(&room.may(), room.house(), group).await.unwrap().group.of(Field::Costs).next().unwrap().id;
    let costs = |text, light| Entry { item: Some(item), ..entry(Field::Costs, text, light) };
    let empty = || entry(Field::Summary, "", Light::Green);
    let untouched = ask(vec![costs("2 Euro", Light::Green), empty()]).await;
    assert_eq!(codes(untouched), ["summary-0: item-missing"]);
    assert_eq!(codes(ask(vec![costs("3 Euro", Light::Green), empty()]).await), ["summary-0: item-missing"]);
    // Closing never waits for what was missing before.
    ask(vec![costs("2 Euro", Light::Yellow), empty()]).await.unwrap();
    room.fill(group, Section::Group, entry(Field::Costs, "2 Euro", Light::Red)).await.unwrap();
    room.fill(group, Section::Group, entry(Field::Summary, "Wir reden.", Light::Green)).await.unwrap();
    assert!(lacking().await.is_empty());
    let entries = [entry(Field::Name, "Mut", Light::Green), entry(Field::Costs, "1 Euro", Light::Green)];
    let new = edit::create(&room.may(), room.house(), &entries).await;
    assert_eq!(codes(new), ["summary-0: item-missing"]);
}

async fn one_change_is_taken_back_and_the_others_stay(backend: Backend) {
    let room = Room::new(backend).await;
    room.group("Angst").await;
    let entries = [entry(Field::Name, "Entwurf", Light::Green)];
    edit::create(&room.may(), room.house(), &entries).await.unwrap();
    room.prepare(Field::Costs, Light::Yellow).await;
    let form = FieldForm { required: true, place: 1, ..room.form(Field::Summary).await };
    draft::change(&room.may(), room.house(), Field::Summary, &form).await.unwrap();
    let new = FieldForm {
        label: Bilingual { de: "Hunde".into(), en: "Dogs".into() },
        section: Some(Section::Group),
        place: 1,
        default: Some(Light::Red),
        ceiling: Some(Light::Green),
        kind: Some(OwnKind::Line),
        ..FieldForm::default()
    };
    let own = draft::add(&room.may(), room.house(), &new).await.unwrap();
    let shown = room.preview().await;
    assert_eq!((shown.changes.len(), shown.impact.total.missing), (3, 1), "a draft lacks nothing yet");
    for field in [own, Field::Summary] {
        draft::undo(&room.may(), room.house(), field).await.unwrap();
    }
    let shown = room.preview().await;
    assert_eq!(shown.changes.iter().map(|change| change.field).collect::<Vec<_>>(), [Field::Costs]);
    assert!(!shown.reordered, "it is back at its place");
    let gone = draft::undo(&room.may(), room.house(), own).await;
    assert!(matches!(gone, Err(Error::NotFound)), "{gone:?}");
    draft::undo(&room.may(), room.house(), Field::Costs).await.unwrap();
    assert!(!policy::overview(&room.may(), room.house()).await.unwrap().draft, "nothing is left of it");
}

/// Someone who can write the database, but lacks the keys, loosens nothing unseen.
async fn no_policy_can_be_forged(backend: Backend) {
    let room = Room::new(backend).await;
    let group = room.group("Angst").await;
    room.prepare(Field::Costs, Light::Yellow).await;
    room.save().await.unwrap();
    room.prepare(Field::Costs, Light::Red).await;
    room.save().await.unwrap();
    let run = async |text: &str| sql(&room.world.config, Store::Tenant(room.office.id), text).await;
    let overview = async || policy::overview(&room.may(), room.house()).await;
    assert_eq!(overview().await.unwrap().replaced, None);

    // The older one under the newer one's number.
    run("CREATE TABLE kept AS SELECT * FROM policies WHERE version = 2").await;
    run("UPDATE policies SET sealed = (SELECT sealed FROM policies WHERE version = 1) WHERE version = 2").await;
    assert!(overview().await.is_err(), "a version opens as itself only");
    assert!(show::show(&room.may(), room.house(), group).await.is_err(), "and nothing goes on without it");
    run("UPDATE policies SET sealed = (SELECT sealed FROM kept) WHERE version = 2").await;
    overview().await.unwrap();
    // As if somebody else had saved it, or at another time.
    run("UPDATE policies SET at = at + 1 WHERE version = 2").await;
    assert!(overview().await.is_err());
    run("UPDATE policies SET at = at - 1 WHERE version = 2").await;

    // Taken away altogether: what is there stays closed, and the page says that it is not the last one.
    run("DELETE FROM policies WHERE version = 2").await;
    assert_eq!(overview().await.unwrap().replaced, Some(2));
    assert_eq!(room.light(group, Field::Costs).await, Some(Light::Red));
    run("DELETE FROM policies").await;
    assert_eq!(overview().await.unwrap().replaced, Some(2));
    assert_eq!(room.light(group, Field::Costs).await, Some(Light::Red));
    // Nor does a light open an item.
    run("UPDATE items SET light = 'green', policy = 9 WHERE field = 'costs'").await;
    assert!(show::show(&room.may(), room.house(), group).await.is_err());
    // Nor can a draft be put into somebody's hands.
    run("UPDATE items SET light = 'red' WHERE field = 'costs'").await;
    room.prepare(Field::Summary, Light::Red).await;
    run("CREATE TABLE drafts AS SELECT * FROM policy_drafts").await;
    draft::discard(&room.may(), room.house()).await.unwrap();
    let form = FieldForm { required: true, ..room.form(Field::Summary).await };
    draft::change(&room.of(room.other), room.house(), Field::Summary, &form).await.unwrap();
    run("UPDATE policy_drafts SET sealed = (SELECT sealed FROM drafts)").await;
    assert!(preview::preview_loosening(&room.of::<LoosenPolicy>(room.other), room.house()).await.is_err());
}

testkit::on_both! {
    a_tighter_policy_counts_at_once_and_a_looser_one_opens_nothing: a_tighter_policy_counts_at_once_and_a_looser_one_opens_nothing_on_sqlite, a_tighter_policy_counts_at_once_and_a_looser_one_opens_nothing_on_postgresql;
    a_person_s_consent_is_needed_whatever_the_policy_says: a_person_s_consent_is_needed_whatever_the_policy_says_on_sqlite, a_person_s_consent_is_needed_whatever_the_policy_says_on_postgresql;
    an_own_field_lives_and_goes: an_own_field_lives_and_goes_on_sqlite, an_own_field_lives_and_goes_on_postgresql;
    what_was_shown_is_what_is_saved: what_was_shown_is_what_is_saved_on_sqlite, what_was_shown_is_what_is_saved_on_postgresql;
    a_file_goes_round: a_file_goes_round_on_sqlite, a_file_goes_round_on_postgresql;
    what_is_required_cannot_be_taken_away: what_is_required_cannot_be_taken_away_on_sqlite, what_is_required_cannot_be_taken_away_on_postgresql;
    one_change_is_taken_back_and_the_others_stay:
        one_change_is_taken_back_on_sqlite, one_change_is_taken_back_on_postgresql;
    no_policy_can_be_forged: no_policy_can_be_forged_on_sqlite, no_policy_can_be_forged_on_postgresql;
}
