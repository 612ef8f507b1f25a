//! The person sees, gives and withdraws consents with a link sent to the person's own mail address.
//!
//! Withdrawing counts at once and asks nobody (Art. 7 (3) GDPR: as easy as giving). Giving counts only as far as the office
//! asked for it: then the office's decision was made when it asked. Values are shown masked: a mailbox may have other
//! readers, and the person knows what they are.

use std::sync::Arc;

use access::actions::{AnswerConsent, RecordConsent};
use access::{Action, Permit};
use crypto::token::Token;
use domain::audit::{Actor, AuditEvent};
use domain::consent::{Channel, WORDING};
use domain::{Catalogue, ConsentReceipt, EmailAddress, Field, GroupId, ItemId, Light, Person, PersonId, Status, Value};
use jiff::civil::Date;
use storage::tenant::ConsentLink;
use storage::{Mail, TenantTx};

use super::record::member;
use super::{LINK, address, close, item_of, needing, said_now, set_light};
use crate::groups::edit::today;
use crate::groups::person_of;
use crate::{Error, House, Result};

/// One item, as the person sees it behind a link.
#[derive(Clone, Debug, PartialEq)]
pub struct OwnItem {
    /// Which.
    pub item: ItemId,
    /// What it says something about.
    pub field: Field,
    /// Its value.
    pub value: Value,
    /// How open it is.
    pub light: Light,
    /// How open the office asks to have it; none if it does not ask, or was answered.
    pub asked: Option<Light>,
    /// The last day on which the consent in force counts; none: until it is withdrawn.
    pub until: Option<Date>,
}

impl OwnItem {
    /// Whether there is anything to say about it: it is open, or the office asks.
    pub fn can_be_answered(&self) -> bool {
        self.light > Light::Red || self.asked.is_some()
    }
}

/// A person's consents behind a link.
#[derive(Clone, Debug, PartialEq)]
pub struct OwnConsents {
    /// The items that are open, that the office asks about, or that were open once.
    pub items: Vec<OwnItem>,
    /// The names of the person's groups, as far as they are public.
    pub groups: Vec<String>,
    /// The office's fields.
    pub catalogue: Arc<Catalogue>,
}

async fn by_token(tx: &TenantTx, token: &str) -> Result<(ConsentLink, Person)> {
    let token = Token::parse(token).map_err(|_| Error::NotFound)?;
    let link = tx.consent_link(&token.hash()).await?.ok_or(Error::NotFound)?;
    let person = person_of(tx, link.person).await?;
    Ok((link, person))
}

fn own_items(link: &ConsentLink, person: &Person) -> Vec<OwnItem> {
    let items = needing(person).map(|item| {
        let light = person.effective(item);
        let asked = link.asked.iter().find(|(asked, _)| *asked == item.id).map(|(_, light)| *light);
        // Each question is answered once: what the office closed after the answer stays closed.
        let receipts = || person.consents.iter().filter(|receipt| receipt.said.item == item.id);
        let answered = receipts().any(|receipt| receipt.recorded_at >= link.made_at);
        let asked = asked.map(|light| light.under(item.limit.ceiling)).filter(|asked| *asked > light && !answered);
        let until = receipts().find(|receipt| receipt.in_force()).and_then(|receipt| receipt.said.until);
        let own = OwnItem { item: item.id, field: item.field, value: item.value.clone(), light, asked, until };
        (own, receipts().next().is_some())
    });
    let shown = |(item, agreed_once): (OwnItem, bool)| (agreed_once || item.can_be_answered()).then_some(item);
    items.filter_map(shown).collect()
}

/// What a link opens; uses nothing up. [`Error::NotFound`] for one that is over.
pub async fn shown(permit: &Permit<AnswerConsent>, house: &House, token: &str) -> Result<OwnConsents> {
    let look = house.stores.look(permit).await?;
    let (link, person) = by_token(&look, token).await?;
    let catalogue = look.catalogue().await?;
    let mut items = own_items(&link, &person);
    items.sort_by(|one, other| catalogue.order(one.field, other.field));
    let mut groups = Vec::new();
    for group in look.groups_of(person.id).await? {
        let Some(group) = look.group(group).await?.filter(|group| group.status == Status::Active) else { continue };
        groups.extend(
            group.of(Field::Name).filter(|name| name.effective() == Light::Green).map(|name| name.value.plain()),
        );
    }
    Ok(OwnConsents { items, groups, catalogue })
}

/// Takes the person's answer about one item: red withdraws, at once, or says no to what was asked; a more open light than now counts only if the office
/// asked for it (`light-too-open` else). A stricter light than now is taken as it is.
pub async fn answer(
    permit: &Permit<AnswerConsent>,
    house: &House,
    token: &str,
    item: ItemId,
    light: Light,
) -> Result<()> {
    let tx = house.stores.begin(permit).await?;
    let (link, mut person) = by_token(&tx, token).await?;
    let own = own_items(&link, &person).into_iter().find(|own| own.item == item && own.can_be_answered());
    let own = own.ok_or(Error::NotFound)?;
    if light > own.asked.unwrap_or(own.light).max(own.light) {
        return Err(Error::invalid(item.to_string(), "light-too-open"));
    }
    let today = today(house);
    // The same said twice is said once.
    let again = |receipt: &ConsentReceipt| {
        let said = &receipt.said;
        receipt.in_force() && said.item == item && said.light == light && said.given_on == today
    };
    if light == own.light && person.consents.iter().any(again) {
        return Ok(());
    }
    let field = item_of(&person, item)?.field;
    let id = person.id;
    let said = |what: &str| format!("{field} {} → {} by link{what}", own.light.code(), light.code());
    let event = if light == Light::Red && own.light == Light::Red {
        tx.withdraw_consents(id, item).await?;
        tell_office(permit, house, &tx, id, Told::No).await?;
        AuditEvent::new("consent.refused", id).summary(format!("{field} by link"))
    } else if light == Light::Red {
        close(&tx, &mut person, item).await?;
        tell_office(permit, house, &tx, id, Told::Withdrawn).await?;
        AuditEvent::new("consent.withdrawn", id).summary(said(""))
    } else {
        set_light(&mut person, item, light)?;
        let catalogue = tx.catalogue().await?;
        tx.record_consent(&said_now(&catalogue, (id, item), light, (today, Channel::Link), "")).await?;
        tx.save_person(&person).await?;
        AuditEvent::new("consent.recorded", id).summary(said(&format!(", wording {WORDING}")))
    };
    tx.commit_as(Actor::Anonymous, event.items([item])).await?;
    house.ring();
    house.sites.changed(permit.tenant());
    Ok(())
}

/// What the office hears.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Told {
    /// A consent was withdrawn.
    Withdrawn,
    /// Somebody was asked, and said no.
    No,
}

/// The office hears that somebody withdrew: who has the sheet of paper on the desk must know. And that somebody said no:
/// nobody has to ask again.
async fn tell_office<A: Action>(
    permit: &Permit<A>,
    house: &House,
    tx: &TenantTx,
    person: PersonId,
    told: Told,
) -> Result<()> {
    let profile = tx.site().await?.profile;
    let Ok(to) = EmailAddress::parse(&profile.email) else { return Ok(()) };
    let Some(group) = tx.groups_of(person).await?.into_iter().next() else { return Ok(()) };
    let link = format!("{}/office/gruppen/{group}", house.addresses.office(&house.slug(permit.tenant()).await?));
    if told == Told::No {
        let mail = Mail {
            to,
            subject: "Eine Kontaktperson hat nein gesagt".to_owned(),
            body: format!(
                "Guten Tag,\n\neine Kontaktperson, die Sie um eine Einwilligung gebeten haben, hat nein gesagt. Die Angabe \
                 bleibt intern (rot).\n\n{link}\n\n--\n\nHello,\n\na contact person whom you asked for a consent has said \
                 no. The item stays internal (red).\n\n{link}\n"
            ),
        };
        return Ok(tx.enqueue(&mail).await?);
    }
    let mail = Mail {
        to,
        subject: "Eine Einwilligung wurde widerrufen".to_owned(),
        body: format!(
            "Guten Tag,\n\neine Kontaktperson hat eine Einwilligung widerrufen. Die Angabe ist seitdem nur noch intern \
             (rot).\nBitte geben Sie sie nicht mehr weiter, auch nicht von Zetteln oder Ausdrucken.\n\n{link}\n\n--\n\n\
             Hello,\n\na contact person has withdrawn a consent. The item is internal (red) from then on.\nPlease do not \
             pass it on any more, nor from notes or printouts.\n\n{link}\n"
        ),
    };
    Ok(tx.enqueue(&mail).await?)
}

/// Makes a link to a person's own consents.
async fn make_link<A: Action>(
    permit: &Permit<A>,
    house: &House,
    tx: &TenantTx,
    person: PersonId,
    asked: &[(ItemId, Light)],
) -> Result<String> {
    let token = Token::generate(tx.ids());
    tx.make_consent_link(person, asked, &token.hash(), LINK).await?;
    let origin = house.addresses.office(&house.slug(permit.tenant()).await?);
    Ok(format!("{origin}/einwilligung#{}", token.to_text().as_str()))
}

/// What the mails say about the link.
fn about(link: &str) -> (String, String) {
    (
        format!("{link}\n\nÖffnet sich dort nur ein leeres Feld, tragen Sie bitte den Teil nach dem # ein."),
        format!("{link}\n\nIf only an empty field opens there, please enter the part after the #."),
    )
}

/// Sends the person what was recorded, and how to withdraw it; nothing without an address.
pub(super) async fn send_receipt<A: Action>(
    permit: &Permit<A>,
    house: &House,
    tx: &TenantTx,
    person: PersonId,
) -> Result<()> {
    let Some(to) = address(&person_of(tx, person).await?).cloned() else { return Ok(()) };
    let office = tx.site().await?.profile.name;
    let (german, english) = about(&make_link(permit, house, tx, person, &[]).await?);
    let mail = Mail {
        to,
        subject: format!("Ihre Einwilligung bei {office}"),
        body: format!(
            "Guten Tag,\n\n{office} hat festgehalten, dass Sie mit der Weitergabe Ihrer Angaben einverstanden sind.\nHier \
             sehen Sie, womit, und können es jederzeit mit einem Klick widerrufen:\n\n{german}\n\n--\n\nHello,\n\n{office} \
             has recorded that you agree to your details being passed on.\nHere you see what you agreed to, and can \
             withdraw it at any time with one click:\n\n{english}\n"
        ),
    };
    Ok(tx.enqueue(&mail).await?)
}

/// Reminds a person that a consent ends, with a link to renew it; nothing without an address. Whether a mail goes out.
pub(super) async fn send_reminder<A: Action>(
    permit: &Permit<A>,
    house: &House,
    tx: &TenantTx,
    person: &Person,
    asked: &[(ItemId, Light)],
    until: Date,
) -> Result<bool> {
    let Some(to) = address(person).cloned() else { return Ok(false) };
    let office = tx.site().await?.profile.name;
    let (german, english) = about(&make_link(permit, house, tx, person.id, asked).await?);
    let day = until.strftime("%d.%m.%Y");
    let mail = Mail {
        to,
        subject: format!("Ihre Einwilligung bei {office} endet am {day}"),
        body: format!(
            "Guten Tag,\n\nSie sind damit einverstanden, dass {office} Angaben von Ihnen weitergibt. Das gilt bis zum \
             {day};\ndanach sind die Angaben nur noch intern. Hier können Sie verlängern oder schon jetzt \
             widerrufen:\n\n{german}\n\n--\n\nHello,\n\nyou agreed to {office} passing on details of yours. That counts \
             until {until};\nafter that they are internal only. Here you can renew it, or withdraw it now:\n\n{english}\n"
        ),
    };
    tx.enqueue(&mail).await?;
    Ok(true)
}

/// Asks a person by mail for consent. [`Error::Invalid`] with `address-missing` where none is known.
pub async fn ask(
    permit: &Permit<RecordConsent>,
    house: &House,
    (group, person): (GroupId, PersonId),
    asked: &[(ItemId, Light)],
) -> Result<()> {
    let tx = house.stores.begin(permit).await?;
    let found = member(&tx, group, person).await?;
    let Some(to) = address(&found).cloned() else { return Err(Error::invalid("", "address-missing")) };
    let fits = |(item, light): &(ItemId, Light)| {
        needing(&found).any(|one| one.id == *item && *light > Light::Red && *light <= one.limit.ceiling)
    };
    if asked.is_empty() {
        return Err(Error::invalid("", "consent-ask-nothing"));
    }
    if !asked.iter().all(fits) {
        return Err(Error::invalid("", "light-too-open"));
    }
    let office = tx.site().await?.profile.name;
    let (german, english) = about(&make_link(permit, house, &tx, person, asked).await?);
    let mail = Mail {
        to,
        subject: format!("{office} bittet um Ihre Einwilligung"),
        body: format!(
            "Guten Tag,\n\nSie sind bei {office} als Kontaktperson einer Selbsthilfegruppe bekannt. Damit Menschen die \
             Gruppe finden,\nmöchten wir Angaben von Ihnen weitergeben dürfen. Welche, und an wen, steht hier; Sie \
             entscheiden über jede einzeln:\n\n{german}\n\nAntworten Sie nicht, bleiben die Angaben intern.\n\n--\n\n\
             Hello,\n\nyou are known at {office} as a contact person of a self-help group. To help people find the \
             group,\nwe ask you to let us pass on details of yours. Which, and to whom, is said here; you decide on each \
             one:\n\n{english}\n\nIf you do not answer, they stay internal.\n"
        ),
    };
    tx.enqueue(&mail).await?;
    let said: Vec<String> = asked.iter().map(|(_, light)| light.code().to_owned()).collect();
    let event = AuditEvent::new("consent.asked", person).summary(said.join(", "));
    tx.commit(event.items(asked.iter().map(|(item, _)| *item))).await?;
    house.ring();
    Ok(())
}
