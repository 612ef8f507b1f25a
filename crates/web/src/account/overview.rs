//! `/konto`: who one is here, how one logs in, and where one is logged in.

use access::actions::ManageOwnAccount;
use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, Method, header};
use axum::response::{IntoResponse, Redirect, Response};
use domain::Language;
use serde::Deserialize;
use usecases::account::own::{self, OwnAccount};
use usecases::sign_on::own::Connection;
use usecases::{Error, Problem, sign_on};

use super::ACCOUNT;
use crate::form::{Choice, Control, FormField, errors_of, problem, wrong};
use crate::office::groups::words::moment;
use crate::office::people::role_word;
use crate::page::{Flash, Page, html};
use crate::visit::Visit;
use crate::{Granted, Lang, Routes, WebError, WebState, cookies};

pub(crate) fn routes() -> Routes {
    Routes::new().office::<ManageOwnAccount, _, _>(Method::GET, ACCOUNT, show).office::<ManageOwnAccount, _, _>(
        Method::POST,
        ACCOUNT,
        save,
    )
}

#[derive(Template)]
#[template(path = "account/overview.html")]
struct AccountPage {
    page: Page,
    errors: Vec<(String, String)>,
    name: FormField,
    language: FormField,
    email: String,
    new_email: Option<String>,
    role: String,
    second_factor: bool,
    codes: String,
    few_codes: bool,
    logins: Vec<LoginLine>,
    connections: Vec<ConnectionLine>,
}

/// A provider of single sign-on.
struct ConnectionLine {
    name: String,
    /// What one is called there and when one last came from there; none if it is not connected.
    connected: Option<String>,
    base: String,
}

struct LoginLine {
    device: String,
    since: String,
    seen: String,
    this: bool,
    end: String,
}

#[derive(Deserialize)]
struct Typed {
    #[serde(default)]
    name: String,
    /// Empty: as the browser asks.
    #[serde(default)]
    sprache: String,
}

fn page(
    visit: &Visit,
    (account, connections): (OwnAccount, Vec<Connection>),
    typed: Option<&Typed>,
    problems: &[Problem],
) -> AccountPage {
    let lang = visit.lang;
    let name = FormField::new("name", lang.t("invitation-name"))
        .autocomplete("name")
        .width("w-20")
        .value(typed.map_or(&*account.name, |typed| &*typed.name))
        .error(problem(lang, problems, "name"));
    let chosen = typed.map_or(account.language.map_or("", Language::code), |typed| &*typed.sprache);
    let mut languages = vec![Choice::new("", lang.t("account-language-browser"), chosen)];
    languages.extend(Lang::ALL.map(|one| Choice::new(one.code(), one.own_name(), chosen)));
    let language = FormField::new("sprache", lang.t("account-language"))
        .hint(lang.t("account-language-hint"))
        .control(Control::Select(languages))
        .width("w-20");
    let codes = usize::try_from(account.recovery_codes).unwrap_or_default();
    let logins = account.logins.into_iter().map(|login| LoginLine {
        device: if login.device.is_empty() { lang.t("account-device-unknown").to_owned() } else { login.device },
        since: moment(lang, login.since),
        seen: moment(lang, login.seen),
        this: login.this,
        end: format!("{ACCOUNT}/anmeldungen/{}/beenden", login.id),
    });
    AccountPage {
        page: visit.page(lang.t("account-title")).office(),
        errors: errors_of(std::slice::from_ref(&name)),
        name,
        language,
        email: account.email.as_str().to_owned(),
        new_email: account.new_email.map(|email| lang.t1("account-email-waits", "email", email.as_str().to_owned())),
        role: role_word(lang, account.role, account.role_name.as_deref()),
        second_factor: account.second_factor,
        codes: lang.tn("account-codes-left", codes),
        few_codes: codes < 3,
        logins: logins.collect(),
        connections: connections.into_iter().map(|connection| line(lang, connection)).collect(),
    }
}

fn line(lang: Lang, connection: Connection) -> ConnectionLine {
    let Connection { provider, name, connected } = connection;
    let connected = connected.map(|(label, used)| match used {
        Some(at) => lang.tx("account-connected-used", [("label", label.into()), ("at", moment(lang, at).into())]),
        None => label,
    });
    ConnectionLine { name, connected, base: format!("{ACCOUNT}/sso/{provider}") }
}

async fn read(
    granted: &Granted<ManageOwnAccount>,
    state: &WebState,
    headers: &HeaderMap,
) -> Result<(OwnAccount, Vec<Connection>), WebError> {
    let token = cookies::SESSION.read(headers).unwrap_or_default();
    let account = own::account(granted, &state.house, token).await?;
    Ok((account, sign_on::own::connections(granted, &state.house).await?))
}

async fn show(
    granted: Granted<ManageOwnAccount>,
    State(state): State<WebState>,
    visit: Visit,
    Query(Flash { meldung }): Query<Flash>,
    headers: HeaderMap,
) -> Result<Response, WebError> {
    let mut page = page(&visit, read(&granted, &state, &headers).await?, None, &[]);
    page.page = page.page.flash(meldung.as_deref());
    Ok(html(&page)?.into_response())
}

async fn save(
    granted: Granted<ManageOwnAccount>,
    State(state): State<WebState>,
    visit: Visit,
    headers: HeaderMap,
    Form(typed): Form<Typed>,
) -> Result<Response, WebError> {
    let language = Language::from_code(&typed.sprache);
    match own::change_profile(&granted, &state.house, &typed.name, language).await {
        Ok(()) => {
            let mut response = Redirect::to(&format!("{ACCOUNT}?meldung=gespeichert")).into_response();
            if let Some(cookie) = language.and_then(|language| cookies::LANG.set(language.code())) {
                response.headers_mut().append(header::SET_COOKIE, cookie);
            }
            Ok(response)
        }
        Err(Error::Invalid(problems)) => {
            let page = page(&visit, read(&granted, &state, &headers).await?, Some(&typed), &problems);
            wrong(&page)
        }
        Err(error) => Err(error.into()),
    }
}
