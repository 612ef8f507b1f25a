//! Where an office stands: its checklist, its visibility and its numbers.

use access::actions::{ReadChecklist, ReadToday};
use access::{Action, Permit};
use domain::office::{Checklist, OfficeProfile, Regime, Visibility};
use jiff::Timestamp;
use jiff::civil::Date;
use storage::TenantTx;
use storage::tenant::OfficeCounts;
use storage::tenant::settings::REGIME;

use super::suggestion::GAP;
use crate::account::factors::group_admins_need_one;
use crate::consents::guide::soon;
use crate::groups::edit;
use crate::groups::list::lacking;
use crate::people::recovery::share_made_at;
use crate::reconciliation::overview::{Waiting, count_waiting};
use crate::review::rules::rules_of;
use crate::{House, Result};

/// Where an office stands.
#[derive(Clone, Debug)]
pub struct OfficeState {
    /// Whether the public can see the directory.
    pub visibility: Visibility,
    /// What is there and what is missing before it is public.
    pub checklist: Checklist,
    /// Its numbers.
    pub counts: OfficeCounts,
    /// Its data protection law.
    pub regime: Option<Regime>,
    /// When its processing contract was concluded, if it is recorded.
    pub contract: Option<Date>,
    /// How many providers of single sign-on it trusts.
    pub providers: usize,
    /// When its recovery share was printed and tested, if it was.
    pub recovery_sheet: Option<Timestamp>,
    /// Which version of its light policy is in force; 0: the product's own.
    pub policy: u32,
    /// Whether group admins need a second factor.
    pub group_admins_need_factor: bool,
    /// How many change requests wait.
    pub requests: usize,
    /// Whether something red is opened only when two colleagues say so.
    pub four_eyes: bool,
    /// How many suggested groups wait.
    pub suggestions: usize,
    /// How many groups are to check their data and were not asked.
    pub to_reconcile: Waiting,
    /// How many groups agreed to something being passed on that was not yet.
    pub agreed: usize,
    /// How many groups lack something that the policy requires.
    pub lacking: usize,
    /// How many consents end soon.
    pub consents_ending: u64,
    /// How many group admins propose a successor.
    pub successions: usize,
    /// What it says about itself.
    pub profile: OfficeProfile,
}

impl OfficeState {
    /// The state the directory gets when it is published now; none if something is missing or it is in that state.
    pub fn next(&self) -> Option<Visibility> {
        self.checklist.allows().filter(|next| *next != self.visibility)
    }
}

/// What is missing before the office can go live, and its numbers.
pub async fn checklist(permit: &Permit<ReadChecklist>, house: &House) -> Result<OfficeState> {
    read(permit, house).await
}

/// What waits today. Numbers only; of what is sealed only open proposals and the days of confirmations are read, to count.
pub async fn today(permit: &Permit<ReadToday>, house: &House) -> Result<OfficeState> {
    read(permit, house).await
}

async fn read<A: Action>(permit: &Permit<A>, house: &House) -> Result<OfficeState> {
    let contract = contract_date(permit, house).await?;
    let tx = house.stores.look(permit).await?;
    let site = tx.site().await?;
    let counts = tx.counts().await?;
    Ok(OfficeState {
        visibility: site.visibility,
        checklist: checklist_of(&site.profile, &counts, contract),
        counts,
        regime: regime(&tx).await?,
        contract,
        providers: tx.count_providers().await?,
        recovery_sheet: share_made_at(&tx).await?,
        policy: tx.catalogue().await?.version(),
        group_admins_need_factor: group_admins_need_one(&tx).await?,
        requests: tx.waiting_requests().await?.len(),
        four_eyes: rules_of(&tx).await?.four_eyes,
        suggestions: tx.count_suggestions().await?,
        to_reconcile: count_waiting(&tx, house).await?,
        agreed: tx.count_agreed_disclosures().await?,
        lacking: lacking(&tx).await?.len(),
        consents_ending: tx.count_consents_ending(soon(edit::today(house))).await?,
        successions: tx.proposals().await?.len(),
        profile: site.profile,
    })
}

pub(super) async fn contract_date<A: Action>(permit: &Permit<A>, house: &House) -> Result<Option<Date>> {
    Ok(house.stores.platform_look().await?.contract_date(permit.tenant()).await?)
}

pub(super) async fn regime(tx: &TenantTx) -> Result<Option<Regime>> {
    Ok(tx.setting(REGIME).await?)
}

/// Whether a text is there and nothing that a suggestion left open is still in it.
pub(super) fn is_written(text: &str) -> bool {
    !text.trim().is_empty() && !text.contains(GAP)
}

pub(super) fn checklist_of(profile: &OfficeProfile, counts: &OfficeCounts, contract: Option<Date>) -> Checklist {
    Checklist {
        imprint: is_written(&profile.imprint),
        privacy: is_written(&profile.privacy),
        reachable: !(profile.phone.trim().is_empty() && profile.email.trim().is_empty()),
        group: counts.published > 0,
        contract: contract.is_some(),
    }
}
