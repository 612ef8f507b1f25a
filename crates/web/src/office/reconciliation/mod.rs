//! `/office/abgleich`: which groups are due, campaigns, letters, personal links.

mod campaign;
mod interval;
mod letters;
mod link;
mod list;
mod progress;

use domain::CampaignId;
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
