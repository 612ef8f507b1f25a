//! A group admin corrects the own group.

use std::sync::Arc;

use access::Permit;
use access::actions::SubmitChanges;
use domain::audit::AuditEvent;
use domain::catalogue::Section;
use domain::change_request::{Change, ChangeRequest, RequestState, Submitter};
use domain::{Catalogue, Field, Group, GroupId, Item, ItemId, Light, RequestId, Status, UserId};
use storage::TenantTx;
use storage::tenant::Comment;

use super::draft::forget;
use crate::groups::apply::{Owner, apply};
use crate::groups::edit::{SectionForm, demanded, desk, section_code};
use crate::groups::{group_of, record_seen, shown_name};
use crate::own_groups::is_the_groups;
use crate::{Error, House, Result};

/// Sections a group admin corrects.
pub const SECTIONS: [Section; 3] = [Section::Group, Section::Meetings, Section::Contact];

/// The fields of a section that are the group's.
pub fn fields(catalogue: &Catalogue, section: Section) -> Vec<Field> {
    catalogue.section(section).into_iter().filter(|field| is_the_groups(catalogue, *field)).collect()
}

/// What became of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Submitted {
    /// Nothing was different.
    Nothing,
    /// Everything was a closing, and is done.
    Done,
    /// Something waits for the office; closings are done.
    Waits,
}

pub(super) fn me(permit: &Permit<SubmitChanges>) -> Result<UserId> {
    permit.actor().user().ok_or(Error::NotFound)
}

/// The open request of one person about one group.
pub(crate) async fn open_of(tx: &TenantTx, group: GroupId, by: Submitter) -> Result<Option<ChangeRequest>> {
    let mut all = tx.requests_of(group).await?;
    all.retain(|request| request.state == RequestState::Open && request.by == by);
    Ok(all.into_iter().next())
}

/// One's own group, as its form shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct OwnForm {
    /// The group as it would be with everything that waits.
    pub group: Group,
    /// The office's fields.
    pub catalogue: Arc<Catalogue>,
    /// What waits already, of which version; none if nothing does.
    pub waiting: Option<(RequestId, u32)>,
}

/// The form of a section. What of it is yellow or red is recorded as read.
pub async fn form(permit: &Permit<SubmitChanges>, house: &House, id: GroupId, section: Section) -> Result<OwnForm> {
    let look = house.stores.look(permit).await?;
    let mut group = group_of(&look, id).await?;
    let catalogue = look.catalogue().await?;
    let open = open_of(&look, id, Submitter::User(me(permit)?)).await?;
    if let Some(request) = &open {
        group.items = request.preview(&catalogue, None, &group.items);
    }
    let waiting = open.map(|request| (request.id, request.version));
    drop(look);
    let here = fields(&catalogue, section);
    let seen = group.items.iter().filter(|item| item.field == Field::Name || here.contains(&item.field));
    let seen = seen.filter(|item| item.effective() != Light::Green).map(|item| item.id.to_string()).collect();
    record_seen(permit, house, id, "own form", seen).await?;
    Ok(OwnForm { group, catalogue, waiting })
}

/// What closing the form asks for: items that are to be less open, or to go. Both count at once for the public.
fn closings(before: &[Item], after: &[Item]) -> Vec<(ItemId, Light)> {
    before
        .iter()
        .filter_map(|old| match after.iter().find(|new| new.id == old.id) {
            None => (old.light > Light::Red).then_some((old.id, Light::Red)),
            Some(new) => (new.light < old.light).then_some((old.id, new.light)),
        })
        .collect()
}

/// Takes a filled-in section: closes at once what is to be less open, and keeps the rest as a request, together with what
/// waits already. [`Error::Conflict`] if the group was saved meanwhile, or what waits (`seen`) is something else by now.
pub async fn submit(
    permit: &Permit<SubmitChanges>,
    house: &House,
    form: &SectionForm,
    seen: Option<(RequestId, u32)>,
) -> Result<Submitted> {
    let SectionForm { group: id, section, version, entries } = form;
    if !SECTIONS.contains(section) {
        return Err(Error::NotFound);
    }
    let tx = house.stores.begin(permit).await?;
    let mut group = group_of(&tx, *id).await?;
    if group.version != *version {
        return Err(Error::Conflict);
    }
    let catalogue = tx.catalogue().await?;
    let waiting = open_of(&tx, *id, Submitter::User(me(permit)?)).await?;
    if waiting.as_ref().map(|open| (open.id, open.version)) != seen {
        return Err(Error::Conflict);
    }
    let shown =
        waiting.as_ref().map_or_else(|| group.items.clone(), |open| open.preview(&catalogue, None, &group.items));
    let applied = apply(Owner::Group, &shown, &fields(&catalogue, *section), entries, desk(house, &catalogue));
    let wanted = demanded(&catalogue, *section, Some(&shown), applied, entries).map_err(Error::Invalid)?.items;

    let parted = part(&mut group.items, &shown, &wanted, &[]);
    if !parted.closed.is_empty() {
        tx.save_group(&group, "closed").await?;
    }
    forget(permit, &tx, *id, section_code(*section)).await?;
    hand_in(permit, house, tx, &group, waiting, (section_code(*section), parted)).await
}

/// Keeps what waits, and says in the log what of it was done at once.
pub(super) async fn hand_in(
    permit: &Permit<SubmitChanges>,
    house: &House,
    tx: TenantTx,
    group: &Group,
    waiting: Option<ChangeRequest>,
    (what, Parted { closed, asked }): (&str, Parted),
) -> Result<Submitted> {
    let items: Vec<ItemId> =
        asked.iter().map(|change| change.item).chain(closed.iter().map(|(item, _)| *item)).collect();
    if items.is_empty() {
        // The draft of the form, if there was one, is gone all the same.
        tx.commit_housekeeping().await?;
        return Ok(Submitted::Nothing);
    }
    let asked = Asked { by: Submitter::User(me(permit)?), confirms: false, changes: asked, message: String::new() };
    let waits = keep(&tx, group, waiting, asked).await?;
    let mut said = vec![what.to_owned()];
    if !closed.is_empty() {
        said.push(format!("{} closed at once", closed.len()));
    }
    tx.commit(AuditEvent::new("request.submitted", group.id).summary(said.join(", ")).items(items)).await?;
    house.sites.changed(permit.tenant());
    Ok(if waits { Submitted::Waits } else { Submitted::Done })
}

/// What is done at once, and what waits.
pub(crate) struct Parted {
    pub(crate) closed: Vec<(ItemId, Light)>,
    pub(crate) asked: Vec<Change>,
}

/// Parts what is wanted from what was shown: closings, which are done in `items` already, from the rest. What of it is
/// `replaced` by another value is not closed, but waits with that value.
pub(crate) fn part(items: &mut [Item], shown: &[Item], wanted: &[Item], replaced: &[ItemId]) -> Parted {
    // Closed at once: only what was touched.
    let touched = |item: ItemId| {
        let lit = |items: &[Item]| items.iter().find(|one| one.id == item).map(|one| (one.value.clone(), one.light));
        lit(shown) != lit(wanted)
    };
    let mut closed = closings(items, wanted);
    closed.retain(|(item, _)| touched(*item) && !replaced.contains(item));
    for (item, light) in &closed {
        for own in items.iter_mut().filter(|own| own.id == *item) {
            own.light = *light;
        }
    }

    // The rest waits, counted from the items as they are now.
    let ids = shown.iter().chain(wanted).map(|item| item.id);
    let by_id = |items: &[Item], id: ItemId| items.iter().find(|item| item.id == id).cloned();
    let mut asked: Vec<Change> = Vec::new();
    for item in ids {
        let (was, is, now) = (by_id(shown, item), by_id(wanted, item), by_id(items, item));
        if touched(item) && !asked.iter().any(|change| change.item == item) {
            let Some(one) = is.as_ref().or(now.as_ref()).or(was.as_ref()) else { continue };
            asked.push(Change::new(one, now.as_ref(), is.as_ref()));
        }
    }
    Parted { closed, asked }
}

/// Who asks for what.
pub(crate) struct Asked {
    pub(crate) by: Submitter,
    /// Whether all else was said to be right.
    pub(crate) confirms: bool,
    pub(crate) changes: Vec<Change>,
    /// What is said to the office with it; may be empty.
    pub(crate) message: String,
}

/// Keeps what waits; whether any change does. What the group said waits too, until somebody in the office has read it.
pub(crate) async fn keep(tx: &TenantTx, group: &Group, waiting: Option<ChangeRequest>, asked: Asked) -> Result<bool> {
    let Asked { by, confirms, changes: asked, message } = asked;
    let now = tx.now();
    let request = match waiting {
        Some(request) if asked.is_empty() && message.is_empty() => request,
        Some(mut request) => {
            let from = request.version;
            request.amend(asked);
            request.confirms = (request.confirms || confirms) && !request.changes.is_empty();
            if request.changes.is_empty() && message.is_empty() && tx.comments_of(request.id).await?.is_empty() {
                (request.state, request.ended_at) = (RequestState::Withdrawn, Some(now));
            }
            tx.save_request(&request, from).await?;
            request
        }
        None => {
            let mut request = ChangeRequest::new(tx.ids().next(), group.id, by, now);
            request.amend(asked);
            request.confirms = confirms && !request.changes.is_empty();
            if request.changes.is_empty() && message.is_empty() {
                return Ok(false);
            }
            tx.insert_request(&request).await?;
            request
        }
    };
    if !message.is_empty() {
        tx.insert_comment(request.id, &Comment { at: now, by: by.user(), office: false, text: message }).await?;
    }
    Ok(request.state == RequestState::Open && !request.changes.is_empty())
}

/// What one of one's own groups is called. Recorded as read if it is not green.
pub async fn group_name(permit: &Permit<SubmitChanges>, house: &House, id: GroupId) -> Result<String> {
    let look = house.stores.look(permit).await?;
    let group = group_of(&look, id).await?;
    drop(look);
    let mut seen = Vec::new();
    let name = shown_name(&group, &mut seen);
    record_seen(permit, house, id, "own group", seen).await?;
    Ok(name)
}

/// Pauses one of one's own groups, at once: it disappears from the directory. [`Error::Invalid`] with `no-such-step` where
/// it is not active.
pub async fn pause(permit: &Permit<SubmitChanges>, house: &House, id: GroupId) -> Result<()> {
    let tx = house.stores.begin(permit).await?;
    let mut group = group_of(&tx, id).await?;
    group.status = match group.status {
        Status::Active => Status::Paused,
        _ => return Err(Error::invalid("", "no-such-step")),
    };
    tx.save_group(&group, "paused").await?;
    tx.commit(AuditEvent::new("group.paused", id)).await?;
    house.sites.changed(permit.tenant());
    Ok(())
}

/// Takes back what waits about one of one's own groups; what was closed stays closed.
pub async fn withdraw(permit: &Permit<SubmitChanges>, house: &House, id: GroupId) -> Result<()> {
    let tx = house.stores.begin(permit).await?;
    group_of(&tx, id).await?;
    let mut request = open_of(&tx, id, Submitter::User(me(permit)?)).await?.ok_or(Error::NotFound)?;
    let from = request.version;
    request.version += 1;
    (request.state, request.ended_at) = (RequestState::Withdrawn, Some(tx.now()));
    tx.save_request(&request, from).await?;
    tx.commit(AuditEvent::new("request.withdrawn", id)).await?;
    Ok(())
}
