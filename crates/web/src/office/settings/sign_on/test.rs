//! `…/{provider}/pruefen`: asks the provider now, and says what it is or why it cannot be used.

use access::actions::DecideSignOn;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::Method;
use axum::response::Html;
use usecases::sign_on::providers;

use super::{SIGN_ON, provider_of};
use crate::page::{Page, Tone, html};
use crate::visit::Visit;
use crate::{Granted, Routes, WebError, WebState};

pub(super) fn routes() -> Routes {
    Routes::new().office::<DecideSignOn, _, _>(Method::GET, "/office/einstellungen/anmeldung/{provider}/pruefen", test)
}

#[derive(Template)]
#[template(path = "office/sign_on_test.html")]
struct TestPage {
    page: Page,
    /// What was found, line by line; empty if it cannot be used.
    facts: Vec<(&'static str, String)>,
    base: String,
}

async fn test(
    granted: Granted<DecideSignOn>,
    State(state): State<WebState>,
    visit: Visit,
    Path(provider): Path<String>,
) -> Result<Html<String>, WebError> {
    let lang = visit.lang;
    let shown = providers::provider(&granted, &state.house, provider_of(&provider)?).await?;
    let base = format!("{SIGN_ON}/{}", shown.id);
    let title = lang.t1("sign-on-test-title", "name", shown.form.name.clone());
    let page = visit.page(title).office().back_to(base.clone(), shown.form.name);
    let yes_no = |yes: bool| lang.t(if yes { "yes" } else { "no" }).to_owned();
    let (page, facts) = match providers::test(&granted, &state.house, shown.id).await? {
        Ok(found) => (
            page.notice(Tone::Success, lang.t("sign-on-test-good")),
            vec![
                (lang.t("sign-on-issuer"), shown.form.issuer),
                (lang.t("sign-on-test-where"), found.authorization),
                (lang.t("sign-on-test-keys"), found.keys.to_string()),
                (lang.t("sign-on-test-names-itself"), yes_no(found.names_itself)),
                (lang.t("sign-on-test-logs-out"), yes_no(found.logs_out)),
            ],
        ),
        Err(why) => {
            let key = format!("sign-on-test-{why}");
            let text = if lang.has(&key) { lang.t(&key) } else { lang.t("sign-on-test-discovery") };
            (page.notice(Tone::Error, text), Vec::new())
        }
    };
    html(&TestPage { page, facts, base })
}
