//! A group that wants to be asked first answers by a link. It reads what is to be passed on and why, not what it says and
//! not to whom.

use std::sync::Arc;

use access::Permit;
use access::actions::AnswerDisclosure;
use crypto::token::Token;
use domain::audit::AuditEvent;
use domain::disclosure::{Answer, Answerer, Disclosure, Particulars, State};
use domain::{Catalogue, EmailAddress, Field, Group, Light};
use storage::tenant::{Question, UserState};
use storage::{Mail, TenantTx};

use super::pass_on::everyone;
use super::whole;
use crate::{Error, House, Result};

/// What a group is asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// The group's name, if it is public.
    pub group: Option<String>,
    /// What is to be passed on.
    pub fields: Vec<Field>,
    /// Why.
    pub purpose: String,
    /// How far it is.
    pub state: State,
    /// The office's fields.
    pub catalogue: Arc<Catalogue>,
}

/// What a link is about, and the group. Whoever was asked and stands for the group no more, or has another address by now,
/// does not answer for it: the link is as dead as one that is too old.
async fn by_link(tx: &TenantTx, token: &str) -> Result<(Question, Disclosure, Group)> {
    let token = Token::parse(token).map_err(|_| Error::NotFound)?;
    let question = tx.question(&token.hash()).await?.ok_or(Error::NotFound)?;
    let about = tx.disclosure(question.about).await?.ok_or(Error::NotFound)?;
    let (group, people) = whole(tx, about.group).await?;
    let known = everyone(tx, &group, &people).await?;
    let speaks = known.iter().any(|(who, at)| *who == question.asked && at.folded() == question.to.folded());
    if speaks { Ok((question, about, group)) } else { Err(Error::NotFound) }
}

/// What a link asks. [`Error::NotFound`] for one that nobody made, or that is too old.
pub async fn question(permit: &Permit<AnswerDisclosure>, house: &House, token: &str) -> Result<Asked> {
    let look = house.stores.look(permit).await?;
    let (_, about, group) = by_link(&look, token).await?;
    let name = group.of(Field::Name).find(|item| item.effective() == Light::Green);
    let mut fields: Vec<Field> = about.items.iter().map(|passed| passed.field).collect();
    let Disclosure { particulars, state, .. } = about;
    let Particulars { purpose, recipient: _ } = particulars.ok_or(Error::NotFound)?;
    let catalogue = look.catalogue().await?;
    fields.sort_by(|one, other| catalogue.order(*one, *other));
    fields.dedup();
    Ok(Asked { group: name.map(|name| name.value.plain()), fields, purpose, state, catalogue })
}

/// Answers. How it stands now: an answer that comes too late changes nothing.
pub async fn answer(permit: &Permit<AnswerDisclosure>, house: &House, token: &str, answer: Answer) -> Result<State> {
    let slug = house.slug(permit.tenant()).await?;
    let tx = house.stores.begin(permit).await?;
    let (question, mut about, _) = by_link(&tx, token).await?;
    let Some(next) = about.state.answered(answer) else { return Ok(about.state) };
    let from = about.version;
    (about.state, about.changed_at) = (next, tx.now());
    about.answer = Some((answer, question.asked));
    about.version += 1;
    tx.save_disclosure(&about, from).await?;
    if let Some(user) = tx.user(about.by).await?.filter(|user| user.standing.state == UserState::Active) {
        let link = format!("{}/office/weitergaben/{}", house.addresses.office(&slug), about.id);
        tx.enqueue(&answered_mail(user.profile.email, &user.profile.name, &link)).await?;
    }
    let who = match question.asked {
        Answerer::Admin(_) => "group-admin",
        Answerer::Person(_) | Answerer::Phone(_) => "contact",
    };
    let items = about.items.iter().map(|passed| passed.item);
    let event = AuditEvent::new("disclosure.answered", about.group).summary(format!("{} by {who}", answer.code()));
    tx.commit(event.items(items)).await?;
    house.ring();
    Ok(next)
}

fn answered_mail(to: EmailAddress, name: &str, link: &str) -> Mail {
    Mail {
        to,
        subject: "Eine Gruppe hat geantwortet".to_owned(),
        body: format!(
            "Guten Tag {name},\n\neine Gruppe hat geantwortet, ob Sie eine Angabe weitergeben dürfen.\nDie Antwort steht \
             nach der Anmeldung hier:\n\n{link}\n\n--\n\nHello {name},\n\na group has answered whether you may pass an item \
             on.\nAfter logging in you find the answer here:\n\n{link}\n"
        ),
    }
}
