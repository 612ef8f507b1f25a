//! `/office/einstellungen/veroeffentlichen`: what is missing, bringing the directory online, taking it offline. Both
//! steps have a page of their own that says in numbers what will happen.

use access::actions::{PublishOffice, ReadChecklist};
use access::authorize;
use askama::Template;
use axum::extract::{Query, State};
use axum::http::Method;
use axum::response::{Html, IntoResponse, Redirect, Response};
use domain::office::Visibility;
use usecases::Error;
use usecases::office::{self, OfficeState};

use super::checklist::{self, Step};
use super::{Flash, visibility};
use crate::office::confirm::ConfirmPage;
use crate::page::Tone;
use crate::visit::SiteVisit;
use crate::{Granted, Lang, Page, Routes, WebError, WebState, html};

const PATH: &str = "/office/einstellungen/veroeffentlichen";
const ONLINE: &str = "/office/einstellungen/veroeffentlichen/online";
const OFFLINE: &str = "/office/einstellungen/veroeffentlichen/offline";

pub(crate) fn routes() -> Routes {
    Routes::new()
        .office::<ReadChecklist, _, _>(Method::GET, PATH, show)
        .office::<PublishOffice, _, _>(Method::GET, ONLINE, ask_online)
        .office::<PublishOffice, _, _>(Method::POST, ONLINE, online)
        .office::<PublishOffice, _, _>(Method::GET, OFFLINE, ask_offline)
        .office::<PublishOffice, _, _>(Method::POST, OFFLINE, offline)
}

#[derive(Template)]
#[template(path = "office/publishing.html")]
struct PublishingPage {
    page: Page,
    visibility: Visibility,
    state: &'static str,
    effect: String,
    address: String,
    steps: Vec<Step>,
    next: Option<Visibility>,
    may: bool,
}

/// What the present state means, in numbers.
fn effect(lang: Lang, office: &OfficeState) -> String {
    lang.tn(&format!("publish-effect-{}", office.visibility.code()), office.counts.published)
}

fn publishing_page(visit: &SiteVisit, state: &WebState, office: &OfficeState, may: bool) -> PublishingPage {
    let lang = visit.lang;
    PublishingPage {
        page: visit
            .page(lang.t("settings-publish"))
            .office()
            .back_to("/office/einstellungen", lang.t("settings-title")),
        visibility: office.visibility,
        state: visibility(lang, office.visibility),
        effect: effect(lang, office),
        address: state.config.office_origin(&visit.site.slug),
        steps: checklist::steps(lang, office),
        next: office.next(),
        may,
    }
}

async fn show(
    granted: Granted<ReadChecklist>,
    State(state): State<WebState>,
    visit: SiteVisit,
    Query(Flash { meldung }): Query<Flash>,
) -> Result<Html<String>, WebError> {
    let office = office::checklist(&granted, &state.house).await?;
    let may = authorize::<PublishOffice>(granted.principal()).is_ok();
    let mut page = publishing_page(&visit, &state, &office, may);
    page.page = page.page.flash(meldung.as_deref());
    html(&page)
}

/// The state behind a confirming page: whoever may publish may read the checklist.
async fn office_of(granted: &Granted<PublishOffice>, state: &WebState) -> Result<OfficeState, WebError> {
    let permit = authorize::<ReadChecklist>(granted.principal()).map_err(|_| WebError::Forbidden)?;
    Ok(office::checklist(&permit, &state.house).await?)
}

async fn ask_online(
    granted: Granted<PublishOffice>,
    State(state): State<WebState>,
    visit: SiteVisit,
) -> Result<Response, WebError> {
    let office = office_of(&granted, &state).await?;
    let Some(next) = office.next() else { return Ok(Redirect::to(PATH).into_response()) };
    let lang = visit.lang;
    let with_contact = office.counts.published.saturating_sub(office.counts.without_contact);
    let mut effects = vec![lang.tx(
        "publish-online-groups",
        [("count", office.counts.published.into()), ("address", state.config.office_origin(&visit.site.slug).into())],
    )];
    effects.push(lang.tn("publish-online-contacts", with_contact));
    effects.push(lang.tn("publish-online-office", office.counts.without_contact));
    effects.push(lang.t("publish-online-lights").to_owned());
    effects.push(lang.choice("publish-online-as", next.code()).to_owned());
    let page = ConfirmPage {
        page: visit.page(lang.t("publish-online-title")).office().back_to(PATH, lang.t("settings-publish")),
        effects,
        action: ONLINE.to_owned(),
        button: lang.t("publish-online-button"),
        danger: false,
        fields: Vec::new(),
    };
    Ok(html(&page)?.into_response())
}

async fn online(
    granted: Granted<PublishOffice>,
    State(state): State<WebState>,
    visit: SiteVisit,
) -> Result<Response, WebError> {
    match office::publish(&granted, &state.house).await {
        Ok(now) => Ok(Redirect::to(&format!("{PATH}?meldung=online-{}", now.code())).into_response()),
        // Something went missing since the page was shown: the list says what.
        Err(Error::Invalid(_)) => {
            let office = office_of(&granted, &state).await?;
            let mut page = publishing_page(&visit, &state, &office, true);
            page.page = page.page.notice(Tone::Error, visit.lang.t("publish-missing"));
            Ok((axum::http::StatusCode::CONFLICT, html(&page)?).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

async fn ask_offline(
    granted: Granted<PublishOffice>,
    State(state): State<WebState>,
    visit: SiteVisit,
) -> Result<Response, WebError> {
    let office = office_of(&granted, &state).await?;
    if !office.visibility.is_public() {
        return Ok(Redirect::to(PATH).into_response());
    }
    let lang = visit.lang;
    let page = ConfirmPage {
        page: visit.page(lang.t("publish-offline-title")).office().back_to(PATH, lang.t("settings-publish")),
        effects: vec![
            lang.tn("publish-offline-groups", office.counts.published),
            lang.t("publish-offline-page").to_owned(),
            lang.t("publish-offline-kept").to_owned(),
            lang.t("publish-offline-search").to_owned(),
        ],
        action: OFFLINE.to_owned(),
        button: lang.t("publish-offline-button"),
        danger: true,
        fields: Vec::new(),
    };
    Ok(html(&page)?.into_response())
}

async fn offline(granted: Granted<PublishOffice>, State(state): State<WebState>) -> Result<Response, WebError> {
    office::take_offline(&granted, &state.house).await?;
    Ok(Redirect::to(&format!("{PATH}?meldung=offline")).into_response())
}
