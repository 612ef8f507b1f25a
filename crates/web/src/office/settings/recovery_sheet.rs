//! `/office/einstellungen/notfallblatt`: the office's recovery share, shown once, printed, and tested by typing its end back.

use access::actions::DecideAccess;
use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use jiff::Timestamp;
use serde::Deserialize;
use usecases::people::recovery::{self, ShareState};
use usecases::{Error, Problem};
use zeroize::Zeroizing;

use crate::entrance::picture;
use crate::form::{FormField, errors_of, problem};
use crate::office::groups::words::moment;
use crate::page::{Page, Tone, html};
use crate::visit::Visit;
use crate::{Granted, Routes, WebError, WebState};

pub(super) const PATH: &str = "/office/einstellungen/notfallblatt";
const TEST: &str = "/office/einstellungen/notfallblatt/pruefen";

pub(crate) fn routes() -> Routes {
    Routes::new()
        .office::<DecideAccess, _, _>(Method::GET, PATH, show)
        .office::<DecideAccess, _, _>(Method::POST, PATH, make)
        .office::<DecideAccess, _, _>(Method::POST, TEST, test)
}

/// The share, while it can be seen.
struct Sheet {
    share: Zeroizing<String>,
    qr: String,
    office: String,
    address: String,
    on: String,
}

#[derive(Template)]
#[template(path = "office/recovery_sheet.html")]
struct SheetPage {
    page: Page,
    /// When the one in force was tested.
    made: Option<String>,
    sheet: Option<Sheet>,
    /// The end to type back, while one waits for it.
    ending: Option<FormField>,
    errors: Vec<(String, String)>,
}

async fn page(
    granted: &Granted<DecideAccess>,
    state: &WebState,
    visit: &Visit,
    sheet: Option<Sheet>,
    problems: &[Problem],
) -> Result<SheetPage, WebError> {
    let lang = visit.lang;
    let ShareState { made_at, shown } = recovery::share(granted, &state.house).await?;
    let ending = shown.then(|| {
        FormField::new("ending", lang.t("sheet-ending"))
            .hint(lang.t("sheet-ending-hint"))
            .autocomplete("off")
            .width("w-10")
            .error(problem(lang, problems, "ending"))
    });
    Ok(SheetPage {
        page: visit.page(lang.t("settings-sheet")).office().back_to("/office/einstellungen", lang.t("settings-title")),
        made: made_at.map(|at: Timestamp| moment(lang, at)),
        sheet,
        errors: errors_of(ending.as_ref()),
        ending,
    })
}

async fn show(
    granted: Granted<DecideAccess>,
    State(state): State<WebState>,
    visit: Visit,
) -> Result<Response, WebError> {
    Ok(html(&page(&granted, &state, &visit, None, &[]).await?)?.into_response())
}

async fn make(
    granted: Granted<DecideAccess>,
    State(state): State<WebState>,
    visit: Visit,
) -> Result<Response, WebError> {
    let share = recovery::make_share(&granted, &state.house).await?;
    let crate::visit::Place::Office(site) = &visit.place else { return Err(WebError::NotFound) };
    let sheet = Sheet {
        qr: picture(&share)?,
        share,
        office: site.profile.name.clone(),
        address: state.config.office_origin(&site.slug),
        on: moment(visit.lang, state.clock.now()),
    };
    Ok(html(&page(&granted, &state, &visit, Some(sheet), &[]).await?)?.into_response())
}

#[derive(Deserialize)]
struct Typed {
    #[serde(default)]
    ending: String,
}

async fn test(
    granted: Granted<DecideAccess>,
    State(state): State<WebState>,
    visit: Visit,
    Form(Typed { ending }): Form<Typed>,
) -> Result<Response, WebError> {
    match recovery::test_share(&granted, &state.house, &ending).await {
        Ok(()) => Ok(Redirect::to("/office/einstellungen?meldung=notfallblatt").into_response()),
        Err(Error::Invalid(problems)) => {
            let page = page(&granted, &state, &visit, None, &problems).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&page)?).into_response())
        }
        Err(Error::Throttled(_)) => {
            let mut page = page(&granted, &state, &visit, None, &[]).await?;
            page.page = page.page.notice(Tone::Error, visit.lang.t("sheet-too-often"));
            Ok((StatusCode::TOO_MANY_REQUESTS, html(&page)?).into_response())
        }
        Err(error) => Err(error.into()),
    }
}
