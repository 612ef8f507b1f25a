//! A group admin corrects the contact persons of the own group, says who is one, and who no longer.
//!
//! What a person agreed to bounds what can be asked: more open than that only if whoever asks says to be that person, in the
//! wording of now. The receipt is made when the office accepts it, never before.

use std::sync::Arc;

use access::Permit;
use access::actions::SubmitChanges;
use domain::audit::AuditEvent;
use domain::catalogue::Section;
use domain::change_request::{Change, ChangeRequest, OfPerson, Submitter};
use domain::{Catalogue, GroupId, Item, ItemId, Light, Person, PersonId, RequestId};
use storage::TenantTx;

use super::submit::{Asked, Submitted, closings, keep, me, open_of};
use crate::consents::close;
use crate::groups::apply::{Owner, apply};
use crate::groups::edit::desk;
use crate::groups::{Entry, group_of, person_of, record_seen, shown_name};
use crate::{Error, House, Problem, Result};

/// A contact person of one's own group, as the form shows them.
#[derive(Clone, Debug, PartialEq)]
pub struct OwnPerson {
    /// The group's name.
    pub group: String,
    /// The person as they would be with everything that waits; without items if they are new.
    pub person: Person,
    /// The office's fields.
    pub catalogue: Arc<Catalogue>,
    /// What waits already, of which version; none if nothing does.
    pub waiting: Option<(RequestId, u32)>,
}

/// A filled-in form about a contact person.
#[derive(Clone, Debug, PartialEq)]
pub struct PersonForm {
    /// Which group.
    pub group: GroupId,
    /// Who; none: somebody new.
    pub person: Option<PersonId>,
    /// All its rows.
    pub entries: Vec<Entry>,
    /// Whether whoever asks says to be the person, and to agree.
    pub agrees: bool,
}

/// A person of this group, or one that is to become one; without items if there is none yet.
async fn own(tx: &TenantTx, group: GroupId, known: &[PersonId], id: PersonId) -> Result<Person> {
    let group = group_of(tx, group).await?;
    if group.people.iter().any(|one| one.person == id) {
        person_of(tx, id).await
    } else if known.contains(&id) {
        Ok(Person { id, items: Vec::new(), consents: Vec::new() })
    } else {
        Err(Error::NotFound)
    }
}

/// A contact person for the form; `None` for somebody new. What of them is yellow or red is recorded as read.
pub async fn form(
    permit: &Permit<SubmitChanges>,
    house: &House,
    group: GroupId,
    person: Option<PersonId>,
) -> Result<OwnPerson> {
    let look = house.stores.look(permit).await?;
    let found = group_of(&look, group).await?;
    let catalogue = look.catalogue().await?;
    let open = open_of(&look, group, Submitter::User(me(permit)?)).await?;
    let waiting = open.as_ref().map(|request| (request.id, request.version));
    let mut shown = match person {
        None => Person { id: house.ids().next(), items: Vec::new(), consents: Vec::new() },
        Some(id) => own(&look, group, &open.as_ref().map(ChangeRequest::persons).unwrap_or_default(), id).await?,
    };
    drop(look);
    let mut seen = Vec::new();
    let name = shown_name(&found, &mut seen);
    for item in &mut shown.items {
        // What counts is shown: never more open than the person agreed to.
        item.light = item.light.under(item.limit.ceiling);
    }
    let lights: Vec<Light> = shown.items.iter().map(|item| shown.effective(item)).collect();
    for (item, light) in shown.items.iter_mut().zip(lights) {
        item.light = light;
        if light != Light::Green {
            seen.push(item.id.to_string());
        }
    }
    if let Some(request) = &open {
        shown.items = request.preview(&catalogue, Some(shown.id), &shown.items);
    }
    shown.items.retain(|item| catalogue.def(item.field).is_some());
    record_seen(permit, house, group, "own person", seen).await?;
    Ok(OwnPerson { group: name, person: shown, catalogue, waiting })
}

/// Whoever asks can say to agree; where staff would record that somebody else did.
fn unwilling(problem: Problem) -> Problem {
    if problem.code == "consent-missing" { Problem { code: "agrees-missing", ..problem } } else { problem }
}

/// Takes a filled-in form: closes at once what is to be less open or to go, unless it is replaced by another value, and
/// keeps the rest as a request, together with what waits already. [`Error::Conflict`] if what waits (`seen`) is something
/// else by now; a problem `agrees` where something is to be opened and nobody says to agree.
pub async fn submit(
    permit: &Permit<SubmitChanges>,
    house: &House,
    form: &PersonForm,
    seen: Option<(RequestId, u32)>,
) -> Result<Submitted> {
    let PersonForm { group: group_id, person: id, entries, agrees } = form;
    let tx = house.stores.begin(permit).await?;
    let group = group_of(&tx, *group_id).await?;
    let catalogue = tx.catalogue().await?;
    let waiting = open_of(&tx, *group_id, Submitter::User(me(permit)?)).await?;
    if waiting.as_ref().map(|open| (open.id, open.version)) != seen {
        return Err(Error::Conflict);
    }
    let known = waiting.as_ref().map(ChangeRequest::persons).unwrap_or_default();
    let (id, mut person) = match id {
        Some(id) => (*id, own(&tx, *group_id, &known, *id).await?),
        None => {
            let id = house.ids().next();
            (id, Person { id, items: Vec::new(), consents: Vec::new() })
        }
    };
    let new = !group.people.iter().any(|one| one.person == id);
    let lights: Vec<Light> = person.items.iter().map(|item| person.effective(item)).collect();
    let now: Vec<Item> = person.items.iter().zip(lights).map(|(item, light)| Item { light, ..item.clone() }).collect();
    let shown = match &waiting {
        Some(open) => open.preview(&catalogue, Some(id), &now),
        None => now.clone(),
    };
    let asking = Person { items: shown.clone(), ..person.clone() };
    let owner = if *agrees { Owner::Willing(&asking) } else { Owner::Person(&asking) };
    let fields = catalogue.section(Section::Person);
    let wanted = apply(owner, &shown, &fields, entries, desk(house, &catalogue));
    let wanted = wanted.map_err(|problems| Error::Invalid(problems.into_iter().map(unwilling).collect()))?.items;
    if wanted.is_empty() && shown.is_empty() {
        return Err(Error::invalid("person_name-0", "item-missing"));
    }
    let by_id = |items: &[Item], id: ItemId| items.iter().find(|item| item.id == id).cloned();
    let lit = |item: Option<&Item>| item.map(|one| (one.value.clone(), one.light));
    let touched = |item: ItemId| lit(by_id(&shown, item).as_ref()) != lit(by_id(&wanted, item).as_ref());

    // Closed at once: only what this form touched, and not what gets another value.
    let replaced = |item: ItemId| {
        let field = by_id(&now, item).map(|one| one.field);
        by_id(&wanted, item).is_none()
            && wanted.iter().any(|one| Some(one.field) == field && by_id(&shown, one.id).is_none())
    };
    let mut closed = closings(&now, &wanted);
    closed.retain(|(item, _)| touched(*item) && !replaced(*item));
    for (item, light) in &closed {
        if *light == Light::Red {
            close(&tx, &mut person, *item).await?;
        } else {
            for own in person.items.iter_mut().filter(|own| own.id == *item) {
                own.light = *light;
            }
            tx.save_person(&person).await?;
        }
    }
    let now: Vec<Item> = now
        .into_iter()
        .map(|item| {
            let light = closed.iter().find(|(id, _)| *id == item.id).map_or(item.light, |(_, light)| *light);
            Item { light, ..item }
        })
        .collect();

    // The rest waits.
    let mut asked: Vec<Change> = Vec::new();
    for item in shown.iter().chain(&wanted).map(|item| item.id) {
        let (was, is, here) = (by_id(&shown, item), by_id(&wanted, item), by_id(&now, item));
        if touched(item) && !asked.iter().any(|change| change.item == item) {
            let Some(one) = is.as_ref().or(here.as_ref()).or(was.as_ref()) else { continue };
            asked.push(Change::new(one, here.as_ref(), is.as_ref()).of(OfPerson { id, agrees: *agrees, new }));
        }
    }
    let items: Vec<ItemId> =
        asked.iter().map(|change| change.item).chain(closed.iter().map(|(item, _)| *item)).collect();
    if items.is_empty() {
        return Ok(Submitted::Nothing);
    }
    let asked = Asked { by: Submitter::User(me(permit)?), confirms: false, changes: asked };
    let waits = keep(&tx, &group, waiting, asked).await?;
    let mut said = vec!["person".to_owned()];
    if !closed.is_empty() {
        said.push(format!("{} closed at once", closed.len()));
    }
    tx.commit(AuditEvent::new("request.submitted", *group_id).summary(said.join(", ")).items(items)).await?;
    house.sites.changed(permit.tenant());
    Ok(if waits { Submitted::Waits } else { Submitted::Done })
}
