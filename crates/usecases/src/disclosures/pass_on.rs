//! A colleague passes yellow items of a group on.
//!
//! Lights are looked at inside the unit of work that passes on: what became red a moment before stays inside.

use std::sync::Arc;

use access::Permit;
use access::actions::PassOn;
use crypto::token::Token;
use domain::audit::AuditEvent;
use domain::disclosure::{
    Answer, Answerer, Channel, Disclosure, Link, Obstacle, Particulars, Passable, PassedItem, Passing, Recipient,
    State, is_passed_on, passable,
};
use domain::{Catalogue, DisclosureId, EmailAddress, Field, GroupId, Item, Light, Person, PersonRole, UserId, Value};
use jiff::{SignedDuration, Timestamp};
use storage::tenant::{Question, User, UserState};
use storage::{Mail, StorageError, TenantTx};
use zeroize::Zeroizing;

use super::{found, whole, words};
use crate::groups::input::one_line;
use crate::groups::people::name;
use crate::groups::{record_seen, shown_name};
use crate::{Error, House, Problem, Result};

/// How long a link to see something works.
pub const LINK_LIFETIME: SignedDuration = SignedDuration::from_hours(7 * 24);
/// How long a group's links to answer work.
pub const QUESTION_LIFETIME: SignedDuration = SignedDuration::from_hours(14 * 24);

/// Characters of a recipient's name.
const NAME: usize = 200;
/// Characters of a purpose.
const PURPOSE: usize = 500;

/// What can be passed on.
#[derive(Clone, Debug, PartialEq)]
pub struct Offered {
    /// The item.
    pub item: Item,
    /// Whose it is; none if it is the group's own.
    pub person: Option<String>,
}

/// A red item: not what it says, only what would have to happen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// What it says something about.
    pub field: Field,
    /// Whose it is; none if it is the group's own.
    pub person: Option<String>,
    /// What would have to happen.
    pub obstacle: Obstacle,
}

/// The form to pass on.
#[derive(Clone, Debug, PartialEq)]
pub struct Offer {
    /// The group's name.
    pub name: String,
    /// Names this one time: sent twice, it counts once.
    pub id: DisclosureId,
    /// Whether anything of the group is passed on at all, by its status.
    pub open: bool,
    /// What can be passed on.
    pub items: Vec<Offered>,
    /// What can not.
    pub red: Vec<Kept>,
    /// Whether the group wants to be asked first; by how many mails it can be.
    pub ask_first: Option<usize>,
    /// The office's fields.
    pub catalogue: Arc<Catalogue>,
}

/// What can be passed on of a group. The yellow items are recorded as read.
pub async fn offer(permit: &Permit<PassOn>, house: &House, id: GroupId) -> Result<Offer> {
    let look = house.stores.look(permit).await?;
    let (group, people) = whole(&look, id).await?;
    let catalogue = look.catalogue().await?;
    let ask_first = match look.ask_first(id).await? {
        Some(_) => Some(addressees(&look, &group, &people).await?.len()),
        None => None,
    };
    let new = look.ids().next();
    drop(look);
    let mut seen = Vec::new();
    let shown = shown_name(&group, &mut seen);
    let (mut items, mut red) = (Vec::new(), Vec::new());
    let mut all = passable(&group, &people);
    all.retain(|one| catalogue.def(one.item.field).is_some());
    all.sort_by(|one, other| catalogue.order(one.item.field, other.item.field));
    for Passable { item, person, passing } in all {
        let person = person.map(|person| {
            seen.extend(name_item(person));
            name(person).to_owned()
        });
        match passing {
            Passing::Public => {}
            Passing::OnRequest => {
                seen.push(item.id.to_string());
                items.push(Offered { item: item.clone(), person });
            }
            Passing::Never(obstacle) => red.push(Kept { field: item.field, person, obstacle }),
        }
    }
    seen.sort_unstable();
    seen.dedup();
    record_seen(permit, house, id, "disclosure", seen).await?;
    Ok(Offer { name: shown, id: new, open: is_passed_on(group.status), items, red, ask_first, catalogue })
}

/// The item of a person's name, if it is not green.
fn name_item(person: &Person) -> Option<String> {
    let item = person.items.iter().find(|item| item.field == Field::PersonName)?;
    (person.effective(item) != Light::Green).then(|| item.id.to_string())
}

/// The form, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Form {
    /// What [`Offer::id`] said.
    pub id: String,
    /// Ids of the items.
    pub items: Vec<String>,
    /// To whom.
    pub recipient: String,
    /// Where a link is sent.
    pub email: String,
    /// Why.
    pub purpose: String,
    /// Code of the channel.
    pub channel: String,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is recorded as told.
    Told,
    /// The link is on its way.
    Mailed,
    /// The link, to be handed over, and until when it works: it is shown this once.
    Link(Zeroizing<String>, Timestamp),
    /// The group is asked first, by so many mails.
    Asked(usize),
    /// The form was sent before, for this one: nothing happened again.
    Again(DisclosureId),
}

struct Read {
    id: DisclosureId,
    recipient: Recipient,
    purpose: String,
    channel: Channel,
}

fn read(form: &Form) -> std::result::Result<Read, Vec<Problem>> {
    let mut problems = Vec::new();
    let name = one_line(&form.recipient);
    if name.is_empty() {
        problems.push(Problem::new("recipient", "missing"));
    } else if name.chars().count() > NAME {
        problems.push(Problem::new("recipient", "too-long"));
    }
    let purpose = form.purpose.trim().replace("\r\n", "\n");
    if purpose.is_empty() {
        problems.push(Problem::new("purpose", "missing"));
    } else if purpose.chars().count() > PURPOSE {
        problems.push(Problem::new("purpose", "too-long"));
    }
    let channel = Channel::from_code(&form.channel);
    if channel.is_none() {
        problems.push(Problem::new("channel", "choose"));
    }
    // An address is kept only where it is needed.
    let email = match EmailAddress::parse(&form.email) {
        _ if channel != Some(Channel::Mail) => None,
        Ok(email) => Some(email),
        Err(_) => {
            problems.push(Problem::new("email", "not-an-email"));
            None
        }
    };
    match (form.id.parse(), channel) {
        (Ok(id), Some(channel)) if problems.is_empty() => {
            Ok(Read { id, recipient: Recipient { name, email }, purpose, channel })
        }
        (Err(_), _) => Err(vec![Problem::new("", "form-stale")]),
        _ => Err(problems),
    }
}

/// The chosen items, all of which must be yellow now.
fn chosen(form: &Form, all: &[Passable<'_>]) -> std::result::Result<Vec<PassedItem>, Problem> {
    let mut items: Vec<PassedItem> = Vec::new();
    for typed in &form.items {
        let named = all.iter().find(|one| one.item.id.to_string() == *typed);
        let yellow = named.filter(|one| one.passing == Passing::OnRequest);
        let one = yellow.ok_or_else(|| Problem::new("items", "not-yellow"))?;
        let passed = PassedItem { item: one.item.id, field: one.item.field, person: one.person.map(|one| one.id) };
        if !items.contains(&passed) {
            items.push(passed);
        }
    }
    if items.is_empty() { Err(Problem::new("items", "choose")) } else { Ok(items) }
}

fn me(permit: &Permit<PassOn>) -> Result<UserId> {
    permit.actor().user().ok_or(Error::NotFound)
}

/// Passes on, or asks the group first if it wants that. The same form sent again does nothing more.
pub async fn pass_on(permit: &Permit<PassOn>, house: &House, id: GroupId, form: &Form) -> Result<Outcome> {
    let origin = house.addresses.office(&house.slug(permit.tenant()).await?);
    let tx = house.stores.begin(permit).await?;
    let (group, people) = whole(&tx, id).await?;
    let read = read(form);
    let items = chosen(form, &passable(&group, &people));
    let (Read { id: new, recipient, purpose, channel }, items) = match (read, items) {
        (Ok(read), Ok(items)) => (read, items),
        (read, items) => {
            let wrong = items.err().into_iter();
            return Err(Error::Invalid(wrong.chain(read.err().into_iter().flatten()).collect()));
        }
    };
    if !is_passed_on(group.status) {
        return Err(Error::invalid("", "group-not-passed-on"));
    }
    if tx.disclosure(new).await?.is_some() {
        return Ok(Outcome::Again(new));
    }
    let now = tx.now();
    let mut disclosure = Disclosure {
        id: new,
        group: id,
        items,
        particulars: Some(Particulars { recipient, purpose }),
        channel,
        by: me(permit)?,
        made_at: now,
        state: State::Asked,
        changed_at: now,
        link: None,
        answer: None,
        browser: None,
        version: 1,
    };
    let asks = tx.ask_first(id).await?.is_some();
    let (outcome, act) = if asks {
        let asked = addressees(&tx, &group, &people).await?;
        (Outcome::Asked(asked.len()), "disclosure.asked")
    } else {
        let (outcome, act) = deliver(&tx, &origin, &mut disclosure).await?;
        (outcome, act)
    };
    match tx.insert_disclosure(&disclosure).await {
        Err(StorageError::Taken { .. }) => return Ok(Outcome::Again(new)),
        other => other?,
    }
    if asks {
        ask(&tx, &origin, &disclosure, addressees(&tx, &group, &people).await?).await?;
    }
    commit(tx, house, &disclosure, act).await?;
    Ok(outcome)
}

async fn commit(tx: TenantTx, house: &House, disclosure: &Disclosure, act: &'static str) -> Result<()> {
    let items = disclosure.items.iter().map(|passed| passed.item);
    tx.commit(AuditEvent::new(act, disclosure.group).summary(words(disclosure)).items(items)).await?;
    house.ring();
    Ok(())
}

/// Tells it, or makes the link.
async fn deliver(tx: &TenantTx, origin: &str, disclosure: &mut Disclosure) -> Result<(Outcome, &'static str)> {
    disclosure.changed_at = tx.now();
    if disclosure.channel == Channel::Phone {
        disclosure.state = State::Told;
        return Ok((Outcome::Told, "disclosure.told"));
    }
    let expires_at = tx.now().checked_add(LINK_LIFETIME).map_err(|error| Error::Internal(error.to_string()))?;
    disclosure.state = State::Sent;
    let address = new_link(tx, origin, disclosure, expires_at);
    let recipient = disclosure.particulars.as_ref().map(|particulars| &particulars.recipient);
    match (disclosure.channel, recipient.and_then(|recipient| recipient.email.clone())) {
        (Channel::Mail, Some(email)) => {
            let office = tx.site().await?.profile.name;
            tx.enqueue(&link_mail(email, &office, &address)).await?;
            Ok((Outcome::Mailed, "disclosure.sent"))
        }
        _ => Ok((Outcome::Link(address, expires_at), "disclosure.sent")),
    }
}

/// A link in place of any earlier one.
fn new_link(tx: &TenantTx, origin: &str, disclosure: &mut Disclosure, expires_at: Timestamp) -> Zeroizing<String> {
    let token = Token::generate(tx.ids());
    disclosure.link = Some(Link { hash: *token.hash().as_bytes(), expires_at });
    Zeroizing::new(format!("{origin}/weitergabe/{}", token.to_text().as_str()))
}

/// Shows a link to hand over once more, as another one: a second click on the form can lose the first, and it is kept
/// nowhere. It works no longer than the first would have, which is dead. [`Error::Conflict`] if it was opened, ran out, was
/// taken back, or went by mail.
pub async fn another_link(
    permit: &Permit<PassOn>,
    house: &House,
    id: DisclosureId,
    seen: u32,
) -> Result<(GroupId, Outcome)> {
    let origin = house.addresses.office(&house.slug(permit.tenant()).await?);
    let tx = house.stores.begin(permit).await?;
    let mut disclosure = found(&tx, id).await?;
    let until = disclosure.link.map(|link| link.expires_at);
    let (true, Channel::Link, Some(until)) = (disclosure.link_works(tx.now()), disclosure.channel, until) else {
        return Err(Error::Conflict);
    };
    if disclosure.version != seen {
        return Err(Error::Conflict);
    }
    let address = new_link(&tx, &origin, &mut disclosure, until);
    disclosure.version += 1;
    tx.save_disclosure(&disclosure, seen).await?;
    let group = disclosure.group;
    commit(tx, house, &disclosure, "disclosure.sent").await?;
    Ok((group, Outcome::Link(address, until)))
}

/// Passes on what the group agreed to, for whoever does it. [`Error::Conflict`] if it is something else by now, or the group
/// agreed too long ago; [`Error::Invalid`] if an item is red.
pub async fn carry_out(
    permit: &Permit<PassOn>,
    house: &House,
    id: DisclosureId,
    seen: u32,
) -> Result<(GroupId, Outcome)> {
    let origin = house.addresses.office(&house.slug(permit.tenant()).await?);
    let tx = house.stores.begin(permit).await?;
    let mut disclosure = found(&tx, id).await?;
    if disclosure.version != seen || !disclosure.agreement_carries(tx.now()) {
        return Err(Error::Conflict);
    }
    let (group, people) = whole(&tx, disclosure.group).await?;
    if disclosure.shows(&group, &people).is_none() {
        return Err(Error::invalid("", "not-yellow"));
    }
    disclosure.by = me(permit)?;
    let (outcome, act) = deliver(&tx, &origin, &mut disclosure).await?;
    disclosure.version += 1;
    tx.save_disclosure(&disclosure, seen).await?;
    tx.end_questions(id).await?;
    commit(tx, house, &disclosure, act).await?;
    Ok((group.id, outcome))
}

/// Takes it back as long as nobody learned anything: the link is dead at once.
pub async fn withdraw(permit: &Permit<PassOn>, house: &House, id: DisclosureId, seen: u32) -> Result<GroupId> {
    let tx = house.stores.begin(permit).await?;
    let mut disclosure = found(&tx, id).await?;
    if disclosure.version != seen || !disclosure.state.can_be_withdrawn() {
        return Err(Error::Conflict);
    }
    (disclosure.state, disclosure.changed_at) = (State::Withdrawn, tx.now());
    disclosure.version += 1;
    tx.save_disclosure(&disclosure, seen).await?;
    tx.end_questions(id).await?;
    commit(tx, house, &disclosure, "disclosure.withdrawn").await?;
    Ok(disclosure.group)
}

/// Writes down what the group said on the phone.
pub async fn answered_by_phone(
    permit: &Permit<PassOn>,
    house: &House,
    id: DisclosureId,
    seen: u32,
    answer: Answer,
) -> Result<()> {
    let tx = house.stores.begin(permit).await?;
    let mut disclosure = found(&tx, id).await?;
    if disclosure.version != seen {
        return Err(Error::Conflict);
    }
    disclosure.state = disclosure.state.answered(answer).ok_or(Error::Conflict)?;
    disclosure.changed_at = tx.now();
    disclosure.answer = Some((answer, Answerer::Phone(me(permit)?)));
    disclosure.version += 1;
    tx.save_disclosure(&disclosure, seen).await?;
    let items = disclosure.items.iter().map(|passed| passed.item);
    let summary = format!("{} by phone", answer.code());
    tx.commit(AuditEvent::new("disclosure.answered", disclosure.group).summary(summary).items(items)).await?;
    Ok(())
}

/// The admins of a group who can log in.
pub(super) async fn admins_of(tx: &TenantTx, group: GroupId) -> Result<Vec<User>> {
    let mut users = tx.users().await?;
    users.retain(|user| {
        let standing = &user.standing;
        standing.role.is_group_admin() && standing.state == UserState::Active && standing.groups.contains(&group)
    });
    Ok(users)
}

/// Whom of a group can be asked by mail: its admins, and its contact persons where they have an address of their own.
async fn addressees(tx: &TenantTx, group: &domain::Group, people: &[Person]) -> Result<Vec<(Answerer, EmailAddress)>> {
    let mut all = everyone(tx, group, people).await?;
    // An admin is often the contact person, too.
    let mut known = std::collections::HashSet::new();
    all.retain(|(_, email)| known.insert(email.folded()));
    Ok(all)
}

/// Whoever answers for a group, at each of their addresses.
pub(super) async fn everyone(
    tx: &TenantTx,
    group: &domain::Group,
    people: &[Person],
) -> Result<Vec<(Answerer, EmailAddress)>> {
    let admins = admins_of(tx, group.id).await?.into_iter();
    let mut all: Vec<_> = admins.map(|user| (Answerer::Admin(user.id), user.profile.email)).collect();
    for membership in group.people.iter().filter(|membership| membership.role == PersonRole::Contact) {
        let Some(person) = people.iter().find(|person| person.id == membership.person) else { continue };
        let mails = person.items.iter().filter_map(|item| match &item.value {
            Value::Email(email) => Some(email.clone()),
            _ => None,
        });
        all.extend(mails.map(|email| (Answerer::Person(person.id), email)));
    }
    Ok(all)
}

async fn ask(tx: &TenantTx, origin: &str, disclosure: &Disclosure, whom: Vec<(Answerer, EmailAddress)>) -> Result<()> {
    let office = tx.site().await?.profile.name;
    let until = tx.now().checked_add(QUESTION_LIFETIME).map_err(|error| Error::Internal(error.to_string()))?;
    for (asked, email) in whom {
        let token = Token::generate(tx.ids());
        let question = Question { about: disclosure.id, asked, to: email.clone() };
        tx.ask_about(question, &token.hash(), until).await?;
        let link = format!("{origin}/weitergabe-frage/{}", token.to_text().as_str());
        tx.enqueue(&question_mail(email, &office, &link)).await?;
    }
    Ok(())
}

fn link_mail(to: EmailAddress, office: &str, link: &str) -> Mail {
    Mail {
        to,
        subject: format!("Eine Angabe für Sie: {office}"),
        body: format!(
            "Guten Tag,\n\n{office} gibt Ihnen eine Angabe zu einer Selbsthilfegruppe weiter.\nSie sehen sie auf dieser \
             Seite:\n\n{link}\n\nDer Link gilt sieben Tage und zeigt die Angabe einmal. Schreiben Sie sie sich dann \
             auf,\nund geben Sie den Link bitte nicht weiter.\nWenn Sie nicht wissen, worum es geht, brauchen Sie nichts \
             zu tun.\n\n--\n\nHello,\n\n{office} passes something on to you about a self-help group.\nYou can see it on \
             this page:\n\n{link}\n\nThe link works for seven days and shows it once. Please write it down then,\nand do \
             not pass the link on.\nIf you do not know what this is about, there is nothing to do.\n"
        ),
    }
}

fn question_mail(to: EmailAddress, office: &str, link: &str) -> Mail {
    Mail {
        to,
        subject: format!("Dürfen wir etwas weitergeben? {office}"),
        body: format!(
            "Guten Tag,\n\n{office} möchte eine gelbe Angabe Ihrer Gruppe weitergeben.\nSie wollten vorher gefragt werden. \
             Worum es geht, steht hier; dort können Sie ja oder nein sagen:\n\n{link}\n\nDer Link gilt 14 Tage. Ohne Ihre \
             Antwort wird nichts weitergegeben.\n\n--\n\nHello,\n\n{office} would like to pass on a yellow item of your \
             group.\nYou wanted to be asked first. What it is about stands here; there you can say yes or \
             no:\n\n{link}\n\nThe link works for 14 days. Without your answer nothing is passed on.\n"
        ),
    }
}
