//! `/office/abgleich`: which groups are due, campaigns, letters, personal links.

mod campaign;
mod interval;
mod letters;
mod link;
mod list;
mod progress;

use domain::CampaignId;
use domain::reconciliation::{Answerer, Shown};
use jiff::Timestamp;

use crate::{Lang, Routes};

/// Everything about it is below this.
pub(crate) const RECONCILIATION: &str = "/office/abgleich";

pub(crate) fn routes() -> Routes {
    Routes::new()
        .merge(list::routes())
        .merge(campaign::routes())
        .merge(progress::routes())
        .merge(interval::routes())
        .merge(letters::routes())
        .merge(link::routes())
}

fn campaign_path(id: CampaignId) -> String {
    format!("{RECONCILIATION}/{id}")
}

/// A day, short.
fn day(lang: Lang, at: Timestamp) -> String {
    lang.date(at.to_zoned(domain::schedule::berlin()).date())
}

/// How far a group is, and who answered.
fn state(lang: Lang, shown: Shown, answered: Option<Answerer>) -> String {
    let state = lang.choice("reconcile-state", shown.code());
    match answered.filter(|_| matches!(shown, Shown::Step(step) if step.is_answered())) {
        Some(by) => format!("{state} ({})", lang.choice("reconcile-by", by.code())),
        None => state.to_owned(),
    }
}
