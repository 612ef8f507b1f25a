//! `/office/abgleich`: which groups are due, campaigns, letters, personal links.

mod campaign;
mod end;
mod group_interval;
mod interval;
mod letters;
mod link;
mod list;
mod progress;

use domain::CampaignId;
use domain::reconciliation::{Answerer, Shown, Step, Way};
use jiff::Timestamp;

use crate::{Lang, Routes};

/// Everything about it is below this.
pub(crate) const RECONCILIATION: &str = "/office/abgleich";

pub(crate) fn routes() -> Routes {
    Routes::new()
        .merge(list::routes())
        .merge(campaign::routes())
        .merge(progress::routes())
        .merge(end::routes())
        .merge(group_interval::routes())
        .merge(interval::routes())
        .merge(letters::routes())
        .merge(link::routes())
}

pub(crate) fn campaign_path(id: CampaignId) -> String {
    format!("{RECONCILIATION}/{id}")
}

/// A day, short.
fn day(lang: Lang, at: Timestamp) -> String {
    lang.date(at.to_zoned(domain::schedule::berlin()).date())
}

/// How far a group is, by which way, and who answered.
pub(crate) fn state(lang: Lang, shown: Shown, way: Way, answered: Option<Answerer>) -> String {
    let state = match (shown, way) {
        (Shown::Step(Step::Waiting), Way::Letter) => lang.t("reconcile-letter-waiting"),
        (Shown::Step(Step::Sent), Way::Letter) => lang.t("reconcile-letter-sent"),
        (Shown::Step(Step::Sent), Way::Hand) => lang.t("reconcile-hand-sent"),
        _ => lang.choice("reconcile-state", shown.code()),
    };
    match answered.filter(|_| matches!(shown, Shown::Step(step) if step.is_answered())) {
        Some(by) => format!("{state} ({})", lang.choice("reconcile-by", by.code())),
        None => state.to_owned(),
    }
}
