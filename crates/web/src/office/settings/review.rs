//! `/office/einstellungen/pruefen`: whether a second colleague must agree before something red is opened, and reasons to reuse.

use access::actions::{EditPolicy, LoosenPolicy};
use axum::extract::State;
use axum::http::Method;
use axum::response::{IntoResponse, Redirect, Response};
use usecases::review::rules::{self, REASONS, ReviewRules};
use usecases::{Error, Problem};

use crate::form::{Choice, Control, FormField, FormPage, problem};
use crate::office::groups::posted::Posted;
use crate::visit::Visit;
use crate::{Granted, Routes, WebError, WebState};

pub(super) const PATH: &str = "/office/einstellungen/pruefen";

pub(crate) fn routes() -> Routes {
    Routes::new().office::<EditPolicy, _, _>(Method::GET, PATH, show).office::<LoosenPolicy, _, _>(
        Method::POST,
        PATH,
        save,
    )
}

fn form(visit: &Visit, four_eyes: bool, reasons: &str, reviewers: Option<usize>, problems: &[Problem]) -> FormPage {
    let lang = visit.lang;
    let current = if four_eyes { "yes" } else { "no" };
    let choices = ["no", "yes"].map(|code| Choice::new(code, lang.choice("review-eyes", code), current));
    // With one colleague alone nothing red could be opened any more.
    let alone = reviewers.is_some_and(|count| count < 2);
    let hint = if alone { "review-eyes-alone" } else { "review-eyes-hint" };
    let fields = vec![
        FormField::new("eyes", lang.t("review-eyes")).hint(lang.t(hint)).control(Control::Radios(choices.into())),
        FormField::new("reasons", lang.t("review-reasons"))
            .hint(lang.tn("review-reasons-hint", REASONS))
            .control(Control::Area { rows: 8 })
            .value(reasons)
            .error(problem(lang, problems, "reasons"))
            .optional(),
    ];
    let page =
        visit.page(lang.t("settings-review")).office().back_to("/office/einstellungen", lang.t("settings-title"));
    FormPage::new(page, lang.t("settings-review-does"), fields, lang.t("save"))
}

async fn show(granted: Granted<EditPolicy>, State(state): State<WebState>, visit: Visit) -> Result<Response, WebError> {
    let (ReviewRules { four_eyes, reasons }, reviewers) = rules::rules(&granted, &state.house).await?;
    form(&visit, four_eyes, &reasons.join("\n"), Some(reviewers), &[]).answer()
}

async fn save(
    granted: Granted<LoosenPolicy>,
    State(state): State<WebState>,
    visit: Visit,
    sent: Posted,
) -> Result<Response, WebError> {
    let (four_eyes, reasons) = (sent.get("eyes") == "yes", sent.get("reasons"));
    let typed = ReviewRules { four_eyes, reasons: reasons.lines().map(str::to_owned).collect() };
    match rules::save(&granted, &state.house, typed).await {
        Ok(()) => Ok(Redirect::to("/office/einstellungen?meldung=gespeichert").into_response()),
        Err(Error::Invalid(problems)) => form(&visit, four_eyes, reasons, None, &problems).answer(),
        Err(error) => Err(error.into()),
    }
}
