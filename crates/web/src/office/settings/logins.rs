//! `/office/einstellungen/zweiter-faktor`: whether group admins need a second factor, too.

use access::actions::DecideAccess;
use axum::Form;
use axum::extract::State;
use axum::http::Method;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use usecases::people::demands::{self, Demanded};

use crate::form::{Choice, Control, FormField, FormPage};
use crate::visit::Visit;
use crate::{Granted, Routes, WebError, WebState};

pub(super) const PATH: &str = "/office/einstellungen/zweiter-faktor";

pub(crate) fn routes() -> Routes {
    Routes::new().office::<DecideAccess, _, _>(Method::GET, PATH, show).office::<DecideAccess, _, _>(
        Method::POST,
        PATH,
        decide,
    )
}

#[derive(Deserialize)]
struct Typed {
    #[serde(default)]
    factor: String,
}

async fn show(
    granted: Granted<DecideAccess>,
    State(state): State<WebState>,
    visit: Visit,
) -> Result<Response, WebError> {
    let lang = visit.lang;
    let now = demands::demands(&granted, &state.house).await?;
    let current = if now.of_group_admins == Demanded::Yes { "yes" } else { "no" };
    let choices = ["no", "yes"].map(|code| Choice::new(code, lang.choice("logins-factor", code), current));
    let field = FormField::new("factor", lang.t("logins-factor"))
        .hint(lang.tn("logins-factor-hint", now.without))
        .control(Control::Radios(choices.into()));
    let page =
        visit.page(lang.t("settings-logins")).office().back_to("/office/einstellungen", lang.t("settings-title"));
    FormPage::new(page, lang.t("settings-logins-does"), vec![field], lang.t("logins-save")).answer()
}

async fn decide(
    granted: Granted<DecideAccess>,
    State(state): State<WebState>,
    Form(Typed { factor }): Form<Typed>,
) -> Result<Response, WebError> {
    let demanded = if factor == "yes" { Demanded::Yes } else { Demanded::No };
    demands::decide(&granted, &state.house, demanded).await?;
    Ok(Redirect::to("/office/einstellungen?meldung=gespeichert").into_response())
}
