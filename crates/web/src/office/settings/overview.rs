//! `/office/einstellungen`: every page of settings with what it does in one sentence and what it does now in numbers.

use access::actions::{
    DecideAccess, EditOfficeProfile, EditPolicy, ReadChecklist, ReadSignOn, ReadSupport, RecordContract,
};
use access::{Action, Denied, Principal, authorize};
use askama::Template;
use axum::extract::{Query, State};
use axum::http::Method;
use axum::response::Html;
use usecases::office::{self, OfficeState};

use super::sign_on::SIGN_ON;
use super::{Flash, visibility};
use crate::office::groups::words::moment;
use crate::{Granted, Lang, Page, Routes, Visit, WebError, WebState, html};

pub(crate) fn routes() -> Routes {
    Routes::new().office::<ReadChecklist, _, _>(Method::GET, "/office/einstellungen", overview)
}

/// A page of settings.
struct Setting {
    href: Option<&'static str>,
    title: &'static str,
    does: &'static str,
    now: String,
}

#[derive(Template)]
#[template(path = "office/settings.html")]
struct OverviewPage {
    page: Page,
    settings: Vec<Setting>,
    some_closed: bool,
}

async fn overview(
    granted: Granted<ReadChecklist>,
    State(state): State<WebState>,
    visit: Visit,
    Query(Flash { meldung }): Query<Flash>,
) -> Result<Html<String>, WebError> {
    let office = office::checklist(&granted, &state.house).await?;
    let settings = settings(visit.lang, granted.principal(), &office, visit.notes().support.len());
    html(&OverviewPage {
        page: visit.page(visit.lang.t("settings-title")).office().flash(meldung.as_deref()),
        some_closed: settings.iter().any(|setting| setting.href.is_none()),
        settings,
    })
}

/// The page, if its action is open to this person.
fn open<A: Action>(principal: &Principal, href: &'static str) -> Option<&'static str> {
    // A proof that is not fresh is asked for there.
    let open = matches!(authorize::<A>(principal), Ok(_) | Err(Denied::Proof(_)));
    open.then_some(href)
}

fn settings(lang: Lang, principal: &Principal, office: &OfficeState, support: usize) -> Vec<Setting> {
    let setting = |href, name: &str, now| Setting {
        href,
        title: lang.t(&format!("settings-{name}")),
        does: lang.t(&format!("settings-{name}-does")),
        now,
    };
    let profile = &office.profile;
    let filled = [
        &profile.name,
        &profile.carrier,
        &profile.street,
        &profile.postcode,
        &profile.town,
        &profile.phone,
        &profile.email,
        &profile.hours,
        &profile.about,
    ];
    let filled = (filled.iter().filter(|text| !text.is_empty()).count(), filled.len());
    let texts = [office.checklist.imprint, office.checklist.privacy, !profile.notice.is_empty()];
    let written = texts.into_iter().filter(|written| *written).count();
    let of = |key: &str, (some, all): (usize, usize)| lang.tx(key, [("count", some.into()), ("all", all.into())]);
    let contract = match office.contract {
        Some(date) => lang.t1("settings-contract-now", "date", lang.date(date)),
        None => lang.t("settings-contract-none").to_owned(),
    };
    let online = lang.tx(
        "settings-publish-now",
        [
            ("state", visibility(lang, office.visibility).into()),
            ("count", (if office.visibility.is_public() { office.counts.published } else { 0 }).into()),
        ],
    );
    vec![
        setting(
            open::<EditOfficeProfile>(principal, "/office/einstellungen/kontaktstelle"),
            "profile",
            of("settings-profile-now", filled),
        ),
        setting(
            open::<EditOfficeProfile>(principal, "/office/einstellungen/texte"),
            "texts",
            of("settings-texts-now", (written, texts.len())),
        ),
        setting(
            open::<EditPolicy>(principal, super::policy::POLICY),
            "policy",
            match office.policy {
                0 => lang.t("settings-policy-built-in").to_owned(),
                version => lang.t1("settings-policy-now", "version", version.to_string()),
            },
        ),
        setting(
            open::<EditPolicy>(principal, super::review::PATH),
            "review",
            lang.choice("settings-review-now", if office.four_eyes { "yes" } else { "no" }).to_owned(),
        ),
        setting(open::<RecordContract>(principal, "/office/einstellungen/vertrag"), "contract", contract),
        setting(open::<ReadSignOn>(principal, SIGN_ON), "sign-on", lang.tn("settings-sign-on-now", office.providers)),
        setting(
            open::<DecideAccess>(principal, super::logins::PATH),
            "logins",
            lang.choice("settings-logins-now", if office.group_admins_need_factor { "yes" } else { "no" }).to_owned(),
        ),
        setting(
            open::<DecideAccess>(principal, super::recovery_sheet::PATH),
            "sheet",
            match office.recovery_sheet {
                Some(at) => lang.t1("settings-sheet-now", "date", moment(lang, at)),
                None => lang.t("settings-sheet-none").to_owned(),
            },
        ),
        // Everyone may see what is missing; only the lead can press the button.
        setting(Some("/office/einstellungen/veroeffentlichen"), "publish", online),
        setting(
            open::<ReadSupport>(principal, "/office/unterstuetzung"),
            "support",
            lang.tn("settings-support-now", support),
        ),
    ]
}
