//! The office's light policy: which fields there are, how open each may be, and what a change does before it is done.
//!
//! A change is a draft first ([`draft`]), one for each person who makes one. [`preview`] says in numbers and by name
//! what it does; [`save`](preview::save) does exactly that, or says that the office has moved on meanwhile. Versions
//! are kept, taken out as files and brought in elsewhere ([`versions`]).
//!
//! Closing counts at once and for good: what a policy closes is written into the items. Opening opens nothing that is
//! there.

pub mod draft;
pub mod preview;
pub mod versions;

use std::collections::BTreeSet;
use std::sync::Arc;

use access::actions::EditPolicy;
use access::{Action, Permit};
use domain::audit::Actor;
use domain::catalogue::Catalogue;
use domain::policy::{Policy, Wrong};
use domain::{Field, UserId};
use jiff::Timestamp;
use storage::TenantTx;
use storage::tenant::PolicyDraft;

use crate::groups::names;
use crate::{Error, House, Problem, Result};

/// The office's fields, as they are and as they would be.
#[derive(Clone, Debug)]
pub struct Overview {
    /// As the policy in force sets them.
    pub now: Arc<Catalogue>,
    /// When that was saved, and by whom; none while the office has no policy of its own.
    pub saved: Option<(Timestamp, Option<String>)>,
    /// The policy as it would be: a draft's, or that in force.
    pub policy: Policy,
    /// Its fields.
    pub next: Catalogue,
    /// Whether there is a draft.
    pub draft: bool,
    /// Set if the policy in force is not the one that was saved last: somebody changed the database.
    pub replaced: Option<u32>,
}

fn user<A: Action>(permit: &Permit<A>) -> Result<UserId> {
    match permit.actor() {
        Actor::User(user) => Ok(user),
        _ => Err(Error::NotFound),
    }
}

/// The policy in force; the product's own while the office has none.
async fn current(tx: &TenantTx) -> Result<(u32, Policy)> {
    Ok(tx.policy().await?.map_or_else(|| (0, Policy::built_in()), |saved| (saved.version, saved.policy.complete())))
}

/// The draft of whoever asks, or one that changes nothing yet.
async fn draft_of(tx: &TenantTx, user: UserId) -> Result<PolicyDraft> {
    let (base, policy) = current(tx).await?;
    Ok(match tx.policy_draft(user).await? {
        Some(draft) => PolicyDraft { policy: draft.policy.complete(), ..draft },
        None => PolicyDraft { base, policy, delete: BTreeSet::new() },
    })
}

fn checked(policy: &Policy, version: u32) -> Result<Catalogue> {
    policy.catalogue(version).map_err(|wrong| Error::Invalid(problems(&wrong)))
}

/// What is wrong, at the inputs of a form about one field.
fn problems(wrong: &[Wrong]) -> Vec<Problem> {
    wrong.iter().map(|wrong| Problem::new(wrong.part, wrong.code)).collect()
}

/// The office's fields, with what whoever asks is changing about them.
pub async fn overview(permit: &Permit<EditPolicy>, house: &House) -> Result<Overview> {
    let look = house.stores.look(permit).await?;
    let user = user(permit)?;
    let by = names(&look).await?;
    let now = look.catalogue().await?;
    let saved = look.policy().await?.map(|saved| (saved.at, by(saved.actor)));
    let last = look.policy_last_saved().await?;
    let is_draft = look.policy_draft(user).await?.is_some();
    let draft = draft_of(&look, user).await?;
    Ok(Overview {
        next: checked(&draft.policy, now.version() + 1)?,
        replaced: (last != now.version()).then_some(last),
        now,
        saved,
        policy: draft.policy,
        draft: is_draft,
    })
}

/// Whether a field is one of the office's own.
pub fn is_own(field: Field) -> bool {
    field.built_in().is_none()
}
