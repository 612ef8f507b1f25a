//! The checklist of an office in words, each point with the page where it is done.

use access::Right;
use domain::office::Checklist;
use usecases::office::OfficeState;

use crate::Lang;

/// A point of the checklist.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    /// Whether it is done.
    pub(crate) done: bool,
    /// What it is about.
    pub(crate) title: &'static str,
    /// What is there, or what to do.
    pub(crate) text: String,
    /// Where it is done.
    pub(crate) href: &'static str,
    /// Who may do it there.
    pub(crate) right: Right,
    /// Whether nothing is public without it.
    pub(crate) must: bool,
}

/// All points, in the order in which an office does them.
pub(crate) fn steps(lang: Lang, office: &OfficeState) -> Vec<Step> {
    let Checklist { imprint, privacy, reachable, group, contract } = office.checklist;
    let text =
        |done: bool, name: &str| lang.t(&format!("check-{name}-{}", if done { "done" } else { "open" })).to_owned();
    let groups = if group { lang.tn("check-group-done", office.counts.published) } else { text(false, "group") };
    let contract_text = match office.contract {
        Some(date) => lang.t1("check-contract-done", "date", lang.date(date)),
        None => text(false, "contract"),
    };
    vec![
        Step {
            done: imprint,
            title: lang.t("check-imprint"),
            text: text(imprint, "imprint"),
            href: "/office/einstellungen/texte#imprint",
            right: Right::EditTexts,
            must: true,
        },
        Step {
            done: privacy,
            title: lang.t("check-privacy"),
            text: text(privacy, "privacy"),
            href: "/office/einstellungen/texte#privacy",
            right: Right::EditTexts,
            must: true,
        },
        Step {
            done: reachable,
            title: lang.t("check-reachable"),
            text: text(reachable, "reachable"),
            href: "/office/einstellungen/kontaktstelle#phone",
            right: Right::EditTexts,
            must: true,
        },
        Step {
            done: group,
            title: lang.t("check-group"),
            text: groups,
            href: if office.counts.groups() == 0 { "/office/import" } else { "/office/gruppen" },
            right: if office.counts.groups() == 0 { Right::ImportLists } else { Right::SeeGroups },
            must: true,
        },
        Step {
            done: contract,
            title: lang.t("check-contract"),
            text: contract_text,
            href: "/office/einstellungen/vertrag",
            right: Right::Contract,
            must: false,
        },
        Step {
            done: office.recovery_sheet.is_some(),
            title: lang.t("check-sheet"),
            text: text(office.recovery_sheet.is_some(), "sheet"),
            href: super::recovery_sheet::PATH,
            right: Right::ManagePeople,
            must: false,
        },
    ]
}
