//! The policy's versions: who saved them and when, as files, and back.

use access::Permit;
use access::actions::EditPolicy;
use domain::policy::{Policy, Wrong};
use jiff::Timestamp;
use storage::tenant::PolicyDraft;

use super::{draft, draft_of, user};
use crate::groups::names;
use crate::{Error, House, Result};

/// The largest file that is read, in bytes.
pub const FILE: usize = 512 * 1024;

/// A version in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionLine {
    /// Counts from 1; 0 is the product's own.
    pub version: u32,
    /// When it was saved, and by whom (none if the account is gone); not of the product's own.
    pub saved: Option<(Timestamp, Option<String>)>,
    /// Items that were last saved while it was in force.
    pub items: usize,
}

/// All versions, newest first; the product's own is the last.
pub async fn versions(permit: &Permit<EditPolicy>, house: &House) -> Result<Vec<VersionLine>> {
    let look = house.stores.look(permit).await?;
    let by = names(&look).await?;
    let items = look.items_by_policy().await?;
    let of = |version| items.get(&version).copied().unwrap_or_default();
    let mut lines: Vec<VersionLine> = look
        .policies()
        .await?
        .into_iter()
        .map(|saved| VersionLine {
            version: saved.version,
            saved: Some((saved.at, by(saved.actor))),
            items: of(saved.version),
        })
        .collect();
    lines.push(VersionLine { version: 0, saved: None, items: of(0) });
    Ok(lines)
}

async fn version(tx: &storage::TenantTx, version: u32) -> Result<Policy> {
    if version == 0 {
        return Ok(Policy::built_in());
    }
    Ok(tx.policy_version(version).await?.ok_or(Error::NotFound)?.policy)
}

/// A version as a file: JSON, as [`bring_in`] reads it.
pub async fn file(permit: &Permit<EditPolicy>, house: &House, number: u32) -> Result<String> {
    let policy = version(&house.stores.look(permit).await?, number).await?;
    let json = serde_json::to_string_pretty(&policy).map_err(|error| Error::Internal(error.to_string()))?;
    Ok(json + "\n")
}

/// Makes an earlier version the draft of whoever asks.
pub async fn take(permit: &Permit<EditPolicy>, house: &House, number: u32) -> Result<()> {
    let tx = house.stores.begin(permit).await?;
    let policy = version(&tx, number).await?.complete();
    let draft = PolicyDraft { policy, ..draft_of(&tx, user(permit)?).await? };
    draft::keep(permit, tx, draft).await
}

/// Makes a file the draft of whoever asks; what is wrong with it otherwise. A part that is not known is wrong: a file is
/// taken as a whole or not at all.
pub async fn bring_in(permit: &Permit<EditPolicy>, house: &House, bytes: &[u8]) -> Result<Vec<Wrong>> {
    let whole = |code| vec![Wrong { field: None, part: "", code }];
    if bytes.len() > FILE {
        return Ok(whole("policy-file-large"));
    }
    let Ok(policy) = serde_json::from_slice::<Policy>(bytes) else { return Ok(whole("policy-file")) };
    let policy = policy.complete();
    if let Err(wrong) = policy.catalogue(1) {
        return Ok(wrong);
    }
    let tx = house.stores.begin(permit).await?;
    for saved in tx.policies().await? {
        if let Err(wrong) = policy.keeps_kinds(&saved.policy) {
            return Ok(wrong);
        }
    }
    let draft = PolicyDraft { policy, ..draft_of(&tx, user(permit)?).await? };
    draft::keep(permit, tx, draft).await?;
    Ok(Vec::new())
}
