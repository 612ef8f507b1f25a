//! Suggesting a group, and confirming it by mail (double opt-in). The answer is the same for every address.

use access::Permit;
use access::actions::SuggestGroup;
use crypto::token::Token;
use domain::audit::AuditEvent;
use domain::retention::UNCONFIRMED_SUGGESTION;
use domain::{EmailAddress, Field, Group, GroupId, Item, Light, PhoneNumber, Schedule, Slug, Source, Status};
use domain::{Value, Venue};
use storage::tenant::suggestions::{Suggested, Suggestion, SuggestionState};
use storage::throttle::Pace;
use storage::{Mail, TenantTx};

use crate::account::{count_mails, not_too_often};
use crate::groups::input::one_line;
use crate::{Error, House, Problem, Result};

/// Characters of one line.
const LINE: usize = 200;
/// Characters of what a group is about.
const TEXT: usize = 2_000;

/// Mails about suggestions to one address, wherever they were asked for: three, then an hour, two, four … up to a day. Whose
/// address it is did not ask for them perhaps, and nobody is kept from anything who waits a day to suggest a fourth group.
const MAILS_TO_ONE: Pace = Pace { free: 3, first_ms: 3_600_000, longest_ms: 86_400_000, forget_ms: 86_400_000 };

/// The form, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Form {
    /// Who suggests it.
    pub by: String,
    /// The group's name.
    pub name: String,
    /// What it is about.
    pub about: String,
    /// For whom it is.
    pub audience: String,
    /// When it meets, in words.
    pub meetings: String,
    /// Where.
    pub place: String,
    /// How it can be written to.
    pub email: String,
    /// How it can be called.
    pub phone: String,
}

fn read(form: &Form) -> std::result::Result<(EmailAddress, Suggested), Vec<Problem>> {
    let mut problems = Vec::new();
    let mut text = |field: &str, typed: &str, most: usize| {
        let text = if most == LINE { one_line(typed) } else { typed.trim().replace("\r\n", "\n") };
        if text.chars().count() > most {
            problems.push(Problem::new(field, "too-long"));
        }
        text
    };
    let suggested = Suggested {
        name: text("name", &form.name, LINE),
        about: text("about", &form.about, TEXT),
        audience: text("audience", &form.audience, LINE),
        meetings: text("meetings", &form.meetings, LINE),
        place: text("place", &form.place, LINE),
        email: EmailAddress::parse(&form.email).ok(),
        phone: text("phone", &form.phone, LINE),
    };
    for (field, text) in [("name", &suggested.name), ("about", &suggested.about)] {
        if text.is_empty() {
            problems.push(Problem::new(field, "missing"));
        }
    }
    if !form.email.trim().is_empty() && suggested.email.is_none() {
        problems.push(Problem::new("email", "not-an-email"));
    }
    if !suggested.phone.is_empty() && PhoneNumber::parse(&suggested.phone).is_err() {
        problems.push(Problem::new("phone", "not-a-phone"));
    }
    match EmailAddress::parse(&form.by) {
        Ok(by) if problems.is_empty() => Ok((by, suggested)),
        Ok(_) => Err(problems),
        Err(_) => {
            problems.push(Problem::new("by", "not-an-email"));
            Err(problems)
        }
    }
}

/// Keeps a suggestion until it is confirmed, and sends the link for that.
pub async fn suggest(permit: &Permit<SuggestGroup>, house: &House, form: &Form, network: &str) -> Result<()> {
    let (by, suggested) = read(form).map_err(Error::Invalid)?;
    let origin = house.addresses.office(&house.slug(permit.tenant()).await?);
    let tx = house.stores.begin(permit).await?;
    let asked_of = format!("suggestions to {}", by.folded());
    not_too_often(&tx, &asked_of).await?;
    count_mails(&tx, "suggestion", &by, network).await?;
    tx.count_against(&asked_of, MAILS_TO_ONE).await?;
    let token = Token::generate(tx.ids());
    let now = tx.now();
    let until = now.checked_add(UNCONFIRMED_SUGGESTION.duration());
    let suggestion = Suggestion {
        id: tx.ids().next(),
        state: SuggestionState::Unconfirmed,
        group: None,
        made_at: now,
        expires_at: Some(until.map_err(|error| Error::Internal(error.to_string()))?),
        token: token.hash(),
        by,
        suggested,
    };
    tx.insert_suggestion(&suggestion).await?;
    let office = tx.site().await?.profile.name;
    let link = format!("{origin}/gruppe-melden/{}", token.to_text().as_str());
    tx.enqueue(&mail(suggestion.by, &office, &link)).await?;
    tx.commit(AuditEvent::new("suggestion.sent", suggestion.id)).await?;
    house.ring();
    Ok(())
}

async fn by_link(tx: &TenantTx, token: &str) -> Result<Suggestion> {
    let token = Token::parse(token).map_err(|_| Error::NotFound)?;
    tx.suggestion_by_link(&token.hash()).await?.ok_or(Error::NotFound)
}

/// What a link confirms: the group's name, while it is not confirmed. Confirms nothing.
pub async fn shown(permit: &Permit<SuggestGroup>, house: &House, token: &str) -> Result<Option<String>> {
    let look = house.stores.look(permit).await?;
    let found = by_link(&look, token).await?;
    Ok((found.state == SuggestionState::Unconfirmed).then_some(found.suggested.name))
}

/// Confirms a suggestion: it becomes a draft that waits for the office. A second click changes nothing.
pub async fn confirm(permit: &Permit<SuggestGroup>, house: &House, token: &str) -> Result<()> {
    let tx = house.stores.begin(permit).await?;
    let mut found = by_link(&tx, token).await?;
    if found.state != SuggestionState::Unconfirmed {
        return Ok(());
    }
    let group = draft(&tx, std::mem::take(&mut found.suggested)).await?;
    (found.state, found.group, found.expires_at) = (SuggestionState::Waiting, Some(group), None);
    tx.save_suggestion(&found, SuggestionState::Unconfirmed).await?;
    tx.commit(AuditEvent::new("suggestion.confirmed", group)).await?;
    house.ring();
    Ok(())
}

/// The draft. How the group can be reached is red until the office has asked whose it is.
async fn draft(tx: &TenantTx, suggested: Suggested) -> Result<GroupId> {
    let Suggested { name, about, audience, meetings, place, email, phone } = suggested;
    let catalogue = tx.catalogue().await?;
    let text = |text: String| (!text.is_empty()).then_some(Value::Text(text));
    let number = PhoneNumber::parse(&phone).ok();
    let values = [
        (Field::Name, text(name)),
        (Field::Summary, text(about)),
        (Field::AudienceText, text(audience)),
        (Field::Meetings, (!meetings.is_empty()).then(|| Value::Meetings(Schedule::parse_german(&meetings)))),
        (Field::Venue, (!place.is_empty()).then(|| Value::Venue(Venue { name: place, ..Venue::default() }))),
        (Field::GroupEmail, email.map(Value::Email)),
        (Field::GroupPhone, number.map(|number| Value::Phone { number, remark: String::new() })),
    ];
    let item = |(field, value): (Field, Option<Value>)| {
        let item = catalogue.item(tx.ids().next(), field, value?, Source::Group);
        let reaches = matches!(field, Field::GroupEmail | Field::GroupPhone);
        Some(if reaches { Item { light: Light::Red, ..item } } else { item })
    };
    let group = Group {
        id: tx.ids().next(),
        slug: Slug::unspoken(tx.ids()),
        status: Status::Draft,
        version: 1,
        items: values.into_iter().filter_map(item).collect(),
        people: Vec::new(),
    };
    tx.insert_group(&group, "suggested").await?;
    Ok(group.id)
}

fn mail(to: EmailAddress, office: &str, link: &str) -> Mail {
    Mail {
        to,
        subject: format!("Bitte bestätigen Sie Ihren Vorschlag: {office}"),
        body: format!(
            "Guten Tag,\n\njemand hat mit dieser Adresse bei {office} eine Selbsthilfegruppe gemeldet.\nWenn Sie das \
             waren, bestätigen Sie es bitte innerhalb von 48 Stunden auf dieser Seite:\n\n{link}\n\nErst danach \
             sieht die Kontaktstelle Ihren Vorschlag. Bestätigen Sie nicht, wird alles nach 48 Stunden gelöscht.\nWenn Sie \
             nicht wissen, worum es geht, brauchen Sie nichts zu tun.\n\n--\n\nHello,\n\nsomebody suggested a self-help group to {office} with this address.\nIf it \
             was you, please confirm it within 48 hours on this page:\n\n{link}\n\nOnly then does the contact \
             office see your suggestion. If you do not confirm it, everything is deleted after 48 hours.\nIf you do not know what this is about, there is nothing \
             to do.\n"
        ),
    }
}
