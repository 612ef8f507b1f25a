//! What the requests are about: made when a route asks for it, one by one.

use std::collections::BTreeSet;

use access::actions::{CreateFirstAccount, CreateGroup, EditGroup};
use access::{Limit, Right, Rights, Role, operator_permit};
use crypto::token::Token;
use domain::audit::{Actor, AuditEvent};
use domain::catalogue::{Bilingual, Section};
use domain::consent::{Agreement, Channel, WORDING};
use domain::disclosure::{self, Answerer, Disclosure, Link, Particulars, PassedItem, Recipient, State};
use domain::group::Membership;
use domain::policy::{FieldRule, OwnField, OwnKind, Policy};
use domain::reconciliation::{Occasion, Round, Way};
use domain::{
    AlertId, EmailAddress, Field, FieldId, Group, GroupId, Item, ItemId, Light, Person as Someone, PersonId,
    PersonRole, ProviderId, RoleId, Slug, Source, Status, SuggestionId, UserId, Value, Venue,
};
use jiff::SignedDuration;
use storage::TenantTx;
use storage::tenant::alerts::Alert;
use storage::tenant::suggestions::{Suggested as SuggestedTexts, Suggestion, SuggestionState};
use storage::tenant::{
    Admission, Campaign, ConsentPaper, Factor, FactorLoss, FactorSecret, Identity, Leaves, OwnRole, Provider, Question,
    Standing, Succession, SupportGrant, UserState,
};
use testkit::requests::wish;
use testkit::{Office, Person};
use usecases::reconciliation::campaign::NewCampaign;

use super::Param;

/// Somebody's request that a group gets a summary.
pub(super) async fn request_of(office: &Office, group: GroupId, by: UserId) -> String {
    let tx = office.house.stores().begin(&office.lead::<EditGroup>()).await.unwrap();
    if tx.group(group).await.unwrap().is_none() {
        // Another office's, or nobody's: there is nothing to ask for.
        return group.to_string();
    }
    let request = wish(&tx, group, by, "Vorgeschlagen.");
    tx.insert_request(&request).await.unwrap();
    tx.commit(AuditEvent::new("test.request", group)).await.unwrap();
    request.id.to_string()
}

/// A receipt with a scan, of a person. Nobody acts: it is simply there.
pub(super) async fn paper_of(office: &Office, person: PersonId, item: ItemId) -> String {
    let tx = office.house.stores().begin(&office.lead::<EditGroup>()).await.unwrap();
    let said = Agreement {
        person,
        item,
        light: Light::Yellow,
        given_on: jiff::civil::date(2026, 11, 1),
        channel: Channel::Paper,
        wording: WORDING.to_owned(),
        filed: String::new(),
        until: None,
    };
    let receipt = tx.record_consent(&said).await.unwrap();
    let paper = ConsentPaper { media: "application/pdf".to_owned(), bytes: b"%PDF-1.4 unterschrieben".to_vec() };
    tx.put_consent_paper(receipt, person, &paper).await.unwrap();
    tx.commit(AuditEvent::new("test.paper", person)).await.unwrap();
    receipt.to_string()
}

/// A fresh group with one yellow item: "Zweimal klingeln."
///
/// # Panics
/// When it cannot be made.
pub async fn yellow_group(office: &Office) -> (GroupId, ItemId) {
    let (id, ..) = fresh_group(office, Status::Active).await;
    let tx = office.house.stores().begin(&office.lead::<EditGroup>()).await.unwrap();
    let mut group = tx.group(id).await.unwrap().expect("just made");
    let hint = Value::Text("Zweimal klingeln.".to_owned());
    let hint = Item::new(tx.ids().next(), Field::AccessHints, hint, Source::Staff);
    let item = hint.id;
    group.items.push(hint);
    tx.save_group(&group, "treffen").await.unwrap();
    tx.commit(AuditEvent::new("test.yellow", id)).await.unwrap();
    (id, item)
}

/// Something yellow that is passed on: its id, or the link that is out.
///
/// # Panics
/// When it cannot be made.
pub async fn passed_on(office: &Office, param: Param) -> String {
    let (group, item) = yellow_group(office).await;
    let (by, admin) = (office.someone(Role::Staff).await.user, office.admin_of(&[group]).await);
    let tx = office.house.stores().begin(&office.lead::<EditGroup>()).await.unwrap();
    let (now, token) = (tx.now(), Token::generate(tx.ids()));
    let later = now + SignedDuration::from_hours(1);
    let state = match param {
        Param::Agreed => State::Agreed,
        Param::PassedOn | Param::LinkOut => State::Sent,
        _ => State::Asked,
    };
    let disclosure = Disclosure {
        id: tx.ids().next(),
        group,
        items: vec![PassedItem { item, field: Field::AccessHints, person: None }],
        particulars: Some(Particulars {
            recipient: Recipient { name: "Anruferin".to_owned(), email: None },
            purpose: "Möchte kommen.".to_owned(),
        }),
        channel: disclosure::Channel::Link,
        by,
        made_at: now,
        state,
        changed_at: now,
        link: (state == State::Sent).then(|| Link { hash: *token.hash().as_bytes(), expires_at: later }),
        answer: None,
        browser: None,
        version: 1,
    };
    tx.insert_disclosure(&disclosure).await.unwrap();
    if param == Param::Question {
        let to = EmailAddress::parse(&admin.email).unwrap();
        let question = Question { about: disclosure.id, asked: Answerer::Admin(admin.user), to };
        tx.ask_about(question, &token.hash(), later).await.unwrap();
    }
    tx.commit(AuditEvent::new("test.passed_on", group)).await.unwrap();
    match param {
        Param::Asked | Param::Agreed | Param::LinkOut => disclosure.id.to_string(),
        _ => token.to_text().to_string(),
    }
}

/// A suggested group: its id, or the link that confirms it.
pub(super) async fn suggested(office: &Office, param: Param) -> String {
    let tx = office.house.stores().begin(&office.lead::<EditGroup>()).await.unwrap();
    let (token, now) = (Token::generate(tx.ids()), tx.now());
    let state = match param {
        Param::Suggested => SuggestionState::Waiting,
        Param::SuggestedAccepted => SuggestionState::Accepted,
        _ => SuggestionState::Unconfirmed,
    };
    let name = Item::new(tx.ids().next(), Field::Name, Value::Text("Neue Runde".to_owned()), Source::Group);
    let draft = Group {
        id: tx.ids().next(),
        slug: Slug::unspoken(tx.ids()),
        status: Status::Draft,
        version: 1,
        items: vec![name],
        people: Vec::new(),
    };
    tx.insert_group(&draft, "suggested").await.unwrap();
    let id: SuggestionId = tx.ids().next();
    let suggestion = Suggestion {
        id,
        state,
        group: (state != SuggestionState::Unconfirmed).then_some(draft.id),
        made_at: now,
        expires_at: Some(now + SignedDuration::from_hours(1)),
        token: token.hash(),
        by: EmailAddress::parse(&format!("{id}@melden.example")).unwrap(),
        suggested: SuggestedTexts { name: "Neue Runde".to_owned(), ..SuggestedTexts::default() },
    };
    tx.insert_suggestion(&suggestion).await.unwrap();
    tx.commit(AuditEvent::new("test.suggested", id)).await.unwrap();
    if param == Param::SuggestedLink { token.to_text().to_string() } else { id.to_string() }
}

/// What stands in the personal link of a fresh group.
///
/// # Panics
/// When it cannot be made.
pub async fn group_link(office: &Office) -> String {
    let (group, ..) = fresh_group(office, Status::Active).await;
    let tx = office.house.stores().begin(&office.lead::<CreateGroup>()).await.unwrap();
    let fresh = tx.issue_group_links(&[group], Occasion::Shown).await.unwrap().remove(0);
    tx.commit(AuditEvent::new("test.link", group)).await.unwrap();
    fresh.token.as_str().to_owned()
}

/// A campaign to one group.
pub(super) fn campaign_to(house: &usecases::House, group: GroupId) -> NewCampaign {
    NewCampaign { groups: vec![group], ..usecases::reconciliation::campaign::blank(house) }
}

/// A campaign that was sent to a fresh group without a mail address, but with one on paper.
pub(super) async fn campaign_of(office: &Office) -> String {
    let (group, person, _) = fresh_group(office, Status::Active).await;
    let NewCampaign { id, wording, plan, .. } = campaign_to(&office.house, group);
    let tx = office.house.stores().begin(&office.lead::<EditGroup>()).await.unwrap();
    let mut unreachable = tx.person(person).await.unwrap().expect("just made");
    unreachable.items.retain(|item| item.field != Field::PersonEmail);
    let place = Venue {
        street: "Lindenweg 4".to_owned(),
        postcode: "04177".to_owned(),
        town: "Leipzig".to_owned(),
        ..Venue::default()
    };
    unreachable.items.push(Item::new(tx.ids().next(), Field::PersonAddress, Value::Venue(place), Source::Staff));
    tx.save_person(&unreachable).await.unwrap();
    let now = tx.now();
    tx.insert_campaign(&Campaign { id, made_at: now, by: Actor::System, wording, plan, ended_at: None }).await.unwrap();
    let round = Round::new(tx.ids().next(), group, Some(id), Way::Letter, now);
    tx.insert_rounds(&[round]).await.unwrap();
    tx.commit(AuditEvent::new("test.campaign", id)).await.unwrap();
    id.to_string()
}

/// The operator is on the way to take somebody's second factor away as lost.
pub async fn lose_factor(office: &Office, user: UserId) {
    let tx = office.house.stores().begin(&office.lead::<EditGroup>()).await.unwrap();
    let due_at = tx.now().checked_add(SignedDuration::from_hours(72)).unwrap();
    let loss = FactorLoss { user, by: Actor::Operator, started_at: tx.now(), due_at, password_too: true };
    tx.put_factor_loss(&loss).await.unwrap();
    tx.commit(AuditEvent::new("test.loss", user)).await.unwrap();
}

/// The admin of a fresh group.
pub(super) async fn admin_of(office: &Office) -> String {
    let (group, ..) = fresh_group(office, Status::Active).await;
    office.admin_of(&[group]).await.user.to_string()
}

/// The proposal of who is to take this group over.
pub(super) async fn proposal_of(office: &Office, group: GroupId) -> String {
    let from = office.admin_of(&[group]).await.user;
    let tx = office.house.stores().begin(&operator_permit::<CreateFirstAccount>(office.id)).await.unwrap();
    let email = EmailAddress::parse(&format!("{from}@nachfolge.example")).unwrap();
    tx.propose_successor(&email, group, Succession { from, leaves: Leaves::No }).await.unwrap();
    let id = tx.proposals().await.unwrap().into_iter().find(|one| one.email == email).expect("a proposal").id;
    tx.commit(AuditEvent::new("test.proposed", group)).await.unwrap();
    id.to_string()
}

/// The token of an invitation to work in an office.
///
/// # Panics
/// When it cannot be made.
pub async fn invitation_to(office: &Office, email: &str) -> String {
    let token = Token::generate(office.house.ids());
    let email = EmailAddress::parse(email).unwrap();
    let tx = office.house.stores().begin(&operator_permit::<CreateFirstAccount>(office.id)).await.unwrap();
    tx.invite((&email, Role::Staff, &[]), None, &token.hash()).await.unwrap();
    tx.commit(AuditEvent::new("test.invited", "")).await.unwrap();
    token.to_text().to_string()
}

/// A provider of single sign-on of an office, at whose address nobody is.
pub(super) async fn provider_of(office: &Office) -> String {
    let tx = office.house.stores().begin(&office.lead::<EditGroup>()).await.unwrap();
    let id: ProviderId = tx.ids().next();
    let provider = Provider {
        id,
        name: format!("Dienst {id}"),
        issuer: format!("http://127.0.0.1:1/{id}"),
        client_id: "ampelhaus".to_owned(),
        client_secret: "geheim".to_owned().into(),
        claim: None,
        roles: Vec::new(),
        admission: Admission::Known,
        second_factor: Vec::new(),
    };
    tx.insert_provider(&provider).await.unwrap();
    tx.commit(AuditEvent::new("test.provider", id)).await.unwrap();
    id.to_string()
}

/// Connects somebody of an office with one of its providers, if it is one.
pub(super) async fn connect(office: &Office, person: Option<&Person>, provider: &str) {
    let (Some(person), Ok(provider)) = (person, provider.parse::<ProviderId>()) else { return };
    let tx = office.house.stores().begin(&office.lead::<EditGroup>()).await.unwrap();
    if tx.provider(provider).await.unwrap().is_none() || tx.user(person.user).await.unwrap().is_none() {
        return;
    }
    let identity = Identity {
        id: tx.ids().next(),
        provider,
        user: person.user,
        label: "kim@anbieter.example".to_owned(),
        role_from_provider: false,
        created_at: tx.now(),
        used_at: None,
    };
    let subject = identity.id.to_string();
    tx.insert_identity(&identity, ("http://127.0.0.1:1/", &subject)).await.unwrap();
    tx.commit(AuditEvent::new("test.connected", person.user)).await.unwrap();
}

/// One more second factor of someone.
pub(super) async fn factor_of(office: &Office, user: UserId) -> String {
    let tx = office.house.stores().begin(&office.lead::<EditGroup>()).await.unwrap();
    for older in tx.factors_of(user).await.unwrap().into_iter().filter(|factor| factor.name != "Authenticator-App") {
        tx.remove_factor(user, older.id).await.unwrap();
    }
    let secret = FactorSecret::App(vec![7; 20].into());
    let factor = Factor::new(tx.ids().next(), user, "Zweitgerät", secret, tx.now());
    tx.insert_factor(&factor).await.unwrap();
    tx.commit(AuditEvent::new("test.factor", user)).await.unwrap();
    factor.id.to_string()
}

/// The light policy of an office.
pub(super) async fn policy_of(tx: &TenantTx) -> Policy {
    tx.policy().await.unwrap().map_or_else(Policy::built_in, |saved| saved.policy)
}

/// A field the office made itself, always the same one, of which nobody has a draft.
pub(super) async fn own_field_of(office: &Office) -> String {
    let tx = office.house.stores().begin(&office.lead::<EditGroup>()).await.unwrap();
    for user in tx.users().await.unwrap() {
        tx.remove_policy_draft(user.id).await.unwrap();
    }
    let mut policy = policy_of(&tx).await;
    if let Some(known) = policy.fields.iter().find(|rule| rule.own.is_some()) {
        tx.commit(AuditEvent::new("test.drafts", "")).await.unwrap();
        return known.field.to_string();
    }
    let field = Field::Own(tx.ids().next::<FieldId>());
    policy.fields.push(FieldRule {
        field,
        section: Section::Internal,
        default: Light::Red,
        ceiling: Light::Red,
        required: false,
        label: Bilingual { de: "Hunde".to_owned(), en: "Dogs".to_owned() },
        help: Bilingual::default(),
        own: Some(OwnField { kind: OwnKind::Line, choices: Vec::new() }),
    });
    let saved = tx.save_policy(&policy, &BTreeSet::new()).await.unwrap();
    tx.commit(AuditEvent::new("test.policy", saved.version)).await.unwrap();
    field.to_string()
}

/// Someone whose access was ended.
pub(super) async fn locked_out(office: &Office) -> String {
    let person = office.someone(Role::Staff).await;
    let tx = office.house.stores().begin(&office.lead::<EditGroup>()).await.unwrap();
    let standing = Standing { role: Role::Staff, state: UserState::Disabled, groups: Vec::new() };
    tx.set_standing(person.user, &standing).await.unwrap();
    tx.commit(AuditEvent::new("test.locked_out", person.user)).await.unwrap();
    person.user.to_string()
}

/// A support grant of an office, with the link that waits to be used.
pub async fn support_of(office: &Office) -> (UserId, String) {
    let tx = office.house.stores().begin(&office.lead::<EditGroup>()).await.unwrap();
    let (account, token): (UserId, _) = (tx.ids().next(), Token::generate(tx.ids()));
    let until = tx.now() + jiff::SignedDuration::from_hours(1);
    let grant = SupportGrant {
        account,
        name: "Kim Technik".to_owned(),
        email: EmailAddress::parse(&format!("{account}@betrieb.example")).unwrap(),
        reason: "Das Einlesen stockt.".to_owned(),
        rights: Rights::of(&Right::SUPPORT_READS),
        granted_by: account,
        granted_at: tx.now(),
        until,
        ended_at: None,
        door: Some((token.hash(), until)),
    };
    tx.put_support_account(&grant).await.unwrap();
    let mut grants = tx.support_grants().await.unwrap();
    grants.insert(0, grant);
    // Few at a time: every page names them all.
    grants.truncate(6);
    tx.put_support_grants(&grants).await.unwrap();
    tx.commit(AuditEvent::new("test.support", account)).await.unwrap();
    (account, token.to_text().to_string())
}

/// An alert of an office.
pub(super) async fn alert_of(office: &Office) -> String {
    let tx = office.house.stores().begin(&office.lead::<EditGroup>()).await.unwrap();
    let (id, at): (AlertId, _) = (tx.ids().next(), tx.now());
    tx.insert_alert(&Alert { id, at, sign: "not-here".to_owned(), about: None, done_at: None }).await.unwrap();
    tx.commit(AuditEvent::new("test.alert", id)).await.unwrap();
    id.to_string()
}

/// A login of someone, by its id.
pub(super) async fn session_of(office: &Office, person: &Person) -> String {
    let look = office.house.stores().look(&office.lead::<EditGroup>()).await.unwrap();
    look.sessions_of(person.user).await.unwrap().last().expect("a login").id.to_string()
}

/// A role an office made.
pub(super) async fn role_of(office: &Office) -> String {
    let tx = office.house.stores().begin(&office.lead::<EditGroup>()).await.unwrap();
    let mut roles = tx.own_roles().await.unwrap();
    let id: RoleId = tx.ids().next();
    let rights = Rights::of(&[Right::SeeGroups]);
    roles.push(OwnRole { id, name: format!("Rolle {id}"), rights, limit: Limit::default() });
    let kept = roles.split_off(roles.len().saturating_sub(5));
    tx.put_own_roles(&kept).await.unwrap();
    tx.commit(AuditEvent::new("test.role", id)).await.unwrap();
    id.to_string()
}

/// Takes a paused group in again, if there is one.
pub(super) async fn reactivate(office: &Office, group: Option<GroupId>) {
    let permit = office.lead::<EditGroup>();
    let tx = office.house.stores().begin(&permit).await.unwrap();
    let Some(mut group) = tx.group(group.unwrap()).await.unwrap() else { return };
    if group.status == Status::Paused {
        group.status = Status::Active;
        tx.save_group(&group, "status").await.unwrap();
        tx.commit(AuditEvent::new("test.active", group.id)).await.unwrap();
    }
}

/// What the old list said about consents in a fresh group.
pub(super) fn remark_of(group: GroupId) -> ItemId {
    ItemId(group.0)
}

/// A group of an office with one person who has a name.
pub async fn fresh_group(office: &Office, status: Status) -> (GroupId, PersonId, ItemId) {
    let ids = office.house.ids();
    let (group, person): (GroupId, PersonId) = (ids.next(), ids.next());
    let permit = office.lead::<EditGroup>();
    office.house.stores().make_person_keys(&permit, &[person]).await.unwrap();
    let name = Item::new(ids.next(), Field::PersonName, Value::Text("Kim Muster".to_owned()), Source::Staff);
    let item = name.id;
    let address = Value::Email(EmailAddress::parse("kim@muster.example").unwrap());
    let address = Item::new(ids.next(), Field::PersonEmail, address, Source::Staff);
    let tx = office.house.stores().begin(&permit).await.unwrap();
    tx.insert_person(&Someone { id: person, items: vec![name, address], consents: Vec::new() }).await.unwrap();
    let row = Group {
        id: group,
        slug: Slug::parse(&format!("frisch-{group}")).unwrap(),
        status,
        version: 1,
        items: vec![
            Item::new(ids.next(), Field::Name, Value::Text("Frisch".to_owned()), Source::Staff),
            Item::new(remark_of(group), Field::ConsentToRecord, Value::Text("j".to_owned()), Source::Import),
        ],
        people: vec![Membership { person, role: PersonRole::Contact }],
    };
    tx.insert_group(&row, "created").await.unwrap();
    tx.commit(AuditEvent::new("test.group", group)).await.unwrap();
    (group, person, item)
}
