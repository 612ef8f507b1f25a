//! How an office reviews: whether a second colleague must agree before something red is opened, and reasons to reuse.

use access::Permit;
use access::actions::{EditPolicy, LoosenPolicy};
use domain::audit::AuditEvent;
use serde::{Deserialize, Serialize};
use storage::TenantTx;

use super::decide::REASON;
use super::take::reviewers;
use crate::{Error, House, Result};

const KEY: &str = "review";

/// Reasons an office keeps at most: a list that is longer is not read.
pub const REASONS: usize = 20;

/// How an office reviews.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewRules {
    /// Whether an item that is red is opened only when two colleagues say so.
    pub four_eyes: bool,
    /// Reasons for not taking something over, to choose from.
    pub reasons: Vec<String>,
}

pub(crate) async fn rules_of(tx: &TenantTx) -> Result<ReviewRules> {
    Ok(tx.setting(KEY).await?.unwrap_or_default())
}

/// How the office reviews, and how many colleagues can.
pub async fn rules(permit: &Permit<EditPolicy>, house: &House) -> Result<(ReviewRules, usize)> {
    let look = house.stores.look(permit).await?;
    Ok((rules_of(&look).await?, reviewers(&look).await?.len()))
}

/// Changes how the office reviews. Empty reasons and repeated ones are left out; at most [`REASONS`].
pub async fn save(permit: &Permit<LoosenPolicy>, house: &House, rules: ReviewRules) -> Result<()> {
    let mut reasons: Vec<String> = Vec::new();
    for reason in rules.reasons.iter().map(|reason| reason.trim()).filter(|reason| !reason.is_empty()) {
        if reason.chars().count() > REASON {
            return Err(Error::invalid("reasons", "too-long"));
        }
        if !reasons.iter().any(|known| known == reason) {
            reasons.push(reason.to_owned());
        }
    }
    if reasons.len() > REASONS {
        return Err(Error::invalid("reasons", "too-many-reasons"));
    }
    let tx = house.stores.begin(permit).await?;
    let next = ReviewRules { four_eyes: rules.four_eyes, reasons };
    let before = rules_of(&tx).await?;
    if next == before {
        return Ok(());
    }
    tx.put_setting(KEY, &next).await?;
    let mut said = vec![format!("{} reasons", next.reasons.len())];
    if next.four_eyes != before.four_eyes {
        said.push(if next.four_eyes { "four eyes on".to_owned() } else { "four eyes off".to_owned() });
    }
    tx.commit(AuditEvent::new("review.rules", "").summary(said.join(", "))).await?;
    Ok(())
}
