//! A group admin corrects the contact persons of the own group, says who is one, and who no longer.
//!
//! What a person agreed to bounds what can be asked: more open than that only if whoever asks says to be that person, in the
//! wording of now. The receipt is made when the office accepts it, never before.

use std::sync::Arc;

use access::Permit;
use access::actions::SubmitChanges;
use domain::catalogue::Section;
use domain::change_request::{ChangeRequest, OfPerson, Submitter};
use domain::{Catalogue, Field, GroupId, Item, ItemId, Light, Person, PersonId, RequestId};
use storage::TenantTx;

use super::submit::{Parted, Submitted, hand_in, me, open_of, part};
use crate::consents::{close, set_light};
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
    let shown = match person {
        None => Person { id: house.ids().next(), items: Vec::new(), consents: Vec::new() },
        Some(id) => own(&look, group, &open.as_ref().map(ChangeRequest::persons).unwrap_or_default(), id).await?,
    };
    drop(look);
    let mut seen = Vec::new();
    let name = shown_name(&found, &mut seen);
    // What counts is shown: never more open than the person agreed to.
    let mut shown = shown.as_it_counts();
    seen.extend(shown.items.iter().filter(|item| item.light != Light::Green).map(|item| item.id.to_string()));
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
    let mut now = person.clone().as_it_counts().items;
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
    // A number that gets another one is not closed before that one counts.
    let replaced = replaced(&now, &shown, &wanted);
    let Parted { closed, asked } = part(&mut now, &shown, &wanted, &replaced);
    for (item, light) in &closed {
        if *light == Light::Red {
            close(&tx, &mut person, *item).await?;
        } else {
            set_light(&mut person, *item, *light)?;
            tx.save_person(&person).await?;
        }
    }
    let asked = asked.into_iter().map(|change| change.of(OfPerson { id, agrees: *agrees, new })).collect();
    hand_in(permit, house, tx, &group, waiting, ("person", Parted { closed, asked })).await
}

/// Items of `now` that are to go because another one of their field comes: they are not closed before that one counts.
pub(crate) fn replaced(now: &[Item], shown: &[Item], wanted: &[Item]) -> Vec<ItemId> {
    let there = |items: &[Item], id: ItemId| items.iter().any(|item| item.id == id);
    let newcomers: Vec<Field> = wanted.iter().filter(|one| !there(shown, one.id)).map(|one| one.field).collect();
    let gone = now.iter().filter(|one| !there(wanted, one.id) && newcomers.contains(&one.field));
    gone.map(|one| one.id).collect()
}
