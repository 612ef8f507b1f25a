//! `/bestaetigen`: once more the app's code or a passkey (or, without either, the password) before something grave.

use access::actions::ProveAgain;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, Method};
use axum::response::{IntoResponse, Redirect, Response};
use jiff::Timestamp;
use serde::Deserialize;
use usecases::account::own::{self, Proof};
use usecases::account::passkeys;
use usecases::{Error, Problem, sign_on};
use zeroize::Zeroizing;

use super::ACCOUNT;
use crate::entrance::{buttons_to, with_token};
use crate::form::{Control, FormField, FormPage, problem};
use crate::granted::{PROOF, PROVEN};
use crate::page::NavLink;
use crate::passkey::{Answered, Ask, PasskeyForm, with_ceremony};
use crate::switch_language::is_own_path;
use crate::visit::Visit;
use crate::{Granted, Routes, WebError, WebState, cookies};

const PASSKEY: &str = "/bestaetigen/passkey";

pub(crate) fn routes() -> Routes {
    Routes::new()
        .office::<ProveAgain, _, _>(Method::GET, PROOF, show)
        .office::<ProveAgain, _, _>(Method::POST, PROOF, prove)
        .office::<ProveAgain, _, _>(Method::POST, PASSKEY, prove_with_passkey)
        .office::<ProveAgain, _, _>(Method::GET, PROVEN, proven)
}

#[derive(Deserialize)]
pub(super) struct GoOn {
    #[serde(default)]
    pub(super) weiter: String,
}

#[derive(Deserialize)]
struct Typed {
    #[serde(default)]
    code: String,
    #[serde(default)]
    password: String,
}

/// The page with what its user can prove it with: an app, passkeys, or the password.
async fn form(
    granted: &Granted<ProveAgain>,
    state: &WebState,
    visit: &Visit,
    go_on: &GoOn,
    problems: &[Problem],
    wait: Option<Timestamp>,
) -> Result<Response, WebError> {
    let lang = visit.lang;
    let ways = own::proof_ways(granted, &state.house).await?;
    let ceremony = passkeys::ask_to_prove(granted, &state.house).await?;
    let (lead, fields) = if ways.code {
        let field = FormField::new("code", lang.t("code-field"))
            .hint(lang.t("code-hint"))
            .autocomplete("one-time-code")
            .inputmode("numeric")
            .width("w-10")
            .error(problem(lang, problems, "code"));
        (if ways.passkey { "prove-lead-either" } else { "prove-lead" }, vec![field])
    } else if ways.passkey {
        ("prove-lead-passkey", Vec::new())
    } else if ways.password {
        let field = FormField::new("password", lang.t("field-password"))
            .control(Control::Input("password"))
            .autocomplete("current-password")
            .error(problem(lang, problems, "password"));
        ("prove-lead-password", vec![field])
    } else {
        ("prove-lead-provider", Vec::new())
    };
    let page = visit.page(lang.t("prove-title")).office();
    let submit = if fields.is_empty() { "" } else { lang.t("prove-submit") };
    let mut form = FormPage::new(page, lang.t(lead), fields, submit);
    let next: String = url::form_urlencoded::byte_serialize(go_on.weiter.as_bytes()).collect();
    form.passkey = ceremony.as_ref().map(|ceremony| {
        let action = format!("{PASSKEY}?weiter={next}");
        let mut ask = PasskeyForm::new(lang, Ask::Get, action, ceremony, "passkey-use");
        ask.problem = problem(lang, problems, "passkey");
        ask
    });
    // Whoever has a factor of their own uses that.
    if !ways.has_factor() {
        let buttons = sign_on::own::proving(granted, &state.house).await?;
        form.elsewhere = buttons_to(lang, buttons, |provider| format!("{PROOF}/sso/{provider}?weiter={next}"));
    }
    if let Some((_, aim, back)) = AIMS.into_iter().find(|(path, ..)| go_on.weiter.starts_with(path)) {
        form.lead = format!("{} {}", lang.t1("prove-aim", "aim", lang.t(aim)), form.lead);
        form.other_ways = vec![NavLink::new(back, lang.t("prove-cancel"))];
    }
    if let Some(until) = wait {
        form = form.waits(until, state.clock.now());
    }
    with_ceremony(form.answer()?, ceremony.as_ref())
}

async fn show(
    granted: Granted<ProveAgain>,
    State(state): State<WebState>,
    visit: Visit,
    Query(go_on): Query<GoOn>,
) -> Result<Response, WebError> {
    form(&granted, &state, &visit, &go_on, &[], None).await
}

/// Whoever proved it in a window of its own goes on in the one before.
async fn proven(_: Granted<ProveAgain>, visit: Visit) -> Result<Response, WebError> {
    let page = visit.page(visit.lang.t("proven-title")).office();
    FormPage::new(page, visit.lang.t("proven-lead"), Vec::new(), "").answer()
}

/// What is open after the proof: the texts of "for …", and where "cancel" leads. The first that fits counts.
const AIMS: [(&str, &str, &str); 14] = [
    ("/konto/passwort", "account-change-password", ACCOUNT),
    ("/konto/email", "account-change-email", ACCOUNT),
    ("/konto/notfallcodes", "account-codes-renew", ACCOUNT),
    ("/konto/faktoren", "factors-title", "/konto/faktoren"),
    ("/konto", "account-title", ACCOUNT),
    ("/office/personen/einladen", "people-invite", "/office/personen"),
    ("/office/personen", "people-page-title", "/office/personen"),
    ("/office/rollen", "roles-title", "/office/rollen"),
    ("/office/protokoll", "audit-export", "/office/protokoll"),
    ("/office/unterstuetzung", "support-title", "/office/unterstuetzung"),
    ("/office/einstellungen/vertrag", "settings-contract", "/office/einstellungen"),
    ("/office/einstellungen/notfallblatt", "settings-sheet", "/office/einstellungen"),
    ("/office/einstellungen/anmeldung", "sign-on-title", "/office/einstellungen/anmeldung"),
    ("/office/einstellungen", "settings-title", "/office/einstellungen"),
];

async fn prove(
    granted: Granted<ProveAgain>,
    State(state): State<WebState>,
    visit: Visit,
    Query(go_on): Query<GoOn>,
    headers: HeaderMap,
    Form(Typed { code, password }): Form<Typed>,
) -> Result<Response, WebError> {
    let ways = own::proof_ways(&granted, &state.house).await?;
    let proof = if ways.password { Proof::Password(&password) } else { Proof::Code(&code) };
    let token = cookies::SESSION.read(&headers).unwrap_or_default();
    let proven = own::prove(&granted, &state.house, token, proof).await;
    answer(&granted, &state, &visit, &go_on, proven).await
}

async fn prove_with_passkey(
    granted: Granted<ProveAgain>,
    State(state): State<WebState>,
    visit: Visit,
    Query(go_on): Query<GoOn>,
    headers: HeaderMap,
    Form(answered): Form<Answered>,
) -> Result<Response, WebError> {
    let token = cookies::SESSION.read(&headers).unwrap_or_default();
    let proof = Proof::Passkey(answered.to(&headers));
    let proven = own::prove(&granted, &state.house, token, proof).await;
    answer(&granted, &state, &visit, &go_on, proven).await
}

async fn answer(
    granted: &Granted<ProveAgain>,
    state: &WebState,
    visit: &Visit,
    go_on: &GoOn,
    proven: Result<Zeroizing<String>, Error>,
) -> Result<Response, WebError> {
    match proven {
        Ok(token) => {
            let to = go_on.weiter.as_str();
            let next = if is_own_path(to) && !to.starts_with(PROOF) { to } else { ACCOUNT };
            with_token(Redirect::to(next).into_response(), &token)
        }
        Err(Error::Invalid(problems)) => form(granted, state, visit, go_on, &problems, None).await,
        Err(Error::Throttled(until)) => form(granted, state, visit, go_on, &[], Some(until)).await,
        Err(error) => Err(error.into()),
    }
}
