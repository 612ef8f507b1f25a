//! `…/neu` and `…/{provider}`: a provider is added or changed. The secret goes in and never comes out.

use access::actions::DecideSignOn;
use askama::Template;
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use domain::ProviderId;
use usecases::sign_on::providers::{self, Form as Typed, MOST_ROLES, Shown};
use usecases::{Error, Problem};
use zeroize::Zeroizing;

use super::{SIGN_ON, provider_of};
use crate::form::{Choice, Control, FormField, Sent, errors_of, problem};
use crate::office::people::role_word;
use crate::page::{Flash, Page, html};
use crate::visit::Visit;
use crate::{Granted, Routes, WebError, WebState};

const NEW: &str = "/office/einstellungen/anmeldung/neu";
const ONE: &str = "/office/einstellungen/anmeldung/{provider}";
/// Rows for values and roles beside those that are filled in.
const SPARE_ROWS: usize = 2;

pub(super) fn routes() -> Routes {
    Routes::new()
        .office::<DecideSignOn, _, _>(Method::GET, NEW, show_new)
        .office::<DecideSignOn, _, _>(Method::POST, NEW, add)
        .office::<DecideSignOn, _, _>(Method::GET, ONE, show)
        .office::<DecideSignOn, _, _>(Method::POST, ONE, save)
}

#[derive(Template)]
#[template(path = "office/sign_on_form.html")]
struct ProviderPage {
    page: Page,
    problem: Option<&'static str>,
    errors: Vec<(String, String)>,
    /// The addresses to register and the links of a provider there is.
    known: Option<Known>,
    basic: Vec<FormField>,
    roles: Vec<[FormField; 2]>,
    claim: FormField,
    rest: Vec<FormField>,
}

struct Known {
    issuer: String,
    redirect_uri: String,
    after_logout: String,
    base: String,
}

async fn page(
    granted: &Granted<DecideSignOn>,
    state: &WebState,
    visit: &Visit,
    (known, typed): (Option<Shown>, &Typed),
    problems: &[Problem],
) -> Result<ProviderPage, WebError> {
    let lang = visit.lang;
    let wrong = |field: &str| problem(lang, problems, field);
    let mut basic = vec![
        FormField::new("name", lang.t("sign-on-name"))
            .hint(lang.t("sign-on-name-hint"))
            .width("w-20")
            .value(&typed.name)
            .error(wrong("name")),
    ];
    if known.is_none() {
        let issuer = FormField::new("issuer", lang.t("sign-on-issuer")).hint(lang.t("sign-on-issuer-hint"));
        basic.push(issuer.control(Control::Input("url")).value(&typed.issuer).error(wrong("issuer")));
    }
    basic.push(
        FormField::new("client_id", lang.t("sign-on-client-id"))
            .hint(lang.t("sign-on-client-id-hint"))
            .value(&typed.client_id)
            .error(wrong("client_id")),
    );
    let secret = FormField::new("client_secret", lang.t("sign-on-secret"))
        .control(Control::Input("password"))
        .autocomplete("off")
        .error(wrong("client_secret"));
    basic.push(if known.is_some() {
        secret.hint(lang.t("sign-on-secret-kept")).optional()
    } else {
        secret.hint(lang.t(if problems.is_empty() { "sign-on-secret-hint" } else { "sign-on-secret-again" }))
    });
    let choices = providers::role_choices(granted, &state.house).await?;
    let rows = (typed.roles.len() + SPARE_ROWS).clamp(3, MOST_ROLES);
    let roles = (0..rows).map(|row| {
        let (value, role) = typed.roles.get(row).map_or(("", ""), |(value, role)| (value.as_str(), role.as_str()));
        let offered = choices
            .iter()
            .map(|(known, name)| Choice::new(known.code(), role_word(lang, *known, name.as_deref()), role));
        let nothing = Choice::new("", lang.t("sign-on-role-choose"), role);
        let number = (row + 1).to_string();
        [
            FormField::new(format!("value-{row}"), lang.t1("sign-on-value", "number", number.clone()))
                .value(value)
                .optional()
                .error(wrong(&format!("value-{row}"))),
            FormField::new(format!("role-{row}"), lang.t1("sign-on-role", "number", number))
                .control(Control::Select(std::iter::once(nothing).chain(offered).collect()))
                .optional()
                .error(wrong(&format!("role-{row}"))),
        ]
    });
    let roles: Vec<[FormField; 2]> = roles.collect();
    let claim = FormField::new("claim", lang.t("sign-on-claim"))
        .hint(lang.t("sign-on-claim-hint"))
        .width("w-20")
        .value(&typed.claim)
        .optional()
        .error(wrong("claim"));
    let mut admits = Choice::new("yes", lang.t("sign-on-admits-yes"), "");
    admits.chosen = typed.admits;
    let rest = vec![
        FormField::new("admits", lang.t("sign-on-admits"))
            .hint(lang.t("sign-on-admits-hint"))
            .control(Control::Checks(vec![admits]))
            .optional()
            .error(wrong("admits")),
        FormField::new("second_factor", lang.t("sign-on-factor"))
            .hint(lang.t("sign-on-factor-hint"))
            .control(Control::Area { rows: 3 })
            .value(&typed.second_factor)
            .optional()
            .error(wrong("second_factor")),
    ];
    let title = known.as_ref().map_or_else(|| lang.t("sign-on-new").to_owned(), |known| known.form.name.clone());
    let all = basic.iter().chain(std::iter::once(&claim)).chain(roles.iter().flatten()).chain(&rest);
    Ok(ProviderPage {
        page: visit.page(title).office().back_to(SIGN_ON, lang.t("sign-on-title")),
        problem: wrong(""),
        errors: errors_of(all),
        known: known.map(|known| Known {
            issuer: known.form.issuer,
            redirect_uri: known.redirect_uri,
            after_logout: known.after_logout,
            base: format!("{SIGN_ON}/{}", known.id),
        }),
        basic,
        roles,
        claim,
        rest,
    })
}

fn read(sent: &Sent) -> Typed {
    let one = |name: &str| sent.one(name).to_owned();
    let rows = (0..MOST_ROLES).map(|row| (one(&format!("value-{row}")), one(&format!("role-{row}"))));
    let mut roles: Vec<(String, String)> = rows.collect();
    let filled = roles.iter().rposition(|(value, _)| !value.trim().is_empty()).map_or(0, |last| last + 1);
    roles.truncate(filled);
    Typed {
        name: one("name"),
        issuer: one("issuer"),
        client_id: one("client_id"),
        client_secret: Zeroizing::new(one("client_secret")),
        claim: one("claim"),
        roles,
        admits: sent.one("admits") == "yes",
        second_factor: one("second_factor"),
    }
}

async fn show_new(
    granted: Granted<DecideSignOn>,
    State(state): State<WebState>,
    visit: Visit,
) -> Result<Response, WebError> {
    Ok(html(&page(&granted, &state, &visit, (None, &Typed::default()), &[]).await?)?.into_response())
}

async fn add(
    granted: Granted<DecideSignOn>,
    State(state): State<WebState>,
    visit: Visit,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    let typed = read(&Sent(sent));
    match providers::add(&granted, &state.house, &typed).await {
        Ok(id) => Ok(Redirect::to(&format!("{SIGN_ON}/{id}?meldung=anbieter-neu")).into_response()),
        Err(Error::Invalid(problems)) => {
            let page = page(&granted, &state, &visit, (None, &typed), &problems).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&page)?).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

async fn show(
    granted: Granted<DecideSignOn>,
    State(state): State<WebState>,
    visit: Visit,
    Path(provider): Path<String>,
    Query(Flash { meldung }): Query<Flash>,
) -> Result<Response, WebError> {
    let known = shown(&granted, &state, &provider).await?;
    let typed = known.form.clone();
    let mut page = page(&granted, &state, &visit, (Some(known), &typed), &[]).await?;
    page.page = page.page.flash(meldung.as_deref());
    Ok(html(&page)?.into_response())
}

async fn shown(granted: &Granted<DecideSignOn>, state: &WebState, id: &str) -> Result<Shown, WebError> {
    let id: ProviderId = provider_of(id)?;
    Ok(providers::provider(granted, &state.house, id).await?)
}

async fn save(
    granted: Granted<DecideSignOn>,
    State(state): State<WebState>,
    visit: Visit,
    Path(provider): Path<String>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    let known = shown(&granted, &state, &provider).await?;
    let typed = read(&Sent(sent));
    match providers::save(&granted, &state.house, known.id, &typed).await {
        Ok(()) => Ok(Redirect::to(&format!("{SIGN_ON}/{}?meldung=gespeichert", known.id)).into_response()),
        Err(Error::Invalid(problems)) => {
            let page = page(&granted, &state, &visit, (Some(known), &typed), &problems).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&page)?).into_response())
        }
        Err(error) => Err(error.into()),
    }
}
