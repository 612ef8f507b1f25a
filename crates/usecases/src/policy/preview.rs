//! What a change does, in numbers and with the groups by name; and doing exactly that.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use access::actions::{EditPolicy, LoosenPolicy};
use access::{Action, Permit};
use domain::audit::AuditEvent;
use domain::catalogue::{Catalogue, FieldDef};
use domain::policy::impact::{self, Counts, Impact};
use domain::{Field, GroupId};
use storage::TenantTx;
use storage::tenant::PolicyDraft;

use super::draft::keeps_kinds;
use super::{checked, draft_of, user};
use crate::groups::{record_seen, shown_name};
use crate::{Error, House, Result};

/// A field that would be another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldChange {
    /// Which.
    pub field: Field,
    /// As it is; none for a new one.
    pub before: Option<FieldDef>,
    /// As it would be; none for one that is taken away.
    pub after: Option<FieldDef>,
    /// What happens to its items.
    pub counts: Counts,
}

/// A group to which something happens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupLine {
    /// Which.
    pub group: GroupId,
    /// Its name.
    pub name: String,
    /// What happens to its items.
    pub counts: Counts,
    /// Whether it leaves the directory altogether.
    pub gone: bool,
}

/// A change, before it is made.
#[derive(Clone, Debug, PartialEq)]
pub struct Preview {
    /// The fields as they are.
    pub now: Arc<Catalogue>,
    /// The fields as they would be.
    pub next: Catalogue,
    /// The version the draft was begun from; another than that of `now` if somebody saved meanwhile.
    pub base: u32,
    /// What would be another.
    pub changes: Vec<FieldChange>,
    /// Whether the order of fields would be another.
    pub reordered: bool,
    /// Whether consents would count for another time.
    pub consents: bool,
    /// What happens.
    pub impact: Impact,
    /// To which groups, by name.
    pub groups: Vec<GroupLine>,
    /// Whether it lets something be more open than now, or deletes something: then a fresh proof is needed.
    pub grave: bool,
    /// Tells whether what was shown still holds.
    pub mark: String,
}

/// What a draft does now.
struct Looked {
    draft: PolicyDraft,
    now: Arc<Catalogue>,
    next: Catalogue,
    impact: Impact,
    grave: bool,
    mark: String,
    names: HashMap<GroupId, (String, Vec<String>)>,
}

async fn look_at<A: Action>(permit: &Permit<A>, tx: &TenantTx) -> Result<Looked> {
    let draft = draft_of(tx, user(permit)?).await?;
    let saved = tx.policies().await?;
    keeps_kinds(&saved, &draft.policy)?;
    let now = tx.catalogue().await?;
    let next = checked(&draft.policy, now.version() + 1)?;
    let stock = tx.stock().await?;
    let impact = impact::impact(&stock, &now, &next, &draft.delete);
    let names = stock.groups.iter().map(|group| {
        let mut seen = Vec::new();
        let name = shown_name(group, &mut seen);
        (group.id, (name, seen))
    });
    // Everything it was computed from that is shown: the version in force, the draft, and what happens to whom.
    let mark = tx.keyed(&format!("{} {draft:?} {impact:?}", now.version()));
    // A field that comes back brings what is hidden with it.
    let returns = |field| now.def(field).is_none() && saved.iter().any(|saved| saved.policy.rule(field).is_some());
    let returns = next.fields().iter().any(|def| returns(def.field));
    let grave = impact::loosens(&now, &next) || impact.total.deleted > 0 || returns;
    Ok(Looked { names: names.collect(), draft, now, next, impact, grave, mark })
}

async fn show<A: Action>(permit: &Permit<A>, house: &House) -> Result<Preview> {
    let look = house.stores.look(permit).await?;
    let Looked { draft, now, next, impact, grave, mark, mut names } = look_at(permit, &look).await?;
    drop(look);
    let mut seen = Vec::new();
    let groups = impact.groups.iter().map(|one| {
        let (name, hidden) = names.remove(&one.group).unwrap_or_default();
        seen.extend(hidden);
        GroupLine { group: one.group, name, counts: one.counts, gone: one.gone }
    });
    let mut groups: Vec<GroupLine> = groups.collect();
    groups.sort_by_cached_key(|line| directory::sort_key(&line.name));
    record_seen(permit, house, permit.tenant(), "light policy", seen).await?;
    let order = |one: &Catalogue, other: &Catalogue| -> Vec<Field> {
        one.fields().iter().map(|def| def.field).filter(|field| other.def(*field).is_some()).collect()
    };
    Ok(Preview {
        changes: changes(&now, &next, &impact.fields),
        reordered: order(&now, &next) != order(&next, &now),
        base: draft.base,
        consents: now.consent_months() != next.consent_months(),
        now,
        next,
        impact,
        groups,
        grave,
        mark,
    })
}

fn changes(now: &Catalogue, next: &Catalogue, counts: &BTreeMap<Field, Counts>) -> Vec<FieldChange> {
    let gone = now.fields().iter().filter(|def| next.def(def.field).is_none());
    let fields = next.fields().iter().chain(gone).map(|def| def.field);
    fields
        .map(|field| FieldChange {
            field,
            before: now.def(field).cloned(),
            after: next.def(field).cloned(),
            counts: counts.get(&field).copied().unwrap_or_default(),
        })
        .filter(|change| change.before != change.after)
        .collect()
}

/// What the draft of whoever asks would do. The names of groups that are not green are recorded as read.
pub async fn preview(permit: &Permit<EditPolicy>, house: &House) -> Result<Preview> {
    show(permit, house).await
}

/// The same, for whoever has just proven who they are.
pub async fn preview_loosening(permit: &Permit<LoosenPolicy>, house: &House) -> Result<Preview> {
    show(permit, house).await
}

/// Saves the draft if it does what was shown: [`Error::Conflict`] if the policy, the draft or the groups have changed so
/// that it would do something else. [`Error::Invalid`] with `policy-grave` for what needs a fresh proof.
pub async fn save(permit: &Permit<EditPolicy>, house: &House, mark: &str) -> Result<u32> {
    carry_out(permit, house, mark, Proof::Old).await
}

/// The same, for whoever has just proven who they are: it may open what comes, and delete.
pub async fn save_loosening(permit: &Permit<LoosenPolicy>, house: &House, mark: &str) -> Result<u32> {
    carry_out(permit, house, mark, Proof::Fresh).await
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Proof {
    Fresh,
    Old,
}

async fn carry_out<A: Action>(permit: &Permit<A>, house: &House, mark: &str, proof: Proof) -> Result<u32> {
    let tx = house.stores.begin(permit).await?;
    let looked = look_at(permit, &tx).await?;
    if looked.mark != mark {
        return Err(Error::Conflict);
    }
    if looked.grave && proof == Proof::Old {
        return Err(Error::invalid("", "policy-grave"));
    }
    let done = tx.save_policy(&looked.draft.policy, &looked.draft.delete).await?;
    tx.remove_policy_draft(user(permit)?).await?;
    let event = AuditEvent::new("policy.saved", done.version).summary(summary(&looked.impact.total));
    tx.commit(event.items(done.items)).await?;
    house.sites.changed(permit.tenant());
    Ok(done.version)
}

/// What was done, for the audit: what did not happen is left out.
fn summary(counts: &Counts) -> String {
    let Counts { to_yellow, to_red, vanish, hidden, deleted, back, missing: _ } = *counts;
    let said = [
        (to_yellow, "→ yellow"),
        (to_red, "→ red"),
        (vanish, "unpublished"),
        (hidden, "hidden"),
        (deleted, "deleted"),
        (back, "back"),
    ];
    let said = said.into_iter().filter(|(count, _)| *count > 0);
    said.map(|(count, what)| format!("{count} {what}")).collect::<Vec<_>>().join(", ")
}
