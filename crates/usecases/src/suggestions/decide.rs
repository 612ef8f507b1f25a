//! The office reads what was suggested and decides: the draft stays, to be completed and published like every other, or it
//! goes.

use access::actions::{DecideAccess, DecideSuggestion, ReadRequests};
use access::{Permit, Role};
use domain::audit::AuditEvent;
use domain::retention::ACCEPTED_SUGGESTION;
use domain::{Catalogue, EmailAddress, Field, GroupId, Item, Light, SuggestionId};
use jiff::Timestamp;
use std::sync::Arc;
use storage::tenant::suggestions::{Suggestion, SuggestionState};
use storage::{Mail, TenantTx};

use crate::groups::{group_of, record_seen, shown_name};
use crate::people::invite;
use crate::{Error, House, Result};

/// Characters of a reason.
const REASON: usize = 1_000;

/// A suggestion, as the office reads it.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// Its id.
    pub id: SuggestionId,
    /// The draft.
    pub group: GroupId,
    /// Its name.
    pub name: String,
    /// Who suggested it.
    pub by: EmailAddress,
    /// When.
    pub made_at: Timestamp,
    /// Whether the office took it over.
    pub accepted: bool,
    /// What its draft says, in the order of forms.
    pub items: Vec<Item>,
    /// The office's fields.
    pub catalogue: Arc<Catalogue>,
}

async fn view(look: &TenantTx, suggestion: Suggestion, seen: &mut Vec<String>) -> Result<View> {
    let Suggestion { id, state, group, made_at, by, .. } = suggestion;
    let group = group_of(look, group.ok_or(Error::NotFound)?).await?;
    seen.push(id.to_string());
    let name = shown_name(&group, seen);
    let catalogue = look.catalogue().await?;
    let mut items = group.items;
    items.sort_by(|one, other| catalogue.order(one.field, other.field));
    Ok(View { id, group: group.id, name, by, made_at, accepted: state == SuggestionState::Accepted, items, catalogue })
}

/// What was suggested and waits, oldest first, and what was accepted but nobody invited to yet.
pub async fn waiting(permit: &Permit<ReadRequests>, house: &House) -> Result<Vec<View>> {
    let look = house.stores.look(permit).await?;
    let (mut seen, mut all) = (Vec::new(), Vec::new());
    for suggestion in look.suggestions().await? {
        all.push(view(&look, suggestion, &mut seen).await?);
    }
    drop(look);
    record_seen(permit, house, permit.tenant(), "suggestions", seen).await?;
    Ok(all)
}

/// One suggestion.
pub async fn show(permit: &Permit<ReadRequests>, house: &House, id: SuggestionId) -> Result<View> {
    let look = house.stores.look(permit).await?;
    let suggestion = look.suggestion(id).await?.ok_or(Error::NotFound)?;
    let mut seen = Vec::new();
    let shown = view(&look, suggestion, &mut seen).await?;
    drop(look);
    let closed = shown.items.iter().filter(|item| item.field != Field::Name && item.effective() != Light::Green);
    seen.extend(closed.map(|item| item.id.to_string()));
    record_seen(permit, house, shown.group, "suggestions", seen).await?;
    Ok(shown)
}

/// One that waits. [`Error::Conflict`] if somebody else decided.
async fn open(tx: &TenantTx, id: SuggestionId) -> Result<(Suggestion, GroupId)> {
    let found = tx.suggestion(id).await?.ok_or(Error::NotFound)?;
    let group = found.group.ok_or(Error::NotFound)?;
    if found.state == SuggestionState::Waiting { Ok((found, group)) } else { Err(Error::Conflict) }
}

/// Takes the draft over; it stays a draft, to be completed and published.
pub async fn accept(permit: &Permit<DecideSuggestion>, house: &House, id: SuggestionId) -> Result<GroupId> {
    let tx = house.stores.begin(permit).await?;
    let (mut found, group) = open(&tx, id).await?;
    found.state = SuggestionState::Accepted;
    let kept = ACCEPTED_SUGGESTION.duration();
    found.expires_at = Some(tx.now().checked_add(kept).map_err(|error| Error::Internal(error.to_string()))?);
    tx.save_suggestion(&found, SuggestionState::Waiting).await?;
    tx.enqueue(&accepted(found.by, &tx.site().await?.profile.name)).await?;
    tx.commit(AuditEvent::new("suggestion.accepted", group)).await?;
    house.ring();
    Ok(group)
}

/// Says no, with a reason: draft and suggestion are deleted. [`Error::Conflict`] if the draft is none any more.
pub async fn reject(permit: &Permit<DecideSuggestion>, house: &House, id: SuggestionId, reason: &str) -> Result<()> {
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Error::invalid("reason", "missing"));
    }
    if reason.chars().count() > REASON {
        return Err(Error::invalid("reason", "too-long"));
    }
    let tx = house.stores.begin(permit).await?;
    let (found, group) = open(&tx, id).await?;
    // The suggestion goes with its draft.
    tx.remove_draft(group).await?;
    tx.enqueue(&rejected(found.by, &tx.site().await?.profile.name, reason)).await?;
    tx.commit(AuditEvent::new("suggestion.rejected", group)).await?;
    house.ring();
    Ok(())
}

/// Invites whoever suggested an accepted group as its admin; the suggestion is done with that.
pub async fn invite(permit: &Permit<DecideAccess>, house: &House, id: SuggestionId) -> Result<GroupId> {
    let look = house.stores.look(permit).await?;
    let found = look.suggestion(id).await?.ok_or(Error::NotFound)?;
    drop(look);
    let group = found.group.ok_or(Error::NotFound)?;
    if found.state != SuggestionState::Accepted {
        return Err(Error::Conflict);
    }
    let email = found.by.as_str().to_owned();
    let form = invite::Form { email, role: Role::GroupAdmin.code(), groups: vec![group.to_string()] };
    // Should the process end between the two, the invitation can be sent again: the newest counts.
    invite::invite(permit, house, &form).await?;
    let tx = house.stores.begin(permit).await?;
    tx.remove_suggestion(id).await?;
    tx.commit(AuditEvent::new("suggestion.invited", group)).await?;
    Ok(group)
}

fn accepted(to: EmailAddress, office: &str) -> Mail {
    Mail {
        to,
        subject: format!("Ihr Vorschlag: {office}"),
        body: format!(
            "Guten Tag,\n\nvielen Dank: {office} hat Ihren Vorschlag angenommen.\nDie Gruppe erscheint im Verzeichnis, \
             sobald die Angaben vollständig sind.\n\n--\n\nHello,\n\nthank you: {office} has accepted your \
             suggestion.\nThe group appears in the directory as soon as its information is complete.\n"
        ),
    }
}

fn rejected(to: EmailAddress, office: &str, reason: &str) -> Mail {
    Mail {
        to,
        subject: format!("Ihr Vorschlag: {office}"),
        body: format!(
            "Guten Tag,\n\nvielen Dank für Ihren Vorschlag. {office} nimmt die Gruppe nicht auf:\n\n{reason}\n\nWas Sie \
             geschickt haben, ist gelöscht.\n\n--\n\nHello,\n\nthank you for your suggestion. {office} does not list the \
             group:\n\n{reason}\n\nWhat you sent has been deleted.\n"
        ),
    }
}
